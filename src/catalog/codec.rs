//! The encoding of numbers and texts in our own larger files.
//!
//! A number takes one byte for every seven bits, the lowest first, and all of its bytes but the last have their highest
//! bit set. A text follows the number of its bytes, a list the number of its entries.

/// The bytes written so far.
#[derive(Default)]
pub(crate) struct Written(pub(crate) Vec<u8>);

impl Written {
    pub(crate) fn number(&mut self, mut number: u64) {
        while number > 0x7F {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// Writes a number that may be negative. Small ones, negative or not, are short.
    pub(crate) fn signed(&mut self, number: i64) {
        self.number(((number << 1) ^ (number >> 63)) as u64);
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes(text.as_bytes());
    }

    pub(crate) fn list<T>(&mut self, all: impl ExactSizeIterator<Item = T>, mut one: impl FnMut(&mut Written, T)) {
        self.number(all.len() as u64);
        all.for_each(|entry| one(self, entry));
    }

    /// Writes an optional value as a list of none or one.
    pub(crate) fn option<T>(&mut self, some: Option<T>, one: impl FnMut(&mut Written, T)) {
        self.list(some.into_iter(), one);
    }
}

/// The bytes that are still to be read. No length or count is trusted before the bytes for it are there.
pub(crate) struct Bytes<'b>(pub(crate) &'b [u8]);

impl<'b> Bytes<'b> {
    pub(crate) fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*head)
    }

    #[inline]
    pub(crate) fn number(&mut self) -> Option<u64> {
        match self.0 {
            // Most numbers are small.
            [byte @ ..=0x7F, rest @ ..] => {
                self.0 = rest;
                Some(u64::from(*byte))
            }
            _ => self.long_number(),
        }
    }

    fn long_number(&mut self) -> Option<u64> {
        let mut number = 0;
        for (at, byte) in self.0.iter().enumerate().take(10) {
            let (bits, shift) = (u64::from(byte & 0x7F), 7 * at as u32);
            // The tenth byte has room for one bit.
            if bits << shift >> shift != bits {
                return None;
            }
            number |= bits << shift;
            if *byte <= 0x7F {
                self.0 = &self.0[at + 1..];
                return Some(number);
            }
        }
        None
    }

    pub(crate) fn text(&mut self) -> Option<&'b str> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    pub(crate) fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    pub(crate) fn owned(&mut self) -> Option<String> {
        self.text().map(str::to_owned)
    }

    pub(crate) fn list<T, C: FromIterator<T>>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<C> {
        // A length is not trusted before there are that many bytes.
        let length = self.number()?;
        (0..length).map(|_| one(self)).collect()
    }

    pub(crate) fn option<T>(&mut self, one: impl FnMut(&mut Self) -> Option<T>) -> Option<Option<T>> {
        let some: Vec<T> = self.list(one)?;
        (some.len() <= 1).then(|| some.into_iter().next())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_was_written_is_read_and_what_is_cut_is_not() {
        let numbers = [0, 1, 127, 128, 300, 1 << 35, u64::MAX - 1, u64::MAX];
        let mut out = Written::default();
        out.list(numbers.iter(), |out, number| out.number(*number));
        out.text("шесть");
        out.option(None::<u64>, Written::number);
        out.option(Some(7), Written::number);
        let read = |bytes: &[u8]| {
            let mut bytes = Bytes(bytes);
            let numbers: Vec<u64> = bytes.list(Bytes::number)?;
            let text = bytes.text()?.to_string();
            Some((numbers, text, bytes.option(Bytes::number)?, bytes.option(Bytes::number)?))
        };
        assert_eq!(read(&out.0).unwrap(), (numbers.to_vec(), "шесть".into(), None, Some(7)));
        for cut in 0..out.0.len() {
            assert_eq!(read(&out.0[..cut]), None, "cut to {cut} bytes");
        }
    }

    #[test]
    fn what_is_no_number_no_text_and_no_option_is_not_taken_for_one() {
        assert_eq!(Bytes(&[0xFF; 9]).number(), None);
        assert_eq!(Bytes(&[0xFF; 20]).number(), None);
        assert_eq!(Bytes(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 2]).number(), None);
        assert_eq!(Bytes(&[2, 0xC3, 0x28]).text(), None);
        assert_eq!(Bytes(&[2, 1, 1]).option(Bytes::number), None);
        assert_eq!(Bytes(&[0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 1]).list::<_, Vec<u64>>(Bytes::number), None);
    }
}
