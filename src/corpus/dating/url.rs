//! The date in the address a document was published at: `/1968/05/11/`, `-20240226-`, `?date=2024-02-26`.

use super::candidate::Candidate;
use super::name::date_in_name;
use crate::corpus::document::DateRule;
use crate::corpus::raw::RawDocument;

/// The date in the address, if it has one.
pub(super) fn clue(raw: &RawDocument) -> Option<Candidate> {
    const NAMES: [&str; 4] = ["url", "link", "canonical", "og:url"];
    let declared = || raw.declared.iter().find(|declared| NAMES.contains(&declared.name.to_lowercase().as_str()));
    let url = raw.url.as_deref().or_else(|| Some(declared()?.value.as_str()))?;
    let path = below_host(url)?;
    let (date, range) = date_in_name(path)?;
    Some(Candidate::new(date, DateRule::Url, "address".into(), path.get(range)?))
}

/// What follows the host.
fn below_host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
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
            ("https://example.org", None),
            ("", None),
        ] {
            let raw = RawDocument { url: Some(url.into()), ..RawDocument::default() };
            assert_eq!(clue(&raw).map(|found| found.clue.date.to_string()).as_deref(), date, "{url}");
        }
    }
}
