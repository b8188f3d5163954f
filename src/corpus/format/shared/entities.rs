//! Character references, in which HTML and XML write characters that are on no key: `&eacute;`, `&#8211;`.

use std::borrow::Cow;

/// The longest name of a character in HTML, with its semicolon.
const LONGEST_NAME: usize = 32;

/// A text with its character references replaced. Unknown references stay as they are.
pub(in crate::corpus::format) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
        plain.push_str(before);
        let tail = after.get(1..).unwrap_or_default();
        let end = tail.bytes().take(LONGEST_NAME).position(|byte| byte == b';');
        let reference = end.and_then(|end| after.get(..end + 2));
        match reference.and_then(|reference| Some((characters(reference)?, reference))) {
            Some((characters, reference)) => {
                plain.push_str(&characters);
                rest = after.get(reference.len()..).unwrap_or_default();
            }
            None => {
                plain.push('&');
                rest = tail;
            }
        }
    }
    plain.push_str(rest);
    plain.into()
}

/// The characters of a reference such as `&eacute;` or `&#8211;`: a number, or a name of HTML, which feeds use without
/// declaring it. `None` if it is unknown, or if its character commands a terminal.
fn characters(reference: &str) -> Option<Cow<'_, str>> {
    let meant = html_escape::decode_html_entities(reference);
    let harmless = meant.chars().all(|c| !c.is_control() || c.is_ascii_whitespace());
    (harmless && meant != reference && !reference.get(1..)?.contains('&')).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn references_stand_for_what_html_says_and_others_stay_as_written() {
        for (written, expected) in [
            ("c&oelig;ur, &Scaron;koda, &Zcaron;ižek, &thinsp;&minus;5", "cœur, Škoda, Žižek, \u{2009}−5"),
            ("&quot;mill&quot;&nbsp;&#8211;&#x2013; &apos;&hellip;", "\"mill\"\u{a0}–– '…"),
            ("&CounterClockwiseContourIntegral;", "∳"),
            ("&NotEqualTilde; &NotSubset; &ThickSpace;", "\u{2242}\u{338} \u{2282}\u{20d2} \u{205f}\u{200a}"),
            ("&#7; &#0; &#155;2J &#x9b; &#127;", "&#7; &#0; &#155;2J &#x9b; &#127;"),
            (
                "&#xD800; &#x110000; &#99999999999; &#; &; &#x; &#+65;",
                "&#xD800; &#x110000; &#99999999999; &#; &; &#x; &#+65;",
            ),
            ("&unknown; AT&T; &amp;lt; &amp", "&unknown; AT&T; &lt; &amp"),
            ("&&lt;&amp&gt;", "&<&amp>"),
            ("&é; &amp", "&é; &amp"),
        ] {
            assert_eq!(unescape(written), expected, "{written}");
        }
    }

    proptest! {
        #[test]
        fn what_is_no_reference_stays_and_no_control_character_comes_in(
            text in "([a-z é]|&|;|#|x|[0-9]|&amp;|&#|&#x9|&oelig;){0,40}",
        ) {
            let plain = unescape(&text);
            prop_assert!(plain.chars().all(|c| !c.is_control() || c.is_ascii_whitespace()), "{text:?}: {plain:?}");
            if !text.contains(';') {
                prop_assert_eq!(plain.as_ref(), text.as_str());
            }
        }
    }
}
