//! `dateline_read`: documents passage by passage.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::json::DocumentReport;
use crate::mcp::arguments::{at_most, missing};
use crate::mcp::budget::{Room, Shown, Sizable};
use crate::mcp::clean::clean_line;
use crate::mcp::parameter::{AFTER, DETAIL, Kind, MAX_CHARS, Parameter, REF};
use crate::mcp::reference::{self, Reference};
use crate::mcp::refusal::Refusal;
use crate::mcp::schema::{answer, document as document_schema, list, notes as notes_schema, or_null, text};
use crate::mcp::shape::{CITATION, Text, mark_cut, picked, titled, value};
use crate::mcp::tool::{Call, Tool, truncated};
use crate::mcp::words;
use crate::text::repeated;
use crate::{Citation, CitationStyle, Document, Note, NoteKind, Passage, json};

const CONTEXT: Parameter =
    Parameter { name: "context", kind: Kind::Number(0, 50), about: "passages before and after each ID#N" };

/// The most documents of one call.
const MOST: usize = 20;

/// Keys of a concise document; `doubts` and `passages` are in all.
const KEYS: [&str; 7] = ["id", "title", "date", "date_precision", "source", "lang", "url"];

pub(super) const TOOL: Tool = Tool {
    name: "dateline_read",
    title: "Read documents",
    about: "The text of documents or passages, word for word, with day, doubts and source. detail full: why it has its \
            date.",
    parameters: &[REF, CONTEXT, DETAIL, MAX_CHARS, AFTER],
    example: r#"{"ref": "4647702e593d5af2#1", "context": 1}"#,
    schema,
    run,
};

fn schema() -> Value {
    let always = [("notes", notes_schema()), ("documents", list(document_schema())), ("next", or_null(text()))];
    answer(&always, &[])
}

fn run(call: &Call<'_>) -> Result<Shown, Refusal> {
    let typed = call.arguments.list(REF.name)?.ok_or_else(|| missing(REF.name))?;
    at_most(REF.name, typed.len(), MOST)?;
    let context = call.arguments.number(&CONTEXT)?.unwrap_or(0) as u32;
    let mut reading =
        Reading { call, documents: Vec::new(), units: Vec::new(), named: HashSet::new(), notes: Vec::new(), more: 0 };
    let mut refused = None;
    for typed in &typed {
        let added = reference::found(call.index, typed).and_then(|named| reading.add(named, context));
        if let Err(refusal) = added {
            reading.notes.push(Note::new(NoteKind::LeftOut, refusal.what.clone()));
            refused = refused.or(Some(refusal));
        }
    }
    if let Some(refusal) = refused.filter(|_| reading.units.is_empty()) {
        return Err(refusal);
    }
    if let Some(after) = call.arguments.text(AFTER.name)? {
        reading.go_on_after(after.trim())?;
    }
    reading.keep_what_may_fit();
    call.fitted(&reading)
}

/// A passage that is to be read, or a document that has none.
struct Unit {
    document: usize,
    passage: Option<Passage>,
}

struct Reading<'a> {
    call: &'a Call<'a>,
    documents: Vec<Document>,
    /// What is to be read, in order; the first so many are shown.
    units: Vec<Unit>,
    /// Document and passage of each of those, 0 for a document without passages.
    named: HashSet<(usize, u32)>,
    notes: Vec<Note>,
    /// Units behind those, which cannot fit in any case.
    more: usize,
}

