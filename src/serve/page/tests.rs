//! What holds of all pages: they are sound HTML, their links lead somewhere, their sums add up, and no document can do
//! more than be read.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::io::Write;
use std::path::Path;
use std::sync::OnceLock;

use super::judge::{ids, links, sound, tags, text_of, unescaped};
use super::parts::steps::{Drawing, UNITS, counted};
use super::parts::visit::Visit;
use super::{Page, asset, problem, render};
use crate::serve::context::{News, PageContext};
use crate::serve::parameters::Parameters;
use crate::serve::problem::Problem;
use crate::{Corpus, Date, Document, Index};

const TODAY: &str = "2024-05-11";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn sample() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let index = Index::in_memory().unwrap();
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        index.update().run(&[Corpus::open(corpus).unwrap().today(day(TODAY))]).unwrap();
        index
    })
}

fn holding(documents: impl IntoIterator<Item = Document>) -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    documents.into_iter().for_each(|document| writer.add(document).unwrap());
    writer.commit().unwrap();
    index
}

fn context() -> PageContext {
    PageContext {
        archive: "Port Maren archive".into(),
        revision: "0001".into(),
        originals: true,
        news: Some(News { added: 1, changed: 2, removed: 3 }),
        ..PageContext::default()
    }
}

/// The page at an address as a browser would ask for it.
fn visit(index: &Index, address: &str) -> Page {
    let address = address.split('#').next().unwrap();
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    render(path, &Parameters::parse(query).on_day(day(TODAY)), index, &context())
}

#[track_caller]
fn good(index: &Index, address: &str) -> String {
    let page = visit(index, address);
    assert_eq!(page.status, 200, "{address}: {}", text_of(&page.html));
    page.html
}

const ADDRESSES: [&str; 26] = [
    "/",
    "/search",
    "/search?q=harbour+fire",
    "/search?q=harbour+(fire+OR+clock)&from=feb+1992&to=april+1992&lang=en",
    "/search?q=harbour&by=day&share=1",
    "/search?q=harbour&mentions=0&sort=oldest&no-collapse=1",
    "/search?q=harbour&from=yesterday",
    "/search?q=zzzz",
    "/search?about=1992-02-26",
    "/search?q=harbour&form=1992&hl=ar",
    "/search?q=%D8%AD%D8%B1%D9%8A%D9%82&hl=ar",
    "/timeline?q=fire",
    "/timeline?by=week",
    "/sources",
    "/sources?order=name&q=harbour",
    "/first?q=harbour+fire",
    "/first",
    "/figures?q=boats",
    "/figures",
    "/compare",
    "/compare?q=83&q=71&q=68&near=boats",
    "/copies",
    "/dates",
    "/dates?doubtful=1",
    "/skipped",
    "/about",
];

#[test]
fn every_page_is_sound() {
    for address in ADDRESSES {
        sound(address, &good(sample(), address));
    }
    for (address, status) in [
        ("/nothing", 404),
        ("/doc/ffffffffffffffff", 404),
        ("/diff/a/b", 404),
        ("/search?q=a&from=31.2.1992", 400),
        ("/search?q=a&after=x", 400),
        ("/search?by=%3Cscript%3E", 400),
        ("/doc/%3Cscript%3E", 404),
        ("/dates?doubtful=x", 400),
        ("/search?limit=9999999999999999999999", 400),
        ("//evil.example/", 404),
        ("/search/", 404),
    ] {
        let page = visit(sample(), address);
        assert_eq!(page.status, status, "{address}");
        sound(address, &page.html);
    }
    let told = Problem::new("busy", "too many <b>questions</b>");
    let page = problem(&told, &Parameters::parse("q=x"), &context());
    assert_eq!(page.status, 503);
    sound("busy", &page.html);
}

