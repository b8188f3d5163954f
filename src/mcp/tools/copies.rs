//! `dateline_copies`: who took over whose text, and which figures they changed.

use serde_json::{Value, json};

use crate::mcp::budget::{Room, Shown, Sizable};
use crate::mcp::filters::{search, shown_before};
use crate::mcp::parameter::{ABOUT, AFTER, DETAIL, FROM, Kind, LANG, LIMIT, MAX_CHARS, Parameter, QUERY, SOURCES, TO};
use crate::mcp::reference;
use crate::mcp::refusal::Refusal;
use crate::mcp::schema::{
    answer, copy as copy_schema, dated as dated_schema, list, notes as notes_schema, number, object, or_null, text,
};
use crate::mcp::shape::{copy, dated};
use crate::mcp::tool::{Call, Tool, truncated};
use crate::mcp::words::{self, quantity};
use crate::{CopyReport, Story, json};

const ONE: Parameter = Parameter { name: "ref", kind: Kind::Text, about: "ID of one document: its story alone" };

/// Stories of an answer, unless another number is asked for.
const STORIES: u64 = 3;
/// Copies that are read of each story of several.
const COPIES: usize = 20;

pub(super) const TOOL: Tool = Tool {
    name: "dateline_copies",
    title: "Copies and versions",
    about: "Who took over a text, in whole or in part, and which figures and dates they have otherwise: of one \
            document by ref, or of all that match.",
    parameters: &[ONE, QUERY, FROM, TO, ABOUT, SOURCES, LANG, LIMIT, DETAIL, MAX_CHARS, AFTER],
    example: r#"{"ref": "4647702e593d5af2"}"#,
    schema,
    run,
};

fn schema() -> Value {
    let story = [("lead", dated_schema()), ("copied", number()), ("copies", list(copy_schema()))];
    let always = [
        ("read_as", text()),
        ("notes", notes_schema()),
        ("total", number()),
        ("distinct", number()),
        ("stories", number()),
        ("listed", list(object(&story, &[]))),
        ("next", or_null(text())),
    ];
    answer(&always, &[])
}

fn run(call: &Call<'_>) -> Result<Shown, Refusal> {
    let before = shown_before(&call.arguments)?;
    let (report, is_one) = match call.arguments.text(ONE.name)? {
        Some(typed) => {
            refuse_conditions(call)?;
            (call.index.story_of(&reference::found(call.index, &typed)?.document)?, true)
        }
        None => {
            let limit = call.arguments.number(&LIMIT)?.unwrap_or(STORIES) as usize;
            let (search, read) = search(call)?;
            let mut report = search.limit(limit).offset(before).copies(COPIES).copy_report()?;
            report.notes.splice(0..0, read);
            (report, false)
        }
    };
    call.fitted(&Copies { call, before, is_one, notes: call.notes(&report.notes), report })
}

/// Refuses conditions beside `ref`, which names the document already: passed over, they would change nothing unseen.
fn refuse_conditions(call: &Call<'_>) -> Result<(), Refusal> {
    let conditions = [QUERY, FROM, TO, ABOUT, SOURCES, LANG, LIMIT].map(|parameter| parameter.name);
    match conditions.into_iter().find(|name| call.arguments.has(name)) {
        Some(name) => {
            Err(Refusal::new(format!("`{name}` stands beside `ref`"), "`ref` alone, or conditions without it"))
        }
        None => Ok(()),
    }
}

struct Copies<'a> {
    call: &'a Call<'a>,
    /// Stories, or copies of the one story, that answers before this one listed.
    before: usize,
    is_one: bool,
    report: CopyReport,
    notes: Value,
}

