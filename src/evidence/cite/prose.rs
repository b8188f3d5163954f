//! Citations for readers: plain, Chicago, APA and Markdown.

use super::kind::Kind;
use super::name::Name;
use super::record::{Record, line};

/// Source, title, day, passage, clue and id, in one line.
pub(crate) fn plain(record: &Record) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(record.authors.first().map(|_| authors(record, Name::given_first)));
    parts.extend(record.container());
    parts.extend(record.title().map(|title| format!("\"{}\"", title.replace('"', "'"))));
    parts.extend(record.kind.words().map(str::to_string));
    parts.push(record.when.day_first());
    parts.extend(place(record));
    let note = record.note().map_or(String::new(), |note| format!(" ({note})"));
    format!("{}{note} [{}]", parts.join(", "), record.reference())
}

/// A note of the Chicago Manual of Style, 18th edition: the author leads, or the title where there is none.
pub(crate) fn chicago(record: &Record) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !record.authors.is_empty() {
        parts.push(authors(record, Name::given_first));
    }
    let title = record.title().map(|title| title.replace('“', "‘").replace('”', "’"));
    let untitled = || record.kind.words().map_or("untitled document".to_string(), |kind| format!("untitled {kind}"));
    let titled = title.map_or_else(untitled, |title| format!("“{title},”"));
    // The comma stands inside the quotation marks.
    let gap = if titled.ends_with('”') { " " } else { ", " };
    let mut after: Vec<String> = Vec::new();
    after.extend(record.kind.words().filter(|_| titled.ends_with('”')).map(str::to_string));
    after.extend(record.agency.clone());
    after.extend(record.container());
    after.push(record.when.month_first());
    after.extend(place(record));
    after.extend(record.accessed.map(|day| format!("accessed {}", super::when::When::Known(day).month_first())));
    after.extend(record.link().map(str::to_string));
    parts.push(format!("{titled}{gap}{}", after.join(", ")));
    finished(parts.join(", "), record)
}

/// A reference of the APA's seventh edition.
pub(crate) fn apa(record: &Record) -> String {
    let kind = record.kind.words().map(|kind| format!(" [{}]", capital(kind))).unwrap_or_default();
    let title = record.title().map_or(
        format!("[Untitled{}]", record.kind.words().map_or(String::new(), |kind| format!(" {kind}"))),
        |title| title + &kind,
    );
    let date = format!("({}).", record.when.year_first());
    let mut out = if record.authors.is_empty() {
        format!("{} {date}", stopped(&title))
    } else {
        let names: Vec<String> = record.authors.iter().map(Name::initials).collect();
        let names = match names.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{}, & {last}", others.join(", ")),
            None => String::new(),
        };
        format!("{} {date} {}", stopped(&names), stopped(&title))
    };
    if let Some(container) = record.container() {
        out.push_str(&format!(" {}", stopped(&container)));
    }
    if let Some(place) = place(record) {
        out.push_str(&format!(" {}.", capital(&place)));
    }
    if let Some(link) = record.link() {
        let retrieved =
            record.accessed.map(|day| format!("Retrieved {}, from ", super::when::When::Known(day).month_first()));
        out.push_str(&format!(" {}{link}", retrieved.unwrap_or_default()));
    }
    noted(out, record)
}

/// The words quoted, and under them where they stand, with a link.
pub(crate) fn markdown(record: &Record) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(record.authors.first().map(|_| escaped(&authors(record, Name::given_first))));
    let title = escaped(&record.title().unwrap_or_else(|| "untitled".into()));
    parts.push(match record.link() {
        Some(link) => format!("[{title}](<{}>)", link.replace(['<', '>', '\n'], "")),
        None => format!("“{title}”"),
    });
    parts.extend(record.container().map(|container| format!("*{}*", escaped(&container))));
    parts.push(escaped(&record.when.day_first()));
    parts.extend(place(record));
    let note = record.note().map_or(String::new(), |note| format!(" ({})", escaped(&note)));
    let cited = format!("{}{note} `{}`", parts.join(", "), record.reference().replace('`', ""));
    match &record.quote {
        Some(quote) => {
            let lines: Vec<String> = quote.trim().lines().map(|line| format!("> {}", escaped(line))).collect();
            format!("{}\n>\n> — {cited}", lines.join("\n"))
        }
        None => cited,
    }
}

fn authors(record: &Record, write: fn(&Name) -> String) -> String {
    let names: Vec<String> = record.authors.iter().map(write).map(|name| line(&name)).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, [first])) => format!("{first} and {last}"),
        Some((last, others)) => format!("{}, and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// The place inside the document: a page, or else a passage.
fn place(record: &Record) -> Option<String> {
    let page = record.page.map(|page| format!("p. {page}"));
    page.or_else(|| record.passage.map(|number| format!("passage {number}")))
}

/// A note ends with a stop, and tells the clue after it.
fn finished(text: String, record: &Record) -> String {
    let text = if record.link().is_some_and(|link| text.ends_with(link)) || record.kind == Kind::Document {
        format!("{text}.")
    } else {
        stopped(&text)
    };
    noted(text, record)
}

fn noted(text: String, record: &Record) -> String {
    record.note().map_or(text.clone(), |note| format!("{text} ({}.)", capital(&note)))
}

fn stopped(text: &str) -> String {
    if text.ends_with(['.', '?', '!']) { text.to_string() } else { format!("{text}.") }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// A text in which Markdown finds nothing to act on.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let acts = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~')
            || at == 0 && matches!(c, '#' | '+' | '-');
        if acts {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