#[test]
fn every_link_leads_somewhere() {
    // One page of a kind, of one path with the same parameters, says what the others of it say; those that are nearest to
    // the addresses come first.
    const MOST: usize = 150;
    let mut seen: HashSet<String> = HashSet::new();
    let mut queue: VecDeque<String> = ADDRESSES.iter().map(|address| (*address).to_owned()).collect();
    let mut kinds: BTreeSet<String> = BTreeSet::new();
    let mut pages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    while let Some(address) = queue.pop_front() {
        let (page_address, fragment) = address.split_once('#').unwrap_or((&address, ""));
        let (path, query) = page_address.split_once('?').unwrap_or((page_address, ""));
        if path.starts_with("/api/")
            || path.ends_with("/original")
            || path.ends_with(".csv")
            || !seen.insert(address.clone())
        {
            continue;
        }
        let first = path.split('/').nth(1).unwrap_or_default().to_owned();
        let names: BTreeSet<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
        if !pages.contains_key(page_address) {
            let is_start = ADDRESSES.contains(&page_address);
            if pages.len() >= MOST || !kinds.insert(format!("{first} {names:?}")) && !is_start {
                continue;
            }
            let html = good(sample(), page_address);
            assert!(!html.contains("means nothing here") || is_start, "{page_address}");
            queue.extend(links(&html).into_iter().filter_map(|link| match link.strip_prefix('#') {
                Some(fragment) => Some(format!("{page_address}#{fragment}")),
                None => link.starts_with('/').then_some(link),
            }));
            pages.insert(page_address.to_owned(), ids(&html));
        }
        assert!(
            fragment.is_empty() || pages[page_address].contains(fragment),
            "{address}: nothing is named {fragment}"
        );
    }
    let of = |first: &str| kinds.iter().filter(|kind| kind.starts_with(&format!("{first} "))).count();
    assert!(of("search") > 20 && of("doc") > 5 && of("diff") > 0 && of("copies") > 1, "{kinds:?}");
    let html = good(sample(), "/");
    for tag in tags(&html) {
        let file = tag.attributes.get(if tag.name == "link" { "href" } else { "src" });
        if let Some(file) = file.filter(|_| ["link", "script"].contains(&tag.name.as_str())) {
            assert!(!asset(file).unwrap().bytes.is_empty());
        }
    }
    assert!(asset("/assets/../Cargo.toml").is_none() && asset("/assets/style.css").is_none());
}

#[test]
fn bars_coarse_and_undated_documents_are_all_documents_in_every_unit() {
    for query in ["", "q=harbour", "q=fire+OR+clock", "q=harbour&from=1992-03", "q=e*"] {
        for (_, unit, _) in UNITS {
            for mentions in ["0", "1"] {
                let parameters =
                    Parameters::parse(query).on_day(day(TODAY)).with("by", unit).with("mentions", mentions);
                let context = context();
                let visit = Visit::new("/search", &parameters, &context);
                let search = parameters.search(sample()).unwrap().0;
                let steps = counted(&visit, &search, None, Drawing::of(&parameters).unwrap()).unwrap();
                let bars: u64 = steps.bars.iter().map(|bar| bar.documents).sum();
                let timeline = &steps.timeline;
                let total = search.run().unwrap().total;
                assert_eq!(bars + timeline.coarse + timeline.undated, total, "{query} by {unit}");
                assert_eq!(timeline.total, total);
            }
        }
    }
}

/// The addresses of a page's table of time with the number that each is told with: the bars of both rows.
fn told_by_bars(html: &str) -> Vec<(String, u64)> {
    let table = html.split_once("<tbody>").map_or("", |(_, rest)| rest.split("</tbody>").next().unwrap());
    let cells = table.split("<td class=\"num\"><a href=\"").skip(1);
    let one = |cell: &str| {
        let (address, rest) = cell.split_once("\">").unwrap();
        (unescaped(address), rest.split('<').next().unwrap().replace(',', "").parse().unwrap())
    };
    cells.map(one).collect()
}

fn total_of(index: &Index, address: &str) -> u64 {
    let parameters = Parameters::parse(address.split_once('?').unwrap().1).on_day(day(TODAY));
    parameters.search(index).unwrap().0.run().unwrap().total
}

