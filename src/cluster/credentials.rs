//! Who asks a cluster: a user with a password, or a key, from the environment or from files that it names.

use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::error::{Error, ErrorKind, Result};

const USER: &str = "DATELINE_CLUSTER_USER";
const PASSWORD: &str = "DATELINE_CLUSTER_PASSWORD";
const KEY: &str = "DATELINE_CLUSTER_API_KEY";
/// What the name of a variable ends in that names a file.
const FILE: &str = "_FILE";
/// The bytes of a file that are read at most.
const LONGEST: u64 = 64 << 10;

/// What is sent with every request to say who asks. It is never printed.
pub(crate) struct Credentials {
    authorization: Option<String>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("is_anybody", &self.authorization.is_some()).finish()
    }
}

impl Credentials {
    /// Those of the environment, if it has any.
    pub(crate) fn of_environment() -> Result<Credentials> {
        Credentials::of(|name| std::env::var_os(name))
    }

    fn of(variable: impl Fn(&str) -> Option<OsString>) -> Result<Credentials> {
        let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
        let key = secret(&variable, KEY)?;
        if let Some(key) = key {
            // It is written into the head of a request as it stands.
            if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(unusable(KEY, "no key has spaces, line ends or letters that are not of ASCII"));
            }
            return Ok(Credentials { authorization: Some(format!("ApiKey {key}")) });
        }
        let Some(user) = variable(USER) else { return Ok(Credentials { authorization: None }) };
        let user = text(USER, user)?;
        let password = secret(&variable, PASSWORD)?.unwrap_or_default();
        let authorization = format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}")));
        Ok(Credentials { authorization: Some(authorization) })
    }

    /// The value of the header `authorization`.
    pub(crate) fn authorization(&self) -> Option<&str> {
        self.authorization.as_deref()
    }
}

/// What a variable holds, or the first line of the file that the variable of the longer name names.
fn secret(variable: &impl Fn(&str) -> Option<OsString>, name: &str) -> Result<Option<String>> {
    let longer = format!("{name}{FILE}");
    match (variable(name), variable(&longer)) {
        (None, None) => Ok(None),
        (Some(value), None) => text(name, value).map(Some),
        (None, Some(path)) => first_line(&longer, &PathBuf::from(path)).map(Some),
        (Some(_), Some(_)) => Err(unusable(name, &format!("{longer} is set too, and only one of them can be meant"))),
    }
}

fn text(name: &str, value: OsString) -> Result<String> {
    value.into_string().map_err(|_| unusable(name, "it is no Unicode"))
}

fn first_line(name: &str, path: &PathBuf) -> Result<String> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(LONGEST).read_to_string(&mut text));
    read.map_err(|error| unusable(name, &format!("{} cannot be read", path.display())).because(error))?;
    match text.lines().next().unwrap_or_default().trim() {
        "" => Err(unusable(name, &format!("the first line of {} is empty", path.display()))),
        line => Ok(line.to_owned()),
    }
}

fn unusable(name: &str, why: &str) -> Error {
    Error::new(ErrorKind::Io, format!("the variable {name} is of no use: {why}"))
        .hint("who asks the cluster is told in variables: dateline help cluster")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of(variables: &[(&str, &str)]) -> Result<Credentials> {
        let find = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
        Credentials::of(find)
    }

    #[test]
    fn a_password_and_a_key_come_from_a_variable_or_from_the_first_line_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        std::fs::write(&path, "  word \r\nanother\n").unwrap();
        let file = path.to_str().unwrap();
        let user = Some("Basic dXNlcjp3b3Jk");
        for (variables, sent) in [
            (vec![], None),
            (vec![(PASSWORD, "word")], None),
            (vec![(USER, "user"), (PASSWORD, "word")], user),
            (vec![(USER, "user"), ("DATELINE_CLUSTER_PASSWORD_FILE", file)], user),
            (vec![(USER, "user"), (PASSWORD, "word"), ("DATELINE_CLUSTER_PASSWORD_FILE", "")], user),
            (vec![(USER, "user"), (PASSWORD, "word"), (KEY, "key")], Some("ApiKey key")),
            (vec![("DATELINE_CLUSTER_API_KEY_FILE", file)], Some("ApiKey word")),
        ] {
            assert_eq!(of(&variables).unwrap().authorization(), sent, "{variables:?}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_told_without_the_secret() {
        let folder = tempfile::tempdir().unwrap();
        let empty = folder.path().join("empty");
        std::fs::write(&empty, "\nword\n").unwrap();
        let (empty, none) = (empty.to_str().unwrap(), folder.path().join("none"));
        for (variables, told) in [
            (vec![("DATELINE_CLUSTER_API_KEY_FILE", none.to_str().unwrap())], "none cannot be read: "),
            (vec![("DATELINE_CLUSTER_API_KEY_FILE", empty)], "empty is empty"),
            (vec![("DATELINE_CLUSTER_API_KEY_FILE", folder.path().to_str().unwrap())], "cannot be read: "),
            (vec![(KEY, "word"), ("DATELINE_CLUSTER_API_KEY_FILE", empty)], "only one of them"),
            (vec![(KEY, "two words")], "no key has spaces"),
            (vec![(USER, "user"), (PASSWORD, "word"), ("DATELINE_CLUSTER_PASSWORD_FILE", empty)], "only one of them"),
        ] {
            let error = of(&variables).unwrap_err();
            assert!(error.to_string().contains(told) && !error.to_string().contains("word"), "{error}");
            assert_eq!(error.kind(), ErrorKind::Io);
        }
    }

    #[test]
    fn a_secret_is_never_shown() {
        for variables in [[(USER, "user"), (PASSWORD, "word")], [(KEY, "word"), (PASSWORD, "word")]] {
            let shown = format!("{:?}", of(&variables).unwrap());
            assert!(!shown.contains("word") && !shown.contains("d29yZ") && !shown.contains("dXNlcj"), "{shown}");
        }
    }
}
