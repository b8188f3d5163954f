//! One quote against one state of an index.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use super::candidates::Candidates;
use super::cite::citation::Citation;
use super::cite::style::CitationStyle;
use super::compare::align::MAX_CELLS;
use super::compare::comparison::{Compared, Source, compare};
use super::compare::context::{Context, Lexicon};
use super::compare::dates::Dates;
use super::compare::merge::{self, figures};
use super::compare::quoted::Quoted;
use super::compare::word::{Word, stands_alone, words};
use super::quote::Quote;
use crate::answer::quotes::{CheckedQuote, Difference, DifferenceClass, QuoteGap, QuotePlace, QuoteStatus};
use crate::backend::filter::{Condition, Filter, folded_source, source_matches};
use crate::backend::found::Doc;
use crate::backend::reader::Backend;
use crate::document::Document;
use crate::error::Result;
use crate::text::{Analyzer, Language};

/// The longest quote that is compared, in words.
const MAX_WORDS: usize = 5_000;
/// The most cells for which a text is compared as a whole; of a longer one, the stretch with most of the quote's words.
const WHOLE_CELLS: usize = 40_000;
/// The words of a text that one ellipsis may leave out, and some more, so that what is too far apart is seen.
const GAP_WORDS: usize = 250;
/// The share of a quote's words, and of those that tell something, that make a place its source, though words differ.
const ALTERED: (f64, f64) = (0.5, 0.45);
/// The share of a quote's words, each weighed by how rare it is, that a text must have to be compared.
const LEAST_WEIGHT: f64 = 0.25;
/// The share that makes a passage worth showing as the nearest.
const NEAREST: f64 = 0.3;

/// What is wanted of each quote.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// The fewest letters and figures of a quote that mean something; an ideograph counts as two.
    pub(crate) minimum: usize,
    /// The most places that are named.
    pub(crate) places: usize,
    pub(crate) style: CitationStyle,
}

/// A document with the quote laid against it.
struct Laid {
    doc: Doc,
    document: Document,
    /// Set if the very characters stand there.
    exact: bool,
    compared: Compared,
    /// The form of the quote that was laid: with its marks taken for the writer's, or for the source's own.
    marked: bool,
}

impl Laid {
    fn rank(&self) -> (bool, bool, i64, i64) {
        let (passes, share, open) = self.compared.rank();
        (passes, self.exact, share, open)
    }
}

/// A quote under way.
pub(crate) struct Verifier<'a, B: Backend> {
    pub(crate) candidates: &'a Candidates<'a, B>,
    pub(crate) stems: &'a RefCell<Analyzer>,
    pub(crate) wanted: &'a Wanted,
}

/// A quote as it is compared: with its marks taken for the source's own, and for the writer's.
struct Forms {
    literal: Quoted,
    marked: Option<Quoted>,
    language: Option<Language>,
}

