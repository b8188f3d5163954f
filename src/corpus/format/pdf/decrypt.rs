//! Writes an encrypted PDF again without its encryption.
//!
//! Encrypted content cannot be weighed. So the reader itself decrypts it first, and it is written anew. Then the bytes
//! that are weighed are those that are read.

use std::collections::BTreeMap;
use std::io::Write;

use unpdf::parser::raw::xref::{XrefEntry, object_header_at, parse_xref_chain, reconstruct};
use unpdf::parser::raw::{PdfDict, PdfObject, RawDocument};
use unpdf::{Error, Result};

/// The places of objects, by number and generation.
type Entries = BTreeMap<(u32, u16), XrefEntry>;

/// The entries of a trailer that concern the file's content.
const KEPT: [&[u8]; 3] = [b"Root", b"Info", b"ID"];

/// The entry of a trailer that says how the file is encrypted.
const ENCRYPT: &[u8] = b"Encrypt";

/// The decrypted file, if it is encrypted. The file must have been weighed, so that its tables can be read. It is of no
/// use afterwards.
///
/// Fails if it needs a password, or is encrypted in an unknown way.
pub(super) fn decrypted(file: &mut Vec<u8>) -> Result<Option<Vec<u8>>> {
    let Some((entries, mut trailer)) = table(file) else { return Ok(None) };
    let Some(encrypt) = trailer.get(ENCRYPT).cloned() else { return Ok(None) };
    trailer.retain(|key, _| KEPT.contains(&key.as_slice()));
    let (mut lie_open, mut all) = (Entries::new(), Entries::new());
    for (id, entry) in entries {
        match entry {
            XrefEntry::Uncompressed(at) if object_header_at(file, at, id.0, id.1) => lie_open.insert(id, entry),
            XrefEntry::Uncompressed(_) => None,
            XrefEntry::Compressed(..) => all.insert(id, entry),
        };
    }
    // The reader does not see objects packed in others. They are unpacked when they have been weighed.
    let longest = 2 * file.len() + (1 << 20);
    let locked = PdfDict::from([(ENCRYPT.to_vec(), encrypt.clone())]).into_iter().chain(trailer.clone()).collect();
    end(file, &lie_open, &locked);
    let document = RawDocument::load(file)?;
    let mut plain = b"%PDF-1.7\n".to_vec();
    for id in lie_open.into_keys().filter(|id| Some(*id) != encrypt.as_reference()) {
        let Some(object) = document.get_object(id) else { continue };
        all.insert(id, XrefEntry::Uncompressed(plain.len()));
        put(&mut plain, format_args!("{} {} obj\n", id.0, id.1));
        write(&mut plain, object);
        plain.extend(b"\nendobj\n");
        if plain.len() > longest {
            return Err(Error::PdfParse("objects lie in each other".to_owned()));
        }
    }
    end(&mut plain, &all, &trailer);
    Ok(Some(plain))
}

/// The table and the trailer that the reader uses. None if it finds none.
fn table(file: &[u8]) -> Option<(Entries, PdfDict)> {
    let (table, trailer) = match parse_xref_chain(file) {
        Ok((table, trailer)) => {
            let points_there = table.entries.iter().all(|(id, entry)| match entry {
                XrefEntry::Uncompressed(at) => object_header_at(file, *at, id.0, id.1),
                XrefEntry::Compressed(..) => true,
            });
            match (!points_there).then(|| reconstruct(file)) {
                Some(Ok((rebuilt, found))) => (rebuilt, found.into_iter().chain(trailer).collect()),
                _ => (table, trailer),
            }
        }
        Err(_) => reconstruct(file).ok()?,
    };
    Some((table.entries.into_iter().collect(), trailer))
}

