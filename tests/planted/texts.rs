//! Formats that are text: files with a word in every part.

#![allow(clippy::unwrap_used)]

use super::{Planter, STORY};

pub(crate) fn plain(p: &Planter) -> Vec<u8> {
    format!(
        "{}\n\n{STORY} {}\n\n- {}\n\t{}\n{}",
        p.word("title"),
        p.word("body"),
        p.word("list"),
        p.word("indented"),
        p.word("end")
    )
    .into()
}

pub(crate) fn mac(p: &Planter) -> Vec<u8> {
    format!("{}\r\r{STORY} {}\r{}", p.word("title"), p.word("body"), p.word("end")).into()
}

pub(crate) fn markdown_page(p: &Planter) -> Vec<u8> {
    format!(
        "---\ntitle: {}\ndate: 2014-03-04\ntags: [{}, x]\ndesk: {}\nnested:\n  inner: {}\n---\n# {}\n\n{STORY} {}[^1]\n\n\
         <!-- {} -->\n\n| a | b |\n|---|---|\n| {} | x |\n\n![{}](a.png)\n\n```\n{}\n```\n\n> {}\n\n[^1]: {}\n",
        p.word("title"), p.word("tag"), p.word("field"), p.word("nested field"), p.word("heading"), p.word("body"),
        p.word("remark"), p.word("cell"), p.word("alt text"), p.word("code"), p.word("quote"), p.word("footnote"),
    )
    .into()
}

pub(crate) fn table(p: &Planter) -> Vec<u8> {
    let cell = |part: &str| p.word(part);
    format!(
        "date,title,text,desk,note\n2014-03-04,{},\"{STORY} {}\",{},\"{}\nand more\"\n2014-03-05,{},{},{},x,\"{}\"\n",
        cell("title"),
        cell("text"),
        cell("own column"),
        cell("two lines"),
        cell("title 2"),
        cell("text 2"),
        cell("desk 2"),
        cell("one too many"),
    )
    .into()
}

pub(crate) fn tabs(p: &Planter) -> Vec<u8> {
    format!(
        "Titel\tDatum\tText\tOrt\n{}\t2014-03-04\t{STORY} {}\t{}\n",
        p.word("title"),
        p.word("text"),
        p.word("own column")
    )
    .into()
}

fn object(p: &Planter, at: &str) -> String {
    let word = |part: &str| p.word(&format!("{at} {part}"));
    format!(
        r#"{{"id":"{at}","title":"{}","date":"2014-03-04","text":"{STORY} {}","desk":"{}","tags":["{}"],"geo":{{"place":"{}"}},"content":"{}"}}"#,
        word("title"),
        word("text"),
        word("field"),
        word("list"),
        word("nested"),
        word("second text"),
    )
}

pub(crate) fn json_lines(p: &Planter) -> Vec<u8> {
    format!("{}\n{}\n", object(p, "a"), object(p, "b")).into()
}

pub(crate) fn json_object(p: &Planter) -> Vec<u8> {
    object(p, "one").into()
}

pub(crate) fn json_array(p: &Planter) -> Vec<u8> {
    format!("[{},\n{}]", object(p, "a"), object(p, "b")).into()
}

pub(crate) fn rich_text(p: &Planter) -> Vec<u8> {
    format!(
        r"{{\rtf1\ansi{{\info{{\title {}}}{{\subject {}}}{{\keywords {}}}{{\doccomm {}}}}}{{\header {}\par}}{{\footer {}\par}}{STORY} {}{{\footnote {}}}\par
\trowd\intbl {}\cell x\cell\row\pard {{\*\atnid AB}}{{\*\annotation {}}}{{\field{{\*\fldinst HYPERLINK}}{{\fldrslt {}}}}}\par
{{\shp{{\*\shpinst{{\shptxt {}\par}}}}}}{{\deleted {}}}{{\v {}}}}}",
        p.word("title"), p.word("subject"), p.word("keywords"), p.word("comment on all"), p.word("header"), p.word("footer"), p.word("body"),
        p.word("footnote"), p.word("cell"), p.word("remark"), p.word("field"), p.word("text box"), p.word("deleted"), p.word("hidden"),
    )
    .into()
}

