//! The one picture that a page without text mostly is, as a file that programs for pictures read.

use std::borrow::Cow;
use std::collections::HashSet;

use hayro_jbig2::{Decoder, Image};
use unpdf::parser::backend::{
    CcittParms, CodecParms, ContentOp, ImageColorSpace, PageId, PaintedXObject, PdfBackend, PdfValue, RawXObject,
    ResourceScope,
};

use super::guard::Guarded;

/// The most pictures of a page that are looked at. A page of more is made of strips, or is a drawing.
const PICTURES: usize = 20;

/// How many times over forms on a page may hold each other.
const DEEPEST: usize = 4;

/// A picture with fewer dots than this share of the largest of its page is a part of the largest's background or a mark.
const SHARE: u64 = 4;

/// The most dots of a picture. A page of a newspaper has some 60 million.
const DOTS: u64 = 150_000_000;

/// The longest file that is made of a picture, in bytes.
const LONGEST: u64 = 128 << 20;

/// The picture that covers a page. None if nothing is painted. Fails with the reason why it cannot be taken out.
pub(super) fn of_page(backend: &Guarded, page: PageId) -> Result<Option<Vec<u8>>, String> {
    let Ok(content) = backend.page_content(page) else { return Err("a page that cannot be read".to_owned()) };
    let mut painted = Vec::new();
    gather(backend, ResourceScope::page(page), &content, 0, &mut HashSet::new(), &mut painted);
    if painted.len() > PICTURES {
        return Err("a page made of many pictures".to_owned());
    }
    // Only the largest is kept, since each may take as much memory as a whole page.
    let mut sizes = Vec::new();
    let mut largest: Option<RawXObject> = None;
    for picture in painted.into_iter().filter_map(|(scope, name)| backend.image_xobject(scope, &name)) {
        sizes.push(dots(&picture));
        if largest.as_ref().is_none_or(|largest| dots(&picture) > dots(largest)) {
            largest = Some(picture);
        }
    }
    if backend.has_unpacked_enough() {
        return Err("pictures that unpack beyond reason".to_owned());
    }
    let Some(picture) = largest else { return Ok(None) };
    let size = dots(&picture);
    match sizes.into_iter().filter(|other| *other >= size.div_ceil(SHARE)).count() {
        _ if size == 0 || size > DOTS => Err("a picture of a size that is not read".to_owned()),
        1 => file_of(&picture).map(Some),
        _ => Err("a page made of several pictures".to_owned()),
    }
}

/// Gathers the names of the pictures that content paints, each once, and where they are looked up.
fn gather(
    backend: &Guarded,
    scope: ResourceScope,
    content: &[u8],
    depth: usize,
    met: &mut HashSet<(Option<PageId>, Vec<u8>)>,
    painted: &mut Vec<(ResourceScope, Vec<u8>)>,
) {
    let operators = backend.decode_content(content).unwrap_or_default();
    for ContentOp { operator, operands, .. } in operators {
        let Some(PdfValue::Name(name)) = operands.into_iter().next().filter(|_| operator == "Do") else { continue };
        if painted.len() > PICTURES || !met.insert((scope.form, name.clone())) {
            continue;
        }
        match backend.xobject(scope, &name) {
            Some(PaintedXObject::Image) => painted.push((scope, name)),
            Some(PaintedXObject::Form(form)) if depth < DEEPEST => {
                let within = ResourceScope::form(scope.page, form.id);
                gather(backend, within, &form.content.unwrap_or_default(), depth + 1, met, painted);
            }
            _ => {}
        }
    }
}

fn dots(picture: &RawXObject) -> u64 {
    u64::from(picture.width.unwrap_or_default()) * u64::from(picture.height.unwrap_or_default())
}

fn file_of(picture: &RawXObject) -> Result<Vec<u8>, String> {
    let data = &picture.data;
    match (picture.filter.as_deref(), &picture.codec_parms) {
        (Some("DCTDecode"), _) if data.starts_with(b"\xff\xd8\xff") => Ok(data.clone()),
        (Some("JPXDecode"), _) if data.starts_with(b"\0\0\0\x0cjP  ") => Ok(data.clone()),
        (Some("CCITTFaxDecode"), Some(CodecParms::Ccitt(parms))) => tiff(picture, parms),
        (Some("JBIG2Decode"), Some(CodecParms::Jbig2 { globals })) => jbig2(picture, globals.as_deref()),
        (None, _) => samples(picture),
        // What unpacks too far was made unreadable.
        (Some("DCTDecode"), _) => Err("a JPEG that begins like none".to_owned()),
        (Some("JPXDecode"), _) => Err("a bare stream of JPEG 2000".to_owned()),
        _ => Err("a picture that cannot be unpacked".to_owned()),
    }
}

