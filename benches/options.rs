//! The words of a command line as pairs of a name and a value: `--index DIR --k 1000`.

// Each program that includes this asks for its own.
#![allow(dead_code)]

use std::collections::HashMap;
use std::error::Error;
use std::str::FromStr;

pub(crate) struct Options(HashMap<String, String>);

impl Options {
    /// Those this program was started with. Fails for a word that is no name, and for a name without a value.
    pub(crate) fn read() -> Result<Options, Box<dyn Error>> {
        let mut options = HashMap::new();
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let name = word.strip_prefix("--").ok_or(format!("unexpected word {word}"))?;
            let value = words.next().ok_or(format!("--{name} needs a value"))?;
            options.insert(name.to_string(), value);
        }
        Ok(Options(options))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// One that must be there.
    pub(crate) fn required(&self, name: &str) -> Result<&str, String> {
        self.get(name).ok_or(format!("--{name} is missing"))
    }

    pub(crate) fn number<N: FromStr>(&self, name: &str, otherwise: N) -> Result<N, N::Err> {
        self.get(name).map_or(Ok(otherwise), str::parse)
    }
}
