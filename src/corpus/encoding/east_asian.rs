//! Old encodings of Korean and Chinese that neither the web's standard nor its detector knows.
//!
//! Johab builds a syllable of three numbers of five bits; its other signs are those of KS X 1001, in another order.
//! EUC-TW has the characters of Big5 in nearly the same order, so runs of numbers convert one into the other. Both are
//! recognised by decoding: the whole text must be well formed, and must contain common words.

use encoding_rs::{BIG5, EUC_KR, Encoding};

/// The bytes that are looked at, from the first that is not ASCII.
const SAMPLE: usize = 16 * 1024;

/// The fewest characters that prove anything.
const FEWEST: usize = 12;

/// One character in this number is common, in any text of some length.
const COMMON: usize = 14;

/// Particles and endings that no Korean text can do without.
const KOREAN: &str = "이다는의에가을를로은고하한지도사기어자시대인리";

/// The commonest characters of Chinese in its traditional form.
const CHINESE: &str = "的是一不了人我在有他這中大來上國個到說們為子和你地出道也時年得就那要下以生會";

/// An encoding of two bytes a character, or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EastAsian {
    Johab,
    EucTw,
}

impl EastAsian {
    pub(super) fn name(self) -> &'static str {
        match self {
            EastAsian::Johab => "Johab",
            EastAsian::EucTw => "EUC-TW",
        }
    }

    /// Decodes a text. Bytes that mean nothing become replacement characters.
    pub(super) fn decode(self, bytes: &[u8]) -> String {
        let mut text = String::with_capacity(bytes.len() * 3 / 2);
        let mut rest = bytes;
        while let Some(&first) = rest.first() {
            let (read, length) = match first {
                0..0x80 => (Some(char::from(first)), 1),
                _ if self == EastAsian::Johab => (johab(first, rest.get(1).copied()), 2),
                0x8e => (cns_of_four(rest), 4),
                _ => (cns(1, first, rest.get(1).copied()), 2),
            };
            text.push(read.unwrap_or('\u{fffd}'));
            // A byte that begins nothing takes no other byte with it. A character of another plane counts as a
            // character.
            let whole =
                read.is_some() || length == 4 && rest.get(1..4).is_some_and(|three| three.iter().all(|b| *b > 0xa0));
            rest = rest.get(if whole { length } else { 1 }..).unwrap_or_default();
        }
        text
    }
}

/// The encoding of this kind in which a text is well formed and has words of its language.
pub(super) fn recognise(bytes: &[u8]) -> Option<EastAsian> {
    let first = bytes.iter().position(|&byte| byte >= 0x80)?;
    let rest = bytes.get(first..)?;
    let cut = rest.len() > SAMPLE;
    let sample = rest.get(..SAMPLE).unwrap_or(rest);
    [(EastAsian::Johab, KOREAN), (EastAsian::EucTw, CHINESE)].into_iter().find_map(|(encoding, common)| {
        let text = encoding.decode(sample);
        // The sample may have been cut within a character.
        let text = if cut { text.trim_end_matches('\u{fffd}') } else { &text };
        let letters = text.chars().filter(|c| !c.is_ascii()).count();
        let usual = text.chars().filter(|c| common.contains(*c)).count();
        let whole = !text.contains('\u{fffd}');
        (whole && letters >= FEWEST && usual * COMMON >= letters).then_some(encoding)
    })
}

/// A character of Johab.
fn johab(lead: u8, trail: Option<u8>) -> Option<char> {
    #[rustfmt::skip]
    const INITIALS: [char; 19] =
        ['ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ'];
    let trail = trail.filter(|trail| matches!(trail, 0x31..=0x7e | 0x81..=0xfe))?;
    if lead >= 0xd9 {
        return ks(lead, trail);
    }
    let code = u32::from(lead) << 8 | u32::from(trail);
    let (initial, vowel, last) = (code >> 10 & 31, code >> 5 & 31, code & 31);
    let vowel = match vowel {
        2 => None,
        3..=7 => Some(vowel - 3),
        10..=15 => Some(vowel - 5),
        18..=23 => Some(vowel - 7),
        26..=29 => Some(vowel - 9),
        _ => return None,
    };
    let last = match last {
        1..=17 => last - 1,
        19..=29 => last - 2,
        _ => return None,
    };
    match (initial, vowel) {
        (2..=20, Some(vowel)) => char::from_u32(0xac00 + ((initial - 2) * 21 + vowel) * 28 + last),
        // A letter that stands alone.
        (2..=20, None) if last == 0 => INITIALS.get(initial as usize - 2).copied(),
        (1, Some(vowel)) if last == 0 => char::from_u32(0x314f + vowel),
        _ => None,
    }
}

