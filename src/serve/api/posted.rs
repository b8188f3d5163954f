//! `POST /api/v1/batch`, `POST /api/v1/verify-quote`: what is too long for an address. Nothing changes by it.

use super::call::{Call, Form, lines, object, table};
use crate::json::BatchRow;
use crate::serve::parameters::{CONDITIONS, MOST};
use crate::serve::problem::Problem;
use crate::serve::reply::Reply;
use crate::{DateRange, Draft, Question, Questions, Quote, QuoteCheck, Results};

/// The addresses that take a body.
pub(super) const POSTED: [&str; 2] = ["batch", "verify-quote"];

pub(super) const VERIFY: [&str; 9] = ["ref", "source", "on", "from", "to", "min", "places", "cite", "today"];

/// Questions, one a line, as `dateline batch` takes them.
pub(super) fn batch(call: &Call<'_>) -> Result<Reply, Problem> {
    let known: Vec<&str> = CONDITIONS.iter().copied().filter(|name| *name != "q").collect();
    call.only(&[&known])?;
    let form = call.form(&[Form::Lines, Form::Csv])?;
    // A condition that cannot be read is wrong for all questions.
    let _ = call.parameters.conditions(call.index, "")?;
    let questions: Vec<Question> = Questions::new(call.body).take(MOST + 1).collect::<Result<_, _>>()?;
    if questions.len() > MOST {
        return Err(Problem::new("too-large", format!("the body has more than {MOST} questions")));
    }
    let rows: Vec<BatchRow> = questions.iter().map(|question| row(call, question)).collect();
    if form == Form::Csv { Ok(table(rows.as_slice())) } else { lines(&rows) }
}

fn row(call: &Call<'_>, line: &Question) -> BatchRow {
    let results = ask(call, line).map_err(|problem| problem.detail);
    let is_answered = results.is_ok();
    let mut row = BatchRow::new(&line.id, &line.query, results.as_ref().map_err(String::as_str));
    if is_answered {
        row.notes.splice(0..0, line.note.clone());
        row.notes.dedup();
    }
    row
}

fn ask(call: &Call<'_>, line: &Question) -> Result<Results, Problem> {
    let (search, notes) = call.parameters.conditions(call.index, &line.query)?;
    let mut results = search.limit(1).count_sources(true).run()?;
    results.notes.splice(0..0, notes);
    Ok(results)
}

/// The quotes of a draft, checked as `dateline verify-quote` does.
pub(super) fn verify(call: &Call<'_>) -> Result<Reply, Problem> {
    call.only(&[&VERIFY])?;
    let form = call.form(&[Form::Json, Form::Lines, Form::Csv])?;
    let unreadable = |error: crate::Error| Problem {
        errors: Problem::from(&error).errors,
        ..Problem::new("bad-request", error.to_string())
    };
    let draft = Draft::from_bytes(call.body.to_vec()).map_err(unreadable)?;
    let dates = call.parameters.days(call.parameters.today()?, &mut Vec::new())?;
    let quotes: Vec<Quote> = draft.quotes.into_iter().map(|quote| claimed(call, quote, dates)).collect();
    let number = |name: &str, unless: usize| Ok::<usize, Problem>(call.parameters.number(name)?.unwrap_or(unless));
    let check = QuoteCheck::new(call.index).threads(1).minimum(number("min", 12)?).places(number("places", 10)?);
    let report = check.cite(call.style("cite")?.unwrap_or_default()).notes(draft.notes).run(quotes)?;
    match form {
        Form::Json => object(&report),
        Form::Lines => lines(&report.quotes),
        Form::Csv => Ok(table(&report)),
    }
}

/// A quote with what the parameters claim of it, unless the draft claims something else.
fn claimed(call: &Call<'_>, mut quote: Quote, dates: Option<DateRange>) -> Quote {
    quote.source = quote.source.or_else(|| call.parameters.get("source").map(str::to_owned));
    quote.document = quote.document.or_else(|| call.parameters.get("ref").map(str::to_owned));
    quote.dates = quote.dates.or(dates);
    quote
}
