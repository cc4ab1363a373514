import { addDays, type DayInterval } from "../text/day.ts";
import { findQuantities } from "../text/numbers/find.ts";
import type { Question } from "./question.ts";
import type { AskedScope } from "./scope.ts";

/** "Before the storming of …": the name says when, not where. */
const OTHER_EVENT =
  /(?:^|\s)[وف]?(?:قبل|قبيل|بعد|بُ?عيد|عقب)\s+(?:أن\s+|ان\s+)?\p{L}+(?:\s+\p{L}+){0,2}?\s*(?:إلى\s+|الى\s+|في\s+|على\s+)?(?:[لب]?(?:ال)?(?:حي|مدينة|بلدة|قرية|منطقة)\s+)?$/u;
/** What is told of "before May" stands in reports of May, as what came before. */
const DAYS_PAST_AN_OPEN_END = 31;

function pastOpenEnd({ start, end }: DayInterval): DayInterval {
  return start === null && end !== null
    ? { start, end: addDays(end, DAYS_PAST_AN_OPEN_END) }
    : { start, end };
}

/**
 * Days and places in which a fact is looked for: without the places that only date it ("before the storming of …"),
 * and for "before a day" with the reports of that time. "How many" keeps the days as they are.
 */
export function factScope(question: Question, scope: AskedScope): AskedScope {
  const dating = new Set(
    question.places
      .filter(({ span }) => OTHER_EVENT.test(question.text.slice(0, span[0])))
      .map(({ id }) => id),
  );
  const places = scope.places.filter(({ id }) => !dating.has(id));
  const dates = question.kind === "count" ? scope.dates : scope.dates.map(pastOpenEnd);
  return { ...scope, dates, places };
}

const HOURS: Readonly<Record<string, number>> = { hours: 1, days: 24, weeks: 168, months: 720, years: 8760 };

/** The lengths of time that a text names, in hours: "72 ساعة" and "ثلاثة أيام" are one. */
export function durationsIn(text: string): number[] {
  return findQuantities(text).flatMap(({ counted, min }) => {
    const unit = HOURS[counted ?? ""];
    return min === null || unit === undefined ? [] : [min * unit];
  });
}
