/** kill -9 at random moments of everything that writes: nothing that was acknowledged is lost, nothing is done twice. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DELIVERY_UNCERTAIN } from "../../src/phrases/telegram.ts";
import { openDatabase } from "../../src/sqlite/open.ts";
import { openState } from "../../src/state/sqlite.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { withoutDisplayControls } from "../../src/text/bidi.ts";
import { type ChatMessage, type FakeTelegram, startTelegram } from "../telegram/server.ts";
import { compile, killAfter, type Programs } from "./kills/programs.ts";
import { versionOf } from "./kills/versions.ts";
import { FULL, HARNESS_TIMEOUT, SEED, tell } from "./mode.ts";
import { makeRandom } from "./random.ts";

const STATE_KILLS = FULL ? 120 : 5;
const BUILD_KILLS = FULL ? 120 : 5;
const UPDATE_KILLS = FULL ? 120 : 4;
const BOT_KILLS = FULL ? 100 : 5;

const random = makeRandom(SEED);
let programs: Programs;
beforeAll(() => {
  programs = compile([
    "tests/reliability/kills/state-writer",
    "tests/reliability/kills/bot",
    "tests/store/slow-build",
    "tests/reliability/kills/updater",
  ]);
});
afterAll(() => programs.remove());

/** What a state writer has been told is done. */
interface Acknowledged {
  readonly accepted: Set<number>;
  readonly answered: Map<number, number>;
  readonly settled: Set<number>;
  readonly memory: Map<string, number>;
}

function note(told: readonly string[], known: Acknowledged): void {
  for (const line of told) {
    const [word, one = "", two = ""] = line.split(" ");
    if (word === "accepted") known.accepted.add(Number(one));
    if (word === "answered") known.answered.set(Number(one), Number(two));
    if (word === "settled") known.settled.add(Number(one));
    if (word === "remembered") known.memory.set(one, Number(two));
  }
}

describe("a killed writer of the state", () => {
  it(
    "has lost nothing that it had acknowledged",
    async () => {
      const file = `${programs.folder()}/state.sqlite`;
      const known: Acknowledged = {
        accepted: new Set(),
        answered: new Map(),
        settled: new Set(),
        memory: new Map(),
      };
      const lost: string[] = [];
      for (let kill = 0; kill < STATE_KILLS; kill += 1) {
        const writer = programs.start("tests/reliability/kills/state-writer", [file, String(kill * 100_000)]);
        await killAfter(writer, random.below(120));
        note(writer.told, known);
        lost.push(
          ...writer.told.filter((line) => line.startsWith("warning")),
          ...(writer.log() === "" ? [] : [writer.log()]),
        );
      }
      const state = openState(file, (line) => lost.push(line));
      const waiting = new Set((await state.unanswered()).map(({ id }) => id));
      const planned = new Set((await state.undelivered()).map(({ id }) => id));
      for (const id of known.accepted) {
        if (await state.accept({ id, chat: "1", payload: '"again"', receivedAt: 0 }))
          lost.push(`update ${id}`);
        if (!waiting.has(id) && !known.answered.has(id) && id % 3 === 0) lost.push(`question ${id}`);
      }
      for (const [id, delivery] of known.answered) {
        if (waiting.has(id)) lost.push(`answer ${id}`);
        if (planned.has(delivery) && known.settled.has(delivery)) lost.push(`fate of delivery ${delivery}`);
        if (id % 3 === 1 && !planned.has(delivery)) lost.push(`delivery ${delivery}`);
      }
      for (const [chat, id] of known.memory) {
        const kept = Number(/\d+/.exec((await state.recall(chat, id)) ?? "")?.[0] ?? -1);
        if (kept < id) lost.push(`memory of ${chat}: ${kept} for ${id}`);
      }
      await state.close();
      tell("kills of a writer of the state", {
        kills: STATE_KILLS,
        acknowledged: known.accepted.size,
        lost: lost.length,
      });
      expect(known.accepted.size).toBeGreaterThan(0);
      expect(lost).toEqual([]);
    },
    HARNESS_TIMEOUT,
  );
});

describe("a killed build", () => {
  it(
    "leaves the old index or the new one, whole",
    async () => {
      const indexDir = programs.folder();
      const build = (texts: number) =>
        programs.start("tests/store/slow-build", [indexDir, String(texts), "2"]);
      await build(4).ended;
      let current = 5;
      const wrong: string[] = [];
      let switched = 0;
      for (let kill = 0; kill < BUILD_KILLS; kill += 1) {
        const texts = 20 + random.below(200);
        const running = build(texts);
        await killAfter(running, random.below(500));
        const store = await openStore({ indexDir });
        const passages = await store.passages(await store.select({}));
        await store.close();
        if (passages.length !== current && passages.length !== texts + 1)
          wrong.push(`${passages.length} passages after ${current} and ${texts + 1}`);
        if (passages.length === texts + 1) switched += 1;
        current = passages.length;
      }
      await build(30).ended;
      const store = await openStore({ indexDir });
      expect(await store.select({})).toHaveLength(31);
      await store.close();
      tell("kills of a build", { kills: BUILD_KILLS, "after the switch": switched, wrong: wrong.length });
      expect(wrong).toEqual([]);
    },
    HARNESS_TIMEOUT,
  );
});

