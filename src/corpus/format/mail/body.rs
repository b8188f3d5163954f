//! The text of a message. Of parts with the same text in several forms, the one that has all of it is read.

use std::collections::HashSet;

use encoding_rs::Encoding;
use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

use super::transfer::carried;
use crate::corpus::encoding;
use crate::corpus::format::markup;
use crate::corpus::format::shared::hyphens;
use crate::corpus::input::line_ends;
use crate::document::Certainty;

/// The length, in bytes, below which a plain form may be a stub. A longer one may be a stub if the other form is this
/// many times its length, markup included.
const STUB: usize = 1000;
const TIMES: usize = 40;

/// The deepest nesting of parts.
const DEEPEST: usize = 32;

/// The text of a message.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) text: String,
    /// The encoding of its first part that is not ASCII.
    pub(super) encoding: Option<String>,
    pub(super) certainty: Option<Certainty>,
    /// The number of other forms of the same text that were not read.
    pub(super) forms_left_out: usize,
}

/// The text of one form of a message or of a part of it.
#[derive(Debug, Default)]
struct Form {
    /// Plain text, or HTML, whose text is made once it is known that this form is read.
    text: String,
    is_html: bool,
    encoding: Option<(String, Certainty)>,
}

struct Reader<'a> {
    message: &'a Message<'a>,
    /// The parts that are text to be read, and no attachments.
    inline: HashSet<u32>,
    /// Set to read all forms, also those with the same text.
    all_text: bool,
    forms_left_out: usize,
}

/// Reads the text of a message. With `all_text` it reads all forms, and the text before the first part.
pub(super) fn read(message: &Message, all_text: bool) -> Body {
    let inline = message.text_body.iter().chain(&message.html_body).copied().collect();
    let mut reader = Reader { message, inline, all_text, forms_left_out: 0 };
    let mut form = reader.form(0, 0).settled();
    let (before, after) = around_parts(message);
    if all_text && !before.trim().is_empty() {
        form.text = format!("{}\n\n{}", before.trim(), form.text);
    }
    for part in message.attachments().filter(|part| part.is_encoding_problem && !is_damaged_body(part)) {
        form.add_text(&footer_of(message, part));
    }
    form.add_text(&after);
    let (encoding, certainty) = form.encoding.unzip();
    Body { text: form.text, encoding, certainty, forms_left_out: reader.forms_left_out }
}

impl Form {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The form with the text made from its HTML.
    fn settled(mut self) -> Form {
        if std::mem::take(&mut self.is_html) {
            self.text = markup::text_of(&self.text);
        }
        self.text.truncate(self.text.trim_end().len());
        self
    }

    fn add_text(&mut self, text: &str) {
        let text = text.trim_end();
        if text.trim().is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(text);
    }
}

/// Parts that follow each other, as one form.
fn joined(forms: Vec<Form>) -> Form {
    let mut forms = forms.into_iter().filter(|form| !form.is_blank());
    let Some(first) = forms.next() else { return Form::default() };
    let Some(second) = forms.next() else { return first };
    let mut whole = first.settled();
    for form in std::iter::once(second).chain(forms) {
        let form = form.settled();
        whole.add_text(&form.text);
        whole.encoding = whole.encoding.or(form.encoding);
    }
    whole
}

