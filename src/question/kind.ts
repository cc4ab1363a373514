import { searchKey } from "../text/normalize.ts";
import type { QuestionKind } from "./question.ts";
import { asHeard } from "./word-forms.ts";

/** Normalised words of a question, punctuation gone. */
export function questionWords(text: string): string[] {
  return searchKey(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

const keys = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/).map(searchKey).filter(Boolean));

const GREETING = keys(
  "مرحبا مرحبتين اهلا وسهلا هلا السلام عليكم وعليكم سلام صباح مساء الخير النور شكرا جزيلا يعطيك يعطيكم العافية كيفك كيف حالك تحية hi hello hey thanks thank you salam marhaba good morning evening",
);
const SHOW = keys(
  "اعطني اعطيني عطيني ارني اعرض هات هاتلي هاتي بدي اريد ورجيني فرجيني اطلعني ارسل ابعت ابعتلي افتح اظهر show give send open",
);
const WHOLE_TEXT = keys(
  "نص النص الاصلي اصلي الاصل كاملا كامل الكامل بالكامل كاملة حرفيا original full whole",
);
const REPORT_WORD = keys(
  "المصدر مصدر التقرير تقرير الخبر خبر المقال مقال المنشور منشور source report لتقرير للتقرير لخبر لمصدر",
);
const EVENT_VERB = keys(
  "حدث حدثت حصل حصلت جرى جرت شهد شهدت شهدته ورد وردت المذكور مذكور صار صاير صارت وقع وقعت يحدث يجري يحصل صارو صاروا احداث الاحداث اخبار وقائع تطورات مستجدات التطورات الاخبار happened happen happening events news sar saar sayer 7adas",
);
const COUNT = keys("كم بكم جم قديش قداش شقد اديش كام عدد العدد وعدد اعداد حصيلة الحصيلة kam 2adesh adesh");
/** Nouns that ask for a figure only where no question word does the asking: "لماذا ارتفع عدد القتلى؟". */
const COUNT_NOUN = keys("عدد العدد اعداد حصيلة الحصيلة");
const WHEN = keys("متى ايمتى امتى ايمت وقتيش وقتاش اشوكت شوكت شوقت اشوقت يمتى يمتا when emta");
const WHERE = keys("اين وين لوين منوين وينه فين where wen wein");
const WHO = keys("مين who meen لمين منو");
const WHY = keys("لماذا ليش لشو علام why lesh leish");
const WHAT = keys("ما ماذا بماذا بم شو ايش وش شنو اش شلون اشلون شلونه what sho shu shou كيف كيفية how");
const SUMMARY = keys("لخص لخصه لخصها لخصو لخصي تلخيص ملخص خلاصة موجز اختصر summarize summarise summary");
const COMPARE = keys("قارن مقارنة قارني الفرق الاختلاف compare difference");
const COMPARED = keys("التقريرين تقريرين التقارير المصدرين المصادر الروايتين الروايات reports sources");
const TIMELINE = keys("timeline التسلسل تسلسل كرونولوجيا");
const WHOLE_COLLECTION = keys("التقارير تقارير المصادر مجموعة المجموعة الارشيف البوت reports collection");
const PLURAL_PLACE = keys(
  "الاحياء احياء القرى قرى المناطق مناطق البلدات بلدات المدن مدن الاماكن اماكن المواقع مواقع الجبهات محاور المحاور الفصائل الاطراف areas villages neighbourhoods neighborhoods districts",
);

const EDGE_CONJUNCTION = /^[وف](?=.{2,})/;

/** The word itself or the word without a leading "and/so", as question words are written ("وكم", "فأين"). */
function isOneOf(word: string, set: ReadonlySet<string>): boolean {
  return set.has(word) || set.has(word.replace(EDGE_CONJUNCTION, "")) || heard(set).has(asHeard(word));
}

const HEARD = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();

