/** Tells people of what is new: looks through the collection when it has changed, and sends the day's digests. */

import { z } from "zod";
import { alerts } from "../phrases/alerts.ts";
import type { Topic } from "../question/topic.ts";
import type { Delivery, DeliveryDraft, State } from "../state/state.ts";
import type { Held, Subscription } from "../state/subscriptions.ts";
import { dayInDamascus } from "../text/damascus.ts";
import { type Access, admit } from "./access.ts";
import { alertRow } from "./alerts.ts";
import { type Announcement, aboutText, announcement, type NewsItem, readTopic } from "./announcement.ts";
import type { Call } from "./call.ts";
import type { Clock } from "./clock.ts";
import { loggable } from "./loggable.ts";
import { type Looked, newcomers } from "./newcomers.ts";
import type { News, NewsCollection } from "./news.ts";
import type { BotIdentity } from "./update.ts";

export interface AnnouncerOptions {
  readonly news: News;
  readonly state: State;
  readonly access: Access;
  readonly me: BotIdentity;
  now(): number;
  /** Sends what was planned, in the order of each chat. */
  deliver(deliveries: readonly Delivery[]): void;
}

export interface Announcer {
  /** Announces what has come since the last look; without subscriptions only when `always`. One look at a time. */
  look(options?: { readonly always?: boolean }): Promise<void>;
  /** Sends the digests that are due. */
  digests(): Promise<void>;
}

const heldSchema = z.object({ report: z.string(), passage: z.string() });
const DAY_MS = 24 * 3_600_000;
const LOOK_EVERY_MS = 5_000;

/** The last eight o'clock in the morning in Damascus (UTC+3 since 2022), in milliseconds since 1970. */
export function lastDigest(now: number): number {
  const today = Date.parse(`${dayInDamascus(now)}T05:00:00Z`);
  return today <= now ? today : today - DAY_MS;
}

export function makeAnnouncer(options: AnnouncerOptions): Announcer {
  const { news, state, me, now } = options;
  const { subscriptions } = state;
  let turn = Promise.resolve();
  let before: Looked | null = null;

  /** One after the other: a look sees what the one before has marked. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  }

  async function look(always: boolean): Promise<void> {
    const wanted = await readTopics(await subscriptions.all(now()));
    if (wanted.length === 0 && !always) return;
    const collection = news.collection();
    const from = await subscriptions.lookedThrough();
    const found = await newcomers(collection, { from, before }, (keys) => subscriptions.known(keys));
    if (found === null) return;
    const { mark: to, keys, items } = found;
    const { told, held } =
      items.length === 0 ? { told: [], held: [] } : await match(wanted, items, collection);
    for (const { answer } of told) await state.recordAnswer({ ...answer, sentAt: now() });
    const deliveries = told.flatMap(draftsOf);
    const planned = await subscriptions.found({ from, to, keys, deliveries, held }, now());
    if (planned === null) return;
    before = found.looked;
    options.deliver(planned);
  }

  /** What is told at once and what waits; nobody is told of one passage twice. */
  async function match(wanted: readonly Wanted[], items: readonly NewsItem[], collection: NewsCollection) {
    const told: Announcement[] = [];
    const held: { subscription: string; payload: string }[] = [];
    const done = new Set<string>();
    for (const { subscription, topic } of [...wanted].sort(atOnceFirst)) {
      const { id, chat, daily } = subscription;
      const matches = collection.matcher(topic);
      const new_ = items.filter(({ passage }) => !done.has(`${chat} ${passage.id}`) && matches(passage));
      await new Promise((resolve) => setImmediate(resolve));
      if (new_.length === 0 || !(await mayAsk(chat))) continue;
      for (const { passage } of new_) done.add(`${chat} ${passage.id}`);
      if (daily) {
        for (const { report, passage } of new_) {
          held.push({
            subscription: id,
            payload: JSON.stringify({ report: report.id, passage: passage.id }),
          });
        }
        continue;
      }
      const heading = alerts.news(aboutText(topic));
      told.push(announcement(new_, { chat, heading, bot: me.username, rows: [alertRow(subscription)] }));
    }
    return { told, held };
  }

  async function mayAsk(chat: string): Promise<boolean> {
    const origin = { chat, group: false, thread: null, user: chat, message: 0 };
    return (await admit(origin, null, { access: options.access, state, now: now() })) === "yes";
  }

  async function digests(): Promise<void> {
    const due = await subscriptions.held(lastDigest(now()));
    if (due.length === 0) return;
    const byId = new Map((await subscriptions.all(now())).map((each) => [each.id, each]));
    const byChat = new Map<string, Held[]>();
    for (const each of due) {
      const chat = byId.get(each.subscription)?.chat ?? "";
      byChat.set(chat, [...(byChat.get(chat) ?? []), each]);
    }
    const collection = news.collection();
    for (const [chat, held] of byChat) {
      const items = chat === "" || !(await mayAsk(chat)) ? [] : await stillThere(held, collection);
      const told = items.length === 0 ? [] : [digest(chat, items)];
      for (const { answer } of told) await state.recordAnswer({ ...answer, sentAt: now() });
      const ids = held.map(({ id }) => id);
      const planned = await subscriptions.tell(ids, told.flatMap(draftsOf), now());
      if (planned !== null) options.deliver(planned);
    }
  }

  function digest(chat: string, items: readonly NewsItem[]): Announcement {
    return announcement(items, { chat, heading: alerts.digest, bot: me.username, rows: [] });
  }

  return {
    look: ({ always = false } = {}) => inTurn(() => look(always)),
    digests: () => inTurn(digests),
  };
}

/** Looks for news until the signal is aborted; a look that fails is tried again. */
export async function keepAnnouncing(
  announcer: Announcer,
  {
    clock,
    signal,
    log,
    every = LOOK_EVERY_MS,
  }: {
    clock: Clock;
    signal: AbortSignal;
    log(event: string, details?: Record<string, unknown>): void;
    every?: number | undefined;
  },
): Promise<void> {
  while (!signal.aborted) {
    try {
      await announcer.look();
      await announcer.digests();
    } catch (error) {
      if (!signal.aborted) log("failed", { stage: "news", error: loggable(error) });
    }
    await clock.sleep(every, signal);
  }
}

interface Wanted {
  readonly subscription: Subscription;
  readonly topic: Topic;
}

function readTopics(all: readonly Subscription[]): Wanted[] {
  return all.flatMap((subscription) => {
    const topic = readTopic(subscription.topic);
    return topic === null ? [] : [{ subscription, topic }];
  });
}

const atOnceFirst = (a: Wanted, b: Wanted): number =>
  Number(a.subscription.daily) - Number(b.subscription.daily);

/** What was held and is still in the collection: a report that was withdrawn meanwhile is not told of. */
async function stillThere(held: readonly Held[], collection: NewsCollection): Promise<NewsItem[]> {
  const items: NewsItem[] = [];
  for (const { payload } of held) {
    const { report: id, passage: passageId } = heldSchema.parse(JSON.parse(payload));
    const [report, passage] = await Promise.all([collection.report(id), collection.passageById(passageId)]);
    if (report !== null && passage?.reportId === id) items.push({ report, passage });
  }
  return items;
}

function draftsOf({ calls }: Announcement): DeliveryDraft[] {
  return calls.flatMap((call: Call) =>
    "to" in call ? [{ chat: call.to.chat, question: null, payload: JSON.stringify(call) }] : [],
  );
}
