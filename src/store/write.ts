/** What a build writes of the reports that it takes up, before they are put into segments. */
import { setImmediate as breathe } from "node:timers/promises";
import type { Passage } from "../passage/passage.ts";
import type { Report } from "../report/report.ts";
import type { Database } from "../sqlite/open.ts";
import type { BuildOptions, Incoming } from "./build.ts";
import { contextWriter } from "./contexts.ts";
import type { Former, ListedReport } from "./former.ts";
import { indexedText } from "./indexed-text.ts";
import { contentHash, decodeReport, digest, encodePassage, encodeReport } from "./records.ts";
import { StoreError } from "./store.ts";

/** Numbers of reports by what became of them since the former generation. */
export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
}

/** The reports of the next generation, by what has to be done for them. */
export interface ReadChanges {
  readonly changes: Changes;
  /** Former reports that are as they were. */
  readonly unchanged: ReadonlySet<string>;
  /** Former reports that go or are replaced. */
  readonly gone: ReadonlySet<string>;
}

/** Rows between two looks at the signal and the event loop. */
const STEP = 64;
/** Bytes that a passage takes beside its report's own, about: two vectors, words and rows. */
const PASSAGE_WEIGHT = 4_096;

/** Stores every report that the former generation does not hold as it is, with its bytes. */
export async function writeReports(
  database: Database,
  { reports, kept, total }: Incoming,
  former: Former,
  { onProgress, signal }: Pick<BuildOptions, "onProgress" | "signal">,
): Promise<ReadChanges> {
  const insert = reportWriter(database);
  const unchanged = new Set<string>();
  const counts = { added: 0, changed: 0 };
  let done = 0;
  const refuseSecond = (id: string): never => {
    throw new StoreError(`Two reports have the id ${id}; rename or withdraw one of them.`);
  };
  database.exec("BEGIN");
  try {
    for await (const { report, bytes } of reports) {
      signal?.throwIfAborted();
      const record = encodeReport(report);
      const before = former.reports.get(report.id);
      if (before?.digest === digest(record)) {
        if (unchanged.has(report.id)) refuseSecond(report.id);
        unchanged.add(report.id);
      } else {
        if (unchanged.has(report.id) || !insert(report, record, bytes)) refuseSecond(report.id);
        counts[before === undefined ? "added" : "changed"] += 1;
      }
      done += 1;
      onProgress?.("read", done, total?.() ?? 0);
      if (done % STEP === 0) await breathe();
    }
    database.exec("COMMIT");
  } finally {
    if (database.inTransaction) database.exec("ROLLBACK");
  }
  for (const id of kept?.() ?? []) if (former.reports.has(id)) unchanged.add(id);
  const gone = new Set([...former.reports.keys()].filter((id) => !unchanged.has(id)));
  return {
    changes: { ...counts, removed: gone.size - counts.changed, unchanged: unchanged.size },
    unchanged,
    gone,
  };
}

/** False when there is a report with that id already. */
function reportWriter(database: Database): (report: Report, record: string, bytes: Uint8Array) => boolean {
  const insertHead = database.prepare(
    "INSERT INTO heads VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0) ON CONFLICT DO NOTHING",
  );
  const insertReport = database.prepare("INSERT INTO reports VALUES (?, ?, ?)");
  const insertPlace = database.prepare("INSERT INTO place_fields VALUES (?, ?)");
  return (report, record, bytes) => {
    const { id, publisher, byline, title, sha256 } = report;
    const sketch = report.sketch === undefined ? null : JSON.stringify(report.sketch);
    const weight = bytes.length + Buffer.byteLength(record);
    if (insertHead.run(id, digest(record), sha256, publisher, byline, title, sketch, weight).changes === 0)
      return false;
    insertReport.run(id, record, bytes);
    for (const place of new Set(report.places)) insertPlace.run(id, place);
    return true;
  };
}

/** Takes up unchanged reports too, when their passages have to be cut again. */
export function restageReports(
  database: Database,
  { segments }: Former,
  unchanged: ReadonlySet<string>,
): void {
  for (const { path, reports } of segments) {
    database.prepare("ATTACH ? AS former").run(path);
    const copies = [
      `INSERT INTO heads SELECT id, digest, sha256, publisher, byline, title, sketch, weight - ? * passages, 0, 0, 0, 0
       FROM former.heads WHERE id = ?`,
      "INSERT INTO reports SELECT * FROM former.reports WHERE ? AND id = ?",
      "INSERT INTO place_fields SELECT * FROM former.place_fields WHERE ? AND report = ?",
    ].map((sql) => database.prepare(sql));
    database.transaction(() => {
      for (const { id } of reports)
        if (unchanged.has(id)) for (const copy of copies) copy.run(PASSAGE_WEIGHT, id);
    })();
    database.exec("DETACH former");
  }
}

/** Cuts every report in order of id, numbers passages and contexts, and lists the reports with them. */
export async function writePassages(database: Database, options: BuildOptions): Promise<ListedReport[]> {
  const { passagesOf, onProgress, signal } = options;
  const ids = database.prepare("SELECT id FROM heads ORDER BY id").pluck().all() as string[];
  const select = database.prepare("SELECT record FROM reports WHERE id = ?").pluck();
  const list = database.prepare(
    `UPDATE heads SET weight = weight + ?, first = ?, passages = ?, context = ?, contexts = ? WHERE id = ?
     RETURNING id, digest, sha256, weight, first, passages, context, contexts`,
  );
  const insert = passageWriter(database);
  const writeContexts = contextWriter(database);
  const listed: ListedReport[] = [];
  let ref = 0;
  let context = 0;
  for (let start = 0; start < ids.length; start += STEP) {
    signal?.throwIfAborted();
    database.transaction(() => {
      for (const id of ids.slice(start, start + STEP)) {
        // Read back, so that passages are cut from the very text that is stored.
        const report = decodeReport(String(select.get(id)));
        const passages = checkedPassages(report, passagesOf(report));
        for (const [at, passage] of passages.entries()) insert(ref + at, passage);
        const contexts = writeContexts(passages, ref, context);
        const weight = passages.length * PASSAGE_WEIGHT;
        const row = list.get(weight, ref, passages.length, context, contexts, id) as ListedReport;
        listed.push({ ...row, at: listed.length });
        ref += passages.length;
        context += contexts;
      }
    })();
    onProgress?.("cut", Math.min(start + STEP, ids.length), ids.length);
    await breathe();
  }
  return listed;
}

/** The passages in order of start. Throws StoreError for one that does not stand in its report letter for letter. */
export function checkedPassages(report: Report, passages: readonly Passage[]): Passage[] {
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