#[test]
fn a_bar_leads_to_the_very_documents_it_counts() {
    let dated = |(number, date): (usize, &&str)| Document::new(format!("d{number}"), "harbour").date(day(date));
    let dates =
        ["1991-12-31", "1992", "1992-02", "1992-02-10", "1992-03", "1992-03-09", "1992-03-10", "1992-03-31", "1993"];
    let coarse = holding(dates.iter().enumerate().map(dated));
    // Days, weeks across the end of a month, a month, a year, a decade, and what is counted from the day of publication.
    let spoken = [
        "It burnt on 26 February 1992, and again on 9 March 1992.",
        "It burnt in February 1992. Nothing was left in March 1992.",
        "It burnt from 28 February to 2 March 1992.",
        "It burnt in 1992.",
        "It burnt in the 1990s, and on 10 March 1992.",
        "It burnt yesterday. The council met last month.",
        "It burnt thirty years ago.",
    ];
    let speaking = (0..).zip(spoken).map(|(day, text)| {
        let date = self::day("1992-03-05").plus_days(day);
        Document::new(format!("s{day}"), format!("The harbour. {text}")).source("Courier").date(date)
    });
    let speaking = holding(speaking.chain([Document::new("old", "The harbour in February 1992.").date(day("2022"))]));
    let (mut bars, mut below) = (0, 0);
    for index in [sample(), &coarse, &speaking] {
        for conditions in [
            "",
            "&from=1992-03",
            "&from=1992-03-10&to=1992-04-05",
            "&on=1992-03-10..1992",
            "&to=1992-03-09&certain=1",
            "&from=1992-03&source=Courier",
            "&about=1992-02-26",
            "&about=feb+1992&about=march+1992&about-certain=1",
            "&about-within=1992-02&to=1992-03-20",
        ] {
            for (_, unit, _) in UNITS {
                let html = good(index, &format!("/timeline?q=harbour&by={unit}{conditions}"));
                for (address, told) in told_by_bars(&html) {
                    assert_eq!(total_of(index, &address), told, "{conditions} by {unit}: {address}");
                    bars += 1;
                    below += usize::from(!address.contains("certain=1"));
                }
            }
        }
    }
    assert!(bars > 200 && below > 60, "{bars} {below}");
}

#[test]
fn the_time_that_a_line_leaves_out_is_told_and_its_table_stands_on_one_page_alone() {
    let dated = |(number, date): (usize, &&str)| Document::new(format!("d{number}"), "harbour").date(day(date));
    let index = holding(["1500-05-01", "1500-05-02", "1992-02-26"].iter().enumerate().map(dated));
    for address in ["/search?q=harbour&by=month", "/timeline?q=harbour&by=month", "/?by=month"] {
        let html = good(&index, address);
        assert_eq!(
            text_of(&html).matches("The line leaves out the time between 31 May 1500 and 1 February 1992").count(),
            1
        );
        let tables = usize::from(address.starts_with("/timeline"));
        assert!(
            !html.contains("empty steps") && html.matches("<table class=\"steps\">").count() == tables,
            "{address}"
        );
        // Every other page leads to the one that has it.
        assert_eq!(html.matches("The same as a table</a>").count(), 1 - tables, "{address}");
    }
}

#[test]
fn what_means_nothing_on_a_page_is_told_there() {
    for (address, told) in [
        ("/search?q=harbour&doubtful=1", true),
        ("/dates?doubtful=1", false),
        ("/dates?sort=oldest", true),
        ("/search?sort=oldest&passages=2&context=1&flat=1&by=day&share=1&mentions=0", false),
        ("/sources?near=boats", true),
        ("/compare?q=83&q=71&near=boats&within=document&limit=3", false),
        ("/about?by=day", true),
    ] {
        assert_eq!(text_of(&good(sample(), address)).contains("means nothing here"), told, "{address}");
    }
}

