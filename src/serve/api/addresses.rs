//! What stands at which address, for the description of the interface.

use super::{counts, documents, posted, search};
use crate::serve::openapi::Described;
use crate::serve::parameters::{CONDITIONS, LISTING};

/// An address that answers with one object.
fn object(path: &'static str, about: &'static str, parameters: &[&[&'static str]], object: &'static str) -> Described {
    Described {
        path,
        about,
        parameters: parameters.concat(),
        object: Some(object),
        line: None,
        others: &[],
        is_posted: false,
    }
}

/// Every address below `/api/v1`, with its parameters and the types of its answers.
pub(in crate::serve) fn described() -> Vec<Described> {
    let csv: &[&str] = &["text/csv"];
    let conditions: &[&str] = &CONDITIONS;
    let without_q: Vec<&'static str> = CONDITIONS.into_iter().filter(|name| *name != "q").collect();
    vec![
        Described {
            line: Some("Hit"),
            others: csv,
            ..object("/api/v1/search", "ranked passages", &[conditions, &LISTING], "Results")
        },
        object("/api/v1/first", "where something stands first", &[conditions, &search::FIRST], "FirstReport"),
        Described {
            others: csv,
            ..object("/api/v1/timeline", "documents counted by time", &[conditions, &counts::TIMELINE], "Timeline")
        },
        Described {
            others: csv,
            ..object("/api/v1/sources", "documents counted by source", &[conditions, &counts::SOURCES], "SourceReport")
        },
        Described {
            line: Some("Figure"),
            others: csv,
            ..object("/api/v1/figures", "numbers given for a thing", &[conditions, &counts::FIGURES], "FiguresReport")
        },
        Described {
            others: csv,
            ..object(
                "/api/v1/compare",
                "what each source says, `q` by `q`",
                &[conditions, &counts::COMPARE],
                "Comparison",
            )
        },
        Described {
            line: Some("DatedDocument"),
            others: csv,
            ..object("/api/v1/dates", "how documents are dated", &[conditions, &counts::DATES], "DateReport")
        },
        Described {
            line: Some("Story"),
            ..object("/api/v1/copies", "who took over what", &[conditions, &counts::COPIES], "CopyReport")
        },
        object("/api/v1/documents/{id}", "a document", &[&documents::PASSAGE], "DocumentReport"),
        object(
            "/api/v1/documents/{id}/passages/{number}",
            "a document with one of its passages",
            &[&documents::PASSAGE],
            "DocumentReport",
        ),
        object("/api/v1/documents/{id}/copies", "the story that a document stands in", &[], "CopyReport"),
        Described {
            object: None,
            others: &["text/plain", "application/json"],
            ..object("/api/v1/documents/{id}/citation", "a citation", &[&documents::CITATION], "")
        },
        Described {
            object: None,
            others: &["application/octet-stream"],
            ..object("/api/v1/documents/{id}/original", "the file that a document comes from", &[], "")
        },
        object("/api/v1/diff/{old}/{new}", "two documents word by word", &[], "DiffReport"),
        object("/api/v1/info", "what the index holds", &[], "Info"),
        Described { object: None, line: Some("Skipped"), ..object("/api/v1/skipped", "what was not read", &[], "") },
        Described {
            object: None,
            line: Some("BatchRow"),
            others: csv,
            is_posted: true,
            ..object("/api/v1/batch", "many questions, one a line", &[&without_q], "")
        },
        Described {
            line: Some("CheckedQuote"),
            others: csv,
            is_posted: true,
            ..object("/api/v1/verify-quote", "the quotes of a draft", &[&posted::VERIFY], "QuoteReport")
        },
    ]
}
