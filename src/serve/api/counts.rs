//! `/api/v1/timeline`, `/api/v1/sources`, `/api/v1/figures`, `/api/v1/compare`, `/api/v1/dates`, `/api/v1/copies`: what an
//! archive holds, counted.

use super::call::{Call, Form, lines, object, table};
use crate::serve::parameters::CONDITIONS;
use crate::serve::problem::{Problem, Wrong};
use crate::serve::reply::Reply;
use crate::{Doubt, Query, Reach, Unit, cite_comparison};

/// The most months of a timeline, unless months are asked for. Longer times are counted in years, as the command does.
const MONTHS: usize = 60;
/// The sources that a timeline tells one by one, unless it is asked for more or fewer.
const SPLIT: usize = 8;
const UNITS: [Unit; 4] = [Unit::Year, Unit::Month, Unit::Week, Unit::Day];

/// The parameters of each besides the conditions.
pub(super) const TIMELINE: [&str; 5] = ["by", "mentions", "share", "split", "limit"];
pub(super) const SOURCES: [&str; 1] = ["field"];
pub(super) const FIGURES: [&str; 2] = ["limit", "passages"];
pub(super) const COMPARE: [&str; 4] = ["near", "within", "limit", "cite"];
pub(super) const DATES: [&str; 4] = ["doubtful", "undated", "rule", "limit"];
pub(super) const COPIES: [&str; 3] = ["limit", "offset", "copies"];

pub(super) fn timeline(call: &Call<'_>) -> Result<Reply, Problem> {
    call.only(&[&CONDITIONS, &TIMELINE])?;
    let form = call.form(&[Form::Json, Form::Csv])?;
    let (mut search, notes) = call.parameters.search(call.index)?;
    search = search.shares(call.parameters.flag("share")?);
    let limit = call.parameters.number("limit")?;
    if call.parameters.choice("split", &["source"])?.is_some() {
        search = search.split_sources(limit.unwrap_or(SPLIT));
    }
    let mentions = call.parameters.flag("mentions")?;
    if mentions && call.parameters.has("split") {
        let detail = "days that documents speak of are not counted by source";
        return Err(Problem::parameter("split", detail, "leave out mentions, or split"));
    }
    let unit = call.parameters.choice("by", &["year", "month", "week", "day"])?;
    let unit = unit.and_then(|place| UNITS.get(place).copied());
    let count = |unit: Unit| {
        let search = search.clone();
        if mentions { search.mentions_timeline(unit) } else { search.timeline(unit) }
    };
    let mut timeline = count(unit.unwrap_or(Unit::Month))?;
    if unit.is_none() && timeline.buckets.len() > MONTHS {
        timeline = count(Unit::Year)?;
    }
    timeline.notes.splice(0..0, notes);
    if form == Form::Csv { Ok(table(&timeline)) } else { object(&timeline) }
}

pub(super) fn sources(call: &Call<'_>) -> Result<Reply, Problem> {
    call.only(&[&CONDITIONS, &SOURCES])?;
    let form = call.form(&[Form::Json, Form::Csv])?;
    let (search, notes) = call.parameters.search(call.index)?;
    if let Some(field) = call.parameters.get("field") {
        let mut report = search.field_report(field)?;
        report.notes.splice(0..0, notes);
        return if form == Form::Csv { Ok(table(&report)) } else { object(&report) };
    }
    let mut report = search.source_report()?;
    report.notes.splice(0..0, notes);
    if form == Form::Csv { Ok(table(&report)) } else { object(&report) }
}

pub(super) fn figures(call: &Call<'_>) -> Result<Reply, Problem> {
    call.only(&[&CONDITIONS, &FIGURES])?;
    let form = call.form(&[Form::Json, Form::Lines, Form::Csv])?;
    let limit = call.parameters.number("limit")?.unwrap_or(40);
    let passages = call.parameters.number("passages")?.unwrap_or(1);
    let (search, notes) = call.parameters.search(call.index)?;
    let mut report = search.limit(limit).passages(passages).figures()?;
    report.notes.splice(0..0, notes);
    match form {
        Form::Json => object(&report),
        Form::Lines => lines(&report.figures),
        Form::Csv => Ok(table(&report)),
    }
}

