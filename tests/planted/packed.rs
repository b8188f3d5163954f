//! Formats that are packed or drawn, and archives: files with a word in every part.

#![allow(clippy::unwrap_used)]

use super::{Planter, STORY};

pub(crate) fn word_document(p: &Planter) -> Vec<u8> {
    let paragraph = |word: String| format!("<w:p><w:r><w:t>{word}</w:t></w:r></w:p>");
    let part = |name: &str, inner: String| {
        format!(
            "<?xml version='1.0'?><w:{name} xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>{inner}</w:{name}>"
        )
    };
    let run = |word: String| format!("<w:r><w:t>{word}</w:t></w:r>");
    let body = format!(
        "<w:body><w:p><w:r><w:t xml:space='preserve'>{STORY} {} </w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:endnoteReference w:id='2'/></w:r><w:r><w:commentReference w:id='0'/></w:r></w:p>\
         <w:p><w:ins w:id='1'>{}</w:ins><w:del w:id='2'><w:r><w:delText>{}</w:delText></w:r></w:del></w:p>\
         <w:p><w:moveFrom w:id='3'>{}</w:moveFrom></w:p><w:p><w:moveTo w:id='4'>{}</w:moveTo></w:p>\
         <w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt><w:p><w:hyperlink r:id='x'>{}</w:hyperlink></w:p>\
         <w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>\
         <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r></w:p>\
         <w:sectPr><w:headerReference w:type='default' r:id='h1'/><w:footerReference w:type='default' r:id='f1'/></w:sectPr></w:body>",
        p.word("body"),
        run(p.word("inserted")),
        p.word("deleted"),
        run(p.word("moved")),
        run(p.word("moved")),
        paragraph(p.word("cell")),
        paragraph(p.word("content control")),
        run(p.word("link")),
        paragraph(p.word("text box")),
        p.word("hidden"),
    );
    let main = format!(
        "<?xml version='1.0'?><w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' xmlns:v='urn:schemas-microsoft-com:vml'>{body}</w:document>"
    );
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    archive(&[
        ("[Content_Types].xml", "<?xml version='1.0'?><Types/>"),
        (
            "_rels/.rels",
            &format!(
                "<?xml version='1.0'?><Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='rId1' Type='{office}/officeDocument' Target='word/document.xml'/></Relationships>"
            ),
        ),
        ("word/document.xml", &main),
        (
            "word/_rels/document.xml.rels",
            &format!(
                "<?xml version='1.0'?><Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='h1' Type='{office}/header' Target='header1.xml'/><Relationship Id='f1' Type='{office}/footer' Target='footer1.xml'/>\
             <Relationship Id='n1' Type='{office}/footnotes' Target='footnotes.xml'/><Relationship Id='n2' Type='{office}/endnotes' Target='endnotes.xml'/><Relationship Id='c1' Type='{office}/comments' Target='comments.xml'/></Relationships>"
            ),
        ),
        ("word/header1.xml", &part("hdr", paragraph(p.word("header")))),
        ("word/footer1.xml", &part("ftr", paragraph(p.word("footer")))),
        (
            "word/footnotes.xml",
            &part("footnotes", format!("<w:footnote w:id='2'>{}</w:footnote>", paragraph(p.word("footnote")))),
        ),
        (
            "word/endnotes.xml",
            &part("endnotes", format!("<w:endnote w:id='2'>{}</w:endnote>", paragraph(p.word("endnote")))),
        ),
        (
            "word/comments.xml",
            &part("comments", format!("<w:comment w:id='0' w:author='A'>{}</w:comment>", paragraph(p.word("remark")))),
        ),
    ])
}

