/** One fake per contract, each proven by the contract's suite in tests/contract/. */
import { createHash } from "node:crypto";
import type { Embedder } from "../src/embedding/embedder.ts";
import type { Passage } from "../src/passage/passage.ts";
import type { Report } from "../src/report/report.ts";
import { lengthInDays } from "../src/retrieval/scope.ts";
import { indexedText } from "../src/store/indexed-text.ts";
import type {
  CandidateScores,
  Coverage,
  PassageFilter,
  Publications,
  ReportHead,
  Scored,
  ScoreQuery,
  SearchOptions,
  Store,
  ToldTime,
} from "../src/store/store.ts";
import { StoreError } from "../src/store/store.ts";
import { overlaps } from "../src/text/day.ts";
import { lexicalTerms } from "../src/text/tokens.ts";

/**
 * An embedder without a model: every word is one direction, chosen by its hash, so that texts with words in
 * common are near. Counts what it was asked.
 */
export class FakeEmbedder implements Embedder {
  readonly model;
  /** Every text that was embedded, in order. */
  readonly seen: string[] = [];
  closed = false;

  constructor(options: { dimension?: number; fingerprint?: string } = {}) {
    const { dimension = 32, fingerprint = "fake-1" } = options;
    this.model = { id: "fake", fingerprint, dimension };
  }

  async embed(...[texts, , options]: Parameters<Embedder["embed"]>): Promise<Float32Array[]> {
    options?.signal?.throwIfAborted();
    this.seen.push(...texts);
    return texts.map((text) => this.#vector(text));
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  #vector(text: string): Float32Array {
    const vector = new Float32Array(this.model.dimension);
    for (const word of ["", ...text.split(/\s+/)]) {
      const hash = createHash("sha256").update(word).digest();
      const at = hash.readUInt32LE(0) % vector.length;
      vector[at] = (vector[at] ?? 0) + (word === "" ? 0.01 : 1);
    }
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  }
}

export interface FakeStoreContents {
  readonly reports: readonly Report[];
  readonly passages: readonly Passage[];
  /** Bytes as received, by report id; where absent, the body as UTF-8. */
  readonly sources?: ReadonlyMap<string, Uint8Array> | undefined;
  readonly embedder?: Embedder | undefined;
}

/** A store in memory, written for clearness: every method looks at every passage. */
export class FakeStore implements Store {
  readonly manifest;
  readonly #reports: readonly Report[];
  readonly #passages: readonly Passage[];
  readonly #vectors: readonly Float32Array[];

  readonly #sources: ReadonlyMap<string, Uint8Array>;

  private constructor(contents: FakeStoreContents, vectors: readonly Float32Array[]) {
    const { reports, passages, sources = new Map() } = contents;
    this.#reports = reports;
    this.#passages = passages;
    this.#sources = sources;
    this.#vectors = vectors;
    this.manifest = {
      schemaVersion: 1,
      chunkerVersion: 1,
      normalizerVersion: 1,
      annotatorVersion: 1,
      embedding: { id: "fake", fingerprint: "fake-1", dimension: vectors[0]?.length ?? 32 },
      corpus: "fake",
      reports: reports.length,
      passages: passages.length,
      builtAt: "2026-01-01T00:00:00.000Z",
      changedAt: "2026-01-01T00:00:00.000Z",
    };
  }

  static async of(contents: FakeStoreContents): Promise<FakeStore> {
    const reports = [...contents.reports].sort((a, b) => (a.id < b.id ? -1 : 1));
    const passages = [...contents.passages].sort((a, b) =>
      a.reportId === b.reportId ? a.start - b.start : a.reportId < b.reportId ? -1 : 1,
    );
    const embedder = contents.embedder ?? new FakeEmbedder();
    const vectors = await embedder.embed(passages.map(indexedText), "passage");
    return new FakeStore({ ...contents, reports, passages }, vectors);
  }

  async reportIds(): Promise<string[]> {
    return this.#reports.map(({ id }) => id);
  }

  async report(id: string): Promise<Report | null> {
    return this.#reports.find((report) => report.id === id) ?? null;
  }

