//! Text fragments: addresses that lead to words of a page (`#:~:text=`).

/// The longest text that a fragment has whole, in characters; of a longer one it has the beginning and the end.
const WHOLE: usize = 160;
/// The words at the beginning and the end of a longer text.
const ENDS: usize = 6;

/// The address with a fragment for the words. None where they are not unique in the text, or the address has no page.
pub(crate) fn address(url: &str, text: &str, exact: &str, prefix: &str, suffix: &str) -> Option<String> {
    let url = url.split('#').next().filter(|url| url.starts_with("http"))?;
    let exact = exact.trim();
    if exact.is_empty() {
        return None;
    }
    let words: Vec<&str> = exact.split_whitespace().collect();
    let directive = if exact.chars().count() <= WHOLE && !exact.contains('\n') {
        encoded(&words.join(" "))
    } else {
        let start = words.get(..ENDS.min(words.len()))?.join(" ");
        let end = words.get(words.len().saturating_sub(ENDS)..)?.join(" ");
        format!("{},{}", encoded(&start), encoded(&end))
    };
    match text.matches(exact).take(2).count() {
        1 => Some(format!("{url}#:~:text={directive}")),
        // What stands beside the words may make them unique.
        2 => {
            let beside = format!("{prefix}{exact}{suffix}");
            let before: Vec<&str> = prefix.split_whitespace().skip(1).collect();
            let after: Vec<&str> = suffix.split_whitespace().collect();
            let after = after.get(..after.len().saturating_sub(1)).unwrap_or_default();
            let unique = text.matches(&beside).take(2).count() == 1 && !before.is_empty() && !after.is_empty();
            unique.then(|| {
                format!("{url}#:~:text={}-,{directive},-{}", encoded(&before.join(" ")), encoded(&after.join(" ")))
            })
        }
        _ => None,
    }
}

/// Percent-encoded, the signs too that a fragment means something by: `-`, `,` and `&`.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_leads_to_words_that_are_unique() {
        let text = "A well-known boat, red & old, sank. The boat sank. Then the boat sank again.";
        let of = |exact: &str, prefix: &str, suffix: &str| {
            address("https://courier.example/a#top", text, exact, prefix, suffix)
        };
        assert_eq!(
            of("well-known boat, red & old", "", "").as_deref(),
            Some("https://courier.example/a#:~:text=well%2Dknown%20boat%2C%20red%20%26%20old")
        );
        assert_eq!(of("he boat sank", "", ""), None);
        assert_eq!(
            of("boat sank", "ank. Then the ", " again.").as_deref(),
            None,
            "the words after it are cut, so none is whole"
        );
        assert_eq!(address("file:///a.html", text, "red", "", ""), None);
    }
}
