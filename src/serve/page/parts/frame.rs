//! The frame of every page: head, masthead with the question, foot, list of keys.

use maud::{DOCTYPE, Markup, html};

use super::assets::{icon_path, script_path, style_path};
use super::days;
use super::marks::harmless;
use super::visit::Visit;
use super::words::Word;
use crate::serve::context::News;

/// The pages that the masthead leads to, each with the path it has.
/// The box and the name of the program lead to search and to the first page.
const PAGES: [(Word, &str); 4] = [
    (Word::NavTimeline, "/timeline"),
    (Word::NavCompare, "/compare"),
    (Word::NavDates, "/dates"),
    (Word::NavAbout, "/about"),
];

const KEYS: [(&[&str], Word); 10] = [
    (&["/"], Word::KeyBox),
    (&["j", "k"], Word::KeyResults),
    (&["o"], Word::KeyOpen),
    (&["n", "p"], Word::KeyWords),
    (&["t"], Word::KeyTimeline),
    (&["[", "]"], Word::KeyWindow),
    (&["+", "-"], Word::KeySteps),
    (&["c"], Word::KeyCite),
    (&["Esc"], Word::KeyBack),
    (&["?"], Word::KeyHelp),
];

/// A whole page. `title` stands in the window's bar, `main` between masthead and foot.
pub(in super::super) fn page(visit: &Visit<'_>, title: &str, main: &Markup) -> String {
    let (locale, archive) = (visit.locale, harmless(&visit.context.archive));
    let markup = html! {
        (DOCTYPE)
        html lang=(locale.code()) dir=(locale.direction()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (harmless(title)) " – " (archive) }
                link rel="icon" type="image/svg+xml" href=(icon_path());
                link rel="stylesheet" href=(style_path());
                script src=(script_path()) defer {}
            }
            body data-revision=(visit.context.revision) data-copied=(visit.say(Word::Copied)) data-loading=(visit.say(Word::Loading)) {
                a.skip.sr href="#main" { (visit.say(Word::SkipToAnswer)) }
                div.page {
                    (masthead(visit))
                    p #status .sr role="status" {}
                    p #news hidden { (visit.say(Word::SomethingNew)) " " a href=(visit.href(visit.path, &visit.same().without("after", None))) { (visit.say(Word::Reload)) } }
                    main #main tabindex="-1" {
                        (main)
                    }
                    (foot(visit))
                }
                (keys(visit))
            }
        }
    };
    markup.into_string()
}

