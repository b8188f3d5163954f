//! A tool, and a call of one.

use serde_json::{Map, Value, json};

use super::arguments::Arguments;
use super::budget::{Shown, Sizable, fit};
use super::clean::{clean_all, clean_line};
use super::fence::Fence;
use super::parameter::{DETAIL, MAX_CHARS, MOST_CHARS, Parameter};
use super::refusal::Refusal;
use super::shape::notes as notes_within;
use super::words::note_lines;
use crate::{Date, Index, Note};

/// The longest arguments that are repeated whole, in bytes.
const REPEATED: usize = 300;

/// A tool: what clients are told of it, and what answers a call.
#[derive(Debug)]
pub(super) struct Tool {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    pub(super) parameters: &'static [Parameter],
    /// The arguments of a call that works, as JSON.
    pub(super) example: &'static str,
    pub(super) schema: fn() -> Value,
    pub(super) run: fn(&Call<'_>) -> Result<Shown, Refusal>,
}

/// A call of a tool.
pub(super) struct Call<'a> {
    pub(super) tool: &'static Tool,
    pub(super) index: &'a Index,
    pub(super) arguments: Arguments,
    pub(super) today: Date,
    /// The most characters of the answer.
    pub(super) most: usize,
    /// Set if the answer is to have all that is known.
    pub(super) is_full: bool,
    /// What keeps the words of documents apart from ours in this answer.
    pub(super) fence: Fence,
}

impl Tool {
    /// The JSON Schema of its arguments.
    pub(super) fn input(&self) -> Map<String, Value> {
        let properties: Map<String, Value> =
            self.parameters.iter().map(|parameter| (parameter.name.to_owned(), parameter.schema())).collect();
        let mut schema = Map::new();
        schema.insert("type".into(), "object".into());
        schema.insert("properties".into(), properties.into());
        schema.insert("additionalProperties".into(), false.into());
        schema
    }

    /// The JSON Schema of its answers.
    pub(super) fn output(&self) -> Map<String, Value> {
        match (self.schema)() {
            Value::Object(schema) => schema,
            _ => Map::new(),
        }
    }

    /// Answers a call with these arguments.
    pub(super) fn call(
        &'static self,
        index: &Index,
        given: &Map<String, Value>,
        today: Date,
        most: usize,
    ) -> Result<Shown, Refusal> {
        let arguments = Arguments::read(self.parameters, given)?;
        let most = arguments.number(&MAX_CHARS)?.map_or(most, |chars| chars as usize);
        let is_full = arguments.choice(&DETAIL)? == Some("full");
        (self.run)(&Call { tool: self, index, arguments, today, most, is_full, fence: Fence::new() })
    }

    /// A refusal as text: what was wrong, what is allowed, and an example.
    pub(super) fn explain(&self, refusal: &Refusal) -> String {
        let stop = if refusal.what.ends_with('?') { "" } else { "." };
        let mut text = format!("Error: {}{stop}", refusal.what);
        if let Some(allowed) = &refusal.allowed {
            text.push_str(&format!("\nAllowed: {allowed}."));
        }
        if refusal.is_wrong_call() {
            text.push_str(&format!("\nExample: {} {}", self.name, self.example));
        }
        text
    }
}

impl Call<'_> {
    /// The call again with other arguments, as text. Of a long call only what changes is repeated.
    pub(super) fn again(&self, changes: &[(&'static str, Value)]) -> String {
        let whole = self.arguments.with(changes).to_string();
        if whole.len() <= REPEATED {
            return format!("{} {whole}", self.tool.name);
        }
        let changes: Map<String, Value> = changes.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
        format!("{} {}, with the other arguments as they were", self.tool.name, Value::from(changes))
    }

    /// What gets more of the answer: the call again with twice the room, or less to ask for where there is no more room.
    pub(super) fn with_more_room(&self) -> String {
        let most = MOST_CHARS as usize;
        if self.most >= most {
            return "ask a narrower question, or for fewer at once: no answer has more room".into();
        }
        self.again(&[(MAX_CHARS.name, (self.most * 2).min(most).into())])
    }

    /// The answer in as much room as the call allows. Fails if not even its frame fits.
    pub(super) fn fitted(&self, answer: &impl Sizable) -> Result<Shown, Refusal> {
        self.finished(fit(answer, self.most).1)
    }

    /// An answer that was fitted, ready to be sent. Fails if not even its frame fits.
    pub(super) fn finished(&self, mut shown: Shown) -> Result<Shown, Refusal> {
        clean_all(&mut shown.structured);
        let size = shown.size();
        if size > self.most {
            let what = format!("the answer does not fit into max_chars {}, even without its texts", self.most);
            return Err(Refusal::new(what, format!("max_chars from {size}, or a narrower question")));
        }
        Ok(shown)
    }

    /// How a question was read, cut where it would take more than an eighth of the room.
    pub(super) fn read_as(&self, read_as: &str) -> String {
        clean_line(read_as, self.most / 8)
    }

    /// Notes as objects, the first ones within an eighth of the room; the rest are counted.
    pub(super) fn notes(&self, notes: &[Note]) -> Value {
        notes_within(notes, self.most / 8)
    }

    /// The answer as text: how the question was read, the notes on it, lines of our own, `blocks` with the words of
    /// documents in their fences, and what is left out. How fences are read stands before the first of them.
    pub(super) fn text(
        &self,
        read_as: Option<&str>,
        notes: &Value,
        lines: &[String],
        blocks: &str,
        left: &Value,
    ) -> String {
        let read_as = read_as.map(|read_as| format!("read as: {}", clean_line(read_as, 500)));
        let (ours, archives) = note_lines(notes);
        let mut text: Vec<String> = read_as.into_iter().chain(ours).chain(lines.iter().cloned()).collect();
        if !archives.is_empty() || !blocks.is_empty() {
            text.push(self.fence.legend());
        }
        if !archives.is_empty() {
            text.push(self.fence.around(&archives.join("\n")));
        }
        format!("{}{blocks}{}", text.join("\n"), told(left))
    }
}

/// What an answer leaves out, as its `truncated`: null if nothing.
pub(super) fn truncated(parts: usize, chars: usize, how: &str) -> Value {
    let why = match (parts, chars) {
        (0, 0) => return Value::Null,
        (0, _) => "texts were cut to fit max_chars",
        _ => "not all fits into max_chars",
    };
    json!({"why": why, "left": {"parts": parts, "chars": chars}, "how": how})
}

/// The same as a line of text; empty if nothing is left out.
fn told(truncated: &Value) -> String {
    let left = |name: &str| truncated["left"][name].as_u64().unwrap_or(0);
    match truncated["how"].as_str() {
        None => String::new(),
        Some(how) => {
            let parts = if left("parts") > 0 { format!("{} more, ", left("parts")) } else { String::new() };
            format!("\nleft out: {parts}{} characters; get them: {how}", left("chars"))
        }
    }
}
