//! A catalog as bytes, for engines to keep.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::codec::{Bytes, Written};
use super::file_state::{FileState, Noted, PieceState};
use super::files::Catalog;

/// The bytes of a catalog, without its archives, which are kept beside it.
pub(crate) fn encode(catalog: &Catalog) -> Vec<u8> {
    let mut out = Written::default();
    out.signed(catalog.began);
    let mut former = "";
    out.list(catalog.files.iter(), |out, (key, state)| {
        // Files of one folder follow each other, so their paths share a beginning.
        let shared = common(former, key);
        out.number(shared as u64);
        out.text(&key[shared..]);
        write_state(out, key, state);
        former = key;
    });
    out.0
}

/// Reads a catalog of this format or of a former one. None if it is neither.
pub(crate) fn decode(bytes: &[u8]) -> Option<Catalog> {
    if bytes.first() == Some(&b'{') {
        return serde_json::from_slice::<Former>(bytes).ok().map(Catalog::from);
    }
    let mut bytes = Bytes(bytes);
    let began = bytes.signed()?;
    let mut former = String::new();
    let files = bytes.list(|bytes| {
        let shared = usize::try_from(bytes.number()?).ok()?;
        let key = [former.get(..shared)?, bytes.text()?].concat();
        let state = read_state(bytes, &key)?;
        former.clone_from(&key);
        Some((key, Arc::new(state)))
    })?;
    bytes.0.is_empty().then_some(Catalog { began, files, ..Catalog::default() })
}

/// A catalog of format 3 and before: JSON.
#[derive(Deserialize)]
struct Former {
    began: i64,
    files: BTreeMap<String, FileState>,
}

impl From<Former> for Catalog {
    fn from(Former { began, files }: Former) -> Catalog {
        let files = files.into_iter().map(|(key, state)| (key, Arc::new(state))).collect();
        Catalog { began, files, ..Catalog::default() }
    }
}

/// The number of bytes that two texts share at their beginnings, in whole characters.
fn common(a: &str, b: &str) -> usize {
    let bytes = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    (0..=bytes).rev().find(|at| b.is_char_boundary(*at) && a.is_char_boundary(*at)).unwrap_or(0)
}

fn write_pieces(out: &mut Written, pieces: &[PieceState]) {
    out.list(pieces.iter(), |out, piece| {
        out.bytes(&piece.number.to_le_bytes());
        [piece.documents, piece.skipped, piece.failed].into_iter().for_each(|count| out.number(count));
    });
}

fn write_state(out: &mut Written, key: &str, state: &FileState) {
    let FileState { bytes, modified, hash, seed, .. } = state;
    out.number(*bytes);
    out.option(*modified, Written::signed);
    out.option(*hash, |out, hash| out.bytes(&hash.to_le_bytes()));
    // The seed is nearly always the end of the path, so its length plus one is written.
    match key.ends_with(seed.as_str()) {
        true => out.number(seed.len() as u64 + 1),
        false => {
            out.number(0);
            out.text(seed);
        }
    }
    write_pieces(out, &state.pieces);
    out.number(state.documents);
    let FileState {
        file_times,
        corrected,
        corrected_ids,
        leftover,
        skipped,
        failed,
        problems,
        reader,
        former_seeds,
        ..
    } = state;
    let told = *skipped > 0 || *failed > 0 || !problems.is_empty() || reader.is_some();
    let corrections = *corrected != 0 || !corrected_ids.is_empty();
    let flags = [*file_times, corrections, !leftover.is_empty(), told, !former_seeds.is_empty()];
    out.number(flags.iter().rev().fold(0, |all, flag| all << 1 | u64::from(*flag)));
    if corrections {
        out.number(*corrected);
        out.list(corrected_ids.iter(), |out, (id, mark)| {
            out.text(id);
            out.number(*mark);
        });
    }
    if !leftover.is_empty() {
        write_pieces(out, leftover);
    }
    if told {
        out.number(*skipped);
        out.number(*failed);
        out.list(problems.iter(), |out, Noted { piece, line, member, reason }| {
            out.number(*piece);
            out.option(*line, |out, line| out.number(line.into()));
            out.option(member.as_deref(), Written::text);
            out.text(reason);
        });
        out.option(reader.as_deref(), Written::text);
    }
    if !former_seeds.is_empty() {
        out.list(former_seeds.iter(), |out, seed| out.text(seed));
    }
}

