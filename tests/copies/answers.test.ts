/** A collection in which one text was published three times, once edited with another figure. */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CitedAnswer } from "../../src/answer/answer.ts";
import type { Sources } from "../../src/answer/asked.ts";
import { answerJson, answerJsonSchema } from "../../src/answer/json.ts";
import { answerText } from "../../src/answer/text.ts";
import { answerQuestion, buildCollection, openCollection } from "../../src/pipeline.ts";
import type { Memory } from "../../src/question/scope.ts";
import { fiveReports, ROOT } from "../five-reports.ts";

const ORIGINAL = "000_3c5f58a11287295c";
let folder: string;
let sources: Sources;

async function open(withdrawn: readonly string[] = [], former?: Sources): Promise<Sources> {
  const source = await fiveReports(join(folder, "index"));
  const overrides = {
    ...source.overrides,
    reports: {
      ...source.overrides.reports,
      ...Object.fromEntries(
        withdrawn.map((id) => [id, { withdrawn: { on: "2026-01-02", reason: "x" }, who: "w", why: "y" }]),
      ),
    },
  };
  const made = { ...source, dataDir: join(folder, "data"), overrides };
  await buildCollection(made, {
    now: () => "2026-01-01T00:00:00.000Z",
    onProblem: () => {},
    onWarning: () => {},
  });
  return openCollection(made, { former });
}

async function close({ store, embedder }: Sources): Promise<void> {
  await store.close();
  await embedder.close();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "copies-"));
  await cp(join(ROOT, "data", "reports"), join(folder, "data"), { recursive: true });
  const text = await readFile(join(ROOT, "data", "reports", `${ORIGINAL}.txt`), "utf8");
  const body = text.split("\n").slice(1).join("\n");
  const write = (id: string, report: object) =>
    writeFile(join(folder, "data", `${id}.json`), JSON.stringify({ id, ...report }));
  await write("same", { publisher: "عنب بلدي", published: "2017-10-30", title: "معارك الحميدية", body });
  const edited = `${body.replace("أكثر من 50", "أكثر من 54").replaceAll("عنيفة", "شديدة")}\nوقال سكان إن القصف لم يهدأ طوال النهار.`;
  await write("edited", {
    publisher: "وكالة ثالثة",
    published: "2017-10-29",
    title: "دير الزور",
    body: edited,
  });
  sources = await open();
}, 60_000);
afterAll(async () => {
  await close(sources);
  await rm(folder, { recursive: true });
});

const ask = async (text: string, memory: Memory | null = null, from = sources) =>
  answerQuestion({ text, today: "2026-11-22", memory }, from);

async function cited(text: string, from = sources): Promise<CitedAnswer> {
  const { answer } = await ask(text, null, from);
  if (answer.kind !== "answer") throw new Error(answerText(answer));
  return answer;
}

const DAY = "ماذا حدث في حي الحميدية يوم 29 تشرين الأول 2017؟";

