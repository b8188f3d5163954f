//! Workbooks and presentations of a few lines, as different programs write them, and hostile ones.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::corpus::format::packed::tests::archive;
use crate::document::locate;

const TYPES: (&str, &str) = ("[Content_Types].xml", "<Types/>");

/// A package whose main part has this name, with what it says of itself.
fn package(main: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let rels = format!(
        "<Relationships><Relationship Id='r1' Type='http://x/officeDocument' Target='{main}'/>\
         <Relationship Id='r2' Type='http://x/core-properties' Target='docProps/core.xml'/></Relationships>"
    );
    let core = "<cp:coreProperties xmlns:cp='c' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:dcterms='http://purl.org/dc/terms/'>\
        <dc:title>The pond</dc:title><dc:creator>Anna Example</dc:creator>\
        <dcterms:created>2003-05-06T07:08:09Z</dcterms:created></cp:coreProperties>";
    let mut all = vec![TYPES, ("_rels/.rels", rels.as_str()), ("docProps/core.xml", core)];
    all.extend_from_slice(parts);
    archive(&all)
}

/// A workbook of two sheets, the second one hidden, with these cells.
fn workbook(first: &str, second: &str, strings: &str) -> Vec<u8> {
    let sheet = |rows: &str| format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    package(
        "xl/workbook.xml",
        &[
            (
                "xl/workbook.xml",
                "<workbook xmlns:r='r'><workbookPr date1904='0'/><sheets><sheet name='Ducks' sheetId='1' r:id='a'/>\
                 <sheet name='Old counts' sheetId='2' state='hidden' r:id='b'/></sheets></workbook>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id='a' Type='http://x/worksheet' Target='worksheets/sheet1.xml'/>\
                 <Relationship Id='b' Type='http://x/worksheet' Target='/xl/worksheets/sheet2.xml'/>\
                 <Relationship Id='c' Type='http://x/styles' Target='styles.xml'/>\
                 <Relationship Id='d' Type='http://x/sharedStrings' Target='sharedStrings.xml'/></Relationships>",
            ),
            (
                "xl/styles.xml",
                "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='d. mmmm yyyy'/></numFmts>\
                 <cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='9'/></cellXfs></styleSheet>",
            ),
            ("xl/sharedStrings.xml", &format!("<sst>{strings}</sst>")),
            ("xl/worksheets/sheet1.xml", &sheet(first)),
            ("xl/worksheets/sheet2.xml", &sheet(second)),
            ("xl/media/image1.png", "x"),
            ("xl/vbaProject.bin", "x"),
        ],
    )
}

fn documents(read: Read) -> Vec<RawDocument> {
    read.into_iter().filter_map(Result::ok).collect()
}

fn reasons(read: Read) -> Vec<String> {
    read.into_iter().filter_map(Result::err).map(|problem| problem.reason).collect()
}

/// The cell in which some words of a document stand.
fn cell_of(raw: &RawDocument, words: &str) -> String {
    let at = raw.text.find(words).unwrap();
    locate(&raw.place.spots, &raw.text, at, at..at + 1).cell.unwrap()
}

#[test]
fn a_sheet_is_a_document_whose_words_stand_in_cells() {
    let bytes = workbook(
        "<row r='2'><c r='B2' t='s'><v>0</v></c><c r='D2' s='1'><v>44197</v></c></row>\
         <row r='3'><c r='B3' t='inlineStr'><is><t>heron &amp; swan</t></is></c><c r='C3' s='3'><v>0.5</v></c></row>\
         <row r='9'><c r='C9' t='str'><f>A1</f><v>last</v></c><c r='D9' t='b'><v>1</v></c></row>",
        "<row><c><v>12</v></c><c t='e'><v>#N/A</v></c></row>",
        "<si><r><t>rich </t></r><r><t>text</t></r><rPh><t>not read</t></rPh></si>",
    );
    let read = documents(xlsx(&bytes));
    assert_eq!(read.len(), 2);
    assert_eq!(read[0].text, "rich text\t\t2021-01-01\nheron & swan\t50%\nlast\tTRUE\n");
    assert_eq!(read[0].title.as_deref(), Some("The pond: Ducks"));
    assert_eq!(cell_of(&read[0], "2021"), "Ducks!D2");
    assert_eq!(cell_of(&read[0], "swan"), "Ducks!B3");
    assert_eq!(cell_of(&read[0], "TRUE"), "Ducks!D9");
    assert_eq!((read[1].text.as_str(), read[1].metadata["sheet_state"].as_str()), ("12\t#N/A\n", "hidden"));
    assert_eq!(read[1].place.member.as_deref(), Some("#Old counts"));
    let told: Vec<&str> = read[0].declared.iter().map(|told| told.value.as_str()).collect();
    assert_eq!(told, ["Anna Example", "2003-05-06T07:08:09Z"]);
    assert_eq!(reasons(xlsx(&bytes)), ["macros, which are not read", "1 picture, which is not read"]);
}

