//! Dutch.

use super::table::{Class, Order, Table};
use crate::figures::quantity::Bound;

pub(super) const TABLE: Table = Table {
    order: Order::VerbLast,
    numbers: "1 een één; 2 twee; 3 drie; 4 vier; 5 vijf; 6 zes; 7 zeven; 8 acht; 9 negen; 10 tien; \
                11 elf; 12 twaalf dozijn; 13 dertien; 14 veertien; 15 vijftien; 16 zestien; 17 \
                zeventien; 18 achttien; 19 negentien; 20 twintig; 30 dertig; 40 veertig; 50 vijftig; \
                60 zestig; 70 zeventig; 80 tachtig; 90 negentig; 100 honderd; 1000 duizend; 1000000 \
                miljoen; 1000000000 miljard",
    times: "honderd duizend miljoen miljard",
    dozen: "dozijn",
    bound: "",
    vague: "10 tientallen; 12 dozijnen; 100 honderden; 1000 duizenden; 10000 tienduizenden",
    rounds: "10 tiental; 100 honderdtal; 1000 duizendtal",
    before: &[
        (Bound::MoreThan, "meer dan|ruim|boven de"),
        (Bound::AtLeast, "minstens|ten minste|tenminste|niet minder dan"),
        (Bound::AtMost, "tot|hoogstens|maximaal|niet meer dan"),
        (Bound::LessThan, "minder dan|onder de"),
        (Bound::About, "ongeveer|circa|zo n|bijna|rond de|naar schatting|ca|~"),
    ],
    after: &[(Bound::AtLeast, "of meer")],
    past: "",
    classes: &[
        (Class::Join, "en"),
        (Class::Of, "van"),
        (Class::Anaphor, "hen wie deze"),
        (
            Class::Be,
            "is zijn was waren werd werden worden geworden heeft hebben had hadden wordt \
                     bleven",
        ),
        (Class::Relative, "die dat"),
        (
            Class::Numbered,
            "artikel pagina bladzijde hoofdstuk nr nummer resolutie kamer lijn wet versie \
                     punt",
        ),
        (Class::Age, "onder leeftijd"),
        (Class::Old, "oud oude jaar"),
        (Class::Measure, "ton kilo kilogram kg liter hectare gevallen vaten paar stuks flessen gram meter"),
        (
            Class::Link,
            "is zijn was waren bedraagt bedroeg steeg stijgt daalde bereikte op van tot bij \
                     naar telt telde",
        ),
        (Class::As, "als"),
        (Class::From, "tussen van"),
        (Class::To, "tot en of à"),
        (Class::Determiner, "de het deze die alle zijn hun"),
        (Class::Plural, ""),
        (
            Class::Time,
            "seconde seconden minuut minuten uur uren dag dagen week weken maand maanden jaar \
                     jaren eeuw eeuwen",
        ),
        (Class::For, "voor aan in van"),
        (Class::When, "in sinds jaar"),
        (Class::Several, "enkele verscheidene meerdere"),
        (
            Class::Stop,
            "onder inclusief volgens tijdens sinds naar tegen zonder per ook meer minder \
                     onder wie waaronder waarvan",
        ),
    ],
};
