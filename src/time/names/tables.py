#!/usr/bin/env python3
"""Writes tables.in: what the months and weekdays are called, from Unicode's CLDR.

    pip install babel==2.19.0 && python3 tables.py > tables.in

CLDR gives each language the names alone and beside a day (nominative and genitive), whole and abbreviated. What papers write
beyond that is added here: the other cases, by the rules of the language (`CASES`), and other spellings (`MORE`). Names are
written as `folded` of mod.rs has them; a test there compares the two.
"""
import re
import sys
import unicodedata

from babel import Locale

# The earlier a language, the likelier its reading of a name that several share, where nothing tells the language.
# After a colon: the locales that the names are taken from, where they are more than the language alone.
LANGUAGES = """
en de:de,de_AT fr es pt:pt,pt_PT it ru ar:ar,ar_SY,ar_MA,ar_DZ,ar_SA,ar_IQ zh ja ko tr pl nl uk fa:fa,fa_AF hi bn id ms vi th cs ro hu
sv no:nb,nn da fi el he bg sr:sr,sr_Latn hr bs:bs,bs_Cyrl sk sl lt lv et be mk sq az:az,az_Cyrl kk uz:uz,uz_Cyrl ky tg tk mn ka hy
ca gl eu ga cy is mt af sw tl:fil ur ps ku ckb sd pa:pa,pa_Arab gu mr ne ta te kn ml si or as my km lo am so ha ig zu xh rw
eo fo lb fy ast oc sc tt ba ug
""".split()

# Other spellings and shorter ones: January to December.
MORE = {
    "en": "jan|feb febr|mar|apr||jun|jul|aug|sep sept|oct|nov|dec",
    "de": "jänner jan|feber feb|mrz mär|apr||jun|jul|aug|sep sept|okt|nov|dez",
    "fr": "janv|fév févr|||||juil|||octobre oct|nov|déc",
    "es": "ene|feb|mar|abr||jun|jul|ago|setiembre sept set sep|oct|nov|dic",
    "it": "gen genn|feb febbr|mar|apr|mag magg|giu|lug|ago|sett set|ott|nov|dic",
    "pt": "jan|fev|mar|abr|mai|jun|jul|ago|set|out|nov|dez",
    "ro": "ian|feb|mar|apr||iun|iul|aug|sept|oct|noi|dec",
    "nl": "|febr|mrt||||||sept|||",
    "ru": "янв|фев февр|мар|апр||июн|июл|авг|сен сент|окт|ноя нояб|дек",
    "uk": "січ|лют|бер|квіт|трав|черв|лип|серп|вер|жовт|лист|груд",
    "bg": "|||||юни|юли|||||",
    "tr": "oca|şub||nis||haz|tem|ağu|eyl|eki|kas|ara",
    "az": "yan|fev||||||avq avqust|sen sentyabr|okt oktyabr|noy|dek",
    "uz": "yan|fev||||||avgust|sen sentyabr|okt oktyabr|noy|dek",
    "pl": "sty|lut|mar|kwi|maj|cze|lip|sie|wrz|paź|lis|gru",
    "hu": "||márc|ápr|máj||||szept|||",
    "ar": "|شباط|آذار|نيسان|أيار ايار|حزيران|تموز يوليوز|آب|أيلول|||",
    "id": "|pebruari|||||||||nopember nov|des",
    "sw": "|||||juni|julai||||novemba|",
    "ga": "|feabhra|márta|aibreáin|bhealtaine|meitheamh mheithimh|||mheán_fómhair|dheireadh_fómhair|samhna|nollag",
    "sq": "janarit|shkurtit|marsit|prillit|majit|qershorit|korrikut|gushtit|shtatorit|tetorit|nëntorit|dhjetorit",
    "he": "||מרס במרס|||||||||",
    "bn": "জানুয়ারী|ফেব্রুয়ারী||||||||||",
    "ka": "იანვრის|თებერვლის|მარტის|აპრილის|მაისის|ივნისის|ივლისის|აგვისტოს|სექტემბრის|ოქტომბრის|ნოემბრის|დეკემბრის",
    "he": "||מרס במרס|||||||||",
    "bs": "|||||juna juni|jula juli|||||",
    "fa": "|||||||آگوست|||نومبر|دسمبر",
    "tl": "||||||||setyembre||nobyembre|disyembre",
}

