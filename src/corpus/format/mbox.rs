//! Mailboxes: messages one after another, each below a line that begins `From `.
//!
//! That line has a time, mostly; some programs write only whose the message is, a hyphen or nothing, and then the header
//! below it tells the line from prose. Of the dialects mboxo and mboxrd are read, in which a line of a message that begins like that has a `>` before it.

use super::mail;
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::{Declared, Origin, RawDocument};

/// Returns whether a file begins as a mailbox does: `From somebody Mon Jun  1 10:00:00 2009`.
pub(crate) fn is_mbox(head: &[u8]) -> bool {
    let head = head.trim_ascii_start();
    let line = line_at(head, 0);
    is_envelope(line) || is_bare(line) && begins_header(head.get(line.len()..).unwrap_or_default())
}

/// The end of the last whole message in a block that begins with one. At the end of the file, everything is whole.
pub(crate) fn cut(block: &[u8], at_end: bool) -> Option<usize> {
    if at_end {
        return Some(block.len()).filter(|&length| length > 0);
    }
    // The line after a beginning tells whether it is one, so it must be in the block too.
    memchr::memmem::rfind_iter(block, b"\nFrom").map(|at| at + 1).find(|&at| begins_message(block, at))
}

/// The end of the message of that number, from 1, in a block that begins with one: where the next begins.
pub(crate) fn end_of(block: &[u8], number: usize) -> Option<usize> {
    let mut begins =
        memchr::memmem::find_iter(block, b"\nFrom").map(|at| at + 1).filter(|&at| begins_message(block, at));
    begins.nth(number.checked_sub(1)?)
}

/// The number of messages in a block that begins with one.
pub(crate) fn count(block: &[u8]) -> u64 {
    let begins = memchr::memmem::find_iter(block, b"\nFrom").filter(|&at| begins_message(block, at + 1));
    1 + begins.count() as u64
}

/// Reads the messages of a block that begins with one, on line `line` of the file; `first` is the number of the first.
/// `and_more` adds the attachments of a message, given its bytes.
pub(crate) fn read_block(
    block: &[u8],
    line: u32,
    first: u64,
    all_text: bool,
    and_more: impl Fn(Result<RawDocument, Problem>, &[u8]) -> Vec<Result<RawDocument, Problem>>,
) -> Vec<Result<RawDocument, Problem>> {
    let mut begins = vec![0];
    begins.extend(memchr::memmem::find_iter(block, b"\nFrom").map(|at| at + 1).filter(|&at| begins_message(block, at)));
    let mut read = Vec::with_capacity(begins.len());
    let mut line = line;
    for (index, number) in (0..begins.len()).zip(first..) {
        let begin = begins.get(index).copied().unwrap_or_default();
        let end = begins.get(index + 1).copied().unwrap_or(block.len());
        let bytes = block.get(begin..end).unwrap_or_default();
        if !bytes.trim_ascii().is_empty() {
            let blank = bytes.len() - bytes.trim_ascii_start().len();
            let bytes = bytes.get(blank..).unwrap_or_default();
            let envelope = Some(line_at(bytes, 0)).filter(|line| is_envelope(line) || is_bare(line));
            let message = unquote(bytes.get(envelope.map_or(0, <[u8]>::len)..).unwrap_or_default());
            read.extend(and_more(read_message(message.clone(), envelope, line, number, all_text), &message));
        }
        let lines = memchr::memchr_iter(b'\n', bytes).count();
        line = line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
    }
    read
}

fn read_message(
    message: Vec<u8>,
    envelope: Option<&[u8]>,
    line: u32,
    number: u64,
    all_text: bool,
) -> Result<RawDocument, Problem> {
    let member = Some(format!("#{number}"));
    let mut raw = mail::read(message, all_text).map_err(|problem| Problem {
        member: member.clone(),
        line: Some(line),
        ..problem
    })?;
    if let Some(day) = envelope.and_then(envelope_day) {
        // This is the day it was put into this box, which may be long after it was sent.
        raw.declared.push(Declared {
            origin: Origin::Mail,
            name: "created".to_owned(),
            value: day,
            place: "From line".to_owned(),
        });
    }
    raw.key = raw.record_id.clone().unwrap_or_else(|| format!("\0{number}"));
    raw.place.member = member;
    raw.place.line = Some(line);
    Ok(raw)
}

