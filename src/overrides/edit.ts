/** Changes to the overrides as values: each takes the overrides and gives the new ones. Nothing here reads or writes. */
import { createHash } from "node:crypto";
import type { GazetteerData } from "../gazetteer/gazetteer.ts";
import * as phrases from "../phrases/overrides.ts";
import { type Override, type Overrides, OverridesError } from "../report/overrides.ts";
import type { DayInterval } from "../text/day.ts";
import type { Place, PlaceKind } from "../text/places/place.ts";
import { sameSpelling } from "./spelling.ts";

/** Who makes a change, and why: kept with it, for operators. */
export interface By {
  readonly who: string;
  readonly why: string;
}

/** What can be said of a report; null takes back what was said, an absent field stays as it is. */
export interface ReportCorrection {
  /** One day or the days between which it was published. `why` is a short Arabic sentence for readers. */
  readonly published?:
    | (DayInterval & {
        readonly confidence?: "stated" | "inferred" | undefined;
        readonly why?: string | undefined;
      })
    | null
    | undefined;
  readonly publisher?: string | null | undefined;
  readonly title?: string | null | undefined;
  readonly eventDays?: { readonly start: string; readonly end: string } | null | undefined;
  /** General to particular inside each ("دير الزور : الحميدية"); an empty list takes them back. */
  readonly places?: readonly string[] | null | undefined;
  /** Ids of places that were wrongly found in the text; an empty list takes them back. */
  readonly withoutPlaces?: readonly string[] | null | undefined;
  readonly withdrawn?: Override["withdrawn"] | null | undefined;
}

/** Sets or takes back what the operator says of a report. An entry that says nothing more is taken out. */
export function correctReport(
  overrides: Overrides,
  id: string,
  correction: ReportCorrection,
  by: By,
): Overrides {
  const { published, places, withoutPlaces, withdrawn, ...rest } = correction;
  const former = own(overrides.reports, id) ?? {};
  const set = {
    ...rest,
    published: published && { confidence: "stated", why: phrases.dayByOperator, ...defined(published) },
    places: places?.length === 0 ? null : places,
    withoutPlaces: withoutPlaces?.length === 0 ? null : withoutPlaces,
    withdrawn: withdrawn && { ...withdrawn, who: by.who },
  };
  // Who withdraws a report does not vouch for what others have said of it.
  const corrects = [published, places, withoutPlaces, ...Object.values(rest)].some(
    (value) => value !== undefined,
  );
  const { who, why } = corrects ? by : { ...by, ...former };
  return withEntry(overrides, "reports", id, merged(former, set, { who, why }));
}

/** Adds a spelling to a place of data/places.json or of the overrides. Throws OverridesError for an unknown place. */
export function addPlaceVariant(
  overrides: Overrides,
  names: GazetteerData,
  change: Spelling,
  by: By,
): Overrides {
  return addSpelling(overrides, { section: "places", rows: names.places }, change, by);
}

/** Takes a spelling from a place, whoever gave it. Throws OverridesError when the place does not have it. */
export function removePlaceVariant(
  overrides: Overrides,
  names: GazetteerData,
  change: Spelling,
  by: By,
): Overrides {
  return removeSpelling(overrides, { section: "places", rows: names.places }, change, by);
}

/** Adds a name to a publisher of data/publishers.json or of the overrides. Throws OverridesError for an unknown publisher. */
export function addPublisherAlias(
  overrides: Overrides,
  names: GazetteerData,
  change: Spelling,
  by: By,
): Overrides {
  return addSpelling(overrides, { section: "publishers", rows: names.publishers }, change, by);
}

/** Takes a name from a publisher, whoever gave it. Throws OverridesError when the publisher does not have it. */
export function removePublisherAlias(
  overrides: Overrides,
  names: GazetteerData,
  change: Spelling,
  by: By,
): Overrides {
  return removeSpelling(overrides, { section: "publishers", rows: names.publishers }, change, by);
}

/** A place that no list has. */
export interface NewPlace {
  readonly name: string;
  readonly kind: PlaceKind;
  /** Id of the place in which it lies. */
  readonly parent: string;
  readonly variants?: readonly string[] | undefined;
}

/** Adds a place and gives its id. Throws OverridesError when a place of that name lies there already, or the parent is unknown. */
export function addPlace(
  overrides: Overrides,
  names: GazetteerData,
  place: NewPlace,
  by: By,
): { readonly overrides: Overrides; readonly id: string } {
  const { name, kind, parent, variants = [] } = place;
  const there = names.places.find(
    (row) =>
      row.parents.includes(parent) && [row.name, ...row.variants].some((one) => sameSpelling(one, name)),
  );
  if (there !== undefined)
    throw new OverridesError(
      `"${name}" is known already as ${there.id}; add a spelling to that place instead`,
    );
  const id = newId(`${name} ${parent}`);
  const entry = {
    name,
    kind,
    parents: [parent],
    ...(variants.length > 0 ? { variants: [...variants] } : {}),
    ...by,
  };
  return { overrides: withEntry(overrides, "places", id, entry), id };
}

