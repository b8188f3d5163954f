//! Writes the list of copies, which `list` reads.

use std::io::{self, Write};
use std::path::Path;

use tantivy::directory::{Directory, TerminatingWrite};

use super::list::{CopyList, NO_STORY, encode_row, file_of, read};
use crate::backend::copies::{Row, Sharing, Story};
use crate::catalog::codec::Written;
use crate::error::{Error, ErrorKind, Result};
use crate::index::storage::commit::Payload;
use crate::text::FigureChange;

/// Stories in the bytes of the file they will be in: an archive may have as many stories as documents.
#[derive(Default)]
pub(crate) struct Filing {
    /// The rows, with the numbers of their documents.
    rows: Vec<(u64, Row)>,
    stories: Vec<u8>,
    /// The number of these documents.
    pub(crate) count: usize,
}

impl Filing {
    /// Adds a story.
    pub(crate) fn add(&mut self, story: &Story) {
        let mut bytes = Written::default();
        write_story(&mut bytes, story);
        self.enter(story, &bytes.0);
    }

    /// Adds a story from another list, at a place that a row of that list names.
    pub(crate) fn keep(&mut self, filed: &CopyList, at: u64) -> Result<()> {
        let (story, bytes) = filed.story_at(at)?;
        self.enter(&story, &read(&filed.stories, bytes)?);
        Ok(())
    }

    fn enter<F>(&mut self, story: &Story<F>, bytes: &[u8]) {
        let at = self.stories.len() as u64;
        self.rows.push((story.lead, Row { story: at, place: 0, version: story.lead, whole: u8::MAX }));
        for (place, member) in (1..).zip(&story.members) {
            let (version, whole) = member.version();
            self.rows.push((member.number, Row { story: at, place, version, whole }));
        }
        self.stories.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        self.stories.extend_from_slice(bytes);
        self.count += 1;
    }

    /// Writes the file for the commit with this stamp, and returns its name. All documents with numbers below
    /// `compared` have been compared, and `sharing` are those with a text in common.
    pub(crate) fn write(
        mut self,
        directory: &dyn Directory,
        stamp: u64,
        compared: u64,
        sharing: impl ExactSizeIterator<Item = Sharing> + Clone,
    ) -> Result<String> {
        self.rows.sort_unstable_by_key(|(number, _)| *number);
        let of_stories = self.rows.len();
        for number in sharing.clone().flat_map(|pair| [pair.first, pair.second]) {
            if self.rows[..of_stories].binary_search_by_key(&number, |(number, _)| *number).is_err() {
                self.rows.push((number, Row { story: NO_STORY, place: 0, version: number, whole: u8::MAX }));
            }
        }
        self.rows.sort_unstable_by_key(|(number, _)| *number);
        self.rows.dedup_by_key(|(number, _)| *number);
        write_file(directory, stamp, |out| {
            for number in [compared, self.rows.len() as u64, self.stories.len() as u64] {
                out.write_all(&number.to_le_bytes())?;
            }
            self.rows.iter().try_for_each(|(number, _)| out.write_all(&number.to_le_bytes()))?;
            self.rows.iter().try_for_each(|(_, row)| out.write_all(&encode_row(*row)))?;
            out.write_all(&self.stories)?;
            let mut bytes = Written::default();
            bytes.number(sharing.len() as u64);
            for pair in sharing {
                bytes.number(pair.first);
                bytes.number(pair.second);
                bytes.bytes(&[pair.of_first, pair.of_second]);
                out.write_all(&bytes.0)?;
                bytes.0.clear();
            }
            out.write_all(&bytes.0)
        })
    }
}

/// Writes the list that another commit names for the commit with this stamp. It is empty if that list cannot be read.
pub(crate) fn write_again(directory: &dyn Directory, stamp: u64, payload: &Payload) -> Result<String> {
    let known = payload.copies.as_ref().and_then(|_| CopyList::of_commit(directory, payload).ok());
    let Some(filed) = known else { return Filing::default().write(directory, stamp, 0, [].into_iter()) };
    write_file(directory, stamp, |out| filed.blocks().try_for_each(|block| out.write_all(&block?)))
}

fn write_file(
    directory: &dyn Directory,
    stamp: u64,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<String> {
    let file = file_of(stamp);
    let path = Path::new(&file);
    let write = || -> io::Result<()> {
        let mut out = directory.open_write(path).map_err(io::Error::other)?;
        content(&mut out)?;
        out.terminate()?;
        directory.sync_directory()
    };
    let written = write();
    written.map_err(|error| Error::new(ErrorKind::Io, "cannot write the index's list of copies").because(error))?;
    Ok(file)
}

fn write_story(out: &mut Written, story: &Story) {
    out.number(story.lead);
    out.list(story.members.iter(), |out, member| {
        out.number(member.number);
        out.number(member.under);
        out.bytes(&[u8::from(member.folds), member.of_it, member.of_other]);
        out.list(member.figures.iter(), |out, FigureChange { old, new }| {
            out.text(old);
            out.text(new);
        });
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use tantivy::directory::RamDirectory;

    use super::*;
    use crate::index::copies::list::is_of;
    use crate::index::copies::list::tests::{sharing, stories};

    fn filing() -> Filing {
        let mut filing = Filing::default();
        stories().iter().for_each(|story| filing.add(story));
        filing
    }

    fn list(directory: &RamDirectory) -> Payload {
        let file = filing().write(directory, 7, 12, sharing().into_iter()).unwrap();
        Payload { copies: Some(file), ..Payload::default() }
    }

    #[test]
    fn a_story_taken_over_from_another_list_is_as_it_was_there() {
        let directory = RamDirectory::create();
        let old = CopyList::of_commit(&directory, &list(&directory)).unwrap();
        let (mut kept, mut added) = (Filing::default(), Filing::default());
        kept.keep(&old, old.row_of(11).unwrap().story).unwrap();
        assert!(kept.keep(&old, 1).is_err());
        added.add(&stories()[1]);
        assert_eq!((kept.stories, kept.rows, kept.count), (added.stories, added.rows, 1));
    }

    #[test]
    fn a_list_written_again_is_the_same_and_an_unreadable_one_is_empty() {
        let directory = RamDirectory::create();
        let payload = list(&directory);
        let read = |file: &str| directory.open_read(Path::new(file)).unwrap().read_bytes().unwrap().to_vec();
        let again = write_again(&directory, 8, &payload).unwrap();
        assert!(is_of(&again, 8) && !is_of(&again, 7), "{again}");
        assert_eq!(read(&again), read(payload.copies.as_deref().unwrap()));
        let gone = Payload { copies: Some("copies-6.bin".into()), ..Payload::default() };
        for none in [gone, Payload::default()] {
            let file = write_again(&directory, 9, &none).unwrap();
            let empty = CopyList::of_commit(&directory, &Payload { copies: Some(file), ..Payload::default() }).unwrap();
            assert_eq!((empty.documents(), empty.stories().unwrap().len()), (0, 0));
        }
    }
}
