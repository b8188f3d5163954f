//! Small files of our own writing in every format, with a word of its own in every part that holds text.

#[path = "packed.rs"]
mod packed;
#[path = "texts.rs"]
mod texts;

use std::cell::RefCell;
use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use packed::*;
use texts::*;

/// Gives each part of a file a word of its own, or none where the part is left empty.
pub(crate) struct Planter {
    seed: u64,
    pub(crate) planted: RefCell<BTreeMap<String, String>>,
}

impl Planter {
    /// With seed 0 every part has a word; with others some are left empty.
    pub(crate) fn new(seed: u64) -> Planter {
        Planter { seed, planted: RefCell::default() }
    }

    /// The word of a part; the same each time it is asked for.
    fn word(&self, part: &str) -> String {
        let number = xxh3_64_with_seed(part.as_bytes(), self.seed);
        // Seed 0 plants all of them.
        if self.seed != 0 && number.is_multiple_of(3) {
            return String::new();
        }
        let mut word = "zq".to_owned();
        let mut rest = number;
        for _ in 0..9 {
            word.push(char::from(b'a' + (rest % 26) as u8));
            rest /= 26;
        }
        self.planted.borrow_mut().insert(part.to_owned(), word.clone());
        word
    }
}

/// A few sentences, so that a part is taken for text.
const STORY: &str = "The council met in the old school on Tuesday, and spoke for two hours about the pond, its ducks, and the boat \
    that nobody owned. The clerk had counted the ducks twice, and had found twelve of them in the morning, eleven at dusk.";

pub(crate) type Build = fn(&Planter) -> Vec<u8>;

/// The name of a file of each format, and how one is made.
pub(crate) const FORMATS: &[(&str, Build)] = &[
    ("note.txt", plain),
    ("old.txt", mac),
    ("page.md", markdown_page),
    ("rows.csv", table),
    ("rows.tsv", tabs),
    ("records.jsonl", json_lines),
    ("record.json", json_object),
    ("records.json", json_array),
    ("note.rtf", rich_text),
    ("page.html", web_page),
    ("mail.eml", mail),
    ("mail.emlx", apple_mail),
    ("mail.msg", outlook_message),
    ("mails.mbox", mailbox),
    ("page.mhtml", saved_page),
    ("feed.xml", rss),
    ("atom.xml", atom),
    ("story.xml", nitf),
    ("prose.xml", prose),
    ("letter.docx", word_document),
    ("letter.odt", open_document),
    ("ducks.xlsx", workbook),
    ("talk.pptx", presentation),
    ("ducks.ods", open_sheet),
    ("talk.odp", open_slides),
    ("ducks.fods", flat_sheet),
    ("talk.fodp", flat_slides),
    ("letter.fodt", flat_text),
    ("book.epub", book),
    ("paper.pdf", paper),
    ("alto.xml", alto_page),
    ("page.xml", page_of_page_xml),
    ("page.hocr", hocr_page),
    ("tei.xml", tei_letter),
    ("list.ris", ris_list),
    ("list.bib", bibtex_list),
    ("list.csl.json", csl_list),
    ("talk.srt", subrip),
    ("talk.vtt", web_vtt),
    ("packed.zip", zip_archive),
    ("packed.tar", tar_archive),
    ("web.warc", web_archive),
    ("web.wacz", captures),
];
