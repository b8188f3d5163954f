//! Turkish. Case endings are written out where they are common.

use crate::time::mention::sense::DayPart::{Afternoon, Evening, Midnight, Morning, Night, Noon};
use crate::time::mention::sense::Measure::{Hour, Minute, Weekend, Whole};
use crate::time::mention::sense::Season::{Autumn, Spring, Summer, Winter};
use crate::time::mention::sense::Sense;
use crate::time::mention::sense::Sense::*;
use crate::time::mention::sense::{Edge, Habits, Measure, Tense, Which};
use crate::time::unit::Unit::{Century, Day as Days, Month as Months, Quarter, Week, Year};

const fn unit(measure: Measure, many: bool) -> Sense {
    Unit { measure, many }
}

pub(super) const HABITS: Habits =
    Habits { dots_ordinals: true, capitals: false, with_unit: true, after_preposition: false, which_behind: false };

pub(super) const WORDS: &[(Sense, &str)] = &[
    // Units
    (unit(Minute, false), "dakika"),
    (unit(Minute, true), "dakikalar"),
    (unit(Hour, false), "saat"),
    (unit(Whole(Days), false), "gün günü günde günün"),
    (unit(Whole(Days), true), "günler günlerde günlerdir"),
    (unit(Whole(Week), false), "hafta haftada haftaki haftanın"),
    (unit(Whole(Week), true), "haftalar haftalarda haftalardır"),
    (unit(Weekend, false), "hafta_sonu"),
    (unit(Whole(Months), false), "ay ayı ayında ayının ayda"),
    (unit(Whole(Months), true), "aylar aylarda aylardır"),
    (unit(Whole(Quarter), false), "çeyrek çeyreğinde çeyreği"),
    (unit(Whole(Year), false), "yıl yılı yılında yılının yılda sene senesinde senede"),
    (unit(Whole(Year), true), "yıllar yıllarda yılları yıllarında yıllardır"),
    (unit(Whole(Century), false), "yüzyıl yüzyılda yüzyılın asır asırda"),
    (unit(Whole(Century), true), "yüzyıllar"),
    // Numbers
    (An, "bir"),
    (Cardinal(2), "iki"),
    (Cardinal(3), "üç"),
    (Cardinal(4), "dört"),
    (Cardinal(5), "beş"),
    (Cardinal(6), "altı"),
    (Cardinal(7), "yedi"),
    (Cardinal(8), "sekiz"),
    (Cardinal(9), "dokuz"),
    (Cardinal(10), "on"),
    (Cardinal(20), "yirmi"),
    (Cardinal(30), "otuz"),
    (Cardinal(40), "kırk"),
    (Cardinal(50), "elli"),
    (Times(100), "yüz"),
    (Ordinal(1), "birinci ilk"),
    (Ordinal(2), "ikinci"),
    (Ordinal(3), "üçüncü"),
    (Ordinal(4), "dördüncü"),
    (Ordinal(5), "beşinci"),
    (Ordinal(10), "onuncu"),
    (Ordinal(20), "yirminci"),
    (Ordinal(30), "otuzuncu"),
    (OrdinalEnding, "inci nci üncü uncu ıncı ncı ncü ncu"),
    (Several, "birkaç bir_kaç"),
    (About, "yaklaşık"),
    // Parts of the year and of the day
    (Sense::Season(Spring), "ilkbahar ilkbaharında ilkbaharda"),
    (Sense::Season(Summer), "yazında yazı"),
    (Sense::Season(Autumn), "sonbahar sonbaharında sonbaharda"),
    (Sense::Season(Winter), "kışında kışı"),
    (DayPart(Morning), "sabahı sabah"),
    (DayPart(Noon), "öğlen"),
    (DayPart(Afternoon), "öğleden_sonra"),
    (DayPart(Evening), "akşamı akşam"),
    (DayPart(Night), "gecesi gece"),
    (DayPart(Midnight), "gece_yarısı"),
    (Day(0), "bugün bugünkü"),
    (Day(-1), "dün dünkü"),
    (Day(1), "yarın"),
    (DayPartOf(0, Evening), "bu_akşam"),
    (DayPartOf(0, Morning), "bu_sabah"),
    (DayPartOf(0, Night), "bu_gece"),
    (DayPartOf(-1, Night), "dün_gece"),
    (DayPartOf(-1, Evening), "dün_akşam"),
    // Longer stretches
    (DecadeEnding, "lar larda ların larda lı li lu lü ler lerde lerin larında"),
    // Which of them
    (Which(Which::Last), "geçen geçtiğimiz"),
    (Which(Which::Past), "son"),
    (Which(Which::This), "bu içinde_bulunduğumuz"),
    (Which(Which::Next), "gelecek önümüzdeki"),
    (Which(Which::Previous), "önceki bir_önceki"),
    (Which(Which::Following), "sonraki bir_sonraki ertesi"),
    (Which(Which::Same), "aynı o"),
    (Ago, "önce evvel"),
    (Later, "sonra"),
    (And, "ve"),
    (Or, "veya"),
    (Since, "beri_yıldır"),
    (Every, "her"),
    (Often, "kez kere"),
    (Old, "yaşındaki yaşında"),
    (
        Anniversary,
        "yıldönümü yıldönümünde yıldönümünü yıldönümüne yıldönümünün yıl_dönümü yıl_dönümünde yıl_dönümünü \
         yıl_dönümüne yıl_dönümünün",
    ),
    (Edge(Edge::Early), "başı"),
    // Past, present, future
    (Now, "şimdi şu_anda halen"),
    (Recently, "geçenlerde o_zaman"),
    (Soon, "yakında"),
    (Tense(Tense::Future), "olacak edilecek yapılacak"),
    (Tense(Tense::Past), "oldu etti dedi yapıldı"),
    (Counted, "kişi lira dolar euro kilometre km metre ton asker kadın çocuk"),
    (Numbered, "numara sayfa madde"),
];
