//! French.

use super::table::{Class, Order, Table};
use crate::figures::quantity::Bound;

pub(super) const TABLE: Table = Table {
    order: Order::Free,
    numbers: "1 un une; 2 deux; 3 trois; 4 quatre; 5 cinq; 6 six; 7 sept; 8 huit; 9 neuf; 10 dix; \
                11 onze; 12 douze; 13 treize; 14 quatorze; 15 quinze; 16 seize; 20 vingt vingts; 30 \
                trente; 40 quarante; 50 cinquante; 60 soixante; 70 septante; 80 huitante; 90 nonante; \
                100 cent cents; 1000 mille; 1000000 million millions; 1000000000 milliard milliards",
    times: "cent cents mille million millions milliard milliards",
    dozen: "",
    bound: "",
    vague: "10 dizaines; 12 douzaines; 100 centaines; 1000 milliers",
    rounds: "10 dizaine; 12 douzaine; 15 quinzaine; 20 vingtaine; 30 trentaine; 40 quarantaine; 50 \
               cinquantaine; 60 soixantaine; 100 centaine; 1000 millier",
    before: &[
        (Bound::MoreThan, "plus de|plus d|au-delà de"),
        (Bound::AtLeast, "au moins|pas moins de|au minimum"),
        (Bound::AtMost, "jusqu à|jusqu|au plus|au maximum|pas plus de"),
        (Bound::LessThan, "moins de|moins d"),
        (
            Bound::About,
            "environ|près de|quelque|quelques|à peu près|presque|approximativement|autour \
                     de|~",
        ),
    ],
    after: &[(Bound::AtLeast, "ou plus|et plus|au moins"), (Bound::About, "environ")],
    past: "",
    classes: &[
        (Class::Join, "et"),
        (Class::Of, "de d des du parmi"),
        (Class::Anaphor, "eux elles ceux celles"),
        (
            Class::Be,
            "est sont était étaient été ont a avait avaient fut furent être sera seront \
                     serait seraient",
        ),
        (Class::Relative, "qui que"),
        (
            Class::Numbered,
            "article page pages chapitre section no numéro résolution paragraphe alinéa ligne \
                     vol rue salle chambre version loi titre tome point annexe décret",
        ),
        (Class::Age, "âgé âgée âgés âgées âge"),
        (Class::Old, "ans an"),
        (
            Class::Measure,
            "tonnes tonne kilos kilo kg kilogrammes litres litre hectares hectare cas barils \
                     paires pièces exemplaires grammes mètres",
        ),
        (
            Class::Link,
            "est sont était étaient atteint atteignait élève élevait compte comptait passe \
                     passé passée à de s se monte grimpe",
        ),
        (Class::As, "comme en"),
        (Class::From, "entre de"),
        (Class::To, "à et ou"),
        (Class::Determiner, "le la les l ces ce cette leurs ses des un une tous toutes"),
        (Class::Plural, ""),
        (
            Class::Time,
            "seconde secondes minute minutes heure heures jour jours nuit nuits semaine \
                     semaines mois année années an ans décennie décennies siècle siècles h",
        ),
        (Class::For, "pour en de d à"),
        (Class::When, "en depuis avant après dès année"),
        (Class::Several, "plusieurs quelques"),
        (
            Class::Stop,
            "dont parmi selon pendant depuis vers contre sans sous chez lors afin ainsi \
                     notamment compris y plus moins au aux dans par sur avec pour en à",
        ),
    ],
};
