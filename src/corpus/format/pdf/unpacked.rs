//! How long a stream of a PDF is when it is unpacked, without keeping what comes out.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use unpdf::parser::raw::stream::decode;
use unpdf::parser::raw::{PdfObject, PdfStream};

/// Streams packed in ways that are not counted on the way may be this long: the reader makes some 100 MB of them.
pub(super) const UNCOUNTED: usize = 160 << 10;

/// How long a stream is when it is unpacked, in bytes; none if that is more than the limit, or cannot be told.
pub(super) fn unpacked(stream: &PdfStream, limit: u64, counted: &mut u64) -> Option<u64> {
    let filters: Vec<&[u8]> = match stream.dict.get(&b"Filter"[..]) {
        None | Some(PdfObject::Null) => Vec::new(),
        Some(PdfObject::Name(name)) => vec![name],
        Some(PdfObject::Array(names)) => names.iter().map(PdfObject::as_name).collect::<Option<_>>()?,
        Some(_) => return None,
    };
    let is_flate = |name: &&[u8]| matches!(*name, b"FlateDecode" | b"Fl");
    let grows = |name: &&&[u8]| is_flate(name) || matches!(**name, b"LZWDecode" | b"LZW" | b"RunLengthDecode" | b"RL");
    let length = match filters.iter().filter(grows).count() {
        0 => stream.raw_data.len() as u64,
        1 if filters.first().is_some_and(is_flate) => inflated(&stream.raw_data, limit, counted),
        1 if stream.raw_data.len() <= UNCOUNTED => decode(stream).map_or(0, |decoded| decoded.data.len() as u64),
        _ => return None,
    };
    Some(length).filter(|length| *length <= limit)
}

/// How much comes out of packed bytes, with the header that should stand before them or without, counted to just past
/// the limit.
fn inflated(data: &[u8], limit: u64, counted: &mut u64) -> u64 {
    let mut count = |packed: &mut dyn Read| {
        let mut buffer = [0; 16 << 10];
        let mut length = 0;
        loop {
            match packed.read(&mut buffer) {
                Ok(0) => return (length, true),
                Ok(read) => {
                    (length, *counted) = (length + read as u64, *counted + read as u64);
                    if length > limit {
                        return (length, true);
                    }
                }
                Err(_) => return (length, false),
            }
        }
    };
    match count(&mut ZlibDecoder::new(data)) {
        (length, true) => length,
        // The reader takes the longer one.
        (length, false) => length.max(count(&mut DeflateDecoder::new(data)).0),
    }
}
