import { searchKey } from "../text/normalize.ts";
import { questionWords } from "./kind.ts";
import { ordinalOf } from "./source-request.ts";

/** How a message stands to what was said before it. */
export type FollowUp =
  /** The scope is dropped; `rest` is the question that comes with it, if any. */
  | { readonly kind: "clear"; readonly rest: string }
  /** The same question so many days later; `alone`: the message holds nothing else. */
  | { readonly kind: "shift"; readonly days: number; readonly alone: boolean }
  /** The same question about what this message names. */
  | { readonly kind: "same" }
  /** Where the last answer comes from, or who says it. */
  | { readonly kind: "provenance" }
  /** How well the last answer is supported. */
  | { readonly kind: "certainty" }
  /** The last question about the other side. */
  | { readonly kind: "other_party" }
  /** Its words point back at what was said. */
  | { readonly kind: "back" }
  | { readonly kind: "none" };

const CLEAR =
  /^(?:(?:الغاء|الغ|الغي|امسح|امسحي|انس|انسي|بلا|بدون) (?:ال)?(?:نطاق|سياق|موضوع)(?: السابق)?|(?:سوال|موضوع) (?:جديد|اخر|تاني|مختلف)|ابدا من جديد|clear(?: the)? (?:scope|context)|new question)/;
const CLEAR_PREFIX = /^[^:،,.؛\-–—\n]*[:،,.؛\-–—\n]+\s*/u;

const NEXT_DAY =
  /(?:^|\s)[وف]?(?:في |ب|عن )?(?:اليوم|يوم) (?:التالي|(?:الذي|اللي|يلي) (?:يليه|تلاه|بعده|بعد)|بعده)(?=\s|$)|(?:^|\s)[وف]?(?:بعدها|بعده|بعد ذلك) بيوم(?=\s|$)|(?:the )?(?:next|following) day|day after/;
const DAY_BEFORE =
  /(?:^|\s)[وف]?(?:في |ب|عن )?(?:اليوم|يوم) (?:السابق|(?:الذي|اللي|يلي) (?:قبله|سبقه|قبل)|قبله)(?=\s|$)|(?:^|\s)[وف]?(?:قبلها|قبله|قبل ذلك) بيوم(?=\s|$)|(?:the )?previous day|day before/;
/** Words that only carry the shift ("وماذا عن اليوم التالي؟"); "ماذا حدث" asks for events. */
const CARRIERS = new Set("و ف في ب عن ماذا شو طيب on the and about what how".split(" "));

const PROVENANCE =
  /^[وف]?(?:من|مين) (?:قال|حكي|ذكر|نقل|نشر|كتب) (?:ذلك|هذا|هذه|هيك|هالكلام|هالحكي|هالخبر|الكلام|المعلومه|ها الكلام)|^[وف]?(?:من|منين|من اين|من وين|منوين|وين) ?(?:اين|وين)? ?(?:جاء|جاءت|جات|اجا|اجت|اتي|اتت|عرفت|عرفتم|عرفتوا|لك|لكم|هذه|هذا|اخذت|جبت|جبتوا|هالمعلومه|هالخبر|هالحكي|هالرقم|هالكلام)|^[وف]?(?:ما|شو|ايش|مين) ?(?:هو|هي)? ?(?:ال)?مصدر(?:ها|ه|ك|كم)?(?: (?:هذه|هذا|ذلك|المعلومه|الخبر|الكلام|الرقم|هالخبر|هالمعلومه|هالرقم)\p{L}*)*(?: المعلومه| الخبر| الكلام| الرقم)?$|^who (?:said|says|reported) (?:that|this|so)|^where (?:does|did|is) (?:this|that|it)(?: information)?(?: come)?(?: from)?$|^what is the source/u;
const CERTAINTY =
  /^[وف]?(?:هل )?(?:هذا|هذه|ذلك|هالخبر|هالكلام|هالحكي|هالمعلومه|هالرقم|الخبر|المعلومه|الرقم|الكلام|انت|انتم)? ?(?:الخبر|الكلام|الرقم|المعلومه|المعلومات)? ?(?:هو|هي)? ?(?:موكد|موكده|صحيح|صحيحه|اكيد|اكيده|دقيق|دقيقه|متاكد|متاكدين|متاكدون|ثابت|ثابته)$|^is (?:this|that|it) (?:confirmed|true|certain|sure|reliable)|^are you sure/;
const OTHER_PARTY =
  /(?:ال)?(?:طرف|جانب|جهه|فريق) (?:ال)?(?:اخر|اخري|ثاني|تاني|تانيه|ثانيه|مقابل)(?=\s|$)|the other (?:side|party)/;
const SAME =
  /^[وف]?(?:ماذا|شو|ايش|طيب|طب|ما)? ?(?:عن|بالنسبه (?:ل|الي))(?=\s|\p{L})|^(?:and )?what about|^how about/u;

