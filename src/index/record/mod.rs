//! One document as the engine keeps it: its fields, its terms, and the columns beside them.
//!
//! [`schema`] lists the fields and is where indexing and searching meet. [`stored`] turns a document into the engine's
//! record and back. [`inverter`] collects, for each folded word of title and text and for each form it is written in,
//! all its positions, and adds the stems; [`term_stream`] hands the engine each term once. Every `*_column` module
//! writes and reads one group of columns.
//!
//! What the terms of each field are, script by script, is written in `FORMAT.md` under *Terms*.
//!
//! The invariant: analysis happens before the engine sees a text, with the document's own language. The engine does not
//! keep tokenizers with an index, so it is handed terms set apart by one character, and `register_tokenizer` runs after
//! every open.
//!
//! * Days are numbers: `day_first`, and in `day_span` how many days later a document may be. The engine's own dates
//!   wrap outside 1677 to 2262.
//! * Positions exist of unstemmed words only. Words near each other are looked up by all words of the index that share
//!   their stem in the document's language.
//! * Each document has a key ([`id_column`]) that orders equal scores. The engine orders them by where they are stored,
//!   which changes when segments are merged; with the key, pages by cursor hold every document once.
//! * Each document has a number that no other ever gets ([`fingerprint_column`]), so the list of copies may be older
//!   than the index.

pub(crate) mod address;
pub(crate) mod clue_column;
pub(crate) mod date_column;
pub(crate) mod fingerprint_column;
pub(crate) mod id_column;
pub(crate) mod inverter;
pub(crate) mod mention_column;
pub(crate) mod own_column;
pub(crate) mod schema;
pub(crate) mod stored;
pub(crate) mod surface_forms;
pub(crate) mod term_stream;
