//! Corrections, the documents they select, and how they are applied.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use xxhash_rust::xxh3::xxh3_64;

use crate::document::{DateClue, DateEvent, DateRule, Document, SourceClue, SourceRule, locator};
use crate::error::{Error, ErrorKind, Result};
use crate::text::{Language, fold};
use crate::time::Date;

/// What an entry says of the documents it selects.
#[derive(Clone, Debug, Default)]
pub(crate) struct Correction {
    /// The line of the entry, from 1.
    pub(crate) line: usize,
    /// The date, or that there is none. None if the entry says nothing of the date.
    pub(crate) date: Option<Option<Date>>,
    /// The date in the words of the entry.
    pub(crate) written: String,
    pub(crate) source: Option<String>,
    pub(crate) language: Option<Language>,
}

impl Correction {
    pub(crate) fn says_something(&self) -> bool {
        self.date.is_some() || self.source.is_some() || self.language.is_some()
    }

    /// A number that is equal for entries that say the same, wherever they stand.
    fn mark(&self) -> u64 {
        let date = self.date.map(|date| date.map_or("none".into(), |date| date.to_string()));
        let language = self.language.map(Language::code);
        xxh3_64(format!("{date:?}\0{:?}\0{:?}\0{language:?}", self.source, self.written).as_bytes())
    }
}

/// The documents that an entry selects.
#[derive(Clone, Debug)]
pub(crate) enum Selector {
    /// A pattern of paths below the archive's root.
    Files(String),
    /// One path below the archive's root.
    Path(String),
    /// The id of a document, or of a record.
    Id(String),
}

/// A selector that is in use.
#[derive(Debug)]
struct Rule {
    correction: usize,
    line: usize,
    text: String,
    /// How many files that it selects, or points into, were met, and how many of these are read this time.
    met: AtomicUsize,
    due: AtomicUsize,
    /// Set if it points into a container.
    inside: bool,
    /// Set if it corrected a document.
    used: AtomicBool,
}

/// All corrections of an archive.
#[derive(Debug, Default)]
pub(crate) struct Corrections {
    path: PathBuf,
    /// Set if only one file of the archive is looked at.
    pub(crate) partial: bool,
    /// The faults in the corrections, with line and reason.
    pub(crate) notes: Vec<(usize, String)>,
    list: Vec<Correction>,
    rules: Vec<Rule>,
    /// The patterns of whole locators with the rules they belong to, as they are read. They become one matcher.
    patterns: Vec<(Glob, usize)>,
    matcher: GlobSet,
    /// The same for the files that patterns point to or into.
    file_patterns: Vec<(Glob, usize)>,
    file_matcher: GlobSet,
    /// The same for patterns that meet what lies inside an archive, without naming it: how each begins, up to one of its
    /// separators. Whether a file is an archive is known only when it is read.
    beginnings: Vec<(Glob, usize)>,
    beginning_matcher: GlobSet,
    /// Rules by id.
    ids: BTreeMap<String, Vec<usize>>,
    /// The names of sources, by their folded aliases.
    aliases: BTreeMap<String, String>,
}

