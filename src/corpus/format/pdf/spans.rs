//! Runs of letters as they are drawn: letters drawn twice, and figures raised above a line.

use unpdf::parser::{TextLine, TextSpan};

/// The share of its size within which the same text drawn again was drawn twice to look bold. Letters that follow each
/// other are further apart.
const NEAR: f32 = 0.12;

/// The height, in points, of the rows in which such text is looked for.
const ROW: f32 = 4.0;

/// So many pieces at the most are looked at that may lie on a run.
const MOST_OVER: usize = 200;

/// A figure is raised if it stands higher above its line than this part of the line's size, and is smaller than this
/// part of it.
const RISE: f32 = 0.14;
const SMALLER: f32 = 0.85;

/// Leaves out what is drawn a second time at the same place, or nearly so, in one piece or in several.
pub(super) fn drop_doubles(spans: &mut Vec<TextSpan>) {
    let mut double = vec![false; spans.len()];
    // A second pass with shifted rows finds text on both sides of an edge between two rows.
    for shift in [0.0, ROW / 2.0] {
        let row = |at: usize| spans.get(at).map_or(0, |span| ((span.y + shift) / ROW).floor() as i64);
        let left = |at: usize| spans.get(at).map_or(0.0, |span| span.x);
        let mut order: Vec<usize> = (0..spans.len()).collect();
        order.sort_by(|&a, &b| row(a).cmp(&row(b)).then(left(a).total_cmp(&left(b))).then(a.cmp(&b)));
        for (place, &at) in order.iter().enumerate() {
            let Some(span) = spans.get(at).filter(|span| !span.text.trim().is_empty()) else { continue };
            let near = span.font_size.abs() * NEAR;
            // What lies on a long run begins within it.
            let reach = if span.width_measured { span.width.max(near) } else { near };
            let mut looked_at = 0;
            for &other in order.get(place + 1..).unwrap_or_default() {
                let Some(second) = spans.get(other).filter(|second| second.x - span.x <= reach) else { break };
                looked_at += 1;
                if row(other) != row(at) || looked_at > MOST_OVER {
                    break;
                }
                if (second.y - span.y).abs() > near {
                    continue;
                }
                let same = second.x - span.x <= near && second.text.trim_end() == span.text.trim_end();
                // Of the same piece the one that is drawn first stays, else the longer one.
                let again = if same { at.max(other) } else { other };
                if let Some(double) = double.get_mut(again).filter(|_| same || lies_on(second, span)) {
                    *double = true;
                }
            }
        }
    }
    let mut double = double.into_iter();
    spans.retain(|_| !double.next().unwrap_or(false));
}

/// Returns whether a piece is drawn over the same letters of a longer one.
fn lies_on(piece: &TextSpan, whole: &TextSpan) -> bool {
    let (words, line) = (piece.text.trim(), whole.text.as_str());
    let length = line.chars().count();
    let measured = piece.width_measured && whole.width_measured && whole.width > 0.0;
    if !measured || words.is_empty() || words.len() >= line.len() {
        return false;
    }
    let inside = piece.x + piece.width / 2.0 < whole.x + whole.width;
    // Letters are not all as wide as each other, so the place of a word is known roughly.
    let expected = (piece.x - whole.x) / whole.width * length as f32;
    let slack = 1.0 + length as f32 / 12.0;
    let at = |byte: usize| line.get(..byte).map_or(0, |before| before.chars().count()) as f32;
    inside && line.match_indices(words).any(|(byte, _)| (at(byte) - expected).abs() <= slack)
}

/// The text of a line. Figures of notes stand apart from the words that they are raised above.
pub(super) fn line_text(line: &TextLine) -> String {
    if !line.spans.iter().any(|span| is_raised(span, line)) {
        return line.text();
    }
    let mut apart = line.clone();
    for at in 0..apart.spans.len() {
        let before = at.checked_sub(1).and_then(|at| line.spans.get(at)).map_or("", |span| span.text.as_str());
        let after = line.spans.get(at + 1).map_or("", |span| span.text.as_str());
        let Some(span) = apart.spans.get_mut(at).filter(|span| is_raised(span, line)) else { continue };
        if is_power(&span.text, before) {
            continue;
        }
        if !before.is_empty() && !before.ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | '[')) {
            span.text.insert(0, ' ');
        }
        if after.starts_with(char::is_alphanumeric) {
            span.text.push(' ');
        }
    }
    apart.text()
}

/// Returns whether a span has only small figures above its line.
fn is_raised(span: &TextSpan, line: &TextLine) -> bool {
    let text = span.text.trim();
    !text.is_empty()
        && text.len() <= 8
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '*' | '\u{2020}' | '\u{2021}' | '-'))
        && span.font_size < line.font_size * SMALLER
        && span.y > line.y + line.font_size * RISE
}

/// Returns whether figures are a power: `m` or `km` with 2 or 3.
fn is_power(figures: &str, before: &str) -> bool {
    let letters = before.chars().rev().take_while(|c| c.is_alphabetic()).count();
    matches!(figures.trim(), "2" | "3") && (1..=2).contains(&letters)
}
