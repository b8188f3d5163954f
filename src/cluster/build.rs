//! The builds of an archive: the indices that hold its documents and its ledger, of which there may be several, and the alias
//! that says which of them is read.
//!
//! An archive is made anew in a build beside the one that is read. That the alias moves is one change in the cluster, so a
//! reader finds the old build or the new one, and each whole. A build that the alias does not name was left behind by a program
//! that was killed, and whoever has the right to write clears it away.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::address::Address;
use super::client::{Answer, Client, JSON, Method, REBUILD, told, unexpected};
use super::ledger::{At, Head, Ledger, damaged};
use super::mapping::{self, FORMAT};
use crate::backend::clause::TextField;
use crate::error::{Error, ErrorKind, Result};

/// The shards of a new build, and the copies of each, unless variables say otherwise.
const SHARDS: u32 = 1;
const REPLICAS: u32 = 0;

/// A text that other analysis would cut or write otherwise, but for the long word that is put behind it.
const SAMPLE: &str = "Fähre \u{fb01}n it's 3.5 a-b_c 世界 e\u{301} The";
const LONG: usize = 300;

/// One build of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Build {
    pub(crate) documents: String,
    pub(crate) ledger: String,
    format: u32,
}

impl Build {
    fn new(address: &Address) -> Build {
        let began = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_micros();
        Build::named(format!("{}.f{FORMAT}.{began}", address.alias()), FORMAT)
    }

    fn named(documents: String, format: u32) -> Build {
        Build { ledger: format!("{documents}.ledger"), documents, format }
    }

    /// The build that an index of an archive belongs to, of whatever format. None for any other index.
    fn with(address: &Address, index: &str) -> Option<Build> {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let documents = index.strip_suffix(".ledger").unwrap_or(index);
        let (format, began) = documents.strip_prefix(&address.alias())?.strip_prefix(".f")?.split_once('.')?;
        if is_number(began) { Some(Build::named(documents.to_owned(), format.parse().ok()?)) } else { None }
    }

    /// The alias by which a writer writes documents.
    fn written_by(&self, writer: &str) -> String {
        format!("{}.written-{writer}", self.documents)
    }
}

/// All builds of one archive.
#[derive(Debug)]
pub(crate) struct Builds<'c> {
    pub(crate) client: &'c Client,
    pub(crate) address: &'c Address,
}