impl Corrections {
    /// Adds an entry. Returns the texts that are no patterns, with the reason.
    pub(crate) fn add(&mut self, correction: Correction, selectors: Vec<Selector>) -> Vec<(String, String)> {
        let mut wrong = Vec::new();
        let number = self.list.len();
        for selector in selectors {
            let (text, pattern) = match selector {
                Selector::Files(text) => (text.clone(), Some(text)),
                Selector::Path(text) => (text.clone(), Some(globset::escape(&text))),
                Selector::Id(text) => (text, None),
            };
            let rule = self.rules.len();
            let mut inside = false;
            match pattern {
                None => self.ids.entry(text.clone()).or_default().push(rule),
                Some(pattern) => {
                    let pattern = pattern.trim_start_matches("./");
                    let whole = match glob(pattern) {
                        Ok(whole) => whole,
                        Err(error) => {
                            wrong.push((text, error.kind().to_string()));
                            continue;
                        }
                    };
                    self.patterns.push((whole.clone(), rule));
                    self.file_patterns.push((whole, rule));
                    for (end, _) in pattern.match_indices('/') {
                        // The cut part may be no pattern any more; then it begins nothing.
                        if let Some(Ok(beginning)) = pattern.get(..end).map(glob) {
                            self.beginnings.push((beginning, rule));
                        }
                    }
                    let ways = pattern.match_indices("!/").chain(pattern.match_indices('#'));
                    for (end, _) in ways {
                        // The cut part may be no pattern any more; then it matches no file.
                        if let Some(Ok(file)) = pattern.get(..end).map(glob) {
                            inside = true;
                            self.file_patterns.push((file, rule));
                        }
                    }
                }
            }
            let (met, due, used) = Default::default();
            self.rules.push(Rule { correction: number, line: correction.line, text, met, due, inside, used });
        }
        self.list.push(correction);
        wrong
    }

    /// Adds other names of a source. Returns those that belong to another source already.
    pub(crate) fn alias(&mut self, name: &str, others: Vec<String>) -> Vec<String> {
        let mut taken = Vec::new();
        for other in others {
            let held = self.aliases.entry(folded(&other)).or_insert_with(|| name.to_owned());
            if held != name {
                taken.push(other);
            }
        }
        taken
    }

    /// Makes the corrections ready for use; `path` is the file they were read from.
    pub(crate) fn named(mut self, path: PathBuf) -> Result<Corrections> {
        let matcher = |patterns: &[(Glob, usize)]| {
            let mut set = GlobSetBuilder::new();
            for (glob, _) in patterns {
                set.add(glob.clone());
            }
            set.build().map_err(|error| {
                Error::new(ErrorKind::Format, "these patterns of names are too many or too long").because(error)
            })
        };
        self.matcher = matcher(&self.patterns).map_err(|error| error.at(&path))?;
        self.file_matcher = matcher(&self.file_patterns).map_err(|error| error.at(&path))?;
        self.beginning_matcher = matcher(&self.beginnings).map_err(|error| error.at(&path))?;
        self.path = path;
        Ok(self)
    }

    /// Corrects a document that was read from the file at this path below the root.
    pub(crate) fn apply(&self, document: &mut Document, relative: &str) {
        self.unify(document);
        let mut found = BTreeSet::new();
        let mut see = |rule: usize| {
            if let Some(rule) = self.rules.get(rule) {
                rule.used.store(true, Ordering::Relaxed);
                found.insert(rule.correction);
            }
        };
        let mut matches = self.matcher.matches(relative);
        if let Some(member) = &document.place.member {
            matches.extend(self.matcher.matches(locator(Path::new(relative), Some(member))));
        }
        matches.into_iter().filter_map(|pattern| self.patterns.get(pattern)).for_each(|(_, rule)| see(*rule));
        document.ids().filter_map(|id| self.ids.get(id)).flatten().for_each(|rule| see(*rule));
        for correction in found.into_iter().filter_map(|number| self.list.get(number)) {
            self.correct(document, correction);
        }
    }

    fn correct(&self, document: &mut Document, correction: &Correction) {
        let file = self.path.file_name().unwrap_or_default().to_string_lossy();
        let place = format!("{file} line {}", correction.line);
        if let Some(date) = correction.date {
            // A date that another entry set is overruled without a trace.
            let overruled = document.dated.chosen.take().filter(|clue| clue.rule != DateRule::Corrected);
            document.dated.rivals.splice(0..0, overruled);
            let (rule, event) = (DateRule::Corrected, DateEvent::Published);
            let written = correction.written.clone();
            document.dated.chosen =
                date.map(|date| DateClue { date, rule, place: place.clone(), written, event, uncertain: false });
        }
        if let Some(name) = &correction.source {
            let overruled = document.attribution.chosen().filter(|clue| clue.rule != SourceRule::Corrected);
            let instead = overruled.map_or(String::new(), |clue| format!(", instead of {}", clue.name));
            document.attribution.publisher = Some(SourceClue {
                name: name.clone(),
                rule: SourceRule::Corrected,
                place: format!("{place}{instead}"),
            });
        }
        document.language = correction.language.or(document.language);
    }

