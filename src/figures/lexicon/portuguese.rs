//! Portuguese.

use super::table::{Class, Order, Table};
use crate::figures::quantity::Bound;

pub(super) const TABLE: Table = Table {
    order: Order::Free,
    numbers: "1 um uma; 2 dois duas; 3 três; 4 quatro; 5 cinco; 6 seis; 7 sete; 8 oito; 9 nove; 10 \
                dez; 11 onze; 12 doze dúzia; 13 treze; 14 catorze quatorze; 15 quinze; 16 dezesseis \
                dezasseis; 17 dezessete dezassete; 18 dezoito; 19 dezenove dezanove; 20 vinte; 30 \
                trinta; 40 quarenta; 50 cinquenta; 60 sessenta; 70 setenta; 80 oitenta; 90 noventa; \
                100 cem cento; 200 duzentos duzentas; 300 trezentos trezentas; 400 quatrocentos \
                quatrocentas; 500 quinhentos quinhentas; 600 seiscentos seiscentas; 700 setecentos \
                setecentas; 800 oitocentos oitocentas; 900 novecentos novecentas; 1000 mil; 1000000 \
                milhão milhões; 1000000000 bilhão bilhões",
    times: "mil milhão milhões bilhão bilhões",
    dozen: "dúzia",
    bound: "",
    vague: "10 dezenas; 12 dúzias; 100 centenas; 1000 milhares",
    rounds: "10 dezena; 15 quinzena; 20 vintena; 100 centena; 1000 milhar",
    before: &[
        (Bound::MoreThan, "mais de|mais que|acima de"),
        (Bound::AtLeast, "pelo menos|ao menos|no mínimo|não menos de"),
        (Bound::AtMost, "até|no máximo|não mais de"),
        (Bound::LessThan, "menos de|menos que"),
        (Bound::About, "cerca de|aproximadamente|quase|uns|umas|em torno de|perto de|~"),
    ],
    after: &[(Bound::AtLeast, "ou mais|e mais|pelo menos")],
    past: "",
    classes: &[
        (Class::Join, "e"),
        (Class::Of, "de dos das do da d"),
        (Class::Anaphor, "eles elas quais"),
        (
            Class::Be,
            "é são era eram foi foram sido têm tem havia haviam está estão estavam ser serão \
                     ficaram",
        ),
        (Class::Relative, "que"),
        (
            Class::Numbered,
            "artigo página páginas capítulo seção secção número n resolução parágrafo linha \
                     vol rua sala lei versão ponto anexo decreto",
        ),
        (Class::Age, "idade"),
        (Class::Old, "anos"),
        (
            Class::Measure,
            "toneladas tonelada quilos quilo kg litros litro hectares hectare casos barris \
                     pares peças exemplares gramas metros",
        ),
        (
            Class::Link,
            "é são era eram foi chega chegou atinge atingiu soma somava a em de para subiu \
                     caiu",
        ),
        (Class::As, "como"),
        (Class::From, "entre de"),
        (Class::To, "a e ou"),
        (Class::Determiner, "o a os as estes estas esses essas seus suas todos todas um uma"),
        (Class::Plural, ""),
        (
            Class::Time,
            "segundo segundos minuto minutos hora horas dia dias noite noites semana semanas \
                     mês meses ano anos década décadas século séculos",
        ),
        (Class::For, "para em de a"),
        (Class::When, "em desde de ano"),
        (Class::Several, "vários várias alguns algumas"),
        (Class::Stop, "incluindo entre segundo durante desde contra sem sob após mais menos ao além"),
    ],
};
