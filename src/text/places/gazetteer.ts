import { normalize } from "../normalize.ts";
import type { Place } from "./place.ts";
import { nameKey, splitWords } from "./words.ts";

/** One spelling of one place. */
export interface NameForm {
  readonly id: string;
  /** Words of the spelling. */
  readonly words: number;
  /** Whether the spelling begins with the article. */
  readonly article: boolean;
  /** Whether it is the place's own name and not a variant. */
  readonly own: boolean;
  /** Whether it spells out the way from the general to the particular ("حمص : بابا عمرو"). */
  readonly path: boolean;
}

/** Places by id, by level and by name. Never changes once built. */
export interface Gazetteer {
  readonly byId: ReadonlyMap<string, Place>;
  /** Rows that the collection itself brought (the second argument of `buildGazetteer`). */
  readonly own: ReadonlySet<string>;
  readonly names: ReadonlyMap<string, readonly NameForm[]>;
  /** Every beginning of every key of `names`: tells when a longer name can no longer come. */
  readonly prefixes: ReadonlySet<string>;
  /** Latin names by their consonants with one sign for each class of vowels. */
  readonly loose: ReadonlyMap<string, readonly NameForm[]>;
  /** Ids that lie in a place, itself first; empty for an unknown id. */
  descendants(id: string): readonly string[];
  /** Ids in which a place lies, the nearest first, without itself. */
  ancestors(id: string): readonly string[];
}

/**
 * Key of a Latin spelling that forgives what transliterations disagree on: vowels, final h, ou/u/w.
 * Only for names of six letters and more; shorter ones collide.
 */
export function looseKey(key: string): string {
  return key
    .replace(/ou|oo|aw|ow|o/g, "u")
    .replace(/h$/, "")
    .replace(/iy*(?=[ae])/g, "iy")
    .replace(/ay(?![aeiu])|ai|ei|ey(?![aeiu])|ee/g, "a")
    .replace(/[ei]/g, "a")
    .replace(/y(?![au])/g, "a")
    .replace(/([a-z])\1+/g, "$1");
}

function union(first: readonly string[], second: readonly string[]): string[] {
  return [...new Set([...first, ...second])];
}

/** Rows of one id become one row: the first gives name and kind, the others add what it lacks. */
function merge(first: Place, second: Place): Place {
  const variants = union(first.variants, [second.name, ...second.variants]);
  return {
    ...first,
    variants: variants.filter((variant) => variant !== first.name),
    parents: union(first.parents, second.parents),
    sources: union(first.sources, second.sources),
    latitude: first.latitude ?? second.latitude,
    longitude: first.longitude ?? second.longitude,
  };
}

const LATIN = /[a-z]/i;
const PATH_SEPARATOR = /[:>]/;

interface NameTables {
  readonly names: Map<string, NameForm[]>;
  readonly loose: Map<string, NameForm[]>;
  readonly prefixes: Set<string>;
}

function addForm(table: Map<string, NameForm[]>, key: string, form: NameForm): void {
  const forms = table.get(key);
  if (!forms) table.set(key, [form]);
  else if (!forms.some((known) => known.id === form.id && known.article === form.article)) forms.push(form);
}

function addSpelling(tables: NameTables, place: Place, spelling: string): void {
  const words = splitWords(normalize(spelling));
  const first = words.find((word) => word.key !== "");
  if (!first) return;
  const form: NameForm = {
    id: place.id,
    words: words.filter((word) => word.key !== "").length,
    article: first.article,
    own: spelling === place.name,
    path: PATH_SEPARATOR.test(spelling),
  };
  const key = nameKey(spelling);
  if (key.length < 2) return;
  const fused =
    first.key +
    words
      .slice(words.indexOf(first) + 1)
      .map((word) => word.raw)
      .join("");
  for (const spaceless of new Set([key, fused])) {
    addForm(tables.names, spaceless, form);
    for (let end = 1; end <= spaceless.length; end += 1) tables.prefixes.add(spaceless.slice(0, end));
  }
  if (LATIN.test(spelling) && key.length >= 6) addForm(tables.loose, looseKey(key), form);
}

/** Rows of one name in the collection, one of them without a place above it, count as one another's inside. */
function linkTwins(extra: readonly Place[], children: Map<string, string[]>): void {
  const byName = new Map<string, Place[]>();
  for (const row of new Map(extra.map((one) => [one.id, one])).values()) {
    const key = nameKey(row.name);
    byName.set(key, [...(byName.get(key) ?? []), row]);
  }
  for (const rows of byName.values()) {
    const [alone, other, ...more] = rows.toSorted((a, b) => a.parents.length - b.parents.length);
    if (!alone || !other || more.length > 0 || alone.parents.length > 0) continue;
    children.set(alone.id, [...(children.get(alone.id) ?? []), other.id]);
    children.set(other.id, [...(children.get(other.id) ?? []), alone.id]);
  }
}

/**
 * Builds the gazetteer. Rows of `extra` (places that the reports' own fields name) rank before the others;
 * an extra row with a known id widens that row.
 */
export function buildGazetteer(rows: readonly Place[], extra: readonly Place[] = []): Gazetteer {
  const byId = new Map<string, Place>();
  for (const row of [...rows, ...extra]) {
    const known = byId.get(row.id);
    byId.set(row.id, known ? merge(known, row) : row);
  }
  const tables: NameTables = { names: new Map(), loose: new Map(), prefixes: new Set() };
  const children = new Map<string, string[]>();
  for (const place of byId.values()) {
    for (const spelling of [place.name, ...place.variants]) addSpelling(tables, place, spelling);
    for (const parent of place.parents) {
      const inside = children.get(parent);
      if (inside) inside.push(place.id);
      else children.set(parent, [place.id]);
    }
  }
  linkTwins(extra, children);
  return {
    byId,
    own: new Set(extra.map((row) => row.id)),
    ...tables,
    descendants: (id) => (byId.has(id) ? [id, ...(children.get(id) ?? [])] : []),
    ancestors: (id) => byId.get(id)?.parents ?? [],
  };
}
