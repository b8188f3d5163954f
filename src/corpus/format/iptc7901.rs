//! Wires of the teleprinter age: IPTC 7901, and ANPA 1312, which American agencies use.
//!
//! A wire is `SOH` header `STX` text `ETX` foot `EOT`. The header of IPTC 7901 is source and number, priority, category
//! and word count (`abc062 4 i 211 …`); its foot has day and time (`131137 GMT Nov 13`). The header of ANPA has its
//! slug, and the foot service and day (`AP-WF-11-13-13 1509GMT`).

use crate::corpus::encoding;
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::{Declared, Origin, RawDocument};
use crate::document::Place;
use crate::time::month_number;

const SOH: char = '\u{1}';
const STX: char = '\u{2}';
const ETX: char = '\u{3}';
const EOT: char = '\u{4}';

/// Returns whether a file begins as a wire does: with the control characters that open header and text, and words
/// between them.
pub(crate) fn is_iptc7901(head: &[u8]) -> bool {
    let Some(begin) = head.iter().take(64).position(|&byte| byte == 1) else { return false };
    let before = head.get(..begin).unwrap_or_default();
    let header = head.get(begin + 1..).unwrap_or_default();
    let header = header.get(..512).unwrap_or(header);
    let Some(end) = memchr::memchr(2, header) else { return false };
    let header = header.get(..end).unwrap_or_default();
    let plain = |byte: &u8| !byte.is_ascii_control() || byte.is_ascii_whitespace();
    // Idle signs (SYN) and shifts may stand anywhere, but letters only in the header.
    before.iter().all(|byte| byte.is_ascii_whitespace() || matches!(byte, 0x16 | 0x0e | 0x0f))
        && header.iter().all(|byte| plain(byte) || matches!(byte, 0x0e..=0x1f))
        && header.iter().filter(|byte| byte.is_ascii_alphanumeric()).count() >= 4
}

/// Reads all wires of a file.
pub(crate) fn read(bytes: Vec<u8>) -> Vec<Result<RawDocument, Problem>> {
    let decoded = encoding::decode(bytes, None);
    let text = decoded.text.as_str();
    let begins: Vec<usize> = text.match_indices(SOH).map(|(at, _)| at).collect();
    let mut read = Vec::new();
    let (mut line, mut counted) = (1u32, 0);
    for (number, &begin) in begins.iter().enumerate() {
        let end = begins.get(number + 1).copied().unwrap_or(text.len());
        let lines = memchr::memchr_iter(b'\n', text.as_bytes().get(counted..begin).unwrap_or_default()).count();
        line = line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        counted = begin;
        let member = (begins.len() > 1).then(|| format!("#{}", number + 1));
        let whole = text.get(begin + 1..end).unwrap_or_default();
        // Only idle signs follow the end.
        let wire = whole.split(EOT).next().unwrap_or_default();
        let cut = !whole.contains([ETX, EOT]);
        let Some(mut raw) = wire_of(wire) else {
            let problem = Problem::nothing_on_line(line, "a wire without a text");
            read.push(Err(Problem { member, ..problem }));
            continue;
        };
        if cut {
            let problem = Problem::on_line(line, "the wire is cut off; what came before was read");
            read.push(Err(Problem { member: member.clone(), ..problem }));
        }
        if member.is_some() {
            raw.key = format!("\0{}", number + 1);
        }
        raw.place = Place { member, line: Some(line), ..Place::default() };
        raw.encoding = Some(decoded.encoding.to_owned());
        raw.certainty = Some(decoded.certainty);
        read.push(Ok(raw));
    }
    if read.is_empty() {
        read.push(Err(Problem::nothing("no wire in it")));
    }
    read
}

fn wire_of(wire: &str) -> Option<RawDocument> {
    let (header, rest) = wire.split_once(STX)?;
    let (text, foot) = rest.split_once(ETX).unwrap_or((rest, ""));
    let mut raw = RawDocument::default();
    let is_anpa = header.contains(['\u{1f}', '\u{13}', '\u{14}', '\u{11}', '\u{12}']);
    if is_anpa {
        anpa(header, text, foot, &mut raw);
    } else {
        iptc(header, text, foot, &mut raw);
    }
    (!raw.text.trim().is_empty()).then_some(raw)
}