const POINTS_BACK =
  /(?:^|\s)[وفب]?(?:تلك|ذلك|هذه|هذا|هناك|فيها|فيه|منها|منه|عنها|عنه|بها|به|نفسه|نفسها|ذاته|ذاتها|ايضا|كمان|هنيك|هونيك|هديك|وقتها|حينها|يومها|ساعتها|خلالها|بعدها|قبلها|هنالك|حينذاك|انذاك)(?:\s|$)|(?:^|\s)(?:بهال|هال)\p{L}{3,}|^و(?:كم|من|متي|اين|ماذا|ما|لماذا|كيف|هل|في|شو|وين|مين|قديش|ليش|ايمتي|بعد|قبل)(?:\s|$)|^(?:and|there)\s|\s(?:there|those|that day|then)(?:\s|$)/u;

/** Words with which people go on ("طيب، وبحي العمال؟"). */
const OPENER = /^(?:(?:طيب|طب|اوكي|تمام|يعني|حسنا|جيد|ok|okay) )+/;

/** "من أين جاءت عبارة «…»": words that are given are looked up, whatever was said before. */
const QUOTED_PHRASE = /(?:عبارة|جملة|كلمة|العبارات?)\s*[«“"]/u;

const SHORT = 9;
const VERY_SHORT = 4;

function keyOf(text: string): string {
  return questionWords(text).join(" ");
}

/** Whether the words point back at what was said before ("وكم عدد الجرحى؟", "في تلك المعارك", "هناك"). */
export function pointsBack(text: string): boolean {
  return POINTS_BACK.test(keyOf(text));
}

function shiftOf(key: string): FollowUp | null {
  const next = NEXT_DAY.exec(key);
  const found = next ?? DAY_BEFORE.exec(key);
  if (found === null) return null;
  const rest = `${key.slice(0, found.index)} ${key.slice(found.index + found[0].length)}`;
  const alone = rest.split(" ").every((word) => word === "" || CARRIERS.has(word.replace(/^[وف](?=.)/, "")));
  return { kind: "shift", days: next ? 1 : -1, alone };
}

/** Reads how a message stands to the conversation by its words alone; pure. */
export function readFollowUp(text: string): FollowUp {
  const key = keyOf(text).replace(OPENER, "");
  const count = key.split(" ").length;
  if (CLEAR.test(key)) return { kind: "clear", rest: restAfterClear(text) };
  const shift = count <= SHORT ? shiftOf(key) : null;
  if (shift) return shift;
  if (count <= SHORT && PROVENANCE.test(key) && !QUOTED_PHRASE.test(text)) return { kind: "provenance" };
  if (count <= SHORT && CERTAINTY.test(key)) return { kind: "certainty" };
  if (count <= SHORT && OTHER_PARTY.test(key)) return { kind: "other_party" };
  if (count <= SHORT && SAME.test(key)) return { kind: "same" };
  if (POINTS_BACK.test(key)) return { kind: "back" };
  // "والحويقة؟", "وحي العمال؟": a name behind "and" and nothing else.
  return count <= VERY_SHORT && /^و\p{L}{2,}/u.test(key) ? { kind: "same" } : { kind: "none" };
}

function restAfterClear(text: string): string {
  const rest = text.replace(CLEAR_PREFIX, "").trim();
  return rest === text.trim() || keyOf(rest).split(" ").length < 2 ? "" : rest;
}

/** A question behind a choice that was offered. */
interface Choice {
  readonly label: string;
  readonly question: string;
}

/** The choice that a reply names: by its number or ordinal, by its label, or by words that only its label holds. */
export function pickChoice(text: string, choices: readonly Choice[]): Choice | null {
  const words = questionWords(text);
  if (words.length === 0 || words.length > SHORT) return null;
  const number = words.length <= 3 ? ordinalOf(words) : null;
  const numbered = number === null ? undefined : choices[number - 1];
  if (numbered) return numbered;
  const exact = choices.find(({ label, question }) =>
    [label, question].some((one) => searchKey(one) === searchKey(text)),
  );
  if (exact) return exact;
  const meant = words.filter((word) => !REPLY_WORDS.has(word));
  if (meant.length === 0) return null;
  const fitting = choices.filter(({ label }) => {
    const known = new Set(
      questionWords(label).flatMap((word) => [word, word.replace(/^(?:وال|بال|ال|و)/, "")]),
    );
    return meant.every((word) => known.has(word) || known.has(word.replace(/^(?:بال|ال|ب|في)/, "")));
  });
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

const REPLY_WORDS = new Set(
  "اقصد قصدي اعني يلي اللي الذي التي في تبع تقرير التقرير هو هي the one".split(" "),
);
