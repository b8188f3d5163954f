//! Evidence: what makes a cited passage checkable again, and the check.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::cite::citation::bytes_of;
use super::cite::fragment;
use super::verify::chars;
use crate::answer::evidence::{CheckedEvidence, EVIDENCE_VERSION, Evidence, EvidenceReport, EvidenceStatus};
use crate::document::Document;
use crate::document::path::{path_of, path_text};
use crate::error::{Error, ErrorKind, Result};
use crate::search::index::Index;
use crate::text::floor;

/// The characters beside a passage that are kept with it.
const BESIDE: usize = 32;

/// The SHA-256 and the size of a file.
pub(crate) type Hashed = (String, u64);

/// Hashes files, each once.
#[derive(Debug, Default)]
pub(crate) struct Hasher {
    known: HashMap<PathBuf, Option<Hashed>>,
}

impl Hasher {
    /// The SHA-256 of a file in hexadecimal digits, and its size. None if it cannot be read.
    fn of(&mut self, path: &Path) -> Option<Hashed> {
        if let Some(known) = self.known.get(path) {
            return known.clone();
        }
        let hashed = sha256(path).ok();
        self.known.insert(path.to_path_buf(), hashed.clone());
        hashed
    }
}

/// The SHA-256 of a file in hexadecimal digits, and its size.
pub(crate) fn sha256(path: &Path) -> Result<Hashed> {
    let failed = |error| Error::io("cannot read", path, error);
    let mut file = File::open(path).map_err(failed)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut size = 0;
    loop {
        let read = file.read(&mut buffer).map_err(failed)?;
        if read == 0 {
            break;
        }
        hasher.update(buffer.get(..read).unwrap_or_default());
        size += read as u64;
    }
    let digest: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((digest, size))
}

/// The evidence of a stretch of a document, in bytes of its text.
pub(crate) fn evidence(
    document: &Document,
    bytes: Range<usize>,
    revision: Option<String>,
    hashed: Option<Hashed>,
) -> Evidence {
    let text = &document.text;
    let start = floor(text, bytes.start);
    let end = floor(text, bytes.end).max(start);
    let exact = text.get(start..end).unwrap_or_default().to_string();
    let before: Vec<char> = text.get(..start).unwrap_or_default().chars().rev().take(BESIDE).collect();
    let prefix: String = before.into_iter().rev().collect();
    let suffix: String = text.get(end..).unwrap_or_default().chars().take(BESIDE).collect();
    let url = document.url.clone();
    let fragment = url.as_deref().and_then(|url| fragment::address(url, text, &exact, &prefix, &suffix));
    let captured = ["captured", "saved"].iter().find_map(|name| document.metadata.get(*name)).cloned();
    Evidence {
        version: EVIDENCE_VERSION,
        id: document.id.clone(),
        record_id: document.record_id.clone(),
        file: document.place.path.as_deref().map(path_text),
        member: document.place.member.clone(),
        sha256: hashed.as_ref().map(|(digest, _)| digest.clone()),
        file_bytes: hashed.map(|(_, size)| size),
        revision,
        chars: chars(text, &(start..end)),
        exact,
        prefix,
        suffix,
        title: document.title.clone(),
        source: document.attribution.source().map(|source| source.to_string()),
        date: document.dated.date(),
        url,
        fragment,
        captured,
    }
}

/// The most documents that are looked at for words that moved.
const LOOKED_AT: usize = 20;

/// Cites passages with evidence, and checks evidence again.
///
/// ```
/// use dateline::{Document, EvidenceStatus, Index, Prover};
///
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.add(Document::new("log-1", "Fog since four. The ferry stays where it is."))?;
/// writer.commit()?;
///
/// let mut prover = Prover::new(&index)?;
/// let log = index.document("log-1")?.unwrap_or_default();
/// let evidence = prover.evidence(&log, 16..43);
/// assert_eq!((&*evidence.exact, evidence.chars), ("The ferry stays where it is", (16, 43)));
/// assert_eq!(prover.check([evidence])?.evidence[0].status, EvidenceStatus::Same);
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Debug)]
pub struct Prover {
    index: Index,
    revision: String,
    hasher: Hasher,
}

