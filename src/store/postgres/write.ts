/** Passages, contexts and their vectors into the tables, a batch of reports at a time. */
import { type Embedder, EmbeddingError } from "../../embedding/embedder.ts";
import { contextText, groupContexts } from "../../passage/context.ts";
import type { Passage } from "../../passage/passage.ts";
import type { Queries } from "../../postgres/postgres.ts";
import { lexicalTerms } from "../../text/tokens.ts";
import { withoutVowelSigns } from "../../text/vowel-signs.ts";
import { indexedText } from "../indexed-text.ts";
import { contentHash, encodePassage } from "../records.ts";
import { arrayText, calendarDay, storable } from "./storable.ts";
import type { Tally } from "./tally.ts";
import { type CountedTerms, type Dictionary, impactsOf } from "./terms.ts";

/** Texts embedded in one call. */
const EMBEDDED_AT_ONCE = 64;

/** A passage or a context on its way into the tables. */
interface Text {
  readonly hash: Buffer;
  readonly indexed: string;
}

export interface CutReport {
  readonly key: number;
  readonly passages: readonly Passage[];
}

export interface BatchOptions {
  readonly number: number;
  /** Number of the embedding model. */
  readonly model: number;
  readonly embedder: Embedder;
  readonly dictionary: Dictionary;
  /** Is told of every passage and context that is written. */
  readonly tally: Tally;
  /** Mean length for the impacts; null when this batch is the first of all and gives it. */
  readonly impactMean: number | null;
  readonly signal?: AbortSignal | undefined;
}

/** Vectors of a batch by the hash of their text (hex), as pgvector writes them. */
type Vectors = ReadonlyMap<string, string>;

export interface Written {
  readonly embedded: number;
  readonly impactMean: number;
}

/**
 * Writes the passages of a batch of reports. What takes long (embedding) comes before the transaction; texts that
 * the tables hold already, of any generation, are not embedded again.
 */
export async function writeBatch(
  database: Queries & { transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> },
  reports: readonly CutReport[],
  options: BatchOptions,
): Promise<Written> {
  const passages = reports.flatMap((report) => report.passages);
  const groups = reports.flatMap((report) => contextsOf(report.passages));
  const texts = passages.map((passage) => textOf(indexedText(passage)));
  const contextTexts = groups.map(({ text }) => textOf(text));
  const { vectors, embedded } = await vectorsOf(database, [...texts, ...contextTexts], options);
  const { dictionary } = options;
  const words = await dictionary.count(
    database,
    texts.map(({ indexed }) => lexicalTerms(indexed)),
  );
  const contextWords = await dictionary.count(
    database,
    contextTexts.map(({ indexed }) => lexicalTerms(indexed)),
  );
  const impactMean = options.impactMean ?? meanLength(words);
  await database.transaction(async (queries) => {
    const first = await takeRefs(queries, passages.length);
    const contextOf = new Map<number, number>();
    let at = 0;
    for (const report of reports) {
      for (const { first: from, last } of groupContexts(report.passages))
        for (let place = from; place <= last; place += 1) contextOf.set(at + place, first + at + from);
      at += report.passages.length;
    }
    const keys = [...new Set(contextOf.values())];
    const { number, model } = options;
    const values = { queries, first, number, model, vectors };
    await writeReportSpans(queries, reports, first);
    await writePassages(values, passages, contextOf);
    await writeVectors(values, texts);
    await writeTerms(values, words, impactMean);
    await writeContexts(values, keys, contextTexts, contextWords);
  });
  words.forEach((word, at) => {
    options.tally.passage(passages[at] ?? { dates: [], places: [] }, word, 1);
  });
  for (const word of contextWords) options.tally.context(word, 1);
  return { embedded, impactMean };
}

function textOf(indexed: string): Text {
  return { indexed, hash: contentHash(indexed) };
}

function contextsOf(passages: readonly Passage[]): { text: string }[] {
  return groupContexts(passages).map(({ first, last }) => ({
    text: contextText(passages.slice(first, last + 1)),
  }));
}

/** Mean number of terms, as every store computes it. */
export function meanLength(documents: readonly Pick<CountedTerms, "length">[]): number {
  return documents.reduce((sum, { length }) => sum + length, 0) / Math.max(1, documents.length) || 1;
}

async function vectorsOf(
  queries: Queries,
  texts: readonly Text[],
  { model, embedder, signal }: BatchOptions,
): Promise<{ vectors: Vectors; embedded: number }> {
  const wanted = new Map(texts.map((text) => [text.hash.toString("hex"), text]));
  const known = await queries.rows<{ hash: Buffer; vector: string }>(
    `SELECT DISTINCT ON (hash) hash, vector::text AS vector FROM (
       SELECT hash, vector FROM passage_vectors WHERE model = $2 AND hash = ANY($1::bytea[])
       UNION ALL SELECT hash, vector FROM contexts WHERE model = $2 AND hash = ANY($1::bytea[])) AS found`,
    [[...wanted.values()].map(({ hash }) => hash), model],
  );
  const vectors = new Map(known.map(({ hash, vector }) => [hash.toString("hex"), vector]));
  // Equal lengths share a call.
  const missing = [...wanted]
    .filter(([hash]) => !vectors.has(hash))
    .sort(([, a], [, b]) => b.indexed.length - a.indexed.length);
  for (let start = 0; start < missing.length; start += EMBEDDED_AT_ONCE) {
    signal?.throwIfAborted();
    const batch = missing.slice(start, start + EMBEDDED_AT_ONCE);
    const made = await embedder.embed(
      batch.map(([, { indexed }]) => withoutVowelSigns(indexed)),
      "passage",
      { signal },
    );
    for (const [i, [hash]] of batch.entries()) vectors.set(hash, vectorText(made[i], embedder.model));
  }
  return { vectors, embedded: missing.length };
}

