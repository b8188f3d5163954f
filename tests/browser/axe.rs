//! What axe-core finds wrong with pages for people who see, hear or move otherwise: nothing.

use std::path::Path;

use serde_json::json;

use crate::support::{browser, sample};

/// The pages that are looked at.
pub(crate) const PAGES: [&str; 13] = [
    "/",
    "/search?q=harbour+(fire+OR+clock)&from=feb+1992&to=april+1992&lang=en",
    "/search?q=zzzz+qqqq&from=1992",
    "/timeline?q=fire&share=1",
    "/sources",
    "/first?q=harbour+fire",
    "/figures?q=boats",
    "/compare?q=83&q=71&q=68&near=boats",
    "/copies",
    "/dates?doubtful=1",
    "/about",
    "/search?q=harbour&from=31.2.1992",
    "/search?q=%D8%AD%D8%B1%D9%8A%D9%82&hl=ar",
];

#[test]
fn nothing_is_wrong_in_light_in_dark_and_in_forced_colours() {
    let Some(browser) = browser() else { return };
    let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/browser/node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(axe).expect("axe-core is there: .ci/setup installs it");
    browser.open(&format!("{}/search?q=harbour+fire", sample()));
    let reader = browser.run("return document.querySelector('.hits h3 a').getAttribute('href')");
    let cited = browser.run("return document.querySelector('.cite-link').getAttribute('href')");
    let versions = browser.run("return document.querySelector('.apparatus a[href^=\"/diff\"]')?.getAttribute('href')");
    let found = [reader, cited, versions].into_iter().filter_map(|link| link.as_str().map(str::to_owned));
    let pages: Vec<String> = PAGES.into_iter().map(str::to_owned).chain(found).collect();
    let mut wrong = Vec::new();
    for features in [
        [("prefers-color-scheme", "light"), ("forced-colors", "none")],
        [("prefers-color-scheme", "dark"), ("forced-colors", "none")],
        [("prefers-color-scheme", "light"), ("forced-colors", "active")],
    ] {
        browser.prefer(&features);
        for width in [1280, 390] {
            browser.size(width, 900);
            for page in &pages {
                // A narrow window changes no colour, so it is looked at once.
                if width == 390 && features[0].1 == "dark" {
                    continue;
                }
                browser.open(&format!("{}{page}", sample()));
                browser.run(&axe);
                let script = "const found = await axe.run(document, {resultTypes: ['violations']});
                    return found.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target + ' ' + n.failureSummary).join(' | '))";
                let found = browser.run(&format!("return (async () => {{ {script} }})()"));
                for violation in found.as_array().cloned().unwrap_or_default() {
                    wrong.push(format!("{page} {width} {features:?}: {violation}"));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "{}", wrong.join("\n"));
}

#[test]
fn no_page_scrolls_sideways_at_320_pixels_or_at_twice_the_size() {
    let Some(browser) = browser() else { return };
    for (width, zoom) in [(320, 1.0), (640, 2.0)] {
        browser.size(width, 900);
        browser.command("Emulation.setPageScaleFactor", &json!({"pageScaleFactor": 1.0}));
        for page in PAGES {
            browser.open(&format!("{}{page}", sample()));
            browser.run(&format!("document.documentElement.style.zoom = {zoom}"));
            let wide =
                browser.run("return [document.documentElement.scrollWidth, document.documentElement.clientWidth]");
            assert!(wide[0].as_i64() <= wide[1].as_i64(), "{page} at {width}: {wide}");
        }
    }
}
