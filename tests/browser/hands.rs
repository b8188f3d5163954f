//! What a reader does: asks, brushes, narrows, reads, goes back, by mouse, by keys, by finger, and without a script.

use dateline::serve::Server;
use dateline::{Document, Index};
use serde_json::json;

use crate::driver::Browser;
use crate::support::{add, browser, holding, run, sample, served};

const ENTER: &str = "\u{E007}";
const TAB: &str = "\u{E004}";
const SHIFT: &str = "\u{E008}";
const ESCAPE: &str = "\u{E00C}";
const RIGHT: &str = "\u{E014}";

/// The middle of a bar's slot on the line of dates.
fn slot(browser: &Browser, number: i64) -> (i64, i64) {
    let place = browser.run(&format!(
        "const axis = document.querySelector('.axis'); axis.scrollIntoView({{block: 'center', behavior: 'instant'}});
         const r = axis.getBoundingClientRect(), n = {number} < 0 ? axis.dataset.from.split(' ').length + {number} : {number};
         return [Math.round(r.left + r.width * (n + 0.5) / axis.dataset.slots), Math.round(r.top + 60)]"
    ));
    (place[0].as_i64().unwrap(), place[1].as_i64().unwrap())
}

#[test]
fn a_question_is_answered_as_it_is_typed_and_back_leads_to_the_page_before() {
    let Some(browser) = browser() else { return };
    browser.open(&format!("{}/", sample()));
    browser.fill("#q", "harbour fire");
    browser.wait("document.querySelector('.hits .passage mark')");
    assert!(browser.address().ends_with("/search?q=harbour+fire"), "{}", browser.address());
    assert_eq!(browser.run("return document.activeElement.id"), "q", "the focus stays in the box");
    browser.wait("document.querySelector('#status').textContent.includes('document')");
    // All that was typed in one go is one step of history.
    browser.back();
    browser.wait("location.pathname === '/' && document.querySelector('.front h1')");
    assert_eq!(browser.run("return document.querySelector('#q').value"), "");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_browser_without_the_link_gets_in_by_the_token() {
    let Some(browser) = browser() else { return };
    let index = Index::in_memory().unwrap();
    add(&index, [Document::new("log-1", "The ferry ran.")]);
    let link = run(Server::over(index).token("correct-horse-battery-staple"));
    let server = link.split("/enter").next().unwrap();
    browser.open(&format!("{server}/search?q=ferry"));
    browser.fill("[name=token]", "correct-horse-battery-staple");
    browser.press(&[ENTER], None);
    browser.wait("location.pathname === '/' && document.querySelector('#q')");
}

#[test]
fn what_is_typed_after_a_question_was_taken_back_is_a_step_of_its_own() {
    let Some(browser) = browser() else { return };
    browser.open(&format!("{}/search?q=clock", sample()));
    let typed = |words: &str| {
        browser.run(&format!(
            "const q = document.querySelector('#q'); q.value = '{words}'; q.dispatchEvent(new Event('input'))"
        ));
    };
    typed("clockx");
    typed("clock");
    browser.wait("!document.querySelector('#main').hasAttribute('aria-busy')");
    std::thread::sleep(std::time::Duration::from_millis(500));
    typed("harbour");
    browser.wait("location.search === '?q=harbour'");
    browser.back();
    browser.wait("location.search === '?q=clock'");
}

#[test]
fn an_answer_waits_while_the_hand_is_at_work_on_the_one_before() {
    let Some(browser) = browser() else { return };
    browser.open(&format!("{}/search?q=harbour", sample()));
    let before = browser.text("#answer");
    browser.run("document.querySelector('#main').dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}))");
    browser.fill("#q", "clock");
    std::thread::sleep(std::time::Duration::from_millis(1_200));
    assert_eq!(browser.text("#answer"), before);
    browser.run("window.dispatchEvent(new PointerEvent('pointerup', {bubbles: true}))");
    browser.wait("document.querySelector('.hits mark')?.textContent.toLowerCase() === 'clock'");
}

#[test]
fn a_question_that_is_sent_is_a_step_of_history_and_the_focus_goes_to_its_answer() {
    let Some(browser) = browser() else { return };
    browser.open(&format!("{}/search?q=clock", sample()));
    browser.fill("#from", "feb 1992");
    browser.press(&[ENTER], None);
    browser.wait("location.search.includes('from=feb+1992') && document.querySelector('.chips')");
    browser.wait("document.activeElement.id === 'answer'");
    assert!(browser.text(".chips").contains("from 1 February 1992"), "{}", browser.text(".chips"));
    browser.back();
    browser.wait("location.search === '?q=clock' && !document.querySelector('.chips')");
    assert_eq!(browser.run("return document.querySelector('#from').value"), "");
}

#[test]
fn the_brush_takes_whole_bars_with_both_ends_in_either_direction() {
    let Some(browser) = browser() else { return };
    browser.open(&format!("{}/search?q=harbour&from=1992&to=1992&by=month", sample()));
    let steps = browser.run("return document.querySelector('.axis').dataset.from.split(' ')");
    let (first, last) =
        (steps[0].as_str().unwrap().to_owned(), steps.as_array().unwrap().last().unwrap().as_str().unwrap().to_owned());
    let fields = || browser.run("return [document.querySelector('#from').value, document.querySelector('#to').value]");
    for (from, to) in [(0, -1), (-1, 0)] {
        let (from, to) = (slot(&browser, from), slot(&browser, to));
        browser.drag(from, to, "mouse");
        browser.wait("!document.querySelector('.picked').hidden");
        assert_eq!(fields(), json!([first, last]));
        browser.click(".picked button:last-child");
        assert_eq!(fields(), json!(["1992", "1992"]), "what was typed comes back");
    }
    let place = slot(&browser, 1);
    browser.drag((place.0 - 6, place.1), (place.0 + 6, place.1), "touch");
    browser.wait("!document.querySelector('.picked').hidden");
    assert_eq!(fields(), json!([steps[1], steps[1]]), "one bar, by finger");
    let picked = browser.text(".picked p");
    browser.click(".picked button");
    browser.wait(&format!("location.search.includes('from={}')", steps[1].as_str().unwrap()));
    browser.wait("document.querySelector('.chips')?.textContent.includes('days certain')");
    let number = picked.rsplit(": ").next().unwrap().split(' ').next().unwrap();
    assert_eq!(browser.text("#answer").split(' ').next().unwrap(), number, "{picked}");
    browser.back();
    browser.wait("location.search.includes('from=1992&') && document.querySelector('.axis')");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn back_and_forth_show_what_was_shown_and_no_step_shows_the_same_again() {
    let Some(browser) = browser() else { return };
    let shows = |question: &str| {
        browser.wait(&format!(
            "location.search === '?q={question}' && document.title.startsWith('{question}:')
             && document.querySelector('#q').value === '{question}'"
        ));
    };
    browser.open(&format!("{}/search?q=clock#results", sample()));
    browser.fill("#q", "harbour");
    shows("harbour");
    let steps = browser.run("return history.length");
    browser.press(&[ENTER], None);
    browser.wait("document.activeElement.id === 'answer'");
    assert_eq!(browser.run("return history.length"), steps, "it is shown already");
    browser.run("scrollTo({top: 500, behavior: 'instant'})");
    browser.wait("history.state?.place === 500");
    browser.run("const q = document.querySelector('#q'); q.value = 'boats'; q.dispatchEvent(new Event('input'))");
    shows("boats");
    browser.back();
    shows("harbour");
    browser.wait("scrollY === 500");
    browser.back();
    shows("clock");
    browser.run("history.forward()");
    shows("harbour");
    // A place on the page is a step, too, and nothing is asked for it.
    browser.run("location.hash = 'sources'");
    browser.back();
    shows("harbour");
}

#[test]
fn a_page_says_that_there_is_something_new_and_leads_there() {
    let Some(browser) = browser() else { return };
    let index = Index::in_memory().unwrap();
    add(&index, [Document::new("a", "The ferry ran.")]);
    let server = served(index.clone());
    browser.open(&format!("{server}/search?q=ferry"));
    let look = || browser.run("document.dispatchEvent(new Event('visibilitychange'))");
    look();
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(browser.run("return document.querySelector('#news').hidden"), true);
    add(&index, [Document::new("b", "Another ferry.")]);
    look();
    browser.wait("!document.querySelector('#news').hidden");
    browser.click("#news a");
    browser.wait("document.querySelector('#news').hidden && document.querySelector('#answer').textContent.startsWith('2 documents')");
}

#[test]
fn the_next_match_of_a_long_document_is_in_another_part_of_it() {
    let Some(browser) = browser() else { return };
    let text: String =
        (0..1_000).map(|n| format!("Sentence number{n} is about the town. Nobody slept there.\n\n")).collect();
    let server = holding([Document::new("long", text)]);
    browser.open(&format!("{server}/doc/long?q=number3+OR+number900"));
    browser.press(&["n"], None);
    browser.wait("document.activeElement.textContent === 'number3'");
    browser.press(&["n"], None);
    browser.wait("location.search.includes('part=') && document.querySelector('.para:target mark')");
    browser.press(&["p", "p"], None);
    browser.wait("!location.search.includes('part=') && document.querySelector('.para:target mark')");
}

#[test]
fn the_whole_way_is_gone_by_keys() {
    let Some(browser) = browser() else { return };
    browser.open(&format!("{}/search?q=harbour+fire", sample()));
    // A skip link comes first.
    browser.press(&[TAB], None);
    assert_eq!(browser.run("return document.activeElement.className"), "skip sr");
    browser.press(&["t"], None);
    browser.wait("document.activeElement.closest('.axis')");
    browser.press(&[RIGHT, RIGHT], Some(SHIFT));
    browser.wait("!document.querySelector('.picked').hidden");
    browser.press(&[ESCAPE], None);
    browser.wait("document.querySelector('.picked').hidden");
    browser.press(&["j", "j"], None);
    browser.wait("document.querySelectorAll('.hits .hit')[1].getAttribute('aria-current') === 'true'");
    browser.press(&["k", "o"], None);
    browser.wait("location.pathname.startsWith('/doc/')");
    browser.wait("document.querySelector('.text mark')");
    browser.press(&["n"], None);
    browser.wait("document.activeElement.tagName === 'MARK'");
    browser.press(&["c"], None);
    browser.wait("location.hash === '#cite' && document.querySelector('#cite .citation')");
    browser.press(&[ESCAPE], None);
    browser.wait("location.pathname === '/search'");
    browser.press(&["?"], None);
    browser.wait("document.querySelector('#keys').open");
    browser.click("#keys-off");
    browser.press(&[ESCAPE], None);
    browser.wait("!document.querySelector('#keys').open");
    browser.press(&["/"], None);
    assert_ne!(browser.run("return document.activeElement.id"), "q", "keys are switched off");
    browser.open(&format!("{}/search?q=clock", sample()));
    browser.press(&["?"], None);
    assert_eq!(browser.run("return document.querySelector('#keys').open"), false, "and stay so");
}

#[test]
fn facets_chips_and_pages_are_links_that_lead_there_and_back() {
    let Some(browser) = browser() else { return };
    browser.open(&format!("{}/search?q=harbour", sample()));
    let all = browser.text("#answer");
    let source = browser.text(".tally a");
    browser.click(".tally a");
    browser.wait("location.search.includes('source=')");
    assert!(browser.text(".chips").contains(&source));
    assert_ne!(browser.text("#answer"), all);
    browser.click(".chips a");
    browser.wait("!location.search.includes('source=')");
    assert_eq!(browser.text("#answer"), all);
    browser.click(".more a");
    browser.wait("location.search.includes('after=')");
    assert_eq!(browser.run("return document.querySelector('.hits').start"), 11);
    browser.back();
    browser.wait("!location.search.includes('after=')");
    browser.click(".hits h3 a");
    browser.wait("location.pathname.startsWith('/doc/')");
    browser.click("#back");
    browser.wait("location.pathname === '/search' && location.hash === '#h1'");
}

#[test]
fn every_page_is_whole_without_a_script() {
    let Some(browser) = browser() else { return };
    browser.command("Emulation.setScriptExecutionDisabled", &json!({"value": true}));
    browser.open(&format!("{}/", sample()));
    browser.fill("#q", "harbour fire");
    browser.click("#ask button");
    browser.wait("location.pathname === '/search'");
    assert!(browser.text("#answer").contains("document"));
    browser.fill("#from", "feb 1992");
    browser.fill("#to", "april 1992");
    browser.click("#ask button");
    browser.wait("location.search.includes('from=')");
    assert!(browser.text(".chips").contains("1 February to 30 April 1992"));
    let bar = browser.run("return document.querySelector('.axis a').getAttribute('href')");
    browser.open(&format!("{}{}", sample(), bar.as_str().unwrap()));
    assert!(browser.count(".hits .hit") > 0);
    browser.click(".hits h3 a");
    browser.wait("location.pathname.startsWith('/doc/')");
    assert!(browser.count(".text mark") > 0 && browser.count(".clues li") > 0);
    browser.click(".kicker .cite-link");
    browser.wait("location.hash === '#cite'");
    assert!(browser.text(".evidence").contains("Id "));
    assert_eq!(
        browser.run("return document.querySelector('#cite-copy').hidden"),
        true,
        "a button that needs a script is not there"
    );
}
