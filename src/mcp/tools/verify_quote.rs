//! `dateline_verify_quote`: whether quotes stand in the archive as they are quoted.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::mcp::arguments::{LONGEST, at_most, is_absent, missing, plain};
use crate::mcp::budget::{Room, Shown, Sizable};
use crate::mcp::clean::clean_line;
use crate::mcp::filters::{DATES, shown_before};
use crate::mcp::parameter::{AFTER, DETAIL, Kind, MAX_CHARS, Parameter};
use crate::mcp::refusal::Refusal;
use crate::mcp::schema::{
    answer, doubts, flag, list, notes as notes_schema, number, number_or_null, object, one_of, or_null, precision,
    range, text, text_or_null,
};
use crate::mcp::shape::{Text, picked, titled, value};
use crate::mcp::tool::{Call, Tool, truncated};
use crate::mcp::words;
use crate::text::{nearest, repeated};
use crate::{CheckedQuote, Date, Quote, QuoteCheck, QuotePlace, QuoteReport, QuoteStatus, json, parse_dates};

const QUOTES: Parameter = Parameter {
    name: "quotes",
    kind: Kind::Quotes,
    about: "the words as quoted, or {text, ref, source, date} with what is claimed",
};

/// The most quotes of one call.
const MOST: usize = 50;
/// The longest quote, in characters.
const LONGEST_QUOTE: usize = 20_000;
/// How a quote may be given.
const QUOTE: &str = "the words, or an object with text, ref, source, date";
/// Places that a concise answer names of each quote; all are counted.
const PLACES: usize = 3;
/// A quote is left out before its texts are cut below this.
const LEAST: usize = 120;

const QUOTE_KEYS: [&str; 7] = ["number", "text", "status", "grave", "differences", "total", "distinct"];
const DIFFERENCE_KEYS: [&str; 5] = ["class", "grave", "accepted", "quoted", "source"];
const PLACE_KEYS: [&str; 11] =
    ["ref", "date", "date_precision", "doubt", "source", "title", "passage", "text", "copies", "as_claimed", "cite"];

pub(super) const TOOL: Tool = Tool {
    name: "dateline_verify_quote",
    title: "Verify quotes",
    about: "Whether quotes stand word for word in the archive, and where first. status: exact, typographic, elided and \
            bracketed pass; altered, elsewhere, not-found do not. Use it for every quote before you write it.",
    parameters: &[QUOTES, DETAIL, MAX_CHARS, AFTER],
    example: r#"{"quotes": ["destroying 83 boats and two net lofts"]}"#,
    schema,
    run,
};

fn schema() -> Value {
    let difference = object(
        &[("class", text()), ("grave", flag()), ("accepted", flag()), ("quoted", text()), ("source", text())],
        &[("quote_chars", range()), ("source_chars", range())],
    );
    let place = object(
        &[
            ("ref", text()),
            ("date", text_or_null()),
            ("date_precision", precision()),
            ("doubt", doubts()),
            ("source", text_or_null()),
            ("title", text_or_null()),
            ("passage", number()),
            ("text", text()),
            ("copies", number()),
            ("as_claimed", flag()),
            ("cite", text()),
        ],
        &[("file", text_or_null()), ("chars", range())],
    );
    let gap = [("text", text()), ("chars", range()), ("put_in", text_or_null()), ("across_sentences", flag())];
    let statuses: Vec<&str> = QuoteStatus::ALL.iter().map(|status| status.name()).collect();
    let quote = object(
        &[
            ("number", number()),
            ("text", text()),
            ("status", one_of(&statuses)),
            ("grave", flag()),
            ("differences", list(difference)),
            ("total", number()),
            ("distinct", number()),
            ("places", list(place.clone())),
            ("nearest", or_null(place)),
        ],
        &[("line", number_or_null()), ("gaps", list(object(&gap, &[])))],
    );
    let always = [
        ("revision", text()),
        ("checked", number()),
        ("passed", number()),
        ("grave", number()),
        ("notes", notes_schema()),
        ("quotes", list(quote)),
        ("next", or_null(text())),
    ];
    answer(&always, &[])
}

fn run(call: &Call<'_>) -> Result<Shown, Refusal> {
    let typed = call.arguments.items(QUOTES.name).ok_or_else(|| missing(QUOTES.name))?;
    at_most(QUOTES.name, typed.len(), MOST)?;
    let quotes: Vec<Quote> = typed.iter().map(|typed| quote(typed, call.today)).collect::<Result<_, _>>()?;
    let before = shown_before(&call.arguments)?;
    let report = QuoteCheck::new(call.index).run(quotes)?;
    call.fitted(&Checked { call, before, notes: call.notes(&report.notes), report })
}

