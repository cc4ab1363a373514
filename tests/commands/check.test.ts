import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { command } from "../../src/commands/check.ts";
import { call } from "./context.ts";

const BODY = "سيطرت قوات النظام على حي العمال في مدينة دير الزور، وقُتل 12 من عناصر التنظيم خلال الاشتباكات.";

/** A collection of two reports whose ids begin alike. */
async function twoReports(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "isnad-check-"));
  const data = join(folder, "reports");
  await mkdir(data);
  for (const id of ["abc_1", "abd_2"])
    await writeFile(join(data, `${id}.json`), JSON.stringify({ id, body: BODY, published: "2017-10-29" }));
  return ["--batch", "--data", data, "--index", join(folder, "index")];
}

describe("check --batch", () => {
  it("judges every line in order and goes on after a bad one", async () => {
    const quote = "وقُتل 12 من عناصر التنظيم خلال الاشتباكات";
    const lines = [
      { id: "faithful", claim: "قُتل اثنا عشر من عناصر داعش.", citations: [{ report: "abc_1", quote }] },
      { id: "prefix", claim: "قُتل اثنا عشر من عناصر داعش.", citations: [{ report: "abd", quote }] },
      { id: "ambiguous", claim: "قُتل اثنا عشر من عناصر داعش.", citations: [{ report: "ab", quote }] },
      { id: "wrong", claim: "قُتل 20 من عناصر داعش.", citations: [{ report: "abc_1", quote }] },
      { id: "bad", claim: 5 },
    ];
    const { code, stdout } = await call(command.run, {
      args: await twoReports(),
      stdin: lines.map((line) => JSON.stringify(line)).join("\n"),
    });
    const out = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(out.map(({ id, supported, rule }) => [id, supported, rule])).toEqual([
      ["faithful", true, null],
      ["prefix", true, null],
      ["ambiguous", false, "unknown_source"],
      ["wrong", false, "number"],
      ["bad", undefined, undefined],
    ]);
    expect(out[3].trace.at(-1)).toMatchObject({ rule: "number", passed: false });
    expect(out[4].error.code).toBe("bad_input");
    expect(code).toBe(1);
  });

  it("is called with --batch alone", async () => {
    await expect(call(command.run, { args: [] })).rejects.toThrow("--batch");
    await expect(call(command.run, { args: ["--batch", "سؤال"] })).rejects.toThrow("--batch");
  });
});
