import * as phrases from "../phrases/answer.ts";
import type { Question } from "../question/question.ts";
import type { Memory } from "../question/scope.ts";
import { placesCovered } from "../retrieval/scope.ts";
import { findPlaces } from "../text/places/find.ts";
import type { Clarification, Offer } from "./answer.ts";
import type { Sources } from "./asked.ts";
import { placeLabel } from "./place-label.ts";

const CHOICES = 6;

/** Readings of an ambiguous name of which the collection tells, none of them inside another. */
function toldReadings(candidates: readonly string[], { gazetteer, coverage }: Sources): string[] {
  const told = new Set(coverage.places.map(({ id }) => id));
  const isTold = (id: string): boolean => placesCovered([id], gazetteer).some((covered) => told.has(covered));
  const readings = candidates.filter(isTold);
  return readings.filter(
    (id) => !readings.some((other) => other !== id && gazetteer.ancestors(id).includes(other)),
  );
}

/** Ids of the places that say which of several is meant: those named beside it ("الحميدية، مدينة حمص"), else the last answer's. */
function around(question: Question, memory: Memory | null, { gazetteer }: Sources): ReadonlySet<string> {
  const ambiguous = new Set(question.ambiguous.map(({ text }) => text));
  const named = findPlaces(question.text, gazetteer, { fuzzy: true })
    .filter(({ text }) => !ambiguous.has(text))
    .map(({ id }) => id);
  return new Set(named.length > 0 ? named : (memory?.places ?? []).map(({ id }) => id));
}

/** Whether a place lies right in one of some places, or is one of them or of what they lie in. */
function isAmong(id: string, places: ReadonlySet<string>, { gazetteer }: Sources): boolean {
  const own = [id, ...gazetteer.ancestors(id).slice(0, 1)];
  return (
    own.some((one) => places.has(one)) || [...places].some((one) => gazetteer.ancestors(one).includes(id))
  );
}

/**
 * "أي حميدية تقصد؟": asked back only when the reports tell of several places of one name and neither the region of
 * which they tell most nor the conversation says which; null when one reading is likely.
 */
export function clarifyPlace(
  question: Question,
  memory: Memory | null,
  sources: Sources,
): Clarification | null {
  const { gazetteer, region } = sources;
  const said = around(question, memory, sources);
  for (const { text, candidates } of question.ambiguous) {
    const readings = toldReadings(candidates, sources);
    const known = readings.filter((id) => isAmong(id, said, sources));
    const near = region === null ? [] : readings.filter((id) => gazetteer.ancestors(id).includes(region));
    const mention = question.places.find((place) => place.text === text);
    if (readings.length < 2 || known.length === 1 || near.length === 1 || !mention) continue;
    const choices = readings.slice(0, CHOICES).map((id): Offer => {
      const label = placeLabel(id, gazetteer, { withParent: true });
      const [start, end] = mention.span;
      return { label, question: `${question.text.slice(0, start)}${label}${question.text.slice(end)}` };
    });
    return {
      kind: "clarification",
      scope: { dates: [], places: [] },
      offers: [],
      lines: [phrases.clarify.whichPlace(text)],
      choices,
    };
  }
  return null;
}

/** A question whose ambiguous names mean the places of the conversation, where one of their readings is of it. */
export function placesOfConversation(question: Question, memory: Memory | null, sources: Sources): Question {
  if (question.ambiguous.length === 0) return question;
  const said = around(question, memory, sources);
  const places = question.places.map((place) => {
    const readings = toldReadings(place.candidates, sources).filter((id) => isAmong(id, said, sources));
    const [id] = readings;
    if (readings.length !== 1 || id === undefined || id === place.id) return place;
    return { ...place, id, name: sources.gazetteer.byId.get(id)?.name ?? place.name };
  });
  return { ...question, places };
}