    /// Gives publisher and agency the names that they are known under.
    fn unify(&self, document: &mut Document) {
        if self.aliases.is_empty() {
            return;
        }
        let attribution = &mut document.attribution;
        for clue in [&mut attribution.publisher, &mut attribution.agency].into_iter().flatten() {
            // The longest part of a path of sources that is an alias counts.
            let ends = clue.name.match_indices('/').map(|(at, _)| at).chain([clue.name.len()]);
            let known = |end: &usize| Some((*end, self.aliases.get(&folded(clue.name.get(..*end)?))?));
            if let Some((end, name)) = ends.rev().find_map(|end| known(&end)) {
                let rest = clue.name.get(end..).unwrap_or_default();
                let unified = format!("{name}{rest}");
                if unified != clue.name {
                    clue.place = format!("{}: {}", clue.place, clue.name);
                    clue.name = unified;
                }
            }
        }
    }

    /// A number made of everything that is said of a file and its parts by their paths, and of all sources. When it
    /// changes, the file has to be read again. 0 if nothing is said.
    pub(crate) fn mark_of(&self, relative: &str) -> u64 {
        let mut said = BTreeSet::new();
        let matches = self.file_matcher.matches(relative);
        for (_, rule) in matches.into_iter().filter_map(|pattern| self.file_patterns.get(pattern)) {
            if let Some(rule) = self.rules.get(*rule) {
                // Only the pattern says which part is meant.
                let pattern = if rule.inside { xxh3_64(rule.text.as_bytes()) } else { 0 };
                said.insert((rule.correction, pattern));
            }
        }
        for pattern in self.beginning_matcher.matches(format!("{relative}!")) {
            let rule = self.beginnings.get(pattern).and_then(|(_, rule)| self.rules.get(*rule));
            said.extend(rule.map(|rule| (rule.correction, xxh3_64(rule.text.as_bytes()))));
        }
        if said.is_empty() && self.aliases.is_empty() {
            return 0;
        }
        let mut words = format!("{:?}", self.aliases).into_bytes();
        for (correction, pattern) in said {
            let mark = self.list.get(correction).map_or(0, Correction::mark);
            words.extend(mark.to_le_bytes());
            words.extend(pattern.to_le_bytes());
        }
        xxh3_64(&words)
    }

    /// Notes a file of the archive, and whether it is read this time.
    pub(crate) fn meet(&self, relative: &str, read: bool) {
        let matches = self.file_matcher.matches(relative);
        let rules = matches.into_iter().filter_map(|pattern| self.rules.get(self.file_patterns.get(pattern)?.1));
        for rule in rules {
            rule.met.fetch_add(1, Ordering::Relaxed);
            rule.due.fetch_add(usize::from(read), Ordering::Relaxed);
        }
    }

    /// The ids that corrections name, each with a number made of what they say of it.
    pub(crate) fn ids(&self) -> impl Iterator<Item = (&str, u64)> {
        self.ids.iter().map(|(id, rules)| (id.as_str(), self.mark_of_rules(rules)))
    }

    /// The number made of what is said of an id. None if nothing is.
    pub(crate) fn mark_of_id(&self, id: &str) -> Option<u64> {
        self.ids.get(id).map(|rules| self.mark_of_rules(rules))
    }

