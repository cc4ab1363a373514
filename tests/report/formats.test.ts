import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { annotate } from "../../src/passage/annotate.ts";
import { cutPassages } from "../../src/passage/cut.ts";
import { type ReadResult, readReports } from "../../src/report/read.ts";
import type { Report } from "../../src/report/report.ts";
import { gazetteer } from "../passage/annotated.ts";
import { type Folder, formats, LIBREOFFICE_DIR, originals, POSTED, REPORTS_DIR, zipped } from "./writers.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "formats-"));
});
afterEach(() => rm(dir, { recursive: true }));

const put = async (files: Folder) => {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), content);
  }
};
const readAll = async (folder = dir) => {
  const results: ReadResult[] = [];
  const notes: string[] = [];
  for await (const result of readReports({ dir: folder, onNote: (note) => notes.push(note) }))
    results.push(result);
  return {
    reports: results.flatMap((result) => (result.kind === "report" ? [result] : [])),
    problems: results.flatMap((result) => (result.kind === "problem" ? [[result.file, result.reason]] : [])),
    notes,
  };
};

/** Letters, figures and signs in order, whatever space stands between them. */
const ink = (text: string): string => text.replace(/\s+/gu, "");

/** Share of the longer text that both have in the same order (longest common subsequence). */
function sharedInOrder(a: string, b: string): number {
  if (a === b) return 1;
  let before = new Uint16Array(b.length + 1);
  let row = new Uint16Array(b.length + 1);
  for (const letter of a) {
    for (let at = 1; at <= b.length; at += 1)
      row[at] =
        letter === b[at - 1] ? (before[at - 1] ?? 0) + 1 : Math.max(before[at] ?? 0, row[at - 1] ?? 0);
    [before, row] = [row, before];
  }
  return (before[b.length] ?? 0) / Math.max(a.length, b.length);
}

const told = (report: Report) => {
  const passages = annotate({ report, passages: cutPassages(report), gazetteer });
  const dates = passages.flatMap((passage) => passage.dates);
  return {
    days: [
      ...new Set(dates.map(({ start, end, background }) => `${start}/${end}${background ? " before" : ""}`)),
    ].sort(),
    places: [...new Set(passages.flatMap((passage) => passage.places.map(({ id }) => id)))].sort(),
    texts: passages.map(({ text }) => text.replace(/\s+/gu, " ")),
  };
};

/** The report that was made from each original, told by what they share. */
const matched = (reports: readonly Report[]) =>
  originals.map(({ text }) => {
    const best = reports.reduce<{ report: Report | null; shared: number }>(
      (chosen, report) => {
        const shared = sharedInOrder(ink(report.body).slice(0, 300), ink(text).slice(0, 300));
        return shared > chosen.shared ? { report, shared } : chosen;
      },
      { report: null, shared: 0 },
    );
    if (best.report === null) throw new Error("a report is missing");
    return best.report;
  });

describe("the five reports in every format", async () => {
  const plain = matched((await readAll(REPORTS_DIR)).reports.map(({ report }) => report));
  // The day of a post is the day of its publication, and so says more than a text alone.
  const posted = plain.map((report, index): Report => {
    const day = POSTED[index] ?? null;
    return { ...report, published: { start: day, end: day, confidence: "stated", why: "" } };
  });

  const check = (
    reports: readonly Report[],
    options: { sameTexts?: boolean; wanted?: readonly Report[] } = {},
  ) => {
    for (const [index, report] of matched(reports).entries()) {
      const original = (options.wanted ?? plain)[index];
      if (original === undefined) throw new Error("an original is missing");
      expect(sharedInOrder(ink(report.body), ink(original.body)), original.id).toBeGreaterThanOrEqual(0.99);
      const [found, wanted] = [told(report), told(original)];
      expect([found.days, found.places], original.id).toEqual([wanted.days, wanted.places]);
      if (options.sameTexts ?? true) expect(found.texts, original.id).toEqual(wanted.texts);
    }
  };

  for (const [name, files] of Object.entries(formats)) {
    it(`give the same days, places and passages as ${name}`, async () => {
      await put(files);
      const { reports, problems } = await readAll();
      expect(problems).toEqual([]);
      expect(reports).toHaveLength(originals.length);
      // A PDF does not say where a paragraph ends whose last line is full.
      check(
        reports.map(({ report }) => report),
        { sameTexts: name !== "PDF", wanted: name === "Telegram's export" ? posted : plain },
      );
    });
  }

  it("give the same from an archive of every format, each with the name of its file in it", async () => {
    const files = Object.entries(formats).flatMap(([name, folder]) =>
      Object.entries(folder).map(([file, content]) => [`${name}/${file}`, content] as const),
    );
    for (const [name, folder] of Object.entries(formats))
      await put({ [`${name}.zip`]: zipped(folder, "تقارير/") });
    const { reports, problems } = await readAll();
    const read = reports.length + problems.length;
    expect(read).toBeGreaterThan(files.length);
    expect(problems.filter(([, reason]) => !/has the same id/.test(reason ?? ""))).toEqual([]);
    expect(reports[0]?.file).toBe("Atom.zip!/تقارير/feed.atom:1");
  });

  it.each(["001-justified", "004-left-to-right"])("are read from a PDF that is %s", async (name) => {
    const { reports } = await readAll(LIBREOFFICE_DIR);
    const report = reports.find((each) => each.file === `${name}.pdf`)?.report;
    const original = plain[Number(name.slice(0, 3))];
    if (report === undefined || original === undefined) throw new Error("missing");
    expect(sharedInOrder(ink(report.body), ink(original.body))).toBeGreaterThanOrEqual(0.99);
    const [found, wanted] = [told(report), told(original)];
    expect([found.days, found.places]).toEqual([wanted.days, wanted.places]);
  });
});
