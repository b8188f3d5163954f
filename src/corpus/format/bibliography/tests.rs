//! References as libraries and programs write them, and what becomes of damaged ones.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use super::*;

fn only(text: &str) -> Entry {
    let (mut entries, problems) = entries(text.as_bytes().to_vec());
    assert_eq!((entries.len(), problems), (1, Vec::new()), "{text}");
    entries.remove(0)
}

#[test]
fn lists_are_told_by_their_content() {
    for (text, extension, expected) in [
        ("TY  - NEWS\nER  - \n", "txt", true),
        ("\u{feff}TY - JOUR\n", "", true),
        ("TY  - what do you mean\n", "txt", false),
        ("Type  - NEWS\n", "ris", false),
        ("Provider: the library\nContent: text/plain\n\nTY  - JOUR\nER  - \n", "ris", true),
        ("Provider: the library\nContent: text/plain\n\nTY  - JOUR\nER  - \n", "txt", false),
        ("% kept by the library\n@article{a,\n title = {x}}", "txt", true),
        ("Kept by the library.\n\n@book{a, title={x}}", "bib", true),
        ("Kept by the library.\n\n@book{a, title={x}}", "txt", false),
        ("% kept by the library\n\n@string{rc = {Riverby Courier}}\n", "txt", true),
        ("@comment{of the library}\n@preamble{\"x\"}\n@book{a:1, title={x}}", "", true),
        ("@misc{,\n date-added = {1896}}", "txt", true),
        // Mentions, annotations and rules of style.
        ("@anna{what, do you = mean", "txt", false),
        ("@anna{the mill, which = turns}", "txt", false),
        ("@anna{mill, = turns}", "txt", false),
        ("@anna (who came late, of course) saw it\nat http://example.org/?v=1", "txt", false),
        ("@anna(mill, turns = true)", "txt", false),
        ("@Entity(name = \"mill\", turns = true)\nclass", "txt", false),
        ("@media (min-width: 1px), print { a { b = c } }", "txt", false),
        ("@comment{by anna}\nThe mill = turns", "txt", false),
        ("@anna said so.\n\n@book{a, title={x}}", "md", false),
        ("@anna said (to all) that she came", "txt", false),
        ("[{\"id\": \"a\", \"type\": \"book\", \"issued\": {\"date-parts\": [[1896]]}}]", "json", true),
        ("[{\"id\": \"a\", \"type\": \"book\", \"issued\": \"1896\"}]", "json", false),
    ] {
        assert_eq!(is_list(text.as_bytes(), extension), expected, "{text}");
    }
}

#[test]
fn a_reference_says_title_author_source_and_files_in_every_list() {
    let expected = Entry {
        number: 1,
        line: 2,
        title: Some("The Mill at Riverby".into()),
        author: Some("Anna Müller; Tom Sample".into()),
        source: Some("Riverby Courier".into()),
        date: Some("1896-04-01".into()),
        files: vec!["scans/mill.pdf".into()],
        ..Entry::default()
    };
    let ris = "\nTY  - NEWS\nTI  - The Mill\n  at Riverby\nAU  - Müller, Anna\nAU  - Sample, Tom\nT2  - Riverby Courier\nDA  - 1896/04/01/\nL1  - scans/mill.pdf\nER  - \n";
    let bibtex = "% by the library\n@article{mill,\n title = {The {Mill} at Riverby},\n author = {M{\\\"u}ller, Anna and Tom Sample},\n journal = \"Riverby Courier\",\n date = {1896-04-01}, file = {Full text:scans/mill.pdf:application/pdf}\n}\n";
    let csl = "[\n{\"id\": 1, \"type\": \"article-newspaper\", \"title\": \"The <i>Mill</i> at Riverby\", \"container-title\": \"Riverby Courier\",\n \"author\": [{\"family\": \"Müller\", \"given\": \"Anna\"}, {\"literal\": \"Tom Sample\"}],\n \"issued\": {\"date-parts\": [[\"1896\", 4, 1]]}, \"file\": \"scans/mill.pdf\"}]";
    let of = |text: &str| Entry { other: BTreeMap::new(), key: None, ..only(text) };
    assert_eq!([bibtex, csl].map(|text| only(text).key), [Some("mill".to_owned()), Some("1".to_owned())]);
    assert_eq!(of(bibtex), expected);
    assert_eq!(of(csl), expected);
    let ris = of(ris);
    assert_eq!(ris.author.as_deref(), Some("Müller, Anna; Sample, Tom"));
    assert_eq!(Entry { author: expected.author.clone(), ..ris }, expected);
}