describe("a killed update", () => {
  it(
    "leaves one version or the next, whole, and in the end nothing of any other",
    async () => {
      const indexDir = programs.folder();
      const update = (first: number, last: number) =>
        programs.start("tests/reliability/kills/updater", [indexDir, String(first), String(last)]);
      await update(1, 1).ended;
      let version = 1;
      const wrong: string[] = [];
      const check = async (): Promise<void> => {
        const store = await openStore({ indexDir, onWarning: (line) => wrong.push(line) });
        const found = Number(store.manifest.corpus);
        const reports = await Promise.all((await store.reportIds()).map((id) => store.report(id)));
        const held = reports.map((report) => [report?.id, report?.body]);
        const passages = await store.passages(await store.select({}));
        await store.close();
        if (found < version) wrong.push(`version ${found} after ${version}`);
        if (JSON.stringify(held) !== JSON.stringify([...versionOf(found)])) wrong.push(`reports of ${found}`);
        if (passages.length !== 2 * held.length) wrong.push(`passages of ${found}`);
        version = found;
      };
      for (let kill = 0; kill < UPDATE_KILLS; kill += 1) {
        const running = update(version + 1, version + 1_000);
        await killAfter(running, random.below(600));
        version = Math.max(
          version,
          ...running.told.map((line) => Number(/^done (\d+)$/.exec(line)?.[1] ?? 0)),
        );
        await check();
      }
      const updates = version;
      await update(version + 1, version + 1).ended;
      await check();
      const bodies = [...versionOf(version).values()].join();
      for (const name of readdirSync(indexDir))
        for (const [mark] of readFileSync(join(indexDir, name), "utf8").matchAll(/نسخة <\d+>/g))
          if (!bodies.includes(mark)) wrong.push(`${mark} in ${name}`);
      tell("kills of an update", { kills: UPDATE_KILLS, updates, wrong: wrong.length });
      expect(wrong).toEqual([]);
    },
    HARNESS_TIMEOUT,
  );
});

describe("a killed bot", () => {
  let telegram: FakeTelegram;
  beforeAll(async () => {
    telegram = await startTelegram();
  });
  afterAll(() => telegram.stop());

  const plain = (message: ChatMessage) => withoutDisplayControls(message.text ?? "");
  const CHATS = FULL ? 60 : 12;

  it(
    "answers every question and tap, none twice, but for those whose fate nobody knows",
    async () => {
      const stateDir = programs.folder();
      const start = () =>
        programs.start("tests/reliability/kills/bot", [telegram.url, telegram.token, stateDir]);
      const asked = new Map<number, Set<string>>();
      const ask = async (chat: number, text: string): Promise<void> => {
        asked.set(chat, (asked.get(chat) ?? new Set()).add(text));
        await telegram.say(chat, text);
      };
      /** A tap on the offer under the last answer that has one not yet taken. */
      const tap = async (chat: number): Promise<void> => {
        for (const message of (await telegram.botMessages(chat)).reverse()) {
          const question = /^جواب: (سؤال .*)$/.exec(plain(message))?.[1];
          const data = message.reply_markup?.inline_keyboard[0]?.[0]?.callback_data;
          if (question === undefined || data === undefined || asked.get(chat)?.has(`فرع ${question}`))
            continue;
          asked.get(chat)?.add(`فرع ${question}`);
          await telegram.control("tap", { chat, message_id: message.message_id, data });
          return;
        }
      };
      let question = 0;
      for (let kill = 0; kill < BOT_KILLS; kill += 1) {
        const bot = start();
        for (let n = 0; n < 6; n += 1) {
          question += 1;
          await ask(1 + random.below(CHATS), `سؤال ${question}${"ـ".repeat(random.below(4))}`);
        }
        await tap(1 + random.below(CHATS));
        await killAfter(bot, random.below(500));
      }
      const last = start();
      const answersOf = async (chat: number) => {
        const texts = (await telegram.botMessages(chat)).map(plain);
        return {
          answers: texts.flatMap((text) => /^جواب: (.*)$/.exec(text)?.[1] ?? []),
          notices: texts.filter((text) => text === DELIVERY_UNCERTAIN).length,
        };
      };
      const settled = async (): Promise<boolean> => {
        for (const [chat, texts] of asked) {
          const { answers, notices } = await answersOf(chat);
          if (new Set(answers).size < texts.size && notices === 0) return false;
        }
        return (await telegram.control<number>("pending")) === 0;
      };
      await expect.poll(settled, { timeout: 100_000, interval: 250 }).toBe(true);
      // What is still under way gets its time: a chat is sent one message a second.
      await new Promise((resolve) => setTimeout(resolve, FULL ? 20_000 : 3_000));
      last.child.kill("SIGTERM");
      expect(await last.ended).toBe(0);
      const counts = {
        kills: BOT_KILLS,
        asked: 0,
        answered: 0,
        "of unknown fate, said": 0,
        lost: 0,
        doubled: 0,
      };
      let missingAnswers = 0;
      for (const [chat, texts] of asked) {
        const { answers, notices } = await answersOf(chat);
        const gone = [...texts].filter((text) => !answers.includes(text));
        const missing = gone.length;
        // Of a tap's answer nothing is kept once it is settled.
        missingAnswers += gone.filter((text) => !text.startsWith("فرع")).length;
        counts.asked += texts.size;
        counts.answered += new Set(answers).size;
        counts.doubled += answers.length - new Set(answers).size;
        if (missing > 0 && notices > 0) counts["of unknown fate, said"] += missing;
        if (missing > 0 && notices === 0) counts.lost += missing;
      }
      tell("kills of the bot", counts);
      expect(counts).toMatchObject({ lost: 0, doubled: 0 });
      // Every answer that is missing was on its way when the bot was killed: the state says so.
      const database = openDatabase({ file: `${stateDir}/state.sqlite` });
      const uncertain = database
        .prepare("SELECT count(*) FROM deliveries WHERE status = 'uncertain'")
        .pluck();
      expect(missingAnswers).toBeLessThanOrEqual(Number(uncertain.get()));
      database.close();
    },
    HARNESS_TIMEOUT,
  );
});
