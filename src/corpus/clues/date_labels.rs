//! Words before a date that say what it is the date of, in the languages papers and mail programs use: `Published:`,
//! `Gesendet:`, `Communiqué de presse du`, `Дата публикации`.
//!
//! The words are folded: lower case, without diacritics.

use crate::time::folded;

/// The meaning of a word before a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// The date of publication.
    Published,
    /// The date of sending, issue or release, in a mail or a release.
    Sent,
    /// The date of the last change.
    Modified,
    /// A date of no named kind, or the date of a press release that follows.
    Date,
    /// No meaning of its own: `on`, `vom`, `Nr.`
    Particle,
}

/// The longest label, in bytes.
const LONGEST: usize = 80;

const PUBLISHED: &[&str] = &[
    // English, German, French
    "posted published publish publication submitted publishing",
    "veroffentlicht veroffentlichung veroffentlichungsdatum erschienen erscheinungsdatum eingestellt gepostet verfasst",
    "publie publiee publies paru parue parution ligne redige",
    // Spanish, Portuguese, Catalan, Galician, Italian, Romanian
    "publicado publicada publicacion publicacio publicat publicacao",
    "pubblicato pubblicata pubblicazione publicat publicata postat publicarii publicare",
    // Dutch, Swedish, Norwegian, Danish, Finnish, Estonian, Icelandic
    "gepubliceerd geplaatst verschenen publicatiedatum publicerad publicerat publiceringsdatum publisert",
    "udgivet offentliggjort publiceret julkaistu julkaisuaika avaldatud",
    // Polish, Czech, Slovak, Slovene, Croatian, Serbian, Macedonian, Albanian, Lithuanian, Latvian, Hungarian
    "opublikowano opublikowany opublikowane publikacji dodano zamieszczono publikovano zverejneno vydano",
    "zverejnene publikovane vydane objavljeno objavljena objavljen објављено објавено",
    "publikuar publikuota paskelbta publicets megjelent kozzeteve publikalva",
    // Russian, Ukrainian, Belarusian, Bulgarian, Greek, Turkish, Azerbaijani, Kazakh, Uzbek
    "опубликовано опубликован опубликована публикации размещено добавлено опубліковано оприлюднено",
    "публікаціі апублікавана публикувано публикувана публикуване δημοσιευση δημοσιευθηκε δημοσιευτηκε",
    "yayinlandi yayinlanma yayimlandi yayimlanma yayin yayim",
    "derc yayimlanib жарияланды жарияланган чоп",
    // Arabic, Persian, Hebrew, Hindi, Bengali, Thai, Vietnamese, Indonesian, Malay, Filipino
    "نشر النشر نشرت منتشر انتشار פורסם प्रकाशित প্রকাশিত প্রকাশ เผยแพร่",
    "dang dipublikasikan diterbitkan inilathala",
    // Chinese, Japanese, Korean
    "发布时间 发布日期 發布時間 發布日期 發佈日期 发表时间 发表于 发布于 发布 發布 公開日 公開日時 掲載日 発表日 配信日時",
    "投稿日 発行日 公開 掲載 配信 등록일 게시일 입력 작성일 발행일 등록 게시",
];

const SENT: &[&str] = &[
    "enviada enviados invio verstuurd",
    "보낸 보낸날짜",
    "released issued sent gesendet diffuse envoye envoyee enviado enviat fechado emitido publicou-se",
    "divulgado inviato inviata trimis verzonden skickat sendt lahetetty saadetud birt wyslano odeslano",
    "vlozeno odoslane poslano poslato послато derguar issiusta nosutits elkuldve kuldve отправлено надіслано",
    "адпраулена изпратено εσταλη σταλθηκε απεσταλη gonderildi gonderilme gonderim gonderme gonderilib elon jonatildi",
    "ارسال الارسال ارسلت ارسالي فرستاده נשלח भेजा ส่ง gui dikirim dihantar ipinadala",
    "发送时间 发件日期 傳送時間 寄件日期 送信日時",
];

const MODIFIED: &[&str] = &[
    "updated update modified edited changed revised reviewed amended corrected",
    "aktualisiert aktualisierung geandert anderung bearbeitet uberarbeitet stand",
    "jour maj modifie modifiee actualise corrige actualizado actualizada actualizacion modificado modificada editado atualizado",
    "atualizacao modificacao actualitzat modificat actualizat actualizata aggiornato aggiornata aggiornamento modificato",
    "bijgewerkt gewijzigd aangepast uppdaterad andrad oppdatert endret opdateret aendret paivitetty muokattu uuendatud muudetud",
    "zaktualizowano aktualizacja aktualizacji zmodyfikowano aktualizovano upraveno zmeneno aktualizovane upravene posodobljeno azurirano izmijenjeno",
    "ажурирано atnaujinta atjaunots frissitve modositva perditesuar обновлено обновлен изменено отредактировано оновлено змінено",
    "абноулена актуализирано променено ενημερωση ενημερωθηκε τροποποιηθηκε guncellendi guncelleme guncellenme yenilenib yenilendi",
    "تحديث التحديث تعديل بروزرساني روزرساني ويرايش עודכן अपडेट अद्यतन আপডেট হালনাগাদ ปรับปรุง แก้ไข nhat capnhat diperbarui kemaskini",
    "更新时间 更新時間 更新日期 更新于 更新 更新日 更新日時 最終更新日 수정 수정일 업데이트",
];

