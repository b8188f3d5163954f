//! One item of newswire on its way to a document.

use crate::corpus::format::xml::{Id, Tree};
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::{Declared, Origin, RawDocument};
use crate::document::Place;

/// The facts that an item states about itself, in any of the standards.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) raw: RawDocument,
    /// The element at which it begins.
    begin: Id,
}

impl Story {
    pub(super) fn new(begin: Id) -> Story {
        Story { begin, ..Story::default() }
    }

    /// Declares a day, unless the value is a blank or a pattern that was never filled in.
    pub(super) fn day(&mut self, name: &str, value: Option<String>, place: &str) {
        if let Some(value) = value.and_then(|value| readable(value.trim())) {
            self.declare(name, value, place);
        }
    }

    /// Declares a name of somebody, the first that says something.
    pub(super) fn name(&mut self, name: &str, value: Option<String>, place: &str) {
        let value = value.map(|value| value.trim().trim_matches(['-', '–', '—']).trim().to_owned());
        let said = |declared: &Declared| declared.name == name;
        if let Some(value) = value.filter(|value| !value.is_empty() && !self.raw.declared.iter().any(said)) {
            self.declare(name, value, place);
        }
    }

    /// Declares who wrote it, by a line that may say `By` first.
    pub(super) fn author(&mut self, line: Option<String>, place: &str) {
        let name = line.map(|line| {
            let line = line.trim();
            let (lead, rest) = line.split_once(' ').unwrap_or(("", line));
            let says_by =
                ["by", "par", "von", "por", "di", "af", "av", "door"].iter().any(|by| lead.eq_ignore_ascii_case(by));
            if says_by { rest.to_owned() } else { line.to_owned() }
        });
        self.name("author", name, place);
    }

    pub(super) fn fact(&mut self, name: &str, value: Option<String>) {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            self.raw.metadata.entry(name.to_owned()).or_insert(value);
        }
    }

    fn declare(&mut self, name: &str, value: String, place: &str) {
        let declared = Declared { origin: Origin::Field, name: name.to_owned(), value, place: place.to_owned() };
        self.raw.declared.push(declared);
    }

    /// The document; a story without a text is its headline.
    pub(super) fn finish(self, tree: &Tree, number: u64, single: bool) -> Result<RawDocument, Problem> {
        let Story { mut raw, begin } = self;
        let line = tree.line(begin);
        let member = (!single).then(|| format!("#{number}"));
        if raw.text.trim().is_empty() {
            match &raw.title {
                Some(title) => raw.text = title.clone(),
                None => {
                    let problem = Problem::nothing_on_line(line, "the story has no text and no headline");
                    return Err(Problem { member, ..problem });
                }
            }
        }
        raw.key = match &raw.record_id {
            // The only story of its file is the file.
            _ if single => String::new(),
            Some(id) => id.clone(),
            None => format!("\0{number}"),
        };
        raw.place = Place { member, line: Some(line), ..Place::default() };
        raw.encoding = Some(tree.encoding.to_owned());
        raw.certainty = Some(tree.certainty);
        Ok(raw)
    }
}

/// A day of newswire, which likes `20131020T192751+1100`, as the rest of the world writes it.
fn readable(value: &str) -> Option<String> {
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 8 || digits == 14 {
        let (year, rest) = value.split_at_checked(4)?;
        let (month, rest) = rest.split_at_checked(2)?;
        let (day, rest) = rest.split_at_checked(2)?;
        let clock = rest.strip_prefix('T').unwrap_or(rest);
        let time = clock.get(..6).filter(|clock| clock.bytes().all(|byte| byte.is_ascii_digit()));
        return Some(match time.and_then(|time| Some((time.get(..2)?, time.get(2..4)?, time.get(4..)?))) {
            Some((hour, minute, second)) => {
                let zone = clock.get(6..).unwrap_or_default();
                format!("{year}-{month}-{day}T{hour}:{minute}:{second}{zone}")
            }
            None => format!("{year}-{month}-{day}"),
        });
    }
    value.bytes().any(|byte| byte.is_ascii_digit()).then(|| value.to_owned()).filter(|_| !value.starts_with("YYYY"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_others_write_them() {
        for (value, expected) in [
            ("20131020T192751+1100", Some("2013-10-20T19:27:51+1100")),
            ("20151210T191044Z", Some("2015-12-10T19:10:44Z")),
            ("20160523205325", Some("2016-05-23T20:53:25")),
            ("20180404", Some("2018-04-04")),
            ("2016-05-24 20:53:25+00:00", Some("2016-05-24 20:53:25+00:00")),
            ("4/4/2018", Some("4/4/2018")),
            ("YYYYMMDD000000-HHMM", None),
            ("", None),
        ] {
            assert_eq!(readable(value).as_deref(), expected, "{value}");
        }
    }
}