/** Adds a publisher and gives its id. Throws OverridesError when one has that name already. */
export function addPublisher(
  overrides: Overrides,
  names: GazetteerData,
  { name, variants = [] }: { readonly name: string; readonly variants?: readonly string[] | undefined },
  by: By,
): { readonly overrides: Overrides; readonly id: string } {
  const there = names.publishers.find((row) =>
    [row.name, ...row.variants].some((one) => sameSpelling(one, name)),
  );
  if (there !== undefined)
    throw new OverridesError(
      `"${name}" is known already as ${there.id}; add a name to that publisher instead`,
    );
  const id = newId(name);
  const entry = { name, ...(variants.length > 0 ? { variants: [...variants] } : {}), ...by };
  return { overrides: withEntry(overrides, "publishers", id, entry), id };
}

export type Section = "reports" | "places" | "publishers";

/** An entry as it was before a change, null for none: what an undo puts back. Plain data, to be kept as JSON. */
export interface FormerEntry {
  readonly section: Section;
  readonly id: string;
  readonly entry: unknown;
}

/** The entries that a change touched, as they were before it. */
export function formerEntries(before: Overrides, after: Overrides): FormerEntry[] {
  return (["reports", "places", "publishers"] as const).flatMap((section) => {
    const [old, now] = [before[section] ?? {}, after[section] ?? {}];
    return [...new Set([...Object.keys(old), ...Object.keys(now)])]
      .filter((id) => JSON.stringify(own(old, id)) !== JSON.stringify(own(now, id)))
      .map((id) => ({ section, id, entry: own(old, id) ?? null }));
  });
}

/** Puts entries back as they were: undoes a change. What else was changed meanwhile stays. */
export function restoreEntries(overrides: Overrides, former: readonly FormerEntry[]): Overrides {
  return former.reduce((now, { section, id, entry }) => withEntry(now, section, id, entry), overrides);
}

/** One spelling of one row, by the row's id. */
export interface Spelling {
  readonly id: string;
  readonly spelling: string;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly variants: readonly string[];
}

interface Rows {
  readonly section: "places" | "publishers";
  /** With the corrections made so far (`correctedNames`). */
  readonly rows: readonly (Row | Place)[];
}

interface Spelt {
  readonly variants?: readonly string[] | undefined;
  readonly without?: readonly string[] | undefined;
}

function addSpelling(
  overrides: Overrides,
  { section, rows }: Rows,
  { id, spelling }: Spelling,
  by: By,
): Overrides {
  const row = knownRow(rows, id, section);
  const word = spelling.trim();
  if (word === "") throw new OverridesError("a spelling is empty; write one");
  const entry: Spelt = own(overrides[section] ?? {}, id) ?? {};
  const without = less(entry.without, word);
  const has = [row.name, ...row.variants].includes(word);
  const variants = has ? entry.variants : [...less(entry.variants, word), word];
  return withEntry(
    overrides,
    section,
    id,
    merged(entry, { variants: orNone(variants), without: orNone(without) }, by),
  );
}

function removeSpelling(
  overrides: Overrides,
  { section, rows }: Rows,
  { id, spelling }: Spelling,
  by: By,
): Overrides {
  const row = knownRow(rows, id, section);
  const entry: Spelt = own(overrides[section] ?? {}, id) ?? {};
  const isIt = (other: string): boolean => sameSpelling(other, spelling);
  if (isIt(row.name))
    throw new OverridesError(`"${spelling}" is the name of ${id} itself; give it another name instead`);
  if (!row.variants.some(isIt))
    throw new OverridesError(`${id} has no spelling "${spelling}"; choose one that it has`);
  const given = (entry.variants ?? []).some(isIt);
  const variants = orNone(less(entry.variants, spelling));
  // What the operator did not give stands in the list under data/ and can only be left out.
  const without = given ? entry.without : [...less(entry.without, spelling), spelling.trim()];
  return withEntry(overrides, section, id, merged(entry, { variants, without: orNone(without) }, by));
}

const less = (spellings: readonly string[] | undefined, spelling: string): string[] =>
  (spellings ?? []).filter((other) => !sameSpelling(other, spelling));

const orNone = (list: readonly string[] | undefined): readonly string[] | null =>
  list === undefined || list.length === 0 ? null : list;

function knownRow(rows: readonly Row[], id: string, section: string): Row {
  const row = rows.find((one) => one.id === id);
  if (row === undefined)
    throw new OverridesError(
      `there is none of the ${section} with the id "${id}"; choose one that is listed`,
    );
  return row;
}

/** An entry with fields set, and those set to null taken out; null when it says nothing more. */
function merged(former: object, set: Readonly<Record<string, unknown>>, by: By): unknown {
  const { who: _who, why: _why, ...rest } = { who: "", why: "", ...former, ...defined(set) };
  const said = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== null && value !== undefined),
  );
  return Object.keys(said).length === 0 ? null : { ...said, ...by };
}

function withEntry(overrides: Overrides, section: Section, id: string, entry: unknown): Overrides {
  const entries = new Map<string, unknown>(Object.entries(overrides[section] ?? {}));
  if (entry === null || entry === undefined) entries.delete(id);
  else entries.set(id, entry);
  const none = entries.size === 0 && overrides[section] === undefined;
  return none ? overrides : { ...overrides, [section]: Object.fromEntries(entries) };
}

/** The value of an own key: ids such as "constructor" are no entries. */
export function own<T>(record: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(record, id) ? record[id] : undefined;
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<T>;
}

/** Names are Arabic and ids are not: a new row has the hash of its name. */
function newId(text: string): string {
  return `operator-${createHash("sha256").update(text).digest("hex").slice(0, 12)}`;
}
