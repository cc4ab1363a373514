/** What a person reads in and around an answer. Short, plain Modern Standard Arabic; no fact of its own. */

/** Counted noun after a number: 1 تقرير واحد, 2 تقريران, 3–10 تقارير, 11+ تقريراً. */
export function counted(n: number, forms: { one: string; two: string; few: string; many: string }): string {
  if (n === 1) return forms.one;
  if (n === 2) return forms.two;
  const lastTwo = n % 100;
  return lastTwo >= 3 && lastTwo <= 10 ? `${n} ${forms.few}` : `${n} ${forms.many}`;
}

export const reportsCount = (n: number): string =>
  counted(n, { one: "تقرير واحد", two: "تقريران", few: "تقارير", many: "تقريراً" });

export const mentionsCount = (n: number): string =>
  counted(n, { one: "موضع واحد", two: "موضعان", few: "مواضع", many: "موضعاً" });

export const publishersCount = (n: number): string =>
  counted(n, { one: "ناشر واحد", two: "ناشرين", few: "ناشرين", many: "ناشراً" });

export const unknownPublisher = "ناشر غير مذكور";
export const untitled = "بلا عنوان";
export const sourcesHeading = "المصادر";
export const backgroundHeading = "خلفية";
export const cityWideHeading = (city: string): string => `عن ${city} عموماً`;

export const publishedStated = (day: string): string => `نُشر ${day}`;
export const publishedInferred = (day: string): string => `تاريخ النشر مستنتج: ${day}`;
export const publishedUnknown = "تاريخ النشر غير معروف";
export const eventOn = (day: string): string => `عن أحداث ${day}`;
export const accordingTo = (publisher: string): string => `بحسب ${publisher}`;

export const modeLine = {
  extractive: "اقتباسات من التقارير كما وردت",
  model: "صياغة آلية، وكل جملة مطابقة لاقتباسها",
} as const;

export const widenedNote = (from: string, to: string): string =>
  `لا خبر في التقارير عن ${from}؛ وهذا ما ورد عن ${to}.`;
export const uncertainDayNote = (day: string, interval: string): string =>
  `لا تحدد التقارير ما جرى ${day} بعينه؛ وهذا ما ورد عن الفترة ${interval}.`;
export const undated = "دون يوم محدد";
export const inferredDay = (day: string): string => `${day} (تاريخ مستنتج)`;
export const chosenPlaceNote = (name: string, region: string): string =>
  `فُهم الاسم «${name}» على أنه ${region}.`;
export const assumedYearNote = (date: string): string => `فُهم التاريخ على أنه ${date}.`;
export const inheritedScopeNote = (scope: string): string =>
  `النطاق: ${scope} (من السؤال السابق؛ لتركه اكتب: إلغاء النطاق)`;
export const correctedNameNote = (asked: string, name: string): string => `فُهم «${asked}» على أنه «${name}».`;
export const onlyEntered = (source: string): string =>
  `لا تقول التقارير لمن كانت السيطرة؛ وهذا ما ورد عن الدخول والخروج، ${source}:`;
export const moreOnRequest = (n: number): string => `وفي التقارير ${mentionsCount(n)} أخرى عن السؤال نفسه.`;
export const cityWideOffer = (city: string): string => `ما ورد عن ${city} كلها`;
export const noFigureNote = "لا يذكر النص رقماً محدداً.";

/** "on Sunday the 29th", "in October": what follows "no news of this place". */
export const onDay = (day: string): string => `يوم ${day}`;
export const inTime = (interval: string): string => `في ${interval}`;

