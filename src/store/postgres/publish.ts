/** One transaction makes what a build has written the newest generation. */
import type { Postgres, Queries } from "../../postgres/postgres.ts";
import type { Manifest } from "../manifest.ts";
import { decodePassage } from "../records.ts";
import { CHANNEL, deleteSpans, endSpans, type Generation } from "./generation.ts";
import type { FormerReport } from "./staging.ts";
import type { Tally } from "./tally.ts";

export interface Publication {
  readonly number: number;
  readonly former: Generation | null;
  readonly manifest: Manifest;
  readonly shaping: string | null;
  readonly catalogue: string | null;
  readonly model: number;
  readonly impactMean: number;
  /** What came; what goes is taken from it here. */
  readonly tally: Tally;
  /** Reports of the former generation that are not in this one, or stand in it anew. */
  readonly ended: readonly FormerReport[];
}

/** Readers of the former generation go on; those who come now read the new one. */
export async function publish(database: Postgres, publication: Publication): Promise<void> {
  const { number, former, ended, tally } = publication;
  await database.transaction(async (queries) => {
    await tallyEnded(queries, ended, tally);
    await queries.rows("UPDATE reports SET until = $2 WHERE key = ANY($1::bigint[])", [
      ended.map(({ key }) => key),
      number,
    ]);
    await endSpans(queries, ended, number);
    await deleteLeavings(queries, former?.number ?? 0, number);
    await writeTermCounts(queries, tally, number);
    await writeToldCounts(queries, tally, number);
    await writeGeneration(queries, publication);
    await database.notify(CHANNEL, String(number), queries);
  });
}

/** Spans read at once: what an update takes away is little, what a new model replaces is everything. */
const SPANS_AT_ONCE = 200;

async function tallyEnded(queries: Queries, ended: readonly FormerReport[], tally: Tally): Promise<void> {
  const some = ended.filter(({ count }) => count > 0);
  for (let start = 0; start < some.length; start += SPANS_AT_ONCE) {
    const spans = some.slice(start, start + SPANS_AT_ONCE);
    const values = [spans.map(({ first }) => first), spans.map(({ first, count }) => first + count - 1)];
    const from = "unnest($1::bigint[], $2::bigint[]) AS gone (first, last)";
    const passages = await queries.rows<{ record: string } & StoredTerms>(
      `SELECT record, terms, counts, length FROM ${from}
       JOIN passages ON passages.ref BETWEEN first AND last JOIN passage_terms USING (ref)`,
      values,
    );
    for (const { record, ...words } of passages) tally.passage(decodePassage(record), words, -1);
    const contexts = await queries.rows<StoredTerms>(
      `SELECT terms, counts, length FROM ${from} JOIN contexts ON key BETWEEN first AND last`,
      values,
    );
    for (const words of contexts) tally.context(words, -1);
  }
}

interface StoredTerms {
  readonly terms: number[];
  readonly counts: Buffer;
  readonly length: number;
}

/** What builds wrote that never ended. */
async function deleteLeavings(queries: Queries, former: number, number: number): Promise<void> {
  const left = await queries.rows<{ first_ref: number | null; passages: number | null }>(
    "DELETE FROM reports WHERE since > $1 AND since < $2 RETURNING first_ref, passages",
    [former, number],
  );
  await deleteSpans(queries, left);
}

async function writeTermCounts(queries: Queries, { byTerm }: Tally, number: number): Promise<void> {
  const changes = [...byTerm].sort(([a], [b]) => a - b);
  await queries.rows(
    `WITH change AS (
       SELECT * FROM unnest($1::int[], $2::bigint[], $3::bigint[], $4::int[], $5::int[])
         AS c (term, passages, contexts, most, shortest)),
     ended AS (
       UPDATE term_counts SET until = $6 FROM change
       WHERE term_counts.term = change.term AND term_counts.until IS NULL RETURNING term_counts.*)
     INSERT INTO term_counts (term, passages, contexts, most, shortest, since)
     SELECT change.term, change.passages + coalesce(ended.passages, 0), change.contexts + coalesce(ended.contexts, 0),
       greatest(change.most, ended.most), least(change.shortest, ended.shortest), $6
     FROM change LEFT JOIN ended USING (term)
     WHERE change.passages + coalesce(ended.passages, 0) > 0 OR change.contexts + coalesce(ended.contexts, 0) > 0`,
    [
      changes.map(([term]) => term),
      changes.map(([, { passages }]) => passages),
      changes.map(([, { contexts }]) => contexts),
      changes.map(([, { most }]) => most),
      changes.map(([, { shortest }]) => shortest),
      number,
    ],
  );
}

async function writeToldCounts(queries: Queries, tally: Tally, number: number): Promise<void> {
  const changes = [...tally.told];
  await queries.rows(
    `WITH change AS (
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS c (kind, key, label, passages)),
     ended AS (
       UPDATE told_counts AS t SET until = $5 FROM change
       WHERE t.kind = change.kind AND t.key = change.key AND t.until IS NULL RETURNING t.*)
     INSERT INTO told_counts (kind, key, label, passages, since)
     SELECT change.kind, change.key, coalesce(change.label, ended.label),
       change.passages + coalesce(ended.passages, 0), $5
     FROM change LEFT JOIN ended ON ended.kind = change.kind AND ended.key = change.key
     WHERE change.passages + coalesce(ended.passages, 0) > 0`,
    [
      changes.map(({ kind }) => kind),
      changes.map(({ key }) => key),
      changes.map(({ label }) => label),
      changes.map(({ passages }) => passages),
      number,
    ],
  );
}

async function writeGeneration(
  queries: Queries,
  { number, former, manifest, shaping, catalogue, model, impactMean, tally }: Publication,
): Promise<void> {
  await queries.rows(
    `INSERT INTO generations (number, manifest, shaping, catalogue, model, passages, terms, contexts, context_terms, impact_mean,
       span_start, span_end)
     SELECT $1, $2, $3, $10, $4, $5, $6, $7, $8, $9,
       min(coalesce(lower(days), upper(days) - 1)), max(coalesce(upper(days) - 1, lower(days)))
     FROM passage_days WHERE since <= $1 AND until IS NULL`,
    [
      number,
      JSON.stringify(manifest),
      shaping,
      model,
      (former?.passages ?? 0) + tally.passages,
      (former?.terms ?? 0) + tally.terms,
      (former?.contexts ?? 0) + tally.contexts,
      (former?.contextTerms ?? 0) + tally.contextTerms,
      impactMean,
      catalogue,
    ],
  );
}
