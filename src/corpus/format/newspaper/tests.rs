//! Pages and issues as different libraries write them, and hostile ones.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::document::locate;

/// A page of ALTO with blocks of these names and lines.
fn page(blocks: &[(&str, &str)]) -> String {
    let blocks: String = blocks
        .iter()
        .map(|(name, lines)| {
            format!("<TextBlock ID='{name}' HPOS='10' VPOS='10' WIDTH='200' HEIGHT='90'>{lines}</TextBlock>")
        })
        .collect();
    format!(
        "<?xml version='1.0'?><alto xmlns='http://www.loc.gov/standards/alto/ns-v3#'><Description><OCRProcessing><processingDateTime>2009-05-19</processingDateTime></OCRProcessing></Description>\
         <Layout><Page ID='P1'><PrintSpace ID='S1'>{blocks}</PrintSpace></Page></Layout></alto>"
    )
}

fn line(top: u32, words: &str) -> String {
    let words: String = words.split(' ').map(|word| format!("<String CONTENT='{word}' WC='0.9'/><SP/>")).collect();
    format!("<TextLine HPOS='10' VPOS='{top}' WIDTH='180' HEIGHT='12'>{words}</TextLine>")
}

const MODS: &str = "<dmdSec ID='D1'><mdWrap><xmlData><mods:mods xmlns:mods='m'><mods:titleInfo><mods:title>The Riverby Courier</mods:title></mods:titleInfo>\
    <mods:originInfo><mods:dateIssued encoding='iso8601'>1896-04-01</mods:dateIssued><mods:dateIssued qualifier='questionable'>2015-02-25</mods:dateIssued></mods:originInfo>\
    </mods:mods></xmlData></mdWrap></dmdSec>";

fn issue(head: &str, logical: &str, links: &str) -> Vec<u8> {
    format!(
        "<mets xmlns='http://www.loc.gov/METS/' xmlns:xlink='x'><metsHdr CREATEDATE='2019-06-15T07:49:05'/>{head}<fileSec>\
         <file ID='I1'><FLocat xlink:href='images/1.jp2'/></file><file ID='A1'><FLocat xlink:href='file://./alto/1.xml'/></file>\
         <file ID='A2'><FLocat xlink:href='alto/2.xml'/></file></fileSec>\
         <structMap TYPE='LOGICAL'><div TYPE='Newspaper' LABEL='9. Jahrgang'><div TYPE='ISSUE'>{logical}</div></div></structMap>\
         <structMap TYPE='PHYSICAL'><div TYPE='physSequence'><div TYPE='page' ORDER='2'><fptr FILEID='A2'/></div>\
         <div TYPE='page' ORDER='1'><fptr FILEID='I1'/><fptr FILEID='A1'/><div ID='area1' TYPE='pagearea'><fptr><area FILEID='A1' BEGIN='B1'/></fptr></div></div></div></structMap>{links}</mets>"
    )
    .into_bytes()
}

fn load(name: &str) -> Result<Vec<u8>, Unloaded> {
    let first =
        page(&[("B1", &(line(10, "The mill") + &line(30, "It turns."))), ("B2", &line(60, "The ferry is late."))]);
    match name {
        "file://./alto/1.xml" => Ok(first.into_bytes()),
        "alto/2.xml" => Ok(page(&[("B9", &line(10, "The mill was built in spring."))]).into_bytes()),
        _ => Err(Unloaded::Missing("it is not there".to_owned())),
    }
}

fn told(read: &Read) -> Vec<(&str, &str)> {
    read.iter().flatten().map(|raw| (raw.place.member.as_deref().unwrap_or_default(), raw.text.as_str())).collect()
}

#[test]
fn an_article_is_a_document_and_what_is_in_none_stands_with_its_page() {
    let logical = "<div ID='art1' TYPE='ARTICLE' LABEL='The mill'><div TYPE='BODY'><fptr><area FILEID='A1' BETYPE='IDREF' BEGIN='B1'/></fptr>\
        <fptr><area FILEID='A2' BETYPE='IDREF' BEGIN='B9'/></fptr></div></div>";
    let read = mets(issue(MODS, logical, ""), &load);
    assert_eq!(
        told(&read),
        [("#art1", "The mill It turns.\n\nThe mill was built in spring."), ("#p1", "The ferry is late.")]
    );
    let article = read[0].as_ref().unwrap();
    assert_eq!(article.title.as_deref(), Some("The mill"));
    let dates: Vec<String> =
        article.declared.iter().map(|told| format!("{} {} ({})", told.name, told.value, told.place)).collect();
    assert_eq!(
        dates,
        [
            "dateIssued 1896-04-01 (METS mods:dateIssued)",
            "created 2015-02-25 (METS mods:dateIssued, questionable)",
            "source The Riverby Courier (METS title)"
        ]
    );
    let at = |words: &str| article.text.find(words).unwrap();
    let region =
        |words: &str, end: usize| locate(&article.place.spots, &article.text, at(words), at(words)..end).region;
    assert_eq!(region("turns", at("turns") + 1), Some([1, 10, 30, 180, 12]));
    assert_eq!(region("The mill It", at("turns")), Some([1, 10, 10, 180, 32]));
    assert_eq!(region("built", article.text.len()), Some([2, 10, 10, 180, 12]));
    assert_eq!(article.metadata["ocr_confidence"], "0.90");
}

