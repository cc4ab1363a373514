/** Ways in which people write Arabic otherwise than reports do: each changes a question, the same way in every run. */
import { searchKey } from "../text/normalize.ts";
import { seededRandom, seedOf } from "./bootstrap.ts";

export interface Noise {
  readonly name: string;
  /** One line without a full stop. */
  readonly summary: string;
  /** The text as written under this noise; unchanged where it holds nothing that the noise touches. */
  apply(text: string, random: () => number): string;
}

const WORD = /[\p{L}\p{M}]+/gu;
const LONG_WORD = 6;
const LETTERS_KEPT_WITHOUT_ARTICLE = 3;

const pick = <Item>(items: readonly Item[], random: () => number): Item | undefined =>
  items[Math.floor(random() * items.length)];

const ALEFS = ["ا", "أ", "إ", "آ"];

/** Each alef that may carry a hamza, with another seat; hamza on waw and ya without it. */
function hamzaSeats(text: string, random: () => number): string {
  return text
    .replace(/(?<![\p{L}\p{M}])(?:ا(?!ل)|[أإآ])|[أإآ]/gu, (alef) => {
      const others = ALEFS.filter((other) => other !== alef);
      return pick(others, random) ?? alef;
    })
    .replace(/ؤ/g, "و")
    .replace(/ئ/g, "ي");
}

/** Characters at the end of a word, exchanged for each other. */
function swapFinal(first: string, second: string): Noise["apply"] {
  const pattern = new RegExp(`(?<=\\p{L})[${first}${second}](?!\\p{L})`, "gu");
  return (text) => text.replace(pattern, (letter) => (letter === first ? second : first));
}

function withoutArticle(text: string): string {
  return text.replace(WORD, (word) =>
    word.startsWith("ال") && word.length >= 2 + LETTERS_KEPT_WITHOUT_ARTICLE ? word.slice(2) : word,
  );
}

const ARABIC_INDIC_ZERO = 0x660;

function otherDigits(text: string): string {
  return text.replace(/[0-9٠-٩]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return code >= ARABIC_INDIC_ZERO
      ? String(code - ARABIC_INDIC_ZERO)
      : String.fromCharCode(ARABIC_INDIC_ZERO + Number(digit));
  });
}

/** Month names of Syria and of Egypt, month by month. */
const MONTHS: readonly (readonly [levantine: string, gregorian: string])[] = [
  ["كانون الثاني", "يناير"],
  ["شباط", "فبراير"],
  ["آذار", "مارس"],
  ["نيسان", "أبريل"],
  ["أيار", "مايو"],
  ["حزيران", "يونيو"],
  ["تموز", "يوليو"],
  ["آب", "أغسطس"],
  ["أيلول", "سبتمبر"],
  ["تشرين الأول", "أكتوبر"],
  ["تشرين الثاني", "نوفمبر"],
  ["كانون الأول", "ديسمبر"],
];
/** Names that are words of other meanings too ("father", "practised"): months only beside a number or "month". */
const AMBIGUOUS = new Set(["آب", "مارس"]);

const OTHER_MONTH = new Map(
  MONTHS.flatMap(([levantine, gregorian]) => [
    [searchKey(levantine), gregorian] as const,
    [searchKey(gregorian), levantine] as const,
  ]),
);

/** A name in any spelling of its alefs and its last letter. */
function spellings(name: string): string {
  const spelled = name
    .replace(/[اأإآ]/g, "[اأإآ]")
    .replace(/[يى]/g, "[يى]")
    .replace(/ /g, "\\s+");
  const beside = `(?:(?<=(?:[0-9٠-٩]|شهر)\\s+)${spelled}|${spelled}(?=\\s+[0-9٠-٩]))`;
  return AMBIGUOUS.has(name) ? beside : spelled;
}

const MONTH = new RegExp(
  `(?<![\\p{L}\\p{M}])([وبلف]?)(${MONTHS.flat().map(spellings).join("|")})(?![\\p{L}\\p{M}])`,
  "gu",
);

function otherMonths(text: string): string {
  return text.replace(MONTH, (whole: string, prefix: string, name: string) => {
    const other = OTHER_MONTH.get(searchKey(name));
    return other === undefined ? whole : prefix + other;
  });
}

function loseLetter(text: string, random: () => number): string {
  const long = [...text.matchAll(WORD)].filter(([word]) => word.length >= LONG_WORD);
  const chosen = pick(long, random);
  if (chosen === undefined) return text;
  const [word] = chosen;
  const lost = chosen.index + 1 + Math.floor(random() * (word.length - 2));
  return text.slice(0, lost) + text.slice(lost + 1);
}

const LEVANTINE = new Map(
  Object.entries({
    ماذا: "شو",
    بماذا: "بشو",
    لماذا: "ليش",
    متى: "إيمتى",
    أين: "وين",
    كم: "قديش",
    لمن: "لمين",
    الذي: "اللي",
    التي: "اللي",
    الذين: "اللي",
    حدث: "صار",
    حصل: "صار",
    جرى: "صار",
    حدثت: "صارت",
    حصلت: "صارت",
    جرت: "صارت",
    هذا: "هاد",
    هذه: "هاي",
    الآن: "هلق",
  }).map(([word, spoken]) => [searchKey(word), spoken]),
);
/** Words that ask only at the head of a sentence. */
const LEVANTINE_HEAD = new Map(Object.entries({ من: "مين", ما: "شو" }));
const HEAD_ASKS_OTHERWISE = /^\s*من\s+(?:أين|اين)/;

function spokenQuestion(text: string): string {
  let first = true;
  const spoken = text.replace(/^(\s*)هل\s+/, "$1").replace(/إلى أين|الى اين/g, "لوين");
  return spoken.replace(WORD, (word) => {
    const atHead = first && !HEAD_ASKS_OTHERWISE.test(text);
    first = false;
    return (atHead ? LEVANTINE_HEAD.get(word) : undefined) ?? LEVANTINE.get(searchKey(word)) ?? word;
  });
}

export const NOISES: readonly Noise[] = [
  { name: "hamza", summary: "other seats of the hamza, or none", apply: hamzaSeats },
  { name: "ta-marbuta", summary: "ة and ه exchanged at the ends of words", apply: swapFinal("ة", "ه") },
  { name: "alef-maqsura", summary: "ى and ي exchanged at the ends of words", apply: swapFinal("ى", "ي") },
  { name: "article", summary: "ال dropped from every word", apply: withoutArticle },
  { name: "digits", summary: "Arabic-Indic digits for Western ones, and back", apply: otherDigits },
  { name: "months", summary: "months named in the other system", apply: otherMonths },
  { name: "lost-letter", summary: "one inner letter of a word of six or more lost", apply: loseLetter },
  { name: "levantine", summary: "question words as spoken in Syria", apply: spokenQuestion },
];

/** A text under a noise. The same text, noise and seed give the same result. */
export function noisy(text: string, noise: Noise, seed: number): string {
  return noise.apply(text, seededRandom(seed ^ seedOf(`${noise.name}\n${text}`)));
}
