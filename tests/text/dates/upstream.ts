import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DateContext } from "../../../src/text/dates/mention.ts";
import {
  addDays,
  type Day,
  type DayInterval,
  dayFromNumber,
  isDay,
  monthInterval,
} from "../../../src/text/day.ts";

/** Where the public date sets lie. */
export const DATES_DIR = join(process.env.SHARED_DIR ?? "../shared", "data", "dates");
export const hasDates = existsSync(DATES_DIR);

/** What a recogniser is asked to give: its days (UTF-16 span optional). */
export interface Found extends DayInterval {
  readonly text: string;
}

/** One result that a case expects: any of `days` will do; null when the set gives the span only. */
export interface Expected {
  readonly days: readonly DayInterval[] | null;
  readonly text: string;
}

export interface Case {
  /** File and position: "DateParser#12". */
  readonly id: string;
  readonly text: string;
  readonly context: DateContext;
  readonly expected: readonly Expected[];
}

/** Both sets count weeks from Monday. */
const MONDAY = 1;

/** Read from the project's root, where the tests and the bench run. */
const SCOPE_FILE = "tests/text/dates/scope.json";

function outOfScope(file: string): ReadonlySet<number> {
  const scope = JSON.parse(readFileSync(SCOPE_FILE, "utf8")) as Record<string, Record<string, number[]>>;
  return new Set(Object.values(scope).flatMap((files) => files[file] ?? []));
}

interface DucklingExample {
  readonly text: string;
  readonly grain: string;
  readonly value: readonly (readonly number[])[];
}

/** The Duckling cases in scope. Its ends are exclusive; a grain stands for a whole unit. */
export function ducklingCases(): Case[] {
  const file = readFileSync(join(DATES_DIR, "duckling_ar_corpus.json"), "utf8");
  const corpus = JSON.parse(file) as { reference_time: string; examples: DucklingExample[] };
  const left = outOfScope("duckling_ar_corpus");
  return corpus.examples.flatMap(({ text, grain, value }, index) => {
    if (left.has(index)) return [];
    const [start, end] = value.map(([year = 0, month = 1, day = 1]) =>
      dayFromNumber(Date.UTC(year, month - 1, day) / 86_400_000),
    );
    if (start === undefined) throw new Error(`duckling case ${index} has no value`);
    const days = { start, end: end === undefined ? endOfGrain(start, grain) : addDays(end, -1) };
    const context: DateContext = {
      mode: "question",
      anchor: corpus.reference_time.slice(0, 10),
      prefer: "future",
      weekStart: MONDAY,
    };
    return [{ id: `duckling#${index}`, text, context, expected: [{ days: [days], text }] }];
  });
}

function endOfGrain(start: Day, grain: string): Day {
  if (grain === "Week") return addDays(start, 6);
  if (grain === "Month")
    return monthInterval(Number(start.slice(0, 4)), Number(start.slice(5, 7)))?.end ?? start;
  return grain === "Year" ? `${start.slice(0, 4)}-12-31` : start;
}

type Fields = Readonly<Record<string, string | undefined>>;

interface Result {
  readonly Text: string;
  readonly Type?: string;
  readonly TypeName?: string;
  readonly Value?: {
    Timex?: string;
    FutureResolution?: Fields;
    PastResolution?: Fields;
    values?: readonly Fields[];
  } | null;
  readonly Resolution?: { values?: readonly Fields[] } | string | null;
}

interface MicrosoftCase {
  readonly Input: string;
  readonly Context?: { ReferenceDateTime?: string };
  readonly Results: readonly Result[];
}

export const MICROSOFT_FILES = [
  "DateExtractor",
  "DateParser",
  "DatePeriodExtractor",
  "DatePeriodParser",
  "DateTimeModel",
  "MergedParser",
] as const;

