import type { Question } from "../question/question.ts";
import { isToldOn } from "../retrieval/scope.ts";
import type { PlaceMention } from "../text/places/place.ts";
import type { Sources } from "./asked.ts";

/**
 * A question whose day says which of several places of one name is meant: the readings of which something is told on
 * the days asked stand in its place; more than one stay alternatives. Names without any stay as they are.
 */
export async function placesOfDays(question: Question, sources: Sources): Promise<Question> {
  if (question.dates.length === 0 || question.ambiguous.length === 0) return question;
  const settled = new Set<string>();
  const places: PlaceMention[] = [];
  for (const mention of question.places) {
    const readings: string[] = [];
    for (const id of mention.candidates.length > 1 ? mention.candidates : []) {
      if (await isToldOn(id, question.dates, sources)) readings.push(id);
    }
    const inner = readings.filter(
      (id) => !readings.some((other) => other !== id && sources.gazetteer.ancestors(other).includes(id)),
    );
    if (inner.length === 0) places.push(mention);
    else settled.add(mention.text);
    for (const id of inner) {
      places.push({ ...mention, id, name: sources.gazetteer.byId.get(id)?.name ?? mention.name });
    }
  }
  return { ...question, places, ambiguous: question.ambiguous.filter(({ text }) => !settled.has(text)) };
}
