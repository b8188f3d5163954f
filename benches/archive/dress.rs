//! How documents are written to files: a format each.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use dateline::{Document, Language};

/// How a document is written to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Plain,
    Markdown,
    Html,
    JsonLines,
    JsonArray,
    Csv,
    Mail,
    Mbox,
    Feed,
    Nitf,
    Rtf,
    Pdf,
    Docx,
    Odt,
    Epub,
    Warc,
    /// Plain texts in one archive.
    Zip,
}

/// All of them.
pub(crate) const FORMATS: [Format; 17] = [
    Format::Plain,
    Format::Markdown,
    Format::Html,
    Format::JsonLines,
    Format::JsonArray,
    Format::Csv,
    Format::Mail,
    Format::Mbox,
    Format::Feed,
    Format::Nitf,
    Format::Rtf,
    Format::Pdf,
    Format::Docx,
    Format::Odt,
    Format::Epub,
    Format::Warc,
    Format::Zip,
];

/// Writes the documents into a folder: one file each, or one file of all in formats that hold many. Gives the bytes
/// written.
pub(crate) fn write(documents: &[Document], format: Format, folder: &Path) -> usize {
    let joined = |one: fn(&Document) -> String| documents.iter().map(one).collect::<String>().into_bytes();
    let all = match format {
        Format::JsonLines => Some(("jsonl", joined(record))),
        Format::JsonArray => {
            let records: Vec<String> = documents.iter().map(record).collect();
            Some(("json", format!("[{}]", records.join(",")).into_bytes()))
        }
        Format::Csv => {
            let rows: String = documents.iter().map(row).collect();
            Some(("csv", format!("id,title,date,source,text\n{rows}").into_bytes()))
        }
        Format::Mbox => {
            Some(("mbox", joined(|one| format!("From a@example.org Mon Jun  1 10:00:00 2009\n{}\n", mail(one)))))
        }
        Format::Feed => {
            let items: String = documents.iter().map(item).collect();
            let feed = format!(
                "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>All</title>{items}</channel></rss>\n"
            );
            Some(("rss", feed.into_bytes()))
        }
        Format::Warc => Some(("warc", joined(capture))),
        Format::Zip => {
            let texts: Vec<(String, String)> =
                documents.iter().enumerate().map(|(number, one)| (format!("{number:06}.txt"), plain(one))).collect();
            Some(("zip", packed(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())))))
        }
        _ => None,
    };
    if let Some((ending, bytes)) = all {
        fs::write(folder.join(format!("archive.{ending}")), &bytes).expect("a file is written");
        return bytes.len();
    }
    let mut written = 0;
    for (number, document) in documents.iter().enumerate() {
        let (bytes, ending) = match format {
            Format::Markdown => (markdown(document).into_bytes(), "md"),
            Format::Html => (html(document).into_bytes(), "html"),
            Format::Mail => (mail(document).into_bytes(), "eml"),
            Format::Nitf => (nitf(document).into_bytes(), "xml"),
            Format::Rtf => (rtf(document).into_bytes(), "rtf"),
            Format::Pdf => (pdf(document), "pdf"),
            Format::Docx => (docx(document), "docx"),
            Format::Odt => (odt(document), "odt"),
            Format::Epub => (epub(document), "epub"),
            _ => (plain(document).into_bytes(), "txt"),
        };
        let drawer = folder.join(format!("{:03}", number / 500));
        fs::create_dir_all(&drawer).expect("a folder is made");
        fs::write(drawer.join(format!("{number:06}.{ending}")), &bytes).expect("a file is written");
        written += bytes.len();
    }
    written
}

fn day(document: &Document) -> Option<String> {
    document.dated.date().map(|date| date.to_string())
}

fn source(document: &Document) -> Option<String> {
    document.attribution.source().map(|source| source.to_string())
}

fn title(document: &Document) -> &str {
    document.title.as_deref().unwrap_or("No title")
}

fn record(document: &Document) -> String {
    let record = serde_json::json!({
        "id": document.record_id,
        "title": document.title,
        "date": day(document),
        "source": source(document),
        "lang": document.language.map(Language::code),
        "text": document.text,
    });
    format!("{record}\n")
}

fn plain(document: &Document) -> String {
    let date = day(document).map_or(String::new(), |day| format!("Date: {day}\n"));
    let source = source(document).map_or(String::new(), |source| format!("Source: {source}\n"));
    format!("{date}{source}\n{}\n\n{}\n", title(document), document.text)
}

fn markdown(document: &Document) -> String {
    // A JSON string is a YAML string too.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let mut matter = format!("title: {}\n", quoted(title(document)));
    for (name, value) in [("date", day(document)), ("source", source(document))] {
        if let Some(value) = value {
            matter.push_str(&format!("{name}: {}\n", quoted(&value)));
        }
    }
    format!("---\n{matter}---\n\n{}\n", document.text)
}

