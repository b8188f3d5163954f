//! The words of the pages, in one table: a row for each saying, a column for each language.
//!
//! A cell may have places to be filled in, `{n}`, and forms for numbers, set apart by `|` in the order of the language's
//! plural categories: one and other in English; zero, one, two, few, many and other in Arabic. Another language is one
//! more column here and its row in [`super::locale`].

macro_rules! table {
    ($($word:ident: $english:literal, $arabic:literal;)*) => {
        /// A saying of the pages.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(in super::super) enum Word { $($word),* }

        /// Each saying in each language, in the order of [`Word`] and of the languages.
        pub(super) const TABLE: &[[&str; 2]] = &[$([$english, $arabic]),*];
    };
}

table! {
    // The frame.
    SkipToAnswer: "Skip to the answer", "انتقل إلى الجواب";
    SkipToResults: "Skip to the results", "انتقل إلى النتائج";
    SkipToSources: "Skip to the sources", "انتقل إلى المصادر";
    SearchTheArchive: "Search the archive", "البحث في الأرشيف";
    Question: "Question", "السؤال";
    Search: "Search", "ابحث";
    PublishedFrom: "Published from", "نُشر من";
    Until: "to", "إلى";
    SpeaksOf: "Speaks of", "يتحدث عن";
    HowToAsk: "How to ask", "كيف تسأل";
    Pages: "Pages", "الصفحات";
    NavTimeline: "Timeline", "الخط الزمني";
    NavCompare: "Compare", "المقارنة";
    NavDates: "Dates", "التواريخ";
    NavAbout: "About", "عن الأرشيف";
    Documents: "1 document|{n} documents", "لا مستندات|مستند واحد|مستندان|{n} مستندات|{n} مستندًا|{n} مستند";
    Revision: "revision {n}", "المراجعة {n}";
    Keys: "Keys", "المفاتيح";
    Printed: "Printed on {day} from {archive}, index revision {revision}.", "طُبع في {day} من {archive}، مراجعة الفهرس {revision}.";
    Asked: "Asked: {q}", "السؤال: {q}";
    AllDocuments: "every document", "كل المستندات";
    Address: "Address", "العنوان";

    // How a question was read, and how much it finds.
    TheAnswer: "The answer", "الجواب";
    ReadAs: "Read as", "قُرئ هكذا";
    Distinct: "{n} of them distinct", "منها {n} مختلفة";
    FromSources: "from 1 source|from {n} sources", "بلا مصدر|من مصدر واحد|من مصدرين|من {n} مصادر|من {n} مصدرًا|من {n} مصدر";
    NothingFound: "Nothing found", "لم يُعثر على شيء";
    WhyNothing: "Why nothing was found", "لماذا لم يُعثر على شيء";
    WithoutDays: "Ask without days", "اسأل بلا أيام";
    UndatedLeftOut: "1 undated document has these words too. Days were asked for, so it is left out.|{n} undated documents have these words too. Days were asked for, so they are left out.", "لا مستندات بلا تاريخ|مستند واحد بلا تاريخ فيه هذه الكلمات أيضًا، وتُرك لأن السؤال عن أيام.|مستندان بلا تاريخ فيهما هذه الكلمات أيضًا، وتُركا لأن السؤال عن أيام.|{n} مستندات بلا تاريخ فيها هذه الكلمات أيضًا، وتُركت لأن السؤال عن أيام.|{n} مستندًا بلا تاريخ فيها هذه الكلمات أيضًا، وتُركت لأن السؤال عن أيام.|{n} مستند بلا تاريخ فيها هذه الكلمات أيضًا، وتُركت لأن السؤال عن أيام.";
    Conditions: "Conditions; each link takes one away", "الشروط؛ كل رابط يزيل شرطًا";
    Remove: "Remove:", "إزالة:";
    ChipPublished: "published {days}", "نُشر {days}";
    ChipAbout: "speaks of {days}", "يتحدث عن {days}";
    ChipAboutWithin: "speaks of a time within {days}", "يتحدث عن وقت ضمن {days}";
    ChipSource: "source {name}", "المصدر {name}";
    ChipLanguage: "in {name}", "باللغة {name}";
    ChipCertain: "days certain", "أيام مؤكدة";
    ChipAboutCertain: "days spoken of certain", "أيام مذكورة مؤكدة";
    ChipCopies: "copies one by one", "النسخ واحدة واحدة";
    ChipOther: "{name}: {value}", "{name}: {value}";
    FixDays: "Fix these days", "ثبّت هذه الأيام";
    FixDaysWhy: "The days in this address are read anew at each visit.", "تُقرأ أيام هذا العنوان من جديد عند كل زيارة.";
    FromDay: "from {day}", "من {day}";
    UntilDay: "until {day}", "حتى {day}";
    Days: "{a} to {b}", "{a} إلى {b}";
    Undated: "undated", "بلا تاريخ";

    // The timeline.
    When: "When", "متى";
    TimelineKey: "Above the line: published. Below it: spoken of.", "فوق الخط: تاريخ النشر. تحته: ما يتحدث عنه.";
    Steps: "Steps", "الخطوات";
    Year: "year", "سنة";
    Month: "month", "شهر";
    Week: "week", "أسبوع";
    Day: "day", "يوم";
    Height: "Height", "الارتفاع";
    Number: "number", "العدد";
    Share: "share", "النسبة";
    Spoken: "Days spoken of", "الأيام المذكورة";
    WithSpoken: "with days spoken of", "مع الأيام المذكورة";
    WithoutSpoken: "published only", "النشر فقط";
    DaysAsked: "Days asked for", "الأيام المطلوبة";
    Earlier: "earlier", "أسبق";
    Later: "later", "أحدث";
    ByYear: "Documents by year, {days}", "المستندات حسب السنة، {days}";
    ByMonth: "Documents by month, {days}", "المستندات حسب الشهر، {days}";
    ByWeek: "Documents by week, {days}", "المستندات حسب الأسبوع، {days}";
    ByDay: "Documents by day, {days}", "المستندات حسب اليوم، {days}";
    WeekOf: "week of {day}", "أسبوع {day}";
    Bar: "{when}: {documents}", "{when}: {documents}";
    BarShare: "{when}: {documents}, {percent} of {all}", "{when}: {documents}، {percent} من {all}";
    BarSpoken: "{when}: spoken of in {documents}", "{when}: مذكور في {documents}";
    CoarseBar: "month or year only", "شهر أو سنة فقط";
    CoarseYear: "year only", "سنة فقط";
    UndatedBar: "undated", "بلا تاريخ";
    AsTable: "The same as a table", "الشيء نفسه جدولًا";
    TooFine: "Steps of a {unit} would be {n} bars: drawn by {other} instead.", "خطوات كل {unit} تعني {n} عمودًا: رُسم حسب {other} بدلًا من ذلك.";
    Gap: "The line leaves out the time between {before} and {after}: it is long, and nothing is from it.", "يترك الخط المدة بين {before} و{after}: هي طويلة ولا شيء منها.";
    PickedOne: "1 document picked", "مستند واحد محدد";
    PickedMany: "{n} documents picked", "{n} مستندات محددة";
    Apply: "Show these", "اعرض هذه";
    Leave: "Leave it", "اتركها";
    BrushHelp: "Drag over the bars, or press Shift and an arrow, to pick days.", "اسحب فوق الأعمدة، أو اضغط Shift مع سهم، لاختيار أيام.";
    Published: "Published", "نُشر";
    All: "all", "الكل";

    // The list.
    Results: "Results", "النتائج";
    Shown: "{a} to {b} of {n}", "{a} إلى {b} من {n}";
    Order: "Order", "الترتيب";
    BestFirst: "best first", "الأفضل أولًا";
    OldestFirst: "oldest", "الأقدم";
    NewestFirst: "newest", "الأحدث";
    More: "More results", "نتائج أخرى";
    Untitled: "(no title)", "(بلا عنوان)";
    NoSource: "no source", "بلا مصدر";
    Cite: "Cite", "استشهد";
    Link: "Link", "رابط";
    Copied: "Copied", "نُسخ";
    LineAt: "line {n}", "السطر {n}";
    PageAt: "page {n}", "الصفحة {n}";
    RecognisedBy: "recognised by {n}", "تعرّف عليه {n}";
    SlideAt: "slide {n}", "الشريحة {n}";
    CellAt: "cell {n}", "الخلية {n}";
    TimeAt: "at {n}", "عند {n}";
    Copies: "1 copy|{n} copies", "لا نسخ|نسخة واحدة|نسختان|{n} نسخ|{n} نسخة|{n} نسخة";
    AndMore: "and {n} more", "و{n} أخرى";
    FiguresDiffer: "figures differ:", "الأرقام تختلف:";
    HereThere: "{here} here, {there} in", "{here} هنا، {there} في";
    CopyOf: "the same text in", "النص نفسه في";
    PartOf: "most of it stands in", "معظمه وارد في";
    ContainsOf: "contains most of", "يحتوي معظم";
    IsSame: "the same text", "النص نفسه";
    IsPart: "a part of this one", "جزء من هذا";
    HasMore: "has this one and more", "فيه هذا وزيادة";
    EachChange: "word by word", "كلمة كلمة";
    SpokenHere: "speaks of {days}", "يتحدث عن {days}";
    DoubtUndated: "no clue gives a date", "لا دليل على التاريخ";
    DoubtConflicting: "another clue gives another day", "دليل آخر يعطي يومًا آخر";
    DoubtFuture: "a clue gives a day to come", "دليل يعطي يومًا لم يأت";
    DoubtWeak: "from a weak clue", "من دليل ضعيف";
    DoubtUncertain: "the clue is not sure", "الدليل غير متأكد";
    DoubtDay: "the day is not known", "اليوم غير معروف";
    DoubtMonth: "the month is not known", "الشهر غير معروف";

    // Sources and what can be asked further.
    Sources: "Sources", "المصادر";
    AllSources: "All sources", "كل المصادر";
    ByCount: "by number", "حسب العدد";
    ByName: "by name", "حسب الاسم";
    LookAlike: "These look like one source:", "هذه تبدو مصدرًا واحدًا:";
    LookAlikeHow: "One line in the section [aliases] of dateline.toml makes them one:", "سطر واحد في القسم [aliases] من dateline.toml يجعلها واحدًا:";
    AskFurther: "Ask further", "اسأل أكثر";
    WhoFirst: "Who printed it first?", "من نشره أولًا؟";
    WhoCopied: "Who copied whom?", "من نقل عمّن؟";
    WhichFigures: "Which figures, and when?", "أي أرقام، ومتى؟";
    WhichDates: "Which dates are doubtful?", "أي التواريخ مشكوك فيها؟";
    TakeAlong: "Take it along", "خذه معك";
    ForTables: "As a table (CSV)", "جدولًا (CSV)";
    ForPrograms: "For programs (JSON)", "للبرامج (JSON)";
    ShowCopies: "Show copies one by one", "اعرض النسخ واحدة واحدة";

    // The reader.
    BackToResults: "Back to the results", "العودة إلى النتائج";
    ResultOf: "Result {a} of {n}", "النتيجة {a} من {n}";
    Previous: "previous", "السابق";
    Next: "next", "التالي";
    By: "by {name}", "بقلم {name}";
    Agency: "after {name}", "عن {name}";
    Matches: "1 word matches|{n} words match", "لا تطابق|تطابق واحد|تطابقان|{n} تطابقات|{n} تطابقًا|{n} تطابق";
    NoMatch: "None of the words stands in the text.", "لا ترد أي من الكلمات في النص.";
    Passage: "Passage {n}", "المقطع {n}";
    PassagesShown: "Passages {a} to {b} of {n}", "المقاطع {a} إلى {b} من {n}";
    EarlierPassages: "earlier passages", "مقاطع سابقة";
    LaterPassages: "later passages", "مقاطع لاحقة";
    EarlierMatch: "the match before this, in passage {n}", "التطابق السابق، في المقطع {n}";
    LaterMatch: "the next match, in passage {n}", "التطابق التالي، في المقطع {n}";
    NoText: "This document has no text.", "هذا المستند بلا نص.";
    AboutDocument: "About this document", "عن هذا المستند";
    WhyThisDate: "Why this date", "لماذا هذا التاريخ";
    Believed: "believed", "معتمد";
    Rival: "or", "أو";
    Refused: "refused", "مرفوض";
    Yearless: "a day without a year", "يوم بلا سنة";
    NoClue: "No clue gives a date.", "لا دليل على التاريخ.";
    DaysSpoken: "Days it speaks of", "الأيام التي يتحدث عنها";
    NoDays: "It names no day.", "لا يذكر يومًا.";
    ToldFromPublication: "counted from the day of publication", "محسوب من يوم النشر";
    WorkedOut: "worked out", "مستنتج";
    SameTextElsewhere: "The same text elsewhere", "النص نفسه في مكان آخر";
    TheFile: "The file", "الملف";
    Place: "Place", "المكان";
    Language: "Language", "اللغة";
    Encoding: "Encoding", "الترميز";
    WebAddress: "Published at", "نُشر على";
    OpensElsewhere: "leads away from this archive", "يقود خارج هذا الأرشيف";
    Id: "Id", "المعرّف";
    Original: "Original", "الأصل";
    Download: "Download", "تنزيل";
    WhySource: "Why this source", "لماذا هذا المصدر";
    CiteHead: "Cite", "الاستشهاد";
    CiteWhole: "The whole document", "المستند كله";
    OtherStyles: "Other styles", "أنماط أخرى";
    Copy: "Copy", "انسخ";
    Evidence: "{place}, passage {passage}, characters {a} to {b} of the text.", "{place}، المقطع {passage}، الأحرف {a} إلى {b} من النص.";
    Sha: "SHA-256 of the file: {sha}.", "بصمة SHA-256 للملف: {sha}.";
    EvidenceIds: "Id {id}, index revision {revision}.", "المعرّف {id}، مراجعة الفهرس {revision}.";

    // Two documents, many copies.
    BackToDocument: "Back to the document", "العودة إلى المستند";
    DiffTitle: "Word by word", "كلمة كلمة";
    DiffOld: "Before", "قبل";
    DiffNew: "After", "بعد";
    DiffKey: "Struck out: only in the first. Underlined: only in the second.", "المشطوب: في الأول فقط. المسطّر: في الثاني فقط.";
    DiffFigures: "Figures and dates that differ", "أرقام وتواريخ تختلف";
    DiffSame: "The two texts are the same, word for word.", "النصان متطابقان كلمة كلمة.";
    SwapThem: "the other way round", "بالعكس";
    CopiesTitle: "Who copied whom", "من نقل عمّن";
    Stories: "1 text was taken over|{n} texts were taken over", "لم يُنقل نص|نص واحد نُقل|نصان نُقلا|{n} نصوص نُقلت|{n} نصًا نُقل|{n} نص نُقل";
    NoCopies: "No text of this answer stands in another document.", "لا نص من هذا الجواب وارد في مستند آخر.";
    CopiesOfOne: "Documents that share its text", "مستندات تشاركه النص";
    EarliestOfStory: "the earliest", "الأسبق";
    ShareOfIt: "{n}% of it", "{n}% منه";
    Relation: "Relation", "العلاقة";

    // First, figures, compare.
    FirstTitle: "Who printed it first", "من نشره أولًا";
    FirstIntro: "The earliest documents whose day is known.", "أسبق المستندات المعروفة اليوم.";
    TextFrom: "most of its text is from", "معظم نصه من";
    Independent: "no earlier document has its text", "لا مستند أسبق فيه نصه";
    MayBeEarlier: "These may be earlier", "قد تكون هذه أسبق";
    CoarseEarlier: "1 is dated only to a month or a year|{n} are dated only to a month or a year", "لا شيء|واحد مؤرخ بشهر أو سنة فقط|اثنان مؤرخان بشهر أو سنة فقط|{n} مؤرخة بشهر أو سنة فقط|{n} مؤرخًا بشهر أو سنة فقط|{n} مؤرخ بشهر أو سنة فقط";
    ConflictingEarlier: "1 has a clue to an earlier day|{n} have a clue to an earlier day", "لا شيء|لواحد دليل على يوم أسبق|لاثنين دليل على يوم أسبق|ل{n} دليل على يوم أسبق|ل{n} دليل على يوم أسبق|ل{n} دليل على يوم أسبق";
    UndatedEarlier: "1 is undated|{n} are undated", "لا شيء|واحد بلا تاريخ|اثنان بلا تاريخ|{n} بلا تاريخ|{n} بلا تاريخ|{n} بلا تاريخ";
    FiguresTitle: "Which figures, and when", "أي أرقام، ومتى";
    FiguresIntro: "Every number that is given for these words, with who gives it and when.", "كل رقم يُذكر لهذه الكلمات، ومن يذكره ومتى.";
    NoFigures: "No document gives a number for these words.", "لا مستند يعطي رقمًا لهذه الكلمات.";
    NeedWords: "Ask for the thing that is counted, such as boats.", "اسأل عن الشيء المعدود، مثل القوارب.";
    MoreFigures: "1 more number is not shown.|{n} more numbers are not shown.", "لا أرقام أخرى.|رقم آخر غير معروض.|رقمان آخران غير معروضين.|{n} أرقام أخرى غير معروضة.|{n} رقمًا آخر غير معروض.|{n} رقم آخر غير معروض.";
    GivenBy: "Given by", "ذكره";
    SideBySide: "side by side in Compare", "جنبًا إلى جنب في المقارنة";
    CompareTitle: "Side by side", "جنبًا إلى جنب";
    CompareIntro: "What each source says, when it first and last said so, and when it changed.", "ما يقوله كل مصدر، متى قاله أول مرة وآخر مرة، ومتى تغيّر.";
    CompareWhat: "Compare", "قارن";
    CompareTerm: "Term {n}", "العبارة {n}";
    Near: "near", "قرب";
    Within: "within one", "ضمن";
    Sentence: "sentence", "جملة";
    Paragraph: "paragraph", "فقرة";
    Document: "document", "مستند";
    Source: "Source", "المصدر";
    CompareTwo: "Type two or more terms to compare, such as 83 and 71 near boats.", "اكتب عبارتين أو أكثر للمقارنة، مثل 83 و71 قرب القوارب.";
    TermsLeftOut: "Only the first {n} terms are compared.", "تُقارن أول {n} عبارات فقط.";
    SwitchLine: "from {from} to {to} on {day}", "من {from} إلى {to} في {day}";
    Strays: "1 document says otherwise|{n} documents say otherwise", "لا مخالف|مستند واحد يخالف|مستندان يخالفان|{n} مستندات تخالف|{n} مستندًا يخالف|{n} مستند يخالف";
    SourcesLeftOut: "1 later source is not shown.|{n} later sources are not shown.", "لا مصادر أخرى.|مصدر لاحق غير معروض.|مصدران لاحقان غير معروضين.|{n} مصادر لاحقة غير معروضة.|{n} مصدرًا لاحقًا غير معروض.|{n} مصدر لاحق غير معروض.";
    NotSaid: "not said", "لم يُذكر";
    FirstSaid: "first", "أول مرة";
    LastSaid: "last", "آخر مرة";

    // Dates, skipped, about, start, problems.
    DatesTitle: "Dates to be checked", "تواريخ يجب التحقق منها";
    DatesAll: "How documents are dated", "كيف أُرّخت المستندات";
    Doubtful: "1 document has a doubtful date or none|{n} documents have a doubtful date or none", "لا تواريخ مشكوك فيها|لمستند واحد تاريخ مشكوك فيه أو لا تاريخ له|لمستندين تاريخ مشكوك فيه أو لا تاريخ لهما|ل{n} مستندات تاريخ مشكوك فيه أو لا تاريخ لها|ل{n} مستندًا تاريخ مشكوك فيه أو لا تاريخ له|ل{n} مستند تاريخ مشكوك فيه أو لا تاريخ له";
    OutOf: "of {n}", "من {n}";
    OnlyDoubtful: "only the doubtful", "المشكوك فيها فقط";
    EveryDate: "every date", "كل التواريخ";
    Reasons: "Reasons for doubt", "أسباب الشك";
    ClueKinds: "Kinds of clues", "أنواع الأدلة";
    CorrectIt: "To correct it", "للتصحيح";
    CorrectAll: "The same for all that are listed here", "الشيء نفسه لكل المذكور هنا";
    CorrectHow: "Copy these lines into dateline.toml at the archive’s root, with the right day, and bring the index up to date.", "انسخ هذه الأسطر إلى dateline.toml في جذر الأرشيف، باليوم الصحيح، ثم حدّث الفهرس.";
    ListedOf: "The first {a} of {n} are listed.", "المعروض أول {a} من {n}.";
    NoDoubt: "Every date of this answer can be trusted.", "كل تواريخ هذا الجواب موثوقة.";
    SkippedTitle: "What could not be read", "ما لم يمكن قراءته";
    SkippedNone: "Everything in the archive was read.", "قُرئ كل ما في الأرشيف.";
    SkippedCount: "1 file or part was passed over|{n} files or parts were passed over", "لم يُتجاوز شيء|تُجووز ملف أو جزء واحد|تُجووز ملفان أو جزءان|تُجووزت {n} ملفات أو أجزاء|تُجووز {n} ملفًا أو جزءًا|تُجووز {n} ملف أو جزء";
    DoubtfulDates: "doubtful dates", "تواريخ مشكوك فيها";
    NotRead: "not read", "لم يُقرأ";
    Reason: "Reason", "السبب";
    AboutTitle: "About this archive", "عن هذا الأرشيف";
    AboutPage: "Nothing on these pages is fetched from elsewhere, and nothing that is asked leaves this machine.", "لا يُجلب شيء في هذه الصفحات من مكان آخر، ولا يغادر أي سؤال هذا الجهاز.";
    Holds: "What it holds", "ما فيه";
    Files: "Files", "الملفات";
    Span: "Days", "الأيام";
    Languages: "Languages", "اللغات";
    IndexFormat: "Format of the index", "صيغة الفهرس";
    AskExamples: "Every word must stand in the document. Words are found in all their forms.", "يجب أن ترد كل كلمة في المستند، وتوجد الكلمات بكل صيغها.";
    AskPhrase: "the very words, in this order", "الكلمات نفسها بهذا الترتيب";
    AskOr: "either word", "إحدى الكلمتين";
    AskNot: "without the second", "دون الثانية";
    AskPrefix: "words that begin so", "كلمات تبدأ هكذا";
    AskNear: "at most five words apart, in any order", "بينهما خمس كلمات على الأكثر، بأي ترتيب";
    AskTitle: "in the title", "في العنوان";
    AskSource: "of this source", "من هذا المصدر";
    AskDays: "published in these days", "نُشر في هذه الأيام";
    AskAbout: "speaks of this day, whenever it was published", "يتحدث عن هذا اليوم، متى نُشر";
    KeysList: "Keys of one letter work outside of fields; they can be switched off.", "تعمل مفاتيح الحرف الواحد خارج الحقول، ويمكن إيقافها.";
    KeyBox: "the question", "السؤال";
    KeyResults: "next, previous result", "النتيجة التالية، السابقة";
    KeyOpen: "open it", "افتحها";
    KeyWords: "next, previous word that matched", "الكلمة المطابقة التالية، السابقة";
    KeyTimeline: "the timeline", "الخط الزمني";
    KeyWindow: "move the days asked for back, forth", "حرّك الأيام المطلوبة إلى الوراء، الأمام";
    KeySteps: "finer, coarser steps", "خطوات أدق، أعرض";
    KeyCite: "cite", "استشهد";
    KeyBack: "back", "عودة";
    KeyHelp: "this list", "هذه القائمة";
    KeysOff: "Switch these keys off", "أوقف هذه المفاتيح";
    KeysOn: "Switch these keys on", "شغّل هذه المفاتيح";
    Close: "Close", "أغلق";
    StartSpan: "{documents} {sources}, {days}.", "{documents} {sources}، {days}.";
    StartUndated: "1 is undated.|{n} are undated.", "لا شيء بلا تاريخ.|واحد بلا تاريخ.|اثنان بلا تاريخ.|{n} بلا تاريخ.|{n} بلا تاريخ.|{n} بلا تاريخ.";
    StartEmpty: "The archive holds no document yet.", "لا مستندات في الأرشيف بعد.";
    MadeAnewBy: "This makes it anew from the texts that it keeps. Type it where the archive lies:", "هذا يعيد بناءه من النصوص التي يحفظها. اكتبه في جهاز الأرشيف:";
    MadeAnewThen: "Pages answer again as soon as it is done; nothing has to be started anew.", "تجيب الصفحات من جديد فور انتهائه؛ لا حاجة إلى إعادة تشغيل شيء.";
    ProblemTitle: "That did not work", "لم ينجح ذلك";
    NoSuchDocument: "No document has this id. The index may have been made anew since the link was made.", "لا مستند بهذا المعرّف. ربما أُعيد بناء الفهرس بعد إنشاء الرابط.";
    StartOver: "Begin again from the first page", "ابدأ من الصفحة الأولى";
    GoOnFromStart: "Ask the same question again from its first result", "اسأل السؤال نفسه من أول نتيجة";
    TheArchive: "The archive", "الأرشيف";
    SomethingNew: "There is something new in the archive.", "في الأرشيف شيء جديد.";
    LastUpdate: "last update: {added} new, {changed} changed, {removed} gone", "آخر تحديث: {added} جديدة، {changed} متغيرة، {removed} زائلة";
    Reload: "Show it", "اعرضه";
    Loading: "Searching", "جارٍ البحث";
}
