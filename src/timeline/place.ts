import { findPlaces } from "../text/places/find.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";

/** Id of the place that an id or an Arabic name stands for, or null. */
export function placeNamed(text: string, gazetteer: Gazetteer): string | null {
  if (gazetteer.byId.has(text)) return text;
  return findPlaces(text, gazetteer, { bare: true })[0]?.id ?? null;
}
