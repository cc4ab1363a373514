/** Answers in the words of a model: asked within a deadline, every claim proven before it is sent, else the quotations as they are. */
import { BudgetError } from "../openai/budget.ts";
import type { Chat } from "../openai/chat.ts";
import { type ChatMessage, EndpointError } from "../openai/client.ts";
import * as phrases from "../phrases/answer.ts";
import type { CitedReport, VerificationSources } from "../verification/claim.ts";
import type { CitedAnswer } from "./answer.ts";
import type { Asked, Sources } from "./asked.ts";
import { REPLY_SCHEMA, readReply, type WrittenClaim } from "./model-claims.ts";
import { composeModelAnswer, type Unfit } from "./model-compose.ts";
import { type Excerpt, gatherExcerpts, promptPassage } from "./model-excerpts.ts";
import { type Proof, proveClaims } from "./model-proof.ts";
import { answerMessages, repairMessages } from "./prompt.ts";

/** Why the extractive answer went out although a model is there. */
export type Fallback = Unfit | "deadline" | "budget" | "endpoint" | "unreadable_reply" | "defect";

/** What became of one question; holds no words of anybody. */
export interface WritingEvent {
  readonly mode: "model" | "extractive";
  readonly fallback: Fallback | null;
  /** HTTP status of a failed endpoint. */
  readonly status: number | null;
  readonly claims: number;
  readonly dropped: Proof["dropped"];
}

/** A model that may write answers. */
export interface AnswerModel {
  readonly chat: Chat;
  /** Whose budget pays; null for nobody's own. */
  readonly payer: string | null;
  /** Milliseconds for all that the model does for one question. */
  readonly deadline: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told once for each question that the model was to answer. */
  readonly onWritten?: ((event: WritingEvent) => void) | undefined;
}

export const DEFAULT_DEADLINE = 20_000;

/** A reply that has not the form of claims, after one repair. */
class UnreadableReply extends Error {
  override readonly name = "UnreadableReply";
}

interface Written {
  readonly answer: CitedAnswer | Unfit;
  readonly proof: Proof;
}

/** A timeline is the order of its quotations, the others are no statements: nothing to put in other words. */
const QUOTED_KINDS: ReadonlySet<string> = new Set(["timeline", "coverage", "greeting", "source"]);

/** Resolves like `work`, but never later than the signal. */
async function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** The claims that the model gives for these messages, after at most one repair of their form. */
async function askForClaims(
  messages: readonly ChatMessage[],
  { chat, payer }: AnswerModel,
  { signal, until }: { readonly signal: AbortSignal; readonly until: number },
): Promise<readonly WrittenClaim[]> {
  const ask = async (sent: readonly ChatMessage[]) => {
    const { text } = await chat.reply({ messages: sent, schema: REPLY_SCHEMA, chat: payer, signal, until });
    return { text, read: readReply(text) };
  };
  const first = await ask(messages);
  if (first.read.kind === "claims") return first.read.claims;
  const { problem } = first.read;
  const { read } = await ask(repairMessages(messages, { reply: first.text, problem }));
  if (read.kind === "claims") return read.claims;
  throw new UnreadableReply(`The model's reply has not the form asked for: ${read.problem}.`);
}

async function verificationSources(
  excerpts: readonly Excerpt[],
  { store, gazetteer, actors, region }: Sources,
): Promise<VerificationSources> {
  const reports = new Map<string, CitedReport>();
  for (const { report } of excerpts) {
    if (reports.has(report.id)) continue;
    const passages = await store.passages(await store.select({ reports: [report.id] }));
    reports.set(report.id, { report, passages });
  }
  return { reports, gazetteer, actors, region };
}

async function write(answer: CitedAnswer, asked: Asked, model: AnswerModel): Promise<Written> {
  const until = model.now() + model.deadline;
  const timeout = AbortSignal.timeout(model.deadline);
  const signal = asked.signal ? AbortSignal.any([asked.signal, timeout]) : timeout;
  const work = async (): Promise<Written> => {
    const excerpts = await gatherExcerpts(answer, { ...asked, signal });
    const messages = answerMessages(asked.question.text, excerpts.map(promptPassage));
    const written = await askForClaims(messages, model, { signal, until });
    const verification = await verificationSources(excerpts, asked.sources);
    const proof = proveClaims(written, { excerpts, verification, asked });
    return { proof, answer: composeModelAnswer({ answer, claims: proof.claims, excerpts, asked }) };
  };
  return within(signal, work());
}

function fallbackOf(error: unknown): Fallback {
  if (error instanceof BudgetError) return "budget";
  if (error instanceof UnreadableReply) return "unreadable_reply";
  if (error instanceof EndpointError) return "endpoint";
  return error instanceof Error && error.name === "TimeoutError" ? "deadline" : "defect";
}

/** Where a model could have written an answer and did not, its last note says that it is made of quotations. */
export function sayMode(answer: CitedAnswer, { model }: Sources): CitedAnswer {
  if (model === undefined || answer.mode === "model") return answer;
  return { ...answer, notes: [...answer.notes, phrases.modeLine.extractive] };
}

/**
 * The answer in the words of the model of `asked.sources`, every claim proven by its quotations; without a model the
 * answer as it is. Whatever goes wrong with the model, the extractive answer goes out. Throws only when the
 * question itself is aborted.
 */
export async function writeAnswer(answer: CitedAnswer, asked: Asked): Promise<CitedAnswer> {
  const { model, trace } = asked.sources;
  if (model === undefined || QUOTED_KINDS.has(asked.question.kind)) return answer;
  const tell = (event: Partial<WritingEvent>): void => {
    trace?.(`model: ${JSON.stringify(event)}`);
    model.onWritten?.({ mode: "extractive", fallback: null, status: null, claims: 0, dropped: {}, ...event });
  };
  try {
    const { answer: written, proof } = await write(answer, asked, model);
    const { dropped } = proof;
    if (typeof written === "string") {
      tell({ fallback: written, dropped });
      return answer;
    }
    tell({ mode: "model", claims: proof.claims.length, dropped });
    return written;
  } catch (error) {
    asked.signal?.throwIfAborted();
    const status = error instanceof EndpointError ? error.status : null;
    tell({ fallback: fallbackOf(error), status });
    return answer;
  }
}