fn page_of(p: &Planter, at: &str) -> String {
    let word = |part: &str| p.word(&format!("{at}{part}"));
    format!(
        "<html><head><title>{}</title><meta name=description content='{}'><meta name=keywords content='{}'></head><body>\
         <header>{}</header><nav><a href=/>Home {}</a></nav><article><h1>{}</h1><p>{STORY} {}</p><p>{STORY}</p>\
         <figure><img src=a.png alt='{}'><figcaption>{}</figcaption></figure><table><tr><th>{}<td>{}</table><ul><li>{}</ul>\
         <blockquote>{}</blockquote><pre>{}</pre><details><summary>{}</summary>{}</details><p>{STORY}</p></article>\
         <aside>{}</aside><div class=related>{}</div><div id=comments><p class=comment>{}</p></div>\
         <form><label>{}</label><select><option>{}</select><button>{}</button></form><noscript>{}</noscript><footer>{}</footer></body></html>",
        word("window"),
        word("description"),
        word("keywords"),
        word("head"),
        word("menu"),
        word("headline"),
        word("body"),
        word("alt text"),
        word("caption"),
        word("column"),
        word("cell"),
        word("list"),
        word("quote"),
        word("code"),
        word("summary"),
        word("details"),
        word("aside"),
        word("related"),
        word("comment"),
        word("label"),
        word("option"),
        word("button"),
        word("without scripts"),
        word("foot"),
    )
}

pub(crate) fn web_page(p: &Planter) -> Vec<u8> {
    page_of(p, "").into()
}

fn message(p: &Planter, at: &str) -> String {
    let word = |part: &str| p.word(&format!("{at} {part}"));
    format!(
        "From: Clerk <clerk@mill.example>\nTo: {} <all@mill.example>\nDate: Tue, 4 Mar 2014 10:00:00 +0000\nSubject: {}\nMessage-ID: <{at}@mill.example>\n\
         MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m{at}\n\n{}\n\n--m{at}\nContent-Type: multipart/alternative; boundary=a{at}\n\n\
         --a{at}\nContent-Type: text/plain; charset=utf-8\n\n{STORY} {}\n--a{at}\nContent-Type: text/html; charset=utf-8\n\n<p>{STORY} {}</p>\n\
         --a{at}--\n\n--m{at}\nContent-Type: text/plain; name=note.txt\nContent-Disposition: attachment; filename=note.txt\n\n{STORY} {}\n\
         --m{at}\nContent-Type: application/octet-stream; name={}.bin\nContent-Disposition: attachment; filename={}.bin\nContent-Transfer-Encoding: base64\n\nAAECAwAAAAAA\n\
         --m{at}\nContent-Type: message/rfc822\n\nFrom: a@b.example\nDate: Tue, 4 Mar 2014 10:00:00 +0000\nSubject: {}\nMIME-Version: 1.0\n\n{STORY} {}\n--m{at}--\n\n{}\n\n",
        word("to"),
        word("subject"),
        word("preamble"),
        word("plain"),
        word("html form"),
        word("attachment"),
        word("unread attachment"),
        word("unread attachment"),
        word("inner subject"),
        word("inner body"),
        word("epilogue"),
    )
}

pub(crate) fn mail(p: &Planter) -> Vec<u8> {
    message(p, "one").into()
}

/// A message as Apple Mail keeps it: its length before it, a list of properties behind it.
pub(crate) fn apple_mail(p: &Planter) -> Vec<u8> {
    let message = message(p, "one");
    let list =
        "<?xml version=\"1.0\"?>\n<plist version=\"1.0\"><dict><key>flags</key><integer>1</integer></dict></plist>\n";
    format!("{}\n{message}{list}", message.len()).into()
}

pub(crate) fn mailbox(p: &Planter) -> Vec<u8> {
    format!(
        "From a Tue Mar 04 10:00:00 2014\n{}From b Tue Mar 04 10:00:00 2014\n{}",
        message(p, "one"),
        message(p, "two")
    )
    .into()
}