#[test]
fn a_sheet_whose_head_names_columns_has_a_document_a_row() {
    let row = |number: u32, cells: [&str; 3]| {
        let cell =
            |(column, text): (char, &&str)| format!("<c r='{column}{number}' t='inlineStr'><is><t>{text}</t></is></c>");
        format!("<row r='{number}'>{}</row>", ('A'..='C').zip(&cells).map(cell).collect::<String>())
    };
    let first = [
        row(1, ["A list that somebody kept", "", ""]),
        row(3, ["date", "title", "text"]),
        row(4, ["1992-02-26", "The boat", "The boat lay at the old bridge for a week, and nobody asked whose it was."]),
        row(6, ["1992-03-01", "The ducks", "Twelve ducks were counted in the morning, and eleven of them at dusk."]),
    ];
    let read = documents(xlsx(&workbook(&first.concat(), "", "")));
    let told: Vec<(&str, &str)> =
        read.iter().map(|raw| (raw.title.as_deref().unwrap(), raw.place.member.as_deref().unwrap())).collect();
    assert_eq!(told, [("The boat", "#Ducks!A4"), ("The ducks", "#Ducks!A6"), ("The pond: Ducks", "#Ducks")]);
    assert_eq!(cell_of(&read[1], "dusk"), "Ducks!C6");
    assert_eq!(read[0].declared[0].value, "1992-02-26");
    assert_eq!(read[2].text, "A list that somebody kept\n");
}

#[test]
fn a_cell_left_of_a_table_replaces_none_and_one_right_of_it_is_told() {
    let row = |number: u32, cells: &[(char, &str)]| {
        let cell =
            |(column, text): &(char, &str)| format!("<c r='{column}{number}' t='inlineStr'><is><t>{text}</t></is></c>");
        format!("<row r='{number}'>{}</row>", cells.iter().map(cell).collect::<String>())
    };
    let words = "Twelve ducks were counted in the morning, and eleven of them at dusk.";
    let mut rows = vec![row(1, &[('B', "title"), ('C', "text")])];
    rows.extend((2..=300).map(|number| row(number, &[('B', "The ducks"), ('C', words)])));
    rows.push(row(301, &[('A', "a remark"), ('B', "The boat"), ('C', words), ('E', "aside")]));
    let read = xlsx(&workbook(&rows.concat(), "", ""));
    let told = reasons(xlsx(&workbook(&rows.concat(), "", "")));
    assert_eq!(told.first().map(String::as_str), Some("a row of 5 cells in a table of 3 columns"));
    let read = documents(read);
    let last = read.last().unwrap();
    assert_eq!((read.len(), last.title.as_deref(), last.text.as_str()), (300, Some("The boat"), words));
    assert_eq!(cell_of(last, "Twelve"), "Ducks!C301");
    assert!(last.metadata.values().any(|value| value == "a remark"), "{:?}", last.metadata);
}

#[test]
fn a_small_file_has_no_endless_text() {
    let strings = format!("<si><t>{}</t></si>", "long ".repeat(200_000));
    let rows = "<c t='s'><v>0</v></c>".repeat(100);
    let read = xlsx(&workbook(&format!("<row>{rows}</row>"), "", &strings));
    assert_eq!(reasons(read), ["longer than a document may be, 64 MB of text or 4000000 cells"]);
}

