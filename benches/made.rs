//! Files of formats that other programs write, made large enough to measure how fast they are read.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Command;

use dateline::Document;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A format that is measured by the bytes that have to be read: of XML and what is packed unpacked, else as it lies on the
/// disk.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Made {
    Alto,
    /// An issue of two hundred such pages.
    Mets,
    PageXml,
    Hocr,
    Tei,
    Xlsx,
    Ods,
    Pptx,
    Odp,
    Doc,
    Xls,
    Ppt,
    Msg,
    Wacz,
    Ris,
    Bibtex,
    Srt,
    Xz,
    Bzip2,
}

/// All of them.
pub(crate) const MADE: [Made; 19] = [
    Made::Alto,
    Made::Mets,
    Made::PageXml,
    Made::Hocr,
    Made::Tei,
    Made::Xlsx,
    Made::Ods,
    Made::Pptx,
    Made::Odp,
    Made::Doc,
    Made::Xls,
    Made::Ppt,
    Made::Msg,
    Made::Wacz,
    Made::Ris,
    Made::Bibtex,
    Made::Srt,
    Made::Xz,
    Made::Bzip2,
];

/// Writes files of a format into a folder, and returns their bytes. None if what writes the format is missing.
pub(crate) fn write(made: Made, documents: &[Document], folder: &Path) -> Option<usize> {
    let each = |ending: &str, one: fn(&Document) -> String| {
        let file = |(number, document): (usize, &Document)| {
            let text = one(document);
            fs::write(folder.join(format!("{number}.{ending}")), &text).expect("a file is written");
            text.len()
        };
        documents.iter().enumerate().map(file).sum()
    };
    let joined = |one: fn(&Document) -> String| documents.iter().map(one).collect::<String>();
    Some(match made {
        Made::Alto => each("xml", alto),
        Made::Mets => {
            let pages: Vec<&Document> = documents.iter().take(200).collect();
            let names: Vec<String> = (0..pages.len()).map(|number| format!("{number}.xml")).collect();
            let mets = issue(&names);
            let texts: Vec<String> = pages.into_iter().map(alto).collect();
            names.iter().zip(&texts).for_each(|(name, text)| fs::write(folder.join(name), text).expect("a page"));
            fs::write(folder.join("mets.xml"), &mets).expect("an issue");
            mets.len() + texts.iter().map(String::len).sum::<usize>()
        }
        Made::PageXml => each("xml", page_xml),
        Made::Hocr => each("hocr", hocr),
        Made::Tei => each("xml", tei),
        Made::Xlsx => workbook(documents, folder),
        Made::Ods => packed(&folder.join("words.ods"), &open_document("spreadsheet", &sheet(documents))),
        Made::Pptx => presentation(documents, folder),
        Made::Odp => packed(&folder.join("words.odp"), &open_document("presentation", &slides(documents))),
        Made::Doc => copies("letter.doc", folder),
        Made::Xls => copies("ducks.xls", folder),
        Made::Ppt => copies("talk.ppt", folder),
        Made::Msg => messages(documents, folder),
        Made::Wacz => captures(documents, folder),
        Made::Ris => whole(&folder.join("list.ris"), &joined(ris)),
        Made::Bibtex => whole(&folder.join("list.bib"), &joined(bibtex)),
        Made::Srt => each("srt", subtitles),
        Made::Xz | Made::Bzip2 => {
            let texts = joined(|document| format!("{}\n\n", document.text));
            let path = folder.join("texts.txt");
            let bytes = whole(&path, &texts);
            let program = if matches!(made, Made::Xz) { "xz" } else { "bzip2" };
            let packed = Command::new(program).arg(&path).status();
            packed.is_ok_and(|status| status.success()).then_some(bytes)?
        }
    })
}

fn whole(path: &Path, text: &str) -> usize {
    fs::write(path, text).expect("a file is written");
    text.len()
}

/// Writes a package of these parts, and returns their bytes.
fn packed(path: &Path, parts: &[(&str, String)]) -> usize {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).expect("a part is begun");
        writer.write_all(text.as_bytes()).expect("a part is written");
    }
    fs::write(path, writer.finish().expect("a package").into_inner()).expect("a package is written");
    parts.iter().map(|(_, text)| text.len()).sum()
}

/// The lines of a text that have words.
fn lines(document: &Document) -> impl Iterator<Item = &str> {
    document.text.lines().filter(|line| !line.trim().is_empty())
}

