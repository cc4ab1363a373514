/** Which of several places of one name is meant. */

import type { Gazetteer } from "./gazetteer.ts";
import { headOf, isPreposition } from "./heads.ts";
import type { PlaceKind } from "./place.ts";
import { gap, type Hit } from "./scan.ts";
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

const QUALIFIER_GAP = /^[ :،,>/|\-–()]*$/;
const MOST_LINKING_WORDS = 4;

/** Whether only words like "في مدينة" stand between two hits, so that one tells where the other lies. */
function qualifies(text: string, words: readonly Word[], first: Hit, second: Hit): boolean {
  if (second.from - first.to > MOST_LINKING_WORDS) return false;
  if (second.clitic.startsWith("و") || second.clitic.startsWith("ف")) return false;
  for (let index = first.to - 1; index < second.from; index += 1) {
    if (!QUALIFIER_GAP.test(gap(text, words, index))) return false;
    if (index < first.to) continue;
    const word = words[index];
    if (!headOf(word) && !isPreposition(word) && word?.key !== "") return false;
    if (word?.raw.startsWith("و") && word.raw.length > 3) return false;
  }
  return true;
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

/**
 * Candidates of a hit, the preferred first. In this order: what the words beside it say (`beside`), what the
 * word before it announces, rows of the collection's own fields, the preferred region, the context, names
 * that a report holds, the kind, the name itself before a variant.
 */
function ranked(
  hit: Hit,
  beside: ReadonlySet<string>,
  gazetteer: Gazetteer,
  options: ChooseOptions,
): string[] {
  const announced = hit.head?.kinds ?? [];
  const scores = idsOf(hit).map((id) => {
    const place = gazetteer.byId.get(id);
    const fromReport =
      place?.kind !== "governorate" &&
      place?.sources.some((source) => /^[0-9a-z]+_[0-9a-f]{16}$/.test(source)) === true;
    const fitsHead = announced.length === 0 || (place !== undefined && announced.includes(place.kind));
    return {
      id,
      score: [
        beside.has(id) ? 0 : 1,
        hit.forms.some((form) => form.id === id && form.path) ? 0 : 1,
        fitsHead ? 0 : 1,
        gazetteer.own.has(id) ? 0 : 1,
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

/** For every hit its candidates, the preferred first. */
export function choose(
  text: string,
  words: readonly Word[],
  hits: readonly Hit[],
  gazetteer: Gazetteer,
  options: ChooseOptions,
): string[][] {
  const linked = hits.map((hit, index) => {
    const next = hits[index + 1];
    return next !== undefined && qualifies(text, words, hit, next);
  });
  const chosen = hits.map((hit, index) => {
    const candidates = idsOf(hit);
    if (candidates.length < 2) return candidates;
    const next = linked[index] ? hits[index + 1] : undefined;
    const previous = linked[index - 1] ? hits[index - 1] : undefined;
    let beside = next ? qualifiedBy(candidates, next, gazetteer) : [];
    if (beside.length === 0 && previous) beside = qualifiedBy(candidates, previous, gazetteer);
    return ranked(hit, new Set(beside), gazetteer, options);
  });
  linked.forEach((isLinked, index) => {
    if (!isLinked) return;
    agree(chosen, index, index + 1, gazetteer);
    agree(chosen, index + 1, index, gazetteer);
  });
  return chosen;
}
