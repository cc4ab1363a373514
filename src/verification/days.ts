/** Every date of a claim is a day that its quotations name, or on which the cited passages happened. */
import type { EventDate } from "../passage/passage.ts";
import { readDates } from "../report/dates.ts";
import type { DateMention } from "../text/dates/mention.ts";
import { addDays, type Day, type DayInterval, dayNumber, dayOfMonth, overlaps, yearOf } from "../text/day.ts";
import { normalize, type Span, searchKey } from "../text/normalize.ts";
import type { Quantity } from "../text/numbers/quantity.ts";
import type { Finding } from "./claim.ts";
import { meaningsOf } from "./lexicon/concepts.ts";
import { overlap, type QuoteReading, type Reading } from "./reading.ts";
import { contentWords } from "./words.ts";

/** An interval longer than this, in days, does not say on which of its days something happened. */
const NARROW_DAYS = 3;
/** A time of day or a length of time, which is no date. */
const DURATION = /(?<!\p{L})(?:ال)?(?:ساعه|ساعات|ساعتين)(?!\p{L})/u;

interface KnownDay extends DayInterval {
  /** The quotation itself names it. */
  readonly quoted: boolean;
}

/** The publication day of a quotation's report: what its words of time are read from. */
function anchorOf({ evidence }: QuoteReading): Day | null {
  return evidence.report.published.end;
}

/** "منذ نحو شهرين" is compared as a figure. */
export function isLength({ counted }: Quantity): boolean {
  return counted !== null && /^(?:hours|days|weeks|months|years)$/.test(counted);
}

/** The dates of a claim. Words of time ("السبت") are read as the first cited report would read them. */
export function claimDates(claim: Reading, quotes: readonly QuoteReading[]): readonly DateMention[] {
  const anchor = quotes.map(anchorOf).find((day) => day !== null) ?? null;
  const years = quotes.flatMap((quote) =>
    knownDays(quote).flatMap(({ end }) => (end === null ? [] : [yearOf(end)])),
  );
  const mentions = readDates(claim.text, anchor, [...new Set(years)]);
  return [...mentions, ...daysOfSameMonth(claim.text, mentions)]
    .map((mention) => followingDay(mention, mentions))
    .map((mention) => withYearBefore(mention, mentions))
    .map((mention) => withoutSince(mention, anchor))
    .filter(
      ({ text, span }) =>
        !DURATION.test(searchKey(text)) &&
        !claim.quantities.some((length) => isLength(length) && overlap(length.span, span)),
    );
}

const OF_IT = /(?<![\p{L}\p{Nd}])[وف]?(?:ال)?(?:\p{L}{4,}(?: عشر| و\p{L}+)?|\p{Nd}{1,2}) منه(?!\p{L})/gu;

/** "في 6 تشرين الأول … وفي الثامن منه": a day of the month of the date before. */
function daysOfSameMonth(text: string, mentions: readonly DateMention[]): readonly DateMention[] {
  return [...text.matchAll(OF_IT)].flatMap((match): DateMention[] => {
    const span: Span = [match.index, match.index + match[0].length];
    const before = mentions.findLast((mention) => mention.span[1] <= span[0]);
    if (before?.end == null || mentions.some((mention) => overlap(mention.span, span))) return [];
    const [, day] = readDates(`${before.text}، ${match[0].replace(/منه$/, "من الشهر ذاته")}`, before.end);
    return day === undefined ? [] : [{ ...day, text: match[0], span }];
  });
}

const FOLLOWING = /(?<!\p{L})(?:التالي|الذي يليه|الذي تلاه|اللاحق)(?!\p{L})/u;
const DAYS_OF_WEEK = 7;

/** "سيطرت السبت، ودخلت الأحد التالي": the next such day after the date before it. */
function followingDay(mention: DateMention, mentions: readonly DateMention[]): DateMention {
  const before = mentions.findLast(({ span }) => span[1] <= mention.span[0])?.end ?? null;
  const { start, end } = mention;
  if (before === null || start === null || start !== end || !FOLLOWING.test(searchKey(mention.text)))
    return mention;
  const away = (dayNumber(start) - dayNumber(before)) % DAYS_OF_WEEK;
  const day = addDays(before, away > 0 ? away : away + DAYS_OF_WEEK);
  return { ...mention, start: day, end: day };
}

/** "مطلع 2016، في كانون الثاني": a month alone right after a year is of that year. */
function withYearBefore(mention: DateMention, mentions: readonly DateMention[]): DateMention {
  if (/\p{Nd}/u.test(mention.text) || mention.precision !== "month") return mention;
  const before = mentions.findLast(
    ({ span }) => span[1] <= mention.span[0] && mention.span[0] - span[1] < YEAR_REACH,
  );
  if (before?.end == null || !/\p{Nd}{4}/u.test(before.text)) return mention;
  const point = readDates(`${mention.text} ${yearOf(before.end)}`, before.end)[0];
  return point === undefined ? mention : { ...point, text: mention.text, span: mention.span };
}

const YEAR_REACH = 8;
const SINCE = /^[وف]?منذ\s+/u;

