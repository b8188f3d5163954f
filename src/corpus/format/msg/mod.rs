//! Outlook messages (MS-OXMSG), rewritten as the e-mail they are (RFC 5322), so that one reader reads both.
//!
//! [`compound`](super::compound) opens storages and streams, [`properties`] reads what a storage says of a message, a recipient or an
//! attachment, [`rtf`] unpacks a body that is there as RTF alone; this page writes the message with its header, its
//! bodies and what is attached, messages within it as well.
//!
//! The invariant: the time at which the sender sent it is its date, and never the time of delivery. Nothing in the
//! message is lost in silence: what cannot be written as an attachment is told.

mod properties;
mod rtf;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::corpus::format::compound::container::Container;
use crate::corpus::format::compound::filetime::filetime;
use crate::corpus::input::problem::Problem;
use properties::{Properties, Value};

/// The deepest messages within messages.
const DEEPEST: usize = 8;

/// The longest message that is written, in bytes, with all that is attached: parts of a damaged file may say that they
/// are the same bytes.
const LONGEST: usize = 256 << 20;

/// A message written as e-mail.
pub(super) struct Written {
    pub(super) mail: Vec<u8>,
    /// The time of delivery, which is a weaker clue than that of sending.
    pub(super) delivered: Option<String>,
    /// Set if the date is that of a property, and not of a header that was kept.
    pub(super) submitted: bool,
    /// What of it is not read.
    pub(super) problems: Vec<Problem>,
}

/// Writes a message as e-mail. Fails if the container is damaged or too long.
pub(super) fn to_mail(bytes: &[u8]) -> Result<Written, Problem> {
    let read = catch_unwind(AssertUnwindSafe(|| {
        let file =
            Container::open(bytes).map_err(|error| Problem::failed(format!("a damaged Outlook message: {error}")))?;
        let mut writer = Writer { file, left: LONGEST };
        let (mail, delivered, submitted) = writer.message("/", 0)?;
        Ok(Written { mail, delivered, submitted, problems: writer.file.faults.problems() })
    }));
    read.unwrap_or_else(|_| Err(Problem::failed("a damaged Outlook message: it cannot be read")))
}

struct Writer<'a> {
    file: Container<'a>,
    left: usize,
}

