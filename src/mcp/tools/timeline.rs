//! `dateline_timeline`: documents counted by time.

use serde_json::Value;

use crate::mcp::budget::{Room, Shown, Sizable};
use crate::mcp::filters::{search, shown_before};
use crate::mcp::parameter::{ABOUT, AFTER, FROM, Kind, LANG, MAX_CHARS, Parameter, QUERY, SOURCES, TO};
use crate::mcp::refusal::Refusal;
use crate::mcp::schema::{answer, list, notes as notes_schema, number, object, one_of, or_null, text};
use crate::mcp::shape::value;
use crate::mcp::tool::{Call, Tool, truncated};
use crate::mcp::words::quantity;
use crate::{Bucket, Timeline, Unit, json};

const UNITS: [&str; 4] = ["year", "month", "week", "day"];
const BY: Parameter = Parameter {
    name: "by",
    kind: Kind::Choice(&UNITS),
    about: "length of a step (month; year if there would be many)",
};
const MENTIONS: Parameter =
    Parameter { name: "mentions", kind: Kind::Flag, about: "count the days texts speak of too" };

/// The most months that are listed, unless months are asked for.
const MONTHS: usize = 60;

pub(super) const TOOL: Tool = Tool {
    name: "dateline_timeline",
    title: "Count documents by time",
    about: "When the archive speaks of something: matching documents by year, month, week or day, exactly.",
    parameters: &[QUERY, FROM, TO, ABOUT, SOURCES, LANG, BY, MENTIONS, MAX_CHARS, AFTER],
    example: r#"{"query": "harbour fire", "by": "month"}"#,
    schema,
    run,
};

fn schema() -> Value {
    let bucket = object(&[("label", text()), ("start", text()), ("documents", number())], &[("mentioned", number())]);
    let always = [
        ("read_as", text()),
        ("notes", notes_schema()),
        ("unit", one_of(&UNITS)),
        ("total", number()),
        ("undated", number()),
        ("coarse", number()),
        ("buckets", list(bucket)),
        ("next", or_null(text())),
    ];
    answer(&always, &[("mentions", object(&[("coarse", number()), ("silent", number())], &[]))])
}

fn run(call: &Call<'_>) -> Result<Shown, Refusal> {
    let unit = call.arguments.choice(&BY)?.map(|typed| match typed {
        "year" => Unit::Year,
        "week" => Unit::Week,
        "day" => Unit::Day,
        _ => Unit::Month,
    });
    let before = shown_before(&call.arguments)?;
    let with_mentions = call.arguments.flag(MENTIONS.name)?;
    let (search, read) = search(call)?;
    let count = |unit: Unit| {
        let search = search.clone();
        if with_mentions { search.mentions_timeline(unit) } else { search.timeline(unit) }
    };
    let mut timeline = count(unit.unwrap_or(Unit::Month))?;
    if unit.is_none() && timeline.buckets.len() > MONTHS {
        timeline = count(Unit::Year)?;
    }
    timeline.notes.splice(0..0, read);
    call.fitted(&Steps { call, before, notes: call.notes(&timeline.notes), timeline })
}

struct Steps<'a> {
    call: &'a Call<'a>,
    /// Steps that answers before this one listed.
    before: usize,
    timeline: Timeline,
    notes: Value,
}

impl Sizable for Steps<'_> {
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
        let timeline = &self.timeline;
        let buckets = &self.listed()[..room.parts.min(self.parts())];
        let left = self.parts() - buckets.len();
        let next = (left > 0 && !buckets.is_empty()).then(|| (self.before + buckets.len()).to_string());
        let how = match &next {
            // The step is named, since the number of steps chose it.
            Some(next) => self.call.again(&[(BY.name, value(&timeline.unit)), (AFTER.name, next.as_str().into())]),
            None => self.call.with_more_room(),
        };
        let truncated = truncated(left, 0, &how);
        let read_as = self.call.read_as(&timeline.read_as);
        let head = Timeline { buckets: buckets.to_vec(), notes: Vec::new(), ..timeline.clone() };
        let mut structured = value(&head);
        structured["version"] = json::VERSION.into();
        structured["read_as"] = read_as.as_str().into();
        structured["notes"] = self.notes.clone();
        structured["next"] = next.into();
        structured["truncated"] = truncated.clone();
        let mut lines = vec![self.counts().join(" · ")];
        lines.extend(buckets.iter().map(line));
        let text = self.call.text(Some(&read_as), &self.notes, &lines, "", &truncated);
        Shown { structured, text }
    }
}

impl Steps<'_> {
    fn listed(&self) -> &[Bucket] {
        self.timeline.buckets.get(self.before..).unwrap_or_default()
    }

    fn counts(&self) -> Vec<String> {
        let timeline = &self.timeline;
        let mut counts = vec![quantity(timeline.total, "document"), format!("{} undated", timeline.undated)];
        if timeline.coarse > 0 {
            counts.push(format!("{} dated too coarsely for these steps", timeline.coarse));
        }
        if let Some(mentions) = &timeline.mentions {
            counts.push(format!("{} speak of no day", mentions.silent));
            counts.push(format!("{} speak of longer times than a step", mentions.coarse));
        }
        counts
    }
}

fn line(bucket: &Bucket) -> String {
    let mentioned = bucket.mentioned.map_or(String::new(), |mentioned| format!(" · spoken of in {mentioned}"));
    format!("{} {}{mentioned}", bucket.label, bucket.documents)
}
