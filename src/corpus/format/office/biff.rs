//! The records of an old Excel workbook and the strings in them (MS-XLS).

/// A record that goes on in the one before it.
const CONTINUE: u16 = 0x3c;

/// The most records that continue one. Programs fill each, so these are 800 MB.
const SEGMENTS: usize = 100_000;

/// A record with all that continues it.
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) segments: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    /// The bytes before those that continue it.
    pub(super) fn data(&self) -> &'a [u8] {
        self.segments.first().copied().unwrap_or_default()
    }
}

/// The records of a stream from a byte on, as far as they are whole.
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: &'a [u8], at: usize) -> Records<'a> {
        Records { stream, at }
    }

    fn head(&self) -> Option<(u16, &'a [u8])> {
        let (kind, length) = (u16_at(self.stream, self.at)?, u16_at(self.stream, self.at + 2)?);
        let data = self.stream.get(self.at + 4..self.at + 4 + usize::from(length))?;
        Some((kind, data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, data) = self.head()?;
        self.at += 4 + data.len();
        let mut segments = vec![data];
        while segments.len() < SEGMENTS
            && let Some((CONTINUE, data)) = self.head()
        {
            self.at += 4 + data.len();
            segments.push(data);
        }
        Some(Record { kind, segments })
    }
}

/// A place in a record, from which numbers and strings are read over the ends of its segments.
pub(super) struct Cursor<'a> {
    segments: &'a [&'a [u8]],
    segment: usize,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(segments: &'a [&'a [u8]]) -> Cursor<'a> {
        Cursor { segments, segment: 0, at: 0 }
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        loop {
            let segment = self.segments.get(self.segment)?;
            if let Some(byte) = segment.get(self.at) {
                self.at += 1;
                return Some(*byte);
            }
            (self.segment, self.at) = (self.segment + 1, 0);
        }
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    pub(super) fn f64(&mut self) -> Option<f64> {
        let (low, high) = (u64::from(self.u32()?), u64::from(self.u32()?));
        Some(f64::from_bits(low | high << 32))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let left = self.segments.get(self.segment)?.len().saturating_sub(self.at);
            if left >= count {
                self.at += count;
                return Some(());
            }
            count -= left;
            (self.segment, self.at) = (self.segment + 1, 0);
        }
        Some(())
    }

    /// A string of BIFF8 with its length before it, formatting and readings passed over. A string that is cut off is
    /// read as far as it goes.
    pub(super) fn rich_string(&mut self) -> Option<String> {
        let length = usize::from(self.u16()?);
        let flags = self.u8()?;
        let runs = if flags & 8 != 0 { usize::from(self.u16()?) } else { 0 };
        let more = if flags & 4 != 0 { usize::try_from(self.u32()?).ok()? } else { 0 };
        let text = self.characters(length, flags & 1 != 0)?;
        self.skip(runs.saturating_mul(4).saturating_add(more))?;
        Some(text)
    }

    /// Characters of BIFF8 whose kind stands before them, as in a box of text.
    pub(super) fn flagged(&mut self, length: usize) -> Option<String> {
        let wide = self.u8()? & 1 != 0;
        self.characters(length, wide)
    }

    /// Each further segment says anew whether its characters have two bytes.
    pub(super) fn characters(&mut self, length: usize, mut wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::new();
        while units.len() < length {
            let segment = self.segments.get(self.segment)?;
            if self.at >= segment.len() {
                (self.segment, self.at) = (self.segment + 1, 0);
                wide = self.u8()? & 1 != 0;
                continue;
            }
            let unit = if wide { self.u16()? } else { u16::from(self.u8()?) };
            units.push(unit);
        }
        Some(String::from_utf16_lossy(&units))
    }

    /// Bytes in a code page.
    pub(super) fn bytes(&mut self, length: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        for _ in 0..length {
            bytes.push(self.u8()?);
        }
        Some(bytes)
    }
}

/// The two-byte number at a place.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// The four-byte number at a place.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// A number in four bytes: whole or not, of hundredths or not.
pub(super) fn rk(number: u32) -> f64 {
    let value =
        if number & 2 != 0 { f64::from((number as i32) >> 2) } else { f64::from_bits(u64::from(number & !3) << 32) };
    if number & 1 != 0 { value / 100.0 } else { value }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_string_goes_on_in_the_next_segment_with_characters_of_another_width() {
        let segments: [&[u8]; 2] = [b"\x04\0\0ab", b"\x01c\0\x14\x04"];
        let mut cursor = Cursor::new(&segments);
        assert_eq!(cursor.rich_string().as_deref(), Some("abcД"));
        assert_eq!(cursor.u8(), None);
    }

    #[test]
    fn numbers_have_four_forms() {
        assert_eq!((rk(0x3ff0_0000), rk(17 << 2 | 2), rk((1234 << 2 | 2) | 1)), (1.0, 17.0, 12.34));
        assert_eq!(rk(((-5_i32) << 2 | 2) as u32), -5.0);
    }

    #[test]
    fn empty_segments_take_no_more_memory_than_a_record_may() {
        let stream = [b"\x05\0\x01\0a".to_vec(), b"\x3c\0\0\0".repeat(3 * SEGMENTS)].concat();
        assert!(Records::new(&stream, 0).all(|record| record.segments.len() <= SEGMENTS));
    }

    #[test]
    fn records_end_where_they_are_cut_off() {
        let stream = b"\x05\0\x01\0a\x3c\0\x02\0bc\x06\0\xff\0x";
        let records: Vec<Vec<u8>> = Records::new(stream, 0).map(|record| record.segments.concat()).collect();
        assert_eq!(records, [b"abc".to_vec()]);
    }
}
