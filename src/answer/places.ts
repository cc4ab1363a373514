import { topicWords } from "../question/kind.ts";
import type { Question } from "../question/question.ts";
import { placesCovered } from "../retrieval/scope.ts";
import type { Coverage } from "../store/store.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import type { PlaceMention } from "../text/places/place.ts";

const HEAD = /(?:^|\s)[وفبل]?(?:ال)?(?:حي|حيي|أحياء|احياء|شارع|دوار|منطقة|بلدة|قرية|مدينة)\s+$/u;

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
  /** "الموظفين" is a quarter only where a word says so, or where the reports tell of the quarter. */
  const isName = ({ id, span }: PlaceMention): boolean =>
    gazetteer.byId.get(id)?.needsHead !== true || isTold(id) || HEAD.test(question.text.slice(0, span[0]));
  const common = question.places.filter((mention) => !isName(mention));
  const places = question.places.filter(isName).map((mention) => {
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
  const topic = [...question.topic, ...common.flatMap(({ text }) => topicWords(text))];
  return { ...question, places, ambiguous, topic };
}
