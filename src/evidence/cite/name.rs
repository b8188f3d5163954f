//! Names of authors, as styles write them.

/// The name of an author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    /// A person with a family name and given names.
    Person { family: String, given: String },
    /// A name that is written as it is: of an office, or in an order that nobody can tell.
    Whole(String),
}

/// Words of names of offices and desks.
const OFFICES: [&str; 14] = [
    "staff",
    "desk",
    "reporter",
    "reporters",
    "correspondent",
    "agency",
    "office",
    "council",
    "committee",
    "editors",
    "newsroom",
    "redaktion",
    "rédaction",
    "press",
];

impl Name {
    /// The names in a byline: several are parted by commas, semicolons, "and" or "&".
    pub(crate) fn all(byline: &str) -> Vec<Name> {
        let byline = byline.trim().trim_start_matches("By ").trim_start_matches("by ");
        let mut parts = vec![byline.to_string()];
        for parted in [" and ", " & ", ";", " und ", " et ", " y ", " и ", " ve "] {
            parts = parts.iter().flat_map(|part| part.split(parted).map(str::to_string)).collect();
        }
        let many = parts.len() > 1;
        let parts = parts.iter().flat_map(|part| {
            // "Marsh, Edda" is one name; "Edda Marsh, Piers Holm" are two.
            let two = part.split(',').all(|name| name.split_whitespace().count() > 1);
            let names: Vec<String> =
                if many || two { part.split(',').map(str::to_string).collect() } else { vec![part.clone()] };
            names
        });
        parts.map(|part| part.trim().to_string()).filter(|part| !part.is_empty()).map(|part| Name::of(&part)).collect()
    }

    /// One name. It is taken apart only where the order of its parts is beyond doubt: two or three Latin words with
    /// capitals, or a family name before a comma.
    fn of(name: &str) -> Name {
        if let Some((family, given)) = name.split_once(',') {
            return Name::Person { family: family.trim().into(), given: given.trim().into() };
        }
        let words: Vec<&str> = name.split_whitespace().collect();
        let plain = |word: &&str| {
            word.starts_with(char::is_uppercase)
                && word
                    .chars()
                    .all(|c| c.is_alphabetic() && u32::from(c) < 0x250 || matches!(c, '.' | '-' | '\'' | '’'))
                && !OFFICES.contains(&word.to_lowercase().as_str())
        };
        match words.split_last() {
            Some((family, given)) if (1..=2).contains(&given.len()) && words.iter().all(plain) => {
                Name::Person { family: (*family).into(), given: given.join(" ") }
            }
            _ => Name::Whole(name.to_string()),
        }
    }

    /// `Edda Marsh`
    pub(crate) fn given_first(&self) -> String {
        match self {
            Name::Person { family, given } => format!("{given} {family}"),
            Name::Whole(name) => name.clone(),
        }
    }

    /// `Marsh, Edda`
    pub(crate) fn family_first(&self) -> String {
        match self {
            Name::Person { family, given } => format!("{family}, {given}"),
            Name::Whole(name) => name.clone(),
        }
    }

    /// `Marsh, E.`
    pub(crate) fn initials(&self) -> String {
        match self {
            Name::Person { family, given } => {
                let initials: Vec<String> =
                    given.split([' ', '-']).filter_map(|name| name.chars().next()).map(|c| format!("{c}.")).collect();
                format!("{family}, {}", initials.join(" "))
            }
            Name::Whole(name) => name.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart_only_where_their_order_is_known() {
        let told = |byline: &str| Name::all(byline).iter().map(Name::family_first).collect::<Vec<_>>().join(" | ");
        for (byline, expected) in [
            ("By Edda Marsh", "Marsh, Edda"),
            ("Edda Marsh and Piers J. Holm", "Marsh, Edda | Holm, Piers J."),
            ("Marsh, Edda", "Marsh, Edda"),
            ("Edda Marsh, Piers Holm", "Marsh, Edda | Holm, Piers"),
            ("Courier Staff", "Courier Staff"),
            ("Пётр Холм", "Пётр Холм"),
            ("Maren", "Maren"),
        ] {
            assert_eq!(told(byline), expected, "{byline}");
        }
        assert_eq!(Name::of("Anna-Maria Lind").initials(), "Lind, A. M.");
    }
}
