import type { Token } from "../numbers/lex.ts";
import type { Cue, Place } from "./cue.ts";
import { isWord, phraseAt, phraseTable, words } from "./cue.ts";

/** says: قال، أفاد; documents: وثق، رصد; source: بحسب، نقلاً عن; denies: نفى; alleges: زعم. */
export type AttributionKind = "says" | "documents" | "source" | "denies" | "alleges";

/** Who is said to say it. `speaker` is null where a pronoun or nobody is named. */
export interface Attribution extends Cue {
  readonly kind: AttributionKind;
  readonly speaker: Cue | null;
  readonly inherited: boolean;
}

export interface FoundAttribution extends Place {
  readonly kind: AttributionKind;
  readonly speaker: Place | null;
}

const CUES = phraseTable<AttributionKind>([
  [
    "says",
    `قال|قالت|قالوا|يقول|تقول|أفاد|أفادت|أفادوا|يفيد|تفيد|أكد|أكدت|أكدوا|يؤكد|تؤكد|أعلن|أعلنت|يعلن|تعلن|أوضح|أوضحت|يوضح|أضاف|أضافت|أشار|أشارت|يشير|تشير|لفت|لفتت|صرح|صرحت|شدد|شددت|تحدث|تحدثت|تحدثوا|
    اعتبر|اعتبرت|حذر|حذرت|أورد|أوردت|أبلغ|أبلغت|كشف|كشفت|ذكر|ذكرت|ذكروا|نشر|نشرت|نقل|نقلت|علم|علمت|رجح|رجحت|مؤكدا|مؤكدة|مشيرا|مشيرة|موضحا|مضيفا|قائلا|قائلة, said|says|reported|announced|confirmed`,
  ],
  ["documents", "وثق|وثقت|وثقوا|يوثق|توثق|رصد|رصدت|رصدوا|سجل|سجلت|documented|recorded"],
  [
    "source",
    "بحسب|حسب|وفق|وفقا|وفقاً|طبقا|نقلا|استنادا|حسبما|وفقما, بحسب|حسب|وفق ما, حسبما|وفقما|كما أفاد|أفادت|ذكر|ذكرت|قال|قالت|نشر|نشرت|أعلن|أعلنت|أكد|أكدت, على حد قول, according to",
  ],
  ["denies", "نفى|نفت|ينفي|تنفي|أنكر|أنكرت|نافيا|نافية|denied"],
  ["alleges", "زعم|زعمت|يزعم|تزعم|زاعما|ادعى|ادعت|تدعي, ادعى|يدعي أن|أنه|أنها, claimed|claims"],
]);

/** Verbs that are also other words: an attribution only before "أن" and its kind. */
const NEEDS_THAT = words(
  "ادعى نشر نشرت علم علمت كشف كشفت لفت لفتت سجل سجلت ذكر نقل نقلت اعتبر اعتبرت أبلغ أعلن أعلنت حذر حذرت تحدث تحدثت",
);
/** "لم يعلن التنظيم": nothing was said. */
const NOT_SAID = words("لم لا لن ما");
const THAT = words("أن إن بأن أنه أنها إنه إنها بأنه بأنها أنهم إنهم that");
const TIMES = words(
  "صباح مساء فجر ظهر عصر ليل اليوم أمس الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت يوم حينها آنذاك خلال قبل بعد منذ في عبر على إلى من قيام استمرار مقتل السيطرة سيطرتها سيطرته المسؤولية مسؤوليته مسؤوليتها الانسحاب النفير العثور التوصل البدء عن بينما حيث قد أيضا أمام ضمن نحو لكن فإن ب",
);
const HEADS = words(
  "قوات تنظيم وزارة وزير حزب جبهة جيش مجلس وكالة قناة شبكة مركز هيئة عدة مراسل مدير رئيس قائد منظمة موقع صحيفة حركة لجنة أحد عدد غرفة",
);
/** Heads of names of two foreign words: "شبكة فرات بوست،". */
const MEDIA = words("شبكة وكالة قناة موقع صحيفة مركز منظمة مراسل مجلة");
const ADJECTIVES = words(
  "موثوقة محلية محلي ميدانية ميداني مطلعة مطلع خاصة خاص طبية طبي عسكرية عسكري إعلامية معارضة مقربة مقرب متقاطعة روسية أمنية رسمية رسمي إعلامي محليون عيان مصادر نشطاء مدنية",
);
const RELATIVE_VERBS = words(
  "أفاد أفادت ذكر ذكرت قال قالت نشر نشرت نشرته نشره علم علمت أعلن أعلنت أعلنته أكد أكدت أوردته أوردت نقل نقلت أفادنا جاء ورد يقول تقول وثق وثقه وثقت رصد رصدت رصده به لها له لنا",
);
/** Tokens to "أن" at most: a day written out may stand between. */
const REACH = 20;
const LONGEST_NAME = 10;
/** Marks that a date between the verb and "أن" may hold. */
const DATE_MARKS = /^[/()-]$/;

function isStop(token: Token | undefined): boolean {
  return token === undefined || token.kind !== "word" || isWord(THAT, token) || isWord(TIMES, token);
}

