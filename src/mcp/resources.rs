//! Documents and passages as resources, which a person can hand to a model: `dateline:///doc/ID`.

use rmcp::model::{Resource, ResourceTemplate};
use serde_json::json;

use super::clean::clean;
use super::reference::SCHEME;
use super::refusal::repeated;
use super::server::{Reply, Server};
use crate::{Citation, CitationStyle, Error, ErrorKind, Result};

/// What the archive holds.
const ABOUT: &str = "dateline:///about";

/// The type of every resource.
pub(super) const TYPE: &str = "text/plain";

/// The resources that are listed: documents are found by their templates, since an archive may have a million.
pub(super) fn listed() -> Vec<Resource> {
    let about = Resource::new(ABOUT, "about").with_title("What the archive holds, and how to ask it");
    vec![about.with_mime_type(TYPE)]
}

/// The addresses of documents and passages.
pub(super) fn templates() -> Vec<ResourceTemplate> {
    let template = |address: &str, name: &str, title: &str| {
        ResourceTemplate::new(format!("{SCHEME}{address}"), name).with_title(title).with_mime_type(TYPE)
    };
    vec![
        template("{id}", "document", "A document, its day, its source and its text"),
        template("{id}/passage/{n}", "passage", "One passage of a document"),
        template(
            "{id}/cite/{style}",
            "citation",
            "A document cited: plain, chicago, apa, markdown, csl-json, ris, bibtex",
        ),
    ]
}

/// Reads a resource. Fails if nothing is at this address.
pub(super) fn read(server: &Server, address: &str) -> Result<String> {
    if let Some((id, style)) = address.strip_prefix(SCHEME).and_then(|rest| rest.rsplit_once("/cite/")) {
        return cited(server, &unescaped(id), style);
    }
    let reply = if address == ABOUT {
        server.call("dateline_about", &serde_json::Map::new())?
    } else if let Some(rest) = address.strip_prefix(SCHEME) {
        let id = unescaped(rest).replace("/passage/", "#");
        let arguments = json!({"ref": [id]});
        server.call("dateline_read", arguments.as_object().unwrap_or(&serde_json::Map::new()))?
    } else {
        let message = format!("there is no resource {}", repeated(address));
        return Err(Error::new(ErrorKind::Argument, message).hint(format!("{ABOUT}, {SCHEME}ID, {SCHEME}ID/passage/N")));
    };
    match reply {
        Reply { structured: Some(_), text } => Ok(text),
        Reply { text, .. } => Err(Error::new(ErrorKind::Argument, text)),
    }
}

/// A document, or a passage of one, as a style cites it.
fn cited(server: &Server, id: &str, style: &str) -> Result<String> {
    let style: CitationStyle = style.parse()?;
    let id = id.replace("/passage/", "#");
    let Some((document, passage)) = server.current()?.document_or_passage(&id)? else {
        return Err(Error::new(ErrorKind::Argument, format!("no document has the id {}", repeated(&id))));
    };
    let citation = Citation::of(&document);
    let citation = if let Some(number) = passage { citation.passage(number) } else { citation };
    Ok(clean(&citation.write(style)))
}

/// An address with its `%` escapes read. Escapes that are none, or no text, stay as they are.
fn unescaped(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let escaped = behind.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        match escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = behind.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_an_address_are_read_and_others_stay() {
        for (address, id) in [("a%231", "a#1"), ("caf%C3%A9", "café"), ("50%", "50%"), ("%zz", "%zz"), ("%ff", "%ff")]
        {
            assert_eq!(unescaped(address), id);
        }
    }
}
