//! Answers as text: compact Markdown, in the order of the object beside it.

use serde_json::Value;

use super::clean::clean_line;
use super::fence::Fence;

/// Kinds of notes that name words, sources or fields of the archive, which anybody may have written into it.
const OF_THE_ARCHIVE: [&str; 7] =
    ["unknown-source", "unknown-field", "missing-word", "pattern", "other-letters", "compounds", "correction"];

/// Notes as lines: ours, and those that hold words of the archive and belong into a fence.
pub(super) fn note_lines(notes: &Value) -> (Vec<String>, Vec<String>) {
    let is_ours = |note: &&Value| !note["kind"].as_str().is_some_and(|kind| OF_THE_ARCHIVE.contains(&kind));
    let (ours, archives): (Vec<&Value>, Vec<&Value>) = notes.as_array().into_iter().flatten().partition(is_ours);
    let lines = |notes: Vec<&Value>| {
        let messages = notes.into_iter().filter_map(|note| note["message"].as_str());
        messages.map(|message| format!("note: {message}")).collect()
    };
    (lines(ours), lines(archives))
}

/// `1 document`, `2 documents`.
pub(super) fn quantity(number: u64, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// A document's title and source, on one line.
pub(super) fn titled(document: &Value) -> String {
    let title = document["title"].as_str().unwrap_or("(no title)");
    let source = document["source"].as_str().map_or("no source".into(), |source| clean_line(source, 100));
    format!("{title} — {source}")
}

/// When a document was published, and what is doubtful about that.
pub(super) fn dated(document: &Value) -> String {
    let date = document["date"].as_str().unwrap_or("undated");
    let doubts: Vec<&str> = document["doubts"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    match doubts.iter().filter(|doubt| **doubt != "undated").copied().collect::<Vec<_>>() {
        doubts if doubts.is_empty() => date.to_owned(),
        doubts => format!("{date} (doubtful: {})", doubts.join(", ")),
    }
}

/// A hit: its passage and day, its copies and other figures, and its words in a fence.
pub(super) fn hit(hit: &Value, number: u64, left: usize, fence: &Fence) -> String {
    let passages: Vec<&Value> = hit["passages"].as_array().into_iter().flatten().collect();
    let id = passages.first().map_or(&hit["id"], |passage| &passage["id"]);
    let mut facts = vec![named(id), dated(hit)];
    match hit["copied"].as_u64() {
        Some(0) | None => {}
        Some(1) => facts.push("1 copy".into()),
        Some(copies) => facts.push(format!("{copies} copies")),
    }
    if hit["follows"].as_bool() == Some(true) {
        facts.push("takes most of its text from an earlier one".into());
    }
    for version in hit["versions"].as_array().into_iter().flatten() {
        facts.extend(figures(version).map(|figures| format!("{figures} in {}", named(&version["id"]))));
    }
    if left > 0 {
        facts.push(format!("cut by {left} characters: dateline_read has it whole"));
    }
    let mut words = titled(hit);
    for passage in passages {
        words.push('\n');
        words.push_str(&cut_text(passage));
    }
    words.push_str(&format!("\ncite: {}", hit["cite"].as_str().unwrap_or_default()));
    format!("\n\n{number}. {}\n{}", facts.join(" · "), fence.around(&words))
}

/// The text of a passage, with a mark where it was cut.
pub(super) fn cut_text(passage: &Value) -> String {
    let text = passage["text"].as_str().unwrap_or_default().trim();
    if passage["cut"].is_null() { text.to_owned() } else { format!("{text} […]") }
}

/// The figures that another version has otherwise; none if there are none.
pub(super) fn figures(version: &Value) -> Option<String> {
    let figures = version["figures"].as_array().filter(|figures| !figures.is_empty())?;
    let pair = |figure: &Value| {
        let word = |name: &str| clean_line(figure[name].as_str().unwrap_or_default(), 40);
        format!("{} / {}", word("old"), word("new"))
    };
    let pairs: Vec<String> = figures.iter().take(3).map(pair).collect();
    Some(format!("figures differ: {}", pairs.join(", ")))
}

/// An id on one line.
pub(super) fn named(id: &Value) -> String {
    clean_line(id.as_str().unwrap_or_default(), 300)
}
