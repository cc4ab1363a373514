import type { Answer, Offer } from "../answer/answer.ts";
import type { Sources } from "../answer/asked.ts";
import type { Report } from "../report/report.ts";
import type { Store } from "../store/store.ts";

/** What page, API and MCP server are served from. */
export interface Service {
  readonly sources: Sources;
  /** `conversation` names a thread of questions; null for a question on its own. */
  ask(request: {
    readonly conversation: string | null;
    readonly text: string;
    readonly signal: AbortSignal;
  }): Promise<Answer>;
  /** Questions to begin with, each of which has an answer. */
  examples(): Promise<readonly Offer[]>;
}

/** The reports that an answer cites, by id. */
export async function citedReports(
  citations: readonly { readonly report: string }[],
  store: Store,
): Promise<Map<string, Report>> {
  const reports = new Map<string, Report>();
  for (const id of new Set(citations.map(({ report }) => report))) {
    const report = await store.report(id);
    if (report) reports.set(id, report);
  }
  return reports;
}

export async function allReports(store: Store): Promise<Report[]> {
  const reports: Report[] = [];
  for (const id of await store.reportIds()) {
    const report = await store.report(id);
    if (report) reports.push(report);
  }
  return reports;
}
