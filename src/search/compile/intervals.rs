//! The parts of a question that say where its words stand, or how they are written, as queries of the engine.

use std::collections::HashMap;
use std::sync::Arc;

use super::budget::{Cost, Work};
use super::expand::{MOST_LOOKED_AT, MOST_WORDS, expand, same_stem, written};
use super::typed_word::TypedWord;
use super::vocabulary::Vocabulary;
use crate::backend::bm25::idf;
use crate::backend::clause::{Clause, Intervals, SlotTerms, TextField};
use crate::backend::reader::Backend;
use crate::error::Result;
use crate::note::{Note, NoteKind};
use crate::passages::intervals::Place;
use crate::passages::query_terms::WantedPlace;
use crate::passages::slot::{ANY_LANGUAGE, Expansion, Languages, Slot};
use crate::query::{Form, MAX_FORMS, Node, Reach, Synonyms};
use crate::text::{
    Analyzer, Pattern, PatternWord, for_each_written_word, form_term, pattern_words, stretch, tokens, written_form,
};

/// Of a longer phrase only the first words are looked for: they say where it stands.
pub(crate) const LONGEST_PHRASE: usize = 128;
/// All patterns of a question mean about so many words, since each is looked up in the whole index;
const MOST_ALTOGETHER: usize = 4_000;
/// but none fewer than this, where it has as many.
const FEWEST_WORDS: usize = 50;
/// Stems that are looked up for one question.
const MOST_STEMS: usize = 64;
/// Words named in a note.
const NAMED: usize = 4;

/// Looks up the words that have a place, each only once, and says what they came to.
#[derive(Default)]
pub(crate) struct IntervalsCompiler {
    patterns: HashMap<(TextField, String), Arc<Expansion>>,
    /// With the documents that have one of the words.
    stems: HashMap<String, (Slot, u64)>,
    /// Patterns that were not looked up.
    refused: Vec<String>,
    work: Work,
    notes: Vec<Note>,
    /// Folded words near others that no document has.
    pub(crate) missing: Vec<String>,
}

/// Where words stand, with the words.
pub(crate) struct CompiledIntervals {
    place: Place,
    slots: Vec<Slot>,
    terms: Vec<SlotTerms>,
    costs: Vec<Cost>,
    /// Of what is near each other, which part is the first that is not searched with the others, if any.
    apart: Option<usize>,
}

/// Words and patterns side by side.
struct Sequence<'t> {
    /// As it was typed, for notes.
    typed: &'t str,
    parts: Vec<PatternWord>,
    /// How many places its words may be moved in all.
    moves: u32,
}

/// What looking up needs.
pub(crate) struct Words<'a, 'v, B> {
    pub(crate) vocabulary: &'a Vocabulary<'v, B>,
    pub(crate) analyzer: &'a mut Analyzer,
    pub(crate) synonyms: &'a Synonyms,
}

impl CompiledIntervals {
    fn new() -> CompiledIntervals {
        CompiledIntervals {
            place: Place::AnyOf(Vec::new()),
            slots: Vec::new(),
            terms: Vec::new(),
            costs: Vec::new(),
            apart: None,
        }
    }

    fn add(&mut self, slot: Slot, terms: SlotTerms, cost: Cost) -> usize {
        self.slots.push(slot);
        self.terms.push(terms);
        self.costs.push(cost);
        self.slots.len() - 1
    }

    /// Leaves out words of patterns that there is no work left for, the rarer ones; sentences on which.
    fn afford(&mut self, work: &mut Work, in_title: bool) -> Vec<Note> {
        let mut notes = Vec::new();
        for (slot, most) in work.afford(&self.place, &self.costs, in_title) {
            if let (Some(slot), Some(terms), Some(cost)) =
                (self.slots.get_mut(slot), self.terms.get_mut(slot), self.costs.get(slot))
            {
                slot.words.truncate(most);
                terms.terms.truncate(most);
                notes.push(Note::new(NoteKind::Limit, cost.cut_to(most)));
            }
        }
        notes
    }

