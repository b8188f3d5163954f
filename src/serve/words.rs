//! Words of a request, as they are compared and repeated.

/// The most characters of a request's words that are repeated.
const LONGEST: usize = 80;

/// Words of a request as they are repeated in an answer: on one line, harmless, and cut where they are long.
pub(crate) fn repeated(words: &str) -> String {
    let shown: String = crate::text::harmless(words).chars().take(LONGEST).collect();
    let dots = if words.chars().count() > LONGEST { "…" } else { "" };
    format!("\"{shown}{dots}\"")
}

/// The name that is most like a mistyped one. None if more than a third of the letters of every name differ.
pub(crate) fn nearest<'n>(wanted: &str, names: &[&'n str]) -> Option<&'n str> {
    let wanted = wanted.to_lowercase().replace('_', "-");
    let allowed = wanted.chars().count().div_ceil(3);
    let distances = names.iter().map(|name| (strsim::osa_distance(&wanted, name), *name));
    distances.filter(|(distance, _)| *distance <= allowed).min().map(|(_, name)| name)
}
