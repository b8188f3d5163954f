//! Rounding byte offsets to character boundaries.

/// The last character boundary at or before a byte, or the text's end if the byte is past it.
pub(crate) fn floor(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// The first character boundary at or after a byte, or the text's end if the byte is past it.
pub(crate) fn ceil(text: &str, byte: usize) -> usize {
    (byte..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_inside_a_character() {
        let text = "a漢b";
        let floors: Vec<usize> = (0..8).map(|byte| floor(text, byte)).collect();
        let ceils: Vec<usize> = (0..8).map(|byte| ceil(text, byte)).collect();
        assert_eq!(floors, [0, 1, 1, 1, 4, 5, 5, 5]);
        assert_eq!(ceils, [0, 1, 4, 4, 4, 5, 5, 5]);
    }
}
