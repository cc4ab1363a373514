import { readFileSync } from "node:fs";
import { buildGazetteer, type Gazetteer } from "../../../src/text/places/gazetteer.ts";
import type { Place } from "../../../src/text/places/place.ts";

/** Rows of data/places.json, as shipped. */
export const ROWS: readonly Place[] = (
  JSON.parse(readFileSync("data/places.json", "utf8")) as { places: Place[] }
).places;

/** The shipped gazetteer. */
export const GAZETTEER: Gazetteer = buildGazetteer(ROWS);

export const DEIR_EZ_ZOR = "deir-ez-zor-governorate";
