//! Weighs a PDF before it is read: computes with the reader's own parts how much memory the reader would need.
//!
//! The reader unpacks a stream to six hundred times its length, takes an object as often as the file's table names it,
//! and joins everything that a page names as its content. So a few kilobytes can fill any memory. Each object that the
//! table or a search for objects leads to is therefore looked at alone, and what would unpack too far is made
//! unreadable.

use std::collections::{HashMap, HashSet};

use unpdf::parser::backend::PageId;
use unpdf::parser::raw::tokenizer::parse_object;
use unpdf::parser::raw::xref::{XrefEntry, find_startxref, parse_xref_chain};
use unpdf::parser::raw::{PdfDict, PdfObject, PdfStream, RawDocument};

use super::shape::{has_endless_range, reach};
use super::unpacked::unpacked;

/// The longest content of a page, or of a form on it, unpacked, in bytes. Newspaper pages have some 2 MB.
pub(super) const CONTENT: u64 = 16 << 20;

/// The longest font, and the longest picture, unpacked, in bytes. Chinese fonts have some 20 MB, and so has a page in grey.
const FONT: u64 = 64 << 20;

/// The bytes that may be unpacked for weighing, besides twenty times the file.
const COUNTED: u64 = 1 << 30;

/// The bytes of pictures that may be unpacked for weighing, and once more for recognising, besides two hundred times the
/// file: white paper packs that well.
pub(super) const PICTURES: u64 = 2 << 30;

/// The most numbers, names and words of all objects together. Each takes some 60 bytes of memory.
const VALUES: u64 = 6_000_000;

/// The most objects that the file's tables may name.
const ENTRIES: u64 = 2_000_000;

/// The most streams that a page may name as its content.
const PARTS: usize = 10_000;

/// The first bytes of a stream that unpacks to nothing, however it is packed: the end of run-length data, and bytes
/// that no packer writes.
const NOTHING: [u8; 5] = [0x80, 0x7f, 0xff, 0xff, 0xff];

/// A file that exceeds a limit as a whole.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooHeavy;

/// Makes streams unreadable that unpack too far, and pictures, unless somebody looks at `pictures`. Returns how many these
/// are, besides pictures and attached files.
pub(super) fn lighten(file: &mut [u8], pictures: bool) -> Result<u64, TooHeavy> {
    let mut scales = Scales { pictures, ..Scales::default() };
    for at in headers(file) {
        scales.object(file, at)?;
    }
    let trailers: Vec<usize> = memchr::memmem::find_iter(file, b"trailer").collect();
    for at in trailers {
        scales.object(file, at + b"trailer".len())?;
    }
    let mut sections = HashSet::new();
    let mut section = find_startxref(file).ok();
    while let Some(at) = section.filter(|at| *at < file.len() && sections.insert(*at)) {
        section = scales.section(file, at)?;
    }
    if let Ok((table, _)) = parse_xref_chain(file) {
        for entry in table.entries.values() {
            if let XrefEntry::Uncompressed(at) = entry {
                scales.object(file, *at)?;
            }
        }
    }
    Ok(scales.emptied)
}

/// The weights so far.
#[derive(Default)]
struct Scales {
    /// The lengths of the objects that begin at these places.
    met: HashMap<usize, u64>,
    /// The bytes of objects, counted as often as they are read.
    objects: u64,
    /// The bytes that were searched for ends which do not exist.
    in_vain: u64,
    unpacked: u64,
    values: u64,
    entries: u64,
    /// Unreadable streams that may have contained text.
    emptied: u64,
    /// Set if pictures stay readable that do not unpack too far.
    pictures: bool,
    /// The bytes of pictures that were unpacked. They never make the file too heavy, since its text does not need them.
    unpacked_pictures: u64,
}

