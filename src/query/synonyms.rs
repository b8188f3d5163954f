//! Synonyms: a user's lists of words that mean the same, in lines like `Kiev = Kyiv = Киев`.

use std::collections::HashMap;

use crate::text::tokens;

/// Lists of words and phrases, each as good as the others of its list.
///
/// ```
/// use dateline::Synonyms;
///
/// let synonyms = Synonyms::parse("# cities\nKiev = Kyiv = Киев\nUSSR = Soviet Union\n");
/// assert_eq!(synonyms.len(), 2);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synonyms {
    lists: Vec<Vec<Vec<String>>>,
    /// The number of the list that each folded word or phrase is in.
    places: HashMap<Vec<String>, usize>,
}

impl Synonyms {
    /// Reads lists, one a line, with `=` between their words. Empty lines and lines that begin with `#` are ignored;
    /// letter case and accents do not count. A word that stands in two lists does not join them: its first line counts.
    pub fn parse(text: &str) -> Synonyms {
        let mut synonyms = Synonyms::default();
        for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            let list: Vec<Vec<String>> = line.split('=').map(folded).filter(|words| !words.is_empty()).collect();
            if list.len() > 1 {
                for words in &list {
                    synonyms.places.entry(words.clone()).or_insert(synonyms.lists.len());
                }
                synonyms.lists.push(list);
            }
        }
        synonyms
    }

    /// The number of lists.
    pub fn len(&self) -> usize {
        self.lists.len()
    }

    /// Returns whether there are no lists.
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// The other entries, folded, of the list that contains these folded words.
    pub(crate) fn others<'a>(&'a self, words: &'a [String]) -> impl Iterator<Item = &'a Vec<String>> {
        let list = self.places.get(words).and_then(|at| self.lists.get(*at));
        list.into_iter().flatten().filter(move |other| other.as_slice() != words)
    }
}

fn folded(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|token| token.text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_line_by_line_and_folded() {
        let synonyms = Synonyms::parse("# names\nKiev = Kyiv = Киев\n\nUSSR = Soviet Union\nlonely =\nKyiv = other\n");
        let others =
            |text: &str| -> Vec<String> { synonyms.others(&folded(text)).map(|words| words.join(" ")).collect() };
        assert_eq!(others("KYIV"), ["kiev", "киев"]);
        assert_eq!(others("ussr"), ["soviet union"]);
        assert_eq!(others("Soviet union"), ["ussr"]);
        assert_eq!(others("lonely"), Vec::<String>::new());
    }
}
