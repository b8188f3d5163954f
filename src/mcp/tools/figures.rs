//! `dateline_figures`: which numbers are given for a thing, by whom and when.

use serde_json::{Value, json};

use crate::mcp::arguments::missing;
use crate::mcp::budget::{Room, Shown, Sizable};
use crate::mcp::clean::clean_line;
use crate::mcp::filters::search;
use crate::mcp::parameter::{ABOUT, DETAIL, FROM, LANG, LIMIT, MAX_CHARS, QUERY, SOURCES, TO};
use crate::mcp::refusal::Refusal;
use crate::mcp::schema::{
    answer, highlights, list, notes as notes_schema, number, number_or_null, object, or_null, range, text, text_or_null,
};
use crate::mcp::shape::{Text, picked, titled, value};
use crate::mcp::tool::{Call, Tool, truncated};
use crate::mcp::words::{self, quantity};
use crate::{FigureGroup, FigurePassage, FiguresReport, json};

/// Numbers of an answer, unless another number is asked for.
const FIGURES: u64 = 10;
/// Sources that a concise answer names of each number; all are counted by the command.
const SOURCES_NAMED: usize = 5;
/// Sentences that a concise answer shows of each number.
const SENTENCES: usize = 2;
/// A number is left out before its sentences are cut below this.
const LEAST: usize = 100;

const PASSAGE_KEYS: [&str; 6] = ["id", "date", "source", "title", "text", "written"];

pub(super) const TOOL: Tool = Tool {
    name: "dateline_figures",
    title: "Figures given for a thing",
    about: "Which numbers are given for a thing, without knowing them: by whom, how often, first and last when, with the \
            sentences. The query names what is counted: boats destroyed.",
    parameters: &[QUERY, FROM, TO, ABOUT, SOURCES, LANG, LIMIT, DETAIL, MAX_CHARS],
    example: r#"{"query": "boats destroyed"}"#,
    schema,
    run,
};

fn schema() -> Value {
    let source =
        [("source", text_or_null()), ("documents", number()), ("first", text_or_null()), ("last", text_or_null())];
    let passage = object(
        &[
            ("id", text()),
            ("date", text_or_null()),
            ("source", text_or_null()),
            ("title", text_or_null()),
            ("text", text()),
            ("written", text()),
        ],
        &[
            ("file", text_or_null()),
            ("member", text_or_null()),
            ("line", number_or_null()),
            ("url", text_or_null()),
            ("bytes", or_null(range())),
            ("highlights", highlights()),
        ],
    );
    let figure = [
        ("value", json!({"type": "number"})),
        ("high", json!({"type": ["number", "null"]})),
        ("bound", text()),
        ("unit", text_or_null()),
        ("text", text()),
        ("documents", number()),
        ("sources", list(object(&source, &[]))),
        ("first", text_or_null()),
        ("last", text_or_null()),
        ("passages", list(passage)),
    ];
    let always = [
        ("read_as", text()),
        ("notes", notes_schema()),
        ("total", number()),
        ("distinct", number()),
        ("documents", number()),
        ("figures", list(object(&figure, &[]))),
        ("figures_left_out", number()),
    ];
    answer(&always, &[])
}

fn run(call: &Call<'_>) -> Result<Shown, Refusal> {
    if call.arguments.text(QUERY.name)?.is_none() {
        return Err(missing(QUERY.name));
    }
    let limit = call.arguments.number(&LIMIT)?.unwrap_or(FIGURES) as usize;
    let (search, read) = search(call)?;
    let mut report = search.limit(limit).figures()?;
    report.notes.splice(0..0, read);
    call.fitted(&Given { call, notes: call.notes(&report.notes), report })
}

struct Given<'a> {
    call: &'a Call<'a>,
    report: FiguresReport,
    notes: Value,
}