#[test]
fn a_hit_far_down_the_list_leads_back_to_the_page_it_is_on() {
    let document =
        |number| Document::new(format!("d{number:04}"), format!("harbour number{number}")).date(day("1992-02-26"));
    let index = holding((0..1_100).map(document));
    for (query, ranks) in
        [("q=harbour", [1, 10, 11, 995]), ("q=harbour&sort=oldest&limit=25&by=day", [25, 26, 1_001, 1_100])]
    {
        for rank in ranks {
            let search = Parameters::parse(query).search(&index).unwrap().0;
            let id = search.offset(rank - 1).limit(1).run().unwrap().hits[0].id.clone();
            let html = good(&index, &format!("/doc/{id}?{query}&rank={rank}"));
            let link = |id: &str| {
                tags(&html)
                    .into_iter()
                    .find(|tag| tag.attributes.get("id").is_some_and(|own| own == id))
                    .map(|tag| tag.attributes["href"].clone())
            };
            let back = link("back").unwrap();
            let (address, fragment) = back.split_once('#').unwrap();
            assert_eq!(fragment, format!("h{rank}"));
            let list = good(&index, address);
            let hit =
                list.split_once(&format!("id=\"{fragment}\"")).unwrap_or_else(|| panic!("{back} has no {fragment}")).1;
            assert!(hit.split("/doc/").nth(1).unwrap().starts_with(&id), "{back}");
            assert_eq!((link("previous").is_some(), link("next").is_some()), (rank > 1, rank < 1_100));
            for address in links(&list).iter().filter(|link| link.contains("rank=") || link.contains("cite=")) {
                good(&index, address);
            }
        }
    }
    for rank in ["0", "1101", "4294967295"] {
        for sort in ["best", "oldest"] {
            assert!(!good(&index, &format!("/doc/d0001?q=harbour&sort={sort}&rank={rank}")).contains("id=\"next\""));
        }
    }
    assert_eq!(visit(&index, "/doc/d0001?rank=99999999999999999999").status, 400);
}

#[test]
fn a_condition_of_a_comparison_is_told_and_can_be_taken_away() {
    let html = good(sample(), "/compare?q=83&q=71&near=boats&within=document&from=1992-02&to=last+month");
    let chip = links(&html).into_iter().find(|link| !link.contains("from=") && link.starts_with("/compare?")).unwrap();
    for kept in ["q=83", "q=71", "near=boats", "within=document"] {
        assert!(chip.contains(kept), "{chip}");
    }
    assert!(text_of(&html).contains("published 1 February 1992 to 30 April 2024"));
    let marked = links(&html).into_iter().find(|link| link.starts_with("/doc/")).unwrap();
    assert!(good(sample(), &marked).contains("<mark>"), "{marked}: the reader marks what was compared");
    let many: String = (1..=9).map(|number| format!("&q={number}")).collect();
    assert!(text_of(&good(sample(), &format!("/compare?{many}"))).contains("Only the first 8 terms are compared."));
}

/// A document that tries everything that documents can.
fn hostile() -> Vec<Document> {
    let bad = "<script>alert(1)</script><img src=x onerror=alert(1)> \" ' & \u{202E}gnp.exe\u{202C} \u{2066}";
    let long = "harbour".to_owned() + &"x".repeat(1_000_000);
    let deep = vec!["s"; 5_000].join("/");
    vec![
        Document::new("<script>\"'/&?#\u{202E}", format!("{bad} harbour {bad}"))
            .title(format!("harbour {bad}"))
            .source(bad)
            .url("javascript:alert(1)")
            .date(day("1992-02-26"))
            .metadata(bad, bad),
        Document::new("long", long.clone()).title(long).date(day("1992-02")),
        Document::new("deep", "harbour deep").source(deep).date(day("1992")),
        Document::new("quotes", "harbour\" onmouseover=\"alert(1)")
            .title("\" onmouseover=\"alert(1)")
            .source("a\" b='")
            .url("https://example.org/\" onclick=\"alert(1)"),
        Document::new("..", "harbour dots").url("data:text/html,<script>alert(1)</script>"),
        Document::new("empty", "").title(""),
        Document::new("nul", "harbour \0\u{1b}[2J\u{7f} nul\u{feff}").title("\0"),
        Document::new("copy", format!("{bad} harbour {bad}")).source("Copier").date(day("1992-02-27")),
    ]
}

