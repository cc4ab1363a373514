import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildStore } from "../../src/store/build.ts";
import { inspectIndex, openStore } from "../../src/store/sqlite.ts";
import { StoreError } from "../../src/store/store.ts";
import { FakeEmbedder } from "../fakes.ts";
import { SAMPLE_REPORTS, SAMPLE_VERSIONS, samplePassages } from "./samples.ts";

let root: string;
let sound: string;
let generation: string;
const expected = { ...SAMPLE_VERSIONS, corpus: "sample", embedding: new FakeEmbedder().model };

async function build(indexDir: string): Promise<void> {
  await buildStore({
    indexDir,
    reports: SAMPLE_REPORTS,
    passagesOf: samplePassages,
    embedder: new FakeEmbedder(),
    versions: SAMPLE_VERSIONS,
    corpus: "sample",
    now: () => "2026-01-01T00:00:00.000Z",
  });
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "isnad-damage-"));
  sound = join(root, "sound");
  await build(sound);
  generation = readdirSync(sound).find((name) => name.startsWith("segment-")) ?? "";
});
afterAll(() => rmSync(root, { recursive: true }));

type Damage = (file: string) => void;

const flip =
  (share: number): Damage =>
  (file) => {
    const bytes = readFileSync(file);
    const at = Math.min(bytes.length - 1, Math.floor(share * bytes.length));
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    writeFileSync(file, bytes);
  };
const cut =
  (share: number): Damage =>
  (file) =>
    truncateSync(file, Math.floor(share * readFileSync(file).length));

const DAMAGES: readonly (readonly [string, Damage])[] = [
  ...[0, 0.01, 0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.95, 1].map(
    (share) => [`flipped at ${share}`, flip(share)] as const,
  ),
  ...[0.1, 0.5, 0.9, 0.999].map((share) => [`cut at ${share}`, cut(share)] as const),
  ["empty", (file) => writeFileSync(file, "")],
  ["a foreign text", (file) => writeFileSync(file, "not what it should be\n".repeat(50))],
  ["zeros", (file) => writeFileSync(file, Buffer.alloc(readFileSync(file).length))],
  ["longer", (file) => writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.alloc(1)]))],
];

let copies = 0;
function damagedCopy(name: string, damage: Damage): string {
  copies += 1;
  const indexDir = join(root, `copy-${copies}`);
  cpSync(sound, indexDir, { recursive: true });
  damage(join(indexDir, name));
  return indexDir;
}

async function expectRefusedAndRebuilt(indexDir: string): Promise<void> {
  await expect(openStore({ indexDir })).rejects.toThrow(StoreError);
  await expect(openStore({ indexDir })).rejects.toThrow(/run npm run index\.$/);
  expect((await inspectIndex(indexDir, expected)).state).toMatch(/^(damaged|missing)$/);
  await build(indexDir);
  const store = await openStore({ indexDir });
  expect(await store.select({})).toHaveLength(6);
  expect(await store.passages(await store.select({}))).toHaveLength(6);
  await store.close();
}

describe("a generation that is damaged is refused with the remedy and rebuilt", () => {
  it.each([...DAMAGES, ["missing", unlinkSync] as const])("%s", async (_, damage) => {
    await expectRefusedAndRebuilt(damagedCopy(generation, damage));
  });
});

describe("a current.json that is damaged is refused with the remedy and rebuilt", () => {
  it.each([
    ["cut", cut(0.5)],
    ["empty", cut(0)],
    ["of another format", (file) => writeFileSync(file, '{"format":99}')],
    ["an array", (file) => writeFileSync(file, "[]")],
    ["naming a file elsewhere", (file) => rewrite(file, { file: "../../outside.sqlite" })],
    ["naming another hash", (file) => rewrite(file, { sha256: "0".repeat(64) })],
    ["naming another size", (file) => rewrite(file, { bytes: 1 })],
    ["naming no segment", (file) => rewriteCurrent(file, { segments: [] })],
    ["missing", unlinkSync],
  ] as const satisfies readonly (readonly [string, Damage])[])("%s", async (_, damage) => {
    await expectRefusedAndRebuilt(damagedCopy("current.json", damage));
  });
});

function rewrite(file: string, change: object): void {
  const { current } = JSON.parse(readFileSync(file, "utf8"));
  rewriteCurrent(file, { segments: [{ ...current.segments[0], ...change }] });
}

function rewriteCurrent(file: string, change: object): void {
  const { check, current } = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ check, current: { ...current, ...change } }));
}

describe("what an interrupted build left", () => {
  it.each([
    ["damaged", "not a database at all, whatever its name may say"],
    ["empty", ""],
  ])("is thrown away when it is %s", async (_, content) => {
    for (const name of ["building.sqlite", "building-segment.sqlite", "embedded.sqlite"]) {
      const indexDir = damagedCopy(name, (file) => writeFileSync(file, content));
      await build(indexDir);
      expect(await inspectIndex(indexDir, expected)).toMatchObject({ state: "current" });
      expect(readdirSync(indexDir)).not.toContain(name);
    }
  });

  it("between its last two steps is taken over, so that nothing is embedded twice", async () => {
    const indexDir = damagedCopy("current.json", unlinkSync);
    const embedder = new FakeEmbedder();
    const { embedded } = await buildStore({
      indexDir,
      reports: SAMPLE_REPORTS,
      passagesOf: samplePassages,
      embedder,
      versions: SAMPLE_VERSIONS,
      corpus: "sample",
      now: () => "2026-01-02T00:00:00.000Z",
    });
    expect(embedded).toBe(0);
    expect(embedder.seen).toEqual([]);
  });
});
