//! Words that say how certain something is, auxiliary verbs, and forms of one word that share no stem.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Words of possibility and necessity, and of degree of certainty.
const MODALS: &str = "may might must can could shall should ought possibly probably perhaps maybe likely allegedly reportedly apparently certainly surely \
    kann können könnte könnten konnte konnten darf dürfen dürfte dürften muss müssen müsste musste mussten soll sollen sollte sollten vielleicht wahrscheinlich möglicherweise angeblich sicher bestimmt \
    peut peuvent pourrait pourraient pouvait doit doivent devrait devraient devait faut fallait peut-être probablement certainement \
    puede pueden podría podrían podía debe deben debería deberían debía quizá quizás tal probablemente seguramente \
    può possono potrebbe potrebbero poteva deve devono dovrebbe dovrebbero doveva forse probabilmente certamente \
    pode podem poderia poderiam podia deve devem deveria deveriam devia talvez provavelmente certamente \
    kan kunnen kon konden zou zouden moet moeten moest moesten mag mogen mocht misschien waarschijnlijk \
    kunde måste skall ska skulle bör borde får kanske troligen säkert må måtte kunne skal skulle bør burde måske kanskje \
    может могут мог могла могло могли должен должна должно должны следует возможно вероятно наверное пожалуй якобы можно нужно надо \
    belki muhtemelen galiba gerek lazım zorunda mümkün mutlaka kesinlikle \
    voi voivat voisi voisivat saattaa täytyy pitää pitäisi ehkä luultavasti \
    قد ربما يمكن يجب ينبغي لعل \
    może mogą mógł musi muszą musiał powinien powinna powinno powinni prawdopodobnie \
    може могут'ь мусить повинен повинна мабуть 可能 必须 应该 也许";

/// Forms of being, having and becoming, and what makes a future: sets of words that stand for one another in another
/// tense or number.
const AUXILIARIES: &str = "am is are was were be been being has have had having do does did will would won shall \
    ist sind war waren bin bist sei seien wäre wären hat haben hatte hatten hätte hätten habe wird werden wurde wurden würde würden worden geworden \
    est sont était étaient fut furent sera seront serait seraient a ont avait avaient eut aura auront aurait auraient ai suis été \
    es son era eran fue fueron será serán sería serían está están estaba estaban estuvo ha han había habían hubo habrá habría sido estado \
    è sono fu furono sarà saranno sarebbe stato stata stati ha hanno aveva avevano ebbe avrà avranno avrebbe \
    é são foi foram será serão seria está estão estava estavam esteve há tem têm tinha tinham teve terá tendo \
    is zijn was waren wordt worden werd werden heeft hebben had hadden zal zullen \
    är var blir blev har hade ska er ble blei bliver blev havde hadde vil ville \
    был была было были будет будут быть есть является являлся стал стала стали станет \
    on ovat oli olivat olisi ollut olleet \
    jest są był była było byli były będzie będą został została zostali \
    dir dır idi ise oldu olacak olur \
    كان كانت كانوا يكون تكون سيكون سوف";

