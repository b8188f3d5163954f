use super::*;

/// The numbers of a sentence with what they count: `613 civilians; 83 children`.
fn read(sentence: &str, language: &str) -> Vec<(String, String)> {
    let words = |figure: &Figure| {
        let words: Vec<&str> = figure.counts.iter().map(|word| &sentence[word.clone()]).collect();
        words.join(" ")
    };
    figures(sentence, language.parse().ok()).iter().map(|figure| (figure.quantity.to_string(), words(figure))).collect()
}

/// The quantities that a sentence gives for a word.
fn of(word: &str, sentence: &str, language: &str) -> Vec<String> {
    let at: Vec<Range<usize>> = sentence.match_indices(word).map(|(at, word)| at..at + word.len()).collect();
    let found = figures(sentence, language.parse().ok());
    found.iter().filter(|figure| at.iter().any(|at| figure.has(at))).map(|figure| figure.quantity.to_string()).collect()
}

/// The rows of a table that were read otherwise than expected.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn check(&mut self, found: Vec<String>, expected: &str, sentence: &str, language: &str) {
        let found = found.join("; ");
        if found != expected {
            self.0.push(format!("{sentence}\n    {found:?}, expected {expected:?}: {:?}", read(sentence, language)));
        }
    }

    fn none(self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n"));
    }
}

#[test]
fn a_number_counts_its_own_noun() {
    let mut wrong = Wrong::default();
    for (word, sentence, numbers) in [
        ("civilians", "They killed 613 civilians, including 83 children, 106 women and 70 old men.", "613"),
        ("children", "They killed 613 civilians, including 83 children, 106 women and 70 old men.", "83"),
        ("women", "They killed 613 civilians, including 83 children, 106 women and 70 old men.", "106"),
        ("men", "They killed 613 civilians, including 83 children, 106 wives and 70 old men.", "70"),
        ("killed", "They killed 613 civilians, including 83 children.", "613"),
        ("children", "613 people, including children, women and elderly citizens, were brutally murdered.", ""),
        ("murdered", "613 people, including children, women and elderly citizens, were brutally murdered.", "613"),
        ("hostage", "613 people were murdered, and 1,275 were captured and taken hostage.", "1,275"),
        (
            "hostage",
            "About a thousand people were disabled (including 76 minors) and 1,275 people were taken hostage.",
            "1,275",
        ),
        (
            "hostage",
            "Another 1,000 residents were injured, 1,275 people were taken hostage, and 150 people went missing.",
            "1,275",
        ),
        (
            "missing",
            "Another 1,000 residents were injured, 1,275 people were taken hostage, and 150 people went missing.",
            "150",
        ),
        ("hostages", "In the town 1,275 people were held as hostages.", "1,275"),
        ("children", "Eighty-three children died in the fire.", "83"),
        ("died", "Eighty-three children died in the fire.", "83"),
        ("children", "83 injured young children were brought to the town.", "83"),
        ("children", "The invaders massacred hundreds of people, including women, children and elderly.", ""),
        ("people", "The invaders massacred hundreds of people, including women, children and elderly.", "hundreds"),
        ("children", "83 women and children were killed.", "83"),
        ("women", "83 women and children were killed.", "83"),
        ("wounded", "The shelling killed 83 children and wounded 20.", ""),
        ("teachers", "The shelling killed 83 children and 5 teachers.", "5"),
    ] {
        wrong.check(of(word, sentence, "en"), numbers, sentence, "en");
    }
    wrong.none();
}

#[test]
fn parts_labels_and_subjects_are_counted_too() {
    let mut wrong = Wrong::default();
    for (word, sentence, numbers) in [
        ("children", "Of the 613 killed, 83 were children.", "83"),
        ("children", "They buried 613 people, of whom 83 were children.", "83"),
        ("children", "They buried 613 people, 83 of them children.", "83"),
        ("people", "They buried 613 people, 83 of them children.", "613"),
        ("children", "83 of the children were never found.", "83"),
        ("children", "63 of the 83 children were never found.", "63; 83"),
        ("children", "Children: 83", "83"),
        ("children", "Number of children killed: 83", "83"),
        ("children", "Civilians (613), children (83), women (106)", "83"),
        ("children", "Of the children, 83 died.", "83"),
        ("children", "The number of children killed in the town rose to 83.", "83"),
        ("town", "The number of children killed in the town rose to 83.", ""),
        ("children", "In the town the death toll among children reached 83.", ""),
        ("children", "The total of 83 children is disputed.", "83"),
        ("children", "Children\t83\nWomen\t106", "83"),
        ("Women", "Children | 83 | 63\nWomen | 106 | 110", "106; 110"),
        ("children", "Among the dead were 83 children.", "83"),
        ("children", "At least 83 who were children.", "at least 83"),
    ] {
        let lower = sentence.to_lowercase();
        let sentence = if sentence.contains(word) { sentence } else { lower.as_str() };
        wrong.check(of(word, sentence, "en"), numbers, sentence, "en");
    }
    wrong.none();
}

