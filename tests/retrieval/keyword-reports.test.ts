import { describe, expect, it } from "vitest";
import type { Passage } from "../../src/passage/passage.ts";
import { rankPassages } from "../../src/retrieval/retrieve.ts";
import { readScope, selectInScope } from "../../src/retrieval/scope.ts";
import { addDays, type Day } from "../../src/text/day.ts";
import { buildGazetteer } from "../../src/text/places/gazetteer.ts";
import { FakeEmbedder, FakeStore } from "../fakes.ts";
import { sampleReport } from "../store/samples.ts";

const DAY: Day = "2017-10-08";
const QUESTION = "كم قتل ومتى ولماذا وأين في الميادين قصف سيطر انسحب؟";
const gazetteer = buildGazetteer([]);

function passage(reportId: string, number: number, text: string, day: Day): Passage {
  return {
    id: `${reportId}-${number}`,
    reportId,
    role: "text",
    start: 1000 * number,
    end: 1000 * number + text.length,
    text,
    header: "",
    dates: [
      {
        start: day,
        end: day,
        precision: "day",
        confidence: "certain",
        basis: "passage",
        words: "",
        background: false,
      },
    ],
    places: [{ id: "mayadin", name: "الميادين", basis: "passage", words: "" }],
  };
}

/** A report made to be found for everything, of more passages than an arm of the search gives. */
const stuffed = Array.from({ length: 120 }, (_, at) => passage("999", at, `${QUESTION} ${at}`, DAY));

async function sourcesOf(told: readonly Passage[]) {
  const passages = [...told, ...stuffed];
  const reports = [...new Set(passages.map(({ reportId }) => reportId))].map(
    (id) => sampleReport(id, QUESTION).report,
  );
  const embedder = new FakeEmbedder();
  const store = await FakeStore.of({ reports, passages, embedder });
  return { store, embedder, gazetteer, coverage: await store.coverage() };
}

const scope = { days: [{ start: DAY, end: DAY }], places: ["mayadin"] };
const reportsOf = (located: readonly { passage: Passage }[]) => [
  ...new Set(located.map(({ passage: { reportId } }) => reportId)),
];

describe("a report made to be found for everything", () => {
  it("is left out of a day and a place of which another tells", async () => {
    const sources = await sourcesOf([passage("001", 0, "قصف الطيران المدينة في ذلك اليوم.", DAY)]);
    const selection = await selectInScope(scope, sources);
    expect(reportsOf(await readScope(selection, scope, sources))).toEqual(["001"]);
    expect(selection.match).toBe("exact");
  });

  it("does not keep the day beside from being told", async () => {
    const beside = passage("001", 0, "قصف الطيران المدينة في اليوم التالي.", addDays(DAY, 1));
    const sources = await sourcesOf([beside]);
    const selection = await selectInScope(scope, sources);
    expect(selection.match).toBe("widened");
    expect(await sources.store.reportsOf(selection.refs)).toEqual(["001"]);
  });

  it("is not one of news into which somebody put a question", async () => {
    const question = "سؤال جديد: ما هو الجواب؟";
    const news = ["قصف الطيران المدينة في ذلك اليوم.", question, "وقتل مدنيان.", question];
    const told = news.map((text, at) => passage("001", at, text, DAY));
    const sources = await sourcesOf(told);
    expect(await sources.store.reportsOf((await selectInScope(scope, sources)).refs)).toEqual(["001"]);
  });

  it("is all there is where nobody else tells anything", async () => {
    const sources = await sourcesOf([passage("001", 0, "خبر من سنة أخرى.", "2014-01-01")]);
    const selection = await selectInScope(scope, sources);
    expect(await sources.store.reportsOf(selection.refs)).toEqual(["999"]);
  });

  it("pushes no sentence out of the best of a search", async () => {
    const sources = await sourcesOf([passage("001", 0, "سقط قتلى في بلدة بعيدة.", DAY)]);
    const ranked = await rankPassages({ text: QUESTION, limit: 10 }, sources);
    expect(reportsOf(ranked)).toEqual(["001"]);
  });
});
