//! Decompression of gzip, zstd, xz and bzip2, with several streams in one file, and a limit on what comes out.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::hashed_file::Bytes;

/// The part of the limit that depends on the packed size, as a multiple of it. Text shrinks to a tenth, and hardly ever
/// to a thirtieth.
const TIMES: u64 = 100;

/// The bytes that a member counts besides its content, so that a million empty ones come to an end too.
const MEMBER: u64 = 256;

/// The bytes that may still come out of a packed file. Everything that is unpacked from the file shares them.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    left: Arc<AtomicU64>,
    whole: u64,
}

impl Budget {
    /// The budget of a file of this many bytes: `always`, and a multiple of its size.
    pub(crate) fn of_file(bytes: u64, always: u64) -> Budget {
        let whole = always.saturating_add(bytes.saturating_mul(TIMES));
        Budget { left: Arc::new(AtomicU64::new(whole)), whole }
    }

    pub(crate) fn is_spent(&self) -> bool {
        self.left.load(Ordering::Relaxed) == 0
    }

    /// The whole budget, in megabytes.
    pub(crate) fn megabytes(&self) -> u64 {
        self.whole >> 20
    }

    pub(crate) fn member(&self) {
        self.spend(MEMBER);
    }

    fn spend(&self, bytes: u64) {
        let _ = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| Some(left.saturating_sub(bytes)));
    }

    /// The same stream, which ends with an error when the budget is used up.
    pub(crate) fn on(&self, inner: Bytes) -> Bytes {
        Box::new(Budgeted { inner, budget: self.clone() })
    }
}

struct Budgeted {
    inner: Bytes,
    budget: Budget,
}

impl Read for Budgeted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.budget.is_spent() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "too much comes out of it"));
        }
        let read = self.inner.read(buffer)?;
        self.budget.spend(read as u64);
        Ok(read)
    }
}

/// The content of a gzip file, all members as one stream.
#[cfg(feature = "gzip")]
pub(crate) fn gzip(packed: Bytes) -> Bytes {
    Box::new(flate2::read::MultiGzDecoder::new(packed))
}

/// The memory that a window of xz may have, in KB. Its own program makes none larger than 64 MB.
#[cfg(feature = "xz")]
const XZ_WINDOW: u32 = 96 << 10;

/// The content of an xz file, all streams as one.
#[cfg(feature = "xz")]
pub(crate) fn xz(packed: Bytes) -> Bytes {
    Box::new(lzma_rust2::XzReader::new_mem_limit(packed, true, XZ_WINDOW))
}

/// The content of a bzip2 file, all streams as one.
#[cfg(feature = "bzip2")]
pub(crate) fn bzip2(packed: Bytes) -> Bytes {
    Box::new(bzip2::read::MultiBzDecoder::new(packed))
}

/// The content of a zstd file, all frames as one stream.
#[cfg(feature = "zstd")]
pub(crate) fn zstd(packed: Bytes) -> Bytes {
    Box::new(Zstd { packed: io::BufReader::new(packed), frame: ruzstd::decoding::FrameDecoder::new(), open: false })
}

#[cfg(feature = "zstd")]
struct Zstd {
    packed: io::BufReader<Bytes>,
    frame: ruzstd::decoding::FrameDecoder,
    /// Set if a frame was begun and not read to its end.
    open: bool,
}

#[cfg(feature = "zstd")]
impl Read for Zstd {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        use ruzstd::decoding::BlockDecodingStrategy;
        use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
        use std::io::BufRead;

        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.open {
                if self.packed.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                match self.frame.reset(&mut self.packed) {
                    Ok(()) => self.open = true,
                    Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                        length, ..
                    })) => {
                        io::copy(&mut self.packed.by_ref().take(u64::from(length)), &mut io::sink())?;
                        continue;
                    }
                    Err(error) => return Err(damaged(&error)),
                }
            }
            if self.frame.can_collect() == 0 && !self.frame.is_finished() {
                let more = self.frame.decode_blocks(&mut self.packed, BlockDecodingStrategy::UptoBlocks(1));
                more.map_err(|error| damaged(&error))?;
            }
            let read = self.frame.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            if self.frame.is_finished() {
                self.open = false;
            }
        }
    }
}

