//! Names that may be the same name written in different ways.

use std::collections::HashMap;

use super::fold::fold;

/// Articles that a name is written with or without.
const ARTICLES: &[&str] = &["the", "le", "la", "les", "der", "die", "das", "el", "los", "las", "il", "o", "al"];

/// The fewest words that initials stand for: those of fewer words could be anybody's.
const MIN_INITIALS: usize = 3;

/// Groups names that may be one. `names` has each with the number of its occurrences.
///
/// Addresses under different domains are two sites, whatever else is alike: `news.az` and `news.am`. Their letters join no
/// other name to either.
///
/// Two names are grouped if they have the same letters once case, accents, white space, marks, `www.`, a top-level
/// domain and an article are taken away, or if one is the other's initials. The first name of a group is the most
/// frequent one that is neither an address nor initials; the others follow by frequency. The time is proportional to
/// the length of the names.
pub(crate) fn alike<'n>(names: &[(&'n str, u64)]) -> Vec<Vec<&'n str>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut by_letters: HashMap<String, usize> = HashMap::new();
    for (number, (name, _)) in names.iter().enumerate() {
        let letters = letters(name);
        if letters.is_empty() {
            continue;
        }
        let group = *by_letters.entry(letters).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(group) {
            group.push(number);
        }
    }
    for group in &mut groups {
        let mut domains: Vec<String> = group.iter().filter_map(|number| domain(names.get(*number)?.0)).collect();
        domains.sort_unstable();
        domains.dedup();
        if domains.len() > 1 {
            group.retain(|number| names.get(*number).is_some_and(|(name, _)| domain(name).is_none()));
        }
    }
    // Initials that fit several names stand for none of them.
    let mut by_initials: HashMap<String, Option<usize>> = HashMap::new();
    for (group, members) in groups.iter().enumerate() {
        for initials in members.iter().filter_map(|number| initials(names.get(*number)?.0)) {
            by_initials.entry(initials).and_modify(|of| *of = of.filter(|of| *of == group)).or_insert(Some(group));
        }
    }
    for group in 0..groups.len() {
        let target = groups.get(group).and_then(|members| {
            let acronym = members.iter().find_map(|number| acronym(names.get(*number)?.0))?;
            by_initials.get(&acronym).copied().flatten()
        });
        if let Some(target) = target.filter(|target| *target != group) {
            let moved = groups.get_mut(group).map(std::mem::take).unwrap_or_default();
            if let Some(members) = groups.get_mut(target) {
                members.extend(moved);
            }
        }
    }
    let mut found: Vec<Vec<usize>> = groups.into_iter().filter(|group| group.len() > 1).collect();
    for group in &mut found {
        group.sort_by_key(|number| {
            let (name, count) = names.get(*number).copied().unwrap_or_default();
            let bare = is_address(name) || acronym(name).is_some() || !name.chars().any(char::is_lowercase);
            (bare, std::cmp::Reverse(count), *number)
        });
    }
    let total = |group: &Vec<usize>| group.iter().filter_map(|number| Some(names.get(*number)?.1)).sum::<u64>();
    found.sort_by_key(|group| std::cmp::Reverse(total(group)));
    found.into_iter().map(|group| group.into_iter().filter_map(|number| Some(names.get(number)?.0)).collect()).collect()
}

/// Returns whether the name is the address of a site.
fn is_address(name: &str) -> bool {
    let Some((before, domain)) = name.rsplit_once('.') else { return false };
    let plain = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
    plain(before) && (2..=6).contains(&domain.len()) && domain.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The site that a name is the address of, without its `www.`
fn domain(name: &str) -> Option<String> {
    let lower = name.trim().to_lowercase();
    let name = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest).trim_end_matches('/');
    let name = name.strip_prefix("www.").unwrap_or(name);
    is_address(name).then(|| name.to_owned())
}

