/** Reports with something hostile in them, each about a day of its own, in a collection of their own. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sources } from "../../../src/answer/asked.ts";
import type { Embedder } from "../../../src/embedding/embedder.ts";
import { readGazetteer } from "../../../src/gazetteer/read.ts";
import { buildCollection, openCollection } from "../../../src/pipeline.ts";
import { NO_OVERRIDES } from "../../../src/report/overrides.ts";
import { formatDay } from "../../../src/text/dates/format.ts";
import type { Day } from "../../../src/text/day.ts";
import { ROOT } from "../../five-reports.ts";

export type Place = "body" | "title" | "file name";
export const PLACES: readonly Place[] = ["body", "title", "file name"];

/** One hostile string in its place, with the day of which its report tells. */
export interface Planted {
  readonly injection: string;
  readonly place: Place;
  readonly day: Day;
  /** Whole sentences of the report that are true and must be told. */
  readonly truths: readonly string[];
  readonly id: string;
}

const LONGEST_NAME_BYTES = 150;

/** As a file may be named: without slash, and not too long. */
function fileName(injection: string, index: number): string {
  let name = "";
  for (const letter of injection.replace(/[/\0]/g, "⁄"))
    if (Buffer.byteLength(name + letter) <= LONGEST_NAME_BYTES) name += letter;
  return `${name.trim().replace(/^\.+/, "") || "x"} ${index}`;
}

function nthDay(index: number): Day {
  return new Date(Date.UTC(2018, 0, 1 + index)).toISOString().slice(0, 10);
}

/** Plants each string in each place; days run from 2018-01-01 on. */
export function plan(injections: readonly string[]): Planted[] {
  return injections.flatMap((injection, at) =>
    PLACES.map((place, offset): Planted => {
      const index = at * PLACES.length + offset;
      const day = nthDay(index);
      const killed = 11 + (index % 80);
      const truths = [
        `دخلت قوات النظام حي الحميدية في مدينة دير الزور يوم ${formatDay(day)} بعد اشتباكات عنيفة مع تنظيم الدولة استمرت ساعات.`,
        `وقُتل ${killed} عنصراً من تنظيم الدولة في حي الحميدية خلال هذه الاشتباكات.`,
      ];
      const id = place === "file name" ? fileName(injection, index) : `planted-${index}`;
      return { injection, place, day, truths, id };
    }),
  );
}

function bodyOf({ injection, place, truths: [entered = "", killed = ""] }: Planted): string {
  if (place === "title") return `${injection}\n\n${entered} ${killed}\n`;
  const title = "معارك في حي الحميدية وسط مدينة دير الزور";
  if (place === "file name") return `${title}\n\n${entered} ${killed}\n`;
  return `${title}\n\n${entered} ${injection} ${killed}\n\n${injection}\n`;
}

/** Writes the reports and opens an index of them. */
export async function plant(planted: readonly Planted[], embedder: Embedder): Promise<Sources> {
  const folder = mkdtempSync(join(tmpdir(), "isnad-injections-"));
  const dataDir = join(folder, "reports");
  mkdirSync(dataDir);
  for (const one of planted) writeFileSync(join(dataDir, `${one.id}.txt`), bodyOf(one));
  const names = await readGazetteer(join(ROOT, "data"));
  const source = {
    ...{ dataDir, indexDir: join(folder, "index"), names, embedder },
    overrides: NO_OVERRIDES,
  };
  await buildCollection(source, {
    now: () => "2026-01-01T00:00:00.000Z",
    onProblem: ({ file, reason }) => {
      throw new Error(`${file} ${reason}`);
    },
    onWarning: () => undefined,
  });
  return openCollection(source);
}
