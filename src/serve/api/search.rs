//! `/api/v1/search`, `/api/v1/first`: hits.

use super::call::{Call, Form, lines, object, table};
use crate::serve::parameters::{CONDITIONS, LISTING, Parameters};
use crate::serve::problem::Problem;
use crate::serve::reply::Reply;
use crate::{Citation, Hit};

/// The parameters of `/api/v1/first` besides the conditions.
pub(super) const FIRST: [&str; 3] = ["limit", "expand", "cite"];

pub(super) fn search(call: &Call<'_>) -> Result<Reply, Problem> {
    call.only(&[&CONDITIONS, &LISTING])?;
    let form = call.form(&[Form::Json, Form::Lines, Form::Csv])?;
    // A table has no place for copies, so there they have rows of their own.
    let parameters = match form {
        Form::Csv => &call.parameters.with("no-collapse", "1"),
        Form::Json | Form::Lines => call.parameters,
    };
    let (search, notes) = parameters.search(call.index)?;
    let mut results = search.run()?;
    results.notes.splice(0..0, notes);
    cite(call, results.hits.iter_mut())?;
    let reply = match form {
        Form::Lines => lines(&results.hits)?,
        Form::Csv => table(&results),
        Form::Json => object(&results)?,
    };
    match results.next {
        None => Ok(reply),
        Some(next) => Ok(continued(call, reply, &next.to_string(), &parameters.cursor_text(call.index, next)?)),
    }
}

/// The answer with the cursor of the command replaced by one that names question and state, and with a link to the next
/// page.
fn continued(call: &Call<'_>, mut reply: Reply, next: &str, cursor: &str) -> Reply {
    // A line break stands in no string of JSON, so this is the answer's own field, on the level of the answer.
    reply.replace(&format!("\n  \"next\": \"{next}\""), &format!("\n  \"next\": \"{cursor}\""));
    let query = call.parameters.with("after", cursor).to_query();
    reply.header("link", format!("<{}?{query}>; rel=\"next\"", call.path))
}

pub(super) fn first(call: &Call<'_>) -> Result<Reply, Problem> {
    call.only(&[&CONDITIONS, &FIRST])?;
    call.form(&[Form::Json])?;
    let parameters = or(call.parameters, "limit", "5");
    let (search, notes) = parameters.search(call.index)?;
    let mut report = search.first()?;
    report.notes.splice(0..0, notes);
    cite(call, report.documents.iter_mut().map(|document| &mut document.hit))?;
    object(&report)
}

/// The parameters with a value for one that has none.
pub(super) fn or(parameters: &Parameters, name: &str, value: &str) -> Parameters {
    if parameters.get(name).is_some() { parameters.clone() } else { parameters.with(name, value) }
}

fn cite<'h>(call: &Call<'_>, hits: impl Iterator<Item = &'h mut Hit>) -> Result<(), Problem> {
    if let Some(style) = call.style("cite")? {
        hits.for_each(|hit| hit.cite = Some(Citation::of_hit(hit).write(style)));
    }
    Ok(())
}