/// A sign or a Chinese character of KS X 1001, as Johab numbers them.
fn ks(lead: u8, trail: u8) -> Option<char> {
    let row = match lead {
        0xd9..=0xde => 2 * (u32::from(lead) - 0xd9),
        0xe0..=0xf9 => 2 * u32::from(lead) - 0x197,
        _ => return None,
    };
    let column = u32::from(trail).checked_sub(if trail < 0x91 { 0x31 } else { 0x43 })?;
    let (row, column) = if column < 94 { (row, column) } else { (row + 1, column - 94) };
    one_of(EUC_KR, [u8::try_from(row + 0xa1).ok()?, u8::try_from(column + 0xa1).ok()?])
}

fn cns_of_four(bytes: &[u8]) -> Option<char> {
    let plane = bytes.get(1)?.checked_sub(0xa0)?;
    cns(plane, *bytes.get(2)?, bytes.get(3).copied())
}

/// A character of CNS 11643, of the planes that Big5 has too.
fn cns(plane: u8, lead: u8, trail: Option<u8>) -> Option<char> {
    let runs: &[(u16, u16, u16)] = match plane {
        1 => &PLANE_1,
        2 => &PLANE_2,
        _ => return None,
    };
    let place = |byte: u8| byte.checked_sub(0xa1).filter(|place| *place < 94).map(u16::from);
    let number = place(lead)? * 94 + place(trail?)?;
    let at = runs.partition_point(|(begin, ..)| *begin <= number).checked_sub(1)?;
    let (begin, big5, length) = *runs.get(at)?;
    let number = big5 + Some(number - begin).filter(|within| *within < length)?;
    let (row, column) = (number / 157, number % 157);
    let column = column + if column < 63 { 0x40 } else { 0xa1 - 63 };
    one_of(BIG5, [u8::try_from(row + 0xa1).ok()?, u8::try_from(column).ok()?])
}