fn read_pieces(bytes: &mut Bytes<'_>) -> Option<Vec<PieceState>> {
    bytes.list(|bytes| {
        let number = u64::from_le_bytes(bytes.take()?);
        let [documents, skipped, failed] = [bytes.number()?, bytes.number()?, bytes.number()?];
        Some(PieceState { number, documents, skipped, failed })
    })
}

fn read_state(bytes: &mut Bytes<'_>, key: &str) -> Option<FileState> {
    let size = bytes.number()?;
    let modified = bytes.option(Bytes::signed)?;
    let hash = bytes.option(|bytes| Some(u128::from_le_bytes(bytes.take()?)))?;
    let seed = match usize::try_from(bytes.number()?).ok()? {
        0 => bytes.owned()?,
        length => key.get(key.len().checked_sub(length - 1)?..)?.to_owned(),
    };
    let pieces = read_pieces(bytes)?;
    let documents = bytes.number()?;
    let mut state = FileState { bytes: size, modified, hash, seed, pieces, documents, ..FileState::default() };
    let flags = bytes.number()?;
    let flag = |at: u32| flags >> at & 1 == 1;
    state.file_times = flag(0);
    if flag(1) {
        state.corrected = bytes.number()?;
        state.corrected_ids = bytes.list(|bytes| Some((bytes.owned()?, bytes.number()?)))?;
    }
    if flag(2) {
        state.leftover = read_pieces(bytes)?;
    }
    if flag(3) {
        (state.skipped, state.failed) = (bytes.number()?, bytes.number()?);
        state.problems = bytes.list(|bytes| {
            let piece = bytes.number()?;
            let line = bytes.option(|bytes| u32::try_from(bytes.number()?).ok())?;
            Some(Noted { piece, line, member: bytes.option(Bytes::owned)?, reason: bytes.owned()? })
        })?;
        state.reader = bytes.option(Bytes::owned)?;
    }
    if flag(4) {
        state.former_seeds = bytes.list(Bytes::owned)?;
    }
    Some(state)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn catalog() -> Catalog {
        let plain = FileState {
            bytes: 3,
            modified: Some(1_763_860_000_123_456_789),
            hash: Some(u128::MAX / 7),
            seed: "b.txt".into(),
            pieces: vec![PieceState { number: u64::MAX - 5, documents: 1, skipped: 0, failed: 0 }],
            documents: 1,
            ..FileState::default()
        };
        let noted = Noted { piece: 2, line: Some(7), member: Some("x/y".into()), reason: "brøken".into() };
        let rich = FileState {
            modified: Some(-5),
            seed: "another\0/é".into(),
            former_seeds: vec!["old/é".into(), "é".into()],
            file_times: true,
            corrected: 9,
            corrected_ids: BTreeMap::from([("id".to_string(), 4)]),
            leftover: plain.pieces.clone(),
            skipped: 2,
            failed: 1,
            problems: vec![noted, Noted { piece: u64::MAX, reason: "a link".into(), ..Noted::default() }],
            reader: Some("pdf".into()),
            ..plain.clone()
        };
        let empty = FileState::default();
        let files = [("/a/b.txt", plain), ("/a/bé", rich), ("/a/bè", empty.clone()), ("", empty)];
        let files = files.into_iter().map(|(key, state)| (key.to_string(), Arc::new(state)));
        Catalog { began: -1, files: files.collect(), ..Catalog::default() }
    }

    #[test]
    fn a_catalog_comes_back_as_it_was() {
        let back = decode(&encode(&catalog())).unwrap();
        assert_eq!((back.began, back.files), (catalog().began, catalog().files));
    }

    #[test]
    fn a_catalog_that_is_cut_or_goes_on_is_none() {
        let whole = encode(&catalog());
        assert!(decode(&whole).is_some());
        for cut in 0..whole.len() {
            assert!(decode(&whole[..cut]).is_none(), "cut to {cut} bytes");
        }
        assert!(decode(&[whole.as_slice(), &[0]].concat()).is_none());
    }

    #[test]
    fn catalogs_of_former_formats_are_read() {
        let former = r#"{"began":5,"files":{"/a":{"bytes":3,"modified":9,"hash":"000000000000000000000000000000ff",
            "seed":"a","pieces":[[7,1,0,0]],"documents":1,"skipped":1,"problems":[{"reason":"x"}]}}}"#;
        let catalog = decode(former.as_bytes()).unwrap();
        let state = &catalog.files["/a"];
        assert_eq!((catalog.began, state.hash, state.pieces[0].number), (5, Some(255), 7));
        assert_eq!(state.problems[0].reason, "x");
    }
}
