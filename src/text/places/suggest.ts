/** Names to offer in "هل تقصد …؟". */

import { normalizeWithOffsets, originalSpan, type Span } from "../normalize.ts";
import { neighbours, SHORTEST_SUGGESTED, spans, takenWords, type Window, windowsAt } from "./fuzzy.ts";
import type { Gazetteer } from "./gazetteer.ts";
import { scan } from "./scan.ts";
import { readings, splitWords, type Word } from "./words.ts";

/** A stretch of text that may be meant for one of several known names. */
export interface PlaceSuggestion {
  readonly text: string;
  readonly span: Span;
  readonly ids: readonly string[];
}

const MOST_SUGGESTIONS = 4;
const FROM_REPORT = /^[0-9a-z]+_[0-9a-f]{16}$/;
const indexes = new WeakMap<Gazetteer, ReadonlyMap<string, readonly string[]>>();

/** Names of several words that reports hold, by their first word: "المطار" alone may be the one or the other. */
function idsByFirstWord(gazetteer: Gazetteer): ReadonlyMap<string, readonly string[]> {
  const known = indexes.get(gazetteer);
  if (known) return known;
  const index = new Map<string, string[]>();
  for (const place of gazetteer.byId.values()) {
    if (!place.sources.some((source) => FROM_REPORT.test(source))) continue;
    for (const spelling of [place.name, ...place.variants]) {
      const [first, second] = splitWords(normalizeWithOffsets(spelling).text);
      const ids = index.get(first?.key ?? "") ?? [];
      if (!first?.article || !second || second.key === "" || ids.includes(place.id)) continue;
      index.set(first.key, [...ids, place.id]);
    }
  }
  indexes.set(gazetteer, index);
  return index;
}

interface Offer {
  readonly to: number;
  readonly clitic: string;
  readonly ids: readonly string[];
}

function nearNames(window: Window, gazetteer: Gazetteer): string[] {
  if (window.key.length < SHORTEST_SUGGESTED) return [];
  const near = neighbours(window.key, gazetteer).flatMap((key) => gazetteer.names.get(key) ?? []);
  return near.filter((form) => spans(form, window)).map((form) => form.id);
}

/** Names that begin with a word that stands alone with its article. */
function longerNames(word: Word, gazetteer: Gazetteer): Offer[] {
  return readings(word).flatMap(({ key, article, clitic }) => {
    const ids = article ? (idsByFirstWord(gazetteer).get(key) ?? []) : [];
    return ids.length > 0 ? [{ to: 0, clitic, ids }] : [];
  });
}

function offersAt(
  text: string,
  words: readonly Word[],
  from: number,
  taken: readonly boolean[],
  gazetteer: Gazetteer,
): Offer[] {
  const word = words[from];
  if (!word || taken[from]) return [];
  const typos = windowsAt(text, words, from, taken)
    .reverse()
    .map((window) => ({ to: window.to, clitic: window.clitic, ids: nearNames(window, gazetteer) }));
  return [...typos, ...longerNames(word, gazetteer).map((offer) => ({ ...offer, to: from + 1 }))];
}

/**
 * Names to offer for words that name no known place: one letter away from known names where a place is to be
 * expected ("الحمدية"), or only the beginning of names that reports hold ("المطار").
 */
export function suggestPlaces(text: string, gazetteer: Gazetteer): PlaceSuggestion[] {
  const normalized = normalizeWithOffsets(text);
  const words = splitWords(normalized.text);
  const taken = takenWords(words.length, scan(normalized.text, words, gazetteer));
  const out: PlaceSuggestion[] = [];
  for (let from = 0; from < words.length; from += 1) {
    const offers = offersAt(normalized.text, words, from, taken, gazetteer);
    const offer = offers.find(({ ids }) => ids.length > 0);
    const first = words[from];
    const last = words[(offer?.to ?? 0) - 1];
    if (!offer || !first || !last) continue;
    const span = originalSpan(normalized, first.start + offer.clitic.length, last.end);
    out.push({ text: text.slice(...span), span, ids: [...new Set(offer.ids)].slice(0, MOST_SUGGESTIONS) });
    taken.fill(true, from, offer.to);
  }
  return out;
}