impl<B: Backend> Verifier<'_, B> {
    /// Verifies a quote. Fails if the index cannot be read, or where the document to look in is not there.
    pub(crate) fn verify(&self, number: u64, quote: &Quote, named: Option<Doc>) -> Result<CheckedQuote> {
        let text = quote.text.trim();
        let mut checked = CheckedQuote {
            number,
            text: text.to_string(),
            line: quote.line,
            status: QuoteStatus::NotFound,
            grave: false,
            differences: Vec::new(),
            gaps: Vec::new(),
            total: 0,
            distinct: 0,
            places: Vec::new(),
            nearest: None,
        };
        let marked = Quoted::marked(text);
        let forms = Forms { literal: Quoted::literal(text), marked, language: Language::detect(text) };
        let own = forms.marked.as_ref().unwrap_or(&forms.literal);
        if weight(&own.words) < self.wanted.minimum || own.words.len() < 2 && !own.text.contains(stands_alone) {
            checked.status = QuoteStatus::TooShort;
            return Ok(checked);
        }
        if forms.literal.words.len() > MAX_WORDS {
            checked.status = QuoteStatus::TooLong;
            return Ok(checked);
        }
        let best = self.best(&forms, quote, named)?;
        if let Some(best) = best {
            self.tell(&mut checked, best, &forms, quote, named.is_some())?;
        }
        checked.grave = checked.differences.iter().any(|difference| difference.grave);
        Ok(checked)
    }

    /// The document against which the quote lies best.
    fn best(&self, forms: &Forms, quote: &Quote, named: Option<Doc>) -> Result<Option<Laid>> {
        if let Some(doc) = named {
            return self.lay(doc, forms);
        }
        let mut best: Option<Laid> = None;
        let mut seen: Vec<Doc> = Vec::new();
        let claimed = claim(quote);
        for filter in claimed.into_iter().chain([Filter::default()]) {
            let phrased = self.phrased(forms, &filter)?;
            self.keep_best(&mut best, &mut seen, phrased, forms)?;
            if best.as_ref().is_some_and(|best| best.compared.passes()) {
                return Ok(best);
            }
            let rare = self.candidates.with_rare_words(&forms.own().text, &filter)?;
            self.keep_best(&mut best, &mut seen, rare, forms)?;
            if best.as_ref().is_some_and(|best| best.compared.passes()) {
                return Ok(best);
            }
        }
        Ok(best)
    }

    fn phrased(&self, forms: &Forms, filter: &Filter) -> Result<Vec<Doc>> {
        let mut found = self.candidates.with_pieces(&[&forms.literal.text], filter)?;
        if let Some(marked) = &forms.marked {
            let pieces = pieces(marked);
            found.extend(self.candidates.with_pieces(&pieces, filter)?);
        }
        Ok(found)
    }

    fn keep_best(&self, best: &mut Option<Laid>, seen: &mut Vec<Doc>, found: Vec<Doc>, forms: &Forms) -> Result<()> {
        for doc in found {
            if seen.contains(&doc) {
                continue;
            }
            seen.push(doc);
            let Some(laid) = self.lay(doc, forms)? else { continue };
            if best.as_ref().is_none_or(|best| laid.rank() > best.rank()) {
                *best = Some(laid);
            }
            if best.as_ref().is_some_and(|best| best.exact && best.compared.passes()) {
                break;
            }
        }
        Ok(())
    }

    /// Lays the quote against a document, in whichever form it lies better.
    fn lay(&self, doc: Doc, forms: &Forms) -> Result<Option<Laid>> {
        let document = self.candidates.backend.document(doc)?;
        let language = document.language;
        let context = Context::new(language, forms.language, self.candidates, self.stems);
        if let Some(bytes) = verbatim(&document.text, &forms.literal.text) {
            let compared = Compared { differences: Vec::new(), gaps: Vec::new(), bytes, share: 1.0, telling: 1.0 };
            return Ok(Some(Laid { doc, document, exact: true, compared, marked: false }));
        }
        let plain = figures(&words(&document.text), &context.numerals);
        let lay = |quoted: &Quoted| {
            let quoted = quoted.merged(|words| figures(&words, &context.numerals));
            let found = self.compare(&quoted, &document.text, &plain, &context);
            let dates = Dates::of(&quoted.text, 0..quoted.text.len(), context.language);
            if found.as_ref().is_some_and(Compared::passes) || dates.days().next().is_none() {
                return found;
            }
            let quoted = quoted.merged(|words| merge::dates(words, &dates));
            let text = &document.text;
            let dated = merge::dates(plain.clone(), &Dates::of(text, 0..text.len(), context.language));
            let by_day = self.compare(&quoted, text, &dated, &context);
            [found, by_day].into_iter().flatten().max_by_key(Compared::rank)
        };
        let literal = lay(&forms.literal);
        let marked = forms.marked.as_ref().and_then(lay);
        let marks_count = match (&literal, &marked) {
            (Some(literal), Some(marked)) => !is_verbatim_but_for_print(literal) && marked.rank() >= literal.rank(),
            (None, Some(_)) => true,
            _ => false,
        };
        let compared = if marks_count { marked } else { literal };
        Ok(compared.map(|compared| Laid { doc, document, exact: false, compared, marked: marks_count }))
    }

    fn compare(&self, quoted: &Quoted, text: &str, words: &[Word], context: &Context<'_>) -> Option<Compared> {
        compare(quoted, Source { text, words }, self.window(quoted, words)?, context)
    }

    /// The stretch of a text to compare: all of it, or the one with most of the quote's words, each weighed by how rare
    /// it is. None if hardly any are there.
    fn window(&self, quoted: &Quoted, words: &[Word]) -> Option<Range<usize>> {
        let mut weights: HashMap<&str, (f64, u32)> = HashMap::new();
        for word in &quoted.words {
            let entry = weights.entry(&word.key).or_insert_with(|| (self.rarity(&word.key), 0));
            entry.1 += 1;
        }
        let all: f64 = weights.values().map(|(weight, times)| weight * f64::from(*times)).sum();
        let marks = quoted.joints.iter().flatten().count();
        let length = quoted.words.len() * 2 + 20 + marks.min(20) * GAP_WORDS;
        let length = length.min(MAX_CELLS / (quoted.words.len() + 2));
        let (mut inside, mut held): (HashMap<&str, u32>, f64) = (HashMap::new(), 0.0);
        let (mut best, mut place) = (0.0, 0);
        for (at, word) in words.iter().enumerate() {
            if let Some((weight, times)) = weights.get(word.key.as_str()) {
                let count = inside.entry(&word.key).or_default();
                *count += 1;
                held += if *count <= *times { *weight } else { 0.0 };
            }
            if let Some(gone) = at.checked_sub(length).and_then(|gone| words.get(gone))
                && let Some((weight, times)) = weights.get(gone.key.as_str())
                && let Some(count) = inside.get_mut(gone.key.as_str())
            {
                held -= if *count <= *times { *weight } else { 0.0 };
                *count -= 1;
            }
            if held > best + 1e-9 {
                (best, place) = (held, at);
            }
        }
        if best < all * LEAST_WEIGHT {
            return None;
        }
        if (quoted.words.len() + 1) * (words.len() + 1) <= WHOLE_CELLS {
            return Some(0..words.len());
        }
        let start = (place + 1).saturating_sub(length);
        let beside = quoted.words.len() / 2 + 10;
        Some(start.saturating_sub(beside)..(place + 1 + beside).min(words.len()))
    }

    /// How much a word tells of where a quote stands.
    fn rarity(&self, key: &str) -> f64 {
        let documents = self.candidates.backend.documents().max(1) as f64;
        (1.0 + documents / (1.0 + self.candidates.documents(key) as f64)).ln()
    }

    /// Fills in what was found.
    fn tell(&self, checked: &mut CheckedQuote, best: Laid, forms: &Forms, quote: &Quote, named: bool) -> Result<()> {
        let quoted = if best.marked { forms.own() } else { &forms.literal };
        let compared = &best.compared;
        let found = compared.share >= ALTERED.0 && compared.telling >= ALTERED.1;
        if !compared.passes() && !found {
            if compared.share >= NEAREST {
                checked.nearest = Some(self.place(&best.document, &compared.bytes, 0, false));
            }
            return Ok(());
        }
        checked.status = status(&best);
        checked.differences = differences(quoted, &best);
        checked.gaps = gaps(&best);
        self.places(checked, &best, forms, quote, named)?;
        if !quote.claims() || checked.places.iter().any(|place| place.as_claimed) {
            return Ok(());
        }
        if let Some(place) = checked.places.first() {
            checked.differences.push(misattributed(quote, place));
        }
        if checked.status.passes(false) {
            checked.status = QuoteStatus::Elsewhere;
        }
        Ok(())
    }

    /// The places with the words of the best one, the earliest first, those that are as claimed before others.
    fn places(&self, checked: &mut CheckedQuote, best: &Laid, forms: &Forms, quote: &Quote, named: bool) -> Result<()> {
        let text = best.document.text.get(best.compared.bytes.clone()).unwrap_or_default();
        let pieces = found_pieces(best, text);
        let mut places: Vec<QuotePlace> = Vec::new();
        let mut own = self.place(&best.document, &best.compared.bytes, 0, as_claimed(quote, &best.document));
        if !named {
            let all = self.candidates.counted(&pieces, self.wanted.places)?;
            (checked.total, checked.distinct) = (all.total.max(1), all.distinct.max(1));
            for (doc, copies) in all.docs {
                if doc == best.doc {
                    own.copies = copies;
                    continue;
                }
                if let Some(laid) = self.lay(doc, forms)?.filter(|laid| laid.rank() >= best.rank()) {
                    places.push(self.place(
                        &laid.document,
                        &laid.compared.bytes,
                        copies,
                        as_claimed(quote, &laid.document),
                    ));
                }
            }
        } else {
            (checked.total, checked.distinct) = (1, 1);
        }
        // The best place may be a copy of one that is listed.
        let is_listed =
            places.iter().any(|place| place.copies > 0) && !own.as_claimed && own.copies == 0 && quote.claims();
        if !is_listed || places.is_empty() {
            places.push(own);
        }
        places.sort_by_key(|place| {
            let first = place.date.map_or(i32::MAX, |date| date.first_day());
            (!place.as_claimed, first, place.r#ref.clone())
        });
        places.truncate(self.wanted.places.max(1));
        checked.places = places;
        Ok(())
    }

    fn place(&self, document: &Document, bytes: &Range<usize>, copies: u64, as_claimed: bool) -> QuotePlace {
        let passages = document.passages();
        let passage =
            passages.iter().find(|passage| passage.range().end > bytes.start).map_or(1, |passage| passage.number());
        QuotePlace {
            r#ref: document.id.clone(),
            date: document.dated.date(),
            date_precision: document.dated.precision(),
            doubt: document.dated.doubts(),
            source: document.attribution.source(),
            title: document.title.clone(),
            file: document.place.locator(),
            passage,
            text: document.text.get(bytes.clone()).unwrap_or_default().to_string(),
            chars: chars(&document.text, bytes),
            copies,
            as_claimed,
            cite: Citation::of(document).passage(passage).write(self.wanted.style),
        }
    }
}