#[test]
fn no_document_can_do_more_than_be_read() {
    let index = holding(hostile());
    let mut queue: VecDeque<String> = [
        "/",
        "/search?q=harbour",
        "/search?q=harbour&no-collapse=1&source=a%22",
        "/sources",
        "/dates?doubtful=1",
        "/copies",
        "/figures?q=harbour",
        "/first?q=harbour",
        "/compare?q=harbour&q=nul",
    ]
    .iter()
    .map(|address| (*address).to_owned())
    .collect();
    let mut seen = HashSet::new();
    while let Some(address) = queue.pop_front() {
        let bare = address.split('#').next().unwrap().to_owned();
        if seen.len() > 70 || !seen.insert(bare.clone()) || bare.starts_with("/api/") || bare.ends_with("/original") {
            continue;
        }
        let page = visit(&index, &bare);
        sound(&bare, &page.html);
        assert!(page.html.len() < 6_000_000, "{bare}: {}", page.html.len());
        assert!(!page.html.contains(['\u{202E}', '\u{2066}', '\0', '\u{1b}']), "{bare}");
        queue.extend(
            links(&page.html)
                .into_iter()
                .filter(|link| link.starts_with("/doc/") || link.starts_with("/diff/") || link.starts_with("/copies/")),
        );
    }
    let html = good(&index, "/search?q=harbour");
    assert!(text_of(&html).contains("<script>alert(1)</script>"), "the text is there to be read");
    for words in ["<script>alert(1)</script>", "\" onfocus=\"alert(1)", "'><svg onload=alert(1)>"] {
        let parameters =
            Parameters::parse("").with("q", words).with("from", words).with("source", words).with("hl", words);
        for path in ["/", "/search", "/compare", "/dates", words] {
            sound(words, &render(path, &parameters, &index, &context()).html);
            let parameters = parameters.without("from", None).with(words, words).with("near", words);
            sound(words, &render(path, &parameters, &index, &context()).html);
        }
    }
}

#[test]
fn a_page_is_written_in_one_language_and_its_direction() {
    for address in ["/", "/search?q=harbour", "/doc/nothing", "/compare?q=83&q=71", "/dates?doubtful=1"] {
        let separator = if address.contains('?') { '&' } else { '?' };
        let html = visit(sample(), &format!("{address}{separator}hl=ar")).html;
        assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">"), "{address}");
        for english in ["Search</button>", "Published from", ">Sources<", "How to ask", " documents<", ">oldest<"] {
            assert!(!html.contains(english), "{address}: {english}");
        }
    }
    let mut arabic = context();
    arabic.languages = vec!["ar-eg".into()];
    let html = render("/", &Parameters::parse(""), sample(), &arabic).html;
    assert!(html.contains("dir=\"rtl\""));
    assert!(render("/", &Parameters::parse("hl=en"), sample(), &arabic).html.contains("dir=\"ltr\""));
}

#[test]
fn the_reader_marks_what_matched_and_the_days_it_speaks_of() {
    let results = Parameters::parse("q=harbour+fire+council").search(sample()).unwrap().0.run().unwrap();
    let html = good(sample(), &format!("/doc/{}?q=harbour+fire+council&rank=1", results.hits[0].id));
    assert!(html.contains("<mark>") && html.contains("class=\"spoken\""), "{html}");
    assert!(html.contains("id=\"next\""), "the next result is a link");
    let text = text_of(&html);
    assert!(text.contains("Why this date") && text.contains("believed"));
}

