/** A question, answered by the core, as calls. */
import { z } from "zod";
import type { Answer } from "../answer/answer.ts";
import type { Report } from "../report/report.ts";
import type { State } from "../state/state.ts";
import type { Call } from "./call.ts";
import { answerKey, versionKey } from "./callback.ts";
import { conversationOf, messageCall, textCalls } from "./calls.ts";
import type { Span } from "./paragraphs.ts";
import { renderAnswer } from "./render.ts";
import type { Sources } from "./sources.ts";
import type { Inbound, Origin } from "./update.ts";

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
  now(): number;
}

export async function ask(
  job: Job,
  { origin, text }: { origin: Origin; text: string },
  context: Asking,
): Promise<Call[]> {
  const { state, sources } = context;
  const conversation = conversationOf(origin);
  const answer = await context.answer({ chat: conversation, text, signal: job.signal });
  if (answer.kind === "source") {
    return textCalls(origin, answer.report, await citedSpans(conversation, answer.report, state));
  }
  const answerId = answerKey(conversation, job.updateId);
  const hashes = new Map<string, string>();
  const citations = answer.kind === "answer" ? answer.citations : [];
  for (const { report } of citations) {
    if (!hashes.has(report)) hashes.set(report, (await sources.report(report))?.sha256 ?? "");
  }
  const rendered = renderAnswer(answer, { answerId, sha256: (report) => hashes.get(report) ?? "" });
  const now = context.now();
  for (const offer of rendered.offers) await state.saveOffer({ ...offer, chat: origin.chat, now });
  if (citations.length > 0) {
    const places = citations.map(({ n, report, passage, start, end }): SentCitation => {
      return { n, report, version: versionKey(hashes.get(report) ?? ""), passage, start, end };
    });
    await state.recordAnswer({
      id: answerId,
      conversation,
      citations: JSON.stringify(places),
      sentAt: now,
    });
  }
  return rendered.messages.map((message, index) =>
    messageCall(origin, message, {
      keyboard: index === rendered.messages.length - 1 ? rendered.keyboard : [],
      answers: job.inbound.kind === "text" ? origin.message : null,
    }),
  );
}

/** Where each citation of an answer that was sent stands. */
const sentCitation = z.object({
  n: z.number(),
  report: z.string(),
  version: z.string(),
  passage: z.string(),
  start: z.number(),
  end: z.number(),
});
type SentCitation = z.infer<typeof sentCitation>;

/** Where the conversation's last answer quoted from the report as it is now. */
async function citedSpans(conversation: string, report: Report, state: State): Promise<Span[]> {
  const last = await state.lastAnswer(conversation);
  if (last === null) return [];
  const citations = z.array(sentCitation).parse(JSON.parse(last.citations));
  return citations.filter((each) => each.report === report.id && each.version === versionKey(report.sha256));
}
