//! A document as the cluster keeps it, and back.

use std::collections::{BTreeMap, HashMap};

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::client::unexpected;
use super::mapping::{self, GAP, field};
use crate::backend::clause::TextField;
use crate::backend::definition::analysed::Analysed;
use crate::backend::definition::columns::Columns;
use crate::backend::definition::statistics::stored_length;
use crate::backend::filter::folded_source;
use crate::backend::record::Record;
use crate::document::{Document, Doubts};
use crate::error::{Error, ErrorKind, Result};
use crate::passages::about::Span;
use crate::text::Language;
use crate::time::MentionCertainty;

/// As the cluster reads and tells bytes: it may leave out the signs at the end.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

const CERTAINTIES: [MentionCertainty; 3] =
    [MentionCertainty::Certain, MentionCertainty::Relative, MentionCertainty::Derived];

/// The columns that are asked for with a document.
pub(crate) const COLUMNS: [&str; 14] = [
    field::KEY,
    field::ID,
    field::FIRST,
    field::LAST,
    field::UNDATED,
    field::SOURCE,
    field::AGENCY,
    field::FOLDER,
    field::RULE,
    field::DOUBTS,
    field::LANGUAGE,
    field::PATH,
    field::MENTIONS,
    field::OWN,
];

/// The day of undated documents, behind all others.
pub(crate) const NEVER: i64 = i64::MAX;

/// What is kept of a document's terms beside those that are indexed.
#[derive(Default, Serialize, Deserialize)]
struct Places {
    title_words: u32,
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
    forms: BTreeMap<String, Vec<u32>>,
    author: Vec<String>,
}

/// The number that orders documents of one score, equal to the one that the index on the disk gives an id.
pub(crate) fn key_of(id: &str) -> u64 {
    let is_number = id.len() == 16 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let number = u64::from_str_radix(id, 16).ok().filter(|_| is_number);
    number.unwrap_or_else(|| xxhash_rust::xxh3::xxh3_64(id.as_bytes()))
}

/// A key as a number with a sign, in the same order.
pub(crate) fn signed(key: u64) -> i64 {
    (key ^ 1 << 63) as i64
}

pub(crate) fn unsigned(number: i64) -> u64 {
    number as u64 ^ 1 << 63
}

