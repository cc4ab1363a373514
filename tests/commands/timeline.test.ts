import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { timelineResponse } from "../../src/api/schemas.ts";
import { command } from "../../src/commands/timeline.ts";
import { type Called, call } from "./context.ts";

let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "isnad-timeline-"));
  env = { INDEX_DIR: join(folder, "index"), STATE_DIR: join(folder, "state") };
  await timeline("--format", "json");
});

const timeline = (...args: string[]): Promise<Called> => call(command.run, { args, env, cwd: folder });
const out = async (...args: string[]): Promise<string> => (await timeline(...args)).stdout;

describe("the command timeline", () => {
  it("gives the same events in every format", async () => {
    const { total, entries } = timelineResponse.parse(JSON.parse(await out("--format", "json")));
    expect(entries.length).toBe(total);
    const csv = z.array(z.array(z.string())).parse(parse(await out("--format", "csv"), { bom: true }));
    expect(csv.slice(1).map((row) => row[5])).toEqual(entries.map(({ text }) => text));
    const [text, markdown] = [await out(), await out("--format", "md")];
    expect(text.match(/^• «/gm)?.length).toBe(total);
    expect(markdown.match(/^- «/gm)?.length).toBe(total);
    expect(markdown.match(/^\[\^\d+\]: /gm)?.length).toBe(total);
  });

  it("keeps to the days and the place, and says which", async () => {
    const text = await out("--from", "2017-10-28", "--to", "2017-10-29", "--place", "حي الحميدية");
    expect(text.split("\n")[0]).toContain("حي الحميدية، مدينة دير الزور · 28–29 تشرين الأول 2017");
    expect(text).not.toContain("أيار");
    expect(text).toContain("الأحد 29 تشرين الأول 2017");
  });

  it("marks days that no report states", async () => {
    expect(await out("--to", "2017-05-05")).toMatch(/^17–31 كانون الثاني 2017 \(مستنتج\)$/m);
    expect(await out("--from", "2017-05-05", "--to", "2017-05-05")).toMatch(
      /^الجمعة 5 أيار 2017 \(غير مؤكد\)$/m,
    );
  });

  it("says that there is nothing on other days", async () => {
    expect(await out("--from", "2010-01-01", "--to", "2010-02-01")).toContain("غياب الخبر لا يعني");
  });

  it("draws the chart and the map", async () => {
    const { stderr } = await timeline("--png", "chart.png", "--map", "map.png", "--theme", "dark");
    expect(stderr).toContain("chart.png");
    for (const name of ["chart.png", "map.png"]) {
      const png = await readFile(join(folder, name));
      expect([png.subarray(1, 4).toString(), png.readUInt32BE(16)]).toEqual(["PNG", 720]);
    }
  });

  it.each([
    [["--from", "2017-02-30"], "--from takes a day that exists"],
    [["--from", "2017-03-01", "--to", "2017-02-01"], "--from is after --to"],
    [["--format", "xlsx"], "--format takes one of text, csv, md, json"],
    [["--place", "أتلانتس"], 'no place "أتلانتس" is known'],
  ])("refuses %s", async (args, message) => {
    await expect(timeline(...args)).rejects.toThrow(message);
  });
});
