//! `dateline_compare`: which source says what, and when it changed that.

use serde_json::{Value, json};

use crate::mcp::arguments::{at_most, missing};
use crate::mcp::budget::{Room, Shown, Sizable};
use crate::mcp::clean::clean_line;
use crate::mcp::filters::{query, search_for};
use crate::mcp::parameter::{ABOUT, DETAIL, FROM, Kind, LANG, LIMIT, MAX_CHARS, Parameter, SOURCES, TO};
use crate::mcp::refusal::Refusal;
use crate::mcp::schema::{
    answer, excerpt as excerpt_schema, list, notes as notes_schema, number, object, or_null, text, text_or_null,
};
use crate::mcp::shape::{excerpt, notes, picked, titled, value};
use crate::mcp::tool::{Call, Tool, truncated};
use crate::mcp::words::{self, quantity};
use crate::text::repeated;
use crate::{ComparedSource, Comparison, Query, Reach, Sighting, json};

const QUERIES: Parameter =
    Parameter { name: "queries", kind: Kind::List, about: "two or more, side by side: figures, spellings, phrasings" };
const NEAR: Parameter =
    Parameter { name: "near", kind: Kind::Text, about: "words in the same sentence as each: what a figure counts" };

/// The most questions of one call.
const MOST: usize = 32;
/// Sources of an answer, unless another number is asked for.
const SHOWN: u64 = 10;
/// A source is left out before its texts are cut below this.
const LEAST: usize = 80;

pub(super) const TOOL: Tool = Tool {
    name: "dateline_compare",
    title: "Compare what sources say",
    about: "Which source says which of several things, first and last when, and on which day it changed. For figures \
            say what they count: near.",
    parameters: &[QUERIES, NEAR, FROM, TO, ABOUT, SOURCES, LANG, LIMIT, DETAIL, MAX_CHARS],
    example: r#"{"queries": ["83", "71"], "near": "boats"}"#,
    schema,
    run,
};

fn schema() -> Value {
    let query = [
        ("query", text()),
        ("read_as", text()),
        ("notes", notes_schema()),
        ("total", number()),
        ("undated_left_out", number()),
    ];
    let sighting = object(
        &[("date", text_or_null()), ("id", text()), ("title", text_or_null())],
        &[
            ("passage", or_null(excerpt_schema())),
            ("file", text_or_null()),
            ("member", text_or_null()),
            ("url", text_or_null()),
        ],
    );
    let cell = [
        ("documents", number()),
        ("coarse", number()),
        ("undated", number()),
        ("first", or_null(sighting.clone())),
        ("last", or_null(sighting)),
    ];
    let switch = [("from", number()), ("to", number()), ("date", text()), ("strays", number())];
    let source =
        [("source", text_or_null()), ("cells", list(object(&cell, &[]))), ("switches", list(object(&switch, &[])))];
    let always = [
        ("queries", list(object(&query, &[]))),
        ("sources", list(object(&source, &[]))),
        ("sources_left_out", number()),
        ("notes", notes_schema()),
    ];
    answer(&always, &[])
}

fn run(call: &Call<'_>) -> Result<Shown, Refusal> {
    let typed = call.arguments.list(QUERIES.name)?.ok_or_else(|| missing(QUERIES.name))?;
    if typed.len() < 2 {
        let what = format!("`queries` has one part, {}", repeated(&typed.concat()));
        return Err(Refusal::new(what, "two or more, as a list"));
    }
    at_most(QUERIES.name, typed.len(), MOST)?;
    let near = call.arguments.text(NEAR.name)?.map(|near| query(&near, call.today));
    let asked = |typed: &String| {
        let query = query(typed, call.today);
        near.as_ref().map_or(query.clone(), |near| query.near(near, Reach::Sentence))
    };
    let queries: Vec<Query> = typed.iter().map(asked).collect();
    let limit = call.arguments.number(&LIMIT)?.unwrap_or(SHOWN) as usize;
    let (search, read) = search_for(call, "")?;
    let mut comparison = search.limit(limit).compare(queries)?;
    // A question is known by what was typed for it alone.
    for (query, typed) in comparison.queries.iter_mut().zip(typed) {
        query.query = typed;
    }
    call.fitted(&Compared { call, comparison, notes: call.notes(&read) })
}

struct Compared<'a> {
    call: &'a Call<'a>,
    comparison: Comparison,
    notes: Value,
}

