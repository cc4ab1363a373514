/** Passages of unchanged reports, taken over from the attached `former` generation instead of being cut again. */
import type { Database } from "../sqlite/open.ts";

/** Copies a report's passages with new refs from `firstRef` on; gives how many, or null when they must be cut. */
export type PassageCopier = (reportId: string, firstRef: number) => number | null;

/** States what shaped the passages of this generation, for the build that comes after it. */
export function writeShaping(database: Database, shaping: string): void {
  database.prepare("INSERT INTO meta VALUES ('shaping', ?)").run(shaping);
}

/** A copier, or null when the former passages were shaped by anything else. */
export function passageCopier(database: Database, shaping: string): PassageCopier | null {
  const former: unknown = database
    .prepare("SELECT value FROM former.meta WHERE key = 'shaping'")
    .pluck()
    .get();
  if (former !== shaping) return null;
  const unchanged = database
    .prepare("SELECT 1 FROM main.reports AS new JOIN former.reports AS old USING (id, digest) WHERE id = ?")
    .pluck();
  const range = database
    .prepare("SELECT coalesce(min(ref), 0), coalesce(max(ref), -1) FROM former.passages WHERE report = ?")
    .raw();
  const copies = [
    "INSERT INTO passages SELECT ref + ?, id, report, hash, record FROM former.passages WHERE ref BETWEEN ? AND ?",
    `INSERT INTO passage_dates SELECT ref + ?, start, end, precision, background FROM former.passage_dates
     WHERE ref BETWEEN ? AND ?`,
    "INSERT INTO passage_places SELECT ref + ?, place, name FROM former.passage_places WHERE ref BETWEEN ? AND ?",
  ].map((sql) => database.prepare(sql));
  return (reportId, firstRef) => {
    if (unchanged.get(reportId) === undefined) return null;
    const [first, last] = range.get(reportId) as [number, number];
    for (const copy of copies) copy.run(firstRef - first, first, last);
    return last - first + 1;
  };
}