export const refusal = {
  notLiveNews: "هذا أرشيف تقارير عن أحداث مضت، وليس أخباراً حية. لا تعتمد عليه لسلامتك.",
  offTopic: "هذه التقارير لا تجيب عن هذا السؤال.",
  notAsSupposed: "لا تذكر التقارير حدوث ما يفترضه السؤال، فلا جواب عنه فيها.",
  otherEventsThere: "وقد تذكر عن المكان نفسه أحداثاً أخرى.",
  notReported: "لا تذكر التقارير جواباً عن هذا السؤال.",
  noAuthor: (byline: string | null): string =>
    byline === null ? "لا يذكر التقرير اسم كاتبه." : `لا يذكر التقرير اسم كاتبه، وفي مطلعه: «${byline}».`,
  noCount: (event: string, party: string): string =>
    `لم أجد في التقارير ${COUNTED_EVENTS[event] ?? "العدد"} من ${party}.`,
  absenceIsNotDenial: "غياب الخبر لا يعني أن شيئاً لم يحدث.",
  noDay: (day: string): string => `لا خبر في التقارير عن ${day}.`,
  noPlace: (place: string): string => `لا خبر في التقارير عن ${place}.`,
  noPlaceOnDay: (place: string, when: string): string => `لا خبر في التقارير عن ${place} ${when}.`,
  neither: (place: string, day: string): string => `لا خبر في التقارير عن ${place}، ولا عن ${day}.`,
  futureOrNow: (day: string): string => `${day} خارج ما تغطيه التقارير.`,
  coverage: (days: string): string => `أبرز أيام التقارير: ${days}.`,
  nearestDays: (days: string): string => `أقرب الأيام المذكورة: ${days}.`,
  placesOnDay: (day: string, places: string): string => `ما ورد في ${day} هو عن: ${places}.`,
  daysOfPlace: (place: string, days: string): string => `ورد ذكر ${place} في: ${days}.`,
  namesNotListed:
    "لا تذكر هذه التقارير أسماء الضحايا، بل أعداداً فقط. نأسف لأننا لا نستطيع أن نجيبكم عن اسم بعينه.",
  empty: "لم يصل سؤال مكتوب. اكتب سؤالك بالعربية، مثلاً: ماذا حدث في حي الحميدية يوم 29 تشرين الأول 2017؟",
  noWords: "لم أجد كلمات في الرسالة. اكتب سؤالك بكلمات، مثلاً: ماذا حدث في حي الحميدية؟",
  tooLong: (limit: number): string => `السؤال أطول من ${limit} حرف. اختصره من فضلك في جملة أو جملتين.`,
  noSuchDay: (date: string): string => `لا يوجد في التقويم يوم كهذا: ${date}. تأكد من التاريخ وأعد السؤال.`,
  withdrawnSource: (name: string, day: string): string =>
    `سُحب التقرير ${name} من المجموعة يوم ${day}، فلا تعتمد على ما نُقل عنه.`,
  unknownSource: (name: string): string => `لا يوجد بين التقارير مصدر بهذا الاسم أو الرقم: ${name}.`,
  noAnswerBefore: "لا جواب سابق في هذه المحادثة أعود إليه. اكتب سؤالك كاملاً من فضلك.",
  noLastAnswer: "اذكر رقم التقرير أو اسمه، مثلاً: نص المصدر 2.",
  failed: "تعذّر الجواب الآن بسبب خلل عندنا. أعد المحاولة بعد قليل.",
} as const;

export const clarify = {
  whichReport: (publisher: string): string => `لدى ${publisher} أكثر من تقرير. أي واحد تقصد؟`,
  whichReportPlain: "أي تقرير تقصد؟",
  whichPlace: (name: string): string => `أي «${name}» تقصد؟`,
  didYouMean: (name: string): string => `هل تقصد «${name}»؟`,
} as const;

export const offers = {
  coverage: { label: "ما الذي تغطيه التقارير؟", question: "ما الذي تغطيه التقارير؟" },
  onDay: (day: string) => ({ label: day, question: `ماذا حدث يوم ${day}؟` }),
  inPlace: (place: string) => ({ label: place, question: `ماذا حدث في ${place}؟` }),
  inPlaceOnDay: (place: string, day: string) => ({
    label: `${place}، ${day}`,
    question: `ماذا حدث في ${place} يوم ${day}؟`,
  }),
  source: (label: string, id: string) => ({ label, question: `نص المصدر ${id}` }),
  wholeText: (id: string): string => `النص الكامل ${id.slice(0, 3)}`,
  summary: (label: string, id: string) => ({ label, question: `لخّص التقرير ${id}` }),
  deadInPlace: (place: string) => ({ label: `عدد القتلى: ${place}`, question: `كم عدد القتلى في ${place}؟` }),
  deadOnDay: (day: string) => ({ label: `عدد القتلى: ${day}`, question: `كم عدد القتلى يوم ${day}؟` }),
  clearScope: { label: "إلغاء النطاق", question: "إلغاء النطاق" },
} as const;

const COUNTED_EVENTS: Readonly<Record<string, string>> = {
  killed: "عدد القتلى",
  wounded: "عدد الجرحى",
  casualties: "عدد القتلى والجرحى",
  kidnapped: "عدد المخطوفين",
  displaced: "عدد النازحين",
  detained: "عدد المحتجزين",
};

