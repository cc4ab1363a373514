import * as phrases from "../phrases/answer.ts";
import { parseQuestion } from "../question/parse.ts";
import { askedScope, type Memory } from "../question/scope.ts";
import type { Store } from "../store/store.ts";
import type { Day } from "../text/day.ts";
import type { Answer, Scope } from "./answer.ts";
import type { Asked, Sources } from "./asked.ts";
import { checkCitations } from "./citation.ts";
import { answerCoverage, greet } from "./coverage.ts";
import { answerEvents } from "./events.ts";
import { answerFact } from "./fact.ts";
import { resolvePlaces } from "./places.ts";
import { refuseInput } from "./refuse.ts";
import { requestedSource } from "./source.ts";

/** Longest question, in UTF-16 units: what one Telegram message holds. */
export const MAX_QUESTION_LENGTH = 4096;

export interface AnswerRequest {
  readonly text: string;
  /** The reader's day in Asia/Damascus. */
  readonly today: Day;
  readonly memory: Memory | null;
  readonly signal?: AbortSignal | undefined;
}

/** An answer with what the conversation keeps of it; null keeps what was there. */
export interface Answered {
  readonly answer: Answer;
  readonly memory: Memory | null;
}

function badInput(text: string): string | null {
  if (text.trim() === "") return phrases.refusal.empty;
  if (text.length > MAX_QUESTION_LENGTH) return phrases.refusal.tooLong(MAX_QUESTION_LENGTH);
  return /\p{L}{2}/u.test(text.normalize("NFKC").replace(/[\p{Cf}\p{M}\u0640]/gu, ""))
    ? null
    : phrases.refusal.noWords;
}

async function answerKind(asked: Asked): Promise<Answer> {
  const { kind } = asked.question;
  if (kind === "greeting") return greet(asked);
  if (kind === "coverage") return answerCoverage(asked);
  if (kind === "source") return requestedSource(asked);
  if (["day", "place", "timeline", "summary", "compare"].includes(kind)) return answerEvents(asked);
  return answerFact(asked);
}

function remember(answer: Answer, scope: Scope): Memory | null {
  if (answer.kind !== "answer") return null;
  const citations = answer.citations.map(({ n, report, passage }) => ({ n, report, passage }));
  return { citations, dates: scope.dates, places: scope.places };
}

/** Answers one message. Every citation has been checked against its report when this resolves. */
export async function respond(request: AnswerRequest, sources: Sources): Promise<Answered> {
  const problem = badInput(request.text);
  if (problem !== null) return { answer: refuseInput(problem), memory: null };
  const { today, memory, signal } = request;
  const parsed = parseQuestion(request.text, { ...sources, publishers: sources.names.publishers, today });
  const question = resolvePlaces(parsed, sources);
  const scope = askedScope(question, memory);
  const answer = await answerKind({ question, scope, today, memory, sources, signal });
  checkCitations(answer, await bodiesOf(answer, sources.store));
  return { answer, memory: remember(answer, scope) };
}

async function bodiesOf(answer: Answer, store: Store): Promise<Map<string, string>> {
  const bodies = new Map<string, string>();
  if (answer.kind !== "answer") return bodies;
  for (const id of new Set(answer.citations.map(({ report }) => report))) {
    const report = await store.report(id);
    if (report) bodies.set(id, report.body);
  }
  return bodies;
}
