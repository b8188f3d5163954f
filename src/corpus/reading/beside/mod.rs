//! The files beside one that belong to it: [`issues`] finds the pages of an issue, and the issue of a page; [`lists`] the
//! references that name a file. Both look at folders of one [`ground`], each once.

mod ground;
#[cfg(feature = "newspapers")]
mod issues;
#[cfg(feature = "bibliography")]
mod lists;

use std::path::Path;
use std::sync::Arc;

use crate::corpus::input::limits::Limits;
use crate::corpus::input::walk::WalkOptions;
use ground::Ground;
#[cfg(feature = "newspapers")]
pub(crate) use issues::Issues;
#[cfg(feature = "bibliography")]
pub(crate) use lists::Lists;

/// What lies beside the files of an archive, as it is during one run over it.
#[derive(Debug)]
pub(crate) struct Beside {
    /// The issues, of which pages are read with their METS.
    #[cfg(feature = "newspapers")]
    pub(crate) issues: Issues,
    /// The lists of references.
    #[cfg(feature = "bibliography")]
    pub(crate) lists: Lists,
}

impl Beside {
    pub(crate) fn below(root: &Path, walk: &WalkOptions, limits: Limits) -> Beside {
        let ground = Arc::new(Ground::below(root, walk, limits));
        Beside {
            #[cfg(feature = "bibliography")]
            lists: Lists::on(Arc::clone(&ground)),
            #[cfg(feature = "newspapers")]
            issues: Issues::on(ground),
        }
    }
}