/// The error in the kinds of [`io::Error`] that other decoders use.
#[cfg(feature = "zstd")]
fn damaged(error: &(dyn std::error::Error + 'static)) -> io::Error {
    let mut cause = Some(error);
    while let Some(inner) = cause {
        if inner.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::UnexpectedEof) {
            return io::Error::new(io::ErrorKind::UnexpectedEof, error.to_string());
        }
        cause = inner.source();
    }
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[cfg(feature = "gzip")]
    #[test]
    fn the_members_of_a_gzip_file_are_read_one_after_another() {
        use std::io::Write;
        let mut packed = Vec::new();
        for part in ["first ", "second"] {
            let mut encoder = flate2::write::GzEncoder::new(&mut packed, flate2::Compression::fast());
            encoder.write_all(part.as_bytes()).unwrap();
            encoder.finish().unwrap();
        }
        let mut text = String::new();
        gzip(Box::new(io::Cursor::new(packed))).read_to_string(&mut text).unwrap();
        assert_eq!(text, "first second");
    }

    #[cfg(feature = "zstd")]
    #[test]
    fn the_frames_of_a_zstd_file_are_read_one_after_another() {
        use ruzstd::encoding::{CompressionLevel, compress_to_vec};
        let long = "the second frame ".repeat(50_000);
        let mut packed = compress_to_vec("first ".as_bytes(), CompressionLevel::Fastest);
        packed.extend(b"\x50\x2a\x4d\x18\x03\0\0\0abc");
        packed.extend(compress_to_vec(long.as_bytes(), CompressionLevel::Fastest));
        let mut text = String::new();
        zstd(Box::new(io::Cursor::new(packed.clone()))).read_to_string(&mut text).unwrap();
        assert_eq!(text, format!("first {long}"));
        packed.truncate(packed.len() - 9);
        let error = zstd(Box::new(io::Cursor::new(packed))).read_to_string(&mut text).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }

    #[cfg(feature = "bzip2")]
    #[test]
    fn the_streams_of_a_bzip2_file_are_read_one_after_another() {
        use std::io::Write;
        let mut packed = Vec::new();
        for part in ["first ", "second"] {
            let mut encoder = bzip2::write::BzEncoder::new(&mut packed, bzip2::Compression::fast());
            encoder.write_all(part.as_bytes()).unwrap();
            encoder.finish().unwrap();
        }
        let mut text = String::new();
        bzip2(Box::new(io::Cursor::new(packed.clone()))).read_to_string(&mut text).unwrap();
        assert_eq!(text, "first second");
        packed.truncate(packed.len() - 9);
        assert!(bzip2(Box::new(io::Cursor::new(packed))).read_to_string(&mut text).is_err());
    }

    /// "first " and "second" as the program xz packs them, one stream each.
    #[cfg(feature = "xz")]
    const XZ: &[u8] = include_bytes!("../../../tests/fixtures/packed/two.xz");

    #[cfg(feature = "xz")]
    #[test]
    fn the_streams_of_an_xz_file_are_read_one_after_another_and_checked() {
        let mut text = String::new();
        xz(Box::new(io::Cursor::new(XZ))).read_to_string(&mut text).unwrap();
        assert_eq!(text, "first second");
        for at in 0..XZ.len() {
            assert!(xz(Box::new(io::Cursor::new(&XZ[..at]))).read_to_string(&mut text).is_err() || at == 0 || at == 64);
        }
    }

    #[test]
    fn nothing_comes_out_past_the_budget() {
        let budget = Budget::of_file(0, 256 << 20);
        let mut endless = budget.on(Box::new(io::repeat(b'x')));
        let read = io::copy(&mut endless, &mut io::sink());
        assert!(read.is_err() && budget.is_spent());
        assert_eq!(budget.megabytes(), 256);
    }
}
