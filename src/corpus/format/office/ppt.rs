//! PowerPoint presentations from before 2007 (MS-PPT): the slides in their order, whatever their texts stand in, notes,
//! comments, heads and feet.

use std::collections::HashMap;
use std::io::ErrorKind;

use super::biff::{u16_at, u32_at};
use super::container;
use super::container::stream;
use super::deck::{Deck, Slide};
use crate::corpus::format::shared::unread::{Kind, Unread};
use crate::corpus::input::problem::{LOCKED, Problem};

/// The deepest nesting of records, the most of them, and the most changes of a file that was saved in parts.
const DEEPEST: usize = 40;
const RECORDS: usize = 4_000_000;
const EDITS: usize = 10_000;

/// The mark of a presentation that has a password.
const ENCRYPTED: u32 = 0xf3d1_c4df;

/// Reads a presentation into `deck`, which has its properties. Fails if it has a password, or is damaged before its
/// first slide.
pub(super) fn read(bytes: &[u8], deck: &mut Deck) -> Result<(), Problem> {
    let open = |name| {
        stream(bytes, &[name]).map_err(|error| Problem::failed(format!("a damaged PowerPoint presentation: {error}")))
    };
    let (user, stream) = (open("/Current User")?, open("/PowerPoint Document")?);
    if u32_at(&user, 12) == Some(ENCRYPTED) {
        return Err(Problem::failed(LOCKED));
    }
    let mut file = File { stream: &stream, places: HashMap::new(), left: RECORDS };
    let main = u32_at(&user, 16).and_then(|edit| file.find_places(edit));
    let Some(main) = main.and_then(|id| file.at(id)) else {
        return Err(Problem::failed("a damaged PowerPoint presentation: its list of slides is missing"));
    };
    file.slides(main, deck);
    let pictures = container::stream(bytes, &["/Pictures"]).or_else(|error| match error.kind() {
        ErrorKind::NotFound => Ok(Vec::new()),
        _ => Err(Problem::failed(format!("its pictures cannot be counted: {error}"))),
    });
    deck.problems.extend(unread(main, pictures.as_deref().unwrap_or_default()).problems());
    deck.problems.extend(pictures.err());
    if file.left == 0 {
        deck.problems.push(Problem::failed("a presentation of more records than are read; the rest is left out"));
    }
    Ok(())
}

fn place(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

/// The head of a record: what it is, which of its kind, and its content.
#[derive(Clone, Copy)]
struct Record<'a> {
    kind: u16,
    instance: u16,
    holds_records: bool,
    data: &'a [u8],
}

/// The record at a byte. One that is longer than what is left ends with it.
fn record(stream: &[u8], at: usize) -> Option<(Record<'_>, usize)> {
    let (version, kind, length) = (u16_at(stream, at)?, u16_at(stream, at + 2)?, place(stream, at + 4)?);
    let rest = stream.get(at + 8..)?;
    let data = rest.get(..length).unwrap_or(rest);
    // Data of later versions of the program are records too, though their head does not say so.
    let holds_records = version & 15 == 15 || kind == 0x138b;
    Some((Record { kind, instance: version >> 4, holds_records, data }, at + 8 + data.len()))
}

fn records(data: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (found, next) = record(data, at)?;
        at = next;
        Some(found)
    })
}

/// What of a presentation is not read, by its main record and the stream of its pictures.
fn unread(main: Record, pictures: &[u8]) -> Unread {
    let mut unread = Unread::default();
    let lists = |kind: u16| records(main.data).filter(move |record| record.kind == kind);
    let within = |list: u16, kind: u16| {
        lists(list).flat_map(|list| records(list.data)).filter(|record| record.kind == kind).count()
    };
    unread.add(Kind::Picture, records(pictures).filter(|record| (0xf01a..=0xf02a).contains(&record.kind)).count());
    unread.add(Kind::File, within(0x409, 0xfcc));
    unread.add(Kind::Sound, within(0x7e4, 0x7e6));
    // Presentations without macros have a place for them too.
    let about = lists(0x7d0).flat_map(|list| records(list.data)).filter(|record| record.kind == 0x3ff);
    let has_macros = |atom: &Record| atom.kind == 0x400 && u32_at(atom.data, 4).is_some_and(|flag| flag != 0);
    unread.add(Kind::Macros, about.filter(|about| records(about.data).any(|atom| has_macros(&atom))).count());
    unread
}

