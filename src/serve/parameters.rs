//! The parameters of an address: the pairs of its query string, and what they ask of the index.

use super::named::document;
use super::percent::{decoded, encoded};
use super::problem::{Problem, Wrong};
use crate::text::{nearest, repeated};
use crate::{
    Cursor, Date, DateRange, Index, Language, Matching, Node, Note, Query, Search, Sort, parse_dates, parse_ends,
};

/// The parameters that say which documents are asked for, named as the options of the command.
pub(crate) const CONDITIONS: [&str; 12] =
    ["q", "from", "to", "on", "about", "about-within", "certain", "about-certain", "source", "lang", "match", "today"];

/// The parameters of a list of hits besides these.
pub(crate) const LISTING: [&str; 10] =
    ["sort", "limit", "after", "passages", "context", "no-collapse", "expand", "flat", "explain", "cite"];

/// The parameters that may be given several times.
const REPEATABLE: [&str; 5] = ["about", "about-within", "source", "lang", "rule"];

/// The hits that one answer has unless it is asked for more or fewer.
pub(crate) const HITS: usize = 10;

/// The most documents, passages or neighbours that one answer has.
pub(crate) const MOST: usize = 1_000;

/// The pairs of a query string, in their order. What is empty counts as left out, since forms send empty fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parameters {
    pairs: Vec<(String, String)>,
    /// The day that words like "yesterday" count from, unless `today` is given.
    day: Date,
}

/// A parameter that means nothing at an address, with the nearest one that does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unknown {
    /// The name as it was given.
    pub(crate) name: String,
    /// The known name that is most like it; none where none is like it.
    pub(crate) nearest: Option<String>,
}

/// A question under its conditions.
struct Asked {
    search: Search,
    notes: Vec<Note>,
    /// Everything that chooses documents, in one text: the same for the same question.
    told: String,
}