impl Prover {
    /// A prover for the documents that an index holds now. Fails if the index cannot be read.
    pub fn new(index: &Index) -> Result<Prover> {
        Ok(Prover { revision: index.revision()?, index: index.clone(), hasher: Hasher::default() })
    }

    /// The evidence of a stretch of a document, in bytes of its text; bytes within a character are moved to its
    /// beginning. The document's file is read once to hash it.
    pub fn evidence(&mut self, document: &Document, bytes: Range<usize>) -> Evidence {
        let file = self.file(document);
        let hashed = file.and_then(|file| self.hasher.of(&file));
        evidence(document, bytes, Some(self.revision.clone()), hashed)
    }

    /// Checks evidence: whether the file is the same byte for byte, and whether the words stand where they stood. Words
    /// at another place are looked up and told as moved, never taken for the same. Fails if the index cannot be read.
    pub fn check(&mut self, cited: impl IntoIterator<Item = Evidence>) -> Result<EvidenceReport> {
        let mut checked = Vec::new();
        for (at, cited) in cited.into_iter().enumerate() {
            checked.push(self.check_one(at as u64 + 1, cited)?);
        }
        let same = checked.iter().filter(|checked| checked.status == EvidenceStatus::Same).count() as u64;
        Ok(EvidenceReport { revision: self.revision.clone(), checked: checked.len() as u64, same, evidence: checked })
    }

    fn check_one(&mut self, number: u64, cited: Evidence) -> Result<CheckedEvidence> {
        let document = self.document(&cited)?;
        let same_file = self.same_file(&cited, document.as_ref());
        let mut checked = CheckedEvidence {
            number,
            status: EvidenceStatus::Gone,
            same_file,
            id: None,
            chars: None,
            now: None,
            message: String::new(),
            cited,
        };
        if let Some(document) = &document {
            let text = &document.text;
            let there = text.get(bytes_of(text, checked.cited.chars)).unwrap_or_default();
            if there == checked.cited.exact && beside(text, &checked.cited) {
                checked.id = Some(document.id.clone());
                checked.chars = Some(checked.cited.chars);
                // A former id: the document's file lies elsewhere now.
                let has_moved = document.former_ids.contains(&checked.cited.id);
                let (status, message) = match same_file {
                    Some(false) => {
                        (EvidenceStatus::Changed, "the file is another one; the same words stand at the same place")
                    }
                    _ if has_moved => {
                        (EvidenceStatus::Moved, "the file lies elsewhere; it has the same words at the same place")
                    }
                    Some(true) => (EvidenceStatus::Same, "the same file, and the same words at the same place"),
                    None => (EvidenceStatus::Same, "the same words at the same place; there is no file to compare"),
                };
                (checked.status, checked.message) = (status, message.into());
                return Ok(checked);
            }
            checked.now = Some(there.to_string()).filter(|there| *there != checked.cited.exact);
        }
        self.look_up(&mut checked, document.as_ref())?;
        Ok(checked)
    }

    /// Whether the file has the cited hash: the file at the cited path, or where nothing is there any more, that of the
    /// document. None if no hash was cited, or there is no such file.
    fn same_file(&mut self, cited: &Evidence, document: Option<&Document>) -> Option<bool> {
        let digest = cited.sha256.as_deref()?;
        let there = cited.file.as_deref().map(path_of).into_iter();
        let now = document.and_then(|document| self.file(document));
        let (now, _) = there.chain(now).find_map(|path| self.hasher.of(&path))?;
        Some(now == digest)
    }

    /// The file of a document.
    fn file(&self, document: &Document) -> Option<PathBuf> {
        self.index.file(document.place.path.as_deref()?).ok().flatten()
    }

    /// The document that was cited, by its id, else by that of its record. The id of another archive's document is none.
    fn document(&self, cited: &Evidence) -> Result<Option<Document>> {
        let by_id = self
            .index
            .document(&cited.id)?
            .filter(|document| document.id == cited.id || document.former_ids.contains(&cited.id));
        match (by_id, &cited.record_id) {
            (None, Some(record)) => self.index.document(record).or_else(|error| match error.kind() {
                // Several records give themselves this id.
                ErrorKind::Argument => Ok(None),
                _ => Err(error),
            }),
            (found, _) => Ok(found),
        }
    }

