//! Spanish.

use super::table::{Class, Order, Table};
use crate::figures::quantity::Bound;

pub(super) const TABLE: Table = Table {
    order: Order::Free,
    numbers: "1 uno un una; 2 dos; 3 tres; 4 cuatro; 5 cinco; 6 seis; 7 siete; 8 ocho; 9 nueve; 10 \
                diez; 11 once; 12 doce docena; 13 trece; 14 catorce; 15 quince; 16 dieciséis; 17 \
                diecisiete; 18 dieciocho; 19 diecinueve; 20 veinte; 21 veintiuno veintiún veintiuna; \
                22 veintidós; 23 veintitrés; 24 veinticuatro; 25 veinticinco; 26 veintiséis; 27 \
                veintisiete; 28 veintiocho; 29 veintinueve; 30 treinta; 40 cuarenta; 50 cincuenta; 60 \
                sesenta; 70 setenta; 80 ochenta; 90 noventa; 100 cien ciento; 200 doscientos \
                doscientas; 300 trescientos trescientas; 400 cuatrocientos cuatrocientas; 500 \
                quinientos quinientas; 600 seiscientos seiscientas; 700 setecientos setecientas; 800 \
                ochocientos ochocientas; 900 novecientos novecientas; 1000 mil; 1000000 millón \
                millones",
    times: "mil millón millones",
    dozen: "docena",
    bound: "",
    vague: "10 decenas; 12 docenas; 100 cientos centenares; 1000 miles millares",
    rounds: "10 decena; 15 quincena; 20 veintena; 30 treintena; 100 centenar; 1000 millar",
    before: &[
        (Bound::MoreThan, "más de|por encima de"),
        (Bound::AtLeast, "al menos|por lo menos|como mínimo|no menos de"),
        (Bound::AtMost, "hasta|como máximo|a lo sumo|no más de"),
        (Bound::LessThan, "menos de"),
        (Bound::About, "cerca de|alrededor de|unos|unas|aproximadamente|casi|en torno a|~"),
    ],
    after: &[(Bound::AtLeast, "o más|y más|al menos|por lo menos"), (Bound::About, "aproximadamente")],
    past: "",
    classes: &[
        (Class::Join, "y"),
        (Class::Of, "de del"),
        (Class::Anaphor, "ellos ellas cuales quienes"),
        (
            Class::Be,
            "es son era eran fue fueron sido han ha había habían está están estaban ser \
                     fueran serán quedaron",
        ),
        (Class::Relative, "que quienes"),
        (
            Class::Numbered,
            "artículo página páginas capítulo sección número núm no resolución párrafo línea \
                     vol calle sala ley versión punto anexo decreto",
        ),
        (Class::Age, "edad"),
        (Class::Old, "años"),
        (
            Class::Measure,
            "toneladas tonelada kilos kilo kg kilogramos litros litro hectáreas hectárea \
                     casos barriles pares piezas ejemplares gramos metros",
        ),
        (
            Class::Link,
            "es son era eran fue asciende ascendía ascendió alcanza alcanzó llega llegó suma \
                     sumaba a en de se eleva elevó subió bajó",
        ),
        (Class::As, "como"),
        (Class::From, "entre de"),
        (Class::To, "a y o"),
        (Class::Determiner, "el la los las este estos estas esos esas sus todos todas un una"),
        (Class::Plural, ""),
        (
            Class::Time,
            "segundo segundos minuto minutos hora horas día días noche noches semana semanas \
                     mes meses año años década décadas siglo siglos",
        ),
        (Class::For, "para en de a"),
        (Class::When, "en desde de año"),
        (Class::Several, "varios varias algunos"),
        (
            Class::Stop,
            "incluidos incluidas incluyendo entre según durante desde hacia contra sin bajo \
                     tras más menos al además",
        ),
    ],
};
