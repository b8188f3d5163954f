//! A PDF as the layout reader sees it: without anything that is not text, and within limits.
//!
//! The reader makes tables of drawn lines, follows bookmarks and form fields by calling itself, and paints forms within
//! forms as often as they are named. Pages of maps take it minutes, and hostile pages take it for ever. None of that is
//! needed for the text, so the reader does not see it.

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};

use unpdf::model::FormField;
use unpdf::parser::backend::{
    BackendFontInfo, ContentOp, DecodedRun, DecodedText, GlyphAdvance, PageBox, PageContent, PageId, PaintedXObject,
    PdfBackend, PdfMetadataRaw, RawBackend, RawOutlineItem, RawXObject, ResourceScope,
};
use unpdf::{Error, Result};

use super::shape::nests_too_deep;
use super::weight::{CONTENT, PICTURES};

/// The most content of all pages and forms of a file together, in bytes. A form counts as often as it is painted.
const ALL_CONTENT: u64 = 512 << 20;

/// The most forms that a page may paint, including those within forms.
const FORMS: u64 = 2_000;

/// The most pieces of text that a page may show. The rest is left out. Pages set letter by letter have some 20,000.
const PIECES: u64 = 40_000;

/// The guarded file that the head of this module describes.
pub(super) struct Guarded {
    inner: RawBackend,
    /// Pages that must not be unpacked.
    long: HashSet<PageId>,
    content: AtomicU64,
    forms: AtomicU64,
    pieces: AtomicU64,
    cut: AtomicU64,
    /// The bytes of pictures that may still be unpacked.
    pictures: AtomicU64,
}

impl Guarded {
    /// Opens a file. Fails if it has a password, is damaged beyond repair, or is no PDF.
    pub(super) fn open(bytes: &[u8], long: HashSet<PageId>) -> Result<Guarded> {
        let inner = RawBackend::load_bytes_with_password(bytes, None)?;
        let (content, forms, pieces, cut) = Default::default();
        let pictures = AtomicU64::new(PICTURES + 200 * bytes.len() as u64);
        Ok(Guarded { inner, long, content, forms, pieces, cut, pictures })
    }

    /// Resets the limits of a page. Must be called before a page is read.
    pub(super) fn begin_page(&self) {
        self.forms.store(0, Ordering::Relaxed);
        self.pieces.store(0, Ordering::Relaxed);
        self.cut.store(0, Ordering::Relaxed);
    }

    /// Returns whether the limit on content is reached, so that nothing more can be read.
    pub(super) fn is_exhausted(&self) -> bool {
        self.content.load(Ordering::Relaxed) > ALL_CONTENT
    }

    /// Returns whether a part of the page was left out because there was too much of it.
    pub(super) fn is_cut(&self) -> bool {
        self.cut.load(Ordering::Relaxed) > 0
    }

    /// Returns whether no more pictures are unpacked. One may be painted on every page under any number of names.
    pub(super) fn has_unpacked_enough(&self) -> bool {
        self.pictures.load(Ordering::Relaxed) == 0
    }

    /// Counts content that is about to be read. Fails beyond the limits.
    fn admit(&self, length: usize) -> Result<()> {
        let all = self.content.fetch_add(length as u64, Ordering::Relaxed) + length as u64;
        if length as u64 > CONTENT || all > ALL_CONTENT { self.refuse() } else { Ok(()) }
    }

    /// Fails if the page is too long to be unpacked.
    fn admit_page(&self, page: PageId) -> Result<()> {
        if self.long.contains(&page) { self.refuse() } else { Ok(()) }
    }

    fn refuse(&self) -> Result<()> {
        self.cut.fetch_add(1, Ordering::Relaxed);
        Err(Error::Other("content past the limits".to_owned()))
    }

