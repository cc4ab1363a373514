import type { Span } from "../normalize.ts";

/** What a place is. */
export const PLACE_KINDS = [
  "governorate",
  "district",
  "subdistrict",
  "city",
  "town",
  "village",
  "quarter",
  "landmark",
  "area",
  "river",
  "country",
] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** A row of the gazetteer. `parents` are ids from the nearest outwards (quarter, city, district, governorate). */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly kind: PlaceKind;
  readonly parents: readonly string[];
  readonly variants: readonly string[];
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** Where the name stands: report ids, "geonames:ID", or "report field". */
  readonly sources: readonly string[];
  /** The name is also a common word and counts only after a head word (حي، قرية …) or in a list of places. */
  readonly needsHead?: boolean | undefined;
  /** Spellings that come from the operator and not from the list. */
  readonly corrected?: readonly string[] | undefined;
}

/** A place as a text names it. `candidates` are all ids the words may mean, the preferred first. */
export interface PlaceMention {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly span: Span;
  readonly candidates: readonly string[];
  readonly match: "exact" | "variant" | "fuzzy";
}