#[test]
fn how_closely_a_number_is_meant_is_kept() {
    let mut wrong = Wrong::default();
    for (sentence, number) in [
        ("60 to 70 children", "60 to 70"),
        ("60-70 children", "60 to 70"),
        ("60 – 70 children", "60 to 70"),
        ("between 60 and 70 children", "60 to 70"),
        ("from sixty to seventy children", "60 to 70"),
        ("two or three children", "2 to 3"),
        ("2 to 3 million children", "2,000,000 to 3,000,000"),
        ("more than 600 children", "more than 600"),
        ("over 600 children", "more than 600"),
        ("more than a hundred children", "more than 100"),
        ("at least 83 children", "at least 83"),
        ("no fewer than 83 children", "at least 83"),
        ("600 or more children", "at least 600"),
        ("600+ children", "at least 600"),
        ("up to 600 children", "up to 600"),
        ("as many as 600 children", "up to 600"),
        ("fewer than 600 children", "less than 600"),
        ("about 600 children", "about 600"),
        ("some 600 children", "about 600"),
        ("nearly six hundred children", "about 600"),
        ("dozens of children", "dozens"),
        ("tens of thousands of children", "tens of thousands"),
        ("several hundred children", "hundreds"),
        ("two dozen children", "24"),
        ("40 per cent of the children", "40 %"),
        ("40% of children", "40 %"),
        ("$5 million for children", "5,000,000 $"),
        ("5 million dollars for the children", "5,000,000 $"),
        ("1.2 mln children", "1,200,000"),
    ] {
        for sentence in [sentence.to_string(), format!("The report speaks of {sentence}.")] {
            wrong.check(of("children", &sentence, "en"), number, &sentence, "en");
        }
    }
    wrong.none();
}

#[test]
fn dates_times_ages_and_names_count_nothing() {
    let mut wrong = Wrong::default();
    for sentence in [
        "In 1992 children were killed.",
        "On 26 February children were killed.",
        "The 1992 children's fund was closed.",
        "At 5 o'clock children were woken.",
        "At 10:45 children were woken.",
        "Children under 5 were fed.",
        "Children aged 5 to 12 were fed.",
        "A 12-year-old and other children were fed.",
        "Article 5 protects children.",
        "Resolution 822 protects children.",
        "The 33rd anniversary is for children.",
        "Call +994 12 492 34 34 for children.",
        "Tel. 4923434 children's office",
        "F-16 children's toys were sold.",
        "1. Children were killed.",
        "Section 2.1.3 children are protected.",
        "18 countries sent aid to children.",
        "18 countries condemned children.",
        "Two children's hospitals were hit.",
        "A 5-member committee met the children.",
        "One in five children is hungry.",
        "One of the children spoke.",
        "It won 3-1 children said.",
        "Children in 18 countries were fed.",
    ] {
        let folded = sentence.to_lowercase();
        wrong.check(of("children", &folded, "en"), "", sentence, "en");
    }
    wrong.none();
    assert_eq!(of("children", "They killed 2000 children.", "en"), ["2,000"]);
    assert_eq!(of("children", "More than 2000 children were killed.", "en"), ["more than 2,000"]);
}

