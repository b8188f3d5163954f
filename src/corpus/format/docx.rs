//! Word documents (Office Open XML): paragraphs, lists, tables, notes.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use undoc::docx::DocxParser;
use undoc::model::{Block, ListType, Metadata, Paragraph, RevisionType, Section, Table};
use undoc::{Error, ParseEvent, SectionStreamOptions};

use super::packed::{Parts, text, with_part};
use super::properties::{declare, real_title};
use super::xml;
use super::xml::local;
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::RawDocument;

/// The deepest tables within tables. The reader calls itself for each level, and copies the inner ones each time.
const DEEPEST_TABLE: usize = 20;

/// The part with the text, by the rule of the format's most common writers.
const MAIN: &str = "word/document.xml";

/// The part with the remarks in the margin.
const REMARKS: &str = "word/comments.xml";

/// Reads a Word document. Fails if it is encrypted, damaged, or longer unpacked than a document may be. With
/// `all_text`, text deleted in revision is read too.
pub(crate) fn read(mut bytes: Vec<u8>, all_text: bool) -> Result<RawDocument, Problem> {
    let mut parts = Parts::open(&bytes)?;
    parts.measure()?;
    let Some(main) = parts.part(MAIN)? else {
        return Err(Problem::failed("a damaged Word document: word/document.xml is missing"));
    };
    let main = text(main);
    if table_depth(&main) > DEEPEST_TABLE {
        return Err(Problem::failed("a Word document whose tables lie in each other beyond reason"));
    }
    let remarks = parts.part(REMARKS).ok().flatten();
    drop(parts);
    if let Some(settled) = with_revisions_settled(&main, all_text) {
        bytes = with_part(&bytes, MAIN, &settled)?;
    }
    // A fault in foreign code must not end a run over an archive.
    let read = catch_unwind(AssertUnwindSafe(|| read_sections(bytes)));
    let mut raw = read.unwrap_or_else(|_| Err(Problem::failed("a damaged Word document: it cannot be read")))?;
    add_remarks(&mut raw.text, remarks);
    if !all_text {
        raw.leave_out("deleted words", count(&main, "<w:delText"));
        raw.leave_out(
            "moved words where they stood before",
            count(&main, "<w:moveFrom>") + count(&main, "<w:moveFrom "),
        );
    }
    Ok(raw)
}

fn count(xml: &str, tag: &str) -> usize {
    memchr::memmem::find_iter(xml.as_bytes(), tag).count()
}

/// The main part with moved text marked as deleted in one place and inserted in the other, which the reader
/// understands; with `all_text`, deleted text is marked as inserted. None if nothing changes.
fn with_revisions_settled(main: &str, all_text: bool) -> Option<String> {
    let renamed: &[(&str, &str)] = match all_text {
        true => &[("moveFrom", "ins"), ("moveTo", "ins"), ("delText", "t"), ("del", "ins")],
        false => &[("moveFrom", "del"), ("moveTo", "ins")],
    };
    let mut settled = None;
    for (name, known) in renamed {
        let main = settled.as_deref().unwrap_or(main);
        if !main.contains(&format!("<w:{name}")) {
            continue;
        }
        let mut renamed = main.replace(&format!("</w:{name}>"), &format!("</w:{known}>"));
        for end in [">", " "] {
            renamed = renamed.replace(&format!("<w:{name}{end}"), &format!("<w:{known}{end}"));
        }
        settled = Some(renamed);
    }
    settled
}

/// Adds the paragraphs that readers wrote in the margin, after the text.
fn add_remarks(out: &mut String, remarks: Option<Vec<u8>>) {
    let Some(remarks) = remarks else { return };
    let tree = xml::read(remarks);
    let Some(root) = tree.root() else { return };
    for paragraph in tree.descendants(root).filter(|id| local(tree.name(*id)) == "p") {
        let words: String =
            tree.descendants(paragraph).filter(|id| local(tree.name(*id)) == "t").map(|id| tree.raw_text(id)).collect();
        if !words.trim().is_empty() {
            out.truncate(out.trim_end().len());
            out.push_str("\n\n");
            out.push_str(words.trim());
            out.push('\n');
        }
    }
}

fn read_sections(bytes: Vec<u8>) -> Result<RawDocument, Problem> {
    let mut raw = RawDocument::default();
    let mut parser = DocxParser::from_bytes(bytes).map_err(refusal)?;
    let options = SectionStreamOptions { lenient: true, extract_resources: false };
    let mut failed = None;
    let ended = parser.for_each_section(options, |event| {
        match event {
            ParseEvent::DocumentStart { metadata, .. } => properties(&mut raw, metadata),
            ParseEvent::SectionParsed(section) => add_section(&mut raw.text, section),
            ParseEvent::SectionFailed { error, .. } => failed = Some(error),
            _ => {}
        }
        ControlFlow::Continue(())
    });
    ended.map_err(refusal)?;
    match failed {
        Some(error) if raw.text.trim().is_empty() => Err(refusal(error)),
        _ if raw.text.trim().is_empty() => Err(Problem::nothing("a Word document without text")),
        _ => Ok(raw),
    }
}

