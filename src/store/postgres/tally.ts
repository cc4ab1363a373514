/** What a build adds to the counts of a generation, and takes from them. */
import type { Passage } from "../../passage/passage.ts";
import { calendarDay, storable } from "./storable.ts";
import type { CountedTerms } from "./terms.ts";

export interface TermChange {
  passages: number;
  contexts: number;
  most: number;
  shortest: number;
}

export interface ToldChange {
  readonly kind: "day" | "place";
  readonly key: string;
  label: string | null;
  passages: number;
}

/** No passage is that long. */
const LONGEST = 0x7fff_ffff;

export class Tally {
  passages = 0;
  terms = 0;
  contexts = 0;
  contextTerms = 0;
  readonly byTerm = new Map<number, TermChange>();
  readonly #told = new Map<string, ToldChange>();

  get told(): Iterable<ToldChange> {
    return this.#told.values();
  }

  /** `sign` is 1 for a passage that comes and -1 for one that goes. */
  passage({ dates, places }: Pick<Passage, "dates" | "places">, words: CountedTerms, sign: 1 | -1): void {
    this.passages += sign;
    this.terms += sign * words.length;
    words.terms.forEach((term, at) => {
      const change = this.#of(term);
      change.passages += sign;
      if (sign < 0) return;
      change.most = Math.max(change.most, words.counts[at] ?? 0);
      change.shortest = Math.min(change.shortest, words.length);
    });
    const days = dates.filter(({ precision, background }) => precision === "day" && !background);
    for (const day of new Set(days.map(({ start }) => calendarDay(start))))
      if (day !== null) this.#tell("day", day, null, sign);
    const names = new Map(places.map(({ id, name }) => [storable(id), storable(name)]));
    for (const [id, name] of names) this.#tell("place", id, name, sign);
  }

  context({ terms, length }: CountedTerms, sign: 1 | -1): void {
    this.contexts += sign;
    this.contextTerms += sign * length;
    for (const term of terms) this.#of(term).contexts += sign;
  }

  #of(term: number): TermChange {
    let change = this.byTerm.get(term);
    if (!change) {
      change = { passages: 0, contexts: 0, most: 0, shortest: LONGEST };
      this.byTerm.set(term, change);
    }
    return change;
  }

  #tell(kind: ToldChange["kind"], key: string, label: string | null, sign: 1 | -1): void {
    const name = `${kind} ${key}`;
    const change = this.#told.get(name) ?? { kind, key, label: null, passages: 0 };
    change.passages += sign;
    if (sign > 0) change.label ??= label;
    this.#told.set(name, change);
  }
}