#[test]
fn a_million_empty_rows_are_no_text() {
    let rows: String = (1..100_000).map(|row| format!("<row r='{}'><c r='A{0}' s='1'/></row>", row * 10)).collect();
    assert!(reasons(xlsx(&workbook(&rows, "", ""))).contains(&"a workbook without text".to_owned()));
    let empty = open_document(
        ods(
            "<table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>",
        ),
        false,
    );
    assert_eq!(reasons(empty), ["a workbook without text"]);
    let filled = "<table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated='16384'><text:p>x</text:p></table:table-cell></table:table-row>";
    let read = documents(open_document(ods(filled), false));
    assert_eq!(read[0].text.matches('x').count(), 1_000_000);
}

#[test]
fn rows_after_the_last_number_end_no_run() {
    let read = documents(xlsx(&workbook(
        "<row r='4294967295'><c t='inlineStr'><is><t>last</t></is></c></row><row><c t='inlineStr'><is><t>one more</t></is></c></row><row/>",
        "",
        "",
    )));
    assert_eq!(read[0].text, "last\none more\n");
}

#[test]
fn a_paragraph_of_many_numbers_is_read_in_one_pass() {
    let field = "<a:fld type='slidenum'><a:t>7</a:t></a:fld><a:r><a:t>x</a:t></a:r>".repeat(50_000);
    let slide = |inner: &str| format!("<p:sld xmlns:p='p' xmlns:a='a'>{inner}</p:sld>");
    let read = documents(pptx(&presentation(&slide(&format!("<a:p>{field}</a:p>")))));
    assert_eq!(read[0].text.trim().len(), 50_000);
    // A paragraph within another is not told twice.
    let nested = format!("{}<a:t>words</a:t>{}", "<a:p>".repeat(100), "</a:p>".repeat(100));
    assert_eq!(documents(pptx(&presentation(&slide(&nested))))[0].text.trim(), "words");
}

/// A presentation of one slide.
fn presentation(slide: &str) -> Vec<u8> {
    package(
        "ppt/presentation.xml",
        &[
            ("ppt/presentation.xml", "<p:presentation xmlns:p='p' xmlns:r='r'><p:sldId r:id='a'/></p:presentation>"),
            (
                "ppt/_rels/presentation.xml.rels",
                "<Relationships><Relationship Id='a' Type='http://x/slide' Target='slides/slide1.xml'/></Relationships>",
            ),
            ("ppt/slides/slide1.xml", slide),
        ],
    )
}

