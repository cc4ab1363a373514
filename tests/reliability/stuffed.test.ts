/** A report that names everything, to be found for every question: it takes the place of no right answer. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Answer } from "../../src/answer/answer.ts";
import type { Sources } from "../../src/answer/asked.ts";
import { answerQuestion, buildCollection, openCollection } from "../../src/pipeline.ts";
import { formatDay } from "../../src/text/dates/format.ts";
import { searchKey } from "../../src/text/normalize.ts";
import { fiveReports, ROOT } from "../five-reports.ts";
import { FULL, HARNESS_TIMEOUT, SEED, tell } from "./mode.ts";
import { makeRandom } from "./random.ts";

interface SetQuestion {
  readonly question: string;
  readonly answerable: boolean;
  readonly reports: readonly string[];
  readonly evidence: readonly (readonly string[])[];
}

/** Questions of the short form. */
const SHORT = 40;
const STUFFED = "999_stuffed";

const questions = ["own.jsonl", "review.jsonl"]
  .flatMap((name) =>
    readFileSync(join(ROOT, "tests/questions", name), "utf8")
      .trim()
      .split("\n"),
  )
  .map((line) => JSON.parse(line) as SetQuestion)
  .filter(({ answerable }) => answerable);
const chosen = FULL ? questions : makeRandom(SEED).shuffled(questions).slice(0, SHORT);

/** Every place and day of the collection with every word that questions ask for, as a list and as sentences. */
function stuffing({ coverage, gazetteer }: Sources): string {
  const places = coverage.places.map(({ id, name }) => gazetteer.byId.get(id)?.name ?? name);
  const days = coverage.days.map(({ day }) => formatDay(day));
  const asked = [...new Set(questions.flatMap(({ question }) => question.replace(/[؟?]/g, "").split(/\s+/)))];
  const bait = "قتل جرح قصف سيطر انسحب نزح مدني عنصر قتيل شهيد عدد كم متى لماذا من أين";
  const list = `${[...places, ...days].join("، ")}، ${bait} ${asked.join(" ")}`;
  const sentences = days.flatMap((day, index) => {
    const place = places[index % places.length] ?? "";
    return [`كم قتل ومتى ولماذا وأين في ${place} يوم ${day} قصف سيطر انسحب نزح مدني عنصر قتيل شهيد عدد.`];
  });
  const again = places.slice(0, 12).map((place) => `${place} قصف قتلى جرحى سيطرة `.repeat(8));
  const all = questions.map(({ question }) => question).join(" ");
  const title = "كل ما حدث في دير الزور في كل الأيام وكل الأحياء";
  return [title, "", list, "", ...sentences, "", ...again, "", all, "", list].join("\n");
}

function holds(answer: Answer, { evidence, reports }: SetQuestion): boolean {
  if (answer.kind !== "answer" && answer.kind !== "source") return false;
  const quotes =
    answer.kind === "source"
      ? [answer.report.body]
      : answer.citations.filter(({ report }) => reports.includes(`${report}.txt`)).map(({ quote }) => quote);
  const text = quotes.map(searchKey).join("\n");
  return evidence.every((group) => group.some((one) => text.includes(searchKey(one))));
}

const EVENTS = {
  now: () => "2026-01-01T00:00:00.000Z",
  onProblem: ({ file, reason }: { file: string; reason: string }) => {
    throw new Error(`${file} ${reason}`);
  },
  onWarning: () => undefined,
};

async function answersOf(sources: Sources): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const { question: text } of chosen)
    answers.push((await answerQuestion({ text, today: "2026-11-22", memory: null }, sources)).answer);
  return answers;
}

describe("a keyword-stuffed report", () => {
  it(
    "displaces none of the right ones",
    async () => {
      const source = await fiveReports();
      await buildCollection(source, EVENTS);
      const before = await openCollection(source);
      const sound = await answersOf(before);
      const dataDir = join(mkdtempSync(join(tmpdir(), "isnad-stuffed-")), "reports");
      cpSync(source.dataDir, dataDir, { recursive: true });
      writeFileSync(join(dataDir, `${STUFFED}.txt`), stuffing(before));
      await before.store.close();
      await buildCollection({ ...source, dataDir }, EVENTS);
      const after = await openCollection({ ...source, dataDir });
      const answers = await answersOf(after);
      const right = chosen.filter((question, index) => holds(sound[index] as Answer, question));
      const lost = chosen.flatMap((question, index) =>
        holds(sound[index] as Answer, question) && !holds(answers[index] as Answer, question)
          ? [{ question: question.question, kind: answers[index]?.kind }]
          : [],
      );
      // A hundred passages more move the line below which nothing is answered: silence, but nobody's place is taken.
      const displaced = lost.filter(({ kind }) => kind !== "refusal").map(({ question }) => question);
      const refused = lost.length - displaced.length;
      const cited = answers.filter(
        (answer) => answer.kind === "answer" && answer.citations.some(({ report }) => report === STUFFED),
      );
      const counts = { questions: chosen.length, right: right.length, "citing it": cited.length };
      tell("stuffed report", { ...counts, displaced: displaced.length, "refused instead": refused });
      await after.store.close();
      await source.embedder.close();
      expect(displaced).toEqual([]);
      expect(refused).toBeLessThanOrEqual(Math.max(1, 0.01 * chosen.length));
    },
    HARNESS_TIMEOUT,
  );
});
