//! Mends the JSON of web pages: trailing commas, quotation marks within texts, line breaks, comments around it.

use serde_json::Value;

/// Longer blocks are not mended, in bytes.
const LONGEST: usize = 2_000_000;

/// Parses a block of structured data; what browsers and search engines forgive is forgiven.
pub(super) fn parse(block: &str) -> Option<Value> {
    let block = unwrapped(block);
    if let Ok(value) = serde_json::from_str(block) {
        return Some(value);
    }
    if block.len() > LONGEST || too_deep(block) {
        return None;
    }
    let block = if block.contains("&quot;") { block.replace("&quot;", "\"") } else { block.to_owned() };
    serde_json::from_str(&mend(&block)).ok().or_else(|| several(&block))
}

/// The block without comments that hide it from old browsers, and without byte order marks.
fn unwrapped(block: &str) -> &str {
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
    let block = block.trim_matches(blank).trim_start_matches("<!--").trim_end_matches("-->").trim_matches(blank);
    let block = block.trim_start_matches("//").trim_start_matches("<![CDATA[").trim_start_matches("/*<![CDATA[*/");
    let block = block.trim_end_matches("/*]]>*/").trim_end_matches("]]>").trim_end_matches("//").trim_matches(blank);
    block.trim_end_matches("]]>").trim_matches(blank).trim_end_matches(';').trim_matches(blank)
}

/// Returns whether brackets nest deeper than in any page.
fn too_deep(block: &str) -> bool {
    let mut depth = 0usize;
    block.bytes().any(|byte| {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > 100
    })
}

/// Objects one after another in one block.
fn several(block: &str) -> Option<Value> {
    let mended = mend(block);
    let values: Vec<Value> =
        serde_json::Deserializer::from_str(&mended).into_iter().map_while(Result::ok).take(100).collect();
    (!values.is_empty()).then_some(Value::Array(values))
}

/// The block with quotation marks escaped where they end no text, and without trailing commas and control characters.
fn mend(block: &str) -> String {
    let mut mended = String::with_capacity(block.len() + 16);
    let mut chars = block.char_indices().peekable();
    let mut inside = false;
    while let Some((at, c)) = chars.next() {
        let rest = block.get(at + c.len_utf8()..).unwrap_or("");
        match c {
            '\\' if inside => match chars.next() {
                // JSON knows no `\'`.
                Some((_, '\'')) => mended.push('\''),
                Some((_, next)) if matches!(next, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') => {
                    mended.extend(['\\', next])
                }
                Some((_, next)) => mended.push(next),
                None => {}
            },
            '"' if inside && !ends_a_text(rest) => mended.push_str("\\\""),
            '"' => {
                inside = !inside;
                mended.push('"');
            }
            ',' if !inside && rest.trim_start().starts_with(['}', ']']) => {}
            c if c.is_control() => mended.push(' '),
            c => mended.push(c),
        }
    }
    mended
}

/// Returns whether a quotation mark before this ends a text: the rest continues the object or list.
fn ends_a_text(rest: &str) -> bool {
    let rest = rest.trim_start();
    match rest.chars().next() {
        None | Some(':' | '}' | ']') => true,
        Some(',') => {
            let next = rest.get(1..).unwrap_or("").trim_start();
            next.starts_with(|c: char| matches!(c, '"' | '{' | '[' | '}' | ']' | '-') || c.is_ascii_digit())
                || ["true", "false", "null"].iter().any(|word| next.starts_with(word))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pages_get_wrong_is_forgiven() {
        let expected = serde_json::json!({"@type": "NewsArticle", "datePublished": "2019-03-04"});
        for block in [
            r#"{"@type":"NewsArticle","datePublished":"2019-03-04"}"#,
            r#"{"@type":"NewsArticle","datePublished":"2019-03-04",}"#,
            "\u{feff}{\"@type\":\"NewsArticle\",\"datePublished\":\"2019-03-04\"}",
            "<!-- {\"@type\":\"NewsArticle\",\"datePublished\":\"2019-03-04\"} -->",
            "//<![CDATA[\n{\"@type\":\"NewsArticle\",\"datePublished\":\"2019-03-04\"}\n//]]>",
            "{\"@type\":\"NewsArticle\",\n\"datePublished\":\"2019-03-04\"};",
            "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;2019-03-04&quot;}",
        ] {
            assert_eq!(parse(block), Some(expected.clone()), "{block}");
        }
        for (block, headline) in [
            (r#"{"headline":"The "old" pond","a":1}"#, "The \"old\" pond"),
            (r#"{"headline":"The "old", the pond","a":1}"#, "The \"old\", the pond"),
            ("{\"headline\":\"two\nlines\"}", "two lines"),
            (r#"{"headline":"it\'s"}"#, "it's"),
        ] {
            let read = parse(block).and_then(|value| value.get("headline")?.as_str().map(str::to_owned));
            assert_eq!(read.as_deref(), Some(headline), "{block}");
        }
        assert_eq!(parse("{\"a\":1,}{\"a\":2}"), Some(serde_json::json!([{"a": 1}, {"a": 2}])));
        for block in ["", "{\"a\": ", "[[[[", "no"] {
            assert_eq!(parse(block), None, "{block}");
        }
        assert_eq!(parse(&"[".repeat(100_000)), None);
    }
}
