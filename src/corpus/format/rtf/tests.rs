#![allow(clippy::unwrap_used)]

use super::*;
use proptest::prelude::*;

fn text(rtf: &str) -> String {
    read(rtf.as_bytes().to_vec(), false).remove(0).map(|raw| raw.text).unwrap_or_default()
}

#[test]
fn words_and_breaks_are_read() {
    let long = "word ".repeat(40);
    for (body, expected) in [
        (r"One \b two\b0  three.", "One two three."),
        (r"a\tab b\line c", "a\tb\nc"),
        (r"\{x\} \\ a\~b\_c\-d", "{x} \\ a\u{a0}b-cd"),
        (r"a\emdash b \ldblquote q\rdblquote ", "a—b “q”"),
        ("split\r\n lines", "split lines"),
        (r"x{\*\unknown gone}y{\pict 00ff}z", "xyz"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt shown}}", "shown"),
        (r"a\v hidden\v0 b{\deleted gone}c", "abc"),
        (r"word{\footnote  A note.} on", "word [A note.] on"),
        (r"a\bin5 }}}}}b", "ab"),
        (r"{\shp{\*\shpinst{\sp{\sn n}{\sv v}}{\shptxt boxed}}}", "boxed"),
        (r"Ship\cell Tons\cell\row One\cell Two\cell\row", "Ship\tTons\t\nOne\tTwo"),
        (r"Text.{\footer Page}\par More.", "Text.\n\nMore.\n\nPage"),
    ] {
        assert_eq!(text(&format!(r"{{\rtf1\ansi {body}}}")), expected, "{body}");
    }
    assert_eq!(text(&format!(r"{{\rtf1 {long}\par Next.\par}}")), format!("{}\n\nNext.", long.trim_end()));
    // Lines wrapped by hand, with blank lines between paragraphs, stay lines.
    assert_eq!(text(r"{\rtf1 one\par two\par\par three}"), "one\ntwo\n\nthree");
}

#[test]
fn characters_are_decoded_by_document_font_and_number() {
    for (rtf, expected) in [
        (r"{\rtf1\ansi\ansicpg1250 \'e8esk\'fd}", "český"),
        (r"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8\'e2\'e5\'f2}", "Привет"),
        (r"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\'e9 \f1 \'e9}", "é й"),
        (r"{\rtf1\ansi\deff1{\fonttbl{\f1\fcharset128 M;}}\'93\'fa\'96\'7b}", "日本"),
        (r"{\rtf1\mac \'8e}", "é"),
        (r"{\rtf1\u233?t\u233\'e9}", "été"),
        (r"{\rtf1\uc0\u8217 x}", "’x"),
        (r"{\rtf1{\uc2\u26085\'93\'fa}x}", "日x"),
        (r"{\rtf1\u-10179?\u-8704?}", "😀"),
        (r"{\rtf1\u-4913?}", "\u{eccf}"),
        (r"{\rtf1 a\u-10179?b\u-8704?}", "ab\u{fffd}"),
        (r"{\rtf1\u99999999999 x}", "x"),
        (r"{\rtf1\'zz\'4}", "zz4"),
    ] {
        let found = text(rtf);
        assert_eq!(found.trim(), expected, "{rtf}");
    }
}

#[test]
fn the_information_group_is_declared() {
    let raw = read(
        br"{\rtf1{\info{\title The old bridge}{\author Anna Example}{\operator user}{\creatim\yr2003\mo5\dy6\hr7\min8}{\revtim\yr2004\mo5\dy6}{\subject Ports}{\company Gone}}Words.}"
            .to_vec(),
        false,
    )
    .remove(0)
    .unwrap();
    assert_eq!((raw.text.as_str(), raw.title.as_deref()), ("Words.", Some("The old bridge")));
    let declared: Vec<(&str, &str)> = raw.declared.iter().map(|d| (d.name.as_str(), d.value.as_str())).collect();
    assert_eq!(
        declared,
        [("author", "Anna Example"), ("operator", "user"), ("created", "2003-05-06T07:08"), ("modified", "2004-05-06")]
    );
    assert_eq!(raw.metadata.get("subject").map(String::as_str), Some("Ports"));
}

#[test]
fn pictures_and_objects_are_told_once_each() {
    let rtf = br"{\rtf1 The pond{\*\shppict{\pict\pngblip 8950}}{\nonshppict{\pict\wmetafile8 0100}}{\pict\jpegblip ffd8}{\object\objemb{\*\objdata 0105}}}";
    let told: Vec<String> =
        read(rtf.to_vec(), false).into_iter().filter_map(Result::err).map(|told| told.reason).collect();
    assert_eq!(told, ["1 file put into the document, which is not read", "2 pictures, which are not read"]);
}

#[test]
fn hostile_documents_are_survived() {
    assert_eq!(text(&format!("{{\\rtf1 x{}y", "{".repeat(1_000_000))), "xy");
    assert_eq!(text(&format!("{{\\rtf1 x{}y", "}".repeat(1_000_000))), "xy");
    for piece in ["\\", "\\u1", "\\'", "\\bin99999999 ", "\\*", "{\\*", "\\uc99999 ", "{\\info{\\title "] {
        let _ = text(&format!("{{\\rtf1 {}", piece.repeat(100_000)));
    }
    assert_eq!(read(b"{\\rtf1 }".to_vec(), false).remove(0).unwrap_err().reason, "an RTF document without text");
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(bytes, false);
    }

    #[test]
    fn any_control_words_are_read(rtf in r"(\{|\}|\\(par|u|u-1|uc|f|fonttbl|info|title|bin|v|fcharset|\*|'e9|\\)([0-9]{0,6})? ?|word ){0,60}") {
        let _ = read(rtf.into_bytes(), true);
    }
}