export const figures = {
  about: (event: string, party: string | null): string =>
    party === null ? (COUNTED_EVENTS[event] ?? "العدد") : `${COUNTED_EVENTS[event] ?? "العدد"} (${party})`,
  notOfPlaceAlone: (places: readonly string[]): string =>
    `لا ينسب التقرير هذا العدد إلى ${places.join(" و")} تحديداً، بل يذكره ضمن خبر أوسع.`,
  noneOfPlace: (places: readonly string[]): string =>
    `لا تذكر التقارير عدداً خاصاً ب${places.join(" وب")}. وهذا ما ورد عن منطقة أوسع:`,
  severalEvents:
    "ليس في التقارير عدد واحد لهذا: تختلف الأعداد بحسب اليوم والجهة. حدّد يوماً أو مكاناً أو جهة لجواب أدق.",
  ofDays: (words: string, days: string): string => (days === "" ? `«${words}»` : `«${words}»، ${days}`),
  noneOfJustThat: (source: string): string => `لم أجد في التقارير هذا العدد بعينه. وأقرب ما ورد، ${source}:`,
  inSentence: "النص غير متسق: رقمان للجهة نفسها في جملة واحدة",
  inReport: "يذكر التقرير نفسه أرقاماً مختلفة",
  amongSources: "يختلف العدد بين المصادر",
  unresolved: (first: string, second: string): string =>
    `يذكر التقرير الرقمين ${first} و${second} للجهة نفسها، ولا يوضح أيهما الصحيح.`,
  several: (figures: readonly string[]): string => figures.join("؛ "),
  quoted: (words: string): string => `«${words}»`,
  title: (words: string): string => `العنوان: «${words}»`,
  body: (words: string): string => `المتن: «${words}»`,
  bySource: (publisher: string, words: string): string => `${publisher}: «${words}»`,
  withoutNumber: (publisher: string, words: string): string => `${publisher}، دون رقم: «${words}»`,
  ofBothSides: "(من الطرفين معاً)",
  vague: (words: string): string => `لم يُذكر رقم؛ النص يقول «${words}»`,
  noNumber: "لم يُذكر رقم؛ وهذا ما يقوله النص",
  breakdown: (whole: string, parts: readonly string[]): string =>
    `التفصيل كما في النص: ${whole} = ${parts.join(" + ")}`,
  sum: (whole: string, parts: readonly string[]): string =>
    `${parts.join(" + ")} = ${whole}، وهو المجموع المذكور في التقرير نفسه`,
} as const;

const timesCount = (n: number): string =>
  counted(n, { one: "مرة واحدة", two: "مرتين", few: "مرات", many: "مرة" });

export const untilDay = (day: string, publishers: string, place: string): string =>
  `${place}: حتى ${day}، بحسب ${publishers}:`;

export const computedDay = (n: number, words: string, day: string): string =>
  `«${words}» في [${n}]: ${day} (مستنتج)`;
export const slip = (n: number, words: string, meant: string): string =>
  `في [${n}]: «${words}» [كذا]، ولعل المقصود «${meant}».`;
export const doubtfulDay = (n: number, words: string, day: string | null): string =>
  day === null
    ? `في [${n}]: «${words}» [كذا]؛ العبارة تناقض نفسها في التاريخ.`
    : `في [${n}]: «${words}» [كذا]؛ واليوم المذكور بحسابنا: ${day}.`;
export const statedBy = (speaker: string, publisher: string, published: string): string =>
  `${speaker}، في كلام نقله ${publisher}، ${published}:`;
export const lookAlikeNote = (name: string, others: string): string => `المقصود هنا ${name}، لا ${others}.`;

export const overview = {
  summary: (report: string): string => `ملخص باقتباسات من ${report}:`,
  comparison: (publishers: readonly string[], days: string): string =>
    days === "" ? `ما يقوله كل من ${and(publishers)}:` : `ما يقوله كل من ${and(publishers)} عن ${days}:`,
  timeline: (places: string): string =>
    places === "" ? "الأحداث من الأقدم إلى الأحدث:" : `${places}: الأحداث من الأقدم إلى الأحدث`,
} as const;

export const mentions = {
  lead: (name: string, times: number, reports: number): string =>
    `ورد «${name}» ${timesCount(times)} في ${counted(reports, { one: "تقرير واحد", two: "تقريرين", few: "تقارير", many: "تقريراً" })}:`,
  inReport: (report: string, times: number, days: string): string =>
    days === "" ? `${report}: ${timesCount(times)}` : `${report}: ${timesCount(times)}، عن أحداث ${days}`,
  more: (n: number): string => `وفي التقارير ${mentionsCount(n)} أخرى لم تُعرض هنا.`,
  none: (name: string): string => `لم يرد «${name}» في التقارير.`,
  nothingNamed: "اكتب الاسم أو العبارة التي تسأل عن مواضع ذكرها.",
} as const;

export const publisherCard = (name: string, reports: number, site: string | null): string =>
  [`تقارير ${name} في هذه المجموعة: ${reports}.`, ...(site === null ? [] : [`الموقع: ${site}`])].join(" ");