pub(super) fn compare(call: &Call<'_>) -> Result<Reply, Problem> {
    // `q` is given once for each question.
    let typed: Vec<&str> = call.parameters.all("q").collect();
    let rest = call.parameters.without("q", None);
    rest.only(&[&CONDITIONS[..], &COMPARE[..]].concat())?;
    let form = call.form(&[Form::Json, Form::Csv])?;
    if typed.len() < 2 {
        return Err(Problem::parameter(
            "q",
            "questions are compared with one another",
            "give it twice or more: q=83&q=71",
        ));
    }
    let today = call.parameters.today()?;
    let (search, _) = rest.conditions(call.index, "")?;
    let near = call.parameters.get("near").map(|near| Query::parse(near, today));
    let within = call.parameters.choice("within", &["sentence", "paragraph", "document"])?.unwrap_or(0);
    let asked = |typed: &&str| {
        let query = Query::parse(typed, today);
        match (&near, within) {
            (None, _) => query,
            (Some(near), 0) => query.near(near, Reach::Sentence),
            (Some(near), 1) => query.near(near, Reach::Paragraph),
            (Some(near), _) => query.and(near),
        }
    };
    let queries: Vec<Query> = typed.iter().map(asked).collect();
    let limit = call.parameters.number("limit")?.unwrap_or(40);
    let mut comparison = search.limit(limit).compare(queries)?;
    // A question is identified by what was typed for it alone.
    for (query, typed) in comparison.queries.iter_mut().zip(&typed) {
        query.query = (*typed).to_owned();
    }
    if let Some(style) = call.style("cite")? {
        cite_comparison(call.index, &mut comparison, style)?;
    }
    if form == Form::Csv { Ok(table(&comparison)) } else { object(&comparison) }
}

pub(super) fn dates(call: &Call<'_>) -> Result<Reply, Problem> {
    call.only(&[&CONDITIONS, &DATES])?;
    let form = call.form(&[Form::Json, Form::Lines, Form::Csv])?;
    let doubts = doubts(call)?;
    let (mut search, notes) = call.parameters.search(call.index)?;
    let has_rule = call.parameters.get("rule").is_some();
    let limit = call.parameters.number("limit")?;
    let lists = !doubts.is_empty() || has_rule || limit.is_some() || form == Form::Lines;
    for doubt in doubts {
        search = search.doubted(doubt);
    }
    for typed in call.parameters.all("rule") {
        search = search.date_rule(typed.parse().map_err(|error| Problem::of_parameter("rule", &error))?);
    }
    let mut report = search.limit(limit.unwrap_or(if lists { usize::MAX } else { 0 })).date_report()?;
    report.notes.splice(0..0, notes);
    match form {
        Form::Json => object(&report),
        Form::Lines => lines(&report.documents),
        Form::Csv if lists => Ok(table(report.documents.as_slice())),
        Form::Csv => Ok(table(report.rules.as_slice())),
    }
}

/// The doubts that documents are listed for: `doubtful=1` is any, and `undated=1` one of them.
fn doubts(call: &Call<'_>) -> Result<Vec<Doubt>, Problem> {
    let mut doubts = Vec::new();
    match call.parameters.get("doubtful") {
        None if call.parameters.has("doubtful") => doubts.extend(Doubt::ALL),
        None | Some("0" | "false" | "no" | "off") => {}
        Some("1" | "true" | "yes" | "on") => doubts.extend(Doubt::ALL),
        Some(named) => {
            for name in named.split(',') {
                let read = name.trim().parse();
                doubts.push(read.map_err(|error| Problem::of_parameter("doubtful", &error))?);
            }
        }
    }
    if call.parameters.flag("undated")? {
        doubts.push(Doubt::Undated);
    }
    Ok(doubts)
}

pub(super) fn copies(call: &Call<'_>) -> Result<Reply, Problem> {
    call.only(&[&CONDITIONS, &COPIES])?;
    let form = call.form(&[Form::Json, Form::Lines])?;
    let (search, notes) = call.parameters.search(call.index)?;
    let copies = call.parameters.number("copies")?.unwrap_or(usize::MAX);
    let offset = match call.parameters.get("offset").map(|typed| typed.trim().parse()) {
        None => 0,
        Some(Ok(offset)) => offset,
        Some(Err(_)) => {
            let wrong =
                Wrong { parameter: Some("offset".into()), detail: "it is no number".into(), ..Wrong::default() };
            return Err(Problem::new("bad-parameter", "`offset` is no number").with(wrong));
        }
    };
    let mut report = search.offset(offset).copies(copies).copy_report()?;
    report.notes.splice(0..0, notes);
    if form == Form::Lines { lines(&report.listed) } else { object(&report) }
}
