//! Cuts one file into pieces that any thread can read. What is packed in it is unpacked on the way, however deep.

use std::io;
use std::sync::Arc;

use super::leaf;
use super::leaf::{Leaf, Unpacked};
use super::piece::Piece;
use crate::corpus::container;
use crate::corpus::container::{Access, Member, Members, Opened};
use crate::corpus::encoding;
use crate::corpus::format;
use crate::corpus::format::{Format, HEAD, Shape};
use crate::corpus::input::decompress::Budget;
use crate::corpus::input::hashed_file::{Bytes, HashedFile, fill, rewound};
use crate::corpus::input::limits::{Limits, too_long};
use crate::corpus::input::line_ends;
use crate::corpus::input::problem::{Problem, Skip};
use crate::corpus::input::walk::FileEntry;
use crate::corpus::raw::Given;
use crate::document::join;

/// The deepest nesting of packed files: compressed, in a container, or both.
const DEEPEST: usize = 8;

/// The pieces of a file, in order. A part that cannot be read is a problem in one of them.
pub(crate) struct Pieces {
    entry: Arc<FileEntry>,
    limits: Limits,
    file: Option<HashedFile>,
    /// Set if the file is read by another reader too.
    read_aside: bool,
    /// Set if not even its first bytes could be read.
    unread: bool,
    hash: Option<u128>,
    /// Why nothing of the file is read, where something is said of it elsewhere.
    refused: Option<Problem>,
    budget: Budget,
    /// The open levels, each inside the one before it.
    levels: Vec<Level>,
}

enum Level {
    Container {
        way: String,
        members: Members,
        /// Set until it gives a document or a problem.
        empty: bool,
    },
    Leaf(Box<Leaf>),
}

/// A file, or a member of one, that is to be read.
struct Inner {
    /// The way to it inside the file. Empty for the file itself.
    way: String,
    key: Option<String>,
    name: String,
    given: Given,
    bytes: Bytes,
}

impl Pieces {
    /// Opens a file and recognises its format by its first 64 KB.
    ///
    /// Fails with the reason why the file is not read: it cannot be opened, its format is not read, or it is too long
    /// for one document. Where `is_told_of` says that something is known of it in spite of that, it has a piece with the
    /// reason.
    pub(crate) fn open(
        entry: Arc<FileEntry>,
        limits: Limits,
        is_told_of: impl FnOnce(&FileEntry) -> bool,
    ) -> Result<Pieces, Skip> {
        let file = HashedFile::open(&entry.path).map_err(|error| {
            let reason = match error.kind() {
                io::ErrorKind::NotFound => "it has vanished since the folder was listed".to_owned(),
                _ => format!("cannot open: {error}"),
            };
            let unread = error.kind() != io::ErrorKind::NotFound;
            Skip { unread, ..Skip::failed(entry.path.clone(), reason) }
        })?;
        let inner = Inner {
            way: String::new(),
            key: None,
            name: entry.relative.clone(),
            given: Given::default(),
            bytes: Box::new(file.clone()),
        };
        let budget = Budget::of_file(entry.bytes, limits.unpacked_bytes);
        let (file, read_aside, unread, hash, refused, levels) = (Some(file), false, false, None, None, Vec::new());
        let mut pieces = Pieces { entry, limits, file, read_aside, unread, hash, refused, budget, levels };
        match pieces.enter(inner, true) {
            Ok(()) => Ok(pieces),
            Err(problem) if !pieces.unread && is_told_of(&pieces.entry) => {
                pieces.refused = Some(problem);
                Ok(pieces)
            }
            Err(Problem { reason, failed, .. }) => {
                Err(Skip { path: pieces.entry.path.clone(), reason, failed, unread: pieces.unread })
            }
        }
    }

    /// The hash (XXH3, 128 bits) of the file's bytes as they lie on the disk, available after the last piece. None
    /// before, and none if the bytes could not all be read or may have changed meanwhile.
    pub(crate) fn hash(&self) -> Option<u128> {
        self.hash
    }

