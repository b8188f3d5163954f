//! The address that a page was published at, and the day it was saved, as the page or the program that saved it says.
//!
//! Browsers write a comment before the page, HTTrack one below `<html>`, SingleFile one in it; Save Page WE declares its
//! own properties, and WebScrapBook attributes of `<html>`.

use memchr::memmem;

use super::facts::Facts;
use crate::text::floor;

/// The bytes at the beginning of a page in which programs leave their mark.
const BEGINNING: usize = 4096;

/// The longest address that is taken for one, in bytes.
const LONGEST: usize = 2000;

/// Fewer letters than this are no article, so such a page may only send its reader on.
const FEW_LETTERS: usize = 500;

/// What a program said that saved a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Saved {
    address: Option<String>,
    /// The day and time, as written.
    pub(super) when: Option<String>,
}

impl Saved {
    /// Reads what a program wrote into the comments at the beginning of a page.
    pub(super) fn of(page: &str) -> Saved {
        let mut rest = page.get(..floor(page, BEGINNING)).unwrap_or_default();
        while let Some((comment, after)) = rest.split_once("<!--").and_then(|(_, from)| from.split_once("-->")) {
            if let Some((address, when)) = in_comment(comment.trim()) {
                return Saved::default().or(address.as_deref(), when);
            }
            rest = after;
        }
        Saved::default()
    }

    /// What a program says elsewhere, unless it is known.
    pub(super) fn or(self, address: Option<&str>, when: Option<&str>) -> Saved {
        Saved {
            address: self.address.or_else(|| address.and_then(on_the_web)),
            when: self.when.or_else(|| when.map(str::to_owned)),
        }
    }
}

/// The address that a page was loaded from, and when, if a comment is that of a program that saved it.
fn in_comment(comment: &str) -> Option<(Option<String>, Option<&str>)> {
    if let Some(rest) = comment.strip_prefix("saved from url=(") {
        return Some((rest.split_once(')').map(|(_, address)| address.to_owned()), None));
    }
    if let Some(rest) = comment.strip_prefix("Mirrored from ") {
        let (address, rest) = rest.split_once(" by HTTrack")?;
        let scheme = if address.contains("://") { "" } else { "http://" };
        return Some((Some(format!("{scheme}{address}")), rest.rsplit_once("], ").map(|(_, when)| when)));
    }
    if !comment.contains("saved with SingleFile") {
        return None;
    }
    let line = |label: &str| comment.lines().find_map(|line| line.trim().strip_prefix(label)).map(str::trim);
    Some((line("url:").map(str::to_owned), line("saved date:")))
}

/// The address of a page: what it says itself, then what the program says that saved it, then where a page without a
/// story sends its reader.
pub(super) fn address(facts: &Facts, canonical: Option<String>, saved: &Saved, page: &str) -> Option<String> {
    let declared = |name: &str| facts.value(&[name]).and_then(on_the_web);
    canonical
        .or_else(|| declared("og:url"))
        .or_else(|| saved.address.clone())
        .or_else(|| declared("twitter:url"))
        .or_else(|| facts.value(&["og:url"]).map(str::to_owned))
        .or_else(|| if facts.letters < FEW_LETTERS { sent_on(facts, page) } else { None })
}

fn on_the_web(address: &str) -> Option<String> {
    let address = address.trim();
    let is_one = address.len() <= LONGEST && ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme));
    is_one.then(|| address.to_owned())
}

/// The address that a page sends its reader on to, by itself or by a script.
fn sent_on(facts: &Facts, page: &str) -> Option<String> {
    if let Some((_, target)) = facts.value(&["refresh"]).and_then(|value| value.split_once('=')) {
        return on_the_web(target.trim().trim_matches(['"', '\'']));
    }
    memmem::find_iter(page.as_bytes(), "location").find_map(|at| {
        let rest = page.get(at + "location".len()..)?;
        let rest = rest.strip_prefix(".href").unwrap_or(rest).trim_start();
        let target = [".replace(", ".assign(", "="].iter().find_map(|call| rest.strip_prefix(call))?.trim_start();
        let quote = target.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        on_the_web(target.get(1..)?.split_once(quote)?.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_saves_a_page_says_from_where() {
        let address = |text: &str| Some(text.to_owned());
        for (page, expected, when) in [
            (
                "<!DOCTYPE html>\n<!-- saved from url=(0026)https://a.example/2014/b?c=d -->",
                address("https://a.example/2014/b?c=d"),
                None,
            ),
            ("<!-- saved from url=(0014)about:internet --><html>", None, None),
            (
                "<html lang=en><!--\n Page saved with SingleFile \n url: https://a.example/b \n saved date: Thu May 07 2020 10:11:12 GMT+0200 (x)\n-->",
                address("https://a.example/b"),
                Some("Thu May 07 2020 10:11:12 GMT+0200 (x)"),
            ),
            (
                "<html>\n<!-- x --><!-- Mirrored from a.example/b by HTTrack Website Copier/3.x [XR&CO'2014], Thu, 07 May 2020 10:00:00 GMT -->",
                address("http://a.example/b"),
                Some("Thu, 07 May 2020 10:00:00 GMT"),
            ),
            ("<!-- saved from url=(0026)https://a.example", None, None),
            ("<!-- saved from url=(x -->", None, None),
            ("<!-- Mirrored from life -->", None, None),
            ("", None, None),
        ] {
            assert_eq!(Saved::of(page), Saved { address: expected, when: when.map(str::to_owned) }, "{page}");
        }
        let late = format!("{}<!-- saved from url=(0026)https://a.example/b -->", "é".repeat(BEGINNING));
        assert_eq!(Saved::of(&late), Saved::default());
    }

    #[test]
    fn a_page_is_at_the_address_that_it_says_before_the_one_it_was_saved_from() {
        const SAVED: &str = "<!-- saved from url=(0026)https://a.example/saved -->";
        let story = "The mill by the river turns again. ".repeat(40);
        for (page, expected) in [
            (format!("{SAVED}<link rel=canonical href=https://a.example/own>"), Some("https://a.example/own")),
            (format!("{SAVED}<meta property=og:url content=https://a.example/og>"), Some("https://a.example/og")),
            (format!("{SAVED}<link rel=canonical href=/own>"), Some("https://a.example/saved")),
            (format!("{SAVED}<meta name=twitter:url content=https://a.example/t>"), Some("https://a.example/saved")),
            ("<meta name=savepage-url content=https://a.example/p>".into(), Some("https://a.example/p")),
            ("<html data-scrapbook-source=https://a.example/s>".into(), Some("https://a.example/s")),
            ("<meta http-equiv=refresh content='0; URL=https://a.example/r'>".into(), Some("https://a.example/r")),
            ("<script>x=1;location.href=\"https://a.example/l\";</script>".into(), Some("https://a.example/l")),
            ("<script>window.location.replace( 'https://a.example/l')</script>".into(), Some("https://a.example/l")),
            ("<script>location.reload()</script>".into(), None),
            (format!("<script>location.href='https://a.example/l'</script><p>{story}"), None),
            (format!("<p>{story}"), None),
        ] {
            let facts = super::super::meta::gather(&dom_query::Document::from(page.as_str()), &page);
            assert_eq!(facts.address.as_deref(), expected, "{page}");
        }
    }
}