fn masthead(visit: &Visit<'_>) -> Markup {
    let value = |name: &str| visit.parameters.get(name).map(str::to_owned).unwrap_or_default();
    let is_compare = visit.path == "/compare";
    let question = if is_compare { String::new() } else { value("q") };
    html! {
        header.mast.row {
            a.brand.lead href=(visit.href("/", &visit.bare())) { "dateline" }
            form #ask .ask action="/search" role="search" aria-label=(visit.say(Word::SearchTheArchive)) {
                div.box {
                    input #q type="search" name="q" value=(question) aria-label=(visit.say(Word::Question)) autocomplete="off" autocapitalize="off" spellcheck="false" dir="auto" maxlength="8000" list=[(visit.path == "/search").then_some("words")];
                    button.go { (visit.say(Word::Search)) }
                }
                div.when {
                    label { (visit.say(Word::PublishedFrom)) " " input #from type="text" name="from" value=(value("from")) autocomplete="off" dir="auto"; }
                    label { (visit.say(Word::Until)) " " input #to type="text" name="to" value=(value("to")) autocomplete="off" dir="auto"; }
                    label.about { (visit.say(Word::SpeaksOf)) " " input type="text" name="about" value=(value("about")) autocomplete="off" dir="auto"; }
                    (hidden(visit))
                    a.help href=(format!("{}#ask-how", visit.href("/about", &visit.bare()))) { (visit.say(Word::HowToAsk)) }
                }
            }
            nav.side aria-label=(visit.say(Word::Pages)) {
                ul {
                    @for (word, path) in PAGES {
                        li { (nav(visit, word, path)) }
                    }
                }
            }
        }
    }
}

fn nav(visit: &Visit<'_>, word: Word, path: &str) -> Markup {
    let parameters = match path {
        "/compare" | "/about" => visit.bare(),
        "/dates" => visit.conditions().with("doubtful", "1"),
        _ if visit.path == "/compare" => visit.bare(),
        _ => visit.view(),
    };
    let current = (visit.path == path).then_some("page");
    html! { a href=(visit.href(path, &parameters)) aria-current=[current] { (visit.say(word)) } }
}

/// The conditions that have no field of their own, so that another question keeps them.
fn hidden(visit: &Visit<'_>) -> Markup {
    if visit.path == "/compare" {
        return html! { @for value in visit.parameters.all("hl") { input type="hidden" name="hl" value=(value); } };
    }
    let names = visit.view_names().filter(|name| !["q", "from", "to", "about"].contains(name));
    html! {
        @for name in names {
            @for value in visit.parameters.all(name) { input type="hidden" name=(name) value=(value); }
        }
        @for value in visit.parameters.all("about").skip(1) { input type="hidden" name="about" value=(value); }
    }
}

fn foot(visit: &Visit<'_>) -> Markup {
    let today = days::date(visit.locale, visit.today());
    let (archive, revision) = (harmless(&visit.context.archive), &visit.context.revision);
    let asked = match visit.question() {
        "" => visit.say(Word::AllDocuments).to_owned(),
        question => harmless(question),
    };
    html! {
        footer.colophon.row {
            div.lead { bdi { (archive) } }
            div.wide {
                ul {
                    li { (visit.fill(Word::Revision, &[("n", revision)])) }
                    @if let Some(news) = visit.context.news { li { (told(visit, news)) } }
                    li { a href=(visit.href("/dates", &visit.bare().with("doubtful", "1"))) { (visit.say(Word::DoubtfulDates)) } }
                    li { a href=(visit.href("/skipped", &visit.bare())) { (visit.say(Word::NotRead)) } }
                    @for other in super::locale::Locale::ALL.into_iter().filter(|locale| *locale != visit.locale) {
                        li { a hreflang=(other.code()) lang=(other.code()) href=(visit.href(visit.path, &visit.same().with("hl", other.code()))) { (other.name()) } }
                    }
                    li { button #keys-open type="button" hidden { (visit.say(Word::Keys)) " " kbd { "?" } } }
                }
                p.printed {
                    (visit.put(Word::Asked, &[("q", html! { (asked) })])) ". "
                    (visit.put(Word::Printed, &[("day", html! { (today) }), ("archive", html! { (archive) }), ("revision", html! { (revision) })])) " "
                    (visit.say(Word::Address)) ": " bdi dir="ltr" { (visit.href(visit.path, visit.parameters)) }
                }
            }
        }
    }
}

/// What the last update brought.
fn told(visit: &Visit<'_>, news: News) -> String {
    let number = |number: u64| visit.locale.number(number);
    let (added, changed, removed) = (number(news.added), number(news.changed), number(news.removed));
    visit.fill(Word::LastUpdate, &[("added", &added), ("changed", &changed), ("removed", &removed)])
}

fn keys(visit: &Visit<'_>) -> Markup {
    html! {
        dialog #keys aria-labelledby="keys-h" {
            h2 #keys-h { (visit.say(Word::Keys)) }
            (key_list(visit))
            form method="dialog" {
                button #keys-off type="button" data-off=(visit.say(Word::KeysOff)) data-on=(visit.say(Word::KeysOn)) { (visit.say(Word::KeysOff)) }
                button autofocus { (visit.say(Word::Close)) }
            }
        }
    }
}

/// The keys and what they do.
pub(in super::super) fn key_list(visit: &Visit<'_>) -> Markup {
    html! {
        dl.keys {
            @for (keys, word) in KEYS {
                dt { @for key in keys { kbd { (key) } " " } }
                dd { (visit.say(word)) }
            }
        }
    }
}
