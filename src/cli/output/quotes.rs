//! Quotes that were checked, for reading and as a table.

use std::io;

use dateline::{CheckedQuote, Difference, DifferenceClass, QuoteGap, QuotePlace, QuoteReport, QuoteStatus};

use super::rows;
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
            screen.paragraph(&told(difference), INDENT)?;
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

/// A difference in words.
fn told(difference: &Difference) -> String {
    let (quoted, source) = (shortened(&difference.quoted), shortened(&difference.source));
    let class = difference.class.name();
    if difference.class == DifferenceClass::Attribution {
        return format!("{class}: said to be in {quoted}; stands in {source}");
    }
    if difference.accepted {
        return format!("written otherwise: \"{quoted}\", in the source \"{source}\"");
    }
    if difference.class == DifferenceClass::Order {
        let words = if quoted.is_empty() { source } else { quoted };
        return format!("{class}: \"{words}\" stands elsewhere in the source");
    }
    match (quoted.is_empty(), source.is_empty()) {
        (true, true) => format!("{class}: at the mark"),
        (true, false) => format!("{class}: the quote leaves out \"{source}\""),
        (false, true) => format!("{class}: the quote puts in \"{quoted}\""),
        (false, false) => format!("{class}: \"{quoted}\", in the source \"{source}\""),
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

/// Writes one row a quote, with its first place.
pub(in super::super) fn csv(screen: &mut Screen, report: &QuoteReport) -> io::Result<()> {
    let names = [
        "number",
        "line",
        "status",
        "grave",
        "text",
        "differences",
        "total",
        "distinct",
        "id",
        "date",
        "source",
        "title",
        "source_text",
        "cite",
    ];
    rows::row(screen, names)?;
    for quote in &report.quotes {
        let differences: Vec<String> = quote.differences.iter().map(told).collect();
        let of = |field: fn(&QuotePlace) -> String| quote.places.first().map(field).unwrap_or_default();
        rows::row(
            screen,
            [
                quote.number.to_string(),
                quote.line.map_or(String::new(), |line| line.to_string()),
                quote.status.name().to_string(),
                quote.grave.to_string(),
                quote.text.clone(),
                differences.join("; "),
                quote.total.to_string(),
                quote.distinct.to_string(),
                of(|place| place.r#ref.clone()),
                of(|place| place.date.map_or(String::new(), |date| date.to_string())),
                of(|place| place.source.as_ref().map_or(String::new(), ToString::to_string)),
                of(|place| place.title.clone().unwrap_or_default()),
                of(|place| place.text.clone()),
                of(|place| place.cite.clone()),
            ],
        )?;
    }
    Ok(())
}