/// A quote as a call gives it: its words, or an object with what is claimed of it. Nothing of it is passed over: a claim
/// that is not read would be verified unseen.
fn quote(typed: &Value, today: Date) -> Result<Quote, Refusal> {
    let Value::Object(fields) = typed else {
        let words = words_of("text", typed, LONGEST_QUOTE)?;
        return words.map(Quote::new).ok_or_else(|| Refusal::new("a quote is empty", QUOTE));
    };
    let mut claims = BTreeMap::new();
    for (name, value) in fields {
        let known = claim(name)?;
        let longest = if known == "text" { LONGEST_QUOTE } else { LONGEST };
        let Some(value) = words_of(known, value, longest)? else { continue };
        if claims.insert(known, value.clone()).is_some_and(|former| former != value) {
            return Err(Refusal::new(format!("`{known}` of a quote is given twice, with different values"), QUOTE));
        }
    }
    let text = claims.remove("text").ok_or_else(|| Refusal::new("a quote has no `text`", QUOTE))?;
    let mut quote = Quote::new(text);
    for (name, value) in claims {
        quote = match name {
            "ref" => quote.document(value),
            "source" => quote.source(value),
            _ => {
                let read = parse_dates(&value, today);
                quote.dates(read.map_err(|error| Refusal::new(format!("`date`: {}", error.message()), DATES))?.range)
            }
        };
    }
    Ok(quote)
}

/// The words of a value of a quote; none where it is null or empty.
fn words_of(name: &str, value: &Value, longest: usize) -> Result<Option<String>, Refusal> {
    if matches!(value, Value::Bool(_) | Value::Array(_) | Value::Object(_)) {
        return Err(Refusal::new(format!("`{name}` of a quote is {}", repeated(&value.to_string())), QUOTE));
    }
    if is_absent(name, value) {
        return Ok(None);
    }
    plain(name, value, longest).map(|words| Some(words.trim().to_owned()))
}

/// The claim that a name means.
fn claim(name: &str) -> Result<&'static str, Refusal> {
    const NAMES: [(&str, &[&str]); 4] = [
        ("text", &["quote", "words"]),
        ("ref", &["id", "document"]),
        ("source", &["publisher"]),
        ("date", &["day", "on"]),
    ];
    let known = NAMES.iter().find(|(known, others)| *known == name || others.contains(&name));
    known.map(|(known, _)| *known).ok_or_else(|| {
        let meant = nearest(name, NAMES.iter().map(|(name, _)| *name));
        let meant = meant.map_or(String::new(), |name| format!("; did you mean `{name}`?"));
        Refusal::new(format!("a quote has no {}{meant}", repeated(name)), QUOTE)
    })
}

struct Checked<'a> {
    call: &'a Call<'a>,
    /// Quotes that answers before this one told.
    before: usize,
    report: QuoteReport,
    notes: Value,
}

