import { isMeans } from "../question/quantity.ts";
import { forms } from "../question/word-forms.ts";
import { placesCovered } from "../retrieval/scope.ts";
import { type ActorIndex, findActors } from "../text/actors.ts";
import { findPlaces } from "../text/places/find.ts";
import { words } from "../text/tokens.ts";
import type { Asked } from "./asked.ts";
import type { Figure } from "./figures.ts";

/** Whether a figure stands in a passage of the places asked, and not in one that tells of the whole city around them. */
export function toldOfPlaces({ passage }: Figure, { scope, sources }: Asked): boolean {
  if (scope.places.length === 0) return true;
  const covered = new Set(
    placesCovered(
      scope.places.map(({ id }) => id),
      sources.gazetteer,
    ),
  );
  return passage.places.some(({ id }) => covered.has(id));
}

/** The part of a total that is told of the place asked, when the total is not: "27 … و6 … في بلدة موحسن". */
export function partOfPlace(total: Figure, figures: readonly Figure[], asked: Asked): Figure | undefined {
  const places = new Set(
    placesCovered(
      asked.question.places.map(({ id }) => id),
      asked.sources.gazetteer,
    ),
  );
  if (places.size === 0) return undefined;
  const near = figures.filter(({ report, part }) => report.id === total.report.id && part === total.part);
  const parts = near.filter(({ quantity }) => quantity.partOf === total.index);
  const { body } = total.report;
  const tells = (from: number, to: number): boolean =>
    findPlaces(body.slice(from, to), asked.sources.gazetteer, {
      prefer: asked.sources.region ?? undefined,
    }).some(({ id }) => places.has(id));
  const [firstPart] = parts;
  if (!firstPart || tells(total.part, firstPart.span[0])) return undefined;
  const of = parts.filter((part, index) => {
    return tells(part.span[0], parts[index + 1]?.span[0] ?? endOf(part, near));
  });
  return of.length === 1 ? of[0] : undefined;
}

/**
 * The part of a total that is told of the means and the party asked ("قُتلوا بقصف التنظيم": 16 of 27); undefined when
 * the question names no means or the total is told of them; null when no single part is.
 */
export function partOfCircumstance(
  total: Figure,
  figures: readonly Figure[],
  { question, sources }: Asked,
): Figure | null | undefined {
  const means = question.topic.filter(isMeans);
  const near = figures.filter(({ report, part }) => report.id === total.report.id && part === total.part);
  const siblings = near.filter(({ quantity }) => quantity.partOf === total.index);
  const [firstPart] = siblings;
  if (means.length === 0 || !firstPart) return undefined;
  const others = question.actors.map(({ id }) => id).filter((id) => id !== question.quantity?.actor);
  const doers = doersOf(question.text, sources.actors);
  const { body } = total.report;
  const tells = (from: number, to: number): boolean => {
    const text = body.slice(from, to);
    const found = new Set(words(text).flatMap(forms));
    const told = doersOf(text, sources.actors);
    const named = new Set(findActors(text, sources.actors).map(({ id }) => id));
    return (
      means.every((word) => forms(word).some((form) => found.has(form))) &&
      others.every((id) => named.has(id)) &&
      doers.every((id) => told.includes(id))
    );
  };
  if (tells(total.passage.start, firstPart.span[0])) return undefined;
  const told = siblings.filter((part, index) =>
    tells(part.span[0], siblings[index + 1]?.span[0] ?? endOf(part, near)),
  );
  return told.length === 1 ? (told[0] ?? null) : null;
}

/** Where what is told of the last part ends: at the next figure that is no part, or with its passage. */
function endOf(part: Figure, near: readonly Figure[]): number {
  const next = near.find(
    ({ span, quantity }) => span[0] > part.span[0] && (quantity.partOf ?? null) === null,
  );
  return next?.span[0] ?? part.passage.end;
}

/** Letters between a means and who used it: "قصف لتنظيم", "غارات للطائرات". */
const DOER_DISTANCE = 12;

/** Ids of the parties named right behind a means: whose shelling, whose ambush. */
function doersOf(text: string, actors: ActorIndex): string[] {
  return findActors(text, actors)
    .filter(({ span }) => words(text.slice(Math.max(0, span[0] - DOER_DISTANCE), span[0])).some(isMeans))
    .map(({ id }) => id);
}
