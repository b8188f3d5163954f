//! Addresses on the web.

/// The address a page had before a web archive kept it. In
/// `https://web.archive.org/web/20150911000000/http://a.example/` it follows the time; any other address is returned
/// unchanged.
pub(crate) fn original(address: &str) -> &str {
    let kept = address.split_once("/web/").and_then(|(archive, rest)| {
        let (stamp, original) = rest.split_once('/')?;
        let digits = stamp.bytes().take_while(u8::is_ascii_digit).count();
        // `20150911000000`, `20150911000000if_`
        let archived = archive.len() <= 60 && matches!(digits, 4..=14) && stamp.len() <= digits + 4;
        (archived && original.starts_with("http")).then_some(original)
    });
    kept.unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_archive_put_before_an_address_goes() {
        for (address, expected) in [
            ("https://web.archive.org/web/20150911000000/http://a.example/b", "http://a.example/b"),
            ("/web/2015im_/https://a.example/b.png", "https://a.example/b.png"),
            ("https://a.example/web/2015/spring", "https://a.example/web/2015/spring"),
            ("https://a.example/web/x/http://b.example", "https://a.example/web/x/http://b.example"),
            ("", ""),
        ] {
            assert_eq!(original(address), expected);
        }
    }
}
