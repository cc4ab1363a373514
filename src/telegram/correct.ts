/**
 * Corrections and testimonies: asked for, taken down apart from the reports, and brought to the operator's admins
 * without a name. What is sent here is never a question, and no answer is ever made from it.
 */
import { createHash } from "node:crypto";
import { correction } from "../phrases/commands.ts";
import { BUTTON } from "../phrases/telegram.ts";
import { looksLikeQuestion } from "../question/correction.ts";
import type { State } from "../state/state.ts";
import type { Call } from "./call.ts";
import { CORRECT_PAYLOAD, offerKey, personKey } from "./callback.ts";
import { conversationOf, messageCall, say } from "./calls.ts";
import { deepLink } from "./citations.ts";
import { oneLine, publisherName, titleInList } from "./describe.ts";
import { tapButton } from "./keyboard.ts";
import { type Block, bold, line, ours, paragraph, renderBlocks, verbatim } from "./markup.ts";
import { readSent } from "./sent.ts";
import type { Sources } from "./sources.ts";
import { paginate } from "./split.ts";
import type { BotIdentity, Origin } from "./update.ts";

export interface Correcting {
  readonly state: State;
  /** Users who are told of each correction. */
  readonly admins: readonly string[];
  readonly me: BotIdentity;
  readonly sources: Sources;
  now(): number;
}

const LONGEST_TITLE = 80;
const MOST_A_DAY = 20;
const DAY_MS = 24 * 3_600_000;
/** A complaint of more words than these says something that could be sent as it is. */
const BARE_COMPLAINT = 5;

const cancelButton = () => tapButton(BUTTON.cancel, { kind: "command", name: "cancel" });

/** Asks for a correction; `said` is the complaint that led here, which can be sent as it is. */
export async function promptCorrection(
  origin: Origin,
  context: Correcting,
  said: string | null = null,
): Promise<Call[]> {
  const { state, me, now } = context;
  if (origin.group) {
    const button = { text: BUTTON.openPrivate, url: deepLink(me.username, CORRECT_PAYLOAD) };
    const message = renderBlocks([paragraph(ours(correction.inGroup))]);
    return [messageCall(origin, message, { keyboard: me.username === "" ? [] : [[button]] })];
  }
  const conversation = conversationOf(origin);
  await state.corrections.expect(conversation, now());
  const cites = (await lastReports(conversation, state)).length > 0;
  const lines = [...correction.prompt, ...(cites ? [correction.withReports] : [])];
  const message = renderBlocks(lines.map((text) => paragraph(ours(text))));
  const isWhole = said !== null && said.split(/\s+/).length > BARE_COMPLAINT;
  const send = isWhole ? [[await keptTextButton(BUTTON.sendThis, said, origin, context)]] : [];
  return [messageCall(origin, message, { keyboard: [...send, [cancelButton()]] })];
}

/** A button that sends this text, which is kept until it is tapped. */
async function keptTextButton(label: string, text: string, origin: Origin, { state, now }: Correcting) {
  const id = offerKey(text);
  const { chat } = origin;
  await state.saveOffer({ id, chat, conversation: conversationOf(origin), question: text, now: now() });
  return tapButton(label, { kind: "correction", id });
}

export async function cancelCorrection(origin: Origin, { state }: Correcting): Promise<Call[]> {
  const was = await state.corrections.cancel(conversationOf(origin));
  return say(origin, was ? correction.cancelled : correction.nothingToCancel);
}

/** The calls that take a text for a correction, or null when it is none. */
export async function takeCorrection(
  { origin, text, edited }: { origin: Origin; text: string; edited: boolean },
  context: Correcting,
): Promise<Call[] | null> {
  const { corrections } = context.state;
  const known = await corrections.has(idOf(origin));
  if (known && edited) return say(origin, correction.edited);
  if (known) return receive(origin, text, context);
  if (edited || !(await corrections.isExpected(conversationOf(origin), context.now()))) return null;
  return looksLikeQuestion(text) ? whichOne(origin, text, context) : receive(origin, text, context);
}

/** A question where a correction was expected goes to nobody before its writer says so. */
async function whichOne(origin: Origin, text: string, context: Correcting): Promise<Call[]> {
  const send = await keptTextButton(BUTTON.sendIt, text, origin, context);
  const answer = tapButton(BUTTON.answerIt, { kind: "offer", id: offerKey(text) });
  const message = renderBlocks([paragraph(ours(correction.isQuestion))]);
  return [messageCall(origin, message, { keyboard: [[send], [answer], [cancelButton()]] })];
}

/** Sends the text that was kept behind a button. */
export async function sendKept(
  { origin, id }: { origin: Origin; id: string },
  context: Correcting,
): Promise<Call[]> {
  const text = await context.state.offer(id, origin.chat);
  if (text === null) return say(origin, correction.gone);
  const calls = await receive(origin, text, context);
  await context.state.dropOffer(id, origin.chat);
  return calls;
}

async function receive(origin: Origin, text: string, context: Correcting): Promise<Call[]> {
  const { state, admins, now } = context;
  const person = personKey(origin.user);
  const id = idOf(origin);
  const isKnown = await state.corrections.has(id);
  if (!isKnown && (await state.corrections.countSince(person, now() - DAY_MS)) >= MOST_A_DAY) {
    await state.corrections.cancel(conversationOf(origin));
    return say(origin, correction.tooMany);
  }
  const conversation = conversationOf(origin);
  const reports = await lastReports(conversation, state);
  await state.corrections.save({ id, person, text, reports, sentAt: now() }, conversation);
  const named = await namesOf(reports, context.sources);
  return [...say(origin, correction.received), ...admins.flatMap((admin) => notice(admin, text, named))];
}

/** "• publisher: title (id)". */
async function namesOf(reports: readonly string[], sources: Sources): Promise<string[]> {
  const found = await Promise.all(reports.map((id) => sources.report(id)));
  return found.flatMap((report) =>
    report === null
      ? []
      : [`• ${publisherName(report)}: ${oneLine(titleInList(report), LONGEST_TITLE)} (${report.id})`],
  );
}

/** What an admin reads: the text, and what its writer was reading. */
function notice(admin: string, text: string, named: readonly string[]): Call[] {
  const quoted: Block = { kind: "quotation", lines: [line(verbatim(text))] };
  const about = named.length === 0 ? [] : [correction.aboutReports, ...named].map((each) => line(each));
  const blocks = [paragraph(line(bold(correction.toAdmin))), quoted];
  const to = { chat: admin, thread: null, replyTo: null };
  return paginate(blocks, [paragraph(...about, line(correction.adminNote))]).map(
    ({ html, plain }): Call => ({ kind: "message", to, html, plain, keyboard: [], answers: null }),
  );
}

/** Reports that the conversation's last answer quoted. */
async function lastReports(conversation: string, state: State): Promise<string[]> {
  const last = await state.lastAnswer(conversation);
  return last === null ? [] : [...new Set(readSent(last).map(({ report }) => report))];
}

/** One message is one correction, however often it is handled. */
function idOf({ chat, message }: Origin): string {
  return createHash("sha256").update(`correction ${chat} ${message}`).digest("base64url").slice(0, 12);
}
