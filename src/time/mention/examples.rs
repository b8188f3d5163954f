//! Sentences and the times they speak of, one a row. They show what the rules are for.
#![cfg(test)]

use super::found::{Mention, MentionContext};
use super::reader::read as mentions;
use crate::time::Date;

/// All of them were written on Wednesday, 26 February 2025. A sentence follows its language. Below it stands each
/// mention with its TIMEX3 value, its days (`-` where it names none) and how they are known.
const READ: &str = r#"
    # Anniversaries
    en | The harbour marked the 33rd anniversary of the fire.
        the 33rd anniversary = 1992-02 = 1992-02-01..1992-02-29 = derived
    en | On February 24, the town marks the 33rd anniversary of the fire.
        February 24 = 2025-02-24 = 2025-02-24 = relative
        the 33rd anniversary = 1992-02-24 = 1992-02-24 = derived
    en | The fire of 25 February 1992 is remembered; Tuesday was the thirty-third anniversary.
        25 February 1992 = 1992-02-25 = 1992-02-25 = certain
        Tuesday = 2025-02-25 = 2025-02-25 = relative
        the thirty-third anniversary = 1992-02-25 = 1992-02-25 = derived
    en | The twenty-fifth anniversary of the bridge fell in a dry spring.
        The twenty-fifth anniversary = 2000-02 = 2000-02-01..2000-02-29 = derived
    en | The bridge's 10-year anniversary passed quietly.
        10-year anniversary = 2015-02 = 2015-02-01..2015-02-28 = derived
    en | The library keeps its centenary in a tent.
        centenary = 1925-02 = 1925-02-01..1925-02-28 = derived
    en | The club's bicentennial was rained off.
        bicentennial = 1825-02 = 1825-02-01..1825-02-28 = derived
    en | It has been 33 years since the fire.
        33 years = P33Y = 1992-01-01..1992-12-31 = derived
    en | In the 90 years since the mill opened, nobody slept there.
        the 90 years = P90Y = 1935-01-01..1935-12-31 = derived
    en | The mill burned 33 years ago.
        33 years ago = 1992 = 1992-01-01..1992-12-31 = relative
    en | The mill burned 33 years ago, on the night of February 25-26, 1992.
        33 years ago = 1992 = 1992-01-01..1992-12-31 = relative
        the night of February 25-26, 1992 = 1992-02-25TNI = 1992-02-25..1992-02-26 = certain

    # Ranges
    en | The ferry stopped on 25-26 February 1992.
        25 = 1992-02-25 = 1992-02-25..1992-02-26 = certain
        26 February 1992 = 1992-02-26 = 1992-02-25..1992-02-26 = certain
    en | The ferry stopped on February 25-26, 1992.
        February 25 = 1992-02-25 = 1992-02-25..1992-02-26 = certain
        26, 1992 = 1992-02-26 = 1992-02-25..1992-02-26 = certain
    en | The ferry stopped from 25 to 26 February 1992.
        25 = 1992-02-25 = 1992-02-25..1992-02-26 = certain
        26 February 1992 = 1992-02-26 = 1992-02-25..1992-02-26 = certain
    en | The ferry stopped between 25 February and 3 March 1992.
        25 February = 1992-02-25 = 1992-02-25..1992-03-03 = certain
        3 March 1992 = 1992-03-03 = 1992-02-25..1992-03-03 = certain
    en | The strike lasted from May to July 1994.
        May = 1994-05 = 1994-05-01..1994-07-31 = certain
        July 1994 = 1994-07 = 1994-05-01..1994-07-31 = certain
    en | The strike lasted from November to February 1994.
        November = 1993-11 = 1993-11-01..1994-02-28 = certain
        February 1994 = 1994-02 = 1993-11-01..1994-02-28 = certain
    en | The council sat from May 1994 to July 1995.
        May 1994 = 1994-05 = 1994-05-01..1995-07-31 = certain
        July 1995 = 1995-07 = 1994-05-01..1995-07-31 = certain
    en | The expedition of 1957-58 found nothing.
        1957 = 1957 = 1957-01-01..1958-12-31 = certain
        58 = 1958 = 1957-01-01..1958-12-31 = certain
    en | The expedition of 1957 - 58 found nothing.
        1957 = 1957 = 1957-01-01..1958-12-31 = certain
        58 = 1958 = 1957-01-01..1958-12-31 = certain
    en | The winter of 1991/92 was mild.
        The winter of 1991/92 = 1991-WI = 1991-12-01..1992-02-29 = certain
    en | The school year 2009-10 was long.
        2009 = 2009 = 2009-01-01..2010-12-31 = certain
        10 = 2010 = 2009-01-01..2010-12-31 = certain
    en | Between 1998 and 2003 the pit stood open.
        1998 = 1998 = 1998-01-01..2003-12-31 = certain
        2003 = 2003 = 1998-01-01..2003-12-31 = certain
    en | The pit stood open 1998–2003.
        1998 = 1998 = 1998-01-01..2003-12-31 = certain
        2003 = 2003 = 1998-01-01..2003-12-31 = certain
    en | Trams run Monday to Friday.
        Monday = 2025-02-17 = 2025-02-17..2025-02-21 = relative
        Friday = 2025-02-21 = 2025-02-17..2025-02-21 = relative
    en | It snowed on the night of 25 to 26 February 1992.
        the night of 25 to 26 February 1992 = 1992-02-25TNI = 1992-02-25..1992-02-26 = certain
    en | It snowed on the night of February 25-26, 1992.
        the night of February 25-26, 1992 = 1992-02-25TNI = 1992-02-25..1992-02-26 = certain
    en | He came in March and April 1994.
        March = 1994-03 = 1994-03-01..1994-03-31 = certain
        April 1994 = 1994-04 = 1994-04-01..1994-04-30 = certain
    en | He came on 25 and 26 February 1992.
        25 = 1992-02-25 = 1992-02-25 = certain
        26 February 1992 = 1992-02-26 = 1992-02-26 = certain
    en | The town fell between Saturday and Monday.
        Saturday = 2025-02-22 = 2025-02-22..2025-02-24 = relative
        Monday = 2025-02-24 = 2025-02-22..2025-02-24 = relative

    # From the day of writing, and from the day last spoken of
    en | He left on Friday.
        Friday = 2025-02-21 = 2025-02-21 = relative
    en | He will leave on Friday.
        Friday = 2025-02-28 = 2025-02-28 = relative
    en | He left on Wednesday.
        Wednesday = 2025-02-26 = 2025-02-26 = relative
    en | He left last Friday night.
        last Friday night = 2025-02-21TNI = 2025-02-21 = relative
    en | They meet next Friday.
        next Friday = 2025-02-28 = 2025-02-28 = relative
    en | She called yesterday morning and again last night.
        yesterday morning = 2025-02-25TMO = 2025-02-25 = relative
        last night = 2025-02-25TNI = 2025-02-25 = relative
    en | The day before yesterday it rained, and tomorrow it will.
        The day before yesterday = 2025-02-24 = 2025-02-24 = relative
        tomorrow = 2025-02-27 = 2025-02-27 = relative
    en | Last week the dam held.
        Last week = 2025-W08 = 2025-02-17..2025-02-23 = relative
    en | The dam will open next month.
        next month = 2025-03 = 2025-03-01..2025-03-31 = relative
    en | The dam opened earlier this year.
        earlier this year = 2025 = 2025-01-01..2025-12-31 = relative
    en | Prices fell late last year.
        late last year = 2024 = 2024-09-01..2024-12-31 = relative
    en | The bakery opened last June.
        last June = 2024-06 = 2024-06-01..2024-06-30 = relative
    en | The bakery opened in October.
        October = 2024-10 = 2024-10-01..2024-10-31 = relative
    en | The bakery will open in October.
        October = 2025-10 = 2025-10-01..2025-10-31 = relative
    en | The bakery opened on December 20.
        December 20 = 2024-12-20 = 2024-12-20 = relative
    en | The market opens on March 3.
        March 3 = 2025-03-03 = 2025-03-03 = relative
    en | He was born on 3 May 1931 and left for sea on 4 June.
        3 May 1931 = 1931-05-03 = 1931-05-03 = certain
        4 June = 1931-06-04 = 1931-06-04 = relative
    en | The ship sank on 3 May 1931. Three days later the mate was found.
        3 May 1931 = 1931-05-03 = 1931-05-03 = certain
        Three days later = 1931-05-06 = 1931-05-06 = relative
    en | The ship sank on 3 May 1931. The next day the mate was found.
        3 May 1931 = 1931-05-03 = 1931-05-03 = certain
        The next day = 1931-05-04 = 1931-05-04 = relative
    en | The ship sank in May 1931. The following year another was built.
        May 1931 = 1931-05 = 1931-05-01..1931-05-31 = certain
        The following year = 1932 = 1932-01-01..1932-12-31 = relative
    en | Three weeks ago the well ran dry.
        Three weeks ago = 2025-W06 = 2025-02-03..2025-02-09 = relative
    en | Two months earlier the well was full.
        Two months earlier = 2024-12 = 2024-12-01..2024-12-31 = relative
    en | Over the past two years the well ran dry twice a year.
        the past two years = P2Y = - = certain
        a year = P1Y = - = certain
    en | Several years ago there was a well.
        Several years ago = PAST_REF = - = relative
    en | The well was dug ten thousand years ago.
        ten thousand years ago = PAST_REF = - = relative
    en | In the third quarter profits fell.
        the third quarter = 2024-Q3 = 2024-07-01..2024-09-30 = relative
    en | In the first quarter of 1987 profits fell.
        the first quarter of 1987 = 1987-Q1 = 1987-01-01..1987-03-31 = certain
    en | Sales for last year's fourth quarter fell.
        last year = 2024 = 2024-01-01..2024-12-31 = relative
        fourth quarter = 2024-Q4 = 2024-10-01..2024-12-31 = relative
    en | The first half of 1992 was wet.
        The first half of 1992 = 1992-H1 = 1992-01-01..1992-06-30 = certain
    en | The first half of the 1990s was dry.
        The first half of the 1990s = 199 = 1990-01-01..1994-12-31 = certain
    en | In fiscal 2014 nothing was built.
        fiscal 2014 = FY2014 = 2014-01-01..2014-12-31 = certain
    en | In the summer of 1968 they swam.
        the summer of 1968 = 1968-SU = 1968-06-01..1968-08-31 = certain
    en | Last summer they swam.
        Last summer = 2024-SU = 2024-06-01..2024-08-31 = relative
    en | In the mid-1990s the pier stood, in the late 1990s it fell.
        the mid-1990s = 199 = 1994-01-01..1996-12-31 = certain
        the late 1990s = 199 = 1997-01-01..1999-12-31 = certain
    en | The nineties were loud, the '60s louder.
        The nineties = 199 = 1990-01-01..1999-12-31 = certain
        the '60s = 196 = 1960-01-01..1969-12-31 = certain
    en | The 20th century began in mud.
        20th century = 19 = 1901-01-01..2000-12-31 = certain
    en | The mill closed in early March 1992.
        early March 1992 = 1992-03 = 1992-03-01..1992-03-10 = certain
    en | The mill closes at the end of the year.
        the end of the year = 2025 = 2025-09-01..2025-12-31 = relative
    en | The mill stood still on Good Friday and on Thanksgiving Day.
        Good Friday = 2025-04-18 = 2025-04-18 = relative
        Thanksgiving Day = 2024-11-28 = 2024-11-28 = relative
    en | At Easter 1916 it turned; on Christmas Day, 1914, it had not, nor at Thanksgiving 1999.
        Easter 1916 = 1916-04-23 = 1916-04-23 = certain
        Christmas Day, 1914 = 1914-12-25 = 1914-12-25 = certain
        Thanksgiving 1999 = 1999-11-25 = 1999-11-25 = certain
    en | Nobody lives on Easter Island for Christmas cards.
    en | The siren went at 8:30 p.m. on Friday.
        8:30 p.m. on Friday = 2025-02-21T20:30 = 2025-02-21 = relative
    en | The siren went on 26 February 1992 at 10:30.
        26 February 1992 at 10:30 = 1992-02-26T10:30 = 1992-02-26 = certain
    en | At noon the siren went.
        noon = 2025-02-26T12:00 = 2025-02-26 = relative
    en | Every Friday there is fish, every two weeks eels.
        Every Friday = XXXX-WXX-5 = - = certain
        every two weeks = P2W = - = certain
    en | The boat goes twice a day and on Sundays.
        a day = P1D = - = certain
        Sundays = XXXX-WXX-7 = - = certain
    en | The fee is due annually.
        annually = XXXX = - = certain
    en | It was so in the past; now there is a road, soon a bridge.
        the past = PAST_REF = - = relative
        now = PRESENT_REF = - = relative
        soon = FUTURE_REF = - = relative
    en | A 44-year-old man waited 44 minutes for a two-year-old boat.
        44 minutes = PT44M = - = certain
    en | It took between 12 and 18 months.
        12 = P12M = - = certain
        18 months = P18M = - = certain
    en | It took nearly three and a half hours.
        nearly three and a half hours = PT210M = - = certain
    en | The works will last about eighteen months, not 2-1/2 years.
        about eighteen months = P18M = - = certain
        2-1/2 years = P30M = - = certain
    en | Profits fell from the 1992 third quarter; in the year-ago quarter they rose.
        the 1992 third quarter = 1992-Q3 = 1992-07-01..1992-09-30 = certain
        the year-ago quarter = 1991-Q3 = 1991-07-01..1991-09-30 = relative
    en | In the third quarter the mill earned 15 crowns, up from 10 a year earlier. For the quarter, sales rose.
        the third quarter = 2024-Q3 = 2024-07-01..2024-09-30 = relative
        a year earlier = 2023-Q3 = 2023-07-01..2023-09-30 = relative
        the quarter = 2024-Q3 = 2024-07-01..2024-09-30 = relative
    en | Sales rose in the quarter, and fell in the year-earlier period.
        the quarter = 2024-Q4 = 2024-10-01..2024-12-31 = relative
        the year-earlier period = 2023-Q4 = 2023-10-01..2023-12-31 = relative
    en | In the latest quarter the mill stood still; a quarter of the flour was lost.
        the latest quarter = 2024-Q4 = 2024-10-01..2024-12-31 = relative
    en | The day-long meeting took 5 1/2 hours.
        day-long = P1D = - = certain
        5 1/2 hours = PT330M = - = certain
    en | Until Monday, they had no clue.
        Monday = 2025-02-24 = 2025-02-24 = relative
    en | The boat sails as early as Friday.
        Friday = 2025-02-28 = 2025-02-28 = relative
    en | It burned on the night of 25 February 1992; at 1.17 a.m. the roof fell.
        the night of 25 February 1992 = 1992-02-25TNI = 1992-02-25 = certain
        1.17 a.m. = 1992-02-26T01:17 = 1992-02-26 = relative
    en | It sank on 17 Jul 99 and was raised on Monday, 03/04/2019.
        17 Jul 99 = 1999-07-17 = 1999-07-17 = certain
        Monday, 03/04/2019 = 2019-03-04 = 2019-03-04 = certain
    hr | Otvoreno je 3. listopada 2019. u podne.
        3. listopada 2019 = 2019-10-03 = 2019-10-03 = certain
    fa | این پل در ۱۳ اسفند ۱۳۹۷ باز شد.
        ۱۳ اسفند ۱۳۹۷ = 2019-03-04 = 2019-03-04 = certain
    th | สะพานเปิดเมื่อ 4 มีนาคม 2562
        4 มีนาคม 2562 = 2019-03-04 = 2019-03-04 = certain
    ja | 橋は令和元年5月3日に開通した。
        令和元年5月3日 = 2019-05-03 = 2019-05-03 = certain
    en | The ferry made 60 miles an hour that day.
        that day = XXXX-XX-XX = - = relative
    en | Rates held from April 1, 1986, to March 31, 1988.
        April 1, 1986 = 1986-04-01 = 1986-04-01..1988-03-31 = certain
        March 31, 1988 = 1988-03-31 = 1986-04-01..1988-03-31 = certain
    en | It burned on 25 February 1992. That night nobody slept; at 10.30 p.m. it rained.
        25 February 1992 = 1992-02-25 = 1992-02-25 = certain
        That night = 1992-02-25TNI = 1992-02-25 = relative
        10.30 p.m. = 1992-02-25T22:30 = 1992-02-25 = relative
    en | Eighteen years later the light burns again.
        Eighteen years later = XXXX = - = relative
    en | The dam had filled by mid-February, and must be emptied by the end of June.
        mid-February = 2025-02 = 2025-02-11..2025-02-20 = relative
        the end of June = 2025-06 = 2025-06-21..2025-06-30 = relative
    en | It snowed over the weekend.
        the weekend = 2025-W08-WE = 2025-02-22..2025-02-23 = relative
    en | The train leaves at 1900 GMT.
        1900 GMT = 2025-02-26T19:00 = 2025-02-26 = relative
    en | Nobody has been there for decades, nor in recent weeks.
        decades = PXDE = - = certain
        recent weeks = PXW = - = certain
    en | They fished until last year's spring and the following summer.
        last year = 2024 = 2024-01-01..2024-12-31 = relative
        the following summer = 2025-SU = 2025-06-01..2025-08-31 = relative
    en | It was to be ready three days from now.
        three days from now = 2025-03-01 = 2025-03-01 = relative
    en | Bread was dear a century ago, and two decades later.
        a century ago = 19 = 1901-01-01..2000-12-31 = relative
        two decades later = XXX = - = relative
    en | In 2010's elections, and in the 1990's, 90s music was heard.
        2010 = 2010 = 2010-01-01..2010-12-31 = certain
        the 1990's = 199 = 1990-01-01..1999-12-31 = certain
    en | They crossed on the 99th day, after two more years of a two-day visit half a century long.
        the 99th day = XXXX-XX-XX = - = relative
        two more years = P2Y = - = certain
        two-day = P2D = - = certain
        half a century = P50Y = - = certain
    en | He came last March 3, and the year before.
        last March 3 = 2024-03-03 = 2024-03-03 = relative
        the year before = 2023 = 2023-01-01..2023-12-31 = relative

    # Numbers that are no dates
    en | A step back, a step forward: USA first, second to none.
    en | Section 1992 of the act costs $2013 and 1,992 people.
    en | They may march 2000 miles.
    en | Pages 1990, room 2013, S. 2012 and No. 1998.
    en | In the year 0 and on 31 February 2010 and on 45 May.
    en | Call 202-224-1992 or 10.0.0.1.

    # French
    fr | Le 33e anniversaire de l'incendie a lieu cette semaine.
        Le 33e anniversaire = 1992-02 = 1992-02-01..1992-02-29 = derived
        cette semaine = 2025-W09 = 2025-02-24..2025-03-02 = relative
    fr | La ville a brûlé il y a 33 ans.
        il y a 33 ans = 1992 = 1992-01-01..1992-12-31 = relative
    fr | Dans la nuit du 25 au 26 février 1992, la ville a brûlé.
        la nuit du 25 au 26 février 1992 = 1992-02-25TNI = 1992-02-25..1992-02-26 = certain
    fr | La semaine dernière, le pont était fermé ; lundi prochain il sera ouvert.
        La semaine dernière = 2025-W08 = 2025-02-17..2025-02-23 = relative
        lundi prochain = 2025-03-03 = 2025-03-03 = relative
    fr | De mai à juillet 1994, le pont était fermé.
        mai = 1994-05 = 1994-05-01..1994-07-31 = certain
        juillet 1994 = 1994-07 = 1994-05-01..1994-07-31 = certain
    fr | Le lundi de Pâques le moulin tourna, comme à Noël 1914, et non le vendredi saint.
        Le lundi de Pâques = 2025-04-21 = 2025-04-21 = relative
        Noël 1914 = 1914-12-25 = 1914-12-25 = certain
        le vendredi saint = 2025-04-18 = 2025-04-18 = relative
    fr | Au XIXe siècle et dans les années 1960, on chantait.
        XIXe siècle = 18 = 1801-01-01..1900-12-31 = certain
        les années 1960 = 196 = 1960-01-01..1969-12-31 = certain
    fr | Le phare, éteint dix-huit ans, fut rallumé il y a quatre-vingts ans à 20 h 30.
        dix-huit ans = P18Y = - = certain
        il y a quatre-vingts ans = 1945 = 1945-01-01..1945-12-31 = relative
        20 h 30 = 2025-02-26T20:30 = 2025-02-26 = relative

    # German
    de | Zum 33. Jahrestag des Brandes kamen viele.
        33. Jahrestag = 1992-02 = 1992-02-01..1992-02-29 = derived
    de | Vor drei Wochen brannte es, gestern wieder.
        Vor drei Wochen = 2025-W06 = 2025-02-03..2025-02-09 = relative
        gestern = 2025-02-25 = 2025-02-25 = relative
    de | Zwischen Mai und Juli 1994 war Streik.
        Mai = 1994-05 = 1994-05-01..1994-07-31 = certain
        Juli 1994 = 1994-07 = 1994-05-01..1994-07-31 = certain
    de | Am 25. und 26. Februar 1992 lag Schnee.
        25. = 1992-02-25 = 1992-02-25 = certain
        26. Februar 1992 = 1992-02-26 = 1992-02-26 = certain
    de | In den 1920er Jahren und im 19. Jahrhundert wurde gebaut.
        den 1920er Jahren = 192 = 1920-01-01..1929-12-31 = certain
        19. Jahrhundert = 18 = 1801-01-01..1900-12-31 = certain
    de | Nächste Woche kommt der Zirkus, letzten Freitag ging er.
        Nächste Woche = 2025-W10 = 2025-03-03..2025-03-09 = relative
        letzten Freitag = 2025-02-21 = 2025-02-21 = relative
    de | Am Ostermontag ruhte die Mühle, zu Pfingsten 1921 lief sie, und Pfingsten ist schön.
        Ostermontag = 2025-04-21 = 2025-04-21 = relative
        Pfingsten 1921 = 1921-05-15 = 1921-05-15 = certain
    de | In der Nacht vom 25. auf den 26. Februar 1992 brannte es.
        der Nacht vom 25. auf den 26. Februar 1992 = 1992-02-25TNI = 1992-02-25..1992-02-26 = certain

    # Russian
    ru | Прошла 33-я годовщина пожара.
        33-я годовщина = 1992-02 = 1992-02-01..1992-02-29 = derived
    ru | Пожар был 33 года назад.
        33 года назад = 1992 = 1992-01-01..1992-12-31 = relative
    ru | В ночь с 25 на 26 февраля 1992 года шел снег.
        ночь с 25 на 26 февраля 1992 года = 1992-02-25TNI = 1992-02-25..1992-02-26 = certain
    ru | На прошлой неделе и вчера шел снег.
        прошлой неделе = 2025-W08 = 2025-02-17..2025-02-23 = relative
        вчера = 2025-02-25 = 2025-02-25 = relative
    ru | С мая по июль 1994 года мост был закрыт.
        мая = 1994-05 = 1994-05-01..1994-07-31 = certain
        июль 1994 года = 1994-07 = 1994-05-01..1994-07-31 = certain
    ru | В 1990-е годы и в XIX веке здесь пели.
        1990-е годы = 199 = 1990-01-01..1999-12-31 = certain
        XIX веке = 18 = 1801-01-01..1900-12-31 = certain

    # Turkish
    tr | Yangının 33. yıl dönümü anıldı.
        33. yıl dönümü = 1992-02 = 1992-02-01..1992-02-29 = derived
    tr | Yangın 33 yıl önce çıktı.
        33 yıl önce = 1992 = 1992-01-01..1992-12-31 = relative
    tr | Köprü 25-26 Şubat 1992'de kapandı.
        25 = 1992-02-25 = 1992-02-25..1992-02-26 = certain
        26 Şubat 1992 = 1992-02-26 = 1992-02-25..1992-02-26 = certain
    tr | Geçen hafta ve dün kar yağdı.
        Geçen hafta = 2025-W08 = 2025-02-17..2025-02-23 = relative
        dün = 2025-02-25 = 2025-02-25 = relative
    tr | 1990'larda ve 19. yüzyılda burada şarkı söylenirdi.
        1990'larda = 199 = 1990-01-01..1999-12-31 = certain
        19. yüzyılda = 18 = 1801-01-01..1900-12-31 = certain
    tr | Fener on sekiz yıl önce yandı, mart ayında söndü.
        on sekiz yıl önce = 2007 = 2007-01-01..2007-12-31 = relative
        mart ayında = 2024-03 = 2024-03-01..2024-03-31 = relative

    # Spanish
    es | Se cumple el 33 aniversario del incendio.
        el 33 aniversario = 1992-02 = 1992-02-01..1992-02-29 = derived
    es | El puente ardió hace 33 años.
        hace 33 años = 1992 = 1992-01-01..1992-12-31 = relative
    es | La semana pasada y ayer nevó.
        La semana pasada = 2025-W08 = 2025-02-17..2025-02-23 = relative
        ayer = 2025-02-25 = 2025-02-25 = relative
    es | Entre mayo y julio de 1994 hubo huelga.
        mayo = 1994-05 = 1994-05-01..1994-07-31 = certain
        julio de 1994 = 1994-07 = 1994-05-01..1994-07-31 = certain
    es | Del 25 al 26 de febrero de 1992 nevó.
        25 = 1992-02-25 = 1992-02-25..1992-02-26 = certain
        26 de febrero de 1992 = 1992-02-26 = 1992-02-25..1992-02-26 = certain
    es | En los años 90 y en el siglo XIX se cantaba.
        los años 90 = 199 = 1990-01-01..1999-12-31 = certain
        siglo XIX = 18 = 1801-01-01..1900-12-31 = certain

    # Italian, Portuguese, Dutch, Polish, Arabic
    it | La settimana scorsa e ieri ha nevicato.
        La settimana scorsa = 2025-W08 = 2025-02-17..2025-02-23 = relative
        ieri = 2025-02-25 = 2025-02-25 = relative
    it | Il ponte bruciò 33 anni fa, il 26 febbraio 1992.
        33 anni fa = 1992 = 1992-01-01..1992-12-31 = relative
        26 febbraio 1992 = 1992-02-26 = 1992-02-26 = certain
    pt | A ponte ardeu há três anos; na semana passada choveu.
        há três anos = 2022 = 2022-01-01..2022-12-31 = relative
        semana passada = 2025-W08 = 2025-02-17..2025-02-23 = relative
    pt | Entre maio e julho de 1994 houve greve; ontem choveu.
        maio = 1994-05 = 1994-05-01..1994-07-31 = certain
        julho de 1994 = 1994-07 = 1994-05-01..1994-07-31 = certain
        ontem = 2025-02-25 = 2025-02-25 = relative
    nl | De brug brandde drie jaar geleden af; vorige week vroor het.
        drie jaar geleden = 2022 = 2022-01-01..2022-12-31 = relative
        vorige week = 2025-W08 = 2025-02-17..2025-02-23 = relative
    nl | Gisteren en morgen rust de molen.
        Gisteren = 2025-02-25 = 2025-02-25 = relative
        morgen = 2025-02-27 = 2025-02-27 = relative
    pl | Most spłonął trzy lata temu; w zeszłym tygodniu padał śnieg.
        trzy lata temu = 2022 = 2022-01-01..2022-12-31 = relative
        zeszłym tygodniu = 2025-W08 = 2025-02-17..2025-02-23 = relative
    pl | Wczoraj i jutro młyn stoi; w piątek był remont.
        Wczoraj = 2025-02-25 = 2025-02-25 = relative
        jutro = 2025-02-27 = 2025-02-27 = relative
        piątek = 2025-02-21 = 2025-02-21 = relative
    ar | احترق الجسر قبل ثلاثة أعوام، وأعيد فتحه أمس.
        قبل ثلاثة أعوام = 2022 = 2022-01-01..2022-12-31 = relative
        أمس = 2025-02-25 = 2025-02-25 = relative
    ar | نزل الثلج الأسبوع الماضي.
        الأسبوع الماضي = 2025-W08 = 2025-02-17..2025-02-23 = relative

    # Languages without words of their own
    fi | Silta avattiin 26. helmikuuta 1992 ja 26.2.1993.
        26. helmikuuta 1992 = 1992-02-26 = 1992-02-26 = certain
        26.2.1993 = 1993-02-26 = 1993-02-26 = certain
    it | La nave arrivò il 26 febbraio 1992, e poi nel maggio 1993.
        26 febbraio 1992 = 1992-02-26 = 1992-02-26 = certain
        maggio 1993 = 1993-05 = 1993-05-01..1993-05-31 = certain
