//! Documents and passages as resources, which a person can hand to a model: `dateline:///doc/ID`.

use rmcp::model::{Resource, ResourceTemplate};
use serde_json::json;

use super::clean::clean;
use super::reference::{SCHEME, id_at};
use super::server::Server;
use crate::text::repeated;
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
        return cited(server, &id_at(id), style);
    }
    let reply = if address == ABOUT {
        server.call("dateline_about", &serde_json::Map::new())?
    } else if let Some(rest) = address.strip_prefix(SCHEME) {
        let arguments = json!({"ref": [id_at(rest)]});
        server.call("dateline_read", arguments.as_object().unwrap_or(&serde_json::Map::new()))?
    } else {
        let message = format!("there is no resource {}", repeated(address));
        return Err(Error::new(ErrorKind::Argument, message).hint(format!("{ABOUT}, {SCHEME}ID, {SCHEME}ID/passage/N")));
    };
    match reply.error {
        None => Ok(reply.text),
        Some(kind) => Err(Error::new(kind, reply.text)),
    }
}

/// A document, or a passage of one, as a style cites it.
fn cited(server: &Server, id: &str, style: &str) -> Result<String> {
    let style: CitationStyle = style.parse()?;
    let Some((document, passage)) = server.current()?.document_or_passage(id)? else {
        return Err(Error::new(ErrorKind::Argument, format!("no document has the id {}", repeated(id))));
    };
    let citation = Citation::of(&document);
    let citation = if let Some(number) = passage { citation.passage(number) } else { citation };
    Ok(clean(&citation.write(style)))
}