pub(crate) fn open_document(p: &Planter) -> Vec<u8> {
    let content = format!(
        "<?xml version='1.0'?><office:document-content><office:body><office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>{}</text:p></text:deletion></text:changed-region></text:tracked-changes>\
         <text:h>{}</text:h><text:p>{STORY} {}<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>{}</text:p></text:note-body></text:note>\
         <office:annotation><dc:creator>A</dc:creator><text:p>{}</text:p></office:annotation></text:p><table:table><table:table-row><table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row></table:table>\
         <text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list><text:p><draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame><draw:frame><draw:image/><svg:title>{}</svg:title><svg:desc>{}</svg:desc></draw:frame></text:p>\
         </office:text></office:body></office:document-content>",
        p.word("deleted"),
        p.word("heading"),
        p.word("body"),
        p.word("footnote"),
        p.word("remark"),
        p.word("cell"),
        p.word("list"),
        p.word("text box"),
        p.word("picture title"),
        p.word("alt text"),
    );
    let styles = format!(
        "<?xml version='1.0'?><office:document-styles><office:master-styles><style:master-page><style:header><text:p>{}</text:p></style:header><style:footer><text:p>{}</text:p></style:footer></style:master-page></office:master-styles></office:document-styles>",
        p.word("header"),
        p.word("footer"),
    );
    let meta = format!(
        "<office:document-meta><office:meta><dc:title>{}</dc:title><dc:subject>{}</dc:subject><meta:keyword>{}</meta:keyword><meta:user-defined meta:name='desk'>{}</meta:user-defined></office:meta></office:document-meta>",
        p.word("title"),
        p.word("subject"),
        p.word("keyword"),
        p.word("own field")
    );
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
        ("styles.xml", &styles),
        ("meta.xml", &meta),
    ])
}

