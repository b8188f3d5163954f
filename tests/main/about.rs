//! Days that texts speak of, whenever they were published; and what sources say of the same thing, side by side.

use dateline::{Date, DateRange, Document, Index, MentionCertainty, Query, Search, Unit};

use crate::support::{in_memory, marked, sample};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn days(from: &str, to: &str) -> DateRange {
    DateRange::new(Some(day(from)), Some(day(to)))
}

fn document(id: &str, published: &str, text: &str) -> Document {
    let document = Document::new(id, text).source("Courier").language("en".parse().unwrap());
    if published.is_empty() { document } else { document.date(day(published)) }
}

/// Texts about the night of 25 to 26 February 1992, nearer and farther.
fn night() -> Index {
    in_memory([
        document("year", "2001", "The ferry of 1992 had two tall black funnels with rings."),
        document("month", "2001", "The ferry sailed in February 1992 for the very last time."),
        document("night", "2022-02-26", "The night of 25-26 February 1992 saw the ferry pump."),
        document("day", "2001", "The ferry sailed on 26 February 1992 for the last time."),
        document("weekday", "1992-02-27", "The ferry sailed out on Wednesday for the very last time."),
        document("after", "1992-02-27", "The ferry sailed on 27 February 1992."),
        document("anniversary", "2022-02-26", "The town marks the 30th anniversary of the ferry."),
        document("timeless", "1992-02-26", "The ferry is blue."),
        document("undated", "", "The ferry sails on Wednesday."),
    ])
}

#[track_caller]
fn order(search: Search) -> Vec<String> {
    search.run().unwrap().hits.into_iter().map(|hit| hit.id).collect()
}

#[test]
fn a_century_is_no_answer_about_a_day_and_what_is_said_of_the_day_is_shown() {
    let filler = "The ferry company kept its ferry, and the ferry was painted. ".repeat(30);
    let index = in_memory([
        document(
            "century",
            "2001",
            "The ferry, ferry, ferry of the 20th century. The ferry was the pride of the 1960s.",
        ),
        document("year", "2001", "The ferry, ferry, ferry: the ferry of 1963 was blue."),
        document("day", "2001", &format!("{filler}\n\nOn 22 November 1963 a ferry sank.\n\n{filler}")),
    ]);
    for question in ["ferry about:1963-11-22", "about:1963-11-22"] {
        assert_eq!(order(index.search(question)), ["day", "year"], "{question}");
    }
    assert_eq!(order(index.search("ferry about:1963")), ["year", "day"]);
    let results = index.search("ferry about:1963-11-22").run().unwrap();
    let passage = &results.hits[0].passages[0];
    assert!(passage.text[passage.best.clone()].contains("22 November 1963"), "{passage:#?}");
    assert!(order(index.search("about:1960..1969")).contains(&"century".to_string()));
}

#[test]
fn a_timeline_of_mentions_stays_within_the_days_asked_for() {
    let index = in_memory([
        document("a", "1992-02-27", "The ferry of 1850 sailed on 26 February 1992 and in March 1993."),
        document("b", "1993-02-27", "The ferry of 1851 sailed again."),
    ]);
    let labels = |search: Search| -> Vec<String> {
        let timeline = search.mentions_timeline(Unit::Year).unwrap();
        timeline.buckets.into_iter().filter(|step| step.mentioned > Some(0)).map(|step| step.label).collect()
    };
    assert_eq!(labels(index.search("ferry")), ["1850", "1851", "1992", "1993"]);
    assert_eq!(labels(index.search("ferry").dates(days("1992-01-01", "1993-12-31"))), ["1992", "1993"]);
    assert_eq!(labels(index.search("ferry").about(days("1993-01-01", "1993-12-31"))), ["1993"]);
}

#[test]
fn documents_that_speak_of_the_days_are_found_and_the_closest_come_first() {
    let index = night();
    let night = days("1992-02-25", "1992-02-26");
    // Alone, beside a word, and as words of the question.
    let expected = ["night", "day", "weekday", "month", "year"];
    for search in [index.search("").about(night), index.search("ferry").about(night)] {
        let found: Vec<String> = order(search).into_iter().filter(|id| id != "anniversary").collect();
        assert_eq!(found, expected);
    }
    assert_eq!(order(index.search("ferry about:1992-02-25..26")), order(index.search("ferry").about(night)));
    assert_eq!(order(index.search("about:1992-02-27")).first().map(String::as_str), Some("after"));
    let mut not = order(index.search("ferry -about:1992"));
    not.sort();
    assert_eq!(not, ["timeless", "undated"], "what speaks of no day, or of one that nothing tells");
    // Two conditions are both spoken of, whichever mention it is; either of two is one of them.
    assert_eq!(order(index.search("about:1992-02-25 about:2001")), Vec::<String>::new());
    assert_eq!(order(index.search("about:1992-02-27 OR about:1850").about_certain(true)), ["after", "month", "year"]);
}

