/** The bot as a whole: opens the connection, takes updates until it is stopped, ends in order. */
import { setMaxListeners } from "node:events";
import { z } from "zod";
import type { Answer, Offer } from "../answer/answer.ts";
import { COMMANDS, DESCRIPTION, SHORT_DESCRIPTION } from "../phrases/commands.ts";
import type { Membership } from "../state/shared.ts";
import type { State } from "../state/state.ts";
import type { Access } from "./access.ts";
import { type Announcer, keepAnnouncing, makeAnnouncer } from "./announce.ts";
import { makePorter } from "./carry-out.ts";
import { carryTogether } from "./carrying.ts";
import { type Clock, makeClock } from "./clock.ts";
import { makeDeliverer } from "./delivery.ts";
import { makeDownload } from "./download.ts";
import { Opened } from "./group.ts";
import { type Inbox, makeInbox } from "./inbox.ts";
import { type InlineAnswering, type InlineDesk, makeInlineDesk } from "./inline.ts";
import { workAmongOthers } from "./leading.ts";
import type { Library } from "./library.ts";
import { loggable } from "./loggable.ts";
import type { News } from "./news.ts";
import { makeSharedPace, type Pace } from "./pace.ts";
import {
  ALLOWED_UPDATES,
  type ExitReason,
  endingOf,
  type PollingOptions,
  poll,
  reasonOf,
} from "./polling.ts";
import type { Operator } from "./replies.ts";
import { makeSender } from "./sender.ts";
import { makeSharedInbox, sharedOpenings } from "./shared-inbox.ts";
import { makeReportFinder, type Sources } from "./sources.ts";
import { openTransport, type Payload, type Transport } from "./transport.ts";
import type { BotIdentity } from "./update.ts";
import { makeWatchdog, type Watchdog } from "./watchdog.ts";
import { keepWebhook, listen, receive, type WebhookAddress } from "./webhook.ts";

export interface TelegramOptions {
  readonly token: string;
  /** Such as https://api.telegram.org. */
  readonly apiRoot: string;
  /** `chat` names a conversation: a private chat, or one person in a group. */
  answer(request: { chat: string; text: string; signal: AbortSignal }): Promise<Answer>;
  readonly sources: Sources;
  readonly state: State;
  readonly access: Access;
  /** Users who may invite others with /invite, and who are told of corrections. */
  readonly admins?: readonly string[];
  /** Who answers for the bot, for /about. */
  readonly operator?: Operator;
  /** Questions that /start offers; the first three are shown. */
  readonly examples: readonly Offer[];
  /** Milliseconds since 1970. */
  now(): number;
  /** Never given a question, a name or the token. */
  log(event: string, details?: Record<string, unknown>): void;
  /** Asks the bot to end: no new updates, what is under way gets a few seconds. */
  readonly signal: AbortSignal;
  /** Whether it may be asked in groups; default true. */
  readonly groups?: boolean;
  /** Answers in other chats, `@bot question`; without it there is no inline mode. */
  readonly inline?: InlineAnswering | null;
  /** Where updates are delivered; without it they are polled for. */
  readonly webhook?: WebhookAddress | null;
  /** What people can be told of when it comes; without it there are no alerts. */
  readonly news?: News | null;
  /** Milliseconds between two looks whether something new has come; default 5,000. */
  readonly lookEvery?: number;
  /** The collection as admins change it; without it nothing can be added in Telegram. */
  readonly library?: Library | null;
  /** Questions worked on at once, most of the time waiting for a model; default 256. */
  readonly concurrency?: number;
  /** Milliseconds for one answer; default 60,000. */
  readonly deadline?: number;
  /** How soon calls may leave; by default at Telegram's rates. */
  readonly pace?: Pace;
  /** Milliseconds that work under way is given when the bot is stopped; default 5,000. */
  readonly drain?: number;
  /** This worker among others that share the state; without it the bot is one process. */
  readonly member?: Membership | null;
  /** Address of the web page, when it is open to others; null or absent for none. */
  readonly page?: string | null;
  /** Given a way to read how many updates wait or are worked on. */
  onQueue?(length: () => number): void;
}

/** After this long at most nothing of an answered question is left in the state's journal either. */
const PRUNE_EVERY_MS = 300_000;
const LONGEST_PAUSE_MS = 30_000;

