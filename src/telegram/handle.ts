/** What the bot does with what it receives: the calls that answer it. Sends nothing itself. */
import { correction } from "../phrases/commands.ts";
import { OPENED_ALREADY } from "../phrases/groups.ts";
import { forwarded, NOT_TEXT } from "../phrases/not-text.ts";
import { ADMITTED, NEEDS_INVITATION, NOT_ALLOWED, TOAST, UNKNOWN_COMMAND } from "../phrases/telegram.ts";
import { asksToCorrect } from "../question/correction.ts";
import { wishForNews } from "../question/topic.ts";
import { dayInDamascus } from "../text/damascus.ts";
import { formatDay } from "../text/dates/format.ts";
import { type Access, admit } from "./access.ts";
import { receiveAddition, type Sent, takeDraftText } from "./adding.ts";
import { alertsCommand } from "./alerts.ts";
import { ask, type Job } from "./ask.ts";
import type { Call } from "./call.ts";
import { conversationOf, inPlaceOfOld, say } from "./calls.ts";
import { readRequest } from "./command.ts";
import { promptCorrection, takeCorrection } from "./correct.ts";
import { oneLine } from "./describe.ts";
import { greetGroup, groupCalls, leaveGroup, leaveNewGroup, type Openings } from "./group.ts";
import { cutAt } from "./markup.ts";
import { handleTap, runCommand, type Tapping } from "./taps.ts";
import type { Forward, Inbound, Origin } from "./update.ts";

export interface Handling extends Tapping {
  readonly access: Access;
  /** Whether it may be asked in groups. */
  readonly groups: boolean;
  readonly opened: Openings;
}

const LONGEST_NAME = 80;
/** Words from which on a forwarded text is looked up sentence by sentence, and units that are. */
const LEAST_STATEMENT = 8;
const LONGEST_STATEMENT = 4_000;

/** The calls to be made, in order. */
export async function handle(job: Job, context: Handling): Promise<Call[]> {
  const { inbound } = job;
  if (inbound.kind === "left") {
    await context.state.dropChat(inbound.chat);
    return [];
  }
  if (inbound.kind === "joined") return join(inbound.chat, context);
  return inbound.origin.group ? inGroup(job, inbound, context) : answer(job, inbound, context);
}

/** Where only some may ask, a group is not told how. */
function join(chat: string, { groups, access, me }: Handling): Call[] {
  if (!groups) return leaveNewGroup(chat);
  return access.mode === "open" || access.ids.includes(chat) ? greetGroup(chat, me.username) : [];
}

type Told = Extract<Inbound, { kind: "text" | "other" | "tap" }>;

async function inGroup(job: Job, inbound: Told, context: Handling): Promise<Call[]> {
  if (!context.groups) return inbound.kind === "tap" ? [] : leaveGroup(inbound.origin);
  if (inbound.kind !== "tap") return groupCalls(await answer(job, inbound, context), inbound);
  if (await context.opened.again(inbound, { now: context.now(), updateId: job.updateId })) {
    job.acknowledge(OPENED_ALREADY);
    return [];
  }
  let calls: Call[] = [];
  try {
    calls = await answer(job, inbound, context);
  } finally {
    if (calls.length === 0) await context.opened.forget(inbound);
  }
  return groupCalls(calls, inbound);
}

async function answer(job: Job, inbound: Told, context: Handling): Promise<Call[]> {
  const { origin } = inbound;
  const text = inbound.kind === "text" ? inbound.text : null;
  const admission = await admit(origin, text, {
    access: context.access,
    state: context.state,
    now: context.now(),
  });
  if (admission === "no") return refuse(job, origin, context);
  if (admission === "invited_now") return say(origin, ADMITTED);
  const added = inbound.kind === "tap" ? null : await receiveSent(job, inbound, context);
  if (added !== null) return added;
  if (inbound.kind === "other") {
    const expected = await context.state.corrections.isExpected(conversationOf(origin), context.now());
    return say(origin, expected ? correction.textOnly : NOT_TEXT[inbound.content]);
  }
  if (inbound.kind === "tap") return handleTap(job, { origin, data: inbound.data }, context);
  const calls = await handleText(job, inbound, context);
  return inbound.edited ? inPlaceOfOld(calls, origin, context.state) : calls;
}

/** A file or a post that an admin may add; null for anything else. */
async function receiveSent(
  job: Job,
  inbound: Extract<Inbound, { kind: "text" | "other" }>,
  context: Handling,
): Promise<Call[] | null> {
  const { origin, file } = inbound;
  const text = inbound.kind === "text" && !inbound.edited ? inbound.text : "";
  const forward = inbound.kind === "text" ? inbound.forward : undefined;
  const post = text.trim() !== "" && forward?.post ? postOf(forward, forward.post, text) : undefined;
  return receiveAddition({ origin, sent: { file, post }, signal: job.signal }, context);
}

function postOf({ name, at }: Forward, post: NonNullable<Forward["post"]>, text: string): Sent["post"] {
  const channel = { id: post.chat, title: name, username: post.username };
  return { channel, post: post.message, at: at ?? 0, text };
}

function refuse(job: Job, origin: Origin, { access }: Handling): Call[] {
  job.acknowledge(TOAST.notAllowed);
  // A group that may not use the bot is not told so at every message.
  if (origin.group || job.inbound.kind === "tap") return [];
  return say(origin, access.mode === "invite" ? NEEDS_INVITATION : NOT_ALLOWED);
}

async function handleText(
  job: Job,
  inbound: Extract<Inbound, { kind: "text" }>,
  context: Handling,
): Promise<Call[]> {
  const { origin, text, edited, forward } = inbound;
  // Somebody else's words are never a command.
  const request = forward ? { kind: "question" as const } : readRequest(text);
  if (request.kind === "unknown_command") return origin.group ? [] : say(origin, UNKNOWN_COMMAND);
  if (request.kind === "command") return runCommand(job, { origin, ...request }, context);
  const drafted = forward ? null : await takeDraftText({ origin, text, edited }, context);
  if (drafted !== null) return drafted;
  const taken = await takeCorrection({ origin, text, edited }, context);
  if (taken !== null) return taken;
  if (forward) return askForwarded(job, { origin, text, forward }, context);
  const wish = context.alerts ? wishForNews(text) : null;
  if (wish !== null) return alertsCommand({ origin, rest: wish }, context);
  if (asksToCorrect(text)) return promptCorrection(origin, context, text);
  return ask(job, { origin, text }, context);
}

/** Looks a forwarded text up in the reports, and says that it was taken for one. */
async function askForwarded(
  job: Job,
  { origin, text, forward }: { origin: Origin; text: string; forward: Forward },
  context: Handling,
): Promise<Call[]> {
  if (forward.from === "bot") return say(origin, forwarded.ofBot);
  const day = forward.at === null ? null : formatDay(dayInDamascus(forward.at * 1000), { weekday: true });
  const { from, name } = forward;
  const shown = name === null ? null : oneLine(name, LONGEST_NAME);
  const caution = from === "channel" ? forwarded.ofChannel(shown, day) : forwarded.ofPerson(day);
  const isStatement = text.trim().split(/\s+/).length >= LEAST_STATEMENT;
  const question = isStatement ? forwarded.asQuestion(cutAt(text, LONGEST_STATEMENT)) : text;
  return ask(job, { origin, text: question, caution }, context);
}
