//! Arabic.

use crate::time::mention::sense::DayPart::{Evening, Midnight, Morning, Night, Noon};
use crate::time::mention::sense::Measure::{Hour, Minute, Weekend, Whole};
use crate::time::mention::sense::Season::{Autumn, Spring, Summer, Winter};
use crate::time::mention::sense::Sense;
use crate::time::mention::sense::Sense::*;
use crate::time::mention::sense::{Habits, Measure, Tense, Which};
use crate::time::unit::Unit::{Century, Day as Days, Decade as Decades, Month as Months, Quarter, Week, Year};

const fn unit(measure: Measure, many: bool) -> Sense {
    Unit { measure, many }
}

pub(super) const HABITS: Habits =
    Habits { dots_ordinals: false, capitals: false, with_unit: false, after_preposition: true, which_behind: true };

pub(super) const WORDS: &[(Sense, &str)] = &[
    (unit(Minute, false), "دقيقة"),
    (unit(Minute, true), "دقائق"),
    (unit(Hour, false), "ساعة"),
    (unit(Hour, true), "ساعات"),
    (unit(Whole(Days), false), "يوم"),
    (unit(Whole(Days), true), "أيام"),
    (unit(Whole(Week), false), "أسبوع الأسبوع"),
    (unit(Whole(Week), true), "أسابيع"),
    (unit(Weekend, false), "نهاية_الأسبوع"),
    (unit(Whole(Months), false), "شهر الشهر"),
    (unit(Whole(Months), true), "أشهر شهور"),
    (unit(Whole(Quarter), false), "الربع"),
    (unit(Whole(Year), false), "عام العام سنة السنة"),
    (unit(Whole(Year), true), "أعوام سنوات عاما سنين"),
    (unit(Whole(Decades), false), "عقد العقد"),
    (unit(Whole(Decades), true), "عقود"),
    (unit(Whole(Century), false), "قرن القرن"),
    (unit(Whole(Century), true), "قرون"),
    (Cardinal(2), "اثنان اثنين"),
    (Cardinal(3), "ثلاثة ثلاث"),
    (Cardinal(4), "أربعة أربع"),
    (Cardinal(5), "خمسة خمس"),
    (Cardinal(6), "ستة ست"),
    (Cardinal(7), "سبعة سبع"),
    (Cardinal(8), "ثمانية ثماني"),
    (Cardinal(9), "تسعة تسع"),
    (Cardinal(10), "عشرة عشر"),
    (Cardinal(20), "عشرين عشرون"),
    (Cardinal(30), "ثلاثين ثلاثون"),
    (Cardinal(40), "أربعين أربعون"),
    (Cardinal(50), "خمسين خمسون"),
    (Sense::Season(Spring), "الربيع ربيع"),
    (Sense::Season(Summer), "الصيف صيف"),
    (Sense::Season(Autumn), "الخريف خريف"),
    (Sense::Season(Winter), "الشتاء شتاء"),
    (DayPart(Morning), "صباح صباحا"),
    (DayPart(Noon), "ظهر ظهرا"),
    (DayPart(Evening), "مساء"),
    (DayPart(Night), "ليلة ليل"),
    (DayPart(Midnight), "منتصف_الليل"),
    (Day(0), "اليوم"),
    (Day(-1), "أمس"),
    (Day(1), "غدا"),
    (Day(-2), "أول_أمس"),
    (Day(2), "بعد_غد"),
    (Which(Which::Last), "الماضي الماضية المنصرم الفائت"),
    (Which(Which::This), "الحالي الحالية الجاري"),
    (Which(Which::Next), "المقبل المقبلة القادم القادمة"),
    (Which(Which::Previous), "السابق السابقة"),
    (Which(Which::Following), "التالي التالية"),
    (Several, "عدة بضعة بعض"),
    (Half, "نصف"),
    (About, "نحو حوالي أكثر_من أقل_من"),
    (AgoBefore, "قبل منذ"),
    (HenceBefore, "خلال"),
    (From, "من"),
    (Between, "بين"),
    (To, "إلى حتى"),
    (And, "و"),
    (Or, "أو"),
    (At, "في يوم_في أثناء"),
    (Every, "كل"),
    (Anniversary, "الذكرى ذكرى"),
    (Now, "الآن حاليا"),
    (Recently, "مؤخرا"),
    (Soon, "قريبا"),
    (Tense(Tense::Future), "سوف سيكون سيتم"),
    (Tense(Tense::Past), "كان كانت قال قالت"),
    (Counted, "شخص أشخاص رجل امرأة طفل دولار يورو كيلومتر متر طن صوت"),
    (Numbered, "رقم صفحة المادة"),
];
