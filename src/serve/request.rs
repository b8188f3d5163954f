//! A request as the rest of the room sees it: words, and no type of the library that read it.

use super::parameters::Parameters;

/// What is asked, after the guard let it pass.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) method: Method,
    /// The path as it stands in the address, still encoded.
    pub(super) path: String,
    pub(super) parameters: Parameters,
    /// The header Accept; empty where there is none.
    pub(super) accept: String,
    /// The languages of the header Accept-Language, the most wanted first, in lower case.
    pub(super) languages: Vec<String>,
    /// The header If-None-Match.
    pub(super) known_tags: String,
    /// Whether the answer may be packed by gzip.
    pub(super) takes_gzip: bool,
    pub(super) body: Vec<u8>,
}

/// What is wanted of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// An answer, or its headers alone.
    Get,
    /// An answer to a body.
    Post,
}

/// The values of a header with weights, as `fr;q=0.8, en`: the most wanted first, those of weight 0 left out, in lower
/// case.
pub(super) fn weighted(header: &str) -> Vec<String> {
    let one = |part: &str| {
        let mut pieces = part.split(';').map(str::trim);
        let name = pieces.next().unwrap_or_default().to_ascii_lowercase();
        let weight = pieces.find_map(|piece| piece.strip_prefix("q=")).map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
        (name, weight)
    };
    let mut found: Vec<(String, f32)> =
        header.split(',').map(one).filter(|(name, weight)| !name.is_empty() && *weight > 0.0).collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    found.into_iter().map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::weighted;

    #[test]
    fn the_most_wanted_comes_first() {
        assert_eq!(weighted("fr;q=0.8, en, de;q=0.9, it;q=0"), ["en", "de", "fr"]);
        assert_eq!(weighted("AR-eg"), ["ar-eg"]);
        assert!(weighted("").is_empty() && weighted(" , ;q=1").is_empty());
    }
}
