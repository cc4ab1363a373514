/** Which of several places of one name is meant. */

import type { Gazetteer } from "./gazetteer.ts";
import { linkOf } from "./neighbours.ts";
import type { PlaceKind } from "./place.ts";
import type { Hit } from "./scan.ts";
import type { Word } from "./words.ts";

export interface ChooseOptions {
  readonly context: readonly string[];
  readonly prefer: string | null;
}

/** Without a head, a bare name is the city rather than the governorate of the same name. */
const KIND_ORDER: readonly PlaceKind[] = [
  "country",
  "city",
  "town",
  "governorate",
  "quarter",
  "village",
  "area",
  "landmark",
  "river",
  "subdistrict",
  "district",
];

function idsOf(hit: Hit): string[] {
  return [...new Set(hit.forms.map((form) => form.id))];
}

function isWithin(id: string, region: string, gazetteer: Gazetteer): boolean {
  return id === region || gazetteer.ancestors(id).includes(region);
}

/** The governorate in which a place lies, itself included; null for what lies in none or in several. */
function governorateOf(id: string, gazetteer: Gazetteer): string | null {
  const found = [id, ...gazetteer.ancestors(id)].filter(
    (one) => gazetteer.byId.get(one)?.kind === "governorate",
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

function governoratesOf(ids: readonly string[], gazetteer: Gazetteer): Set<string> {
  return new Set(ids.flatMap((id) => governorateOf(id, gazetteer) ?? []));
}

/** Candidates that lie in a place which a neighbouring hit names; empty when the neighbour says nothing. */
function qualifiedBy(candidates: readonly string[], neighbour: Hit, gazetteer: Gazetteer): string[] {
  const regions = idsOf(neighbour);
  return candidates.filter((id) => regions.some((region) => gazetteer.ancestors(id).includes(region)));
}

function kindRank(id: string, hit: Hit, gazetteer: Gazetteer): number {
  const kind = gazetteer.byId.get(id)?.kind ?? "area";
  const announced = hit.head?.kinds ?? [];
  const order = announced.indexOf(kind);
  return order >= 0 ? order : announced.length + KIND_ORDER.indexOf(kind);
}

/** Places that two ids have in common above them. */
function sharedAncestors(id: string, context: readonly string[], gazetteer: Gazetteer): number {
  const own = [id, ...gazetteer.ancestors(id)].filter((one) => gazetteer.byId.get(one)?.kind !== "country");
  let most = 0;
  for (const other of context) {
    const theirs = new Set([other, ...gazetteer.ancestors(other)]);
    most = Math.max(most, own.filter((one) => theirs.has(one)).length);
  }
  return most;
}

interface Among {
  readonly candidates: readonly string[];
  /** Those that lie in a place named right beside. */
  readonly beside: ReadonlySet<string>;
  /** Governorates that the rest of the text speaks of. */
  readonly spokenOf: ReadonlySet<string>;
}

/**
 * Candidates of a hit, the preferred first. In this order: what the words beside it say (`beside`), what the
 * word before it announces, rows of the collection's own fields, the governorate of the context, the
 * governorates that the text speaks of, the preferred region, the context itself, names that a report holds, the kind, the name itself before a variant.
 */
function ranked(hit: Hit, among: Among, gazetteer: Gazetteer, options: ChooseOptions): string[] {
  const announced = hit.head?.kinds ?? [];
  const around = governoratesOf(options.context, gazetteer);
  const scores = among.candidates.map((id) => {
    const place = gazetteer.byId.get(id);
    const fromReport =
      place?.kind !== "governorate" &&
      place?.sources.some((source) => /^[0-9a-z]+_[0-9a-f]{16}$/.test(source)) === true;
    const fitsHead = announced.length === 0 || (place !== undefined && announced.includes(place.kind));
    return {
      id,
      score: [
        among.beside.has(id) ? 0 : 1,
        hit.forms.some((form) => form.id === id && form.path) ? 0 : 1,
        fitsHead ? 0 : 1,
        gazetteer.own.has(id) ? 0 : 1,
        around.has(governorateOf(id, gazetteer) ?? "") ? 0 : 1,
        among.spokenOf.has(governorateOf(id, gazetteer) ?? "") ? 0 : 1,
        options.prefer !== null && isWithin(id, options.prefer, gazetteer) ? 0 : 1,
        -sharedAncestors(id, options.context, gazetteer),
        fromReport ? 0 : 1,
        kindRank(id, hit, gazetteer),
        hit.forms.some((form) => form.id === id && form.own) ? 0 : 1,
      ],
    };
  });
  scores.sort((a, b) => {
    for (const [index, value] of a.score.entries()) {
      const difference = value - (b.score[index] ?? 0);
      if (difference !== 0) return difference;
    }
    return a.id < b.id ? -1 : 1;
  });
  return scores.map((entry) => entry.id);
}

/** The list with the first element that meets the condition moved to the front. */
function first<T>(items: readonly T[], meets: (item: T) => boolean): T[] {
  const found = items.findIndex(meets);
  return found <= 0
    ? [...items]
    : [...items.slice(found, found + 1), ...items.filter((_, at) => at !== found)];
}

/** Of a city and a governorate of one name beside a place, the one in which that place lies. */
function agree(chosen: string[][], index: number, neighbour: number, gazetteer: Gazetteer): void {
  const id = chosen[index]?.[0];
  const others = chosen[neighbour];
  if (id === undefined || !others || others.includes(id)) return;
  const above = gazetteer.ancestors(id);
  if (others[0] === undefined || above.includes(others[0])) return;
  chosen[neighbour] = first(others, (other) => above.includes(other));
}

/** Kinds whose names are common to many cities: every city has a حي الصناعة and a stadium. */
const COMMON_KINDS: ReadonlySet<PlaceKind> = new Set<PlaceKind>(["quarter", "landmark", "area"]);

/** Candidates without the quarters and sites of a governorate other than those that are spoken of. */
function withoutStrangers(
  ids: readonly string[],
  regions: ReadonlySet<string>,
  gazetteer: Gazetteer,
): string[] {
  if (regions.size === 0) return [...ids];
  return ids.filter((id) => {
    const region = governorateOf(id, gazetteer);
    const common = COMMON_KINDS.has(gazetteer.byId.get(id)?.kind ?? "city");
    return !common || region === null || regions.has(region) || gazetteer.own.has(id);
  });
}

/**
 * For every hit its candidates, the preferred first; none where the text itself says that a quarter or site
 * lies in another governorate than the places known by that name.
 */
export function choose(
  text: string,
  words: readonly Word[],
  hits: readonly Hit[],
  gazetteer: Gazetteer,
  options: ChooseOptions,
): string[][] {
  const links = hits.map((hit, index) => {
    const next = hits[index + 1];
    return next ? linkOf(text, words, hit, next) : null;
  });
  const around = governoratesOf(options.context, gazetteer);
  if (around.size > 0) {
    const settled = hits
      .flatMap(idsOf)
      .filter((id) => !COMMON_KINDS.has(gazetteer.byId.get(id)?.kind ?? "city"));
    for (const region of governoratesOf(settled, gazetteer)) around.add(region);
  }
  const spokenOf = regionsSpokenOf(words, hits, gazetteer);
  const chosen = hits.map((hit, index) => {
    const next = links[index] ? hits[index + 1] : undefined;
    const previous = links[index - 1] ? hits[index - 1] : undefined;
    let candidates = withoutStrangers(idsOf(hit), around, gazetteer);
    for (const [link, other] of [
      [links[index], next],
      [links[index - 1], previous],
    ] as const) {
      if (link === "said" && other)
        candidates = withoutStrangers(candidates, regionsOf(other, gazetteer), gazetteer);
    }
    if (candidates.length < 2) return candidates;
    let beside = next ? qualifiedBy(candidates, next, gazetteer) : [];
    if (beside.length === 0 && previous) beside = qualifiedBy(candidates, previous, gazetteer);
    const among = { candidates, beside: new Set(beside), spokenOf: spokenOf(index) };
    return ranked(hit, among, gazetteer, options);
  });
  links.forEach((link, index) => {
    if (link === null) return;
    agree(chosen, index, index + 1, gazetteer);
    agree(chosen, index + 1, index, gazetteer);
  });
  return chosen;
}

/** Governorates that a neighbouring city or governorate stands for; empty when it is itself a quarter or a site. */
function regionsOf(hit: Hit, gazetteer: Gazetteer): ReadonlySet<string> {
  const ids = idsOf(hit);
  const settled = ids.every((id) =>
    ["city", "town", "governorate"].includes(gazetteer.byId.get(id)?.kind ?? ""),
  );
  return settled ? governoratesOf(ids, gazetteer) : new Set();
}

/** For every hit the governorates whose cities the text names, other than in one list with it ("الحميدية وحمص"). */
function regionsSpokenOf(
  words: readonly Word[],
  hits: readonly Hit[],
  gazetteer: Gazetteer,
): (index: number) => ReadonlySet<string> {
  const regions = hits.map((hit) => regionsOf(hit, gazetteer));
  const counts = new Map<string, number>();
  for (const names of regions) {
    if (names.size === 1) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const areListed = (first: Hit | undefined, second: Hit | undefined): boolean => {
    if (!first || !second || second.from - first.to > 2) return false;
    const joint = words[first.to];
    return second.from === first.to ? second.clitic.startsWith("و") : /^و(?!سط$)/u.test(joint?.raw ?? "");
  };
  return (index) => {
    const near = [index];
    if (areListed(hits[index - 1], hits[index])) near.push(index - 1);
    if (areListed(hits[index], hits[index + 1])) near.push(index + 1);
    const left = new Map(counts);
    for (const at of near) {
      const names = regions[at];
      if (names?.size === 1) for (const name of names) left.set(name, (left.get(name) ?? 0) - 1);
    }
    return new Set([...left].filter(([, count]) => count > 0).map(([name]) => name));
  };
}