/// Returns whether light and dark are exchanged.
fn is_inverted(picture: &RawXObject) -> bool {
    picture.decode.as_ref().and_then(|decode| decode.first()).is_some_and(|first| *first > 0.5)
}

/// A picture packed as faxes are, with the head of a TIFF before it.
fn tiff(picture: &RawXObject, parms: &CcittParms) -> Result<Vec<u8>, String> {
    const SHORT: u16 = 3;
    const LONG: u16 = 4;
    let aligned = parms.encoded_byte_align;
    let packing = match parms.k {
        k if k < 0 && !aligned => 4,
        0 if aligned && !parms.end_of_line => 2,
        0.. => 3,
        _ => return Err("a fax whose rows begin at bytes".to_owned()),
    };
    let height = parms.rows.filter(|rows| *rows > 0).or(picture.height).unwrap_or_default();
    let length = u32::try_from(picture.data.len()).map_err(|_| "a picture of more than 4 GB".to_owned())?;
    // A run of ink is white on screen only if it was exchanged once.
    let is_light = parms.black_is_1 != is_inverted(picture);
    let options = u32::from(parms.k > 0) | u32::from(aligned) << 2;
    let entries: [(u16, u16, u32); 10] = [
        (256, LONG, parms.columns),
        (257, LONG, height),
        (258, SHORT, 1),
        (259, SHORT, packing),
        (262, SHORT, u32::from(is_light)),
        (273, LONG, 8 + 2 + 10 * 12 + 4),
        (277, SHORT, 1),
        (278, LONG, height),
        (279, LONG, length),
        (292, LONG, options),
    ];
    let mut file = b"II*\0\x08\0\0\0".to_vec();
    file.extend((entries.len() as u16).to_le_bytes());
    for (tag, kind, value) in entries {
        file.extend(tag.to_le_bytes());
        file.extend(kind.to_le_bytes());
        file.extend(1_u32.to_le_bytes());
        file.extend(value.to_le_bytes());
    }
    file.extend(0_u32.to_le_bytes());
    file.extend(&picture.data);
    Ok(file)
}

/// A picture in black and white, as a PBM.
struct Bits {
    file: Vec<u8>,
    byte: u8,
    count: u32,
    inverted: bool,
}

impl Bits {
    fn new(width: u32, height: u32, inverted: bool) -> Bits {
        Bits { file: format!("P4\n{width} {height}\n").into_bytes(), byte: 0, count: 0, inverted }
    }
}

impl Decoder for Bits {
    fn push_pixel(&mut self, black: bool) {
        self.byte = self.byte << 1 | u8::from(black != self.inverted);
        self.count += 1;
        if self.count == 8 {
            self.file.push(self.byte);
            (self.byte, self.count) = (0, 0);
        }
    }

    fn push_pixel_chunk(&mut self, black: bool, chunk_count: u32) {
        let byte = if black != self.inverted { 0xff } else { 0 };
        self.file.extend(std::iter::repeat_n(byte, chunk_count as usize));
    }

    fn next_line(&mut self) {
        if self.count > 0 {
            self.file.push(self.byte << (8 - self.count));
            (self.byte, self.count) = (0, 0);
        }
    }
}

fn jbig2(picture: &RawXObject, globals: Option<&[u8]>) -> Result<Vec<u8>, String> {
    let damaged = |_| "a damaged JBIG2 picture".to_owned();
    let image = Image::new_embedded(&picture.data, globals).map_err(damaged)?;
    if u64::from(image.width()) * u64::from(image.height()) > DOTS {
        return Err("a picture of a size that is not read".to_owned());
    }
    let mut bits = Bits::new(image.width(), image.height(), is_inverted(picture));
    image.decode(&mut bits).map_err(damaged)?;
    Ok(bits.file)
}

