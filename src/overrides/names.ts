/** The lists under data/ as the operator corrects them in data/overrides.json. */
import type { GazetteerData, Publisher } from "../gazetteer/gazetteer.ts";
import * as phrases from "../phrases/overrides.ts";
import {
  type Overrides,
  OverridesError,
  type PlaceOverride,
  type PublisherOverride,
} from "../report/overrides.ts";
import type { Place } from "../text/places/place.ts";
import { sameSpelling } from "./spelling.ts";

/** Where a row comes from that no list under data/ has. */
export const OPERATOR = "operator";

const withoutSpellings = (spellings: readonly string[], without: readonly string[]): string[] =>
  spellings.filter((spelling) => !without.some((other) => sameSpelling(spelling, other)));

interface Spelt {
  readonly name: string;
  readonly variants: readonly string[];
}

interface SpellingChanges {
  readonly name?: string | undefined;
  readonly variants?: readonly string[] | undefined;
  readonly without?: readonly string[] | undefined;
}

/** A row with its spellings changed; a former name goes on as a variant. */
function respelt<T extends Spelt>(row: T, { name = row.name, variants = [], without = [] }: SpellingChanges) {
  const former = name === row.name ? [] : [row.name];
  const all = withoutSpellings([...former, ...row.variants, ...variants], without);
  return {
    ...row,
    name,
    variants: [...new Set(all)].filter((variant) => variant !== name),
    corrected: [...(name === row.name ? [] : [name]), ...variants],
  };
}

/**
 * Places, actors and publishers with the operator's corrections.
 * @throws OverridesError for a new row without a name (or of a place without a kind), and for an unknown parent.
 */
export function correctedNames(names: GazetteerData, overrides: Overrides): GazetteerData {
  const { places = {}, publishers = {} } = overrides;
  return {
    ...names,
    places: correctedPlaces(names.places, places),
    publishers: correctedPublishers(names.publishers, publishers),
  };
}

function correctedPlaces(
  rows: readonly Place[],
  overrides: Readonly<Record<string, PlaceOverride>>,
): readonly Place[] {
  if (Object.keys(overrides).length === 0) return rows;
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const [id, override] of Object.entries(overrides)) {
    const row = byId.get(id) ?? newPlace(id, override);
    const { kind = row.kind } = override;
    byId.set(id, { ...respelt(row, override), kind });
  }
  const parentsOf = (id: string): readonly string[] => overrides[id]?.parents ?? byId.get(id)?.parents ?? [];
  for (const [id, { parents }] of Object.entries(overrides)) {
    const row = byId.get(id);
    const unknown = parents?.find((parent) => !byId.has(parent) || parent === id);
    if (unknown !== undefined)
      throw new OverridesError(
        `data/overrides.json: places.${id}.parents: there is no place "${unknown}" that it could lie in; correct that id`,
      );
    if (row !== undefined && parents !== undefined)
      byId.set(id, { ...row, parents: [...new Set([...parents, ...(above(parents, parentsOf) ?? [])])] });
  }
  return [...byId.values()];
}

/** All that lies above these places, the nearest first; ends where parents name each other. */
function above(parents: readonly string[], parentsOf: (id: string) => readonly string[]): string[] {
  const found = new Set<string>();
  const waiting = [...parents];
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    for (const parent of parentsOf(id)) {
      if (found.has(parent) || parents.includes(parent)) continue;
      found.add(parent);
      waiting.push(parent);
    }
  }
  return [...found];
}

function newPlace(id: string, { name, kind }: PlaceOverride): Place {
  if (name === undefined || kind === undefined)
    throw new OverridesError(
      `data/overrides.json: places.${id}: no place has this id, and a new one needs name and kind; correct the id or add them`,
    );
  const unset = { latitude: null, longitude: null };
  return { id, name, kind, parents: [], variants: [], ...unset, sources: [OPERATOR] };
}

function correctedPublishers(
  rows: readonly Publisher[],
  overrides: Readonly<Record<string, PublisherOverride>>,
): readonly Publisher[] {
  if (Object.keys(overrides).length === 0) return rows;
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const [id, override] of Object.entries(overrides)) {
    const row = byId.get(id) ?? newPublisher(id, override);
    const { site = row.site, card = row.card } = override;
    byId.set(id, { ...respelt(row, override), site, card });
  }
  return [...byId.values()];
}

function newPublisher(id: string, { name }: PublisherOverride): Publisher {
  if (name === undefined)
    throw new OverridesError(
      `data/overrides.json: publishers.${id}: no publisher has this id, and a new one needs a name; correct the id or add it`,
    );
  const card = phrases.publisherCard(name);
  return { id, name, variants: [], site: null, card, marks: [name], sources: [OPERATOR] };
}