impl Writer<'_> {
    /// The message in a storage, the time of its delivery, and whether it says when it was sent.
    fn message(&mut self, storage: &str, depth: usize) -> Result<(Vec<u8>, Option<String>, bool), Problem> {
        let head = if depth == 0 { 32 } else { 24 };
        let told = Properties::read(&mut self.file, storage, head, None);
        let [to, cc, bcc] = self.recipients(storage, &told);
        let time = |id| match told.get(id) {
            Some(Value::Time(ticks)) => filetime(*ticks),
            _ => None,
        };
        let sent = time(0x39);
        let mut mail = Vec::new();
        let kept = told.text(0x7d).unwrap_or_default();
        let mut header = |name: &str, value: Option<String>| {
            if let Some(value) = value.map(|value| one_line(&value)).filter(|value| !value.is_empty()) {
                mail.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
            }
        };
        let dated = sent.clone().or_else(|| kept_header(&kept, "date"));
        header("Date", dated);
        header("From", sender(&told).or_else(|| kept_header(&kept, "from")));
        header("To", to.or_else(|| told.text(0xe04)).or_else(|| kept_header(&kept, "to")));
        header("Cc", cc.or_else(|| told.text(0xe03)));
        header("Bcc", bcc.or_else(|| told.text(0xe02)));
        header("Subject", told.text(0x37));
        header("Message-ID", told.text(0x1035).or_else(|| kept_header(&kept, "message-id")));
        header("In-Reply-To", told.text(0x1042));
        for name in ["List-Id", "Organization", "Archived-At", "Content-Language"] {
            header(name, kept_header(&kept, name));
        }
        // What the houses on the way wrote; the one nearest to the sender comes last.
        for line in kept_headers(&kept, "received") {
            header("Received", Some(line));
        }
        let delivered = time(0xe06).or_else(|| time(0x3007));
        self.bodies(&mut mail, &told, storage, depth)?;
        Ok((mail, delivered, sent.is_some()))
    }

    /// To whom it was sent, to whom copies, and to whom blind ones, as far as the recipients are listed.
    fn recipients(&mut self, storage: &str, message: &Properties) -> [Option<String>; 3] {
        let mut lists = [const { Vec::new() }; 3];
        for recipient in self.file.storages(storage, "__recip_version1.0_") {
            let told = Properties::read(&mut self.file, &recipient, 8, Some(message));
            let kind = match told.get(0xc15) {
                Some(Value::Number(kind)) => (*kind as usize & 0xf).saturating_sub(1),
                _ => 0,
            };
            let person = person(told.text(0x3001), [0x39fe, 0x3003].into_iter().filter_map(|id| told.text(id)));
            if let (Some(list), Some(person)) = (lists.get_mut(kind), person) {
                list.push(person);
            }
        }
        lists.map(|list| Some(list.join(", ")).filter(|list| !list.is_empty()))
    }

    /// Adds the bodies, the plain one first, and what is attached.
    fn bodies(&mut self, mail: &mut Vec<u8>, told: &Properties, storage: &str, depth: usize) -> Result<(), Problem> {
        // No line of base64 begins like this.
        let (outer, inner) = (format!("=_outer.{depth}"), format!("=_inner.{depth}"));
        mail.extend_from_slice(b"MIME-Version: 1.0\r\n");
        mail.extend_from_slice(
            format!("Content-Type: multipart/mixed; boundary=\"{outer}\"\r\n\r\n--{outer}\r\n").as_bytes(),
        );
        mail.extend_from_slice(format!("Content-Type: multipart/alternative; boundary=\"{inner}\"\r\n\r\n").as_bytes());
        let plain = told.text(0x1000).filter(|text| !text.trim().is_empty());
        let page = told.page().filter(|page| !page.trim_ascii().is_empty());
        let (rich, whole) = match told.get(0x1009) {
            Some(Value::Bytes(bytes)) if plain.is_none() && page.is_none() => rtf::text_of(bytes),
            _ => (None, true),
        };
        if !whole {
            self.file.faults.tell(Problem::failed("a damaged Outlook message: its body cannot be unpacked whole"));
        }
        if let Some(text) = plain.or(rich) {
            self.part(mail, &inner, "Content-Type: text/plain; charset=utf-8\r\n", text.as_bytes())?;
        }
        if let Some(page) = page {
            self.part(mail, &inner, "Content-Type: text/html; charset=utf-8\r\n", &page)?;
        }
        mail.extend_from_slice(format!("\r\n--{inner}--\r\n").as_bytes());
        for attachment in self.file.storages(storage, "__attach_version1.0_") {
            self.attachment(mail, &outer, &attachment, told, depth)?;
        }
        mail.extend_from_slice(format!("\r\n--{outer}--\r\n").as_bytes());
        Ok(())
    }

    fn attachment(
        &mut self,
        mail: &mut Vec<u8>,
        boundary: &str,
        storage: &str,
        message: &Properties,
        depth: usize,
    ) -> Result<(), Problem> {
        let told = Properties::read(&mut self.file, storage, 8, Some(message));
        let name = told.text(0x3707).or_else(|| told.text(0x3704)).or_else(|| told.text(0x3001)).unwrap_or_default();
        let name: String = one_line(&name).chars().filter(|c| !matches!(c, '"' | '\\')).collect();
        let within = format!("{storage}/__substg1.0_3701000D");
        if let Some(Value::Bytes(bytes)) = told.get(0x3701) {
            let kind = told.text(0x370e).filter(|kind| is_kind(kind)).unwrap_or("application/octet-stream".to_owned());
            // What a message is signed with is a message in itself.
            let kind = if kind.starts_with("multipart/") || kind.starts_with("message/") {
                "application/octet-stream".to_owned()
            } else {
                kind
            };
            let head = format!(
                "Content-Type: {kind}\r\nContent-Disposition: attachment; filename*=utf-8''{}\r\n",
                percent(if name.is_empty() { "attachment" } else { &name })
            );
            return self.part(mail, boundary, &head, bytes);
        }
        if self.file.exists(&format!("{within}/__properties_version1.0")) && depth < DEEPEST {
            let (inner, _, _) = self.message(&within, depth + 1)?;
            let head = "Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n";
            mail.extend_from_slice(format!("\r\n--{boundary}\r\n{head}\r\n").as_bytes());
            self.spend(inner.len())?;
            mail.extend_from_slice(&inner);
            return Ok(());
        }
        let what = match told.get(0x3705) {
            _ if self.file.exists(&within) && depth >= DEEPEST => "a message packed too deep in others",
            Some(Value::Number(2 | 4 | 7)) => "an attachment that lies elsewhere, which is not fetched",
            _ => "an object put into the message, which is not read",
        };
        let member = Some(name).filter(|name| !name.is_empty());
        self.file.faults.tell(Problem { member, ..Problem::nothing(what) });
        Ok(())
    }

    fn part(&mut self, mail: &mut Vec<u8>, boundary: &str, head: &str, bytes: &[u8]) -> Result<(), Problem> {
        self.spend(bytes.len())?;
        mail.extend_from_slice(
            format!("\r\n--{boundary}\r\n{head}Content-Transfer-Encoding: base64\r\n\r\n").as_bytes(),
        );
        add_base64(mail, bytes);
        Ok(())
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Problem> {
        let longer =
            || Problem::failed(format!("an Outlook message of more than {} MB, which is not read", LONGEST >> 20));
        self.left = self.left.checked_sub(bytes).ok_or_else(longer)?;
        Ok(())
    }
}

