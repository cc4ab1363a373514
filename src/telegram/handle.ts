/** What the bot does with what it receives: the calls that answer it. Sends nothing itself. */
import { z } from "zod";
import type { Answer, Offer } from "../answer/answer.ts";
import {
  ADMITTED,
  NEEDS_INVITATION,
  NOT_ALLOWED,
  NOT_TEXT,
  TOAST,
  UNKNOWN_COMMAND,
} from "../phrases/telegram.ts";
import type { Report } from "../report/report.ts";
import type { State } from "../state/state.ts";
import { type Access, admit } from "./access.ts";
import type { Address, Call, Keyboard } from "./call.ts";
import { answerKey, decodeTap, personKey, type Tap, versionKey } from "./callback.ts";
import { readRequest } from "./command.ts";
import { ours, paragraph, type Rendered, renderBlocks } from "./markup.ts";
import type { Span } from "./paragraphs.ts";
import { renderAnswer } from "./render.ts";
import { type Asking, commandViews } from "./replies.ts";
import type { ReportFinder, Sources } from "./sources.ts";
import { sortedReports } from "./sources.ts";
import type { Inbound, Origin } from "./update.ts";
import {
  aboutView,
  documentOf,
  quotationView,
  reportListView,
  textPageView,
  textViews,
  type View,
} from "./viewer.ts";

export interface Handling {
  answer(request: { chat: string; text: string; signal: AbortSignal }): Promise<Answer>;
  readonly sources: Sources;
  readonly finder: ReportFinder;
  readonly state: State;
  readonly access: Access;
  /** Questions that the start offers. */
  readonly examples: readonly Offer[];
  now(): number;
}

export interface Job {
  readonly updateId: number;
  readonly inbound: Inbound;
  readonly signal: AbortSignal;
  /** Answers a tap, once; later calls do nothing. */
  acknowledge(toast?: string): void;
}

/** The calls to be made, in order. */
export async function handle(job: Job, context: Handling): Promise<Call[]> {
  const { inbound } = job;
  if (inbound.kind === "left") {
    await context.state.dropChat(inbound.chat);
    return [];
  }
  const { origin } = inbound;
  const text = inbound.kind === "text" ? inbound.text : null;
  const admission = await admit(origin, text, {
    access: context.access,
    state: context.state,
    now: context.now(),
  });
  if (admission === "no") return refuse(job, origin, context);
  if (admission === "invited_now") return say(origin, ADMITTED);
  if (inbound.kind === "other") return say(origin, NOT_TEXT[inbound.content]);
  if (inbound.kind === "tap") return handleTap(job, { origin, data: inbound.data }, context);
  const calls = await handleText(job, { origin, text: inbound.text }, context);
  return inbound.edited ? inPlaceOfOld(calls, origin, context.state) : calls;
}

function refuse(job: Job, origin: Origin, { access }: Handling): Call[] {
  job.acknowledge(TOAST.notAllowed);
  // A group that may not use the bot is not told so at every message.
  if (origin.group || job.inbound.kind === "tap") return [];
  return say(origin, access.mode === "invite" && access.code !== null ? NEEDS_INVITATION : NOT_ALLOWED);
}

/** One person's thread of questions: the private chat, or the person in a group. */
export function conversationOf({ chat, group, user }: Origin): string {
  return group ? `${chat}:${personKey(user)}` : chat;
}

function addressOf({ chat, group, thread, message }: Origin): Address {
  return { chat, thread, replyTo: group ? message : null };
}

function say(origin: Origin, text: string): Call[] {
  return [messageCall(origin, renderBlocks([paragraph(ours(text))]), { keyboard: [] })];
}

function messageCall(
  origin: Origin,
  { html, plain }: Rendered,
  options: { keyboard: Keyboard; answers?: number | null },
): Call {
  const keyboard = options.keyboard.map((row) => [...row]);
  return { kind: "message", to: addressOf(origin), html, plain, keyboard, answers: options.answers ?? null };
}

function viewCalls(origin: Origin, views: readonly View[]): Call[] {
  return views.map(({ message, keyboard }) => messageCall(origin, message, { keyboard }));
}

function editCall({ chat, message }: Origin, view: View): Call {
  const { html, plain } = view.message;
  const keyboard = view.keyboard.map((row) => [...row]);
  return { kind: "edit", chat, message, html, plain, keyboard, answers: null };
}

