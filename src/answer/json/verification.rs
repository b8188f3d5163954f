//! The faults found in an index, and the outcome of mending it: plain data.

use serde::{Deserialize, Serialize};

use crate::answer::health::{Repair, Verification};

/// A check of an index, and the repair that followed it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VerificationReport {
    /// The faults; none for an index of an earlier format, which is mended without being checked.
    pub found: Option<Verification>,
    /// The outcome of mending; none where it was not mended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repair: Option<Repair>,
}
