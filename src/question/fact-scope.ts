import { addDays, type DayInterval } from "../text/day.ts";
import { findQuantities } from "../text/numbers/find.ts";
import type { Quantity } from "../text/numbers/quantity.ts";
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

const UNITS: ReadonlySet<string> = new Set(["hours", "days", "weeks", "months", "years"]);

/** How long the time is that is counted over ("خلال 72 ساعة"); null when no such time is asked. */
export function askedDuration(text: string): Quantity | null {
  return (
    findQuantities(text).find(({ counted, min }) => min !== null && UNITS.has(counted ?? "other")) ?? null
  );
}