  async heads(): Promise<ReadonlyMap<string, ReportHead>> {
    return new Map(
      this.#reports.map(({ id, publisher, byline, title, sketch }) => [
        id,
        { publisher, byline, title, ...(sketch ? { sketch } : {}) },
      ]),
    );
  }

  async reportsOf(refs: readonly number[]): Promise<string[]> {
    return [...new Set((await this.passages(refs)).map(({ reportId }) => reportId))].sort();
  }

  async placeFields(): Promise<readonly string[]> {
    const reports = await Promise.all((await this.reportIds()).map((id) => this.report(id)));
    return [...new Set(reports.flatMap((report) => report?.places ?? []))].sort();
  }

  async source(id: string): Promise<Uint8Array | null> {
    const report = await this.report(id);
    return report && (this.#sources.get(id) ?? new TextEncoder().encode(report.body));
  }

  async passages(refs: readonly number[]): Promise<Passage[]> {
    return refs.map((ref) => {
      const passage = this.#passages[ref];
      if (!passage) throw new StoreError(`no passage ${ref}`);
      return passage;
    });
  }

  async passageById(id: string): Promise<{ ref: number; passage: Passage } | null> {
    const ref = this.#passages.findIndex((passage) => passage.id === id);
    const passage = this.#passages[ref];
    return passage ? { ref, passage } : null;
  }

  async select({ days, places, reports, background = true }: PassageFilter): Promise<number[]> {
    const matches = ({ dates, places: named, reportId }: Passage): boolean =>
      (!reports || reports.includes(reportId)) &&
      (!places || named.some(({ id }) => places.includes(id))) &&
      (!days ||
        dates.some(
          (date) =>
            (background || !date.background) &&
            days.some(
              ({ longest = Number.POSITIVE_INFINITY, ...day }) =>
                overlaps(date, day) && lengthInDays(date) <= longest,
            ),
        ));
    return this.#passages.flatMap((passage, ref) => (matches(passage) ? [ref] : []));
  }

  async news({ days, ...filter }: PassageFilter): Promise<ToldTime[]> {
    const refs = await this.select(filter);
    return refs.flatMap((ref) => {
      const { role = "noise", dates = [] } = this.#passages[ref] ?? {};
      const told = dates.filter(
        (date) =>
          (role === "text" || role === "title") &&
          !date.background &&
          (date.start !== null || date.end !== null) &&
          (days?.some(
            ({ longest = Number.POSITIVE_INFINITY, ...day }) =>
              overlaps(date, day) && lengthInDays(date) <= longest,
          ) ??
            true),
      );
      const keyOf = ({ start, end }: (typeof told)[number]): string => `${start} ${end}`;
      return told
        .filter((date, at) => told.findIndex((other) => keyOf(other) === keyOf(date)) === at)
        .map(({ start, end, confidence }) => ({ ref, start, end, confidence }));
    });
  }

  async placesOf(refs: readonly number[]): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const { places } of await this.passages([...new Set(refs)]))
      for (const id of new Set(places.map((place) => place.id))) counts.set(id, (counts.get(id) ?? 0) + 1);
    return counts;
  }

  async publications(): Promise<Publications> {
    const count = (known: keyof Publications): number =>
      this.#reports.filter(({ published }) => published.confidence === known).length;
    return { stated: count("stated"), inferred: count("inferred"), unknown: count("unknown") };
  }

  async dense(vector: Float32Array, options: SearchOptions): Promise<Scored[]> {
    if (
      vector.length !== this.manifest.embedding.dimension ||
      vector.some((value) => !Number.isFinite(value))
    )
      throw new StoreError("the question's vector does not fit the index");
    return this.#best(options, (ref) =>
      [...(this.#vectors[ref] ?? [])].reduce((sum, value, i) => sum + value * (vector[i] ?? 0), 0),
    );
  }

  async rarity(terms: readonly string[]): Promise<number[]> {
    const documents = this.#passages.map((passage) => new Set(lexicalTerms(indexedText(passage))));
    return terms.map((term) => {
      const frequency = documents.filter((document) => document.has(term)).length;
      return Math.log(1 + (documents.length - frequency + 0.5) / (frequency + 0.5));
    });
  }

  async lexical(terms: readonly string[], options: SearchOptions): Promise<Scored[]> {
    const documents = this.#passages.map((passage) => lexicalTerms(indexedText(passage)));
    const mean = documents.reduce((sum, document) => sum + document.length, 0) / documents.length;
    const score = (ref: number): number =>
      terms.reduce((sum, term) => {
        const frequency = documents.filter((document) => document.includes(term)).length;
        const idf = Math.log(1 + (documents.length - frequency + 0.5) / (frequency + 0.5));
        const document = documents[ref] ?? [];
        const count = document.filter((other) => other === term).length;
        return sum + (idf * count * 1.9) / (count + 0.9 * (0.6 + (0.4 * document.length) / mean));
      }, 0);
    return this.#best(options, score).filter((scored) => scored.score > 0);
  }

  /** The context of every passage is taken to be the passage alone. */
  async score({ vector, terms }: ScoreQuery, refs: readonly number[]): Promise<CandidateScores> {
    const of = (scored: readonly Scored[]): Float64Array =>
      Float64Array.from(refs, (ref) => scored.find((other) => other.ref === ref)?.score ?? 0);
    const all = { limit: this.#passages.length };
    const dense = of(await this.dense(vector, all));
    const lexical = of(await this.lexical(terms, all));
    return { dense, lexical, contextDense: dense, contextLexical: lexical };
  }

  async coverage(): Promise<Coverage> {
    const dates = this.#passages.flatMap((passage) => passage.dates);
    const bounds = dates
      .flatMap(({ start, end }) => [start ?? end, end ?? start])
      .filter((day) => day !== null);
    bounds.sort();
    const tally = (keys: readonly (readonly string[])[]): [string, number][] => {
      const counts = new Map<string, number>();
      for (const key of keys.flatMap((list) => [...new Set(list)]))
        counts.set(key, (counts.get(key) ?? 0) + 1);
      return [...counts];
    };
    const news = this.#passages.map((passage) =>
      passage.dates.flatMap(({ start, precision, background }) =>
        start !== null && precision === "day" && !background ? [start] : [],
      ),
    );
    const named = this.#passages.flatMap((passage) => passage.places);
    return {
      reports: this.#reports.length,
      passages: this.#passages.length,
      days: tally(news)
        .map(([day, passages]) => ({ day, passages }))
        .sort((a, b) => (a.day < b.day ? -1 : 1)),
      span: { start: bounds[0] ?? null, end: bounds.at(-1) ?? null },
      places: tally(this.#passages.map((passage) => passage.places.map(({ id }) => id)))
        .map(([id, passages]) => ({ id, name: named.find((place) => place.id === id)?.name ?? id, passages }))
        .sort((a, b) => b.passages - a.passages || (a.id < b.id ? -1 : 1)),
    };
  }

  async close(): Promise<void> {}

  #best({ limit, within }: SearchOptions, score: (ref: number) => number): Scored[] {
    return (within ?? this.#passages.map((_, ref) => ref))
      .map((ref) => ({ ref, score: score(ref) }))
      .sort((a, b) => b.score - a.score || a.ref - b.ref)
      .slice(0, limit);
  }
}