/// What a document becomes in the cluster, but for when it was written.
pub(crate) fn fields(analysed: Analysed) -> Result<Map<String, Value>> {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()) {
            fields.insert(name.to_owned(), value);
        }
    };
    let columns = &analysed.columns;
    let id = &analysed.document.id;
    put(field::ID, json!(id));
    let others: Vec<&String> = analysed.document.record_id.iter().chain(&analysed.document.former_ids).collect();
    put(field::OTHER_IDS, json!(others));
    put(field::KEY, json!(signed(key_of(id))));
    for text in [TextField::Stems, TextField::Words, TextField::Forms, TextField::Author] {
        put(mapping::length(text), json!(stored_length(analysed.length(text))));
    }
    put("words", json!(in_order(&analysed)));
    let mut stems: Vec<(&str, usize)> =
        analysed.terms(TextField::Stems).map(|stem| (stem, analysed.places(TextField::Stems, stem).len())).collect();
    stems.sort_unstable();
    let stems: Vec<&str> = stems.into_iter().flat_map(|(stem, times)| std::iter::repeat_n(stem, times)).collect();
    put("stems", json!(stems.join(" ")));
    let sorted = |text| {
        let mut terms: Vec<&str> = analysed.terms(text).collect();
        terms.sort_unstable();
        terms
    };
    put("forms", json!(sorted(TextField::Forms)));
    put("author", json!(sorted(TextField::Author)));
    let (first, last) = columns.days.unwrap_or((NEVER, NEVER));
    put(field::FIRST, json!(first));
    put(field::LAST, json!(last));
    put(field::NEWEST, json!(columns.days.map_or(NEVER, |(_, last)| -last)));
    put(field::UNDATED, json!(columns.days.is_none()));
    put(field::SOURCE, json!(columns.source));
    put(field::AGENCY, json!(columns.agency));
    put(field::SOURCES, json!(runs(columns)));
    put(field::FOLDER, json!(u8::from(columns.is_folder)));
    put(field::RULE, json!(columns.rule.map(|rule| rule.name())));
    put(field::DOUBTS, json!(columns.doubts.iter().map(|doubt| doubt.name()).collect::<Vec<_>>()));
    put(field::LANGUAGE, json!(columns.language.map(|language| language.code())));
    put(field::PATH, json!(columns.path));
    let written = |span: &Span| format!("{} {} {}", span.first, span.last, span.certainty.name());
    put(field::MENTIONS, json!(columns.mentions.iter().map(written).collect::<Vec<_>>()));
    for (at, name) in field::MENTIONED.into_iter().enumerate() {
        let spans = columns.mentions.iter().filter(|span| mentioned(span) == at);
        let ranges: Vec<Value> = spans.map(|span| json!({ "gte": span.first, "lte": span.last })).collect();
        put(name, json!(ranges));
    }
    put(field::OWN, json!(columns.own.iter().map(|(name, value)| format!("{name}\0{value}")).collect::<Vec<_>>()));
    put(field::OWN_NAMES, json!(columns.own.iter().map(|(name, _)| name).collect::<Vec<_>>()));
    let prints: Vec<u8> = analysed.fingerprint().iter().flat_map(|hash| hash.to_le_bytes()).collect();
    put(field::PRINTS, json!(BASE64.encode(prints)));
    let mut author: Vec<(u32, &str)> = Vec::new();
    for term in analysed.terms(TextField::Author) {
        author.extend(analysed.places(TextField::Author, term).iter().map(|place| (*place, term)));
    }
    author.sort_unstable();
    let forms = analysed.terms(TextField::Forms);
    let places = Places {
        title_words: analysed.title_words,
        sentences: analysed.sentences.clone(),
        paragraphs: analysed.paragraphs.clone(),
        forms: forms.map(|form| (form.to_owned(), analysed.places(TextField::Forms, form).to_vec())).collect(),
        author: author.into_iter().map(|(_, term)| term.to_owned()).collect(),
    };
    put(field::PLACES, stored(&places)?);
    let language = columns.language;
    let (mut record, text) = Record::of(analysed.document);
    record.language = language;
    put(field::RECORD, stored(&record)?);
    put(field::TEXT, json!(text));
    Ok(fields)
}

/// The place of a mention's field among [`field::MENTIONED`].
fn mentioned(span: &Span) -> usize {
    usize::from(span.is_long()) + if span.certainty == MentionCertainty::Derived { 2 } else { 0 }
}

fn stored<T: Serialize>(value: &T) -> Result<Value> {
    serde_json::to_value(value).map_err(|error| Error::new(ErrorKind::Format, "cannot store a document").because(error))
}

/// The words of a document in their order: those of the title apart, if they have positions of their own.
fn in_order(analysed: &Analysed) -> Vec<String> {
    let mut words: Vec<(u32, &str)> = Vec::new();
    for word in analysed.terms(TextField::Words) {
        words.extend(analysed.places(TextField::Words, word).iter().map(|place| (*place, word)));
    }
    words.sort_unstable();
    let joined = |words: &[(u32, &str)]| words.iter().map(|(_, word)| *word).collect::<Vec<_>>().join(" ");
    // The text begins behind a gap where the title stands before it.
    let begins = analysed.title_words + GAP;
    let is_apart = words
        .get(analysed.title_words as usize)
        .map_or(words.len() == analysed.title_words as usize, |word| word.0 == begins);
    match is_apart && (analysed.title_words > 0 || !words.is_empty()) {
        true => {
            let (title, text) = words.split_at(analysed.title_words as usize);
            vec![joined(title), joined(text)]
        }
        false => vec![joined(&words)],
    }
}

