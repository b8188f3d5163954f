//! How pages look: in print, right to left, in other directions of writing.

use dateline::Document;
use serde_json::json;

use crate::support::{browser, holding, sample};

#[test]
fn a_printed_page_is_a_sheet_of_evidence() {
    let Some(browser) = browser() else { return };
    browser.open(&format!("{}/search?q=harbour+fire", sample()));
    browser.command("Emulation.setEmulatedMedia", &json!({"media": "print"}));
    let shown = |selector: &str| {
        let script = format!(
            "const e = document.querySelector({}); return Boolean(e && e.getClientRects().length)",
            json!(selector)
        );
        browser.run(&script) == json!(true)
    };
    for kept in [".hits .passage", ".when-who time", ".place", "p.printed", "#answer", ".as"] {
        assert!(shown(kept), "{kept} is printed");
    }
    for left_out in [".mast nav", "#ask", ".units", ".cite-link", ".more", "#keys-open", ".colophon ul"] {
        assert!(!shown(left_out), "{left_out} is not printed");
    }
    let printed = browser.text("p.printed");
    for part in ["harbour fire", "11 May 2024", "index revision", "/search?q=harbour"] {
        assert!(printed.contains(part), "{part}: {printed}");
    }
    browser.open(&format!("{}/search?q=harbour+(fire+OR+clock)&from=feb+1992&to=yesterday&lang=en", sample()));
    let told = browser.run("return [...document.querySelectorAll('.note')].filter((note) => note.getClientRects().length).map((note) => note.innerText).join(' ')");
    let told = told.as_str().unwrap();
    assert!(
        told.contains("left out") && told.contains("read anew at each visit"),
        "what an answer leaves out is printed: {told}"
    );
    assert!(!told.contains("Ask without days") && !told.contains("Fix these days"), "what leads on is not: {told}");
    let ink = browser.run("return getComputedStyle(document.querySelector('.passage')).color");
    assert_eq!(ink, "rgb(0, 0, 0)");
    let sheet = browser.command("Page.printToPDF", &json!({"preferCSSPageSize": true}));
    assert!(sheet["data"].as_str().is_some_and(|data| data.len() > 10_000));
}

#[test]
fn a_page_from_right_to_left_is_mirrored_and_texts_keep_their_own_direction() {
    let Some(browser) = browser() else { return };
    let left = |selector: &str| {
        let script = format!("return document.querySelector({}).getBoundingClientRect().left", json!(selector));
        browser.run(&script).as_f64().unwrap()
    };
    browser.open(&format!("{}/search?q=harbour&hl=ar", sample()));
    assert!(left(".hit .lead") > left(".hit .passage"), "the day stands to the right");
    assert!(left(".cols > .side") < left(".hit .passage"), "the sources stand to the left");
    assert!(left("#ask button") < left("#q"));
    let direction = browser.run("return getComputedStyle(document.querySelector('.hit .passage[lang=en]')).direction");
    assert_eq!(direction, "ltr", "an English passage is read from the left");
    let first = "const bars = [...document.querySelectorAll('.axis a')].map((bar) => bar.getBoundingClientRect().left); return bars[0] > bars.at(-1)";
    assert_eq!(browser.run(first), true, "the first day stands to the right");
    let text = "اندلع الحريق في الميناء ليلا. واحترق 83 قاربا قبل الفجر، كما قال رئيس الميناء.";
    let server = holding([Document::new("a", text).language("ar".parse().unwrap())]);
    browser.open(&format!("{server}/search?q=الحريق"));
    let passage = "const p = document.querySelector('.passage[lang=ar]'); return p && getComputedStyle(p).direction";
    assert_eq!(browser.run(passage), "rtl", "an Arabic passage is read from the right");
}

#[test]
fn the_reader_s_wishes_are_kept() {
    let Some(browser) = browser() else { return };
    let page = format!("{}/search?q=harbour", sample());
    let paper = |features: &[(&str, &str)]| {
        browser.prefer(features);
        browser.open(&page);
        browser.run("return getComputedStyle(document.body).backgroundColor").as_str().unwrap().to_owned()
    };
    assert_ne!(paper(&[("prefers-color-scheme", "light")]), paper(&[("prefers-color-scheme", "dark")]));
    let scroll = |value: &str| {
        paper(&[("prefers-reduced-motion", value)]);
        browser.run("return getComputedStyle(document.documentElement).scrollBehavior")
    };
    assert_eq!((scroll("no-preference"), scroll("reduce")), (json!("smooth"), json!("auto")));
}

/// Pictures of the pages, into the folder that `DATELINE_PICTURES` names: for whoever changes how they look.
#[test]
fn pictures_are_taken_where_they_are_asked_for() {
    let Some(folder) = std::env::var_os("DATELINE_PICTURES").map(std::path::PathBuf::from) else { return };
    let Some(browser) = browser() else { return };
    browser.open(&format!("{}/search?q=harbour+fire+council", sample()));
    let reader = browser.run("return document.querySelectorAll('.hits h3 a')[1].getAttribute('href')");
    let diff = browser.run("return document.querySelector('.apparatus a[href^=\"/diff\"]')?.getAttribute('href')");
    let cite = browser.run("return document.querySelectorAll('.cite-link')[1].getAttribute('href')");
    let found = [("reader", reader), ("diff", diff), ("cite", cite)];
    let found = found.iter().filter_map(|(name, link)| Some((*name, link.as_str()?)));
    for (name, page) in [
        ("start", "/"),
        ("search", "/search?q=harbour+(fire+OR+clock)&from=feb+1992&to=april+1992&lang=en"),
        ("nothing", "/search?q=harbor+fyre&from=1993"),
        ("arabic", "/search?q=%D8%AD%D8%B1%D9%8A%D9%82+OR+harbour&hl=ar"),
        ("timeline", "/timeline?q=harbour&share=1"),
        ("compare", "/compare?q=83&q=71&q=68&near=boats"),
        ("figures", "/figures?q=boats"),
        ("first", "/first?q=harbour+fire"),
        ("dates", "/dates?doubtful=1"),
        ("copies", "/copies?q=harbour"),
        ("about", "/about"),
        ("sources", "/sources"),
        ("problem", "/search?q=harbour&from=31.2.1992"),
    ]
    .into_iter()
    .chain(found)
    {
        for (shade, width) in [("light", 1280), ("dark", 1280), ("light", 390)] {
            browser.prefer(&[("prefers-color-scheme", shade)]);
            browser.size(width, 900);
            browser.open(&format!("{}{page}", sample()));
            let picture =
                browser.command("Page.captureScreenshot", &json!({"format": "png", "captureBeyondViewport": true}));
            let bytes = decoded(picture["data"].as_str().unwrap());
            std::fs::write(folder.join(format!("{name}-{width}-{shade}.png")), bytes).unwrap();
        }
        browser.prefer(&[]);
        let sheet = browser.command("Page.printToPDF", &json!({"preferCSSPageSize": true}));
        std::fs::write(folder.join(format!("{name}.pdf")), decoded(sheet["data"].as_str().unwrap())).unwrap();
    }
}

/// Bytes from base64, which the browser sends pictures in.
fn decoded(text: &str) -> Vec<u8> {
    let value = |c: u8| {
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".iter().position(|known| *known == c)
    };
    let mut out = Vec::new();
    let (mut bits, mut held) = (0u32, 0);
    for six in text.bytes().filter_map(value) {
        bits = bits << 6 | six as u32;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    out
}