impl Scales {
    /// Weighs the object at this place, as often as it is asked to.
    fn object(&mut self, file: &mut [u8], at: usize) -> Result<(), TooHeavy> {
        if let Some(&length) = self.met.get(&at) {
            self.objects += length;
            return self.check(file.len());
        }
        let reach = reach(file, at).ok_or(TooHeavy)?;
        let length = match parse_object(file, at) {
            Ok((object, end)) => {
                self.objects += end.saturating_sub(at) as u64;
                self.check(file.len())?;
                match object {
                    PdfObject::Stream(stream) => self.stream(file, at..end, &stream)?,
                    _ => self.values += values(file.get(at..end).unwrap_or_default()),
                }
                end.saturating_sub(at)
            }
            Err(error) => {
                let reach = if runs_on(&error) { file.len() } else { reach };
                self.in_vain += reach.saturating_sub(at) as u64;
                0
            }
        };
        self.met.insert(at, length as u64);
        self.check(file.len())
    }

    /// Weighs a table of objects, and returns the place of the one before.
    fn section(&mut self, file: &mut [u8], at: usize) -> Result<Option<usize>, TooHeavy> {
        let rest = file.get(at..).unwrap_or_default();
        let begin = rest.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(rest.len());
        let place = if rest.get(begin..).is_some_and(|rest| rest.starts_with(b"xref")) {
            let Some(trailer) = memchr::memmem::find(rest, b"trailer") else { return Ok(None) };
            at + trailer + b"trailer".len()
        } else {
            at
        };
        self.object(file, place)?;
        let before = match parse_object(file, place) {
            Ok((PdfObject::Dict(dict) | PdfObject::Stream(PdfStream { dict, .. }), _)) => number(&dict, b"Prev"),
            _ => None,
        };
        Ok(before.and_then(|before| usize::try_from(before).ok()))
    }

    fn stream(&mut self, file: &mut [u8], place: std::ops::Range<usize>, stream: &PdfStream) -> Result<(), TooHeavy> {
        let dict = &stream.dict;
        let start = start_of_data(file, place.clone(), &stream.raw_data).ok_or(TooHeavy)?;
        self.values += values(file.get(place.start..start).unwrap_or_default());
        let subtype = dict.get(&b"Subtype"[..]).and_then(PdfObject::as_name);
        let font =
            dict.contains_key(&b"Length1"[..]) || matches!(subtype, Some(b"Type1C" | b"CIDFontType0C" | b"OpenType"));
        let picture = subtype == Some(b"Image");
        let data = match picture {
            true if self.admits(stream, file.len()) => return self.check(file.len()),
            true => None,
            false => unpacked(stream, if font { FONT } else { CONTENT }, &mut self.unpacked),
        };
        let Some(data) = data else {
            let kind = dict.get(&b"Type"[..]).and_then(PdfObject::as_name);
            let aside = picture || matches!(kind, Some(b"EmbeddedFile" | b"Metadata"));
            self.emptied += u64::from(!aside);
            for (byte, nothing) in file.iter_mut().skip(start).take(stream.raw_data.len()).zip(NOTHING) {
                *byte = nothing;
            }
            return self.check(file.len());
        };
        if let Some(widths) = dict.get(&b"W"[..]).and_then(PdfObject::as_array) {
            let widths: Option<Vec<u64>> =
                widths.iter().map(|width| u64::try_from(width.as_i64()?).ok().filter(|width| *width <= 8)).collect();
            self.entries += data.len() as u64 / widths.ok_or(TooHeavy)?.iter().sum::<u64>().max(1);
        }
        if has_endless_range(&data) {
            return Err(TooHeavy);
        }
        if let (Some(number), Some(first)) = (number(dict, b"N"), number(dict, b"First")) {
            self.packed_objects(&data, number, first)?;
        }
        self.check(file.len())
    }

