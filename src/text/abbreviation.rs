//! Decides whether the full stop after a word ends a sentence or belongs to the word.
//!
//! The tables serve all languages at once: a German title does no harm in a French text. An abbreviation that may also
//! stand at the end of a sentence (`U.S.`, `Inc.`, `г.`) ends one only before a word that hardly ever stands there
//! otherwise: an article, a pronoun, a preposition with a capital.
//!
//! Each table goes from English by way of German, French and Spanish to Russian and Turkish.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Abbreviations that a name, a number or the rest of a phrase follows, so they never end a sentence. Each stands here
/// as it is written; its form in capitals is recognised too.
const NEVER: &str = "\
    Adm Amb Asst Atty Brig Capt Cmdr Col Cpl Dr Drs Fr Ft Gen Gov Hon Lt Maj Messrs Mr Mrs Ms Msgr Mt Mx Pfc \
    Pres Prof Pvt Rep Reps Rev Sen Sens Sgt Spc St Ste Supt Vice-Adm approx med cf ca eg esp ie viz vs Cong Dept \
    Dist Assn Assoc Univ incl excl Sec Treas Comdr Ald Abg Abt Bd bzw Dipl Frl geb gegr gest ggf Hg Hr Hrn Hrsg \
    inkl Ing Kap Mio Mrd Nds Präs rd sog evtl exkl vgl zzgl zit Mgr Mlle Mlles MM Mme Mmes av boul env apr éd \
    Dra Dña Excmo Exmo Gral Ilmo Lic Sra Sras Sres Srta Sta Sto Ud Uds Vd Avv Dott Egr Gent Sig Sigg Profa ул \
    акад проф доц ген гл тов гр св просп пл пос обл р-н зам пом нач см ср напр тел корп кв вул наб пер адм полк \
    лейт Av Doç Öğr Yrd Org Korg Tümg Alb Yzb Cad Sok Mah Bşk Sn Ekl akad prof";

/// Abbreviations that may stand at the end of a sentence.
const MAYBE: &str = "\
    Inc Co Cos Corp Ltd Bros Plc Jr Sr Esq Ave Blvd Rd Bldg Pkwy Hwy Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct \
    Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Ala Ariz Ark Calif Colo Conn Fla Ga Ill Ind Kan Ky Md \
    Mich Minn Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo al est Ph Int'l Nat'l Gov't Okt Dez Mär \
    janv févr avr juil déc str Str vb ltd inc Cia Cía Ldt Lda г гг в вв янв февр мар апр авг сент окт \
    нояб дек руб им коп тыс млн млрд чел стр др пр проч hrs Std Sek Tel Fax Şti Tic";

/// Words that are abbreviations before a figure, and otherwise a word or the end of one.
const BEFORE_FIGURES: &str = "\
    abs anm app art arts bl cap ch chap cl col ed fig figs fol kap ltr md nº no nos nr nrn num núm pag pág págs \
    ph pp pt reg rn rés rul s sayı sect sec st tab tel tit vol vols ziff č ст разд рис стр табл кн том т п пп ч \
    с №";

/// Chains of letters that never end a sentence, in lower case.
const CHAINS: &str = "\
    e.g i.e a.k.a z.b d.h u.a u.u i.d.r o.ä m.e s.o s.u v.a z.t z.zt i.a т.е т.к т.н т.о и.о в.о p.ej p.ex c.à.d \
    c.-à-d h.c n.b v.b ö.a y.a";

const MONTHS: &str = "\
    januar jänner februar märz april mai juni juli august september oktober november dezember ocak şubat mart \
    nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık yanvar fevral aprel may iyun iyul avqust sentyabr \
    oktyabr noyabr dekabr marts maj december január február március április május június július augusztus \
    szeptember október januari januára january february march june july october";

/// Words that German and Turkish put after an ordinal.
const COUNTED: &str = "\
    jahrhundert jahrhunderts jahrestag weltkrieg weltkriegs bundestag bundestages auflage stock platz klasse \
    runde spieltag yüzyıl yüzyılda yüzyılın dünya cumhurbaşkanı dönem yıl yıldönümü ordu kolordu olağan sıra \
    sınıf madde";

/// Words that German puts before an ordinal: `am 3. Oktober`, `der 2. Weltkrieg`.
const BEFORE_ORDINAL: &str = "\
    ab am beim bis das dem den der des die im ins seit und vom zum zur jeden";