impl Forms {
    /// The form that the writer meant.
    fn own(&self) -> &Quoted {
        self.marked.as_ref().unwrap_or(&self.literal)
    }
}

/// The letters and figures of words; an ideograph counts as two.
fn weight(words: &[Word]) -> usize {
    words.iter().flat_map(|word| word.key.chars()).map(|c| if stands_alone(c) { 2 } else { 1 }).sum()
}

/// The pieces of a quote between its marks.
fn pieces(quoted: &Quoted) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for at in 1..=quoted.words.len() {
        let ends = at == quoted.words.len() || quoted.joints.get(at).is_some_and(Option::is_some);
        let patched = quoted.words.get(at - 1).is_some_and(|word| quoted.patch(word).is_some());
        if patched {
            start = at;
        } else if ends {
            let range = quoted.words.get(start).map_or(0, |word| word.range.start)..quoted.words[at - 1].range.end;
            pieces.extend(quoted.text.get(range).filter(|piece| !piece.is_empty()));
            start = at;
        }
    }
    pieces
}

/// The pieces of the source that a quote has, without what its marks stand for.
fn found_pieces<'a>(best: &Laid, text: &'a str) -> Vec<&'a str> {
    let offset = best.compared.bytes.start;
    let mut pieces = Vec::new();
    let mut start = 0;
    for gap in &best.compared.gaps {
        let (from, to) = (gap.source.start.saturating_sub(offset), gap.source.end.saturating_sub(offset));
        if from > start {
            pieces.extend(text.get(start..from));
        }
        start = start.max(to);
    }
    pieces.extend(text.get(start..));
    pieces
}

