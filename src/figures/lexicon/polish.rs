//! Polish.

use super::table::{Class, Order, Table};
use crate::figures::quantity::Bound;

pub(super) const TABLE: Table = Table {
    order: Order::Endings,
    numbers: "1 jeden jedna jedno; 2 dwa dwie dwóch dwaj; 3 trzy trzech trzej; 4 cztery czterech; 5 \
                pięć pięciu; 6 sześć sześciu; 7 siedem siedmiu; 8 osiem ośmiu; 9 dziewięć dziewięciu; \
                10 dziesięć dziesięciu; 11 jedenaście; 12 dwanaście; 13 trzynaście trzynastu; 14 \
                czternaście; 15 piętnaście; 16 szesnaście; 17 siedemnaście; 18 osiemnaście; 19 \
                dziewiętnaście; 20 dwadzieścia; 30 trzydzieści; 40 czterdzieści; 50 pięćdziesiąt; 60 \
                sześćdziesiąt; 70 siedemdziesiąt; 80 osiemdziesiąt osiemdziesięciu; 90 \
                dziewięćdziesiąt; 100 sto stu; 200 dwieście; 300 trzysta; 400 czterysta; 500 pięćset; \
                600 sześćset; 700 siedemset; 800 osiemset; 900 dziewięćset; 1000 tysiąc tysiące \
                tysięcy tys; 1000000 milion miliony milionów mln; 1000000000 miliard miliardy \
                miliardów mld",
    times: "tysiąc tysiące tysięcy tys milion miliony milionów mln miliard miliardy miliardów mld",
    dozen: "tuzin",
    bound: "",
    vague: "10 dziesiątki; 12 tuziny; 100 setki",
    rounds: "10 dziesiątka; 100 setka",
    before: &[
        (Bound::MoreThan, "ponad|więcej niż|powyżej"),
        (Bound::AtLeast, "co najmniej|przynajmniej|nie mniej niż|minimum"),
        (Bound::AtMost, "do|najwyżej|co najwyżej|nie więcej niż|maksymalnie"),
        (Bound::LessThan, "mniej niż|poniżej"),
        (Bound::About, "około|ok|blisko|prawie|mniej więcej|niemal|~"),
    ],
    after: &[(Bound::AtLeast, "lub więcej|i więcej")],
    past: "li ły ła ło ął ęli no to",
    classes: &[
        (Class::Join, "i oraz"),
        (Class::Of, "z spośród"),
        (Class::Anaphor, "nich których"),
        (Class::Be, "jest są był była było były byli został zostało zostały zostali zostali"),
        (Class::Relative, "które którzy która"),
        (
            Class::Numbered,
            "artykuł art strona str rozdział nr numer rezolucja paragraf punkt pkt ustawa \
                     linia pokój tom",
        ),
        (Class::Age, "wieku"),
        (Class::Old, "lat lata"),
        (
            Class::Measure,
            "ton tony kilogramów kg litrów hektarów przypadków baryłek par sztuk egzemplarzy \
                     metrów",
        ),
        (
            Class::Link,
            "wynosi wyniosła wyniosło wynosiła sięga sięgnęła osiągnęła osiągnął do na \
                     wzrosła spadła",
        ),
        (Class::As, "jako w"),
        (Class::From, "od między"),
        (Class::To, "do a i lub"),
        (Class::Determiner, "te ten ta wszystkie"),
        (Class::Plural, ""),
        (
            Class::Time,
            "sekund minut godzin godziny dni dzień tydzień tygodni miesiąc miesięcy miesiące \
                     rok lata lat wieków",
        ),
        (Class::For, "na dla za"),
        (Class::When, "w od do"),
        (Class::Several, "kilka kilku kilkaset"),
        (
            Class::Stop,
            "w we z ze na do od po przez dla przy o u za w tym według podczas się nie jak ale \
                     oraz że jego ich tego także również wśród",
        ),
    ],
};