impl Sizable for Compared<'_> {
    fn parts(&self) -> usize {
        self.comparison.sources.len()
    }

    fn least(&self) -> usize {
        LEAST
    }

    fn longest(&self) -> usize {
        let cells = self.comparison.sources.iter().flat_map(|source| &source.cells);
        let passages =
            cells.flat_map(|cell| cell.first.iter().chain(&cell.last)).filter_map(|seen| seen.passage.as_ref());
        passages.map(|passage| passage.text.chars().count()).max().unwrap_or(0).min(self.call.most)
    }

    fn show(&self, room: Room) -> Shown {
        let comparison = &self.comparison;
        let (mut left, mut sources, mut blocks) = (0, Vec::new(), String::new());
        for source in comparison.sources.iter().take(room.parts) {
            let (shown, cut_off) = self.source(source, room.chars);
            left += cut_off;
            blocks.push_str(&self.block(&shown, sources.len() + 1));
            sources.push(shown);
        }
        let parts = self.parts() - sources.len();
        let truncated = truncated(parts, left, &self.call.with_more_room());
        let queries: Vec<Value> = comparison
            .queries
            .iter()
            .map(|query| {
                let mut shown = value(query);
                shown["notes"] = notes(&query.notes, self.call.most / 8 / comparison.queries.len());
                shown["read_as"] = clean_line(&query.read_as, self.call.most / 8 / comparison.queries.len()).into();
                shown
            })
            .collect();
        let mut lines: Vec<String> = queries.iter().map(asked).collect();
        if comparison.sources_left_out > 0 {
            let more = quantity(comparison.sources_left_out, "later source");
            lines.push(format!("{more} not shown: a larger limit shows more"));
        }
        let of_queries = queries.iter().filter_map(|query| query["notes"].as_array()).flatten();
        let notes: Value = self.notes.as_array().into_iter().flatten().chain(of_queries).cloned().collect();
        let text = self.call.text(None, &notes, &lines, &blocks, &truncated);
        let structured = json!({
            "version": json::VERSION,
            "queries": queries,
            "sources": sources,
            "sources_left_out": comparison.sources_left_out,
            "notes": self.notes,
            "truncated": truncated,
        });
        Shown { structured, text }
    }
}

/// A question as it was read, and how many documents it found.
fn asked(query: &Value) -> String {
    let words = |name: &str| clean_line(query[name].as_str().unwrap_or_default(), 300);
    let total = query["total"].as_u64().unwrap_or(0);
    format!("{}: read as {} · {}", words("query"), words("read_as"), quantity(total, "document"))
}

impl Compared<'_> {
    /// A source with its passages in at most `chars` characters each, and how many were cut off. A concise one has the
    /// passages of the first documents alone.
    fn source(&self, source: &ComparedSource, chars: usize) -> (Value, usize) {
        let mut left = 0;
        let mut sighting = |seen: &Option<Sighting>, with_passage: bool| {
            let Some(seen) = seen else { return Value::Null };
            let mut shown = value(seen);
            if !self.call.is_full {
                shown = picked(shown, &["date", "id", "title"]);
            }
            shown["title"] = titled(seen.title.as_deref());
            match &seen.passage {
                Some(passage) if with_passage => {
                    let (passage, cut_off) = excerpt(passage, chars, self.call.is_full);
                    left += cut_off;
                    shown["passage"] = passage;
                }
                _ => {}
            }
            shown
        };
        let cells: Vec<Value> = source
            .cells
            .iter()
            .map(|cell| {
                json!({
                    "documents": cell.documents,
                    "coarse": cell.coarse,
                    "undated": cell.undated,
                    "first": sighting(&cell.first, true),
                    "last": sighting(&cell.last, self.call.is_full),
                })
            })
            .collect();
        (json!({"source": source.source, "cells": cells, "switches": value(&source.switches)}), left)
    }

    /// A source's facts, and in a fence its name and the passages, each once.
    fn block(&self, source: &Value, number: usize) -> String {
        let queries = &self.comparison.queries;
        let named = |number: usize| queries.get(number).map_or(String::new(), |query| clean_line(&query.query, 100));
        let mut facts = vec![format!("source {number}")];
        let mut quoted = vec![source["source"].as_str().map_or("no source".into(), |name| clean_line(name, 100))];
        for (at, cell) in source["cells"].as_array().into_iter().flatten().enumerate() {
            let documents = cell["documents"].as_u64().unwrap_or(0);
            if documents == 0 {
                continue;
            }
            let end = |name: &str| {
                let seen = &cell[name];
                let id = if seen["passage"]["id"].is_string() { &seen["passage"]["id"] } else { &seen["id"] };
                format!("{name} {} {}", seen["date"].as_str().unwrap_or("undated"), words::named(id))
            };
            let documents = quantity(documents, "document");
            facts.push(format!("{}: {documents}, {}, {}", named(at), end("first"), end("last")));
            let passage = &cell["first"]["passage"];
            if passage["text"].is_string() {
                let line = format!("#{}: {}", passage["number"], clean_line(&words::cut_text(passage), usize::MAX));
                if !quoted.contains(&line) {
                    quoted.push(line);
                }
            }
        }
        for switch in source["switches"].as_array().into_iter().flatten() {
            let number = |name: &str| switch[name].as_u64().unwrap_or(0);
            let (from, to) = (named(number("from") as usize), named(number("to") as usize));
            let date = switch["date"].as_str().unwrap_or_default();
            let strays = quantity(number("strays"), "document");
            facts.push(format!("changed from {from} to {to} on {date}, {strays} on the wrong side"));
        }
        format!("\n\n{}\n{}", facts.join("\n  "), self.call.fence.around(&quoted.join("\n")))
    }
}
