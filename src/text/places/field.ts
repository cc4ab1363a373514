/** Places from the `place` field of a report ("حمص : بابا عمرو", general to particular). */

import type { Gazetteer } from "./gazetteer.ts";
import type { Place, PlaceKind } from "./place.ts";
import { nameKey } from "./words.ts";

export interface FieldPlaces {
  /** The most particular place of each value of the field. */
  readonly ids: readonly string[];
  /** Rows for `buildGazetteer`'s `extra`: these places, and levels above them that no row knows yet. */
  readonly rows: readonly Place[];
}

const SEPARATOR = /\s*[:：>›→←|\\/،,;؛()]+\s*|\s+[-–—]+\s+/u;
const MOST_LEVELS = 6;

/** Head words that belong to the kind of a place and not to its name. */
const KIND_WORDS: ReadonlyMap<string, PlaceKind> = new Map<string, PlaceKind>([
  ["محافظة", "governorate"],
  ["ناحية", "subdistrict"],
  ["قضاء", "district"],
  ["مدينة", "city"],
  ["بلدة", "town"],
  ["قرية", "village"],
  ["حي", "quarter"],
  ["حارة", "quarter"],
]);
const KIND_KEYS = new Map([...KIND_WORDS].map(([word, kind]) => [nameKey(word), kind]));

/** One level of the field: its name without a head word, and the kind that the head word tells. */
interface Level {
  readonly written: string;
  readonly name: string;
  readonly key: string;
  readonly kind: PlaceKind | null;
}

function readLevel(written: string): Level {
  const [first = "", ...rest] = written.split(/\s+/u);
  const kind = KIND_KEYS.get(nameKey(first)) ?? null;
  const name = kind !== null && rest.length > 0 ? rest.join(" ") : written;
  return { written, name, key: nameKey(name), kind: name === written ? null : kind };
}

/** 53-bit hash of a string (cyrb53), as 14 hex digits: the same path gives the same id on every machine. */
function hash(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  const number = 4294967296 * (2097151 & low) + (high >>> 0);
  return number.toString(16).padStart(14, "0");
}

/** Known places of a level's name, in the order in which the gazetteer holds them. */
function knownPlaces(level: Level, gazetteer: Gazetteer): Place[] {
  const ids = (gazetteer.names.get(level.key) ?? []).filter((form) => !form.path).map((form) => form.id);
  return [...new Set(ids)].flatMap((id) => gazetteer.byId.get(id) ?? []);
}

function isGeneral(level: Level, gazetteer: Gazetteer): boolean {
  return knownPlaces(level, gazetteer).some(({ kind }) => kind === "governorate" || kind === "country");
}

/** A hyphen without spaces parts levels only after a governorate ("حلب-الباب", but "عين-عيسى"). */
function splitHyphen(part: string, gazetteer: Gazetteer): string[] {
  const at = part.search(/[-–—]/u);
  if (at <= 0 || gazetteer.names.has(nameKey(part))) return [part];
  const first = part.slice(0, at).trim();
  const rest = part.slice(at + 1).trim();
  return rest !== "" && isGeneral(readLevel(first), gazetteer) ? [first, rest] : [part];
}

/** The levels of a value, general to particular; a value written the other way round is turned. */
function levelsOf(value: string, gazetteer: Gazetteer): Level[] {
  const levels = value
    .split(SEPARATOR)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .flatMap((part) => splitHyphen(part, gazetteer))
    .map(readLevel)
    .filter((level) => level.key !== "")
    .slice(0, MOST_LEVELS);
  const first = levels[0];
  const last = levels.at(-1);
  if (!first || !last || levels.length < 2) return levels;
  return isGeneral(last, gazetteer) && !isGeneral(first, gazetteer) ? levels.reverse() : levels;
}