/// Where the very characters of a quote stand as whole words.
fn verbatim(text: &str, quote: &str) -> Option<Range<usize>> {
    let whole = |start: usize| {
        let end = start + quote.len();
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let after = text.get(end..).and_then(|after| after.chars().next());
        let inside = |beside: Option<char>, own: Option<char>| {
            let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !stands_alone(c));
            word(beside) && word(own)
        };
        !inside(before, quote.chars().next()) && !inside(after, quote.chars().next_back())
    };
    let finder = memchr::memmem::Finder::new(quote.as_bytes());
    let start = finder.find_iter(text.as_bytes()).find(|start| whole(*start))?;
    Some(start..start + quote.len())
}

/// Returns whether a source has the quote, its ellipses and brackets as well, but for how they are printed.
fn is_verbatim_but_for_print(literal: &Compared) -> bool {
    literal.passes()
        && literal.differences.iter().all(|difference| difference.class != DifferenceClass::Punctuation)
        && literal.differences.is_empty()
}

fn status(best: &Laid) -> QuoteStatus {
    let compared = &best.compared;
    if best.exact {
        return QuoteStatus::Exact;
    }
    if !compared.passes() {
        return QuoteStatus::Altered;
    }
    if compared.gaps.iter().any(|gap| gap.put_in.is_some()) || best.marked && compared.gaps.is_empty() {
        return QuoteStatus::Bracketed;
    }
    if best.marked { QuoteStatus::Elided } else { QuoteStatus::Typographic }
}

