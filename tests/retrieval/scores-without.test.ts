import { describe, expect, it } from "vitest";
import type { Passage } from "../../src/passage/passage.ts";
import { scoresWithout } from "../../src/retrieval/scores-without.ts";
import { lexicalTerms } from "../../src/text/tokens.ts";
import { FakeEmbedder, FakeStore } from "../fakes.ts";
import { sampleReport } from "../store/samples.ts";

const TOLD = ["طائرات قصفت المدينة ليلا", "مدنيون غادروا القرية صباحا", "مقاتلون دخلوا البلدة مساء"];
/** As long in the mean as what is told: the mean length stays that of the whole collection. */
const STUFFED = [...TOLD, ...TOLD, ...TOLD];
const QUERY = { vector: new Float32Array(32), terms: lexicalTerms("طائرات المدينة") };

async function storeOf(texts: readonly string[]): Promise<FakeStore> {
  const ids = texts.map((_, at) => String(at).padStart(3, "0"));
  const passages = texts.map(
    (text, at): Passage => ({
      id: `p${at}`,
      reportId: ids[at] ?? "",
      role: "text",
      start: 0,
      end: text.length,
      text,
      header: "",
      dates: [],
      places: [],
    }),
  );
  const reports = texts.map((text, at) => sampleReport(ids[at] ?? "", text).report);
  return FakeStore.of({ reports, passages, embedder: new FakeEmbedder() });
}

describe("scoresWithout", () => {
  it("gives what a collection without the passages gives, in units of its rarest word", async () => {
    const store = await storeOf([...TOLD, ...STUFFED]);
    const refs = [0, 1, 2];
    const without = new Set(STUFFED.map((_, at) => TOLD.length + at));
    const alone = await (await storeOf(TOLD)).score(QUERY, refs);
    const unit = Math.log(1 + TOLD.length + STUFFED.length) / Math.log(1 + TOLD.length);
    const scores = await scoresWithout(QUERY, refs, { store, without });
    for (const ref of refs) expect(scores.lexical[ref]).toBeCloseTo(unit * (alone.lexical[ref] ?? 0), 5);
    expect(scores.lexical[0]).toBeGreaterThan(1.5 * ((await store.score(QUERY, refs)).lexical[0] ?? 0));
  });

  it("changes nothing where all count", async () => {
    const store = await storeOf(TOLD);
    expect(await scoresWithout(QUERY, [0, 1], { store, without: new Set() })).toEqual(
      await store.score(QUERY, [0, 1]),
    );
  });
});