/** The longer words of a set as they are heard: "مادا حدت" asks what "ماذا حدث" does. */
function heard(set: ReadonlySet<string>): ReadonlySet<string> {
  const known = HEARD.get(set) ?? new Set([...set].filter((word) => word.length > 2).map(asHeard));
  HEARD.set(set, known);
  return known;
}

function has(words: readonly string[], set: ReadonlySet<string>): boolean {
  return words.some((word) => isOneOf(word, set));
}

/** "من" asks for a person at the head of a sentence or before هو/هي/الذي/a verb; elsewhere it is "from". */
function asksWho(words: readonly string[], text: string): boolean {
  if (has(words, WHO)) return true;
  const first = words[0] ?? "";
  if (first === "من" || first === "ومن")
    return words[1] !== "اين" && words[1] !== "وين" && words[1] !== "متي";
  return /(?:^|\s)(?:اي|اية|ما)\s+(?:جهه|فصيل|طرف|قوه|قوات|جماعه|هي الجهه)/.test(searchKey(text));
}

/** "ما هو عدد", "شو كان عدد": so far behind its question word a noun of number is what is asked. */
const NEXT_WORDS = 2;

/** Whether a figure is asked for: by "how many", or by a noun of number that no question word before it makes a mere object. */
function asksCount(words: readonly string[]): boolean {
  const at = words.findIndex((word) => isOneOf(word, COUNT));
  if (at < 0) return false;
  if (!isOneOf(words[at] ?? "", COUNT_NOUN)) return true;
  const before = words.slice(0, at);
  const asked = before.findIndex((word) => isOneOf(word, WHAT) || isOneOf(word, WHO));
  return !has(before, WHY) && (asked < 0 || at - asked <= NEXT_WORDS);
}

const WHEN_PHRASE =
  /(?:في )?(?:اي|ما|ماهو|ما هو) (?:هو )?(?:يوم|تاريخ|عام|سنه|شهر|ساعه)|منذ متي|what (?:day|date|year)/;
const WHERE_PHRASE =
  /(?:في|الي|من) (?:اي|ايه) (?:حي|منطقه|مدينه|بلده|قريه|مكان|موقع|محافظه)|what (?:place|district)/;
const WHY_PHRASE =
  /(?:ما|ماهو|شو|لاي|باي) (?:هو |هي )?(?:السبب|سبب|اسباب|الدافع|دافع|دوافع|الهدف|هدف|الغايه|غايه|الغرض|غرض)(?=\s|$)|(?:ما الذي|ماذا|شو اللي|شو يلي) (?:دفع|حمل|جعل|دعا|خلا|خلي)(?=\p{L}{0,3}(?:\s|$))|(?:من اجل|بهدف|بغرض|بغيه) ماذا|(?:بم|بماذا|كيف) (?:علل|برر|فسر)/u;
const COUNT_PHRASE =
  /how (?:many|much)|ما (?:هو |هي )?(?:عدد|حصيله|اعداد|حجم حصيله)|(?:^|\s)[وفب]?كم(?=\s|$)/;
/** "عدّد المحاور" is "name them"; without the doubled letter it may be "the number of". */
const ENUMERATE = /^\s*[وف]?عد[\u064b-\u0650]*\u0651[\u064b-\u0650]*د(?=\s|[\u064b-\u0652])/u;
const COVERAGE_PHRASE =
  /(?:تغطي|تغطيه|تشمل|تشمله|يغطي|تحتوي|تحتويه|تتحدث عنه|عن ماذا تتحدث|تتناول|تتناوله|لديك|عندك|عندكم|لديكم|متوفره|موجوده|المتاحه|cover|do you have|available)/;
const TIMELINE_PHRASE =
  /رتب .*(?:زمني|تاريخ)|حسب التسلسل|(?:ال)?خط (?:ال)?زمني|ترتيب زمني|in (?:chronological )?order/;
const SOURCE_PHRASE =
  /(?:^|\s)(?:نص|النص)(?: ال)?(?: )?(?:مصدر|تقرير|خبر|مقال|كامل|اصلي)|(?:المصدر|النص|التقرير|الخبر|المقال|المنشور)(?: \p{L}+)?(?: \p{L}+)? (?:ال)?(?:اصلي|اصل|كامل|كاملا|بالكامل)(?:\s|$)|(?:original|full) (?:text|source|report)/u;
