import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { command as ask } from "../../src/commands/ask.ts";
import type { Command } from "../../src/commands/command.ts";
import { command as exportCommand } from "../../src/commands/export.ts";
import { command as source } from "../../src/commands/source.ts";
import { command as verify } from "../../src/commands/verify.ts";
import { command as withdraw } from "../../src/commands/withdraw.ts";
import { unpack } from "../../src/packet/zip.ts";
import { openState } from "../../src/state/sqlite.ts";
import { versionKey } from "../../src/telegram/callback.ts";
import { call, PROJECT_ROOT } from "./context.ts";

const ID = "003_68158fa51ebf8193";
/** Stands in that report only. */
const WORDS = "مدرسة خديجة الكبرى";
const QUESTION = "ماذا حدث يوم 29 تشرين الأول 2017؟";

let root: string;
const run = (command: Command, ...args: string[]) => call(command.run, { args, root, cwd: root });

/** Files below a folder that hold the words. */
const holding = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(Buffer.from(WORDS)));

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "isnad-root-"));
  mkdirSync(join(root, "data", "reports"), { recursive: true });
  for (const name of ["places.json", "actors.json", "publishers.json", "overrides.json"])
    cpSync(join(PROJECT_ROOT, "data", name), join(root, "data", name));
  for (const name of ["000_3c5f58a11287295c.txt", `${ID}.txt`])
    cpSync(join(PROJECT_ROOT, "data", "reports", name), join(root, "data", "reports", name));
  symlinkSync(join(PROJECT_ROOT, "models"), join(root, "models"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("a collection from its first report to a withdrawn one", () => {
  it("is proved unaltered, and an answer of it by a packet without its question", async () => {
    expect((await run(verify)).code).toBe(1);
    expect((await run(ask, QUESTION)).code).toBe(0);
    expect(await run(verify)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/unaltered: 2 reports/),
    });
    const exported = await run(exportCommand, "--question", QUESTION, "--out", "packet.zip");
    expect(exported).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[0-9a-f]{64} {2}/) });
    expect(readFileSync(join(root, "packet.zip")).includes(Buffer.from(QUESTION))).toBe(false);
    const [digest = ""] = exported.stdout.split(" ");
    expect((await run(verify, "packet.zip", "--sha256", digest)).code).toBe(0);
    expect((await run(verify, "packet.zip", "--sha256", "0".repeat(64))).code).toBe(1);
  });

  it("has a packet for an answer that was sent before, by its id", async () => {
    const { citations } = JSON.parse((await run(ask, "--json", QUESTION)).stdout) as {
      citations: { n: number; report: string; start: number; end: number; quote: string }[];
    };
    const sent = await Promise.all(
      citations.map(async ({ n, report, start, end }) => {
        const { sha256 } = JSON.parse((await run(source, "--json", report)).stdout);
        return { n, report, version: versionKey(sha256), start, end };
      }),
    );
    mkdirSync(join(root, "state"), { recursive: true });
    const state = openState(join(root, "state", "state.sqlite"), () => undefined);
    await state.recordAnswer({
      id: "iABCDEFGHIJKLMNOP",
      conversation: "1",
      citations: JSON.stringify(sent),
      sentAt: Date.parse("2026-01-02T03:04:05Z"),
    });
    await state.close();
    const exported = await run(exportCommand, "--answer", "iABCDEFGHIJKLMNOP", "--out", "sent.zip");
    expect(exported, exported.stderr).toMatchObject({ code: 0 });
    const files = unpack(readFileSync(join(root, "sent.zip")));
    const packed = JSON.parse(Buffer.from(files?.get("answer.json") ?? []).toString("utf8"));
    expect(packed.citations.map(({ quote }: { quote: string }) => quote)).toEqual(
      citations.map(({ quote }) => quote),
    );
    expect(packed.question).toBeNull();
    expect((await run(verify, "sent.zip")).code).toBe(0);
    rmSync(join(root, "sent.zip"));
    const unknown = await run(exportCommand, "--answer", "iNONE");
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringMatching(/there is no answer iNONE/) });
  });

  it("tells when a report came, and from which file", async () => {
    const { stderr } = await run(source, ID);
    expect(stderr).toMatch(/file: 003_68158fa51ebf8193\.txt \(\d+ bytes, utf-8, read by txt\/1\)/);
    expect(stderr).toMatch(/received: 2026-01-02T03:04:05\.000Z/);
  });

  it("holds nothing of a withdrawn report, says so, and takes it back", async () => {
    rmSync(join(root, "packet.zip"));
    expect(holding(join(root, "index"))).not.toEqual([]);
    const done = await run(withdraw, "003", "--reason", "the publisher took it back", "--who", "مشرف");
    expect(done).toMatchObject({ code: 0, stdout: `${ID} is withdrawn\n` });
    expect([...holding(join(root, "index")), ...holding(join(root, "state"))]).toEqual([]);
    const answer = JSON.parse((await run(ask, "--json", QUESTION)).stdout);
    expect(answer.citations.map(({ report }: { report: string }) => report)).not.toContain(ID);
    expect((await run(ask, `نص المصدر ${ID}`)).stdout).toMatch(
      /سُحب التقرير 003_68158fa51ebf8193.*2 كانون الثاني/,
    );
    const history = JSON.parse((await run(source, "--json", "000")).stdout).provenance.history;
    expect(history).toHaveLength(1);
    expect((await run(withdraw, ID, "--undo")).code).toBe(0);
    expect(JSON.parse(readFileSync(join(root, "data", "overrides.json"), "utf8"))).toEqual(
      JSON.parse(readFileSync(join(PROJECT_ROOT, "data", "overrides.json"), "utf8")),
    );
    expect((await run(source, ID)).stdout).toContain(WORDS);
  });
});