impl Reading<'_> {
    /// Adds the passages that a reference names. Fails if the document has no passage of this number.
    fn add(&mut self, named: Reference, context: u32) -> Result<(), Refusal> {
        let Reference { document, passage } = named;
        let document_number = match self.documents.iter().position(|known| known.id == document.id) {
            Some(number) => number,
            None => self.documents.len(),
        };
        let passages = document.passages();
        let chosen: Vec<Passage> = match passage {
            None => passages,
            Some(number) => {
                let count = passages.len();
                if !passages.iter().any(|passage| passage.number() == number) {
                    let what = format!("document {} has no passage {number}", repeated(&document.id));
                    return Err(Refusal::new(what, format!("passages 1 to {count}")));
                }
                let near = number.saturating_sub(context)..=number.saturating_add(context);
                passages.into_iter().filter(|passage| near.contains(&passage.number())).collect()
            }
        };
        if document_number == self.documents.len() {
            self.documents.push(document);
        }
        if chosen.is_empty() {
            self.add_once(document_number, None);
        }
        chosen.into_iter().for_each(|passage| self.add_once(document_number, Some(passage)));
        Ok(())
    }

    /// Adds a passage unless it is there: it may be named twice, and be in the neighbourhood of another. `next` names the
    /// place at which to go on by the passage, so none may stand in two.
    fn add_once(&mut self, document: usize, passage: Option<Passage>) {
        if self.named.insert((document, passage.as_ref().map_or(0, Passage::number))) {
            self.units.push(Unit { document, passage });
        }
    }

    /// Leaves out what an answer before this one showed.
    fn go_on_after(&mut self, last: &str) -> Result<(), Refusal> {
        let Some(at) = self.units.iter().position(|unit| self.id(unit) == last) else {
            let allowed = "the `next` of the answer before, with the same ref and context";
            return Err(Refusal::new(format!("`after` is {}", repeated(last)), allowed));
        };
        self.units.drain(..=at);
        Ok(())
    }

    /// Forgets units whose texts are surely past the room, so that a long document costs no more than a short one.
    fn keep_what_may_fit(&mut self) {
        let mut chars = 0;
        let fitting = self.units.iter().take_while(|unit| {
            let before = chars;
            // A character takes at most four bytes.
            chars += unit.passage.as_ref().map_or(0, |passage| passage.range().len() / 4);
            before <= self.call.most
        });
        let kept = fitting.count();
        self.more = self.units.len() - kept;
        self.units.truncate(kept);
    }

    /// The id of a passage, or of a document without any.
    fn id(&self, unit: &Unit) -> String {
        let id = self.documents.get(unit.document).map_or("", |document| &document.id);
        format!("{id}#{}", unit.passage.as_ref().map_or(0, Passage::number))
    }

    fn text(&self, unit: &Unit) -> &str {
        let document = self.documents.get(unit.document);
        let range = unit.passage.as_ref().map(Passage::range);
        document.zip(range).and_then(|(document, range)| document.text.get(range)).unwrap_or_default()
    }

    /// A document with these of its passages in at most `chars` characters each, and how many were cut off.
    fn document(&self, number: usize, units: &[&Unit], chars: usize) -> (Value, usize) {
        let Some(document) = self.documents.get(number) else { return (Value::Null, 0) };
        let mut shown = value(&DocumentReport::shown(document, &[]));
        if !self.call.is_full {
            shown = picked(shown, &KEYS);
        }
        shown["title"] = titled(document.title.as_deref());
        shown["doubts"] = value(&document.dated.doubts());
        let mut citation = Citation::of(document);
        if let [Unit { passage: Some(passage), .. }] = units {
            citation = citation.passage(passage.number());
        }
        shown["cite"] = clean_line(&citation.write(CitationStyle::Plain), CITATION).into();
        let mut left = 0;
        let passages = units.iter().filter_map(|unit| {
            let passage = unit.passage.as_ref()?;
            let text = Text::of(self.text(unit), chars);
            left += text.left;
            let mut shown = json!({"id": self.id(unit), "number": passage.number(), "text": text.shown});
            mark_cut(&mut shown, text.left);
            if self.call.is_full {
                let start = passage.range().start;
                let length = if text.left == 0 {
                    passage.range().len()
                } else {
                    self.text(unit).len() - self.tail(unit, text.left)
                };
                shown["bytes"] = json!([start, start + length]);
            }
            Some(shown)
        });
        shown["passages"] = passages.collect();
        (shown, left)
    }

    /// The bytes of the last so many characters of a unit's text.
    fn tail(&self, unit: &Unit, chars: usize) -> usize {
        self.text(unit).chars().rev().take(chars).map(char::len_utf8).sum()
    }
}

impl Sizable for Reading<'_> {
    fn parts(&self) -> usize {
        self.units.len()
    }

    /// Passages are shown whole; only a single one that does not fit is cut.
    fn least(&self) -> usize {
        self.longest()
    }

    fn longest(&self) -> usize {
        self.call.most
    }

    fn show(&self, room: Room) -> Shown {
        let shown = &self.units[..room.parts.min(self.units.len())];
        let (mut left, mut documents, mut blocks) = (0, Vec::new(), String::new());
        for run in shown.chunk_by(|one, next| one.document == next.document) {
            let units: Vec<&Unit> = run.iter().collect();
            let (document, cut_off) = self.document(run[0].document, &units, room.chars);
            left += cut_off;
            blocks.push_str(&self.block(&document));
            documents.push(document);
        }
        let parts = self.units.len() - shown.len() + self.more;
        let next = shown.last().filter(|_| parts > 0).map(|unit| self.id(unit));
        let how = match &next {
            Some(next) if left == 0 => self.call.again(&[(AFTER.name, next.as_str().into())]),
            _ => self.call.with_more_room(),
        };
        let truncated = truncated(parts, left, &how);
        let notes = self.call.notes(&self.notes);
        let text = self.call.text(None, &notes, &[], &blocks, &truncated);
        let structured = json!({
            "version": json::VERSION,
            "notes": notes,
            "documents": documents,
            "next": next,
            "truncated": truncated,
        });
        Shown { structured, text }
    }
}

impl Reading<'_> {
    fn block(&self, document: &Value) -> String {
        let mut quoted = words::titled(document);
        for passage in document["passages"].as_array().into_iter().flatten() {
            quoted.push_str(&format!("\n#{} {}", passage["number"], words::cut_text(passage)));
        }
        quoted.push_str(&format!("\ncite: {}", document["cite"].as_str().unwrap_or_default()));
        format!(
            "\n\n{} · {}\n{}",
            words::named(&document["id"]),
            words::dated(document),
            self.call.fence.around(&quoted)
        )
    }
}
