import * as phrases from "../phrases/answer.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";

/** A place as a person names it: with its head word, and for a quarter with its city ("حي الحميدية، مدينة دير الزور"). */
export function placeLabel(id: string, gazetteer: Gazetteer, options: { withParent?: boolean } = {}): string {
  const place = gazetteer.byId.get(id);
  if (!place) return id;
  const name = phrases.placeName(place.kind, place.name);
  const parent = options.withParent ? gazetteer.byId.get(place.parents[0] ?? "") : undefined;
  if (!parent || !["city", "town", "governorate"].includes(parent.kind)) return name;
  return phrases.list([name, phrases.placeName(parent.kind, parent.name)]);
}
