import type { Token } from "./lex.ts";
import { isOneOf } from "./lex.ts";
import type { Bound } from "./quantity.ts";
import { wordSet } from "./vocabulary.ts";

/** A bound with the range of the normalised text that its words take. */
export interface BoundCue {
  readonly bound: Bound;
  readonly start: number;
  readonly end: number;
}

const WINDOW = 80;
/** "لا يتجاوز عددهم 100", "تجاوز عدد القتلى المدنيين 100". */
const THEIR_NUMBER = "(?: (?:عدد|حصيل|خساير|قتلي|ضحايا)\\p{L}*(?: \\p{L}+){0,6}?)?";
const TAIL = "(?: ال)? ?$";
/** "لا يقل عدد من قتلوا من المدنيين والمقاتلين في المدينة عن 122": the number's noun with all that belongs to it. */
const FAR_WINDOW = 130;
const WHOSE = "(?:عدد|حصيله|مجموع|اجمالي|خساير|خسائر|قتلي|ضحايا|جرحي)\\p{L}*(?: \\p{L}+){1,16}?";
const FAR: readonly (readonly [Bound, RegExp])[] = [
  [
    "at_least",
    new RegExp(`(?<![\\p{L}\\p{M}])((?:ما |بما |مما )?(?:لا|لم) [يت]قل ${WHOSE} عن)(?: ال)? ?$`, "u"),
  ],
  [
    "at_most",
    new RegExp(
      `(?<![\\p{L}\\p{M}])((?:لا|لم|لن) [يت](?:زيد|زد|تجاوز) ${WHOSE}(?: عن| علي)?)(?: ال)? ?$`,
      "u",
    ),
  ],
  [
    "more_than",
    new RegExp(`(?<![\\p{L}\\p{M}])([يت]زيد ${WHOSE} (?:عن|علي)|زادت? ${WHOSE} (?:عن|علي))(?: ال)? ?$`, "u"),
  ],
];
const HEAD = "(?<![\\p{L}\\p{M}])(?:[وف]?[بلك]?)";

function leftCue(words: string): RegExp {
  return new RegExp(`${HEAD}(${words})${TAIL}`, "u");
}

/** Words before a figure, normalised; the first that fits wins, so the longer and negated forms come first. */
const BEFORE: readonly (readonly [Bound, RegExp])[] = [
  [
    "at_least",
    leftCue(`(?:ما |بما |مما )?(?:لا|لم) ?[يت]قل(?:ون)?${THEIR_NUMBER} عن|مالا ?يقل عن|(?:لا|ليس) اقل من`),
  ],
  [
    "at_least",
    leftCue(
      "علي الاقل|علي اقل تقدير|في اقل تقدير|كحد ادني|بحد ادني|حد ادني|at least|no fewer than|no less than|not less than|minimum of",
    ),
  ],
  [
    "at_most",
    leftCue(`(?:ما ?)?(?:لا|لم|لن) ?[يت](?:تجاوز|تعدي|تعد|زيد|زد|فوق)${THEIR_NUMBER}(?: عن| علي)?`),
  ],
  [
    "at_most",
    leftCue(
      "لا اكثر من|ليس اكثر من|كحد اقصي|بحد اقصي|علي الاكثر|حد اقصي|at most|up to|no more than|not more than",
    ),
  ],
  [
    "more_than",
    leftCue(
      `(?:اكثر|ازيد|اكتر) من|(?:ما ?|مما )?[يت]زيد${THEIR_NUMBER} (?:عن|علي)|زادت?${THEIR_NUMBER} (?:عن|علي)`,
    ),
  ],
  [
    "more_than",
    leftCue(`(?:ما ?)?[يت]?(?:فوق|تجاوز|تخطي|ربو علي)${THEIR_NUMBER}|(?:فاق|تجاوز|تخط)ت?${THEIR_NUMBER}`),
  ],
  ["more_than", leftCue("more than|over|above|exceeding|exceeded")],
  ["less_than", leftCue(`اقل من|ما دون|دون|[يت]قل${THEIR_NUMBER} عن|less than|fewer than|under|below`)],
  ["about", leftCue(`(?:ما ?|مما )?[يت](?:قارب|ناهز|قرب من)${THEIR_NUMBER}|(?:قارب|ناهز)ت?${THEIR_NUMBER}`)],
  ["about", leftCue("نحو|نحوا من|حوالي|حوالين|قرابه|زهاء|قريب من|في حدود|حدود|تقريبا|ما يعادل|شي")],
  ["about", leftCue("about|around|some|nearly|almost|approximately|roughly|an estimated|close to")],
];