/** The cases of one Microsoft file that are in scope. */
export function microsoftCases(name: string): Case[] {
  const file = `msrec_ar_${name}`;
  const cases = JSON.parse(readFileSync(join(DATES_DIR, `${file}.json`), "utf8")) as MicrosoftCase[];
  const left = outOfScope(file);
  return cases.flatMap(({ Input, Context, Results }, index) => {
    if (left.has(index)) return [];
    const anchor = Context?.ReferenceDateTime?.slice(0, 10) ?? "2016-11-07";
    const expected = Results.map((result) => expectation(result, anchor)).filter((one) => one !== null);
    return [
      {
        id: `${name}#${index}`,
        text: Input,
        context: { mode: "question", anchor, weekStart: MONDAY },
        expected,
      },
    ];
  });
}

/** Null for a date that does not exist: such a one must give no entry. */
function expectation(result: Result, anchor: Day): Expected | null {
  const values = fieldsOf(result);
  const text = result.Text.trim();
  if (values === null) return { days: null, text };
  if (values.some((value) => value.value === "not resolved" || value.date === "0001-01-01")) return null;
  return { days: values.map((value) => daysOf(value, text, anchor)), text };
}

function fieldsOf({ Value, Resolution }: Result): readonly Fields[] | null {
  if (Value?.values !== undefined) return Value.values;
  if (Value?.FutureResolution !== undefined) {
    const timex = Value.Timex;
    return [Value.FutureResolution, Value.PastResolution ?? {}].map((fields) => ({ ...fields, timex }));
  }
  return typeof Resolution === "object" && Resolution?.values !== undefined ? Resolution.values : null;
}

const NAMES_BOTH_ENDS = /إلى|الى|حتى|بين|\d\s*-\s*\d|بقية|باقي|نهاية الأسبوع$/;

function daysOf(fields: Fields, text: string, anchor: Day): DayInterval {
  const single = fields.date ?? fields.value;
  if (single !== undefined) return { start: single, end: single };
  const start = fields.startDate ?? fields.start ?? null;
  const end = fields.endDate ?? fields.end ?? null;
  if (start !== null && end === null) {
    const first = fields.Mod === "after" ? addDays(start, 1) : start;
    const since = fields.Mod !== "after" && first <= anchor;
    return { start: first, end: since ? anchor : null };
  }
  if (end === null || !isDay(end)) return { start, end };
  if (NAMES_BOTH_ENDS.test(text) && /P\d+Y\)$/.test(fields.timex ?? ""))
    return { start, end: `${end.slice(0, 4)}-12-31` };
  const named = NAMES_BOTH_ENDS.test(text) && /P\d+D\)$/.test(fields.timex ?? "");
  return { start, end: named ? end : addDays(end, -1) };
}

const LEADING =
  /^(?:(?:في|من|إلى|الى|يوم|شهر|هذا|منذ|بعد|قبل|حتى|ما|بين|سنة|عام|على|خلال|ل|ب|ليوم)\s+|لل|بال|لا يتجاوز\s+|ابتداء من\s+|تنتهي مع\s+|وقت |ال)+/;

/** What two spans have in common when a leading preposition may be in or out. */
function core(text: string): string {
  return text
    .trim()
    .replace(LEADING, "")
    .replace(/[\s.!?,،]+$/, "")
    .replace(/\s+/g, " ");
}

/** Whether what a recogniser found is what the case expects: as many entries, in order, each right. */
export function agrees(one: Case, found: readonly Found[]): boolean {
  return (
    found.length === one.expected.length &&
    one.expected.every(({ days, text }, index) => {
      const mention = found[index];
      if (mention === undefined) return false;
      if (days === null) return core(mention.text) === core(text);
      return days.some(({ start, end }) => start === mention.start && end === mention.end);
    })
  );
}

/** One line about a disagreement. */
export function describeMiss(one: Case, found: readonly Found[]): string {
  const wanted = one.expected.map(
    ({ days, text }) => days?.map(({ start, end }) => `${start}…${end}`).join(" or ") ?? `“${text}”`,
  );
  const got = found.map(({ start, end, text }) => `${start}…${end} “${text}”`);
  return `${one.id} ${one.text} | wanted ${wanted.join(", ") || "none"} | got ${got.join(", ") || "none"}`;
}
