import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { decodeCatalogue, NOTHING_KNOWN, type Scanned, scanFiles } from "../../src/report/catalogue.ts";
import { ChangesReading } from "../../src/report/changes.ts";
import { corpusHash, corpusHashOf } from "../../src/report/corpus.ts";
import { NO_OVERRIDES, type Overrides } from "../../src/report/overrides.ts";
import { readReports } from "../../src/report/read.ts";
import type { Report } from "../../src/report/report.ts";

const root = mkdtempSync(join(tmpdir(), "isnad-changes-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(root, "collection-"));
});

/** A collection that is read again and again, as an index keeps it. */
class Kept {
  reports = new Map<string, Report>();
  catalogue: string | null = null;
  problems: string[] = [];
  /** Ids of the reports that the last reading made anew. */
  made: string[] = [];

  /** Reads what has changed. `now` lies so far ahead that all times of files count as old. */
  async read(overrides: Overrides = NO_OVERRIDES, now = Date.now() + 60_000): Promise<void> {
    const known = decodeCatalogue(this.catalogue);
    const files: Scanned[] = [];
    for await (const file of scanFiles(dir, known)) files.push(file);
    const has = (id: string): boolean => this.reports.has(id);
    const reading = new ChangesReading({ files, known, overrides, has, now });
    const fresh = new Map<string, Report>();
    this.problems = [];
    for await (const result of reading.results())
      if (result.kind === "report") fresh.set(result.report.id, result.report);
      else this.problems.push(`${result.file} ${result.reason}`);
    for (const id of reading.kept) expect(fresh.has(id)).toBe(false);
    const kept = reading.kept.flatMap((id) => [[id, this.reports.get(id)] as [string, Report]]);
    this.made = [...fresh.keys()];
    this.reports = new Map([...kept, ...fresh]);
    this.catalogue = reading.catalogue();
    expect(corpusHashOf(files, ["x"])).toBe(await corpusHash(dir, ["x"]));
  }
}

/** The same read at once, without any knowledge. */
async function readWhole(
  overrides: Overrides,
): Promise<{ reports: Map<string, Report>; problems: string[] }> {
  const reports = new Map<string, Report>();
  const problems: string[] = [];
  for await (const result of readReports({ dir, overrides }))
    if (result.kind === "report") reports.set(result.report.id, result.report);
    else problems.push(`${result.file} ${result.reason}`);
  return { reports, problems };
}

function write(file: string, content: string): void {
  mkdirSync(dirname(join(dir, file)), { recursive: true });
  writeFileSync(join(dir, file), content);
}

const sorted = <T>(map: ReadonlyMap<string, T>): [string, T][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));
const text = fc.constantFrom("قصف الطيران حي الحميدية.", "نزح السكان إلى الضفة.", "عاد السكان.", "");
const files = {
  "a.txt": text,
  "b/a.txt": text,
  "c.txt": text,
  "c.txt.meta.json": fc.constantFrom('{"publisher":"ناشر"}', '{"publisher":"آخر"}', "{"),
  "d.jsonl": fc
    .array(fc.record({ id: fc.constantFrom("a", "d1", "d2", "d3"), body: text }), { maxLength: 4 })
    .map((rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join("")),
  "e.unknown": text,
};
const step = fc
  .constantFrom(...(Object.keys(files) as (keyof typeof files)[]))
  .chain((file) => fc.tuple(fc.constant(file), fc.option(files[file], { freq: 3 })));
const withdrawal = { withdrawn: { on: "2026-01-01", reason: "wrong" }, who: "operator", why: "wrong" };
const overrides: fc.Arbitrary<Overrides> = fc.constantFrom(
  NO_OVERRIDES,
  { reports: { a: { title: "عنوان", who: "operator", why: "known" } } },
  { reports: { d1: withdrawal } },
);

describe("a collection read change by change", () => {
  it("is the same as read at once, whatever is added, changed, deleted, withdrawn or of one id", async () => {
    const steps = fc.array(fc.tuple(fc.array(step, { maxLength: 3 }), overrides), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (changes) => {
        dir = mkdtempSync(join(root, "steps-"));
        const kept = new Kept();
        for (const [edits, known] of changes) {
          for (const [file, content] of edits)
            if (content === null) rmSync(join(dir, file), { force: true });
            else write(file, content);
          await kept.read(known);
          const whole = await readWhole(known);
          expect(sorted(kept.reports)).toEqual(sorted(whole.reports));
          // Of two files with one id a known one is named without its line.
          const plain = (problem: string): string => problem.replace(/jsonl:\d+/g, "jsonl");
          expect(kept.problems.map(plain)).toEqual(whole.problems.map(plain));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("makes only the reports anew that have changed, also of a file that holds many", async () => {
    const row = (n: number, more = ""): string =>
      `${JSON.stringify({ id: `r${n}`, body: `نص رقم ${n}${more}` })}\n`;
    write("many.jsonl", [1, 2, 3].map((n) => row(n)).join(""));
    write("one.txt", "نص");
    const kept = new Kept();
    await kept.read();
    expect(kept.made).toEqual(["r1", "r2", "r3", "one"]);
    await kept.read();
    expect(kept.made).toEqual([]);
    write("many.jsonl", row(1) + row(2, " تغير") + row(3) + row(4));
    await kept.read();
    expect(kept.made).toEqual(["r2", "r4"]);
    await kept.read({ reports: { r3: withdrawal } });
    expect(kept.made).toEqual([]);
    expect([...kept.reports.keys()].sort()).toEqual(["one", "r1", "r2", "r4"]);
  });

  it("looks at the content of a file whose times were fresh when it was read, and of one whose entry has changed", async () => {
    write("a.txt", "نص أول");
    const kept = new Kept();
    await kept.read(NO_OVERRIDES, Date.now());
    const { atime, mtime } = statSync(join(dir, "a.txt"));
    write("a.txt", "نص آخر");
    utimesSync(join(dir, "a.txt"), atime, mtime);
    await kept.read();
    expect(kept.reports.get("a")?.body).toBe("نص آخر");
    write("a.txt", "نص قصر");
    utimesSync(join(dir, "a.txt"), atime, mtime);
    await kept.read();
    expect(kept.reports.get("a")?.body).toBe("نص قصر");
  });

  it("is read whole when nothing sound is known of it, or reports are not stored", async () => {
    write("a.txt", "نص");
    const kept = new Kept();
    await kept.read();
    for (const forget of [
      () => (kept.catalogue = "{"),
      () => (kept.catalogue = null),
      () => kept.reports.clear(),
    ]) {
      forget();
      await kept.read();
      expect(kept.made).toEqual(["a"]);
    }
    expect(decodeCatalogue('{"version":99}')).toEqual(NOTHING_KNOWN);
  });
});
