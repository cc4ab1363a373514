/** When a report was published, read from what it says about itself. */
import { publicationPhrases as phrases } from "../phrases/publication.ts";
import type { DateMention } from "../text/dates/mention.ts";
import {
  addDays,
  type Day,
  type DayInterval,
  dayNumber,
  daysInMonth,
  makeDay,
  monthOf,
  weekdayOf,
  yearOf,
} from "../text/day.ts";
import { readDates } from "./dates.ts";
import type { BodyPart, Published } from "./report.ts";

export interface PublishedOptions {
  readonly body: string;
  readonly parts: readonly BodyPart[];
  /** The publication days as a field of the file gives them. */
  readonly field: DayInterval | null;
  /** The report is a record with the day of its event in a field: then its text is no ground to infer from. */
  readonly isRecord?: boolean | undefined;
}

export interface PublishedReading {
  readonly published: Published;
  readonly warnings: readonly string[];
}

/** A date named in the body, with the text around it. */
interface Named {
  readonly mention: DateMention;
  readonly before: string;
  readonly after: string;
}

/** Plain letters, so that the text can be searched as it stands. */
const WEEKDAY_SPELLINGS: Readonly<Record<string, number>> = {
  الأحد: 0,
  الاحد: 0,
  الاثنين: 1,
  الإثنين: 1,
  الثلاثاء: 2,
  الأربعاء: 3,
  الاربعاء: 3,
  الخميس: 4,
  الجمعة: 5,
  السبت: 6,
};
const WEEKDAY = Object.keys(WEEKDAY_SPELLINGS).join("|");
const TODAY = /(?<!\p{L})(?:ب|و|ل)?اليوم(?!\p{L})/u;
const TODAY_WEEKDAY = new RegExp(`(?<!\\p{L})اليوم\\s+(${WEEKDAY})(?!\\p{L})`, "u");
const YESTERDAY_WEEKDAY = new RegExp(`(?<!\\p{L})(?:يوم\\s+)?أمس\\s+(${WEEKDAY})(?!\\p{L})`, "u");
const CURRENT_MONTH = /(?:الشهر\s+)?(?:الجاري|الحالي)/u;
const CURRENT_YEAR = /(?:العام|السنة|عام|سنة)\s+(?:الجاري|الحالي)/u;
const FUTURE = /(?:المقبل|القادم|المقبلة|القادمة|حتى نهاية|بحلول)/u;
const PAST_HOURS = /الساعات\s+(?:الـ|ال)?\s*(\p{Nd}{1,3})\s+(?:الفائتة|الماضية|الأخيرة|المنصرمة)/u;
const YESTERDAY = /(?<!\p{L})[أا]مس(?!\p{L})/u;
/** What may stand between "اليوم" or "أمس" and the date. */
const BETWEEN = new RegExp(`(?:${WEEKDAY}|الموافق|في|لـ|،|\\s)+$`, "u");
const OPENING = /(?:(?:صباح|ظهر|عصر|مساء|فجر)\s+)?(?:اليوم|[أا]مس)[\s\S]*$/u;
const DATELINE_REACH = 80;
const CONTEXT = 40;
const HOURS_PER_DAY = 24;

const UNKNOWN: Published = { start: null, end: null, confidence: "unknown", why: phrases.unknown };

/** The publication of a report; `warnings` are English lines for the operator. Never guesses without saying why. */
export function findPublished(options: PublishedOptions): PublishedReading {
  const { body, parts, field } = options;
  if (field !== null)
    return { published: { ...field, confidence: "stated", why: phrases.field }, warnings: [] };
  const texts = parts.filter((part) => part.role === "text" || part.role === "title");
  const named = texts.flatMap((part) => namedDates(body, part, null));
  const stated = fromDateLine(body, parts) ?? fromDateline(body, parts) ?? fromToday(named);
  const found = stated ?? (options.isRecord ? UNKNOWN : inferred(body, named));
  const contradictions = texts
    .flatMap((part) => namedDates(body, part, found.start === found.end ? found.start : null))
    .filter(({ mention }) => mention.confidence === "doubtful" && mention.precision === "day")
    .map(({ mention }) => mention.text);
  const shown = contradictions.slice(0, 1).map(phrases.contradiction).join("");
  return {
    published: { ...found, why: found.why + shown },
    warnings: contradictions.map((words) => `the text contradicts itself on a date: "${words}"`),
  };
}

function namedDates(body: string, part: BodyPart, anchor: Day | null): Named[] {
  const text = body.slice(part.start, part.end);
  return readDates(text, anchor).map((mention) => ({
    mention,
    before: text.slice(Math.max(0, mention.span[0] - CONTEXT), mention.span[0]),
    after: text.slice(mention.span[1], mention.span[1] + CONTEXT),
  }));
}

function isFullDay(mention: DateMention): mention is DateMention & { readonly start: Day } {
  return (
    mention.precision === "day" &&
    mention.confidence === "certain" &&
    mention.start !== null &&
    mention.start === mention.end
  );
}

function fromDateLine(body: string, parts: readonly BodyPart[]): Published | null {
  for (const part of parts) {
    if (part.role !== "date") continue;
    const line = body.slice(part.start, part.end);
    const mention = readDates(line, null).find(isFullDay);
    if (mention !== undefined) {
      return { start: mention.start, end: mention.start, confidence: "stated", why: phrases.dateLine(line) };
    }
  }
  return null;
}