fn escaped(word: &str) -> String {
    word.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn alto(document: &Document) -> String {
    let mut page = "<?xml version=\"1.0\"?><alto xmlns=\"http://www.loc.gov/standards/alto/ns-v3#\"><Layout><Page ID=\"P1\" PHYSICAL_IMG_NR=\"1\"><PrintSpace>".to_owned();
    for (block, line) in lines(document).enumerate() {
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
    page + "</PrintSpace></Page></Layout></alto>"
}

/// An issue of these pages, an article on each.
fn issue(pages: &[String]) -> String {
    let file = |(at, name): (usize, &String)| format!("<file ID=\"A{at}\"><FLocat xlink:href=\"{name}\"/></file>");
    let files: String = pages.iter().enumerate().map(file).collect();
    let article = |at: usize| {
        format!("<div TYPE=\"ARTICLE\" ID=\"a{at}\"><fptr><area FILEID=\"A{at}\" BEGIN=\"B0\"/></fptr></div>")
    };
    let page = |at: usize| format!("<div TYPE=\"page\"><fptr FILEID=\"A{at}\"/></div>");
    let (articles, divs): (String, String) =
        ((0..pages.len()).map(article).collect(), (0..pages.len()).map(page).collect());
    format!(
        "<mets xmlns:xlink=\"http://www.w3.org/1999/xlink\"><dmdSec><mods><title>The Riverby Courier</title><dateIssued>1896-04-01</dateIssued></mods></dmdSec>\
         <fileSec>{files}</fileSec><structMap>{articles}</structMap><structMap>{divs}</structMap></mets>"
    )
}

fn page_xml(document: &Document) -> String {
    let mut page = "<?xml version=\"1.0\"?><PcGts xmlns=\"http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15\"><Page imageWidth=\"1000\" imageHeight=\"2000\">".to_owned();
    for (region, line) in lines(document).enumerate() {
        page.push_str(&format!(
            "<TextRegion id=\"r{region}\"><Coords points=\"10,{region}0 910,{region}0 910,{region}9 10,{region}9\"/>"
        ));
        for words in line.split_whitespace().collect::<Vec<_>>().chunks(8) {
            let words = escaped(&words.join(" "));
            page.push_str(&format!("<TextLine><Coords points=\"10,100 910,100 910,120 10,120\"/><TextEquiv conf=\"0.93\"><Unicode>{words}</Unicode></TextEquiv></TextLine>"));
        }
        page.push_str("</TextRegion>");
    }
    page + "</Page></PcGts>"
}

fn hocr(document: &Document) -> String {
    let mut page = "<html><head><meta name=\"ocr-system\" content=\"tesseract 5\"/></head><body><div class=\"ocr_page\" title=\"bbox 0 0 1000 2000\">".to_owned();
    for line in lines(document) {
        page.push_str("<p class=\"ocr_par\">");
        for words in line.split_whitespace().collect::<Vec<_>>().chunks(8) {
            page.push_str("<span class=\"ocr_line\" title=\"bbox 10 100 910 120; baseline 0 -6\">");
            for word in words {
                let word = escaped(word);
                page.push_str(&format!(
                    "<span class=\"ocrx_word\" title=\"bbox 10 100 100 120; x_wconf 93\">{word}</span> "
                ));
            }
            page.push_str("</span>");
        }
        page.push_str("</p>");
    }
    page + "</div></body></html>"
}

fn tei(document: &Document) -> String {
    let title = escaped(document.title.as_deref().unwrap_or_default());
    let date =
        document.dated.date().map(|date| format!("<creation><date when=\"{date}\"/></creation>")).unwrap_or_default();
    let paragraphs: String = lines(document).map(|line| format!("<p>{}</p>\n", escaped(line))).collect();
    format!(
        "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt></fileDesc><profileDesc>{date}</profileDesc></teiHeader><text><body>{paragraphs}</body></text></TEI>"
    )
}

fn ris(document: &Document) -> String {
    let date = document.dated.date().map(|date| date.to_string().replace('-', "/")).unwrap_or_default();
    let text = document.text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!(
        "TY  - NEWS\nTI  - {}\nDA  - {date}\nAB  - {text}\nER  - \n\n",
        document.title.as_deref().unwrap_or("No title")
    )
}

fn bibtex(document: &Document) -> String {
    let plain = |text: &str| text.replace(['{', '}', '\\', '%', '@', '#', '$', '"', '~'], " ");
    let date = document.dated.date().map(|date| date.to_string()).unwrap_or_default();
    let (title, text) = (plain(document.title.as_deref().unwrap_or("No title")), plain(&document.text));
    format!("@article{{{},\n  title = {{{title}}},\n  date = {{{date}}},\n  abstract = {{{text}}}\n}}\n\n", document.id)
}

fn subtitles(document: &Document) -> String {
    let words: Vec<&str> = document.text.split_whitespace().collect();
    let cue = |(number, words): (usize, &[&str])| {
        let time = |second: usize| format!("{:02}:{:02}:{:02},000", second / 3600, second / 60 % 60, second % 60);
        format!("{}\n{} --> {}\n{}\n\n", number + 1, time(3 * number), time(3 * number + 3), words.join(" "))
    };
    words.chunks(8).enumerate().map(cue).collect()
}

/// The parts of an OpenDocument of a kind.
fn open_document(kind: &str, body: &str) -> Vec<(&'static str, String)> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    );
    vec![("mimetype", format!("application/vnd.oasis.opendocument.{kind}")), ("content.xml", content)]
}

fn sheet(documents: &[Document]) -> String {
    let words: Vec<&str> = documents.iter().flat_map(|document| document.text.split_whitespace()).collect();
    let row = |(number, words): (usize, &[&str])| {
        let cell = |word: &&str| {
            format!(
                "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
                escaped(word)
            )
        };
        let words: String = words.iter().map(cell).collect();
        format!(
            "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"{number}.25\"><text:p>{number}.25</text:p></table:table-cell>{words}</table:table-row>"
        )
    };
    let rows: String = words.chunks(8).enumerate().map(row).collect();
    format!("<table:table table:name=\"Words\">{rows}</table:table>")
}

fn slides(documents: &[Document]) -> String {
    let slide = |document: &Document| {
        let paragraphs: String = lines(document).map(|line| format!("<text:p>{}</text:p>", escaped(line))).collect();
        format!("<draw:page><draw:frame><draw:text-box>{paragraphs}</draw:text-box></draw:frame></draw:page>")
    };
    documents.iter().map(slide).collect()
}

/// The relations of a part, each with an id of its number.
fn relations(targets: &[(&str, String)]) -> String {
    let one = |(number, (kind, target)): (usize, &(&str, String))| {
        format!(
            "<Relationship Id=\"r{number}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
        )
    };
    format!("<Relationships>{}</Relationships>", targets.iter().enumerate().map(one).collect::<String>())
}

fn presentation(documents: &[Document], folder: &Path) -> usize {
    let names: Vec<String> = (0..documents.len()).map(|number| format!("ppt/slides/slide{number}.xml")).collect();
    let targets: Vec<(&str, String)> = names.iter().map(|name| ("slide", name.replace("ppt/", ""))).collect();
    let ids: String = (0..names.len()).map(|number| format!("<p:sldId id=\"{number}\" r:id=\"r{number}\"/>")).collect();
    let slide = |document: &Document| {
        let paragraph = |line: &str| {
            format!(
                "<a:p><a:pPr lvl=\"0\"/><a:r><a:rPr lang=\"en-GB\" dirty=\"0\"/><a:t>{}</a:t></a:r></a:p>",
                escaped(line)
            )
        };
        let paragraphs: String = lines(document).map(paragraph).collect();
        format!("<p:sld><p:cSld><p:spTree><p:sp><p:txBody>{paragraphs}</p:txBody></p:sp></p:spTree></p:cSld></p:sld>")
    };
    let mut parts = vec![
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("_rels/.rels", relations(&[("officeDocument", "ppt/presentation.xml".to_owned())])),
        ("ppt/presentation.xml", format!("<p:presentation><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>")),
        ("ppt/_rels/presentation.xml.rels", relations(&targets)),
    ];
    parts.extend(names.iter().map(String::as_str).zip(documents.iter().map(slide)));
    packed(&folder.join("words.pptx"), &parts)
}

/// Captured pages, and the description of the archive that holds them.
fn captures(documents: &[Document], folder: &Path) -> usize {
    let capture = |document: &Document| {
        let paragraphs: String = lines(document).map(|line| format!("<p>{}</p>", escaped(line))).collect();
        let body = format!(
            "<!DOCTYPE html><html><head><title>x</title></head><body><article>{paragraphs}</article></body></html>"
        );
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}");
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://mill.example/{}\r\nWARC-Date: 2014-03-04T10:00:00Z\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
            document.id,
            answer.len()
        )
    };
    let pages: String = documents.iter().map(capture).collect();
    packed(
        &folder.join("web.wacz"),
        &[
            ("datapackage.json", "{\"resources\": []}".to_owned()),
            ("archive/data.warc", pages),
            ("pages/pages.jsonl", "{}\n".to_owned()),
        ],
    )
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
    packed(
        &folder.join("words.xlsx"),
        &[
            ("[Content_Types].xml", "<Types/>".to_owned()),
            ("_rels/.rels", relations(&[("officeDocument", "xl/workbook.xml".to_owned())])),
            (
                "xl/workbook.xml",
                "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Words\" sheetId=\"1\" r:id=\"r0\"/></sheets></workbook>"
                    .to_owned(),
            ),
            ("xl/_rels/workbook.xml.rels", relations(&[("worksheet", "worksheets/sheet1.xml".to_owned())])),
            ("xl/worksheets/sheet1.xml", sheet),
        ],
    )
}

/// A file that another program made, two hundred times.
fn copies(name: &str, folder: &Path) -> usize {
    let file = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/office").join(name));
    let file = file.expect("the file is there");
    let count = 200;
    for number in 0..count {
        fs::write(folder.join(format!("{number}-{name}")), &file).expect("a copy is written");
    }
    count * file.len()
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