#[test]
fn an_article_may_be_linked_with_the_areas_it_is_made_of() {
    let logical = "<div ID='art1' TYPE='ARTICLE'/>";
    let links = "<structLink><smLinkGrp><smLocatorLink xlink:href='#art1'/><smLocatorLink xlink:href='#area1'/></smLinkGrp></structLink>";
    let read = mets(issue(MODS, logical, links), &load);
    assert_eq!(told(&read)[0], ("#art1", "The mill It turns."));
}

#[test]
fn a_day_is_never_made_up() {
    for (head, logical, expected) in [
        ("", "", vec![]),
        ("", "<div TYPE='month' ORDERLABEL='1910-01'/>", vec!["1910-01"]),
        ("", "<div TYPE='day' ORDERLABEL='1910-01-07'/>", vec!["1910-01-07"]),
        ("", "<div TYPE='day' ORDERLABEL='1910-01-07'/><div TYPE='day' ORDERLABEL='1910-01-08'/>", vec![]),
        ("<dmdSec><mods><dateIssued>[1759-1800]</dateIssued></mods></dmdSec>", "", vec![]),
        ("<dmdSec><mods><title>DOCUMENT_TITLE_PLACEHOLDER</title></mods></dmdSec>", "", vec![]),
    ] {
        let read = mets(issue(head, logical, ""), &load);
        let raw = read[0].as_ref().unwrap();
        let dates: Vec<&str> =
            raw.declared.iter().filter(|told| told.name != "source").map(|told| told.value.as_str()).collect();
        assert_eq!(dates, expected, "{head} {logical}");
    }
}

#[test]
fn pages_that_are_not_there_are_told_and_the_rest_is_read() {
    let gone = || Err(Unloaded::Missing("a page that is not there".to_owned()));
    let some = |name: &str| if name == "alto/2.xml" { gone() } else { load(name) };
    let read = mets(issue(MODS, "", ""), &some);
    assert_eq!(told(&read), [("#p1", "The mill It turns.\n\nThe ferry is late.")]);
    let problem = read[1].as_ref().unwrap_err();
    assert_eq!((problem.member.as_deref(), problem.reason.as_str()), (Some("alto/2.xml"), "a page that is not there"));
    let none = mets(issue(MODS, "", ""), &|_| gone());
    assert_eq!(none[0].as_ref().unwrap_err().reason, "METS that names 2 pages, whose texts are not beside it");
    assert!(mets(b"<mets/>".to_vec(), &load)[0].is_err());
}

#[test]
fn pages_that_are_read_elsewhere_are_no_loss_and_counted_once() {
    let elsewhere = |_: &str| Err(Unloaded::Elsewhere("are read with toc.xml".to_owned()));
    let told: Vec<Problem> = mets(issue(MODS, "", ""), &elsewhere).into_iter().filter_map(Result::err).collect();
    assert_eq!(told, [Problem::nothing("pages that are read with toc.xml: 2")]);
}

#[test]
fn a_file_that_many_pages_name_is_loaded_once() {
    let divs = "<div TYPE='page'><fptr FILEID='A'/></div>".repeat(1_000);
    let file = format!(
        "<mets xmlns:xlink='x'><fileSec><file ID='A'><FLocat xlink:href='file://./alto/1.xml'/></file></fileSec><structMap>{divs}</structMap></mets>"
    );
    let loaded = std::cell::Cell::new(0);
    let read = mets(file.into_bytes(), &|name| {
        loaded.set(loaded.get() + 1);
        load(name)
    });
    assert_eq!((loaded.get(), read.len()), (1, 1));
    assert_eq!(told(&read), [("#p1", "The mill It turns.\n\nThe ferry is late.")]);
}

