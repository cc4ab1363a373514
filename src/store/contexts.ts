/** Contexts (passage/context.ts) of a generation: written by a build, scored beside the passages in a question. */
import { setImmediate as breathe } from "node:timers/promises";
import { contextText, groupContexts } from "../passage/context.ts";
import type { Passage } from "../passage/passage.ts";
import type { Database } from "../sqlite/open.ts";
import { lexicalTerms } from "../text/tokens.ts";
import { LexicalBuilder, LexicalIndex } from "./lexical.ts";
import type { Reading } from "./reading.ts";
import { contentHash, decodePassage } from "./records.ts";
import { type Matrix, readMatrix, scan } from "./scan.ts";
import type { CandidateScores, ScoreQuery } from "./store.ts";
import { CONTEXT_VECTORS } from "./tables.ts";

/** Groups the passages of every report and keeps which refs make a context and the hash of its text. */
export function writeContexts(database: Database): void {
  const insert = database.prepare("INSERT INTO contexts VALUES (?, ?, ?, ?)");
  let number = 0;
  database.transaction(() => {
    for (const { first, passages } of passagesByReport(database)) {
      for (const context of groupContexts(passages)) {
        const text = contextText(passages.slice(context.first, context.last + 1));
        insert.run(number, first + context.first, first + context.last, contentHash(text));
        number += 1;
      }
    }
  })();
}

function* passagesByReport(database: Database): Generator<{ first: number; passages: Passage[] }> {
  const reports = database
    .prepare("SELECT report FROM passages GROUP BY report ORDER BY report")
    .pluck()
    .all();
  const select = database.prepare("SELECT record FROM passages WHERE report = ? ORDER BY ref").pluck();
  let first = 0;
  for (const report of reports) {
    const passages = select.all(report).map((record) => decodePassage(String(record)));
    yield { first, passages };
    first += passages.length;
  }
}

/** Text of the context that holds refs `first` to `last`. */
export function readContextText(database: Database, first: number, last: number): string {
  const records = database
    .prepare("SELECT record FROM passages WHERE ref BETWEEN ? AND ? ORDER BY ref")
    .pluck()
    .all(first, last);
  return contextText(records.map((record) => decodePassage(String(record))));
}

/** Contexts between two looks at the signal and the event loop. */
const STEP = 64;

/** Builds the lexical index over all contexts and stores its snapshot. */
export async function writeContextLexical(database: Database, signal?: AbortSignal): Promise<void> {
  const rows = database.prepare("SELECT first, last FROM contexts ORDER BY number").all() as ContextRow[];
  const builder = new LexicalBuilder();
  for (const [number, { first, last }] of rows.entries()) {
    builder.add(lexicalTerms(readContextText(database, first, last)));
    if (number % STEP > 0) continue;
    await breathe();
    signal?.throwIfAborted();
  }
  database.prepare("INSERT INTO context_lexical VALUES (?)").run(builder.finish().toBytes());
}

interface ContextRow {
  readonly first: number;
  readonly last: number;
}

/** The contexts of an open generation. */
export class Contexts {
  /** Number of the context of each passage. */
  readonly #of: Uint32Array;
  readonly #matrix: Matrix;
  readonly #lexical: LexicalIndex;

  constructor(reading: Reading, { passages, dimension }: { passages: number; dimension: number }) {
    this.#of = new Uint32Array(passages);
    let count = 0;
    for (const { first, last } of reading.rows<ContextRow>(
      "SELECT first, last FROM contexts ORDER BY number",
    )) {
      this.#of.fill(count, first, last + 1);
      count += 1;
    }
    this.#matrix = readMatrix(reading.rows(CONTEXT_VECTORS), count, dimension);
    const row = reading.one<{ bytes: Uint8Array }>("SELECT bytes FROM context_lexical");
    this.#lexical = LexicalIndex.fromBytes(row?.bytes ?? new Uint8Array());
  }

  /** Scores of the contexts in which these passages stand, in the order of the refs. */
  score(
    { vector, terms }: ScoreQuery,
    refs: readonly number[],
  ): Pick<CandidateScores, "contextDense" | "contextLexical"> {
    const of = refs.map((ref) => this.#of[ref] ?? 0);
    return {
      contextDense: exactDense(this.#matrix, vector, of),
      contextLexical: this.#lexical.scores(terms, of),
    };
  }
}

/** Inner products of these rows with a vector, in the order of the rows. */
export function exactDense(matrix: Matrix, vector: Float32Array, rows: readonly number[]): Float64Array {
  const within = [...new Set(rows)];
  const scores = new Map(
    scan(matrix, vector, { limit: within.length, within }).map(({ ref, score }) => [ref, score]),
  );
  return Float64Array.from(rows, (row) => scores.get(row) ?? 0);
}
