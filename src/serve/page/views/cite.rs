//! A document or a passage as a citation that can be checked again.

use maud::{Markup, html};

use super::reading::{Reading, parameters_here};
use crate::serve::page::parts::marks::harmless;
use crate::serve::page::parts::place;
use crate::serve::page::parts::visit::Visit;
use crate::serve::page::parts::words::Word;
use crate::serve::problem::Problem;
use crate::{Citation, CitationStyle, Evidence, Index, Prover};

/// The section that a link Cite leads to: of a passage, or of the whole document. The file is hashed here and nowhere else on a page, since it may be large.
pub(super) fn cite(
    visit: &Visit<'_>,
    index: &Index,
    reading: &Reading,
    passage: Option<usize>,
) -> Result<Markup, Problem> {
    let passage = passage.and_then(|number| reading.passages.get(number - 1));
    let document = &reading.document;
    let range = passage.map_or(0..document.text.len(), |passage| passage.range());
    let evidence = Prover::new(index)?.evidence(document, range.clone());
    let citation = || {
        let citation = Citation::of(document).accessed(visit.today());
        match passage {
            Some(passage) => citation.passage(passage.number()),
            None => citation,
        }
    };
    let words = passage.and_then(|passage| document.text.get(passage.range())).map(str::trim).unwrap_or_default();
    let plain = citation().write(CitationStyle::Plain);
    let others = CitationStyle::ALL.into_iter().filter(|style| *style != CitationStyle::Plain);
    let written: Vec<(CitationStyle, String)> =
        others.map(|style| (style, citation().evidence(evidence.clone()).write(style))).collect();
    let lang = document.language.map(crate::Language::code);
    Ok(html! {
        section #cite .cite .row aria-labelledby="cite-h" tabindex="-1" {
            p.lead.soft { @if let Some(passage) = passage { (visit.fill(Word::Passage, &[("n", &passage.number().to_string())])) } @else { (visit.say(Word::CiteWhole)) } }
            div {
                h2 #cite-h { (visit.say(Word::CiteHead)) }
                @if !words.is_empty() { blockquote.passage dir="auto" lang=[lang] { (harmless(words)) } }
                p #cite-text .citation dir="auto" { (harmless(&plain)) }
                (proof(visit, &evidence, passage.map(|passage| passage.number())))
                p.foot {
                    button #cite-copy type="button" hidden data-copy="#cite-text" { (visit.say(Word::Copy)) } " "
                    @if passage.is_some() {
                        a href={ (visit.document(&document.id, None, &parameters_here(visit).with("cite", "0"))) "#cite" } { (visit.say(Word::CiteWhole)) }
                    }
                }
                details {
                    summary { (visit.say(Word::OtherStyles)) }
                    dl.styles { @for (style, text) in &written { dt { (style.name()) } dd { pre dir="ltr" tabindex="0" { (harmless(text)) } } } }
                }
            }
        }
    })
}

/// What lets others find the words again.
fn proof(visit: &Visit<'_>, evidence: &Evidence, passage: Option<u32>) -> Markup {
    let number = |number: usize| visit.locale.number(number as u64);
    let locator = evidence.file.as_deref().map(place::short).unwrap_or_default();
    let inside = evidence.member.as_deref().map_or(String::new(), |member| format!(" {member}"));
    let file = harmless(&format!("{locator}{inside}"));
    let passage = passage.map_or_else(|| "–".to_owned(), |passage| passage.to_string());
    let (from, to) = (number(evidence.chars.0), number(evidence.chars.1));
    let text = |text: &str| html! { (text) };
    let place = html! { span.path dir="ltr" { (file) } };
    let places = [("place", place), ("passage", text(&passage)), ("a", text(&from)), ("b", text(&to))];
    let revision = evidence.revision.as_deref().unwrap_or_default();
    html! {
        p.evidence {
            (visit.put(Word::Evidence, &places)) " "
            @if let Some(sha) = &evidence.sha256 { (visit.put(Word::Sha, &[("sha", text(sha))])) " " }
            (visit.put(Word::EvidenceIds, &[("id", text(&harmless(&evidence.id))), ("revision", text(revision))]))
        }
    }
}