/// Irregular verbs, a verb a line of forms.
const IRREGULAR: &[&str] = &[
    "say says said saying",
    "go goes went gone going",
    "take takes took taken taking",
    "see sees saw seen seeing",
    "come comes came coming",
    "give gives gave given giving",
    "get gets got gotten getting",
    "make makes made making",
    "know knows knew known",
    "think thinks thought",
    "find finds found finding",
    "tell tells told telling",
    "become becomes became becoming",
    "leave leaves left leaving",
    "feel feels felt",
    "bring brings brought",
    "begin begins began begun beginning",
    "keep keeps kept keeping",
    "hold holds held holding",
    "write writes wrote written writing",
    "stand stands stood",
    "hear hears heard",
    "mean means meant",
    "meet meets met meeting",
    "run runs ran running",
    "pay pays paid",
    "sit sits sat",
    "speak speaks spoke spoken",
    "lie lies lay lain lying",
    "lead leads led leading",
    "grow grows grew grown",
    "lose loses lost losing",
    "fall falls fell fallen",
    "send sends sent",
    "build builds built",
    "understand understands understood",
    "draw draws drew drawn",
    "break breaks broke broken",
    "spend spends spent",
    "cut cuts cutting",
    "rise rises rose risen",
    "drive drives drove driven",
    "buy buys bought",
    "wear wears wore worn",
    "choose chooses chose chosen",
    "seek seeks sought",
    "throw throws threw thrown",
    "catch catches caught",
    "deal deals dealt",
    "win wins won winning",
    "forget forgets forgot forgotten",
    "sink sinks sank sunk sinking",
    "burn burns burned burnt",
    "sell sells sold",
    "fight fights fought",
    "teach teaches taught",
    "eat eats ate eaten",
    "sing sings sang sung",
    "fly flies flew flown",
    "swim swims swam swum",
    "ring rings rang rung",
    "shake shakes shook shaken",
    "steal steals stole stolen",
    "strike strikes struck",
    "sleep sleeps slept",
    "sagt sagte sagten gesagt sagen",
    "geht ging gingen gegangen gehen",
    "kommt kam kamen gekommen kommen",
    "gibt gab gaben gegeben geben",
    "nimmt nahm nahmen genommen nehmen",
    "steht stand standen gestanden stehen",
    "findet fand fanden gefunden finden",
    "bleibt blieb blieben geblieben bleiben",
    "liegt lag lagen gelegen liegen",
    "spricht sprach sprachen gesprochen sprechen",
    "sieht sah sahen gesehen sehen",
    "fährt fuhr fuhren gefahren fahren",
    "brennt brannte brannten gebrannt brennen",
    "schreibt schrieb schrieben geschrieben schreiben",
    "läuft lief liefen gelaufen laufen",
    "fait font faisait fit firent fera feront faire",
    "va vont allait alla ira iront aller allé",
    "dit disent disait dira dire",
    "vient viennent venait vint viendra venu venir",
    "prend prennent prenait prit prendra pris prendre",
    "voit voient voyait vit verra vu voir",
    "met mettent mettait mit mettra mis mettre",
    "sait savent savait sut saura su savoir",
    "tient tiennent tenait tint tiendra tenu tenir",
    "dice dicen dijo dijeron decía dirá decir",
    "hace hacen hizo hicieron hacía hará hacer hecho",
    "va van iba iban irá irán ir ido",
    "viene vienen vino vinieron venía vendrá venir",
    "pone ponen puso pusieron pondrá poner puesto",
    "sabe saben supo sabía sabrá",
    "fa fanno fece fecero faceva farà fare fatto",
    "va vanno andò andava andrà andare andato",
    "viene vengono venne vennero veniva verrà",
    "disse dissero diceva dirà detto",
    "faz fazem fez fizeram fazia fará fazer feito",
    "vai vão ia irá",
    "diz dizem disse disseram dizia dirá dito",
    "vem vêm veio vieram vinha virá",
    "zegt zei zeiden gezegd zeggen",
    "gaat ging gingen gegaan gaan",
    "komt kwam kwamen gekomen komen",
    "geeft gaf gaven gegeven geven",
    "neemt nam namen genomen nemen",
    "går gick gått gå",
    "säger sade sa sagt säga",
    "kommer kom kommit",
    "ger gav givit gett",
    "tar tog tagit",
    "står stod stått",
    "идет шел шла шло шли пойдет пойдут пошел пошла пошли идти",
    "говорит говорят сказал сказала сказали скажет сказать говорил говорила",
    "дает дал дала дали даст дать",
    "едет ехал ехала поехал поедет",
    "берет брал взял взяла взяли возьмет",
];

static IRREGULAR_FORMS: LazyLock<HashMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut forms: HashMap<&str, Vec<usize>> = HashMap::new();
    for (verb, line) in IRREGULAR.iter().enumerate() {
        for form in line.split(' ') {
            forms.entry(form).or_default().push(verb);
        }
    }
    forms
});

/// Returns whether a word says how certain or necessary something is.
pub(crate) fn is_modal(key: &str) -> bool {
    MODALS.split_whitespace().any(|modal| modal == key)
}

/// Returns whether a word is a form of a verb that helps others to a tense.
pub(crate) fn is_auxiliary(key: &str) -> bool {
    let key = key.strip_suffix("n't").unwrap_or(key);
    AUXILIARIES.split_whitespace().any(|auxiliary| auxiliary == key)
}

/// Returns whether two words are forms of one irregular verb.
pub(crate) fn is_same_verb(a: &str, b: &str) -> bool {
    match (IRREGULAR_FORMS.get(a), IRREGULAR_FORMS.get(b)) {
        (Some(a), Some(b)) => a.iter().any(|verb| b.contains(verb)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_verb_are_known() {
        assert!(is_same_verb("said", "says") && is_same_verb("ging", "geht") && !is_same_verb("said", "went"));
        assert!(is_modal("must") && is_modal("должен") && is_auxiliary("was") && is_auxiliary("wurde"));
    }
}
