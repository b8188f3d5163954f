//! Which language a text is in.

use serde::{Deserialize, Serialize};

/// A language, by its ISO 639-1 code (or 639-3 where it has none).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Language(u8);
