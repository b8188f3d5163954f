//! The conditions that the tools share: a question, days, sources, languages.

use super::arguments::{Arguments, at_most};
use super::parameter::{ABOUT, AFTER, FROM, LANG, QUERY, SOURCES, TO};
use super::refusal::Refusal;
use super::tool::Call;
use crate::text::repeated;
use crate::{Date, Index, Language, Node, Note, NoteKind, Query, ReadDates, Search, parse_dates, parse_ends};

/// The most sources, languages or days of one call.
const MOST: usize = 50;

pub(super) const DATES: &str = "1992, feb 1992, 1992-02-26, 1992-02-25..1992-03-05, yesterday, last month, before 1993";

/// A search for the call's question under its conditions, and notes on how they were read.
pub(super) fn search(call: &Call<'_>) -> Result<(Search, Vec<Note>), Refusal> {
    let typed = call.arguments.text(QUERY.name)?.unwrap_or_default();
    search_for(call, &typed)
}

/// A search for this question under the call's conditions, and notes on how they were read.
pub(super) fn search_for(call: &Call<'_>, typed: &str) -> Result<(Search, Vec<Note>), Refusal> {
    filtered(call.index, query(typed, call.today), &call.arguments, call.today)
}

/// A question as typed. An empty one is every document.
pub(super) fn query(typed: &str, today: Date) -> Query {
    if typed.trim().is_empty() { Query::from_node(Node::All) } else { Query::parse(typed, today) }
}

fn filtered(index: &Index, query: Query, arguments: &Arguments, today: Date) -> Result<(Search, Vec<Note>), Refusal> {
    let mut search = index.search(query).why_empty(true);
    let mut notes = Vec::new();
    let (from, to) = (arguments.text(FROM.name)?, arguments.text(TO.name)?);
    if from.is_some() || to.is_some() {
        let read =
            parse_ends(from.as_deref(), to.as_deref(), today).map_err(|error| not_a_day("from or to", &error))?;
        note_relative(&[&from, &to], &read, &mut notes);
        search = search.dates(read.range);
        notes.extend(read.notes);
    }
    let about = arguments.list(ABOUT.name)?.unwrap_or_default();
    at_most(ABOUT.name, about.len(), MOST)?;
    for typed in about {
        let read = parse_dates(&typed, today).map_err(|error| not_a_day(ABOUT.name, &error))?;
        note_relative(&[&Some(typed)], &read, &mut notes);
        search = search.about(read.range);
        notes.extend(read.notes);
    }
    let sources = arguments.list(SOURCES.name)?.unwrap_or_default();
    at_most(SOURCES.name, sources.len(), MOST)?;
    for source in sources {
        search = search.source(source);
    }
    let languages = arguments.list(LANG.name)?.unwrap_or_default();
    at_most(LANG.name, languages.len(), MOST)?;
    for typed in languages {
        let language = typed.parse::<Language>().map_err(|_| {
            let what = format!("`lang`: there is no language {} here", repeated(&typed));
            Refusal::new(what, "codes and English names: en, fr, de, ru, French, German")
        })?;
        search = search.language(language);
    }
    Ok((search, notes))
}

fn not_a_day(name: &str, error: &crate::Error) -> Refusal {
    Refusal::new(format!("`{name}`: {}", error.message()), DATES)
}

/// Says which days words without a figure were read as, since they mean others tomorrow.
fn note_relative(typed: &[&Option<String>], read: &ReadDates, notes: &mut Vec<Note>) {
    let words: Vec<&str> = typed.iter().filter_map(|typed| typed.as_deref()).collect();
    if words.iter().any(|words| !words.contains(char::is_numeric)) {
        let words: Vec<String> = words.iter().map(|words| repeated(words)).collect();
        notes.push(Note::new(NoteKind::Dates, format!("{} is read as {}", words.join(" to "), read.range)));
    }
}

/// How many parts of a list were shown before, where a call goes on by number.
pub(super) fn shown_before(arguments: &Arguments) -> Result<usize, Refusal> {
    let Some(typed) = arguments.text(AFTER.name)? else { return Ok(0) };
    let allowed = "the `next` of the answer before, and the same other arguments";
    typed.trim().parse().map_err(|_| Refusal::new(format!("`after` is {}", repeated(&typed)), allowed))
}