    /// Returns whether a picture may stay readable: it is nothing else besides, and does not unpack too far.
    fn admits(&mut self, picture: &PdfStream, length: usize) -> bool {
        let is_more = ["W", "N", "First"].iter().any(|name| picture.dict.contains_key(name.as_bytes()));
        if !self.pictures || is_more || self.unpacked_pictures > PICTURES + 200 * length as u64 {
            return false;
        }
        unpacked(picture, FONT, &mut self.unpacked_pictures).is_some_and(|data| !has_endless_range(&data))
    }

    /// Weighs the objects packed in a stream, as its own table names them.
    fn packed_objects(&mut self, data: &[u8], number: i64, first: i64) -> Result<(), TooHeavy> {
        self.values += values(data);
        let (number, first) = (usize::try_from(number).unwrap_or(usize::MAX), usize::try_from(first).ok());
        let numbers = data.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        let places = numbers.skip(1).step_by(2).take(number);
        let mut objects = 0;
        for place in places {
            let place = std::str::from_utf8(place).ok().and_then(|place| place.parse::<usize>().ok());
            let Some(at) = place.zip(first).and_then(|(place, first)| place.checked_add(first)) else { break };
            let reach = reach(data, at).ok_or(TooHeavy)?;
            let end = match parse_object(data, at) {
                // Such a stream could not be found and weighed.
                Ok((PdfObject::Stream(_), _)) => return Err(TooHeavy),
                Ok((_, end)) => end,
                Err(error) if runs_on(&error) => data.len(),
                Err(_) => reach,
            };
            objects += end.saturating_sub(at);
            if objects > 4 * data.len() + (1 << 20) {
                return Err(TooHeavy);
            }
        }
        Ok(())
    }

    fn check(&self, length: usize) -> Result<(), TooHeavy> {
        let length = length as u64;
        let heavy = self.objects > 4 * length + (1 << 20)
            || self.in_vain > (16 * length).max(64 << 20)
            || self.unpacked > COUNTED + 20 * length
            || self.values > VALUES
            || self.entries > ENTRIES;
        if heavy { Err(TooHeavy) } else { Ok(()) }
    }
}

/// The places where a line begins with `12 0 obj`. A reader that finds no table searches for these.
fn headers(file: &[u8]) -> Vec<usize> {
    let is_header = |at: &usize| {
        let line = file.get(at.saturating_sub(32)..*at).unwrap_or_default();
        let begin = line.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |end| end + 1);
        let words: Vec<&[u8]> = line
            .get(begin..)
            .unwrap_or_default()
            .split(u8::is_ascii_whitespace)
            .filter(|word| !word.is_empty())
            .collect();
        let header = matches!(words[..], [number, generation]
            if number.iter().chain(generation).all(u8::is_ascii_digit));
        header.then_some(at.saturating_sub(line.len() - begin))
    };
    memchr::memmem::find_iter(file, b"obj").filter_map(|at| is_header(&at)).collect()
}

/// The place of a stream's bytes within its object.
fn start_of_data(file: &[u8], place: std::ops::Range<usize>, data: &[u8]) -> Option<usize> {
    let object = file.get(place.clone())?;
    memchr::memmem::find_iter(object, b"stream").map(|at| at + b"stream".len()).find_map(|mut at| {
        for end in *b"\r\n" {
            at += usize::from(object.get(at) == Some(&end));
        }
        object.get(at..)?.starts_with(data).then_some(place.start + at)
    })
}

