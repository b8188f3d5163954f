//! Unpacks a stream of a PDF as its reader does.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use unpdf::parser::raw::stream::decode;
use unpdf::parser::raw::{PdfObject, PdfStream};

/// The longest stream that is packed in a way that cannot be counted on the way. The reader makes some 100 MB of it.
pub(super) const UNCOUNTED: usize = 160 << 10;

/// The times that the reader tries to unpack a damaged stream packed in several ways.
const TRIALS: u64 = 20;

/// The unpacked stream. None if it is longer than the limit, in bytes, or cannot be told. Bytes unpacked on the way are
/// added to `counted`.
pub(super) fn unpacked<'a>(stream: &'a PdfStream, limit: u64, counted: &mut u64) -> Option<Cow<'a, [u8]>> {
    let filters: Vec<&[u8]> = match stream.dict.get(&b"Filter"[..]) {
        None | Some(PdfObject::Null) => Vec::new(),
        Some(PdfObject::Name(name)) => vec![name],
        Some(PdfObject::Array(names)) => names.iter().map(PdfObject::as_name).collect::<Option<_>>()?,
        Some(_) => return None,
    };
    let is_flate = |name: &&[u8]| matches!(*name, b"FlateDecode" | b"Fl");
    let grows = |name: &&&[u8]| is_flate(name) || matches!(**name, b"LZWDecode" | b"LZW" | b"RunLengthDecode" | b"RL");
    let data = match filters.iter().filter(grows).count() {
        _ if filters.is_empty() => None,
        0 => Some(decoded(stream)),
        1 if filters.first().is_some_and(is_flate) => {
            let (inflated, is_whole) = inflated(&stream.raw_data, limit, counted);
            if inflated.len() as u64 > limit {
                return None;
            }
            if filters.len() == 1 && !stream.dict.contains_key(&b"DecodeParms"[..]) {
                Some(inflated)
            } else {
                *counted += inflated.len() as u64 * if is_whole { 1 } else { TRIALS };
                Some(decoded(stream))
            }
        }
        1 if stream.raw_data.len() <= UNCOUNTED => Some(decoded(stream)),
        _ => return None,
    };
    // A stream that cannot be unpacked is read as it is.
    let data = data.filter(|data| !data.is_empty()).map_or(Cow::Borrowed(&*stream.raw_data), Cow::Owned);
    Some(data).filter(|data| data.len() as u64 <= limit)
}

/// The result of the reader for a stream. Empty if the reader fails.
fn decoded(stream: &PdfStream) -> Vec<u8> {
    decode(stream).map(|decoded| decoded.data).unwrap_or_default()
}

/// Unpacks bytes, with or without the header that should stand before them, to just beyond the limit. Returns the
/// result and whether it is complete.
fn inflated(data: &[u8], limit: u64, counted: &mut u64) -> (Vec<u8>, bool) {
    let mut inflate = |packed: &mut dyn Read| {
        let mut inflated = Vec::new();
        let is_whole = packed.take(limit + 1).read_to_end(&mut inflated).is_ok();
        *counted += inflated.len() as u64;
        (inflated, is_whole)
    };
    let whole = inflate(&mut ZlibDecoder::new(data));
    if whole.1 {
        return whole;
    }
    let headless = inflate(&mut DeflateDecoder::new(data));
    // The reader takes the longer result.
    if headless.1 || headless.0.len() > whole.0.len() { headless } else { whole }
}
