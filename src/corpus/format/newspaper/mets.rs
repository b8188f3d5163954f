//! METS: which files are the pages of an issue, which parts of them are its articles, and what it is called and when it
//! was issued, with MODS or Dublin Core.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::corpus::format::xml;
use crate::corpus::format::xml::{Id, Tree, local};
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::{Declared, Origin};

/// The most pages, articles, and parts of articles.
const MOST: usize = 200_000;

/// The kinds of parts that are documents of their own.
const ARTICLES: [&str; 14] = [
    "article",
    "advertisement",
    "ad",
    "advert",
    "obituary",
    "deathnotice",
    "letter",
    "review",
    "poem",
    "chapter",
    "section_article",
    "notice",
    "publicnotice",
    "serial",
];

/// An issue as METS describes it.
#[derive(Debug, Default)]
pub(super) struct Issue {
    /// The title of the newspaper.
    pub(super) title: Option<String>,
    pub(super) language: Option<String>,
    pub(super) dates: Vec<Declared>,
    /// The pages in their order: the names of the files that are of each.
    pub(super) pages: Vec<Vec<Arc<str>>>,
    pub(super) articles: Vec<Article>,
}

/// A part of an issue that is a document of its own.
#[derive(Debug, Default)]
pub(super) struct Article {
    pub(super) name: String,
    pub(super) title: Option<String>,
    pub(super) section: Option<String>,
    pub(super) author: Option<String>,
    pub(super) parts: Vec<Part>,
}

/// A part of a page: from one named thing to another, both included; all of the page where there is no name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) file: Arc<str>,
    pub(super) begin: Option<Arc<str>>,
    pub(super) end: Option<Arc<str>>,
}

/// Reads METS, and tells what of it is damaged. None if it is none.
pub(super) fn read(bytes: Vec<u8>) -> Option<(Issue, Vec<Problem>)> {
    let tree = xml::read(bytes);
    let root = tree.root().filter(|root| local(tree.name(*root)) == "mets")?;
    let mets = Mets::of(&tree, root);
    let mut issue = Issue { pages: mets.pages(), articles: mets.articles(), ..Issue::default() };
    mets.describe(&mut issue);
    let broken = tree.broken.as_ref().map(|broken| format!("a damaged METS file, read in part: {broken}"));
    let named: usize = issue.pages.iter().map(Vec::len).sum();
    let longest = issue.pages.len().max(named).max(issue.articles.iter().map(|article| article.parts.len()).sum());
    let cut = (longest >= MOST).then(|| format!("METS of more than {MOST} pages or articles; the rest is not read"));
    Some((issue, broken.into_iter().chain(cut).map(Problem::failed).collect()))
}

/// What a file of METS names, before anything of it is read.
#[derive(Debug, Default)]
pub(crate) struct IssueFiles {
    /// The files that may be the text of a page, as written.
    pub(crate) names: Vec<Arc<str>>,
    /// Set if it knows parts of pages that are documents of their own.
    pub(crate) has_articles: bool,
}

/// The files that METS names. None if it is no METS.
pub(crate) fn files(bytes: Vec<u8>) -> IssueFiles {
    let tree = xml::read(bytes);
    let Some(root) = tree.root().filter(|root| local(tree.name(*root)) == "mets") else { return IssueFiles::default() };
    let mets = Mets::of(&tree, root);
    let has_articles = mets
        .structures()
        .any(|structure| mets.divs_below(structure).any(|id| ARTICLES.contains(&mets.kind(id).as_str())));
    let mut names = mets.pages().concat();
    names.retain(|name| may_be_text(name));
    IssueFiles { names, has_articles }
}

/// Returns whether a file that METS names may be the text of a page: pictures are told by their names.
pub(super) fn may_be_text(name: &str) -> bool {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_ascii_lowercase();
    let packed = [".gz", ".bz2", ".xz", ".zst"].iter().find_map(|end| name.strip_suffix(end));
    let name = packed.unwrap_or(&name);
    !name.contains('.') || [".xml", ".alto", ".hocr", ".html", ".htm"].iter().any(|end| name.ends_with(end))
}

/// What a description says of an article.
#[derive(Default)]
struct About {
    title: Option<String>,
    author: Option<String>,
}

struct Mets<'a> {
    tree: &'a Tree,
    root: Id,
    /// Files by their ids.
    files: HashMap<String, Arc<str>>,
    /// Where logical parts stand: ids of physical ones by theirs.
    links: HashMap<String, Vec<String>>,
    /// Parts of all structures by their ids.
    divs: HashMap<String, Id>,
    /// Descriptions by their ids.
    descriptions: HashMap<String, Id>,
}

