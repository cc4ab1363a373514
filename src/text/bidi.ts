/**
 * Right-to-left display. Telegram chooses a line's direction by its first strong character, so every line starts
 * with a right-to-left letter or mark, and left-to-right runs are isolated (UAX #9). Display only: what is stored
 * and quoted never passes through here on its way back.
 */

/** Right-to-left mark. */
export const RLM = "\u200f";
const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";
const WORD_JOINER = "\u2060";

const RTL_SCRIPTS =
  "\\p{Script=Arabic}\\p{Script=Hebrew}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}\\p{Script=Samaritan}\\p{Script=Mandaic}";
// The tatweel (U+0640) belongs to several scripts; beyond U+FFFF not every display knows the direction.
const RTL_LETTER = new RegExp(`^(?![\\u{10000}-\\u{10ffff}])(?=[${RTL_SCRIPTS}\\u0640])\\p{L}`, "u");

/** Bidi controls, zero-width and tag characters, soft hyphen, variation selectors, byte-order mark. */
const INVISIBLE =
  /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]|\p{Variation_Selector}/gu;
const LINE_BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;
const CONTROL = /(?!\n)\p{Cc}/gu;
const LONE_SURROGATE = /\p{Cs}/gu;

/**
 * The text without characters that a reader cannot see but a display obeys; line breaks of every kind become \n, a tab
 * becomes a space, and half a surrogate pair becomes U+FFFD. Everything visible stays as it is.
 */
export function cleanForDisplay(text: string): string {
  return text
    .replace(LINE_BREAK, "\n")
    .replace(/\t/g, " ")
    .replace(CONTROL, "")
    .replace(INVISIBLE, "")
    .replace(LONE_SURROGATE, "\ufffd");
}

/** Whether the text begins with a letter of a right-to-left script. */
export function startsRightToLeft(text: string): boolean {
  return RTL_LETTER.test(text);
}

/** The line with a right-to-left mark in front, unless it begins with a right-to-left letter or is empty. */
export function rightToLeftLine(line: string): string {
  return line === "" || startsRightToLeft(line) || line.startsWith(RLM) ? line : RLM + line;
}

const LTR_LETTER = `(?:(?![${RTL_SCRIPTS}\\u0640])\\p{L})`;
const RUN_CHARACTER = `(?:${LTR_LETTER}|\\p{M}|[0-9٠-٩._@:/?#&=+%'’~–-])`;
const WORD_WITH_LETTER = `[0-9._@#~/-]*${LTR_LETTER}${RUN_CHARACTER}*`;
const NUMBER_RANGE = "[0-9٠-٩]+(?:[.,:/][0-9٠-٩]+)*(?:[-–−][0-9٠-٩]+(?:[.,:/][0-9٠-٩]+)*)+";
const LTR_RUN = new RegExp(
  `${WORD_WITH_LETTER}(?: +(?:${WORD_WITH_LETTER}|[0-9]+(?![0-9٠-٩])))*|${NUMBER_RANGE}`,
  "gu",
);
const TRAILING_PUNCTUATION = /[.:?#&='’~–-]+$/u;

/**
 * The text with every left-to-right run (Latin words, addresses, ISO dates, ranges such as 5-10) between FSI and PDI,
 * so that it neither turns round nor pulls its neighbours along. For our own sentences; quotations stay untouched.
 */
export function isolateLeftToRight(text: string): string {
  return text.replace(LTR_RUN, (run) => {
    const tail = TRAILING_PUNCTUATION.exec(run)?.[0] ?? "";
    // A line may break behind an en dash (UAX #14): "9–10" would end one line and begin another.
    const core = run.slice(0, run.length - tail.length).replaceAll("–", `–${WORD_JOINER}`);
    return `${FIRST_STRONG_ISOLATE}${core}${POP_ISOLATE}${tail}`;
  });
}

/** The text without what this file adds. */
export function withoutDisplayControls(text: string): string {
  return text.replace(/[\u200e\u200f\u2060\u2066-\u2069]/g, "");
}
