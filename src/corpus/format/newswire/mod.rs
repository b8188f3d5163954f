//! Newswire in XML: NITF, NewsML-G2 and NewsML 1.

mod g2;
mod newsml;
mod nitf;
mod story;

use super::xml;
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::RawDocument;

/// Reads a file of newswire: every item with a text, or at least a headline, is a document.
pub(crate) fn read(bytes: Vec<u8>) -> Vec<Result<RawDocument, Problem>> {
    let tree = xml::read(bytes);
    let mut read = Vec::new();
    if let Some(root) = tree.root() {
        let stories = match tree.name(root) {
            "nitf" => vec![nitf::read(&tree, root)],
            "NewsML" => newsml::read(&tree, root),
            _ => g2::read(&tree, root),
        };
        let single = stories.len() == 1;
        read.extend(stories.into_iter().zip(1..).map(|(story, number)| story.finish(&tree, number, single)));
    }
    match &tree.broken {
        Some(reason) => read.push(Err(Problem::failed(reason.clone()))),
        None if read.is_empty() => read.push(Err(Problem::nothing("newswire without a story in it"))),
        None => {}
    }
    read
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn of(xml: &str) -> Vec<Result<RawDocument, String>> {
        read(xml.into()).into_iter().map(|one| one.map_err(|problem| problem.reason)).collect()
    }

    fn one(xml: &str) -> RawDocument {
        let mut read = of(xml);
        assert_eq!(read.len(), 1, "{read:?}");
        read.remove(0).unwrap()
    }

    fn clues(raw: &RawDocument) -> Vec<String> {
        raw.declared.iter().map(|d| format!("{}={} ({})", d.name, d.value, d.place)).collect()
    }

    const NITF: &str = "<?xml version='1.0'?><nitf><head><title>Slug</title><docdata><doc-id id-string='m-1'/>
        <date.issue norm='19960226T101500+0100'/><date.release norm='YYYYMMDD'/><ed-msg info='Adds mill'/>
        <key-list><keyword key='mills'/><keyword>rivers</keyword></key-list><doc.copyright holder='Mill Wire. All rights reserved.' year='1996'/></docdata>
        <pubdata date.publication='19960227' name='Mill Gazette'/></head>
        <body><body.head><hedline><hl1>The mill turns</hl1></hedline><byline>By <person>Ann Example</person><byttl>Mill Writer</byttl></byline>
        <dateline><location>OLDTOWN</location></dateline><abstract>In short.</abstract></body.head>
        <body.content><media><media-metadata name='x' value='y'>no</media-metadata><media-caption>A wheel</media-caption></media><block><p>OLDTOWN - It turns<br/>and turns.</p><p/><p>It grinds.</p></block></body.content></body></nitf>";

    #[test]
    fn nitf_gives_text_dates_and_names() {
        let raw = one(NITF);
        assert_eq!(raw.text, "A wheel\n\nOLDTOWN - It turns\nand turns.\n\nIt grinds.");
        assert_eq!(
            (raw.title.as_deref(), raw.record_id.as_deref(), raw.key.as_str()),
            (Some("The mill turns"), Some("m-1"), "")
        );
        assert_eq!(
            clues(&raw),
            [
                "published=1996-02-27 (date.publication)",
                "date=1996-02-26T10:15:00+0100 (date.issue)",
                "publisher=Mill Gazette (pubdata)",
                "author=Ann Example (byline)",
            ]
        );
        let metadata: Vec<_> = raw.metadata.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(
            metadata,
            ["abstract=In short.", "dateline=OLDTOWN", "ednote=Adds mill", "keywords=mills, rivers", "title=Slug"]
        );
    }

    #[test]
    fn newsml_g2_items_are_read_with_what_is_inside_them() {
        let item = |guid: &str, meta: &str, content: &str| {
            format!(
                "<newsItem guid='{guid}' xml:lang='en-GB'><rightsInfo><copyrightHolder literal='Holder'/></rightsInfo><itemMeta><provider qcode='p:MILLWIRE'/>
                <versionCreated>1996-02-28T09:00:00Z</versionCreated><firstCreated>1996-02-26T09:00:00Z</firstCreated>{meta}</itemMeta>
                <contentMeta><headline>The mill turns</headline><by>Ann Example</by><creditline>Mill Wire</creditline><dateline>OLDTOWN</dateline></contentMeta>
                <contentSet>{content}</contentSet></newsItem>"
            )
        };
        let raw = one(&item(
            "g-1",
            "<embargoed>1996-03-01T00:00:00Z</embargoed>",
            "<inlineXML contenttype='application/xhtml+xml'><html xmlns='http://www.w3.org/1999/xhtml'><head><title>no</title></head><body><p>It turns.</p><p>It grinds.</p></body></html></inlineXML>",
        ));
        assert_eq!(
            (raw.text.as_str(), raw.title.as_deref(), raw.language.as_deref()),
            ("It turns.\n\nIt grinds.", Some("The mill turns"), Some("en-GB"))
        );
        assert_eq!(
            clues(&raw),
            [
                "published=1996-03-01T00:00:00Z (embargoed)",
                "date=1996-02-26T09:00:00Z (firstCreated)",
                "modified=1996-02-28T09:00:00Z (versionCreated)",
                "publisher=MILLWIRE (provider)",
                "credit=Mill Wire (creditline)",
                "author=Ann Example (by)"
            ]
        );
        let message = format!(
            "<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><header><sent>1996-03-01</sent></header><itemSet><packageItem guid='k'><itemMeta/></packageItem>{}{}{}</itemSet></newsMessage>",
            item("g-1", "", &format!("<inlineXML>{}</inlineXML>", NITF.split_once("?>").unwrap().1)),
            item("g-2", "", "<inlineData contenttype='text/plain'>First line\n  second line</inlineData>"),
            item("g-3", "", "<remoteContent href='x.jpg'/>"),
        );
        let read = of(&message);
        let texts: Vec<_> = read
            .iter()
            .map(|one| {
                one.as_ref()
                    .map(|raw| (raw.key.as_str(), raw.text.lines().last().unwrap(), raw.place.member.as_deref()))
            })
            .collect();
        assert_eq!(
            texts,
            [
                Ok(("g-1", "It grinds.", Some("#1"))),
                Ok(("g-2", "  second line", Some("#2"))),
                Ok(("g-3", "The mill turns", Some("#3")))
            ]
        );
    }

    #[test]
    fn a_package_alone_gives_the_headlines_it_lists() {
        let raw = one(
            "<packageItem guid='k'><contentMeta><headline>Top stories</headline></contentMeta><groupSet><group><itemRef><title>The mill turns</title></itemRef><itemRef><headline>The river falls</headline></itemRef></group></groupSet></packageItem>",
        );
        assert_eq!(
            (raw.title.as_deref(), raw.text.as_str()),
            (Some("Top stories"), "The mill turns\n\nThe river falls")
        );
    }

    #[test]
    fn newsml_1_is_read_with_escaped_and_plain_content() {
        let file = |content: &str| {
            format!(
                "<NewsML><NewsEnvelope><DateAndTime>19960229T000000Z</DateAndTime></NewsEnvelope><NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:m:1</PublicIdentifier></NewsIdentifier></Identification>
                <NewsManagement><FirstCreated>19960226T090000Z</FirstCreated><ThisRevisionCreated>19960227T090000Z</ThisRevisionCreated></NewsManagement>
                <NewsComponent><NewsLines><HeadLine>Le moulin</HeadLine><ByLine>Par Ann Exemple</ByLine><DateLine>Vieuxbourg, 26 fév 1996 (MF)</DateLine></NewsLines>
                <AdministrativeMetadata><Provider><Party FormalName='Moulin Fil'/></Provider></AdministrativeMetadata><DescriptiveMetadata><Language FormalName='fr'/></DescriptiveMetadata>
                <NewsComponent><ContentItem><MediaType FormalName='Text'/><DataContent>{content}</DataContent></ContentItem></NewsComponent></NewsComponent></NewsItem></NewsML>"
            )
        };
        for content in ["<p>Il tourne.</p><p>Il moud.</p>", "<![CDATA[<P>Il tourne.</P><P>Il moud.</P>]]>"] {
            let raw = one(&file(content));
            assert_eq!(
                (raw.text.as_str(), raw.title.as_deref(), raw.language.as_deref()),
                ("Il tourne.\n\nIl moud.", Some("Le moulin"), Some("fr"))
            );
            assert_eq!(
                clues(&raw),
                [
                    "date=1996-02-26T09:00:00Z (FirstCreated)",
                    "modified=1996-02-27T09:00:00Z (ThisRevisionCreated)",
                    "publisher=Moulin Fil (Provider)",
                    "author=Ann Exemple (ByLine)"
                ]
            );
        }
    }

    #[test]
    fn a_cut_off_story_is_read_and_the_cut_told() {
        let (half, _) = NITF.split_once("grinds").unwrap();
        let read = of(half);
        assert_eq!(read.first().unwrap().as_ref().unwrap().text, "A wheel\n\nOLDTOWN - It turns\nand turns.\n\nIt");
        assert!(read.get(1).unwrap().as_ref().unwrap_err().contains("cut off"));
        assert_eq!(of("<newsMessage/>").first().unwrap().as_ref().unwrap_err(), "newswire without a story in it");
    }
}