/// The parts of a package, with relations between them: the part that names others, the id, the type and the target.
fn package(parts: &[(&str, String)], relations: &[(&str, &str, &str, &str)]) -> Vec<u8> {
    let mut all: Vec<(String, String)> = vec![("[Content_Types].xml".into(), "<?xml version='1.0'?><Types/>".into())];
    let mut owners: Vec<&str> = relations.iter().map(|(owner, ..)| *owner).collect();
    owners.dedup();
    for owner in owners {
        let named = relations.iter().filter(|(of, ..)| *of == owner).map(|(_, id, kind, target)| {
            format!("<Relationship Id='{id}' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}' Target='{target}'/>")
        });
        let (folder, name) =
            owner.rsplit_once('/').map_or((String::new(), owner), |(folder, name)| (format!("{folder}/"), name));
        all.push((
            format!("{folder}_rels/{name}.rels"),
            format!("<Relationships>{}</Relationships>", named.collect::<String>()),
        ));
    }
    all.extend(parts.iter().map(|(name, text)| ((*name).to_owned(), text.clone())));
    archive(&all.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
}

fn properties(p: &Planter) -> [(&'static str, String); 2] {
    let core = format!(
        "<cp:coreProperties xmlns:cp='c' xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:description>{}</dc:description><cp:keywords>{}</cp:keywords></cp:coreProperties>",
        p.word("title"),
        p.word("subject"),
        p.word("description"),
        p.word("keywords"),
    );
    let custom = format!(
        "<Properties><property name='desk'><vt:lpwstr>{}</vt:lpwstr></property></Properties>",
        p.word("own field")
    );
    [("docProps/core.xml", core), ("docProps/custom.xml", custom)]
}

pub(crate) fn workbook(p: &Planter) -> Vec<u8> {
    let first = format!(
        "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='C1' t='inlineStr'><is><t>{STORY} {}</t></is></c></row>\
         <row r='900'><c r='ZZ900' t='str'><v>{}</v></c></row></sheetData><headerFooter><oddHeader>&amp;C&amp;\"Arial,Bold\"{}</oddHeader></headerFooter></worksheet>",
        p.word("cell"),
        p.word("formula"),
        p.word("head of the page"),
    );
    let paragraph = |word: String| format!("<a:p><a:r><a:t>{word}</a:t></a:r></a:p>");
    let mut parts = vec![
        ("xl/workbook.xml", "<workbook><sheets><sheet name='One' r:id='a'/><sheet name='Two' state='veryHidden' r:id='b'/></sheets></workbook>".to_owned()),
        ("xl/sharedStrings.xml", format!("<sst><si><r><t>{}</t></r></si></sst>", p.word("shared"))),
        ("xl/worksheets/sheet1.xml", first),
        ("xl/worksheets/sheet2.xml", format!("<worksheet><sheetData><row><c t='inlineStr'><is><t>{}</t></is></c></row></sheetData></worksheet>", p.word("hidden"))),
        ("xl/comments1.xml", format!("<comments><commentList><comment ref='A1'><text><t>{}</t></text></comment></commentList></comments>", p.word("note"))),
        ("xl/drawings/drawing1.xml", format!("<xdr:wsDr>{}</xdr:wsDr>", paragraph(p.word("box")))),
        ("xl/charts/chart1.xml", format!("<c:chart>{}</c:chart>", paragraph(p.word("chart")))),
    ];
    parts.extend(properties(p));
    package(
        &parts,
        &[
            ("", "r1", "officeDocument", "xl/workbook.xml"),
            ("", "r2", "core-properties", "docProps/core.xml"),
            ("", "r3", "custom-properties", "docProps/custom.xml"),
            ("xl/workbook.xml", "a", "worksheet", "worksheets/sheet1.xml"),
            ("xl/workbook.xml", "b", "worksheet", "worksheets/sheet2.xml"),
            ("xl/workbook.xml", "c", "sharedStrings", "sharedStrings.xml"),
            ("xl/worksheets/sheet1.xml", "a", "comments", "../comments1.xml"),
            ("xl/worksheets/sheet1.xml", "b", "drawing", "../drawings/drawing1.xml"),
            ("xl/drawings/drawing1.xml", "a", "chart", "../charts/chart1.xml"),
        ],
    )
}

pub(crate) fn presentation(p: &Planter) -> Vec<u8> {
    let paragraph = |word: String| format!("<a:p><a:r><a:t>{word}</a:t></a:r></a:p>");
    let slide = format!(
        "<p:sld><p:sp>{}</p:sp><p:grpSp><p:sp>{}</p:sp></p:grpSp><a:tbl><a:tc>{}</a:tc></a:tbl><p:cNvPr descr='a picture of {}'/></p:sld>",
        paragraph(format!("{STORY} {}", p.word("body"))),
        paragraph(p.word("group")),
        paragraph(p.word("cell")),
        p.word("alt text"),
    );
    let mut parts = vec![
        (
            "ppt/presentation.xml",
            "<p:presentation><p:sldIdLst><p:sldId id='1' r:id='a'/></p:sldIdLst></p:presentation>".to_owned(),
        ),
        ("ppt/slides/slide1.xml", slide),
        ("ppt/notesSlides/notesSlide1.xml", format!("<p:notes>{}</p:notes>", paragraph(p.word("notes")))),
        (
            "ppt/comments/comment1.xml",
            format!("<p:cmLst><p:cm><p:text>{}</p:text></p:cm></p:cmLst>", p.word("comment")),
        ),
        ("ppt/charts/chart1.xml", format!("<c:chart>{}</c:chart>", paragraph(p.word("chart")))),
        ("ppt/diagrams/data1.xml", format!("<dgm:dataModel>{}</dgm:dataModel>", paragraph(p.word("diagram")))),
    ];
    parts.extend(properties(p));
    package(
        &parts,
        &[
            ("", "r1", "officeDocument", "ppt/presentation.xml"),
            ("", "r2", "core-properties", "docProps/core.xml"),
            ("", "r3", "custom-properties", "docProps/custom.xml"),
            ("ppt/presentation.xml", "a", "slide", "slides/slide1.xml"),
            ("ppt/slides/slide1.xml", "a", "notesSlide", "../notesSlides/notesSlide1.xml"),
            ("ppt/slides/slide1.xml", "b", "comments", "../comments/comment1.xml"),
            ("ppt/slides/slide1.xml", "c", "chart", "../charts/chart1.xml"),
            ("ppt/slides/slide1.xml", "d", "diagramData", "../diagrams/data1.xml"),
        ],
    )
}

pub(crate) fn open_sheet(p: &Planter) -> Vec<u8> {
    archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &sheet_content(p))])
}

pub(crate) fn flat_sheet(p: &Planter) -> Vec<u8> {
    flat("spreadsheet", &sheet_content(p), "")
}

fn sheet_content(p: &Planter) -> String {
    format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name='One'><table:table-row><table:table-cell><text:p>{STORY} {}</text:p>\
         <office:annotation><text:p>{}</text:p></office:annotation></table:table-cell><table:covered-table-cell><text:p>{}</text:p></table:covered-table-cell></table:table-row>\
         <table:shapes><draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame></table:shapes></table:table></office:spreadsheet></office:body></office:document-content>",
        p.word("cell"),
        p.word("note"),
        p.word("covered"),
        p.word("box"),
    )
}

