import * as phrases from "../phrases/answer.ts";
import type { ScopeSelection } from "../retrieval/scope.ts";
import type { DayInterval } from "../text/day.ts";
import { searchKey } from "../text/normalize.ts";
import type { Answer } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { dayLabel } from "./labels.ts";
import { placeLabel } from "./place-label.ts";

/** Short lines under an answer: how the question was read wherever it could have been read otherwise. */
export function scopeNotes(asked: Asked): string[] {
  const { question, sources } = asked;
  const notes: string[] = [];
  for (const { text, chosen } of question.ambiguous) {
    notes.push(phrases.chosenPlaceNote(text, placeLabel(chosen, sources.gazetteer, { withParent: true })));
  }
  for (const place of question.places) {
    if (place.match === "fuzzy") notes.push(phrases.correctedNameNote(place.text, place.name));
  }
  notes.push(...lookAlikeNotes(asked));
  for (const date of question.dates) {
    if (date.confidence !== "certain") notes.push(phrases.assumedYearNote(dayLabel(date)));
  }
  return notes;
}

/** An answer or a refusal within an inherited scope says so in one line and offers to leave it. */
export function sayScope(answer: Answer, { scope }: Pick<Asked, "scope">): Answer {
  if (!scope.inherited) return answer;
  const parts = [...scope.places.map(({ name }) => name), ...scope.dates.map(dayLabel)];
  const note = phrases.inheritedScopeNote(phrases.list(parts));
  const offers = [...answer.offers, phrases.offers.clearScope];
  if (answer.kind === "answer") return { ...answer, offers, notes: [...answer.notes, note] };
  return answer.kind === "refusal" ? { ...answer, offers, lines: [...answer.lines, note] } : answer;
}

/** What must be said first when not just the days asked are told; null when they are. */
export function scopeCaution(
  asked: readonly DayInterval[],
  told: readonly DayInterval[],
  match: ScopeSelection["match"],
): string | null {
  const [from = "", to = ""] = [asked, told].map((days) => phrases.list(days.map(dayLabel)));
  if (match === "widened") return phrases.widenedNote(from, to);
  return match === "uncertain" ? phrases.uncertainDayNote(from, to) : null;
}

/** Whether two names differ by one letter ("العرفي", "العرضي"), or both are an airport. */
function looksLike(one: string, other: string): boolean {
  const [a, b] = [searchKey(one), searchKey(other)];
  if (a === b) return false;
  if (AIRPORT.test(a) && AIRPORT.test(b)) return true;
  if (a.length !== b.length || a.length < 5) return false;
  return [...a].filter((letter, index) => letter !== b[index]).length === 1;
}

const AIRPORT = /^(?:ال)?مطار /;

/** Which of two names that look alike was understood, when the reports tell of both. */
function lookAlikeNotes({ question, sources }: Asked): string[] {
  const { gazetteer, coverage } = sources;
  return question.places.flatMap(({ id, name }) => {
    const others = coverage.places.filter((other) => other.id !== id && looksLike(name, other.name));
    if (others.length === 0) return [];
    const labels = others.map((other) => placeLabel(other.id, gazetteer));
    return [phrases.lookAlikeNote(placeLabel(id, gazetteer), phrases.and(labels))];
  });
}
