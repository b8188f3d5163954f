//! The part of a page that an element belongs to, as far as its name, classes and id tell.

/// A part of a page. Everything inside it belongs to it or to a lesser part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Zone {
    /// The subject of the page, as far as that can be told.
    Main,
    /// Menus, teasers of other pages, and what stands beside and under the story.
    Aside,
    /// Comments of readers.
    Comment,
}

/// The zone that an element of this name opens, whatever its classes.
pub(super) fn of_name(name: &str) -> Zone {
    match name {
        "nav" | "aside" | "footer" => Zone::Aside,
        _ => Zone::Main,
    }
}

/// The meaning of an element's classes or id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) zone: Zone,
    /// Set if it is about a date: `entry-date`, `postDate`, `published`.
    pub(super) date: bool,
}

/// Reads classes or an id in one pass: pages have thousands of them.
pub(super) fn label(label: &str) -> Label {
    let mut said = Label { zone: Zone::Main, date: false };
    if label.len() > LONGEST {
        return said;
    }
    for token in label.split_ascii_whitespace() {
        let (mut comment, mut commented, mut aside, mut around) = (false, false, false, false);
        words(token, |word| match kind(word) {
            Kind::Date => said.date = true,
            Kind::Comment => comment = true,
            Kind::Commented => commented = true,
            Kind::Aside => aside = true,
            Kind::Around => around = true,
            Kind::Both => (commented, around) = (true, true),
            Kind::Other => {}
        });
        let zone = match (comment && !commented, aside && !around) {
            (true, _) => Zone::Comment,
            (_, true) => Zone::Aside,
            _ => Zone::Main,
        };
        said.zone = said.zone.max(if token.eq_ignore_ascii_case("widget") { Zone::Aside } else { zone });
    }
    said
}

/// The longest label that is read, in bytes. Longer ones are for style sheets.
const LONGEST: usize = 400;

/// The longest known word.
const LONGEST_WORD: usize = 20;

/// Calls `report` for each word of a class in lower case: `post-date`, `postDate`.
fn words(token: &str, mut report: impl FnMut(&[u8])) {
    let mut word = [0u8; LONGEST_WORD];
    let mut length = 0;
    let mut small = false;
    for byte in token.bytes() {
        if length > 0 && (!byte.is_ascii_alphanumeric() || small && byte.is_ascii_uppercase()) {
            report(word.get(..length).unwrap_or(b""));
            length = 0;
        }
        small = byte.is_ascii_lowercase();
        if byte.is_ascii_alphanumeric() {
            // A longer word is none of the known ones, whatever it is cut to.
            if let Some(slot) = word.get_mut(length) {
                *slot = byte.to_ascii_lowercase();
                length += 1;
            }
        }
    }
    if length > 0 {
        report(word.get(..length).unwrap_or(b""));
    }
}

enum Kind {
    Date,
    Comment,
    /// The article can be commented on: `comments-open`, `comment-count`.
    Commented,
    Aside,
    /// The box encloses both, or has or lacks one: `content-sidebar-wrap`, `has-sidebar`.
    Around,
    /// Either of the two.
    Both,
    Other,
}

fn kind(word: &[u8]) -> Kind {
    match word {
        b"date" | b"time" | b"timestamp" | b"datetime" | b"published" | b"pubdate" | b"posted" | b"publish"
        | b"created" | b"dateline" | b"datum" | b"fecha" | b"postdate" | b"pubtime" => Kind::Date,
        b"opened" | b"closed" | b"off" | b"on" | b"count" | b"counter" | b"link" | b"links" | b"status"
        | b"enabled" | b"disabled" | b"number" | b"allowed" | b"button" => Kind::Commented,
        b"open" | b"no" | b"has" => Kind::Both,
        b"with" | b"without" | b"wrap" | b"wrapper" | b"container" | b"content" | b"layout" | b"page" | b"main" => {
            Kind::Around
        }
        b"sidebar" | b"teaser" | b"teasers" | b"related" | b"recommended" | b"recommendations" | b"similar"
        | b"popular" | b"trending" | b"latest" | b"recent" | b"calendar" | b"kalender" | b"ticker" | b"footer"
        | b"nav" | b"navi" | b"navigation" | b"menu" | b"archives" | b"copyright" | b"current" | b"today"
        | b"clock" | b"topbar" | b"sitenav" => Kind::Aside,
        _ if [&b"comment"[..], b"kommentar", b"comentario", b"commento", b"leserbrief"]
            .iter()
            .any(|stem| word.starts_with(stem)) =>
        {
            Kind::Comment
        }
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_tell_the_zone() {
        for (label, zone) in [
            ("blogSidebar", Zone::Aside),
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
            assert_eq!(super::label(label).zone, zone, "{label}");
        }
    }

    #[test]
    fn only_words_for_dates_speak_of_dates() {
        for name in ["date", "entry-date", "postDate", "published_on", "dateLine", "meta time", "article__timestamp"] {
            assert!(label(name).date, "{name}");
        }
        for name in ["update", "candidate", "overtime", "dates-list", "lifetime", ""] {
            assert!(!label(name).date, "{name}");
        }
    }
}