/** Names joined by "and": "أ وب". */
export const and = (items: readonly string[]): string => items.join(" و");

const quotedTerms = (terms: readonly string[]): string => and(terms.map((term) => `«${term}»`));

export const meaning = {
  unexplained: (terms: readonly string[]): string =>
    `لا تشرح التقارير معنى ${quotedTerms(terms)}؛ وهذا ما ورد فيها عن ذلك:`,
  told: (terms: readonly string[]): string => `ما تقوله التقارير عن ${quotedTerms(terms)}:`,
  absent: (terms: readonly string[]): string => `لا ذكر في التقارير لـ${quotedTerms(terms)}.`,
} as const;

export const yesNo = {
  yes: (source: string): string => `نعم، ${source}:`,
  no: (source: string): string => `لا، ${source}:`,
  unsure: (source: string): string => `وردت أنباء غير مؤكدة، ${source}:`,
  less: (source: string): string => `لم يرد ذلك بهذا المعنى؛ وأقرب ما ورد ${source}:`,
  anything: (lead: string): string => `نعم: ${lead}`,
  unsettled: (lead: string): string => `لم يرد جواب صريح بنعم أو لا. أقرب ما ورد، ${lead}`,
  notReported: "لم يرد في التقارير ما يثبت ذلك أو ينفيه، وعدم ذكره لا يعني أنه لم يحدث.",
} as const;

export const pasted = {
  found: (publishers: string): string => `هذا الكلام وارد في تقارير هذه المجموعة: ${publishers}.`,
  partly: (publishers: string): string => `بعض هذا الكلام وارد في التقارير: ${publishers}.`,
  near: "لم يرد هذا النص بحروفه في التقارير؛ وهذا ما يقاربه فيها:",
  absent: "لم يرد هذا الكلام في التقارير.",
  verbatim: (n: number): string => `الجملة ${n}: وردت بنصها`,
  supported: (n: number): string => `الجملة ${n}: وردت بمعناها`,
  contradicted: (n: number): string => `الجملة ${n}: تخالف ما في التقرير`,
  missing: (numbers: string): string => `لم يرد في التقارير ما في الجملة: ${numbers}.`,
} as const;

export const provenance = {
  lead: (sources: string): string => `مصدر الجواب السابق: ${sources}`,
  speaker: (n: number, speaker: string): string => `القائل في الاقتباس [${n}]: «${speaker}».`,
  oneSource: (publisher: string): string =>
    `مصدر الجواب السابق ناشر واحد: ${publisher}. ولم يُعرض معه ما يؤكده من ناشر آخر.`,
  severalSources: (n: number, publishers: string): string =>
    `الجواب السابق من ${publishersCount(n)}: ${publishers}. وهذا ما قاله كل منهم:`,
  unsure: (n: number, words: string): string => `الاقتباس [${n}] خبر غير مؤكد في نصه: «${words}».`,
  noVerdict: "تعرض هذه الإجابات ما ورد في التقارير، ولا تحكم بصحته.",
} as const;

export const coverage = {
  reports: (n: number): string => `في المجموعة ${reportsCount(n)}.`,
  days: (days: string): string => `أبرز أيام الأحداث: ${days}.`,
  places: (places: string): string => `أكثر الأماكن ذكراً: ${places}.`,
  changed: (day: string): string => `آخر تغيير في المجموعة: ${day}.`,
  ask: "اسأل عن يوم أو حي أو عدد، أو اطلب نص تقرير برقمه.",
} as const;

export const help = {
  greeting: "أهلاً بك. أجيب عن أسئلتك من مجموعة تقارير، ومع كل جملة اقتباسها ومصدرها.",
  thanks: "على الرحب والسعة. إن كان لديك سؤال آخر فاكتبه.",
  examples: "أمثلة:",
  cleared: "تُرك النطاق السابق. اكتب سؤالك الجديد.",
  notUnderstood: "لم أفهم المطلوب.",
} as const;

/** A list with Arabic commas: "أ، ب، ج". */
export const list = (items: readonly string[]): string => items.join("، ");

const PLACE_HEADS: Readonly<Record<string, string>> = {
  quarter: "حي",
  village: "قرية",
  town: "بلدة",
  city: "مدينة",
  governorate: "محافظة",
  subdistrict: "ناحية",
  district: "منطقة",
};

/** A place's name behind its head word, unless the name brings one of its own. */
export function placeName(kind: string, name: string): string {
  const head = PLACE_HEADS[kind];
  const headed = /^(?:حي|قرية|بلدة|مدينة|محافظة|ناحية|منطقة|ريف|مخيم|جبل|جبال|مطار|دوار|مشفى)\s/.test(name);
  return head === undefined || headed ? name : `${head} ${name}`;
}
