//! Finds the copies in an archive, all of them anew, by the fingerprints that the cluster keeps.
//!
//! The fingerprints of all documents are in memory at a time: some three hundred bytes for each document of a page.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::copies::Filed;
use super::mapping::{self, field};
use super::record;
use super::view::View;
use crate::backend::clause::TextField;
use crate::backend::copies::Sharing;
use crate::backend::found::Doc;
use crate::backend::pairs::{Address, Fingerprints, Pair, Part, Prints, shares_of};
use crate::backend::stories::{Compare, Place, linked, stories};
use crate::error::{Error, Result};
use crate::text::{FigureChange, Words};

/// The texts that are kept in memory while documents are compared.
const TEXTS: usize = 64;
/// The most documents of one group whose texts are read together.
const TOGETHER: usize = 200;

/// All fingerprints of an archive.
struct All(Arc<Vec<Vec<u32>>>);

/// The same, being read.
struct Read(Arc<Vec<Vec<u32>>>);

impl Part for All {
    type Fingerprints = Read;

    fn places(&self) -> u32 {
        self.0.len() as u32
    }

    fn fingerprints(&self) -> Result<Read> {
        Ok(Read(Arc::clone(&self.0)))
    }
}

impl Fingerprints for Read {
    fn get(&mut self, document: u32) -> &[u32] {
        self.0.get(document as usize).map_or(&[], Vec::as_slice)
    }
}

/// The copies among the documents of a commit.
pub(crate) fn find(view: &View) -> Result<Filed> {
    let mut met: Vec<(Place, Vec<u32>)> = Vec::new();
    let length = mapping::length(TextField::Words);
    let columns = [field::KEY, field::FIRST, field::LAST, field::PRINTS, length];
    view.each_hit(&view.all_of(Vec::new()), &columns, |hit| {
        let key = record::key(hit)?;
        let number = |name: &str| record::number(hit, name).unwrap_or_default();
        let place = Place {
            day: number(field::FIRST),
            last_day: number(field::LAST),
            length: Reverse(number(length) as u32),
            key,
            number: 0,
        };
        met.push((place, record::prints(hit)?));
        Ok(())
    })?;
    let (mut places, mut prints) = (Vec::with_capacity(met.len()), Vec::with_capacity(met.len()));
    for (number, (place, hashes)) in (0..).zip(met) {
        places.push(Place { number, ..place });
        prints.push(hashes);
    }
    let documents = (0..).zip(&places).map(|(at, place)| (place.number, Address { part: 0, document: at })).collect();
    let prints = Arc::new(prints);
    let parts = [All(Arc::clone(&prints))];
    let mut pairs = Prints::new(documents, &parts).pairs_from(0, |address| {
        places.get(address.document as usize).map(|place: &Place| (place.day, place.last_day, place.key))
    })?;
    pairs.sort_unstable_by_key(|pair| (pair.first, pair.second));
    let mut desk = Desk { view, prints: &prints, places: &places, pairs: &pairs, texts: HashMap::new() };
    let key = |number: u64| places.get(number as usize).map_or(u64::MAX, |place| place.key);
    let mut told = Vec::new();
    for group in linked(&pairs) {
        for some in group.chunks(TOGETHER) {
            let docs: Vec<Doc> = some.iter().map(|at| Doc(key(u64::from(*at)))).collect();
            view.prefetch(&docs)?;
        }
        let places = group.iter().filter_map(|at| places.get(*at as usize)).copied().collect();
        for mut story in stories(places, &mut desk)? {
            story.lead = key(story.lead);
            for member in &mut story.members {
                (member.number, member.under) = (key(member.number), key(member.under));
            }
            told.push(story);
        }
    }
    let sharing = pairs.iter().map(|pair| Sharing {
        first: key(pair.first.into()),
        second: key(pair.second.into()),
        of_first: pair.of_first,
        of_second: pair.of_second,
    });
    Ok(Filed::of(sharing, told))
}

/// A workspace in which documents are compared.
struct Desk<'a> {
    view: &'a View,
    prints: &'a [Vec<u32>],
    places: &'a [Place],
    /// Ordered by both places.
    pairs: &'a [Pair],
    texts: HashMap<u64, Rc<Words>>,
}

impl Desk<'_> {
    fn pair(&self, first: usize, second: usize) -> Option<(u8, u8)> {
        let both = (first as u32, second as u32);
        let at = self.pairs.binary_search_by_key(&both, |pair| (pair.first, pair.second)).ok()?;
        self.pairs.get(at).map(|pair| (pair.of_first, pair.of_second))
    }

    fn text(&mut self, number: u64) -> Result<Rc<Words>> {
        if let Some(text) = self.texts.get(&number) {
            return Ok(Rc::clone(text));
        }
        if self.texts.len() >= TEXTS {
            self.texts.clear();
        }
        let key = self.places.get(number as usize).map_or(u64::MAX, |place| place.key);
        let text = Rc::new(Words::of(&self.view.whole(Doc(key))?.document.text));
        self.texts.insert(number, Rc::clone(&text));
        Ok(text)
    }
}

impl Compare for Desk<'_> {
    type Error = Error;

    fn shares(&mut self, first: u64, second: u64) -> Result<(u8, u8)> {
        let (first, second) = (first as usize, second as usize);
        if let Some(shares) = self.pair(first, second) {
            return Ok(shares);
        }
        if let Some((of_second, of_first)) = self.pair(second, first) {
            return Ok((of_first, of_second));
        }
        let both = self.prints.get(first).zip(self.prints.get(second));
        Ok(both.map_or((0, 0), |(first, second)| shares_of(first, second)))
    }

    fn figures(&mut self, other: u64, document: u64) -> Result<Vec<FigureChange>> {
        Ok(self.text(other)?.figures(&*self.text(document)?))
    }
}