# Other cases: an ending of the name (nominative or genitive) and what stands for it. Every ending that fits is tried.
CASES = {
    "ru": [("я", "е"), ("та", "те"), ("ая", "ае")],
    "uk": [("ня", "ні"), ("ого", "ому"), ("да", "ді")],
    "be": [("ня", "ні"), ("ка", "ку"), ("да", "дзе"), ("ага", "ым"), ("мая", "маі")],
    "pl": [("ia", "iu"), ("ca", "cu"), ("ja", "ju"), ("ego", "ym"), ("da", "dzie")],
    "cs": [("a", "u"), ("ce", "ci")],
    "sk": [("a", "i"), ("r", "ra"), ("r", "ri")],
    "hr": [("a", "u"), ("e", "i"), ("oga", "om"), ("oga", "og"), ("oga", "ome")],
    "sr": [("ар", "ра"), ("ар", "ру"), ("ар", "ара"), ("ар", "ару"), ("т", "та"), ("т", "ту"), ("л", "ла"), ("л", "лу"), ("ј", "ја"),
           ("ј", "ју"), ("н", "на"), ("н", "ну"), ("ar", "ra"), ("ar", "ru"), ("ar", "ara"), ("ar", "aru"), ("t", "ta"), ("t", "tu"),
           ("l", "la"), ("l", "lu"), ("j", "ja"), ("j", "ju"), ("n", "na"), ("n", "nu")],
    "sl": [("ar", "arja"), ("ar", "arju"), ("rec", "rca"), ("rec", "rcu"), ("l", "la"), ("l", "lu"), ("maj", "maja"), ("maj", "maju"),
           ("ij", "ija"), ("ij", "iju"), ("t", "ta"), ("t", "tu"), ("ber", "bra"), ("ber", "bru")],
    "lv": [("ris", "rī"), ("ris", "ra"), ("ris", "ri"), ("ts", "tā"), ("ts", "ta"), ("ts", "tu"), ("js", "jā"), ("js", "ja"), ("js", "ju"),
           ("lis", "lī"), ("lis", "ļa"), ("lis", "li")],
    "lt": [("is", "į"), ("is", "yje"), ("as", "ą"), ("as", "e"), ("ė", "ę"), ("ė", "ėje"), ("pa", "pą"), ("pa", "poje")],
    "fi": [("kuu", "kuun"), ("kuu", "kuussa"), ("kuu", "kuulta")],
    "et": [("r", "ri"), ("r", "ril"), ("r", "ris"), ("l", "lli"), ("ll", "lli"), ("ll", "llil"), ("ll", "llis"), ("ts", "tsi"), ("ts", "tsil"),
           ("ts", "tsis"), ("ni", "nil"), ("ni", "nis"), ("li", "lil"), ("li", "lis"), ("t", "ti"), ("t", "til"), ("t", "tis"),
           ("ber", "bri"), ("ber", "bril"), ("ber", "bris")],
    "hu": [("r", "ri"), ("r", "rban"), ("r", "rben"), ("s", "si"), ("s", "sban"), ("s", "sben"), ("j", "ji"), ("j", "jusi"),
           ("j", "jusban"), ("us", "usban")],
    "eu": [("a", "aren"), ("a", "ean"), ("a", "ak"), ("a", ""), ("ak", "aren"), ("ak", "ean"), ("ak", "a")],
    "az": [("r", "rın"), ("r", "rda"), ("l", "lın"), ("l", "ldə"), ("t", "tın"), ("t", "tda"), ("y", "yın"), ("y", "yda"), ("n", "nun"),
           ("n", "nda"), ("т", "тын"), ("р", "рын")],
    "kk": [("р", "рдың"), ("р", "рда"), ("н", "нның"), ("н", "нда"), ("з", "зда"), ("з", "здың"), ("р", "рдағы")],
    "ky": [("ь", "ы"), ("ь", "да"), ("ь", "дын")],
    "uz": [("r", "rda"), ("r", "rdagi"), ("l", "lda"), ("t", "tda"), ("y", "yda"), ("n", "nda")],
    "tg": [("", "и")],
    "tt": [("ь", "е"), ("ь", "ендә")],
    "ka": [("ი", "ს"), ("ი", "ში"), ("ო", "ოს")],
    "hy": [("ի", "ին")],
    "el": [("ος", "ο"), ("ου", "ο")],
    "is": [("r", "rs")],
    "my": [("", "လ")],
    "id": [],
}