const AFTER: readonly (readonly [Bound, RegExp])[] = [
  [
    "at_least",
    /^ ?،? ?(?:(?:علي|في) الاقل|بالاقل|علي اقل تقدير|في اقل تقدير|عالاقل|كحد ادني|بحد ادني|ك حد ادني|فاكثر|فما فوق|وما فوق|او اكثر|or more|at least)(?!\p{L})/u,
  ],
  [
    "at_most",
    /^ ?،? ?(?:علي الاكثر|علي ابعد تقدير|كحد اقصي|بحد اقصي|فاقل|او اقل|لا اكثر|at most|or less|or fewer)(?!\p{L})/u,
  ],
  ["more_than", /^ ?(?:و ?نيف|و ?اكثر)(?!\p{L})/u],
  ["about", /^ ?،? ?(?:تقريبا|علي وجه التقريب|بالتقريب|approximately)(?!\p{L})/u],
];

/** The bound that ends right before `at` in the normalised text; of two ("ما لا يقل عن نحو 50") the outer wins. */
export function boundBefore(text: string, at: number): BoundCue | null {
  const inner = cueBefore(text, at);
  if (inner === null) return null;
  const outer = inner.bound === "about" ? cueBefore(text, inner.start) : null;
  return outer ?? inner;
}

function cueBefore(text: string, at: number): BoundCue | null {
  const from = Math.max(0, at - WINDOW);
  const window = text.slice(from, at).replaceAll("\n", "¶");
  for (const [bound, pattern] of BEFORE) {
    const match = pattern.exec(window);
    if (match === null) continue;
    const words = match[1] ?? "";
    const start = from + match.index + match[0].indexOf(words);
    return { bound, start, end: at };
  }
  return farBefore(text, at);
}

function farBefore(text: string, at: number): BoundCue | null {
  const from = Math.max(0, at - FAR_WINDOW);
  const window = text.slice(from, at).replaceAll("\n", "¶");
  for (const [bound, pattern] of FAR) {
    const match = pattern.exec(window);
    if (match !== null) return { bound, start: from + match.index, end: at };
  }
  return null;
}

const FARTHEST_BOUND = 7;
const STOPS_BOUND = wordSet("و في حيث فيما بينما كما بينهم منهم هم على إلى عدد");

/**
 * The bound that follows a figure, right after it ("122 على الأقل") or a few words later, after the noun and who
 * they are ("46 عنصراً على الأقل", "46 عنصراً من التنظيم على الأقل"). `to`: first token after the figure.
 */
export function boundAfter(text: string, tokens: readonly Token[], to: number): BoundCue | null {
  for (let at = to; at < Math.min(tokens.length, to + FARTHEST_BOUND); at += 1) {
    const position = tokens[at - 1]?.end ?? 0;
    const window = text.slice(position, position + WINDOW).replaceAll("\n", "¶");
    for (const [bound, pattern] of AFTER) {
      const match = pattern.exec(window);
      if (match !== null) return { bound, start: position, end: position + match[0].length };
    }
    const token = tokens[at];
    if (token?.kind !== "word" || isOneOf(STOPS_BOUND, token.text)) return null;
  }
  return null;
}
