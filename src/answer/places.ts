import type { Question } from "../question/question.ts";
import { placesCovered } from "../retrieval/scope.ts";
import type { Coverage } from "../store/store.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";

/** Of several places that a name may mean, the first of which the collection tells anything; the rest stay offered. */
export function resolvePlaces(
  question: Question,
  sources: { gazetteer: Gazetteer; coverage: Coverage },
): Question {
  const { gazetteer, coverage } = sources;
  const told = new Set(coverage.places.map(({ id }) => id));
  const isTold = (id: string): boolean => placesCovered([id], gazetteer).some((covered) => told.has(covered));
  /** A city stays a city: the governorate of its name stands in only when reports tell of the governorate itself. */
  const readingOf = (mention: { readonly id: string; readonly candidates: readonly string[] }): string => {
    const above = new Set(gazetteer.ancestors(mention.id));
    return mention.candidates.find((id) => (above.has(id) ? told.has(id) : isTold(id))) ?? mention.id;
  };
  const places = question.places.map((mention) => {
    const id = readingOf(mention);
    return id === mention.id
      ? mention
      : { ...mention, id, name: gazetteer.byId.get(id)?.name ?? mention.name };
  });
  /** A city and its own district are one answer to "where": no reader is asked to choose between them. */
  const isElsewhere = (id: string, chosen: string): boolean =>
    id !== chosen && !gazetteer.ancestors(chosen).includes(id) && !gazetteer.ancestors(id).includes(chosen);
  const ambiguous = question.ambiguous
    .map((one) => ({ ...one, chosen: readingOf({ id: one.chosen, candidates: one.candidates }) }))
    .filter(({ candidates, chosen }) => candidates.some((id) => isElsewhere(id, chosen)));
  return { ...question, places, ambiguous };
}