/// The pages whose content is too long in all, in a file that has been made lighter.
pub(super) fn long_pages(file: &[u8]) -> Result<HashSet<PageId>, TooHeavy> {
    let mut long = HashSet::new();
    // A file that the reader cannot open is reported when it is read.
    let Ok(document) = RawDocument::load(file) else { return Ok(long) };
    let mut known: HashMap<(u32, u16), Option<u64>> = HashMap::new();
    let mut counted = 0;
    for page in document.pages().into_values() {
        let Some(contents) = document.get_dict(page).ok().and_then(|dict| dict.get(&b"Contents"[..])) else { continue };
        let parts = match document.resolve(contents) {
            PdfObject::Array(parts) => parts,
            _ => std::slice::from_ref(contents),
        };
        let mut length = Some(0_u64).filter(|_| parts.len() <= PARTS);
        for part in parts.iter().take(PARTS) {
            let mut measure = |part: &PdfObject| match document.resolve(part) {
                PdfObject::Stream(stream) => unpacked(stream, CONTENT, &mut counted).map(|data| data.len() as u64),
                _ => Some(0),
            };
            let part = match part {
                PdfObject::Reference(number, generation) => {
                    *known.entry((*number, *generation)).or_insert_with(|| measure(part))
                }
                part => measure(part),
            };
            length = length.zip(part).map(|(length, part)| length + part).filter(|length| *length <= CONTENT);
        }
        if length.is_none() {
            long.insert(page);
        }
        if counted > COUNTED + 20 * file.len() as u64 {
            return Err(TooHeavy);
        }
    }
    Ok(long)
}

fn number(dict: &PdfDict, name: &[u8]) -> Option<i64> {
    dict.get(name).and_then(PdfObject::as_i64)
}

/// The most numbers, names and words that the data can contain.
fn values(data: &[u8]) -> u64 {
    let mut within = false;
    let mut values = 0;
    for &byte in data {
        let begins = matches!(byte, b'/' | b'[' | b'(' | b'<');
        let gap = byte.is_ascii_whitespace() || matches!(byte, 0 | b']' | b')' | b'>');
        values += u64::from(begins || !within && !gap);
        within = !gap;
    }
    values
}

