//! Documents that try to do something in a browser.

use dateline::Document;

use crate::support::{browser, day, holding};

const TRIED: &str =
    "<script>window.hurt = 1</script><img src=x onerror='window.hurt = 1'><svg onload='window.hurt = 1'>";

#[test]
fn documents_are_only_ever_read() {
    let Some(browser) = browser() else { return };
    let text = format!("{TRIED} harbour \" onfocus=\"window.hurt = 1\" autofocus {TRIED}");
    let server = holding([
        Document::new("a", &text).title(TRIED).source(TRIED).url("javascript:window.hurt = 1").date(day("1992-02-26")),
        Document::new("b", format!("{text} more"))
            .title(&text)
            .source("\"><b>B")
            .date(day("1992-02-27"))
            .metadata(TRIED, TRIED),
        Document::new("c", "\u{202E}harbour\u{2066} ".repeat(3))
            .title("\u{202E}fdp.exe")
            .url("data:text/html,<script>1</script>"),
        Document::new("d", "x".repeat(1_000_000) + " harbour").title("long"),
    ]);
    let tried = "%3Cscript%3Ewindow.hurt=1%3C/script%3E%22%20autofocus%20onfocus=%22window.hurt=1";
    for path in [
        "/search?q=harbour&no-collapse=1".to_owned(),
        "/doc/a?q=harbour".to_owned(),
        "/doc/b?q=harbour&cite=1".to_owned(),
        "/doc/c".to_owned(),
        "/doc/d?q=harbour".to_owned(),
        "/diff/a/b".to_owned(),
        "/dates?doubtful=1".to_owned(),
        "/sources".to_owned(),
        format!("/search?q={tried}&from={tried}&source={tried}&{tried}={tried}"),
        format!("/{tried}"),
        format!("/doc/{tried}"),
    ] {
        browser.open(&format!("{server}{path}"));
        assert_eq!(browser.run("return window.hurt ?? null"), serde_json::Value::Null, "{path}");
        let strangers = "script:not([src^=\"/assets/\"]), img, iframe, object, embed, [onerror], [onload], [onfocus], [style], a[href^=\"javascript:\" i], a[href^=\"data:\" i]";
        assert_eq!(browser.count(strangers), 0, "{path}");
        let complaints: Vec<String> =
            browser.complaints().into_iter().filter(|line| !line.contains("status of 4")).collect();
        assert_eq!(complaints, Vec::<String>::new(), "{path}");
        let wide = browser.run("return document.documentElement.scrollWidth <= innerWidth");
        assert_eq!(wide, true, "{path}: a long line makes no page scroll sideways");
    }
}
