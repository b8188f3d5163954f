//! The formats, and how each is read.

/// A format that documents are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(all(feature = "mail", feature = "newspapers", feature = "bibliography")), allow(dead_code))]
pub(crate) enum Format {
    Gzip,
    Zstd,
    Xz,
    Bzip2,
    Zip,
    Tar,
    /// WARC or ARC.
    WebArchive,
    Plain,
    /// Plain text with front matter and headings.
    Markdown,
    Html,
    Rtf,
    Pdf,
    /// Word, since 2007.
    Docx,
    /// OpenDocument text.
    Odt,
    /// Excel, since 2007.
    Xlsx,
    /// PowerPoint, since 2007.
    Pptx,
    /// OpenDocument spreadsheet.
    Ods,
    /// OpenDocument presentation.
    Odp,
    /// OpenDocument of any kind as one XML.
    FlatOpenDocument,
    Epub,
    /// Office and Outlook files from before 2007.
    OldOffice,
    /// SubRip or WebVTT.
    Subtitles,
    /// One e-mail.
    Mail,
    /// A web page with everything that belongs to it, packed like an e-mail.
    Mhtml,
    /// RSS or Atom.
    Feed,
    /// NITF or NewsML.
    Newswire,
    /// An issue of a newspaper, whose pages lie beside it.
    Mets,
    /// The words of a scanned page, with their places on it.
    Alto,
    PageXml,
    Hocr,
    /// A list of references: RIS, BibTeX or CSL-JSON.
    References,
    /// A text of an edition.
    Tei,
    /// XML of another kind, which may be prose.
    Xml,
    /// Wires from before XML.
    Iptc7901,
    /// One JSON object.
    Json,
    /// One JSON object a line: a file of many documents.
    JsonLines,
    /// A list of JSON objects.
    JsonArray,
    /// A table, a document a row.
    Csv,
    /// A mailbox.
    Mbox,
    /// PNG, JPEG or TIFF.
    Picture,
}

/// The way a format is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One stream of bytes, compressed.
    Packed,
    /// Many files in one.
    Container,
    /// Many documents one after another, so that a file can be read in parts.
    Records,
    /// A whole that cannot be cut before it is read.
    Whole,
}

impl Format {
    pub(crate) fn shape(self) -> Shape {
        use Format::*;
        match self {
            Gzip | Zstd | Xz | Bzip2 => Shape::Packed,
            Zip | Tar | WebArchive => Shape::Container,
            JsonLines | JsonArray | Csv | Mbox => Shape::Records,
            Plain | Markdown | Html | Rtf | Pdf | Docx | Odt | Epub | OldOffice => Shape::Whole,
            Xlsx | Pptx | Ods | Odp | FlatOpenDocument => Shape::Whole,
            Mets | Alto | PageXml | Hocr | References | Tei | Subtitles => Shape::Whole,
            Mail | Mhtml | Feed | Newswire | Xml | Iptc7901 | Json | Picture => Shape::Whole,
        }
    }

    /// Returns whether its bytes are mostly those of its text.
    pub(crate) fn is_text(self) -> bool {
        use Format::*;
        !matches!(self, Pdf | Docx | Odt | Epub | OldOffice | Xlsx | Pptx | Ods | Odp | Picture)
    }

    /// Returns whether its bytes are lines, whose ends must be known to read it.
    pub(crate) fn is_lines(self) -> bool {
        use Format::*;
        self.is_text() && !matches!(self.shape(), Shape::Packed | Shape::Container) && !matches!(self, Rtf | Iptc7901)
    }
}

/// The reason why this build cannot read a format.
pub(crate) fn unsupported(format: Format) -> Option<&'static str> {
    use Format::*;
    let (there, otherwise) = match format {
        Gzip => (cfg!(feature = "gzip"), "gzip, which this build does not read (feature gzip)"),
        Zstd => (cfg!(feature = "zstd"), "zstd, which this build does not read (feature zstd)"),
        Xz => (cfg!(feature = "xz"), "xz, which this build does not read (feature xz)"),
        Bzip2 => (cfg!(feature = "bzip2"), "bzip2, which this build does not read (feature bzip2)"),
        Zip => (cfg!(feature = "zip"), "a zip archive, which this build does not read (feature zip)"),
        Tar => (cfg!(feature = "tar"), "a tar archive, which this build does not read (feature tar)"),
        WebArchive => (cfg!(feature = "warc"), "a web archive, which this build does not read (feature warc)"),
        Html => (cfg!(feature = "html"), "HTML, which this build does not read (feature html)"),
        Pdf => (cfg!(feature = "pdf"), "PDF, which this build does not read (feature pdf)"),
        Docx => (cfg!(feature = "office"), "a Word document, which this build does not read (feature office)"),
        Odt => (cfg!(feature = "office"), "an OpenDocument text, which this build does not read (feature office)"),
        Xlsx => (cfg!(feature = "office"), "a spreadsheet (xlsx), which this build does not read (feature office)"),
        Pptx => (cfg!(feature = "office"), "a presentation (pptx), which this build does not read (feature office)"),
        Ods => {
            (cfg!(feature = "office"), "an OpenDocument spreadsheet, which this build does not read (feature office)")
        }
        Odp => {
            (cfg!(feature = "office"), "an OpenDocument presentation, which this build does not read (feature office)")
        }
        FlatOpenDocument => {
            (cfg!(feature = "office"), "an OpenDocument, which this build does not read (feature office)")
        }
        Epub => (cfg!(feature = "epub"), "an EPUB, which this build does not read (feature epub)"),
        Mail | Mbox => (cfg!(feature = "mail"), "e-mail, which this build does not read (feature mail)"),
        Mhtml => (cfg!(feature = "mail"), "a page saved as MHTML, which this build does not read (feature mail)"),
        Feed => (cfg!(feature = "xml"), "a feed, which this build does not read (feature xml)"),
        Newswire => (cfg!(feature = "xml"), "newswire, which this build does not read (feature xml)"),
        Mets | Alto | PageXml | Hocr => (
            cfg!(feature = "newspapers"),
            "a scanned page or issue, which this build does not read (feature newspapers)",
        ),
        Picture => (cfg!(feature = "newspapers"), "an image"),
        Tei => (cfg!(feature = "xml"), "TEI, which this build does not read (feature xml)"),
        Xml => (cfg!(feature = "xml"), "XML, which this build does not read (feature xml)"),
        // What only a build that reads it recognises is plain text elsewhere.
        References => (true, ""),
        Plain | Markdown | JsonLines | JsonArray | Json | Csv | Iptc7901 | Rtf | OldOffice | Subtitles => (true, ""),
    };
    (!there).then_some(otherwise)
}
