/** What the bot does with what it receives: the calls that answer it. Sends nothing itself. */
import type { Offer } from "../answer/answer.ts";
import {
  ADMITTED,
  NEEDS_INVITATION,
  NOT_ALLOWED,
  NOT_TEXT,
  TOAST,
  UNKNOWN_COMMAND,
} from "../phrases/telegram.ts";
import { type Access, admit } from "./access.ts";
import { ask, type Job } from "./ask.ts";
import type { Call } from "./call.ts";
import { inPlaceOfOld, say, viewCalls } from "./calls.ts";
import { readRequest } from "./command.ts";
import { commandViews } from "./replies.ts";
import { handleTap, openLink, type Tapping } from "./taps.ts";
import type { Origin } from "./update.ts";

export interface Handling extends Tapping {
  readonly access: Access;
  /** Users who may invite others. */
  readonly admins: readonly string[];
  /** Questions that the start offers. */
  readonly examples: readonly Offer[];
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
  return say(origin, access.mode === "invite" ? NEEDS_INVITATION : NOT_ALLOWED);
}

async function handleText(
  job: Job,
  { origin, text }: { origin: Origin; text: string },
  context: Handling,
): Promise<Call[]> {
  const request = readRequest(text);
  if (request.kind === "unknown_command") return origin.group ? [] : say(origin, UNKNOWN_COMMAND);
  if (request.kind === "question") return ask(job, { origin, text: request.text }, context);
  const { name, rest } = request;
  if (name === "invite" && !context.admins.includes(origin.user)) return say(origin, UNKNOWN_COMMAND);
  const reply = await commandViews({ chat: origin.chat, user: origin.user, name, rest }, context);
  if (reply.kind === "views") return viewCalls(origin, reply.views);
  if (reply.kind === "question") return ask(job, { origin, text: reply.text }, context);
  return openLink(reply.link, origin, context);
}