async function handleText(
  job: Job,
  { origin, text }: { origin: Origin; text: string },
  context: Handling,
): Promise<Call[]> {
  const request = readRequest(text);
  if (request.kind === "unknown_command") return origin.group ? [] : say(origin, UNKNOWN_COMMAND);
  if (request.kind === "question") return ask(job, { origin, text: request.text }, context);
  const asking: Asking = {
    chat: origin.chat,
    user: origin.user,
    name: request.name,
    rest: request.rest,
  };
  const reply = await commandViews(asking, context);
  if (reply.kind === "views") return viewCalls(origin, reply.views);
  if (reply.kind === "question") return ask(job, { origin, text: reply.text }, context);
  const report = await context.finder.byKey(reply.report);
  return report ? textCalls(origin, report) : say(origin, TOAST.unknownReport);
}

async function ask(
  job: Job,
  { origin, text }: { origin: Origin; text: string },
  context: Handling,
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

function textCalls(origin: Origin, report: Report, quotations: readonly Span[] = []): Call[] {
  const { views, document } = textViews(report, quotations);
  return [...viewCalls(origin, views), ...(document ? [documentCall(origin, report)] : [])];
}

function documentCall(origin: Origin, report: Report): Call {
  const { fileName, caption } = documentOf(report);
  const { html, plain } = caption;
  return {
    kind: "document",
    to: addressOf(origin),
    report: report.id,
    sha256: report.sha256,
    fileName,
    html,
    plain,
  };
}

async function handleTap(
  job: Job,
  { origin, data }: { origin: Origin; data: string },
  context: Handling,
): Promise<Call[]> {
  const tap = decodeTap(data);
  if (tap === null) {
    job.acknowledge(TOAST.unknownButton);
    return [];
  }
  if (tap.kind === "offer") return tapOffer(job, { origin, id: tap.id }, context);
  if (tap.kind === "verdict") {
    const { answer, verdict } = tap;
    await context.state.saveFeedback({
      answer,
      person: personKey(origin.user),
      verdict,
      givenAt: context.now(),
    });
    job.acknowledge(TOAST.thanks);
    return [];
  }
  if (tap.kind === "reports") {
    return [editCall(origin, reportListView(await sortedReports(context.sources), tap.page))];
  }
  const report = await context.finder.byKey("quotation" in tap ? tap.quotation.report : tap.report);
  if (report === null) {
    job.acknowledge(TOAST.unknownReport);
    return [];
  }
  return sourceCalls(tap, { origin, report, context });
}

async function tapOffer(
  job: Job,
  { origin, id }: { origin: Origin; id: string },
  context: Handling,
): Promise<Call[]> {
  const question = await context.state.offer(id, origin.chat);
  if (question === null) {
    job.acknowledge(TOAST.unknownButton);
    return [];
  }
  job.acknowledge(TOAST.asked);
  return ask(job, { origin, text: question }, context);
}

type SourceTap = Extract<Tap, { kind: "quotation" | "paragraph" | "text" | "page" | "document" | "about" }>;

async function sourceCalls(
  tap: SourceTap,
  { origin, report, context }: { origin: Origin; report: Report; context: Handling },
): Promise<Call[]> {
  switch (tap.kind) {
    case "quotation":
    case "paragraph": {
      const passage = await context.sources.passageById(tap.quotation.passage);
      const number = tap.kind === "paragraph" ? tap.paragraph : undefined;
      const view = quotationView({ report, quotation: tap.quotation, passage, paragraph: number });
      return tap.kind === "quotation" ? viewCalls(origin, [view]) : [editCall(origin, view)];
    }
    case "text":
      return textCalls(origin, report);
    case "page":
      return [editCall(origin, textPageView(report, tap.page))];
    case "document":
      return [documentCall(origin, report)];
    case "about":
      return viewCalls(origin, [aboutView(report)]);
  }
}

/** The calls that turn the messages of an earlier answer into the new one. */
async function inPlaceOfOld(
  calls: readonly Call[],
  { chat, message }: Origin,
  state: State,
): Promise<Call[]> {
  const old = await state.repliesTo(chat, message);
  const renewed = calls.map((call, index): Call => {
    const before = old[index];
    if (before === undefined || call.kind !== "message") return call;
    const { html, plain, keyboard, answers } = call;
    return { kind: "edit", chat, message: before, html, plain, keyboard, answers };
  });
  const left = old.slice(calls.length);
  return [...renewed, ...left.map((each): Call => ({ kind: "delete", chat, message: each }))];
}