    /// Leaves out parts of what is near each other that there is no work left for; a sentence on it.
    fn thin(&mut self, work: &mut Work) -> Option<String> {
        let parts = if let Place::Near(parts, _) = &self.place { parts.len() } else { 0 };
        let tangled = self.is_tangled();
        let stay = work.thin(&mut self.place, &self.costs, tangled)?;
        let living = self.place.slots();
        for slot in (0..self.slots.len()).filter(|slot| !living.contains(slot)) {
            self.slots[slot] = Slot { words: Vec::new(), written: None, idf: 0.0 };
            self.terms[slot].terms.clear();
            self.terms[slot].but.clear();
            self.costs[slot] = Cost::word(0);
        }
        let left = if let Place::Near(parts, _) = &self.place { parts.len() } else { 0 };
        self.apart = (left < parts).then_some(left);
        let others = if self.apart.is_some() { "searched anywhere in the document" } else { "left out" };
        Some(format!(
            "so many words near each other stand together in too many documents: only the first {stay} are searched \
             near each other, the others are {others}"
        ))
    }

    /// Whether a word stands for two parts that have others of their own too: then it is work to tell which has which.
    fn is_tangled(&self) -> bool {
        let mut of: HashMap<&str, &Slot> = HashMap::new();
        self.slots.iter().any(|slot| {
            slot.words.iter().any(|(word, _)| of.insert(word, slot).is_some_and(|other| other.words != slot.words))
        })
    }

    fn weight(&self) -> f32 {
        self.slots.iter().map(|slot| slot.idf).sum()
    }

    /// Of what was to be near each other, which part is the first that is to be looked for anywhere, if any.
    pub(crate) fn apart(&self) -> Option<usize> {
        self.apart
    }

    /// As what to look for in texts.
    pub(crate) fn wanted(&self, in_title: bool) -> WantedPlace {
        WantedPlace { place: self.place.clone(), slots: self.slots.clone(), weight: self.weight(), in_title }
    }

    /// As a clause over one of the fields of words.
    pub(crate) fn clause<B: Backend>(
        self,
        words: &Words<'_, '_, B>,
        field: TextField,
        in_title: bool,
    ) -> Result<Clause<B::Posted>> {
        if self.place == Place::AnyOf(Vec::new()) {
            return Ok(Clause::Nothing);
        }
        Ok(Clause::Intervals(Intervals {
            idf: self.weight(),
            slots: self.terms,
            place: Arc::new(self.place),
            field,
            in_title,
            languages: words.vocabulary.bit_codes().into(),
            average: words.vocabulary.backend().average_length(field)?,
        }))
    }
}

impl IntervalsCompiler {
    /// Any of some words of the index, each with its documents, the most frequent first, wherever they stand; scored as
    /// one word of this weight. Those that there is no work left for are left out.
    pub(crate) fn any_word(
        &mut self,
        typed: &str,
        words: Vec<(String, Languages, u64)>,
        idf: f32,
    ) -> CompiledIntervals {
        let cost = Cost::words(typed.to_owned(), words.iter().map(|(_, _, documents)| *documents).collect());
        let words: Vec<(String, Languages)> = words.into_iter().map(|(word, languages, _)| (word, languages)).collect();
        let mut placement = CompiledIntervals::new();
        let terms = SlotTerms::words(TextField::Words, &words);
        placement.place = Place::Slot(placement.add(Slot { words, written: None, idf }, terms, cost));
        let cut = placement.afford(&mut self.work, false);
        self.notes.extend(cut);
        placement
    }

    /// Where the words of a node stand. None where there is no word in it.
    pub(crate) fn placement<B: Backend>(
        &mut self,
        words: &mut Words<'_, '_, B>,
        node: &Node,
        in_title: bool,
    ) -> Result<Option<CompiledIntervals>> {
        let mut placement = CompiledIntervals::new();
        let Some(place) = self.place(words, node, &mut placement)? else { return Ok(None) };
        placement.place = place;
        let thinned = placement.thin(&mut self.work);
        self.notes.extend(thinned.map(|message| Note::new(NoteKind::Limit, message)));
        let cut = placement.afford(&mut self.work, in_title);
        self.notes.extend(cut);
        Ok(Some(placement))
    }

    /// Whether patterns have taken a good part of what one question may read.
    pub(crate) fn is_heavy(&self) -> bool {
        self.work.is_heavy()
    }

    /// What there is to say.
    pub(crate) fn notes(&mut self) -> Vec<Note> {
        if let Some((first, others)) = self.refused.split_first() {
            let which = match others.len() {
                0 => format!("{first} finds nothing"),
                more => format!("{first} and {more} more patterns find nothing"),
            };
            let message = format!(
                "{which}: one question has {MAX_FORMS} patterns at most, and looks at some {} million words of the \
                 index for them; those that begin with letters take least",
                MOST_LOOKED_AT / 1_000_000
            );
            self.notes.push(Note::new(NoteKind::Limit, message));
        }
        std::mem::take(&mut self.notes)
    }

