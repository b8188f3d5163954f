//! Finds copies after a commit, from the columns of [`crate::index::record::fingerprint_column`], and keeps the result
//! in a file beside the commit.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::io;

use tantivy::directory::Directory;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Value;
use tantivy::store::StoreReader;
use tantivy::{SegmentReader, TantivyDocument, TantivyError};

use crate::backend::copies::{Figures, Sharing, Story};
use crate::backend::pairs::{Address, Pair, Prints, shares_of};
use crate::backend::stories::{Compare, Place, linked, stories as formed};
use crate::error::{Error, Result};
use crate::index::copies::list::{CopyList, is_of};
use crate::index::copies::list_writer::Filing;
use crate::index::record::date_column::Days;
use crate::index::record::fingerprint_column;
use crate::index::record::id_column::Ids;
use crate::index::snapshot::shared::Inner;
use crate::index::storage::commit::Payload;
use crate::index::storage::error::Doing;
use crate::text::{FigureChange, Words};

/// The texts that are kept in memory while documents are compared.
const MAX_TEXTS: usize = 16;
/// The blocks of stored texts that are kept in memory for each segment.
const MAX_STORED_BLOCKS: usize = 2;
/// The documents whose fingerprints are kept in memory together.
const MAX_FINGERPRINTS: usize = 50_000;

/// The copies that were found: stories, and pairs of documents that share text.
pub(crate) struct Found<'p> {
    pub(crate) stories: Filing,
    pairs: Vec<Pair>,
    prints: Prints<'p, SegmentReader>,
    /// All documents with smaller numbers have been compared.
    compared: u64,
}

impl Found<'_> {
    /// Writes the list for the commit with this stamp, and returns the name of its file.
    pub(crate) fn write(self, directory: &dyn Directory, stamp: u64) -> Result<String> {
        let sharing = |Pair { first, second, of_first, of_second }: &Pair| {
            let [first, second] = [*first, *second].map(|place| self.prints.number(place));
            Sharing { first, second, of_first: *of_first, of_second: *of_second }
        };
        self.stories.write(directory, stamp, self.compared, self.pairs.iter().map(sharing))
    }
}

/// Returns whether the last commit is the one that names its copies, and whether that list is readable.
pub(crate) fn are_found(index: &Inner) -> Result<bool> {
    let metas = index.engine.load_metas().doing("cannot read the index")?;
    let payload = Payload::read(metas.payload.as_deref())?;
    let named = payload.copies.as_ref().is_some_and(|file| is_of(file, metas.opstamp));
    Ok(named && known(index, &payload).is_ok())
}

/// The list of copies of a commit. Fails if a part of it cannot be read.
fn known(index: &Inner, payload: &Payload) -> Result<CopyList> {
    let known = CopyList::of_commit(&*index.directory, payload)?;
    known.check()?;
    Ok(known)
}