impl Builds<'_> {
    /// The build that is read, of whatever format, and what the cluster answers for its head. None if there is no such archive.
    pub(crate) fn pointed(&self) -> Result<Option<(Build, Answer)>> {
        let alias = self.address.alias();
        let answer = Ledger { client: self.client, index: &alias }.ask_for_head()?;
        match (answer.body["_index"].as_str(), answer.status) {
            (Some(index), _) => {
                let build = Build::with(self.address, index).filter(|build| build.ledger == index);
                build.map(|build| Some((build, answer.clone()))).ok_or_else(|| not_ours(&alias, index))
            }
            (None, 404) => Ok(None),
            (None, 400) => {
                Err(Error::new(ErrorKind::Io, format!("the alias {alias} is no archive: {}", told(&answer.body)))
                    .hint("it must name one index, the ledger of an archive: ask _cat/aliases which it names"))
            }
            (None, _) => Err(self.client.refusal(&answer)),
        }
    }

    /// The build that is read, with its last commit. None if there is no such archive. Fails for one of another format.
    pub(crate) fn head(&self) -> Result<Option<(Build, Head, At)>> {
        let Some((build, answer)) = self.pointed()? else { return Ok(None) };
        if build.format != FORMAT {
            let message = format!("this archive has format {}; this dateline reads format {FORMAT}", build.format);
            return Err(Error::new(ErrorKind::IndexVersion, message).hint(REBUILD));
        }
        let ledger = Ledger { client: self.client, index: &build.ledger };
        let (head, at) = ledger.head_of(&answer)?.ok_or_else(|| damaged("it has no commit"))?;
        Ok(Some((build, head, at)))
    }

    /// Returns whether something has the name of the archive.
    pub(crate) fn is_named(&self) -> Result<bool> {
        let path = format!("{}/_alias", self.address.alias());
        Ok(self.client.send(Method::Get, &path, JSON, &[])?.status < 300)
    }

    /// Makes a build without documents, which nobody reads yet.
    pub(crate) fn make(&self) -> Result<(Build, Head)> {
        let build = Build::new(self.address);
        let ledger = Ledger { client: self.client, index: &build.ledger };
        let (shards, replicas) = (set("DATELINE_CLUSTER_SHARDS", SHARDS)?.clamp(1, 1024), replicas()?);
        ledger.make(&build.documents, &mapping::documents(shards, replicas))?;
        ledger.make(&build.ledger, &mapping::ledger(replicas))?;
        let head = Head::first();
        ledger.put(&head, None)?;
        Ok((build, head))
    }

    /// Lets a build be read from now on, in the place of another.
    pub(crate) fn point(&self, new: &Build, old: Option<&Build>) -> Result<()> {
        let alias = self.address.alias();
        let mut actions = Vec::new();
        if let Some(old) = old {
            actions.push(json!({ "remove": { "index": old.ledger, "alias": alias, "must_exist": true } }));
        }
        actions.push(json!({ "add": { "index": new.ledger, "alias": alias } }));
        let body = json!({ "actions": actions }).to_string();
        let answer = self.client.send(Method::Post, "_aliases", JSON, body.as_bytes())?;
        // The answer to an earlier try may have been lost.
        if answer.status < 300 || self.is_pointed(new)? { Ok(()) } else { Err(self.client.refusal(&answer)) }
    }

    /// Lets a writer write the documents of a build by an alias of its own, and no other one any more: what a former one sends
    /// late, though it has lost the right to write, finds no such alias. Nor does an index come into being by itself where the
    /// build has been deleted. Returns the alias.
    pub(crate) fn let_write(&self, build: &Build, writer: i64) -> Result<String> {
        let alias = build.written_by(&writer.to_string());
        let body = json!({ "actions": [
            { "remove": { "index": build.documents, "alias": build.written_by("*") } },
            { "add": { "index": build.documents, "alias": alias } },
        ] });
        let answer = self.client.ask(Method::Post, "_aliases", &body)?;
        if answer["acknowledged"] == true {
            return Ok(alias);
        }
        Err(Error::new(ErrorKind::IndexBusy, "not all nodes of the cluster know yet who writes")
            .hint("try again later"))
    }

    fn is_pointed(&self, build: &Build) -> Result<bool> {
        Ok(self.pointed()?.is_some_and(|(now, _)| now == *build))
    }

    /// Deletes a build, unless it is read.
    pub(crate) fn delete(&self, build: &Build) -> Result<()> {
        if self.is_pointed(build)? {
            return Ok(());
        }
        for index in [&build.documents, &build.ledger] {
            let answer = self.client.send(Method::Delete, index, JSON, &[])?;
            if answer.status >= 300 && answer.status != 404 {
                return Err(self.client.refusal(&answer));
            }
        }
        Ok(())
    }

    /// All builds that there is anything of.
    pub(crate) fn all(&self) -> Result<Vec<Build>> {
        let answer = self.client.ask(Method::Get, &format!("{}.*/_alias", self.address.alias()), &Value::Null)?;
        let indices = answer.as_object().ok_or_else(|| unexpected("indices"))?;
        let mut builds: Vec<Build> = indices.keys().filter_map(|index| Build::with(self.address, index)).collect();
        builds.dedup();
        Ok(builds)
    }

    /// Deletes what killed programs left behind beside the build that is read. Whoever asks for it has the right to write.
    pub(crate) fn clear(&self, read: &Build) -> Result<()> {
        for build in self.all()?.iter().filter(|build| *build != read) {
            tracing::debug!(build.documents, "a build that is not read is deleted");
            self.delete(build)?;
        }
        Ok(())
    }

    /// Deletes what a program left behind that was killed before the archive was there. Fails if there is a build with
    /// documents, whose alias somebody must have taken.
    pub(crate) fn clear_unread(&self) -> Result<()> {
        for build in self.all()? {
            let head = Ledger { client: self.client, index: &build.ledger }.ask_for_head()?;
            if head.status >= 300 && head.status != 404 {
                return Err(self.client.refusal(&head));
            }
            if head.body["_source"]["generation"].as_i64().is_some_and(|generation| generation > 0) {
                let (alias, ledger) = (self.address.alias(), &build.ledger);
                let message = format!("the cluster has an archive {} without its alias", self.address.archive);
                return Err(Error::new(ErrorKind::NoIndex, message)
                    .hint(format!("add the alias {alias} to {ledger}, or delete that index")));
            }
            self.delete(&build)?;
        }
        Ok(())
    }

    /// Fails if the cluster cuts texts otherwise than they were written: somebody changed the settings of the index.
    pub(crate) fn must_keep_words(&self, build: &Build) -> Result<()> {
        let sample = format!("{SAMPLE} {}", "m".repeat(LONG));
        let body = json!({ "field": mapping::name(TextField::Words), "text": sample });
        let body: String = body.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
        let path = format!("{}/_analyze?source_content_type=application/json&source={body}", build.documents);
        let answer = self.client.ask(Method::Get, &path, &Value::Null)?;
        let tokens = answer["tokens"].as_array().ok_or_else(|| unexpected("tokens"))?;
        let found = tokens.iter().map(|token| (token["token"].as_str(), token["position"].as_u64()));
        if found.eq((0..).zip(sample.split(' ')).map(|(at, word)| (Some(word), Some(at)))) {
            return Ok(());
        }
        let message =
            format!("the settings of {} were changed: the cluster finds other words in texts", build.documents);
        Err(Error::new(ErrorKind::IndexVersion, message).hint(REBUILD))
    }
}

/// The copies of each shard of a new index.
pub(crate) fn replicas() -> Result<u32> {
    set("DATELINE_CLUSTER_REPLICAS", REPLICAS)
}

