//! The manifest of an index folder: its format and version.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::{REBUILD, damaged};
use crate::error::{Error, ErrorKind, Result};
use crate::text::STEMMER;

/// The format that this version writes, and the only one it reads. It is raised with every change of fields, analysis
/// or files.
pub(crate) const FORMAT: u32 = 6;

const FILE: &str = "manifest.json";
const KIND: &str = "dateline index";
/// A longer file is no manifest, in bytes.
const LONGEST: u64 = 4096;

/// The manifest, written once, when the index is created.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// Distinguishes an index folder of ours from anybody else's files.
    kind: String,
    pub(crate) format: u32,
    /// The version of dateline that created the index.
    pub(crate) version: String,
    /// The stemmer that made its stems, with its version: words are found by no other.
    #[serde(default = "first_stemmer")]
    stemmer: String,
}

/// The stemmer of the indexes whose manifest names none: they were all made with this one.
fn first_stemmer() -> String {
    "frostem 1.20260821.8".into()
}

impl Manifest {
    pub(crate) fn current() -> Manifest {
        Manifest {
            kind: KIND.into(),
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").into(),
            stemmer: STEMMER.into(),
        }
    }

    /// Returns whether the folder claims to be an index, of whatever format.
    pub(crate) fn exists(folder: &Path) -> bool {
        folder.join(FILE).is_file()
    }

    /// Returns whether a folder is that of an index, even without its manifest: nothing else has segments and a
    /// catalog.
    pub(crate) fn is_index(folder: &Path) -> bool {
        Manifest::exists(folder) || has_parts(folder)
    }

    /// The folder's manifest, of whatever format. None if the file is missing or somebody else's.
    pub(crate) fn parse(folder: &Path) -> Option<Manifest> {
        let text = text(&folder.join(FILE)).ok()?;
        serde_json::from_str::<Manifest>(&text).ok().filter(|manifest| manifest.kind == KIND)
    }

    /// Reads the manifest of an index this version can use.
    pub(crate) fn read(folder: &Path) -> Result<Manifest> {
        let path = folder.join(FILE);
        let text = match text(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && has_parts(folder) => {
                return Err(damaged("its manifest is gone").at(folder));
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::new(ErrorKind::NoIndex, "there is no index here")
                    .at(folder)
                    .hint("make one: dateline index FOLDER"));
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {
                return Err(Error::new(ErrorKind::NoIndex, "this is a file, not the folder of an index").at(folder));
            }
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                return Err(damaged("its manifest is no manifest").at(path));
            }
            Err(error) => return Err(Error::io("cannot read the index", path, error)),
        };
        let manifest: Manifest =
            serde_json::from_str(&text).map_err(|_| damaged("its manifest is no manifest").at(&path))?;
        if manifest.kind != KIND {
            return Err(damaged("its manifest is of something else").at(path));
        }
        if manifest.format != FORMAT {
            let message = format!(
                "this index has format {}, written by dateline {}; dateline {} reads format {FORMAT}",
                manifest.format,
                manifest.version,
                env!("CARGO_PKG_VERSION")
            );
            return Err(Error::new(ErrorKind::IndexVersion, message).at(folder).hint(REBUILD));
        }
        if manifest.stemmer != STEMMER {
            let message = format!(
                "this index has the stems of {}; this dateline finds words by those of {STEMMER}",
                manifest.stemmer
            );
            return Err(Error::new(ErrorKind::IndexVersion, message).at(folder).hint(REBUILD));
        }
        Ok(manifest)
    }

    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        write_whole(&folder.join(FILE), self)
    }
}

/// The text of a manifest. A pipe, a device or a very long file of that name is never read: anybody can put one into an
/// archive.
fn text(path: &Path) -> std::io::Result<String> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() || metadata.len() > LONGEST {
        return Err(std::io::ErrorKind::InvalidData.into());
    }
    let mut text = String::new();
    fs::File::open(path)?.take(LONGEST).read_to_string(&mut text)?;
    Ok(text)
}

/// Returns whether a folder has the engine's list of parts.
pub(crate) fn has_list(folder: &Path) -> bool {
    folder.join("meta.json").is_file()
}

fn has_parts(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    let names: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.file_name())).collect();
    let any = |test: &dyn Fn(&str) -> bool| names.iter().any(|name| test(&name.to_string_lossy()));
    any(&|name| name.ends_with(".store")) && any(&|name| name.starts_with("catalog-") || name == "meta.json")
}

/// Writes JSON in such a way that a reader sees the old file or the new one, never a part of it.
pub(crate) fn write_whole<T: Serialize>(path: &Path, value: &T) -> Result<()> {
    let draft = path.with_extension("draft");
    let write = || -> std::io::Result<()> {
        let mut out = std::io::BufWriter::new(fs::File::create(&draft)?);
        serde_json::to_writer(&mut out, value)?;
        out.flush()?;
        out.get_ref().sync_all()?;
        fs::rename(&draft, path)
    };
    write().map_err(|error| Error::io("cannot write", path, error))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn read(fields: &str) -> Result<Manifest> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(
            folder.path().join(FILE),
            format!(r#"{{"kind":"{KIND}","format":{FORMAT},"version":"0.1.0"{fields}}}"#),
        )
        .unwrap();
        Manifest::read(folder.path())
    }

    #[test]
    fn an_index_that_names_no_stemmer_was_made_with_the_first() {
        assert_eq!(read("").unwrap().stemmer, first_stemmer());
    }

    #[test]
    fn stems_of_another_stemmer_are_never_searched() {
        for other in ["frostem 1.20200101.0", "frostem 2.0.0", "snowball 3", ""] {
            let error = read(&format!(r#","stemmer":"{other}""#)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::IndexVersion);
            assert!(error.message().contains(&format!("the stems of {other};")), "{}", error.message());
            assert!(error.message().contains(STEMMER) && error.advice() == Some(REBUILD));
        }
    }

    #[test]
    fn a_manifest_names_the_stemmer_it_was_written_with() {
        let folder = tempfile::tempdir().unwrap();
        Manifest::current().write(folder.path()).unwrap();
        assert_eq!(Manifest::read(folder.path()).unwrap().stemmer, STEMMER);
    }

    #[test]
    fn only_a_short_regular_file_is_a_manifest() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        Manifest::current().write(folder.path()).unwrap();
        assert!(Manifest::parse(folder.path()).is_some());
        let manifest = fs::read_to_string(&path).unwrap();
        fs::write(&path, manifest.replace('}', &format!("{}}}", " ".repeat(5000)))).unwrap();
        assert!(Manifest::parse(folder.path()).is_none());
        #[cfg(unix)]
        {
            fs::remove_file(&path).unwrap();
            std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
            assert!(Manifest::parse(folder.path()).is_none());
            assert_eq!(Manifest::read(folder.path()).unwrap_err().kind(), ErrorKind::Corrupt);
            fs::remove_file(&path).unwrap();
            let _socket = std::os::unix::net::UnixListener::bind(&path).unwrap();
            assert!(Manifest::parse(folder.path()).is_none());
        }
    }
}