    /// Keeps the operators that place and show text, and paths that clip it.
    fn keep_text(&self, operators: Vec<ContentOp>) -> Vec<ContentOp> {
        let mut kept = Vec::with_capacity(operators.len());
        // The beginning of the path that is being drawn, and whether it clips.
        let (mut path, mut clips) = (None, false);
        for operator in operators {
            match operator.operator.as_str() {
                "m" | "l" | "c" | "v" | "y" | "h" | "re" => {
                    path.get_or_insert(kept.len());
                }
                "W" | "W*" => clips = true,
                "f" | "F" | "f*" | "S" | "s" | "B" | "B*" | "b" | "b*" | "n" => {
                    let begin = path.take().unwrap_or(kept.len());
                    if !std::mem::take(&mut clips) {
                        kept.truncate(begin);
                        continue;
                    }
                }
                "Tj" | "TJ" | "'" | "\"" if self.pieces.fetch_add(1, Ordering::Relaxed) >= PIECES => {
                    self.cut.fetch_add(1, Ordering::Relaxed);
                    continue;
                }
                "sh" | "gs" | "i" | "j" | "J" | "M" | "d" | "ri" => continue,
                _ => {}
            }
            kept.push(operator);
        }
        kept
    }
}

impl PdfBackend for Guarded {
    fn pages(&self) -> BTreeMap<u32, PageId> {
        self.inner.pages()
    }

    fn page_fonts(&self, scope: ResourceScope) -> Result<Vec<BackendFontInfo>> {
        self.inner.page_fonts(scope)
    }

    fn page_content(&self, page: PageId) -> Result<Vec<u8>> {
        self.admit_page(page)?;
        let content = self.inner.page_content(page)?;
        self.admit(content.len()).map(|()| content)
    }

    fn page_content_with_losses(&self, page: PageId) -> Result<PageContent> {
        self.admit_page(page)?;
        let content = self.inner.page_content_with_losses(page)?;
        self.admit(content.data.len()).map(|()| content)
    }

    fn decode_content(&self, data: &[u8]) -> Result<Vec<ContentOp>> {
        self.admit(data.len())?;
        if nests_too_deep(data) {
            return Err(Error::Other("arrays nested too deep".to_owned()));
        }
        Ok(self.keep_text(self.inner.decode_content(data)?))
    }

    fn decode_text(&self, scope: ResourceScope, font_name: &[u8], bytes: &[u8]) -> DecodedText {
        self.inner.decode_text(scope, font_name, bytes)
    }

    fn decode_run(&self, scope: ResourceScope, font_name: &[u8], bytes: &[u8]) -> DecodedRun {
        self.inner.decode_run(scope, font_name, bytes)
    }

    fn glyph_advances(&self, scope: ResourceScope, font_name: &[u8], bytes: &[u8]) -> Option<Vec<GlyphAdvance>> {
        self.inner.glyph_advances(scope, font_name, bytes)
    }

    fn is_vertical_font(&self, scope: ResourceScope, font_name: &[u8]) -> bool {
        self.inner.is_vertical_font(scope, font_name)
    }

    fn metadata(&self) -> PdfMetadataRaw {
        self.inner.metadata()
    }

    fn page_box(&self, page: PageId) -> PageBox {
        self.inner.page_box(page)
    }

    fn page_dimensions(&self, page: PageId) -> (f32, f32) {
        self.inner.page_dimensions(page)
    }

    fn crop_box(&self, page: PageId) -> PageBox {
        self.inner.crop_box(page)
    }

    fn page_rotation(&self, page: PageId) -> u16 {
        self.inner.page_rotation(page)
    }

    fn outline(&self) -> Result<Vec<RawOutlineItem>> {
        Ok(Vec::new())
    }

    fn page_xobjects(&self, _page: PageId) -> Result<Vec<RawXObject>> {
        Ok(Vec::new())
    }

    fn xobject(&self, scope: ResourceScope, name: &[u8]) -> Option<PaintedXObject> {
        let painted = self.inner.xobject(scope, name)?;
        if let PaintedXObject::Form(form) = &painted {
            let length = form.content.as_ref().map_or(0, Vec::len);
            let many = self.forms.fetch_add(1, Ordering::Relaxed) >= FORMS;
            if many || self.admit(length).is_err() {
                self.cut.fetch_add(1, Ordering::Relaxed);
                return Some(PaintedXObject::Other);
            }
        }
        Some(painted)
    }

    fn image_xobject(&self, scope: ResourceScope, name: &[u8]) -> Option<RawXObject> {
        if self.has_unpacked_enough() {
            return None;
        }
        let picture = self.inner.image_xobject(scope, name)?;
        let left = self.pictures.load(Ordering::Relaxed).saturating_sub(picture.data.len() as u64);
        self.pictures.store(left, Ordering::Relaxed);
        Some(picture)
    }

    fn acroform_fields(&self) -> Vec<FormField> {
        Vec::new()
    }
}
