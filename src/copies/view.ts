import type { Passage } from "../passage/passage.ts";
import type {
  CandidateScores,
  Coverage,
  PassageFilter,
  PassageRef,
  Publications,
  ReportHead,
  Scored,
  ScoreQuery,
  SearchOptions,
  Store,
  ToldTime,
} from "../store/store.ts";

/**
 * A store in which passages that only repeat another report are not found and not counted. They can still be read: by
 * their ids, and when their own report is asked for by name.
 */
export class StoreWithoutRepeats implements Store {
  readonly #store: Store;
  readonly #repeated: ReadonlyMap<PassageRef, Passage>;
  readonly #copies: number;

  /** `copies`: how many reports are told of by another one. */
  constructor(store: Store, repeated: ReadonlyMap<PassageRef, Passage>, copies: number) {
    this.#store = store;
    this.#repeated = repeated;
    this.#copies = copies;
  }

  get manifest(): Store["manifest"] {
    return this.#store.manifest;
  }

  reportIds(): Promise<readonly string[]> {
    return this.#store.reportIds();
  }

  report(id: string): ReturnType<Store["report"]> {
    return this.#store.report(id);
  }

  heads(): Promise<ReadonlyMap<string, ReportHead>> {
    return this.#store.heads();
  }

  source(id: string): Promise<Uint8Array | null> {
    return this.#store.source(id);
  }

  passages(refs: readonly PassageRef[]): Promise<readonly Passage[]> {
    return this.#store.passages(refs);
  }

  passageById(id: string): ReturnType<Store["passageById"]> {
    return this.#store.passageById(id);
  }

  async select(filter: PassageFilter): Promise<readonly PassageRef[]> {
    const refs = await this.#store.select(filter);
    return filter.reports === undefined ? refs.filter((ref) => !this.#repeated.has(ref)) : refs;
  }

  async news(filter: PassageFilter): Promise<readonly ToldTime[]> {
    const told = await this.#store.news(filter);
    return filter.reports === undefined ? told.filter(({ ref }) => !this.#repeated.has(ref)) : told;
  }

  placesOf(refs: readonly PassageRef[]): Promise<ReadonlyMap<string, number>> {
    return this.#store.placesOf(refs);
  }

  publications(): Promise<Publications> {
    return this.#store.publications();
  }

  reportsOf(refs: readonly PassageRef[]): Promise<readonly string[]> {
    return this.#store.reportsOf(refs);
  }

  dense(vector: Float32Array, options: SearchOptions): Promise<readonly Scored[]> {
    return this.#search(options, (more) => this.#store.dense(vector, more));
  }

  lexical(terms: readonly string[], options: SearchOptions): Promise<readonly Scored[]> {
    return this.#search(options, (more) => this.#store.lexical(terms, more));
  }

  score(query: ScoreQuery, refs: readonly PassageRef[]): Promise<CandidateScores> {
    return this.#store.score(query, refs);
  }

  rarity(terms: readonly string[]): Promise<readonly number[]> {
    return this.#store.rarity(terms);
  }

  async coverage(): Promise<Coverage> {
    const coverage = await this.#store.coverage();
    const days = new Map<string, number>();
    const places = new Map<string, number>();
    const count = (counts: Map<string, number>, keys: readonly string[]): void => {
      for (const key of new Set(keys)) counts.set(key, (counts.get(key) ?? 0) + 1);
    };
    for (const passage of this.#repeated.values()) {
      const news = passage.dates.filter(({ precision, background }) => precision === "day" && !background);
      count(
        days,
        news.flatMap(({ start }) => start ?? []),
      );
      count(
        places,
        passage.places.map(({ id }) => id),
      );
    }
    const left = <T extends { readonly passages: number }>(
      rows: readonly T[],
      counts: ReadonlyMap<string, number>,
      keyOf: (row: T) => string,
    ): T[] =>
      rows
        .map((row) => ({ ...row, passages: row.passages - (counts.get(keyOf(row)) ?? 0) }))
        .filter(({ passages }) => passages > 0);
    return {
      ...coverage,
      reports: coverage.reports - this.#copies,
      passages: coverage.passages - this.#repeated.size,
      days: left(coverage.days, days, ({ day }) => day),
      places: left(coverage.places, places, ({ id }) => id).sort(
        (a, b) => b.passages - a.passages || (a.id < b.id ? -1 : 1),
      ),
    };
  }

  placeFields(): Promise<readonly string[]> {
    return this.#store.placeFields();
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  /** So many as were asked for, as far as there are: more are looked up where repeats are among them. */
  async #search(
    options: SearchOptions,
    search: (options: SearchOptions) => Promise<readonly Scored[]>,
  ): Promise<readonly Scored[]> {
    const { limit } = options;
    const within = options.within?.filter((ref) => !this.#repeated.has(ref));
    if (within !== undefined) return search({ limit, within });
    for (let more = limit; ; more *= 2) {
      const found = await search({ limit: more });
      const kept = found.filter(({ ref }) => !this.#repeated.has(ref));
      if (kept.length >= limit || found.length < more) return kept.slice(0, limit);
    }
  }
}
