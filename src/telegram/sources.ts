import type { Passage } from "../passage/passage.ts";
import type { Report } from "../report/report.ts";
import { reportKey } from "./callback.ts";

/** What the bot may read of the collection. */
export interface Sources {
  report(id: string): Promise<Report | null>;
  /** The bytes as received. */
  source(id: string): Promise<Uint8Array | null>;
  passageById(passageId: string): Promise<Passage | null>;
  /** All reports. */
  reportList(): Promise<readonly Report[]>;
}

/** Finds reports by the short keys that buttons carry. */
export interface ReportFinder {
  byKey(key: string): Promise<Report | null>;
}

/** Milliseconds between two looks at the whole collection, whatever keys are asked for. */
const LOOK_AGAIN_MS = 60_000;

/** Keys are computed once, and again when one is not found: the collection may have grown. */
export function makeReportFinder(sources: Sources, now: () => number): ReportFinder {
  let ids = new Map<string, string>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  return {
    async byKey(key) {
      if (!ids.has(key) && now() - lookedAt >= LOOK_AGAIN_MS) {
        lookedAt = now();
        const reports = await sources.reportList();
        ids = new Map(reports.map((report) => [reportKey(report.id), report.id]));
      }
      const id = ids.get(key);
      return id === undefined ? null : sources.report(id);
    },
  };
}

/** Reports in the order in which they are numbered. */
export async function sortedReports(sources: Sources): Promise<Report[]> {
  const reports = [...(await sources.reportList())];
  return reports.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