    /// Words side by side in the names of authors.
    pub(crate) fn author<B: Backend>(&mut self, words: &mut Words<'_, '_, B>, name: &str) -> Result<Clause<B::Posted>> {
        let field = TextField::Author;
        let mut placement = CompiledIntervals::new();
        let place = self.sequence(words, field, name, 0, &mut placement)?;
        let Some(place) = place else { return Ok(Clause::Nothing) };
        placement.place = place;
        let cut = placement.afford(&mut self.work, false);
        self.notes.extend(cut);
        Ok(Clause::Constant(Box::new(placement.clause(words, field, false)?), 0.0))
    }

    fn place<B: Backend>(
        &mut self,
        words: &mut Words<'_, '_, B>,
        node: &Node,
        out: &mut CompiledIntervals,
    ) -> Result<Option<Place>> {
        let field = TextField::Words;
        match node {
            Node::Word(word) => {
                let typed = TypedWord::new(word).words;
                let place = self.folded(words, word, &typed, out)?;
                self.or_synonyms(words, &typed, place, out)
            }
            Node::Phrase(text) => {
                let place = self.sequence(words, field, text, 0, out)?;
                let typed: Vec<String> = tokens(text).into_iter().map(|token| token.text).collect();
                self.or_synonyms(words, &typed, place, out)
            }
            Node::Loose(text, moves) => self.sequence(words, field, text, *moves, out),
            Node::Form(Form::Wild(text)) => self.sequence(words, field, text, 0, out),
            Node::Form(Form::Fuzzy(text, distance)) => {
                let fuzzy = |word: &str| PatternWord::Pattern(Pattern::fuzzy(word, *distance));
                let parts: Vec<PatternWord> = tokens(text).iter().map(|token| fuzzy(&token.text)).collect();
                self.in_sequence(words, field, Sequence { typed: &format!("{text}~{distance}"), parts, moves: 0 }, out)
            }
            Node::Form(Form::Regex(expression)) => match Pattern::regex(expression) {
                Ok(pattern) => {
                    let parts = vec![PatternWord::Pattern(pattern)];
                    self.in_sequence(words, field, Sequence { typed: &format!("/{expression}/"), parts, moves: 0 }, out)
                }
                Err(_) => Ok(None),
            },
            Node::Form(Form::Exact(text)) => self.exact(words, text, out),
            Node::Near(nodes, reach) => {
                let mut parts = Vec::new();
                for node in nodes {
                    parts.extend(self.place(words, node, out)?);
                }
                // A reach is counted in words, and a word of a script without spaces has several positions.
                let stretch = nodes.iter().map(stretch_of).max().unwrap_or(1);
                let reach = match *reach {
                    Reach::Words(words) => Reach::Words(words.saturating_mul(stretch)),
                    Reach::Behind(words) => Reach::Behind(words.saturating_mul(stretch)),
                    within => within,
                };
                Ok(if parts.len() > 1 { Some(Place::Near(parts, reach)) } else { parts.pop() })
            }
            Node::Or(nodes) => {
                let mut parts = Vec::new();
                for node in nodes {
                    parts.extend(self.place(words, node, out)?);
                }
                Ok((!parts.is_empty()).then_some(Place::AnyOf(parts)))
            }
            _ => Ok(None),
        }
    }

    /// One folded word with all of its stem, several side by side.
    fn folded<B: Backend>(
        &mut self,
        words: &mut Words<'_, '_, B>,
        typed: &str,
        folded: &[String],
        out: &mut CompiledIntervals,
    ) -> Result<Option<Place>> {
        let field = TextField::Words;
        if let [one] = folded {
            let (slot, documents) = self.stem(words, one)?;
            let terms = SlotTerms::words(field, &slot.words);
            return Ok(Some(Place::Slot(out.add(slot, terms, Cost::word(documents)))));
        }
        let parts = folded.iter().cloned().map(PatternWord::Word).collect();
        self.in_sequence(words, field, Sequence { typed, parts, moves: 0 }, out)
    }

