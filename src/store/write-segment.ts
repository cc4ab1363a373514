/** Writes a segment: rows, vectors and words of unchanged reports as they are, those of the others made anew. */
import { setImmediate as breathe } from "node:timers/promises";
import { type Database, openDatabase } from "../sqlite/open.ts";
import { lexicalTerms } from "../text/tokens.ts";
import { readContextText } from "./contexts.ts";
import type { FormerSegment, ListedReport } from "./former.ts";
import { buildingSegmentFile, type SegmentFile } from "./generation.ts";
import { settleFile } from "./index-files.ts";
import { indexedText } from "./indexed-text.ts";
import { SCHEMA_VERSION } from "./manifest.ts";
import type { PlannedReport } from "./plan-segments.ts";
import { LexicalBuilder, postingsBytes } from "./postings.ts";
import { decodePassage } from "./records.ts";
import { type ArrayName, SEGMENT_TABLES } from "./tables.ts";

/** Documents between two looks at the signal and the event loop. */
const STEP = 64;

export interface SegmentSources {
  readonly indexDir: string;
  readonly former: readonly FormerSegment[];
  /** building.sqlite with `embedded` attached, and where it is. */
  readonly staging: Database;
  readonly stagingFile: string;
  /** The reports of `former` and of `staging` by id. */
  readonly listed: {
    readonly former: ReadonlyMap<string, ListedReport>;
    readonly fresh: ReadonlyMap<string, ListedReport>;
  };
  readonly model: { readonly fingerprint: string; readonly dimension: number };
  readonly signal?: AbortSignal | undefined;
  /** Told how many passages more have been written. */
  readonly onPassages: (passages: number) => void;
}

/** Neighbouring reports of one source, with their places there and in the new segment. */
interface Run {
  readonly from: PlannedReport["from"];
  readonly firstId: string;
  readonly lastId: string;
  /** Place of the last one in the source's list. */
  readonly lastAt: number;
  readonly first: number;
  readonly context: number;
  readonly toFirst: number;
  readonly toContext: number;
  readonly reports: number;
  readonly passages: number;
  readonly contexts: number;
}

/** Writes the segment that holds these reports, in order of id. Killed at any moment it leaves nothing that counts. */
export async function writeSegment(
  reports: readonly PlannedReport[],
  sources: SegmentSources,
): Promise<SegmentFile> {
  const file = buildingSegmentFile(sources.indexDir);
  const runs = runsOf(reports, sources);
  const database = openDatabase({ file, durability: "none" });
  let counts: Pick<SegmentFile, "reports" | "passages" | "contexts">;
  try {
    const names = attach(database, runs, sources);
    database.exec("BEGIN");
    database.exec(SEGMENT_TABLES);
    const { fingerprint, dimension } = sources.model;
    database.prepare("INSERT INTO made VALUES (?, ?, ?)").run(SCHEMA_VERSION, fingerprint, dimension);
    for (const run of runs) copyRows(database, names.get(run.from) ?? "", run);
    const sum = (count: (run: Run) => number): number => runs.reduce((total, run) => total + count(run), 0);
    counts = {
      reports: sum((run) => run.reports),
      passages: sum((run) => run.passages),
      contexts: sum((run) => run.contexts),
    };
    await writeArrays(database, runs, sources);
    database.exec("COMMIT");
  } finally {
    database.close();
  }
  return {
    ...(await settleFile(sources.indexDir, file, { prefix: "segment-", suffix: ".sqlite" })),
    ...counts,
  };
}

function runsOf(reports: readonly PlannedReport[], { listed }: SegmentSources): Run[] {
  const runs: Run[] = [];
  let toFirst = 0;
  let toContext = 0;
  for (const { id, from } of reports) {
    const report = (from === "fresh" ? listed.fresh : listed.former).get(id);
    if (report === undefined) continue;
    const { at, first, passages, context, contexts } = report;
    const before = runs.at(-1);
    if (before?.from === from && before.lastAt + 1 === at)
      runs.splice(-1, 1, {
        ...before,
        lastId: id,
        lastAt: at,
        reports: before.reports + 1,
        passages: before.passages + passages,
        contexts: before.contexts + contexts,
      });
    else {
      const place = { first, context, toFirst, toContext };
      runs.push({ from, firstId: id, lastId: id, lastAt: at, ...place, reports: 1, passages, contexts });
    }
    toFirst += passages;
    toContext += contexts;
  }
  return runs;
}

/** Attaches the files that the runs come from; gives the name of each. */
function attach(
  database: Database,
  runs: readonly Run[],
  { former, stagingFile }: SegmentSources,
): Map<Run["from"], string> {
  const names = new Map<Run["from"], string>();
  for (const { from } of runs) {
    if (names.has(from)) continue;
    const name = `source${names.size}`;
    const file = from === "fresh" ? stagingFile : former[from]?.path;
    database.prepare(`ATTACH ? AS ${name}`).run(file);
    names.set(from, name);
  }
  return names;
}

