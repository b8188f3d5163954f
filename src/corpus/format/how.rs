//! How much of a file is asked for.

use crate::corpus::recognition::Recogniser;

/// What is read besides the plain text of a file.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct How<'r> {
    /// Set to read what rules leave out on purpose.
    pub(crate) all_text: bool,
    /// What recognises the words of pictures, if they are asked for.
    #[cfg_attr(not(feature = "newspapers"), allow(dead_code))]
    pub(crate) recogniser: Option<&'r Recogniser>,
}