    /// A place, or that of what the user holds to be the same as these words.
    fn or_synonyms<B: Backend>(
        &mut self,
        words: &mut Words<'_, '_, B>,
        folded: &[String],
        place: Option<Place>,
        out: &mut CompiledIntervals,
    ) -> Result<Option<Place>> {
        let mut places: Vec<Place> = place.into_iter().collect();
        let synonyms = words.synonyms;
        for other in synonyms.others(folded) {
            places.extend(self.folded(words, &other.join(" "), other, out)?);
        }
        if places.len() < 2 {
            return Ok(places.pop());
        }
        let said = also(synonyms, folded);
        if !self.notes.contains(&said) {
            self.notes.push(said);
        }
        Ok(Some(Place::AnyOf(places)))
    }

    fn sequence<B: Backend>(
        &mut self,
        words: &mut Words<'_, '_, B>,
        field: TextField,
        typed: &str,
        moves: u32,
        out: &mut CompiledIntervals,
    ) -> Result<Option<Place>> {
        self.in_sequence(words, field, Sequence { typed, parts: pattern_words(typed), moves }, out)
    }

    /// Words side by side; a star alone is any one word.
    fn in_sequence<B: Backend>(
        &mut self,
        words: &mut Words<'_, '_, B>,
        field: TextField,
        sequence: Sequence<'_>,
        out: &mut CompiledIntervals,
    ) -> Result<Option<Place>> {
        let Sequence { typed, parts, moves } = sequence;
        let is_one = parts.len() == 1;
        if parts.len() > LONGEST_PHRASE {
            self.notes.push(cut_short());
        }
        let mut slots = Vec::new();
        for (offset, part) in (0..).zip(parts).take(LONGEST_PHRASE) {
            let (slot, cost) = match part {
                PatternWord::Any => continue,
                PatternWord::Word(word) => {
                    let documents = words.vocabulary.backend().frequency(field, &word)?;
                    let idf = idf(words.vocabulary.documents(), documents);
                    (Slot { words: vec![(word, ANY_LANGUAGE)], written: None, idf }, Cost::word(documents))
                }
                PatternWord::Pattern(pattern) => {
                    let name =
                        if is_one { typed.to_string() } else { format!("a pattern in {typed}, word {}", offset + 1) };
                    self.pattern(words, field, name, &pattern)?
                }
            };
            let terms = SlotTerms::words(field, &slot.words);
            slots.push((out.add(slot, terms, cost), offset));
        }
        let first: u32 = slots.first().map_or(0, |(_, offset)| *offset);
        slots.iter_mut().for_each(|(_, offset)| *offset -= first);
        Ok(match slots.as_slice() {
            [] => None,
            [(slot, _)] => Some(Place::Slot(*slot)),
            _ => Some(Place::Sequence { slots, moves }),
        })
    }

    /// The words of one stem, and how many documents have one of them.
    fn stem<B: Backend>(&mut self, words: &mut Words<'_, '_, B>, folded: &str) -> Result<(Slot, u64)> {
        if let Some(known) = self.stems.get(folded) {
            return Ok(known.clone());
        }
        let terms = words.vocabulary.word(words.analyzer, folded)?;
        let documents = terms.stems.iter().map(|stem| stem.documents).sum();
        if documents == 0 {
            self.missing.push(folded.to_string());
        }
        let idf = terms.idf;
        let same = if self.stems.len() < MOST_STEMS {
            same_stem(words.vocabulary, words.analyzer, folded)?
        } else {
            let message = format!("only the first {MOST_STEMS} words near others are found by their stems");
            let note = Note::new(NoteKind::Limit, message);
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
            vec![(folded.to_string(), ANY_LANGUAGE)]
        };
        let slot = Slot { words: same, written: None, idf };
        if self.stems.len() < MOST_STEMS {
            self.stems.insert(folded.to_string(), (slot.clone(), documents));
        }
        Ok((slot, documents))
    }

    /// The words that a pattern means; what they are is said.
    fn pattern<B: Backend>(
        &mut self,
        words: &mut Words<'_, '_, B>,
        field: TextField,
        typed: String,
        pattern: &Pattern,
    ) -> Result<(Slot, Cost)> {
        let key = (field, typed);
        let expansion = match self.patterns.get(&key) {
            Some(known) => Arc::clone(known),
            None => {
                let looked_up = match self.patterns.len() < MAX_FORMS {
                    true => expand(words.vocabulary, field, &key.1, pattern)?,
                    false => None,
                };
                let Some(expansion) = looked_up else {
                    if !self.refused.contains(&key.1) {
                        self.refused.push(key.1);
                    }
                    return Ok((Slot { words: Vec::new(), written: None, idf: 0.0 }, Cost::word(0)));
                };
                let spent: usize = self.patterns.values().map(|known| known.words.len()).sum();
                let most = MOST_ALTOGETHER.saturating_sub(spent).clamp(FEWEST_WORDS, MOST_WORDS);
                let expansion = expansion.first(most);
                self.notes.push(Note::new(NoteKind::Pattern, said(&key.1, &expansion)));
                self.patterns.insert(key.clone(), Arc::clone(&expansion));
                expansion
            }
        };
        let documents: u64 = expansion.words.iter().map(|(_, documents)| documents).sum();
        let slot = Slot {
            words: expansion.words.iter().map(|(word, _)| (word.clone(), ANY_LANGUAGE)).collect(),
            written: None,
            idf: idf(words.vocabulary.documents(), documents),
        };
        Ok((slot, Cost::pattern(key.1, &expansion)))
    }