/** "صباح اليوم الأحد الـ 29 من تشرين الأول 2017": a full date that the text itself calls today, or yesterday. */
function fromToday(named: readonly Named[]): Published | null {
  for (const { mention, before } of named) {
    if (!isFullDay(mention)) continue;
    const context = before.replace(BETWEEN, "");
    const today = TODAY.test(mention.text) || /(?<!\p{L})اليوم$/u.test(context);
    const yesterday = YESTERDAY.test(mention.text) || /(?<!\p{L})[أا]مس$/u.test(context);
    if (!today && !yesterday) continue;
    const opening = OPENING.exec(before)?.[0] ?? "";
    const day = today ? mention.start : addDays(mention.start, 1);
    return {
      start: day,
      end: day,
      confidence: "stated",
      why: phrases.today((opening + mention.text).trim()),
    };
  }
  return null;
}

/** "دمشق، 29 تشرين الأول 2017 (سانا) – …": the day with which an agency opens its report. */
function fromDateline(body: string, parts: readonly BodyPart[]): Published | null {
  const first = parts.find((part) => part.role === "text");
  if (first === undefined) return null;
  const opening = body.slice(first.start, Math.min(first.end, first.start + DATELINE_REACH));
  const mention = readDates(opening, null).find(isFullDay);
  if (mention === undefined || !/^\s*(?:\([^)]{1,30}\)\s*)?[-–—:]/u.test(opening.slice(mention.span[1])))
    return null;
  return {
    start: mention.start,
    end: mention.start,
    confidence: "stated",
    why: phrases.dateLine(mention.text),
  };
}

/** Bounds from the latest day that the text names, the month it calls the current one and the weekday it calls today. */
function inferred(body: string, named: readonly Named[]): Published {
  const weekday = weekdayToday(body);
  const past = named.filter(
    ({ mention, after }) => isFullDay(mention) && !FUTURE.test(mention.text + after.slice(0, 12)),
  );
  const latest = past.reduce<Named | null>(
    (best, one) => ((best?.mention.start ?? "") < (one.mention.start ?? "") ? one : best),
    null,
  );
  if (latest?.mention.start == null) {
    return {
      start: null,
      end: null,
      confidence: "unknown",
      why: weekday === null ? phrases.unknown : phrases.onlyWeekday(weekday.words),
    };
  }
  const words = latest.mention.text;
  const month = currentMonthEnd(named);
  const recent = CURRENT_YEAR.test(words) && (weekday !== null || TODAY.test(body) || PAST_HOURS.test(body));
  const start = addDays(latest.mention.start, recent ? daysBack(body) : 0);
  const end = month?.end ?? (recent ? monthEnd(latest.mention.start) : null);
  const hours = start > latest.mention.start ? phrases.andWords(PAST_HOURS.exec(body)?.[0] ?? "") : "";
  const why =
    (month === null ? phrases.latestDay(words) : phrases.sameMonth(month.words)) +
    (weekday ? phrases.andWords(weekday.words) : "") +
    hours;
  if (end !== null && start > end)
    return { start: latest.mention.start, end: null, confidence: "inferred", why };
  return { ...onWeekday({ start, end }, weekday?.weekday ?? null), confidence: "inferred", why };
}

/** Whole days that "خلال الساعات الـ 72 الفائتة" puts between the event that began and the report; 0 without such words. */
function daysBack(body: string): number {
  const hours = Number(PAST_HOURS.exec(body)?.[1] ?? 0);
  return hours > HOURS_PER_DAY ? Math.floor(hours / HOURS_PER_DAY) : 0;
}

function weekdayToday(body: string): { weekday: number; words: string } | null {
  const today = TODAY_WEEKDAY.exec(body);
  if (today !== null) return { weekday: WEEKDAY_SPELLINGS[today[1] ?? ""] ?? 0, words: today[0] };
  const yesterday = YESTERDAY_WEEKDAY.exec(body);
  if (yesterday === null) return null;
  return { weekday: ((WEEKDAY_SPELLINGS[yesterday[1] ?? ""] ?? 0) + 1) % 7, words: yesterday[0] };
}

/** The last day of the month that the text calls the current one ("أكتوبر الجاري من العام 2017"). */
function currentMonthEnd(named: readonly Named[]): { end: Day; words: string } | null {
  for (const { mention, after } of named) {
    const words = mention.text + (/^\s*(?:الجاري|الحالي)/u.exec(after)?.[0] ?? "");
    const current = CURRENT_MONTH.test(words.replace(CURRENT_YEAR, ""));
    if (
      current &&
      mention.start !== null &&
      mention.confidence === "certain" &&
      mention.precision !== "year"
    ) {
      return { end: monthEnd(mention.start), words };
    }
  }
  return null;
}

function monthEnd(day: Day): Day {
  return makeDay(yearOf(day), monthOf(day), daysInMonth(yearOf(day), monthOf(day))) ?? day;
}

/** Narrows both ends to the weekday that the text calls today, when one is left between them. */
function onWeekday(
  interval: { start: Day; end: Day | null },
  weekday: number | null,
): { start: Day; end: Day | null } {
  if (weekday === null) return interval;
  const start = addDays(interval.start, (weekday - weekdayOf(interval.start) + 7) % 7);
  if (interval.end === null) return { start, end: null };
  const end = addDays(interval.end, -((weekdayOf(interval.end) - weekday + 7) % 7));
  return dayNumber(start) > dayNumber(end) ? interval : { start, end };
}