/** Runs until the signal is aborted or Telegram refuses for good. Rejects only when the state cannot be read. */
export async function runTelegram(options: TelegramOptions): Promise<ExitReason> {
  const { token, apiRoot, state, log, signal, now } = options;
  const clock = makeClock(now);
  const hard = new AbortController();
  // Every call under way listens to it; Node would take that for a leak.
  setMaxListeners(0, hard.signal);
  let inbox: Inbox | null = null;
  let desk: InlineDesk | null = null;
  const transport = openTransport({
    token,
    apiRoot,
    handle: async (update) => (desk?.take(update) ? undefined : inbox?.accept(update)),
    onError: (error) => log("update not stored", { error: loggable(error) }),
  });
  const hello = await connect(transport, { clock, signal, log });
  if ("ending" in hello) return hello.ending;
  log("connected", { username: hello.me.username });

  const work = { clock, log, signal: hard.signal, transport, state };
  const member = options.member ?? null;
  const pace = options.pace ?? (member ? makeSharedPace(member.pace, clock) : null);
  const sender = makeSender({ ...work, ...(pace && { pace }) });
  const { sources } = options;
  const deliverer = makeDeliverer({
    ...work,
    sender,
    source: (report) => sources.source(report),
    ...(sources.timelines && {
      makeTimeline: sources.timelines.make,
      tellTimeline: sources.timelines.inWords,
    }),
  });
  const news = options.news ?? null;
  let announcer: Announcer | null = null;
  const look = async () => announcer?.look({ always: true });
  const library = options.library ?? null;
  const download = makeDownload({ transport, token, apiRoot });
  const carrying = library && { ...work, now, sender, library, download };
  const porter = carrying && makePorter(carrying);
  // Among several workers what was confirmed is found in the state.
  const carryOut = member ? () => undefined : porter?.carryOut;
  const handling = {
    ...options,
    alerts: news && { news, look },
    adding: library && carryOut && { library, download, carryOut },
    me: hello.me,
    admins: options.admins ?? [],
    operator: options.operator ?? { name: null, contact: null, model: false },
    groups: options.groups ?? true,
    opened: member ? sharedOpenings(member) : new Opened(),
    finder: makeReportFinder(options.sources, now),
  };
  const { concurrency = member ? 128 : 256, deadline = 60_000 } = options;
  const taking = { ...work, handling, deliverer, me: hello.me, concurrency, deadline };
  inbox = member ? makeSharedInbox({ ...taking, member }) : makeInbox(taking);
  desk = options.inline ? makeInlineDesk({ ...options, ...work, ...options.inline, me: hello.me }) : null;
  options.onQueue?.(inbox.length);
  const watchdog = makeWatchdog();
  const connected = { transport, clock, expectWithin: watchdog.expectWithin };
  try {
    if (!member) await state.prune(now());
    await inbox.resume();
    if (member && carrying && porter) void carryTogether({ ...carrying, porter, member });
    else await porter?.resume();
    announcer = news && makeAnnouncer({ ...options, news, me: hello.me, deliver: inbox.deliver });
    const keepHouse = (until: AbortSignal): void => {
      housekeeping(options, transport, until);
      if (announcer) void keepAnnouncing(announcer, { ...work, signal: until, every: options.lookEvery });
    };
    if (!member) keepHouse(hard.signal);
    const taken = member
      ? takeWithOthers(options, { ...connected, member, watchdog, keepHouse })
      : takeUpdates(options, connected);
    const ending = await Promise.race([taken, watchdog.stalled]);
    if (ending.kind === "stalled") log("stalled");
    await Promise.race([inbox.idle(), clock.sleep(options.drain ?? 5_000, hard.signal)]);
    return ending;
  } finally {
    watchdog.stop();
    hard.abort();
    // What was cut off lets go of the state before the caller closes it.
    const quiet = new AbortController();
    await Promise.race([inbox.idle(), clock.sleep(1_000, quiet.signal)]);
    quiet.abort();
  }
}

type Connected = Pick<PollingOptions, "transport" | "clock" | "expectWithin">;

