//! E-mail: one message (RFC 5322) with its parts (MIME).

mod body;
mod head;
mod transfer;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind};

use mail_parser::{Address, HeaderName, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::corpus::encoding;
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::{Declared, Origin, RawDocument};
use crate::document::Certainty;
use head::{is_mail_date, is_tame, without_envelope};

pub(crate) use head::is_mail;
pub(super) use head::{headers, is_header_line};

/// Providers of mailboxes: where somebody has an address says nothing of who publishes there.
const FREE: [&str; 24] = [
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "ymail.com",
    "hotmail.com",
    "outlook.com",
    "live.com",
    "msn.com",
    "aol.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "gmx.de",
    "gmx.net",
    "gmx.com",
    "web.de",
    "t-online.de",
    "mail.ru",
    "yandex.ru",
    "proton.me",
    "protonmail.com",
    "orange.fr",
    "free.fr",
    "localhost",
];

/// Reads one message; with `all_text`, in all its forms. Fails with a problem if it is empty.
pub(crate) fn read(bytes: Vec<u8>, all_text: bool) -> Result<RawDocument, Problem> {
    let message = without_envelope(&bytes);
    let mut raw = match parse(message) {
        Some(parsed) => told(&parsed, all_text),
        None => unread(message),
    };
    if raw.text.trim().is_empty() {
        // A subject alone says something; so do the names of what was sent.
        let attachments = raw.metadata.get("attachments").cloned();
        match raw.title.clone().or(attachments) {
            Some(words) => raw.text = words,
            None => return Err(Problem::nothing("a message without a text")),
        }
    }
    Ok(raw)
}

/// The files a message carries, with their names: what is attached, and messages within it.
pub(crate) fn attachments(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Some(message) = parse(without_envelope(bytes)) else { return Vec::new() };
    let files = attached(&message).zip(1..);
    files.map(|(part, number)| (file_name(part, number), contents(&message, part))).collect()
}

fn attached<'a>(message: &'a Message<'a>) -> impl Iterator<Item = &'a MessagePart<'a>> {
    message.attachments().filter(|part| !body::is_damaged_body(part))
}

/// Parses a message, unless its parts are nested or cut so that this might take too long.
pub(super) fn parse(message: &[u8]) -> Option<Message<'_>> {
    if !is_tame(message) {
        return None;
    }
    // A fault in foreign code must not end a run over an archive.
    catch_unwind(AssertUnwindSafe(|| MessageParser::default().parse(message))).ok().flatten()
}

/// A message whose parts are not taken apart: its subject and date if it has a header, and the rest as it lies there.
fn unread(message: &[u8]) -> RawDocument {
    let mut raw = RawDocument::default();
    let mut body = message;
    if is_header_line(message) {
        let mut at = 0;
        for line in message.split_inclusive(|&byte| byte == b'\n').take(2_000) {
            at += line.len();
            if line.trim_ascii().is_empty() {
                body = message.get(at..).unwrap_or_default();
                break;
            }
            let line = String::from_utf8_lossy(line);
            let Some((name, value)) = line.split_once(':').filter(|(_, value)| value.len() < 2_000) else { continue };
            match name.to_ascii_lowercase().as_str() {
                "date" => raw.declared.push(declare("date", value.trim().to_owned(), "header Date")),
                "from" => raw.declared.push(declare("author", value.trim().to_owned(), "header From")),
                "subject" => raw.title = Some(value.trim().to_owned()).filter(|title| !title.is_empty()),
                _ => {}
            }
        }
    }
    let decoded = encoding::decode(body.to_vec(), None);
    raw.text = decoded.text;
    raw.encoding = Some(decoded.encoding.to_owned());
    raw.certainty = Some(decoded.certainty);
    raw
}