function copyRows(database: Database, source: string, run: Run): void {
  const { firstId, lastId, first, context, toFirst, toContext, passages, contexts } = run;
  const [shift, shiftContext] = [toFirst - first, toContext - context];
  const refs = [first, first + passages - 1];
  const insert = (sql: string, ...values: readonly unknown[]): void =>
    void database.prepare(`INSERT INTO main.${sql.replace("FROM ", `FROM ${source}.`)}`).run(...values);
  insert(
    `heads SELECT id, digest, sha256, publisher, byline, title, sketch, weight, first + ?, passages, context + ?, contexts
     FROM heads WHERE id BETWEEN ? AND ?`,
    ...[shift, shiftContext, firstId, lastId],
  );
  insert("reports SELECT * FROM reports WHERE id BETWEEN ? AND ? ORDER BY id", firstId, lastId);
  insert("place_fields SELECT * FROM place_fields WHERE report BETWEEN ? AND ?", firstId, lastId);
  insert(
    "passages SELECT ref + ?, id, report, hash, record FROM passages WHERE ref BETWEEN ? AND ?",
    shift,
    ...refs,
  );
  const dates = "ref + ?, start, end, precision, background FROM passage_dates";
  insert(`passage_dates SELECT ${dates} WHERE ref BETWEEN ? AND ? ORDER BY ref, rowid`, shift, ...refs);
  const places = "ref + ?, place, name FROM passage_places";
  insert(`passage_places SELECT ${places} WHERE ref BETWEEN ? AND ? ORDER BY ref, rowid`, shift, ...refs);
  insert(
    "contexts SELECT number + ?, first + ?, last + ?, hash FROM contexts WHERE number BETWEEN ? AND ?",
    ...[shiftContext, shift, shift, context, context + contexts - 1],
  );
}

async function writeArrays(database: Database, runs: readonly Run[], sources: SegmentSources): Promise<void> {
  const insert = database.prepare("INSERT INTO arrays VALUES (?, ?)");
  const write = (name: ArrayName, bytes: Uint8Array): void => void insert.run(name, bytes);
  write("vectors", vectorsOf(runs, sources, PASSAGES));
  write("context vectors", vectorsOf(runs, sources, CONTEXTS));
  write("words", await wordsOf(runs, sources, PASSAGES));
  write("context words", await wordsOf(runs, sources, CONTEXTS));
}

/** Passages or contexts: where a run has them, and how those taken up now are found. */
interface Kind {
  readonly vectors: ArrayName;
  readonly words: ArrayName;
  readonly range: (run: Run) => readonly [first: number, count: number];
  /** Hashes in order, of the rows between two places. */
  readonly hashes: string;
  /** Terms of each document between two places, in order. */
  readonly terms: (staging: Database, first: number, last: number) => Iterable<string[]>;
}

const PASSAGES: Kind = {
  vectors: "vectors",
  words: "words",
  range: ({ first, passages }) => [first, passages],
  hashes:
    "SELECT vector FROM passages JOIN embedded.vectors USING (hash) WHERE ref BETWEEN ? AND ? ORDER BY ref",
  *terms(staging, first, last) {
    const sql = "SELECT record FROM passages WHERE ref BETWEEN ? AND ? ORDER BY ref";
    for (const record of staging.prepare(sql).pluck().all(first, last))
      yield lexicalTerms(indexedText(decodePassage(String(record))));
  },
};

const CONTEXTS: Kind = {
  vectors: "context vectors",
  words: "context words",
  range: ({ context, contexts }) => [context, contexts],
  hashes: `SELECT vector FROM contexts JOIN embedded.vectors USING (hash) WHERE number BETWEEN ? AND ? ORDER BY number`,
  *terms(staging, first, last) {
    const sql = "SELECT first, last FROM contexts WHERE number BETWEEN ? AND ? ORDER BY number";
    for (const context of staging.prepare(sql).all(first, last) as { first: number; last: number }[])
      yield lexicalTerms(readContextText(staging, context.first, context.last));
  },
};

function vectorsOf(runs: readonly Run[], { former, staging, model }: SegmentSources, kind: Kind): Uint8Array {
  const width = model.dimension * Float32Array.BYTES_PER_ELEMENT;
  const parts = runs.map((run): Uint8Array => {
    const [first, count] = kind.range(run);
    if (run.from !== "fresh")
      return (
        former[run.from]?.array(kind.vectors).subarray(first * width, (first + count) * width) ??
        new Uint8Array()
      );
    return Buffer.concat(
      staging
        .prepare(kind.hashes)
        .pluck()
        .all(first, first + count - 1) as Buffer[],
    );
  });
  return Buffer.concat(parts);
}

async function wordsOf(runs: readonly Run[], sources: SegmentSources, kind: Kind): Promise<Uint8Array> {
  const { former, staging, signal, onPassages } = sources;
  const builder = new LexicalBuilder();
  const tell = (documents: number): void => {
    if (kind === PASSAGES) onPassages(documents);
  };
  for (const run of runs) {
    const [first, count] = kind.range(run);
    if (run.from !== "fresh") {
      const documents = former[run.from]?.documents(kind.words);
      if (documents) builder.copy(documents, first, first + count);
      tell(count);
      continue;
    }
    let since = 0;
    for (const terms of kind.terms(staging, first, first + count - 1)) {
      builder.add(terms);
      since += 1;
      if (since < STEP) continue;
      tell(since);
      since = 0;
      await breathe();
      signal?.throwIfAborted();
    }
    tell(since);
  }
  return postingsBytes(builder.finish());
}