/// A file that is one XML, with the content of a package and what stands in its other parts.
fn flat(kind: &str, content: &str, more: &str) -> Vec<u8> {
    let body = content.replace("<office:document-content>", "").replace("</office:document-content>", "");
    format!(
        "<?xml version='1.0'?><office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' office:mimetype='application/vnd.oasis.opendocument.{kind}'>{more}{body}</office:document>"
    )
    .into()
}

pub(crate) fn flat_text(p: &Planter) -> Vec<u8> {
    let content = format!(
        "<office:body><office:text><text:p>{STORY} {}<office:annotation><text:p>{}</text:p></office:annotation></text:p></office:text></office:body>",
        p.word("body"),
        p.word("remark")
    );
    let heads = format!(
        "<office:master-styles><style:header><text:p>{}</text:p></style:header><style:footer><text:p>{}</text:p></style:footer></office:master-styles>",
        p.word("head"),
        p.word("foot")
    );
    flat("text", &content, &heads)
}

pub(crate) fn open_slides(p: &Planter) -> Vec<u8> {
    archive(&[("mimetype", "application/vnd.oasis.opendocument.presentation"), ("content.xml", &slides_content(p))])
}

pub(crate) fn flat_slides(p: &Planter) -> Vec<u8> {
    flat("presentation", &slides_content(p), "")
}

fn slides_content(p: &Planter) -> String {
    format!(
        "<office:document-content><office:body><office:presentation><presentation:footer-decl>{}</presentation:footer-decl><draw:page><draw:frame><draw:text-box><text:p>{STORY} {}</text:p></draw:text-box></draw:frame>\
         <draw:frame><draw:image/><svg:title>{}</svg:title><svg:desc>{}</svg:desc></draw:frame><presentation:notes><text:p>{}</text:p></presentation:notes>\
         <office:annotation><text:p>{}</text:p></office:annotation></draw:page></office:presentation></office:body></office:document-content>",
        p.word("foot"),
        p.word("body"),
        p.word("picture title"),
        p.word("alt text"),
        p.word("notes"),
        p.word("remark"),
    )
}

pub(crate) fn book(p: &Planter) -> Vec<u8> {
    let chapter = |word: String| {
        format!(
            "<html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body><p>{STORY} {word}</p></body></html>"
        )
    };
    let package = format!(
        "<?xml version='1.0'?><package xmlns='http://www.idpf.org/2007/opf' version='3.0' unique-identifier='id'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:identifier id='id'>1</dc:identifier><dc:language>en</dc:language><dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:description>{}</dc:description></metadata>\
         <manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/><item id='b' href='b.xhtml' media-type='application/xhtml+xml'/><item id='n' href='notes.xhtml' media-type='application/xhtml+xml'/><item id='o' href='out.xhtml' media-type='application/xhtml+xml'/></manifest>\
         <spine><itemref idref='a'/><itemref idref='b'/><itemref idref='n' linear='no'/></spine></package>",
        p.word("title"),
        p.word("author"),
        p.word("description"),
    );
    archive(&[
        ("mimetype", "application/epub+zip"),
        (
            "META-INF/container.xml",
            "<?xml version='1.0'?><container version='1.0' xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile full-path='c.opf' media-type='application/oebps-package+xml'/></rootfiles></container>",
        ),
        ("c.opf", &package),
        ("a.xhtml", &chapter(p.word("chapter 1"))),
        ("b.xhtml", &chapter(p.word("chapter 2"))),
        ("notes.xhtml", &chapter(p.word("notes"))),
        ("out.xhtml", &chapter(p.word("out of order"))),
    ])
}