impl Reader<'_> {
    fn form(&mut self, id: u32, depth: usize) -> Form {
        let message = self.message;
        let Some(part) = message.parts.get(id as usize).filter(|_| depth <= DEEPEST) else { return Form::default() };
        match &part.body {
            PartType::Multipart(parts) => {
                let subtype = part.content_type().and_then(|kind| kind.subtype());
                let alternative = subtype.is_some_and(|subtype| subtype.eq_ignore_ascii_case("alternative"));
                let forms: Vec<Form> = parts.iter().map(|&id| self.form(id, depth + 1)).collect();
                if alternative && !self.all_text { self.whole_form(forms) } else { joined(forms) }
            }
            PartType::Text(text) if is_damaged_html(part) => {
                let (text, encoding) = part_text(message, part, text);
                Form { text, encoding: Some(encoding), is_html: true }
            }
            PartType::Text(text) if self.inline.contains(&id) || is_damaged_body(part) => {
                let (mut text, encoding) = part_text(message, part, text);
                let footer = footer_of(message, part);
                if !footer.is_empty() {
                    text.push_str("\n\n");
                    text.push_str(&footer);
                }
                let text = hyphens::join(line_ends::in_text(text.replace("\r\n", "\n")));
                Form { text, encoding: Some(encoding), is_html: false }
            }
            PartType::Html(html) if self.inline.contains(&id) => {
                let (text, encoding) = part_text(message, part, html);
                Form { text, encoding: Some(encoding), is_html: true }
            }
            _ => Form::default(),
        }
    }

    /// Of several forms of one text the plain one, unless that is empty or only says that there is another.
    fn whole_form(&mut self, forms: Vec<Form>) -> Form {
        let (mut rich, mut plain): (Vec<Form>, Vec<Form>) =
            forms.into_iter().filter(|form| !form.is_blank()).partition(|form| form.is_html);
        self.forms_left_out += (rich.len() + plain.len()).saturating_sub(1);
        // The last form is the richest.
        let (rich, plain) = match (rich.pop(), plain.pop()) {
            (Some(rich), Some(plain)) => (rich, plain),
            (rich, plain) => return rich.or(plain).unwrap_or_default(),
        };
        if plain.text.len() >= STUB && rich.text.len() / TIMES < plain.text.len() {
            return plain;
        }
        let rich = rich.settled();
        if says_less(&plain.text, &rich.text) { rich } else { plain }
    }
}

/// Returns whether a part was meant to be read in the message, and the parser took it for an attachment only because of
/// how it is packed.
pub(super) fn is_damaged_body(part: &MessagePart) -> bool {
    let kind = part.content_type();
    let is_text = kind.is_none_or(|kind| kind.ctype().eq_ignore_ascii_case("text"));
    let is_attached = part.content_disposition().is_some_and(|told| told.is_attachment());
    part.is_encoding_problem && is_text && !is_attached && part.attachment_name().is_none()
}

fn is_damaged_html(part: &MessagePart) -> bool {
    let subtype = part.content_type().and_then(|kind| kind.subtype());
    is_damaged_body(part) && subtype.is_some_and(|subtype| subtype.eq_ignore_ascii_case("html"))
}

/// Returns whether one text has fewer words and less than half as many as the other, or mentions HTML instead, as stubs
/// do in any language.
fn says_less(text: &str, than: &str) -> bool {
    let words = |text: &str| -> HashSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (less, more) = (words(text), words(than));
    more.intersection(&less).count() * 2 < more.len() && (less.len() < more.len() || less.contains("html"))
}

/// The text of a part, and how its encoding is known. Where its declared character set cannot be right, the text is
/// decoded as in other files.
fn part_text(message: &Message, part: &MessagePart, text: &str) -> (String, (String, Certainty)) {
    let label = part.content_type().and_then(|kind| kind.attribute("charset"));
    let declared = label.and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()));
    let utf8 = (encoding_rs::UTF_8.name().to_owned(), Certainty::Declared);
    let damaged = part.is_encoding_problem || text.contains('\u{fffd}') || label.is_none() && text.contains('\u{1b}');
    if !damaged && (text.is_ascii() || label.is_none() || declared == Some(encoding_rs::UTF_8)) {
        return (text.to_owned(), utf8);
    }
    let bytes = carried(message, part).bytes;
    // Valid UTF-8 beyond ASCII is hardly ever anything else, whatever is declared.
    if damaged || declared.is_none() && label.is_none_or(|label| !is_known_to_parser(label)) {
        let decoded = encoding::decode(bytes, declared.or_else(|| encoding::declared_charset(text.as_bytes())));
        return (decoded.text, (decoded.encoding.to_owned(), decoded.certainty));
    }
    match String::from_utf8(bytes) {
        Ok(read) if !read.is_ascii() => (read, (utf8.0, Certainty::Valid)),
        _ => (text.to_owned(), declared.map_or(utf8, |declared| (declared.name().to_owned(), Certainty::Declared))),
    }
}

/// Character sets that the parser of mails reads and that the web does not know.
fn is_known_to_parser(label: &str) -> bool {
    ["utf-7", "unicode-1-1-utf-7", "cp850", "ibm850", "850"].iter().any(|known| known.eq_ignore_ascii_case(label))
}

/// The text that a list wrote behind a part with other content.
fn footer_of(message: &Message, part: &MessagePart) -> String {
    if !part.is_encoding_problem {
        return String::new();
    }
    encoding::decode(carried(message, part).footer, None).text.replace("\r\n", "\n")
}

