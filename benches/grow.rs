//! A larger archive from a smaller one, to see what grows with it and how fast.
//!
//! Reads documents (`--documents`: JSON lines with `id`, `text` and perhaps `date`) and writes them `--copies` times to
//! `--out`: each copy a year later than the one before, its sentences in another order, its ids with the number of
//! the copy. The same input gives the same output.
//!
//! ```sh
//! cargo run --release --example grow -- --documents docs.jsonl --copies 4 --out large.jsonl
//! ```

mod options;
#[path = "archive/random.rs"]
mod random;

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};

use serde_json::{Map, Value};

use options::Options;
use random::Random;

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::read()?;
    let copies: u32 = options.required("copies")?.parse()?;

    let mut out = BufWriter::new(File::create(options.required("out")?)?);
    let mut random = Random::new(1);
    for copy in 0..copies {
        for line in BufReader::new(File::open(options.required("documents")?)?).lines() {
            let mut document: Map<String, Value> = serde_json::from_str(&line?)?;
            if copy > 0 {
                change(&mut document, copy, &mut random);
            }
            serde_json::to_writer(&mut out, &document)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(())
}

fn change(document: &mut Map<String, Value>, copy: u32, random: &mut Random) {
    let text = |document: &Map<String, Value>, name: &str| document.get(name)?.as_str().map(str::to_owned);
    if let Some(id) = text(document, "id") {
        document.insert("id".into(), format!("{id}~{copy}").into());
    }
    if let Some((year, rest)) = text(document, "date").as_deref().and_then(|date| date.split_at_checked(4))
        && let Ok(year) = year.parse::<u32>()
    {
        // A year later there is no 29 February.
        let rest = if rest == "-02-29" { "-02-28" } else { rest };
        document.insert("date".into(), format!("{:04}{rest}", year + copy).into());
    }
    if let Some(text) = text(document, "text") {
        let mut sentences: Vec<&str> = text.split_inclusive(". ").collect();
        random.shuffle(&mut sentences);
        document.insert("text".into(), sentences.concat().into());
    }
}
