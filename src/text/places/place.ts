import type { Span } from "../normalize.ts";

export type PlaceKind =
  | "governorate"
  | "district"
  | "subdistrict"
  | "city"
  | "town"
  | "village"
  | "quarter"
  | "landmark"
  | "area"
  | "river"
  | "country";

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