/// The text before the first part of a message and behind the last one.
fn around_parts(message: &Message) -> (String, String) {
    let none = || (String::new(), String::new());
    let Some((root, PartType::Multipart(parts))) = message.parts.first().map(|root| (root, &root.body)) else {
        return none();
    };
    let first = parts.first().and_then(|&id| message.parts.get(id as usize));
    let last = parts.last().and_then(|&id| message.parts.get(id as usize));
    let boundary = root.content_type().and_then(|kind| kind.attribute("boundary"));
    let (Some(first), Some(last), Some(boundary)) = (first, last, boundary) else { return none() };
    let raw: &[u8] = &message.raw_message;
    let line = format!("--{boundary}");
    let before = raw.get(root.offset_body as usize..first.offset_header as usize).unwrap_or_default();
    let before = before.get(..memchr::memmem::rfind(before, line.as_bytes()).unwrap_or(0)).unwrap_or_default();
    let after = raw.get(last.offset_body as usize..).unwrap_or_default();
    let end = format!("{line}--");
    let after = memchr::memmem::rfind(after, end.as_bytes()).and_then(|at| after.get(at + end.len()..));
    let text = |bytes: &[u8]| encoding::decode(bytes.to_vec(), None).text.replace("\r\n", "\n").trim().to_owned();
    (text(before), text(after.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::parse;
    use super::*;

    const WORDS: &str = "The ducks of the pond were counted twice by the clerk and by the verger in the old school.";

    fn body_of(message: &str, all_text: bool) -> Body {
        super::read(&parse(message.as_bytes()).unwrap(), all_text)
    }

    fn alternative(plain: &str, rich: &str) -> String {
        format!(
            "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n\
             {plain}\n--b\n{rich}\n--b--\n"
        )
    }

    fn html(words: &str) -> String {
        format!("Content-Type: text/html; charset=utf-8\n\n<html><body><p>{words}</p></body></html>")
    }

    #[test]
    fn the_form_that_says_it_whole_is_read() {
        let related = format!(
            "Content-Type: multipart/related; boundary=i\n\n--i\n{}\n--i\nContent-Type: image/png\n\nx\n--i--",
            html(WORDS)
        );
        for (plain, rich, expected) in [
            ("", html(WORDS), WORDS),
            (" \n\u{a0}\n", html(WORDS), WORDS),
            ("", related, WORDS),
            ("Please view this mail in an HTML capable reader.", html(WORDS), WORDS),
            (
                "Your program does not show HTML: it has to, if you want to read what we wrote to you.",
                html("Rain at five."),
                "Rain at five.",
            ),
            (WORDS, html(WORDS), WORDS),
            ("Yes.\n\nAnn", html("Yes. Ann"), "Yes.\n\nAnn"),
            (WORDS, html(""), WORDS),
        ] {
            let body = body_of(&alternative(plain, &rich), false);
            assert_eq!(body.text, expected, "{plain:?}");
        }
        let both = body_of(&alternative("The stub.", &html(WORDS)), true);
        assert_eq!((both.text, both.forms_left_out), (format!("The stub.\n\n{WORDS}"), 0));
        assert_eq!(body_of(&alternative("The stub.", &html(WORDS)), false).forms_left_out, 1);
    }

    #[test]
    fn what_lists_write_around_parts_is_read() {
        let message = "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\nBefore\n\n--b\n\
            Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nVGhlIG1pbGwgdHVybnMu\n____\nMill list\n--b--\n\nBehind\n";
        assert_eq!(body_of(message, false).text, "The mill turns.\n\n____\nMill list\n\nBehind");
        assert!(body_of(message, true).text.starts_with("Before\n\nThe mill"));
    }

    #[test]
    fn good_utf8_is_read_whatever_is_declared() {
        for charset in ["us-ascii", "iso-8859-1", "windows-1252", "koi8-r", "x-unknown", "utf-8"] {
            let message = format!(
                "Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n\nDzień, żółw, café\n"
            );
            assert_eq!(body_of(&message, false).text, "Dzień, żółw, café", "{charset}");
        }
        let message = b"Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-2\n\nDzie\xf1\n";
        assert_eq!(super::read(&parse(message).unwrap(), false).text, "Dzień");
    }
}
