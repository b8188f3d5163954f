//! A larger archive from a smaller one, to see what grows with it and how fast.
//!
//! Reads documents (`--documents`: JSON lines with `id`, `text` and perhaps `date`) and writes them `--copies` times to
//! `--out`: each copy a year later than the one before, its sentences in another order, its ids with the number of
//! the copy. The same input gives the same output.
//!
//! ```sh
//! cargo run --release --example grow -- --documents docs.jsonl --copies 4 --out large.jsonl
//! ```

use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};

use serde_json::{Map, Value};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let options: HashMap<&str, &str> = words
        .chunks_exact(2)
        .filter_map(|pair| Some((pair.first()?.strip_prefix("--")?, pair.get(1)?.as_str())))
        .collect();
    let option = |name: &str| options.get(name).copied().ok_or(format!("--{name} is missing"));
    let copies: u32 = option("copies")?.parse()?;

    let mut out = BufWriter::new(File::create(option("out")?)?);
    let mut random = 1;
    for copy in 0..copies {
        for line in BufReader::new(File::open(option("documents")?)?).lines() {
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

fn change(document: &mut Map<String, Value>, copy: u32, random: &mut u64) {
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
        for last in (1..sentences.len()).rev() {
            sentences.swap(last, (next(random) % (last as u64 + 1)) as usize);
        }
        document.insert("text".into(), sentences.concat().into());
    }
}

/// A generator after Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014): SplitMix64.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