#[test]
fn damage_is_told_wherever_it_is() {
    let whole = issue(MODS, "", "");
    let read = mets(whole[..whole.len() - 8].to_vec(), &load);
    assert_eq!(told(&read).len(), 2);
    let reason = |read: &Read| read.iter().find_map(|read| read.as_ref().err()).unwrap().reason.clone();
    assert!(reason(&read).starts_with("a damaged METS file, read in part: "), "{}", reason(&read));
    for read in [
        alto(b"<alto><Layout><".to_vec()),
        page_xml(b"<PcGts><Metadata><".to_vec()),
        hocr(b"<html><head><meta name='ocr-system' content='x'/><".to_vec()).unwrap_err(),
    ] {
        assert_eq!(read.len(), 1);
        assert!(reason(&read).starts_with("a damaged scan without text: read in part: "), "{}", reason(&read));
    }
    let damaged = |name: &str| if name == "alto/2.xml" { Ok(b"<alto><Layout><".to_vec()) } else { load(name) };
    let read = mets(issue(MODS, "", ""), &damaged);
    assert!(read.iter().flatten().count() == 1 && reason(&read).contains("read in part"), "{}", reason(&read));
}

#[test]
fn pages_are_told_from_pictures_by_their_names_however_they_are_packed() {
    for (name, expected) in [
        ("alto/1.xml", true),
        ("file://./alto/1.XML.gz", true),
        ("1.xml.xz", true),
        ("1.alto.zst", true),
        ("page.hocr", true),
        ("page.html.bz2", true),
        ("http://a.example/iiif/1234", true),
        ("1.jp2", false),
        ("1.tif.gz", false),
    ] {
        assert_eq!(mets::may_be_text(name), expected, "{name}");
    }
    let scan = "<html><body><div class='ocr_page'><span class='ocr_line'>The mill turns.</span></div></body></html>";
    let read = mets(issue(MODS, "", ""), &|_| Ok(scan.as_bytes().to_vec()));
    assert_eq!(told(&read), [("#p1", "The mill turns."), ("#p2", "The mill turns.")]);
}

#[test]
fn a_page_of_alto_alone_says_nothing_of_its_day() {
    let read = alto(page(&[("B1", &line(10, "The mill turns."))]).into_bytes());
    let raw = read[0].as_ref().unwrap();
    assert_eq!((raw.text.as_str(), raw.declared.len()), ("The mill turns.", 0));
    assert_eq!(alto(page(&[]).into_bytes())[0].as_ref().unwrap_err().reason, "a scan of 1 page that holds no text");
}

#[test]
fn a_hundred_thousand_words_are_read_and_a_page_cut_off_says_so() {
    let words = vec!["word"; 100_000].join(" ");
    let read = alto(page(&[("B1", &line(10, &words))]).into_bytes());
    assert_eq!(read[0].as_ref().unwrap().text.matches("word").count(), 100_000);
    let whole = page(&[("B1", &line(10, "The mill turns all day."))]);
    let cut = alto(whole.as_bytes()[..whole.len() - 80].to_vec());
    assert!(cut[0].as_ref().unwrap().text.starts_with("The mill"));
    assert!(cut[1].as_ref().unwrap_err().reason.starts_with("read in part"), "{:?}", cut[1]);
}

#[test]
fn a_page_of_page_xml_is_in_reading_order_and_not_dated_by_its_annotator() {
    let region = |name: &str, text: &str| {
        format!(
            "<TextRegion id='{name}'><Coords points='0,0 9,9'/><TextLine id='l{name}'><Coords points='10,20 110,20 110,40 10,40'/>\
             <TextEquiv index='1'><Unicode>other</Unicode></TextEquiv><TextEquiv index='0'><Unicode>{text}</Unicode></TextEquiv></TextLine></TextRegion>"
        )
    };
    let file = format!(
        "<PcGts xmlns='http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15'><Metadata><Created>2019-01-02T03:04:05</Created></Metadata>\
         <Page><ReadingOrder><OrderedGroup><RegionRefIndexed index='1' regionRef='a'/><RegionRefIndexed index='0' regionRef='b'/></OrderedGroup></ReadingOrder>{}{}</Page></PcGts>",
        region("a", "It turns."),
        region("b", "The mühl-"),
    );
    let read = page_xml(file.into_bytes());
    let raw = read[0].as_ref().unwrap();
    assert_eq!((raw.text.as_str(), raw.declared.len()), ("The mühl-\n\nIt turns.", 0));
    assert_eq!(raw.place.spots[0].region, Some([1, 10, 20, 100, 20]));
}