    /// Opens what is to be read next: unpacks it, and recognises what it is.
    fn enter(&mut self, inner: Inner, whole_file: bool) -> Result<(), Problem> {
        let Inner { way, key, mut name, given, mut bytes } = inner;
        let mut packed = !whole_file;
        if packed {
            bytes = self.budget.on(bytes);
        }
        for _ in self.levels.len()..DEEPEST {
            let mut head = Vec::new();
            let mut broken = fill(&mut bytes, &mut head, HEAD).err();
            if let Some(error) = broken.as_ref().filter(|_| head.is_empty()) {
                self.unread = !packed;
                return Err(Problem::failed(format!("cannot read: {}", leaf::plain_words(error, packed))));
            }
            let mut format = format::recognise(&head, &name).map_err(Problem::nothing)?;
            if format.is_lines() && line_ends::has_bare_returns(&head) && !encoding::is_wide(&head) {
                bytes = line_ends::line_feeds(rewound(std::mem::take(&mut head), bytes));
                broken = broken.or(fill(&mut bytes, &mut head, HEAD).err());
                format = format::recognise(&head, &name).map_err(Problem::nothing)?;
            }
            if let Some(reason) = format::unsupported(format) {
                return Err(Problem::nothing(reason));
            }
            if format == Format::Picture && self.limits.picture_bytes == 0 {
                return Err(Problem::nothing("an image"));
            }
            match format.shape() {
                Shape::Packed => {
                    bytes = self.budget.on(format::unpacked(format, rewound(head, bytes)));
                    name = format::unpacked_name(&name).to_owned();
                    packed = true;
                }
                Shape::Container => {
                    let members = if container::needs_access(format) {
                        let (access, rest) = self.access(rewound(head, bytes), packed)?;
                        match container::open(format, access).map_err(Problem::failed)? {
                            Opened::Members(members) => members,
                            Opened::Document(format) => {
                                let (bytes, head, broken) = (rest, Vec::new(), None);
                                let found = Unpacked { way, key, format, given, packed, bytes, head, broken };
                                let leaf = Leaf::new(&self.entry, found);
                                return self.enter_leaf(leaf, format, packed);
                            }
                        }
                    } else {
                        let limit = self.limits.document_bytes;
                        let Some(members) = container::stream(format, rewound(head, bytes), limit) else {
                            return Err(Problem::nothing("a container that is not read"));
                        };
                        members
                    };
                    self.levels.push(Level::Container { way, members, empty: true });
                    return Ok(());
                }
                Shape::Records | Shape::Whole => {
                    let found = Unpacked { way, key, format, given, packed, bytes, head, broken };
                    let leaf = Leaf::new(&self.entry, found);
                    return self.enter_leaf(leaf, format, packed);
                }
            }
        }
        Err(Problem::failed(format!("packed more than {DEEPEST} times over")))
    }

    /// Continues with a leaf, unless it is known to be too long for one document.
    fn enter_leaf(&mut self, leaf: Leaf, format: Format, packed: bool) -> Result<(), Problem> {
        if let Some(reason) = format::unsupported(format) {
            return Err(Problem::nothing(reason));
        }
        if !packed && format.shape() == Shape::Whole && self.entry.bytes > leaf.longest(self.limits) {
            return Err(Problem::failed(too_long("a document", leaf.longest(self.limits))));
        }
        self.levels.push(Level::Leaf(Box::new(leaf)));
        Ok(())
    }

    /// The bytes of a container, or the file that has them, and a stream that reads them again from the first.
    fn access(&mut self, mut bytes: Bytes, packed: bool) -> Result<(Access, Bytes), Problem> {
        if !packed {
            self.read_aside = true;
            return Ok((Access::File(self.entry.path.clone()), bytes));
        }
        let limit = self.limits.document_bytes.saturating_mul(4);
        let mut whole = Vec::new();
        let length = usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1);
        fill(&mut bytes, &mut whole, length).map_err(|error| Problem::failed(leaf::plain_words(&error, true)))?;
        if whole.len() as u64 > limit {
            return Err(Problem::failed(too_long("an archive in another", limit)));
        }
        let whole: Arc<[u8]> = whole.into();
        Ok((Access::Memory(Arc::clone(&whole)), Box::new(io::Cursor::new(whole))))
    }

    /// A piece that has a problem and no document.
    fn without_documents(&self, problem: Problem) -> Piece {
        Piece::of_problem(Arc::clone(&self.entry), problem)
    }

    fn end(&mut self) -> Option<Piece> {
        if let Some(file) = self.file.take() {
            self.hash = file.finish().filter(|_| !self.read_aside || self.entry.is_as_it_was());
        }
        None
    }
}

impl Iterator for Pieces {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if let Some(problem) = self.refused.take() {
            return Some(Piece { is_whole: true, ..self.without_documents(problem) });
        }
        loop {
            if self.budget.is_spent() && !self.levels.is_empty() {
                self.levels.clear();
                let reason =
                    format!("more than {} MB come out of it; what came before was read", self.budget.megabytes());
                return Some(self.without_documents(Problem::failed(reason)));
            }
            let Some(level) = self.levels.last_mut() else { return self.end() };
            let (way, member) = match level {
                Level::Leaf(leaf) => match leaf.next_piece(self.limits) {
                    Some(piece) => return Some(piece),
                    None => {
                        self.levels.pop();
                        continue;
                    }
                },
                Level::Container { way, members, empty } => match members.next() {
                    Some(member) => {
                        *empty = false;
                        (way.clone(), member)
                    }
                    None => {
                        let member = Some(std::mem::take(way)).filter(|way| !way.is_empty());
                        let nothing = empty.then(|| Problem { member, ..Problem::nothing("no document is in it") });
                        self.levels.pop();
                        match nothing {
                            Some(problem) => return Some(self.without_documents(problem)),
                            None => continue,
                        }
                    }
                },
            };
            self.budget.member();
            let problem = match member {
                Ok(Member { way: step, name, key, given, bytes }) => {
                    let way = join(&way, &step);
                    let inner = Inner { way: way.clone(), key, name, given, bytes };
                    match self.enter(inner, false) {
                        Ok(()) => continue,
                        Err(problem) => Problem { member: Some(way), ..problem },
                    }
                }
                Err(problem) => {
                    let step = problem.member.clone().unwrap_or_default();
                    Problem { member: Some(join(&way, &step)).filter(|way| !way.is_empty()), ..problem }
                }
            };
            return Some(self.without_documents(problem));
        }
    }
}