impl Copies<'_> {
    /// Copies of a story that answers before this one listed.
    fn skipped(&self) -> usize {
        if self.is_one { self.before } else { 0 }
    }

    /// The copies of a story that this answer may list.
    fn listed<'s>(&self, story: &'s Story) -> &'s [crate::Copied] {
        story.copies.get(self.skipped()..).unwrap_or_default()
    }

    /// What to hand back to go on: null if all has been told.
    fn next(&self, parts: usize, shown: usize) -> Option<String> {
        if self.is_one {
            let copies: usize = self.report.listed.iter().map(|story| self.listed(story).len()).sum();
            let shown = parts.saturating_sub(1);
            return (parts > 0 && shown < copies).then(|| (self.before + shown).to_string());
        }
        let told = self.before + shown;
        (shown > 0 && (told as u64) < self.report.stories).then(|| told.to_string())
    }
}

impl Sizable for Copies<'_> {
    fn parts(&self) -> usize {
        self.report.listed.iter().map(|story| 1 + self.listed(story).len()).sum()
    }

    fn least(&self) -> usize {
        0
    }

    fn longest(&self) -> usize {
        0
    }

    fn show(&self, room: Room) -> Shown {
        let (mut parts, mut listed, mut blocks) = (room.parts, Vec::new(), String::new());
        for story in &self.report.listed {
            if parts == 0 {
                break;
            }
            let copies: Vec<Value> =
                self.listed(story).iter().take(parts - 1).map(|one| copy(one, self.call.is_full)).collect();
            parts -= 1 + copies.len();
            let story =
                json!({"lead": dated(&story.lead, self.call.is_full), "copied": story.copied, "copies": copies});
            blocks.push_str(&self.block(&story));
            listed.push(story);
        }
        let left = self.parts() - room.parts.min(self.parts());
        let next = self.next(room.parts.min(self.parts()), listed.len());
        let go_on = next.as_ref().map(|next| self.call.again(&[(AFTER.name, next.as_str().into())]));
        let how = go_on.clone().filter(|_| self.is_one).unwrap_or_else(|| self.call.with_more_room());
        let truncated = truncated(left, 0, &how);
        let report = &self.report;
        let read_as = self.call.read_as(&report.read_as);
        let counts = [
            format!("{} ({} distinct)", quantity(report.total, "document"), report.distinct),
            format!("{} with copies or parts elsewhere", report.stories),
        ];
        let mut text = self.call.text(Some(&read_as), &self.notes, &[counts.join(" · ")], &blocks, &truncated);
        if let Some(go_on) = go_on.filter(|_| truncated.is_null()) {
            text.push_str(&format!("\nnext page: {go_on}"));
        }
        let structured = json!({
            "version": json::VERSION,
            "read_as": read_as,
            "notes": self.notes,
            "total": report.total,
            "distinct": report.distinct,
            "stories": report.stories,
            "listed": listed,
            "next": next,
            "truncated": truncated,
        });
        Shown { structured, text }
    }
}

impl Copies<'_> {
    /// The facts of a story, a line a copy, and in a fence the titles by their numbers.
    fn block(&self, story: &Value) -> String {
        let lead = &story["lead"];
        let others = match story["copied"].as_u64().unwrap_or(0) {
            1 => "1 other has its text".into(),
            others => format!("{others} others have its text"),
        };
        let mut facts = vec![format!("{} · {} · {others}", words::named(&lead["id"]), words::dated(lead))];
        let mut titles = vec![words::titled(lead)];
        for (copy, at) in story["copies"].as_array().into_iter().flatten().zip(self.skipped() + 1..) {
            let number = |name: &str| copy[name].as_u64().unwrap_or(0);
            let relation = copy["relation"].as_str().unwrap_or_default();
            let shares = format!("{} % of it there, {} % of that in it", number("share"), number("share_of_other"));
            let mut told = vec![words::named(&copy["id"]), words::dated(copy), format!("{relation}: {shares}")];
            told.extend(words::figures(copy));
            facts.push(format!("{at}. {}", told.join(" · ")));
            titles.push(format!("{at}. {}", words::titled(copy)));
        }
        format!("\n\n{}\n{}", facts.join("\n"), self.call.fence.around(&titles.join("\n")))
    }
}