/// Words that begin sentences and hardly ever begin names.
const STARTERS: &str = "\
    a about according after all also although among an and another any as at because before both but by during \
    each earlier even every few for from he her here his how however i if in instead it its last later many \
    meanwhile more most my no nor not now of on once one only other our over she since so some such that the \
    their then there these they this those though through to today tomorrow two under until we what when where \
    whether which while who why with without yesterday yet you your aber als am auch auf bei bis dabei damit \
    dann das dem den denn der dies diese dieser doch ein eine er es für ich ihr im man mit nach nun ob seit sie \
    sein seine und vom von vor wann was weil wenn wer wie wir zu zum zur über unter après au aucun aux avec c \
    car ce ces cette dans depuis des du elle elles en et il ils j je l la le les leur lors mais nous ou par pour \
    qu quand sa selon ses si son sur un une vous à al aunque como con cuando del desde después ella el ellos \
    entre esta este los las para pero por según una y él ao com da do ele ela em mas na nos o os um uma gli lo \
    nel nella per uno без была были было в во все для до его если еще ещё за и из их к как когда мы на не но о \
    об однако он она они от по под после при с сегодня со так также там то у чтобы что эта эти это этот я вчера потом \
    позже тогда затем ama ancak ayrıca bir biz bu bunun daha fakat ise onlar onun sonra ve və lakin onların \
    həmin belə";

/// Starters that also stand inside names after an initial: `J. Le Carré`.
const PARTICLES: &str = "\
    al da das de del den der do du el few la las last le les los more of other over so von y";

/// The kinds of words that a stop may follow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Never,
    Maybe,
}

/// The words of a table.
type Set = LazyLock<HashSet<&'static str>>;

static STARTER_SET: Set = LazyLock::new(|| STARTERS.split(' ').collect());
static PARTICLE_SET: Set = LazyLock::new(|| PARTICLES.split(' ').collect());
static CHAIN_SET: Set = LazyLock::new(|| CHAINS.split(' ').collect());
static MONTH_SET: Set = LazyLock::new(|| MONTHS.split(' ').collect());
static COUNTED_SET: Set = LazyLock::new(|| COUNTED.split(' ').collect());
static BEFORE_ORDINAL_SET: Set = LazyLock::new(|| BEFORE_ORDINAL.split(' ').collect());
static BEFORE_FIGURES_SET: Set = LazyLock::new(|| BEFORE_FIGURES.split(' ').collect());
static WORDS: LazyLock<HashMap<&str, Kind>> = LazyLock::new(|| {
    let maybe = MAYBE.split(' ').map(|word| (word, Kind::Maybe));
    maybe.chain(NEVER.split(' ').map(|word| (word, Kind::Never))).collect()
});

/// Returns whether the stop between `before` and `after` ends the sentence of `before`. `after` begins with the first
/// letter or digit that follows.
pub(crate) fn stop_ends_sentence(before: &str, after: &str) -> bool {
    let word = last_word(before);
    let rest = before.get(..before.len() - word.len()).unwrap_or_default();
    let next = first_word(after);
    let Some(first) = word.chars().next() else { return true };

    if word.chars().all(|c| c.is_ascii_digit()) {
        return number_ends_sentence(word, rest, next);
    }
    let figures_follow = next.starts_with(|c: char| c.is_numeric());
    if figures_follow
        && (contains_folded(&BEFORE_FIGURES_SET, word.rsplit(['\'', '’']).next().unwrap_or(word))
            || word.ends_with("str")
            || WORDS.get(word) == Some(&Kind::Maybe)
            || word.chars().nth(1).is_none())
    {
        return false;
    }
    if word.chars().nth(1).is_none() && first.is_alphabetic() {
        // `first` is an initial, or a letter that stands for a word. `I.` before `I` is an initial again.
        return starts_sentence(next, after) && !(first.is_uppercase() && contains_folded(&PARTICLE_SET, next));
    }
    if word.contains('.') {
        if contains_folded(&CHAIN_SET, word) {
            return false;
        }
        let is_chain = word.split('.').all(|part| part.chars().count() <= 3 && part.chars().all(char::is_alphabetic));
        return !is_chain || starts_sentence(next, after);
    }
    let spoken = word.rsplit(['\'', '’']).next().unwrap_or(word);
    let kind = WORDS.get(word).or_else(|| WORDS.get(spoken)).or_else(|| {
        let shouted = word.chars().all(char::is_uppercase);
        // `Approx.` opens a sentence; `SEN.` stands in a headline.
        WORDS.get(if shouted { capitalised(word) } else { word.to_lowercase() }.as_str())
    });
    match kind {
        Some(Kind::Never) => false,
        Some(Kind::Maybe) => starts_sentence(next, after),
        None => true,
    }
}

