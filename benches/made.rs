//! Files of formats that other programs write, made large enough to measure how fast they are read.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use dateline::Document;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A format that is measured by the bytes that have to be read: of XML unpacked, of a container as it lies on the disk.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Made {
    Alto,
    Xlsx,
    Doc,
    Msg,
}

/// All of them.
pub(crate) const MADE: [Made; 4] = [Made::Alto, Made::Xlsx, Made::Doc, Made::Msg];

/// Writes files of a format into a folder, and returns their bytes.
pub(crate) fn write(made: Made, documents: &[Document], folder: &Path) -> usize {
    match made {
        Made::Alto => pages(documents, folder),
        Made::Xlsx => workbook(documents, folder),
        Made::Doc => letters(folder),
        Made::Msg => messages(documents, folder),
    }
}

fn escaped(word: &str) -> String {
    word.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn pages(documents: &[Document], folder: &Path) -> usize {
    let mut bytes = 0;
    for (number, document) in documents.iter().enumerate() {
        let mut page = "<?xml version=\"1.0\"?><alto xmlns=\"http://www.loc.gov/standards/alto/ns-v3#\"><Layout><Page ID=\"P1\" PHYSICAL_IMG_NR=\"1\"><PrintSpace>".to_owned();
        for (block, line) in document.text.lines().filter(|line| !line.trim().is_empty()).enumerate() {
            page.push_str(&format!(
                "<TextBlock ID=\"B{block}\" HPOS=\"10\" VPOS=\"{block}0\" WIDTH=\"900\" HEIGHT=\"40\">"
            ));
            for words in line.split_whitespace().collect::<Vec<_>>().chunks(8) {
                page.push_str("<TextLine HPOS=\"10\" VPOS=\"100\" WIDTH=\"900\" HEIGHT=\"20\">");
                for word in words {
                    let word = escaped(word);
                    page.push_str(&format!("<String HPOS=\"10\" VPOS=\"100\" WIDTH=\"90\" HEIGHT=\"20\" WC=\"0.93\" CONTENT=\"{word}\"/><SP WIDTH=\"8\"/>"));
                }
                page.push_str("</TextLine>");
            }
            page.push_str("</TextBlock>");
        }
        page.push_str("</PrintSpace></Page></Layout></alto>");
        bytes += page.len();
        fs::write(folder.join(format!("{number}.xml")), page).expect("a page is written");
    }
    bytes
}

fn workbook(documents: &[Document], folder: &Path) -> usize {
    let mut sheet = "<worksheet><sheetData>".to_owned();
    let words = documents.iter().flat_map(|document| document.text.split_whitespace());
    for (row, words) in (1..).zip(words.collect::<Vec<_>>().chunks(8)) {
        sheet.push_str(&format!("<row r=\"{row}\"><c r=\"A{row}\"><v>{row}.25</v></c>"));
        for (column, word) in ('B'..).zip(words) {
            let word = escaped(word);
            sheet.push_str(&format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{word}</t></is></c>"));
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let parts = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Words\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
                .to_owned(),
        ),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in &parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part is begun");
        writer.write_all(text.as_bytes()).expect("a part is written");
    }
    let packed = writer.finish().expect("a workbook").into_inner();
    fs::write(folder.join("words.xlsx"), packed).expect("a workbook is written");
    parts.iter().map(|(_, text)| text.len()).sum()
}

fn letters(folder: &Path) -> usize {
    let letter = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/office/letter.doc"));
    let letter = letter.expect("the letter is there");
    let count = 200;
    for number in 0..count {
        fs::write(folder.join(format!("{number}.doc")), &letter).expect("a letter is written");
    }
    count * letter.len()
}

fn messages(documents: &[Document], folder: &Path) -> usize {
    let mut bytes = 0;
    for (number, document) in documents.iter().enumerate() {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let parts = [
            ("/__properties_version1.0", vec![0; 32]),
            ("/__substg1.0_0037001F", wide(document.title.as_deref().unwrap_or("No subject"))),
            ("/__substg1.0_1000001F", wide(&document.text)),
        ];
        for (name, content) in parts {
            file.create_stream(name).expect("a stream").write_all(&content).expect("a stream is written");
        }
        let packed = file.into_inner().into_inner();
        bytes += packed.len();
        fs::write(folder.join(format!("{number}.msg")), packed).expect("a message is written");
    }
    bytes
}