/// Finds the copies among the documents of the last commit, which are in these segments. None if nothing changed since
/// they were found.
pub(crate) fn find<'p>(index: &Inner, parts: &'p [SegmentReader], payload: &Payload) -> Result<Option<Found<'p>>> {
    if payload.next == 0 {
        return Ok(None);
    }
    // A list that cannot be read is made anew.
    let old = known(index, payload).unwrap_or_default();
    let prints = fingerprint_column::prints(parts)?;
    let (mut kept, mut lost) = (Vec::new(), false);
    // Documents, by place, whose story lost or got a member. Only these stories are formed anew.
    let mut touched = vec![false; prints.len()];
    old.sharing(|Sharing { first, second, of_first, of_second }| match [first, second].map(|one| prints.place(one)) {
        [Some(first), Some(second)] => kept.push(Pair { first, second, of_first, of_second }),
        places => {
            lost = true;
            places.into_iter().flatten().for_each(|place| touched[place as usize] = true);
        }
    })?;
    if old.compared == payload.next && !lost {
        return Ok(None);
    }
    let order = Order::of(parts)?;
    let mut pairs = prints.pairs_from(old.compared, |address| order.place(address))?;
    pairs.iter().for_each(|pair| [pair.first, pair.second].into_iter().for_each(|one| touched[one as usize] = true));
    pairs.append(&mut kept);
    pairs.sort_unstable_by_key(|pair| (pair.first, pair.second));

    let mut stories = Filing::default();
    let mut desk = Desk::new(index, parts, &prints, order, &old, &pairs)?;
    let (anew, same): (Vec<_>, Vec<_>) =
        linked(&pairs).into_iter().partition(|group| group.iter().any(|place| touched[*place as usize]));
    for row in same.iter().flatten().filter_map(|place| old.row_of(prints.number(*place))) {
        if row.place == 0 {
            stories.keep(&old, row.story)?;
        }
    }
    let mut rest = anew.as_slice();
    while !rest.is_empty() {
        let mut documents = 0;
        let fits = |group: &&Vec<u32>| {
            documents += group.len();
            documents <= MAX_FINGERPRINTS
        };
        let (together, later) = rest.split_at(rest.iter().take_while(fits).count().max(1));
        desk.clear(together.iter().flatten().map(|place| prints.number(*place)).collect());
        for group in together {
            let places = group.iter().filter_map(|place| desk.place(prints.number(*place))).collect();
            formed(places, &mut desk)?.iter().for_each(|story| stories.add(story));
        }
        rest = later;
    }
    drop(desk);
    Ok(Some(Found { stories, pairs, prints, compared: payload.next }))
}

/// What documents are ordered by, whichever thread came to them first.
struct Order {
    days: Vec<Days>,
    ids: Vec<Ids>,
}

impl Order {
    fn of(parts: &[SegmentReader]) -> Result<Order> {
        let days = parts.iter().map(Days::of).collect::<tantivy::Result<_>>().doing("cannot read the index")?;
        let ids = parts.iter().map(Ids::of).collect::<tantivy::Result<_>>().doing("cannot read the index")?;
        Ok(Order { days, ids })
    }

    /// The first and the last day of a document, and its key. Undated ones come last.
    fn place(&self, address: Address) -> (i64, i64, u64) {
        let (segment, doc) = (address.part as usize, address.document);
        let (day, last_day) = self.days[segment].both(doc).unwrap_or((i64::MAX, i64::MAX));
        (day, last_day, self.ids[segment].key(doc))
    }
}

/// A workspace in which documents are compared.
struct Desk<'a> {
    index: &'a Inner,
    prints: &'a Prints<'a, SegmentReader>,
    order: Order,
    lengths: Vec<FieldNormReader>,
    stores: Vec<StoreReader>,
    /// The former list of copies.
    old: &'a CopyList,
    /// The former story that was looked at last, with its place.
    story: Option<(u64, Story<Figures>)>,
    /// The pairs with their shares, without boilerplate, ordered by both places.
    pairs: &'a [Pair],
    /// The documents that are being compared.
    numbers: Vec<u64>,
    /// Their fingerprints, read when two documents are compared that are no pair.
    fingerprints: Option<HashMap<u64, Vec<u32>>>,
    /// The texts read last, the latest at the end.
    texts: Vec<(u64, Words)>,
}

