//! The ledger of an archive: its last commit, with the catalog and the list of copies that belong to it.
//!
//! The head is one small document, and writing it is what makes a commit. It names by their commit the parts that hold the rest, which
//! are written before it and cleared away after the next. Two writers cannot both follow on one head: the cluster lets only the
//! first of them write.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::client::{Answer, Client, JSON, LINES, Method, REBUILD, unexpected};
use super::mapping::FORMAT;
use crate::catalog::archives::Archives;
use crate::catalog::encoded;
use crate::catalog::files::Catalog;
use crate::error::{Error, ErrorKind, Result};
use crate::text::STEMMER;

const HEAD: &str = "head";
/// The bytes of one part.
const PART: usize = 2 << 20;

/// The last commit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Head {
    pub(crate) format: u32,
    /// What the words of the documents are stemmed by.
    pub(crate) stemmer: String,
    /// The number of the commit. Later ones have greater numbers.
    pub(crate) generation: i64,
    /// Documents that went with this commit or an earlier one may be cleared away: states before it cannot be read any more.
    pub(crate) floor: i64,
    /// The parts of the catalog, and the commit with which they were written; the same of the list of copies, which is as of a commit
    /// that may be earlier.
    pub(crate) catalog: Option<Parts>,
    pub(crate) copies: Option<Parts>,
    pub(crate) archives: Archives,
    /// Who wrote it, so that a writer knows its own head again.
    pub(crate) writer: String,
}

/// Parts that one value is kept in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Parts {
    name: String,
    parts: usize,
    /// The commit whose documents it tells of.
    pub(crate) of: i64,
}

impl Head {
    pub(crate) fn first() -> Head {
        Head {
            format: FORMAT,
            stemmer: STEMMER.to_owned(),
            generation: 0,
            floor: 0,
            catalog: None,
            copies: None,
            archives: Archives::default(),
            writer: String::new(),
        }
    }
}

/// The place of a head among all changes of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct At {
    number: u64,
    term: u64,
}

/// The ledger's index.
#[derive(Debug)]
pub(crate) struct Ledger<'c> {
    pub(crate) client: &'c Client,
    pub(crate) index: &'c str,
}