fn refusal(error: Error) -> Problem {
    Problem::failed(match error {
        Error::Encrypted => "encrypted; it needs a password".to_owned(),
        error => format!("a damaged Word document: {error}"),
    })
}

/// The depth of tables within tables. Writers may choose prefixes, but the reader knows only this one.
fn table_depth(xml: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for at in memchr::memmem::find_iter(xml.as_bytes(), b"w:tbl") {
        let after = xml.as_bytes().get(at + 5).copied().unwrap_or(b' ');
        if !matches!(after, b'>' | b' ' | b'\t' | b'\r' | b'\n') {
            continue;
        }
        if xml.as_bytes().get(..at).is_some_and(|before| before.ends_with(b"</")) {
            depth = depth.saturating_sub(1);
        } else if xml.as_bytes().get(..at).is_some_and(|before| before.ends_with(b"<")) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

fn add_section(text: &mut String, section: &Section) {
    let lines = |text: &mut String, paragraphs: &Option<Vec<Paragraph>>| {
        for paragraph in paragraphs.iter().flatten() {
            add_paragraph(text, paragraph);
        }
    };
    lines(text, &section.header);
    let mut in_list = false;
    for block in &section.content {
        match block {
            Block::Paragraph(paragraph) => {
                // The items of a list stay together.
                let item = paragraph.list_info.as_ref().is_some_and(|info| info.list_type != ListType::None);
                if item && in_list && text.ends_with("\n\n") {
                    text.pop();
                }
                add_paragraph(text, paragraph);
                in_list = item;
                continue;
            }
            Block::Table(table) => add_table(text, table),
            Block::Note { label, content } => {
                let begin = text.len();
                content.iter().for_each(|paragraph| add_paragraph(text, paragraph));
                if text.len() > begin {
                    text.insert_str(begin, &format!("[{label}] "));
                }
            }
            Block::Image { alt_text, .. } => {
                if let Some(words) = alt_text.as_deref().map(str::trim).filter(|words| words.contains(' ')) {
                    text.push_str(words);
                    text.push_str("\n\n");
                }
            }
            Block::PageBreak | Block::SectionBreak => {}
        }
        in_list = false;
    }
    lines(text, &section.footer);
}

/// Adds a paragraph and a blank line. Text deleted in revision is left out.
fn add_paragraph(text: &mut String, paragraph: &Paragraph) {
    let begin = text.len();
    match paragraph.list_info.as_ref().map(|info| (info.list_type, info.number)) {
        Some((ListType::Numbered, Some(number))) => text.push_str(&format!("{number}. ")),
        Some((ListType::Bullet, _)) => text.push_str("• "),
        _ => {}
    }
    let marked = text.len();
    add_runs(text, paragraph);
    if text.get(marked..).is_none_or(|words| words.trim().is_empty()) {
        text.truncate(begin);
        return;
    }
    text.truncate(text.trim_end().len());
    text.push_str("\n\n");
}

fn add_runs(text: &mut String, paragraph: &Paragraph) {
    for run in paragraph.runs.iter().filter(|run| run.revision != RevisionType::Deleted) {
        text.extend(run.text.chars().filter(|c| *c != '\u{ad}'));
        if let Some(label) = &run.note {
            text.push_str(&format!("[{label}]"));
        }
        if run.line_break || run.page_break {
            text.push('\n');
        }
    }
}

/// Adds the rows of a table, one a line, with tabs between cells. Tables in cells follow their row.
fn add_table(text: &mut String, table: &Table) {
    for row in &table.rows {
        let mut inner = Vec::new();
        let begin = text.len();
        for (number, cell) in row.cells.iter().enumerate() {
            if number > 0 {
                text.push('\t');
            }
            for (number, paragraph) in cell.content.iter().enumerate() {
                let begin = text.len();
                add_runs(text, paragraph);
                let words = text.split_off(begin);
                let words = words.trim().replace('\n', " ");
                text.push_str(if number > 0 && !words.is_empty() { " " } else { "" });
                text.push_str(&words);
            }
            inner.extend(&cell.nested_tables);
        }
        let empty = text.get(begin..).is_none_or(|row| row.trim().is_empty());
        text.truncate(if empty { begin } else { text.trim_end().len() });
        if !empty {
            text.push('\n');
        }
        inner.into_iter().for_each(|table| add_table(text, table));
    }
    if text.ends_with('\n') && !text.ends_with("\n\n") {
        text.push('\n');
    }
}

fn properties(raw: &mut RawDocument, told: &Metadata) {
    raw.title = told.title.as_deref().and_then(real_title);
    for (name, value, place) in [
        ("created", &told.created, "Word dcterms:created"),
        ("modified", &told.modified, "Word dcterms:modified"),
        ("author", &told.author, "Word dc:creator"),
        ("program", &told.application, "Word Application"),
    ] {
        declare(raw, name, value.as_deref().unwrap_or_default(), place);
    }
    for (name, value) in [("subject", &told.subject), ("description", &told.description)] {
        if let Some(value) = value.as_deref().map(str::trim).filter(|value| !value.is_empty()) {
            raw.metadata.insert(name.to_owned(), value.to_owned());
        }
    }
    if !told.keywords.is_empty() {
        raw.metadata.insert("keywords".to_owned(), told.keywords.join(", "));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::corpus::format::packed::tests::archive;

    const CORE: &str = r#"<?xml version="1.0"?><cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t">
        <dc:title>The old bridge</dc:title><dc:creator>Anna Example</dc:creator>
        <dcterms:created>2003-05-06T07:08:09Z</dcterms:created>
        <dcterms:modified>2004-05-06T07:08:09Z</dcterms:modified></cp:coreProperties>"#;

    fn docx(body: &str) -> Vec<u8> {
        let main = format!(r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
        let rels = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
            <Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;
        archive(&[
            ("[Content_Types].xml", r#"<?xml version="1.0"?><Types/>"#),
            ("_rels/.rels", rels),
            (MAIN, &main),
            ("docProps/core.xml", CORE),
        ])
    }

    fn paragraph(text: &str) -> String {
        format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    #[test]
    fn paragraphs_and_tables_are_text() {
        let row = format!("<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", paragraph("Ship"), paragraph("Tons"));
        let body = format!(
            "{}<w:p><w:r><w:t>It was </w:t></w:r><w:r><w:t>cold &amp; dark.</w:t></w:r></w:p>\
             <w:tbl>{row}{row}</w:tbl>{}",
            paragraph("The harbour froze"),
            paragraph("The end.")
        );
        let raw = read(docx(&body), false).unwrap();
        assert_eq!(raw.text.trim(), "The harbour froze\n\nIt was cold & dark.\n\nShip\tTons\nShip\tTons\n\nThe end.");
        assert_eq!(raw.title.as_deref(), Some("The old bridge"));
        let declared: Vec<(&str, &str)> = raw.declared.iter().map(|d| (d.name.as_str(), d.value.as_str())).collect();
        assert_eq!(
            declared,
            [("created", "2003-05-06T07:08:09Z"), ("modified", "2004-05-06T07:08:09Z"), ("author", "Anna Example")]
        );
    }

    #[test]
    fn what_was_moved_stands_where_it_is_now() {
        let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
        let body = format!(
            "<w:moveFromRangeStart w:id='1' w:name='m'/><w:p><w:moveFrom w:id='2' w:author='A'>{0}</w:moveFrom></w:p><w:moveFromRangeEnd w:id='1'/>\
             {1}<w:p><w:moveTo w:id='3'>{0}</w:moveTo><w:del w:id='4'><w:r><w:delText>deleted</w:delText></w:r></w:del></w:p>",
            run("The ducks"),
            paragraph("stood before")
        );
        let raw = read(docx(&body), false).unwrap();
        assert_eq!(raw.text.trim(), "stood before\n\nThe ducks");
        assert_eq!(raw.left_out.values().sum::<usize>(), 2);
        let all = read(docx(&body), true).unwrap();
        assert_eq!(all.text.trim(), "The ducks\n\nstood before\n\nThe ducksdeleted");
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let deep = format!(
            "{}{}{}",
            "<w:tbl><w:tr><w:tc>".repeat(3_000),
            paragraph("x"),
            "</w:tc></w:tr></w:tbl>".repeat(3_000)
        );
        for (bytes, reason) in [
            (docx(&deep), "a Word document whose tables lie in each other beyond reason"),
            (archive(&[("a", "b")]), "a damaged Word document: word/document.xml is missing"),
            (docx(""), "a Word document without text"),
        ] {
            assert_eq!(read(bytes, false).unwrap_err().reason, reason);
        }
    }

    #[test]
    fn entities_do_not_multiply_and_depth_is_survived() {
        let bombs = r#"<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/hostname">]>"#;
        let main = format!(
            "<?xml version='1.0'?>{bombs}<w:document xmlns:w='w'><w:body>{}</w:body></w:document>",
            paragraph("one &b; &x; two")
        );
        let bytes = archive(&[("[Content_Types].xml", "<Types/>"), ("_rels/.rels", "<Relationships/>"), (MAIN, &main)]);
        if let Ok(raw) = read(bytes, false) {
            assert!(raw.text.contains("one") && !raw.text.contains("aaaa"), "{}", raw.text);
        }
        let deep = format!("<w:p><w:r>{}<w:t>x</w:t>{}</w:r></w:p>", "<w:a>".repeat(50_000), "</w:a>".repeat(50_000));
        let _ = read(docx(&deep), true);
    }
}