impl<'a> Desk<'a> {
    fn new(
        index: &'a Inner,
        parts: &[SegmentReader],
        prints: &'a Prints<'a, SegmentReader>,
        order: Order,
        old: &'a CopyList,
        pairs: &'a [Pair],
    ) -> Result<Desk<'a>> {
        let lengths = parts.iter().map(|part| part.get_fieldnorms_reader(index.fields.words));
        let lengths = lengths.collect::<tantivy::Result<_>>().doing("cannot read the index")?;
        let stores = parts.iter().map(|part| part.get_store_reader(MAX_STORED_BLOCKS));
        let stores = stores.collect::<io::Result<_>>().map_err(TantivyError::from).doing("cannot read the index")?;
        let (numbers, fingerprints, texts) = (Vec::new(), None, Vec::new());
        Ok(Desk { index, prints, order, lengths, stores, old, story: None, pairs, numbers, fingerprints, texts })
    }

    /// Makes room for other documents.
    fn clear(&mut self, numbers: Vec<u64>) {
        self.numbers = numbers;
        self.fingerprints = None;
    }

    fn place(&self, number: u64) -> Option<Place> {
        let address = self.prints.address(number)?;
        let (day, last_day, key) = self.order.place(address);
        let length = Reverse(self.lengths[address.part as usize].fieldnorm(address.document));
        Some(Place { day, last_day, length, key, number })
    }

    /// The place of a text in the workspace. The text is read unless it is there.
    fn text(&mut self, number: u64) -> Result<usize> {
        if let Some(at) = self.texts.iter().position(|(known, _)| *known == number) {
            let text = self.texts.remove(at);
            self.texts.push(text);
        } else {
            let mut words = Words::of("");
            if let Some(address) = self.prints.address(number) {
                let store = &self.stores[address.part as usize];
                let record: TantivyDocument = store.get(address.document).doing("cannot read the index")?;
                let text = record.get_first(self.index.fields.text).and_then(|text| text.as_str());
                words = Words::of(text.unwrap_or_default());
            }
            if self.texts.len() == MAX_TEXTS {
                self.texts.remove(0);
            }
            self.texts.push((number, words));
        }
        Ok(self.texts.len() - 1)
    }

    /// The shares of a pair, by the numbers of its first and second document.
    fn pair(&self, first: u64, second: u64) -> Option<(u8, u8)> {
        let both = (self.prints.place(first)?, self.prints.place(second)?);
        let at = self.pairs.binary_search_by_key(&both, |pair| (pair.first, pair.second)).ok()?;
        Some((self.pairs[at].of_first, self.pairs[at].of_second))
    }

    /// The figures in which a document differs from another, if the two were compared before.
    fn known(&mut self, other: u64, document: u64) -> Result<Option<Vec<FigureChange>>> {
        // The lead was compared with no other document.
        let Some(row) = self.old.row_of(document).filter(|row| row.place > 0) else { return Ok(None) };
        if row.version == other {
            // Its figures are those of the document that can stand for it.
            return Ok(Some(Vec::new()));
        }
        let story = match &self.story {
            Some((at, story)) if *at == row.story => story,
            _ => &self.story.insert((row.story, self.old.story(row.story)?)).1,
        };
        let member = row.place.checked_sub(1).and_then(|place| story.members.get(place as usize));
        let member = member.filter(|member| member.under == other);
        member.map(|member| self.old.figures(&member.figures)).transpose()
    }
}

impl Compare for Desk<'_> {
    type Error = Error;

    fn shares(&mut self, first: u64, second: u64) -> Result<(u8, u8)> {
        if let Some(shares) = self.pair(first, second) {
            return Ok(shares);
        }
        if let Some((of_second, of_first)) = self.pair(second, first) {
            return Ok((of_first, of_second));
        }
        if self.fingerprints.is_none() {
            self.fingerprints = Some(self.prints.of_documents(&self.numbers)?);
        }
        let fingerprint = |number| self.fingerprints.as_ref()?.get(&number);
        let both = fingerprint(first).zip(fingerprint(second));
        Ok(both.map_or((0, 0), |(first, second)| shares_of(first, second)))
    }

    fn figures(&mut self, other: u64, document: u64) -> Result<Vec<FigureChange>> {
        if let Some(known) = self.known(other, document)? {
            return Ok(known);
        }
        self.text(document)?;
        let other = self.text(other)?;
        // Reading the other text may have moved this one.
        let at = self.texts.iter().position(|(number, _)| *number == document);
        let Some((_, document)) = at.and_then(|at| self.texts.get(at)) else { return Ok(Vec::new()) };
        Ok(self.texts[other].1.figures(document))
    }
}
