//! What was found wrong with an index, and what came of mending it: plain data.

use serde::{Deserialize, Serialize};

use crate::answer::health::{Repair, Verification};

/// A check of an index, and the repair that followed it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VerificationReport {
    /// What was found; none for an index of an earlier format, which is mended without being checked.
    pub found: Option<Verification>,
    /// What came of mending it; none where it was not mended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repair: Option<Repair>,
}
