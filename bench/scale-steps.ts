/** The steps of bench/scale.ts, each run in a process of its own so that its memory is its own. */

import { answerQuestion, openCollection } from "../src/pipeline.ts";
import { rankingQuality } from "../src/retrieval/metrics.ts";
import { rankPassages } from "../src/retrieval/retrieve.ts";
import { openStore } from "../src/store/sqlite.ts";
import { lexicalTerms } from "../src/text/tokens.ts";
import {
  buildCollectionOf,
  type Collection,
  foldersOf,
  openModel,
  recombinedReports,
  sourceOf,
} from "./collection.ts";
import {
  clausesOf,
  dayOf,
  type PublicSets,
  readPublicSets,
  type SetQuestion,
  someQuestions,
} from "./recombined.ts";

const TODAY = "2026-11-22";
export const QUESTIONS = 200;
const WARMING = 20;
const SCOPED_QUESTIONS = 50;
const NEAREST = 10;

export interface Answered {
  /** Milliseconds of opening the index. */
  readonly opening: number;
  readonly times: Readonly<Record<string, readonly number[]>>;
  /** Milliseconds of all cores for a whole question, mean. */
  readonly processor: number;
  /** Mean nDCG@10 of the hybrid ranking: a passage is relevant when it holds a clause with the answer. */
  readonly ndcg10: number;
  /** Bytes resident after all questions. */
  readonly resident: number;
}

/** Places, in order, of the passages that hold each clause. */
export function passagesByClause(passages: number, sets: PublicSets): number[][] {
  const places = new Map(sets.clauses.map((clause, index) => [clause, index]));
  const held: number[][] = sets.clauses.map(() => []);
  let ref = 0;
  for (const { report } of recombinedReports(passages, sets))
    for (const text of report.body.split("\n")) {
      for (const clause of clausesOf(text)) held[places.get(clause) ?? -1]?.push(ref);
      ref += 1;
    }
  return held;
}

/** The passages that answer a question. */
export function relevantTo(question: SetQuestion, byClause: readonly (readonly number[])[]): Set<number> {
  return new Set([...question.held].flatMap((clause) => byClause[clause] ?? []));
}

class Stopwatch {
  readonly times: Record<string, number[]> = {};

  async time<T>(name: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    const list = this.times[name] ?? [];
    this.times[name] = list;
    list.push(performance.now() - start);
    return result;
  }

  forget(): void {
    for (const name of Object.keys(this.times)) delete this.times[name];
  }
}

async function answer(collection: Collection): Promise<Answered> {
  const embedder = await openModel();
  const source = await sourceOf(collection, embedder);
  await embedder.embed(["تسخين"], "query");
  const begun = performance.now();
  const sources = await openCollection(source);
  const opening = performance.now() - begun;
  const { store } = sources;
  const sets = readPublicSets();
  const asked = someQuestions(sets, QUESTIONS + WARMING);
  const watch = new Stopwatch();
  const ask = (text: string) => answerQuestion({ text, today: TODAY, memory: null }, sources);
  let before = process.cpuUsage();
  for (const [index, { text }] of asked.entries()) {
    if (index === WARMING) {
      watch.forget();
      before = process.cpuUsage();
    }
    await watch.time("whole question", () => ask(text));
  }
  const { user, system } = process.cpuUsage(before);
  for (let n = 0; n < SCOPED_QUESTIONS; n += 1)
    await watch.time("whole question about a day", () => ask(`ماذا حدث يوم ${dayOf(n * 17)}؟`));
  const resident = process.memoryUsage.rss();
  const byClause = passagesByClause(collection.passages, sets);
  const qualities: number[] = [];
  for (const question of asked.slice(WARMING)) {
    const { text } = question;
    // Not asked before, so that its vector cannot have been kept.
    await watch.time("its embedding alone", () => embedder.embed([`سؤال: ${text}`], "query"));
    const [vector = new Float32Array()] = await embedder.embed([text], "query");
    await watch.time("nearest 100 by vector", () => store.dense(vector, { limit: 100 }));
    await watch.time("best 100 by words", () => store.lexical(lexicalTerms(text), { limit: 100 }));
    const ranked = await watch.time("hybrid ranking, vector given", () =>
      rankPassages({ text, limit: 50 }, sources),
    );
    const refs = ranked.map(({ ref }) => ref);
    const relevant = relevantTo(question, byClause);
    if (relevant.size > 0) qualities.push(rankingQuality(refs, relevant).ndcg10);
  }
  await store.close();
  await embedder.close();
  return {
    opening,
    times: watch.times,
    processor: (user + system) / 1000 / QUESTIONS,
    ndcg10: qualities.reduce((sum, value) => sum + value, 0) / qualities.length,
    resident,
  };
}

/** Share of the nearest ten that are as near as the tenth of an exact scan, mean; equal scores count. */
async function recall(collection: Collection): Promise<number> {
  const embedder = await openModel();
  const store = await openStore({ indexDir: foldersOf(collection).indexDir });
  const all = await store.select({});
  const recalls: number[] = [];
  for (const { text } of someQuestions(readPublicSets(), QUESTIONS)) {
    const [vector = new Float32Array()] = await embedder.embed([text], "query");
    const found = await store.dense(vector, { limit: NEAREST });
    const exact = await store.dense(vector, { limit: NEAREST, within: all });
    const last = exact.at(-1)?.score ?? 0;
    recalls.push(found.filter(({ score }) => score >= last - 1e-6).length / Math.max(1, exact.length));
  }
  await store.close();
  await embedder.close();
  return recalls.reduce((sum, value) => sum + value, 0) / recalls.length;
}

const STEPS = { build: buildCollectionOf, answer, recall };
export type Step = keyof typeof STEPS;

const [step, collection] = process.argv.slice(2);
if (step !== undefined && step in STEPS && import.meta.filename === process.argv[1])
  console.log(JSON.stringify(await STEPS[step as Step](JSON.parse(collection ?? "") as Collection)));