fn line_at(block: &[u8], begin: usize) -> &[u8] {
    let rest = block.get(begin..).unwrap_or_default();
    rest.get(..memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1)).unwrap_or(rest)
}

/// Returns whether a message begins at this beginning of a line: after a blank line, or above a line of a header. A
/// line without a time must have both.
fn begins_message(block: &[u8], begin: usize) -> bool {
    let line = line_at(block, begin);
    let before = block.get(..begin).unwrap_or_default();
    let after_blank = before.ends_with(b"\n\n") || before.ends_with(b"\r\n\r\n") || before.ends_with(b"\n\r\n");
    let rest = block.get(begin + line.len()..).unwrap_or_default();
    if is_envelope(line) {
        return after_blank || mail::is_header_line(line_at(rest, 0));
    }
    after_blank && is_bare(line) && begins_header(rest)
}

/// `From` and nothing, a hyphen, or whose it is in one word.
fn is_bare(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From").map(<[u8]>::trim_ascii_end) else { return false };
    let words = rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count();
    rest.is_empty() || rest.starts_with(b" ") && words <= 1 && rest.len() < 400
}

/// Returns whether some bytes begin with the header of a message: at least two of the usual lines before a blank line.
fn begins_header(bytes: &[u8]) -> bool {
    const LINES: usize = 60;
    const USUAL: [&str; 12] = [
        "from",
        "to",
        "cc",
        "date",
        "subject",
        "received",
        "return-path",
        "message-id",
        "mime-version",
        "content-type",
        "delivered-to",
        "reply-to",
    ];
    let mut usual = 0;
    for (index, line) in bytes.split_inclusive(|&byte| byte == b'\n').enumerate().take(LINES) {
        let folded = index > 0 && (line.starts_with(b" ") || line.starts_with(b"\t"));
        if !line.ends_with(b"\n") || !(folded || mail::is_header_line(line)) {
            return false;
        }
        let name = line.split(|&byte| byte == b':').next().unwrap_or_default();
        usual += usize::from(USUAL.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(name)));
        if usual >= 2 {
            return true;
        }
    }
    false
}

/// Returns whether a line has `From`, a name, a time of day and a year.
fn is_envelope(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    if rest.len() > 400 {
        return false;
    }
    let mut words = rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    words.next();
    let (mut clock, mut year) = (false, false);
    for word in words {
        let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
        clock |= word.contains(&b':') && digits >= 3;
        year |= word.len() == 4 && digits == 4;
    }
    clock && year
}

/// `Mon Jun  1 10:00:00 2009`, perhaps with a zone, in a form that others read: `1 Jun 2009`.
fn envelope_day(line: &[u8]) -> Option<String> {
    let line = String::from_utf8_lossy(line);
    let words: Vec<&str> = line.split_whitespace().collect();
    let clock = words.iter().position(|word| word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit()))?;
    let (month, day) = (words.get(clock.checked_sub(2)?)?, words.get(clock - 1)?);
    let year =
        words.get(clock + 1..)?.iter().find(|word| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()))?;
    Some(format!("{day} {month} {year}"))
}