    /// Words written just so, side by side.
    fn exact<B: Backend>(
        &mut self,
        words: &mut Words<'_, '_, B>,
        text: &str,
        out: &mut CompiledIntervals,
    ) -> Result<Option<Place>> {
        let mut forms = Vec::new();
        for_each_written_word(text, |_, written, folded| {
            forms.push((folded.to_string(), written_form(written, folded).map(|form| form.into_owned())));
        });
        if forms.len() > LONGEST_PHRASE {
            forms.truncate(LONGEST_PHRASE);
            self.notes.push(cut_short());
        }
        let mut slots = Vec::new();
        for (offset, (folded, form)) in (0..).zip(forms) {
            let (terms, documents) = match &form {
                Some(form) => {
                    let term = form_term(&folded, form);
                    let documents = words.vocabulary.backend().frequency(TextField::Forms, &term)?;
                    let terms = vec![(term, ANY_LANGUAGE)];
                    (SlotTerms { field: TextField::Forms, terms, but: Vec::new() }, documents)
                }
                // Written as it is folded: wherever the folded word stands and no form of its own does.
                None => {
                    let but = written(words.vocabulary, &folded)?;
                    let documents = words.vocabulary.exact_frequency(&folded)?;
                    let terms = vec![(folded.clone(), ANY_LANGUAGE)];
                    (SlotTerms { field: TextField::Words, terms, but }, documents)
                }
            };
            let written = Some(form.unwrap_or_else(|| folded.clone()));
            let idf = idf(words.vocabulary.documents(), documents);
            let slot = Slot { words: vec![(folded, ANY_LANGUAGE)], written, idf };
            slots.push((out.add(slot, terms, Cost::word(documents)), offset));
        }
        Ok(match slots.as_slice() {
            [] => None,
            [(slot, _)] => Some(Place::Slot(*slot)),
            _ => Some(Place::Sequence { slots, moves: 0 }),
        })
    }
}

/// What the user holds to be the same as some folded words.
pub(crate) fn also(synonyms: &Synonyms, folded: &[String]) -> Note {
    let others: Vec<String> = synonyms.others(folded).map(|words| words.join(" ")).collect();
    let message = format!("{} is also {}, by the list of synonyms", folded.join(" "), others.join(", "));
    Note::new(NoteKind::Synonyms, message)
}

pub(crate) fn cut_short() -> Note {
    Note::new(NoteKind::Limit, format!("only the first {LONGEST_PHRASE} words of a phrase are searched"))
}

/// How much further apart than words the positions of a node's script stand.
fn stretch_of(node: &Node) -> u32 {
    match node {
        Node::Word(text) | Node::Phrase(text) | Node::Loose(text, _) => stretch(&tokens(text)),
        Node::Near(nodes, _) | Node::Or(nodes) => nodes.iter().map(stretch_of).max().unwrap_or(1),
        _ => 1,
    }
}

/// What a pattern came to, in a sentence.
fn said(typed: &str, expansion: &Expansion) -> String {
    let words = &expansion.words;
    let mut named: Vec<&str> = words.iter().take(NAMED).map(|(word, _)| word.as_str()).collect();
    if words.len() > NAMED {
        named.push("…");
    }
    match words.len() {
        0 => format!("{typed} is no word of this index"),
        1 => format!("{typed} is one word of this index: {}", named.join(", ")),
        count if expansion.left_out == 0 => format!("{typed} is {count} words of this index: {}", named.join(", ")),
        _ => format!(
            "{typed} is the {} most frequent words of this index that fit ({}); {} rarer ones are left out",
            words.len(),
            named.join(", "),
            expansion.left_out
        ),
    }
}
