//! The style sheet, the script and the icon, part of the program.
//!
//! Their names have the hash of their content, so a browser may keep them for ever and never has one of another version.

use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

const STYLE: &[u8] = include_bytes!("../style.css");
const SCRIPT: &[u8] = include_bytes!("../script.js");
const ICON: &[u8] = include_bytes!("../icon.svg");

static STYLE_PATH: LazyLock<String> = LazyLock::new(|| format!("/assets/style-{:016x}.css", xxh3_64(STYLE)));
static SCRIPT_PATH: LazyLock<String> = LazyLock::new(|| format!("/assets/script-{:016x}.js", xxh3_64(SCRIPT)));
static ICON_PATH: LazyLock<String> = LazyLock::new(|| format!("/assets/icon-{:016x}.svg", xxh3_64(ICON)));

/// A file that pages name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asset {
    pub(crate) content_type: &'static str,
    pub(crate) bytes: &'static [u8],
}

/// The address of the style sheet.
pub(in super::super) fn style_path() -> &'static str {
    &STYLE_PATH
}

/// The address of the script.
pub(in super::super) fn script_path() -> &'static str {
    &SCRIPT_PATH
}

/// The address of the icon.
pub(in super::super) fn icon_path() -> &'static str {
    &ICON_PATH
}

/// The file at this address.
pub(in super::super) fn at(path: &str) -> Option<Asset> {
    match path {
        path if path == style_path() => Some(Asset { content_type: "text/css; charset=utf-8", bytes: STYLE }),
        path if path == script_path() => Some(Asset { content_type: "text/javascript; charset=utf-8", bytes: SCRIPT }),
        path if path == icon_path() => Some(Asset { content_type: "image/svg+xml", bytes: ICON }),
        _ => None,
    }
}