/// Returns whether a line that ends with this word continues on the next: the word is an article, a preposition or a
/// conjunction.
pub(crate) fn leaves_open(word: &str) -> bool {
    STARTER_SET.contains(word)
}

/// Returns whether the stop after this word certainly belongs to it. Used for text that lacks the space after a
/// sentence.
pub(crate) fn is_abbreviation(word: &str) -> bool {
    WORDS.contains_key(word) || word.contains('.') || word.chars().nth(1).is_none()
}

/// Decides about a figure with a stop: it is an ordinal, the number of a list item, or the last word of a sentence.
fn number_ends_sentence(number: &str, rest: &str, next: &str) -> bool {
    let opens_line =
        rest.trim_end_matches([' ', '\t', '(']).is_empty() || rest.trim_end_matches([' ', '\t']).ends_with('\n');
    if number.len() <= 3 && opens_line {
        return false;
    }
    if number.len() > 3 {
        return true;
    }
    if contains_folded(&MONTH_SET, next) || contains_folded(&COUNTED_SET, next) {
        return false;
    }
    number.len() > 2 || !contains_folded(&BEFORE_ORDINAL_SET, last_word(rest.trim_end()))
}

/// Returns whether a word begins sentences. `after` tells an initial or `No.` from a pronoun.
fn starts_sentence(next: &str, after: &str) -> bool {
    let followed_by_stop = after.get(next.len()..).is_some_and(|rest| rest.starts_with('.'));
    !followed_by_stop && contains_folded(&STARTER_SET, next)
}

/// The word at the end of a text, with the stops, hyphens and apostrophes inside it; empty if longer than any
/// abbreviation.
fn last_word(text: &str) -> &str {
    let mut start = text.len();
    for (count, (at, c)) in text.char_indices().rev().enumerate() {
        if !(c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '\u{AD}')) {
            break;
        }
        if count > 24 {
            return "";
        }
        start = at;
    }
    text.get(start..).unwrap_or_default().trim_start_matches(['.', '\'', '’'])
}

fn first_word(text: &str) -> &str {
    let end = text.char_indices().take(32).find(|(_, c)| !c.is_alphanumeric()).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

fn contains_folded(set: &Set, word: &str) -> bool {
    // A longer word is no entry, and may be very long.
    word.len() <= 32 && (set.contains(word) || set.contains(word.to_lowercase().as_str()))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next();
    first.into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_end_of_a_sentence_from_the_end_of_a_word() {
        let ends = [
            ("It was over", "The town slept"),
            ("in the U.S", "The committee met"),
            ("at 5 p.m", "He left"),
            ("of Example Inc", "But sales fell"),
            ("in 1992", "Officials said"),
            ("He said no", "We go"),
            ("see example.com", "The site"),
            ("Hepatitis B", "The patients"),
            ("в 1992 г", "В городе"),
            ("twelve of 15", "Officials said"),
        ];
        let does_not = [
            ("said Gen", "Miller"),
            ("SEN", "MILLER"),
            ("the U.S", "Senate"),
            ("by J", "K. Miller"),
            ("by J", "Le Moulin"),
            ("No", "5"),
            ("Am 26", "Februar"),
            ("am 3", "Spieltag"),
            ("1", "Introduction"),
            ("Text\n2", "More"),
            ("z.B", "Hamburg"),
            ("т.е", "Москва"),
            ("ул", "Садовая"),
            ("Jan", "26"),
            ("Example Corp", "Chairman"),
            ("vs", "Germany"),
            ("Mme", "Moulin"),
        ];
        for (before, after) in ends {
            assert!(stop_ends_sentence(before, after), "{before}. {after}");
        }
        for (before, after) in does_not {
            assert!(!stop_ends_sentence(before, after), "{before}. {after}");
        }
    }
}