/** A vector as pgvector reads it. */
export function vectorText(vector: Float32Array | undefined, model: Embedder["model"]): string {
  if (vector?.length !== model.dimension || !vector.every(Number.isFinite))
    throw new EmbeddingError(
      `The embedding model ${model.id} gave no vector of ${model.dimension} finite numbers; check it with npm run doctor.`,
    );
  return `[${vector.join(",")}]`;
}

/** The first of `count` refs that nobody else gets. */
async function takeRefs(queries: Queries, count: number): Promise<number> {
  if (count === 0) return 0;
  // The lock keeps the refs of a batch together; only one build writes anyway.
  const [row] = await queries.rows<{ last: number }>(
    "SELECT setval('passage_refs', nextval('passage_refs') + $1 - 1) AS last",
    [count],
  );
  return (row?.last ?? 0) - count + 1;
}

interface Values {
  readonly queries: Queries;
  /** Ref of the first passage of the batch. */
  readonly first: number;
  readonly number: number;
  readonly model: number;
  readonly vectors: Vectors;
}

async function writeReportSpans(
  queries: Queries,
  reports: readonly CutReport[],
  first: number,
): Promise<void> {
  const starts: number[] = [];
  let at = first;
  for (const { passages } of reports) {
    starts.push(at);
    at += passages.length;
  }
  await queries.rows(
    `UPDATE reports SET first_ref = cut.first, passages = cut.count
     FROM unnest($1::bigint[], $2::bigint[], $3::int[]) AS cut (key, first, count) WHERE reports.key = cut.key`,
    [reports.map(({ key }) => key), starts, reports.map(({ passages }) => passages.length)],
  );
}

async function writePassages(
  { queries, first, number }: Values,
  passages: readonly Passage[],
  contextOf: ReadonlyMap<number, number>,
): Promise<void> {
  await queries.rows(
    `INSERT INTO passages (ref, id, places, context, record, since)
     SELECT ref, id, ARRAY(SELECT jsonb_array_elements_text(places::jsonb)), context, record, $6
     FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[]) AS p (ref, id, places, context, record)`,
    [
      passages.map((_, at) => first + at),
      passages.map(({ id }) => id),
      passages.map(({ places }) => JSON.stringify([...new Set(places.map(({ id }) => storable(id)))])),
      passages.map((_, at) => contextOf.get(at) ?? first + at),
      passages.map(encodePassage),
      number,
    ],
  );
  const days = passages.flatMap(({ dates }, at) => dates.map((date) => ({ ref: first + at, date })));
  await queries.rows(
    `INSERT INTO passage_days (ref, days, exact, background, since)
     SELECT ref, daterange(first, last, '[]'), exact, background, $6
     FROM unnest($1::bigint[], $2::date[], $3::date[], $4::boolean[], $5::boolean[])
       AS d (ref, first, last, exact, background)
     WHERE first IS NULL OR last IS NULL OR first <= last`,
    [
      days.map(({ ref }) => ref),
      days.map(({ date }) => calendarDay(date.start)),
      days.map(({ date }) => calendarDay(date.end)),
      days.map(({ date }) => date.precision === "day"),
      days.map(({ date }) => date.background),
      number,
    ],
  );
}

async function writeVectors(
  { queries, first, number, model, vectors }: Values,
  texts: readonly Text[],
): Promise<void> {
  await queries.rows(
    `INSERT INTO passage_vectors (ref, hash, model, vector, since)
     SELECT ref, hash, $4, vector::vector, $5 FROM unnest($1::bigint[], $2::bytea[], $3::text[]) AS v (ref, hash, vector)`,
    [
      texts.map((_, at) => first + at),
      texts.map(({ hash }) => hash),
      texts.map(({ hash }) => vectors.get(hash.toString("hex"))),
      model,
      number,
    ],
  );
}

async function writeTerms(
  { queries, first, number }: Values,
  words: readonly CountedTerms[],
  impactMean: number,
): Promise<void> {
  await queries.rows(
    `INSERT INTO passage_terms (ref, terms, counts, length, impacts, since)
     SELECT ref, terms::int[], counts, length, impacts::sparsevec, $6
     FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::int[], $5::text[]) AS t (ref, terms, counts, length, impacts)`,
    [
      words.map((_, at) => first + at),
      words.map(({ terms }) => arrayText(terms)),
      words.map(({ counts }) => Buffer.from(counts)),
      words.map(({ length }) => length),
      words.map((word) => impactsOf(word, impactMean)),
      number,
    ],
  );
}

async function writeContexts(
  { queries, number, model, vectors }: Values,
  keys: readonly number[],
  texts: readonly Text[],
  words: readonly CountedTerms[],
): Promise<void> {
  await queries.rows(
    `INSERT INTO contexts (key, hash, model, vector, terms, counts, length, since)
     SELECT key, hash, $7, vector::vector, terms::int[], counts, length, $8
     FROM unnest($1::bigint[], $2::bytea[], $3::text[], $4::text[], $5::bytea[], $6::int[])
       AS c (key, hash, vector, terms, counts, length)`,
    [
      keys,
      texts.map(({ hash }) => hash),
      texts.map(({ hash }) => vectors.get(hash.toString("hex"))),
      words.map(({ terms }) => arrayText(terms)),
      words.map(({ counts }) => Buffer.from(counts)),
      words.map(({ length }) => length),
      model,
      number,
    ],
  );
}
