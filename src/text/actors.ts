/** Armed groups, armies, agencies and people as texts name them. */

import { normalize, normalizeWithOffsets, originalSpan, type Span } from "./normalize.ts";
import { nameKey, type Reading, readings, splitWords, type Word } from "./places/words.ts";

/** An armed group, army, agency, institution or person that reports name. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly kind: "state" | "armed_group" | "agency" | "institution" | "person" | "civilians";
  readonly variants: readonly string[];
  readonly sources: readonly string[];
}

export interface ActorMention {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly span: Span;
}

interface ActorForm {
  readonly actor: Actor;
  /**
   * For a name of one word, whether it is spelled with the article, without it, or both: النظام is a party and
   * نظام a system, مدني a civilian and المدني an adjective.
   */
  readonly articles: readonly boolean[];
}

/** Actors by their spellings. Never changes once built. */
export interface ActorIndex {
  readonly byId: ReadonlyMap<string, Actor>;
  readonly forms: ReadonlyMap<string, ActorForm>;
  readonly prefixes: ReadonlySet<string>;
}

/** A name and its common misspelling: ظ and ض are said alike ("النضام"). */
function asWritten(name: string): string[] {
  return name.includes("ظ") ? [name, name.replaceAll("ظ", "ض")] : [name];
}

/** Builds the index. A spelling that two actors share belongs to the first. */
export function buildActorIndex(rows: readonly Actor[]): ActorIndex {
  const forms = new Map<string, ActorForm>();
  const prefixes = new Set<string>();
  for (const actor of rows) {
    for (const spelling of [actor.name, ...actor.variants].flatMap(asWritten)) {
      const key = nameKey(spelling);
      const words = splitWords(normalize(spelling));
      const known = forms.get(key);
      if (key === "" || (known && known.actor !== actor)) continue;
      const articles = words.length === 1 && words[0]?.latin === false ? [words[0].article] : [true, false];
      forms.set(key, { actor, articles: [...(known?.articles ?? []), ...articles] });
      for (let end = 1; end <= key.length; end += 1) prefixes.add(key.slice(0, end));
    }
  }
  return { byId: new Map(rows.map((row) => [row.id, row])), forms, prefixes };
}

const LONGEST_NAME = 8;
const GAP = /^[ "'“”„«»‹›()_-]{0,4}$/;

interface Found {
  readonly to: number;
  readonly clitic: string;
  readonly actor: Actor;
}

/** Words after which "النظام" and "التنظيم" are an order or a system, not a party. */
const SYSTEM_ADJECTIVES = new Set(
  "صحي تعليمي غذايي داخلي اساسي مالي قضايي سياسي اقتصادي بييي عالمي دولي عام اداري مدني اجتماعي فدرالي انتخابي ضريبي مصرفي شمسي".split(
    " ",
  ),
);

function isOrdinary(key: string, next: Word | undefined): boolean {
  return (key === "نظام" || key === "تنظيم") && next?.article === true && SYSTEM_ADJECTIVES.has(next.key);
}

function longestFrom(
  text: string,
  words: readonly Word[],
  from: number,
  first: Reading,
  index: ActorIndex,
): Found | null {
  let joined = first.key;
  let best: Found | null = null;
  for (let to = from + 1; to <= from + LONGEST_NAME && index.prefixes.has(joined); to += 1) {
    const form = index.forms.get(joined);
    const spelled = to > from + 1 || form?.articles.includes(first.article) === true;
    if (form && spelled && !isOrdinary(joined, words[to]))
      best = { to, clitic: first.clitic, actor: form.actor };
    const next = words[to];
    if (!next || !GAP.test(text.slice(words[to - 1]?.end, next.start))) break;
    joined += next.key;
  }
  return best;
}

function longestAt(text: string, words: readonly Word[], from: number, index: ActorIndex): Found | null {
  const first = words[from];
  if (!first) return null;
  let best: Found | null = null;
  for (const reading of readings(first)) {
    const found = longestFrom(text, words, from, reading, index);
    if (found && (best === null || found.to > best.to)) best = found;
  }
  return best;
}

/** The end of a name, with the quotation mark that closes one opened inside it (تنظيم “الدولة الإسلامية”). */
function withClosingQuote(text: string, start: number, end: number): number {
  const name = text.slice(start, end);
  const open = /["“«„‹](?=[^"”»“›]*$)/.test(name);
  return open && /["”»“›]/.test(text.charAt(end)) ? end + 1 : end;
}

/**
 * Actors that a text names, in order, without overlap, the longest name first ("الجيش السوري الحر" is not
 * "الجيش السوري"). Quotation marks inside a name do not matter; spans are in the text as given. Linear.
 */
export function findActors(text: string, index: ActorIndex): ActorMention[] {
  const normalized = normalizeWithOffsets(text);
  const words = splitWords(normalized.text);
  const mentions: ActorMention[] = [];
  for (let from = 0; from < words.length; from += 1) {
    const found = longestAt(normalized.text, words, from, index);
    const first = words[from];
    const last = words[(found?.to ?? 0) - 1];
    if (!found || !first || !last) continue;
    const end = withClosingQuote(normalized.text, first.start, last.end);
    const span = originalSpan(normalized, first.start + found.clitic.length, end);
    const { id, name } = found.actor;
    mentions.push({ id, name, text: text.slice(...span), span });
    from = found.to - 1;
  }
  return mentions;
}