#[test]
fn a_passage_tells_the_days_it_speaks_of_and_by_which_words() {
    let filler = "The council met and talked about other things for the whole of the afternoon. ".repeat(12);
    let text = format!("The ferry is blue.\n\n{filler}\n\nOn 26 February 1992 the ferry sailed.\n\n{filler}");
    let index = in_memory([document("a", "1992-02-27", &text)]);
    let results = index.search("ferry").about(day("1992-02-26")).run().unwrap();
    let passage = &results.hits[0].passages[0];
    assert!(passage.text.contains("sailed"), "{}", passage.text);
    let [mention] = passage.mentions.as_slice() else { panic!("{:?}", passage.mentions) };
    assert_eq!(passage.text[mention.bytes.clone()].trim_start_matches("On "), "26 February 1992");
    assert_eq!((mention.days, mention.certainty), (day("1992-02-26").range(), MentionCertainty::Certain));
    assert!(marked(&results).iter().any(|mark| mark.ends_with("26 February 1992")), "{:?}", marked(&results));
    assert!(index.search("ferry").run().unwrap().hits[0].passages[0].mentions.is_empty(), "nobody asked");
}

#[test]
fn days_worked_out_can_be_left_out() {
    let index = night();
    let year = index.search("").about(day("1992"));
    assert!(order(year.clone()).contains(&"anniversary".into()));
    let certain = order(year.about_certain(true));
    assert!(!certain.contains(&"anniversary".into()) && certain.contains(&"weekday".into()), "{certain:?}");
}

#[test]
fn without_a_date_of_its_own_a_text_speaks_of_the_days_it_names_whole() {
    let index = in_memory([document("a", "", "On Tuesday, a year after 26 February 1992, the ferry sailed.")]);
    assert_eq!(order(index.search("about:1992-02-26")), ["a"]);
    assert_eq!(index.search("about:2026").run().unwrap().total, 0);
}

#[test]
fn a_title_speaks_of_days_too() {
    let index =
        in_memory([document("a", "1993", "Present were the mayor and the clerk.").title("Minutes of 4 March 1992")]);
    let hit = index.search("about:1992-03-04").run().unwrap().hits.remove(0);
    assert_eq!(hit.title_mentions[0].days, day("1992-03-04").range());
    assert_eq!(hit.title_highlights.len(), 1);
}

#[test]
fn a_timeline_draws_what_is_spoken_of_beside_what_was_written() {
    let index = in_memory([
        document("a", "2022-02-25", "On 25 February 1992 and on 26 February 1992 it burnt. In 1993 nothing did."),
        document("b", "1992-02-27", "It was blue."),
        document("c", "1992-02-28", "On 26 February 1992 it burnt."),
    ]);
    let timeline = index.search("").mentions_timeline(Unit::Month).unwrap();
    let february = timeline.buckets.iter().find(|bucket| bucket.label == "1992-02").unwrap();
    assert_eq!((february.documents, february.mentioned), (2, Some(2)), "a document counts once");
    let mentions = timeline.mentions.unwrap();
    assert_eq!((mentions.coarse, mentions.silent), (1, 1), "{mentions:?}");
    assert!(index.search("").timeline(Unit::Month).unwrap().mentions.is_none());
    let years = index.search("").mentions_timeline(Unit::Year).unwrap();
    let mentioned: Vec<u64> = years.buckets.iter().filter_map(|year| year.mentioned).filter(|n| *n > 0).collect();
    assert_eq!(mentioned, [2, 1]);
    // Where days are asked about, what the same documents speak of besides is not drawn.
    let asked = index.search("about:1992-02-26").mentions_timeline(Unit::Year).unwrap();
    let drawn: Vec<&str> =
        asked.buckets.iter().filter(|year| year.mentioned > Some(0)).map(|year| year.label.as_str()).collect();
    assert_eq!(drawn, ["1992"]);
}

