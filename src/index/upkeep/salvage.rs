//! Reads what is left of a damaged index, or an index of an earlier format.
//!
//! Only the engine's stores of documents are needed, and, where they are readable, its lists of segments and of removed
//! documents. Nothing is looked up by words.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use tantivy::directory::footer::Footer;
use tantivy::directory::{Directory, FileHandle, FileSlice, MmapDirectory};
use tantivy::fastfield::AliveBitSet;
use tantivy::schema::Field;
use tantivy::store::StoreReader;
use tantivy::{DocId, TantivyDocument, TantivyError};

use crate::catalog::archives::Archives;
use crate::catalog::encoded;
use crate::catalog::files::Catalog;
use crate::document::Document;
use crate::error::{Error, ErrorKind, Result};
use crate::index::record::schema::Fields;
use crate::index::record::stored::decode;
use crate::index::storage::catalog_file;
use crate::index::storage::checksum::{SealedFile, unseal, unsealed_length};
use crate::index::storage::commit::Payload;
use crate::index::storage::error::{Doing, damaged, guarded};
use crate::note::{Note, NoteKind};

/// A damaged index, as far as it can be read.
pub(crate) struct Salvage {
    directory: MmapDirectory,
    fields: Fields,
    pub(crate) parts: Vec<Part>,
    /// None if it cannot be read.
    pub(crate) catalog: Option<Catalog>,
    /// What it was brought up to date with, and what of that is left out. Empty if that cannot be read.
    pub(crate) archives: Archives,
    /// The number of documents there should be, if the list of segments can be read.
    pub(crate) documents: Option<u64>,
    pub(crate) notes: Vec<Note>,
}

/// One of the engine's segments.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) name: String,
    /// Its documents, removed ones included, if that is known.
    size: Option<DocId>,
    /// The file that lists removed documents, if any were removed.
    removals: Option<String>,
}

/// The documents of a segment.
pub(crate) struct Store {
    reader: StoreReader,
    living: Option<AliveBitSet>,
    /// Set if removed documents cannot be told from others.
    pub(crate) doubtful: bool,
    size: Option<DocId>,
    fields: Fields,
}

impl Salvage {
    /// Fails if there is nothing that could be an index.
    pub(crate) fn open(folder: &Path) -> Result<Salvage> {
        let directory = MmapDirectory::open(folder)
            .map_err(|error| Error::new(ErrorKind::Io, "cannot open the index folder").at(folder).because(error))?;
        let (_, fields) = Fields::schema();
        let (parts_found, catalog, archives, documents, notes) = Default::default();
        let mut salvage = Salvage { directory, fields, parts: parts_found, catalog, archives, documents, notes };
        let committed = salvage.small_file("meta.json").and_then(|bytes| serde_json::from_slice(&bytes).ok());
        match committed.as_ref().and_then(parts) {
            Some(parts) => salvage.parts = parts,
            None => {
                salvage.notes.push(Note::new(
                    NoteKind::Repair,
                    "the list of the index's segments was damaged: all segments that lie in its folder were read, and \
                     what was removed or replaced shortly before may be back",
                ));
                salvage.parts = parts_in(folder)?;
            }
        }
        if let Some(committed) = &committed {
            salvage.take_fields(committed);
            salvage.documents = living(committed);
        }
        let payload = committed.as_ref().and_then(|committed| committed["payload"].as_str());
        // The commit says it, whatever became of the catalog.
        salvage.archives = payload.map(Payload::archives_in).unwrap_or_default();
        let named = match payload {
            Some(payload) => catalog_file::file_of(payload).into_iter().collect(),
            None => catalogs_in(folder),
        };
        salvage.catalog = named.iter().find_map(|name| encoded::decode(&salvage.small_file(name)?));
        if salvage.catalog.is_none() && committed.is_none_or(|committed| !committed["payload"].is_null()) {
            salvage.notes.push(Note::new(
                NoteKind::Repair,
                "the catalog of files was damaged: the next update reads all files again, and finds those of which \
                 nothing was left",
            ));
        }
        Ok(salvage)
    }

    /// The documents of a segment. Fails if its store is beyond reading.
    pub(crate) fn store(&mut self, part: &Part) -> Result<Store> {
        let living = match &part.removals {
            None => None,
            Some(name) => match guarded(|| Ok(AliveBitSet::open(self.body(name)?.read_bytes().map_err(damaged)?))) {
                Ok(living) => Some(living),
                Err(_) => {
                    let message = format!(
                        "the list of what was removed from segment {} was damaged: documents removed or replaced may be \
                         back",
                        part.name
                    );
                    self.notes.push(Note::new(NoteKind::Repair, message));
                    None
                }
            },
        };
        // For a file cut to a few bytes, the engine reads beyond its end.
        let reader = guarded(|| {
            let file = self.body(&format!("{}.store", part.name))?;
            StoreReader::open(file, 8).doing("cannot read the index")
        })?;
        let doubtful = living.is_none() && part.removals.is_some();
        Ok(Store { reader, living, doubtful, size: part.size, fields: self.fields })
    }

    /// Reads a small file that was written whole, sealed or from before there were seals.
    fn small_file(&self, name: &str) -> Option<Vec<u8>> {
        let path = Path::new(name);
        let bytes = self.directory.atomic_read(path).ok()?;
        // A broken seal is no part of JSON, so the file below it is not taken for whole.
        Some(unseal(bytes.clone(), path).unwrap_or(bytes))
    }