/// Who sent it: on behalf of whom, if the message says so.
fn sender(told: &Properties) -> Option<String> {
    let addresses = [0x5d02, 0x5d01, 0x65, 0xc1f].into_iter().filter_map(|id| told.text(id));
    person(told.text(0x42).or_else(|| told.text(0xc1a)), addresses)
}

/// A person as a header names one. Addresses within a house are no e-mail addresses.
fn person(name: Option<String>, mut addresses: impl Iterator<Item = String>) -> Option<String> {
    let name = name.map(|name| one_line(&name).replace(['"', '<', '>'], "")).filter(|name| !name.is_empty());
    match (name, addresses.find(|address| address.contains('@'))) {
        (Some(name), Some(address)) if name != address => Some(format!("\"{name}\" <{}>", one_line(&address))),
        (name, address) => address.or(name.map(|name| format!("\"{name}\""))),
    }
}

fn one_line(value: &str) -> String {
    value
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_kind(kind: &str) -> bool {
    kind.len() < 100
        && kind.contains('/')
        && kind.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/.+-_".contains(&byte))
}

/// A header of those that were kept from the way, unfolded.
fn kept_header(kept: &str, name: &str) -> Option<String> {
    kept_headers(kept, name).into_iter().next()
}

fn kept_headers(kept: &str, name: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    for line in kept.lines().take(2_000) {
        if line.starts_with([' ', '\t']) {
            if let Some(last) = found.last_mut().filter(|_| open) {
                last.push(' ');
                last.push_str(line.trim());
            }
            continue;
        }
        let value = line.split_once(':').filter(|(known, _)| known.eq_ignore_ascii_case(name));
        open = value.is_some();
        found.extend(value.map(|(_, value)| value.trim().to_owned()));
    }
    found
}

/// A value of a header's parameter as RFC 2231 writes it.
fn percent(value: &str) -> String {
    let mut out = String::new();
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn add_base64(out: &mut Vec<u8>, bytes: &[u8]) {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    out.reserve(bytes.len() / 3 * 4 + bytes.len() / 27 + 8);
    for (number, three) in bytes.chunks(3).enumerate() {
        if number > 0 && number % 19 == 0 {
            out.extend_from_slice(b"\r\n");
        }
        let at = |place: usize| u32::from(three.get(place).copied().unwrap_or_default());
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let letter = LETTERS.get((bits >> (18 - 6 * place) & 63) as usize).copied().unwrap_or(b'=');
            out.push(if place <= three.len() { letter } else { b'=' });
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
