//! `/api/v1/documents/ID` and what is below it, `/api/v1/diff/ID/ID`: single documents.

use super::call::{Call, Form, object};
use crate::json::{DiffReport, DocumentReport};
use crate::serve::named::{document, document_or_passage};
use crate::serve::problem::Problem;
use crate::serve::reply::{JSON, Reply, TEXT};
use crate::text::tame;
use crate::{Citation, CitationStyle, Document, TextDiff};

pub(super) const PASSAGE: [&str; 1] = ["context"];
pub(super) const CITATION: [&str; 3] = ["style", "passage", "accessed"];

pub(super) fn show(call: &Call<'_>, id: &str) -> Result<Reply, Problem> {
    call.form(&[Form::Json])?;
    call.only(&[&PASSAGE])?;
    let (document, passage) = document_or_passage(call.index, id)?;
    match passage {
        None => object(&DocumentReport::shown(&document, &document.passages())),
        Some(number) => some_of(call, &document, number),
    }
}

pub(super) fn passage(call: &Call<'_>, id: &str, number: &str) -> Result<Reply, Problem> {
    call.form(&[Form::Json])?;
    call.only(&[&PASSAGE])?;
    let document = document(call.index, id)?;
    let missing = |_| Problem::new("no-such-document", format!("document {} has no such passage", document.id));
    some_of(call, &document, number.parse().map_err(missing)?)
}

/// A document with one of its passages, and those around it.
fn some_of(call: &Call<'_>, document: &Document, number: u32) -> Result<Reply, Problem> {
    let all = document.passages();
    if !all.iter().any(|passage| passage.number() == number) {
        let detail = format!("document {} has {} passages, and no passage {number}", document.id, all.len());
        return Err(Problem::new("no-such-document", detail));
    }
    let context = call.parameters.number("context")?.unwrap_or(0) as u32;
    let near = number.saturating_sub(context)..=number.saturating_add(context);
    let passages: Vec<_> = all.into_iter().filter(|passage| near.contains(&passage.number())).collect();
    object(&DocumentReport::shown(document, &passages))
}

/// The story that a document stands in: who has its text as well.
pub(super) fn copies(call: &Call<'_>, id: &str) -> Result<Reply, Problem> {
    call.form(&[Form::Json])?;
    call.only(&[])?;
    let document = document(call.index, id)?;
    object(&call.index.story_of(&document)?)
}

pub(super) fn diff(call: &Call<'_>, old: &str, new: &str) -> Result<Reply, Problem> {
    call.form(&[Form::Json])?;
    call.only(&[])?;
    let (old, new) = (document(call.index, old)?, document(call.index, new)?);
    object(&DiffReport::new(&old, &new, &TextDiff::of(&old.text, &new.text)))
}

/// A document or passage in a style of citation: the bytes that `dateline cite` prints.
pub(super) fn citation(call: &Call<'_>, id: &str) -> Result<Reply, Problem> {
    call.only(&[&CITATION])?;
    let (document, named) = document_or_passage(call.index, id)?;
    let style = call.style("style")?.unwrap_or_default();
    let mut citation = Citation::of(&document);
    let asked = match call.parameters.get("passage") {
        None => named,
        Some(typed) => {
            let wrong = |_| Problem::parameter("passage", "it is no number", "the number of a passage, from 1");
            Some(typed.trim().parse().map_err(wrong)?)
        }
    };
    if let Some(number) = asked {
        if !document.passages().iter().any(|passage| passage.number() == number) {
            let detail = format!("document {} has no passage {number}", document.id);
            return Err(Problem::new("no-such-document", detail));
        }
        citation = citation.passage(number);
    }
    if let Some(day) = call.parameters.read("accessed")? {
        citation = citation.accessed(day);
    }
    let written = citation.write(style);
    Ok(match style {
        // Reference managers expect a list.
        CitationStyle::CslJson => Reply::new(JSON, format!("[{written}]\n")),
        style if style.is_json() => Reply::new(JSON, tame(&written) + "\n"),
        _ => Reply::new(TEXT, tame(&written) + "\n"),
    })
}
