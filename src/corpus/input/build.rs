//! The formats that this build can read.

/// The formats that are features, and whether they are on.
const FORMATS: [(&str, bool); 16] = [
    ("gzip", cfg!(feature = "gzip")),
    ("zstd", cfg!(feature = "zstd")),
    ("xz", cfg!(feature = "xz")),
    ("bzip2", cfg!(feature = "bzip2")),
    ("zip", cfg!(feature = "zip")),
    ("tar", cfg!(feature = "tar")),
    ("warc", cfg!(feature = "warc")),
    ("html", cfg!(feature = "html")),
    ("markdown", cfg!(feature = "markdown")),
    ("mail", cfg!(feature = "mail")),
    ("xml", cfg!(feature = "xml")),
    ("newspapers", cfg!(feature = "newspapers")),
    ("bibliography", cfg!(feature = "bibliography")),
    ("pdf", cfg!(feature = "pdf")),
    ("office", cfg!(feature = "office")),
    ("epub", cfg!(feature = "epub")),
];

/// The version and its formats as text. A file that one build could not read, another may.
pub(crate) fn ability() -> String {
    let formats: Vec<&str> = FORMATS.iter().filter(|(_, on)| *on).map(|(name, _)| *name).collect();
    format!("{} {}", env!("CARGO_PKG_VERSION"), formats.join(" "))
}
