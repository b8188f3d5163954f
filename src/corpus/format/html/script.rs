//! Variables of scripts that tell when a page was published: `"datePublished":"2019-03-04"`, `publishDate: '2019-03-04'`.

use memchr::memmem;

/// The longest script that is searched, in bytes.
const LONGEST: usize = 1_000_000;

/// The longest value that is a date, in bytes.
const LONGEST_VALUE: usize = 40;

/// More of them are those of other pages.
const MANY: usize = 20;

/// Names of variables with the date of publication. Other names are as often those of pictures and comments.
const NAMES: [&str; 12] = [
    "datePublished",
    "date_published",
    "publishedAt",
    "published_at",
    "publishedDate",
    "published_date",
    "publishDate",
    "publish_date",
    "publicationDate",
    "publication_date",
    "articlePublishedTime",
    "firstPublished",
];

/// The name and value of the variable, if all of them in a script have one value. A page that lists others has many.
pub(super) fn published(script: &str) -> Option<(&'static str, String)> {
    if script.len() > LONGEST || memmem::find(script.as_bytes(), b"ubli").is_none() {
        return None;
    }
    let mut told: Option<(&'static str, &str)> = None;
    let mut count = 0;
    for name in NAMES {
        for at in memmem::find_iter(script.as_bytes(), name) {
            count += 1;
            let value = script.get(at + name.len()..).and_then(value);
            match (value, told) {
                (Some(value), Some((_, before))) if day(value) != day(before) => return None,
                (Some(value), None) => told = Some((name, value)),
                _ => {}
            }
            if count > MANY {
                return None;
            }
        }
    }
    told.map(|(name, value)| (name, value.to_owned()))
}

/// The text behind a name, a colon or an equals sign, and a quotation mark.
fn value(rest: &str) -> Option<&str> {
    let rest = rest.trim_start_matches(['"', '\'', '\\']).trim_start();
    let rest = rest.strip_prefix([':', '='])?.trim_start().trim_start_matches('\\');
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = rest.get(1..)?;
    let value = value.get(..value.find(quote)?)?.trim_end_matches('\\');
    (value.len() <= LONGEST_VALUE && value.bytes().filter(u8::is_ascii_digit).count() >= 6).then_some(value)
}

fn day(value: &str) -> &str {
    value.get(..10).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_tells_where_all_say_the_same() {
        for (script, expected) in [
            (r#"window.page = {"datePublished":"2019-03-04T10:00:00Z"};"#, Some("2019-03-04T10:00:00Z")),
            ("dataLayer.push({'publishDate': '2019-03-04'})", Some("2019-03-04")),
            (r#"x = "{\"publishedAt\":\"2019-03-04\"}""#, Some("2019-03-04")),
            (r#"{"publishedAt":"2019-03-04","a":{"publishedAt":"2019-03-04T01:00"}}"#, Some("2019-03-04")),
            (r#"{"publishedAt":"2019-03-04","a":{"publishedAt":"2020-01-01"}}"#, None),
            (r#"{"publishedAt":null}"#, None),
            ("published = true", None),
            ("", None),
        ] {
            assert_eq!(published(script).map(|(_, value)| value).as_deref(), expected, "{script}");
        }
    }
}
