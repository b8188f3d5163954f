//! Running heads and feet: lines at the edges of pages that are repeated and differ only in the page number.

use std::collections::{HashMap, HashSet};

/// The lines at the top and at the bottom of a page that may be running heads and feet.
const DEEP: usize = 2;

/// The longest running head, in bytes.
const LONGEST: usize = 160;

/// A line at the edge of a page.
struct Edge<'a> {
    /// The place of the page, and of the line among all lines.
    page: usize,
    at: usize,
    line: &'a str,
    numbers: Vec<i64>,
}

/// The running heads and feet of a file, by their places among the lines of all pages.
#[derive(Debug, Default)]
pub(super) struct Furniture {
    /// The lines that repeat one before or behind them.
    pub(super) repeated: HashSet<usize>,
    /// The first of the heads and the last of the feet, unless they are only a number.
    pub(super) heads: HashSet<usize>,
    pub(super) feet: HashSet<usize>,
}

/// Finds the lines that are repeated at the edges of pages.
pub(super) fn find(pages: &[&[&str]]) -> Furniture {
    let mut found = Furniture::default();
    if pages.len() < 2 {
        return found;
    }
    for foot in [false, true] {
        let mut furniture = HashSet::new();
        for depth in 0..DEEP {
            let edges = edges(pages, foot, depth, &furniture);
            for mut same in alike(edges) {
                let enough = same.len() >= 3 || same.len() == 2 && pages.len() <= 4;
                if !enough {
                    continue;
                }
                furniture.extend(same.iter().map(|edge| edge.at));
                let is_number =
                    same.iter().all(|edge| roman(edge.line).is_some() || !edge.line.contains(char::is_alphabetic));
                if !is_number {
                    let kept = same.remove(if foot { same.len() - 1 } else { 0 });
                    if foot { &mut found.feet } else { &mut found.heads }.insert(kept.at);
                }
                found.repeated.extend(same.iter().map(|edge| edge.at));
            }
        }
    }
    found
}

/// The lines at this depth from an edge of each page, if all lines nearer to the edge are furniture.
fn edges<'a>(pages: &[&[&'a str]], foot: bool, depth: usize, furniture: &HashSet<usize>) -> Vec<Edge<'a>> {
    let mut begin = 0;
    let mut edges = Vec::new();
    for (page, lines) in pages.iter().enumerate() {
        let place = |depth: usize| if foot { begin + lines.len() - 1 - depth } else { begin + depth };
        // Lines in the middle of a page are text.
        let near = lines.len() > 2 * depth + 1 && (0..depth).all(|nearer| furniture.contains(&place(nearer)));
        if near && let Some(line) = lines.get(place(depth) - begin).filter(|line| line.len() <= LONGEST) {
            edges.push(Edge { page, at: place(depth), line, numbers: numbers(line) });
        }
        begin += lines.len();
    }
    edges
}

/// Groups lines that differ only in numbers, if these numbers are equal too or count the pages.
fn alike(edges: Vec<Edge<'_>>) -> Vec<Vec<Edge<'_>>> {
    let mut groups: HashMap<String, Vec<Edge>> = HashMap::new();
    for edge in edges {
        let line = if roman(edge.line).is_some() { "" } else { edge.line };
        let shape: Vec<&str> = line.split(|c: char| c.is_ascii_digit() || c.is_whitespace()).collect();
        let shape: String = shape.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        groups.entry(format!("{} {}", edge.numbers.len(), shape.to_lowercase())).or_default().push(edge);
    }
    let mut alike = Vec::new();
    for group in groups.into_values() {
        // Each group has the number from which its first differing number counts. Lines of the issues in a bundle have
        // one each.
        let mut counted: HashMap<Vec<(bool, i64)>, Vec<Edge>> = HashMap::new();
        let steady: Vec<bool> = (0..group.first().map_or(0, |edge| edge.numbers.len()))
            .map(|place| {
                let mut values = group.iter().filter_map(|edge| edge.numbers.get(place));
                let first = values.next();
                values.all(|value| Some(value) == first)
            })
            .collect();
        for edge in group {
            let page = i64::try_from(edge.page).unwrap_or(i64::MAX);
            let key = edge.numbers.iter().zip(&steady);
            let key =
                key.map(|(number, steady)| (*steady, if *steady { *number } else { number.saturating_sub(page) }));
            counted.entry(key.collect()).or_default().push(edge);
        }
        alike.extend(counted.into_values());
    }
    alike
}

fn numbers(line: &str) -> Vec<i64> {
    if let Some(number) = roman(line) {
        return vec![number];
    }
    let runs = line.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    runs.map(|run| run.parse().unwrap_or(i64::MAX)).collect()
}

/// The number of a page in Roman figures, if a line is nothing else: `xiv`, `- iv -`.
fn roman(line: &str) -> Option<i64> {
    let figures = line.trim_matches(|c: char| !c.is_alphanumeric());
    if figures.is_empty() || figures.len() > 8 {
        return None;
    }
    let value = |c: char| match c.to_ascii_lowercase() {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        _ => None,
    };
    let values: Vec<i64> = figures.chars().map(value).collect::<Option<_>>()?;
    let signed = values.iter().enumerate().map(|(at, value)| match values.get(at + 1) {
        Some(next) if next > value => -value,
        _ => *value,
    });
    Some(signed.sum())
}
