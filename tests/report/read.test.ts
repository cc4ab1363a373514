import { createHash } from "node:crypto";
import { mkdir, mkdtemp, open, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ReportsError } from "../../src/report/files.ts";
import type { Overrides } from "../../src/report/overrides.ts";
import { type ReadResult, readReports } from "../../src/report/read.ts";
import { MAX_REPORT_BYTES } from "../../src/report/received.ts";

const PARAGRAPH = "دارت اشتباكات عنيفة في المدينة بين الطرفين، وأسفرت عن سقوط قتلى وجرحى بينهم مدنيون.";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "reports-"));
});
afterEach(() => rm(dir, { recursive: true }));

const put = async (file: string, content: string | Uint8Array) => {
  await mkdir(dirname(join(dir, file)), { recursive: true });
  await writeFile(join(dir, file), content);
};
const read = async (overrides?: Overrides) => {
  const results: ReadResult[] = [];
  for await (const result of readReports({ dir, overrides })) results.push(result);
  return results;
};
const reports = async (overrides?: Overrides) =>
  (await read(overrides)).flatMap((result) => (result.kind === "report" ? [result] : []));
const problems = async () =>
  (await read()).flatMap((result) => (result.kind === "problem" ? [[result.file, result.reason]] : []));

describe("a .txt report", () => {
  it("keeps its bytes and takes its id from the file's name", async () => {
    const bytes = Buffer.from(`\ufeffعنوان الخبر\r\n${PARAGRAPH}\r\n`);
    await put("حلب/تقرير.1.txt", bytes);
    const [result] = await reports();
    expect(result?.file).toBe("حلب/تقرير.1.txt");
    expect(Buffer.from(result?.bytes ?? [])).toEqual(bytes);
    expect(result?.report).toMatchObject({
      id: "تقرير.1",
      title: "عنوان الخبر",
      body: `عنوان الخبر\n${PARAGRAPH}\n`,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      published: { start: null, end: null, confidence: "unknown" },
      eventDates: null,
      places: [],
    });
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    ["is empty", "", /empty/],
    ["is blank", "\ufeff \r\n\t", /empty/],
    ["is in another encoding", Uint8Array.from([0xc7, 0xe1, 0xcf]), /not valid UTF-8; save it as UTF-8/],
    ["is binary", Uint8Array.from([0x25, 0x00, 0x01]), /binary/],
  ])("that %s is a problem, and the others are read", async (_, content, reason) => {
    await put("bad.txt", content);
    await put("good.txt", PARAGRAPH);
    expect((await reports()).map(({ report }) => report.id)).toEqual(["good"]);
    expect(await problems()).toEqual([["bad.txt", expect.stringMatching(reason)]]);
  });

  it("of fifty megabytes is refused unread", async () => {
    const file = await open(join(dir, "large.txt"), "w");
    await file.truncate(50 * 1024 * 1024);
    await file.close();
    expect(await problems()).toEqual([
      ["large.txt", expect.stringMatching(/too large \(50 MB, at most 20 MB\)/)],
    ]);
  });
});

describe("JSON reports", () => {
  it("have the field as body, letter for letter, and days and places from their fields", async () => {
    const body = `سطر\r\n${PARAGRAPH} `;
    await put(
      "x.json",
      JSON.stringify({
        id: "inc-7",
        body,
        event_date: "2012-03-01",
        place: "حمص : بابا عمرو",
        published: "2012-03-02",
      }),
    );
    expect((await reports())[0]?.report).toMatchObject({
      id: "inc-7",
      body,
      eventDates: { start: "2012-03-01", end: "2012-03-01" },
      places: ["حمص : بابا عمرو"],
      published: { start: "2012-03-02", end: "2012-03-02", confidence: "stated" },
      warnings: [],
    });
  });

  it("stand one a line in a .jsonl file; a bad line loses nothing but itself", async () => {
    const line = (id: string) => JSON.stringify({ id, body: PARAGRAPH });
    await put(
      "all.jsonl",
      `\ufeff${line("a")}\n{bad\n\n${line("b")}\r\n${JSON.stringify({ body: PARAGRAPH })}`,
    );
    const found = await reports();
    expect(found.map(({ report, file }) => [report.id, file])).toEqual([
      ["a", "all.jsonl:1"],
      ["b", "all.jsonl:4"],
      ["all-5", "all.jsonl:5"],
    ]);
    expect(await problems()).toEqual([["all.jsonl:2", expect.stringMatching(/not valid JSON/)]]);
  });

  it("with a line beyond the limit lose only that line", async () => {
    const file = await open(join(dir, "all.jsonl"), "w");
    await file.truncate(MAX_REPORT_BYTES + 1);
    await file.write(`\n${JSON.stringify({ id: "b", body: PARAGRAPH })}\n`, MAX_REPORT_BYTES + 1);
    await file.close();
    expect((await reports()).map(({ report }) => report.id)).toEqual(["b"]);
    expect(await problems()).toEqual([["all.jsonl:1", expect.stringMatching(/too large/)]]);
  });
});