# Letters before the name that are written together with it.
BEFORE = {"he": ["ב", "ל", "ה"], "th": ["เดือน"], "km": ["ខែ"], "lo": ["ເດືອນ"], "yi": ["דעם "]}
SOFTENED = {"cy": {"mawrth": "fawrth", "mai": "fai", "mehefin": "fehefin", "gorffennaf": "orffennaf", "tachwedd": "dachwedd",
                   "rhagfyr": "ragfyr", "chwefror": "chwefror"}}

# The months of other calendars, by ordinary spellings.
SOLAR_HIJRI = {
    "fa": "فروردین|اردیبهشت|خرداد|تیر|مرداد امرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند",
    "fa ": "حمل|ثور|جوزا|سرطان|اسد|سنبله|میزان|عقرب|قوس|جدی|دلو|حوت",
    "ps": "وری|غویی|غبرګولی|چنګاښ|زمری|وږی|تله|لړم|لیندۍ|مرغومی|سلواغه|کب",
}

# Weekdays in other cases and spellings, and shorter than CLDR has them: Monday to Sunday.
WEEKDAYS_MORE = {
    "en": "mon|tue tues|wed weds|thu thur thurs|fri|sat|sun",
    "de": "mo montags|di|mi|do|fr|sa sonnabend|so",
    "fr": "lun|mar|mer|jeu|ven|sam|dim",
    "es": "lun|mar|mié mie|jue|vie|sáb|dom",
    "it": "lun|mar|mer|gio|ven|sab|dom",
    "pt": "segunda-feira seg|terça-feira ter|quarta-feira qua|quinta-feira qui|sexta-feira sex|sáb|dom",
    "ru": "пн|вт|среду ср|чт|пятницу пт|субботу сб|вс",
    "uk": "пн|вт|середу ср|чт|п'ятниця пятниця п'ятницю пт|суботу сб|неділю нд",
    "pl": "pon pn|wt|środę śr|czw czwartku|pt piątku|sobotę sob|niedzielę niedz nd",
    "cs": "pondělí|úterý|středu|||sobotu|neděli",
    "no": "mandag|tirsdag|||||",
    "tr": "pzt|sal|çar|per|cum|cmt|paz",
    "hr": "|utorak|srijedu||||nedjelju",
}


def folded(text):
    """As `folded` of mod.rs."""
    out = []
    for c in "".join(unicodedata.normalize("NFKD", text)).lower():
        c = unicodedata.normalize("NFKD", c)
        for c in c:
            if "\u0300" <= c <= "\u036f" or "\u0591" <= c <= "\u05c7" or "\u064b" <= c <= "\u065f" or c in "\u0670\u200c\u200d\u0640":
                continue
            out.append({"ı": "i", "ł": "l", "ø": "o", "ə": "e", "đ": "d", "ς": "σ", "’": "'", "ʼ": "'", "‘": "'", "ʻ": "'",
                        "ی": "ي", "ک": "ك"}.get(c, c))
    return "".join(out)


