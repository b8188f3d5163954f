//! The list of copies in an archive, as it is written when the archive is loaded.
//!
//! Documents are named by their keys, so the list holds for every commit in which they are there.

use serde::{Deserialize, Serialize};

use crate::backend::copies::{Member, Sharing, Story};
use crate::backend::definition::known_copies::KnownCopies;
use crate::text::FigureChange;

/// A document of a story as it is written down: its number, that of the document it was compared with, whether it only repeats
/// that, the share of each in the other, and the figures in which they differ.
type Told = (u64, u64, bool, u8, u8, Vec<FigureChange>);

/// The list as the cluster keeps it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Filed {
    /// Documents that share text, with the share of each in the other.
    pub(crate) pairs: Vec<(u64, u64, u8, u8)>,
    /// The lead of each story with its members.
    pub(crate) stories: Vec<(u64, Vec<Told>)>,
}

impl Filed {
    pub(crate) fn of(pairs: impl Iterator<Item = Sharing>, stories: Vec<Story>) -> Filed {
        let told =
            |member: Member| (member.number, member.under, member.folds, member.of_it, member.of_other, member.figures);
        let stories = stories.into_iter();
        Filed {
            pairs: pairs.map(|pair| (pair.first, pair.second, pair.of_first, pair.of_second)).collect(),
            stories: stories.map(|story| (story.lead, story.members.into_iter().map(told).collect())).collect(),
        }
    }

    pub(crate) fn known(self) -> KnownCopies {
        let pairs = self.pairs.into_iter();
        let member = |(number, under, folds, of_it, of_other, figures): Told| Member {
            number,
            under,
            folds,
            of_it,
            of_other,
            figures,
        };
        KnownCopies::of(
            pairs.map(|(first, second, of_first, of_second)| Sharing { first, second, of_first, of_second }).collect(),
            self.stories
                .into_iter()
                .map(|(lead, told)| Story { lead, members: told.into_iter().map(member).collect() })
                .collect(),
        )
    }
}
