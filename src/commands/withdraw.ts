import { join } from "node:path";
import { readGazetteer } from "../gazetteer/read.ts";
import { correctReport } from "../overrides/edit.ts";
import { editOverrides } from "../overrides/write.ts";
import { findReportId } from "../question/source-request.ts";
import { readOverrides } from "../report/overrides.ts";
import { storedReportsAt } from "../store/anywhere.ts";
import { parseArguments } from "./arguments.ts";
import { buildWithProgress, COLLECTION_OPTIONS, collectionSource } from "./collection.ts";
import { type Command, UsageError } from "./command.ts";
import { todayInDamascus } from "./today.ts";

const OPTIONS = {
  reason: { type: "string", value: "TEXT", help: "why, for operators (kept in data/overrides.json)" },
  who: { type: "string", value: "NAME", help: "who withdraws it" },
  undo: { type: "boolean", help: "take the report back into the collection" },
  ...COLLECTION_OPTIONS,
} as const;

export const command: Command = {
  name: "withdraw",
  summary: "Takes a report out of all answers at once; answers and old buttons then say so",
  usage: 'npm run withdraw -- ID --reason "why" [--who NAME] [--undo]',
  options: OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, OPTIONS);
    const [wanted, ...more] = positionals;
    if (wanted === undefined || more.length > 0) throw new UsageError("takes one report id");
    const { reason, who = "operator", undo = false } = values;
    if (!undo && reason === undefined) throw new UsageError("--reason is missing");
    const choice = { data: values.data, index: values.index };
    const source = await collectionSource(context, choice);
    try {
      const file = join(context.root, "data", "overrides.json");
      const overrides = await readOverrides(file);
      const stored = (await storedReportsAt(source)).map(({ id }) => id);
      const id = findReportId(wanted, undo ? Object.keys(overrides.reports) : stored);
      if (id === null) {
        context.stderr.write(
          `isnad withdraw: there is no report "${wanted}"; npm run source names those there are\n`,
        );
        return 1;
      }
      const on = todayInDamascus(context.now());
      const names = await readGazetteer(join(context.root, "data"));
      const { overrides: changed } = await editOverrides({ file, names }, (now) => {
        const withdrawn = undo ? null : { on, reason: reason ?? "" };
        return correctReport(now, id, { withdrawn }, { who, why: reason ?? "taken back" });
      });
      await buildWithProgress({ ...source, overrides: changed }, context, choice);
      context.stdout.write(undo ? `${id} is in the collection again\n` : `${id} is withdrawn\n`);
      return 0;
    } finally {
      await source.embedder.close();
    }
  },
};
