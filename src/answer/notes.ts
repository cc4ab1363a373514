import * as phrases from "../phrases/answer.ts";
import type { ScopeSelection } from "../retrieval/scope.ts";
import type { DayInterval } from "../text/day.ts";
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