fn html(document: &Document) -> String {
    let meta = |name: &str, value: Option<String>| {
        value.map_or(String::new(), |value| format!("<meta property=\"{name}\" content=\"{}\">\n", escaped(&value)))
    };
    let paragraphs: String =
        document.text.split("\n\n").map(|paragraph| format!("<p>{}</p>\n", escaped(paragraph))).collect();
    format!(
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n{date}{site}</head>\n<body>\n\
         <nav><a href=\"/\">Home</a> <a href=\"/archive\">Archive</a></nav>\n<article>\n<h1>{title}</h1>\n{paragraphs}\
         </article>\n<footer>All tides subject to change</footer>\n</body>\n</html>\n",
        title = escaped(title(document)),
        date = meta("article:published_time", day(document)),
        site = meta("og:site_name", source(document)),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// The paragraphs, each between two words.
fn paragraphs(document: &Document, before: &str, after: &str) -> String {
    document.text.split("\n\n").map(|paragraph| format!("{before}{}{after}\n", escaped(paragraph))).collect()
}

fn row(document: &Document) -> String {
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let cells = [
        document.record_id.clone().unwrap_or_default(),
        title(document).to_owned(),
        day(document).unwrap_or_default(),
        source(document).unwrap_or_default(),
        document.text.clone(),
    ];
    cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join(",") + "\n"
}

fn mail(document: &Document) -> String {
    format!(
        "Message-ID: <{}@example.org>\nFrom: Town desk <desk@example.org>\nDate: Sun, 26 Feb 2023 10:30:00 +0000\n\
         Subject: Notice {}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{}\n",
        document.id,
        document.id,
        document.text.replace("\nFrom ", "\n>From ")
    )
}

fn item(document: &Document) -> String {
    format!(
        "<item><guid>{}</guid><title>{}</title><pubDate>Sun, 26 Feb 2023 10:30:00 GMT</pubDate><description>{}</description></item>\n",
        document.id,
        escaped(title(document)),
        escaped(&paragraphs(document, "<p>", "</p>"))
    )
}

fn nitf(document: &Document) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<nitf><head><docdata><date.issue norm=\"20230226T103000Z\"/></docdata></head>\
         <body><body.head><hedline><hl1>{}</hl1></hedline></body.head><body.content>{}</body.content></body></nitf>\n",
        escaped(title(document)),
        paragraphs(document, "<p>", "</p>")
    )
}

fn rtf(document: &Document) -> String {
    let mut text = String::from("{\\rtf1\\ansi\\ansicpg1252\\uc1\n");
    for c in document.text.chars() {
        match c {
            '\n' => text.push_str("\\par\n"),
            '\\' | '{' | '}' => text.extend(['\\', c]),
            c if c.is_ascii() => text.push(c),
            c => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| text.push_str(&format!("\\u{}?", *unit as i16))),
        }
    }
    text + "}"
}

fn capture(document: &Document) -> String {
    let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}", html(document));
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/{}\r\nWARC-Date: 2023-02-26T10:30:00Z\r\n\
         Content-Type: application/http\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n",
        document.id,
        page.len()
    )
}

/// Files in a zip archive; the first is not compressed, as some formats want it.
fn packed<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (number, (name, content)) in files.into_iter().enumerate() {
        let method = if number == 0 { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        archive.start_file(name, options).expect("a name");
        archive.write_all(content.as_bytes()).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

fn docx(document: &Document) -> Vec<u8> {
    let body = paragraphs(document, "<w:p><w:r><w:t xml:space=\"preserve\">", "</w:t></w:r></w:p>");
    packed([
        (
            "[Content_Types].xml",
            "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>",
        ),
        (
            "_rels/.rels",
            "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>",
        ),
        (
            "word/document.xml",
            &format!(
                "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
            ),
        ),
    ])
}

fn odt(document: &Document) -> Vec<u8> {
    let body = paragraphs(document, "<text:p>", "</text:p>");
    packed([
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        (
            "content.xml",
            &format!(
                "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
                 xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text>{body}</office:text></office:body></office:document-content>"
            ),
        ),
    ])
}

fn epub(document: &Document) -> Vec<u8> {
    let body = paragraphs(document, "<p>", "</p>");
    packed([
        ("mimetype", "application/epub+zip"),
        (
            "META-INF/container.xml",
            "<?xml version=\"1.0\"?><container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\
             <rootfiles><rootfile full-path=\"book.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>",
        ),
        (
            "book.opf",
            "<?xml version=\"1.0\"?><package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"i\">\
             <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:identifier id=\"i\">x</dc:identifier><dc:title>A book</dc:title>\
             <dc:language>en</dc:language></metadata><manifest><item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
             <spine><itemref idref=\"a\"/></spine></package>",
        ),
        (
            "a.xhtml",
            &format!(
                "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>A book</title></head><body>{body}</body></html>"
            ),
        ),
    ])
}

/// Pages of forty lines in one of the fonts that every reader has; letters beyond Latin are question marks.
fn pdf(document: &Document) -> Vec<u8> {
    let mut lines = Vec::new();
    for paragraph in document.text.split("\n\n") {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if line.len() + word.len() > 90 {
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(word);
            line.push(' ');
        }
        lines.extend([line, String::new()]);
    }
    let shown = |line: &str| -> Vec<u8> {
        let plain = line.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'));
        plain
            .flat_map(|byte| if matches!(byte, b'(' | b')' | b'\\') { vec![b'\\', byte] } else { vec![byte] })
            .collect()
    };
    let pages: Vec<Vec<u8>> = lines
        .chunks(40)
        .map(|lines| {
            let mut content = b"BT /F1 10 Tf 14 TL 50 780 Td\n".to_vec();
            for line in lines {
                content.extend([b"(".as_slice(), &shown(line), b") Tj T*\n"].concat());
            }
            content.extend(b"ET");
            content
        })
        .collect();
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 4 + page * 2)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), pages.len()).into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    for (number, content) in pages.iter().enumerate() {
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {} 0 R>>",
            5 + number * 2
        );
        objects.push(page.into_bytes());
        let length = format!("<</Length {}>>stream\n", content.len()).into_bytes();
        objects.push([length, content.clone(), b"\nendstream".to_vec()].concat());
    }
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend([format!("{} 0 obj\n", number + 1).as_bytes(), object, b"\nendobj\n"].concat());
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").bytes()));
    file.extend(format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF", objects.len() + 1).bytes());
    file
}
