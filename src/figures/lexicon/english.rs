//! English.

use super::table::{Class, Order, Table};
use crate::figures::quantity::Bound;

pub(super) const TABLE: Table = Table {
    order: Order::English,
    numbers: "1 one; 2 two; 3 three; 4 four; 5 five; 6 six; 7 seven; 8 eight; 9 nine; 10 ten; 11 eleven; 12 twelve dozen; \
              13 thirteen; 14 fourteen; 15 fifteen; 16 sixteen; 17 seventeen; 18 eighteen; 19 nineteen; 20 twenty; \
              30 thirty; 40 forty fourty; 50 fifty; 60 sixty; 70 seventy; 80 eighty; 90 ninety; 100 hundred; \
              1000 thousand; 1000000 million mln mn; 1000000000 billion bn bln; 1000000000000 trillion",
    times: "hundred thousand million mln mn billion bn bln trillion",
    dozen: "dozen",
    bound: "",
    vague: "10 tens; 12 dozens; 20 scores; 100 hundreds; 1000 thousands; 1000000 millions; 1000000000 billions",
    rounds: "",
    before: &[
        (
            Bound::MoreThan,
            "more than|over|above|upwards of|in excess of|exceeding|greater than|well over|just over|no less than|well above",
        ),
        (Bound::AtLeast, "at least|no fewer than|not fewer than|not less than|a minimum of|minimum of"),
        (Bound::AtMost, "up to|at most|as many as|as much as|no more than|not more than|a maximum of|maximum of"),
        (Bound::LessThan, "less than|fewer than|under|below|just under"),
        (
            Bound::About,
            "about|around|approximately|approx|roughly|some|nearly|almost|close to|circa|an estimated|estimated|~|ca|c",
        ),
    ],
    after: &[
        (Bound::AtLeast, "or more|or so more|and more|plus|+|and over|and above"),
        (Bound::AtMost, "or less|or fewer|at most"),
        (Bound::AtLeast, "at least"),
        (Bound::About, "or so|approximately|or thereabouts"),
    ],
    past: "ed",
    classes: &[
        (Class::Join, "and"),
        (Class::Of, "of"),
        (Class::Anaphor, "them whom which these those us you"),
        (Class::Be, "is are was were be been being am has have had got get gets getting will would may might could"),
        (Class::Relative, "who that which"),
        (
            Class::Numbered,
            "article section chapter page pages no nos number numbers resolution line room flight route version figure \
             table law act p pp vol volume paragraph para part item items level grade class phase step stage unit box \
             channel highway street avenue block bus tram platform gate apollo boeing airbus type model form rule point \
             order decree bill amendment clause annex appendix question lot case season episode issue",
        ),
        (Class::Age, "aged age ages under over above below turned turning"),
        (Class::Old, "old"),
        (
            Class::Measure,
            "tonnes tonne tons ton kg kilograms kilos kilo pounds barrels barrel bushels bushel bags litres liters litre \
             gallons gallon hectares hectare acres acre ounces ounce grams grammes cases case pairs pieces copies bottles \
             tins loads truckloads boxes cubic metres meters square doses bpd",
        ),
        (
            Class::Link,
            "is was were are be been being reached reaches rose rises risen fell falls fallen increased decreased grew \
             grown climbed dropped stood stands totalled totaled totals numbered numbers exceeded exceeds hit came comes \
             amounted amounts estimated put set passed jumped declined up down to at by has had have from nearly now \
             therefore thus still already eventually later finally only currently rising falling reaching totalling \
             totaling soared surged plunged advanced gained lost edged slipped eased made accounted account for",
        ),
        (Class::As, "as"),
        (Class::From, "between from"),
        (Class::To, "to and or"),
        (
            Class::Determiner,
            "the a an these those this that all their his her its our my your both any each every another",
        ),
        (
            Class::Plural,
            "people children men women police persons cattle sheep fish dead wounded injured youth troops aircraft deer \
             lives wives elderly personnel staff crew poor sick homeless unemployed salmon poultry oxen mice geese teeth \
             feet clergy folk media data criteria phenomena swine livestock",
        ),
        (
            Class::Time,
            "second seconds minute minutes hour hours day days night nights week weeks weekend weekends month months \
             quarter quarters year years decade decades century centuries o clock am pm",
        ),
        (Class::For, "in for of worth on to"),
        (
            Class::Participle,
            "taken given driven hidden thrown beaten frozen stolen broken chosen seen gone born missing feared presumed \
             reported believed left made held rendered declared listed confirmed went go become became remain remained \
             remains fallen shot found kept",
        ),
        (
            Class::Verb,
            "sent took gave said told led met ran saw set sold won lost came got had did fought fled bought brought built \
             caught chose drew drove ate fell felt flew forgot grew heard hid hit knew laid lay lent let paid put read \
             rode rang rose sang sank sat sought shook shut slept spent spoke spread stole stood struck swam swore swept \
             taught tore thought threw understood woke wore wrote began bore beat bound cast cost cut dealt hurt withdrew \
             say says see want need have make take go died perished survived",
        ),
        (Class::When, "in since by until till before after from during late early mid circa"),
        (Class::Several, "several few many couple"),
        (
            Class::Stop,
            "including among across within per since around near against without toward towards upon amid despite until \
             except besides plus via versus vs although though whereas whose where when while if because unless yet also \
             too than ago later earlier respectively according more less other others another",
        ),
    ],
};
