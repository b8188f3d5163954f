//! One budget for every answer: as many of its parts as fit, and the most text of each.

use serde_json::Value;

/// How much of an answer is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Room {
    /// The first so many parts.
    pub(super) parts: usize,
    /// At most so many characters of each text.
    pub(super) chars: usize,
}

/// An answer as it is sent: as an object and as text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shown {
    pub(super) structured: Value,
    pub(super) text: String,
}

/// An answer that can be shown in less room.
pub(super) trait Sizable {
    /// How many parts it has; the last is left out first.
    fn parts(&self) -> usize;
    /// The characters of a text below which a part is rather left out than its text cut further.
    fn least(&self) -> usize;
    /// The characters of its longest text.
    fn longest(&self) -> usize;
    /// The answer in this room. More room never makes it shorter.
    fn show(&self, room: Room) -> Shown;
}

impl Shown {
    /// The characters that a client gets: the object, and the text as a string of JSON.
    pub(super) fn size(&self) -> usize {
        let text = Value::from(self.text.as_str()).to_string();
        self.structured.to_string().chars().count() + text.chars().count()
    }
}

/// The room in which an answer has at most `most` characters: as many parts as fit, and of their texts as much as leaves
/// no more than a [`SLACK`] of the budget unused. The room is none if not even the answer's frame fits.
pub(super) fn fit(answer: &impl Sizable, most: usize) -> (Room, Shown) {
    let show = |parts, chars| Fitting::of(answer, Room { parts, chars });
    let longest = answer.longest();
    let whole = show(answer.parts(), longest);
    // Most answers fit whole.
    if whole.size <= most {
        return whole.done();
    }
    let least = answer.least().min(longest);
    let mut best = show(answer.parts(), least);
    if best.size > most {
        let parts = largest(0, answer.parts(), |parts| show(parts, least).size <= most);
        best = show(parts, least);
        if parts == 0 && answer.parts() > 0 {
            let smallest = show(1, 0);
            best = if smallest.size <= most { smallest } else { best };
        }
    }
    if best.room.parts == 0 {
        return best.done();
    }
    let parts = best.room.parts;
    let mut over = if parts == whole.room.parts { whole } else { show(parts, longest) };
    if over.size <= most {
        return over.done();
    }
    let mut is_halved = false;
    while over.room.chars - best.room.chars > 1 && most - best.size > most / SLACK {
        let between = over.room.chars - best.room.chars;
        // Sizes grow about evenly with the room, so the place is guessed from both ends; every second time the middle is
        // taken, so that no text makes this long.
        let step = if is_halved { between / 2 } else { between * (most - best.size) / (over.size - best.size) };
        is_halved = !is_halved;
        let tried = show(parts, best.room.chars + step.clamp(1, between - 1));
        if tried.size <= most { best = tried } else { over = tried }
    }
    best.done()
}

/// The part of the budget that may be left unused, as its reciprocal: looking for the last character is not worth a
/// third of the work.
const SLACK: usize = 32;

/// An answer in a room, and how many characters it has.
struct Fitting {
    room: Room,
    shown: Shown,
    size: usize,
}

impl Fitting {
    fn of(answer: &impl Sizable, room: Room) -> Fitting {
        let shown = answer.show(room);
        Fitting { room, size: shown.size(), shown }
    }

    fn done(self) -> (Room, Shown) {
        (self.room, self.shown)
    }
}

/// The largest number in a range that passes; the first one if none does. Whatever passes, so does what is below it.
fn largest(from: usize, to: usize, passes: impl Fn(usize) -> bool) -> usize {
    let (mut good, mut bad) = (from, to + 1);
    while bad - good > 1 {
        let middle = good + (bad - good) / 2;
        if passes(middle) { good = middle } else { bad = middle }
    }
    good
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Texts(Vec<usize>);

    impl Sizable for Texts {
        fn parts(&self) -> usize {
            self.0.len()
        }

        fn least(&self) -> usize {
            20
        }

        fn longest(&self) -> usize {
            self.0.iter().copied().max().unwrap_or(0)
        }

        fn show(&self, room: Room) -> Shown {
            let texts: Vec<String> =
                self.0.iter().take(room.parts).map(|length| "x".repeat((*length).min(room.chars))).collect();
            Shown { text: texts.join("\n"), structured: texts.into() }
        }
    }

    #[test]
    fn what_fits_is_whole_and_what_does_not_is_cut_evenly_and_then_left_out() {
        let (room, shown) = fit(&Texts(vec![100, 100]), 1_000);
        assert_eq!((room, shown.structured[0].as_str().map(str::len)), (Room { parts: 2, chars: 100 }, Some(100)));
        let (room, shown) = fit(&Texts(vec![500, 10, 500]), 600);
        assert_eq!(room.parts, 3);
        assert!(room.chars > 100 && shown.size() <= 600, "{room:?}");
        let (room, shown) = fit(&Texts(vec![500; 50]), 600);
        assert!(room.parts < 50 && room.parts > 5 && shown.size() <= 600, "{room:?}");
    }

    #[test]
    fn a_single_part_is_cut_below_the_least_rather_than_left_out() {
        let (room, shown) = fit(&Texts(vec![500]), 24);
        assert_eq!(room.parts, 1);
        assert!(room.chars < 20 && shown.size() <= 24, "{room:?}");
    }

    #[test]
    fn nothing_to_show_has_no_parts() {
        assert_eq!(fit(&Texts(Vec::new()), 600).0, Room { parts: 0, chars: 0 });
    }
}
