//! The archive for language models, over the real command: transcripts of both versions of the protocol, and what happens
//! when something goes wrong.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::support::{Archive, command, home, sample, sample_index};

/// A conversation with a command that was started for it.
struct Conversation {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Conversation {
    fn with(mut command: Command) -> Conversation {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        Conversation { child, input, output }
    }

    fn with_sample() -> Conversation {
        let mut command = command(sample_index(), home());
        command.arg("mcp");
        Conversation::with(command)
    }

    fn say(&mut self, line: &str) {
        let input = self.input.as_mut().unwrap();
        writeln!(input, "{line}").unwrap();
        input.flush().unwrap();
    }

    /// The next line, which is a message.
    #[track_caller]
    fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }

    fn ask(&mut self, request: &Value) -> Value {
        self.say(&request.to_string());
        self.hear()
    }

    fn begin(&mut self) {
        let params =
            json!({"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}});
        self.ask(&json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params}));
    }

    /// The object of an answer to a call.
    #[track_caller]
    fn call(&mut self, tool: &str, arguments: &Value) -> Value {
        let params = json!({"name": tool, "arguments": arguments});
        let answer = self.ask(&json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}));
        answer["result"].clone()
    }

    /// Ends the input; the exit code, and what else came on standard output.
    fn end(mut self) -> (Option<i32>, String) {
        self.input = None;
        let mut rest = String::new();
        std::io::Read::read_to_string(&mut self.output, &mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }
}

/// Whether a message has all that is wanted of it, however deep; of a list, the first so many items.
fn has(message: &Value, wanted: &Value) -> bool {
    match (message, wanted) {
        (Value::Object(fields), Value::Object(wanted)) => {
            wanted.iter().all(|(name, wanted)| fields.get(name).is_some_and(|value| has(value, wanted)))
        }
        (Value::Array(values), Value::Array(wanted)) => {
            values.len() >= wanted.len() && values.iter().zip(wanted).all(|(value, wanted)| has(value, wanted))
        }
        (value, wanted) => value == wanted,
    }
}

/// Says every line of a transcript that begins with `>`, and hears what is wanted behind it.
fn replay(name: &str) {
    let text = std::fs::read_to_string(home().join("tests/mcp").join(name)).unwrap();
    let mut conversation = Conversation::with_sample();
    let mut heard = 0;
    for line in text.lines() {
        match line.split_at(2) {
            ("> ", said) => conversation.say(said),
            ("< ", wanted) => {
                let (message, wanted) = (conversation.hear(), serde_json::from_str(wanted).unwrap());
                assert!(has(&message, &wanted), "{name}: wanted\n{wanted:#}\nheard\n{message:#}");
                heard += 1;
            }
            _ => panic!("{name}: {line}"),
        }
    }
    assert!(heard > 6);
    assert_eq!(conversation.end(), (Some(0), String::new()), "{name}");
}

#[test]
fn the_version_with_a_handshake_is_spoken() {
    replay("2025-11-25.jsonl");
}

#[test]
fn the_version_without_a_handshake_is_spoken() {
    replay("2026-07-28.jsonl");
}