/// The letters and figures of a name, without what may differ between two ways to write it.
fn letters(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let mut name = lower.as_str();
    name = name.split_once("://").map_or(name, |(_, rest)| rest).trim_end_matches('/');
    name = name.strip_prefix("www.").unwrap_or(name);
    if is_address(name) {
        name = name.rsplit_once('.').map_or(name, |(before, _)| before);
        // `guardian.co.uk`, `afp.com.fr`
        for second in [".co", ".com", ".org", ".net", ".gov", ".gouv", ".ac"] {
            name = name.strip_suffix(second).unwrap_or(name);
        }
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let words = match words.as_slice() {
        [article, rest @ ..] if !rest.is_empty() && ARTICLES.contains(article) => rest,
        all => all,
    };
    let mut letters = fold(&words.concat());
    letters.retain(char::is_alphanumeric);
    // An address has its article without a space.
    for article in ["the", "le", "la", "der", "die", "das", "el"] {
        match letters.strip_prefix(article) {
            Some(rest) if rest.chars().count() > 3 && words.len() == 1 => return rest.to_owned(),
            _ => {}
        }
    }
    letters
}

/// The initials, if the name is nothing but initials: `TNA`, `T.N.A.`
fn acronym(name: &str) -> Option<String> {
    let letters: String = name.chars().filter(|c| *c != '.').collect();
    let count = letters.chars().count();
    let capitals = letters.chars().all(char::is_uppercase);
    ((MIN_INITIALS..=8).contains(&count) && capitals).then(|| fold(&letters))
}

/// The initials of a name of several words. Short words without a capital do not count.
fn initials(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split([' ', '-']).filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    let counted: Vec<&&str> = words.iter().filter(|word| word.starts_with(char::is_uppercase)).collect();
    if counted.len() < MIN_INITIALS || !name.chars().any(char::is_lowercase) {
        return None;
    }
    Some(fold(&counted.iter().filter_map(|word| word.chars().next()).collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn grouped(names: &[&str]) -> Vec<String> {
        let counted: Vec<(&str, u64)> = names.iter().zip((1..100).rev()).map(|(name, count)| (*name, count)).collect();
        alike(&counted).into_iter().map(|group| group.join(" = ")).collect()
    }

    #[test]
    fn names_of_the_same_letters_are_alike() {
        for (names, expected) in [
            (&["lemonde.fr", "LE MONDE", "Le Monde"][..], "Le Monde = lemonde.fr = LE MONDE"),
            (&["Guardian", "The Guardian", "www.theguardian.com"], "Guardian = The Guardian = www.theguardian.com"),
            (&["Évidence", "Evidence"], "Évidence = Evidence"),
            (&["abc.co.uk", "ABC"], "abc.co.uk = ABC"),
            (&["Radio Skerry", "radioskerry.org", "Radio-Skerry"], "Radio Skerry = Radio-Skerry = radioskerry.org"),
            (&["News.az", "www.news.az", "News"], "News = News.az = www.news.az"),
            (&["TNA", "Tidewater News Agency"], "Tidewater News Agency = TNA"),
            (&["t.n.a", "T.N.A.", "Tidewater News Agency of Maren"], "t.n.a = T.N.A."),
        ] {
            assert_eq!(grouped(names), [expected], "{names:?}");
        }
    }

    #[test]
    fn strangers_are_not_alike() {
        for names in [
            &["Le Monde", "Le Figaro"][..],
            &["TNA", "Tidewater News Agency", "Trend News Association"],
            &["AB", "Alpha Beta"],
            &["The", "Le"],
            &["Senate/Akaka", "Akaka"],
            &["", ".", "—"],
            &["News.az", "news.am"],
            &["https://www.news.az/", "news.am", "News"],
            &["herald.co.uk", "herald.com"],
        ] {
            assert_eq!(grouped(names), Vec::<String>::new(), "{names:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_invented_or_told_twice(names in proptest::collection::vec("[A-Ca-c. -]{0,6}|\\PC{0,8}", 0..12)) {
            let counted: Vec<(&str, u64)> = names.iter().map(|name| (name.as_str(), 1)).collect();
            let told: Vec<&str> = alike(&counted).concat();
            prop_assert!(told.len() <= names.len() && told.iter().all(|name| names.iter().any(|other| other == name)));
        }
    }
}