impl Parameters {
    /// Reads a query string, without its question mark. Days are counted from today in UTC.
    pub(crate) fn parse(query: &str) -> Parameters {
        let text = |part: &str| decoded(&part.replace('+', " "));
        let pair = |part: &str| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (text(name), text(value))
        };
        // Neither a name nor a value is nothing.
        let pairs = query.split('&').map(pair).filter(|(name, value)| !(name.is_empty() && value.is_empty())).collect();
        Parameters { pairs, day: Date::today() }
    }

    /// The same on another day.
    pub(crate) fn on_day(mut self, day: Date) -> Parameters {
        self.day = day;
        self
    }

    /// The first value of a parameter that is not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let pair = self.pairs.iter().find(|(known, value)| known == name && !value.trim().is_empty());
        pair.map(|(_, value)| value.as_str())
    }

    /// The values of a parameter that are not empty, in their order.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.given(name).filter(|value| !value.trim().is_empty())
    }

    /// Returns whether a parameter is given, be it with an empty value.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.given(name).next().is_some()
    }

    fn given<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The same with this value alone for a parameter.
    #[must_use]
    pub(crate) fn with(&self, name: &str, value: &str) -> Parameters {
        let mut changed = self.clone();
        let is_named = |pair: &&mut (String, String)| pair.0 == name;
        match changed.pairs.iter_mut().find(is_named) {
            None => return self.plus(name, value),
            Some(first) => first.1 = value.to_owned(),
        }
        let mut is_first = true;
        changed.pairs.retain(|(known, _)| known != name || std::mem::take(&mut is_first));
        changed
    }

    /// The same with one more value for a parameter.
    #[must_use]
    pub(crate) fn plus(&self, name: &str, value: &str) -> Parameters {
        let mut changed = self.clone();
        changed.pairs.push((name.to_owned(), value.to_owned()));
        changed
    }

    /// The same without a parameter, or without one value of it.
    #[must_use]
    pub(crate) fn without(&self, name: &str, value: Option<&str>) -> Parameters {
        let mut changed = self.clone();
        changed.pairs.retain(|(known, given)| known != name || value.is_some_and(|value| value != given));
        changed
    }

    /// The query string, without a question mark.
    pub(crate) fn to_query(&self) -> String {
        let pair = |(name, value): &(String, String)| match value.as_str() {
            "" => encoded(name),
            value => format!("{}={}", encoded(name), encoded(value)),
        };
        self.pairs.iter().map(pair).collect::<Vec<_>>().join("&")
    }

    /// The day that words like "yesterday" count from. Fails where `today` names none.
    pub(crate) fn today(&self) -> Result<Date, Problem> {
        match self.get("today") {
            None => Ok(self.day),
            Some(typed) => typed.parse().map_err(|error| Problem::of_parameter("today", &error)),
        }
    }

    /// Whether a parameter is switched on: `1`, `true`, `yes`, `on`, or its name alone.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, Problem> {
        let Some(value) = self.given(name).next() else { return Ok(false) };
        match value.trim().to_ascii_lowercase().as_str() {
            "" | "1" | "true" | "yes" | "on" => Ok(true),
            "0" | "false" | "no" | "off" => Ok(false),
            _ => Err(Problem::parameter(name, format!("{} is neither yes nor no", repeated(value)), "1 or 0")),
        }
    }

    /// A number up to [`MOST`].
    pub(crate) fn number(&self, name: &str) -> Result<Option<usize>, Problem> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let number = value.trim().parse().ok().filter(|number| *number <= MOST);
        let wrong =
            || Problem::parameter(name, format!("{} is no number here", repeated(value)), format!("0 to {MOST}"));
        number.ok_or_else(wrong).map(Some)
    }

    /// A place in a list or a text, counted from 1: a number of any size, unlike those that an answer costs. 0 is no
    /// place.
    pub(crate) fn place(&self, name: &str) -> Result<Option<usize>, Problem> {
        let Some(value) = self.get(name) else { return Ok(None) };
        // No archive has as many as fit into 32 bits.
        let place = value.trim().parse::<u32>().ok().and_then(|place| usize::try_from(place).ok());
        let wrong = || Problem::parameter(name, format!("{} is no place", repeated(value)), "a number from 1");
        Ok(place.ok_or_else(wrong).map(Some)?.filter(|place| *place > 0))
    }

    /// One of several words, by its place among them.
    pub(crate) fn choice(&self, name: &str, words: &[&str]) -> Result<Option<usize>, Problem> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let place = words.iter().position(|word| *word == value.trim());
        let wrong = || Problem::parameter(name, format!("{} is none of them", repeated(value)), words.join(", "));
        place.ok_or_else(wrong).map(Some)
    }

    /// The value of a parameter as a type that reads itself.
    pub(crate) fn read<T: std::str::FromStr<Err = crate::Error>>(&self, name: &str) -> Result<Option<T>, Problem> {
        let read = |value: &str| value.trim().parse().map_err(|error| Problem::of_parameter(name, &error));
        self.get(name).map(read).transpose()
    }

    /// The parameters that are none of those known, each once.
    pub(crate) fn unknown(&self, known: &[&str]) -> Vec<Unknown> {
        let mut found: Vec<Unknown> = Vec::new();
        for (name, _) in self.pairs.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
            if !found.iter().any(|unknown| unknown.name == *name) {
                let nearest = nearest(name, known.iter().copied()).map(str::to_owned);
                found.push(Unknown { name: name.clone(), nearest });
            }
        }
        found
    }

    /// Fails where a parameter is not known, or is given several times and has one value.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), Problem> {
        let unknown = self.unknown(known);
        if let Some(first) = unknown.first() {
            let mut problem =
                Problem::new("unknown-parameter", format!("there is no parameter {}", repeated(&first.name)));
            for unknown in unknown {
                let hint = match unknown.nearest {
                    Some(nearest) => format!("did you mean {nearest}?"),
                    None => format!("they are {}", known.join(", ")),
                };
                problem = problem.with(Wrong {
                    detail: "there is no such parameter".into(),
                    parameter: Some(crate::text::harmless(&unknown.name)),
                    hint: Some(hint),
                    at: None,
                });
            }
            return Err(problem);
        }
        let repeated = known.iter().find(|name| !REPEATABLE.contains(name) && self.given(name).nth(1).is_some());
        let twice = |name: &&str| Err(Problem::parameter(name, "it is given more than once", "give it once"));
        repeated.map_or(Ok(()), twice)
    }

    /// A search for the question `q` under all conditions and in the order asked for, and notes on how days were read.
    /// A cursor in `after` has to be of this question and of this state of the index.
    pub(crate) fn search(&self, index: &Index) -> Result<(Search, Vec<Note>), Problem> {
        let asked = self.asked(index, self.get("q").unwrap_or_default())?;
        let passages = self.number("passages")?.unwrap_or(if self.flag("flat")? { 3 } else { 1 });
        let mut search = asked
            .search
            .sort(self.order()?)
            .limit(self.number("limit")?.unwrap_or(HITS))
            .passages(passages)
            .context(self.number("context")?.unwrap_or(0))
            .collapse_copies(!self.flag("no-collapse")?)
            .explain(self.flag("explain")?)
            .count_sources(true);
        if self.has("expand") {
            search = match self.get("expand") {
                None => search.copies(usize::MAX),
                Some(id) => search.expand_copies(document(index, id)?.id),
            };
        }
        if let Some(after) = self.get("after") {
            search = search.after(self.cursor(after, &self.stamp(index, &asked.told)?)?);
        }
        Ok((search, asked.notes))
    }

    /// A search for these words under the conditions alone, and notes on how days were read.
    pub(crate) fn conditions(&self, index: &Index, words: &str) -> Result<(Search, Vec<Note>), Problem> {
        self.asked(index, words).map(|asked| (asked.search, asked.notes))
    }

    /// The text of a cursor: where the page ends, and of which question and state of the index.
    pub(crate) fn cursor_text(&self, index: &Index, next: Cursor) -> Result<String, Problem> {
        let asked = self.asked(index, self.get("q").unwrap_or_default())?;
        Ok(format!("{next}~{}", self.stamp(index, &asked.told)?))
    }

    fn order(&self) -> Result<Sort, Problem> {
        let orders = [Sort::Best, Sort::Newest, Sort::Oldest];
        let chosen = self.choice("sort", &["best", "newest", "oldest"])?;
        Ok(chosen.and_then(|place| orders.get(place).copied()).unwrap_or(Sort::Best))
    }

    /// Names a question in its order, and the state of the index.
    fn stamp(&self, index: &Index, told: &str) -> Result<String, Problem> {
        let order = format!("{told}\n{:?} {}", self.order()?, self.flag("no-collapse")?);
        Ok(format!("{}-{:016x}", index.revision()?, xxhash_rust::xxh3::xxh3_64(order.as_bytes())))
    }

    fn cursor(&self, after: &str, stamp: &str) -> Result<Cursor, Problem> {
        let (place, of) = after.trim().split_once('~').unwrap_or((after.trim(), ""));
        let cursor = place.parse().map_err(|error| Problem::of_parameter("after", &error))?;
        if of != stamp {
            let detail = "this page follows one of another question, or of another state of the index";
            let wrong = Wrong { parameter: Some("after".into()), detail: detail.into(), at: None, hint: None };
            return Err(Problem::new("stale-cursor", detail).with(wrong));
        }
        Ok(cursor)
    }

    fn asked(&self, index: &Index, words: &str) -> Result<Asked, Problem> {
        let today = self.today()?;
        let query = if words.trim().is_empty() { Query::from_node(Node::All) } else { Query::parse(words, today) };
        let ways = [Matching::Auto, Matching::All, Matching::Best];
        let way = self.choice("match", &["auto", "all", "best"])?.and_then(|place| ways.get(place).copied());
        let matching = way.unwrap_or(Matching::Auto);
        let mut told = format!("{}\n{matching:?}\n{}", query.tree(), query.describe(matching));
        let mut notes = Vec::new();
        let mut search = index.search(query).matching(matching).why_empty(true);
        if let Some(dates) = self.days(today, &mut notes)? {
            told.push_str(&format!("\ndates {dates:?}"));
            search = search.dates(dates);
        }
        for typed in self.all("about") {
            let read = parse_dates(typed, today).map_err(|error| Problem::of_parameter("about", &error))?;
            told.push_str(&format!("\nabout {:?}", read.range));
            notes.extend(read.notes);
            search = search.about(read.range);
        }
        for typed in self.all("about-within") {
            let read = parse_dates(typed, today).map_err(|error| Problem::of_parameter("about-within", &error))?;
            told.push_str(&format!("\nabout-within {:?}", read.range));
            notes.extend(read.notes);
            search = search.about_within(read.range);
        }
        for source in self.all("source") {
            told.push_str(&format!("\nsource {source}"));
            search = search.source(source);
        }
        for typed in self.all("lang") {
            let language: Language = typed.trim().parse().map_err(|error| Problem::of_parameter("lang", &error))?;
            told.push_str(&format!("\nlang {}", language.code()));
            search = search.language(language);
        }
        let (certain, about_certain) = (self.flag("certain")?, self.flag("about-certain")?);
        told.push_str(&format!("\n{certain} {about_certain}"));
        Ok(Asked { search: search.certain(certain).about_certain(about_certain), notes, told })
    }

    /// The days of `from`, `to` and `on`; none where none of them is given. Fails where no day is in all of them.
    pub(crate) fn days(&self, today: Date, notes: &mut Vec<Note>) -> Result<Option<DateRange>, Problem> {
        // Each end is read by itself first, so that the one that is wrong is named.
        for name in ["from", "to"] {
            let read = self.get(name).map(|typed| parse_dates(typed, today)).transpose();
            read.map_err(|error| Problem::of_parameter(name, &error))?;
        }
        let ends = parse_ends(self.get("from"), self.get("to"), today)
            .map_err(|error| Problem::of_parameter("from", &error))?;
        notes.extend(ends.notes);
        let mut range = ends.range;
        if let Some(on) = self.get("on") {
            let read = parse_dates(on, today).map_err(|error| Problem::of_parameter("on", &error))?;
            notes.extend(read.notes);
            range = range.intersection(read.range);
        }
        if range.is_empty() {
            let detail = "no day is both in `on` and between `from` and `to`";
            let wrong = Wrong {
                parameter: Some("on".into()),
                detail: detail.into(),
                at: None,
                hint: Some("leave out one of them".into()),
            };
            return Err(Problem::new("bad-date", detail).with(wrong));
        }
        Ok((!range.is_all()).then_some(range))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;
    use crate::Document;

    proptest! {
        #[test]
        fn any_query_string_is_read_and_comes_back_as_it_was_meant(query in "\\PC*|[a-z=&%+0-9]*") {
            let parameters = Parameters::parse(&query);
            prop_assert_eq!(Parameters::parse(&parameters.to_query()), parameters);
        }

        #[test]
        fn any_values_come_back_from_a_query_string(values in prop::collection::vec(any::<String>(), 0..5)) {
            let parameters = values.iter().fold(Parameters::parse(""), |parameters, value| parameters.plus("q", value));
            let again = Parameters::parse(&parameters.to_query());
            prop_assert_eq!(again.given("q").collect::<Vec<_>>(), values);
        }
    }

    fn archive() -> Index {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        for number in 1..=5 {
            let date: Date = format!("1992-02-0{number}").parse().unwrap();
            writer.add(Document::new(format!("d{number}"), format!("The ferry {number} ran.")).date(date)).unwrap();
        }
        writer.commit().unwrap();
        index
    }

    fn problem(query: &str) -> Problem {
        Parameters::parse(query).search(&archive()).err().unwrap()
    }

    #[test]
    fn a_query_string_comes_back_as_it_was_meant() {
        for query in ["", "q=harbour+fire&source=A%26B", "certain&q=%22", "about=1992&about=1993&x=%F0%9F%94%A5"] {
            let parameters = Parameters::parse(query);
            assert_eq!(Parameters::parse(&parameters.to_query()), parameters, "{query}");
        }
        let parameters = Parameters::parse("q=a+b%2Bc%20d&source=X&source=&source=Y");
        assert_eq!(parameters.get("q"), Some("a b+c d"));
        assert_eq!(parameters.all("source").collect::<Vec<_>>(), ["X", "Y"]);
    }

    #[test]
    fn parameters_are_replaced_added_and_taken_away() {
        let parameters = Parameters::parse("q=a&source=X&source=Y&source=Z");
        assert_eq!(parameters.with("q", "b c").to_query(), "q=b%20c&source=X&source=Y&source=Z");
        assert_eq!(parameters.with("source", "W").to_query(), "q=a&source=W");
        assert_eq!(parameters.with("to", "1992").to_query(), "q=a&source=X&source=Y&source=Z&to=1992");
        assert_eq!(parameters.plus("source", "V").to_query(), "q=a&source=X&source=Y&source=Z&source=V");
        assert_eq!(parameters.without("source", Some("Y")).to_query(), "q=a&source=X&source=Z");
        assert_eq!(parameters.without("source", None).to_query(), "q=a");
    }

    #[test]
    fn conditions_are_those_of_the_command() {
        let ids = |query: &str| {
            let (search, _) = Parameters::parse(query).search(&archive()).unwrap();
            search.run().unwrap().hits.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(ids("q=ferry&from=4+feb+1992&sort=newest"), "d5 d4");
        assert_eq!(ids("on=1992-02-02..3&sort=oldest&q="), "d2 d3");
        assert_eq!(ids("q=ferry&to=yesterday&today=1992-02-02"), "d1");
        assert_eq!(ids("q=ferry&limit=1&sort=oldest"), "d1");
        assert_eq!(ids("q=ferry&from=&to=&limit=0"), "");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_parameter() {
        for (query, kind, parameter) in [
            ("from=31.2.1992", "bad-date", "from"),
            ("to=never+ever", "bad-date", "to"),
            ("from=1992&to=never", "bad-date", "to"),
            ("about=nonsense", "bad-date", "about"),
            ("on=1991&from=1992", "bad-date", "on"),
            ("today=soon", "bad-date", "today"),
            ("limit=-1", "bad-parameter", "limit"),
            ("limit=1001", "bad-parameter", "limit"),
            ("passages=many", "bad-parameter", "passages"),
            ("sort=worst", "bad-parameter", "sort"),
            ("match=some", "bad-parameter", "match"),
            ("lang=klingonish", "bad-parameter", "lang"),
            ("certain=perhaps", "bad-parameter", "certain"),
            ("after=7", "bad-parameter", "after"),
            ("after=t.10", "stale-cursor", "after"),
        ] {
            let problem = problem(query);
            assert_eq!((problem.kind, problem.errors[0].parameter.as_deref()), (kind, Some(parameter)), "{query}");
        }
    }

    #[test]
    fn parameters_that_mean_nothing_are_told_with_the_nearest_one() {
        let known = [&CONDITIONS[..], &LISTING[..]].concat();
        let parameters = Parameters::parse("q=a&form=1992&form=3&no_collapse=1&zzzzzz=1");
        let found = parameters.unknown(&known);
        let told: Vec<_> = found.iter().map(|unknown| (unknown.name.as_str(), unknown.nearest.as_deref())).collect();
        assert_eq!(told, [("form", Some("from")), ("no_collapse", Some("no-collapse")), ("zzzzzz", None)]);
        assert_eq!(parameters.only(&known).unwrap_err().kind, "unknown-parameter");
        assert_eq!(Parameters::parse("q=a&q=b").only(&known).unwrap_err().kind, "bad-parameter");
        assert_eq!(Parameters::parse("q=a&about=1992&about=1993").only(&known), Ok(()));
    }

    #[test]
    fn a_cursor_leads_on_and_only_for_its_question_and_state() {
        let index = archive();
        let first = Parameters::parse("q=ferry&limit=2&sort=oldest");
        let results = first.search(&index).unwrap().0.run().unwrap();
        let cursor = first.cursor_text(&index, results.next.unwrap()).unwrap();
        let second = first.with("after", &cursor).with("limit", "3");
        let ids: Vec<String> =
            second.search(&index).unwrap().0.run().unwrap().hits.iter().map(|hit| hit.id.clone()).collect();
        assert_eq!(ids, ["d3", "d4", "d5"]);
        for other in [second.with("q", "ran"), second.with("sort", "newest"), second.with("from", "1992")] {
            assert_eq!(other.search(&index).err().unwrap().kind, "stale-cursor", "{}", other.to_query());
        }
        let mut writer = index.writer().unwrap();
        writer.add(Document::new("d6", "Another ferry.")).unwrap();
        writer.commit().unwrap();
        index.reload().unwrap();
        assert_eq!(second.search(&index).err().unwrap().kind, "stale-cursor");
    }
}
