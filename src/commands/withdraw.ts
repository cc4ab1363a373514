import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findReportId } from "../question/source-request.ts";
import { type Overrides, readOverrides } from "../report/overrides.ts";
import { storedReports } from "../store/audit.ts";
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

/** The overrides with the report withdrawn, or no longer; what else is known of it stays. */
function withWithdrawal(
  overrides: Overrides,
  id: string,
  withdrawal: { readonly on: string; readonly reason: string; readonly who: string } | null,
): Overrides {
  const { [id]: former, ...others } = overrides.reports;
  const { withdrawn: _, ...known } = former ?? { who: "", why: "" };
  if (withdrawal !== null) {
    const { on, reason, who } = withdrawal;
    return {
      ...overrides,
      reports: { ...others, [id]: { who, why: reason, ...former, withdrawn: { on, reason } } },
    };
  }
  const holds = Object.keys(known).some((key) => key !== "who" && key !== "why");
  return { ...overrides, reports: holds ? { ...others, [id]: known } : others };
}

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
      const stored = (await storedReports(source.indexDir)).map(({ id }) => id);
      const id = findReportId(wanted, undo ? Object.keys(overrides.reports) : stored);
      if (id === null) {
        context.stderr.write(
          `isnad withdraw: there is no report "${wanted}"; npm run source names those there are\n`,
        );
        return 1;
      }
      const on = todayInDamascus(context.now());
      const changed = withWithdrawal(overrides, id, undo ? null : { on, reason: reason ?? "", who });
      await writeFile(`${file}.new`, `${JSON.stringify(changed, null, 2)}\n`);
      await rename(`${file}.new`, file);
      await buildWithProgress({ ...source, overrides: changed }, context, choice);
      context.stdout.write(undo ? `${id} is in the collection again\n` : `${id} is withdrawn\n`);
      return 0;
    } finally {
      await source.embedder.close();
    }
  },
};
