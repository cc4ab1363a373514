import type { Report } from "../report/report.ts";
import type { Store } from "../store/store.ts";
import type { Quotation } from "./citation.ts";

/** The reports that are quoted, by id. */
export async function reportsOf(
  quotations: readonly Quotation[],
  store: Store,
): Promise<Map<string, Report>> {
  const reports = new Map<string, Report>();
  for (const id of new Set(quotations.map(({ passage }) => passage.reportId))) {
    const report = await store.report(id);
    if (report) reports.set(id, report);
  }
  return reports;
}
