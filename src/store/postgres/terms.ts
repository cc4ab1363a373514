/** Terms of passages and contexts as PostgreSQL keeps them: numbers, counts, and what each adds to a score. */
import type { Queries } from "../../postgres/postgres.ts";
import { impact, lengthNorm, MOST_COUNTED } from "../bm25.ts";

/** Of one document: numbers of its terms, ascending, with how often each stands there, and how many there are in all. */
export interface CountedTerms {
  readonly terms: readonly number[];
  readonly counts: Uint8Array;
  readonly length: number;
}

/** `sparsevec` wants a number of dimensions; terms have numbers below it. */
const MOST_TERMS = 100_000_000;

/** Numbers of terms, known or made now. Keeps what it has seen: a build asks for each term once. */
export class Dictionary {
  readonly #ids = new Map<string, number>();

  /** Documents, given as their terms with repetitions, in the form in which they are stored. */
  async count(queries: Queries, documents: readonly (readonly string[])[]): Promise<CountedTerms[]> {
    await this.#learn(queries, new Set(documents.flat()));
    return documents.map((terms) => counted(terms.map((term) => this.#ids.get(term) ?? 0)));
  }

  async #learn(queries: Queries, terms: ReadonlySet<string>): Promise<void> {
    // In one order everywhere, so that two builds never wait for each other in a circle.
    const unknown = [...terms].filter((term) => !this.#ids.has(term)).sort();
    if (unknown.length === 0) return;
    await queries.rows("INSERT INTO terms (term) SELECT unnest($1::text[]) ON CONFLICT (term) DO NOTHING", [
      unknown,
    ]);
    const rows = await queries.rows<{ id: number; term: string }>(
      "SELECT id, term FROM terms WHERE term = ANY($1::text[])",
      [unknown],
    );
    for (const { id, term } of rows) this.#ids.set(term, id);
  }
}

function counted(ids: readonly number[]): CountedTerms {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  const terms = [...counts.keys()].sort((a, b) => a - b);
  return {
    terms,
    counts: Uint8Array.from(terms, (id) => Math.min(MOST_COUNTED, counts.get(id) ?? 0)),
    length: ids.length,
  };
}

/** What each term of a document adds to a score but for its weight, as a `sparsevec`. */
export function impactsOf({ terms, counts, length }: CountedTerms, mean: number): string {
  const norm = lengthNorm(length, mean);
  return sparse(terms.map((id, at) => [id, impact(counts[at] ?? 0, norm)]));
}

/** A `sparsevec` of values by number of term. */
export function sparse(values: readonly (readonly [id: number, value: number])[]): string {
  return `{${values.map(([id, value]) => `${id}:${value}`).join(",")}}/${MOST_TERMS}`;
}
