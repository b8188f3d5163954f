//! Russian.

use crate::time::mention::sense::DayPart::{Evening, Midnight, Morning, Night, Noon};
use crate::time::mention::sense::Measure::{Hour, Minute, Whole};
use crate::time::mention::sense::Season::{Autumn, Spring, Summer, Winter};
use crate::time::mention::sense::Sense;
use crate::time::mention::sense::Sense::*;
use crate::time::mention::sense::{Edge, Habits, Measure, Tense, Which};
use crate::time::unit::Unit::{Century, Day as Days, Decade as Decades, Month as Months, Quarter, Week, Year};

const fn unit(measure: Measure, many: bool) -> Sense {
    Unit { measure, many }
}

pub(super) const HABITS: Habits =
    Habits { dots_ordinals: false, capitals: false, with_unit: false, after_preposition: true, which_behind: false };

pub(super) const WORDS: &[(Sense, &str)] = &[
    // Units
    (unit(Minute, false), "минута минуту минуты"),
    (unit(Minute, true), "минут"),
    (unit(Hour, false), "час часа"),
    (unit(Hour, true), "часов"),
    (unit(Whole(Days), false), "день дня"),
    (unit(Whole(Days), true), "дней"),
    (unit(Whole(Week), false), "неделя неделю неделе недели"),
    (unit(Whole(Week), true), "недель"),
    (unit(Whole(Months), false), "месяц месяца месяце"),
    (unit(Whole(Months), true), "месяцев"),
    (unit(Whole(Quarter), false), "квартал квартала квартале"),
    (unit(Whole(Year), false), "год года году годом г"),
    (unit(Whole(Year), true), "лет годы годов годах гг"),
    (unit(Whole(Decades), false), "десятилетие десятилетия десятилетии"),
    (unit(Whole(Decades), true), "десятилетий"),
    (unit(Whole(Century), false), "век века веке столетие столетия"),
    (unit(Whole(Century), true), "веков"),
    // Numbers
    (Cardinal(1), "один одна одну"),
    (Cardinal(2), "два две двух"),
    (Cardinal(3), "три трех"),
    (Cardinal(4), "четыре четырех"),
    (Cardinal(5), "пять пяти"),
    (Cardinal(6), "шесть шести"),
    (Cardinal(7), "семь семи"),
    (Cardinal(8), "восемь восьми"),
    (Cardinal(9), "девять девяти"),
    (Cardinal(10), "десять десяти"),
    (Cardinal(12), "двенадцать"),
    (Cardinal(15), "пятнадцать"),
    (Cardinal(20), "двадцать двадцати"),
    (Cardinal(30), "тридцать тридцати"),
    (Cardinal(40), "сорок"),
    (Cardinal(50), "пятьдесят"),
    (Times(100), "сто"),
    (Ordinal(1), "первый первая первого первой первом первую"),
    (Ordinal(2), "второй вторая второго втором вторую"),
    (Ordinal(3), "третий третья третьего третьей третьем третью"),
    (Ordinal(4), "четвертый четвертая четвертого четвертой четвертом четвертую"),
    (Ordinal(5), "пятый пятая пятого пятой пятую"),
    (Ordinal(10), "десятый десятая десятой десятую"),
    (Ordinal(20), "двадцатый двадцатого двадцатая двадцатой двадцатую"),
    (Ordinal(30), "тридцатый тридцатая тридцатой тридцатую"),
    (OrdinalEnding, "й я го ой ую ю м му ая ый ого"),
    (Several, "несколько нескольких"),
    (About, "около почти более менее примерно свыше"),
    // Parts of the year and of the day
    (Sense::Season(Spring), "весна весной весны весну"),
    (Sense::Season(Summer), "лето летом лета"),
    (Sense::Season(Autumn), "осень осенью осени"),
    (Sense::Season(Winter), "зима зимой зимы зиму"),
    (DayPart(Morning), "утро утром утра"),
    (DayPart(Noon), "полдень"),
    (DayPart(Evening), "вечер вечером вечера"),
    (DayPart(Night), "ночь ночью ночи"),
    (DayPart(Midnight), "полночь"),
    (Day(0), "сегодня"),
    (Day(-1), "вчера"),
    (Day(1), "завтра"),
    (Day(-2), "позавчера"),
    (Day(2), "послезавтра"),
    // Longer stretches
    (DecadeEnding, "е х ых ые"),
    // Which of them
    (
        Which(Which::Last),
        "прошлый прошлая прошлое прошлого прошлой прошлом прошлую минувший минувшего минувшей минувшем",
    ),
    (Which(Which::Past), "последние последних"),
    (
        Which(Which::This),
        "этот эта это этого этой этом эту нынешний нынешнего нынешней нынешнем текущего текущем текущий",
    ),
    (
        Which(Which::Next),
        "будущий будущая будущего будущей будущем следующий следующая следующего следующей следующем следующую",
    ),
    (Which(Which::Coming), "ближайшие ближайших"),
    (Which(Which::Same), "тот того той том"),
    (Edge(Edge::Early), "начало начале начала"),
    (Edge(Edge::Middle), "середина середине середины"),
    (Edge(Edge::Late), "конец конце конца"),
    (Ago, "назад"),
    (HenceBefore, "через"),
    (Earlier, "ранее раньше"),
    (Later, "спустя позже"),
    (From, "с со"),
    (Between, "между"),
    (To, "по на"),
    (Until, "до"),
    (And, "и"),
    (Or, "или"),
    (At, "в во за к от"),
    (Every, "каждый каждую каждое каждые ежегодно_каждый"),
    (Often, "раз раза"),
    (Repeated(Whole(Year)), "ежегодно"),
    (Repeated(Whole(Months)), "ежемесячно"),
    (Repeated(Whole(Week)), "еженедельно"),
    (Repeated(Whole(Days)), "ежедневно"),
    (Anniversary, "годовщина годовщину годовщины годовщине годовщиной летие летия летию летием"),
    (Jubilee(100), "столетие_со столетию"),
    // Past, present, future
    (Now, "сейчас теперь"),
    (Recently, "недавно тогда в_то_время"),
    (Soon, "скоро вскоре"),
    (Tense(Tense::Future), "будет будут должен должна должны планируется ожидается намерен"),
    (Tense(Tense::Past), "был была было были сообщил сообщила заявил заявила"),
    (Counted, "человек людей жителей рублей долларов метров км километров тонн солдат домов женщин детей"),
    (Numbered, "номер страница статья резолюция резолюции"),
];