impl<'a> Mets<'a> {
    fn of(tree: &'a Tree, root: Id) -> Mets<'a> {
        let mut mets = Mets {
            tree,
            root,
            files: HashMap::new(),
            links: HashMap::new(),
            divs: HashMap::new(),
            descriptions: HashMap::new(),
        };
        // The places of a group of links, the first of which is that of the logical part.
        let mut group: Vec<String> = Vec::new();
        for id in tree.descendants(root) {
            let attribute = |name: &str| tree.local_attribute(id, name).map(str::to_owned);
            match local(tree.name(id)) {
                "file" => {
                    let place = tree.descendants(id).find(|id| local(tree.name(*id)) == "FLocat");
                    let place = place.and_then(|id| tree.local_attribute(id, "href")).map(str::to_owned);
                    if let Some((name, place)) = attribute("ID").zip(place) {
                        mets.files.insert(name, place.into());
                    }
                }
                "dmdSec" => drop(attribute("ID").map(|name| mets.descriptions.insert(name, id))),
                "div" => drop(attribute("ID").map(|name| mets.divs.insert(name, id))),
                "smLink" => {
                    if let Some((from, to)) = attribute("from").zip(attribute("to")) {
                        mets.link(&from, &to);
                    }
                }
                "smLinkGrp" => group.clear(),
                "smLocatorLink" => {
                    if let Some(place) = attribute("href") {
                        if let Some(first) = group.first().cloned() {
                            mets.link(&first, &place);
                        }
                        group.push(place);
                    }
                }
                _ => {}
            }
        }
        mets
    }

    fn link(&mut self, from: &str, to: &str) {
        let plain = |name: &str| name.trim_start_matches('#').to_owned();
        self.links.entry(plain(from)).or_default().push(plain(to));
    }

    fn kind(&self, id: Id) -> String {
        let kind = self.tree.attribute(id, "TYPE").unwrap_or_default().to_ascii_lowercase();
        kind.rsplit(':').next().unwrap_or_default().replace([' ', '-'], "")
    }

    fn structures(&self) -> impl Iterator<Item = Id> + '_ {
        self.tree.descendants(self.root).filter(|id| local(self.tree.name(*id)) == "structMap")
    }

    fn divs_below(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        self.tree.descendants(id).filter(|id| local(self.tree.name(*id)) == "div")
    }

    /// The files of each page, in the order of the first structure that has pages.
    fn pages(&self) -> Vec<Vec<Arc<str>>> {
        for structure in self.structures() {
            let mut pages: Vec<(u32, Vec<Arc<str>>)> = Vec::new();
            let mut left = MOST;
            for page in
                self.divs_below(structure).filter(|id| matches!(self.kind(*id).as_str(), "page" | "pages")).take(MOST)
            {
                let named = self.tree.descendants(page).filter_map(|id| self.tree.attribute(id, "FILEID"));
                let mut seen = HashSet::new();
                let named = named.filter(|name| seen.insert(*name)).filter_map(|name| self.files.get(name));
                let files: Vec<Arc<str>> = named.take(left).cloned().collect();
                left -= files.len();
                let order = self.tree.attribute(page, "ORDER").and_then(|order| order.parse().ok()).unwrap_or(u32::MAX);
                pages.push((order, files));
            }
            if !pages.is_empty() {
                pages.sort_by_key(|(order, _)| *order);
                return pages.into_iter().map(|(_, files)| files).collect();
            }
        }
        let mut files: Vec<&Arc<str>> = self.files.values().collect();
        files.sort();
        files.into_iter().take(MOST).map(|file| vec![Arc::clone(file)]).collect()
    }

    fn articles(&self) -> Vec<Article> {
        let mut articles = Vec::new();
        let mut within: HashSet<Id> = HashSet::new();
        // Many articles may have one description.
        let mut known: HashMap<Id, About> = HashMap::new();
        // Many articles may be linked with the same parts.
        let mut linked: HashMap<Id, Vec<Part>> = HashMap::new();
        let mut all = 0;
        for structure in self.structures() {
            let mut section = None;
            for id in self.divs_below(structure) {
                let kind = self.kind(id);
                if kind == "section" {
                    section = self.label(id);
                }
                if within.contains(&id) || !ARTICLES.contains(&kind.as_str()) || all > MOST {
                    continue;
                }
                within.extend(self.divs_below(id));
                let parts = self.parts(id, &mut linked);
                all += parts.len() + 1;
                if parts.is_empty() {
                    continue;
                }
                let mut about = About::default();
                for section in self.described(id) {
                    let said = known.entry(section).or_insert_with(|| self.about(section));
                    about.title = about.title.or_else(|| said.title.clone());
                    about.author = about.author.or_else(|| said.author.clone());
                }
                let title = about.title.or_else(|| self.label(id)).filter(|title| !is_filler(title));
                let author = about.author;
                let name = self.tree.attribute(id, "ID").unwrap_or_default().to_owned();
                articles.push(Article { name, title, section: section.clone(), author, parts });
            }
        }
        articles
    }

