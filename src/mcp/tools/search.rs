//! `dateline_search`: a question to ranked passages.

use serde_json::{Value, json};

use crate::mcp::budget::{Room, Shown, Sizable, fit};
use crate::mcp::filters::search;
use crate::mcp::parameter::{ABOUT, AFTER, DETAIL, FROM, Kind, LANG, LIMIT, MAX_CHARS, Parameter, QUERY, SOURCES, TO};
use crate::mcp::refusal::Refusal;
use crate::mcp::schema::{
    answer, hit as hit_schema, list, notes as notes_schema, number, one_of, or_null, text, text_or_null,
};
use crate::mcp::shape::{frame, hit};
use crate::mcp::tool::{Call, Tool, truncated};
use crate::mcp::words::{self, quantity};
use crate::text::repeated;
use crate::{Cursor, Results, Sort, json};

const SORT: Parameter =
    Parameter { name: "sort", kind: Kind::Choice(&["best", "newest", "oldest"]), about: "order of the hits" };

/// Hits of an answer, unless another number is asked for.
const HITS: u64 = 5;
/// A hit is left out before its text is cut below this.
const LEAST: usize = 160;

pub(super) const TOOL: Tool = Tool {
    name: "dateline_search",
    title: "Search the archive",
    about: "Ranked passages with day, source and an id to cite. Every document counts: total, undated_left_out. Up to \
            four words are all required; of more, the best match. Copies are one hit.",
    parameters: &[QUERY, FROM, TO, ABOUT, SOURCES, LANG, SORT, LIMIT, DETAIL, MAX_CHARS, AFTER],
    example: r#"{"query": "harbour fire", "from": "1992-02"}"#,
    schema,
    run,
};

fn schema() -> Value {
    let always = [
        ("read_as", text()),
        ("matched", one_of(&["all", "best"])),
        ("notes", notes_schema()),
        ("total", number()),
        ("distinct", number()),
        ("undated", number()),
        ("undated_left_out", number()),
        ("first", text_or_null()),
        ("last", text_or_null()),
        ("hits", list(hit_schema(&[]))),
        ("next", or_null(text())),
    ];
    answer(&always, &[])
}

fn run(call: &Call<'_>) -> Result<Shown, Refusal> {
    let limit = call.arguments.number(&LIMIT)?.unwrap_or(HITS) as usize;
    let sort = match call.arguments.choice(&SORT)? {
        Some("newest") => Sort::Newest,
        Some("oldest") => Sort::Oldest,
        _ => Sort::Best,
    };
    let after = cursor(call)?;
    let (search, read) = search(call)?;
    let search = search.sort(sort).collapse_copies(true).count_sources(true);
    let search = if let Some(cursor) = after { search.after(cursor) } else { search };
    let ask = |limit: usize| -> Result<Found<'_>, Refusal> {
        let mut results = search.clone().limit(limit).run()?;
        results.notes.splice(0..0, read.clone());
        let wanted = results.hits.len();
        let frames = results.hits.iter().map(|hit| frame(hit, hit, call.is_full)).collect();
        Ok(Found { call, notes: call.notes(&results.notes), results, frames, wanted })
    };
    let mut found = ask(limit)?;
    loop {
        let (room, shown) = fit(&found, call.most);
        if room.parts == found.results.hits.len() || room.parts == 0 {
            return call.finished(shown);
        }
        // The cursor of a shorter page is its own, so the same question is asked for that page, which has to fit with it.
        found = Found { wanted: found.wanted, ..ask(room.parts)? };
    }
}

fn cursor(call: &Call<'_>) -> Result<Option<Cursor>, Refusal> {
    let Some(typed) = call.arguments.text(AFTER.name)? else { return Ok(None) };
    let allowed = "the `next` of the answer before, with the same question, conditions and order";
    typed.trim().parse().map(Some).map_err(|_| Refusal::new(format!("`after` is {}", repeated(&typed)), allowed))
}

struct Found<'a> {
    call: &'a Call<'a>,
    results: Results,
    /// The hits without their passages.
    frames: Vec<Value>,
    notes: Value,
    /// The hits that this page would have if there were room.
    wanted: usize,
}

impl Sizable for Found<'_> {
    fn parts(&self) -> usize {
        self.results.hits.len()
    }

    fn least(&self) -> usize {
        LEAST
    }

    fn longest(&self) -> usize {
        let texts = self.results.hits.iter().flat_map(|hit| &hit.passages).map(|passage| passage.text.chars().count());
        texts.max().unwrap_or(0).min(self.call.most)
    }

    fn show(&self, room: Room) -> Shown {
        let results = &self.results;
        let mut left = 0;
        let mut blocks = String::new();
        let mut hits = Vec::new();
        for (found, frame) in results.hits.iter().zip(&self.frames).take(room.parts) {
            let (shown, cut_off) = hit(found, frame, room.chars, self.call.is_full);
            blocks.push_str(&words::hit(&shown, found.rank, cut_off, &self.call.fence));
            left += cut_off;
            hits.push(shown);
        }
        let next = results.next.filter(|_| room.parts == results.hits.len()).map(|next| next.to_string());
        let go_on = next.as_ref().map(|next| self.call.again(&[(AFTER.name, next.as_str().into())]));
        let parts = self.wanted - hits.len();
        let how = if parts > 0 { go_on.clone() } else { None }.unwrap_or_else(|| self.call.with_more_room());
        let truncated = truncated(parts, left, &how);
        let lines = [self.counts(hits.len()).join(" · ")];
        let mut text = self.call.text(Some(&results.read_as), &self.notes, &lines, &blocks, &truncated);
        if let Some(go_on) = go_on.filter(|_| parts == 0) {
            text.push_str(&format!("\nnext page: {go_on}"));
        }
        Shown { structured: self.structured(hits, next, truncated), text }
    }
}

impl Found<'_> {
    fn structured(&self, hits: Vec<Value>, next: Option<String>, truncated: Value) -> Value {
        let results = &self.results;
        // The sources are counted by a tool of their own, since there may be thousands.
        json!({
            "version": json::VERSION,
            "read_as": self.call.read_as(&results.read_as),
            "matched": results.matched,
            "notes": self.notes,
            "total": results.total,
            "distinct": results.distinct,
            "undated": results.undated,
            "undated_left_out": results.undated_left_out,
            "first": results.first,
            "last": results.last,
            "hits": hits,
            "next": next,
            "truncated": truncated,
        })
    }

    fn counts(&self, shown: usize) -> Vec<String> {
        let results = &self.results;
        let distinct =
            if results.distinct < results.total { format!(" ({} distinct)", results.distinct) } else { String::new() };
        let mut counts = vec![format!("{}{distinct}", quantity(results.total, "document"))];
        counts.push(format!("{} undated", results.undated));
        if results.undated_left_out > 0 {
            counts.push(format!("{} undated left out by the dates", results.undated_left_out));
        }
        let first = results.hits.first().map_or(0, |hit| hit.rank);
        match shown {
            0 => counts.push("none shown".into()),
            1 => counts.push(format!("{first} shown")),
            shown => counts.push(format!("{first} to {} shown", first + shown as u64 - 1)),
        }
        counts
    }
}
