//! Italian.

use super::table::{Class, Order, Table};
use crate::figures::quantity::Bound;

pub(super) const TABLE: Table = Table {
    order: Order::Free,
    numbers: "1 uno un una; 2 due; 3 tre; 4 quattro; 5 cinque; 6 sei; 7 sette; 8 otto; 9 nove; 10 \
                dieci; 11 undici; 12 dodici dozzina; 13 tredici; 14 quattordici; 15 quindici; 16 \
                sedici; 17 diciassette; 18 diciotto; 19 diciannove; 20 venti; 30 trenta; 40 quaranta; \
                50 cinquanta; 60 sessanta; 70 settanta; 80 ottanta; 90 novanta; 100 cento; 1000 mille \
                mila; 1000000 milione milioni; 1000000000 miliardo miliardi",
    times: "cento mille mila milione milioni miliardo miliardi",
    dozen: "dozzina",
    bound: "20 vent; 30 trent; 40 quarant; 50 cinquant; 60 sessant; 70 settant; 80 ottant; 90 \
              novant",
    vague: "10 decine; 12 dozzine; 100 centinaia; 1000 migliaia",
    rounds: "10 decina; 15 quindicina; 20 ventina; 30 trentina; 100 centinaio; 1000 migliaio",
    before: &[
        (Bound::MoreThan, "più di|oltre|oltre i|oltre le"),
        (Bound::AtLeast, "almeno|non meno di|come minimo"),
        (Bound::AtMost, "fino a|al massimo|non più di"),
        (Bound::LessThan, "meno di"),
        (Bound::About, "circa|quasi|intorno a|pressappoco|~"),
    ],
    after: &[(Bound::AtLeast, "o più|e più|almeno"), (Bound::About, "circa")],
    past: "",
    classes: &[
        (Class::Join, "e"),
        (Class::Of, "di dei delle degli del della dello d"),
        (Class::Anaphor, "loro essi esse quali cui"),
        (
            Class::Be,
            "è sono era erano stato stati state stata ha hanno aveva avevano fu furono venne \
                     vennero sarà saranno rimasti",
        ),
        (Class::Relative, "che"),
        (
            Class::Numbered,
            "articolo pagina pagine capitolo sezione numero n risoluzione paragrafo linea vol \
                     via sala legge versione punto comma",
        ),
        (Class::Age, "età"),
        (Class::Old, "anni"),
        (
            Class::Measure,
            "tonnellate tonnellata chili chilo kg litri litro ettari ettaro casi barili paia \
                     pezzi copie grammi metri",
        ),
        (
            Class::Link,
            "è sono era erano raggiunge raggiunto sale salito salita ammonta ammontava a di \
                     conta si",
        ),
        (Class::As, "come in"),
        (Class::From, "tra fra da"),
        (Class::To, "a e o ai alle"),
        (Class::Determiner, "il lo la i gli le questi queste tutti tutte un una"),
        (Class::Plural, ""),
        (
            Class::Time,
            "secondo secondi minuto minuti ora ore giorno giorni notte notti settimana \
                     settimane mese mesi anno anni decennio decenni secolo secoli",
        ),
        (Class::For, "per in di a"),
        (Class::When, "nel dal del nell anno"),
        (Class::Several, "diversi diverse alcuni alcune parecchi"),
        (
            Class::Stop,
            "compresi comprese inclusi incluse tra fra secondo durante verso contro senza più \
                     meno anche",
        ),
    ],
};
