//! Citations in BibTeX and BibLaTeX.

use super::kind::Kind;
use super::name::Name;
use super::record::{Record, line};
use super::when::When;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// An entry of BibTeX, with the date of BibLaTeX beside year and month.
pub(crate) fn write(record: &Record) -> String {
    let entry = match record.kind {
        Kind::PressArticle | Kind::AgencyStory if !record.authors.is_empty() => "article",
        Kind::WebPage => "online",
        Kind::Report => "techreport",
        _ => "misc",
    };
    let mut fields: Vec<(&str, String)> = Vec::new();
    let mut text = |name: &'static str, value: Option<String>| {
        fields.extend(value.map(|value| (name, format!("{{{}}}", escaped(&value)))))
    };
    let authors: Vec<String> = record.authors.iter().map(author).collect();
    let container = record.container();
    text("title", record.title().map(|title| format!("\u{1}{title}\u{2}")));
    let held = match (entry, record.kind) {
        ("article", _) => "journal",
        ("techreport", _) => "institution",
        ("online", _) => "organization",
        _ => "howpublished",
    };
    text(held, container.or_else(|| (entry == "techreport").then(|| "n.p.".to_string())));
    text("type", record.kind.words().map(str::to_string));
    text("language", record.language.map(str::to_string));
    text("note", Some(notes(record)).filter(|note| !note.is_empty()));
    text("abstract", record.quote.as_deref().map(line));
    text("pages", record.page.map(|page| page.to_string()));
    if !authors.is_empty() {
        fields.insert(0, ("author", format!("{{{}}}", authors.join(" and "))));
    }
    match record.when {
        When::Known(date) => {
            fields.push(("date", format!("{{{date}}}")));
            fields.push(("year", format!("{{{}}}", date.year())));
            let month = date.month().and_then(|month| MONTHS.get((month as usize).checked_sub(1)?));
            fields.extend(month.map(|month| ("month", (*month).to_string())));
            fields.extend(date.day().map(|day| ("day", format!("{{{day}}}"))));
        }
        When::Inferred(year) => {
            fields.push(("date", format!("{{{year:04}?}}")));
        }
        When::Unknown => fields.push(("pubstate", "{n.d.}".into())),
    }
    fields.extend(record.link().map(|link| ("url", format!("{{{}}}", address(link)))));
    fields.extend(record.accessed.map(|day| ("urldate", format!("{{{day}}}"))));
    fields.extend(record.file.as_deref().map(|file| ("library", format!("{{{}}}", escaped(&line(file))))));
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("  {name} = {value},\n")).collect();
    let evidence = record.evidence.as_ref().and_then(|evidence| serde_json::to_string(evidence).ok());
    // Outside of entries, BibTeX passes over everything but an at sign.
    let evidence = evidence.map_or(String::new(), |evidence| format!("\n% {}", evidence.replace('@', "\\u0040")));
    format!("@{entry}{{{},\n{}}}{evidence}", key(record), body.concat())
}

fn notes(record: &Record) -> String {
    let undated = (record.when == When::Unknown).then(|| "n.d.".to_string());
    let agency = record.agency.clone();
    let all: Vec<String> = agency.into_iter().chain(undated).chain(record.note()).chain([record.reference()]).collect();
    all.join("; ")
}

fn author(name: &Name) -> String {
    match name {
        Name::Person { .. } => escaped(&line(&name.family_first())),
        // Braces keep a whole name whole.
        Name::Whole(name) => format!("{{{}}}", escaped(&line(name))),
    }
}

/// The key of an entry: letters of the source, the year, and the document's id.
fn key(record: &Record) -> String {
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let source = record.source.as_deref().map(plain).unwrap_or_default();
    let source: String = source.chars().take(12).collect();
    let year = match record.when {
        When::Known(date) => date.year().to_string(),
        When::Inferred(year) => year.to_string(),
        When::Unknown => "nd".into(),
    };
    let id: String = record.reference().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("{source}{year}-{id}")
}

/// A text in which TeX finds nothing to act on. Two signs that no text has stand for the braces of a title.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\u{1}' => out.push('{'),
            '\u{2}' => out.push('}'),
            '\\' => out.push_str("{\\textbackslash}"),
            '{' => out.push_str("{\\textbraceleft}"),
            '}' => out.push_str("{\\textbraceright}"),
            '~' => out.push_str("{\\textasciitilde}"),
            '^' => out.push_str("{\\textasciicircum}"),
            '#' | '$' | '%' | '&' | '_' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// An address in which nothing ends the field.
fn address(link: &str) -> String {
    link.chars()
        .map(|c| match c {
            '{' => "%7B".to_string(),
            '}' => "%7D".to_string(),
            '\\' => "%5C".to_string(),
            c if c.is_whitespace() || c.is_control() => "%20".to_string(),
            c => c.to_string(),
        })
        .collect()
}