    /// Looks for the words elsewhere: in the document itself, then in others.
    fn look_up(&self, checked: &mut CheckedEvidence, own: Option<&Document>) -> Result<()> {
        let exact = checked.cited.exact.clone();
        let others = self.index.search(crate::query::Query::from_node(crate::query::Node::Phrase(exact.clone())));
        let ids = if exact.trim().is_empty() { Vec::new() } else { others.limit(LOOKED_AT).ids()? };
        let mut places: Vec<(String, (usize, usize))> = Vec::new();
        let mut look = |document: &Document| {
            let found = nearest(&document.text, &checked.cited);
            places.extend(found.map(|bytes| (document.id.clone(), chars(&document.text, &bytes))));
        };
        if let Some(own) = own {
            look(own);
        }
        for id in ids.iter().filter(|id| own.is_none_or(|own| own.id != **id)) {
            if let Some(document) = self.index.document(id)? {
                look(&document);
            }
        }
        let file = if checked.same_file == Some(false) { "the file is another one; " } else { "" };
        match (places.first(), own) {
            (Some((id, at)), own) => {
                (checked.id, checked.chars) = (Some(id.clone()), Some(*at));
                checked.status = EvidenceStatus::Moved;
                let inside = own.is_some_and(|own| own.id == *id);
                let place = if inside { "at another place of the document" } else { "in another document" };
                checked.message = format!("{file}the words stand {place}");
            }
            (None, Some(own)) => {
                checked.id = Some(own.id.clone());
                checked.status = EvidenceStatus::Changed;
                checked.message = format!("{file}the document has not these words any more");
            }
            (None, None) => checked.message = format!("{file}neither the document nor the words are in this index"),
        }
        Ok(())
    }
}

/// Returns whether the characters beside the cited place are the cited ones.
fn beside(text: &str, cited: &Evidence) -> bool {
    let bytes = bytes_of(text, cited.chars);
    let before = text.get(..bytes.start).unwrap_or_default();
    let after = text.get(bytes.end..).unwrap_or_default();
    before.ends_with(&cited.prefix) && after.starts_with(&cited.suffix)
}

/// Where the cited words stand in a text: with the same characters beside them, else the nearest to the cited place.
fn nearest(text: &str, cited: &Evidence) -> Option<Range<usize>> {
    if cited.exact.is_empty() {
        return None;
    }
    let whole = format!("{}{}{}", cited.prefix, cited.exact, cited.suffix);
    if let Some(at) = text.find(&whole) {
        let start = at + cited.prefix.len();
        return Some(start..start + cited.exact.len());
    }
    let place = bytes_of(text, cited.chars).start;
    let found = text.match_indices(&cited.exact).min_by_key(|(at, _)| at.abs_diff(place))?;
    Some(found.0..found.0 + cited.exact.len())
}

/// The evidence in a text, however it is wrapped: citations of any style, or lines of JSON. What begins like evidence and
/// is none is counted.
///
/// ```
/// assert!(dateline::read_evidence("no evidence at all").0.is_empty());
/// ```
pub fn read_evidence(text: &str) -> (Vec<Evidence>, u64) {
    let (mut found, mut broken) = (Vec::new(), 0);
    let key = "\"dateline-evidence\"";
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find(key)) {
        let place = at + next;
        let start = text.get(..place).and_then(|before| before.rfind('{'));
        let rest = start.and_then(|start| text.get(start..)).unwrap_or_default();
        let mut read = serde_json::Deserializer::from_str(rest).into_iter::<Evidence>();
        match read.next() {
            Some(Ok(evidence)) => {
                found.push(evidence);
                at = (start.unwrap_or_default() + read.byte_offset()).max(place + key.len());
            }
            _ => {
                broken += 1;
                at = place + key.len();
            }
        }
    }
    (found, broken)
}
