//! The names of fields and columns: in English as programs use them, and in other languages as people do.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::fold;

/// The meaning of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Text,
    Id,
    Title,
    Date,
    Source,
    Author,
    Url,
    Language,
    Other,
}

/// The longest name, in bytes.
const LONGEST: usize = 64;

/// The English names of each role, the most usual first.
#[rustfmt::skip]
const ENGLISH: [(Role, &[&str]); 8] = [
    (Role::Text, &["text", "body", "content", "articlebody", "fulltext", "bodytext", "maintext", "contents"]),
    (Role::Id, &["id", "docid", "docno", "documentid", "articleid", "guid", "uuid", "doc"]),
    (Role::Title, &["title", "headline", "heading", "head", "subject"]),
    (
        Role::Date,
        &[
            "date", "datepublished", "published", "publicationdate", "pubdate", "publishedat", "publisheddate",
            "publishdate", "publishedon", "dateissued", "issued", "datetime", "timestamp", "created", "createdat",
            "datecreated", "time", "day", "modified", "datemodified", "updated", "updatedat",
            // Annotators of time call it document creation time.
            "dct",
        ],
    ),
    (
        Role::Source,
        &["source", "publisher", "publication", "outlet", "newspaper", "sitename", "site", "agency", "provider"],
    ),
    (Role::Author, &["author", "authors", "byline", "creator", "by", "writer"]),
    (Role::Url, &["url", "link", "permalink", "canonicalurl", "canonical", "sourceurl", "uri"]),
    (Role::Language, &["lang", "language", "langcode", "languagecode", "locale"]),
];

