//! Citations in RIS, as Zotero and other managers import it.

use super::kind::Kind;
use super::record::{Record, line};
use super::when::When;

/// A record of RIS: a line a field, from `TY` to `ER`. A date has its parts as far as they are known: `1992/02//`.
pub(crate) fn write(record: &Record) -> String {
    let mut lines: Vec<(&str, String)> = vec![("TY", record.kind.ris().to_string())];
    lines.extend(record.title().map(|title| ("TI", title)));
    lines.extend(record.authors.iter().map(|name| ("AU", line(&name.family_first()))));
    lines.extend(record.container().map(|container| {
        (if record.kind == Kind::PressRelease || record.kind == Kind::Report { "PB" } else { "T2" }, container)
    }));
    lines.extend(record.agency.iter().map(|agency| ("A2", line(agency))));
    if let When::Known(date) = record.when {
        let part = |part: Option<u32>| part.map_or(String::new(), |part| format!("{part:02}"));
        lines.push(("PY", format!("{:04}", date.year())));
        lines.push(("DA", format!("{:04}/{}/{}/", date.year(), part(date.month()), part(date.day()))));
    }
    if let When::Inferred(year) = record.when {
        lines.push(("DA", format!("{year:04}///")));
    }
    lines.extend(record.language.map(|language| ("LA", language.to_string())));
    lines.extend(record.link().map(|link| ("UR", line(link))));
    let slashed = |day: crate::time::Date| day.to_string().replace('-', "/");
    lines.extend(record.accessed.map(|day| ("Y2", slashed(day))));
    lines.extend(record.file.as_deref().map(|file| ("DB", line(file))));
    lines.push(("AN", record.reference()));
    lines.extend(record.page.map(|page| ("SP", page.to_string())));
    lines.extend(record.quote.as_deref().map(|quote| ("AB", line(quote))));
    match record.when {
        When::Unknown => lines.push(("N1", "n.d.".into())),
        When::Inferred(year) => lines.push(("N1", format!("year inferred: {year}?"))),
        When::Known(_) => {}
    }
    lines.extend(record.note().map(|note| ("N1", note)));
    if let Some(evidence) = &record.evidence {
        lines.extend(serde_json::to_string(evidence).ok().map(|evidence| ("N1", evidence)));
    }
    let mut out = String::new();
    for (tag, value) in lines {
        out.push_str(&format!("{tag}  - {value}\n"));
    }
    out.push_str("ER  - ");
    out
}