fn iptc(header: &str, text: &str, foot: &str, raw: &mut RawDocument) {
    let mut lines = header.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut words = lines.next().unwrap_or_default().split_whitespace();
    let mut fact = |name: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            raw.metadata.insert(name.to_owned(), value.to_owned());
        }
    };
    fact("number", words.next());
    fact("priority", words.next());
    fact("category", words.next());
    fact("words", words.next());
    // The agency's own name and number close the line: `dpa 061`.
    let agency = words.rfind(|word| word.chars().any(char::is_alphabetic)).map(str::to_owned);
    fact("slug", lines.next().map(|slug| slug.trim_end_matches('/')));
    if let Some(agency) = agency {
        raw.declared.push(declare("source", agency, "head of the wire"));
    }
    if let Some(day) = day_of(foot) {
        raw.declared.push(declare("date", day, "foot of the wire"));
    }
    // The headline ends with an equals sign, on its first or second line.
    let mut body = text;
    let mut title: Vec<&str> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n').take(6) {
        at += line.len();
        let line = line.trim();
        title.push(line.trim_end_matches('=').trim_end());
        if line.ends_with('=') {
            body = text.get(at..).unwrap_or_default();
            break;
        }
        if line.is_empty() {
            break;
        }
    }
    if body.len() < text.len() {
        title.retain(|line| !line.is_empty());
        // A word of warning stands on a line of its own above it.
        let warns =
            |line: &str| line.starts_with('(') && line.ends_with(')') || line.chars().all(|c| !c.is_lowercase());
        if title.len() > 1 && title.first().is_some_and(|line| warns(line)) {
            title.remove(0);
        }
        raw.title = Some(title.join(" "));
    }
    raw.text = tidy(body);
    if raw.text.is_empty() {
        raw.text = raw.title.clone().unwrap_or_default();
    }
}

fn anpa(header: &str, text: &str, foot: &str, raw: &mut RawDocument) {
    let mut words = header.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    if let Some(number) = words.next() {
        raw.metadata.insert("number".to_owned(), number.to_owned());
    }
    let foot = foot.trim();
    let (service, day) = foot.split_once(' ').unwrap_or((foot, "")).0.split_once("-WF-").unwrap_or(("", foot));
    if !service.is_empty() {
        raw.declared.push(declare("source", service.to_owned(), "foot of the wire"));
    }
    let mut figures = day.split(['-', ' ']).map_while(|part| part.parse::<u16>().ok());
    if let (Some(month @ 1..=12), Some(day @ 1..=31), Some(year)) = (figures.next(), figures.next(), figures.next()) {
        let day = format!("{:04}-{month:02}-{day:02}", century(year));
        raw.declared.push(declare("date", day, "foot of the wire"));
    }
    // Lines of the head begin with a caret and end with `<` or `=`; the first is the slug, the next the headline.
    let mut below = 0;
    let mut written = false;
    for (number, line) in text.split_inclusive('\n').take(30).enumerate() {
        let Some((_, words)) = line.split_once('^').filter(|(before, _)| before.len() <= 8) else {
            if line.trim().is_empty() {
                below += line.len();
                continue;
            }
            break;
        };
        below += line.len();
        let line = words;
        let line = line.trim().trim_end_matches(['<', '=']).trim();
        let label = [
            "AP Photo",
            "Eds:",
            "(Eds:",
            "EDITOR",
            "AP Video",
            "AP Graphic",
            "Associated Press",
            "The Associated Press",
        ];
        if written {
            continue;
        }
        if number == 0 {
            let slug = line.rsplit_once(',').filter(|(_, count)| count.chars().all(|c| c.is_ascii_digit()));
            let slug = slug.map_or(line, |(slug, _)| slug);
            raw.metadata.insert("slug".to_owned(), slug.to_owned());
        } else if let Some(name) = line.strip_prefix("By ") {
            raw.declared.push(declare("author", name.to_owned(), "head of the text"));
            written = true;
        } else if raw.title.is_none() && !label.iter().any(|label| line.starts_with(label)) {
            raw.title = Some(line.to_owned());
        }
    }
    // A list of headlines is head from its first line to its last.
    let body = text.get(below..).filter(|body| body.trim().len() * 2 > text.len()).unwrap_or(text);
    raw.text = tidy(body);
}

/// `131137 GMT Nov 13`: day and time, zone, month, year of the century.
fn day_of(foot: &str) -> Option<String> {
    let mut words = foot.split_whitespace();
    let clock = words.next().filter(|clock| clock.len() == 6 && clock.bytes().all(|byte| byte.is_ascii_digit()))?;
    let day: u8 = clock.get(..2)?.parse().ok().filter(|day| (1..=31).contains(day))?;
    let month = words.find_map(month_number)?;
    let year: u16 = words.next()?.trim_start_matches('\'').parse().ok()?;
    Some(format!("{:04}-{month:02}-{day:02}", century(year)))
}

/// The full year. Wires of these two standards are from 1970 on.
fn century(year: u16) -> u16 {
    match year {
        0..70 => 2000 + year,
        70..100 => 1900 + year,
        _ => year,
    }
}

fn declare(name: &str, value: String, place: &str) -> Declared {
    Declared { origin: Origin::Field, name: name.to_owned(), value, place: place.to_owned() }
}

