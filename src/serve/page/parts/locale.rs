//! The languages of the pages: their column of the table, plural categories, months and numbers.

use maud::{Markup, html};

use super::words::{TABLE, Word};

/// A language that pages are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) enum Locale {
    #[default]
    English,
    Arabic,
}

const MONTHS: [[&str; 12]; 2] = [
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"],
];

/// From Monday.
const WEEKDAYS: [[&str; 7]; 2] = [
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
];

impl Locale {
    /// All of them, in the order of the table's columns.
    pub(in super::super) const ALL: [Locale; 2] = [Locale::English, Locale::Arabic];

    /// Its code in HTML and in addresses.
    pub(in super::super) fn code(self) -> &'static str {
        ["en", "ar"][self as usize]
    }

    /// Its own name.
    pub(in super::super) fn name(self) -> &'static str {
        ["English", "العربية"][self as usize]
    }

    /// The direction of its writing.
    pub(in super::super) fn direction(self) -> &'static str {
        if self.is_rtl() { "rtl" } else { "ltr" }
    }

    /// What parts the pieces of a list.
    pub(in super::super) fn comma(self) -> &'static str {
        [", ", "، "][self as usize]
    }

    pub(in super::super) fn is_rtl(self) -> bool {
        self == Locale::Arabic
    }

    /// The language of this code, whatever its region: `ar-EG`.
    pub(in super::super) fn of_code(code: &str) -> Option<Locale> {
        let language = code.trim().split(['-', '_']).next().unwrap_or_default();
        Locale::ALL.into_iter().find(|locale| locale.code().eq_ignore_ascii_case(language))
    }

    /// The first of these tags that there is a language for; English where there is none.
    pub(in super::super) fn preferred(tags: &[String]) -> Locale {
        tags.iter().find_map(|tag| Locale::of_code(tag)).unwrap_or_default()
    }

    /// A saying that has no places to be filled in.
    pub(in super::super) fn say(self, word: Word) -> &'static str {
        TABLE[word as usize][self as usize]
    }

    /// A saying with its places filled in.
    pub(in super::super) fn fill(self, word: Word, places: &[(&str, &str)]) -> String {
        filled(self.say(word), places)
    }

    /// A saying with its places filled in, each apart from the writing direction of what stands around it.
    pub(in super::super) fn put(self, word: Word, places: &[(&str, Markup)]) -> Markup {
        html! {
            @for piece in pieces(self.say(word)) {
                @match piece {
                    Piece::Text(text) => (text),
                    Piece::Place(name) => {
                        @for (_, value) in places.iter().filter(|(known, _)| *known == name) { bdi { (value) } }
                    }
                }
            }
        }
    }

    /// A saying about a number, in the form that the number takes.
    pub(in super::super) fn count(self, word: Word, number: u64) -> String {
        let forms: Vec<&str> = self.say(word).split('|').collect();
        let form = forms.get(self.plural(number)).or(forms.last()).copied().unwrap_or_default();
        filled(form, &[("n", &self.number(number))])
    }

    /// The plural category of a number: its place among the forms of a cell (CLDR).
    fn plural(self, number: u64) -> usize {
        match self {
            Locale::English => usize::from(number != 1),
            Locale::Arabic => match (number, number % 100) {
                (0, _) => 0,
                (1, _) => 1,
                (2, _) => 2,
                (_, 3..=10) => 3,
                (_, 11..=99) => 4,
                _ => 5,
            },
        }
    }

    /// A number with its thousands set apart.
    pub(in super::super) fn number(self, number: u64) -> String {
        let digits = number.to_string();
        let mut out = String::with_capacity(digits.len() * 4 / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out
    }

    /// A month from 1 to 12.
    pub(in super::super) fn month(self, month: u32) -> &'static str {
        MONTHS[self as usize][(month.clamp(1, 12) - 1) as usize]
    }

    /// A month where room is short.
    pub(in super::super) fn short_month(self, month: u32) -> &'static str {
        let name = self.month(month);
        if self == Locale::English { name.get(..3).unwrap_or(name) } else { name }
    }

    /// A weekday, from 1 for Monday to 7.
    pub(in super::super) fn weekday(self, weekday: u32) -> &'static str {
        WEEKDAYS[self as usize][(weekday.clamp(1, 7) - 1) as usize]
    }
}