fn one_of(encoding: &'static Encoding, bytes: [u8; 2]) -> Option<char> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes)?;
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

// These are runs of characters in the same order: the number of the first in the plane, its number in Big5, the length.
#[rustfmt::skip]
const PLANE_1: [(u16, u16, u16); 40] = [(0, 0, 5), (6, 6, 15), (21, 23, 2), (24, 22, 1), (29, 29, 44), (73, 74, 1), (74, 73, 1), (75, 75, 21), (98, 98, 1), (100, 100, 27), (127, 128, 1), (128, 127, 1), (130, 130, 14), (146, 146, 2), (148, 149, 1), (149, 148, 1), (150, 150, 4), (155, 21, 1), (156, 156, 78), (282, 234, 29), (312, 264, 1), (314, 266, 142), (470, 5872, 30), (3290, 471, 1412), (4702, 1884, 424), (5126, 1883, 1), (5127, 2308, 1876), (7003, 4571, 1), (7004, 4184, 387), (7391, 4572, 525), (7916, 5286, 1), (7917, 5097, 105), (8023, 5203, 83), (8106, 5287, 84), (8190, 5517, 1), (8191, 5371, 54), (8245, 5426, 1), (8246, 5425, 1), (8247, 5427, 90), (8337, 5518, 354)];
#[rustfmt::skip]
const PLANE_2: [(u16, u16, u16); 49] = [(0, 6280, 10), (10, 6291, 33), (43, 6372, 1), (44, 6324, 48), (92, 6373, 46), (138, 6586, 1), (139, 6419, 167), (306, 6587, 1840), (2146, 9074, 1), (2147, 8428, 108), (2255, 8537, 537), (2792, 8427, 1), (2793, 9075, 100), (2893, 8536, 1), (2894, 9175, 399), (3293, 9575, 1637), (4930, 11761, 1), (4931, 11212, 146), (5077, 11899, 1), (5078, 11358, 287), (5365, 12508, 1), (5366, 11645, 116), (5482, 11762, 137), (5619, 11900, 104), (5723, 12425, 1), (5724, 12004, 222), (5946, 12227, 198), (6144, 12426, 82), (6226, 12509, 86), (6312, 12226, 1), (6313, 12595, 8), (6321, 12604, 153), (6474, 12758, 56), (6530, 13114, 1), (6531, 12814, 113), (6644, 12603, 1), (6645, 12927, 142), (6787, 12757, 1), (6788, 13069, 45), (6833, 13115, 71), (6904, 13380, 1), (6905, 13186, 194), (7099, 13381, 490), (7589, 13914, 1), (7590, 13871, 43), (7633, 13915, 1), (7634, 13917, 11), (7645, 13916, 1), (7646, 13928, 4)];

#[cfg(test)]
mod tests {
    use super::*;

    const KOREAN_TEXT: &str = "마을 연못에는 오리가 열두 마리 있다. 서기는 오늘 아침에 그 수를 두 번 세었고, 의회는 학교에서 두 시간 동안 이야기하였다. ㄱ 漢字 「」";
    const JOHAB: &[u8] = b"\xa0a\xb7i \xb5e\xa1\xb5\xb5A\x93e \xb5\xa1\x9f\xa1\x88a \xb5i\x96\x81 \xa0a\x9f\xa1 \xb7\xb6\x94a. \xac\xe1\x8b\xa1\x93e \xb5\xa1\x93i \xb4a\xc3\xb1\xb5A \x8ba \xae\x81\x9fi \x96\x81 \xa4\xe5 \xadA\xb4\xf6\x89\xa1, \xb7\x81\xd2A\x93e \xd0b\x8aa\xb5A\xac\xe1 \x96\x81 \xaf\xa1\x88e \x95\xb7\xb4e \xb7\xa1\xb4\xa1\x8b\xa1\xd0a\xb5v\x94a. \x88A \xf7\xd3\xf1\xae \xd9H\xd9I";
    const CHINESE_TEXT: &str =
        "村子裡的池塘今天早上結冰了，書記說他在那裡數了兩次鴨子，議會在老學校裡討論了兩個小時。乂";
    const EUC_TW: &[u8] = b"\xca\xda\xc4\xcd\xe6\xd3\xce\xfb\xc8\xc1\xe3\xd4\xc4\xf4\xc5\xb2\xc8\xae\xc4\xb8\xe1\xb8\xc7\xc3\xc4\xa7\xa1\xa2\xd5\xf3\xd8\xb4\xeb\xa9\xc5\xec\xc7\xe3\xcb\xdb\xe6\xd3\xed\xb0\xc4\xa7\xcc\xa5\xc8\xb9\xf3\xb9\xc4\xcd\xa1\xa2\xfa\xbe\xe4\xc4\xc7\xe3\xc8\xd2\xf0\xd0\xd5\xf7\xe6\xd3\xd8\xb6\xef\xa2\xc4\xa7\xcc\xa5\xd4\xb6\xc4\xd1\xd5\xeb\xa1\xa4\x8e\xa2\xa1\xa1";

    #[test]
    fn both_are_read_and_told_from_others() {
        assert_eq!(EastAsian::Johab.decode(JOHAB), KOREAN_TEXT);
        assert_eq!(EastAsian::EucTw.decode(EUC_TW), CHINESE_TEXT);
        assert_eq!(recognise(JOHAB), Some(EastAsian::Johab));
        assert_eq!(recognise(EUC_TW), Some(EastAsian::EucTw));
        for (encoding, text) in [
            (EUC_KR, "마을 연못에는 오리가 열두 마리 있다. 서기는 오늘 아침에 그 수를 두 번 세었다."),
            (BIG5, CHINESE_TEXT),
            (
                encoding_rs::GBK,
                "村子里的池塘今天早上结冰了，书记说他在那里数了两次鸭子，议会在老学校里讨论了两个小时。",
            ),
            (encoding_rs::SHIFT_JIS, "村の池は今朝凍りました。書記は鴨を二度数え、議会は古い学校で二時間話しました。"),
            (encoding_rs::EUC_JP, "村の池は今朝凍りました。書記は鴨を二度数え、議会は古い学校で二時間話しました。"),
            (encoding_rs::WINDOWS_1251, "Сегодня в деревне снова заработала старая мельница на берегу реки."),
            (
                encoding_rs::WINDOWS_1252,
                "Die Mühle an der Straße dreht sich für alle, schöne Grüße aus Österreich, häufig geäußert.",
            ),
        ] {
            assert_eq!(recognise(&encoding.encode(text).0), None, "{}", encoding.name());
        }
    }

    #[test]
    fn bytes_that_mean_nothing_are_replaced_one_by_one() {
        for encoding in [EastAsian::Johab, EastAsian::EucTw] {
            assert_eq!(encoding.decode(b"a\xffb\x8e"), "a\u{fffd}b\u{fffd}");
        }
    }
}
