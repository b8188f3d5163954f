//! Azerbaijani.

use super::table::{Class, Order, Table};
use crate::figures::quantity::Bound;

pub(super) const TABLE: Table = Table {
    order: Order::VerbLast,
    numbers: "1 bir; 2 iki; 3 üç; 4 dörd; 5 beş; 6 altı; 7 yeddi; 8 səkkiz; 9 doqquz; 10 on; 20 \
                iyirmi; 30 otuz; 40 qırx; 50 əlli; 60 altmış; 70 yetmiş; 80 səksən; 90 doxsan; 100 \
                yüz; 1000 min; 1000000 milyon mln; 1000000000 milyard mlrd",
    times: "yüz min milyon mln milyard mlrd",
    dozen: "",
    bound: "",
    vague: "10 onlarla; 100 yüzlərlə; 1000 minlərlə; 10000 onminlərlə; 1000000 milyonlarla",
    rounds: "",
    before: &[
        (Bound::AtLeast, "ən azı|azı|ən az"),
        (Bound::AtMost, "ən çoxu|ən çox"),
        (Bound::About, "təxminən|təqribən|~"),
    ],
    after: &[
        (Bound::MoreThan, "dan çox|dən çox|dan artıq|dən artıq|tan artıq|tən artıq"),
        (Bound::LessThan, "dan az|dən az"),
        (Bound::About, "ə yaxın|a yaxın|yə yaxın|ya yaxın|qədər"),
    ],
    past: "dı di du dü mış miş muş müş ib ıb ub üb",
    classes: &[
        (Class::Join, "və"),
        (Class::Of, ""),
        (Class::Anaphor, "onların bunların"),
        (Class::Be, "idi"),
        (Class::Relative, "ki"),
        (Class::Numbered, "maddə səhifə bölmə nömrə qətnamə saylı"),
        (Class::Age, "yaş"),
        (Class::Old, "yaşlı yaşında"),
        (Class::Measure, "ton kilo kiloqram kq litr hektar metr ədəd"),
        (Class::Link, "sayı oldu çatdı"),
        (Class::As, "kimi"),
        (Class::From, ""),
        (Class::To, "ilə və ya"),
        (Class::Determiner, "bu o bütün"),
        (Class::Plural, "nəfər uşaq qadın"),
        (Class::Time, "saniyə dəqiqə saat gün gecə həftə ay il əsr"),
        (Class::For, "üçün"),
        (Class::Several, "bir neçə"),
        (Class::Stop, "o cümlədən arasında görə üçün kimi isə da də ki amma ancaq olmaqla"),
    ],
};