/// Removes one `>` from the lines that were quoted so that they do not begin a message.
fn unquote(message: &[u8]) -> Vec<u8> {
    if memchr::memmem::find(message, b">From ").is_none() {
        return message.to_vec();
    }
    let mut plain = Vec::with_capacity(message.len());
    for line in message.split_inclusive(|&byte| byte == b'\n') {
        let signs = line.iter().take_while(|&&byte| byte == b'>').count();
        let quoted = signs > 0 && line.get(signs..).is_some_and(|rest| rest.starts_with(b"From "));
        plain.extend_from_slice(line.get(usize::from(quoted)..).unwrap_or_default());
    }
    plain
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    const BOX: &str = "From ann Mon Jun 01 10:00:00 2009\nMessage-ID: <1@mill.example>\nSubject: One\nDate: Mon, 1 Jun 2009 09:00:00 +0000\n\nThe mill turns.\n>From then on it did.\n>>From here too.\nFrom the river it comes.\n\nFrom bo Tue Jun 02 11:00:00 +0200 2009\nSubject: Two\n\nIt grinds.\n\nFrom cy Wed Jun 03 11:00:00 2009\n\nNo header.\n";

    fn read(block: &str, line: u32, first: u64) -> Vec<RawDocument> {
        read_block(block.as_bytes(), line, first, false, |message, _| vec![message])
            .into_iter()
            .map(Result::unwrap)
            .collect()
    }

    #[test]
    fn messages_are_cut_and_their_quoted_lines_are_mended() {
        assert!(is_mbox(BOX.as_bytes()));
        let read = read(BOX, 1, 1);
        let shown: Vec<_> = read
            .iter()
            .map(|raw| (raw.key.as_str(), raw.place.member.as_deref().unwrap(), raw.place.line.unwrap()))
            .collect();
        assert_eq!(shown, [("1@mill.example", "#1", 1), ("\u{0}2", "#2", 11), ("\u{0}3", "#3", 16)]);
        let texts: Vec<_> = read.iter().map(|raw| raw.text.trim()).collect();
        assert_eq!(
            texts,
            [
                "The mill turns.\nFrom then on it did.\n>From here too.\nFrom the river it comes.",
                "It grinds.",
                "No header."
            ]
        );
        let clue = |raw: &RawDocument| raw.declared.last().map(|d| format!("{}={} ({})", d.name, d.value, d.place));
        assert_eq!(
            read.iter().map(|raw| clue(raw).unwrap()).collect::<Vec<_>>(),
            ["created=01 Jun 2009 (From line)", "created=02 Jun 2009 (From line)", "created=03 Jun 2009 (From line)"]
        );
    }

    #[test]
    fn blocks_are_cut_between_messages_wherever_they_end() {
        let whole: Vec<String> = read(BOX, 1, 1).into_iter().map(|raw| raw.text).collect();
        for end in 1..BOX.len() {
            let head = &BOX.as_bytes()[..end];
            let Some(at) = cut(head, false) else { continue };
            let mut texts: Vec<String> = read(&BOX[..at], 1, 1).into_iter().map(|raw| raw.text).collect();
            texts.extend(read(&BOX[at..], 1, 1).into_iter().map(|raw| raw.text));
            assert_eq!(texts, whole, "{end} {at}");
            assert_eq!(count(&BOX.as_bytes()[..at]) + count(&BOX.as_bytes()[at..]), 3);
        }
        assert_eq!(cut(BOX.as_bytes(), true), Some(BOX.len()));
        assert_eq!(cut(b"From ann", false), None);
    }

    #[test]
    fn lines_without_a_time_part_messages_where_a_header_stands_below() {
        for line in ["From ", "From", "From - ", "From MAILER-DAEMON", "From clerk@mill.example", "From \r"] {
            let message = |n: u32| {
                format!(
                    "{line}\nFrom: Clerk <clerk@mill.example>\nTo: all@mill.example\nSubject: No. {n}\n\nDear all,\n\n\
                     From here to the gate it is a mile.\n\nFrom\nthe gate: nothing.\nWord{n}\n\n"
                )
            };
            let mailbox: String = (1..=3).map(message).collect();
            assert!(is_mbox(mailbox.as_bytes()), "{line:?}");
            let raws = read(&mailbox, 1, 1);
            let titles: Vec<_> = raws.iter().map(|raw| raw.title.as_deref().unwrap()).collect();
            assert_eq!(titles, ["No. 1", "No. 2", "No. 3"], "{line:?}");
            assert!(raws.iter().zip(1..).all(|(raw, n)| raw.text.ends_with(&format!("Word{n}"))), "{line:?}");
            assert_eq!(count(mailbox.as_bytes()), 3);
        }
    }

    #[test]
    fn prose_that_begins_with_from_parts_nothing() {
        for prose in ["From ann\n\nwords", "From ann\nSubject: a fish\n\nwords", "From\nDate: none\nwords"] {
            let mailbox = format!("From a Mon Jun 01 10:00:00 2009\nSubject: Mill\nTo: b\n\nIt turns.\n\n{prose}\n");
            assert_eq!(read(&mailbox, 1, 1).len(), 1, "{prose}");
        }
    }

    #[test]
    fn a_text_that_begins_with_from_is_no_mailbox() {
        for text in ["From the mill to the river it is a mile.", "From: Ann", "From ann at 10:30 we walked", "words"] {
            assert!(!is_mbox(text.as_bytes()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_box_is_read(text in "(From a Mon Jun 01 10:00:00 2009\n|Subject: x\n|\n|>From |word |\r|é){0,30}") {
            is_mbox(text.as_bytes());
            read_block(text.as_bytes(), 1, 1, false, |message, _| vec![message]);
            if let Some(at) = cut(text.as_bytes(), false) {
                prop_assert!(at <= text.len());
            }
        }
    }
}
