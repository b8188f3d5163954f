//! What heads the printed pages of a sheet and stands at their foot, without the codes of the program.

/// The words with which people number pages, in the languages of Europe.
const NUMBERING: [&str; 24] = [
    "page", "p", "pg", "of", "pagina", "página", "pag", "pág", "de", "di", "van", "sur", "seite", "s", "von", "side",
    "sida", "af", "av", "strona", "str", "z", "стр", "из",
];

/// The texts of a head or a foot, left, in the middle and right.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Printed {
    pub(super) words: String,
    /// The number of texts that only number the pages, which are left out.
    pub(super) page_numbers: usize,
}

/// One of the texts of a head or a foot.
#[derive(Default)]
struct Section {
    words: String,
    /// Set if it has the code of a page's number, or of how many there are.
    is_numbered: bool,
}

impl Printed {
    /// Reads a text with its codes: `&L` for what stands left, `&"Arial,Bold"`, `&12`, `&KFF0000`, `&P` for the number
    /// of the page (ECMA-376, part 1, 18.3.1.39).
    pub(super) fn of(written: &str) -> Printed {
        let mut sections = vec![Section::default()];
        let mut letters = written.chars().peekable();
        while let Some(letter) = letters.next() {
            let code = if letter == '&' { letters.next() } else { None };
            if matches!(code, Some('L' | 'C' | 'R')) {
                sections.push(Section::default());
            }
            let Some(section) = sections.last_mut() else { continue };
            match code {
                None if letter == '&' => {}
                None => section.words.push(letter),
                Some('&') => section.words.push('&'),
                Some('"') => drop(letters.by_ref().find(|letter| *letter == '"')),
                Some('0'..='9') => while letters.next_if(char::is_ascii_digit).is_some() {},
                Some('K') => drop(letters.by_ref().take(6).count()),
                Some('P' | 'N') => {
                    section.is_numbered = true;
                    section.words.push(' ');
                }
                _ => section.words.push(' '),
            }
        }
        let (numbers, texts): (Vec<Section>, Vec<Section>) = sections.into_iter().partition(Section::only_numbers);
        let words: Vec<&str> = texts.iter().flat_map(|section| section.words.split_whitespace()).collect();
        Printed { words: words.join(" "), page_numbers: numbers.len() }
    }
}

impl Section {
    fn only_numbers(&self) -> bool {
        self.is_numbered && only_numbers(&self.words)
    }
}

/// Returns whether words only number pages.
pub(super) fn only_numbers(words: &str) -> bool {
    let mut words = words.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.all(|word| NUMBERING.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_a_number_of_pages_is_kept() {
        for (written, words, page_numbers) in [
            ("&LThe mill&CPage &P of &N&R&D", "The mill", 1),
            ("&CAnnual report 2003, page &P of &N", "Annual report 2003, page of", 0),
            ("&C- &P+1 / &N -", "", 1),
            ("&C&\"Arial,Bold\"&12Seite &P&R&KFF0000Riverby", "Riverby", 1),
            ("R&&R and L&&L", "R&R and L&L", 0),
            ("&CPage of the mill", "Page of the mill", 0),
            ("&C&P&&N", "&N", 0),
            ("&L&G&C&A &F&R", "", 0),
            ("&", "", 0),
            ("&\"open", "", 0),
            ("", "", 0),
        ] {
            assert_eq!(Printed::of(written), Printed { words: words.to_owned(), page_numbers }, "{written}");
        }
    }
}