/// A piece of a pattern: text, or a place to be filled in.
enum Piece<'p> {
    Text(&'p str),
    Place(&'p str),
}

/// The pieces of a pattern from left to right. What is filled in is none of them, so it is never a pattern.
fn pieces(pattern: &str) -> impl Iterator<Item = Piece<'_>> {
    let odd = |(at, text)| if at % 2 == 1 { Piece::Place(text) } else { Piece::Text(text) };
    pattern.split(['{', '}']).enumerate().map(odd)
}

/// A pattern with its places filled in.
fn filled(pattern: &str, places: &[(&str, &str)]) -> String {
    let of = |name: &str| places.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value);
    let text = |piece| match piece {
        Piece::Text(text) => text,
        Piece::Place(name) => of(name),
    };
    pieces(pattern).map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_that_there_is_is_preferred() {
        let preferred =
            |tags: &[&str]| Locale::preferred(&tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>());
        assert_eq!(preferred(&[]), Locale::English);
        assert_eq!(preferred(&["fr", "tlh"]), Locale::English);
        assert_eq!(preferred(&["fr", "ar-eg", "en"]), Locale::Arabic);
        assert_eq!(preferred(&["en", "ar"]), Locale::English);
    }

    #[test]
    fn a_cell_has_as_many_forms_as_its_language_and_the_places_of_its_row() {
        let places = |cell: &str| {
            let mut places: Vec<String> =
                cell.split('{').skip(1).filter_map(|part| Some(part.split('}').next()?.to_owned())).collect();
            places.sort();
            places.dedup();
            places
        };
        for [english, arabic] in TABLE {
            let forms = (english.split('|').count(), arabic.split('|').count());
            assert!(matches!(forms, (1, 1) | (2, 6)), "{english}");
            assert_eq!(places(english), places(arabic), "{english}");
            assert!(!english.trim().is_empty() && !arabic.trim().is_empty());
        }
    }

    #[test]
    fn the_names_of_months_are_read_back_as_what_they_name() {
        for locale in Locale::ALL {
            for month in 1..=12 {
                let typed = format!("{} 1992", locale.month(month));
                let read = crate::parse_dates(&typed, crate::Date::MIN).map(|read| Some(read.range));
                let meant = crate::Date::from_ym(1992, month).map(|date| Some(date.range()));
                assert_eq!(read.unwrap_or_default(), meant.unwrap_or_default(), "{typed}");
            }
        }
    }

    #[test]
    fn numbers_take_their_form() {
        let say = |locale: Locale, number| locale.count(Word::Documents, number);
        assert_eq!(say(Locale::English, 1), "1 document");
        assert_eq!(say(Locale::English, 1_234_567), "1,234,567 documents");
        assert_eq!(say(Locale::Arabic, 2), "مستندان");
        assert_eq!(say(Locale::Arabic, 5), "5 مستندات");
        assert_eq!(say(Locale::Arabic, 111), "111 مستندًا");
        assert_eq!(say(Locale::Arabic, 100), "100 مستند");
    }

    #[test]
    fn what_is_filled_in_is_no_pattern() {
        assert_eq!(filled("{a} and {b}", &[("a", "{b}"), ("b", "{a}")]), "{b} and {a}");
        let put = Locale::English.put(Word::Days, &[("a", html! { "<{b}>" }), ("b", html! { b { "1992" } })]);
        assert_eq!(put.into_string(), "<bdi>&lt;{b}&gt;</bdi> to <bdi><b>1992</b></bdi>");
    }
}
