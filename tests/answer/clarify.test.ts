import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sources } from "../../src/answer/asked.ts";
import { answerText } from "../../src/answer/text.ts";
import { answerQuestion, buildCollection, openCollection } from "../../src/pipeline.ts";
import type { Memory } from "../../src/question/scope.ts";
import { fiveReports } from "../five-reports.ts";

/** Two reports of two quarters of one name: of neither region does the collection tell more than half. */
const SAMPLE_REPORTS = [
  {
    id: "homs",
    body: "قُصف حي الحميدية في مدينة حمص بقذائف الهاون.",
    event_date: "2016-05-03",
    place: "حمص : الحميدية",
  },
  {
    id: "deir",
    body: "اندلعت اشتباكات في حي الحميدية بمدينة دير الزور.",
    event_date: "2016-05-04",
    place: "دير الزور : الحميدية",
  },
];

let sources: Sources;
beforeAll(async () => {
  const dataDir = join(await mkdtemp(join(tmpdir(), "isnad-clarify-")), "reports");
  await mkdir(dataDir);
  for (const report of SAMPLE_REPORTS)
    await writeFile(join(dataDir, `${report.id}.json`), JSON.stringify(report));
  const source = { ...(await fiveReports()), dataDir };
  await buildCollection(source, {
    now: () => "2026-01-01T00:00:00.000Z",
    onProblem: ({ file, reason }) => {
      throw new Error(`${file} ${reason}`);
    },
    onWarning: () => undefined,
  });
  sources = await openCollection(source);
});
afterAll(async () => {
  await sources.store.close();
  await sources.embedder.close();
});

async function talk(...messages: string[]) {
  let memory: Memory | null = null;
  const answers = [];
  for (const text of messages) {
    const answered = await answerQuestion({ text, today: "2026-11-22", memory }, sources);
    memory = answered.memory ?? memory;
    answers.push(answered.answer);
  }
  return answers;
}

describe("a name of two places", () => {
  it("is asked back when the reports tell of both", async () => {
    const [answer] = await talk("شو صار بالحميدية؟");
    expect(answer?.kind).toBe("clarification");
    expect(answer?.kind === "clarification" && answer.choices.map(({ label }) => label)).toHaveLength(2);
  });
  it.each([
    ["حمص", "homs"],
    ["اللي بدير الزور", "deir"],
  ])("is settled by a word: %s", async (word, report) => {
    const [, answer] = await talk("شو صار بالحميدية؟", word);
    expect(answer?.kind === "answer" && answer.citations.map((citation) => citation.report)).toEqual([
      report,
    ]);
  });
  it("is settled by an ordinal", async () => {
    const [asked, answer] = await talk("شو صار بالحميدية؟", "الثاني");
    const label = asked?.kind === "clarification" ? (asked.choices[1]?.label ?? "") : "";
    expect(answer && answerText(answer)).toContain(label.split("، ")[0]);
    expect(answer?.kind).toBe("answer");
  });
  it("means the place of the conversation", async () => {
    const [, answer] = await talk("ماذا حدث في مدينة حمص؟", "وماذا حدث في الحميدية؟");
    expect(answer?.kind === "answer" && answer.citations.map((citation) => citation.report)).toEqual([
      "homs",
    ]);
  });
  it("is asked anew by another question", async () => {
    const [, answer] = await talk("شو صار بالحميدية؟", "ماذا حدث في مدينة حمص؟");
    expect(answer?.kind).toBe("answer");
  });
});