fn differences(quoted: &Quoted, best: &Laid) -> Vec<Difference> {
    let text = &best.document.text;
    let told = best.compared.differences.iter().map(|found| {
        let quote = quoted.origin(&found.quoted);
        let written = quoted.text.get(found.quoted.clone()).unwrap_or_default();
        Difference {
            class: found.class,
            grave: found.class.is_grave() && !found.accepted,
            accepted: found.accepted,
            quoted: written.replace('\u{FFFC}', "").trim().to_string(),
            source: text.get(found.source.clone()).unwrap_or_default().trim().to_string(),
            quote_chars: (quote.start, quote.end),
            source_chars: chars(text, &found.source),
        }
    });
    told.collect()
}

fn gaps(best: &Laid) -> Vec<QuoteGap> {
    let text = &best.document.text;
    let told = best.compared.gaps.iter().map(|gap| QuoteGap {
        text: text.get(gap.source.clone()).unwrap_or_default().to_string(),
        chars: chars(text, &gap.source),
        put_in: gap.put_in.clone(),
        across_sentences: gap.across_sentences,
    });
    told.collect()
}

/// Bytes of a text as characters.
pub(crate) fn chars(text: &str, bytes: &Range<usize>) -> (usize, usize) {
    let before = text.get(..bytes.start).map_or(0, |before| before.chars().count());
    (before, before + text.get(bytes.clone()).map_or(0, |inside| inside.chars().count()))
}

/// The conditions that are claimed. None if nothing is.
fn claim(quote: &Quote) -> Option<Filter> {
    let source = quote.source.as_deref().map(|source| Condition::Sources([folded_source(source)].into()));
    let days = quote.dates.map(|range| Condition::Days { range, certain: false });
    let conditions: Vec<Condition> = source.into_iter().chain(days).collect();
    (!conditions.is_empty()).then_some(Filter { conditions })
}

/// Returns whether a document is of the source and the day that are claimed.
fn as_claimed(quote: &Quote, document: &Document) -> bool {
    let named = |wanted: &String| {
        let wanted = folded_source(wanted);
        let attribution = &document.attribution;
        let clues = [&attribution.publisher, &attribution.agency].into_iter().flatten();
        let mut sources = clues.map(|clue| clue.name.as_str());
        sources.any(|source| source_matches(source, &wanted))
    };
    let of_day = |dates: &crate::time::DateRange| document.dated.date().is_some_and(|date| dates.overlaps(date));
    quote.source.as_ref().is_none_or(named) && quote.dates.as_ref().is_none_or(of_day)
}

/// The difference between what was claimed and where the words stand.
fn misattributed(quote: &Quote, place: &QuotePlace) -> Difference {
    let days = quote.dates.map(|dates| dates.to_string());
    let claimed: Vec<String> = quote.source.iter().cloned().chain(days).collect();
    let source = place.source.as_ref().map(ToString::to_string);
    let stands: Vec<String> = source.into_iter().chain(place.date.map(|date| date.to_string())).collect();
    Difference {
        class: DifferenceClass::Attribution,
        grave: false,
        accepted: false,
        quoted: claimed.join(", "),
        source: stands.join(", "),
        quote_chars: (0, quote.text.trim().chars().count()),
        source_chars: place.chars,
    }
}
