//! `dateline_first`: where something stands first.

use serde_json::{Value, json};

use crate::mcp::budget::{Room, Shown, Sizable};
use crate::mcp::filters::search;
use crate::mcp::parameter::{ABOUT, DETAIL, FROM, LANG, LIMIT, MAX_CHARS, QUERY, SOURCES, TO};
use crate::mcp::refusal::Refusal;
use crate::mcp::schema::{
    answer, copy_of, dated as dated_schema, hit as hit_schema, list, notes as notes_schema, number, text,
};
use crate::mcp::shape::{dated, frame, hit};
use crate::mcp::tool::{Call, Tool, truncated};
use crate::mcp::words::{self, quantity};
use crate::{FirstReport, json};

/// Documents of an answer, unless another number is asked for.
const DOCUMENTS: u64 = 5;
/// A document is left out before its text is cut below this.
const LEAST: usize = 160;

pub(super) const TOOL: Tool = Tool {
    name: "dateline_first",
    title: "Who wrote it first",
    about: "The earliest documents that say something, by day, whose text they took over, and documents of uncertain \
            date that may be earlier: say so when you name a first.",
    parameters: &[QUERY, FROM, TO, ABOUT, SOURCES, LANG, LIMIT, DETAIL, MAX_CHARS],
    example: r#"{"query": "sea wall"}"#,
    schema,
    run,
};

fn schema() -> Value {
    let always = [
        ("read_as", text()),
        ("notes", notes_schema()),
        ("total", number()),
        ("distinct", number()),
        ("documents", list(hit_schema(&[("copy_of", copy_of())]))),
        ("coarse", number()),
        ("conflicting", number()),
        ("undated", number()),
        ("uncertain", list(dated_schema())),
    ];
    answer(&always, &[])
}

fn run(call: &Call<'_>) -> Result<Shown, Refusal> {
    let limit = call.arguments.number(&LIMIT)?.unwrap_or(DOCUMENTS) as usize;
    let (search, read) = search(call)?;
    let mut report = search.limit(limit).first()?;
    report.notes.splice(0..0, read);
    let frames = report.documents.iter().map(|document| frame(&document.hit, document, call.is_full)).collect();
    call.fitted(&Earliest { call, notes: call.notes(&report.notes), report, frames })
}

struct Earliest<'a> {
    call: &'a Call<'a>,
    report: FirstReport,
    /// The documents without their passages.
    frames: Vec<Value>,
    notes: Value,
}

impl Sizable for Earliest<'_> {
    fn parts(&self) -> usize {
        self.report.documents.len() + self.report.uncertain.len()
    }

    fn least(&self) -> usize {
        LEAST
    }

    fn longest(&self) -> usize {
        let passages = self.report.documents.iter().flat_map(|document| &document.hit.passages);
        passages.map(|passage| passage.text.chars().count()).max().unwrap_or(0).min(self.call.most)
    }

    fn show(&self, room: Room) -> Shown {
        let report = &self.report;
        let read_as = self.call.read_as(&report.read_as);
        let (mut left, mut blocks, mut documents) = (0, String::new(), Vec::new());
        for ((document, frame), number) in report.documents.iter().zip(&self.frames).take(room.parts).zip(1..) {
            let (shown, cut_off) = hit(&document.hit, frame, room.chars, self.call.is_full);
            blocks.push_str(&words::hit(&shown, number, cut_off, &self.call.fence));
            left += cut_off;
            documents.push(shown);
        }
        let rest = room.parts.saturating_sub(report.documents.len());
        let uncertain: Vec<Value> =
            report.uncertain.iter().take(rest).map(|document| dated(document, self.call.is_full)).collect();
        let parts = self.parts() - documents.len() - uncertain.len();
        let truncated = truncated(parts, left, &self.call.with_more_room());
        if !uncertain.is_empty() {
            let facts = uncertain.iter().zip(1..).map(|(document, at)| {
                format!("\n{at}. {} · {}", words::named(&document["id"]), words::dated(document))
            });
            let facts: String = facts.collect();
            let titles: Vec<String> =
                uncertain.iter().zip(1..).map(|(document, at)| format!("{at}. {}", words::titled(document))).collect();
            blocks.push_str(&format!(
                "\n\nmay be earlier, or not:{facts}\n{}",
                self.call.fence.around(&titles.join("\n"))
            ));
        }
        let lines = [self.counts().join(" · ")];
        let text = self.call.text(Some(&read_as), &self.notes, &lines, &blocks, &truncated);
        let structured = json!({
            "version": json::VERSION,
            "read_as": read_as,
            "notes": self.notes,
            "total": report.total,
            "distinct": report.distinct,
            "documents": documents,
            "coarse": report.coarse,
            "conflicting": report.conflicting,
            "undated": report.undated,
            "uncertain": uncertain,
            "truncated": truncated,
        });
        Shown { structured, text }
    }
}

impl Earliest<'_> {
    fn counts(&self) -> [String; 4] {
        let report = &self.report;
        [
            format!("{} ({} distinct)", quantity(report.total, "document"), report.distinct),
            format!("{} known to a month or year alone may be as early", report.coarse),
            format!("{} with a clue to an earlier day", report.conflicting),
            format!("{} undated", report.undated),
        ]
    }
}
