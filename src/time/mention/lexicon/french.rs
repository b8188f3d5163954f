//! French.

use crate::time::mention::sense::{Habits, Sense};

pub(super) const HABITS: Habits =
    Habits { dots_ordinals: false, capitals: false, with_unit: false, after_preposition: false, which_behind: false };

pub(super) const WORDS: &[(Sense, &str)] = &[];
