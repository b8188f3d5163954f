//! `/openapi.json` says what is answered.

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::client::Site;
use crate::support::sample;

/// Closes every object, so that a field that is not described is found.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.contains_key("properties") {
                fields.insert("additionalProperties".into(), false.into());
            }
            fields.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// A validator of one type of the description.
fn validator(description: &Value, name: &str) -> Validator {
    let mut schema = json!({"$ref": format!("#/components/schemas/{name}"), "components": description["components"]});
    close(&mut schema["components"]["schemas"]);
    jsonschema::draft202012::new(&schema).unwrap()
}

#[track_caller]
fn assert_valid(validator: &Validator, value: &Value, what: &str) {
    let wrong: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{what}: {wrong:#?}");
}

#[test]
fn answers_are_what_the_description_says() {
    let site = Site::sample(&[]);
    let description = site.get("/openapi.json").json();
    assert_eq!(description["openapi"], "3.1.0");
    let id = sample(&["search", "--quiet", "--format", "jsonl", "harbour fire"]).column("id")[0].clone();
    let mut called = 0;
    for (path, methods) in description["paths"].as_object().unwrap() {
        let Some(operation) = methods.get("get") else { continue };
        let content = &operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"];
        let Some(name) = content.as_str().and_then(|name| name.rsplit('/').next()) else { continue };
        let validator = validator(&description, name);
        let filled = path.replace("{id}", &id).replace("{old}", &id).replace("{new}", &id).replace("{number}", "1");
        let has =
            |wanted: &str| operation["parameters"].as_array().unwrap().iter().any(|known| known["name"] == wanted);
        let queries: Vec<&str> = match path.as_str() {
            "/api/v1/compare" => vec!["q=83&q=71&near=boats&cite=plain", "q=zzzz&q=yyyy"],
            "/api/v1/timeline" => {
                vec!["mentions=1", "q=harbour&by=day", "q=harbour&share=1&split=source&limit=1", "q=zzzz"]
            }
            "/api/v1/dates" => vec!["", "doubtful=1", "undated=1", "q=harbour"],
            "/api/v1/search" => vec![
                "q=harbour+fire&explain=1&cite=plain&expand",
                "about=feb+1992",
                "",
                "q=zzzz",
                "limit=200&no-collapse=1",
            ],
            "/api/v1/figures" => vec!["q=boats&passages=2", "q=zzzz"],
            _ if has("q") => vec!["", "q=harbour", "q=zzzz"],
            _ => vec![""],
        };
        for query in queries {
            let answer = site.get(&format!("{filled}?{query}"));
            assert_eq!(answer.status, 200, "{filled}?{query}: {}", answer.text());
            assert_valid(&validator, &answer.json(), &format!("{filled}?{query}"));
            called += 1;
        }
    }
    assert!(called > 25, "{called}");
}

#[test]
fn lines_posted_answers_and_problems_are_what_the_description_says() {
    let site = Site::sample(&[]);
    let description = site.get("/openapi.json").json();
    let draft =
        "\"Fire swept through the fishing harbour of Port Maren\" and \"words that nobody wrote in this archive\"";
    let cases = [
        ("Skipped", site.get("/api/v1/skipped")),
        ("BatchRow", site.ask("POST", "/api/v1/batch", "", b"harbour fire\nzzzz\n")),
        ("QuoteReport", site.ask("POST", "/api/v1/verify-quote", "", draft.as_bytes())),
        ("Problem", site.get("/api/v1/search?form=1992")),
        ("Problem", site.get("/api/v1/search?from=31.2.1992")),
        ("Problem", site.get("/nothing/here")),
        ("FieldReport", site.get("/api/v1/sources?field=desk")),
    ];
    for (name, answer) in cases {
        let validator = validator(&description, name);
        if answer.header("content-type").starts_with("application/x-ndjson") {
            answer.text().lines().for_each(|line| assert_valid(&validator, &serde_json::from_str(line).unwrap(), name));
        } else if answer.header("content-type").contains("json") {
            assert_valid(&validator, &answer.json(), name);
        }
    }
}

#[test]
fn parameters_that_are_described_are_taken_and_others_are_not() {
    let site = Site::sample(&[]);
    let id = sample(&["search", "--quiet", "--format", "jsonl", "harbour fire"]).column("id")[0].clone();
    let description = site.get("/openapi.json").json();
    for (path, methods) in description["paths"].as_object().unwrap() {
        let Some(operation) = methods.get("get") else { continue };
        let filled = path.replace("{id}", &id).replace("{old}", &id).replace("{new}", &id).replace("{number}", "1");
        let known = operation["parameters"].as_array().unwrap().iter().filter(|known| known["in"] == "query");
        for name in known.map(|known| known["name"].as_str().unwrap()) {
            let answer = site.get(&format!("{filled}?{name}=1"));
            let is_unknown = answer.status == 400 && answer.problem() == "unknown-parameter";
            assert!(!is_unknown, "{path}?{name}");
        }
        let answer = site.get(&format!("{filled}?nonsense=1"));
        assert_eq!((answer.status, answer.problem().as_str()), (400, "unknown-parameter"), "{path}");
    }
}