/** "منذ كانون الثاني 2016" names that month, not every day since. */
function withoutSince(mention: DateMention, anchor: Day | null): DateMention {
  const since = SINCE.exec(mention.text)?.[0];
  const point = since === undefined ? undefined : readDates(mention.text.slice(since.length), anchor)[0];
  return point === undefined ? mention : { ...point, text: mention.text, span: mention.span };
}

/** The dates that the quotation itself names, with their spans in its reading. */
export function quotedDates(quote: QuoteReading): readonly DateMention[] {
  const anchor = anchorOf(quote);
  const years = anchor === null ? [] : [yearOf(anchor)];
  const mentions = readDates(quote.text, anchor, years);
  return mentions
    .map((mention) => withoutSince(mention, anchor))
    .filter(({ span }) => overlap(span, quote.quote));
}

/** The days of a quotation: those that it names, and those of its passages as far as they tell its news. */
export function knownDays(quote: QuoteReading): readonly KnownDay[] {
  const named = quotedDates(quote).map(({ start, end }) => ({ start, end, quoted: true }));
  const told = quote.evidence.cited.flatMap(({ dates }) => dates);
  // A passage that tells of the past alone is dated by it.
  const news = quote.evidence.cited.flatMap(({ dates }) =>
    dates.some(({ background }) => !background)
      ? dates.filter((date) => !date.background || isQuoted(date, quote))
      : dates,
  );
  const { published } = quote.evidence.report;
  const fallback = told.length === 0 && named.length === 0 ? [published] : [];
  return [...named, ...[...news, ...fallback].map(({ start, end }) => ({ start, end, quoted: false }))];
}

function isQuoted({ words }: EventDate, { evidence }: QuoteReading): boolean {
  return words !== "" && evidence.text.includes(words);
}

function length({ start, end }: DayInterval): number {
  return start === null || end === null ? Number.POSITIVE_INFINITY : dayNumber(end) - dayNumber(start) + 1;
}

/** Whether a known day or interval proves a claim's date: the same, or the claim's is the wider one, or the end of a narrow one. */
export function dateFollows(claim: DayInterval, known: DayInterval): boolean {
  if (!overlaps(claim, known)) return false;
  if (claim.start === known.start && claim.end === known.end) return true;
  if (length(known) <= length(claim)) return contains(claim, known);
  return length(known) <= NARROW_DAYS && claim.end === known.end;
}

function contains(outer: DayInterval, inner: DayInterval): boolean {
  return (
    (outer.start === null || (inner.start !== null && outer.start <= inner.start)) &&
    (outer.end === null || (inner.end !== null && inner.end <= outer.end))
  );
}

/** How much of a year its beginning is, writers see differently. */
const BEGINNING = /(?:بدايه|مطلع|اوايل|مستهل)/;
const HOURS_OF_DAY = new Set(["morning", "noon", "evening", "night"]);

function hoursIn(text: string): readonly string[] {
  return contentWords(text, [])
    .flatMap(({ key }) => meaningsOf(key).facts)
    .filter((fact) => HOURS_OF_DAY.has(fact));
}

/** "مساء" is not "صباح": part of the date rule. */
export function checkHours(claim: Reading, quotes: readonly QuoteReading[]): Finding {
  const told = new Set(quotes.flatMap(({ evidence }) => hoursIn(evidence.text)));
  const wrong = hoursIn(claim.text).find((hour) => !told.has(hour));
  return wrong === undefined ? null : `no quotation says "${wrong}"`;
}

/** A number of an interval ("بين 2005 و2014") that no quotation has and on which no known interval begins or ends. */
function unknownEnd(
  date: DateMention,
  quotes: readonly QuoteReading[],
  known: readonly KnownDay[],
): string | null {
  const told = new Set(
    quotes.flatMap(({ evidence }) => normalize(evidence.text).match(/\d+/g) ?? []).map(Number),
  );
  const ends = known.flatMap(({ start, end }) => [start, end].filter((day) => day !== null));
  for (const day of ends) told.add(dayOfMonth(day)).add(yearOf(day));
  return (normalize(date.text).match(/\d+/g) ?? []).find((number) => !told.has(Number(number))) ?? null;
}

/** The date rule. */
export function checkDays(dates: readonly DateMention[], quotes: readonly QuoteReading[]): Finding {
  for (const date of dates) {
    const known = quotes.flatMap(knownDays);
    // A bare year or month would be met by the day of the report; where a quotation names some, it must be one of these.
    const named = known.filter(({ quoted }) => quoted);
    const wide = length(date) > NARROW_DAYS;
    const pool = wide && named.some((day) => length(day) > NARROW_DAYS) ? named : known;
    const ends = date.precision === "range" ? unknownEnd(date, quotes, known) : null;
    if (ends !== null) return `"${date.text}": no quotation has ${ends}`;
    const begins = BEGINNING.test(searchKey(date.text));
    if (!pool.some((day) => dateFollows(date, day) || (begins && wide && day.start === date.start)))
      return `"${date.text}" (${date.start ?? "…"} to ${date.end ?? "…"}) is no day of the quotations`;
  }
  return null;
}