#[test]
fn what_sources_say_is_compared_and_every_cell_leads_to_a_passage() {
    let told = |id: &str, source: &str, published: &str, text: &str| document(id, published, text).source(source);
    let index = in_memory([
        told("a", "Courier", "1992-02-26", "The fire took 83 boats. The quay is 71 metres long."),
        told("b", "Courier", "1992-02-27", "The fire took 71 boats, not 83."),
        told("c", "Courier", "1992-03", "The fire took 71 boats."),
        told("d", "Gazette", "1992-02-28", "The fire took 71 boats."),
        told("e", "Gazette", "", "The fire took 83 boats."),
        told("f", "Gazette", "1992-02-28", "The storm took 83 roofs."),
    ]);
    let near = |query: &str| Query::from(query).near(&"boats".into(), dateline::Reach::Sentence);
    let comparison = index.search("fire").compare([near("83"), near("71")]).unwrap();
    let [courier, gazette] = comparison.sources.as_slice() else { panic!("{comparison:#?}") };
    assert_eq!(courier.source.as_ref().unwrap().as_str(), "Courier");
    let counts = |cell: &dateline::ComparedCell| (cell.documents, cell.coarse, cell.undated);
    assert_eq!((counts(&courier.cells[0]), counts(&courier.cells[1])), ((2, 0, 0), (2, 1, 0)));
    assert_eq!((counts(&gazette.cells[0]), counts(&gazette.cells[1])), ((1, 0, 1), (1, 0, 0)));
    let [switch] = courier.switches.as_slice() else { panic!("{courier:#?}") };
    assert_eq!((switch.from, switch.to, switch.date, switch.strays), (0, 1, day("1992-02-27"), 0));
    assert!(gazette.switches.is_empty());
    let ends = courier.cells[0].first.as_ref().zip(courier.cells[0].last.as_ref()).unwrap();
    assert_eq!((ends.0.id.as_str(), ends.1.id.as_str()), ("a", "b"));
    assert!(ends.0.passage.as_ref().unwrap().text.contains("83 boats"));
    assert_eq!(courier.cells[1].last.as_ref().unwrap().id, "b", "a month is no last day");
    assert!(gazette.cells[0].first.is_none(), "an undated document is counted, and neither first nor last");
    assert_eq!(comparison.queries[0].total, 3);
    // What there is to say of the question that all share is said of each, but not that it has no words.
    let notes = |base: &str| {
        let comparison = index.search(base).compare([near("83"), near("71")]).unwrap();
        comparison
            .queries
            .iter()
            .map(|query| query.notes.iter().map(|note| note.message.clone()).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    };
    let alone = Query::from("fire )").notes().iter().map(|note| note.message.clone()).collect::<Vec<_>>();
    assert_eq!((alone.len(), notes("fire )")), (1, vec![alone.clone(), alone]));
    assert_eq!(notes(""), [Vec::<String>::new(), Vec::new()]);
    assert!(index.search("").limit(1).compare([near("83")]).unwrap().sources_left_out == 1);
    assert!(index.search("").compare(vec![Query::from("a"); 33]).is_err());
}

#[test]
fn the_historian_finds_a_night_whenever_it_was_written_about() {
    let run = sample(&["search", "fire", "--about", "1992-02-25..1992-02-26"]).exits(0);
    let run = run
        .says("about 1992-02-25..1992-02-26")
        .prints("*the night of 25‑26 February 1992*")
        .prints("25–26 Feb 1992 “the night of 25‑26 ");
    let reversed = sample(&["search", "fire", "--about", "1992-02-26..1992-02-25"]).exits(0);
    assert_eq!(reversed.says("wrong order").out, run.out);
    sample(&["search", "fire", "--about", "1992-02-31"]).exits(2).complains_in_one_line("there is no day");
    sample(&["search", "fire", "--about", "1850"]).exits(1).says("no document has about:1850-01-01..1850-12-31");
    let hits = sample(&["search", "fire", "--about", "1992-02-25..26", "--format", "jsonl"]).jsonl();
    let mention = &hits[0]["passages"][0]["mentions"][0];
    assert!(mention["days"]["from"].as_str().unwrap().starts_with("1992-02-2"), "{mention}");
    assert!(mention["rule"].is_string() && mention["certainty"].is_string() && mention["chars"].is_array());
    let drawn = sample(&["timeline", "fire", "--mentions", "--by", "year"]).exits(0).prints("spoken of");
    assert!(drawn.out.lines().any(|line| line.starts_with("1992 ") && line.matches('█').count() > 24), "{drawn:#?}");
    sample(&["timeline", "fire", "--mentions", "--format", "csv"]).prints("period,first_day,documents,mentioned");
}

#[test]
fn the_fact_checker_sees_who_printed_which_figure_and_when() {
    let run = sample(&["compare", "83", "68", "66", "--near", "boats"]).exits(0);
    let run =
        run.says("83 NEAR/s boats").prints("68 → 66 on 2 Apr 1992").prints("[1]").prints("destroying *83* *boats*");
    assert!(run.out.lines().nth(1).unwrap().contains("26–27 Feb 1992 · 2 [1]"), "{run:#?}");
    let rows = sample(&["compare", "83", "68", "--near", "boats", "--format", "csv"]).exits(0);
    let rows = rows.prints("source,query,documents,coarse,undated,first_date");
    assert!(rows.out.lines().any(|row| row.contains(",68,1,0,0,1992-03-10,")), "{rows:#?}");
    let json = sample(&["compare", "83", "68", "--near", "boats", "--format", "json"]).exits(0).json();
    assert_eq!((&json["version"], &json["queries"][1]["query"]), (&2.into(), &"68".into()));
    assert!(json["sources"][0]["cells"][0]["first"]["passage"]["id"].is_string());
    // What there is to say of the words near by is said however near they are to be.
    let near = Query::from("boats )");
    for within in ["sentence", "paragraph", "document"] {
        sample(&["compare", "83", "68", "--near", "boats )", "--within", within])
            .exits(0)
            .says(&near.notes()[0].message);
    }
    sample(&["compare", "83"]).exits(2);
    sample(&["compare", "83", " "]).exits(2).complains_in_one_line("no word");
    sample(&["compare", "zeppelin", "dirigible"]).exits(1);
}