#[test]
fn a_date_is_no_more_precise_than_it_is_told() {
    let ris = |date: &str| only(&format!("TY  - NEWS\nPY  - {date}\nER  - \n")).date;
    let bibtex = |fields: &str| only(&format!("@misc{{a, {fields}}}")).date;
    let csl = |issued: &str| {
        let date = format!("[{{\"id\":1,\"type\":\"book\",\"issued\":{issued},\"x\":\"date-parts\"}}]");
        only(&date).date
    };
    for (date, expected) in [
        (ris("1896/04/01/"), Some("1896-04-01")),
        (ris("1896/04//"), Some("1896-04")),
        (ris("1896///Spring"), Some("1896")),
        (ris("1896/00/00/"), Some("1896")),
        (ris("99"), None),
        (ris("YEAR/MONTH/DAY/"), None),
        (ris("1 April 1896"), Some("1 April 1896")),
        (ris("1896-04-01"), Some("1896-04-01")),
        // Both ends are kept, for whoever reads dates to say what they share.
        (ris("1896-1897"), Some("1896-1897")),
        (ris("1896/97"), Some("1896/97")),
        (ris("1896-04-01/1896-04-07"), Some("1896-04-01/1896-04-07")),
        (ris("1896/04/01/1896/04/07"), Some("1896-04")),
        (ris("1896/04/01/Spring"), Some("1896-04-01")),
        (bibtex("year = {1896}, month = apr, day = {1--7}"), Some("1896-04")),
        (bibtex("year = {1896}, month = {Spring}, day = 1"), Some("1896")),
        (bibtex("year = {[1896]}"), Some("[1896]")),
        (bibtex("year = {c. 1896}, month = apr"), Some("c. 1896")),
        (bibtex("year = {1896/97}"), Some("1896")),
        (bibtex("year = 1896"), Some("1896")),
        (bibtex("year = {1896}, month = apr"), Some("1896-04")),
        (bibtex("year = {1896}, month = apr, day = 7"), Some("1896-04-07")),
        (bibtex("date = {1896-04-01/1896-04-07}"), Some("1896-04")),
        (bibtex("date = {1896-04/1897}"), None),
        (bibtex("date = {1896/}"), None),
        (bibtex("date = {1896-04~}"), Some("c. 1896-04")),
        (csl("{\"date-parts\": [[1896]]}"), Some("1896")),
        (csl("{\"date-parts\": [[1896, 4], [1896, 6]]}"), Some("1896")),
        (csl("{\"date-parts\": [[1895, 12], [1896, 1]]}"), None),
        (csl("{\"date-parts\": [[\"-1\", 13]]}"), None),
        (csl("{\"date-parts\": [[1896, 13]]}"), Some("1896")),
        (csl("{\"raw\": \"April 1896\", \"date-parts\": 7}"), Some("April 1896")),
        (csl("{\"date-parts\": [[1896, 4, 1]], \"circa\": true}"), Some("c. 1896-04-01")),
    ] {
        assert_eq!(date.as_deref(), expected);
    }
}

#[test]
fn lines_before_the_first_reference_of_ris_are_passed_over() {
    let entry =
        only("Provider: the library\nContent: text/plain\n\nTY  - JOUR\nTI  - The Mill\nN2  - It turns.\nER  - \n");
    assert_eq!(
        (entry.title.as_deref(), entry.summary.as_deref(), entry.line),
        (Some("The Mill"), Some("It turns."), 4)
    );
    assert!(entry.other.is_empty(), "{entry:?}");
}

#[test]
fn files_are_named_in_every_way_of_programs_for_references() {
    for (field, expected) in [
        ("mill.pdf", vec!["mill.pdf"]),
        (":mill.pdf:PDF", vec!["mill.pdf"]),
        ("Full text:files/12/mill.pdf:application/pdf;Note:note.txt:text/plain", vec!["files/12/mill.pdf", "note.txt"]),
        (":C\\:\\\\Users\\\\anna\\\\mill.pdf:PDF", vec!["C:\\Users\\anna\\mill.pdf"]),
        (":Users/anna/the\\_mill.pdf:pdf;::", vec!["Users/anna/the_mill.pdf"]),
        ("http://example.org/mill.pdf", vec![]),
        ("file:///home/anna/mill.pdf", vec!["/home/anna/mill.pdf"]),
        ("Scan:http://example.org/mill.pdf:PDF", vec![]),
    ] {
        let entry = only(&format!("@misc{{a, year = 1896, file = {{{field}}}}}"));
        assert_eq!(entry.files, expected, "{field}");
    }
    let ris = only("TY  - NEWS\nL1  - file:///home/anna/mill.pdf\nL2  - internal-pdf://mill.pdf\nER  - ");
    assert_eq!(ris.files, ["/home/anna/mill.pdf"]);
}

