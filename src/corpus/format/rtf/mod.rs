//! RTF (Rich Text Format 1.9.1): its text and the properties of its information group.

mod charset;
mod state;
mod words;

use crate::document::Certainty;
use encoding_rs::Encoding;

use super::shared::properties::{declare, real_title};
use super::shared::unread::{Kind, Unread};
use crate::corpus::encoding::code_page;
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::RawDocument;

use charset::Fonts;
use state::{Aim, Groups};
use words::{Lexer, Token};

/// Stands for the end of a paragraph until it is known what a paragraph is here.
const PARAGRAPH: char = '\u{2029}';

/// The longest line that somebody may have wrapped by hand, in characters; longer ones are paragraphs.
const WRAPPED: usize = 130;

/// Reads an RTF document, even a cut one, and tells what of it is not read. With `all_text`, hidden and deleted words
/// are read too.
pub(crate) fn read(bytes: Vec<u8>, all_text: bool) -> Vec<Result<RawDocument, Problem>> {
    let mut reader = Reader::new(all_text);
    for token in Lexer::new(&bytes) {
        reader.take(token);
    }
    let mut unread = Unread::default();
    // A picture may be there a second time, for old programs.
    unread.add(Kind::Picture, reader.pictures.saturating_sub(reader.repeated));
    unread.add(Kind::File, reader.objects);
    let raw = reader.finish();
    let read = if raw.text.trim().is_empty() { Err(Problem::nothing("an RTF document without text")) } else { Ok(raw) };
    std::iter::once(read).chain(unread.problems().map(Err)).collect()
}

struct Reader {
    groups: Groups,
    fonts: Fonts,
    /// The encoding that `\ansi`, `\mac` or `\ansicpg` names.
    document: &'static Encoding,
    /// Bytes not decoded yet: a character may be of two, and of different tokens.
    bytes: Vec<u8>,
    /// The first half of a character beyond 16 bits.
    surrogate: Option<u32>,
    /// The number of characters still to be left out, because `\u` has said what they stand for.
    replaced: usize,
    text: String,
    footer: String,
    /// The remarks in the margin.
    remarks: String,
    value: String,
    /// Years to minutes of a time in the information group.
    time: [Option<i32>; 5],
    /// The numbers of pictures, of those that are there a second time, and of objects.
    pictures: usize,
    repeated: usize,
    objects: usize,
    raw: RawDocument,
}

impl Reader {
    fn new(all_text: bool) -> Reader {
        Reader {
            groups: Groups::new(all_text),
            fonts: Fonts::default(),
            document: encoding_rs::WINDOWS_1252,
            bytes: Vec::new(),
            surrogate: None,
            replaced: 0,
            text: String::new(),
            footer: String::new(),
            remarks: String::new(),
            value: String::new(),
            time: [None; 5],
            pictures: 0,
            repeated: 0,
            objects: 0,
            raw: RawDocument::default(),
        }
    }

    fn take(&mut self, token: Token) {
        match token {
            Token::Open => {
                self.flush();
                self.replaced = 0;
                self.groups.open();
            }
            Token::Close => {
                self.flush();
                self.replaced = 0;
                let ended = self.groups.state().aim;
                self.groups.close();
                if ended != self.groups.state().aim {
                    self.end(ended);
                }
            }
            Token::Byte(byte) => {
                if self.replaced > 0 {
                    self.replaced -= 1;
                } else if self.groups.is_shown() {
                    self.bytes.push(byte);
                }
            }
            Token::Bytes(bytes) => {
                let left_out = self.replaced.min(bytes.len());
                self.replaced -= left_out;
                if self.groups.is_shown() {
                    self.bytes.extend_from_slice(bytes.get(left_out..).unwrap_or_default());
                }
            }
            Token::Unicode(number) => {
                self.flush();
                self.unicode(number);
                self.replaced = self.groups.state().fallback;
            }
            Token::Word(..) | Token::Ignorable if self.replaced > 0 => self.replaced -= 1,
            Token::Ignorable => self.groups.state_mut().ignorable = true,
            Token::Word(name, number) => self.word(name, number),
        }
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        if let Some(shown) = words::character(name) {
            self.flush();
            if self.groups.is_shown() {
                self.push(shown);
            }
            return;
        }
        let on = number != Some(0);
        match name {
            "ansicpg" => {
                self.flush();
                self.document = number.and_then(|number| code_page(number.try_into().ok()?)).unwrap_or(self.document);
            }
            "mac" => self.document = encoding_rs::MACINTOSH,
            "deff" => self.fonts.default = number,
            "f" => {
                self.flush();
                match self.groups.state().aim {
                    Aim::Fonts => self.fonts.begin(number),
                    _ => self.groups.state_mut().font = number,
                }
            }
            "fcharset" if self.groups.state().aim == Aim::Fonts => self.fonts.charset(number),
            "uc" => {
                self.groups.state_mut().fallback = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(1).min(16);
            }
            "v" | "deleted" => {
                self.flush();
                self.groups.hide(name == "v", on);
                if on && self.groups.state().aim == Aim::Text {
                    self.raw.leave_out(if name == "v" { "hidden words" } else { "deleted words" }, 1);
                }
            }
            "plain" => {
                self.flush();
                self.groups.plain();
            }
            "yr" | "mo" | "dy" | "hr" | "min" => {
                let at = ["yr", "mo", "dy", "hr", "min"].iter().position(|part| *part == name);
                if let Some(part) = at.and_then(|at| self.time.get_mut(at)) {
                    *part = number;
                }
            }
            _ => {
                match name {
                    "pict" => self.pictures += 1,
                    "nonshppict" => self.repeated += 1,
                    "object" => self.objects += 1,
                    _ => {}
                }
                if self.groups.aim_at(name) {
                    self.flush();
                    match self.groups.state().aim {
                        Aim::Created | Aim::Modified => self.time = [None; 5],
                        Aim::Note => self.push(" ["),
                        _ => self.value.clear(),
                    }
                }
            }
        }
    }

