import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { placeLabel } from "../answer/place-label.ts";
import { readConfig } from "../config.ts";
import { readGazetteer } from "../gazetteer/read.ts";
import { correctedNames } from "../overrides/names.ts";
import { annotate } from "../passage/annotate.ts";
import { cutPassages } from "../passage/cut.ts";
import { readOverrides } from "../report/overrides.ts";
import type { Unread } from "../report/problem.ts";
import { readReports } from "../report/read.ts";
import type { UnderstoodReport } from "../telegram/addition.ts";
import { placesFromField } from "../text/places/field.ts";
import { buildGazetteer } from "../text/places/gazetteer.ts";
import { parseArguments, refusePositionals } from "./arguments.ts";
import { collectionFolders } from "./collection.ts";
import type { Command } from "./command.ts";
import { understood } from "./understood.ts";

const OPTIONS = {
  json: { type: "boolean", help: "print one JSON object" },
  data: { type: "string", value: "DIR", help: "folder of the reports (default: DATA_DIR)" },
} as const;

/** Reports and problems that are told in full. */
const TOLD = 20;

export const command: Command = {
  name: "preview",
  summary:
    "Shows what would be understood of the reports of a folder: publisher, title, days, places; builds nothing",
  usage: "npm run -s preview -- [--json] [--data DIR]",
  options: OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, OPTIONS);
    refusePositionals(positionals);
    const config = readConfig({ env: context.env, root: context.root });
    const { dataDir } = collectionFolders({ data: values.data }, config, context.cwd);
    const projectData = join(context.root, "data");
    const overrides = await readOverrides(join(projectData, "overrides.json"));
    const names = correctedNames(await readGazetteer(projectData), overrides);
    const known = buildGazetteer(names.places);
    const found: { reports: UnderstoodReport[]; problems: Unread[] } = {
      reports: [],
      problems: [],
    };
    let total = 0;
    let unread = 0;
    for await (const result of readReports({ dir: dataDir, overrides, publishers: names.publishers })) {
      if (result.kind === "problem") {
        unread += 1;
        const { kind: _, ...problem } = result;
        if (unread <= TOLD) found.problems.push(problem);
        continue;
      }
      total += 1;
      if (total > TOLD) continue;
      const { report } = result;
      const { rows } = placesFromField(report.places, known);
      const gazetteer = rows.length === 0 ? known : buildGazetteer(names.places, rows);
      const passages = annotate({ report, passages: cutPassages(report), gazetteer });
      found.reports.push(understood(report, passages, (id) => placeLabel(id, gazetteer)));
    }
    if (values.json) context.stdout.write(`${JSON.stringify({ ...found, total, unread })}\n`);
    else
      context.stdout.write(`${[...found.reports.map(lines), ...found.problems.map(problem)].join("\n")}\n`);
    return unread > 0 ? 1 : 0;
  },
};

function lines({ id, publisher, title, published, events, places }: UnderstoodReport): string {
  const days = [published, ...events].map(({ start, end, confidence }) => `${start}/${end} ${confidence}`);
  return [id, publisher?.name ?? "-", title?.text ?? "-", ...days, ...places.map(({ name }) => name)].join(
    "\n    ",
  );
}

const problem = ({ file, reason }: { file: string; reason: string }): string => `${file} ${reason}`;

/** A folder of its own for one file, removed when the work on it is done. */
export async function inOwnFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "isnad-preview-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
