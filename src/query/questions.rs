//! A list of questions, one a line, answered on all processors.

use std::collections::VecDeque;
use std::io::{BufRead, Read};
use std::panic::resume_unwind;
use std::thread;

use crate::error::{Error, ErrorKind, Result};
use crate::note::{Note, NoteKind};

/// Questions read before their answers are given out. Their answers are in memory together.
const BLOCK: usize = 64;

/// Longest question, in bytes: the rest of a longer line is left out, with a note.
const LONGEST: u64 = 1 << 20;

/// One question of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Question {
    /// The text before the tab of its line, else the number of the line.
    pub id: String,
    /// The question as typed.
    pub query: String,
    /// The fault in its line.
    pub note: Option<Note>,
}

/// The questions of a list: a line is a question, or an id, a tab and a question; empty lines are passed over. A byte
/// order mark is no part of the first.
///
/// ```
/// use dateline::Questions;
///
/// let list = "harbour fire\n\nq7\tsea wall\n".as_bytes();
/// let answers: Result<Vec<_>, _> = Questions::new(list).answers(|question| question.query.len()).collect();
/// let told: Vec<_> = answers?.into_iter().map(|(question, length)| (question.id, length)).collect();
/// assert_eq!(told, [("1".to_string(), 12), ("q7".to_string(), 8)]);
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Debug)]
pub struct Questions<R> {
    bytes: R,
    number: u64,
}

impl<R: BufRead> Questions<R> {
    /// Reads questions from here.
    pub fn new(bytes: R) -> Questions<R> {
        Questions { bytes, number: 0 }
    }

    /// Asks each question on any of the machine's processors, and gives the answers in the order of the list. A block of
    /// 64 is read and asked before its answers are given out. Ends after the first line that cannot be read, with the
    /// error.
    ///
    /// # Panics
    ///
    /// Where `ask` does, so that no question goes unanswered in silence.
    pub fn answers<T, F>(self, ask: F) -> impl Iterator<Item = Result<(Question, T)>>
    where
        T: Send,
        F: Fn(&Question) -> T + Sync,
    {
        let mut lines = self;
        let mut waiting: VecDeque<Result<(Question, T)>> = VecDeque::new();
        let mut failed = false;
        std::iter::from_fn(move || {
            if waiting.is_empty() && !failed {
                let mut block = Vec::new();
                let mut error = None;
                for line in lines.by_ref().take(BLOCK) {
                    match line {
                        Ok(question) => block.push(question),
                        Err(found) => {
                            error = Some(found);
                            break;
                        }
                    }
                }
                failed = error.is_some();
                waiting.extend(answered(block, &ask).into_iter().map(Ok).chain(error.map(Err)));
            }
            waiting.pop_front()
        })
    }
}

/// A block of questions asked on all processors, in their order.
fn answered<T: Send>(block: Vec<Question>, ask: &(impl Fn(&Question) -> T + Sync)) -> Vec<(Question, T)> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = block.len().div_ceil(threads).max(1);
    let mut rest: VecDeque<Question> = block.into();
    let mut shares = Vec::new();
    while !rest.is_empty() {
        let tail = rest.split_off(share.min(rest.len()));
        shares.push(std::mem::replace(&mut rest, tail));
    }
    let one = |question: Question| {
        let answer = ask(&question);
        (question, answer)
    };
    let one = &one;
    thread::scope(|scope| {
        let workers: Vec<_> = shares
            .into_iter()
            .map(|share| scope.spawn(move || share.into_iter().map(one).collect::<Vec<_>>()))
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|fault| resume_unwind(fault))).collect()
    })
}

impl<R: BufRead> Iterator for Questions<R> {
    type Item = Result<Question>;

    fn next(&mut self) -> Option<Result<Question>> {
        loop {
            let mut bytes = Vec::new();
            match self.bytes.by_ref().take(LONGEST).read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => return Some(Err(unreadable(error))),
            }
            self.number += 1;
            let mut note = None;
            if bytes.len() as u64 == LONGEST && !bytes.ends_with(b"\n") {
                let message = format!("the line is longer than {} MB; its end is left out", LONGEST >> 20);
                note = Some(Note::new(NoteKind::Line, message));
                if let Err(error) = self.bytes.skip_until(b'\n') {
                    return Some(Err(unreadable(error)));
                }
            }
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").filter(|_| self.number == 1).unwrap_or(&bytes);
            if std::str::from_utf8(bytes).is_err() {
                let message = "the line is not UTF-8; what cannot be read stands as \u{fffd}";
                note = Some(Note::new(NoteKind::Line, message));
            }
            let text = String::from_utf8_lossy(bytes);
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            let (id, query) = match text.split_once('\t') {
                Some((id, query)) if !id.trim().is_empty() => (id.trim().to_string(), query.trim()),
                _ => (self.number.to_string(), text),
            };
            return Some(Ok(Question { id, query: query.to_string(), note }));
        }
    }
}

/// The error for a list of questions that cannot be read: it was named by mistake.
fn unreadable(error: std::io::Error) -> Error {
    Error::new(ErrorKind::Argument, "cannot read").because(error)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn lines_are_questions_with_or_without_an_id() {
        let list = b"\xef\xbb\xbfharbour fire\n\n  \nq7\tsea wall\r\n\tno id\nbad \xff byte".as_slice();
        let read: Vec<Question> = Questions::new(list).map(Result::unwrap).collect();
        let told: Vec<_> =
            read.iter().map(|question| (&*question.id, &*question.query, question.note.is_some())).collect();
        let expected = [
            ("1", "harbour fire", false),
            ("q7", "sea wall", false),
            ("5", "no id", false),
            ("6", "bad \u{fffd} byte", true),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn answers_come_in_the_order_of_the_list_however_many_there_are() {
        let list: String = (0..2 * BLOCK + 3).map(|number| format!("question {number}\n")).collect();
        let answers: Vec<_> = Questions::new(list.as_bytes()).answers(|question| question.query.clone()).collect();
        assert_eq!(answers.len(), 2 * BLOCK + 3);
        for (number, answer) in answers.into_iter().enumerate() {
            let (question, answer) = answer.unwrap();
            assert_eq!((question.id, answer), ((number + 1).to_string(), format!("question {number}")));
        }
    }

    #[test]
    fn a_line_too_long_is_cut_and_the_next_one_is_whole() {
        let list = format!("{}\nnext\n", "a".repeat(LONGEST as usize + 5));
        let read: Vec<Question> = Questions::new(list.as_bytes()).map(Result::unwrap).collect();
        assert_eq!((read[0].query.len() as u64, read[0].note.is_some()), (LONGEST, true));
        assert_eq!((&*read[1].query, read.len()), ("next", 2));
    }
}