#[test]
fn answers_have_the_numbers_ids_and_order_that_the_command_prints() {
    let mut conversation = Conversation::with_sample();
    conversation.begin();
    for (question, options) in [
        ("harbour fire", &[][..]),
        ("\"sea wall\"", &["--sort", "newest"]),
        ("museum", &["--from", "1990", "--to", "2010"]),
        ("incendie OR fire", &["--about", "feb 1992"]),
        ("zeppelin", &[]),
    ] {
        let mut arguments = json!({"query": question, "limit": 50, "max_chars": 200_000});
        for pair in options.chunks(2) {
            arguments[pair[0].trim_start_matches('-')] = json!(pair[1]);
        }
        let args = [&["search", question, "--format", "json", "-n", "50"][..], options].concat();
        let printed: Value = serde_json::from_str(&sample(&args).out).unwrap();
        let answered = conversation.call("dateline_search", &arguments)["structuredContent"].clone();
        for key in [
            "version",
            "read_as",
            "matched",
            "total",
            "distinct",
            "undated",
            "undated_left_out",
            "first",
            "last",
            "next",
        ] {
            assert_eq!(answered[key], printed[key], "{question}: {key}");
        }
        let of = |answer: &Value, key: &str| -> Vec<Value> {
            answer["hits"].as_array().unwrap().iter().map(|hit| hit[key].clone()).collect()
        };
        for key in ["id", "rank", "date", "source", "copied", "follows"] {
            assert_eq!(of(&answered, key), of(&printed, key), "{question}: {key}");
        }
    }
    let printed = sample(&["timeline", "harbour fire", "--format", "json"]).exits(0).json();
    let answered =
        conversation.call("dateline_timeline", &json!({"query": "harbour fire"}))["structuredContent"].clone();
    assert!(has(&answered, &printed), "{answered:#}");
    let printed = sample(&["sources", "harbour", "--format", "json"]).exits(0).json();
    let answered = conversation.call("dateline_sources", &json!({"query": "harbour"}))["structuredContent"].clone();
    assert!(has(&answered, &printed), "{answered:#}");
    let printed = sample(&["compare", "83", "68", "--near", "boats", "--format", "json"]).exits(0).json();
    let arguments =
        json!({"queries": ["83", "68"], "near": "boats", "detail": "full", "max_chars": 200_000, "limit": 40});
    let answered = conversation.call("dateline_compare", &arguments)["structuredContent"].clone();
    assert!(has(&answered, &printed), "{answered:#}\n{printed:#}");
    for (args, tool, arguments) in [
        (&["first", "sea wall"][..], "dateline_first", json!({"query": "sea wall"})),
        (&["copies", "harbour fire"], "dateline_copies", json!({"query": "harbour fire", "limit": 10})),
    ] {
        let printed = sample(&[args, &["--format", "json"]].concat()).exits(0).json();
        let mut arguments = arguments;
        arguments["max_chars"] = json!(200_000);
        let answered = conversation.call(tool, &arguments)["structuredContent"].clone();
        for key in ["total", "distinct", "stories", "coarse", "conflicting", "undated"] {
            assert_eq!(answered.get(key), printed.get(key), "{tool}: {key}");
        }
        let ids = |answer: &Value| -> Vec<Value> {
            let lists = ["documents", "listed"].iter().filter_map(|list| answer[list].as_array()).flatten();
            lists.map(|one| if one["id"].is_null() { one["lead"]["id"].clone() } else { one["id"].clone() }).collect()
        };
        assert_eq!(ids(&answered), ids(&printed), "{tool}");
    }
}

#[test]
fn an_update_by_another_process_is_seen_between_two_calls() {
    let archive = Archive::new();
    archive.write("files/a.txt", "The ferry is late.\n");
    let archive = archive.indexed();
    let mut command = command(&archive.index(), archive.here());
    command.arg("mcp");
    let mut conversation = Conversation::with(command);
    conversation.begin();
    let mut total =
        || conversation.call("dateline_search", &json!({"query": "ferry"}))["structuredContent"]["total"].clone();
    assert_eq!(total(), 1);
    archive.write("files/b.txt", "The ferry is early.\n");
    archive.run(&["index", "files"]).exits(0);
    assert_eq!(total(), 2);
    archive.run(&["index", "files", "--rebuild"]).exits(0);
    assert_eq!(total(), 2);
    archive.remove("files/a.txt");
    archive.run(&["index", "files"]).exits(0);
    assert_eq!(total(), 1);
    assert_eq!(conversation.end(), (Some(0), String::new()));
}

#[test]
fn without_an_index_it_starts_and_answers_what_to_do() {
    let archive = Archive::new();
    let mut command = command(&archive.index(), archive.here());
    command.arg("mcp");
    let mut conversation = Conversation::with(command);
    conversation.begin();
    let answer = conversation.call("dateline_search", &json!({"query": "ferry"}));
    assert_eq!(answer["isError"], true);
    assert!(answer["content"][0]["text"].as_str().unwrap().contains("dateline index"), "{answer:#}");
    assert_eq!(conversation.end(), (Some(0), String::new()));
}

