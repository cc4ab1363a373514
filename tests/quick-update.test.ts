/** The quick way by which a bot takes up what an admin or the folder changes ends in what the whole way ends in. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readGazetteer } from "../src/gazetteer/read.ts";
import { correctedNames } from "../src/overrides/names.ts";
import {
  buildCollection,
  type CollectionSource,
  inspectCollection,
  openCollection,
} from "../src/pipeline.ts";
import { NO_OVERRIDES, type Overrides } from "../src/report/overrides.ts";
import { readCurrent } from "../src/store/generation.ts";
import { FakeEmbedder } from "./fakes.ts";
import { ROOT } from "./five-reports.ts";

const root = mkdtempSync(join(tmpdir(), "isnad-quick-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const dataDir = mkdtempSync(join(root, "data-"));
const WAYS = ["quick", "whole"] as const;

/** Each way has an index of its own of the same folder. Resolves to the texts embedded now. */
async function update(overrides: Overrides): Promise<Record<(typeof WAYS)[number], number>> {
  const embedded = { quick: 0, whole: 0 };
  for (const way of WAYS) {
    const summary = await buildCollection(await sourceOf(way, overrides), {
      now: () => "2026-01-01T00:00:00.000Z",
      onProblem: () => undefined,
      onWarning: () => undefined,
      quick: way === "quick",
    });
    embedded[way] = summary.embedded;
  }
  return embedded;
}

async function sourceOf(way: string, overrides: Overrides): Promise<CollectionSource> {
  const names = correctedNames(await readGazetteer(join(ROOT, "data")), overrides);
  return { dataDir, indexDir: join(root, way), names, overrides, embedder: new FakeEmbedder() };
}

/** What the current generation names: files hold their hashes in their names, so that equal names are equal bytes. */
async function contentOf(way: string): Promise<unknown> {
  const state = await readCurrent(join(root, way));
  if (state.state !== "present") throw new Error(`no index: ${state.state}`);
  const { segments, manifest, shaping, neighbours } = state.current;
  return { segments, manifest, shaping, neighbours };
}

const files: Record<string, string> = {
  "a.txt": "قصف على حي الحويقة\n\nقصفت الطائرات حي الحويقة في مدينة دير الزور يوم 3 تشرين الأول 2017.",
  "b.txt": "معارك في الميادين\n\nدخلت القوات مدينة الميادين يوم 14 تشرين الأول 2017، ونزح السكان.",
  "c.txt": "أسعار القمح\n\nارتفعت أسعار القمح في سوق دير الزور يوم 20 تشرين الأول 2017.",
};

const STEPS: readonly {
  readonly name: string;
  readonly put?: Readonly<Record<string, string>>;
  readonly drop?: readonly string[];
  readonly overrides?: Overrides;
  readonly gone?: string;
}[] = [
  { name: "the first build", put: files },
  {
    name: "a report added",
    put: { "d.txt": "خبر جديد\n\nسقطت قذائف على حي الجورة يوم 21 تشرين الأول 2017." },
  },
  {
    name: "a report changed",
    put: { "b.txt": "معارك في الميادين\n\nانسحبت القوات من مدينة الميادين يوم 15 تشرين الأول 2017." },
    gone: "دخلت القوات",
  },
  {
    name: "a report withdrawn",
    overrides: {
      ...NO_OVERRIDES,
      reports: { a: { withdrawn: { on: "2026-01-01", reason: "خطأ" }, who: "admin", why: "خطأ" } },
    },
    gone: "قصفت الطائرات",
  },
  {
    name: "a report corrected",
    overrides: { ...NO_OVERRIDES, reports: { c: { publisher: "شبكة الفرات", who: "admin", why: "صححه" } } },
  },
  { name: "a report deleted", drop: ["d.txt"], gone: "سقطت قذائف" },
  { name: "nothing" },
];

describe("the quick way", () => {
  it.each(STEPS)("ends, after $name, in the bytes in which the whole way ends", async (step) => {
    for (const [name, text] of Object.entries(step.put ?? {})) writeFileSync(join(dataDir, name), text);
    for (const name of step.drop ?? []) rmSync(join(dataDir, name));
    const overrides = step.overrides ?? NO_OVERRIDES;
    const embedded = await update(overrides);
    expect(embedded.quick).toBe(embedded.whole);
    expect(await contentOf("quick")).toEqual(await contentOf("whole"));
    const source = await sourceOf("quick", overrides);
    expect((await inspectCollection(source)).state).toBe("current");
    const { store } = await openCollection(source);
    expect(await store.reportIds()).toEqual(
      readdirSync(dataDir)
        .map((name) => name.replace(/\.txt$/, ""))
        .filter((id) => overrides.reports[id]?.withdrawn === undefined)
        .sort(),
    );
    await store.close();
    if (step.gone === undefined) return;
    for (const way of WAYS)
      for (const name of readdirSync(join(root, way)))
        expect(readFileSync(join(root, way, name)).includes(step.gone), `${way}/${name}`).toBe(false);
  });
});