"#;

fn written() -> Date {
    Date::from_ymd(2025, 2, 26).expect("a day")
}

fn shown(text: &str, mention: &Mention) -> String {
    let days = mention.days.map_or_else(|| "-".to_string(), |days| days.to_string());
    let words = text.get(mention.bytes.clone()).expect("whole characters");
    format!("{words} = {} = {days} = {}", mention.value, mention.certainty.name())
}

#[test]
fn sentences_speak_of_the_times_they_name() {
    let mut sentences: Vec<(&str, &str, Vec<&str>)> = Vec::new();
    for line in READ.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match (line.split_once(" | "), sentences.last_mut()) {
            (Some((language, sentence)), _) => sentences.push((language, sentence, Vec::new())),
            (None, Some((_, _, expected))) => expected.push(line),
            (None, None) => panic!("{line} belongs to no sentence"),
        }
    }
    assert!(sentences.len() > 100, "the table has lost its rows");
    for (language, sentence, expected) in sentences {
        let context = MentionContext { published: Some(written()), language: Some(language) };
        let found: Vec<String> = mentions(sentence, &context).iter().map(|one| shown(sentence, one)).collect();
        assert_eq!(found, expected, "{sentence}");
    }
}

#[test]
fn without_a_day_of_writing_what_depends_on_it_is_left_open() {
    for (text, value) in [
        ("He left on Friday.", "XXXX-WXX-5"),
        ("He left yesterday.", "XXXX-XX-XX"),
        ("He left last week.", "XXXX-WXX"),
        ("He left last month.", "XXXX-XX"),
        ("He left last year.", "XXXX"),
        ("He left in May.", "XXXX-05"),
        ("He left on 26 February.", "XXXX-02-26"),
        ("He left three years ago.", "XXXX"),
        ("He left in the third quarter.", "XXXX-Q3"),
        ("He left last summer.", "XXXX-SU"),
        ("The 33rd anniversary came.", "XXXX"),
        ("He left at 8:30 p.m.", "XXXX-XX-XXT20:30"),
    ] {
        let found = mentions(text, &MentionContext::default());
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!((found[0].value.as_str(), found[0].days), (value, None), "{text}");
        assert_ne!(found[0].certainty.name(), "certain", "{text}");
    }
}

#[test]
fn a_day_of_writing_known_only_to_the_month_or_year_tells_no_more_than_it_can() {
    for (published, text, value) in [
        ("2025", "He left last year.", "2024"),
        ("2025", "He left last month.", "XXXX-XX"),
        ("2025", "He left on Friday.", "XXXX-WXX-5"),
        ("2025", "The 33rd anniversary came.", "1992"),
        ("2025-02", "He left last month.", "2025-01"),
        ("2025-02", "He left yesterday.", "XXXX-XX-XX"),
        ("2025-02", "The 33rd anniversary came.", "1992-02"),
    ] {
        let context = MentionContext { published: published.parse().ok(), language: Some("en") };
        let found = mentions(text, &context);
        assert_eq!(found.iter().map(|one| one.value.as_str()).collect::<Vec<_>>(), [value], "{published}: {text}");
    }
}