impl Checked<'_> {
    fn listed(&self) -> &[CheckedQuote] {
        self.report.quotes.get(self.before..).unwrap_or_default()
    }

    /// The places of a quote that are shown.
    fn places<'q>(&self, quote: &'q CheckedQuote) -> &'q [QuotePlace] {
        let most = if self.call.is_full { quote.places.len() } else { PLACES.min(quote.places.len()) };
        &quote.places[..most]
    }

    /// A quote with each text in at most `chars` characters, and how many were cut off.
    fn quote(&self, quote: &CheckedQuote, chars: usize) -> (Value, usize) {
        let mut left = 0;
        let mut cut = |words: &str| {
            let text = Text::of(words, chars);
            left += text.left;
            text.shown
        };
        let mut shown = value(quote);
        shown["text"] = cut(&quote.text).into();
        let mut place = |place: &QuotePlace| {
            let mut shown = value(place);
            shown["text"] = cut(&place.text).into();
            shown["title"] = titled(place.title.as_deref());
            shown["cite"] = clean_line(&place.cite, 600).into();
            if self.call.is_full { shown } else { picked(shown, &PLACE_KEYS) }
        };
        let places: Vec<Value> = self.places(quote).iter().map(&mut place).collect();
        let nearest = quote.nearest.as_ref().map_or(Value::Null, &mut place);
        if !self.call.is_full {
            let differences = quote.differences.iter().map(|one| picked(value(one), &DIFFERENCE_KEYS));
            shown["differences"] = differences.collect();
            shown = picked(shown, &QUOTE_KEYS);
        }
        shown["places"] = places.into();
        shown["nearest"] = nearest;
        (shown, left)
    }

    fn block(&self, quote: &Value) -> String {
        let mut facts = vec![quote["status"].as_str().unwrap_or_default().to_owned()];
        if quote["grave"].as_bool() == Some(true) {
            facts.push("grave".into());
        }
        let differences: Vec<&Value> = quote["differences"].as_array().into_iter().flatten().collect();
        let mut classes: Vec<&str> = differences.iter().filter_map(|one| one["class"].as_str()).collect();
        classes.dedup();
        facts.extend(classes.into_iter().map(str::to_owned));
        let total = quote["total"].as_u64().unwrap_or(0);
        facts.push(format!("in {}", words::quantity(total, "document")));
        let mut lines = vec![format!("{}. {}", quote["number"], facts.join(" · "))];
        let mut quoted = vec![format!("quote: {}", clean_line(quote["text"].as_str().unwrap_or_default(), usize::MAX))];
        for one in differences {
            let word = |name: &str| clean_line(one[name].as_str().unwrap_or_default(), 200);
            let class = one["class"].as_str().unwrap_or_default();
            quoted.push(format!("{class}: \"{}\" where the source has \"{}\"", word("quoted"), word("source")));
        }
        let status = QuoteStatus::ALL.into_iter().find(|status| Some(status.name()) == quote["status"].as_str());
        let how = if status.is_some_and(|status| status.passes(false)) { "stands" } else { "differs from" };
        let places = quote["places"].as_array().into_iter().flatten().map(|place| (how, place));
        for (how, place) in places.chain(quote["nearest"].as_object().map(|_| ("nearest, no match", &quote["nearest"])))
        {
            let claimed = if place["as_claimed"].as_bool() == Some(false) { ", not as claimed" } else { "" };
            let copies = match place["copies"].as_u64().unwrap_or(0) {
                0 => String::new(),
                copies => format!(", {copies} only repeat it"),
            };
            let id = format!("{}#{}", words::named(&place["ref"]), place["passage"]);
            let date = place["date"].as_str().unwrap_or("undated");
            lines.push(format!("   {how}: {id} · {date}{copies}{claimed}"));
            let text = clean_line(place["text"].as_str().unwrap_or_default(), usize::MAX);
            quoted.push(format!("{id}: {text}\n  cite: {}", place["cite"].as_str().unwrap_or_default()));
        }
        format!("\n\n{}\n{}", lines.join("\n"), self.call.fence.around(&quoted.join("\n")))
    }
}

impl Sizable for Checked<'_> {
    fn parts(&self) -> usize {
        self.listed().len()
    }

    fn least(&self) -> usize {
        LEAST
    }

    fn longest(&self) -> usize {
        let texts = |quote: &CheckedQuote| {
            let places = self.places(quote).iter().chain(&quote.nearest).map(|place| place.text.chars().count());
            places.chain([quote.text.chars().count()]).max().unwrap_or(0)
        };
        self.listed().iter().map(texts).max().unwrap_or(0).min(self.call.most)
    }

    fn show(&self, room: Room) -> Shown {
        let report = &self.report;
        let (mut left, mut quotes, mut blocks) = (0, Vec::new(), String::new());
        for quote in self.listed().iter().take(room.parts) {
            let (shown, cut_off) = self.quote(quote, room.chars);
            left += cut_off;
            blocks.push_str(&self.block(&shown));
            quotes.push(shown);
        }
        let parts = self.listed().len() - quotes.len();
        let next = (parts > 0 && !quotes.is_empty()).then(|| (self.before + quotes.len()).to_string());
        let how = match &next {
            Some(next) => self.call.again(&[(AFTER.name, next.as_str().into())]),
            None => self.call.with_more_room(),
        };
        let truncated = truncated(parts, left, &how);
        let counts = format!("{} of {} pass, {} differ gravely", report.passed, report.checked, report.grave);
        let text = self.call.text(None, &self.notes, &[counts], &blocks, &truncated);
        let structured = json!({
            "version": json::VERSION,
            "revision": report.revision,
            "checked": report.checked,
            "passed": report.passed,
            "grave": report.grave,
            "notes": self.notes,
            "quotes": quotes,
            "next": next,
            "truncated": truncated,
        });
        Shown { structured, text }
    }
}