/// Returns whether an object was searched to the end of the file, because it has no end.
fn runs_on(error: &unpdf::Error) -> bool {
    let told = error.to_string();
    ["Unterminated", "Missing", "Unexpected end"].iter().any(|words| told.contains(words))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::corpus::format::pdf::unpacked::UNCOUNTED;
    use std::io::Write;
    use unpdf::parser::raw::stream::decompress;

    /// A file of a catalog, a page with this content, and more objects from number 4 on; `named` are places in the file
    /// that the table names besides, for objects after those.
    fn file(contents: &str, more: &[Vec<u8>], named: impl Fn(&[usize]) -> Vec<usize>) -> Vec<u8> {
        let mut file = b"%PDF-1.7\n".to_vec();
        let page = format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {contents}>>");
        let first = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", &page];
        let mut places = Vec::new();
        for (number, object) in (1..).zip(first.map(|object| object.as_bytes().to_vec()).iter().chain(more)) {
            places.push(file.len());
            file.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
        }
        let table = file.len();
        places.extend(named(&places));
        file.extend(format!("xref\n1 {}\n", places.len()).bytes());
        places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").bytes()));
        file.extend(format!("trailer\n<</Size 9/Root 1 0 R>>\nstartxref\n{table}\n%%EOF").bytes());
        file
    }

    fn none(_: &[usize]) -> Vec<usize> {
        Vec::new()
    }

    fn packed(content: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(content).unwrap();
        packer.finish().unwrap()
    }

    fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
        [format!("<<{dict}/Length {}>>\nstream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
    }

    const FLATE: &str = "/Filter/FlateDecode";
    const PAGE: PageId = (3, 0);

    #[test]
    fn contents_of_pages_are_measured_together_and_each_as_often_as_it_is_named() {
        let long = packed(&[b' '; CONTENT as usize + 1]);
        let half = packed(&[b' '; CONTENT as usize / 2]);
        let twice = packed(&long);
        for (contents, dict, data, too_long) in [
            ("4 0 R", FLATE, &half, false),
            ("4 0 R", FLATE, &long, true),
            ("4 0 R", "/Filter[/FlateDecode/Fl]", &twice, true),
            ("4 0 R", "/F#69lter/Fl", &long, true),
            ("4 0 R", "", &long, false),
            ("[4 0 R 4 0 R]", FLATE, &half, false),
            ("[4 0 R 4 0 R 4 0 R]", FLATE, &half, true),
        ] {
            let mut file = file(contents, &[stream(dict, data)], none);
            let streams = lighten(&mut file, false).unwrap();
            let long = long_pages(&file).unwrap();
            assert_eq!(long.contains(&PAGE) || streams > 0, too_long, "{contents} {dict}");
        }
    }

    /// The content of object 4 as the reader unpacks it.
    fn unpacks_to(file: &[u8]) -> Option<Vec<u8>> {
        let at = headers(file).get(3).copied().unwrap();
        let (object, _) = parse_object(file, at).unwrap();
        decompress(object.as_stream().unwrap()).ok()
    }

    #[test]
    fn streams_that_unpack_too_far_are_made_unreadable_whoever_may_name_them() {
        let long = packed(&[b' '; CONTENT as usize + 1]);
        for (dict, readable, told) in [
            ("", false, 1),
            ("/Subtype/Image", false, 0),
            ("/Type/EmbeddedFile", false, 0),
            ("/Length1 9", true, 0),
            ("/Type/CMap", false, 1),
        ] {
            let mut file = file("null", &[stream(&format!("{FLATE}{dict}"), &long)], none);
            assert_eq!(lighten(&mut file, false).unwrap(), told, "{dict}");
            assert_eq!(unpacks_to(&file).is_some(), readable, "{dict}");
        }
    }

    #[test]
    fn nothing_comes_out_of_an_unreadable_stream_however_it_is_packed() {
        let runs = [0x81, b'['].repeat(UNCOUNTED);
        // Packed objects: a table of numbers and places, and what lies there.
        let objects = "/Type/ObjStm/N 9/First 2";
        for dict in [
            "/Filter/RL",
            "/Filter/RunLengthDecode",
            "/Filter[/RL/RL]",
            "/Filter[/RL/Fl]",
            "/Filter/LZW",
            "/Filter[/AHx/RL]",
            "/Filter[/A85/RL]",
            &format!("/Filter/RL{objects}"),
            &format!("/Filter[/RL/RL]{objects}"),
        ] {
            let mut file = file("null", &[stream(dict, &runs)], none);
            assert_eq!(lighten(&mut file, false).unwrap(), 1, "{dict}");
            assert_eq!(unpacks_to(&file).unwrap_or_default().len(), 0, "{dict}");
        }
        // How these are packed is known only when all objects are.
        for filter in ["RL", "LZW", "Fl", "A85"] {
            let objects = [stream("/Filter 5 0 R", &runs), format!("/{filter}").into_bytes()];
            let mut file = file("null", &objects, none);
            assert_eq!(lighten(&mut file, false).unwrap(), 1, "{filter}");
            let document = RawDocument::load(&file).unwrap();
            let stream = document.resolve(&PdfObject::Reference(4, 0)).as_stream().unwrap();
            assert_eq!(decompress(stream).unwrap_or_default().len(), 0, "{filter}");
        }
    }

    #[test]
    fn objects_are_weighed_as_often_as_they_are_named() {
        let data = [b'x'; 9_000];
        let same = file("null", &[stream("", &data)], |places| vec![places[3]; 1_000]);
        assert_eq!(lighten(&mut same.clone(), false), Err(TooHeavy));
        // Each begins where another does, and all end at one end.
        let heads: Vec<u8> = (0..2_000).flat_map(|_| *b"<<>>stream\n").collect();
        let nested = file("null", &[[heads, b"endstream".to_vec()].concat()], |places| {
            (0..2_000).map(|number| places[3] + b"4 0 obj\n".len() + number * b"<<>>stream\n".len()).collect()
        });
        assert_eq!(lighten(&mut nested.clone(), false), Err(TooHeavy));
        // All packed objects are one and the same.
        let table: String = (10..3_000).map(|number| format!("{number} 0 ")).collect();
        let dict = format!("/Type/ObjStm/N 2990/First {}", table.len());
        let array = format!("{table}[{}]", "1 ".repeat(9_000));
        assert_eq!(lighten(&mut file("null", &[stream(&dict, array.as_bytes())], none), false), Err(TooHeavy));
        let many = format!("[{}]", "1 ".repeat(VALUES as usize + 1));
        assert_eq!(lighten(&mut file("null", &[many.into_bytes()], none), false), Err(TooHeavy));
    }

    #[test]
    fn tables_of_objects_have_widths_that_are_some_and_do_not_name_more_than_there_can_be() {
        let data = packed(&vec![0; ENTRIES as usize + 1]);
        for (widths, expected) in [("[1 2 1]", true), ("[-1 1 1]", false), ("[1 0 0]", false), ("[9 0 0]", false)] {
            let table = stream(&format!("{FLATE}/Type/XRef/W{widths}/Size 9"), &data);
            assert_eq!(lighten(&mut file("null", &[table], none), false).is_ok(), expected, "{widths}");
        }
    }

    #[test]
    fn what_the_reader_cannot_stand_is_seen_wherever_it_lies_and_however_it_is_packed() {
        let deep = "[".repeat(100_000);
        let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>().into_bytes();
        let range = "1 beginbfrange <00000000> <ffffffff> <0041> endbfrange";
        let within = [format!("x\n9 0 obj {deep}"), format!("x\ntrailer {deep}")];
        for object in [
            deep.clone().into_bytes(),
            stream("", within[0].as_bytes()),
            stream("", within[1].as_bytes()),
            stream("/Filter/AHx/N 1/First 4", &hex(&format!("9 0 {deep}"))),
            stream(&format!("{FLATE}/N 1/First 4"), &packed(format!("9 0 {deep}").as_bytes())),
            stream("/N 1/First 4", b"9 0 <<>>stream\nendstream"),
            [b"[".to_vec(), stream("", b""), b"]".to_vec()].concat(),
            stream("", range.as_bytes()),
            stream("/Filter/AHx", &hex(range)),
            stream(&format!("{FLATE}/Length1 9"), &packed(range.as_bytes())),
        ] {
            let mut hostile = file("null", &[object], none);
            let shown = String::from_utf8_lossy(&hostile).chars().take(300).collect::<String>();
            assert_eq!(lighten(&mut hostile, false), Err(TooHeavy), "{shown}");
        }
    }

    #[test]
    fn pictures_never_make_a_file_too_heavy_and_stay_readable_if_they_are_asked_for_and_are_nothing_else() {
        let white = packed(&vec![0xff; 8 << 20]);
        // One that is cut off is unpacked again and again.
        let cut = white[..white.len() - 9].to_vec();
        let range = packed(b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange");
        let (pages, image) = (8, format!("{FLATE}/Subtype/Image/DecodeParms<</Predictor 1>>"));
        for (dict, data, readable) in [
            (image.clone(), &cut, true),
            (format!("{image}/Type/ObjStm/N 1/First 4"), &white, false),
            (format!("{image}/W[1 2 1]"), &white, false),
            (image.clone(), &range, false),
            (image.clone(), &packed(&[0; FONT as usize + 1]), false),
        ] {
            let objects: Vec<Vec<u8>> = (0..if readable { pages } else { 1 }).map(|_| stream(&dict, data)).collect();
            let mut file = file("null", &objects, none);
            assert_eq!(lighten(&mut file, true), Ok(0), "{dict}");
            assert_eq!(unpacks_to(&file).is_some(), readable, "{dict}");
        }
    }

    #[test]
    fn ends_that_are_not_there_are_not_looked_for_again_and_again() {
        let open: Vec<Vec<u8>> = (0..10_000).map(|_| b"[(".to_vec()).collect();
        assert_eq!(lighten(&mut file("null", &open, none), false), Err(TooHeavy));
    }
}