impl Ledger<'_> {
    /// The last commit. None if there is no such ledger.
    pub(crate) fn head(&self) -> Result<Option<(Head, At)>> {
        self.head_of(&self.ask_for_head()?)
    }

    /// What the cluster answers for the head, whatever that is.
    pub(crate) fn ask_for_head(&self) -> Result<Answer> {
        self.client.send(Method::Get, &format!("{}/_doc/{HEAD}", self.index), JSON, &[])
    }

    /// The last commit as an answer tells it.
    pub(crate) fn head_of(&self, answer: &Answer) -> Result<Option<(Head, At)>> {
        if answer.status == 404 {
            return Ok(None);
        }
        if answer.status >= 300 {
            return Err(self.client.refusal(answer));
        }
        let head =
            Head::deserialize(&answer.body["_source"]).map_err(|error| of_another_version(&error.to_string()))?;
        if head.format != FORMAT {
            return Err(of_another_version(&format!("its format is {}, this dateline reads {FORMAT}", head.format)));
        }
        if head.stemmer != STEMMER {
            let why = format!("it has the stems of {}; this dateline finds words by those of {STEMMER}", head.stemmer);
            return Err(of_another_version(&why));
        }
        let place = |name: &'static str| answer.body[name].as_u64().ok_or_else(|| unexpected(name));
        Ok(Some((head, At { number: place("_seq_no")?, term: place("_primary_term")? })))
    }

    /// Writes a head after the one at a place, or the first one. Fails if somebody else has written one meanwhile.
    pub(crate) fn put(&self, head: &Head, after: Option<At>) -> Result<At> {
        let condition = match after {
            Some(At { number, term }) => format!("if_seq_no={number}&if_primary_term={term}"),
            None => "op_type=create".to_owned(),
        };
        let body = serde_json::to_vec(head).map_err(|error| damaged(&error.to_string()))?;
        let answer = self.client.send(Method::Put, &format!("{}/_doc/{HEAD}?{condition}", self.index), JSON, &body)?;
        if answer.status == 409 {
            // The answer to an earlier try may have been lost.
            return match self.head()? {
                Some((now, at)) if now == *head => Ok(at),
                _ => Err(Error::new(ErrorKind::IndexBusy, "another program has written to this archive meanwhile")
                    .hint("nothing of this one was committed since: run it again")),
            };
        }
        if answer.status >= 300 {
            return Err(self.client.refusal(&answer));
        }
        let place = |name: &'static str| answer.body[name].as_u64().ok_or_else(|| unexpected(name));
        Ok(At { number: place("_seq_no")?, term: place("_primary_term")? })
    }

    /// Writes the same commit again under the name of a new writer, so that no head that a former one sends late is taken.
    pub(crate) fn fence(&self, head: Head, at: At, writer: i64) -> Result<(Head, At)> {
        let head = Head { writer: format!("{writer} begins"), ..head };
        let at = self.put(&head, Some(at))?;
        Ok((head, at))
    }

    /// Writes a value in parts. `of` is the commit whose documents it tells of.
    pub(crate) fn write(&self, kind: &str, stamp: i64, of: i64, bytes: &[u8]) -> Result<Parts> {
        let name = format!("{kind}-{stamp}");
        let mut parts = 0;
        for part in bytes.chunks(PART) {
            let path = format!("{}/_doc/{name}-{parts}", self.index);
            self.client.ask(Method::Put, &path, &json!({ "part": hexadecimal(part) }))?;
            parts += 1;
        }
        Ok(Parts { name, parts, of })
    }

    pub(crate) fn read(&self, parts: &Parts) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        for part in 0..parts.parts {
            let path = format!("{}/_doc/{}-{part}", self.index, parts.name);
            let answer = self.client.send(Method::Get, &path, JSON, &[])?;
            if answer.status >= 300 && answer.status != 404 {
                return Err(self.client.refusal(&answer));
            }
            let written = answer.body["_source"]["part"].as_str();
            let read = written.and_then(read_hexadecimal).ok_or_else(|| damaged("a part is missing"))?;
            bytes.extend(read);
        }
        Ok(bytes)
    }

    /// Clears parts away that no head names any more.
    pub(crate) fn clear(&self, parts: &Parts) -> Result<()> {
        let lines: String = (0..parts.parts)
            .map(|part| format!("{}\n", json!({ "delete": { "_id": format!("{}-{part}", parts.name) } })))
            .collect();
        if lines.is_empty() {
            return Ok(());
        }
        self.client.send(Method::Post, &format!("{}/_bulk", self.index), LINES, lines.as_bytes()).map(drop)
    }

    pub(crate) fn catalog(&self, head: &Head) -> Result<Catalog> {
        let archives = head.archives.clone();
        let Some(parts) = &head.catalog else { return Ok(Catalog { archives, ..Catalog::default() }) };
        let catalog = encoded::decode(&self.read(parts)?).ok_or_else(|| damaged("its catalog ends too early"))?;
        Ok(Catalog { archives, ..catalog })
    }

    /// What can still be read of a catalog, whatever the format and the state of its ledger. The answer is that for the head.
    pub(crate) fn salvaged(&self, answer: &Answer) -> Result<Catalog> {
        let source = &answer.body["_source"];
        let archives = Archives::deserialize(&source["archives"]).unwrap_or_default();
        let bytes = match Parts::deserialize(&source["catalog"]).map(|parts| self.read(&parts)) {
            Ok(Err(error)) if error.kind() != ErrorKind::Corrupt => return Err(error),
            read => read.ok().and_then(Result::ok),
        };
        let catalog = bytes.and_then(|bytes| encoded::decode(&bytes)).unwrap_or_default();
        Ok(Catalog { archives, ..catalog })
    }

    /// Makes an index. One that is there stays as it is.
    pub(crate) fn make(&self, index: &str, body: &Value) -> Result<()> {
        let bytes = body.to_string().into_bytes();
        let answer = self.client.send(Method::Put, index, JSON, &bytes)?;
        let is_there = answer.body["error"]["type"] == "resource_already_exists_exception";
        if answer.status >= 300 && !is_there {
            return Err(self.client.refusal(&answer));
        }
        Ok(())
    }
}

fn of_another_version(why: &str) -> Error {
    Error::new(ErrorKind::IndexVersion, format!("the archive in the cluster cannot be read by this version: {why}"))
        .hint(REBUILD)
}

pub(crate) fn damaged(why: &str) -> Error {
    Error::new(ErrorKind::Corrupt, format!("the archive in the cluster is damaged: {why}")).hint(REBUILD)
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |number: u8| char::from(DIGITS[usize::from(number)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn read_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    text.as_bytes().chunks(2).map(|two| Some(digit(two[0])? << 4 | digit(*two.get(1)?)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_from_their_digits() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(read_hexadecimal(&hexadecimal(&bytes)), Some(bytes));
        assert_eq!(read_hexadecimal("0"), None);
        assert_eq!(read_hexadecimal("0g"), None);
    }
}