/** What goes on until the signal is aborted. Nobody waits for it. */
function housekeeping(
  { state, now, admins = [] }: TelegramOptions,
  transport: Transport,
  signal: AbortSignal,
): void {
  void introduce(transport, admins, signal);
  const prune = () => void state.prune(now()).catch(() => undefined);
  const pruning = setInterval(prune, PRUNE_EVERY_MS);
  signal.addEventListener("abort", () => clearInterval(pruning), { once: true });
}

interface Shared extends Connected {
  readonly member: Membership;
  readonly watchdog: Watchdog;
  keepHouse(until: AbortSignal): void;
}

/** Each worker takes what is delivered to it and what waits; one of them polls, or keeps the webhook, and keeps house. */
async function takeWithOthers(
  options: TelegramOptions,
  { member, watchdog, keepHouse, ...connected }: Shared,
): Promise<ExitReason> {
  const { webhook, token, signal, log } = options;
  const { transport, clock } = connected;
  const receiving = { transport, clock, log, kinds: kindsOf(options), token };
  const server = webhook ? await listen({ ...receiving, signal, address: webhook }) : null;
  if (server && "ending" in server) return server.ending;
  try {
    return await workAmongOthers({
      member,
      signal,
      log,
      housekeeping(leading) {
        void options.state.prune(options.now()).catch(() => undefined);
        keepHouse(leading);
      },
      takeUpdates: (leading) =>
        (webhook
          ? keepWebhook({ ...receiving, signal: leading, address: webhook })
          : takeUpdates({ ...options, signal: leading }, connected)
        ).finally(() => watchdog.stop()),
    });
  } finally {
    await server?.close();
  }
}

function kindsOf({ inline }: TelegramOptions): string[] {
  return [...ALLOWED_UPDATES, ...(inline ? ["inline_query"] : [])];
}

/** Until the bot is to end, by webhook or by polling. */
async function takeUpdates(
  options: TelegramOptions,
  { transport, clock, expectWithin }: Connected,
): Promise<ExitReason> {
  const { webhook, token, signal, log } = options;
  const taking = { transport, clock, signal, log, kinds: kindsOf(options) };
  if (webhook) return receive({ ...taking, token, address: webhook });
  // getUpdates is refused while a webhook is set; a failure shows there.
  await transport.call("deleteWebhook", { drop_pending_updates: false }, { signal, timeout: 20_000 });
  return poll({ ...taking, expectWithin });
}

const identity = z.looseObject({ id: z.number(), username: z.string().catch("") });

/** Who the bot is, as soon as there is a network. */
async function connect(
  transport: Transport,
  { clock, signal, log }: { clock: Clock; signal: AbortSignal; log: TelegramOptions["log"] },
): Promise<{ me: BotIdentity } | { ending: ExitReason }> {
  let pause = 1_000;
  let said = false;
  while (!signal.aborted) {
    const result = await transport.call("getMe", {}, { signal, timeout: 20_000 });
    if (result.kind === "aborted") break;
    const me = result.kind === "ok" ? identity.safeParse(result.result) : null;
    if (me?.success) return { me: me.data };
    const ending = endingOf(result);
    if (ending) return { ending };
    if (!said) log("waiting for a connection to Telegram", { reason: reasonOf(result) });
    said = true;
    await clock.sleep(result.kind === "wait" ? result.seconds * 1000 : pause, signal);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
  return { ending: { kind: "stopped" } };
}

/** The lists of commands and what the bot is, as default and for Arabic clients. Nobody waits for it. */
async function introduce(
  transport: Transport,
  admins: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const listed = (forAdmins: boolean) =>
    COMMANDS.filter((each) => forAdmins || !("admin" in each)).map(({ command, description }) => {
      return { command, description };
    });
  const call = (method: string, payload: Payload) =>
    transport.call(method, payload, { signal, timeout: 20_000 });
  for (const language of [{}, { language_code: "ar" }]) {
    await call("setMyCommands", { commands: listed(false), ...language });
    await call("setMyDescription", { description: DESCRIPTION, ...language });
    await call("setMyShortDescription", { short_description: SHORT_DESCRIPTION, ...language });
  }
  // Refused for an admin who has not written to the bot yet; the next start tries again.
  for (const admin of admins) {
    await call("setMyCommands", { commands: listed(true), scope: { type: "chat", chat_id: Number(admin) } });
  }
}
