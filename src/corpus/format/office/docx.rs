//! Word documents (Office Open XML): paragraphs, lists, tables, notes.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use quick_xml::Reader;
use quick_xml::events::Event;
use undoc::docx::DocxParser;
use undoc::model::Metadata;
use undoc::{Error, ParseEvent, SectionStreamOptions};

use super::blocks::add_section;
use crate::corpus::format::packed::{Package, text, with_parts};
use crate::corpus::format::shared::properties::{declare, real_title};
use crate::corpus::format::xml::{Tree, local};
use crate::corpus::input::problem::{LOCKED, Problem};
use crate::corpus::raw::RawDocument;

/// The deepest tables within tables. The reader calls itself for each level, and copies the inner ones each time.
const DEEPEST_TABLE: usize = 20;

/// The part with the text, by the rule of the format's most common writers.
const MAIN: &str = "word/document.xml";

/// The part that lists the types of the others.
const TYPES: &str = "[Content_Types].xml";

/// The part with the remarks in the margin.
const REMARKS: &str = "word/comments.xml";

/// Reads a Word document, and tells what of it is not read. With `all_text`, text deleted in revision is read too.
pub(crate) fn read(bytes: Vec<u8>, all_text: bool) -> Vec<Result<RawDocument, Problem>> {
    let Prepared { main, settled, remarks, mut problems } = match prepare(&bytes, all_text) {
        Ok(prepared) => prepared,
        Err(problem) => return vec![Err(problem)],
    };
    let bytes = settled.unwrap_or(bytes);
    // A fault in foreign code must not end a run over an archive.
    let read = catch_unwind(AssertUnwindSafe(|| read_sections(bytes, &mut problems)));
    let read = read.unwrap_or_else(|_| Err(Problem::failed("a damaged Word document: it cannot be read")));
    let read = read.and_then(|mut raw| {
        add_remarks(&mut raw.text, remarks);
        if raw.text.trim().is_empty() {
            return Err(Problem::nothing("a Word document without text"));
        }
        if !all_text {
            raw.leave_out("deleted words", count(&main, "<w:delText"));
            raw.leave_out(
                "moved words where they stood before",
                count(&main, "<w:moveFrom>") + count(&main, "<w:moveFrom "),
            );
        }
        Ok(raw)
    });
    std::iter::once(read).chain(problems.into_iter().map(Err)).collect()
}

/// What is known of a document before the foreign reader reads it.
struct Prepared {
    main: String,
    /// The document with its revisions settled and damaged lists mended, if it has any.
    settled: Option<Vec<u8>>,
    remarks: Option<Tree>,
    problems: Vec<Problem>,
}

/// Fails if a document is encrypted, damaged, or longer unpacked than a document may be.
fn prepare(bytes: &[u8], all_text: bool) -> Result<Prepared, Problem> {
    let mut package = Package::open(bytes)?;
    let damaged = package.parts().measure()?;
    let main = text(package.needed(MAIN, "a damaged Word document: word/document.xml is missing")?);
    if table_depth(&main) > DEEPEST_TABLE {
        return Err(Problem::failed("a Word document whose tables lie in each other beyond reason"));
    }
    let mended = mended_parts(&mut package, &damaged);
    let what = "the list of remarks in the margin";
    let remarks = package.optional(REMARKS, what).map(|remarks| package.tree(remarks, what));
    let mut texts = mended;
    texts.extend(with_revisions_settled(&main, all_text).map(|settled| (MAIN.to_owned(), Some(settled))));
    let settled = if texts.is_empty() { None } else { Some(with_parts(bytes, &texts)?) };
    Ok(Prepared { main, settled, remarks, problems: package.problems() })
}

/// The damaged parts beside the text, closed where they break off; none in place of one that cannot be unpacked. The
/// reader reads nothing where one of them is damaged.
fn mended_parts(package: &mut Package, damaged: &[String]) -> Vec<(String, Option<String>)> {
    let mut mended = Vec::new();
    for name in package.parts().names() {
        let is_list = name.ends_with(".rels") || name == TYPES;
        if !is_list && !name.ends_with(".xml") || name == MAIN || name == REMARKS {
            continue;
        }
        if damaged.contains(&name) {
            package.tell(Problem::failed(format!("damaged: {name} cannot be unpacked")));
            let empty = is_list.then(|| empty_list(&name));
            mended.push((name, empty));
        } else if let Some((whole, broken)) = package.optional(&name, &name).and_then(|part| closed(&text(part))) {
            package.tell(Problem::failed(format!("damaged: {name} is read in part: {broken}")));
            let whole = Some(whole).filter(|whole| !whole.is_empty());
            mended.push((name.clone(), whole.or_else(|| is_list.then(|| empty_list(&name)))));
        }
    }
    mended
}

/// A list of parts that names none.
fn empty_list(name: &str) -> String {
    let (root, space) = if name == TYPES { ("Types", "content-types") } else { ("Relationships", "relationships") };
    format!("<{root} xmlns=\"http://schemas.openxmlformats.org/package/2006/{space}\"/>")
}

