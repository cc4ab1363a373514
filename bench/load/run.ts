/**
 * Many people at once with the real bot: nobody waits behind a slow model, each chat keeps its order, a 429 is no
 * silence, and kills in mid-run send no answer twice. What must hold comes back as problems; times are only told.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { DELIVERY_UNCERTAIN } from "../../src/phrases/telegram.ts";
import { type LoadBot, type LoadBotOptions, startBot } from "./bot.ts";
import { startModel } from "./model.ts";
import { expectedTexts, problemOf, questionsOf, SLOW_QUESTION } from "./people.ts";
import { type LoadTelegram, startTelegram } from "./telegram.ts";

export interface LoadPlan {
  readonly root: string;
  readonly indexDir: string;
  /** A fresh folder. */
  readonly stateDir: string;
  readonly people: number;
  /** Of them, those whose model takes `slowMs`. */
  readonly slow: number;
  readonly slowMs: number;
  /** Calls that Telegram refuses with 429 although the rates were kept. */
  readonly refusals: number;
  /** Questions of each person while the bot is killed. */
  readonly questions: number;
  readonly kills: number;
  say(line: string): void;
}

export interface LoadResult {
  /** What must not happen, and did. */
  readonly problems: readonly string[];
  /** Milliseconds from question to answer of those without a slow model: all quick; beside slow ones; with 429s. */
  readonly delays: { readonly quick: number[]; readonly beside: number[]; readonly refused: number[] };
  readonly answers: number;
  readonly notices: number;
  /** 429 that Telegram's own rates brought about, over the whole run. */
  readonly overRate: number;
  /** Seconds of the part with the kills. */
  readonly killSeconds: number;
}

const PATIENCE_MS = 180_000;
const isNotice = (text: string): boolean => text === DELIVERY_UNCERTAIN;
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const telegram = await startTelegram(plan.root);
  const model = await startModel({ slowText: SLOW_QUESTION, slowMs: plan.slowMs });
  const options = { ...plan, apiRoot: telegram.url, model: model.baseUrl };
  const problems: string[] = [];
  let bot: LoadBot | null = null;
  try {
    await telegram.control("rates", { on: true });
    bot = await startBot(options);
    plan.say("a quiet run, for what each must get");
    const one = await expectedTexts(telegram, { count: 1, firstChat: 900_001 });
    const more = await expectedTexts(telegram, { count: plan.questions, firstChat: 910_001 });
    const wave = async (name: string, firstChat: number, slow: number) => {
      plan.say(`${plan.people} people at once, ${name}`);
      const asked = await askAtOnce(telegram, { people: plan.people, slow, firstChat });
      const chats = [...asked.keys()].slice(0, plan.people - slow);
      for (const [person, chat] of chats.entries()) {
        const problem = await settled(telegram, chat, one(person));
        if (problem !== null) problems.push(`${name}, chat ${chat}: ${problem}`);
      }
      return delaysOf(telegram, chats, asked);
    };
    const quick = await wave("no slow model", 1_001, 0);
    const beside = await wave(`${plan.slow} of them with a slow model`, 2_001, plan.slow);
    const refused = await refuse(telegram, plan, () => wave("with refusals", 3_001, 0));
    const begun = Date.now();
    const killed = await killInMidRun({ telegram, plan, options, bot, expected: more });
    bot = killed.bot;
    const code = await bot.stop();
    if (code !== 0) problems.push(`the bot ended with ${code} when it was asked to end`);
    const counts = await countTexts(telegram, plan);
    return {
      problems: [...problems, ...killed.problems],
      delays: { quick, beside, refused },
      ...counts,
      overRate: await overRate(telegram, plan.refusals),
      killSeconds: Math.round((killed.endedAt - begun) / 1000),
    };
  } finally {
    await bot?.kill().catch(() => undefined);
    model.close();
    telegram.stop();
  }
}