/// A text, and the number of the slide's text in the outline that it stands for.
enum Part {
    Text(String),
    Outline(usize),
    Comment(String),
    Furniture(String),
    Hidden,
}

struct File<'a> {
    stream: &'a [u8],
    /// Where the parts of the presentation are, as they were saved last.
    places: HashMap<u32, usize>,
    /// The records that may still be looked at.
    left: usize,
}

impl<'a> File<'a> {
    /// Follows the changes from the last one back, and returns the number of the part that lists the slides.
    fn find_places(&mut self, last: u32) -> Option<u32> {
        let mut edit = usize::try_from(last).ok()?;
        let mut main = None;
        for _ in 0..EDITS {
            let Some((Record { kind: 0xff5, data, .. }, _)) = record(self.stream, edit) else { break };
            main = main.or(u32_at(data, 16));
            if let Some((directory, _)) = place(data, 12).and_then(|at| record(self.stream, at)) {
                self.add_places(directory.data);
            }
            match place(data, 8) {
                Some(before) if before > 0 && before < edit => edit = before,
                _ => break,
            }
        }
        main
    }

    fn add_places(&mut self, directory: &[u8]) {
        let mut at = 0;
        while let Some(head) = u32_at(directory, at) {
            at += 4;
            for number in 0..head >> 20 {
                let Some(place) = place(directory, at) else { return };
                self.places.entry((head & 0xf_ffff).saturating_add(number)).or_insert(place);
                at += 4;
            }
        }
    }

    fn at(&self, id: u32) -> Option<Record<'a>> {
        record(self.stream, *self.places.get(&id)?).map(|(record, _)| record)
    }

    fn slides(&mut self, main: Record<'a>, deck: &mut Deck) {
        let lists: Vec<Record> = records(main.data).filter(|record| record.kind == 0xff0).collect();
        let mut notes: HashMap<u32, u32> = HashMap::new();
        for list in lists.iter().filter(|list| list.instance == 2) {
            let named = records(list.data).filter(|record| record.kind == 0x3f3);
            notes.extend(named.filter_map(|named| Some((u32_at(named.data, 12)?, u32_at(named.data, 0)?))));
        }
        for list in lists.iter().filter(|list| list.instance == 0) {
            let mut outline: Vec<(u32, Vec<String>)> = Vec::new();
            for found in records(list.data) {
                match found.kind {
                    0x3f3 => outline.push((u32_at(found.data, 0).unwrap_or_default(), Vec::new())),
                    _ => {
                        if let (Some(text), Some((_, texts))) = (text(found), outline.last_mut()) {
                            texts.push(text);
                        }
                    }
                }
            }
            for (id, texts) in outline {
                let slide = self.slide(id, texts, &notes);
                if slide.lines.is_empty() && self.at(id).is_none() {
                    let reason = format!("slide {} is missing", deck.slides.len() + 1);
                    deck.problems.push(Problem::failed(reason));
                }
                deck.slides.push(slide);
            }
        }
        for found in records(main.data).filter(|record| record.kind == 0xfd9) {
            deck.apart
                .extend(records(found.data).filter(|record| record.kind == 0xfba).map(|record| wide(record.data)));
        }
    }

    fn slide(&mut self, id: u32, outline: Vec<String>, notes: &HashMap<u32, u32>) -> Slide {
        let mut slide = Slide::default();
        let mut used = vec![false; outline.len()];
        let mut feet = Vec::new();
        let shown = self.at(id);
        for part in shown.map(|record| self.parts(record)).unwrap_or_default() {
            match part {
                Part::Text(text) => slide.lines.extend(lines(&text)),
                Part::Outline(number) => {
                    if let (Some(text), Some(used)) = (outline.get(number), used.get_mut(number)) {
                        *used = true;
                        slide.lines.extend(lines(text));
                    }
                }
                Part::Comment(text) => slide.notes.extend(lines(&text)),
                Part::Furniture(text) => feet.push(text),
                Part::Hidden => slide.hidden = true,
            }
        }
        let unused = outline.iter().zip(used).filter(|(_, used)| !used).map(|(text, _)| text);
        slide.lines.splice(0..0, unused.flat_map(|text| lines(text)));
        slide.lines.extend(feet);
        let own = shown.and_then(|record| records(record.data).find(|record| record.kind == 0x3ef));
        let noted =
            own.and_then(|atom| u32_at(atom.data, 16)).and_then(|id| notes.get(&id)).and_then(|id| self.at(*id));
        for part in noted.map(|record| self.parts(record)).unwrap_or_default() {
            if let Part::Text(text) = part {
                slide.notes.extend(lines(&text));
            }
        }
        slide
    }

    /// Everything that is text in a slide, however deep it lies, in the order of the file.
    fn parts(&mut self, of: Record<'a>) -> Vec<Part> {
        let mut parts = Vec::new();
        // The records that are still to be looked at, the next one last, with their depth and what they lie in.
        let mut waiting: Vec<(Record, usize, u16)> = vec![(of, 0, 0)];
        while let Some((found, depth, around)) = waiting.pop() {
            self.left = self.left.saturating_sub(1);
            if self.left == 0 {
                break;
            }
            if found.holds_records && depth < DEEPEST {
                let begin = waiting.len();
                waiting.extend(records(found.data).map(|inner| (inner, depth + 1, found.kind)));
                if let Some(added) = waiting.get_mut(begin..) {
                    added.reverse();
                }
                continue;
            }
            match (found.kind, around) {
                (0xf9e, _) => parts.extend(place(found.data, 0).map(Part::Outline)),
                // Comments: the author, then the words.
                (0xfba, 0x2ee0) if found.instance == 1 => parts.push(Part::Comment(wide(found.data))),
                (0xfba, 0xfd9) => parts.push(Part::Furniture(wide(found.data))),
                (0x3f9, _) => parts.extend(u16_at(found.data, 10).filter(|flags| flags & 4 != 0).map(|_| Part::Hidden)),
                _ => parts.extend(text(found).map(Part::Text)),
            }
        }
        parts
    }
}

