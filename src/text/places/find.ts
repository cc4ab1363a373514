import { type NormalizedText, normalizeWithOffsets, originalSpan } from "../normalize.ts";
import { choose } from "./choose.ts";
import { findTypos } from "./fuzzy.ts";
import type { Gazetteer } from "./gazetteer.ts";
import type { PlaceMention } from "./place.ts";
import { accept, type Hit, scan } from "./scan.ts";
import { splitWords, type Word } from "./words.ts";

export interface FindPlacesOptions {
  /** Places already spoken of, to choose among homonyms. */
  readonly context?: readonly string[] | undefined;
  /** Id of the region that wins among homonyms. */
  readonly prefer?: string | undefined;
  /**
   * Read one wrong letter in names of six letters and more, in shorter ones of the collection that sound alike, when
   * one name is near. Exact names always win.
   */
  readonly fuzzy?: boolean | undefined;
  /** A preposition alone marks a common-word name as a place ("شو صار بالصناعة"): right for questions. */
  readonly bare?: boolean | undefined;
}

const FATHATAN = "\u064b";

function toMention(
  original: string,
  normalized: NormalizedText,
  words: readonly Word[],
  hit: Hit,
  candidates: readonly string[],
  gazetteer: Gazetteer,
): PlaceMention[] {
  const [id] = candidates;
  const first = words[hit.from];
  const last = words[hit.to - 1];
  const place = id === undefined ? undefined : gazetteer.byId.get(id);
  if (id === undefined || !first || !last || !place) return [];
  const span = originalSpan(normalized, first.start + hit.clitic.length, last.end);
  // "دوماً" is an adverb: no name carries the accusative ending.
  if (original.slice(...span).includes(FATHATAN)) return [];
  const own = hit.forms.some((form) => form.id === id && form.own);
  const match = hit.fuzzy ? "fuzzy" : own ? "exact" : "variant";
  return [{ id, name: place.name, text: original.slice(...span), span, candidates, match }];
}

/**
 * Places that a text names, in order, without overlap; spans are in the text as given. Names are matched
 * unstemmed, after head words (حي، قرية …) and clitics; common-word names only after a head or in a list.
 * Linear in the length of the text; never throws.
 */
export function findPlaces(
  text: string,
  gazetteer: Gazetteer,
  options: FindPlacesOptions = {},
): PlaceMention[] {
  const normalized = normalizeWithOffsets(text);
  const words = splitWords(normalized.text);
  const exact = scan(normalized.text, words, gazetteer);
  const accepted = accept(normalized.text, words, exact, gazetteer, { bare: options.bare === true });
  const hits = options.fuzzy ? findTypos(normalized.text, words, accepted, gazetteer) : accepted;
  const chosen = choose(normalized.text, words, hits, gazetteer, {
    context: options.context ?? [],
    prefer: options.prefer ?? null,
  });
  return hits.flatMap((hit, index) =>
    toMention(text, normalized, words, hit, chosen[index] ?? [], gazetteer),
  );
}

/** The mentions without those that only say where another of them lies ("الحميدية في حمص" asks of one place). */
export function mostParticular(mentions: readonly PlaceMention[], gazetteer: Gazetteer): PlaceMention[] {
  return mentions.filter(
    (mention) => !mentions.some((other) => gazetteer.ancestors(other.id).includes(mention.id)),
  );
}