pub(crate) fn saved_page(p: &Planter) -> Vec<u8> {
    format!(
        "From: <Saved by a browser>\nSubject: {}\nDate: Tue, 4 Mar 2014 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=b\n\n\
         --b\nContent-Type: text/html; charset=utf-8\nContent-Location: http://mill.example/a\n\n<html><body><article><p>{STORY} {}</p><p>{STORY}</p></article></body></html>\n\
         --b\nContent-Type: text/html; charset=utf-8\nContent-Location: http://mill.example/frame\n\n<p>{STORY} {}</p>\n--b--\n",
        p.word("subject"), p.word("page"), p.word("frame"),
    )
    .into()
}

pub(crate) fn rss(p: &Planter) -> Vec<u8> {
    format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>{}</title><description>{}</description><language>en</language>\
         <item><title>{}</title><description>{}</description><content:encoded><![CDATA[<p>{STORY} {}</p>]]></content:encoded><category>{}</category><author>{}</author><guid>1</guid></item>\
         <item><title>{}</title><description>{}</description><guid>2</guid></item></channel></rss>",
        p.word("feed"), p.word("about the feed"), p.word("title"), p.word("description"), p.word("content"), p.word("category"), p.word("author"),
        p.word("title 2"), p.word("description 2"),
    )
    .into()
}

pub(crate) fn atom(p: &Planter) -> Vec<u8> {
    format!(
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>{}</title><subtitle>{}</subtitle><entry><title>{}</title><summary>{}</summary>\
         <content type='xhtml'><div><p>{STORY} {}</p></div></content><category term='{}'/><author><name>{}</name></author><rights>{}</rights><id>1</id></entry></feed>",
        p.word("feed"), p.word("about the feed"), p.word("title"), p.word("summary"), p.word("content"), p.word("category"), p.word("author"), p.word("rights"),
    )
    .into()
}

pub(crate) fn nitf(p: &Planter) -> Vec<u8> {
    format!(
        "<?xml version='1.0'?><nitf><head><title>{}</title></head><body><body.head><hedline><hl1>{}</hl1><hl2>{}</hl2></hedline><byline>{}</byline><dateline>{}</dateline></body.head>\
         <body.content><p>{STORY} {}</p><media><media-caption>{}</media-caption></media><table><tr><td>{}</td></tr></table></body.content><body.end><tagline>{}</tagline></body.end></body></nitf>",
        p.word("title"), p.word("headline"), p.word("second headline"), p.word("byline"), p.word("dateline"), p.word("body"), p.word("caption"), p.word("cell"), p.word("tagline"),
    )
    .into()
}

pub(crate) fn prose(p: &Planter) -> Vec<u8> {
    format!(
        "<?xml version='1.0'?><doc><title>{}</title><author>{}</author><section><head>{}</head><p>{STORY} {}</p><note>{}</note></section><p>{STORY} {}</p></doc>",
        p.word("title"), p.word("author"), p.word("heading"), p.word("body"), p.word("note"), p.word("end"),
    )
    .into()
}

pub(crate) fn alto_page(p: &Planter) -> Vec<u8> {
    let line = |words: String| {
        let words: String = words.split_whitespace().map(|word| format!("<String CONTENT='{word}'/><SP/>")).collect();
        format!("<TextLine>{words}</TextLine>")
    };
    format!(
        "<?xml version='1.0'?><alto><Layout><Page><TopMargin><TextBlock>{}</TextBlock></TopMargin><PrintSpace><TextBlock>{}</TextBlock><ComposedBlock><TextBlock>{}</TextBlock></ComposedBlock></PrintSpace></Page></Layout></alto>",
        line(p.word("margin")),
        line(format!("{STORY} {}", p.word("block"))),
        line(p.word("composed block")),
    )
    .into_bytes()
}

pub(crate) fn page_of_page_xml(p: &Planter) -> Vec<u8> {
    format!(
        "<?xml version='1.0'?><PcGts><Page><TextRegion id='a'><TextLine><TextEquiv><Unicode>{STORY} {}</Unicode></TextEquiv></TextLine></TextRegion>\
         <TextRegion id='b'><TextLine><Word><TextEquiv><Unicode>{}</Unicode></TextEquiv></Word></TextLine></TextRegion>\
         <TableRegion id='c'><TextRegion id='d'><TextEquiv><Unicode>{}</Unicode></TextEquiv></TextRegion></TableRegion></Page></PcGts>",
        p.word("line"),
        p.word("word"),
        p.word("region"),
    )
    .into_bytes()
}

