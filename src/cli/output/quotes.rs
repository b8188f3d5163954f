//! Quotes that were checked, for reading.

use std::io;

use dateline::{CheckedQuote, QuoteGap, QuoteReport, QuoteStatus};

use super::screen::Screen;
use super::words::{counted, harmless};

const INDENT: &str = "    ";
/// The most characters of a quote or of a source that are printed.
const SHOWN: usize = 400;
/// The most places that are printed of a quote.
const PLACES: usize = 3;

/// Prints each quote with its status, what differs, and where it stands.
pub(in super::super) fn report(screen: &mut Screen, report: &QuoteReport) -> io::Result<()> {
    for (at, quote) in report.quotes.iter().enumerate() {
        if at > 0 {
            screen.line("")?;
        }
        let line =
            quote.line.map_or(format!("{:>3}", quote.number), |line| format!("{:>3}  line {line}", quote.number));
        let grave = if quote.grave { ", grave" } else { "" };
        screen.line(&format!("{line}  {}", screen.bold(&format!("{}{grave}", status(quote.status)))))?;
        screen.paragraph(&format!("“{}”", shortened(&quote.text)), INDENT)?;
        for difference in &quote.differences {
            screen.paragraph(&difference.to_string(), INDENT)?;
        }
        for gap in &quote.gaps {
            screen.paragraph(&stood(gap), INDENT)?;
        }
        if quote.status == QuoteStatus::Altered {
            let text = quote.places.first().map_or("", |place| place.text.as_str());
            screen.paragraph(&format!("source: {}", shortened(text)), INDENT)?;
        }
        places(screen, quote)?;
    }
    Ok(())
}

fn status(status: QuoteStatus) -> &'static str {
    match status {
        QuoteStatus::NotFound => "not found",
        QuoteStatus::TooShort => "too short to be looked for",
        QuoteStatus::TooLong => "too long to be compared",
        status => status.name(),
    }
}

/// A text on one line, and not longer than a few.
fn shortened(text: &str) -> String {
    let text = harmless(text).split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} …", text.get(..end).unwrap_or_default().trim_end()),
        None => text,
    }
}

fn stood(gap: &QuoteGap) -> String {
    let text = shortened(&gap.text);
    let across = if gap.across_sentences { ", across sentences" } else { "" };
    match &gap.put_in {
        Some(put_in) if text.is_empty() => format!("put in: [{}]", shortened(put_in)),
        Some(put_in) => format!("[{}] stands for \"{text}\"", shortened(put_in)),
        None if text.is_empty() => "nothing was left out at the ellipsis".into(),
        None => format!("left out{across}: \"{text}\""),
    }
}

fn places(screen: &mut Screen, quote: &CheckedQuote) -> io::Result<()> {
    for place in quote.places.iter().take(PLACES) {
        let copies = if place.copies > 0 { format!(", and {}", copies(place.copies)) } else { String::new() };
        screen.line(&format!("{INDENT}{}", screen.dim(&format!("{}{copies}", harmless(&place.cite)))))?;
    }
    let named = quote.places.len().min(PLACES) as u64;
    if quote.distinct > named && named > 0 {
        let more = counted(quote.distinct - named);
        screen.line(&format!("{INDENT}{}", screen.dim(&format!("and in {more} more"))))?;
    }
    if let Some(nearest) = &quote.nearest {
        screen.paragraph(&format!("nearest, and no match: {}", shortened(&nearest.text)), INDENT)?;
        screen.line(&format!("{INDENT}{}", screen.dim(&harmless(&nearest.cite))))?;
    }
    Ok(())
}

fn copies(number: u64) -> String {
    if number == 1 { "1 copy".into() } else { format!("{} copies", counted(number)) }
}
