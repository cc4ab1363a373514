/** What the bot does with what it receives: the calls that answer it. Sends nothing itself. */
import { correction } from "../phrases/commands.ts";
import {
  ADMITTED,
  NEEDS_INVITATION,
  NOT_ALLOWED,
  NOT_TEXT,
  TOAST,
  UNKNOWN_COMMAND,
} from "../phrases/telegram.ts";
import { asksToCorrect } from "../question/correction.ts";
import { type Access, admit } from "./access.ts";
import { ask, type Job } from "./ask.ts";
import type { Call } from "./call.ts";
import { conversationOf, inPlaceOfOld, say } from "./calls.ts";
import { readRequest } from "./command.ts";
import { promptCorrection, takeCorrection } from "./correct.ts";
import { handleTap, runCommand, type Tapping } from "./taps.ts";
import type { Inbound, Origin } from "./update.ts";

export interface Handling extends Tapping {
  readonly access: Access;
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
  if (inbound.kind === "other") {
    const expected = await context.state.corrections.isExpected(conversationOf(origin), context.now());
    return say(origin, expected ? correction.textOnly : NOT_TEXT[inbound.content]);
  }
  if (inbound.kind === "tap") return handleTap(job, { origin, data: inbound.data }, context);
  const calls = await handleText(job, inbound, context);
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
  { origin, text, edited }: Extract<Inbound, { kind: "text" }>,
  context: Handling,
): Promise<Call[]> {
  const request = readRequest(text);
  if (request.kind === "unknown_command") return origin.group ? [] : say(origin, UNKNOWN_COMMAND);
  if (request.kind === "command") return runCommand(job, { origin, ...request }, context);
  const taken = await takeCorrection({ origin, text, edited }, context);
  if (taken !== null) return taken;
  if (asksToCorrect(text)) return promptCorrection(origin, context, text);
  return ask(job, { origin, text }, context);
}
