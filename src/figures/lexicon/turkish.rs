//! Turkish.

use super::table::{Class, Order, Table};
use crate::figures::quantity::Bound;

pub(super) const TABLE: Table = Table {
    order: Order::VerbLast,
    numbers: "1 bir; 2 iki; 3 üç; 4 dört; 5 beş; 6 altı; 7 yedi; 8 sekiz; 9 dokuz; 10 on; 12 \
                düzine; 20 yirmi; 30 otuz; 40 kırk; 50 elli; 60 altmış; 70 yetmiş; 80 seksen; 90 \
                doksan; 100 yüz; 1000 bin; 1000000 milyon mn; 1000000000 milyar",
    times: "yüz bin milyon mn milyar",
    dozen: "düzine",
    bound: "",
    vague: "10 onlarca; 12 düzinelerce; 100 yüzlerce; 1000 binlerce; 10000 onbinlerce; 1000000 \
              milyonlarca",
    rounds: "",
    before: &[
        (Bound::MoreThan, "fazla"),
        (Bound::AtLeast, "en az|asgari"),
        (Bound::AtMost, "en fazla|en çok|azami"),
        (Bound::About, "yaklaşık|yaklaşık olarak|takriben|aşağı yukarı|neredeyse|~"),
    ],
    after: &[
        (
            Bound::MoreThan,
            "den fazla|dan fazla|ten fazla|tan fazla|aşkın|ü aşkın|i aşkın|u aşkın|ı aşkın|yi \
                     aşkın|den çok|dan çok|ten çok|tan çok|ın üzerinde|in üzerinde|ün üzerinde|un \
                     üzerinde",
        ),
        (Bound::LessThan, "den az|dan az|ten az|tan az"),
        (Bound::About, "e yakın|a yakın|ye yakın|ya yakın|kadar|civarında|dolayında"),
    ],
    past: "dı di du dü tı ti tu tü mış miş muş müş",
    classes: &[
        (Class::Join, "ve"),
        (Class::Of, ""),
        (Class::Anaphor, "bunların onların"),
        (Class::Be, "idi"),
        (Class::Relative, ""),
        (Class::Numbered, "madde sayfa bölüm no numara karar fıkra sokak oda hat kat cilt"),
        (Class::Age, "yaş yaşında"),
        (Class::Old, "yaşında yaşındaki yaş yaşındaydı"),
        (Class::Measure, "ton kilo kilogram kg litre hektar dönüm varil çift adet tane metre gram vaka"),
        (Class::Link, "sayısı oldu ulaştı yükseldi düştü çıktı olarak toplam"),
        (Class::As, "olarak"),
        (Class::From, ""),
        (Class::To, "ila ile veya"),
        (Class::Determiner, "bu şu o tüm bütün"),
        (Class::Plural, "kişi insan çocuk kadın"),
        (Class::Time, "saniye dakika saat gün gece hafta ay yıl sene yüzyıl"),
        (Class::For, "için"),
        (Class::Several, "birkaç"),
        (
            Class::Stop,
            "dahil arasında göre için gibi kadar ise de da ki ve ile veya ama ancak olmak \
                     üzere ait karşı sonra önce",
        ),
    ],
};