/// Every run of the folded parts of a document's source and agency, which is what it can be asked for by.
fn runs(columns: &Columns) -> Vec<String> {
    let mut runs = Vec::new();
    for path in std::iter::once(&columns.source).filter(|source| !source.is_empty()).chain(&columns.agency) {
        let folded = folded_source(path);
        let parts: Vec<&str> = folded.split('/').collect();
        for from in 0..parts.len() {
            runs.extend((from + 1..=parts.len()).map(|to| parts[from..to].join("/")));
        }
    }
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// The values of a column of a hit.
fn values<'h>(hit: &'h Value, name: &str) -> &'h [Value] {
    hit["fields"][name].as_array().map_or(&[], Vec::as_slice)
}

pub(crate) fn number(hit: &Value, name: &str) -> Option<i64> {
    values(hit, name).first()?.as_i64()
}

pub(crate) fn text<'h>(hit: &'h Value, name: &str) -> Option<&'h str> {
    values(hit, name).first()?.as_str()
}

/// The key of a hit.
pub(crate) fn key(hit: &Value) -> Result<u64> {
    number(hit, field::KEY).map(unsigned).ok_or_else(|| unexpected(field::KEY))
}

/// The hashes of a hit's text, rising.
pub(crate) fn prints(hit: &Value) -> Result<Vec<u32>> {
    let bytes = BASE64.decode(text(hit, field::PRINTS).unwrap_or_default());
    let bytes = bytes.map_err(|error| damaged(&format!("its fingerprint: {error}")))?;
    Ok(bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect())
}

/// The columns of a hit.
pub(crate) fn columns(hit: &Value) -> Result<Columns> {
    let unknown = |what: &str| {
        Error::new(ErrorKind::IndexVersion, format!("a document in the cluster has an unknown {what}"))
            .hint("another version wrote it: load the archive anew under another name")
    };
    let (first, last) =
        number(hit, field::FIRST).zip(number(hit, field::LAST)).ok_or_else(|| unexpected(field::FIRST))?;
    let mut doubts = Vec::new();
    for doubt in values(hit, field::DOUBTS).iter().filter_map(Value::as_str) {
        doubts.push(doubt.parse().map_err(|_| unknown("doubt"))?);
    }
    let mut mentions = Vec::new();
    for mention in values(hit, field::MENTIONS).iter().filter_map(Value::as_str) {
        mentions.push(span(mention).ok_or_else(|| unknown("mention"))?);
    }
    let own = values(hit, field::OWN).iter().filter_map(Value::as_str).filter_map(|own| own.split_once('\0'));
    let language = text(hit, field::LANGUAGE).map(str::parse::<Language>).transpose();
    Ok(Columns {
        days: (first != NEVER).then_some((first, last)),
        language: language.map_err(|_| unknown("language"))?,
        mentions,
        path: text(hit, field::PATH).map(str::to_owned),
        source: text(hit, field::SOURCE).unwrap_or_default().to_owned(),
        agency: text(hit, field::AGENCY).map(str::to_owned),
        is_folder: number(hit, field::FOLDER) == Some(1),
        rule: text(hit, field::RULE).map(str::parse).transpose().map_err(|_| unknown("clue"))?,
        doubts: doubts.into_iter().collect::<Doubts>(),
        own: own.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
    })
}

fn span(written: &str) -> Option<Span> {
    let mut parts = written.split(' ');
    let (first, last) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let name = parts.next()?;
    let certainty = CERTAINTIES.into_iter().find(|certainty| certainty.name() == name)?;
    Some(Span { first, last, certainty })
}

/// The parts of a document's source that [`document`] and [`analysed`] read.
pub(crate) const SOURCE: [&str; 5] = [field::RECORD, field::TEXT, field::PLACES, "words", "stems"];

/// The document of a hit.
pub(crate) fn document(hit: &Value) -> Result<Document> {
    let source = &hit["_source"];
    let record = Record::deserialize(&source[field::RECORD]).map_err(|error| damaged(&error.to_string()))?;
    let text = source[field::TEXT].as_str().ok_or_else(|| damaged("it has no text"))?;
    Ok(record.with_text(text))
}