#[test]
fn other_languages_count_in_their_own_order() {
    let mut wrong = Wrong::default();
    for (language, word, sentence, numbers) in [
        ("de", "Kinder", "Sie töteten 613 Zivilisten, davon 83 Kinder und 106 Frauen.", "83"),
        ("de", "Kinder", "Dreiundachtzig Kinder starben.", "83"),
        ("de", "Geiseln", "1.275 Menschen wurden als Geiseln genommen.", "1,275"),
        ("de", "getötet", "613 Zivilisten wurden in der Stadt getötet.", "613"),
        ("de", "Kinder", "Mehr als 600 kleine Kinder wurden getötet.", "more than 600"),
        ("de", "Kinder", "18 Länder verurteilten die Morde an Kinder.", ""),
        ("de", "Kinder", "Zum 33. Kinder fest kamen viele.", ""),
        ("fr", "enfants", "Ils ont tué 613 civils, dont 83 enfants et 106 femmes.", "83"),
        ("fr", "civils", "Ils ont tué 613 civils, dont 83 enfants et 106 femmes.", "613"),
        ("fr", "enfants", "Plus de 600 enfants ont été tués.", "more than 600"),
        ("fr", "enfants", "Des dizaines d'enfants ont été tués.", "tens"),
        ("fr", "enfants", "Quatre-vingt-trois enfants azerbaïdjanais sont morts.", "83"),
        ("fr", "otage", "1 275 personnes ont été prises en otage.", "1,275"),
        ("es", "niños", "Mataron a 613 civiles, entre ellos 83 niños y 106 mujeres.", "83"),
        ("es", "niños", "Ochenta y tres niños murieron.", "83"),
        ("es", "rehenes", "1.275 personas fueron tomadas como rehenes.", "1,275"),
        ("it", "bambini", "Uccisero 613 civili, tra cui 83 bambini e 106 donne.", "83"),
        ("pt", "crianças", "Mataram 613 civis, incluindo 83 crianças e 106 mulheres.", "83"),
        ("nl", "kinderen", "Zij doodden 613 burgers, onder wie 83 kinderen en 106 vrouwen.", "83"),
        ("ru", "детей", "Погибло 613 человек, в том числе 63 детей и 106 женщин.", "63"),
        ("ru", "женщин", "Погибло 613 человек, в том числе 63 детей и 106 женщин.", "106"),
        ("ru", "ребёнка", "Из них восемьдесят три ребёнка погибли.", "83"),
        ("ru", "детей", "Более 600 детей погибли.", "more than 600"),
        ("ru", "детей", "Погибли десятки детей.", "tens"),
        ("ru", "заложники", "1275 человек были взяты в заложники.", "1,275"),
        ("ru", "геноцид", "18 стран признали геноцид.", ""),
        ("pl", "dzieci", "Zginęło 613 cywilów, w tym 83 dzieci i 106 kobiet.", "83"),
        ("tr", "çocuk", "Saldırıda 613 sivil öldürüldü, bunların 83'ü çocuk, 106'sı kadındı.", "83"),
        ("tr", "kadındı", "Saldırıda 613 sivil öldürüldü, bunların 83'ü çocuk, 106'sı kadındı.", "106"),
        ("tr", "çocuk", "Seksen üç çocuk öldü.", "83"),
        ("tr", "çocuk", "600'den fazla çocuk öldürüldü.", "more than 600"),
        ("tr", "rehin", "1275 kişi rehin alındı.", "1,275"),
        ("tr", "soykırımı", "18 ülke soykırımı tanıdı.", ""),
        ("tr", "çocuk", "Onlarca çocuk öldü.", "tens"),
        ("az", "uşaq", "613 nəfər, o cümlədən 63 uşaq, 106 qadın qətlə yetirilib.", "63"),
        ("ar", "طفلا", "قتل 613 مدنيا بينهم 83 طفلا و106 امرأة.", "83"),
        ("zh", "儿童", "613名平民被杀，其中包括83名儿童。", "83"),
        ("sv", "barn", "De dödade 613 civila, varav 83 barn.", "83"),
    ] {
        wrong.check(of(word, sentence, language), numbers, sentence, language);
    }
    wrong.none();
}

#[test]
fn measures_and_changes_belong_to_what_is_measured() {
    let mut wrong = Wrong::default();
    for (word, sentence, numbers) in [
        ("rice", "The port shipped 50,000 tonnes of rice.", "50,000"),
        ("production", "Wheat production rose 5 pct to 1.2 mln tonnes.", "5 %; 1,200,000"),
        ("aid", "It gave $5 million in aid.", "5,000,000 $"),
        ("aid", "It gave a $5m aid package.", "5,000,000 $"),
        ("cholera", "They counted 2,000 cases of cholera.", "2,000"),
        ("photos", "200 photos of children were shown.", "200"),
        ("children", "200 photos of children were shown.", ""),
        ("years", "It lasted nearly 30 years of war.", "about 30"),
        ("war", "It lasted nearly 30 years of war.", ""),
    ] {
        wrong.check(of(word, sentence, "en"), numbers, sentence, "en");
    }
    wrong.none();
}

#[test]
fn any_text_is_read() {
    for text in
        ["", "-", "83", "''''", "83'ü", "of of of 5", "5 of", "between 5", "$", "1,2,3,", "\u{301}5", "5\u{301}a"]
    {
        for language in ["en", "de", "tr", "ru", "zh", "ar"] {
            read(text, language);
        }
    }
}

proptest::proptest! {
    #[test]
    fn words_lie_on_boundaries_and_apart_from_the_number(text in "([a-z]{1,4}|[0-9]{1,4}|of|the|and|were|to|[-',.:$%() ]|é|ж|死|\\PC){0,24}") {
        for language in ["en", "de", "tr", "ru", "fr"] {
            for figure in figures(&text, language.parse().ok()) {
                proptest::prop_assert!(text.get(figure.bytes.clone()).is_some());
                for word in &figure.counts {
                    proptest::prop_assert!(text.get(word.clone()).is_some_and(|word| !word.is_empty()));
                }
            }
        }
    }
}
