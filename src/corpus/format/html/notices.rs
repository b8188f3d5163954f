//! Notices within the main text of a page: invitations to read on, subscribe, share and comment, and the headlines
//! below such a line.

/// The longest notice or headline, in bytes.
const LONGEST: usize = 160;

/// How notices begin, in small letters.
#[rustfmt::skip]
const NOTICES: [&str; 86] = [
    // English
    "read more:", "read more about", "read also", "also read", "see also:", "story continues below", "article continues",
    "continue reading", "sign up for", "sign up to", "sign up here", "subscribe to our", "subscribe now", "subscribe today",
    "get our newsletter", "get the latest", "join our newsletter", "follow us on", "like us on", "share this", "share on",
    "click here to subscribe", "leave a comment", "leave a reply", "post a comment", "add a comment", "view comments",
    "comments are closed", "comments are moderated", "comments will be", "please read our comment", "your email address will not",
    "log in to comment", "already a subscriber", "support our journalism", "skip advertisement",
    // German, Dutch
    "lesen sie auch", "lesen sie mehr", "lesen sie hier", "auch interessant", "newsletter abonnieren", "jetzt abonnieren",
    "abonnieren sie", "kommentar schreiben", "diskutieren sie mit", "artikel teilen", "lees ook", "lees meer", "schrijf je in",
    "deel dit",
    // French
    "lire aussi", "à lire aussi", "lire la suite", "abonnez-vous", "inscrivez-vous", "partager sur", "laisser un commentaire",
    // Spanish, Portuguese, Italian
    "lea también", "lee también", "leer más", "suscríbete", "suscríbase", "compartir en", "deja un comentario", "leia também",
    "leia mais", "inscreva-se", "compartilhe", "deixe um comentário", "leggi anche", "iscriviti", "condividi su",
    "lascia un commento",
    // Russian, Turkish, Polish
    "читайте также", "подпишитесь", "подписывайтесь", "поделиться", "оставить комментарий", "ayrıca okuyun", "abone olun",
    "yorum yap", "czytaj też", "czytaj także", "zobacz też", "zapisz się", "dodaj komentarz",
];

/// Whole lines that stand above headlines of other pages.
#[rustfmt::skip]
const HEADS: [&str; 42] = [
    "related", "related articles", "related stories", "related posts", "related news", "related content", "related links",
    "related topics", "more on this story", "more on this", "more stories", "more news", "more from this section",
    "recommended", "recommended for you", "you may also like", "you might also like", "most read", "most popular",
    "most viewed", "trending", "trending now", "latest news", "latest stories", "top stories", "read next", "don't miss",
    "mehr zum thema", "das könnte sie auch interessieren", "meistgelesen", "weitere artikel", "sur le même sujet",
    "articles similaires", "les plus lus", "te puede interesar", "noticias relacionadas", "lo más leído",
    "notícias relacionadas", "articoli correlati", "по теме", "ilgili haberler", "powiązane artykuły",
];

/// Lines that say that the text below them is paid for.
const ALONE: [&str; 8] =
    ["advertisement", "anzeige", "werbung", "publicité", "publicidad", "pubblicità", "реклама", "reklam"];

/// The text without notices, if anything remains, with blank lines between its paragraphs.
pub(super) fn without_notices(text: String) -> String {
    let mut kept = Vec::new();
    let (mut dropped, mut after_head) = (false, false);
    for block in text.split("\n\n") {
        let short = block.len() <= LONGEST;
        let is_headline = short && !block.trim_end().ends_with(['.', '!', '?', '…', '"', '”', ':', '。']);
        after_head = short && (is_head(block) || after_head && is_headline);
        if after_head || short && is_notice(block) {
            dropped = true;
        } else {
            kept.push(block);
        }
    }
    // A page of notices alone is a page too.
    if dropped && !kept.is_empty() { kept.join("\n\n") } else { text }
}

fn is_notice(block: &str) -> bool {
    let line = plain(block);
    NOTICES.iter().any(|notice| line.starts_with(notice)) || ALONE.contains(&line.as_str())
}

fn is_head(block: &str) -> bool {
    let line = plain(block);
    HEADS.contains(&line.trim_end_matches([':', ' ', '»', '›']))
}

fn plain(block: &str) -> String {
    block
        .trim()
        .trim_start_matches(['>', '»', '›', '→', '•', '-', '–', '—', '[', '(', ' '])
        .to_lowercase()
        .replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_and_headlines_of_other_pages_are_left_out() {
        for (text, expected) in [
            ("The pond froze.\n\nRead more: Ducks counted\n\nIt thawed.", "The pond froze.\n\nIt thawed."),
            (
                "It froze.\n\nRelated stories\n\nDucks counted twice\n\nBoat found\n\nIt thawed in May.",
                "It froze.\n\nIt thawed in May.",
            ),
            ("It froze.\n\nSign up for our newsletter.\n\nAdvertisement\n\nIt thawed.", "It froze.\n\nIt thawed."),
            ("Es fror.\n\nLesen Sie auch: Enten\n\nEs taute.", "Es fror.\n\nEs taute."),
            ("Comments are moderated. Be kind.", "Comments are moderated. Be kind."),
            ("Related to the pond is the mill.\n\nIt turns.", "Related to the pond is the mill.\n\nIt turns."),
            ("A heading\n\nIt froze.", "A heading\n\nIt froze."),
        ] {
            assert_eq!(without_notices(text.to_owned()), expected, "{text}");
        }
    }
}
