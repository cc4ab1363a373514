/** The systems that are measured side by side: the whole one, and what others build or what is left without a part. */
import { MAX_QUOTE_LENGTH } from "../answer/answer.ts";
import type { Asked, Sources } from "../answer/asked.ts";
import type { Quotation } from "../answer/citation.ts";
import { composeAnswer } from "../answer/compose.ts";
import { answerCount } from "../answer/count.ts";
import { answerFact } from "../answer/fact.ts";
import { reportsOf } from "../answer/reports.ts";
import type { Passage } from "../passage/passage.ts";
import { answerQuestion } from "../pipeline.ts";
import { parseQuestion } from "../question/parse.ts";
import type { QuestionKind } from "../question/question.ts";
import { rankPassages } from "../retrieval/retrieve.ts";
import type { Scored } from "../store/store.ts";
import type { Day } from "../text/day.ts";
import { lexicalTerms } from "../text/tokens.ts";
import { withoutVowelSigns } from "../text/vowel-signs.ts";
import { type Reply, replyOf } from "./reply.ts";

export interface EvaluatedRequest {
  readonly text: string;
  /** The reader's day in Asia/Damascus. */
  readonly today: Day;
  readonly signal?: AbortSignal | undefined;
}

/** A way of answering that is measured. */
export interface Configuration {
  readonly name: string;
  /** One line without a full stop. */
  readonly summary: string;
  reply(request: EvaluatedRequest, sources: Sources): Promise<Reply>;
}

/** Quotations of the systems that quote the nearest passages as they are. */
const QUOTED = 3;

/** Kinds that no day, place or ranking decides: the whole system answers them. */
const OTHER_KINDS: ReadonlySet<QuestionKind> = new Set(["source", "coverage", "greeting"]);

export const FULL: Configuration = {
  name: "full",
  summary: "the whole system",
  reply: full,
};

/** The first is the one that the others are compared with. */
export const CONFIGURATIONS: readonly Configuration[] = [
  FULL,
  {
    name: "dense",
    summary: "the three passages nearest by embedding; never refuses (the usual set-up of RAG)",
    async reply({ text, signal }, sources) {
      const [vector] = await sources.embedder.embed([withoutVowelSigns(text)], "query", { signal });
      const scored = vector ? await sources.store.dense(vector, { limit: QUOTED }) : [];
      return quoteWhole(await passagesOf(scored, sources), sources);
    },
  },
  {
    name: "lexical",
    summary: "the three passages first by BM25; refuses only when no term is shared",
    async reply({ text }, sources) {
      const scored = await sources.store.lexical(lexicalTerms(text), { limit: QUOTED });
      return quoteWhole(await passagesOf(scored, sources), sources);
    },
  },
  {
    name: "unscoped",
    summary: "the whole system without the fields for days and places",
    reply: unscoped,
  },
  {
    name: "naive",
    summary: "the three passages first by hybrid search, cited; never refuses",
    async reply({ text, signal }, sources) {
      const ranked = await rankPassages({ text, limit: QUOTED, signal }, sources);
      return quoteWhole(
        ranked.map(({ passage }) => passage),
        sources,
      );
    },
  },
];

async function full(request: EvaluatedRequest, sources: Sources): Promise<Reply> {
  const { answer } = await answerQuestion({ ...request, memory: null }, sources);
  return replyOf(answer);
}

/** The days and places of the question count as words only. */
async function unscoped(request: EvaluatedRequest, sources: Sources): Promise<Reply> {
  const { text, today, signal } = request;
  const parsed = parseQuestion(text, { ...sources, publishers: sources.names.publishers, today });
  if (text.trim() === "" || OTHER_KINDS.has(parsed.kind)) return full(request, sources);
  const question = { ...parsed, dates: [], places: [], ambiguous: [] };
  const scope = { dates: [], places: [], inherited: false };
  const asked: Asked = { question, scope, today, memory: null, sources, signal };
  return replyOf(question.kind === "count" ? await answerCount(asked) : await answerFact(asked));
}

async function passagesOf(scored: readonly Scored[], { store }: Sources): Promise<readonly Passage[]> {
  return store.passages(scored.map(({ ref }) => ref));
}

/** A cited answer of whole passages, cut only where they exceed the longest quotation; a refusal of none. */
async function quoteWhole(passages: readonly Passage[], { store }: Sources): Promise<Reply> {
  if (passages.length === 0) return { kind: "refusal", citations: [], sourceText: null };
  const quotations = passages.map((passage): Quotation & { group: "main" } => ({
    passage,
    start: passage.start,
    end: Math.min(passage.end, passage.start + MAX_QUOTE_LENGTH),
    group: "main",
  }));
  const answer = composeAnswer({
    lead: "",
    quotations,
    reports: await reportsOf(quotations, store),
    scope: { dates: [], places: [] },
    widened: null,
    notes: [],
    offers: [],
  });
  return replyOf(answer);
}
