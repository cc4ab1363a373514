/** Subscriptions to what is new: made by a command, in words or by a button under an answer; listed and ended. */
import { createHash } from "node:crypto";
import type { Answer } from "../answer/answer.ts";
import { ALERT_BUTTON, alerts } from "../phrases/alerts.ts";
import { BUTTON } from "../phrases/telegram.ts";
import type { Topic } from "../question/topic.ts";
import type { State } from "../state/state.ts";
import { MOST_SUBSCRIPTIONS, type Subscription } from "../state/subscriptions.ts";
import { aboutText, readTopic } from "./announcement.ts";
import type { Button, Call } from "./call.ts";
import { ALERTS_PAYLOAD, offerKey, personKey, type Tap } from "./callback.ts";
import { conversationOf, editCall, messageCall, say, viewCalls } from "./calls.ts";
import { deepLink } from "./citations.ts";
import { rowOf, tapButton } from "./keyboard.ts";
import { line, ours, paragraph, renderBlocks } from "./markup.ts";
import type { News } from "./news.ts";
import type { BotIdentity, Origin } from "./update.ts";
import type { View } from "./viewer.ts";

export interface Alerts {
  readonly news: News;
  /** Looks through the collection first, so that nothing that is there already is told as new. */
  look(): Promise<void>;
}

export interface Alerting {
  /** Absent or null where nobody is told of news. */
  readonly alerts?: Alerts | null | undefined;
  readonly state: State;
  readonly me: BotIdentity;
  now(): number;
}

/** The list, or a new alert for what is named. */
export async function alertsCommand(
  { origin, rest }: { origin: Origin; rest: string },
  context: Alerting,
): Promise<Call[]> {
  if (!context.alerts) return say(origin, alerts.off);
  if (origin.group) return inPrivate(origin, context);
  if (rest.trim() === "") return viewCalls(origin, [await listView(origin, context)]);
  const topic = context.alerts.news.topicOf(rest);
  return topic === null ? say(origin, alerts.unclear) : make(origin, topic, context);
}

function inPrivate(origin: Origin, { me }: Alerting): Call[] {
  const button = { text: BUTTON.openPrivate, url: deepLink(me.username, ALERTS_PAYLOAD) };
  const message = renderBlocks([paragraph(ours(alerts.inGroup))]);
  return [messageCall(origin, message, { keyboard: me.username === "" ? [] : [[button]] })];
}

/** The button under an answer that asks for what comes next about the same; none in groups, nor for what names nothing. */
export async function alertButton(
  origin: Origin,
  answer: Exclude<Answer, { kind: "source" }>,
  { alerts: on, state, now }: Alerting,
): Promise<Button[]> {
  if (!on || origin.group || (answer.kind !== "answer" && answer.kind !== "refusal")) return [];
  const topic = on.news.topicOfScope(answer.scope);
  if (topic === null) return [];
  const question = JSON.stringify(topic);
  const id = offerKey(`alert ${question}`);
  const conversation = conversationOf(origin);
  await state.saveOffer({ id, chat: origin.chat, conversation, question, now: now() });
  return [tapButton(ALERT_BUTTON.make, { kind: "alert", id, act: "make" })];
}

async function make(origin: Origin, topic: Topic, context: Alerting): Promise<Call[]> {
  const { state, now } = context;
  await context.alerts?.look();
  const person = personKey(origin.user);
  const stored = JSON.stringify(topic);
  const id = createHash("sha256").update(`${person} ${stored}`).digest("base64url").slice(0, 12);
  const subscription = { id, chat: origin.chat, person, topic: stored, daily: false, madeAt: now() };
  const about = aboutText(topic);
  switch (await state.subscriptions.add(subscription)) {
    case "too_many":
      return say(origin, alerts.tooMany(MOST_SUBSCRIPTIONS));
    case "known":
      return say(origin, alerts.known(about));
    case "added":
      return viewCalls(origin, [addedView(subscription, about)]);
  }
}

function addedView(subscription: Subscription, about: string): View {
  const { daily } = subscription;
  const lines = [line(alerts.added(about, daily)), ours(alerts.lasts)];
  return { message: renderBlocks([paragraph(...lines)]), keyboard: [alertRow(subscription)] };
}

/** Ends one subscription, or changes when it is told. */
export function alertRow({ id, daily }: Pick<Subscription, "id" | "daily">): Button[] {
  const [label, act] = daily
    ? ([ALERT_BUTTON.atOnce, "at_once"] as const)
    : ([ALERT_BUTTON.daily, "daily"] as const);
  return rowOf(
    tapButton(ALERT_BUTTON.end, { kind: "alert", id, act: "end" }),
    tapButton(label, { kind: "alert", id, act }),
  );
}

async function listView(origin: Origin, { state }: Alerting): Promise<View> {
  const all = await state.subscriptions.of(personKey(origin.user));
  if (all.length === 0) {
    const lines = [alerts.none, alerts.how, alerts.what].map((text) => paragraph(ours(text)));
    return { message: renderBlocks(lines), keyboard: [] };
  }
  const listed = all.map(({ topic, daily }, index) => {
    const read = readTopic(topic);
    return line(alerts.listed(index + 1, read === null ? "" : aboutText(read), daily));
  });
  const keyboard = all.map(({ id, daily }, index) => {
    const label = daily ? ALERT_BUTTON.atOnceNumber(index + 1) : ALERT_BUTTON.dailyNumber(index + 1);
    return rowOf(
      tapButton(ALERT_BUTTON.endNumber(index + 1), { kind: "alert", id, act: "list_end" }),
      tapButton(label, { kind: "alert", id, act: daily ? "list_at_once" : "list_daily" }),
    );
  });
  const heading = paragraph(line(alerts.heading(all.length, MOST_SUBSCRIPTIONS)));
  return { message: renderBlocks([heading, paragraph(...listed), paragraph(ours(alerts.what))]), keyboard };
}

/** What a tap on a button of an alert does; `toast` is said over the chat. */
export async function tapAlert(
  { origin, tap }: { origin: Origin; tap: Extract<Tap, { kind: "alert" }> },
  context: Alerting,
): Promise<{ calls: Call[]; toast?: string }> {
  if (!context.alerts || origin.group) return { calls: [], toast: alerts.off };
  if (tap.act === "make") return { calls: await makeKept(origin, tap.id, context) };
  const person = personKey(origin.user);
  const { subscriptions } = context.state;
  const isListed = tap.act.startsWith("list_");
  if (tap.act === "end" || tap.act === "list_end") {
    const ended = await subscriptions.end(tap.id, person);
    const toast = ended ? alerts.ended : alerts.gone;
    return { calls: isListed ? [editCall(origin, await listView(origin, context))] : [], toast };
  }
  const daily = tap.act === "daily" || tap.act === "list_daily";
  const changed = await subscriptions.setDaily(tap.id, person, daily);
  const toast = changed ? (daily ? alerts.nowDaily : alerts.nowAtOnce) : alerts.gone;
  return { calls: isListed ? [editCall(origin, await listView(origin, context))] : [], toast };
}

async function makeKept(origin: Origin, id: string, context: Alerting): Promise<Call[]> {
  const stored = await context.state.offer(id, origin.chat);
  const topic = stored === null ? null : readTopic(stored);
  return topic === null ? say(origin, alerts.unclear) : make(origin, topic, context);
}