pub(crate) fn hocr_page(p: &Planter) -> Vec<u8> {
    format!(
        "<html><head><meta name='ocr-system' content='x'/></head><body><div class='ocr_page'><p class='ocr_par'><span class='ocr_line'>{STORY} {}</span>\
         <span class='ocr_line'><span class='ocrx_word'>{}</span></span></p><span class='ocr_header'>{}</span></div></body></html>",
        p.word("line"),
        p.word("word"),
        p.word("header"),
    )
    .into_bytes()
}

pub(crate) fn tei_letter(p: &Planter) -> Vec<u8> {
    format!(
        "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader><fileDesc><titleStmt><title>{}</title><author>{}</author></titleStmt><sourceDesc><bibl>{}</bibl></sourceDesc></fileDesc></teiHeader>\
         <text><front><p>{}</p></front><body><head>{}</head><p>{STORY} {} <note>{}</note></p><lg><l>{}</l></lg></body><back><p>{}</p></back></text></TEI>",
        p.word("title"),
        p.word("author"),
        p.word("source"),
        p.word("front"),
        p.word("head"),
        p.word("body"),
        p.word("note"),
        p.word("verse"),
        p.word("back"),
    )
    .into_bytes()
}

pub(crate) fn subrip(p: &Planter) -> Vec<u8> {
    format!(
        "1\n00:00:01,000 --> 00:00:02,000\n{STORY} <i>{}</i>\n\n2\n00:00:02,000 --> never\n{}\n\n{}\n",
        p.word("cue"),
        p.word("cue of a broken time"),
        p.word("words without a time"),
    )
    .into_bytes()
}

pub(crate) fn web_vtt(p: &Planter) -> Vec<u8> {
    format!(
        "WEBVTT {}\n\nNOTE {}\n\n{}\n00:01.000 --> 00:02.000\n<v {}>{STORY} {}\n",
        p.word("title"),
        p.word("remark"),
        "intro",
        p.word("speaker"),
        p.word("cue"),
    )
    .into_bytes()
}

pub(super) fn ris_list(p: &Planter) -> Vec<u8> {
    format!(
        "TY  - NEWS\r\nTI  - The pond {}\r\nAU  - Example, Anna {}\r\nT2  - Riverby Courier {}\r\nDA  - 1896/04/01/\r\n\
         KW  - ducks {}\r\nKW  - boats {}\r\nN1  - kept {}\r\nAB  - {STORY} {}\r\n  It goes on {}.\r\nER  - \r\n",
        p.word("title"),
        p.word("author"),
        p.word("source"),
        p.word("keyword"),
        p.word("another keyword"),
        p.word("note"),
        p.word("abstract"),
        p.word("second line of the abstract")
    )
    .into_bytes()
}

pub(super) fn bibtex_list(p: &Planter) -> Vec<u8> {
    format!(
        "@string{{rc = {{Riverby Courier {}}}}}\n\n@article{{ducks,\n  title = {{The {{Pond}} {}}},\n  author = {{Anna {} and Tom {}}},\n\
         \x20 journal = rc,\n  date = {{1896-04}},\n  keywords = {{ducks, {}}},\n  abstract = {{{STORY} {}}}\n}}\n",
        p.word("abbreviation"),
        p.word("title"),
        p.word("author"),
        p.word("second author"),
        p.word("keyword"),
        p.word("abstract")
    )
    .into_bytes()
}

pub(super) fn csl_list(p: &Planter) -> Vec<u8> {
    format!(
        "[{{\"id\": \"ducks\", \"type\": \"article-newspaper\", \"title\": \"The <i>pond</i> {}\", \"container-title\": \"Riverby {}\", \
         \"author\": [{{\"family\": \"Example {}\", \"given\": \"Anna\"}}, {{\"literal\": \"{}\"}}], \
         \"issued\": {{\"date-parts\": [[1896, 4]]}}, \"note\": \"kept {}\", \"abstract\": \"{STORY} {}\"}}]",
        p.word("title"),
        p.word("source"),
        p.word("author"),
        p.word("house"),
        p.word("note"),
        p.word("abstract")
    )
    .into_bytes()
}