    /// The content of a large file without the engine's footer. If the seal cannot be read or is missing, the engine's
    /// own checksum must be right.
    fn body(&self, name: &str) -> Result<FileSlice> {
        let path = Path::new(name);
        let inner = self.directory.get_file_handle(path).map_err(TantivyError::from).doing("cannot read the index")?;
        match SealedFile::open(Arc::clone(&inner), path) {
            Ok(sealed) => Ok(Footer::extract_footer(FileSlice::new(Arc::new(sealed))).map_err(damaged)?.1),
            Err(_) => {
                let file = FileSlice::new(Arc::clone(&inner));
                let whole = Footer::extract_footer(file.clone());
                let length = unsealed_length(file_length(&*inner));
                let (footer, body) =
                    whole.or_else(|_| Footer::extract_footer(file.slice(0..length))).map_err(damaged)?;
                let mut sum = crc32fast::Hasher::new();
                sum.update(&body.read_bytes().map_err(damaged)?);
                if sum.finalize() == footer.crc { Ok(body) } else { Err(damaged(format!("its file {name}"))) }
            }
        }
    }

    /// Finds records and texts by the index's own schema, which may be that of another format.
    fn take_fields(&mut self, committed: &serde_json::Value) {
        let place = |name: &str| {
            let fields = committed["schema"].as_array()?;
            let at = fields.iter().position(|field| field["name"] == name)?;
            Some(Field::from_field_id(u32::try_from(at).ok()?))
        };
        if let (Some(record), Some(text)) = (place("record"), place("text")) {
            self.fields = Fields { record, text, ..self.fields };
        }
    }
}

impl Store {
    /// The numbers of the documents that were not removed.
    pub(crate) fn living(&self) -> Vec<DocId> {
        let end = self.size.unwrap_or_else(|| self.end());
        (0..end).filter(|doc| self.living.as_ref().is_none_or(|living| living.is_alive(*doc))).collect()
    }

    /// Reads a document. Fails if it changed since it was written.
    pub(crate) fn document(&self, doc: DocId) -> Result<Document> {
        guarded(|| decode(&self.fields, &self.reader.get::<TantivyDocument>(doc).doing("cannot read a document")?))
    }

    /// The number after the last document's. It is found by halving, because the store reports a number that is too
    /// high only by failing.
    fn end(&self) -> DocId {
        let beyond = |doc| {
            let read =
                guarded(|| Ok(matches!(self.reader.get_document_bytes(doc), Err(TantivyError::InvalidArgument(_)))));
            read.unwrap_or(false)
        };
        let (mut low, mut high) = (0, 1);
        while high < DocId::MAX / 2 && !beyond(high - 1) {
            (low, high) = (high, high * 2);
        }
        while low < high {
            let middle = low + (high - low) / 2;
            if beyond(middle) { high = middle } else { low = middle + 1 }
        }
        low
    }
}

fn file_length(file: &dyn FileHandle) -> usize {
    file.len()
}

/// The segments of a commit.
fn parts(committed: &serde_json::Value) -> Option<Vec<Part>> {
    let part = |segment: &serde_json::Value| {
        let name = segment["segment_id"].as_str()?.replace('-', "");
        let removals = segment["deletes"]["opstamp"].as_u64().map(|stamp| format!("{name}.{stamp}.del"));
        Some(Part { size: Some(u32::try_from(segment["max_doc"].as_u64()?).ok()?), name, removals })
    };
    committed["segments"].as_array()?.iter().map(part).collect()
}

fn living(committed: &serde_json::Value) -> Option<u64> {
    let of = |segment: &serde_json::Value| {
        let removed = segment["deletes"]["num_deleted_docs"].as_u64().unwrap_or(0);
        segment["max_doc"].as_u64()?.checked_sub(removed)
    };
    committed["segments"].as_array()?.iter().map(of).sum()
}

/// The names of a folder's files, sorted.
fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).map_err(|error| Error::io("cannot read the index", folder, error))?;
    let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names)
}

/// All segments whose store lies in a folder, each with its latest list of removed documents.
fn parts_in(folder: &Path) -> Result<Vec<Part>> {
    let names = names(folder)?;
    let stores: HashSet<&str> = names.iter().filter_map(|name| name.strip_suffix(".store")).collect();
    let mut parts: Vec<Part> = stores
        .into_iter()
        .map(|name| {
            let stamp =
                |file: &&String| file.strip_prefix(name)?.strip_prefix('.')?.strip_suffix(".del")?.parse::<u64>().ok();
            let latest = names.iter().filter(|file| stamp(file).is_some()).max_by_key(|file| stamp(file));
            Part { name: name.to_string(), size: None, removals: latest.cloned() }
        })
        .collect();
    parts.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(parts)
}

/// All catalogs in a folder, the latest first.
fn catalogs_in(folder: &Path) -> Vec<String> {
    // Catalogs of former formats end in `.json`.
    let stamp = |name: &String| name.strip_prefix("catalog-")?.split_once('.')?.0.parse::<u64>().ok();
    let mut names = names(folder).unwrap_or_default();
    names.retain(|name| stamp(name).is_some());
    names.sort_by_key(|name| std::cmp::Reverse(stamp(name)));
    names
}
