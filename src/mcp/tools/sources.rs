//! `dateline_sources`: who wrote about something, and how much.

use serde_json::{Value, json};

use crate::json::SourceReport;
use crate::mcp::budget::{Room, Shown, Sizable};
use crate::mcp::clean::clean_line;
use crate::mcp::filters::{search, shown_before};
use crate::mcp::parameter::{ABOUT, AFTER, FROM, LANG, MAX_CHARS, QUERY, SOURCES, TO};
use crate::mcp::refusal::Refusal;
use crate::mcp::schema::{answer, list, notes as notes_schema, number, object, or_null, source_count, text};
use crate::mcp::shape::value;
use crate::mcp::tool::{Call, Tool, truncated};
use crate::mcp::words::quantity;
use crate::{FacetCount, json};

/// Groups of names that may be one source; the command lists all.
const ALIKE: usize = 10;

pub(super) const TOOL: Tool = Tool {
    name: "dateline_sources",
    title: "Count documents by source",
    about: "Matching documents of each source, most first, with its first and last day.",
    parameters: &[QUERY, FROM, TO, ABOUT, SOURCES, LANG, MAX_CHARS, AFTER],
    example: r#"{"query": "harbour fire"}"#,
    schema,
    run,
};

fn schema() -> Value {
    let always = [
        ("read_as", text()),
        ("notes", notes_schema()),
        ("total", number()),
        ("undated", number()),
        ("sources", list(source_count())),
        ("alike", list(object(&[("name", text()), ("others", list(text()))], &[]))),
        ("next", or_null(text())),
    ];
    answer(&always, &[])
}

fn run(call: &Call<'_>) -> Result<Shown, Refusal> {
    let before = shown_before(&call.arguments)?;
    let (search, read) = search(call)?;
    let mut report = search.source_report()?;
    report.notes.splice(0..0, read);
    call.fitted(&Counted { call, before, notes: call.notes(&report.notes), report })
}

struct Counted<'a> {
    call: &'a Call<'a>,
    /// Sources that answers before this one listed.
    before: usize,
    report: SourceReport,
    notes: Value,
}

impl Counted<'_> {
    fn listed(&self) -> &[FacetCount] {
        self.report.sources.get(self.before..).unwrap_or_default()
    }
}

impl Sizable for Counted<'_> {
    fn parts(&self) -> usize {
        self.listed().len()
    }

    fn least(&self) -> usize {
        0
    }

    fn longest(&self) -> usize {
        0
    }

    fn show(&self, room: Room) -> Shown {
        let report = &self.report;
        let read_as = self.call.read_as(&report.read_as);
        let shown = &self.listed()[..room.parts.min(self.listed().len())];
        let left = self.listed().len() - shown.len();
        let next = (left > 0 && !shown.is_empty()).then(|| (self.before + shown.len()).to_string());
        let how = match &next {
            Some(next) => self.call.again(&[(AFTER.name, next.as_str().into())]),
            None => self.call.with_more_room(),
        };
        let truncated = truncated(left, 0, &how);
        let alike = report.alike.iter().filter(|_| self.before == 0 && !shown.is_empty()).take(ALIKE);
        let structured = json!({
            "version": json::VERSION,
            "read_as": read_as,
            "notes": self.notes,
            "total": report.total,
            "undated": report.undated,
            "sources": value(&shown),
            "alike": alike.map(value).collect::<Value>(),
            "next": next,
            "truncated": truncated,
        });
        let counts = [
            quantity(report.total, "document"),
            quantity(report.sources.len() as u64, "source"),
            format!("{} undated", report.undated),
        ];
        let listed: Vec<String> = shown.iter().map(line).collect();
        let block = format!("\n{}", self.call.fence.around(&listed.join("\n")));
        let block = if shown.is_empty() { "" } else { &block };
        let text = self.call.text(Some(&read_as), &self.notes, &[counts.join(" · ")], block, &truncated);
        Shown { structured, text }
    }
}

fn line(count: &FacetCount) -> String {
    let span = match (count.first, count.last) {
        (Some(first), Some(last)) => format!(", {first} to {last}"),
        _ => String::new(),
    };
    let folder = if count.from_folder == count.documents { ", a folder's name" } else { "" };
    format!("{} — {}{span}{folder}", clean_line(count.value.as_str(), 100), quantity(count.documents, "document"))
}
