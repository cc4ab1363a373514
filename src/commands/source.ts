import { findReportId } from "../question/source-request.ts";
import { parseArguments } from "./arguments.ts";
import { COLLECTION_OPTIONS, openCurrentCollection } from "./collection.ts";
import { type Command, UsageError } from "./command.ts";

const OPTIONS = {
  json: {
    type: "boolean",
    help: "print {id, title, byline, publisher, published, url, body, parts, sha256}",
  },
  ...COLLECTION_OPTIONS,
} as const;

export const command: Command = {
  name: "source",
  summary: "Prints the stored text of one report, unchanged",
  usage: "npm run -s source -- [options] ID",
  options: OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, OPTIONS);
    const [wanted, ...more] = positionals;
    if (wanted === undefined || more.length > 0) throw new UsageError("takes one report id");
    const { store, embedder } = await openCurrentCollection(context, {
      data: values.data,
      index: values.index,
    });
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
      const json = { id: report.id, title, byline, publisher, published, url, body, parts, sha256 };
      context.stdout.write(values.json ? `${JSON.stringify(json)}\n` : body);
      return 0;
    } finally {
      await store.close();
      await embedder.close();
    }
  },
};