    fn about(&self, description: Id) -> About {
        let author = self.value(description, "namePart").or_else(|| self.value(description, "creator"));
        About { title: self.value(description, "title"), author }
    }

    fn label(&self, id: Id) -> Option<String> {
        self.tree.attribute(id, "LABEL").map(str::to_owned).filter(|label| !is_filler(label))
    }

    /// The parts of pages that an article is made of: its own, or else those it is linked with.
    fn parts(&self, article: Id, known: &mut HashMap<Id, Vec<Part>>) -> Vec<Part> {
        let mut parts = self.parts_below(article);
        if parts.is_empty() {
            let ids =
                std::iter::once(article).chain(self.divs_below(article)).filter_map(|id| self.tree.attribute(id, "ID"));
            let linked = ids.filter_map(|name| self.links.get(name)).flatten().filter_map(|name| self.divs.get(name));
            // A page is where an article stands, and not what it is.
            let mut seen = HashSet::new();
            let linked = linked
                .copied()
                .filter(|id| seen.insert(*id) && !matches!(self.kind(*id).as_str(), "page" | "physsequence"));
            for id in linked {
                parts.extend_from_slice(known.entry(id).or_insert_with(|| self.parts_below(id)));
                if parts.len() > MOST {
                    break;
                }
            }
        }
        parts.dedup();
        parts
    }

    fn parts_below(&self, id: Id) -> Vec<Part> {
        let named = self.tree.descendants(id).filter(|id| matches!(local(self.tree.name(*id)), "area" | "fptr"));
        let parts = named.filter_map(|id| {
            let file = Arc::clone(self.files.get(self.tree.attribute(id, "FILEID")?)?);
            let name = |name| self.tree.attribute(id, name).map(Arc::from);
            let (begin, end) = (name("BEGIN"), name("END"));
            // A part of a picture is a stretch of it, and no text.
            Some(Part { file, begin, end })
                .filter(|part| part.begin.is_some() || self.tree.attribute(id, "COORDS").is_none())
        });
        parts.take(MOST).collect()
    }

    /// The descriptions that a part refers to.
    fn described(&self, id: Id) -> Vec<Id> {
        let named = self.tree.attribute(id, "DMDID").unwrap_or_default();
        named.split_whitespace().filter_map(|name| self.descriptions.get(name)).copied().collect()
    }

    /// A value of a description, not of what it is a part of.
    fn value(&self, description: Id, name: &str) -> Option<String> {
        let mut waiting = vec![description];
        while let Some(id) = waiting.pop() {
            let own = local(self.tree.name(id));
            if own == name {
                return self.tree.line_of(id).filter(|value| !is_filler(value));
            }
            if own != "relatedItem" {
                let mut children: Vec<Id> = self.tree.children(id).collect();
                children.reverse();
                waiting.extend(children);
            }
        }
        None
    }

    /// Adds title, language and dates.
    fn describe(&self, issue: &mut Issue) {
        // Sections, articles and pictures have titles and dates of their own.
        let whole =
            ["newspaper", "issue", "volume", "periodical", "physsequence", "day", "monograph", "completeobject", ""];
        let of_parts: HashSet<Id> = self
            .structures()
            .flat_map(|id| self.divs_below(id).collect::<Vec<_>>())
            .filter(|id| !whole.contains(&self.kind(*id).as_str()))
            .flat_map(|id| self.described(id))
            .collect();
        let sections: Vec<Id> = self
            .tree
            .children(self.root)
            .filter(|id| local(self.tree.name(*id)) == "dmdSec" && !of_parts.contains(id))
            .collect();
        for section in &sections {
            self.dates(*section, issue);
            issue.language = issue
                .language
                .take()
                .or_else(|| self.value(*section, "languageTerm"))
                .or_else(|| self.value(*section, "language"));
        }
        let days: Vec<(String, &str)> = self
            .structures()
            .flat_map(|id| self.divs_below(id).collect::<Vec<_>>())
            .filter(|id| matches!(self.kind(*id).as_str(), "day" | "month" | "issue"))
            .filter_map(|id| {
                Some((self.kind(id), self.tree.attribute(id, "ORDERLABEL").filter(|label| is_date(label))?))
            })
            .collect();
        // Of a list of many issues none is the one.
        if days.iter().filter(|(kind, _)| kind == "day").count() <= 1 {
            for (kind, day) in &days {
                issue.dates.push(declared("date", day, &format!("METS {kind} ORDERLABEL")));
            }
        }
        let labels = self.structures().flat_map(|id| self.divs_below(id).collect::<Vec<_>>()).filter_map(|id| {
            let kind = self.kind(id);
            self.label(id).filter(|_| matches!(kind.as_str(), "newspaper" | "issue" | "physsequence" | "periodical"))
        });
        let labels: Vec<String> =
            self.tree.attribute(self.root, "LABEL").map(str::to_owned).into_iter().chain(labels).collect();
        if issue.dates.is_empty() {
            let dated = labels.iter().find_map(|label| label.split_whitespace().find(|word| is_date(word)));
            issue.dates.extend(dated.map(|day| declared("date", day, "METS LABEL")));
        }
        let titles = sections.iter().filter_map(|id| self.newspaper(*id));
        issue.title = titles
            .chain(labels.iter().map(|label| without_date(label)))
            .find(|title| !is_filler(title) && !is_date_like(title));
    }

