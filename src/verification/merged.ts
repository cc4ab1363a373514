/** Quotations of different events do not make one event: figures keep their place and day, and no cause is invented. */
import type { DateMention } from "../text/dates/mention.ts";
import { type Span, searchKey } from "../text/normalize.ts";
import type { Quantity } from "../text/numbers/quantity.ts";
import type { Finding, VerificationSources } from "./claim.ts";
import { dateFollows, isLength, knownDays } from "./days.ts";
import { UNNAMED } from "./events/parties.ts";
import { readEvents } from "./events/read.ts";
import { findBorrowed, isAmong } from "./figure-scope.ts";
import { figureDiffers } from "./figures.ts";
import { knownPlaces } from "./places.ts";
import { overlap, type QuoteReading, quoted, type Reading } from "./reading.ts";
import { contentWords, covers, vocabularyOf } from "./words.ts";

const CAUSES =
  /(?<!\p{L})[وف]?(?:بسبب|نتيجه|جراء|ردا علي|انتقاما|ادي|ادت|مما ادي|ما ادي|تسبب|تسببت|بفعل|لان|لانه|لانها)(?!\p{L})/u;
const TIMES =
  /(?<!\p{L})[وف]?(?:بعد|بعدما|عقب|اثر|علي اثر|قبل|قبيل|خلال(?! (?:ال)?(?:[\d٠-٩]+|ساعات|ساعه|ايام|يوم|يومين|اسبوع|اسابيع|شهر|اشهر|اربع|ثلاث|بضع|فتره)(?!\p{L}))|اثناء|بالتزامن|تزامنا|عندما|حين|في \p{L}*(?:هجوم|هجمات|اشتباكات|معارك|معركه|عمليه|قصف|غارات) (?:الذي|التي))(?!\p{L})/u;
/** What a source may say where a claim says "because". */
const TOLD_CAUSES =
  /(?:بسبب|نتيجه|جراء|ردا|انتقام|ادي|ادت|تسبب|بفعل|لان|اسفر|خلف|اوقع|في قصف|في غار|في هذه|بعد|عقب|اثر|عبر|من قبل|ل[يت]تمكن|مكن|مما|وبذلك)/;
const LENGTHS = new Set(["hours", "days", "weeks", "months", "years"]);
/** "وقتل", "ثم دخلت" and "، و5" begin another statement. */
const SEGMENTS = /[،,؛;]|\s(?=و(?:ما لا يقل|اكثر|نحو|\d))|\sثم\s|\sفيما\s|\sبينما\s/u;

const AMONG =
  /^\s*(?:من )?(?:بينهم|بينها|بينهن|منهم|منها|ضمنهم)(?: (?!في |جراء|قضوا|سقطوا|قتلوا|استشهدوا)\S+){1,4}\s*$/u;
const AMONG_REACH = 40;

interface Segment {
  readonly span: Span;
}

function segmentsOf(text: string): readonly Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  for (const piece of text.split(SEGMENTS)) {
    const last = segments.at(-1);
    // "خمسة مدنيين، بينهم طفلان، في غارات": what stands between belongs to both sides.
    if (
      last !== undefined &&
      (AMONG.test(searchKey(piece)) || AMONG.test(searchKey(text.slice(...last.span)).slice(-AMONG_REACH)))
    ) {
      segments[segments.length - 1] = { span: [last.span[0], start + piece.length] };
    } else segments.push({ span: [start, start + piece.length] });
    start = text.indexOf(piece, start) + piece.length + 1;
  }
  return segments;
}

interface Anchors {
  readonly claim: Reading;
  readonly dates: readonly DateMention[];
  readonly quotes: readonly QuoteReading[];
  readonly sources: VerificationSources;
}

function provesFigure(figure: Quantity, quote: QuoteReading, sources: VerificationSources): boolean {
  return quoted(quote.quantities, quote).some((source) => figureDiffers(figure, source, sources) === null);
}

/** Each figure with the days, places and lengths of time of its part of the claim is proven by one quotation. */
function findTornFigure({ claim, dates, quotes, sources }: Anchors): Finding {
  const segments = segmentsOf(claim.text);
  const events = readEvents(claim, dates);
  for (const figure of claim.quantities) {
    if (figure.bound === "indefinite" && figure.min === null && figure.counted === null) continue;
    const segment = segments.find(({ span }) => overlap(span, figure.span));
    if (segment === undefined || dates.some(({ span }) => overlap(span, figure.span))) continue;
    const proving = quotes.filter((quote) => provesFigure(figure, quote, sources));
    const places = claim.places.filter(({ span }) => overlap(span, segment.span));
    const days = dates.filter(({ span }) => overlap(span, segment.span));
    const lengths = claim.quantities.filter(
      (other) => other !== figure && LENGTHS.has(other.counted ?? "") && overlap(other.span, segment.span),
    );
    const doers = events
      .filter(({ cls, span }) => (cls === "shell" || cls === "attack") && overlap(span, segment.span))
      .flatMap(({ agents }) => agents.filter((id) => id !== UNNAMED));
    const whole = proving.some((quote) => {
      const named = quoted(quote.actors, quote).map(({ id }) => id);
      if (!doers.every((id) => named.includes(id))) return false;
      const known = knownPlaces(quote, sources);
      return (
        places.every(({ candidates }) => candidates.some((id) => known.has(id))) &&
        days.every((day) => knownDays(quote).some((other) => dateFollows(day, other))) &&
        lengths.every((length) => provesFigure(length, quote, sources))
      );
    });
    if (proving.length > 0 && !whole)
      return `no single quotation has "${figure.text}" with the day and place that the claim gives it`;
  }
  return null;
}

