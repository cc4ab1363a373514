import type { LedgerEntry } from "../ledger/ledger.ts";
import { findReportId } from "../question/source-request.ts";
import type { Report } from "../report/report.ts";
import { parseArguments } from "./arguments.ts";
import { COLLECTION_OPTIONS, collectionHistory, openCurrentCollection } from "./collection.ts";
import { type Command, UsageError } from "./command.ts";

const OPTIONS = {
  json: {
    type: "boolean",
    help: "print {id, title, byline, publisher, published, url, body, parts, sha256, provenance}",
  },
  ...COLLECTION_OPTIONS,
} as const;

/** Where a report came from, for operators. */
function provenanceLines(
  report: Report,
  history: readonly Pick<LedgerEntry, "at" | "event" | "sha256">[],
): string[] {
  const { provenance, published, publisher, url, sha256, corrected } = report;
  const days = [...new Set([published.start, published.end])].map((day) => day ?? "?").join(" – ");
  const collected = provenance?.collected ?? null;
  return [
    `publisher: ${publisher ?? "unknown"}`,
    `published: ${days} (${published.confidence}: ${published.why})`,
    ...(url === null ? [] : [`url: ${url}`]),
    ...(provenance === undefined
      ? []
      : [
          `file: ${provenance.file} (${provenance.bytes} bytes, ${provenance.charset ?? "its own character set"}, read by ${provenance.parser})`,
        ]),
    ...(collected === null
      ? []
      : [
          `collected: ${[collected.at, collected.by, collected.how].filter((each) => each !== null).join(", ")}`,
        ]),
    ...(provenance?.editedAt ?? []).map((at) => `edited at its source: ${at}`),
    ...(corrected === undefined
      ? []
      : [`corrected by the operator: ${corrected.fields.join(", ")} (${corrected.who}: ${corrected.why})`]),
    `sha256: ${sha256}`,
    ...history.map(({ at, event, sha256: hash }) => `${event}: ${at} (sha256 ${hash})`),
  ];
}

export const command: Command = {
  name: "source",
  summary: "Prints the stored text of one report, unchanged, and to stderr where it came from",
  usage: "npm run -s source -- [options] ID",
  options: OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, OPTIONS);
    const [wanted, ...more] = positionals;
    if (wanted === undefined || more.length > 0) throw new UsageError("takes one report id");
    const choice = { data: values.data, index: values.index };
    const { store, embedder } = await openCurrentCollection(context, choice);
    try {
      const ids = await store.reportIds();
      const id =
        findReportId(wanted, ids) ?? (/^\d{1,2}$/.test(wanted) ? ids[Number(wanted) - 1] : undefined);
      const report = id === undefined ? null : await store.report(id);
      if (report === null) {
        context.stderr.write(
          `isnad source: there is no report "${wanted}"; the ids are ${ids.slice(0, 10).join(", ")}${ids.length > 10 ? " …" : ""}\n`,
        );
        return 1;
      }
      const { title, byline, publisher, published, url, body, parts, sha256 } = report;
      const told = await collectionHistory(context, choice)(report.id);
      const history = told.map(({ at, event, sha256 }) => ({ at, event, sha256 }));
      const provenance = report.provenance === undefined ? null : { ...report.provenance, history };
      const json = {
        id: report.id,
        title,
        byline,
        publisher,
        published,
        url,
        body,
        parts,
        sha256,
        provenance,
        corrected: report.corrected ?? null,
      };
      if (!values.json)
        for (const line of provenanceLines(report, history)) context.stderr.write(`${line}\n`);
      context.stdout.write(values.json ? `${JSON.stringify(json)}\n` : body);
      return 0;
    } finally {
      await store.close();
      await embedder.close();
    }
  },
};
