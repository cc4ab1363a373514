import * as phrases from "../phrases/answer.ts";
import type { Answer, CitedAnswer } from "./answer.ts";
import type { Asked } from "./asked.ts";
import type { Quotation } from "./citation.ts";
import { dayLabel } from "./labels.ts";
import { placeLabel } from "./place-label.ts";

interface Shown {
  readonly widened: CitedAnswer["widened"];
  readonly quotations: readonly Quotation[];
}

/** Short lines under an answer: how the question was read wherever it could have been read otherwise. */
export function scopeNotes(asked: Asked, shown: Shown): string[] {
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