describe("readReports", () => {
  it("names the second of two files with one id, and the first", async () => {
    await put("a/one.txt", PARAGRAPH);
    await put("b/one.json", JSON.stringify({ body: PARAGRAPH }));
    expect((await reports()).map(({ file }) => file)).toEqual(["a/one.txt"]);
    expect(await problems()).toEqual([
      ["b/one.json", expect.stringMatching(/same id "one" as a\/one\.txt; rename/)],
    ]);
  });

  it("skips hidden files and names unknown formats and links that lead outside", async () => {
    const outside = await mkdtemp(join(tmpdir(), "outside-"));
    await writeFile(join(outside, "secret.txt"), PARAGRAPH);
    await put(".hidden.txt", PARAGRAPH);
    await put(".git/x.txt", PARAGRAPH);
    await put("scan.tiff", "II*");
    await symlink(join(outside, "secret.txt"), join(dir, "link.txt"));
    await symlink(dir, join(dir, "ring"));
    expect(await reports()).toEqual([]);
    expect(await problems()).toEqual([
      ["link.txt", expect.stringMatching(/link/)],
      ["ring", expect.stringMatching(/link/)],
      ["scan.tiff", expect.stringMatching(/unknown format; reports are \.txt, .*\.pdf/)],
    ]);
    await rm(outside, { recursive: true });
  });

  it("takes the fuller of two headlines for the title", async () => {
    await put("a.txt", `عنب بلدي أونلاين\nقتلى وجرحى في قصف على سوق شعبي\n${PARAGRAPH}`);
    await put("b.txt", `قتلى وجرحى في قصف على سوق\nعشرات الغارات في يوم\n${PARAGRAPH}`);
    expect((await reports()).map(({ report }) => report.title)).toEqual([
      "قتلى وجرحى في قصف على سوق شعبي",
      "قتلى وجرحى في قصف على سوق",
    ]);
  });

  it("applies overrides and leaves withdrawn reports out", async () => {
    await put("a.txt", PARAGRAPH);
    await put("b.txt", PARAGRAPH);
    const published = { start: "2017-10-29", end: "2017-10-29", confidence: "inferred", why: "سبب" } as const;
    const found = await reports({
      reports: {
        a: { published, publisher: "ناشر", title: "عنوان", who: "w", why: "y" },
        b: { withdrawn: { on: "2018-01-01", reason: "error" }, who: "w", why: "y" },
      },
    });
    expect(
      found.map(({ report, override }) => [
        report.id,
        report.publisher,
        report.title,
        report.published,
        override?.who,
      ]),
    ).toEqual([["a", "ناشر", "عنوان", published, "w"]]);
  });

  it("is not fooled by ids that are names of object properties", async () => {
    await put("constructor.txt", PARAGRAPH);
    await put("__proto__.txt", PARAGRAPH);
    expect((await reports()).map(({ override }) => override)).toEqual([null, null]);
  });

  it("says what to do where the folder is missing or is a file", async () => {
    await put("file.txt", PARAGRAPH);
    const drain = async (folder: string) => {
      for await (const _ of readReports({ dir: folder }));
    };
    await expect(drain(join(dir, "none"))).rejects.toThrow(ReportsError);
    await expect(drain(join(dir, "none"))).rejects.toThrow(
      /none does not exist; create it or name another with --data/,
    );
    await expect(drain(join(dir, "file.txt"))).rejects.toThrow(/is not a folder; name/);
  });
});