describe("one text that was published three times", () => {
  it("is one citation that names every publisher and day, with the quotation as each copy has it", async () => {
    const answer = await cited(DAY);
    const reports = answer.citations.map(({ report }) => report);
    expect(reports).toContain(ORIGINAL);
    expect(reports).not.toContain("same");
    expect(new Set(answer.claims.map(({ text }) => text)).size).toBe(answer.claims.length);
    const copies = answer.citations.find(({ report }) => report === ORIGINAL)?.copies ?? [];
    expect(copies.map(({ publisher, published }) => [publisher, published.start])).toEqual([
      ["وكالة ثالثة", "2017-10-29"],
      ["عنب بلدي", "2017-10-30"],
    ]);
    for (const { report, start, end, quote } of copies)
      expect((await sources.store.report(report))?.body.slice(start, end)).toBe(quote);
    const text = answerText(answer);
    expect(text).toContain("خبر واحد نُشر في 3 مواضع، فهو مصدر واحد.");
    expect(text).toMatch(/والنص نفسه في: وكالة ثالثة، نُشر الأحد 29 تشرين الأول 2017؛ عنب بلدي/);
    const json = answerJsonSchema.parse(answerJson(answer, { id: null, milliseconds: 1 }));
    expect(
      json.citations.find(({ report }) => report === ORIGINAL)?.copies.map(({ report }) => report),
    ).toEqual(["edited", "same"]);
  });

  it("is counted once, and the count says so", async () => {
    const { answer } = await ask("ما الذي تغطيه التقارير؟");
    expect(answerText(answer)).toContain("5 تقارير. خبر واحد منها نُشر في أكثر من موضع");
    const mentions = await cited("كم مرة انذكر حي العرفي وبأي تقارير؟");
    expect(mentions.lead).toMatch(/تقرير/);
    const reports = new Set(mentions.citations.map(({ report }) => sources.copies?.leader(report)));
    expect(reports.size).toBe(mentions.citations.length > 0 ? reports.size : 0);
    expect(mentions.citations.map(({ report }) => report)).not.toContain("same");
  });

  it("is one source: its publishers do not confirm each other", async () => {
    const first = await ask("ماذا قال المرصد عن حي الحميدية؟");
    const { answer } = await ask("هل هذا مؤكد؟", first.memory);
    expect(answerText(answer)).toContain("ناشر واحد: المرصد السوري لحقوق الإنسان");
  });

  it("differs in a figure, and that is shown with both sources", async () => {
    const answer = await cited("كم قُتل من عناصر التنظيم في مدينة دير الزور يوم 29 تشرين الأول 2017؟");
    const values = answer.disagreements.flatMap(({ values }) => values);
    const told = values.map(({ text }) => text).join("\n");
    expect(told).toContain("أكثر من 50");
    expect(told).toContain("أكثر من 54");
    const reportOf = (n: number | undefined) => answer.citations.find((each) => each.n === n)?.report;
    expect(values.map(({ citations: [n] }) => reportOf(n))).toEqual(
      expect.arrayContaining([ORIGINAL, "edited"]),
    );
  });

  it("can be read in each of its places", async () => {
    for (const id of [ORIGINAL, "same", "edited"]) {
      const { answer } = await ask(`نص المصدر ${id}`);
      expect(answer).toMatchObject({ kind: "source", report: { id } });
    }
  });

  it("goes on in the other places when one of them is withdrawn", async () => {
    const left = await open([ORIGINAL]);
    try {
      const answer = await cited(DAY, left);
      const all = answer.citations.flatMap(({ report, copies = [] }) => [
        report,
        ...copies.map((copy) => copy.report),
      ]);
      expect(all).not.toContain(ORIGINAL);
      expect(all).toEqual(expect.arrayContaining(["same", "edited"]));
    } finally {
      await close(left);
    }
  });

  it("is found again when the collection is replaced, as if it were opened for the first time", async () => {
    const opened: Sources[] = [await open()];
    const file = join(folder, "data", "0-first.json");
    const write = (report: object) => writeFile(file, JSON.stringify({ id: "0-first", ...report }));
    const replace = async (): Promise<readonly (readonly string[])[]> => {
      const next = await open([], opened.at(-1));
      const anew = await open();
      opened.push(anew, next);
      expect(next.copies?.groups).toEqual(anew.copies?.groups);
      expect(next.coverage).toEqual(anew.coverage);
      expect(await next.store.select({})).toEqual(await anew.store.select({}));
      const { copies } = await cited(DAY, next).then(({ citations: [first] }) => ({ copies: first?.copies }));
      expect(copies).toEqual((await cited(DAY, anew)).citations[0]?.copies);
      return next.copies?.groups ?? [];
    };
    try {
      const { body } = (await sources.store.report("edited")) ?? { body: "" };
      await write({ publisher: "وكالة رابعة", published: "2017-10-30", body });
      expect(await replace()).toEqual([[ORIGINAL, "edited", "0-first", "same"]]);
      await write({ publisher: "وكالة رابعة", published: "2017-10-30", body: "هدوء في الميادين اليوم." });
      expect(await replace()).toEqual([[ORIGINAL, "edited", "same"]]);
      await rm(file);
      expect(await replace()).toEqual([[ORIGINAL, "edited", "same"]]);
    } finally {
      for (const each of opened) await close(each);
    }
  }, 30_000);
});
