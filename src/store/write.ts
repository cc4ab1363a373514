/** What a build writes into a generation, table by table. */
import { setImmediate as breathe } from "node:timers/promises";
import type { Passage } from "../passage/passage.ts";
import type { Report } from "../report/report.ts";
import type { Database } from "../sqlite/open.ts";
import { lexicalTerms } from "../text/tokens.ts";
import type { BuildOptions } from "./build.ts";
import { indexedText } from "./indexed-text.ts";
import { LexicalBuilder } from "./lexical.ts";
import type { Manifest } from "./manifest.ts";
import { contentHash, decodePassage, decodeReport, digest, encodePassage, encodeReport } from "./records.ts";
import type { PassageCopier } from "./reuse-passages.ts";
import { StoreError } from "./store.ts";

/** Numbers of reports by what became of them since the former generation. */
export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
}

/** Rows between two looks at the signal and the event loop. */
const STEP = 64;

/** Stores every report with its bytes, and counts the changes against the attached `former` generation. */
export async function writeReports(
  database: Database,
  hasFormer: boolean,
  { reports, onProgress, signal }: BuildOptions,
): Promise<Changes> {
  const insert = database.prepare("INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
  let done = 0;
  database.exec("BEGIN");
  try {
    for await (const { report, bytes } of reports) {
      signal?.throwIfAborted();
      const record = encodeReport(report);
      const { id, publisher, byline, title } = report;
      if (insert.run(id, digest(record), publisher, byline, title, record, bytes).changes === 0)
        throw new StoreError(`Two reports have the id ${report.id}; rename or withdraw one of them.`);
      done += 1;
      onProgress?.("read", done, 0);
    }
    database.exec("COMMIT");
  } finally {
    if (database.inTransaction) database.exec("ROLLBACK");
  }
  return countChanges(database, hasFormer, done);
}

function countChanges(database: Database, hasFormer: boolean, total: number): Changes {
  if (!hasFormer) return { added: total, changed: 0, removed: 0, unchanged: 0 };
  const count = (sql: string): number => Number(database.prepare(sql).pluck().get());
  const kept = count("SELECT count(*) FROM reports JOIN former.reports AS old USING (id)");
  const unchanged = count(
    "SELECT count(*) FROM reports AS new JOIN former.reports AS old USING (id) WHERE new.digest = old.digest",
  );
  const removed = count("SELECT count(*) FROM former.reports") - kept;
  return { added: total - kept, changed: kept - unchanged, removed, unchanged };
}

/** Cuts every report that cannot be copied, in order of id, and numbers the passages. Returns how many there are. */
export async function writePassages(
  database: Database,
  copier: PassageCopier | null,
  options: BuildOptions,
): Promise<number> {
  const { passagesOf, onProgress, signal } = options;
  const ids = database.prepare("SELECT id FROM reports ORDER BY id").pluck().all() as string[];
  const select = database.prepare("SELECT record FROM reports WHERE id = ?").pluck();
  const insert = passageWriter(database);
  let ref = 0;
  for (let start = 0; start < ids.length; start += STEP) {
    signal?.throwIfAborted();
    database.transaction(() => {
      for (const id of ids.slice(start, start + STEP)) {
        const copied = copier?.(id, ref) ?? null;
        if (copied !== null) {
          ref += copied;
          continue;
        }
        // Read back, so that passages are cut from the very text that is stored.
        const report = decodeReport(String(select.get(id)));
        for (const passage of checkedPassages(report, passagesOf(report))) {
          insert(ref, passage);
          ref += 1;
        }
      }
    })();
    onProgress?.("cut", Math.min(start + STEP, ids.length), ids.length);
    await breathe();
  }
  return ref;
}

/** The passages in order of start. Throws StoreError for one that does not stand in its report letter for letter. */
function checkedPassages(report: Report, passages: readonly Passage[]): Passage[] {
  for (const { id, reportId, start, end, text } of passages)
    if (reportId !== report.id || report.body.slice(start, end) !== text)
      throw new StoreError(
        `Passage ${id} does not stand in report ${report.id} at ${start}-${end}; this is a defect of the cutting.`,
      );
  return [...passages].sort((a, b) => a.start - b.start);
}

function passageWriter(database: Database): (ref: number, passage: Passage) => void {
  const insertPassage = database.prepare("INSERT INTO passages VALUES (?, ?, ?, ?, ?)");
  const insertDate = database.prepare("INSERT INTO passage_dates VALUES (?, ?, ?, ?, ?)");
  const insertPlace = database.prepare("INSERT INTO passage_places VALUES (?, ?, ?)");
  return (ref, passage) => {
    const hash = contentHash(indexedText(passage));
    insertPassage.run(ref, passage.id, passage.reportId, hash, encodePassage(passage));
    for (const { start, end, precision, background } of passage.dates)
      insertDate.run(ref, start, end, precision, background ? 1 : 0);
    for (const { id, name } of passage.places) insertPlace.run(ref, id, name);
  };
}

/** A look at how far one pass over the passages is. */
export interface PassOptions {
  readonly onProgress: (done: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Builds the lexical index over all passages and stores its snapshot. */
export async function writeLexical(database: Database, { onProgress, signal }: PassOptions): Promise<void> {
  let done = 0;
  const builder = new LexicalBuilder();
  const rows = database.prepare("SELECT record FROM passages ORDER BY ref").pluck().iterate();
  for (const record of rows) {
    builder.add(lexicalTerms(indexedText(decodePassage(String(record)))));
    done += 1;
    if (done % STEP > 0) continue;
    await breathe();
    signal?.throwIfAborted();
    onProgress(done);
  }
  database.prepare("INSERT INTO lexical VALUES (?)").run(builder.finish().toBytes());
  onProgress(done);
  await breathe();
}

export function writeManifest(database: Database, manifest: Manifest): void {
  database.prepare("INSERT INTO meta VALUES ('manifest', ?)").run(JSON.stringify(manifest));
}
