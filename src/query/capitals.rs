//! Questions written in capitals throughout: headlines as wires set them, which are sentences.

use super::chars::{closes, is_hyphen, is_plus, opens, quotes};
use super::field::Field;
use super::form;
use super::near;

/// Returns whether a text is a sentence in capitals, so that its AND, OR and NOT are words.
///
/// A sentence has no small letter and no letter that knows no capitals, and beside the operators it has a word of two
/// letters or more. Brackets, signs, conditions and words that stand for several show that it is a question instead.
pub(crate) fn is_sentence(text: &str) -> bool {
    // The first small letter decides most questions.
    let in_capitals = |c: char| !c.is_alphabetic() || c.is_uppercase();
    if !text.chars().all(|c| in_capitals(c) && !opens(c) && !closes(c)) {
        return false;
    }
    let mut words = text.split(|c: char| c.is_whitespace() || quotes(None, c, None)).filter(|word| !word.is_empty());
    let (mut operators, mut others) = (0, 0);
    let plain = words.all(|word| {
        operators += usize::from(is_operator(word));
        others += usize::from(!is_operator(word) && word.chars().filter(|c| c.is_uppercase()).count() > 1);
        !says_more(word)
    });
    plain && operators > 0 && others > 0
}

/// Returns whether a word in capitals is an operator where it is no word.
pub(crate) fn is_operator(word: &str) -> bool {
    matches!(word, "AND" | "OR" | "NOT" | "NEAR" | "SAME")
}

/// Returns whether a word shows that the text around it is no sentence.
fn says_more(word: &str) -> bool {
    let signed = word.strip_prefix(|c| is_hyphen(c) || is_plus(c)).is_some_and(|rest| !rest.is_empty());
    let condition =
        || word.split_once(':').is_some_and(|(name, value)| !value.is_empty() && Field::named(name).is_some());
    signed
        || condition()
        || form::regex_at(word).is_some()
        || form::read(word).is_some()
        || near::operator(word).is_some() && !is_operator(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_in_capitals_is_a_sentence_and_a_question_is_none() {
        for (text, is) in [
            ("FIRE AND FLOOD OR STORM", true),
            ("MINISTER NOT AT HARBOUR, SAYS COURIER", true),
            ("SHIP SINKS NEAR PORT", true),
            ("MAYOR: \"NO FIRE\" AND NO FLOOD - TWO HURT", true),
            ("NOT GUILTY", true),
            ("ПОЖАР OR НАВОДНЕНИЕ 1992", true),
            ("FIRE IN THE HARBOUR", false),
            ("Fire AND flood", false),
            ("FIRE and FLOOD", false),
            ("(FIRE OR FLOOD)", false),
            ("FIRE OR -FLOOD", false),
            ("FIRE AND SOURCE:COURIER", false),
            ("FIRE AND FLOOD NEAR/5 PORT", false),
            ("FIRE* AND FLOOD", false),
            ("=FIRE AND FLOOD", false),
            ("A OR B", false),
            ("1992 OR 1993", false),
            ("火 OR FIRE", false),
            ("AND OR NOT", false),
            ("", false),
        ] {
            assert_eq!(is_sentence(text), is, "{text}");
        }
    }
}