/// Names in other languages, each row with the English name of the same meaning. Letter case, diacritics and anything
/// that joins words do not count.
#[rustfmt::skip]
const FOREIGN: [(Role, &str, &[&str]); 9] = [
    (
        Role::Text,
        "text",
        &[
            // German, Dutch, the languages of the North
            "volltext", "inhalt", "wortlaut", "fliesstext", "artikeltext", "tekst", "inhoud", "brodtext",
            "innehall", "indhold", "innhold", "teksti", "sisalto",
            // French, Italian, Spanish, Portuguese, Catalan, Romanian
            "texte", "contenu", "corps", "testo", "contenuto", "corpo", "texto", "contenido", "cuerpo", "conteudo",
            "textointegral", "textocompleto", "contingut", "continut",
            // Polish, Czech, Slovak, Slovene, Croatian and Serbian, Hungarian
            "tresc", "obsah", "textclanku", "besedilo", "vsebina", "sadrzaj", "szoveg", "tartalom",
            // Turkish, Indonesian, Vietnamese
            "metin", "icerik", "teks", "isi", "noidung", "vanban",
            // Russian, Ukrainian, Bulgarian, Greek
            "текст", "содержание", "содержимое", "зміст", "съдържание", "κειμενο", "περιεχομενο",
            // Arabic, Persian, Hebrew, Hindi
            "النص", "نص", "المحتوى", "متن", "טקסט", "תוכן", "पाठ",
            // Chinese, Japanese, Korean
            "正文", "内容", "內容", "文本", "全文", "本文", "テキスト", "본문", "내용", "텍스트",
        ],
    ),
    (
        Role::Title,
        "title",
        &[
            "titel", "uberschrift", "ueberschrift", "schlagzeile", "betreff", "kop", "koptekst", "onderwerp",
            "rubrik", "overskrift", "tittel", "otsikko", "titre", "intitule", "objet", "sujet", "titolo",
            "oggetto", "titulo", "titular", "asunto", "assunto", "encabezado", "titol", "titlu", "tytul",
            "naglowek", "nazev", "titulek", "nadpis", "nazov", "naslov", "cim", "baslik", "konu", "judul",
            "tieude", "заголовок", "название", "тема", "назва", "заглавие", "τιτλος", "επικεφαλιδα", "العنوان",
            "عنوان", "כותרת", "शीर्षक", "标题", "標題", "题目", "題目", "题名", "題名", "タイトル", "見出し", "件名", "제목", "표제",
        ],
    ),
    (
        Role::Date,
        "date",
        &[
            "datum", "tag", "data", "dato", "paivamaara", "pvm", "fecha", "dia", "giorno", "dzien", "den", "tarih",
            "tanggal", "tarikh", "ngay", "дата", "день", "ημερομηνια", "التاريخ", "تاريخ", "تاریخ", "תאריך",
            "दिनांक", "तिथि", "तारीख", "日期", "时间", "時間", "日付", "年月日", "日時", "날짜", "일자", "일시",
        ],
    ),
    (
        Role::Date,
        "published",
        &[
            "veroffentlicht", "veroeffentlicht", "veroffentlichtam", "veroffentlichungsdatum", "erschienen",
            "erscheinungsdatum", "erscheinungstag", "publikationsdatum", "publicatiedatum", "gepubliceerd",
            "publicerad", "publiceringsdatum", "udgivet", "publisert", "julkaistu", "julkaisupaiva", "publie",
            "publiele", "datedepublication", "dateparution", "datedeparution", "pubblicato", "datapubblicazione",
            "datadipubblicazione", "fechadepublicacion", "fechapublicacion", "publicado", "datadepublicacao",
            "datapublicacao", "datapublicarii", "opublikowano", "datapublikacji", "publikovano", "datumvydani",
            "vydano", "objavljeno", "datumobjave", "megjelenes", "kozzeteve", "yayintarihi", "yayimlanmatarihi",
            "датапубликации", "опубликовано", "датапублікації", "опубліковано", "датапубликуване", "发布时间", "发布日期",
            "發布日期", "出版日期", "掲載日", "公開日", "発行日", "発表日", "게시일", "발행일", "등록일",
        ],
    ),
    (
        Role::Source,
        "source",
        &[
            "quelle", "zeitung", "herausgeber", "verlag", "bron", "krant", "kalla", "tidning", "kilde", "avis",
            "lahde", "lehti", "journal", "editeur", "fonte", "giornale", "testata", "editore", "fuente",
            "periodico", "editorial", "jornal", "editora", "font", "diari", "sursa", "ziar", "zrodlo", "gazeta",
            "wydawca", "zdroj", "noviny", "vydavatel", "vir", "izvor", "novine", "forras", "ujsag", "kaynak",
            "gazete", "sumber", "nguon", "источник", "газета", "издание", "издатель", "джерело", "видання",
            "източник", "вестник", "πηγη", "εφημεριδα", "المصدر", "مصدر", "الجريدة", "منبع", "מקור", "स्रोत", "来源",
            "來源", "媒体", "媒體", "报纸", "報紙", "出典", "新聞", "媒体名", "출처", "신문", "언론사", "매체",
        ],
    ),
    (
        Role::Author,
        "author",
        &[
            "autor", "autorin", "autoren", "verfasser", "auteur", "schrijver", "forfattare", "skribent",
            "forfatter", "kirjoittaja", "tekija", "auteurs", "autore", "autori", "autores", "avtor", "szerzo",
            "yazar", "penulis", "tacgia", "автор", "авторы", "автори", "συγγραφεας", "συντακτης", "المؤلف",
            "الكاتب", "كاتب", "نویسنده", "מחבר", "लेखक", "作者", "记者", "記者", "著者", "筆者", "저자", "작성자", "기자", "글쓴이",
        ],
    ),
    (
        Role::Language,
        "language",
        &[
            "sprache", "taal", "sprak", "sprog", "kieli", "langue", "lingua", "idioma", "llengua", "limba",
            "jezyk", "jazyk", "jezik", "nyelv", "dil", "bahasa", "ngonngu", "язык", "мова", "език", "γλωσσα",
            "اللغة", "لغة", "زبان", "שפה", "भाषा", "语言", "語言", "言語", "언어",
        ],
    ),
    (
        Role::Url,
        "url",
        &[
            "verweis", "lien", "collegamento", "indirizzo", "enlace", "vinculo", "ligacao", "enllac", "odnosnik",
            "odkaz", "poveznica", "hivatkozas", "baglanti", "tautan", "lienket", "ссылка", "посилання", "връзка",
            "συνδεσμος", "الرابط", "رابط", "پیوند", "קישור", "链接", "網址", "网址", "リンク", "링크", "주소",
        ],
    ),
    (
        Role::Id,
        "id",
        &[
            "kennung", "dokumentnummer", "identifiant", "identificador", "identificatore", "идентификатор", "编号",
            "編號", "番号", "번호",
        ],
    ),
];

/// Names that have another meaning in English. They count only beside another name of a foreign language.
const DOUBTFUL: [&str; 9] = ["data", "tag", "den", "isi", "font", "cim", "vir", "dil", "corps"];

/// The meaning of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) role: Role,
    /// How usual the name is for the role; 0 is the most usual.
    pub(crate) rank: usize,
    /// The English name of the same meaning, for a name of another language.
    pub(crate) english: Option<&'static str>,
    /// Set if it may have another meaning in English.
    doubtful: bool,
}

const OTHER: Meaning = Meaning { role: Role::Other, rank: 0, english: None, doubtful: false };

static NAMES: LazyLock<HashMap<String, Meaning>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for (role, english, foreign) in FOREIGN {
        let rank = ENGLISH.iter().find(|(known, _)| *known == role).map_or(0, |(_, names)| names.len());
        for (at, name) in foreign.iter().enumerate() {
            let doubtful = DOUBTFUL.contains(name);
            let meaning = Meaning { role, rank: rank + at, english: Some(english), doubtful };
            names.entry(squashed(name)).or_insert(meaning);
        }
    }
    for (role, english) in ENGLISH {
        for (rank, name) in english.iter().enumerate() {
            names.insert((*name).to_owned(), Meaning { role, rank, english: None, doubtful: false });
        }
    }
    names
});