def clean(name):
    """The folded name without the preposition that CLDR sets before the months of some Romance languages."""
    name = re.sub(r"^(de|da|di) |^d['’]", "", name)
    return folded(name.strip().replace("_", " ")).rstrip(".'").strip()


def usable(name):
    return len(name.encode()) >= 2 and not any(c.isdigit() for c in name) and not re.search("[一-龥]月| сар$", name)


def gather(language, locales, part, places):
    """The whole and the short names of each month or weekday."""
    whole, short = [set() for _ in places], [set() for _ in places]
    for locale in locales:
        names = getattr(Locale.parse(locale), part)
        for context in ("format", "stand-alone"):
            for at, place in enumerate(places):
                whole[at].add(names[context]["wide"][place])
                short[at].add(names[context]["abbreviated"][place])
    return whole, short


def put(table, name, number, language):
    name = clean(name)
    if usable(name):
        table.setdefault(name, {}).setdefault(number, []).append(language)


def render(name, kind, table, order):
    print(f"pub(super) const {name}: &[Row] = &[")
    for key in sorted(table, key=lambda k: k.encode()):
        means = sorted(table[key].items(), key=lambda item: min(order.index(code) for code in item[1]))
        text = ", ".join(f"({number}, \"{' '.join(dict.fromkeys(codes))}\")" for number, codes in means)
        print(f'    ("{key}", &[{text}]),')
    print("];")


def main():
    months, short_months, weekdays, short_weekdays, solar = {}, {}, {}, {}, {}
    order = []
    for entry in LANGUAGES:
        language, _, locales = entry.partition(":")
        try:
            locales = [locale for locale in (locales or language).split(",") if Locale.parse(locale)]
        except Exception as error:
            print(f"left out: {language}: {error}", file=sys.stderr)
            continue
        order.append(language)
        for part, places, more, wholes, shorts in (
            ("months", range(1, 13), MORE, months, short_months),
            ("days", range(7), WEEKDAYS_MORE, weekdays, short_weekdays),
        ):
            whole, short = gather(language, locales, part, places)
            extra = more.get(language, "|" * (len(places) - 1)).split("|")
            assert len(extra) == len(places), (language, part, len(extra))
            for at in range(len(places)):
                names = set(whole[at])
                if part == "months":
                    for ending, other in CASES.get(language, []):
                        names |= {n[: len(n) - len(ending)] + other for n in whole[at] if n.lower().endswith(ending)}
                    names |= {b + n for n in names for b in BEFORE.get(language, [])}
                    names |= {SOFTENED[language][n.lower()] for n in names if n.lower() in SOFTENED.get(language, {})}
                longest = {clean(n) for n in names}
                for name in sorted(names):
                    put(wholes, name, at + 1, language)
                for name in sorted(set(short[at]) | set(extra[at].split())):
                    if clean(name) in longest:
                        continue
                    long = (len(clean(name)) >= 5 or language == "he") and name in extra[at].split()
                    put(wholes if long else shorts, name, at + 1, language)
    for language, names in SOLAR_HIJRI.items():
        for number, ways in enumerate(names.split("|"), 1):
            for name in ways.split():
                put(solar, name, number, language.strip())
    print("// Written by tables.py from CLDR; change that, not this.\n")
    print("/// The languages, those first whose reading of a name is likelier.")
    print("#[cfg(test)]\npub(super) const LANGUAGES: &str = \"" + " ".join(order) + "\";\n")
    for name, what, table in (
        ("MONTHS", "Months, whole", months), ("SHORT_MONTHS", "Months, abbreviated", short_months),
        ("SOLAR_HIJRI", "Months of Iran and Afghanistan", solar),
        ("WEEKDAYS", "Weekdays, whole", weekdays), ("SHORT_WEEKDAYS", "Weekdays, abbreviated", short_weekdays),
    ):
        print(f"/// {what}: names in order, what they mean, and in which languages.")
        render(name, what, table, order)
        print()


main()