/// A part that breaks off, up to there and with its elements closed, and what it breaks off at. None of a sound one.
fn closed(xml: &str) -> Option<(String, String)> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().allow_dangling_amp = true;
    let (mut open, mut good, mut begun) = (Vec::new(), 0, false);
    let broken = loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => open.push(element.name().as_ref().to_owned()),
            Ok(Event::End(_)) => drop(open.pop()),
            Ok(Event::Eof) if open.is_empty() => return None,
            Ok(Event::Eof) => break "it ends too early".to_owned(),
            Ok(_) => {}
            Err(error) => break error.to_string(),
        }
        begun |= !open.is_empty();
        good = usize::try_from(reader.buffer_position()).unwrap_or(good);
    };
    let mut whole = xml.get(..good).filter(|_| begun).unwrap_or_default().to_owned();
    open.iter().rev().for_each(|name| whole.push_str(&format!("</{name}>")));
    Some((whole, broken))
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
fn add_remarks(out: &mut String, remarks: Option<Tree>) {
    let Some(tree) = remarks else { return };
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

fn read_sections(bytes: Vec<u8>, problems: &mut Vec<Problem>) -> Result<RawDocument, Problem> {
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
        Some(error) if raw.text.trim().is_empty() => return Err(refusal(error)),
        Some(error) => problems.push(Problem::failed(format!("a damaged Word document, read in part: {error}"))),
        None => {}
    }
    Ok(raw)
}

fn refusal(error: Error) -> Problem {
    Problem::failed(match error {
        Error::Encrypted => LOCKED.to_owned(),
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

    fn first(bytes: Vec<u8>, all_text: bool) -> Result<RawDocument, Problem> {
        read(bytes, all_text).remove(0)
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
        let raw = first(docx(&body), false).unwrap();
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
        let raw = first(docx(&body), false).unwrap();
        assert_eq!(raw.text.trim(), "stood before\n\nThe ducks");
        assert_eq!(raw.left_out.values().sum::<usize>(), 2);
        let all = first(docx(&body), true).unwrap();
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
            assert_eq!(first(bytes, false).unwrap_err().reason, reason);
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
        if let Ok(raw) = first(bytes, false) {
            assert!(raw.text.contains("one") && !raw.text.contains("aaaa"), "{}", raw.text);
        }
        let deep = format!("<w:p><w:r>{}<w:t>x</w:t>{}</w:r></w:p>", "<w:a>".repeat(50_000), "</w:a>".repeat(50_000));
        let _ = read(docx(&deep), true);
    }

    #[test]
    fn a_damaged_part_beside_the_text_is_told_and_the_text_is_read() {
        let word = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let rels = |inner: &str| {
            format!(
                "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{inner}</Relationships>"
            )
        };
        let outer = rels(&format!("<Relationship Id='r1' Type='{word}/officeDocument' Target='{MAIN}'/>"));
        let inner = rels(&format!(
            "<Relationship Id='r1' Type='{word}/styles' Target='styles.xml'/><Relationship Id='r2' Type='{word}/footnotes' Target='footnotes.xml'/>"
        ));
        let main = format!("<w:document xmlns:w='w'><w:body>{}</w:body></w:document>", paragraph("The ducks swim"));
        let notes = "<w:footnotes xmlns:w='w'><w:footnote w:id='1'><w:p><w:r><w:t>A note</w:t></w:r></w:p></w:footnote></w:footnotes>";
        let parts = [
            (
                TYPES,
                "<?xml version='1.0'?><Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'></Types>",
            ),
            ("_rels/.rels", outer.as_str()),
            ("word/_rels/document.xml.rels", inner.as_str()),
            (
                "word/styles.xml",
                "<w:styles xmlns:w='w'><w:style w:styleId='a'><w:name w:val='a'/></w:style></w:styles>",
            ),
            ("word/footnotes.xml", notes),
            ("word/numbering.xml", "<w:numbering xmlns:w='w'><w:num w:numId='1'/></w:numbering>"),
            (MAIN, main.as_str()),
        ];
        for (name, text) in parts.iter().filter(|(name, _)| *name != MAIN) {
            let mut torn = parts;
            torn.iter_mut().find(|part| part.0 == *name).unwrap().1 = &text[..text.len() - 20];
            let mut spoilt = archive(&parts);
            let at = memchr::memmem::find(&spoilt, name.as_bytes()).unwrap() + name.len() + 1;
            spoilt[at] ^= 0xff;
            for bytes in [archive(&torn), spoilt] {
                let mut read = read(bytes, false);
                let text = read.remove(0).unwrap_or_else(|problem| panic!("{name}: {}", problem.reason)).text;
                assert!(text.contains("The ducks swim"), "{name}");
                assert!(read.iter().any(Result::is_err), "{name} is damaged, and nothing is told");
            }
        }
    }

    #[test]
    fn what_is_not_read_is_told() {
        let main = format!("<w:document xmlns:w='w'><w:body>{}</w:body></w:document>", paragraph("The ducks"));
        let remarks = "<w:comments xmlns:w='w'><w:comment><w:p><w:r><w:t>Whose?</w:t></w:r></w:p><w:comment";
        let mut bytes = archive(&[
            ("[Content_Types].xml", "<Types/>"),
            ("_rels/.rels", "<Relationships/>"),
            (MAIN, &main),
            ("word/header1.xml", "<w:hdr>a head of the page that is damaged</w:hdr>"),
            (REMARKS, remarks),
            ("word/media/image1.png", "x"),
            ("word/vbaProject.bin", "x"),
            ("docProps/thumbnail.jpeg", "x"),
        ]);
        let at = memchr::memmem::find(&bytes, b"word/header1.xml").unwrap() + 20;
        bytes[at] ^= 0xff;
        let mut read = read(bytes, false);
        assert_eq!(read.remove(0).unwrap().text.trim(), "The ducks\n\nWhose?");
        let told: Vec<String> = read.into_iter().map(|problem| problem.unwrap_err().reason).collect();
        assert_eq!(told[..2], ["macros, which are not read", "1 picture, which is not read"]);
        assert_eq!(told[2], "damaged: word/header1.xml cannot be unpacked");
        assert!(told[3].starts_with("the list of remarks in the margin is read in part: "), "{told:?}");
        assert_eq!(told.len(), 4);
    }
}