const QUOTES = /^["“”«»]$/;

/** The token of "أن" after a verb, within reach and with no other mark than quotation marks before it. */
function thatAfter(list: readonly Token[], from: number): number | null {
  for (let at = from; at < Math.min(list.length, from + REACH); at += 1) {
    const token = list[at];
    if (token === undefined || token.kind === "break") return null;
    if (isWord(THAT, token) || token.text === ":") return at;
    const comma = token.text === "،" && isWord(THAT, list[at + 1]);
    if (token.kind === "mark" && !comma && !QUOTES.test(token.text) && !DATE_MARKS.test(token.text))
      return null;
  }
  return null;
}

/** The name that starts at a token: its head, then what has the article, adjectives, and all that is in quotation marks. */
function nameFrom(list: readonly Token[], from: number): Place | null {
  let at = from;
  let quoted = false;
  let bound = false;
  for (; at < Math.min(list.length, from + 9); at += 1) {
    const token = list[at];
    if (token === undefined || token.kind === "break" || token.kind === "number") break;
    if (token.kind === "mark") {
      if (!QUOTES.test(token.text)) break;
      quoted = token.text === '"' ? !quoted : /^[“«]$/.test(token.text);
      bound = false;
      continue;
    }
    if (quoted) continue;
    const definite = /^(?:ال|لل|لحقوق|وال)/.test(token.text);
    const adjective = isWord(ADJECTIVES, token);
    const preposed = token.text === "ل" && QUOTES.test(list[at + 1]?.text ?? "");
    if (at > from && !(definite || adjective || bound || preposed)) break;
    if (isWord(TIMES, token) || isWord(THAT, token)) break;
    bound = isWord(HEADS, token) || token.text === "ل";
  }
  const next = list[at + 1];
  const ends =
    next === undefined || next.kind === "break" || /^[،.:؛]$/.test(next.text) || isWord(THAT, next);
  if (isWord(MEDIA, list[from]) && at === from + 2 && !isStop(list[at]) && ends) at += 1;
  while (at > from && /^[“«]$/.test(list[at - 1]?.text ?? "")) at -= 1;
  return at === from ? null : { from, to: at, offset: 0 };
}

/** "وكان المرصد السوري نشر صباح اليوم أن": the speaker between "كان" and the verb. */
function nameBefore(list: readonly Token[], verb: number): Place | null {
  for (let at = verb - 1; at >= Math.max(0, verb - 8); at -= 1) {
    const token = list[at];
    if (token === undefined || (token.kind !== "word" && !QUOTES.test(token.text))) return null;
    if (!/^[وف]?كانت?$/.test(token.text)) continue;
    const to = /^[وف]?قد$/.test(list[verb - 1]?.text ?? "") ? verb - 1 : verb;
    return at + 1 < to ? { from: at + 1, to, offset: 0 } : null;
  }
  return null;
}

/** Words of time cut from the end of a name that ran up to "أن": "المرصد … صباح اليوم". */
function withoutTimes(list: readonly Token[], place: Place): Place | null {
  for (let at = place.from; at < place.to; at += 1) {
    const token = list[at];
    if (
      isWord(TIMES, token) &&
      token?.text !== "حينها" &&
      !(token?.text === "في" && list[place.to]?.text === ":")
    )
      return at === place.from ? null : { ...place, to: at };
  }
  const last = list[place.to - 1]?.text ?? "";
  const to = last === "،" ? place.to - 1 : place.to;
  return to > place.from ? { ...place, to } : null;
}

function speakerOfVerb(list: readonly Token[], verb: Place): Place | null {
  const that = thatAfter(list, verb.to);
  const next = list[verb.to];
  if (isStop(next) && !QUOTES.test(next?.text ?? "")) return nameBefore(list, verb.from);
  const upToThat = that === null ? null : withoutTimes(list, { from: verb.to, to: that, offset: 0 });
  if (upToThat !== null && upToThat.to - upToThat.from <= LONGEST_NAME) return upToThat;
  return nameFrom(list, verb.to);
}

/** The name after "بحسب", over "ما أفاد به". */
function speakerOfSource(list: readonly Token[], cue: Place): Place | null {
  let at = cue.to;
  const last = list[cue.to - 1]?.text ?? "";
  if (last === "ما" || list[at]?.text === "ما") {
    if (last !== "ما") at += 1;
    while (isWord(RELATIVE_VERBS, list[at])) at += 1;
  } else if (/^(?:عن|الي|ل|to)$/.test(list[at]?.text ?? "")) at += 1;
  const owned = /^(?:وفقا|طبقا)$/.test(last) && /^ل/.test(list[at]?.text ?? "");
  const place = isStop(list[at]) && !QUOTES.test(list[at]?.text ?? "") ? null : nameFrom(list, at);
  if (place === null || !owned) return place;
  return { ...place, offset: /^لل/.test(list[at]?.text ?? "") ? 0 : 1 };
}

/** The attribution that starts at a token, or null. */
export function attributionAt(list: readonly Token[], at: number): FoundAttribution | null {
  const match = phraseAt(CUES, list, at);
  if (match === null) return null;
  const { from, to, offset, value: kind } = match;
  if (kind !== "source" && isWord(NOT_SAID, list[from - 1])) return null;
  const word = list[from]?.text.slice(offset) ?? "";
  const place = { from, to, offset };
  if (kind === "source") {
    if (word === "كما" && to === from + 1) return null;
    const speaker = speakerOfSource(list, place);
    const names =
      speaker !== null ||
      list[to - 1]?.text === "ما" ||
      isWord(RELATIVE_VERBS, list[to]) ||
      list[to]?.text === "ما";
    return names ? { ...place, kind, speaker } : null;
  }
  const that = thatAfter(list, to);
  if (NEEDS_THAT.has(word) && that === null && !/^(?:اعلن|اعلنت|ذكر)$/.test(word)) return null;
  const speaker = kind === "denies" && that === null ? nameFrom(list, to) : speakerOfVerb(list, place);
  if (speaker === null && that === null) return null;
  return { ...place, kind, speaker };
}