#[test]
fn a_client_that_goes_away_ends_it() {
    let mut conversation = Conversation::with_sample();
    conversation.begin();
    let Conversation { mut child, input, output } = conversation;
    drop(output);
    let mut input = input.unwrap();
    // It ends by itself, while its input is open: the end of the input would end it in any case.
    let mut ended = None;
    for id in 0..500 {
        let request = json!({"jsonrpc": "2.0", "id": id, "method": "tools/list"});
        let _ = writeln!(input, "{request}");
        ended = child.try_wait().unwrap();
        if ended.is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    drop(input);
    assert_eq!(ended.expect("it did not end").code(), Some(0));
}

#[test]
fn one_call_is_made_by_hand_and_its_mistakes_are_wrong_usage() {
    sample(&["mcp", "--call", "dateline_search", r#"{"query": "harbour fire", "limit": 1}"#])
        .exits(0)
        .prints("1 shown");
    let object =
        sample(&["mcp", "--format", "json", "--call", "dateline_search", r#"{"q": "harbour fire"}"#]).exits(0).json();
    assert_eq!(object["total"], 18);
    sample(&["mcp", "--call", "dateline_serch"]).exits(2).says("did you mean dateline_search?");
    sample(&["mcp", "--call", "dateline_search", "{"]).exits(2).says("the arguments are no JSON");
    sample(&["mcp", "--call", "dateline_search", r#"{"querry": "x"}"#]).exits(2).says("did you mean `query`?");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_between_two_lines() {
    let mut conversation = Conversation::with_sample();
    conversation.begin();
    for id in 0..20 {
        let params =
            json!({"name": "dateline_search", "arguments": {"detail": "full", "limit": 50, "max_chars": 200_000}});
        conversation.say(&json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params}).to_string());
    }
    conversation.hear();
    let killed = Command::new("kill").args(["-INT", &conversation.child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let (code, rest) = conversation.end();
    assert_eq!(code, Some(130));
    assert!(rest.is_empty() || rest.ends_with('\n'), "the last line is not whole");
    for line in rest.lines() {
        serde_json::from_str::<Value>(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    }
}

/// The calls that the guide shows, but for the one that is wrong on purpose.
fn calls_of_the_guide() -> Vec<(String, Value)> {
    let guide = std::fs::read_to_string(home().join("src/cli/GUIDE.md")).unwrap();
    let call = |line: &str| {
        let (tool, arguments) = line.strip_prefix("$ dateline mcp --call ")?.split_once(' ')?;
        Some((tool.to_owned(), serde_json::from_str(arguments.trim_matches('\'')).unwrap()))
    };
    guide.lines().filter_map(call).filter(|(_, arguments): &(String, Value)| arguments.get("form").is_none()).collect()
}

#[test]
fn the_conversation_of_the_guide_takes_five_calls_and_under_eight_thousand_tokens() {
    // On the safe side: a token of English text is four characters or so.
    const CHARS_OF_A_TOKEN: usize = 3;
    let calls = calls_of_the_guide();
    assert_eq!(calls.len(), 5, "{calls:?}");
    let mut conversation = Conversation::with_sample();
    conversation.begin();
    let (mut text, mut both) = (0, 0);
    for (tool, arguments) in &calls {
        let answer = conversation.call(tool, arguments);
        assert_eq!(answer["isError"], false, "{answer:#}");
        let asked = tool.chars().count() + arguments.to_string().chars().count();
        let told = answer["content"][0]["text"].as_str().unwrap().chars().count();
        text += asked + told;
        both += asked + told + answer["structuredContent"].to_string().chars().count();
    }
    assert!(both / CHARS_OF_A_TOKEN < 8_000, "{both} characters, {text} of them text");
}
