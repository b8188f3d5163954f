//! Walks the terms of a field: those with a prefix, those near a word, or those that sound like a name.

use tantivy::Searcher;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, Term};
use tantivy_fst::Automaton;

use crate::error::Result;
use crate::index::storage::error::Doing;
use crate::text::{NameKeys, Sounds, Walked};

/// Calls `each` with every term of a field that begins with a prefix, and its number of documents, once for each
/// segment.
pub(crate) fn terms_from(
    searcher: &Searcher,
    field: Field,
    prefix: &str,
    each: &mut dyn FnMut(&str, u64),
) -> Result<()> {
    // The end of the range is behind all terms with the prefix. No text has a byte of 255, so the last byte plus one is
    // a byte.
    let end = prefix.as_bytes().split_last().map(|(last, before)| [before, &[last + 1]].concat());
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field).doing("cannot read the index")?;
        let mut terms = inverted.terms().range().ge(prefix);
        if let Some(end) = &end {
            terms = terms.lt(end);
        }
        let mut terms = terms.into_stream().doing("cannot read the index")?;
        while terms.advance() {
            if let Ok(term) = str::from_utf8(terms.key()) {
                each(term, u64::from(terms.value().doc_freq));
            }
        }
    }
    Ok(())
}

/// As [`terms_from`], for the terms at most `distance` letters away from a word. The engine's automaton visits no other
/// terms, and swapped letters are one step to it.
pub(crate) fn terms_near(
    searcher: &Searcher,
    field: Field,
    word: &str,
    distance: u8,
    each: &mut dyn FnMut(&str, u64),
) -> Result<()> {
    let query = FuzzyTermQuery::new(Term::from_field_text(field, word), distance, true);
    walk(searcher, field, &query.automaton().doing("cannot read the index")?, each)
}

/// As [`terms_from`], for the terms that may be one name with a word.
pub(crate) fn terms_sounding(
    searcher: &Searcher,
    field: Field,
    name: &NameKeys,
    each: &mut dyn FnMut(&str, u64),
) -> Result<()> {
    walk(searcher, field, &Sounding(Sounds::of(name)), each)
}

fn walk<A>(searcher: &Searcher, field: Field, automaton: &A, each: &mut dyn FnMut(&str, u64)) -> Result<()>
where
    A: Automaton,
    A::State: Clone,
{
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field).doing("cannot read the index")?;
        let mut terms = inverted.terms().search(automaton).into_stream().doing("cannot read the index")?;
        while terms.advance() {
            if let Ok(term) = str::from_utf8(terms.key()) {
                each(term, u64::from(terms.value().doc_freq));
            }
        }
    }
    Ok(())
}

/// The engine's view of the sounds of a name.
struct Sounding(Sounds);

impl Automaton for Sounding {
    type State = Walked;

    fn start(&self) -> Walked {
        self.0.start()
    }

    fn is_match(&self, walked: &Walked) -> bool {
        self.0.is_whole(walked)
    }

    fn can_match(&self, walked: &Walked) -> bool {
        self.0.goes_on(walked)
    }

    fn accept(&self, walked: &Walked, byte: u8) -> Walked {
        self.0.after(walked, byte)
    }
}