/// The facts that a parsed message states about itself, and its text.
fn told(message: &Message, all_text: bool) -> RawDocument {
    let mut raw = RawDocument::default();
    let header = |name: &'static str| header(message, name);
    raw.title = header("Subject");
    raw.record_id = message.message_id().map(str::to_owned);
    raw.language = header("Content-Language").and_then(|list| list.split(',').next().map(|one| one.trim().to_owned()));
    raw.url = header("Archived-At").map(|url| url.trim_matches(['<', '>', ' ']).to_owned());
    raw.url = raw.url.filter(|url| url.starts_with("http"));
    if let Some(date) = raw_header(message, "Date") {
        raw.declared.push(declare("date", date, "header Date"));
    }
    // The hop nearest to the sender; what came before it into the house may be written by anybody.
    let hops = message.headers().iter().rev().filter(|header| header.name == HeaderName::Received);
    let hop = hops.filter_map(|header| slice(message, header.offset_start, header.offset_end)).find_map(|hop| {
        let (_, date) = hop.rsplit_once(';')?;
        let date = date.split('(').next().unwrap_or(date).trim();
        is_mail_date(date).then(|| date.to_owned())
    });
    raw.declared.extend(hop.map(|date| declare("created", date, "header Received")));

    let sender = message.from().and_then(Address::first).or_else(|| message.sender().and_then(Address::first));
    let address = sender.and_then(|sender| sender.address()).unwrap_or_default().to_owned();
    let name = sender.and_then(|sender| sender.name()).map(|name| match is_misread(message, "From", name) {
        true => header("From").and_then(|from| from.split('<').next().map(str::to_owned)).unwrap_or_default(),
        false => name.to_owned(),
    });
    let name = name.map(|name| name.trim().trim_matches(['"', '\'']).to_owned()).filter(|name| !name.is_empty());
    let author = name.or_else(|| Some(address.clone()).filter(|address| !address.is_empty()));
    raw.declared.extend(author.map(|author| declare("author", author, "header From")));
    raw.declared.extend(publisher(message, &address));

    for name in ["To", "Cc", "List-Id", "In-Reply-To"] {
        if let Some(value) = header(name) {
            raw.metadata.insert(name.to_ascii_lowercase(), value);
        }
    }
    let files: Vec<String> = attached(message)
        .zip(1..)
        .map(|(part, number)| format!("{} ({} bytes)", file_name(part, number), part.len()))
        .collect();
    if !files.is_empty() {
        raw.metadata.insert("attachments".to_owned(), files.join(", "));
    }
    let body = body::read(message, all_text);
    raw.leave_out("other form of the text", body.forms_left_out);
    raw.text = body.text;
    raw.encoding = Some(body.encoding.unwrap_or_else(|| encoding_rs::UTF_8.name().to_owned()));
    raw.certainty = Some(body.certainty.unwrap_or(Certainty::Declared));
    raw
}

/// The publisher: the list, or else the organisation, or else the domain of the address.
fn publisher(message: &Message, address: &str) -> Option<Declared> {
    if let Some(list) = header(message, "List-Id") {
        let (name, id) = list.split_once('<').unwrap_or((&list, ""));
        let name = name.trim().trim_matches('"').trim();
        let name = if name.is_empty() { id.trim_end_matches(['>', ' ']) } else { name };
        if !name.is_empty() {
            return Some(declare("publisher", name.to_owned(), "header List-Id"));
        }
    }
    if let Some(organisation) = header(message, "Organization").or_else(|| header(message, "Organisation")) {
        return Some(declare("publisher", organisation, "header Organization"));
    }
    let (_, domain) = address.rsplit_once('@')?;
    let domain = domain.trim().to_lowercase();
    // `mail.com.au` is a house of its own, `mail.mill.example` only its letter box.
    let is_house = |rest: &&str| rest.split_once('.').is_some_and(|(name, _)| name.len() > 3);
    let own = ["mail.", "email.", "news.", "newsletter.", "lists.", "mailing.", "mailer.", "info."]
        .iter()
        .find_map(|lead| domain.strip_prefix(lead).filter(is_house))
        .unwrap_or(&domain);
    (own.contains('.') && !FREE.contains(&own)).then(|| declare("publisher", own.to_owned(), "header From"))
}

/// The bytes of a part, decoded from what carried them.
pub(super) fn contents(message: &Message, part: &MessagePart) -> Vec<u8> {
    transfer::carried(message, part).bytes
}

fn file_name(part: &MessagePart, number: usize) -> String {
    if let Some(name) = part.attachment_name().map(str::trim).filter(|name| !name.is_empty()) {
        return name.to_owned();
    }
    let subtype = part.content_type().and_then(|kind| kind.subtype());
    match (&part.body, subtype) {
        (PartType::Message(_), _) => format!("message-{number}.eml"),
        (PartType::Html(_), _) => format!("part-{number}.html"),
        (PartType::Text(_), Some("plain") | None) => format!("part-{number}.txt"),
        (_, Some(subtype)) if subtype.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            format!("part-{number}.{}", subtype.to_ascii_lowercase())
        }
        _ => format!("part-{number}"),
    }
}

fn declare(name: &str, value: String, place: &str) -> Declared {
    Declared { origin: Origin::Mail, name: name.to_owned(), value, place: place.to_owned() }
}

/// A header's value in one line, decoded.
pub(super) fn header(message: &Message, name: &'static str) -> Option<String> {
    let value = match message.header(name)? {
        HeaderValue::Text(text) => text.to_string(),
        HeaderValue::TextList(list) => list.join(", "),
        HeaderValue::Address(address) => {
            let shown = address.iter().map(|one| match (one.name(), one.address()) {
                (Some(name), Some(address)) => format!("{name} <{address}>"),
                (name, address) => name.or(address).unwrap_or_default().to_owned(),
            });
            shown.collect::<Vec<_>>().join(", ")
        }
        _ => raw_header(message, name)?,
    };
    let value = match is_misread(message, name, &value) {
        true => words::decoded(&raw_header(message, name)?),
        false => value,
    };
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(value).filter(|value| !value.is_empty())
}

