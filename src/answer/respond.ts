import * as phrases from "../phrases/answer.ts";
import { asksPublication } from "../question/author.ts";
import { pickChoice, readFollowUp } from "../question/follow-up.ts";
import { parseQuestion } from "../question/parse.ts";
import type { QuestionKind } from "../question/question.ts";
import { type Memory, NO_MEMORY, ownScope } from "../question/scope.ts";
import { readTurn, type Turn } from "../question/turn.ts";
import type { Store } from "../store/store.ts";
import { findImpossibleDates } from "../text/dates/impossible.ts";
import type { Day } from "../text/day.ts";
import { annotateAnswer } from "./annotate-answer.ts";
import type { Answer } from "./answer.ts";
import type { Asked, Sources } from "./asked.ts";
import { checkCitations } from "./citation.ts";
import { clarifyPlace, placesOfConversation } from "./clarify.ts";
import { daysOfCollection } from "./collection-days.ts";
import { tellCopies } from "./copies.ts";
import { answerCount } from "./count.ts";
import { answerCoverage, greet } from "./coverage.ts";
import { placesOfDays } from "./dated-places.ts";
import { answerEvents } from "./events.ts";
import { answerFact } from "./fact.ts";
import { inEnglish } from "./in-english.ts";
import { answerIntent } from "./intents.ts";
import { sayMode, writeAnswer } from "./model.ts";
import { sayScope } from "./notes.ts";
import { answerOverview } from "./overview.ts";
import { resolvePlaces } from "./places.ts";
import { answerCertainty, answerProvenance } from "./provenance.ts";
import { answerPublication } from "./publication.ts";
import { refuseInput, refuseTopic } from "./refuse.ts";
import { remember } from "./remember.ts";
import { requestedSource } from "./source.ts";

/** Longest question, in UTF-16 units: what one Telegram message holds. */
export const MAX_QUESTION_LENGTH = 4096;

const NO_SCOPE = { dates: [], places: [] } as const;

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
  /** What kind of question it was taken for; null for what is none. */
  readonly asked: QuestionKind | null;
}

function badInput(text: string): string | null {
  if (text.trim() === "") return phrases.refusal.empty;
  if (text.length > MAX_QUESTION_LENGTH) return phrases.refusal.tooLong(MAX_QUESTION_LENGTH);
  return /\p{L}{2}/u.test(text.normalize("NFKC").replace(/[\p{Cf}\p{M}\u0640]/gu, ""))
    ? null
    : phrases.refusal.noWords;
}

/** An ordinary question: answered with quotations, which a model may put in its own words. */
async function answerKind(asked: Asked): Promise<Answer> {
  const answer = await quoteKind(asked);
  return answer.kind === "answer" ? writeAnswer(answer, asked) : answer;
}

async function quoteKind(asked: Asked): Promise<Answer> {
  const { kind } = asked.question;
  if (kind === "greeting") return greet(asked);
  if (kind === "coverage") return answerCoverage(asked);
  if (kind === "source") return requestedSource(asked);
  if (asksPublication(asked.question)) return answerPublication(asked);
  if (["timeline", "summary", "compare"].includes(kind)) return answerOverview(asked);
  if (["day", "place"].includes(kind)) return answerEvents(asked);
  return kind === "count" ? answerCount(asked) : answerFact(asked);
}

/** A question in its conversation, answered; a scope that no word asked for is dropped where it leads nowhere. */
async function answerTurn(asked: Asked, turn: Turn): Promise<{ answer: Answer; asked: Asked }> {
  const inTurn = { ...asked, question: turn.question, scope: turn.scope };
  const answer = await answerIntent(inTurn, () => answerKind(inTurn));
  if (!turn.implied || answer.kind === "answer") return { answer, asked: inTurn };
  return { answer: await answerIntent(asked, () => answerKind(asked)), asked };
}

/** An answer that quotes nothing says nothing: it is refused. */
function withProof(answer: Answer, asked: Asked): Answer {
  if (answer.kind !== "answer" || answer.citations.length > 0) return answer;
  return refuseTopic({ ...asked, ...asked.sources }, "not_reported");
}

function cleared(): Answered {
  const { cleared: line } = phrases.help;
  const offers = [phrases.offers.coverage];
  return { answer: { kind: "help", scope: NO_SCOPE, offers, lines: [line] }, memory: NO_MEMORY, asked: null };
}

/** Answers one message. Every citation has been checked against its report when this resolves. */
export async function respond(request: AnswerRequest, sources: Sources): Promise<Answered> {
  const { today, memory, signal } = request;
  const text = pickChoice(request.text, memory?.choices ?? [])?.question ?? request.text;
  const problem = badInput(text);
  if (problem !== null) return { answer: refuseInput(problem), memory: null, asked: null };
  const followUp = readFollowUp(text);
  if (followUp.kind === "clear") {
    return followUp.rest === ""
      ? cleared()
      : respond({ ...request, text: followUp.rest, memory: null }, sources);
  }
  const [noSuchDay] = findImpossibleDates(text);
  if (noSuchDay) {
    return { answer: refuseInput(phrases.refusal.noSuchDay(noSuchDay.text)), memory: null, asked: null };
  }
  const parsed = parseQuestion(text, { ...sources, publishers: sources.names.publishers, today });
  const dated = daysOfCollection(parsed, sources.coverage);
  const placed = placesOfConversation(resolvePlaces(dated, sources), memory, sources);
  const question = await placesOfDays(placed, sources);
  const alone: Asked = { question, scope: ownScope(question), today, memory, sources, signal };
  if (followUp.kind === "provenance" || followUp.kind === "certainty") {
    const answer = await (followUp.kind === "provenance" ? answerProvenance(alone) : answerCertainty(alone));
    const told = answer.kind === "answer" ? await tellCopies(answer, sources) : answer;
    return { answer: await checked(told, sources), memory, asked: question.kind };
  }
  const unclear = question.kind === "source" ? null : clarifyPlace(question, memory, sources);
  if (unclear) {
    const kept = { answer: unclear, question, scope: alone.scope, before: memory };
    return { answer: unclear, memory: remember(kept, sources), asked: question.kind };
  }
  const turn = readTurn(question, memory, sources.actors.byId);
  const { answer, asked } = await answerTurn(alone, turn);
  const proven = withProof(answer, asked);
  const annotated =
    proven.kind === "answer"
      ? sayMode(await annotateAnswer(await tellCopies(proven, sources), asked), sources)
      : proven;
  const shown = inEnglish(sayScope(annotated, asked), asked);
  return {
    answer: await checked(shown, sources),
    memory: remember(
      { answer: shown, question: asked.question, scope: asked.scope, before: memory },
      sources,
    ),
    asked: asked.question.kind,
  };
}

async function checked(answer: Answer, sources: Sources): Promise<Answer> {
  checkCitations(answer, await bodiesOf(answer, sources.store));
  return answer;
}

async function bodiesOf(answer: Answer, store: Store): Promise<Map<string, string>> {
  const bodies = new Map<string, string>();
  if (answer.kind !== "answer") return bodies;
  const cited = answer.citations.flatMap(({ report, copies = [] }) => [
    report,
    ...copies.map((c) => c.report),
  ]);
  for (const id of new Set(cited)) {
    const report = await store.report(id);
    if (report) bodies.set(id, report.body);
  }
  return bodies;
}