#[test]
fn a_page_of_many_regions_is_put_in_order_at_once() {
    const REGIONS: usize = 50_000;
    let order: String = (0..REGIONS).rev().map(|at| format!("<RegionRef regionRef='r{at}'/>")).collect();
    let region = |at| format!("<TextRegion id='r{at}'><TextEquiv><Unicode>{at}</Unicode></TextEquiv></TextRegion>");
    let regions: String = (0..REGIONS).map(region).collect();
    let read =
        page_xml(format!("<PcGts><Page><ReadingOrder>{order}</ReadingOrder>{regions}</Page></PcGts>").into_bytes());
    let text = &read[0].as_ref().unwrap().text;
    assert_eq!(text.split_whitespace().count(), REGIONS);
    assert!(text.starts_with("49999\n\n49998\n\n") && text.ends_with("\n\n0"), "{}", &text[..20]);
}

#[test]
fn prose_about_hocr_is_no_hocr() {
    for (head, expected) in [
        ("<html><body><p>The class ocr_page and the meta name ocr-system say so.", false),
        ("<html><body><pre>&lt;div class='ocr_page'&gt;</pre>", false),
        ("<html><body><p title='ocr_page' id=ocr_page data-class='ocr_page'>x", false),
        ("<html><body><p class='ocr_pages'>x", false),
        ("<html><body><div title='x' CLASS='wide ocr_page'>x", true),
        ("<html><body><div class=ocr_page>x", true),
        ("<html><head><meta content='x' name=\"ocr-system\" />", true),
        ("<html><head><meta name='ocr-capabilities' content='ocr_page'/>", true),
    ] {
        assert_eq!(is_hocr(head.as_bytes()), expected, "{head}");
    }
}

#[test]
fn hocr_has_pages_lines_and_words() {
    let file = "<html><head><meta name='ocr-system' content='x'><title>The old mill</title></head><body><div class='ocr_page' title='bbox 0 0 900 900'>\
        <p class='ocr_par'><span class='ocr_line' title='bbox 10 20 110 40; baseline 0 0'><span class='ocrx_word' title='bbox 10 20 50 40; x_wconf 90'>The</span> \
        <span class='ocrx_word' title='x_wconf 80'>mill</span></span></p></div></body></html>";
    assert!(is_hocr(file.as_bytes()));
    let read = hocr(file.as_bytes().to_vec()).unwrap();
    let raw = read[0].as_ref().unwrap();
    assert_eq!((raw.text.as_str(), raw.title.as_deref()), ("The mill", Some("The old mill")));
    assert_eq!(raw.place.spots[0].region, Some([1, 10, 20, 100, 20]));
    assert_eq!(raw.metadata["ocr_confidence"], "0.85");
}

#[test]
fn an_issue_all_of_whose_many_pages_are_lost_says_so() {
    let files: String = (0..150).map(|at| format!("<file ID='A{at}'><FLocat xlink:href='{at}.xml'/></file>")).collect();
    let divs: String = (0..150).map(|at| format!("<div TYPE='page'><fptr FILEID='A{at}'/></div>")).collect();
    let file = format!("<mets xmlns:xlink='x'><fileSec>{files}</fileSec><structMap>{divs}</structMap></mets>");
    // Beyond the first hundred, what is lost is only counted.
    let read = mets(file.into_bytes(), &|_| Err(Unloaded::Missing("a page that is not there".to_owned())));
    assert_eq!(read[0].as_ref().unwrap_err().reason, "METS that names 150 pages, whose texts are not beside it");
    assert_eq!(read.last().unwrap().as_ref().unwrap_err().reason, "50 further faults");
}

#[test]
fn of_a_page_of_any_number_of_files_and_of_links_without_end_no_more_is_kept_than_the_limit() {
    let many = 200_010;
    let files: String = (0..many).map(|at| format!("<file ID='{at}'><FLocat href='{at}.xml'/></file>")).collect();
    let areas: String = (0..many).map(|at| format!("<fptr FILEID='{at}'/>")).collect();
    let page = format!("<structMap><div TYPE='page' ID='p'>{areas}</div></structMap>");
    let named = files_named(format!("<mets><fileSec>{files}</fileSec>{page}</mets>"));
    assert_eq!(named, 200_000);
    // Without a structure every file is a page.
    assert_eq!(files_named(format!("<mets><fileSec>{files}</fileSec></mets>")), 200_000);
}

fn files_named(mets: String) -> usize {
    files(mets.into_bytes()).names.len()
}
