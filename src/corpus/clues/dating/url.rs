//! The date in the address a document was published at: `/1968/05/11/`, `-20240226-`, `?date=2024-02-26`.

use super::candidate::Candidate;
use super::name::date_in_name;
use crate::corpus::clues::url::original;
use crate::corpus::raw::RawDocument;
use crate::document::DateRule;

/// The date in the address, if it has one.
pub(super) fn clue(raw: &RawDocument) -> Option<Candidate> {
    const NAMES: [&str; 4] = ["url", "link", "canonical", "og:url"];
    const PATHS: [&str; 5] = ["path", "slug", "permalink", "aliases", "redirect_from"];
    let declared = || raw.declared.iter().find(|declared| NAMES.contains(&declared.name.to_lowercase().as_str()));
    let url = raw.url.as_deref().or_else(|| Some(declared()?.value.as_str()));
    let in_path = |path: &str, place: String| {
        let (date, range) = date_in_name(path)?;
        Some(Candidate::new(date, DateRule::Url, place, path.get(range)?))
    };
    let address = url.and_then(|url| in_path(below_host(original(url))?, "address".into()));
    // Front matter often has the address that the page is to have, or had: `path = "2015/06/25/town"`.
    address.or_else(|| {
        let paths = raw.metadata.iter().filter(|(name, _)| PATHS.contains(&name.to_lowercase().as_str()));
        paths.filter(|(_, value)| value.len() <= 1000).find_map(|(name, path)| in_path(path, name.clone()))
    })
}

/// The part after the host, if there is one.
fn below_host(url: &str) -> Option<&str> {
    let Some((_, rest)) = url.split_once("://") else { return Some(url) };
    let slash = rest.find(['/', '?'])?;
    rest.get(slash..)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn addresses_give_their_date() {
        for (url, date) in [
            ("https://example.org/1968/05/11/may.html", Some("1968-05-11")),
            ("https://example.org/1968/05/may.html", Some("1968-05")),
            ("https://example.org/world/town-20240226-x", Some("2024-02-26")),
            ("https://example.org/2024/feb/26/town", Some("2024-02-26")),
            ("https://example.org/x?date=2024-02-26&y=1", Some("2024-02-26")),
            ("https://example.org/2024-02-26-town/", Some("2024-02-26")),
            ("https://2024-02-26.example.org/town", None),
            ("https://example.org/news/123456", None),
            ("https://web.archive.org/web/20150911021500/http://example.org/2014/02/26/x", Some("2014-02-26")),
            ("https://web.archive.org/web/20150911021500/http://example.org/x", None),
            ("https://example.org", None),
            ("", None),
        ] {
            let raw = RawDocument { url: Some(url.into()), ..RawDocument::default() };
            assert_eq!(clue(&raw).map(|found| found.clue.date.to_string()).as_deref(), date, "{url}");
        }
    }

    #[test]
    fn paths_in_front_matter_give_their_date() {
        for (name, value, date) in [
            ("path", "2015/06/25/town", Some("2015-06-25")),
            ("slug", "2015-06-25-town", Some("2015-06-25")),
            ("aliases", "/blog/2015/06/25/town.html, /town", Some("2015-06-25")),
            ("path", "town", None),
            ("note", "2015/06/25", None),
        ] {
            let mut raw = RawDocument::default();
            raw.metadata.insert(name.into(), value.into());
            assert_eq!(clue(&raw).map(|found| found.clue.date.to_string()).as_deref(), date, "{name} {value}");
        }
    }
}
