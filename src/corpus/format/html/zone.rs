//! Which part of a page an element belongs to, as far as its name, classes and id tell.

/// A part of a page; what lies in it belongs to no lesser one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Zone {
    /// What the page is about, as far as anybody can tell.
    Main,
    /// Menus, teasers of other pages, what stands beside and under the story.
    Aside,
    /// What readers wrote under it.
    Comment,
}

/// The zone that an element of this name opens, whatever its classes.
pub(super) fn of_name(name: &str) -> Zone {
    match name {
        "nav" | "aside" | "footer" => Zone::Aside,
        _ => Zone::Main,
    }
}

/// The zone that classes or an id speak of.
pub(super) fn of_label(label: &str) -> Zone {
    label.split_ascii_whitespace().take(30).map(of_token).max().unwrap_or(Zone::Main)
}

fn of_token(token: &str) -> Zone {
    if token.len() > 60 {
        return Zone::Main;
    }
    let mut parts = token.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let is = |part: &str, words: &[&str]| words.iter().any(|word| part.eq_ignore_ascii_case(word));
    let comment = |part: &str| {
        const STEMS: [&str; 5] = ["comment", "kommentar", "comentario", "commento", "leserbrief"];
        STEMS.iter().any(|stem| part.get(..stem.len()).is_some_and(|head| head.eq_ignore_ascii_case(stem)))
    };
    // `comments-open`, `no-comments`, `comment-count` say of an article that it can be commented on.
    const ABOUT: [&str; 17] = [
        "open", "opened", "closed", "off", "on", "count", "counter", "link", "links", "status", "enabled", "disabled",
        "no", "has", "number", "allowed", "button",
    ];
    if parts.clone().any(comment) && !parts.clone().any(|part| is(part, &ABOUT)) {
        return Zone::Comment;
    }
    const ASIDE: [&str; 26] = [
        "sidebar",
        "teaser",
        "teasers",
        "related",
        "recommended",
        "recommendations",
        "similar",
        "popular",
        "trending",
        "latest",
        "recent",
        "calendar",
        "kalender",
        "ticker",
        "footer",
        "nav",
        "navi",
        "navigation",
        "menu",
        "archives",
        "copyright",
        "current",
        "today",
        "clock",
        "topbar",
        "sitenav",
    ];
    // `content-sidebar-wrap`, `has-sidebar` are boxes around both.
    const AROUND: [&str; 12] =
        ["has", "no", "with", "without", "wrap", "wrapper", "container", "content", "layout", "page", "main", "open"];
    let around = parts.clone().any(|part| is(part, &AROUND));
    let aside = !around && parts.any(|part| is(part, &ASIDE));
    if token.eq_ignore_ascii_case("widget") || aside { Zone::Aside } else { Zone::Main }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_tell_the_zone() {
        for (label, zone) in [
            ("entry post", Zone::Main),
            ("post comments-open", Zone::Main),
            ("meta-comment-count", Zone::Main),
            ("elementor-widget-text", Zone::Main),
            ("footnotes", Zone::Main),
            ("content-sidebar-wrap has-sidebar", Zone::Main),
            ("", Zone::Main),
            ("col widget", Zone::Aside),
            ("site-footer", Zone::Aside),
            ("default-teaser__date", Zone::Aside),
            ("relatedNews related_news", Zone::Aside),
            ("entry commentlist", Zone::Comment),
            ("comment-42", Zone::Comment),
            ("user_kommentare footer", Zone::Comment),
        ] {
            assert_eq!(of_label(label), zone, "{label}");
        }
    }
}
