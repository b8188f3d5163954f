//! German.

use crate::time::mention::sense::DayPart::{Afternoon, Evening, Midnight, Morning, Night, Noon};
use crate::time::mention::sense::Measure::{Hour, Minute, Second, Weekend, Whole};
use crate::time::mention::sense::Season::{Autumn, Spring, Summer, Winter};
use crate::time::mention::sense::Sense;
use crate::time::mention::sense::Sense::*;
use crate::time::mention::sense::{Edge, Habits, Measure, Tense, Which};
use crate::time::unit::Unit::{Century, Day as Days, Decade as Decades, Month as Months, Quarter, Week, Year};

const fn unit(measure: Measure, many: bool) -> Sense {
    Unit { measure, many }
}

pub(super) const HABITS: Habits =
    Habits { dots_ordinals: true, capitals: true, with_unit: false, after_preposition: false, which_behind: false };

pub(super) const WORDS: &[(Sense, &str)] = &[
    // Units
    (unit(Second, true), "Sekunden"),
    (unit(Minute, false), "Minute"),
    (unit(Minute, true), "Minuten"),
    (unit(Hour, false), "Stunde"),
    (unit(Hour, true), "Stunden"),
    (unit(Whole(Days), false), "Tag Tages"),
    (unit(Whole(Days), true), "Tage Tagen"),
    (unit(Whole(Week), false), "Woche"),
    (unit(Whole(Week), true), "Wochen"),
    (unit(Weekend, false), "Wochenende"),
    (unit(Whole(Months), false), "Monat Monats"),
    (unit(Whole(Months), true), "Monate Monaten"),
    (unit(Whole(Quarter), false), "Quartal Quartals"),
    (unit(Whole(Year), false), "Jahr Jahres"),
    (unit(Whole(Year), true), "Jahre Jahren"),
    (unit(Whole(Decades), false), "Jahrzehnt Jahrzehnts"),
    (unit(Whole(Decades), true), "Jahrzehnte Jahrzehnten"),
    (unit(Whole(Century), false), "Jahrhundert Jahrhunderts"),
    (unit(Whole(Century), true), "Jahrhunderte Jahrhunderten"),
    // Numbers
    (An, "ein eine einen einem einer eines"),
    (Cardinal(2), "zwei"),
    (Cardinal(3), "drei"),
    (Cardinal(4), "vier"),
    (Cardinal(5), "fünf"),
    (Cardinal(6), "sechs"),
    (Cardinal(7), "sieben"),
    (Cardinal(8), "acht"),
    (Cardinal(9), "neun"),
    (Cardinal(10), "zehn"),
    (Cardinal(11), "elf"),
    (Cardinal(12), "zwölf"),
    (Cardinal(20), "zwanzig"),
    (Cardinal(30), "dreißig"),
    (Cardinal(40), "vierzig"),
    (Cardinal(50), "fünfzig"),
    (Times(100), "hundert"),
    (Ordinal(1), "erste ersten erster erstes"),
    (Ordinal(2), "zweite zweiten zweiter"),
    (Ordinal(3), "dritte dritten dritter"),
    (Ordinal(4), "vierte vierten vierter"),
    (Ordinal(5), "fünfte fünften fünfter"),
    (Ordinal(10), "zehnte zehnten zehnter"),
    (Ordinal(20), "zwanzigste zwanzigsten"),
    (Ordinal(30), "dreißigste dreißigsten"),
    (Several, "einige einigen mehrere mehreren wenige wenigen ein_paar"),
    (Half, "halbe halben halbes"),
    (About, "etwa rund fast knapp gut mehr_als weniger_als mindestens ungefähr über"),
    // Parts of the year and of the day
    (Sense::Season(Spring), "Frühling Frühjahr"),
    (Sense::Season(Summer), "Sommer"),
    (Sense::Season(Autumn), "Herbst"),
    (Sense::Season(Winter), "Winter"),
    (DayPart(Morning), "früh Vormittag"),
    (DayPart(Noon), "Mittag"),
    (DayPart(Afternoon), "Nachmittag"),
    (DayPart(Evening), "Abend"),
    (DayPart(Night), "Nacht"),
    (DayPart(Midnight), "Mitternacht"),
    (Day(0), "heute"),
    (Day(-1), "gestern"),
    (Day(1), "morgen"),
    (Day(-2), "vorgestern"),
    (Day(2), "übermorgen"),
    (DayPartOf(0, Evening), "heute_Abend"),
    (DayPartOf(0, Morning), "heute_Morgen heute_früh"),
    (DayPartOf(-1, Evening), "gestern_Abend"),
    // Longer stretches
    (DecadeEnding, "er"),
    // Which of them
    (
        Which(Which::Last),
        "letzte letzten letzter letztes letztem vergangene vergangenen vergangenes vorige vorigen voriges",
    ),
    (Which(Which::This), "diese diesen dieser dieses diesem laufenden"),
    (Which(Which::Next), "nächste nächsten nächster nächstes nächstem kommende kommenden kommendes"),
    (Which(Which::Following), "folgende folgenden folgendes darauffolgenden"),
    (Which(Which::Previous), "vorangegangenen vorhergehenden"),
    (Edge(Edge::Early), "Anfang"),
    (Edge(Edge::Middle), "Mitte"),
    (Edge(Edge::Late), "Ende"),
    (EdgeOf(Edge::Early), "Anfang_des Beginn_des Anfang_der"),
    (EdgeOf(Edge::Middle), "Mitte_des Mitte_der"),
    (EdgeOf(Edge::Late), "Ende_des Ende_der"),
    (AgoBefore, "vor"),
    (Earlier, "zuvor früher davor"),
    (Later, "später"),
    (From, "von vom"),
    (Between, "zwischen"),
    (To, "bis bis_zum bis_zur auf"),
    (And, "und"),
    (Or, "oder"),
    (Since, "seit"),
    (Article, "der die das den dem des"),
    (At, "am im in an nach während ab für zum zur"),
    (By, "bis_Ende"),
    (Every, "jeden jede jedes alle"),
    (Often, "mal"),
    (Repeated(Whole(Year)), "jährlich"),
    (Repeated(Whole(Months)), "monatlich"),
    (Repeated(Whole(Week)), "wöchentlich"),
    (Repeated(Whole(Days)), "täglich"),
    (Old, "alt alte alten alter"),
    (Anniversary, "Jahrestag Jahrestages Jahrestags Jubiläum Jubiläums"),
    (Clock, "Uhr"),
    // Past, present, future
    (Now, "jetzt derzeit gegenwärtig"),
    (Recently, "kürzlich neulich vor_kurzem damals"),
    (Soon, "bald demnächst"),
    (Tense(Tense::Future), "wird werden soll sollen geplant will wollen"),
    (Tense(Tense::Past), "war waren hatte hatten wurde wurden hat haben sagte"),
    (
        Counted,
        "Menschen Personen Männer Frauen Kinder Euro Mark Dollar Kilometer km Meter Hektar Tonnen Stimmen Soldaten",
    ),
    (Numbered, "Nummer Nr Seite Paragraf Artikel Zimmer Kapitel"),
];