    fn mark_of_rules(&self, rules: &[usize]) -> u64 {
        let corrections = rules.iter().filter_map(|rule| self.list.get(self.rules.get(*rule)?.correction));
        let words: Vec<u8> = corrections.flat_map(|correction| correction.mark().to_le_bytes()).collect();
        xxh3_64(&words)
    }

    /// Notes that there is a document with this id, although it was not read this time.
    pub(crate) fn meet_id(&self, id: &str) {
        for rule in self.ids.get(id).into_iter().flatten().filter_map(|rule| self.rules.get(*rule)) {
            rule.met.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The faults in the corrections.
    pub(crate) fn notes(&self) -> impl Iterator<Item = Error> {
        self.notes.iter().map(|(line, words)| self.error(*line, words))
    }

    /// The entries that met nothing, after all files were met and those that had to be were read.
    pub(crate) fn idle(&self) -> impl Iterator<Item = Error> {
        let mut idle = Vec::new();
        for rule in self.rules.iter().filter(|rule| !self.partial && !rule.used.load(Ordering::Relaxed)) {
            let (met, due) = (rule.met.load(Ordering::Relaxed), rule.due.load(Ordering::Relaxed));
            if met == 0 {
                let what = if self.ids.contains_key(&rule.text) { "no document has the id" } else { "nothing matches" };
                idle.push((rule.line, format!("{what} \"{}\"", rule.text)));
            } else if rule.inside && due == met {
                idle.push((rule.line, format!("the file was read, but nothing in it matches \"{}\"", rule.text)));
            }
        }
        idle.into_iter().map(|(line, words)| self.error(line, &words))
    }

    fn error(&self, line: usize, words: &str) -> Error {
        Error::new(ErrorKind::Format, format!("line {line}: {words}")).at(&self.path)
    }
}

/// A pattern of paths in which `*` stays within one name.
fn glob(pattern: &str) -> Result<Glob, globset::Error> {
    GlobBuilder::new(pattern).literal_separator(true).backslash_escape(true).build()
}

/// The folded name of a source, without letter case, diacritics and white space.
fn folded(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(fold).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn corrections(selectors: Vec<Selector>) -> Corrections {
        let mut corrections = Corrections::default();
        let date = Some("1992".parse().ok());
        let correction = Correction { line: 1, date, written: "1992".into(), ..Correction::default() };
        assert!(corrections.add(correction, selectors).is_empty());
        corrections.named("dateline.toml".into()).unwrap()
    }

    fn is_corrected(selector: Selector, file: &str, member: Option<&str>) -> bool {
        let mut document = Document::new("f5dd", "text").date("2001-01-01".parse().unwrap());
        document.place.member = member.map(str::to_owned);
        document.record_id = Some("tna-1".into());
        corrections(vec![selector]).apply(&mut document, file);
        document.dated.date().unwrap().to_string() == "1992"
    }

    #[test]
    fn entries_are_about_files_their_parts_and_ids() {
        let files = |text: &str| Selector::Files(text.into());
        for (selector, file, member, expected) in [
            (files("speeches/1992-*.txt"), "speeches/1992-a.txt", None, true),
            (files("speeches/1992-*.txt"), "speeches/x/1992-a.txt", None, false),
            (files("*.txt"), "speeches/a.txt", None, false),
            (files("**/*.txt"), "speeches/x/a.txt", None, true),
            (files("./a.txt"), "a.txt", None, true),
            (files("a.zip"), "a.zip", Some("b/c.html"), true),
            (files("a.zip!/b/*.html"), "a.zip", Some("b/c.html"), true),
            (files("a.zip!/b/*.html"), "a.zip", Some("b/c.txt"), false),
            (files("*.zip!/**"), "a.zip", Some("b/c.txt"), true),
            (files("mail.mbox#12"), "mail.mbox", Some("#12"), true),
            (files("mail.mbox#12"), "mail.mbox", Some("#1"), false),
            (Selector::Path("a[1].txt".into()), "a[1].txt", None, true),
            (files("a[1].txt"), "a[1].txt", None, false),
            (Selector::Id("f5dd".into()), "x", None, true),
            (Selector::Id("tna-1".into()), "x", None, true),
            (Selector::Id("tna-2".into()), "x", None, false),
        ] {
            assert_eq!(is_corrected(selector.clone(), file, member), expected, "{selector:?} {file} {member:?}");
        }
    }

    #[test]
    fn what_is_overruled_stays_first_among_the_rivals_and_the_last_entry_holds() {
        let mut corrections = Corrections::default();
        for (line, year) in [(1, "1991"), (5, "1992")] {
            let date = Some(year.parse().ok());
            let source = (line == 1).then(|| "Gazette".to_string());
            let correction = Correction { line, date, written: year.into(), source, language: None };
            corrections.add(correction, vec![Selector::Path("a".into())]);
        }
        let corrections = corrections.named("/x/dateline.toml".into()).unwrap();
        let mut document = Document::new("x", "text").date("2001-01-01".parse().unwrap()).source("Post");
        corrections.apply(&mut document, "a");
        let chosen = document.dated.chosen.as_ref().unwrap();
        assert_eq!((chosen.date.to_string(), chosen.place.as_str()), ("1992".into(), "dateline.toml line 5"));
        assert_eq!((chosen.rule, document.dated.rivals.len()), (DateRule::Corrected, 1));
        assert_eq!(document.dated.rivals[0].date.to_string(), "2001-01-01");
        assert!(document.dated.doubts().is_empty());
        let source = document.attribution.chosen().unwrap();
        assert_eq!((source.name.as_str(), source.rule), ("Gazette", SourceRule::Corrected));
        assert_eq!(source.place, "dateline.toml line 1, instead of Post");
    }

    #[test]
    fn aliases_are_one_source_with_all_that_lies_below() {
        let mut corrections = Corrections::default();
        corrections.alias("Le Monde", vec!["lemonde.fr".into(), "LE  MONDE".into()]);
        let corrections = corrections.named("x".into()).unwrap();
        for (name, expected) in [
            ("LeMonde.fr", "Le Monde"),
            ("Le Monde", "Le Monde"),
            ("lemonde.fr/Sport", "Le Monde/Sport"),
            ("Monde", "Monde"),
        ] {
            let mut document = Document::new("x", "text").source(name);
            corrections.apply(&mut document, "a");
            assert_eq!(document.attribution.source().unwrap().as_str(), expected);
        }
        assert_ne!(corrections.mark_of("any"), 0);
    }

    #[test]
    fn a_file_has_another_mark_when_something_else_is_said_of_it() {
        let files = |text: &str| corrections(vec![Selector::Files(text.into())]);
        let plain = files("*.txt").mark_of("a.txt");
        assert_ne!(plain, 0);
        assert_eq!(plain, files("a.*").mark_of("a.txt"));
        assert_eq!(files("b.*").mark_of("a.txt"), 0);
        assert_ne!(files("a.zip!/b").mark_of("a.zip"), files("a.zip!/c").mark_of("a.zip"));
    }

    #[test]
    fn what_is_about_nothing_is_told() {
        let selectors = ["a.txt", "b.txt", "c.zip!/x", "c.zip!/y"].map(|text| Selector::Files(text.into()));
        let corrections = corrections(selectors.into_iter().chain([Selector::Id("z".into())]).collect());
        corrections.meet("a.txt", false);
        corrections.meet("c.zip", true);
        let mut document = Document::new("i", "text");
        document.place.member = Some("x".into());
        corrections.apply(&mut document, "c.zip");
        let told: Vec<String> = corrections.idle().map(|error| error.message().to_owned()).collect();
        assert_eq!(
            told,
            [
                "line 1: nothing matches \"b.txt\"",
                "line 1: the file was read, but nothing in it matches \"c.zip!/y\"",
                "line 1: no document has the id \"z\"",
            ]
        );
    }
}
