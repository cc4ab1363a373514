/** What came first: a claim does not turn "بعد" of its quotations into "قبل". */
import { splitSentences } from "../text/clauses.ts";
import type { Day } from "../text/day.ts";
import { searchKey } from "../text/normalize.ts";
import type { Finding } from "./claim.ts";
import { quotedDates } from "./days.ts";
import { bestQuote } from "./merged.ts";
import type { QuoteReading, Reading } from "./reading.ts";
import { contentWords, covers, vocabularyOf } from "./words.ts";

/** Two parts of a sentence of which one is told as the earlier. */
interface Order {
  readonly marker: string;
  readonly earlier: string;
  readonly later: string;
}

/** What stands before these comes later than what follows them ("سيطرت … بعد …"), or earlier ("… قبل …"). */
const MARKERS: readonly (readonly [follows: "earlier" | "later", pattern: RegExp])[] = [
  [
    "earlier",
    /(?<!\p{L})[وف]?(?:(?<!(?:في ما|فيما) )بعد(?! (?:ذلك|ظهر|عصر|منتصف|الظهر|العصر|اليوم)| (?:[\d٠-٩]+ )?(?:يوم|يومين|ايام|ساعات|ساعه|ساعتين|اسبوع|اسبوعين|اسابيع|شهر|شهرين|اشهر|عام|عامين|سنه|سنتين|سنوات)(?! من))(?:ما| ان| مرور)?|بعيد|عقب|اثر|علي اثر|في اعقاب)(?!\p{L})/u,
  ],
  ["earlier", /(?<!\p{L})(?:الذي|التي) (?:اعقب|اعقبت|تلا|تلت|تبع|تبعت)(?!\p{L})/u],
  ["later", /(?<!\p{L})[وف]?(?<!من |من )(?:قبل(?! (?:ذلك|ظهر|الظهر|قوات|منتصف))(?: ان)?|قبيل)(?!\p{L})/u],
  ["later", /(?<!\p{L})(?:الذي|التي) (?:سبق|سبقت)(?!\p{L})/u],
  [
    "later",
    /(?<!\p{L})(?:ثم|ومن ثم|وبعد ذلك|بعد ذلك|وبعدها|بعدها|ولاحقا|لاحقا|تلاه|تلاها|وتلاه|وتلاها|اعقبه|اعقبها|واعقبه|واعقبها|اعقبته|اعقبتها|ليعقبه|ليعقبها)(?!\p{L})/u,
  ],
  [
    "earlier",
    /(?<!\p{L})(?:ومن قبلها|ومن قبله|ومن قبلهم|من قبل ذلك|سبقه|سبقها|سبقته|سبقتها|وسبقه|وسبقها|وسبق ذلك|سبق ذلك|وقبل ذلك|وقبلها)(?!\p{L})/u,
  ],
];
const TIME_BEFORE = /(?:ايام|اسابيع|فتره|ساعات|ليله|اشهر|سنوات|مده|يوم)\s*$/u;
const BY = /(?<!\p{L})من\s+$/u;
/** "أعقب تجددَ الاشتباكات هدوءٌ": the object stands first where its ending is written. */
const FOLLOWED = /(?<!\p{L})(أعقبت?|تلتْ?|تلا)\s+(\p{L}+\u064e)\s/u;
const SUBJECT_ENDING = /\p{L}[\u064c]/u;

function ordersIn(text: string): readonly Order[] {
  return splitSentences(text).flatMap(([start, end]) => {
    const sentence = text.slice(start, end);
    return [...ordersOf(searchKey(sentence)), ...orderOfEndings(sentence)];
  });
}

/** Each word of order in a normalised sentence, with what stands before and behind it. */
function ordersOf(sentence: string): readonly Order[] {
  return MARKERS.flatMap(([follows, pattern]) =>
    [...sentence.matchAll(new RegExp(pattern, "gu"))].flatMap((match): Order[] => {
      const [marker] = match;
      const before = sentence.slice(0, match.index);
      if (follows === "later" && /قبل/.test(marker) && BY.test(before)) return [];
      const [first, second] = sidesOf(before, sentence.slice(match.index + marker.length));
      if (first === "" || second === "") return [];
      // "خلال الأيام التي سبقت الهجوم، أدخل …": all that is told around it was before.
      if (/سبق/.test(marker) && TIME_BEFORE.test(before)) {
        const rest = sentence.slice(match.index + marker.length + second.length);
        return [{ marker, earlier: `${first} ${rest}`, later: second }];
      }
      return [
        follows === "earlier"
          ? { marker, earlier: second, later: first }
          : { marker, earlier: first, later: second },
      ];
    }),
  );
}

/** What a word of order joins: the text before it and the one behind; at the head of a sentence the two parts behind it. */
function sidesOf(before: string, behind: string): readonly [string, string] {
  if (contentWords(before, []).length > 0) return [before, untilMark(behind)];
  const comma = behind.search(/[،,]/u);
  return comma < 0 ? ["", ""] : [behind.slice(comma + 1), behind.slice(0, comma)];
}