/// Ends a file with a table of these objects, which replaces any before it.
fn end(file: &mut Vec<u8>, entries: &Entries, trailer: &PdfDict) {
    let mut table = Vec::new();
    let mut numbers: Vec<(u32, u32)> = Vec::new();
    for (&(number, generation), entry) in entries {
        let (kind, place, detail) = match *entry {
            XrefEntry::Uncompressed(at) => (1, at as u64, u32::from(generation)),
            XrefEntry::Compressed(within, index) => (2, u64::from(within), index),
        };
        table.push(kind);
        table.extend(place.to_be_bytes());
        table.extend(detail.to_be_bytes());
        match numbers.last_mut() {
            Some((first, count)) if first.checked_add(*count) == Some(number) => *count += 1,
            _ => numbers.push((number, 1)),
        }
    }
    file.push(b'\n');
    let at = file.len();
    file.extend(b"0 0 obj\n<</Type/XRef/W[1 8 4]/Index[");
    numbers.iter().for_each(|(first, count)| put(file, format_args!("{first} {count} ")));
    file.push(b']');
    write_entries(file, trailer);
    write_data(file, &table);
    put(file, format_args!("\nendobj\nstartxref\n{at}\n%%EOF\n"));
}

fn write(file: &mut Vec<u8>, object: &PdfObject) {
    match object {
        PdfObject::Null => file.extend(b"null"),
        PdfObject::Bool(value) => put(file, format_args!("{value}")),
        PdfObject::Integer(value) => put(file, format_args!("{value}")),
        PdfObject::Real(value) => put(file, format_args!("{value}")),
        PdfObject::Reference(number, generation) => put(file, format_args!("{number} {generation} R")),
        PdfObject::Name(name) => write_name(file, name),
        PdfObject::Str(bytes) => {
            file.push(b'<');
            bytes.iter().for_each(|byte| put(file, format_args!("{byte:02x}")));
            file.push(b'>');
        }
        PdfObject::Array(items) => {
            file.push(b'[');
            for item in items {
                write(file, item);
                file.push(b' ');
            }
            file.push(b']');
        }
        PdfObject::Dict(dict) => {
            file.extend(b"<<");
            write_entries(file, dict);
            file.extend(b">>");
        }
        PdfObject::Stream(stream) => {
            file.extend(b"<<");
            write_entries(file, stream.dict.iter().filter(|(key, _)| *key != b"Length"));
            write_data(file, &stream.raw_data);
        }
    }
}

fn write_entries<'a>(file: &mut Vec<u8>, entries: impl IntoIterator<Item = (&'a Vec<u8>, &'a PdfObject)>) {
    for (key, value) in entries {
        write_name(file, key);
        file.push(b' ');
        write(file, value);
    }
}

/// Writes the length of a stream, which ends its dictionary, and its content.
fn write_data(file: &mut Vec<u8>, data: &[u8]) {
    put(file, format_args!("/Length {}>>\nstream\n", data.len()));
    file.extend(data);
    file.extend(b"\nendstream");
}

fn write_name(file: &mut Vec<u8>, name: &[u8]) {
    file.push(b'/');
    for &byte in name {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'+') {
            file.push(byte);
        } else {
            put(file, format_args!("#{byte:02x}"));
        }
    }
}

fn put(file: &mut Vec<u8>, words: std::fmt::Arguments<'_>) {
    // Writing to memory cannot fail.
    let _ = file.write_fmt(words);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use unpdf::parser::raw::tokenizer::parse_object;

    #[test]
    fn what_is_written_is_read_as_it_was() {
        let object = b"<</A#20b/#c3#a9 /Length 7/Numbers[-3 0.25 5 0 R true null]/Words[(a\\)b\\\\\\200) <>]\
            /In<</Length 8 0 R>>/Length 9>>\nstream\n\r\nendobj\n\x00\nendstream";
        let (object, _) = parse_object(object, 0).unwrap();
        assert!(matches!(object, PdfObject::Stream(_)));
        let mut file = Vec::new();
        write(&mut file, &object);
        let PdfObject::Stream(mut read) = parse_object(&file, 0).unwrap().0 else { panic!("{file:?}") };
        read.dict.insert(b"Length".to_vec(), PdfObject::Integer(9));
        assert_eq!(PdfObject::Stream(read), object);
    }
}
