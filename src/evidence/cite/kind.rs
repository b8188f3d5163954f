//! What sort of publication a document is, as far as it says so itself.

use std::collections::BTreeMap;

use crate::document::{Attribution, DateRule, Dated, SourceRule};

/// A sort of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    PressArticle,
    AgencyStory,
    WebPage,
    PressRelease,
    Speech,
    Mail,
    Broadcast,
    Report,
    /// Nothing says what it is.
    Document,
}

/// What is known of a document that tells its kind.
pub(crate) struct Signs<'a> {
    pub(crate) dated: &'a Dated,
    pub(crate) attribution: &'a Attribution,
    pub(crate) metadata: Option<&'a BTreeMap<String, String>>,
    pub(crate) title: Option<&'a str>,
    pub(crate) url: Option<&'a str>,
    pub(crate) file: Option<&'a str>,
}

/// Names of metadata in which a document tells its kind.
const DECLARED: [&str; 6] = ["kind", "type", "genre", "document_type", "category", "section"];

/// Words that tell a kind, in a declaration, a title or a file's name; each with its kind, the most telling first.
const WORDS: [(&str, Kind); 40] = [
    ("press release", Kind::PressRelease),
    ("press-release", Kind::PressRelease),
    ("news release", Kind::PressRelease),
    ("media release", Kind::PressRelease),
    ("pressemitteilung", Kind::PressRelease),
    ("communiqué", Kind::PressRelease),
    ("communique", Kind::PressRelease),
    ("comunicado", Kind::PressRelease),
    ("comunicato stampa", Kind::PressRelease),
    ("пресс-релиз", Kind::PressRelease),
    ("basın bülteni", Kind::PressRelease),
    ("persbericht", Kind::PressRelease),
    ("speech", Kind::Speech),
    ("remarks by", Kind::Speech),
    ("remarks of", Kind::Speech),
    ("address by", Kind::Speech),
    ("discours", Kind::Speech),
    ("discurso", Kind::Speech),
    ("ansprache", Kind::Speech),
    ("речь", Kind::Speech),
    ("выступление", Kind::Speech),
    ("annual report", Kind::Report),
    ("report of", Kind::Report),
    ("report on", Kind::Report),
    ("minutes of", Kind::Report),
    ("minutes", Kind::Report),
    ("protokoll", Kind::Report),
    ("jahresbericht", Kind::Report),
    ("rapport", Kind::Report),
    ("отчёт", Kind::Report),
    ("протокол", Kind::Report),
    ("inquiry", Kind::Report),
    ("broadcast", Kind::Broadcast),
    ("transcript", Kind::Broadcast),
    ("bulletin", Kind::Broadcast),
    ("e-mail", Kind::Mail),
    ("newspaper", Kind::PressArticle),
    ("newsarticle", Kind::PressArticle),
    ("news article", Kind::PressArticle),
    ("webpage", Kind::WebPage),
];

/// Words of a source's name that tell a station.
const STATIONS: [&str; 6] = ["radio", "television", "tv", "rundfunk", "fernsehen", "радио"];

impl Kind {
    /// The kind of a document by what it says of itself, then by how its date and its source are known.
    pub(crate) fn of(signs: &Signs<'_>) -> Kind {
        let declared = signs.metadata.into_iter().flatten().filter(|(name, _)| DECLARED.contains(&name.as_str()));
        let told = declared.map(|(_, value)| value.as_str()).chain(signs.title).find_map(told);
        if let Some(kind) = told {
            return kind;
        }
        let rules =
            [&signs.attribution.publisher, &signs.attribution.byline].into_iter().flatten().map(|clue| clue.rule);
        let dated_by = signs.dated.chosen.as_ref().map(|clue| clue.rule);
        if rules.clone().any(|rule| rule == SourceRule::Mail) || dated_by == Some(DateRule::Mail) {
            return Kind::Mail;
        }
        let stem = |file: &str| file.rsplit('/').next().map(|name| name.replace(['-', '_'], " "));
        if let Some(kind) = signs.file.and_then(stem).as_deref().and_then(self::told) {
            return kind;
        }
        let source = signs.attribution.source().map(|source| source.to_string().to_lowercase()).unwrap_or_default();
        if source.split(|c: char| !c.is_alphanumeric()).any(|word| STATIONS.contains(&word)) {
            return Kind::Broadcast;
        }
        let published = signs.attribution.publisher.as_ref().is_some_and(|clue| clue.rule != SourceRule::Folder);
        if signs.attribution.agency.is_some() && !published {
            return Kind::AgencyStory;
        }
        let paged =
            signs.file.is_some_and(|file| [".html", ".htm", ".mhtml", ".xhtml"].iter().any(|end| file.ends_with(end)));
        let linked = signs.url.is_some_and(|url| url.starts_with("http"));
        let by_line = signs.attribution.byline.is_some() || dated_by == Some(DateRule::Dateline);
        match (published, by_line, linked || paged) {
            (true, true, _) => Kind::PressArticle,
            (_, _, true) => Kind::WebPage,
            _ => Kind::Document,
        }
    }

    /// The type of the Citation Style Language.
    pub(crate) fn csl(self) -> &'static str {
        match self {
            Kind::PressArticle | Kind::AgencyStory => "article-newspaper",
            Kind::WebPage => "webpage",
            Kind::PressRelease => "pamphlet",
            Kind::Speech => "speech",
            Kind::Mail => "personal_communication",
            Kind::Broadcast => "broadcast",
            Kind::Report => "report",
            Kind::Document => "document",
        }
    }

    /// The type of RIS, as Zotero's map has it.
    pub(crate) fn ris(self) -> &'static str {
        match self {
            Kind::PressArticle | Kind::AgencyStory => "NEWS",
            Kind::WebPage => "ELEC",
            Kind::PressRelease => "PAMP",
            Kind::Speech => "SLIDE",
            Kind::Mail => "ICOMM",
            Kind::Report => "RPRT",
            Kind::Broadcast | Kind::Document => "GEN",
        }
    }

    /// What it is in words, where a style names it.
    pub(crate) fn words(self) -> Option<&'static str> {
        match self {
            Kind::PressRelease => Some("press release"),
            Kind::Speech => Some("speech"),
            Kind::Mail => Some("e-mail message"),
            Kind::Broadcast => Some("broadcast"),
            Kind::Report => Some("report"),
            Kind::PressArticle | Kind::AgencyStory | Kind::WebPage | Kind::Document => None,
        }
    }
}

/// The kind that a text names.
fn told(text: &str) -> Option<Kind> {
    let lower = text.to_lowercase();
    let whole = |words: &str| {
        lower.match_indices(words).any(|(start, found)| {
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let before = lower.get(..start).and_then(|before| before.chars().next_back());
            let after = lower.get(start + found.len()..).and_then(|after| after.chars().next());
            !letter(before) && !letter(after)
        })
    };
    WORDS.iter().find(|(words, _)| whole(words)).map(|(_, kind)| *kind)
}
