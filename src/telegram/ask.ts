/** A question, answered by the core, as calls. */
import type { Answer } from "../answer/answer.ts";
import type { Report } from "../report/report.ts";
import type { State } from "../state/state.ts";
import { type Alerts, alertButton } from "./alerts.ts";
import type { Call } from "./call.ts";
import { newAnswerId, versionKey } from "./callback.ts";
import { conversationOf, messageCall, textCalls } from "./calls.ts";
import { withoutEmptyRows } from "./keyboard.ts";
import type { Span } from "./paragraphs.ts";
import { renderAnswer } from "./render.ts";
import { readSent, writeSent } from "./sent.ts";
import type { Sources } from "./sources.ts";
import type { BotIdentity, Inbound, Origin } from "./update.ts";

/** What came in, and how its work is ended or answered early. */
export interface Job {
  readonly updateId: number;
  readonly inbound: Inbound;
  readonly signal: AbortSignal;
  /** Answers a tap, once; later calls do nothing. */
  acknowledge(toast?: string): void;
}

export interface Asking {
  answer(request: { chat: string; text: string; signal: AbortSignal }): Promise<Answer>;
  readonly sources: Sources;
  readonly state: State;
  readonly me: BotIdentity;
  /** Absent or null where nobody is told of news. */
  readonly alerts?: Alerts | null | undefined;
  now(): number;
}

/** `caution` is what the reader must know of the question before the answer. */
export async function ask(
  job: Job,
  { origin, text, caution }: { origin: Origin; text: string; caution?: string },
  context: Asking,
): Promise<Call[]> {
  const { state, sources } = context;
  const conversation = conversationOf(origin);
  const found = await context.answer({ chat: conversation, text, signal: job.signal });
  const answer = caution === undefined ? found : headed(found, caution);
  if (answer.kind === "source") {
    return textCalls(origin, answer.report, await citedSpans(conversation, answer.report, state));
  }
  const answerId = newAnswerId();
  const hashes = new Map<string, string>();
  const citations = answer.kind === "answer" ? answer.citations : [];
  for (const { report } of citations) {
    if (!hashes.has(report)) hashes.set(report, (await sources.report(report))?.sha256 ?? "");
  }
  const sha256 = (report: string): string => hashes.get(report) ?? "";
  const rendered = renderAnswer(answer, { answerId, sha256, bot: context.me.username });
  const now = context.now();
  for (const offer of rendered.offers)
    await state.saveOffer({ ...offer, chat: origin.chat, conversation, now });
  if (citations.length > 0) {
    const kept = writeSent(citations, sha256);
    await state.recordAnswer({ id: answerId, conversation, citations: kept, sentAt: now });
  }
  const alert = await alertButton(origin, answer, context);
  const keyboard = withoutEmptyRows([...rendered.keyboard, alert]);
  return rendered.messages.map((message, index) =>
    messageCall(origin, message, {
      keyboard: index === rendered.messages.length - 1 ? keyboard : [],
      answers: job.inbound.kind === "text" ? origin.message : null,
    }),
  );
}

function headed(answer: Answer, caution: string): Answer {
  if (answer.kind === "source") return answer;
  if (answer.kind !== "answer") return { ...answer, lines: [caution, ...answer.lines] };
  return { ...answer, caution: answer.caution ? `${caution}\n${answer.caution}` : caution };
}

/** Where the conversation's last answer quoted from the report as it is now. */
async function citedSpans(conversation: string, report: Report, state: State): Promise<Span[]> {
  const last = await state.lastAnswer(conversation);
  if (last === null) return [];
  return readSent(last).filter(
    (each) => each.report === report.id && each.version === versionKey(report.sha256),
  );
}