function untilMark(text: string): string {
  const stop = text.search(/[،,؛]\s|(?<!\p{L})(?:فيما|بينما|في حين)(?!\p{L})/u);
  return stop <= 0 ? text : text.slice(0, stop);
}

function orderOfEndings(sentence: string): readonly Order[] {
  const match = FOLLOWED.exec(sentence);
  if (match === null) return [];
  const behind = sentence.slice(match.index + (match[1] ?? "").length);
  const words = behind.split(/(?<=\s)/u);
  const subject = words.findIndex((word) => SUBJECT_ENDING.test(word));
  if (subject < 1) return [];
  return [
    {
      marker: match[1] ?? "",
      earlier: searchKey(words.slice(0, subject).join("")),
      later: searchKey(words.slice(subject).join("")),
    },
  ];
}

type Count = (one: string, other: string) => number;

/** Words of parties' names that both sides of an order have: they tell nothing of it. */
function wordsInBoth(claim: Order, source: Order, names: ReadonlySet<string>): ReadonlySet<string> {
  const both = [claim, source].flatMap(({ earlier, later }) =>
    [...names].filter((name) => earlier.includes(name) && later.includes(name)),
  );
  return new Set(both);
}

/** How many content words of a part another part has, some left out. */
function sharing(names: ReadonlySet<string>): Count {
  return (one, other) => {
    const vocabulary = vocabularyOf([other]);
    const words = contentWords(one, []).map(({ key }) => key);
    return new Set(words.filter((key) => !names.has(key) && covers(vocabulary, key))).size;
  };
}

/** So many more words must stand crosswise than straight, where both are there. */
const CLEARLY = 2;

/** How far a source's order is that of a claim (above 0), or the reverse (below 0); 0 where it tells of other things. */
function agreement(claim: Order, source: Order, names: ReadonlySet<string>): number {
  const shared = sharing(wordsInBoth(claim, source, names));
  const [first, last] = [shared(claim.earlier, source.earlier), shared(claim.later, source.later)];
  const [turnedFirst, turnedLast] = [
    shared(claim.earlier, source.later),
    shared(claim.later, source.earlier),
  ];
  const straight = first > 0 && last > 0 ? first + last : 0;
  const turned = turnedFirst > 0 && turnedLast > 0 ? turnedFirst + turnedLast : 0;
  return straight > 0 && turned - straight < CLEARLY ? straight : straight - turned;
}

function wordsOfNames(readings: readonly Reading[]): ReadonlySet<string> {
  const names = readings.flatMap(({ actors }) => actors.map(({ text }) => searchKey(text)));
  return new Set(names.flatMap((name) => name.match(/\p{L}+/gu) ?? []));
}

/** Where days are given, they say what came first. */
const DATED = /[\d٠-٩]|(?<!\p{L})\p{L}?(?:السبت|الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|صباح|مساء)/u;

/** The one day that a quotation names, or null. */
function dayTold(quote: QuoteReading | undefined): Day | null {
  const days =
    quote === undefined ? [] : quotedDates(quote).filter(({ start, end }) => start !== null && start === end);
  return days.length === 1 ? (days[0]?.start ?? null) : null;
}

/** A report tells in order: "ثم" may not lead from its later words back to its earlier ones. */
function findTurnedQuotes({ marker, earlier, later }: Order, quotes: readonly QuoteReading[]): Finding {
  if (!/ثم|بعده|لاحق|تلا|اعقب/.test(marker) || quotes.length < 2) return null;
  if (DATED.test(earlier) && DATED.test(later)) return null;
  const [first, second] = [bestQuote(earlier, quotes), bestQuote(later, quotes)];
  const [one, other] = [quotes[first.at]?.evidence, quotes[second.at]?.evidence];
  if (one === undefined || other === undefined || !first.alone || !second.alone) return null;
  const [day, next] = [dayTold(quotes[first.at]), dayTold(quotes[second.at])];
  if (day !== null && next !== null && day !== next)
    return day < next ? null : `"${marker.trim()}" leads from ${day} back to ${next}`;
  if (one.report.id !== other.report.id || one.start <= other.start) return null;
  return `"${marker.trim()}" leads back to what the report tells before`;
}

/** The rule of order: where quotations tell which of two things came first, a claim does not turn it. `apart` are the quotations one by one,
 * `quotes` with those side by side as one. */
export function checkOrder(
  claim: Reading,
  { quotes, apart }: { readonly quotes: readonly QuoteReading[]; readonly apart: readonly QuoteReading[] },
): Finding {
  const told = quotes.flatMap((quote) => ordersIn(quote.evidence.text));
  const names = wordsOfNames([claim, ...quotes]);
  for (const said of ordersIn(claim.text)) {
    const scores = told.map((source) => agreement(said, source, names));
    const turned = scores.some((score) => score < 0) ? null : findTurnedQuotes(said, apart);
    if (turned !== null) return turned;
    if (scores.some((score) => score > 0) || !scores.some((score) => score < 0)) continue;
    const source = told[scores.findIndex((score) => score < 0)];
    return `"${said.marker.trim()}" turns the order of "${source?.marker.trim()}" in the quotation`;
  }
  return null;
}