/** Each figure keeps the place, the doer and the means that its quotation gives it and not another figure. */
function findBorrowedCircumstance({ claim, dates, quotes, sources }: Anchors): Finding {
  const segments = segmentsOf(claim.text);
  const events = readEvents(claim, dates);
  for (const figure of claim.quantities) {
    const whole = segments.find(({ span }) => overlap(span, figure.span))?.span;
    if (whole === undefined || figure.event == null) continue;
    const others = claim.quantities.filter(
      (other) => !isLength(other) && overlap(other.span, whole) && !isAmong(other, claim.text),
    );
    const next = others.find(({ span }) => span[0] > figure.span[0])?.span[0] ?? whole[1];
    const segment: Span = others.length > 1 ? [figure.span[0], next] : whole;
    const error = findBorrowed({ figure, segment }, quotes, { claim, events, sources });
    if (error !== null) return error;
  }
  return null;
}

/** The quotation that has most of the words of a side, and whether it is the only one. */
export function bestQuote(
  text: string,
  quotes: readonly QuoteReading[],
): { readonly at: number; readonly alone: boolean } {
  const words = contentWords(text, []);
  const scores = quotes.map(({ evidence }) => {
    const vocabulary = vocabularyOf([evidence.text]);
    return words.filter(({ key }) => covers(vocabulary, key)).length;
  });
  const best = Math.max(...scores);
  return { at: scores.indexOf(best), alone: scores.filter((score) => score === best).length === 1 };
}

/** Characters between two quotations of one sentence that may still be joined as it joins them. */
const NEAR = 200;

/** Words that join in the same way. */
const JOINS: readonly RegExp[] = [
  /(?<!\p{L})[وف]?(?:بعد|بعدما|عقب|اثر|علي اثر)(?!\p{L})/u,
  /(?<!\p{L})[وف]?(?:قبل|قبيل)(?!\p{L})/u,
  /(?<!\p{L})[وف]?(?:بسبب|نتيجه|جراء|بفعل|عبر|تسبب|تسببت|زاد|ادي|ادت)(?!\p{L})/u,
];

/** Whether two quotations stand close in one sentence that joins them as a claim does. */
function isToldBetween(
  link: string,
  one: QuoteReading | undefined,
  other: QuoteReading | undefined,
): boolean {
  if (one === undefined || other === undefined || one.evidence.report.id !== other.evidence.report.id)
    return false;
  const [first, second] = [one.evidence, other.evidence].sort((a, b) => a.start - b.start);
  if (first === undefined || second === undefined || second.start - first.end > NEAR) return false;
  const between = first.report.body.slice(first.end, second.start);
  const joins = JOINS.find((words) => words.test(searchKey(link)));
  const told = searchKey(`${first.text} ${between} ${second.text}`);
  return !/[.؛!?؟\n]/.test(between) && joins !== undefined && joins.test(told);
}

/** "خلال 24 ساعة": a length of time joins nothing. */
const OF_TIME =
  /^\s*(?:نحو |قرابه |اقل من |اكثر من )?(?:ال ?)?(?:[\d٠-٩]+|ساعات|ساعه|ساعتين|يوم|يومين|ايام|ليله|اسبوع|اسبوعين|اشهر|شهر|عام|عامين|سنوات|سنه|فتره|(?:اربع|ثلاث|خمس|ست|سبع|ثماني|تسع|عشر|اثنتين|اثنين|عشرين)\p{L}*)(?!\p{L})/u;

function timeLink(key: string): RegExpExecArray | null {
  const links = [...key.matchAll(new RegExp(TIMES.source, "gu"))];
  return links.find(({ index, 0: word }) => !OF_TIME.test(key.slice(index + word.length))) ?? null;
}

function findInventedLink(claim: Reading, quotes: readonly QuoteReading[]): Finding {
  const key = searchKey(claim.text);
  const cause = CAUSES.exec(key);
  const told = quotes.map(({ evidence }) => searchKey(evidence.text));
  if (cause !== null && !told.some((text) => TOLD_CAUSES.test(text)))
    return `no quotation tells a cause ("${cause[0]}")`;
  const link = cause ?? timeLink(key);
  if (link === null || quotes.length < 2) return null;
  const after = key.slice(link.index + link[0].length);
  // "بعد طرد القوات من المدينة سيطرت …": the second deed begins the other side.
  const deeds =
    link.index > 2 ? [] : readEvents(claim, []).filter(({ span }) => span[0] > link.index + link[0].length);
  // "بعد خسارته 40 قتيلاً في كمائن المدينة، انسحب …": a comma parts the two sides.
  const comma = link.index > 2 ? -1 : key.search(/[،,]/u);
  const [deed, next] = deeds;
  const apart =
    deed !== undefined && contentWords(key.slice(link.index + link[0].length, deed.span[0]), []).length > 0;
  const second = comma > 0 ? comma : (apart ? deed : next)?.span[0];
  const [left, right] =
    second === undefined
      ? [key.slice(0, link.index), after]
      : [key.slice(link.index + link[0].length, second), key.slice(second)];
  const [one, other] = [bestQuote(left, quotes), bestQuote(right, quotes)];
  if (contentWords(left, []).length === 0 || contentWords(right, []).length === 0) return null;
  if (one.at === other.at || !one.alone || !other.alone) return null;
  if (isToldBetween(link[0], quotes[one.at], quotes[other.at])) return null;
  return `"${link[0]}" joins what stands in two quotations, and neither tells that they belong together`;
}

/** The rule of merged events; it concerns claims with more than one quotation, and invented causes. */
export function checkMerged(anchors: Anchors): Finding {
  const torn = anchors.quotes.length > 1 ? findTornFigure(anchors) : null;
  return torn ?? findBorrowedCircumstance(anchors) ?? findInventedLink(anchors.claim, anchors.quotes);
}
