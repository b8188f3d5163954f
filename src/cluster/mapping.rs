//! The fields of a document in the cluster, and how they are indexed.
//!
//! Texts are cut into words here and never in the cluster: a field of text holds our tokens with a space between them, and is
//! cut at spaces alone. So no other version of the cluster finds otherwise.

use serde_json::{Map, Value, json};

use crate::backend::bm25::{B, K1};
use crate::backend::clause::TextField;

/// Raised when documents written before could not be read any more.
pub(crate) const FORMAT: u32 = 1;

/// Positions between title and text that no word has.
pub(crate) const GAP: u32 = 256;

/// The longest term in bytes, which is that of Lucene. Our words are shorter.
const LONGEST_TERM: usize = 32_766;

/// The names of the fields.
pub(crate) mod field {
    pub(crate) const ID: &str = "id";
    pub(crate) const OTHER_IDS: &str = "other_ids";
    pub(crate) const KEY: &str = "key";
    pub(crate) const PIECE: &str = "piece";
    pub(crate) const ADDED: &str = "added";
    pub(crate) const REMOVED: &str = "removed";
    pub(crate) const ORDER: &str = "order";
    pub(crate) const SOUNDS: &str = "sounds";
    pub(crate) const FIRST: &str = "first";
    pub(crate) const LAST: &str = "last";
    pub(crate) const NEWEST: &str = "newest";
    pub(crate) const UNDATED: &str = "undated";
    pub(crate) const SOURCE: &str = "source";
    pub(crate) const AGENCY: &str = "agency";
    pub(crate) const SOURCES: &str = "sources";
    pub(crate) const FOLDER: &str = "folder";
    pub(crate) const RULE: &str = "rule";
    pub(crate) const DOUBTS: &str = "doubts";
    pub(crate) const LANGUAGE: &str = "language";
    pub(crate) const PATH: &str = "path";
    pub(crate) const MENTIONS: &str = "mentions";
    /// The days spoken of: those of a year at most and longer ones, each of those that were worked out apart.
    pub(crate) const MENTIONED: [&str; 4] = ["mentioned", "mentioned_long", "derived", "derived_long"];
    pub(crate) const OWN: &str = "own";
    pub(crate) const OWN_NAMES: &str = "own_names";
    pub(crate) const PRINTS: &str = "prints";
    pub(crate) const PLACES: &str = "places";
    pub(crate) const RECORD: &str = "record";
    pub(crate) const TEXT: &str = "text";
}

/// The name of a field of terms.
pub(crate) fn name(text: TextField) -> &'static str {
    match text {
        TextField::Stems => "stems",
        TextField::Words => "words",
        TextField::Forms => "forms",
        TextField::Author => "author",
    }
}

/// The name of the field with the number of a field's terms, as BM25 takes it.
pub(crate) fn length(text: TextField) -> &'static str {
    match text {
        TextField::Stems => "stems_length",
        TextField::Words => "words_length",
        TextField::Forms => "forms_length",
        TextField::Author => "author_length",
    }
}

/// The field of a listed term, by the field of the documents that it is a term of.
pub(crate) fn listed(text: TextField) -> Option<&'static str> {
    match text {
        TextField::Stems => None,
        TextField::Words => Some("listed_word"),
        TextField::Forms => Some("listed_form"),
        TextField::Author => Some("listed_author"),
    }
}

fn with(mut kind: Value, name: &str, value: Value) -> Value {
    kind[name] = value;
    kind
}

/// The index of the documents.
pub(crate) fn documents(shards: u32, replicas: u32) -> Value {
    let tokens = |options: &str| {
        let kind = json!({ "type": "text", "analyzer": "tokens", "index_options": options });
        // A field without positions has no gaps between them.
        if options == "positions" { with(kind, "position_increment_gap", GAP.into()) } else { kind }
    };
    let number = json!({ "type": "long" });
    let name = json!({ "type": "keyword" });
    let column = json!({ "type": "keyword", "index": false });
    // What is only searched for needs no column, which would take more time and room than all else.
    let searched = json!({ "type": "keyword", "doc_values": false });
    let kept = json!({ "type": "object", "enabled": false });
    let range = json!({ "type": "long_range" });
    let properties = [
        (field::ID, &name),
        (field::OTHER_IDS, &name),
        (field::KEY, &number),
        (field::PIECE, &name),
        (field::ADDED, &number),
        (field::REMOVED, &number),
        (field::ORDER, &number),
        ("words", &tokens("positions")),
        ("stems", &tokens("freqs")),
        ("forms", &searched),
        ("author", &searched),
        ("words_length", &number),
        ("stems_length", &number),
        ("forms_length", &number),
        ("author_length", &number),
        ("listed_word", &name),
        ("listed_form", &name),
        ("listed_author", &name),
        (field::SOUNDS, &searched),
        (field::FIRST, &number),
        (field::LAST, &number),
        (field::NEWEST, &number),
        (field::UNDATED, &json!({ "type": "boolean" })),
        (field::SOURCE, &name),
        (field::AGENCY, &column),
        (field::SOURCES, &name),
        (field::FOLDER, &number),
        (field::RULE, &name),
        (field::DOUBTS, &name),
        (field::LANGUAGE, &name),
        (field::PATH, &column),
        (field::MENTIONS, &column),
        (field::MENTIONED[0], &range),
        (field::MENTIONED[1], &range),
        (field::MENTIONED[2], &range),
        (field::MENTIONED[3], &range),
        (field::OWN, &column),
        (field::OWN_NAMES, &name),
        (field::PRINTS, &json!({ "type": "binary", "doc_values": true })),
        (field::PLACES, &kept),
        (field::RECORD, &kept),
        (field::TEXT, &kept),
    ];
    let properties: Map<String, Value> =
        properties.into_iter().map(|(name, how)| (name.to_owned(), how.clone())).collect();
    json!({
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            // What is written is seen when a commit says so.
            "refresh_interval": "-1",
            "similarity": { "default": { "type": "BM25", "k1": K1, "b": B } },
            "analysis": {
                "tokenizer": { "spaces": {
                    "type": "char_group", "tokenize_on_chars": [" "], "max_token_length": LONGEST_TERM,
                } },
                "analyzer": { "tokens": { "type": "custom", "tokenizer": "spaces" } },
            },
        },
        "mappings": { "dynamic": "strict", "_meta": { "dateline": FORMAT }, "properties": properties },
    })
}

/// The index of the last commit, which is only read by the names of its documents.
pub(crate) fn ledger(replicas: u32) -> Value {
    json!({
        "settings": { "number_of_shards": 1, "number_of_replicas": replicas },
        "mappings": { "enabled": false, "_meta": { "dateline": FORMAT } },
    })
}
