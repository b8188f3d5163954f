//! How calls are read: as meant where that can be told, and else refused with what makes the next one right.
#![allow(clippy::unwrap_used)]

use serde_json::{Map, Value, json};

use crate::Document;
use crate::mcp::tests::{answer, over, reply, sample};

#[test]
fn wrong_calls_are_answered_with_what_makes_the_next_one_right() {
    for (tool, arguments, parts) in [
        (
            "dateline_search",
            json!({"querry": "fire"}),
            &["did you mean `query`?", "Allowed: query, from", "Example: dateline_search {"][..],
        ),
        (
            "dateline_search",
            json!({"query": "fire", "from": "someday"}),
            &["`from or to`: \"someday\" names no day", "feb 1992", "yesterday"],
        ),
        (
            "dateline_copies",
            json!({"ref": "si-0112", "query": "fire"}),
            &["`query` stands beside `ref`", "conditions without it"],
        ),
        ("dateline_search", json!({"query": vec!["fire"; 2_000]}), &["`query` has 9999 characters", "at most 4000"]),
        ("dateline_search", json!({"about": "2024-02-31"}), &["`about`: there is no day 2024-02-31", "Example"]),
        ("dateline_search", json!({"lang": "klingon"}), &["there is no language \"klingon\"", "fr, de"]),
        ("dateline_search", json!({"limit": 1000}), &["`limit` is \"1000\"", "from 1 to 100"]),
        ("dateline_search", json!({"max_chars": 10}), &["from 1000 to 200000"]),
        ("dateline_search", json!({"sort": "date"}), &["`sort` is \"date\"", "best, newest, oldest"]),
        ("dateline_search", json!({"after": "page 2"}), &["`after` is \"page 2\"", "the `next` of the answer before"]),
        ("dateline_search", json!({"query": {"match": "fire"}}), &["`query` holds", "text, or a list of texts"]),
        ("dateline_search", json!({"arguments": [1, 2]}), &["an object of names and values"]),
        ("dateline_search", json!({"index": "/etc", "query": "x"}), &["there is no argument \"index\""]),
        ("dateline_read", json!({}), &["`ref` is missing or empty", "Example: dateline_read {\"ref\""]),
        ("dateline_read", json!({"ref": ""}), &["`ref` is missing or empty"]),
        (
            "dateline_read",
            json!({"ref": "nothing-here"}),
            &["no document has the id \"nothing-here\"", "dateline_search"],
        ),
        ("dateline_read", json!({"ref": "si-0112#99"}), &["has no passage 99", "passages 1 to"]),
        ("dateline_read", json!({"ref": "../../etc/passwd"}), &["no document has the id"]),
        ("dateline_read", json!({"ref": "si-0112", "after": "x"}), &["`after` is \"x\""]),
        ("dateline_timeline", json!({"by": "moth"}), &["did you mean month?", "year, month, week, day"]),
        ("dateline_timeline", json!({"mentions": "maybe"}), &["true or false"]),
        ("dateline_compare", json!({"queries": ["83"]}), &["`queries` has one part", "two or more"]),
        ("dateline_compare", json!({"near": "boats"}), &["`queries` is missing or empty", "[\"83\", \"71\"]"]),
        ("dateline_figures", json!({}), &["`query` is missing or empty", "boats destroyed"]),
        ("dateline_copies", json!({"ref": "nobody"}), &["no document has the id"]),
        ("dateline_verify_quote", json!({}), &["`quotes` is missing or empty", "Example: dateline_verify_quote"]),
        (
            "dateline_verify_quote",
            json!({"quotes": [{"text": "a b c d e f g h i j", "publisher": "x", "datum": "1992"}]}),
            &["a quote has no \"datum\""],
        ),
        (
            "dateline_verify_quote",
            json!({"quotes": [{"text": "a b c d e f", "date": "someday"}]}),
            &["names no day", "feb 1992"],
        ),
        ("dateline_verify_quote", json!({"quotes": [{"source": "TNA"}]}), &["a quote has no `text`"]),
        (
            "dateline_verify_quote",
            json!({"quotes": [{"text": "a b c d e f", "source": ["TNA"]}]}),
            &["`source` of a quote is", "the words, or an object with text, ref, source, date"],
        ),
        (
            "dateline_verify_quote",
            json!({"quotes": [{"text": "a b c d e f", "date": true}]}),
            &["`date` of a quote is"],
        ),
        ("dateline_verify_quote", json!({"quotes": [{"text": {"words": "a b c d e f"}}]}), &["`text` of a quote is"]),
        ("dateline_verify_quote", json!({"quotes": [["a b c d e f"]]}), &["`text` of a quote is"]),
        (
            "dateline_verify_quote",
            json!({"quotes": [{"text": "a b c d e f", "date": "1992", "day": "1993"}]}),
            &["`date` of a quote is given twice"],
        ),
        (
            "dateline_verify_quote",
            json!({"quotes": ["x".repeat(30_000)]}),
            &["`text` has 30000 characters", "at most 20000"],
        ),
        (
            "dateline_verify_quote",
            json!({"quotes": [{"text": "a b c d e f", "source": "x".repeat(5_000)}]}),
            &["`source` has 5000 characters", "at most 4000"],
        ),
        ("dateline_about", json!({"topic": "fire"}), &["there is no argument \"topic\"", "max_chars"]),
    ] {
        let reply = reply(sample(), tool, &arguments);
        assert!(reply.structured.is_none(), "{tool} {arguments}");
        assert!(reply.text.starts_with("Error: "), "{}", reply.text);
        for part in parts {
            assert!(reply.text.contains(part), "{tool} {arguments} lacks {part}: {}", reply.text);
        }
    }
}