/** The known row that a level means under the levels above it, or null when none or several would do. */
function resolve(level: Level, above: readonly Place[], leaf: boolean, gazetteer: Gazetteer): Place | null {
  const known = knownPlaces(level, gazetteer);
  const regions = above.filter((place) => gazetteer.byId.has(place.id) && place.kind !== "country");
  const region = regions[0];
  const inside = regions.reduce<Place[]>(
    (found, { id }) =>
      found.length > 0 ? found : known.filter((place) => gazetteer.ancestors(place.id).includes(id)),
    region ? [] : known,
  );
  const ofKind = level.kind === null ? inside : inside.filter((place) => place.kind === level.kind);
  const fitting = ofKind.length > 0 ? ofKind : inside;
  const wanted: readonly PlaceKind[] = leaf ? ["city", "governorate"] : ["country", "governorate", "city"];
  if (fitting.length > 1 && !region) {
    // "حلب" is both a city and a governorate: alone it is the city, before a particular place the governorate.
    for (const kind of wanted) {
      const matching = fitting.filter((place) => place.kind === kind);
      if (matching.length === 1) return matching[0] ?? null;
    }
  }
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

/** The city of the same name as a governorate, where a quarter directly under the governorate lies. */
function cityOf(governorate: Place, gazetteer: Gazetteer): Place | null {
  const ids = (gazetteer.names.get(nameKey(governorate.name)) ?? []).map((form) => form.id);
  const cities = ids.flatMap((id) => gazetteer.byId.get(id) ?? []).filter((place) => place.kind === "city");
  return cities.find((place) => place.parents.includes(governorate.id)) ?? null;
}

/** Words that make an area of a governorate's name ("ريف حلب الشمالي"). */
const AREA_KEYS = new Set(
  "ريف بادية محافظة مدينة محيط شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط".split(" ").map(nameKey),
);

/** The governorate after which an area is named, with what lies above it; empty for any other name. */
function governorateInName(name: string, gazetteer: Gazetteer): string[] {
  const rest = name.split(/\s+/u).filter((word) => !AREA_KEYS.has(nameKey(word)));
  const known = knownPlaces({ written: name, name, key: nameKey(rest.join(" ")), kind: null }, gazetteer);
  const governorate = known.find((place) => place.kind === "governorate");
  return governorate ? [governorate.id, ...governorate.parents] : [];
}

/** Ids above a new place, the nearest first. */
function parentsOf(level: Level, above: readonly Place[], gazetteer: Gazetteer): string[] {
  const [nearest] = above;
  if (!nearest) return governorateInName(level.name, gazetteer);
  const city = level.kind === "quarter" && nearest.kind === "governorate" ? cityOf(nearest, gazetteer) : null;
  const ids = [...(city ? [city.id] : []), ...above.flatMap((place) => [place.id, ...place.parents])];
  return [...new Set(ids)];
}

/** The ways in which a question may write the place: with all levels above it, or with one of them. */
function spellings(level: Level, above: readonly Level[]): string[] {
  const names = above.map((one) => one.written);
  const out = [level.written, level.name, [...names, level.written].join(" : ")];
  for (const name of names) out.push(`${name} : ${level.written}`);
  return [...new Set(out)];
}

function readValue(value: string, gazetteer: Gazetteer, rows: Map<string, Place>): string | null {
  const levels = levelsOf(value, gazetteer);
  /** Places above the current level, the nearest first. */
  let above: Place[] = [];
  let id: string | null = null;
  levels.forEach((level, index) => {
    const leaf = index === levels.length - 1;
    const known = resolve(level, above, leaf, gazetteer);
    const path = [...above.map((place) => place.id).reverse(), level.key].join("/");
    const parents = known && above.length === 0 ? [] : parentsOf(level, above, gazetteer);
    const variants = spellings(level, levels.slice(0, index));
    const place: Place = known
      ? { ...known, parents: [...new Set([...known.parents, ...parents])] }
      : {
          id: `place-${hash(path)}`,
          name: level.name,
          kind: level.kind ?? "area",
          parents,
          variants: [],
          latitude: null,
          longitude: null,
          sources: ["report field"],
        };
    if (leaf || !known) {
      const all = [...new Set([...place.variants, ...variants])].filter((variant) => variant !== place.name);
      const sources = [...new Set([...place.sources, "report field"])];
      rows.set(place.id, { ...place, variants: all, sources });
    }
    above = [place, ...above];
    id = place.id;
  });
  return id;
}

/**
 * Reads the `place` field of a report: one value or several, each from the general to the particular with
 * : / ، , > | or a spaced hyphen between the levels. The same path of names always gives the same id; a name
 * that means exactly one known place within the levels above it takes that place's id. `gazetteer` is the
 * project's own, without extra rows.
 */
export function placesFromField(value: string | readonly string[], gazetteer: Gazetteer): FieldPlaces {
  const rows = new Map<string, Place>();
  const ids = new Set<string>();
  for (const one of typeof value === "string" ? [value] : value) {
    const id = readValue(one, gazetteer, rows);
    if (id !== null) ids.add(id);
  }
  return { ids: [...ids], rows: [...rows.values()] };
}
