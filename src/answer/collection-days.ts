import type { Question } from "../question/question.ts";
import type { Coverage } from "../store/store.ts";
import type { DateMention } from "../text/dates/mention.ts";
import { overlaps, weekdayOf } from "../text/day.ts";

const BARE_WEEKDAY =
  /^(?:[وفب]?(?:يوم|نهار|ليلة|مساء|صباح)\s+)?[وفب]?(?:ال)?(?:سبت|[أا]حد|[إا]ثنين|[إا]تنين|ثلاثاء|تلاتا|[أا]ربعاء|[أا]ربعا|خميس|جمعة)$/u;
const SINCE = /^[وف]?منذ\s/u;
/** Kinds that ask for what happened on a day: an empty day is their answer. */
const ASKS_A_DAY: ReadonlySet<string> = new Set(["day", "place", "timeline", "summary"]);

/** The day that a bare weekday means to somebody who asks an archive: the only such day that its reports tell of. */
function weekdayOfCollection(date: DateMention, coverage: Coverage): DateMention | null {
  const weekday = date.start === null ? null : weekdayOf(date.start);
  const told = coverage.days.filter(({ day }) => weekdayOf(day) === weekday);
  const [only] = told;
  if (told.length !== 1 || !only) return null;
  return {
    ...date,
    start: only.day,
    end: only.day,
    reason: "the only such weekday that the reports tell of",
  };
}

/**
 * Days that a question gives only relative to now, outside all that the collection tells: a bare weekday becomes the
 * collection's own, when it has just one; other weekdays and "since five years" no longer confine a question for a
 * fact.
 */
export function daysOfCollection(question: Question, coverage: Coverage): Question {
  const isFact = !ASKS_A_DAY.has(question.kind);
  const dates = question.dates.flatMap((date) => {
    if (date.confidence === "certain" || overlaps(date, coverage.span)) return [date];
    const weekday = BARE_WEEKDAY.test(date.text.trim());
    const own = weekday ? weekdayOfCollection(date, coverage) : null;
    if (own) return [own];
    return isFact && (weekday || SINCE.test(date.text)) ? [] : [date];
  });
  return { ...question, dates };
}