impl Given<'_> {
    /// The sentences of a number that are shown.
    fn sentences<'f>(&self, figure: &'f FigureGroup) -> &'f [FigurePassage] {
        let most = if self.call.is_full { figure.passages.len() } else { SENTENCES.min(figure.passages.len()) };
        &figure.passages[..most]
    }

    /// A number with its sentences in at most `chars` characters each, and how many were cut off.
    fn figure(&self, figure: &FigureGroup, chars: usize) -> (Value, usize) {
        let mut left = 0;
        let sentences = self.sentences(figure).iter().map(|sentence| {
            let text = Text::of(&sentence.text, chars);
            left += text.left;
            let mut shown = value(sentence);
            shown["title"] = titled(sentence.title.as_deref());
            if text.shown != sentence.text {
                // The ranges are those of the whole sentence as the document has it.
                shown["highlights"] = json!([]);
            }
            shown["text"] = text.shown.into();
            if self.call.is_full { shown } else { picked(shown, &PASSAGE_KEYS) }
        });
        let sentences: Vec<Value> = sentences.collect();
        let mut shown = value(figure);
        if let Some(sources) = shown["sources"].as_array_mut().filter(|_| !self.call.is_full) {
            sources.truncate(SOURCES_NAMED);
        }
        shown["passages"] = sentences.into();
        (shown, left)
    }

    fn block(&self, figure: &Value, number: usize) -> String {
        let word = |value: &Value| clean_line(value.as_str().unwrap_or_default(), 100);
        let documents = quantity(figure["documents"].as_u64().unwrap_or(0), "document");
        let span = match (figure["first"].as_str(), figure["last"].as_str()) {
            (Some(first), Some(last)) => format!(", {first} to {last}"),
            _ => String::new(),
        };
        let mut facts = format!("{number}. {} · {documents}{span}", word(&figure["text"]));
        let mut quoted = Vec::new();
        let sources = figure["sources"].as_array().into_iter().flatten().map(|count| {
            let name = if count["source"].is_string() { word(&count["source"]) } else { "no source".into() };
            format!("{name} {}", count["documents"])
        });
        quoted.push(sources.collect::<Vec<_>>().join(", "));
        for sentence in figure["passages"].as_array().into_iter().flatten() {
            let id = words::named(&sentence["id"]);
            facts.push_str(&format!("\n   {id} · {}", sentence["date"].as_str().unwrap_or("undated")));
            quoted.push(format!("{id}: {}", clean_line(sentence["text"].as_str().unwrap_or_default(), usize::MAX)));
        }
        format!("\n\n{facts}\n{}", self.call.fence.around(&quoted.join("\n")))
    }
}

impl Sizable for Given<'_> {
    fn parts(&self) -> usize {
        self.report.figures.len()
    }

    fn least(&self) -> usize {
        LEAST
    }

    fn longest(&self) -> usize {
        let sentences = self.report.figures.iter().flat_map(|figure| self.sentences(figure));
        sentences.map(|sentence| sentence.text.chars().count()).max().unwrap_or(0).min(self.call.most)
    }

    fn show(&self, room: Room) -> Shown {
        let report = &self.report;
        let read_as = self.call.read_as(&report.read_as);
        let (mut left, mut figures, mut blocks) = (0, Vec::new(), String::new());
        for figure in report.figures.iter().take(room.parts) {
            let (shown, cut_off) = self.figure(figure, room.chars);
            left += cut_off;
            blocks.push_str(&self.block(&shown, figures.len() + 1));
            figures.push(shown);
        }
        let truncated = truncated(self.parts() - figures.len(), left, &self.call.with_more_room());
        let counts = [
            format!("{} ({} distinct)", quantity(report.total, "document"), report.distinct),
            format!("{} give a number", report.documents),
            format!("{} not shown: a larger limit shows more", quantity(report.figures_left_out, "more number")),
        ];
        let counts = if report.figures_left_out > 0 { &counts[..] } else { &counts[..2] };
        let text = self.call.text(Some(&read_as), &self.notes, &[counts.join(" · ")], &blocks, &truncated);
        let structured = json!({
            "version": json::VERSION,
            "read_as": read_as,
            "notes": self.notes,
            "total": report.total,
            "distinct": report.distinct,
            "documents": report.documents,
            "figures": figures,
            "figures_left_out": report.figures_left_out,
            "truncated": truncated,
        });
        Shown { structured, text }
    }
}