/// Unpacked samples as a PBM, or as a PGM in grey, which is all that recognising needs.
fn samples(picture: &RawXObject) -> Result<Vec<u8>, String> {
    let (Some(width), Some(height)) = (picture.width, picture.height) else {
        return Err("a picture without a size".to_owned());
    };
    let color = match &picture.color {
        _ if picture.image_mask => &ImageColorSpace::Gray,
        Some(color @ (ImageColorSpace::Gray | ImageColorSpace::Rgb | ImageColorSpace::Cmyk)) => color,
        Some(color @ ImageColorSpace::Indexed { .. }) => color,
        _ => return Err("a picture in colours that are not converted".to_owned()),
    };
    let bits = usize::from(picture.bits_per_component.unwrap_or(8));
    if !matches!(bits, 1 | 2 | 4 | 8 | 16) {
        return Err("a picture of samples that are not converted".to_owned());
    }
    let (wide, parts) = (width as usize, color.components());
    let row = wide.saturating_mul(parts).saturating_mul(bits).div_ceil(8);
    // The reader leaves the rows of a PNG as they are where their dots do not fill whole bytes.
    let is_filtered =
        (wide * parts * bits) % 8 != 0 && picture.data.len() as u64 == (row as u64 + 1) * u64::from(height);
    let data = if is_filtered { Cow::Owned(unfiltered(&picture.data, row)) } else { Cow::Borrowed(&picture.data) };
    let rows = data.chunks_exact(row.max(1)).take(height as usize);
    if rows.len() < height as usize {
        return Err("a picture that ends too early".to_owned());
    }
    let inverted = is_inverted(picture);
    if bits == 1 && matches!(color, ImageColorSpace::Gray) {
        let mut file = Bits::new(width, height, inverted).file;
        // Here one is black, and in a PDF white.
        file.extend(rows.flatten().map(|byte| if inverted { *byte } else { !byte }));
        return Ok(file);
    }
    if u64::from(width) * u64::from(height) > LONGEST {
        return Err("a picture of a size that is not read".to_owned());
    }
    let greys = palette(color);
    let mut file = format!("P5\n{width} {height}\n255\n").into_bytes();
    for row in rows {
        let sample = |at: usize| sample(row, at, bits);
        file.extend((0..wide).map(|dot| {
            let part = |number: usize| {
                let value = scaled(sample(dot * parts + number), bits);
                if inverted { 255 - value } else { value }
            };
            match color {
                ImageColorSpace::Rgb => luma(part(0), part(1), part(2)),
                ImageColorSpace::Cmyk => {
                    let ink = 255 - luma(255 - part(0), 255 - part(1), 255 - part(2));
                    255 - ink.saturating_add(part(3))
                }
                ImageColorSpace::Indexed { .. } => greys.get(sample(dot)).copied().unwrap_or(255),
                _ => part(0),
            }
        }));
    }
    Ok(file)
}

/// Rows of less than a byte a dot without the filters that a PNG puts over them (PNG, 9.2).
fn unfiltered(data: &[u8], row: usize) -> Vec<u8> {
    let mut plain: Vec<u8> = Vec::with_capacity(data.len());
    let mut above = vec![0; row];
    for filtered in data.chunks_exact(row + 1) {
        let Some((filter, bytes)) = filtered.split_first() else { continue };
        let (mut left, mut corner) = (0_u8, 0_u8);
        for (byte, up) in bytes.iter().zip(above.iter_mut()) {
            let guess = match filter {
                1 => left,
                2 => *up,
                3 => u8::midpoint(left, *up),
                4 => nearest(left, *up, corner),
                _ => 0,
            };
            corner = *up;
            left = byte.wrapping_add(guess);
            *up = left;
        }
        plain.extend(&above);
    }
    plain
}

/// Of three neighbours the one nearest to what they promise together.
fn nearest(left: u8, up: u8, corner: u8) -> u8 {
    let promised = i16::from(left) + i16::from(up) - i16::from(corner);
    let far = |byte: u8| (promised - i16::from(byte)).abs();
    if far(left) <= far(up) && far(left) <= far(corner) {
        left
    } else if far(up) <= far(corner) {
        up
    } else {
        corner
    }
}

/// The sample at a place of a row, in its own bits; of sixteen the first eight.
fn sample(row: &[u8], at: usize, bits: usize) -> usize {
    let byte = |at: usize| usize::from(row.get(at).copied().unwrap_or_default());
    match bits {
        16 => byte(2 * at),
        8 => byte(at),
        _ => byte(at * bits / 8) >> (8 - bits - at * bits % 8) & ((1 << bits) - 1),
    }
}

/// A sample of so many bits, from 0 to 255.
fn scaled(sample: usize, bits: usize) -> u8 {
    let most = (1_usize << bits.min(8)) - 1;
    u8::try_from(sample * 255 / most).unwrap_or(u8::MAX)
}

fn luma(red: u8, green: u8, blue: u8) -> u8 {
    let sum = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    u8::try_from(sum / 1000).unwrap_or(u8::MAX)
}

/// The greys of a palette; none where there is none.
fn palette(color: &ImageColorSpace) -> Vec<u8> {
    let ImageColorSpace::Indexed { base, lookup, .. } = color else { return Vec::new() };
    let parts = base.components().max(1);
    let greys = lookup.chunks_exact(parts).map(|entry| match entry {
        [grey] => *grey,
        [red, green, blue] => luma(*red, *green, *blue),
        [cyan, magenta, yellow, black] => {
            let ink = 255 - luma(255 - cyan, 255 - magenta, 255 - yellow);
            255 - ink.saturating_add(*black)
        }
        _ => 255,
    });
    greys.collect()
}