const SOURCE_ALONE =
  /^(?:ال)?(?:مصدر|تقرير)(?: رقم)? (?:\d{1,4}|ال\p{L}+)$|^(?:source|report) \d{1,4}$|^(?:ال)?مصدر$/u;

function isSourceRequest(words: readonly string[], key: string): boolean {
  if (SOURCE_ALONE.test(key)) return true;
  const asks = has(words, COUNT) || has(words, WHEN) || has(words, WHY);
  if (asks) return false;
  if (SOURCE_PHRASE.test(key)) return true;
  return has(words, SHOW) && has(words, REPORT_WORD) && (has(words, WHOLE_TEXT) || words.length <= 5);
}

/** What the sentence asks for, by its words alone; `hasDate` and `hasPlace` say what else was found in it. */
export function questionKind(options: { text: string; hasDate: boolean; hasPlace: boolean }): QuestionKind {
  const words = questionWords(options.text);
  const key = words.join(" ");
  if (words.length > 0 && words.length <= 6 && words.every((word) => isOneOf(word, GREETING)))
    return "greeting";
  if (isSourceRequest(words, key)) return "source";
  if (has(words, TIMELINE) || TIMELINE_PHRASE.test(key)) return "timeline";
  if (has(words, SUMMARY)) return "summary";
  if (has(words, COMPARE) && (has(words, REPORT_WORD) || has(words, COMPARED))) return "compare";
  if (has(words, WHOLE_COLLECTION) && COVERAGE_PHRASE.test(key) && !options.hasPlace) return "coverage";
  return askedKind({ ...options, words, key });
}

function askedKind(options: {
  text: string;
  words: readonly string[];
  key: string;
  hasDate: boolean;
  hasPlace: boolean;
}): QuestionKind {
  const { words, key } = options;
  if (ENUMERATE.test(options.text)) return "list";
  const event = has(words, EVENT_VERB);
  if (WHEN_PHRASE.test(key) || has(words, WHEN)) return "when";
  if (COUNT_PHRASE.test(key) || asksCount(words)) return "count";
  if (WHY_PHRASE.test(key) || has(words, WHY)) return "why";
  if (WHERE_PHRASE.test(key) || has(words, WHERE)) return "where";
  if (event && (options.hasDate || options.hasPlace)) return options.hasDate ? "day" : "place";
  if (
    has(words, PLURAL_PLACE) &&
    (has(words, WHAT) || /^(?:اي|ايه|اذكر|عدد)/.test(key) || isOneOf(words[0] ?? "", PLURAL_PLACE))
  )
    return "list";
  if (asksWho(words, options.text)) return "who";
  if (has(words, WHAT)) return "what";
  if (options.hasDate && options.hasPlace) return "day";
  if (words.length <= 8 && (options.hasDate || options.hasPlace)) return options.hasDate ? "day" : "place";
  return "free";
}