/// What a variable is set to. Fails for what is no number.
fn set(name: &str, unset: u32) -> Result<u32> {
    let value = std::env::var(name).unwrap_or_default();
    if value.is_empty() { Ok(unset) } else { number(name, &value) }
}

fn number(name: &str, value: &str) -> Result<u32> {
    value.parse().map_err(|_| {
        Error::new(ErrorKind::Argument, format!("{name} is no number: {value}"))
            .hint("dateline help cluster tells what it is")
    })
}

fn not_ours(alias: &str, index: &str) -> Error {
    let what = if alias == index { "is an index" } else { "is an alias of an index" };
    Error::new(ErrorKind::NoIndex, format!("{alias} {what} that dateline did not make"))
        .hint("choose another name for the archive, or take this one from the index")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::cluster::fake::{Reply, cluster};

    fn river() -> Address {
        Address::parse("http://127.0.0.1:9200/river").unwrap()
    }

    #[test]
    fn a_setting_that_is_no_number_is_told_and_not_taken_for_none() {
        assert_eq!(number("X", "3").unwrap(), 3);
        for value in ["two", "-1", "1.5", " 1"] {
            assert_eq!(number("X", value).unwrap_err().kind(), ErrorKind::Argument, "{value}");
        }
    }

    #[test]
    fn an_index_belongs_to_a_build_of_its_own_archive_or_to_none() {
        let build = Build::with(&river(), "dateline-river.f12.345.ledger").unwrap();
        assert_eq!((build.documents.as_str(), build.format), ("dateline-river.f12.345", 12));
        assert_eq!(Build::with(&river(), "dateline-river.f12.345"), Some(build));
        for other in ["river", "dateline-river", "dateline-river.lease", "dateline-river-2.f1.3", "dateline-river.f1.x"]
        {
            assert_eq!(Build::with(&river(), other), None, "{other}");
        }
    }

    #[test]
    fn an_alias_that_names_no_archive_of_this_format_is_told() {
        let missing = json!({ "error": { "type": "index_not_found_exception", "reason": "no such index" } });
        let several = json!({ "error": { "reason": "alias has more than one index associated with it" } });
        let named = |index: &str| json!({ "_index": index, "found": false });
        let cases = [
            (404, missing, None),
            (400, several, Some((ErrorKind::Io, "more than one index"))),
            (404, named("dateline-river"), Some((ErrorKind::NoIndex, "is an index that dateline did not make"))),
            (404, named("letters"), Some((ErrorKind::NoIndex, "is an alias of an index that dateline did not make"))),
            (404, named("dateline-river.f999.5.ledger"), Some((ErrorKind::IndexVersion, "format 999"))),
            (404, named(&format!("dateline-river.f{FORMAT}.5.ledger")), Some((ErrorKind::Corrupt, "no commit"))),
        ];
        for (status, body, told) in cases {
            let client = cluster(move |_, _| Reply::Answer(status, body.to_string()));
            let found = Builds { client: &client, address: &river() }.head();
            match told {
                None => assert_eq!(found.unwrap(), None),
                Some((kind, words)) => {
                    let error = found.unwrap_err();
                    assert!(error.kind() == kind && error.message().contains(words), "{error}");
                    assert!(error.advice().is_some(), "{error}");
                }
            }
        }
    }

    #[test]
    fn an_alias_that_has_moved_though_the_answer_was_lost_is_not_moved_again() {
        let build = Build::named("dateline-river.f1.7".to_owned(), 1);
        for moves in [true, false] {
            let read = Arc::new(Mutex::new("dateline-river.f1.6.ledger".to_owned()));
            let (ledger, mut asked) = (build.ledger.clone(), 0);
            let client = cluster(move |line, _| {
                if line.starts_with("GET") {
                    return Reply::Answer(200, json!({ "_index": *read.lock().unwrap() }).to_string());
                }
                asked += 1;
                if asked > 1 {
                    return Reply::Answer(404, json!({ "error": { "reason": "aliases missing" } }).to_string());
                }
                if moves {
                    read.lock().unwrap().clone_from(&ledger);
                }
                Reply::Cut
            });
            let old = Build::named("dateline-river.f1.6".to_owned(), 1);
            let pointed = Builds { client: &client, address: &river() }.point(&build, Some(&old));
            assert_eq!(pointed.is_ok(), moves);
        }
    }

    #[test]
    fn only_a_cluster_that_keeps_our_words_is_asked() {
        let sample = format!("{SAMPLE} {}", "m".repeat(LONG));
        for (text, is_ours) in
            [(sample.clone(), true), (sample.to_lowercase(), false), (sample.replace('-', " "), false)]
        {
            let client = cluster(move |_, _| {
                let tokens = text.split(' ').enumerate().map(|(at, word)| json!({ "token": word, "position": at }));
                Reply::Answer(200, json!({ "tokens": tokens.collect::<Vec<_>>() }).to_string())
            });
            let build = Build::named("dateline-river.f1.7".to_owned(), 1);
            assert_eq!(Builds { client: &client, address: &river() }.must_keep_words(&build).is_ok(), is_ours);
        }
    }
}