/// The text of a record that is one: of two bytes a character, or of one.
fn text(record: Record) -> Option<String> {
    match record.kind {
        0xfa0 => Some(wide(record.data)),
        0xfa8 => Some(record.data.iter().map(|byte| char::from(*byte)).collect()),
        _ => None,
    }
}

fn wide(data: &[u8]) -> String {
    let units: Vec<u16> = data.chunks_exact(2).filter_map(|two| u16_at(two, 0)).collect();
    String::from_utf16_lossy(&units)
}

fn lines(text: &str) -> Vec<String> {
    let shown: String = text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{1f}')).collect();
    shown.split(['\r', '\n', '\u{b}']).map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(kind: u16, holds_records: bool, data: &[u8]) -> Vec<u8> {
        let version = if holds_records { 15_u16 } else { 0 };
        let length = data.len() as u32;
        [&version.to_le_bytes()[..], &kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    #[test]
    fn what_is_not_read_is_told_by_its_records() {
        let macros =
            |flag: u8| packed(0x7d0, true, &packed(0x3ff, true, &packed(0x400, false, &[0, 0, 0, 0, flag, 0, 0, 0])));
        let objects = packed(0x409, true, &[packed(0xfcc, true, &[]), packed(0xfcc, true, &[])].concat());
        let sounds = packed(0x7e4, true, &packed(0x7e6, true, &[]));
        let pictures = [packed(0xf01d, false, b"x"), packed(0xf01e, false, b"y"), packed(0xf122, false, b"z")].concat();
        for (flag, expected) in [(1, 4), (0, 3)] {
            let data = [macros(flag), objects.clone(), sounds.clone()].concat();
            let main = Record { kind: 1_000, instance: 0, holds_records: true, data: &data };
            let told: Vec<String> = unread(main, &pictures).problems().map(|problem| problem.reason).collect();
            assert_eq!(told.len(), expected, "{told:?}");
            assert!(told.contains(&"2 pictures, which are not read".to_owned()), "{told:?}");
            assert!(told.contains(&"2 files put into the document, which are not read".to_owned()), "{told:?}");
            assert!(told.contains(&"1 sound or film, which is not read".to_owned()), "{told:?}");
        }
    }
}