    /// The title of the newspaper in a description: that of what the issue is a part of comes first.
    fn newspaper(&self, section: Id) -> Option<String> {
        let host = self.tree.descendants(section).find(|id| {
            local(self.tree.name(*id)) == "relatedItem"
                && self.tree.attribute(*id, "type").is_none_or(|kind| matches!(kind, "host" | "series"))
        });
        let title = host.and_then(|host| self.value_of_host(host)).or_else(|| self.value(section, "title"));
        title.map(|title| without_date(&title))
    }

    fn value_of_host(&self, host: Id) -> Option<String> {
        let title = self.tree.descendants(host).find(|id| local(self.tree.name(*id)) == "title")?;
        self.tree.line_of(title)
    }

    fn dates(&self, section: Id, issue: &mut Issue) {
        for id in self.tree.descendants(section) {
            let name = match self.tree.name(id) {
                name if local(name) == "dateIssued" => "dateIssued",
                "dc:date" => "date",
                _ => continue,
            };
            let Some(value) = self.tree.line_of(id).filter(|value| value.contains(|c: char| c.is_ascii_digit())) else {
                continue;
            };
            // The years in which a newspaper came out are no day of an issue, and a date that is doubted is weaker.
            let doubted =
                self.tree.local_attribute(id, "qualifier").or_else(|| self.tree.local_attribute(id, "qualifer"));
            if is_run(&value) {
                continue;
            }
            let name = if doubted.is_some() { "created" } else { name };
            let place = if name == "date" { "METS dc:date".to_owned() } else { "METS mods:dateIssued".to_owned() };
            let place = doubted.map_or(place.clone(), |doubted| format!("{place}, {doubted}"));
            issue.dates.push(declared(name, &value, &place));
        }
    }
}

fn declared(name: &str, value: &str, place: &str) -> Declared {
    Declared { origin: Origin::Field, name: name.to_owned(), value: value.to_owned(), place: place.to_owned() }
}

/// Returns whether a value names the years from one to another: `1813-1814`, `[1759-1800]`.
pub(super) fn is_run(value: &str) -> bool {
    let bare = value.trim_matches(['[', ']', ' ']);
    let mut years = bare.split(['-', '/', '\u{2013}']);
    let year = |year: Option<&str>| {
        year.is_some_and(|year| year.trim().len() == 4 && year.trim().bytes().all(|b| b.is_ascii_digit()))
    };
    year(years.next()) && year(years.next()) && years.next().is_none()
}

/// A day or a month, as machines write them: a number of a volume is none.
fn is_date(value: &str) -> bool {
    let value = value.trim().trim_end_matches(['_', '.', ',']);
    let value = value.split('_').next().unwrap_or(value);
    (value.len() == 7 || value.len() == 10) && value.parse::<crate::time::Date>().is_ok()
}

fn is_date_like(title: &str) -> bool {
    !title.chars().any(char::is_alphabetic) || title.chars().next().is_some_and(|c| c.is_ascii_digit())
}

/// A title without the date that programs put behind it.
fn without_date(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    let kept = words.iter().rposition(|word| !is_date(word)).map_or(0, |last| last + 1);
    words.get(..kept).unwrap_or_default().join(" ").trim_end_matches([',', ' ']).to_owned()
}

/// Returns whether a label is what a program writes where it knows nothing.
fn is_filler(label: &str) -> bool {
    let small = label.to_lowercase();
    small.trim().is_empty()
        || small.contains("placeholder")
        || small.starts_with("untitled")
        || matches!(small.trim(), "article" | "advertisement" | "ad" | "textblock" | "text")
}