#[test]
fn a_damaged_reference_does_not_take_the_others_with_it() {
    let text = "@string{rc = {Riverby Courier}}\n@misc{a, title = {One}, journal = rc}\n@misc{b, title = {Two\n\n@misc{c, title = {Three}}\n";
    let (entries, problems) = entries(text.as_bytes().to_vec());
    let titles: Vec<&str> = entries.iter().filter_map(|entry| entry.title.as_deref()).collect();
    assert_eq!((titles, entries[0].source.as_deref()), (vec!["One", "Three"], Some("Riverby Courier")));
    assert_eq!((problems.len(), problems[0].line), (1, Some(3)));
    assert!(problems[0].reason.starts_with("a damaged reference: "), "{}", problems[0].reason);
    let csl = "[{\"id\":1,\"type\":\"book\",\"issued\":{\"date-parts\":[[1896]]}},\n {\"id\" 2},\n {\"id\":3, \"title\":\"Two\"}, {";
    let (entries, problems) = super::entries(csl.as_bytes().to_vec());
    assert_eq!(entries.iter().map(|entry| (entry.number, entry.line)).collect::<Vec<_>>(), [(1, 1), (2, 3)]);
    assert_eq!(problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [Some(2), Some(3)], "{problems:?}");
    assert_eq!(super::entries(b"TY  - NEWS\nER  - \nTI  - lost\n".to_vec()).1[0].line, Some(3));
}

#[test]
fn a_part_has_the_date_and_the_source_of_the_whole_where_it_says_none() {
    let text = "@article{fire, title = {Fire}, crossref = {Issue7}}\n\
        @article{own, title = {Own}, journal = {The Ferry}, year = 1890, CrossRef = {issue7}}\n\
        @article{none, title = {None}, crossref = {lost}}\n\
        @periodical{issue7, title = {Riverby Courier}, xdata = {april, house}}\n\
        @xdata{april, date = {1896-04-01}}\n@xdata{house, langid = {english}}\n";
    let (entries, problems) = entries(text.as_bytes().to_vec());
    let told: Vec<[Option<&str>; 3]> = entries
        .iter()
        .take(3)
        .map(|entry| [entry.date.as_deref(), entry.source.as_deref(), entry.language.as_deref()])
        .collect();
    assert_eq!(
        told,
        [
            [Some("1896-04-01"), Some("Riverby Courier"), Some("english")],
            [Some("1890"), Some("The Ferry"), Some("english")],
            [None, None, None],
        ]
    );
    assert_eq!((entries[0].other["crossref"].as_str(), problems), ("Issue7", Vec::new()));
}

#[test]
fn entries_that_are_parts_of_each_other_or_of_themselves_come_to_an_end() {
    let text = "@book{a, title = {One}, crossref = {a}}\n@book{b, title = {Two}, ids = {c}, crossref = {c}}\n\
        @book{d, title = {Three}, xdata = {e}}\n@xdata{e, xdata = {d}, year = 1896}\n";
    let (entries, problems) = entries(text.as_bytes().to_vec());
    let dates: Vec<Option<&str>> = entries.iter().map(|entry| entry.date.as_deref()).collect();
    assert_eq!((dates, problems), (vec![None, None, Some("1896"), Some("1896")], Vec::new()));
    assert_eq!(entries[0].source, None);
}

#[test]
fn hostile_lists_cost_no_more_than_their_bytes() {
    let deep = format!("@misc{{a, title = {}x{}}}", "{".repeat(50_000), "}".repeat(50_000));
    assert!(entries(deep.into_bytes()).1[0].reason.contains("beyond reason"));
    let many = format!("{}{}", "@string{a = {bbbb}}\n".repeat(20_000), "@misc{a, title = zzz}\n".repeat(20_000));
    assert_eq!(entries(many.into_bytes()).1.last().unwrap().reason, "19900 further faults".to_owned());
    let nested = format!("[{{\"id\":1,\"type\":\"book\",\"issued\":{{\"date-parts\":{}", "[".repeat(100_000));
    assert_eq!(entries(nested.into_bytes()).1.len(), 1);
    entries("@a{".repeat(200_000).into_bytes());
}

#[test]
fn an_entry_without_a_file_here_is_a_document_of_its_abstract_and_all_is_counted() {
    let text = "TY  - NEWS\nTI  - One\nL1  - a.pdf\nER  - \nTY  - NEWS\nTI  - Two\nPY  - 1896\nAB  - The mill turns.\nL1  - b.pdf\nER  - \nTY  - NEWS\nTI  - Three\nER  - \n";
    let read = read(text.as_bytes().to_vec(), Some(&[1].into()));
    let raw = read[0].as_ref().unwrap();
    assert_eq!((raw.text.as_str(), raw.title.as_deref(), raw.place.line), ("The mill turns.", Some("Two"), Some(5)));
    let told: Vec<String> = read.into_iter().filter_map(Result::err).map(|problem| problem.reason).collect();
    assert_eq!(
        told,
        [
            "references that point to files beside the list: 1",
            "references whose files are not here: 1",
            "references without an abstract, which give no document: 1"
        ]
    );
}