/// The meaning of a field by its name, in any case and however its words are joined. `foreign` says that another name
/// beside it is of another language than English.
pub(crate) fn meaning(name: &str, foreign: bool) -> Meaning {
    if name.len() > LONGEST {
        return OTHER;
    }
    let name = match name.bytes().all(|byte| byte.is_ascii_lowercase()) {
        true => Cow::Borrowed(name),
        false => Cow::Owned(squashed(name)),
    };
    NAMES.get(name.as_ref()).copied().filter(|known| foreign || !known.doubtful).unwrap_or(OTHER)
}

/// The meanings of the fields of one record, by their names.
pub(crate) fn meanings<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Meaning> {
    let mut meanings: Vec<Meaning> = names.map(|name| meaning(name, true)).collect();
    if !meanings.iter().any(|known| known.english.is_some() && !known.doubtful) {
        meanings.iter_mut().filter(|known| known.doubtful).for_each(|known| *known = OTHER);
    }
    meanings
}

/// Returns whether a name is one of another language without another meaning in English.
pub(crate) fn is_foreign(name: &str) -> bool {
    meaning(name, false).english.is_some()
}

fn squashed(name: &str) -> String {
    let mut folded = fold(name);
    folded.retain(char::is_alphanumeric);
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_are_known_in_many_languages() {
        for (names, expected) in [
            ("Titel;Datum;Text;Quelle;Verfasser;Sprache", "Title Date Text Source Author Language"),
            ("Überschrift;Veröffentlicht am;Inhalt;Zeitung", "Title Date Text Source"),
            ("Titre;Date de publication;Texte;Journal;Auteur;Langue", "Title Date Text Source Author Language"),
            ("Fecha;Título;Texto;Fuente;Autor;Idioma", "Date Title Text Source Author Language"),
            ("Titolo;Data;Testo;Fonte;Autore", "Title Date Text Source Author"),
            ("Título;Data;Conteúdo;Jornal", "Title Date Text Source"),
            ("Titel;Datum;Tekst;Bron;Taal", "Title Date Text Source Language"),
            ("Rubrik;Datum;Innehåll;Källa;Författare", "Title Date Text Source Author"),
            ("Overskrift;Dato;Tekst;Avis;Sprog", "Title Date Text Source Language"),
            ("Otsikko;Päivämäärä;Teksti;Lähde", "Title Date Text Source"),
            ("Tytuł;Data;Treść;Źródło;Język", "Title Date Text Source Language"),
            ("Název;Datum;Obsah;Zdroj", "Title Date Text Source"),
            ("Cím;Dátum;Szöveg;Forrás", "Title Date Text Source"),
            ("Titlu;Data;Conținut;Sursă", "Title Date Text Source"),
            ("Naslov;Datum;Sadržaj;Izvor", "Title Date Text Source"),
            ("Başlık;Tarih;Metin;Kaynak;Yazar;Dil", "Title Date Text Source Author Language"),
            ("Заголовок;Дата;Текст;Источник;Автор", "Title Date Text Source Author"),
            ("Назва;Дата публікації;Зміст;Джерело", "Title Date Text Source"),
            ("Τίτλος;Ημερομηνία;Κείμενο;Πηγή", "Title Date Text Source"),
            ("العنوان;التاريخ;النص;المصدر", "Title Date Text Source"),
            ("タイトル;日付;本文;出典", "Title Date Text Source"),
            ("标题;发布日期;正文;来源;作者", "Title Date Text Source Author"),
            ("제목;날짜;본문;출처;기자", "Title Date Text Source Author"),
            ("Judul;Tanggal;Teks;Sumber", "Title Date Text Source"),
            ("Tiêu đề;Ngày;Nội dung;Nguồn", "Title Date Text Source"),
        ] {
            let names: Vec<&str> = names.split(';').collect();
            let foreign = names.iter().any(|name| is_foreign(name));
            let read: Vec<String> = names.iter().map(|name| format!("{:?}", meaning(name, foreign).role)).collect();
            assert_eq!(read.join(" "), expected, "{names:?}");
        }
    }

    #[test]
    fn words_of_english_mean_what_they_mean_there() {
        for name in ["data", "tag", "Tags", "Data", "font", "den", "corps"] {
            assert_eq!(meaning(name, false).role, Role::Other, "{name}");
        }
        assert_eq!(meaning("data", true).role, Role::Date);
    }

    #[test]
    fn no_name_means_two_things() {
        for (role, _, names) in FOREIGN {
            for name in names {
                assert_eq!(meaning(name, true).role, role, "{name}");
            }
        }
    }
}
