//! Subtitles and transcripts with times: SubRip (SRT) and WebVTT. Cues are joined to sentences, and each passage has the
//! time at which it is said.

use super::shared::entities;
use crate::corpus::encoding::Decoded;
use crate::corpus::raw::RawDocument;
use crate::document::{Place, Spot};

/// The silence after which a text goes on in a new paragraph, in milliseconds.
const SILENCE: u64 = 4_000;

/// Returns whether a file begins with the first cue of SubRip, or says that it is WebVTT.
pub(crate) fn is_subtitles(head: &[u8]) -> bool {
    if head.starts_with(b"WEBVTT") {
        return head.get(6).is_none_or(|after| after.is_ascii_whitespace());
    }
    let text = String::from_utf8_lossy(head.get(..512).unwrap_or(head));
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let numbered = lines.next().is_some_and(|line| line.len() < 8 && line.bytes().all(|byte| byte.is_ascii_digit()));
    numbered && lines.next().and_then(times).is_some()
}

/// Reads a file; with `all_text` the remarks in it too, which no viewer is shown.
pub(crate) fn read(decoded: Decoded, all_text: bool) -> RawDocument {
    let mut raw = RawDocument {
        encoding: Some(decoded.encoding.to_owned()),
        certainty: Some(decoded.certainty),
        place: Place::default(),
        ..RawDocument::default()
    };
    let text = decoded.text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let mut spoken = Spoken::default();
    let mut remarks = 0;
    for (number, block) in text.split("\n\n").map(|block| block.trim_matches('\n')).enumerate() {
        let first = block.lines().next().unwrap_or_default().trim();
        if number == 0 && first.starts_with("WEBVTT") {
            head(block, &mut raw);
        } else if first == "NOTE" || first.starts_with("NOTE ") {
            remarks += usize::from(!all_text);
            if all_text {
                spoken.paragraph(block.trim_start_matches("NOTE").trim());
            }
        } else if !matches!(first, "STYLE" | "REGION") {
            spoken.cues(block);
        }
    }
    raw.leave_out("remarks", remarks);
    raw.text = spoken.text;
    raw.place.spots = spoken.spots;
    raw
}

/// What WebVTT says of itself before its first cue.
fn head(block: &str, raw: &mut RawDocument) {
    for (number, line) in block.lines().enumerate() {
        let title = line.trim_start_matches("WEBVTT").trim_matches([' ', '\t', '-', '\u{2013}']);
        match line.split_once(':') {
            _ if number == 0 => raw.title = Some(title.to_owned()).filter(|title| !title.is_empty()),
            Some((name, value)) if name.trim().eq_ignore_ascii_case("language") => {
                raw.language = Some(value.trim().to_owned())
            }
            Some((name, value)) => drop(raw.metadata.insert(name.trim().to_lowercase(), value.trim().to_owned())),
            None => {}
        }
    }
}

/// What is said, and when.
#[derive(Default)]
struct Spoken {
    text: String,
    spots: Vec<Spot>,
    end: u64,
    speaker: String,
    /// The last line of the cue before: rolling captions show it again.
    before: String,
}

impl Spoken {
    /// Adds the cues of a block; there is more than one where blank lines are missing.
    fn cues(&mut self, block: &str) {
        let lines: Vec<&str> = block.lines().map(str::trim).collect();
        let starts: Vec<usize> =
            (0..lines.len()).filter(|at| lines.get(*at).copied().and_then(times).is_some()).collect();
        let Some(first) = starts.first() else {
            // Times that cannot be read leave the words.
            let words = lines.iter().filter(|line| !line.contains("-->") && !is_number(line));
            let words: Vec<&str> = words.copied().collect();
            return self.say(None, &words);
        };
        // Before the times of a cue stands its number or name.
        if *first > 1 {
            self.say(None, lines.get(..first - 1).unwrap_or_default());
        }
        for (number, at) in starts.iter().enumerate() {
            let next = starts.get(number + 1).copied();
            let end = next.map_or(lines.len(), |next| {
                if lines.get(next - 1).is_some_and(|line| is_number(line)) { next - 1 } else { next }
            });
            self.say(lines.get(*at).copied().and_then(times), lines.get(at + 1..end).unwrap_or_default());
        }
    }

    fn say(&mut self, when: Option<(u64, u64)>, lines: &[&str]) {
        let mut begun = false;
        for line in lines {
            let (speaker, words) = plain(line);
            if words.is_empty() || words == self.before {
                continue;
            }
            let other = speaker.is_some_and(|speaker| speaker != std::mem::replace(&mut self.speaker, speaker.clone()));
            let silent = when.is_some_and(|(begin, _)| begin > self.end.saturating_add(SILENCE));
            if !self.text.is_empty() {
                self.text.push_str(if other || silent && !begun { "\n\n" } else { " " });
            }
            if let Some((begin, _)) = when.filter(|_| !begun) {
                self.spots.push(Spot { byte: self.text.len(), time: Some(begin), ..Spot::default() });
            }
            begun = true;
            if other {
                self.text.push_str(&self.speaker);
                self.text.push_str(": ");
            }
            self.text.push_str(&words);
            self.before = words;
        }
        if let Some((_, end)) = when {
            self.end = end;
        }
    }

    fn paragraph(&mut self, words: &str) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(words);
    }
}

