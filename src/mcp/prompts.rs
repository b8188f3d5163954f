//! Prompts: work that a person begins by name, told as steps with the tools.

use rmcp::model::{Prompt, PromptArgument};
use serde_json::{Map, Value};

use super::clean::clean;
use crate::text::{nearest, repeated};
use crate::{Error, ErrorKind, Result};

/// An argument of a prompt, and whether it is needed.
type Blank = (&'static str, &'static str, bool);

/// Work that a person begins by name. In the steps, `{name}` stands for an argument.
struct Work {
    name: &'static str,
    title: &'static str,
    blanks: &'static [Blank],
    steps: &'static str,
}

const WORKS: [Work; 4] = [
    Work {
        name: "chronology",
        title: "A chronology, with the source of each entry",
        blanks: &[("topic", "what it is about", true), ("from", "its first day", false), ("to", "its last day", false)],
        steps: "Write a chronology of: {topic}. From: {from}. To: {to}.\n\
                1. dateline_timeline with the topic and the dates: where are the documents?\n\
                2. dateline_search with sort oldest, page by page through `after`, within the busy stretches; use about \
                for what was written later about those days.\n\
                3. dateline_read what is unclear.\n\
                One entry a day: the day as precise as the archive knows it, what happened according to whom, and the id \
                of the passage. Name doubts on dates, contradicting figures, and what you did not find.",
    },
    Work {
        name: "who_said_first",
        title: "Who wrote something first",
        blanks: &[("claim", "the claim or the words", true)],
        steps: "Find out who wrote this first: {claim}\n\
                1. dateline_first with its rarest words; then with other words for the same.\n\
                2. dateline_read the earliest, and those of uncertain date that may be earlier.\n\
                3. dateline_copies of the earliest: who took it over?\n\
                Name the earliest document with its day, source and passage id, whatever may be earlier, and what kind of \
                claim it is: a report, a quotation, a copy.",
    },
    Work {
        name: "figures",
        title: "Which figures are given, by whom, when",
        blanks: &[("topic", "what is counted", true)],
        steps: "Which figures does the archive give for: {topic}\n\
                1. dateline_figures for what is counted, in a few words; then dateline_search for other words for the same, \
                and `versions` for figures that differ between versions of a text.\n\
                2. dateline_compare with the figures as queries and what they count as near.\n\
                A table: figure, sources, first and last day, passage id. Do not add up, average or choose between them; \
                say who changed theirs and when.",
    },
    Work {
        name: "check_draft",
        title: "Check a draft against the archive",
        blanks: &[("text", "the draft", true)],
        steps: "Check this draft against the archive:\n\n{text}\n\n\
                1. List its quotes, figures, days and names, each with where it stands.\n\
                2. Look for each: all quotes with dateline_verify_quote; figures with dateline_compare; firsts with \
                dateline_first; dateline_read the passages in question.\n\
                For each: confirmed, different (show both wordings), or not found; with the passage id, source and day. \
                A quote that is not word for word is different. What is not in the archive is not thereby wrong: say so.",
    },
];

/// The prompts, as clients are told of them.
pub(super) fn listed() -> Vec<Prompt> {
    let blank = |(name, about, is_needed): &Blank| {
        PromptArgument::new(*name).with_description(*about).with_required(*is_needed)
    };
    let prompt = |work: &Work| {
        let blanks = work.blanks.iter().map(blank).collect();
        Prompt::new(work.name, Some(work.title), Some(blanks)).with_title(work.title)
    };
    WORKS.iter().map(prompt).collect()
}

/// The text of a prompt with these arguments. Fails for a prompt that does not exist, and without an argument that it
/// needs.
pub(super) fn filled(name: &str, arguments: &Map<String, Value>) -> Result<String> {
    let names = || WORKS.iter().map(|work| work.name);
    let Some(work) = WORKS.iter().find(|work| work.name == name) else {
        let meant = nearest(name, names()).map_or(String::new(), |name| format!("; did you mean {name}?"));
        let error = Error::new(ErrorKind::Argument, format!("there is no prompt {}{meant}", repeated(name)));
        return Err(error.hint(format!("they are {}", names().collect::<Vec<_>>().join(", "))));
    };
    let mut text = work.steps.to_owned();
    for (name, about, is_needed) in work.blanks {
        let given = arguments.get(*name).map(|value| value.as_str().map_or(value.to_string(), str::to_owned));
        let given = given.map(|given| clean(given.trim())).filter(|given| !given.is_empty());
        if *is_needed && given.is_none() {
            let message = format!("the prompt {} needs `{name}`: {about}", work.name);
            return Err(Error::new(ErrorKind::Argument, message));
        }
        text = text.replacen(&format!("{{{name}}}"), given.as_deref().unwrap_or("open"), 1);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    #[test]
    fn a_prompt_has_its_arguments_in_place_and_misses_those_it_needs() {
        let arguments = json!({"topic": "the harbour fire", "from": "1992"});
        let text = filled("chronology", arguments.as_object().unwrap()).unwrap();
        assert!(text.starts_with("Write a chronology of: the harbour fire. From: 1992. To: open."), "{text}");
        assert!(filled("chronology", &Map::new()).unwrap_err().message().contains("needs `topic`"));
        assert!(filled("cronology", &Map::new()).unwrap_err().message().contains("did you mean chronology?"));
    }

    #[test]
    fn every_blank_of_the_steps_is_an_argument() {
        for work in &WORKS {
            for (name, ..) in work.blanks {
                assert_eq!(work.steps.matches(&format!("{{{name}}}")).count(), 1, "{name}");
            }
            assert_eq!(work.steps.matches('{').count(), work.blanks.len());
        }
    }
}