#[test]
fn entities_do_not_multiply() {
    let bomb =
        "<!DOCTYPE sst [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'><!ENTITY x SYSTEM 'file:///etc/hostname'>]>";
    let bytes = workbook("<row><c t='inlineStr'><is><t>one &b; &x; two</t></is></c></row>", "", bomb);
    assert_eq!(documents(xlsx(&bytes))[0].text.split_whitespace().collect::<Vec<_>>(), ["one", "two"]);
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles><style:style style:name='ta2'><style:table-properties table:display='false'/></style:style></office:automatic-styles>\
         <office:body><office:spreadsheet><table:table table:name='Ducks' table:style-name='ta2'>{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

#[test]
fn an_open_document_sheet_counts_what_is_repeated() {
    let rows = "<table:table-row table:number-rows-repeated='4'><table:table-cell/></table:table-row>\
        <table:table-row><table:table-cell table:number-columns-repeated='2'/><table:table-cell office:value-type='date' office:date-value='2021-01-01'><text:p>1 Jan</text:p>\
        <office:annotation><dc:creator>A</dc:creator><text:p>a note</text:p></office:annotation></table:table-cell>\
        <table:table-cell office:value='7'/></table:table-row>";
    let read = documents(open_document(ods(rows), false));
    assert_eq!(read[0].text, "1 Jan\t7\na note\n");
    assert_eq!((cell_of(&read[0], "1 Jan").as_str(), cell_of(&read[0], "7").as_str()), ("Ducks!C5", "Ducks!D5"));
    assert_eq!(cell_of(&read[0], "note"), "Ducks!C5");
    assert_eq!(read[0].metadata["sheet_state"], "hidden");
}

#[test]
fn slides_keep_their_order_and_their_notes() {
    let slide =
        |words: &str| format!("<p:sld xmlns:p='p' xmlns:a='a'><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:sld>");
    let bytes = package(
        "ppt/presentation.xml",
        &[
            (
                "ppt/presentation.xml",
                "<p:presentation xmlns:p='p' xmlns:r='r'><p:sldIdLst><p:sldId id='9' r:id='b'/><p:sldId id='8' r:id='a'/>\
                 <p:sldId id='7' r:id='gone'/></p:sldIdLst></p:presentation>",
            ),
            (
                "ppt/_rels/presentation.xml.rels",
                "<Relationships><Relationship Id='a' Type='http://x/slide' Target='slides/slide1.xml'/>\
                 <Relationship Id='b' Type='http://x/slide' Target='slides/slide2.xml'/></Relationships>",
            ),
            ("ppt/slides/slide1.xml", &slide("The second slide.")),
            ("ppt/slides/slide2.xml", &slide("The first &amp; best slide.")),
            (
                "ppt/slides/_rels/slide1.xml.rels",
                "<Relationships><Relationship Id='n' Type='http://x/notesSlide' Target='../notesSlides/n.xml'/></Relationships>",
            ),
            ("ppt/notesSlides/n.xml", &slide("Speak slowly.")),
        ],
    );
    let read = documents(pptx(&bytes));
    assert_eq!(read[0].text, "The first & best slide.\n\nThe second slide.\nNotes: Speak slowly.\n\n");
    let at = read[0].text.find("slowly").unwrap();
    assert_eq!(locate(&read[0].place.spots, &read[0].text, at, at..at + 1).slide, Some(2));
    assert_eq!(reasons(pptx(&bytes)), ["slide 3 is missing"]);
}

#[test]
fn an_open_document_presentation_is_read_packed_or_flat() {
    let body = "<office:body><office:presentation><draw:page><text:p>First <text:span>slide</text:span></text:p>\
        <presentation:notes><text:p>Speak slowly.</text:p></presentation:notes></draw:page>\
        <draw:page><text:p>Second</text:p></draw:page></office:presentation></office:body>";
    let packed = archive(&[("content.xml", &format!("<office:document-content>{body}</office:document-content>"))]);
    let flat_file = format!(
        "<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'><office:meta><dc:title>The pond</dc:title></office:meta>{body}</office:document>"
    );
    for read in [open_document(packed, false), flat(flat_file.into_bytes(), false)] {
        assert_eq!(documents(read)[0].text, "First slide\nNotes: Speak slowly.\n\nSecond\n\n");
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    let locked = archive(&[("META-INF/manifest.xml", "<m><manifest:encryption-data/></m>"), ("content.xml", "\u{1}")]);
    for (read, reason) in [
        (open_document(locked, false), "encrypted; it needs a password"),
        (xlsx(&archive(&[TYPES])), "a damaged workbook: its list of sheets is missing"),
        (pptx(&archive(&[TYPES])), "a damaged presentation: its list of slides is missing"),
        (open_document(archive(&[TYPES]), false), "a damaged OpenDocument: content.xml is missing"),
        (open_document(b"PK\x03\x04".to_vec(), false), "damaged or cut off: the list of its parts cannot be found"),
        (
            xlsx(&package("xl/workbook.bin", &[("xl/workbook.bin", "x")])),
            "an Excel binary workbook (xlsb), which is not read; save it as xlsx",
        ),
    ] {
        assert_eq!(reasons(read), [reason]);
    }
}

#[test]
fn damage_is_told_and_the_rest_is_read() {
    let book = |parts: &[(&str, &str)]| {
        let mut all = vec![
            ("xl/workbook.xml", "<workbook xmlns:r='r'><sheet name='Ducks' r:id='a'/></workbook>"),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id='a' Type='http://x/worksheet' Target='sheet.xml'/>\
                 <Relationship Id='d' Type='http://x/sharedStrings' Target='texts.xml'/></Relationships>",
            ),
            ("xl/sheet.xml", "<worksheet><row><c><v>7</v></c><c t='s'><v>0</v></c></row></worksheet>"),
        ];
        all.extend_from_slice(parts);
        package("xl/workbook.xml", &all)
    };
    let texts = ("xl/texts.xml", "<sst><si><t>heron</t></si></sst>");
    let notes = "<Relationships><Relationship Id='n' Type='http://x/comments' Target='notes.xml'/></Relationships>";
    for (parts, text, told) in [
        (&[texts][..], "7\theron\n", &[][..]),
        (&[("xl/texts.xml", "<sst><si><t>heron</t></si><")], "7\theron\n", &["the list of texts is read in part: "]),
        (
            &[("xl/texts.xml", "<sst><<si><t>heron</t></si>")],
            "7\n",
            &["the list of texts is read in part: ", "1 cell whose text is not in the workbook: it is damaged"],
        ),
        (&[], "7\n", &["the list of texts is missing", "1 cell whose text is not in the workbook: it is damaged"]),
        (
            &[texts, ("xl/_rels/sheet.xml.rels", notes)],
            "7\theron\n",
            &["the list of notes of the sheet Ducks is missing"],
        ),
        (
            &[
                texts,
                ("xl/_rels/sheet.xml.rels", notes),
                ("xl/notes.xml", "<comments><comment ref='A1'><t>why?</t></comment><comment"),
            ],
            "7\theron\nwhy?\n",
            &["the list of notes of the sheet Ducks is read in part: "],
        ),
        (
            &[texts, ("xl/_rels/sheet.xml.rels", "<Relationships><")],
            "7\theron\n",
            &["the list of parts of the sheet Ducks is read in part: "],
        ),
    ] {
        let read = xlsx(&book(parts));
        let reasons: Vec<String> = reasons(read.clone());
        assert_eq!(documents(read)[0].text, text);
        assert_eq!(reasons.len(), told.len(), "{reasons:?}");
        assert!(reasons.iter().zip(told).all(|(reason, told)| reason.starts_with(told)), "{reasons:?}");
    }
    let cut = documents(pptx(&presentation("<p:sld><a:p><a:t>The pond</a:t></a:p><")));
    assert_eq!(cut[0].text.trim(), "The pond");
    let told = reasons(pptx(&presentation("<p:sld><a:p><a:t>The pond</a:t></a:p><")));
    assert!(told[0].starts_with("slide 1 is read in part: "), "{told:?}");
}

#[test]
fn faults_without_end_are_counted() {
    let slides: String = (0..5_000).map(|number| format!("<p:sldId r:id='x{number}'/>")).collect();
    let list = format!("<p:presentation xmlns:p='p' xmlns:r='r'>{slides}</p:presentation>");
    let told = reasons(pptx(&package("ppt/presentation.xml", &[("ppt/presentation.xml", &list)])));
    assert_eq!((told.len(), told.last().unwrap().as_str()), (102, "4900 further faults"));
}

#[test]
fn what_a_flat_file_holds_besides_text_is_told() {
    let picture = "<draw:frame><draw:image><office:binary-data>aVZCT1J3</office:binary-data></draw:image></draw:frame>";
    let object = "<draw:frame><draw:object><office:document><text:p>of a chart</text:p></office:document></draw:object>\
        <draw:image><office:binary-data>aVZC</office:binary-data></draw:image></draw:frame>";
    let text = format!(
        "<office:document><office:body><office:text><text:p>The pond{picture}{object}</text:p></office:text></office:body></office:document>"
    );
    let sheet = format!(
        "<office:document><office:body><office:spreadsheet><table:table><table:table-row><table:table-cell><text:p>The pond</text:p>{picture}{object}\
         </table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document>"
    );
    for file in [text, sheet] {
        assert_eq!(documents(flat(file.clone().into_bytes(), false))[0].text.trim(), "The pond");
        assert_eq!(
            reasons(flat(file.into_bytes(), false)),
            ["1 file put into the document, which is not read", "1 picture, which is not read"]
        );
    }
}

/// Files of our own words, written by LibreOffice 7.4 as the programs of their time wrote them.
const DOC: &[u8] = include_bytes!("../../../../tests/fixtures/office/letter.doc");
const XLS: &[u8] = include_bytes!("../../../../tests/fixtures/office/ducks.xls");
const PPT: &[u8] = include_bytes!("../../../../tests/fixtures/office/talk.ppt");

#[test]
fn old_files_are_read_with_their_places() {
    let letter = &documents(doc(DOC.to_vec()))[0];
    assert!(letter.text.contains("The ferry will not run on Sunday."), "{}", letter.text);
    assert!(letter.text.contains("Ask the clerk."), "{}", letter.text);
    let read = documents(super::xls(XLS));
    assert_eq!(
        read.iter().map(|raw| raw.place.member.as_deref().unwrap()).collect::<Vec<_>>(),
        ["#Ducks", "#Old counts"]
    );
    assert_eq!(
        (cell_of(&read[0], "heron").as_str(), cell_of(&read[0], "2021-01-01").as_str()),
        ("Ducks!B3", "Ducks!D7")
    );
    assert_eq!(cell_of(&read[0], "somebody counted"), "Ducks!B3");
    assert_eq!(read[1].metadata["sheet_state"], "hidden");
    let talk = &documents(super::ppt(PPT))[0];
    for (words, slide) in
        [("The pond in winter", 1), ("Who owns the boat", 2), ("Speak slowly", 2), ("eleven at dusk", 2)]
    {
        let at = talk.text.find(words).unwrap_or_else(|| panic!("{words} in {}", talk.text));
        assert_eq!(locate(&talk.place.spots, &talk.text, at, at..at + 1).slide, Some(slide), "{words}");
    }
}

#[test]
fn damaged_old_files_end_no_run() {
    let mut seed = 9_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let readers: [fn(&[u8]) -> Read; 3] = [|bytes| doc(bytes.to_vec()), super::xls, super::ppt];
    for (read, bytes) in readers.into_iter().zip([DOC, XLS, PPT]) {
        for round in 0..60 {
            let mut damaged = bytes.to_vec();
            for _ in 0..=random(8) {
                let at = random(damaged.len());
                damaged[at] = random(256) as u8;
            }
            if round % 3 == 0 {
                damaged.truncate(random(bytes.len()));
            }
            let _ = read(&damaged);
        }
    }
}

#[test]
fn a_damaged_list_of_parts_is_told_once_and_the_usual_part_is_read() {
    let mut bytes = workbook("<row r='1'><c r='A1'><v>7</v></c></row>", "", "");
    let at = memchr::memmem::find(&bytes, b"_rels/.rels").unwrap() + 12;
    bytes[at] ^= 0xff;
    let read = xlsx(&bytes);
    assert!(read.iter().flatten().any(|raw| raw.text.contains('7')));
    let told = reasons(read);
    assert_eq!(told.iter().filter(|told| told.starts_with("the list of parts of the package")).count(), 1, "{told:?}");
}

#[test]
fn heads_and_feet_of_printed_sheets_are_read_once_wherever_they_stand() {
    let heads = "<office:master-styles><style:header><style:region-left><text:p>Riverby <text:sheet-name>???</text:sheet-name></text:p></style:region-left></style:header>\
        <style:header-left style:display='false'><text:p>Nowhere</text:p></style:header-left>\
        <style:header-first><text:p>Riverby</text:p></style:header-first>\
        <style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer></office:master-styles>";
    let row = "<table:table-row><table:table-cell><text:p>The pond</text:p></table:table-cell></table:table-row>";
    let content =
        format!("<office:body><office:spreadsheet><table:table>{row}</table:table></office:spreadsheet></office:body>");
    let packed = archive(&[
        ("content.xml", &format!("<office:document-content>{content}</office:document-content>")),
        ("styles.xml", &format!("<office:document-styles>{heads}</office:document-styles>")),
    ]);
    for read in [
        open_document(packed, false),
        flat(format!("<office:document>{heads}{content}</office:document>").into_bytes(), false),
    ] {
        let read = documents(read);
        let lines: Vec<&str> = read[0].text.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, ["The pond", "Riverby"]);
        assert_eq!(read[0].left_out.values().sum::<usize>(), 1);
    }
}
