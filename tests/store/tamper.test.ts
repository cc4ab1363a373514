/** Any byte of a stored report that is changed on the disk is found, and the report is named. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/sqlite/open.ts";
import { auditIndex } from "../../src/store/audit.ts";
import { buildStore } from "../../src/store/build.ts";
import { FakeEmbedder } from "../fakes.ts";
import { SAMPLE_VERSIONS, samplePassages, sampleReport } from "./samples.ts";

/** Bytes of the file that are looked for at once: less than a page of the database holds. */
const PIECE = 24;

const REPORTS = ["أول", "ثان", "ثالث"].map((name, at) =>
  sampleReport(
    `report-${at}`,
    Array.from({ length: 80 }, (_, line) => `2017-10-29 ${name} سطر ${line * 7 + at} عن حي الحميدية`).join(
      "\n",
    ),
  ),
);

let dir: string;
/** The file of the index that holds the reports, as it was written. */
let file: string;
let whole: Buffer;
/** Every byte of the file that belongs to the source of a report, with the report. */
const places: { readonly at: number; readonly id: string }[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "tamper-"));
  await buildStore({
    indexDir: dir,
    reports: REPORTS,
    passagesOf: samplePassages,
    embedder: new FakeEmbedder(),
    versions: SAMPLE_VERSIONS,
    corpus: "tamper",
    now: () => "2026-01-01T00:00:00.000Z",
  });
  for (const name of readdirSync(dir).filter((each) => each.endsWith(".sqlite"))) {
    const bytes = readFileSync(join(dir, name));
    const before = places.length;
    for (const { report, bytes: source } of REPORTS)
      for (let start = 0; start + PIECE <= source.length; start += PIECE) {
        const piece = Buffer.from(source.slice(start, start + PIECE));
        const isOfOthers = REPORTS.some(
          (other) => other.report.id !== report.id && Buffer.from(other.bytes).includes(piece),
        );
        // The source as received, the text that was read from it, and the passages cut from that.
        if (!isOfOthers)
          for (let at = bytes.indexOf(piece); at >= 0; at = bytes.indexOf(piece, at + 1))
            for (let byte = 0; byte < PIECE; byte += 1) places.push({ at: at + byte, id: report.id });
      }
    if (places.length > before) [file, whole] = [join(dir, name), bytes];
  }
});
afterAll(() => rmSync(dir, { recursive: true }));

/** What is stored of a report, as one text; an error's name where it cannot be read. */
function storedRow(id: string): string {
  const database = openDatabase({ file, readOnly: true });
  try {
    const row = database.prepare("SELECT record, hex(bytes) AS bytes FROM reports WHERE id = ?").get(id);
    return JSON.stringify(row ?? null);
  } catch (error) {
    return String(error);
  } finally {
    database.close();
  }
}

const written = new Map<string, string>();

describe("a stored report", () => {
  it("is as it was received", async () => {
    expect((await auditIndex(dir)).findings).toEqual([]);
    for (const { report } of REPORTS) written.set(report.id, storedRow(report.id));
    expect(new Set(places.map(({ id }) => id)).size).toBe(REPORTS.length);
  });

  it("with any byte changed is found and named", async () => {
    const property = fc.asyncProperty(
      fc.nat().map((n) => places[n % places.length] ?? { at: 0, id: "" }),
      fc.integer({ min: 1, max: 255 }),
      async ({ at, id }, change) => {
        const changed = Buffer.from(whole);
        changed.writeUInt8(changed.readUInt8(at) ^ change, at);
        writeFileSync(file, changed);
        // Pages that hold no row any more still hold old bytes: what is read of the report has to be another.
        fc.pre(storedRow(id) !== written.get(id));
        const { findings } = await auditIndex(dir);
        expect(findings.join("\n")).toContain(`the report ${id}`);
      },
    );
    try {
      await fc.assert(property, { numRuns: 100 });
    } finally {
      writeFileSync(file, whole);
    }
  });

  it("is not the only thing watched: any byte of the file changed is found", async () => {
    const property = fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (n, change) => {
      const changed = Buffer.from(whole);
      const at = n % whole.length;
      changed.writeUInt8(changed.readUInt8(at) ^ change, at);
      writeFileSync(file, changed);
      expect((await auditIndex(dir)).findings).not.toEqual([]);
    });
    try {
      await fc.assert(property, { numRuns: 60 });
    } finally {
      writeFileSync(file, whole);
    }
  });
});
