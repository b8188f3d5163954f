//! The header of a message: whether there is one, and whether what follows can be taken apart in reasonable time.

/// Returns whether a file begins as a message does: with lines of a header that include one which only programs write,
/// or a day and an address in the form of the standard. A text with `Date:` and `From:` above it is no message.
pub(crate) fn is_mail(head: &[u8]) -> bool {
    const USUAL: [&str; 14] = [
        "from",
        "to",
        "cc",
        "date",
        "subject",
        "received",
        "message-id",
        "mime-version",
        "return-path",
        "delivered-to",
        "reply-to",
        "sender",
        "content-type",
        "list-id",
    ];
    let Some(headers) = headers(head) else { return false };
    let of = |name: &str| headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value);
    if USUAL.iter().filter(|name| of(name).is_some()).count() < 2 {
        return false;
    }
    let made = ["received", "message-id", "mime-version", "return-path"].iter().any(|name| of(name).is_some());
    made || of("date").is_some_and(|date| is_mail_date(date)) && of("from").is_some_and(|from| from.contains('@'))
}

/// `Mon, 1 Jun 2009 09:00:00 +0000`: day, month, year and a clock.
pub(super) fn is_mail_date(date: &str) -> bool {
    let date = date.split_once(',').map_or(date, |(_, date)| date);
    let words: Vec<&str> = date.split_whitespace().collect();
    let number = |at: usize| words.get(at).is_some_and(|word| word.parse::<u16>().is_ok());
    let clock = words.get(3).is_some_and(|word| word.contains(':'));
    number(0) && number(2) && clock && words.get(1).is_some_and(|month| month.len() == 3)
}

/// The header that some bytes begin with, its lines unfolded; none if they begin with anything else.
pub(in crate::corpus::format) fn headers(head: &[u8]) -> Option<Vec<(String, String)>> {
    let head = without_envelope(head);
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in head.split_inclusive(|&byte| byte == b'\n') {
        let text = String::from_utf8_lossy(line);
        if line.trim_ascii().is_empty() {
            return Some(headers).filter(|headers| !headers.is_empty());
        }
        if text.starts_with([' ', '\t']) {
            let (_, value) = headers.last_mut()?;
            value.push(' ');
            value.push_str(text.trim());
        } else if is_header_line(line) {
            let (name, value) = text.split_once(':')?;
            headers.push((name.to_owned(), value.trim().to_owned()));
        } else if !line.ends_with(b"\n") {
            // The head was cut here.
            break;
        } else {
            return None;
        }
    }
    Some(headers).filter(|headers| !headers.is_empty())
}

/// Returns whether a line is one of a header, and not the continuation of another.
pub(in crate::corpus::format) fn is_header_line(line: &[u8]) -> bool {
    let name = line.iter().take_while(|byte| byte.is_ascii_graphic() && **byte != b':').count();
    (1..=76).contains(&name) && line.get(name) == Some(&b':')
}

/// A message without the blank lines and the line of a mailbox that may stand above it, or what Apple Mail puts around
/// one in a file of its own (emlx): the number of its bytes before, and a property list behind.
pub(super) fn without_envelope(message: &[u8]) -> &[u8] {
    let message = message.strip_prefix(b"\xef\xbb\xbf").unwrap_or(message).trim_ascii_start();
    if let Some((length, rest)) = counted(message) {
        // The number of a message without its attachments is that of the whole.
        let fits = rest.get(length..).is_some_and(|after| after.is_empty() || after.starts_with(b"<?xml"));
        let end = if fits { Some(length) } else { memchr::memmem::rfind(rest, b"\n<?xml") };
        return end.and_then(|end| rest.get(..end)).unwrap_or(rest).trim_ascii_start();
    }
    if !(message.starts_with(b"From ") || message.starts_with(b">From ")) {
        return message;
    }
    memchr::memchr(b'\n', message).and_then(|end| message.get(end + 1..)).unwrap_or_default().trim_ascii_start()
}