fn is_number(line: &str) -> bool {
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

/// Who speaks, if a line says so, and its words without marks.
fn plain(line: &str) -> (Option<String>, String) {
    let (mut words, mut speaker, mut rest) = (String::new(), None, line);
    // Only a mark that is closed is searched for its end: a long line of open ones would be searched from each.
    let (last_angle, last_brace) = (line.rfind('>'), line.rfind('}'));
    while let Some(at) = rest.find(['<', '{']) {
        let (before, mark) = rest.split_at(at);
        words.push_str(before);
        let (close, last) = if mark.starts_with('<') { ('>', last_angle) } else { ('}', last_brace) };
        // A sign that opens no mark is itself.
        let is_mark = mark.starts_with("{\\")
            || mark.chars().nth(1).is_some_and(|c| c == '/' || c.is_ascii_alphanumeric()) && mark.starts_with('<');
        let is_closed = is_mark && last.is_some_and(|last| last > line.len() - mark.len());
        match is_closed.then(|| mark.find(close)).flatten() {
            Some(end) => {
                let name = mark.get(1..end).unwrap_or_default();
                if let Some(name) = name
                    .strip_prefix("v ")
                    .or_else(|| name.strip_prefix("v.").and_then(|name| name.split_once(' ').map(|(_, name)| name)))
                {
                    speaker = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
                }
                rest = mark.get(end + 1..).unwrap_or_default();
            }
            None => {
                let (sign, after) = mark.split_at(1);
                words.push_str(sign);
                rest = after;
            }
        }
    }
    words.push_str(rest);
    let words = entities::unescape(&words).split_whitespace().collect::<Vec<_>>().join(" ");
    (speaker, words)
}

/// Beginning and end of a cue in milliseconds: `00:01:02,500 --> 00:01:04,000`, `01:02.500 --> 01:04.000 line:0`.
fn times(line: &str) -> Option<(u64, u64)> {
    let (begin, end) = line.split_once("-->")?;
    Some((time(begin.trim())?, time(end.split_whitespace().next()?)?))
}

fn time(written: &str) -> Option<u64> {
    let (clock, thousandths) = written.split_once([',', '.']).unwrap_or((written, "0"));
    let mut seconds = 0_u64;
    let parts: Vec<&str> = clock.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    for part in parts {
        seconds = seconds.checked_mul(60)?.checked_add(part.parse().ok().filter(|_| part.len() <= 4)?)?;
    }
    let thousandths = format!("{:0<3}", thousandths.get(..3).unwrap_or(thousandths));
    seconds.checked_mul(1000)?.checked_add(thousandths.parse().ok()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::corpus::encoding::decode;

    fn told(file: &str) -> (String, Vec<u64>) {
        let raw = read(decode(file.as_bytes().to_vec(), None), false);
        (raw.text, raw.place.spots.iter().filter_map(|spot| spot.time).collect())
    }

    #[test]
    fn cues_are_joined_and_keep_their_times() {
        let srt = "1\r\n00:00:01,500 --> 00:00:03,000\r\n<i>The mill turns</i>\r\n\r\n2\r\n00:00:03,200 --> 00:00:05,000\r\nall day. {\\an8}It\r\nnever rests.\r\n\r\n3\r\n00:01:00,000 --> 00:01:02,000\r\nThe ferry &amp; the boat are < old.\r\n";
        assert_eq!(
            told(srt),
            (
                "The mill turns all day. It never rests.\n\nThe ferry & the boat are < old.".to_owned(),
                vec![1_500, 3_200, 60_000]
            )
        );
        let vtt = "WEBVTT - The mill\nLanguage: en\n\nSTYLE\n::cue { color: red }\n\nNOTE a remark\n\nintro\n00:01.000 --> 00:02.000 line:0\n<v Ann>Does it turn?\n\n00:02.000 --> 00:03.000\n<v.loud Bo>It does.\n";
        assert_eq!(told(vtt), ("Ann: Does it turn?\n\nBo: It does.".to_owned(), vec![1_000, 2_000]));
        let raw = read(decode(vtt.as_bytes().to_vec(), None), false);
        assert_eq!(
            (raw.title.as_deref(), raw.language.as_deref(), raw.left_out.len()),
            (Some("The mill"), Some("en"), 1)
        );
    }

    #[test]
    fn what_is_broken_or_repeated_keeps_its_words_once() {
        for (file, expected) in [
            (
                "1\n00:00:01,000 --> soon\nThe mill turns.\n\n2\n00:00:02,000 --> 00:00:03,000\nIt does.\n",
                "The mill turns. It does.",
            ),
            ("1\n00:00:01,000 --> 00:00:02,000\none\n2\n00:00:02,000 --> 00:00:03,000\ntwo\n", "one two"),
            (
                "1\n00:00:01,000 --> 00:00:02,000\nthe mill\n\n2\n00:00:02,000 --> 00:00:03,000\nthe mill\nturns\n",
                "the mill turns",
            ),
        ] {
            assert_eq!(told(file).0, expected);
        }
    }

    #[test]
    fn a_long_line_of_open_marks_is_read_in_one_pass() {
        for mark in ["<", "<a", "{\\", "{\\<i", "<i>{\\"] {
            let line = mark.repeat(1 << 20);
            assert_eq!(plain(&line).1, line.replace("<i>", ""), "{mark}");
        }
    }

    #[test]
    fn subtitles_are_told_from_texts() {
        for (head, expected) in [
            ("1\n00:00:01,000 --> 00:00:02,000\nx", true),
            ("\n\n1\r\n0:00:01.000 --> 0:00:02.000\r\nx", true),
            ("WEBVTT\n\n", true),
            ("WEBVTTS are nice", false),
            ("1\nThe mill turns --> always\n", false),
            ("1896\n\nThe mill", false),
        ] {
            assert_eq!(is_subtitles(head.as_bytes()), expected, "{head}");
        }
    }
}