#[test]
fn calls_as_models_make_them_are_read_as_meant() {
    let wanted = answer(sample(), "dateline_search", &json!({"query": "harbour fire", "sources": ["TNA"]}));
    for arguments in [
        json!({"q": "harbour fire", "source": "TNA"}),
        json!({"pattern": "harbour fire", "sources": "[\"TNA\"]", "from": null, "to": "", "limit": "5"}),
        json!({"text": ["harbour", "fire"], "publisher": "TNA", "maxChars": 12000}),
        json!({"arguments": "{\"query\": \"harbour fire\", \"sources\": \"TNA\"}"}),
        json!({"query": "harbour fire", "sources": ["TNA", "null", null], "from": "null"}),
    ] {
        assert_eq!(answer(sample(), "dateline_search", &arguments), wanted, "{arguments}");
    }
    let yesterday =
        answer(sample(), "dateline_search", &json!({"query": "fire", "from": "yesterday", "to": "yesterday"}));
    assert!(yesterday["notes"].to_string().contains("2024-05-10"), "{yesterday:#}");
    assert!(reply(sample(), "dateline_search", &json!({"from": "yesterday"})).text.contains("2024-05-10"));
    let many = answer(sample(), "dateline_read", &json!({"ids": ["si-0112", "nothing-here"]}));
    assert_eq!(many["documents"].as_array().unwrap().len(), 1);
    assert!(many["notes"][0]["message"].as_str().unwrap().contains("nothing-here"));
}

#[test]
fn an_unknown_tool_is_refused_with_the_nearest_name() {
    let error = sample().call("search", &Map::new()).unwrap_err();
    assert_eq!(error.to_string(), "there is no tool \"search\"; did you mean dateline_search?");
    assert!(error.advice().unwrap().contains("dateline_about, dateline_search"));
}

#[test]
fn a_claim_counts_however_it_is_written() {
    let words = "destroying 83 boats and two net lofts";
    let status = |quote: Value| {
        let checked = answer(sample(), "dateline_verify_quote", &json!({"quotes": [quote]}));
        checked["quotes"][0]["status"].as_str().unwrap().to_owned()
    };
    let plain = status(json!(words));
    assert_eq!(status(json!({"text": words, "date": 1992})), plain);
    assert_eq!(status(json!({"text": words, "date": null, "source": ""})), plain);
    assert_eq!(status(json!({"text": words, "date": 1970})), "elsewhere");
    assert_eq!(status(json!({"text": words, "date": "1970"})), "elsewhere");
    assert_eq!(status(json!({"text": words, "source": 83})), status(json!({"text": words, "source": "83"})));
    let document = over([Document::new("83", format!("The log says: {words}, as I saw."))]);
    let checked = answer(&document, "dateline_verify_quote", &json!({"quotes": [{"text": words, "ref": 83}]}));
    assert_eq!(checked["passed"], 1, "{checked:#}");
}

#[test]
fn null_is_a_word_where_words_are_asked_for_and_nothing_elsewhere() {
    let server = over([Document::new("a", "The null hypothesis stands."), Document::new("b", "The ferry is late.")]);
    for query in [json!("null"), json!(["null"])] {
        assert_eq!(answer(&server, "dateline_search", &json!({"query": query, "from": "null"}))["total"], 1);
    }
    assert_eq!(answer(&server, "dateline_search", &json!({"query": null}))["total"], 2);
    let compared = answer(&server, "dateline_compare", &json!({"queries": ["null", "ferry"], "near": null}));
    assert_eq!((&compared["queries"][0]["total"], &compared["queries"][1]["total"]), (&json!(1), &json!(1)));
    let near = answer(&server, "dateline_compare", &json!({"queries": ["late", "hypothesis"], "near": "null"}));
    assert_eq!((&near["queries"][0]["total"], &near["queries"][1]["total"]), (&json!(0), &json!(1)));
    assert_eq!(answer(&server, "dateline_verify_quote", &json!({"quotes": ["null"]}))["checked"], 1);
    let claimed = json!({"quotes": [{"text": "The null hypothesis stands", "source": "null", "date": "null"}]});
    assert_eq!(answer(&server, "dateline_verify_quote", &claimed)["passed"], 1);
}