/// The number that alone is in the first line, and what stands behind it if that is a header.
fn counted(message: &[u8]) -> Option<(usize, &[u8])> {
    let digits = message.iter().take(12).take_while(|byte| byte.is_ascii_digit()).count();
    let end = memchr::memchr(b'\n', message.get(..64).unwrap_or(message))?;
    let (line, rest) = message.split_at_checked(end + 1)?;
    let alone = digits > 0 && line.get(digits..)?.trim_ascii().is_empty() && is_header_line(rest);
    Some((std::str::from_utf8(line.get(..digits)?).ok()?.parse().ok()?, rest)).filter(|_| alone)
}

/// Returns whether a message can be parsed in reasonable time. For each part that contains others the parser may read
/// to the end, and it compares the line between parts at every pair of hyphens.
pub(super) fn is_tame(message: &[u8]) -> bool {
    const HEADER: usize = 256 * 1024;
    const BOUNDARY: usize = 200;
    if !is_header_line(message) {
        return false;
    }
    let blank = memchr::memmem::find(message, b"\n\n").into_iter().chain(memchr::memmem::find(message, b"\n\r\n"));
    if blank.min().unwrap_or(message.len()) > HEADER {
        return false;
    }
    let ends = |at: usize, word: &[u8]| {
        let before = at.checked_sub(word.len()).and_then(|from| message.get(from..at));
        before.is_some_and(|before| before.eq_ignore_ascii_case(word))
    };
    let slashes = memchr::memchr_iter(b'/', message);
    let holders = slashes.filter(|&at| ends(at, b"multipart") || ends(at, b"message")).count();
    if holders > 16 && (holders > 256 || holders.saturating_mul(message.len()) > 1 << 29) {
        return false;
    }
    // Word by word, since letter case is free: `boundary=` and the split `boundary*0=`, which nobody needs.
    memchr::memchr2_iter(b'=', b'*', message).filter(|&at| ends(at, b"boundary")).all(|at| {
        let value = message.get(at + 1..).unwrap_or_default();
        let value = value.get(..BOUNDARY).unwrap_or(value);
        message.get(at) == Some(&b'=') && (value.len() < BOUNDARY || memchr::memchr2(b'\n', b';', value).is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_is_told_from_texts_with_a_header() {
        for (head, expected) in [
            ("  \r\n\r\nReceived: by b;\r\n\tMon, 26 Feb 1996 10:00:00 +0000\r\nTo: cy\r\n\r\nwords", true),
            ("From a Mon Jun 01 10:00:00 2009\nSubject: x\nReceived: by b\n\n", true),
            ("From: Ann <ann@mill.example>\nDate: Mon, 26 Feb 1996 10:00:00 +0000\nSubject: Mill\n\nwords", true),
            ("413       \nFrom: Ann <ann@mill.example>\nMessage-ID: <1>\n\nwords", true),
            ("413\nwords\n", false),
            ("X-Notes-Item: a;\n b\nMessage-ID: <1>\nSubject: cut in the midd", true),
            ("Date: 26 February 1996\nFrom: Mill Board\nSubject: The mill turns\n\nwords", false),
            ("Subject: one header\n\nwords", false),
            ("MIME-Version: 1.0\nSubject: x\nThe mill turns\n\n", false),
            ("To: all\nwords", false),
            ("", false),
        ] {
            assert_eq!(is_mail(head.as_bytes()), expected, "{head}");
        }
    }

    #[test]
    fn what_a_mail_program_puts_around_a_message_is_none_of_it() {
        let message = "From: ann@mill.example\nSubject: x\n\nThe mill turns.\n";
        let list = "<?xml version=\"1.0\"?><plist><dict/></plist>\n";
        for (file, expected) in [
            (format!("{}\n{message}{list}", message.len()), message),
            (format!("{}      \n{message}", message.len()), message),
            (format!("99999\n{message}\n{list}"), message),
            (format!("3\n{message}"), message),
            (format!("From ann Mon Jun  1 10:00:00 2009\n{message}"), message),
        ] {
            assert_eq!(String::from_utf8_lossy(without_envelope(file.as_bytes())), expected, "{file}");
        }
    }
}