/// The text without signs for machines. An indented line begins a paragraph, and other lines continue one.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut blank = true;
    for line in text.lines() {
        let indented = line.starts_with(['\t', ' ']) && line.trim_start_matches([' ', '\t']).len() + 2 < line.len();
        let line = line.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        let line = line.strip_prefix('^').unwrap_or(line);
        let line = line.strip_suffix(['<', '=']).unwrap_or(line).trim_end();
        if line.is_empty() {
            blank = true;
            continue;
        }
        if !tidy.is_empty() {
            tidy.push_str(if blank || indented { "\n\n" } else { "\n" });
        }
        tidy.extend(line.chars().map(|c| if c.is_control() { ' ' } else { c }));
        blank = false;
    }
    tidy
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    const WIRE: &str = "\u{1}mwa062 4 i 41 ccccb   mwa 061\r\n\nOldtown-mill/\r\n\u{2}Mill turns again: village sees\r\nfirst sacks ground =\r\n\n   Oldtown (mwa) - The old mill turned on Monday\r\nfor the first time.\r\n\n   It ground rye.\r\n\r\n\u{3}131137 GMT Nov 95 \r\n\u{7f}\r\n\u{7f}\u{4}";

    fn clues(raw: &RawDocument) -> Vec<String> {
        raw.declared.iter().map(|d| format!("{}={} ({})", d.name, d.value, d.place)).collect()
    }

    #[test]
    fn a_wire_gives_headline_text_and_day() {
        assert!(is_iptc7901(WIRE.as_bytes()));
        let raw = read(WIRE.into()).remove(0).unwrap();
        assert_eq!(raw.title.as_deref(), Some("Mill turns again: village sees first sacks ground"));
        assert_eq!(raw.text, "Oldtown (mwa) - The old mill turned on Monday\nfor the first time.\n\nIt ground rye.");
        assert_eq!(clues(&raw), ["source=mwa (head of the wire)", "date=1995-11-13 (foot of the wire)"]);
        assert_eq!((raw.key.as_str(), raw.metadata.get("slug").map(String::as_str)), ("", Some("Oldtown-mill")));
    }

    #[test]
    fn american_wires_are_read() {
        let wire = "\u{16}\u{16}\u{1}W2870\u{1f}_asian\r\nf l\u{13}\u{11} BC-LT--Mill     11-13 1049\r\n\u{2}^BC-LT--Old Mill,466<\r\n^Old mill turns again<\r\n^AP Photo XNP101<\r\n^By ANN EXAMPLE=\r\n^Associated Press=\r\n\t   OLDTOWN (AP) _ The mill turned.\r\n \r\n\t   It ground rye.\r\n\t   \u{3}AP-WF-11-13-13 1509GMT<\r\n\u{c}\r\n\u{4}";
        assert!(is_iptc7901(wire.as_bytes()));
        let raw = read(wire.into()).remove(0).unwrap();
        assert_eq!(
            (raw.title.as_deref(), raw.metadata.get("slug").map(String::as_str)),
            (Some("Old mill turns again"), Some("BC-LT--Old Mill"))
        );
        assert_eq!(
            clues(&raw),
            [
                "source=AP (foot of the wire)",
                "date=2013-11-13 (foot of the wire)",
                "author=ANN EXAMPLE (head of the text)"
            ]
        );
        assert!(raw.text.ends_with("OLDTOWN (AP) _ The mill turned.\n\nIt ground rye."), "{}", raw.text);
        let long = wire.replace("It ground rye.", &"It ground rye. ".repeat(20));
        assert!(read(long.into()).remove(0).unwrap().text.starts_with("OLDTOWN (AP)"));
    }

    #[test]
    fn several_wires_are_told_apart_and_a_cut_one_is_told() {
        let (cut, _) = WIRE.split_once("   It").unwrap();
        let read = read(format!("{WIRE}\r\n{WIRE}{cut}").into());
        let shown: Vec<_> = read
            .iter()
            .map(|one| one.as_ref().map(|raw| raw.key.as_str()).map_err(|p| p.member.as_deref().unwrap()))
            .collect();
        assert_eq!(shown, [Ok("\u{0}1"), Ok("\u{0}2"), Err("#3"), Ok("\u{0}3")]);
    }

    #[test]
    fn other_texts_are_no_wires() {
        for text in ["words", "\u{1}", "\u{1}\u{2}", "words \u{1}abc def 4 \u{2}", "\u{1}Chapter\u{0}\u{2}"] {
            assert!(!is_iptc7901(text.as_bytes()), "{text:?}");
        }
        assert_eq!(day_of("321137 GMT Nov 13"), None);
        assert_eq!(day_of("soon"), None);
    }

    proptest! {
        #[test]
        fn any_file_is_read(wire in "(\u{1}|\u{2}|\u{3}|\u{4}|\u{13}|\\^|By |=|<|\n|\t  | |word|é|131137 GMT Nov 13|-WF-11-13-13){0,40}") {
            is_iptc7901(wire.as_bytes());
            prop_assert!(!read(wire.into()).is_empty());
        }
    }
}