const DATE: &[&str] = &[
    "date dated datum fecha data дата tarih tarihi tarix tarixi dato paivays paivamaara pvm kuupaev datums dagsetning",
    "ημερομηνια ημ/νια kun куні күні sana tanggal tarikh petsa ngay 日付 日期 날짜 일자 التاريخ تاريخ تاريخه תאריך วันที่ दिनांक तारीख तिथि তারিখ datat",
    // Press releases
    "press release news statement communique presse pressemitteilung presseinformation pressemeldung presseaussendung",
    "medienmitteilung medieninformation pressetext comunicado comunicat comunicato prensa nota nota_de premsa imprensa stampa",
    "persbericht persmededeling pressmeddelande pressemelding pressemeddelelse lehdistotiedote tiedote mediatiedote pressiteade",
    "frettatilkynning komunikat prasowy informacja prasowa tiskova zprava tlacova sprava sporocilo priopcenje saopstenje",
    "саопштење соопштение sajtokozlemeny kozlemeny comunicatul presa pranesimas spaudai preses relize relizes pressliit",
    "δελτιο τυπου basin aciklamasi bulteni bildirisi duyurusu metbuat melumati пресс-релиз пресс релиз пресрелиз сообщение",
    "прес-реліз реліз прэс-рэліз прессъобщение съобщение медиите баспасоз хабарламасы siaran pers kenyataan media rilis",
    "thong cao bao chi بيان صحفي اعلاميه اطلاعيه خبر مطبوعاتي הודעה לעיתונות प्रेस विज्ञप्ति ข่าวประชาสัมพันธ์",
    "新闻稿 新聞稿 新闻公告 プレスリリース 報道発表 報道資料 ニュースリリース 보도자료 immediate",
    "sofortigen sofortverbreitung",
];

const PARTICLES: &[&str] = &[
    "on at of from to the this for first last by time li ika- ika thu hai tu bay chu nhat n",
    "vom am den der dem zum zur um nr im von fur uhrzeit zuletzt",
    "le la les du de des au en mis mise no n° num derniere",
    "el del al los a em da do dos il lo di dal ultima ultimo ora hora",
    "van op d.d dd den d fra av af pa med sist senast senest viimeksi kl",
    "z dnia dn w dne ze zo dna dana ob u iz od utolso posledni ostatnia ostatnio",
    "от от_даты в на від за для последнее время последна та τισ στισ την τησ tarihli gunu saat son",
    "pada hari ngay luc cap lan cuoi am ng pukul noong sa في من يوم در روز ב ב- को দিন เมื่อ",
];

fn lists(word: &str) -> Option<Label> {
    let has = |lists: &[&str]| lists.iter().any(|list| list.split(' ').any(|known| known == word));
    [
        (PUBLISHED, Label::Published),
        (SENT, Label::Sent),
        (MODIFIED, Label::Modified),
        (DATE, Label::Date),
        (PARTICLES, Label::Particle),
    ]
    .into_iter()
    .find_map(|(words, label)| has(words).then_some(label))
}

/// The meaning of one word before a date.
pub(crate) fn label_of_word(word: &str) -> Option<Label> {
    let word = word.trim_matches(|c: char| matches!(c, '.' | ':' | '：' | '(' | ')' | '[' | ']' | '*' | '_' | '"'));
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    lists(&folded(word))
}

/// The meaning of a phrase before a date and a colon, if all its words are known: `Last updated`, `Data publikacji`.
pub(crate) fn label_of_phrase(phrase: &str) -> Option<Label> {
    if phrase.len() > LONGEST {
        return None;
    }
    let mut said = None;
    for word in
        phrase.split(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '#' | '/')).filter(|word| !word.is_empty())
    {
        let label = label_of_word(word)?;
        said = match (said, label) {
            (said, Label::Particle) => said,
            // `Date of publication`, `Date updated`
            (None | Some(Label::Date), label) => Some(label),
            (said, _) => said,
        };
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        for list in [PUBLISHED, SENT, MODIFIED, DATE, PARTICLES] {
            for word in list.iter().flat_map(|list| list.split(' ')) {
                assert_eq!(folded(word), word);
            }
        }
    }

    #[test]
    fn phrases_say_what_their_words_say() {
        for (phrase, label) in [
            ("Published", Some(Label::Published)),
            ("Date of publication", Some(Label::Published)),
            ("Last updated on", Some(Label::Modified)),
            ("Gesendet", Some(Label::Sent)),
            ("Envoyé", Some(Label::Sent)),
            ("Data publikacji", Some(Label::Published)),
            ("Дата публикации", Some(Label::Published)),
            ("Yayın tarihi", Some(Label::Published)),
            ("Datum", Some(Label::Date)),
            ("發布日期", Some(Label::Published)),
            ("보낸 날짜", Some(Label::Sent)),
            ("تاريخ النشر", Some(Label::Published)),
            ("Birth date", None),
            ("of the", None),
            ("", None),
        ] {
            assert_eq!(label_of_phrase(phrase), label, "{phrase}");
        }
    }
}
