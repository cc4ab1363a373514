/** What is left of a claim when figures, days, places and parties are taken out stands in its quotations too. */
import type { Span } from "../text/normalize.ts";
import type { Finding } from "./claim.ts";
import { isLength } from "./days.ts";
import { deniedWords } from "./denial.ts";
import { isFrame } from "./lexicon/concepts.ts";
import type { QuoteReading, Reading } from "./reading.ts";
import { wordClass } from "./word-class.ts";
import {
  type ContentWord,
  contentWords,
  contradicts,
  covers,
  isUnlisted,
  opposes,
  saysLittle,
  vocabularyOf,
} from "./words.ts";

/** A claim fails when this share of its content words, and two at least, stands in no quotation; measured, see docs/verification.md. */
export const MAX_MISSING = 0.5;
const MIN_MISSING = 2;

const NATIONALITY = /^\s+(?:ال)?(?:سوري|روسي|امريكي|أمريكي)(?:ة|ه)?(?!\p{L})/u;
/** "الطيران الروسي والسوري": the state's own beside another one. */
const AND_SYRIAN = /^(?:\s+ال(?:حربي|عسكري)(?:ة|ه)?)?\s+وال?سوري(?:ة|ه)?(?!\p{L})/u;
const STATE = "regime-forces";

/** "طيران النظام السوري": the nationality that follows a party's name belongs to it. */
function withNationality(text: string, [start, end]: Span): Span {
  return [start, end + (NATIONALITY.exec(text.slice(end))?.[0].length ?? 0)];
}

/** The words for the state's own that stand beside another party, where the quotations name the state. */
function besideOthers(claim: Reading, quotes: readonly QuoteReading[]): readonly Span[] {
  if (!quotes.some(({ actors }) => actors.some(({ id }) => id === STATE))) return [];
  return claim.actors.flatMap(({ span: [, end] }): Span[] => {
    const beside = AND_SYRIAN.exec(claim.text.slice(end));
    return beside === null ? [] : [[end, end + beside[0].length]];
  });
}

const LENGTH_BEFORE = /(?<!\p{L})[وف]?(?:ال)?(?:ساعات|[أا]يام|[أا]سابيع|[أا]شهر|شهور|سنوات|[أا]عوام)\s+$/u;

/** "الأيام الثلاثة": the noun of a length of time that stands before its number. */
function withNounBefore(text: string, [start, end]: Span): Span {
  return [start - (LENGTH_BEFORE.exec(text.slice(0, start))?.[0].trimStart().length ?? 0), end];
}

/** Fixed phrases that say nothing of their own words. */
const IDIOM =
  /(?<!\p{L})(?:من (?:جهة|ناحية|طرف) ثانية|من جانب ثان|على حد سواء|جنب[اً]+ إلى جنب|وجه[اً]+ لوجه|على قدم وساق|شيئ[اً]+ فشيئ[اً]+|على التوالي|بين الحين والآخر|بالدرجة الأولى|في المقام الأول|بطبيعة الحال|على أرض الواقع|على الأرض|في الوقت (?:نفسه|ذاته|عينه))(?!\p{L})/gu;

/** Spans of a claim that other rules have judged. */
export function judgedSpans(claim: Reading, dates: readonly Span[]): readonly Span[] {
  const mentions = [...claim.places, ...claim.actors, ...claim.quantities];
  const lengths = claim.quantities
    .filter(isLength)
    .map(({ span, phraseSpan }) => withNounBefore(claim.text, phraseSpan ?? span));
  const idioms = [...claim.text.matchAll(IDIOM)].map(
    ({ index, 0: words }): Span => [index, index + words.length],
  );
  return [...idioms, ...dates, ...mentions.map(({ span }) => withNationality(claim.text, span)), ...lengths];
}

function missingOf(
  claim: Reading,
  quotes: readonly QuoteReading[],
  dates: readonly Span[],
): { readonly content: readonly ContentWord[]; readonly missing: readonly ContentWord[] } {
  const judged = [...judgedSpans(claim, dates), ...besideOthers(claim, quotes)];
  const content = contentWords(claim.text, judged);
  const vocabulary = vocabularyOf(quotes.map(({ evidence }) => evidence.text));
  return { content, missing: content.filter(({ key }) => !covers(vocabulary, key)) };
}

/** Letters between a verb and the party that does it or suffers it. */
const BESIDE = 2;

/** Whether a word that no list knows tells something of its own: a noun does, a verb when it is a party's deed. */
function isDetail({ span }: ContentWord, { text, actors }: Reading): boolean {
  const kind = wordClass(text, span);
  if (kind === "masdar") return false;
  if (kind !== "verb") return true;
  return actors.some(
    (actor) =>
      (actor.span[0] >= span[1] && actor.span[0] - span[1] <= BESIDE) ||
      (actor.span[1] <= span[0] && span[0] - actor.span[1] <= BESIDE),
  );
}

/** The rule of facts: who, what, by what means and how: a word of the lexicon that no quotation has says otherwise. */
export function checkFacts(claim: Reading, quotes: readonly QuoteReading[], dates: readonly Span[]): Finding {
  const vocabulary = vocabularyOf(quotes.map(({ evidence }) => evidence.text));
  const denied = deniedWords(claim);
  const own = vocabularyOf([claim.text]);
  const { missing } = missingOf(claim, quotes, dates);
  const wrong = missing.find(
    ({ key, span }) =>
      contradicts(vocabulary, key) &&
      // "لم تتوقف" is "مستمرة"; "فك الحصار" has both of two opposites.
      !(opposes(vocabulary, key) && (denied.certainly(span) || opposes(own, key))),
  );
  return wrong === undefined ? null : `no quotation tells "${wrong.key}" or another word for it`;
}

/** The coverage rule. */
export function checkCoverage(
  claim: Reading,
  quotes: readonly QuoteReading[],
  dates: readonly Span[],
): Finding {
  const { content, missing: all } = missingOf(claim, quotes, dates);
  const missing = all.filter(({ key }) => !saysLittle(key) && !isFrame(key));
  if (content.length === 0 && claim.places.length + claim.actors.length + claim.quantities.length === 0)
    return "the claim says nothing that can be held against its quotations";
  const anchors = claim.places.length + claim.quantities.length + dates.length;
  const alone = missing.length === content.length && content.length > 0 && anchors === 0;
  const many = missing.length >= MIN_MISSING && missing.length >= content.length * MAX_MISSING;
  const invented = all.find((word) => isUnlisted(word.key) && isDetail(word, claim));
  if (!alone && !many) return invented === undefined ? null : `no quotation has "${invented.key}"`;
  const words = missing.map(({ key }) => key).join(" ");
  return `the quotations lack ${missing.length} of ${content.length} words: ${words}`;
}
