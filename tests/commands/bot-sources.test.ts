/** What the bot offers to ask is really answered, from the five reports with the bundled model. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Sources } from "../../src/answer/asked.ts";
import { botSources } from "../../src/commands/bot-sources.ts";
import { answeredExamples } from "../../src/commands/examples.ts";
import { answerQuestion } from "../../src/pipeline.ts";
import { placeKey } from "../../src/telegram/callback.ts";
import { dayQuestion, placeQuestion } from "../../src/telegram/coverage.ts";
import { openFiveReports } from "../five-reports.ts";

const TODAY = "2026-01-15";
let sources: Sources;
beforeAll(async () => {
  sources = await openFiveReports();
});
afterAll(async () => {
  await sources.store.close();
  await sources.embedder.close();
});

async function unanswered(questions: readonly string[]): Promise<string[]> {
  const left: string[] = [];
  for (const text of questions) {
    const { answer } = await answerQuestion({ text, today: TODAY, memory: null }, sources);
    if (answer.kind !== "answer" || answer.widened !== null) left.push(text);
  }
  return left;
}

it("every day and every place that it shows as a button has an answer", async () => {
  const covered = await botSources(sources).covered();
  expect(covered.days.length).toBeGreaterThan(5);
  expect(covered.places.length).toBeGreaterThan(30);
  const ofPlaces = covered.places.map((place) => placeQuestion(placeKey(place), covered) ?? place);
  expect(await unanswered([...covered.days.map(dayQuestion), ...ofPlaces])).toEqual([]);
});

it("the start offers three questions of different kinds, each answered; the number with a number", async () => {
  const examples = await answeredExamples(sources, TODAY);
  expect(examples).toHaveLength(3);
  expect(await unanswered(examples.map(({ question }) => question))).toEqual([]);
  const [onDay, number, place] = examples.map(({ question }) => question);
  expect(onDay).toMatch(/^ماذا حدث في .+ يوم \d/);
  expect(number).toMatch(/^كم عدد القتلى/);
  expect(place).toMatch(/^ماذا حدث في [^\d]+؟$/);
});

it("tells of each report which days and places it is about", async () => {
  const [first] = await sources.store.reportIds();
  const { events, places } = await botSources(sources).told(first ?? "");
  expect(events).toEqual({ start: "2017-10-28", end: "2017-10-29" });
  expect(places).toContain("حي الحميدية");
});

it("counts the reports whose day of publication is not stated", async () => {
  expect(await botSources(sources).covered()).toMatchObject({ reports: 5, inferred: 3, undated: 0 });
});