/// A hit with all that is decided on.
pub(crate) fn analysed(hit: &Value) -> Result<Analysed> {
    let source = &hit["_source"];
    let places = Places::deserialize(&source[field::PLACES]).map_err(|error| damaged(&error.to_string()))?;
    let mut terms: [HashMap<String, Vec<u32>>; 4] = Default::default();
    let [words, stems, forms, author] = &mut terms;
    let mut begins = 0;
    for part in source["words"].as_array().map_or(&[][..], Vec::as_slice) {
        let part = part.as_str().unwrap_or_default();
        let mut place = begins;
        for word in part.split(' ').filter(|word| !word.is_empty()) {
            words.entry(word.to_owned()).or_default().push(place);
            place += 1;
        }
        begins = place + GAP;
    }
    for stem in source["stems"].as_str().unwrap_or_default().split(' ').filter(|stem| !stem.is_empty()) {
        stems.entry(stem.to_owned()).or_default().push(0);
    }
    forms.extend(places.forms);
    for (place, term) in (0..).zip(places.author) {
        author.entry(term).or_default().push(place);
    }
    Ok(Analysed {
        document: document(hit)?,
        columns: columns(hit)?,
        title_words: places.title_words,
        sentences: places.sentences,
        paragraphs: places.paragraphs,
        terms,
    })
}

fn damaged(why: &str) -> Error {
    Error::new(ErrorKind::Corrupt, format!("a document in the cluster is damaged: {why}"))
        .hint("load the archive anew under another name")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::document::{SourceClue, SourceRule};
    use crate::text::Analyzer;

    /// A hit as the cluster gives it for a document that was written.
    fn hit(fields: &Map<String, Value>) -> Value {
        let mut columns = Map::new();
        for name in COLUMNS {
            let Some(value) = fields.get(name) else { continue };
            columns.insert(name.to_owned(), if value.is_array() { value.clone() } else { json!([value]) });
        }
        json!({ "_source": fields, "fields": columns })
    }

    #[test]
    fn a_document_comes_back_with_all_its_terms() {
        let day: crate::time::Date = "1992-02".parse().unwrap();
        let text = "The Ferry sank. On 26 February 1992 the harbour burnt.\n\nNobody slept; the ferry lay still.";
        let mut titled =
            Document::new("a", text).title("A harbour").date(day).source("Senate/Byrd").metadata("Desk", "x");
        titled.attribution.byline =
            Some(SourceClue { name: "Robin Aalto".into(), rule: SourceRule::Byline, place: String::new() });
        let opening = Document::new("00000000000000ff", "A harbour burnt.").title("A harbour");
        let bare = Document::new("c", "");
        let marks = Document::new("d", "Fog.").title("…!");
        for document in [titled, opening, bare, marks] {
            let analysed = Analysed::of(document.clone(), &mut Analyzer::new());
            let back = super::analysed(&hit(&fields(Analysed::of(document, &mut Analyzer::new())).unwrap())).unwrap();
            for text in [TextField::Words, TextField::Stems, TextField::Forms, TextField::Author] {
                let told = |of: &Analysed| {
                    let mut all: Vec<(String, Vec<u32>)> =
                        of.terms(text).map(|term| (term.to_owned(), of.places(text, term).to_vec())).collect();
                    all.sort();
                    all
                };
                assert_eq!(told(&back), told(&analysed), "{text:?}");
            }
            assert_eq!(back.columns, analysed.columns);
            assert_eq!((back.title_words, &back.sentences), (analysed.title_words, &analysed.sentences));
            assert_eq!(back.paragraphs, analysed.paragraphs);
            assert_eq!(back.document.text, analysed.document.text);
            assert_eq!(back.document.dated, analysed.document.dated);
        }
    }

    #[test]
    fn keys_keep_their_order_as_numbers_with_a_sign() {
        let mut keys = [0, 1, u64::MAX, 1 << 63, (1 << 63) - 1];
        keys.sort_unstable();
        assert!(keys.map(signed).is_sorted());
        assert_eq!(keys.map(signed).map(unsigned), keys);
    }
}
