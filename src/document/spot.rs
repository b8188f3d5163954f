//! The spot of a file at which a stretch of a document's text stands, where its lines and bytes do not tell it.

use serde::{Deserialize, Serialize};

/// Where a stretch of a text stands in its file: the cell of a sheet, a slide, a time, or a region of a page. A stretch
/// goes on until the next spot begins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// The byte of the document's text at which the stretch begins.
    pub byte: usize,
    /// The cell that it begins with: `Sheet2!B7`. Lines after it are the next rows of the sheet, and tabs part columns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// The slide of a presentation, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slide: Option<u32>,
    /// The time since the recording began, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<u64>,
    /// Page (from 1), left, top, width and height, in the units of the file, mostly pixels of the scan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<[u32; 5]>,
}

impl Spot {
    /// The spot that begins a stretch of cells.
    #[cfg_attr(not(feature = "office"), allow(dead_code))]
    pub(crate) fn of_cell(byte: usize, sheet: &str, row: u32, column: u32) -> Spot {
        Spot { byte, cell: Some(format!("{sheet}!{}{row}", column_letters(column))), ..Spot::default() }
    }

    /// The cell at which a byte stands that lies behind this spot with `between` in between.
    fn cell_after(&self, between: &str) -> Option<String> {
        let cell = self.cell.as_deref()?;
        let (sheet, first) = cell.rsplit_once('!')?;
        let digits = first.find(|c: char| c.is_ascii_digit())?;
        let (letters, row) = first.split_at_checked(digits)?;
        let (row, column) = (row.parse::<u32>().ok()?, column_number(letters)?);
        let line = between.rsplit('\n').next().unwrap_or(between);
        let lines = u32::try_from(memchr::memchr_iter(b'\n', between.as_bytes()).count()).ok()?;
        let tabs = u32::try_from(memchr::memchr_iter(b'\t', line.as_bytes()).count()).ok()?;
        // Lines further down begin in the column that the first one begins in.
        Some(format!("{sheet}!{}{}", column_letters(column.checked_add(tabs)?), row.checked_add(lines)?))
    }
}

/// The place of a stretch of a text in its file, as far as [`Spot`]s tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Located {
    pub(crate) cell: Option<String>,
    pub(crate) slide: Option<u32>,
    pub(crate) time: Option<u64>,
    pub(crate) region: Option<[u32; 5]>,
}

/// Where the byte `at` of a text stands, and the region of the page around all of `range`.
pub(crate) fn locate(spots: &[Spot], text: &str, at: usize, range: std::ops::Range<usize>) -> Located {
    let after = spots.partition_point(|spot| spot.byte <= at);
    let Some(spot) = after.checked_sub(1).and_then(|before| spots.get(before)).or(spots.first()) else {
        return Located::default();
    };
    let cell = spot.cell_after(text.get(spot.byte..at).unwrap_or_default());
    let region = spot.region.map(|first| {
        let begin = spots.partition_point(|spot| spot.byte <= range.start).saturating_sub(1);
        let within = spots.get(begin..).unwrap_or_default().iter().take_while(|spot| spot.byte < range.end);
        let regions = within.filter_map(|spot| spot.region).filter(|region| region.first() == first.first());
        regions.fold(first, around)
    });
    Located { cell, slide: spot.slide, time: spot.time, region }
}

/// Moves spots to what is left of a text when its first `begin` bytes go; `text` is the whole of it.
pub(crate) fn begin_at(spots: &mut Vec<Spot>, text: &str, begin: usize) {
    let after = spots.partition_point(|spot| spot.byte <= begin);
    if let Some(last) = after.checked_sub(1).and_then(|last| spots.get_mut(last)) {
        last.cell = last.cell_after(text.get(last.byte..begin).unwrap_or_default());
    }
    spots.drain(..after.saturating_sub(1));
    for spot in spots {
        spot.byte = spot.byte.saturating_sub(begin);
    }
}

/// The region around two regions of a page.
fn around(a: [u32; 5], b: [u32; 5]) -> [u32; 5] {
    let [page, ax, ay, aw, ah] = a;
    let [_, bx, by, bw, bh] = b;
    let (x, y) = (ax.min(bx), ay.min(by));
    let right = ax.saturating_add(aw).max(bx.saturating_add(bw));
    let foot = ay.saturating_add(ah).max(by.saturating_add(bh));
    [page, x, y, right - x, foot - y]
}

/// The name of a column: A for 1, Z for 26, AA for 27.
pub(crate) fn column_letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + (column % 26) as u8));
        column /= 26;
    }
    letters.iter().rev().collect()
}

/// The number of a column, from 1, by its name. None if that is no name of a column.
pub(crate) fn column_number(letters: &str) -> Option<u32> {
    let number = letters.bytes().try_fold(0_u32, |number, letter| {
        let digit = u32::from(letter.to_ascii_uppercase().checked_sub(b'A')?) + 1;
        number.checked_mul(26)?.checked_add(digit).filter(|_| digit <= 26)
    });
    number.filter(|number| *number > 0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn columns_have_names_and_numbers() {
        for (number, letters) in [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD")] {
            assert_eq!((column_letters(number).as_str(), column_number(letters)), (letters, Some(number)));
        }
        assert_eq!((column_number(""), column_number("A1"), column_number("ZZZZZZZZZ")), (None, None, None));
    }

    #[test]
    fn a_cell_is_counted_from_the_spot_before_it() {
        let text = "a\tb\nc\td\n\nlast";
        let spots = [Spot::of_cell(0, "My Sheet", 7, 2), Spot::of_cell(9, "My Sheet", 40, 1)];
        let cell = |at| locate(&spots, text, at, at..at + 1).cell.unwrap();
        assert_eq!(
            (cell(0).as_str(), cell(2).as_str(), cell(6).as_str()),
            ("My Sheet!B7", "My Sheet!C7", "My Sheet!C8")
        );
        assert_eq!(cell(10), "My Sheet!A40");
    }

    #[test]
    fn cells_stay_where_they_are_when_a_text_loses_its_head() {
        let text = "a\nb\nc\td";
        let mut spots = vec![Spot::of_cell(0, "S", 1, 1)];
        begin_at(&mut spots, text, 4);
        let cell = |at| locate(&spots, &text[4..], at, at..at + 1).cell.unwrap();
        assert_eq!((cell(0).as_str(), cell(2).as_str()), ("S!A3", "S!B3"));
    }

    #[test]
    fn a_region_surrounds_the_lines_of_one_page() {
        let line = |byte, region| Spot { byte, region: Some(region), ..Spot::default() };
        let spots = [line(0, [1, 10, 10, 100, 5]), line(5, [1, 10, 20, 120, 5]), line(9, [2, 0, 0, 9, 9])];
        assert_eq!(locate(&spots, "0123456789ab", 2, 2..11).region, Some([1, 10, 10, 120, 15]));
        assert_eq!(locate(&spots, "0123456789ab", 10, 2..11).region, Some([2, 0, 0, 9, 9]));
        assert_eq!(locate(&[], "x", 0, 0..1), Located::default());
    }
}