#[test]
fn a_long_document_is_read_in_parts_and_nothing_of_it_is_left_out() {
    let text: String = (0..3_000)
        .map(|n| format!("Sentence number{n} speaks of the ferry and of bread in the town. Nobody slept.\n\n"))
        .collect();
    let index = holding([Document::new("long", text)]);
    let (mut part, mut found) = (1, 0);
    loop {
        let html = good(&index, &format!("/doc/long?q=ferry&part={part}"));
        found += html.matches("Sentence number").count();
        if !html.contains("later passages") {
            break;
        }
        part += 1;
    }
    assert!(part > 2);
    assert_eq!(found, 3_000);
    let html = good(&index, "/doc/long?q=number2900&part=1");
    let later = tags(&html).into_iter().find(|tag| tag.attributes.get("id").is_some_and(|id| id == "later-match"));
    let (address, fragment) =
        later.unwrap().attributes["href"].split_once('#').map(|(a, f)| (a.to_owned(), f.to_owned())).unwrap();
    let html = good(&index, &address);
    assert!(html.split_once(&format!("id=\"{fragment}\"")).unwrap().1.contains("<mark>"), "{address}");
    assert!(!html.contains("later-match") && !html.contains("earlier-match"));
    assert!(good(&index, "/doc/long?q=number3&part=9").contains("earlier-match"));
    let last = fragment[1..].parse::<u32>().unwrap();
    assert!(last > 1_000, "{last}");
    assert!(text_of(&good(&index, &format!("/doc/long?cite={last}"))).contains(&format!("passage {last},")));
    let results = Parameters::parse("q=number2900").search(&index).unwrap().0.run().unwrap();
    let link = links(&good(&index, "/search?q=number2900"))
        .into_iter()
        .find(|link| link.starts_with("/doc/long") && link.contains("#p"))
        .unwrap();
    let (address, fragment) = link.split_once('#').unwrap();
    assert_eq!(fragment, format!("p{}", results.hits[0].passages[0].number));
    assert!(ids(&good(&index, address)).contains(fragment), "{link}");
}

#[test]
fn the_box_offers_words_of_the_archive_that_go_on_as_typed() {
    let texts = ["The ferry and the ferryman.", "A ferry, a field.", "Fährmann \"<b>\" 港口火灾"];
    let index = holding(texts.iter().enumerate().map(|(at, text)| Document::new(format!("d{at}"), *text)));
    let offered = |question: &str| -> Vec<String> {
        let html = good(&index, &format!("/search?{}", Parameters::parse("").with("q", question).to_query()));
        assert_eq!(html.matches("list=\"words\"").count(), 1);
        let list = html.split_once("<datalist id=\"words\">").unwrap().1.split("</datalist>").next().unwrap();
        tags(list).into_iter().filter(|tag| !tag.closes).map(|tag| tag.attributes["value"].clone()).collect()
    };
    for (question, words) in [
        ("fer", &["ferry", "ferryman"][..]),
        ("field -\"Ferry", &["field -\"ferry", "field -\"ferryman"]),
        ("ferry", &["ferryman"]),
        ("title:fi", &["title:field"]),
        ("fä", &["fahrmann"]),
        ("ferry ", &[]),
        ("f", &[]),
        ("港口", &[]),
        ("zzzz", &[]),
        ("", &[]),
    ] {
        assert_eq!(offered(question), words, "{question}");
    }
}

#[test]
fn pages_and_files_are_small() {
    let packed = |bytes: &[u8]| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap().len()
    };
    let html = good(sample(), "/search?q=harbour+OR+fire+OR+boats+OR+clock");
    assert!(html.matches("class=\"hit row\"").count() == 10);
    assert!(html.len() <= 60_000, "{}", html.len());
    let file = |kind: &str| {
        let path = tags(&html)
            .into_iter()
            .find_map(|tag| tag.attributes.get(kind).filter(|path| path.starts_with("/assets/")).cloned());
        asset(&path.unwrap()).unwrap().bytes
    };
    assert!(packed(file("href")) <= 15_000);
    assert!(packed(file("src")) <= 30_000);
}