    /// A number of 16 bits, written as if it had a sign.
    fn unicode(&mut self, number: i32) {
        if !self.groups.is_shown() {
            return;
        }
        let unit = u32::try_from(number).unwrap_or_else(|_| u32::from(number as u16));
        let code = match (self.surrogate.take(), unit) {
            (_, 0xd800..=0xdbff) => {
                self.surrogate = Some(unit);
                return;
            }
            (Some(first), 0xdc00..=0xdfff) => 0x10000 + ((first - 0xd800) << 10) + (unit - 0xdc00),
            // These codes of symbol fonts stand for bytes of their own.
            (_, 0xf020..=0xf0ff) => {
                self.bytes.push(u8::try_from(unit - 0xf000).unwrap_or(b' '));
                return;
            }
            (_, unit) => unit,
        };
        let c = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
        self.push(c.encode_utf8(&mut [0; 4]));
    }

    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let encoding = self.fonts.encoding(self.groups.state().font).unwrap_or(self.document);
        let (words, _) = encoding.decode_without_bom_handling(&bytes);
        self.push(&words);
        self.bytes = bytes;
        self.bytes.clear();
    }

    fn push(&mut self, words: &str) {
        self.surrogate = None;
        let begins_note = self.groups.state().aim == Aim::Note && self.text.ends_with(" [");
        let words = if begins_note { words.trim_start() } else { words };
        let out = match self.groups.state().aim {
            Aim::Text | Aim::Note => &mut self.text,
            Aim::Footer => &mut self.footer,
            Aim::Remark => &mut self.remarks,
            aim if aim.is_value() => &mut self.value,
            _ => return,
        };
        out.extend(words.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()));
    }

    /// A group has ended that went elsewhere than the one around it.
    fn end(&mut self, aim: Aim) {
        let value = std::mem::take(&mut self.value);
        match aim {
            Aim::Note => self.push("]"),
            Aim::Title => self.raw.title = real_title(&value),
            Aim::Author => declare(&mut self.raw, "author", &value, "RTF author"),
            Aim::Operator => declare(&mut self.raw, "operator", &value, "RTF operator"),
            Aim::Created => self.declare_time("created", "RTF creatim"),
            Aim::Modified => self.declare_time("modified", "RTF revtim"),
            Aim::Remark => self.remarks.push(PARAGRAPH),
            Aim::Subject | Aim::Keywords | Aim::Description => {
                let name = match aim {
                    Aim::Subject => "subject",
                    Aim::Keywords => "keywords",
                    _ => "description",
                };
                if !value.trim().is_empty() {
                    self.raw.metadata.insert(name.to_owned(), value.trim().to_owned());
                }
            }
            _ => {}
        }
    }

    fn declare_time(&mut self, name: &str, place: &str) {
        if let [Some(year), Some(month), Some(day), hour, minute] = self.time {
            let clock = hour.zip(minute).map(|(hour, minute)| format!("T{hour:02}:{minute:02}"));
            let value = format!("{year:04}-{month:02}-{day:02}{}", clock.unwrap_or_default());
            declare(&mut self.raw, name, &value, place);
        }
    }

    fn finish(mut self) -> RawDocument {
        self.flush();
        for more in [&self.footer, &self.remarks] {
            if !more.trim().is_empty() {
                self.text.push(PARAGRAPH);
                self.text.push_str(more);
            }
        }
        self.raw.text = paragraphs(&self.text);
        self.raw.encoding = Some(self.document.name().to_owned());
        self.raw.certainty = Some(Certainty::Declared);
        self.raw
    }
}

/// Paragraphs parted by blank lines, unless the paragraphs of this document are the lines of a text wrapped by hand.
fn paragraphs(text: &str) -> String {
    let pieces = || text.split(PARAGRAPH).map(str::trim_end);
    let wrapped = pieces().all(|piece| piece.chars().count() <= WRAPPED) && pieces().any(str::is_empty);
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for piece in pieces() {
        if wrapped {
            out.push_str(piece);
            out.push('\n');
        } else if !piece.trim().is_empty() {
            out.push_str(piece.trim_start_matches('\n'));
            out.push_str("\n\n");
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests;
