/** Whether an index is as it was written, report by report: for the command that proves a collection unaltered. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { openDatabase } from "../sqlite/open.ts";
import { filesOf, readCurrent } from "./generation.ts";
import { fileDamage } from "./index-files.ts";
import { decodePassage, decodeReport, decodeSketch, digest } from "./records.ts";
import type { HeadRow } from "./segment.ts";
import type { ReportHead } from "./store.ts";

export interface IndexAudit {
  /** One English line for each thing that is not as it was written. */
  readonly findings: readonly string[];
  /** Of each stored report the hash of its bytes as they are now. */
  readonly reports: ReadonlyMap<string, string>;
}

/** Reads every byte of an index and every row of its reports. Throws StoreError for a folder that cannot be read. */
export async function auditIndex(indexDir: string): Promise<IndexAudit> {
  const state = await readCurrent(indexDir);
  if (state.state === "missing")
    return { findings: ["there is no index; run npm run index"], reports: new Map() };
  if (state.state === "damaged") return { findings: [state.reason], reports: new Map() };
  const findings: string[] = [];
  for (const file of filesOf(state.current)) {
    const damage = await fileDamage(indexDir, file);
    if (damage !== null) findings.push(damage);
  }
  const reports = new Map<string, string>();
  for (const { file } of state.current.segments)
    try {
      readRows(join(indexDir, file), findings, reports);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      findings.push(`${file} cannot be read to its end (${why})`);
    }
  return { findings, reports };
}

function readRows(file: string, findings: string[], reports: Map<string, string>): void {
  const database = openDatabase({ file, readOnly: true });
  try {
    const rows = database
      .prepare("SELECT id, digest, record, bytes FROM heads JOIN reports USING (id) ORDER BY id")
      .iterate();
    const bodies = new Map<string, string>();
    for (const row of rows as Iterable<{ id: string; digest: string; record: string; bytes: Uint8Array }>) {
      const hash = createHash("sha256").update(row.bytes).digest("hex");
      reports.set(row.id, hash);
      if (digest(row.record) !== row.digest)
        findings.push(`the stored text or data of the report ${row.id} was changed`);
      try {
        const report = decodeReport(row.record);
        bodies.set(row.id, report.body);
        if (report.sha256 !== hash) findings.push(`the stored source of the report ${row.id} was changed`);
      } catch {
        findings.push(`the stored data of the report ${row.id} cannot be read`);
      }
    }
    const passages = database.prepare("SELECT report, id, record FROM passages ORDER BY ref").iterate();
    for (const row of passages as Iterable<{ report: string; id: string; record: string }>) {
      if (!passageStands(row.record, bodies.get(row.report)))
        findings.push(`the passage ${row.id} does not stand in the report ${row.report}`);
    }
  } finally {
    database.close();
  }
}

/** Whether a stored passage stands letter for letter in the body of its report. */
export function passageStands(record: string, body: string | undefined): boolean {
  try {
    const { start, end, text } = decodePassage(record);
    return body?.slice(start, end) === text;
  } catch {
    return false;
  }
}

/** Ids and hashes of the reports of the current generation, as their records state them, in order of id. */
export async function storedReports(indexDir: string): Promise<{ id: string; sha256: string }[]> {
  const state = await readCurrent(indexDir);
  if (state.state !== "present") return [];
  return state.current.segments.flatMap(({ file }) => {
    const database = openDatabase({ file: join(indexDir, file), readOnly: true });
    try {
      const rows = database.prepare("SELECT id, sha256 FROM heads ORDER BY id").all();
      return rows as { id: string; sha256: string }[];
    } finally {
      database.close();
    }
  });
}

/** What the current generation knows of all reports without reading them, in order of id; none where there is no index. */
export async function storedHeads(indexDir: string): Promise<ReadonlyMap<string, ReportHead>> {
  const state = await readCurrent(indexDir);
  if (state.state !== "present") return new Map();
  return new Map(state.current.segments.flatMap(({ file }) => [...segmentHeads(join(indexDir, file))]));
}

function segmentHeads(file: string): Map<string, ReportHead> {
  const database = openDatabase({ file, readOnly: true });
  try {
    const sql = "SELECT id, publisher, byline, title, sketch FROM heads ORDER BY id";
    const rows = database.prepare(sql).all() as HeadRow[];
    return new Map(rows.map(({ id, sketch, ...head }) => [id, { ...head, ...decodeSketch(sketch) }]));
  } finally {
    database.close();
  }
}