/// Returns whether the parser may have read words of a header in the wrong character set, or apart where one was cut in
/// two.
fn is_misread(message: &Message, name: &'static str, value: &str) -> bool {
    if value.contains('\u{fffd}') {
        return true;
    }
    let raw = header_range(message, name).and_then(|range| message.raw_message.get(range)).unwrap_or_default();
    memchr::memmem::find(raw, b"=?").is_some() && words::may_be_misnamed(&String::from_utf8_lossy(raw))
}

fn header_range(message: &Message, name: &'static str) -> Option<std::ops::Range<usize>> {
    let header = message.headers().iter().rev().find(|header| header.name().eq_ignore_ascii_case(name))?;
    Some(header.offset_start as usize..header.offset_end as usize)
}

/// A header's value as written, unfolded.
fn raw_header(message: &Message, name: &'static str) -> Option<String> {
    let range = header_range(message, name)?;
    slice(message, u32::try_from(range.start).ok()?, u32::try_from(range.end).ok()?)
}

fn slice(message: &Message, begin: u32, end: u32) -> Option<String> {
    let bytes = message.raw_message.get(begin as usize..end as usize)?;
    let text = encoding::decode(bytes.to_vec(), None).text;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(text).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn of(message: &str) -> RawDocument {
        read(message.into(), false).unwrap()
    }

    fn clues(raw: &RawDocument) -> Vec<String> {
        raw.declared.iter().map(|d| format!("{}={} ({})", d.name, d.value, d.place)).collect()
    }

    const PARTS: &str = "  \r\n\r\nReceived: by b; Tue, 27 Feb 1996 09:00:00 +0000 (UTC)\r\nReceived: from a by b\r\n id 1; Mon, 26 Feb 1996 10:00:05 +0000\r\n\
        From: =?iso-8859-1?Q?Ann_Ex=E4mple?= <ann@news.mill.example>\r\nTo: Bo <bo@river.example>, cy@river.example\r\nSubject: =?utf-8?B?TcO8aGxl?=\r\n turns\r\n\
        Date: Mon, 26 Feb 1996 10:00:00 +0000\r\nMessage-ID: <m1@mill.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"x\"\r\n\r\nPreamble\r\n\
        --x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe m=FChle =\r\nturns.\r\n\r\n> Does it?\r\n-- \r\nAnn\r\n\
        --y\r\nContent-Type: text/html\r\n\r\n<p>no</p>\r\n--y--\r\n--x\r\nContent-Type: text/csv; name=\"rye.csv\"\r\nContent-Disposition: attachment; filename=\"rye.csv\"\r\nContent-Transfer-Encoding: base64\r\n\r\nYSxiDQox\r\nLDI=\r\n\
        --x\r\nContent-Type: message/rfc822\r\n\r\nSubject: Inner\r\nMIME-Version: 1.0\r\n\r\nInner words\r\n--x--\r\n";

    #[test]
    fn a_message_gives_its_plain_text_and_its_headers() {
        let raw = of(PARTS);
        assert_eq!(raw.text, "The mühle turns.\n\n> Does it?\n--\nAnn");
        assert_eq!(
            (raw.title.as_deref(), raw.record_id.as_deref(), raw.key.as_str()),
            (Some("Mühle turns"), Some("m1@mill.example"), "")
        );
        assert_eq!(
            clues(&raw),
            [
                "date=Mon, 26 Feb 1996 10:00:00 +0000 (header Date)",
                "created=Mon, 26 Feb 1996 10:00:05 +0000 (header Received)",
                "author=Ann Exämple (header From)",
                "publisher=mill.example (header From)",
            ]
        );
        assert_eq!(raw.metadata.get("to").map(String::as_str), Some("Bo <bo@river.example>, cy@river.example"));
        assert_eq!(raw.encoding.as_deref(), Some("windows-1252"));
        let files = attachments(PARTS.as_bytes());
        let names: Vec<_> = files.iter().map(|(name, bytes)| (name.as_str(), String::from_utf8_lossy(bytes))).collect();
        assert_eq!(names.first().unwrap(), &("rye.csv", "a,b\r\n1,2".into()));
        assert_eq!(names.get(1).unwrap().0, "message-2.eml");
        assert!(names.get(1).unwrap().1.starts_with("Subject: Inner"));
        assert_eq!(
            raw.metadata.get("attachments").map(String::as_str),
            Some("rye.csv (8 bytes), message-2.eml (48 bytes)")
        );
    }

    #[test]
    fn html_alone_is_read_and_so_is_a_character_set_nobody_declared() {
        let raw = of(
            "Subject: x\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>The <b>mill</b></p><p>turns</p>",
        );
        assert_eq!(raw.text, "The mill\n\nturns");
        let russian = "Сегодня в деревне снова заработала старая мельница на берегу реки.";
        let (bytes, ..) = encoding_rs::KOI8_U.encode(russian);
        let raw =
            read([b"From: a@b.example\nDate: Mon, 26 Feb 1996 10:00:00 +0000\n\n".as_slice(), &bytes].concat(), false)
                .unwrap();
        assert_eq!((raw.text.as_str(), raw.encoding.as_deref()), (russian, Some("KOI8-U")));
        let (chinese, ..) = encoding_rs::GBK.encode("老磨坊又转动了");
        let raw =
            read([b"Subject: x\nContent-Type: text/plain; charset=gb2312\n\n".as_slice(), &chinese].concat(), false)
                .unwrap();
        assert_eq!(raw.text, "老磨坊又转动了");
    }

    #[test]
    fn publishers_are_lists_organisations_or_domains() {
        for (headers, expected) in [
            ("List-Id: Mill Talk <talk.mill.example>\nFrom: a@b.example\n", Some("Mill Talk")),
            ("List-Id: <talk.mill.example>\nFrom: a@b.example\n", Some("talk.mill.example")),
            ("Organization: Mill Board\nFrom: a@b.example\n", Some("Mill Board")),
            ("From: a@mail.board.example\n", Some("board.example")),
            ("From: a@mail.com.au\n", Some("mail.com.au")),
            ("From: a@gmail.com\n", None),
        ] {
            let raw = of(&format!("{headers}\nwords"));
            let publisher = raw.declared.iter().find(|d| d.name == "publisher").map(|d| d.value.as_str());
            assert_eq!(publisher, expected, "{headers}");
        }
    }

    #[test]
    fn hostile_messages_take_no_longer_than_others() {
        let head = "Subject: Mill\nMIME-Version: 1.0\n";
        let nest = |kind: &str, n: usize| {
            (0..n).map(|i| format!("Content-Type: {kind}; boundary=b{i}\n\n--b{i}\n")).collect::<String>()
        };
        let cases = [
            format!("{head}{}words", nest("multipart/mixed", 50_000)),
            format!("{head}{}words", nest("multipart/mixed", 250)),
            format!("{head}{}words", "Content-Type: message/rfc822\n\n".repeat(250)),
            format!("{head}Content-Type: multipart/mixed; boundary=b\n\n{}words", "--b\n".repeat(200_000)),
            format!(
                "{head}Content-Type: multipart/mixed; boundary=b\n\n{}words",
                "--b\nContent-Transfer-Encoding: base64\n\n!\n".repeat(20_000)
            ),
            format!(
                "{head}Content-Type: multipart/mixed; boundary=b\n\n{}words",
                "--b\nContent-Type: multipart/mixed; boundary=none\n\n".repeat(50_000)
            ),
            format!(
                "{head}Content-Type: multipart/mixed; boundary={}\n\n{}words",
                "-".repeat(100_000),
                "-".repeat(1_000_000)
            ),
            format!("{head}X: {}\n\nwords", "(".repeat(200_000)),
            format!("{head}To: {}\n\nwords", "=?utf-8?Q?".repeat(20_000)),
            format!("{head}References: {}\n\nwords", "<a@b> ".repeat(30_000)),
            format!("{head}Content-Type: text/plain; {}\n\nwords", "a*0=b; ".repeat(30_000)),
        ];
        for message in cases {
            let raw = of(&message);
            attachments(message.as_bytes());
            assert_eq!(raw.title.as_deref(), Some("Mill"));
        }
    }

    #[test]
    fn a_message_with_nothing_in_it_is_a_problem_and_one_without_a_header_a_text() {
        assert!(read(b"X: 1\n\n".to_vec(), false).is_err());
        assert!(read(Vec::new(), false).is_err());
        assert_eq!(of("The mill turns.\n").text.trim(), "The mill turns.");
        assert_eq!(of("Subject: Mill\n\n").text, "Mill");
    }

    proptest! {
        #[test]
        fn any_message_is_read(message in "(Subject: |From: a@b|Content-Type: |multipart/mixed; boundary=x|text/html|message/rfc822|Content-Transfer-Encoding: (base64|quoted-printable)|\n|\n--x|--|=C3|=\\?utf-8\\?Q\\?a\\?=| |é|words){0,40}") {
            is_mail(message.as_bytes());
            attachments(message.as_bytes());
            let _ = read(message.clone().into(), false);
            let _ = read(message.into(), true);
        }
    }
}