/** Everybody asks within moments; the last `slow` of them what the model is slow with. Gives when each asked. */
async function askAtOnce(
  telegram: LoadTelegram,
  { people, slow, firstChat }: { people: number; slow: number; firstChat: number },
): Promise<Map<number, number>> {
  const asked = new Map<number, number>();
  // The slow ones first: whoever comes after them must not wait.
  const order = range(people).toReversed();
  for (const person of order) {
    const chat = firstChat + person;
    const question = person >= people - slow ? SLOW_QUESTION : questionsOf(person, 1)[0];
    await telegram.say(chat, question ?? "");
    asked.set(chat, Date.now());
  }
  return new Map(range(people).map((person) => [firstChat + person, asked.get(firstChat + person) ?? 0]));
}

/** Waits until the chat has as many texts as it must get; gives what is wrong with them. */
async function settled(
  telegram: LoadTelegram,
  chat: number,
  expected: readonly string[],
): Promise<string | null> {
  const wait = { chat, count: expected.length, timeout: PATIENCE_MS };
  await telegram.control("wait", wait).catch(() => undefined);
  return problemOf(await telegram.texts(chat), expected, isNotice);
}

/** Milliseconds from each question to the call that answered it. */
async function delaysOf(
  telegram: LoadTelegram,
  chats: readonly number[],
  asked: ReadonlyMap<number, number>,
): Promise<number[]> {
  const arrivals = new Map<number, number>();
  for (const { values, at, ok } of await telegram.calls("sendMessage"))
    if (ok) arrivals.set(Number(values.chat_id), at);
  return chats.flatMap((chat) => {
    const [from, to] = [asked.get(chat), arrivals.get(chat)];
    return from === undefined || to === undefined ? [] : [to - from];
  });
}

/** Some chats are told to wait although nobody was too quick. */
async function refuse<T>(telegram: LoadTelegram, plan: LoadPlan, work: () => Promise<T>): Promise<T> {
  for (const index of range(plan.refusals)) {
    const chat = 3_001 + ((index * 7) % plan.people);
    const fault = { method: "sendMessage", kind: "429", retry_after: 1 + (index % 3), chat };
    await telegram.control("fault", fault);
  }
  return work();
}

interface Killing {
  readonly telegram: LoadTelegram;
  readonly plan: LoadPlan;
  readonly options: LoadBotOptions;
  readonly bot: LoadBot;
  readonly expected: (person: number) => readonly string[];
}

/** Everybody asks several questions; the bot is killed each time a further share of the answers is there. */
async function killInMidRun({ telegram, plan, options, bot, expected }: Killing) {
  const chats = range(plan.people).map((person) => 4_001 + person);
  plan.say(`${plan.people} people with ${plan.questions} questions each, ${plan.kills} kills`);
  for (const index of range(plan.questions)) {
    for (const [person, chat] of chats.entries())
      await telegram.say(chat, questionsOf(person, plan.questions)[index] ?? "");
  }
  const sent = async (): Promise<number> => {
    const calls = await telegram.calls("sendMessage");
    return calls.filter(({ ok, values }) => ok && chats.includes(Number(values.chat_id))).length;
  };
  const total = plan.people * plan.questions;
  let running = bot;
  for (const kill of range(plan.kills)) {
    const share = Math.round((total * (kill + 1)) / (plan.kills + 1));
    const end = Date.now() + PATIENCE_MS;
    while ((await sent()) < share && Date.now() < end) await sleep(20);
    await running.kill();
    plan.say(`killed at ${await sent()} of ${total} answers`);
    running = await startBot(options);
  }
  const problems: string[] = [];
  for (const [person, chat] of chats.entries()) {
    const problem = await settled(telegram, chat, expected(person));
    if (problem !== null) problems.push(`kills, chat ${chat}: ${problem}`);
  }
  return { bot: running, problems, endedAt: Date.now() };
}

async function countTexts(telegram: LoadTelegram, plan: LoadPlan) {
  let [answers, notices] = [0, 0];
  for (const person of range(plan.people)) {
    const texts = await telegram.texts(4_001 + person);
    notices += texts.filter(isNotice).length;
    answers += texts.filter((text) => !isNotice(text)).length;
  }
  return { answers, notices };
}

/** Refusals beyond those that were asked for. */
async function overRate(telegram: LoadTelegram, asked: number): Promise<number> {
  const calls = await telegram.calls("sendMessage");
  const refused = calls.filter(({ description = "" }) => description.startsWith("Too Many Requests"));
  return Math.max(0, refused.length - asked);
}