pub(crate) fn paper(p: &Planter) -> Vec<u8> {
    let page = |number: usize, words: &[String]| {
        let mut content = format!("BT /F1 12 Tf 72 770 Td ({} {number}) Tj ET\n", p.word("running head"));
        for (at, word) in words.iter().enumerate() {
            content.push_str(&format!(
                "BT /F1 12 Tf 72 {} Td (The ducks of the pond were counted {word} in the morning.) Tj ET\n",
                700 - 20 * at
            ));
        }
        content.push_str(&format!("BT /F1 12 Tf 280 40 Td ({} {number}) Tj ET", p.word("running foot")));
        content
    };
    let pages =
        [page(1, &[p.word("body"), p.word("second line")]), page(2, &[p.word("page 2")]), page(3, &[p.word("page 3")])];
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[5 0 R 7 0 R 9 0 R]/Count 3>>".to_owned(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        format!("<</Title({})/Subject({})/Keywords({})>>", p.word("title"), p.word("subject"), p.word("keywords")),
    ];
    for (at, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents {} 0 R>>",
            6 + 2 * at
        ));
        objects.push(format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut cross = "0000000000 65535 f \n".to_owned();
    for (object, number) in objects.iter().zip(1..) {
        cross.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let (start, size) = (file.len(), objects.len() + 1);
    (file
        + &format!(
            "xref\n0 {size}\n{cross}trailer\n<</Size {size}/Root 1 0 R/Info 4 0 R>>\nstartxref\n{start}\n%%EOF\n"
        ))
        .into_bytes()
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        let packing =
            if *name == "mimetype" { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        writer.start_file(*name, zip::write::SimpleFileOptions::default().compression_method(packing)).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub(crate) fn zip_archive(p: &Planter) -> Vec<u8> {
    let text = |part: &str| format!("{STORY} {}", p.word(part));
    archive(&[
        ("a.txt", &text("first")),
        ("deep/b.md", &text("second")),
        (&format!("{}.png", p.word("picture")), "\u{89}PNG"),
    ])
}

pub(crate) fn tar_archive(p: &Planter) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, part) in [("a.txt", "first"), ("b.txt", "second"), ("a.txt", "a second of the first name")] {
        let text = format!("{STORY} {}", p.word(part));
        let mut header = tar::Header::new_ustar();
        header.set_size(text.len() as u64);
        header.set_cksum();
        builder.append_data(&mut header, name, text.as_bytes()).unwrap();
    }
    builder.into_inner().unwrap()
}

pub(crate) fn web_archive(p: &Planter) -> Vec<u8> {
    let mut archive = String::new();
    for (at, part) in ["first", "second"].iter().enumerate() {
        let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{STORY} {}\n", p.word(part));
        archive.push_str(&format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://mill.example/{at}\r\nWARC-Date: 2014-03-04T10:00:00Z\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n",
            page.len()
        ));
    }
    archive.into()
}

/// An archive of captured pages with its description, which names no hash.
pub(crate) fn captures(p: &Planter) -> Vec<u8> {
    let pages = String::from_utf8(web_archive(p)).unwrap();
    archive(&[("datapackage.json", "{\"resources\": []}"), ("archive/data.warc", &pages), ("pages/pages.jsonl", "{}")])
}

/// A message of Outlook with a file attached and one recipient.
pub(crate) fn outlook_message(p: &Planter) -> Vec<u8> {
    use std::io::Write;
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    let (attached, recipient) = ("/__attach_version1.0_#00000000", "/__recip_version1.0_#00000000");
    let wide = |text: String| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    // The time of sending, of the kind 64: 1996-02-26T10:00:00Z.
    let mut told = vec![0; 32];
    told.extend(0x0039_0040_u32.to_le_bytes());
    told.extend([6, 0, 0, 0]);
    told.extend(((825_328_800_u64 + 11_644_473_600) * 10_000_000).to_le_bytes());
    let parts = [
        ("", "properties_version1.0", told),
        ("", "substg1.0_0037001F", wide(p.word("subject"))),
        ("", "substg1.0_1000001F", wide(format!("{STORY} {}\r\n", p.word("body")))),
        ("", "substg1.0_0C1A001F", wide(p.word("sender"))),
        (attached, "properties_version1.0", vec![0; 8]),
        (attached, "substg1.0_3707001F", wide("ducks.txt".to_owned())),
        (attached, "substg1.0_37010102", format!("{STORY} {}", p.word("attachment")).into_bytes()),
        (recipient, "properties_version1.0", vec![0; 8]),
        (recipient, "substg1.0_3001001F", wide(p.word("recipient"))),
    ];
    for (storage, name, bytes) in parts {
        if !storage.is_empty() && !file.exists(storage) {
            file.create_storage(storage).unwrap();
        }
        file.create_stream(format!("{storage}/__{name}")).unwrap().write_all(&bytes).unwrap();
    }
    file.into_inner().into_inner()
}
