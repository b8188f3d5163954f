//! German.

use super::table::{Class, Order, Table};
use crate::figures::quantity::Bound;

pub(super) const TABLE: Table = Table {
    order: Order::Capitals,
    numbers: "1 ein eins eine einem einen einer; 2 zwei zwo; 3 drei; 4 vier; 5 fünf; 6 sechs; 7 \
                sieben; 8 acht; 9 neun; 10 zehn; 11 elf; 12 zwölf Dutzend; 13 dreizehn; 14 vierzehn; \
                15 fünfzehn; 16 sechzehn; 17 siebzehn; 18 achtzehn; 19 neunzehn; 20 zwanzig; 30 \
                dreißig; 40 vierzig; 50 fünfzig; 60 sechzig; 70 siebzig; 80 achtzig; 90 neunzig; 100 \
                hundert; 1000 tausend; 1000000 Million Millionen Mio; 1000000000 Milliarde Milliarden \
                Mrd",
    times: "hundert tausend Million Millionen Mio Milliarde Milliarden Mrd",
    dozen: "Dutzend",
    bound: "",
    vague: "12 Dutzende Dutzenden; 100 Hunderte Hunderten hunderte hunderten; 1000 Tausende \
              Tausenden; 10000 Zehntausende Zehntausenden; 100000 Hunderttausende Hunderttausenden",
    rounds: "",
    before: &[
        (Bound::MoreThan, "mehr als|über|gut|weit über"),
        (Bound::AtLeast, "mindestens|wenigstens|zumindest|nicht weniger als"),
        (Bound::AtMost, "bis zu|höchstens|maximal|nicht mehr als"),
        (Bound::LessThan, "weniger als|unter|knapp unter"),
        (
            Bound::About,
            "etwa|rund|ungefähr|circa|ca|zirka|fast|nahezu|annähernd|knapp|an \
                     die|schätzungsweise|~",
        ),
    ],
    after: &[(Bound::AtLeast, "oder mehr|und mehr")],
    past: "",
    classes: &[
        (Class::Join, "und"),
        (Class::Of, "von der"),
        (Class::Anaphor, "ihnen denen diesen"),
        (
            Class::Be,
            "ist sind war waren wurde wurden werden worden wird sei seien wäre hat haben \
                     hatte hatten blieb blieben",
        ),
        (Class::Relative, "die der das welche"),
        (
            Class::Numbered,
            "Artikel Paragraph Seite Seiten Kapitel Abschnitt Nr Nummer Absatz Resolution \
                     Zimmer Raum Flug Linie Straße Platz Block Klasse Stufe Band Gesetz Punkt Version \
                     Typ Ziffer Satz",
        ),
        (Class::Age, "unter über Alter"),
        (Class::Old, "alt alte alten alter"),
        (
            Class::Measure,
            "Tonnen Tonne Kilo Kilogramm Pfund Liter Hektar Fälle Fällen Fass Barrel Stück \
                     Paar Flaschen Gramm Kubikmeter Quadratmeter",
        ),
        (
            Class::Link,
            "ist sind war waren beträgt betrug liegt lag stieg steigt sank fiel erreichte \
                     erreicht auf bei um von zu bisher inzwischen zählt zählte umfasst umfasste wuchs",
        ),
        (Class::As, "als"),
        (Class::From, "zwischen von"),
        (Class::To, "bis und oder"),
        (Class::Determiner, "die der das den dem des diese dieser dieses alle seine ihre"),
        (Class::Plural, ""),
        (
            Class::Time,
            "Sekunde Sekunden Minute Minuten Stunde Stunden Tag Tage Tagen Woche Wochen Monat \
                     Monate Monaten Jahr Jahre Jahren Jahrzehnt Jahrzehnte Jahrzehnten Uhr",
        ),
        (Class::For, "für an in von zu"),
        (Class::When, "im in seit ab bis vor nach von Jahr Jahre anno"),
        (Class::Several, "mehrere einige mehreren einigen wenige"),
        (
            Class::Stop,
            "darunter davon einschließlich sowie laut während bis gegen ohne je pro zudem \
                     außerdem insgesamt mehr weniger als jedoch nachdem weil",
        ),
    ],
};