const STRUCTURE_WORDS = keys(
  `هل لمن بمن ممن عمن لما هو هي هم الذي التي الذين هذا هذه ذلك تلك كان كانت يكون تم قد لقد عن على في من الى إلى مع بعد قبل عند لدى بين خلال اثناء أثناء حول ضد بحسب وفق حسب وفقا
   يلي اللي اللي انو هاد هاي هيدا هدول منشان عشان شي في فيه فيها فيهم منها منهم عنها به بها له لها لهم هناك هنا التي اسم اسمه اسماء الاسماء باسم بلغ بلغت عدد عددهم اجمالي الاجمالي حصيلة اخر اخيرة اذكر عدد حدد جاء تقع يقع يوجد توجد صالح لصالح قرب اذا إذا سوف سيحدث نفس ذات كذلك ايضا أيضا غير سوى فقط جدا قبل بعد اثر إثر نتيجة عبر تقرير التقرير تقارير
   يوم اليوم تاريخ بتاريخ شهر عام سنة أي اي أية او أو ثم كل بعض هناك ان أن إن لي لنا رجاء فضلك أخبرني اخبرني حدثني احكيلي قلي يا بس هيك
   باي لاي بماذا حيث اللذان اللذين اللتان اللتين اللواتي عندما بعدما حينما وقتما بينما مطلع اواخر اوائل نفسها نفسه دون بدون اليها اليه اليهم عليها عليه عليهم عليهما عنهم لديها لديه ضمن نحو تقريبا حوالي كلها كله كلهم مجمل
   بدو بدها بدهم بدهن راح راحوا يروح تروح يصير تصير بيصير بتصير حدا حدن ولا كانوا كنا صارلو شوي كتير كثيرا لما مشان وقت وقتا وقتها خلصت جماعة هالناس جهة الجهة الجهات
   name names its their his her it they what's did had has have been be being under over into out up me please tell give
   the a an of in on at to for and or was were is are did do does by from with about that which there any`,
);
/** Words that only say what kind of place a name is, with the prepositions that grow onto them. */
const PLACE_HEAD = /^[وفبلك]?(?:ال)?(?:حي|حيي|احياء|قريه|قري|بلده|مدينه|ناحيه|ريف|منطقه|محافظه|مخيم|7ay)$/;
const QUESTION_WORDS = new Set([
  ...COUNT,
  ...WHEN,
  ...WHERE,
  ...WHO,
  ...WHY,
  ...WHAT,
  ...EVENT_VERB,
  ...SHOW,
  ...keys("ماهي ماهو ماهم many much how عددهم بلغ"),
]);

/** "والي" is a governor where it could be "and to": nobody asks for "and to". */
const GOVERNOR = "والي";
/** "عالجبهة", "هالمعركة": Levantine "on the" and "this" written to the noun. */
const LEVANTINE_ARTICLE = /^[وفب]?[عه]ال(?=.{4,})/;

/** Words of the question that carry its topic: not structure, not question words; `taken` words (dates, places) are left out. */
export function topicWords(text: string): string[] {
  const bare = questionWords(text).map((word) => word.replace(LEVANTINE_ARTICLE, ""));
  return bare.filter(
    (word) =>
      word.length > 2 &&
      !PLACE_HEAD.test(word) &&
      !/^\D{0,2}\d+$/.test(word) &&
      (word === GOVERNOR || !isOneOf(word, STRUCTURE_WORDS)) &&
      !isOneOf(word, QUESTION_WORDS),
  );
}

const EVENT_NOUN = keys(
  "معارك معركة المعارك المعركة اشتباكات اشتباك الاشتباكات قتال القتال قصف القصف غارات الغارات غارة هجوم الهجوم هجمات ضربات مواجهات عمليات عسكرية العسكرية ميدانيا الميدانية ميدانية الوضع وضع حالة جديد الجديد تفاصيل معلومات ملخص شيء شي اشياء نهاية بداية منتصف جوا برا",
);

/** What a question about a day or a place asks for beyond what happened there: the topic without "battles", "news" and the like. */
export function beyondEvents(topic: readonly string[]): readonly string[] {
  return topic.filter(
    (word) => !isOneOf(word, EVENT_NOUN) && !isOneOf(word.replace(/^[بلو]/, ""), EVENT_NOUN),
  );
}

/** Whether a text asks what happened ("ماذا حدث", "شو صار"). */
export function asksWhatHappened(text: string): boolean {
  return has(questionWords(text), EVENT_VERB);
}

const ONE_REPORT = keys(
  "التقرير تقرير الخبر خبر المقال مقال النص نص هالخبر هالتقرير لخصه لخصها لخصو report article",
);

/** Whether a text speaks of one report as a whole ("لخّص هذا التقرير", "لخّصه"). */
export function asksOneReport(text: string): boolean {
  return has(questionWords(text), ONE_REPORT);
}
