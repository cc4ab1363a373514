/** Kinds of places as the rules part them. */
import type { PlaceKind } from "../text/places/place.ts";

/** Kinds that hold many others: to name one is no news. */
export const WIDE: ReadonlySet<PlaceKind> = new Set<PlaceKind>([
  "governorate",
  "district",
  "subdistrict",
  "country",
  "city",
]);
