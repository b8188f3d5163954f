//! `dateline_timeline`: documents counted by time.

use serde_json::Value;

use crate::mcp::budget::{Room, Shown, Sizable};
use crate::mcp::filters::search;
use crate::mcp::parameter::{ABOUT, FROM, Kind, LANG, MAX_CHARS, Parameter, QUERY, SOURCES, TO};
use crate::mcp::refusal::Refusal;
use crate::mcp::schema::{answer, list, notes as notes_schema, number, object, one_of, text};
use crate::mcp::shape::value;
use crate::mcp::tool::{Call, Tool, told, truncated};
use crate::mcp::words::{self, quantity};
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
    parameters: &[QUERY, FROM, TO, ABOUT, SOURCES, LANG, BY, MENTIONS, MAX_CHARS],
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
    call.fitted(&Steps { call, notes: call.notes(&timeline.notes), timeline })
}

struct Steps<'a> {
    call: &'a Call<'a>,
    timeline: Timeline,
    notes: Value,
}

impl Sizable for Steps<'_> {
    fn parts(&self) -> usize {
        self.timeline.buckets.len()
    }

    fn least(&self) -> usize {
        0
    }

    fn longest(&self) -> usize {
        0
    }

    fn show(&self, room: Room) -> Shown {
        let timeline = &self.timeline;
        let buckets = &timeline.buckets[..room.parts.min(timeline.buckets.len())];
        let from = timeline.buckets.get(room.parts).map(|bucket| (FROM.name, Value::from(bucket.start.to_string())));
        let left = timeline.buckets.len() - buckets.len();
        let truncated = truncated(left, 0, &self.call.again(from.as_slice()));
        let read_as = self.call.read_as(&timeline.read_as);
        let head = Timeline { buckets: buckets.to_vec(), notes: Vec::new(), ..timeline.clone() };
        let mut structured = value(&head);
        structured["version"] = json::VERSION.into();
        structured["read_as"] = read_as.as_str().into();
        structured["notes"] = self.notes.clone();
        structured["truncated"] = truncated.clone();
        let mut text = words::head(&read_as, &self.notes, &self.counts());
        text.extend(buckets.iter().map(line));
        text.push_str(&told(&truncated));
        Shown { structured, text }
    }
}

impl Steps<'_> {
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
    format!("\n{} {}{mentioned}", bucket.label, bucket.documents)
}
