/** Words that announce a place, and fixed phrases in which a place name is no place. */

import type { PlaceKind } from "./place.ts";
import { nameKey, readings, type Word } from "./words.ts";

export interface Head {
  /** Kinds that the word announces, the likeliest first; empty: any. */
  readonly kinds: readonly PlaceKind[];
  /** Whether a list of names is to be expected. */
  readonly plural: boolean;
}

const SETTLEMENT: readonly PlaceKind[] = ["village", "town", "city"];
const HEAD_WORDS: readonly (readonly [words: string, kinds: readonly PlaceKind[], plural: boolean])[] = [
  ["حي حيّ حارة ضاحية الحي", ["quarter", "area", "landmark"], false],
  ["أحياء حيي حيا حارات ضواحي", ["quarter", "area", "landmark"], true],
  ["قرية مزرعة", ["village", "town", "area"], false],
  ["قرى قريتي قريتا مزارع", ["village", "town", "area"], true],
  ["بلدة", ["town", ...SETTLEMENT], false],
  ["بلدات بلدتي بلدتا", ["town", ...SETTLEMENT], true],
  ["مدينة", ["city", "town"], false],
  ["مدن مدينتي مدينتا", ["city", "town"], true],
  ["ناحية", ["subdistrict", ...SETTLEMENT], false],
  ["قضاء", ["district"], false],
  ["محافظة", ["governorate"], false],
  ["محافظات محافظتي محافظتا", ["governorate"], true],
  ["ريف بادية أرياف", ["governorate", "area", "city"], false],
  ["ريفي", ["governorate", "area", "city"], true],
  ["منطقة", [], false],
  ["مناطق منطقتي منطقتا نواحي محاور جبهات جبهتي", [], true],
  ["جبل تلة تل هضبة", ["landmark", "village", "town"], false],
  ["جبال تلال", ["landmark", "area"], true],
  ["مطار قاعدة حقل حقول معمل محطة جسر معبر سد لواء فوج كتيبة ثكنة مدرسة جامعة سجن", ["landmark"], false],
  ["مشفى مستشفى دوار شارع ساحة سوق مفرق طريق مدخل حاجز مخيم جمعية مسجد جامع", ["landmark", "quarter"], false],
  ["محيط أطراف قرب محور جبهة جوار تخوم مشارف", [], false],
];

/** English and Arabizi words that stand before a place. */
const LATIN_HEADS: readonly (readonly [words: string, kinds: readonly PlaceKind[]])[] = [
  ["hay 7ay hayy district neighborhood neighbourhood quarter", ["quarter", "area", "landmark"]],
  ["city madinat", ["city", "town"]],
  ["village town", ["village", "town"]],
  ["governorate province", ["governorate"]],
  ["in at of near from to bi bil bel fi", []],
];

const HEADS = new Map<string, Head>();
for (const [words, kinds, plural] of HEAD_WORDS)
  for (const word of words.split(" ")) HEADS.set(nameKey(word), { kinds, plural });
for (const [words, kinds] of LATIN_HEADS)
  for (const word of words.split(" ")) HEADS.set(nameKey(word), { kinds, plural: false });

const LATIN_PREPOSITIONS = new Set("in at of near from to bi bil bel fi b bl as an en".split(" "));
const PREPOSITIONS = new Set(
  "في من الي علي قرب عند باتجاه نحو داخل وسط شرق غرب شمال جنوب شرقي غربي شمالي جنوبي فى ع عن حول".split(" "),
);

/** The head word that a word is, with or without clitics ("وبمحيط"), or null. */
export function headOf(word: Word | undefined): Head | null {
  if (!word) return null;
  const short = word.raw.length === 3 && "وفبلك".includes(word.raw.charAt(0));
  if (short) return HEADS.get(word.raw.slice(1)) ?? HEADS.get(word.key) ?? null;
  for (const { key, article, clitic } of readings(word)) {
    const head = HEADS.get(key);
    if (head && !(article && clitic !== "" && head.kinds.length === 0)) return head;
  }
  return null;
}

/** The English or Arabizi word for a kind of place that follows a name ("al-Ummal neighbourhood"), or null. */
export function headAfterLatin(word: Word | undefined): Head | null {
  if (!word?.latin) return null;
  const head = HEADS.get(word.key);
  return head && head.kinds.length > 0 ? head : null;
}

/** Whether a word is a preposition of place. */
export function isPreposition(word: Word | undefined): boolean {
  if (!word) return false;
  if (word.latin) return LATIN_PREPOSITIONS.has(word.raw);
  return PREPOSITIONS.has(word.raw) || (word.raw.startsWith("و") && PREPOSITIONS.has(word.raw.slice(1)));
}

const BATTLES =
  /^[وفبلك]{0,2}(?:ال)?(?:معارك|معركه|اشتباكات|اشتباك|قصف|غارات|غاره|احداث|جبهات|اقتحام|تحرير|حصار|سيطره|هجوم|مجزره|مجازر)$/;

/** Whether a word tells of fighting, which before a list of names makes places of them ("معارك العمال والعرفي"). */
export function isBattle(word: Word | undefined): boolean {
  return word !== undefined && BATTLES.test(word.raw);
}

/** Phrases in which a place name belongs to an organisation, an operation or a title. */
const PHRASES = [
  "قوات سوريا الديمقراطية",
  "سوريا الديمقراطية",
  "قوات سورية الديمقراطية",
  "فرات بوست",
  "عاصفة الجزيرة",
  "درع الفرات",
  "غضب الفرات",
  "عين الفرات",
  "قناة الجزيرة",
  "قناة حلب",
  "تلفزيون سوريا",
  "دير الزور 24",
  "ديرالزور 24",
  "مجلس دير الزور العسكري",
  "مجلس منبج العسكري",
  "مجلس دير الزور المدني",
  "جبهة تحرير سوريا",
  "حماة الديار",
  "جامعة الفرات",
  "ميادين القتال",
  "ميادين المعركة",
  "ميادين المعارك",
];
const PHRASES_BY_FIRST = new Map<string, string[][]>();
for (const phrase of PHRASES) {
  const keys = phrase.split(" ").map(nameKey);
  const first = keys[0] ?? "";
  PHRASES_BY_FIRST.set(first, [...(PHRASES_BY_FIRST.get(first) ?? []), keys]);
}

/** Phrases that may begin at a word, under up to four letters of clitics and article. */
function phrasesAt(word: Word): readonly string[][] {
  for (let cut = 0; cut <= 4 && cut < word.raw.length; cut += 1) {
    const phrases = PHRASES_BY_FIRST.get(word.raw.slice(cut));
    if (phrases) return phrases;
  }
  return [];
}

/** For every word whether it belongs to a phrase that is no place. */
export function maskPhrases(words: readonly Word[]): boolean[] {
  const masked = new Array<boolean>(words.length).fill(false);
  words.forEach((word, index) => {
    for (const phrase of phrasesAt(word)) {
      const fits = phrase.every((part, offset) => offset === 0 || words[index + offset]?.key === part);
      if (fits) masked.fill(true, index, index + phrase.length);
    }
  });
  return masked;
}
