/** Several workers of one bot, in this process, on a real PostgreSQL and the fake Bot API. */
import { createHash } from "node:crypto";
import { request } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FAILED } from "../../src/phrases/telegram.ts";
import { openPostgres } from "../../src/postgres/database.ts";
import type { Postgres } from "../../src/postgres/postgres.ts";
import { joinWorkers } from "../../src/state/postgres/membership.ts";
import { readQueue } from "../../src/state/postgres/overview.ts";
import { openDeadLetters } from "../../src/state/postgres/queue.ts";
import { sealed } from "../../src/state/seal.ts";
import type { Membership } from "../../src/state/shared.ts";
import type { TelegramOptions } from "../../src/telegram/bot.ts";
import { freshSchema, serverUrl, type TestSchema, withPostgres } from "../postgres/server.ts";
import { plain, type RunningBot, startBot } from "./harness.ts";
import { type FakeTelegram, startTelegram } from "./server.ts";

const answers = (text: string) => ({
  kind: "help" as const,
  lines: [`جواب: ${text}`],
  offers: [],
  scope: { dates: [], places: [] },
});

describe.skipIf(serverUrl === null)(withPostgres("workers of one bot"), () => {
  let telegram: FakeTelegram;
  let schema: TestSchema;
  let database: Postgres;
  let ends: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    schema = await freshSchema();
  });
  afterAll(() => schema?.drop());
  beforeEach(async () => {
    telegram = await startTelegram();
    await telegram.control("webhook", { retry: 50 });
    database = await openPostgres({ url: schema.url, connections: 2 });
    // Each test has a Bot API of its own, whose numbers begin anew.
    await database.rows("TRUNCATE bot_updates, bot_turns, bot_deliveries, bot_dead_letters, bot_pace");
  });
  afterEach(async () => {
    for (const end of ends) await end();
    ends = [];
    await database.close();
    await telegram.stop();
  });

  async function start(options: Partial<TelegramOptions> = {}): Promise<RunningBot & { member: Membership }> {
    const own = await openPostgres({ url: schema.url, connections: 12 });
    const member = await joinWorkers({ database: own, name: "test", onWarning: () => undefined, every: 50 });
    const answer: TelegramOptions["answer"] = async ({ text }) => answers(text);
    const bot = startBot(telegram, { answer, state: member.state, member, ...options });
    ends.push(async () => {
      await bot.stop();
      await member.leave();
      await own.close();
    });
    return { ...bot, member };
  }

  /** What has been put off is not waited for. */
  const hurry = () => database.rows("UPDATE bot_turns SET ready_at = '-infinity' WHERE owner IS NULL");

  /** The number of an advisory lock of this schema, as PostgreSQL shows it. */
  function lockKey(name: string): string {
    return createHash("sha256")
      .update(`isnad ${database.schema} ${name}`)
      .digest()
      .readBigInt64BE()
      .toString();
  }

  async function told(chat: number): Promise<string[]> {
    return (await telegram.botMessages(chat)).map(plain);
  }

  it("try a question that fails again, and keep it for the operator when it fails for good", async () => {
    let sound = false;
    let tries = 0;
    const answer: TelegramOptions["answer"] = async ({ text }) => {
      tries += 1;
      if (!sound) throw new TypeError("never told");
      return answers(text);
    };
    await start({ answer });
    await telegram.say(1, "سؤال");
    await expect
      .poll(async () => {
        await hurry();
        return told(1);
      })
      .toEqual([FAILED]);
    expect(tries).toBe(3);
    const letters = openDeadLetters(database, () => undefined);
    const [letter] = await letters.list();
    expect(letter).toMatchObject({ attempts: 3 });
    expect(letter?.reason).toMatch(/^TypeError/);
    expect(letter?.reason).not.toContain("never told");
    sound = true;
    expect(await letters.requeue(letter?.updateId ?? 0)).toBe(true);
    await expect.poll(() => told(1)).toEqual([FAILED, "جواب: سؤال"]);
    expect(await letters.list()).toEqual([]);
  });

  it("do not give a question to one worker after the other when each ended with it", async () => {
    await start();
    const payload = JSON.stringify({
      kind: "text",
      origin: { chat: "1", group: false, thread: null, user: "1", message: 1 },
      text: "سؤال",
      edited: false,
    });
    await database.rows(
      `WITH stored AS (INSERT INTO bot_updates (id, chat, payload, received_at) VALUES (1, '1', $1, 1))
       INSERT INTO bot_turns (update_id, lane, crowded, attempts) VALUES (1, '1', false, 5)`,
      [sealed(["update", 1, "1"], payload)],
    );
    await expect.poll(() => told(1)).toEqual([FAILED]);
    expect(await openDeadLetters(database, () => undefined).list()).toMatchObject([
      { updateId: 1, reason: expect.stringContaining("its worker ended") },
    ]);
  });

  it("go on when the server has closed all their connections", async () => {
    const both = [await start(), await start()];
    await expect
      .poll(async () => (await readQueue(database, 0)).workers.filter(({ leads }) => leads))
      .toHaveLength(1);
    await telegram.say(1, "سؤال 1");
    await telegram.sent(1, 1);
    // Those that listen and show life; whoever else uses this server keeps theirs.
    const [locks] = await database.rows<{ pids: number[] }>(
      "SELECT array_agg(pid) AS pids FROM pg_locks WHERE locktype = 'advisory' AND ((classid::bigint << 32) | objid::bigint)::text = ANY($1)",
      [both.map(({ member }) => lockKey(`worker ${member.worker}`))],
    );
    expect(locks?.pids).toHaveLength(2);
    await database.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE pid = ANY($1) OR query = 'LISTEN ' || current_schema() || '_turns'`,
      [locks?.pids],
    );
    for (let n = 2; n <= 6; n += 1) await telegram.say(n, `سؤال ${n}`);
    for (let n = 2; n <= 6; n += 1)
      expect((await telegram.sent(n, 1)).map(plain)).toEqual([`جواب: سؤال ${n}`]);
    expect(both.flatMap(({ log }) => log).filter((line) => line.startsWith("stalled"))).toEqual([]);
    await expect
      .poll(async () => (await readQueue(database, 0)).workers.filter(({ leads }) => leads))
      .toHaveLength(1);
  });

  it("each take deliveries with the right secret only, of a decent size, in any pieces, and answer them once", async () => {
    const webhook = { url: "https://bot.example/hook", host: "127.0.0.1", port: 0, path: null, secret: null };
    const bots = [await start({ webhook }), await start({ webhook })];
    const ports: number[] = [];
    for (const { log } of bots) {
      await expect.poll(() => log.find((line) => line.startsWith("listening "))).toBeDefined();
      const line = log.find((each) => each.startsWith("listening ")) ?? "";
      ports.push(JSON.parse(line.slice("listening ".length)).port);
    }
    // By the one that leads.
    await expect.poll(() => telegram.calls("setWebhook")).toHaveLength(1);
    await telegram.control("webhook", { from: "https://bot.example", to: `http://127.0.0.1:${ports[0]}` });
    const [set] = await telegram.calls("setWebhook");
    const secret = String(set?.values.secret_token);
    const message = (id: number) => ({
      message_id: id,
      date: 1,
      chat: { id: 5, type: "private", first_name: "قارئ" },
      from: { id: 5, is_bot: false, first_name: "قارئ" },
      text: "ماذا حدث؟",
    });
    // The bot may write only to somebody who wrote to it.
    await telegram.say(5, "/start");
    await telegram.sent(5, 1);
    const body = Buffer.from(JSON.stringify({ update_id: 900, message: message(1) }));
    for (const port of ports) {
      expect(await deliver(port, "another secret", [body])).toBe(403);
      expect(await deliver(port, secret, [], { size: 2 << 20 })).toBe(413);
      // One that does not say how large it is, is cut off on the way: no more than a part of it is taken.
      let taken = 0;
      const endless = Array.from({ length: 100 }, () => Buffer.alloc(1 << 18, " "));
      const status = await deliver(port, secret, endless, { onTaken: () => (taken += 1) });
      expect([413, CUT_OFF]).toContain(status);
      expect(taken).toBeLessThan(endless.length / 2);
      expect(await deliver(port, secret, [Buffer.from("null")])).toBe(400);
    }
    // Cut within a letter; the same update comes to both.
    const half = body.indexOf("ماذا") + 1;
    const pieces = [body.subarray(0, half), body.subarray(half)];
    expect(await Promise.all(ports.map((port) => deliver(port, secret, pieces)))).toEqual([200, 200]);
    await telegram.sent(5, 2);
    await expect.poll(async () => (await database.rows("SELECT FROM bot_turns")).length).toBe(0);
    expect((await told(5)).slice(1)).toEqual(["جواب: ماذا حدث؟"]);
  });
});

/** The connection ended while the body was sent, before the answer could be read. */
const CUT_OFF = 0;

/** Posts a delivery in pieces, a moment apart, or only its head with the `size` that it says it has; its status. */
function deliver(
  port: number,
  secret: string,
  pieces: readonly Buffer[],
  { size, onTaken }: { size?: number; onTaken?: () => void } = {},
): Promise<number> {
  return new Promise((resolve) => {
    const headers = {
      "content-type": "application/json",
      "x-telegram-bot-api-secret-token": secret,
      ...(size === undefined ? {} : { "content-length": size }),
    };
    const sent = request({ host: "127.0.0.1", port, path: "/hook", method: "POST", headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
      if (size !== undefined) sent.destroy();
    });
    sent.on("error", () => resolve(CUT_OFF));
    const next = ([piece, ...rest]: readonly Buffer[]): void => {
      if (piece === undefined) sent.end();
      else
        sent.write(piece, (error) => {
          if (error) return;
          onTaken?.();
          setTimeout(next, 20, rest);
        });
    };
    if (size === undefined) next(pieces);
    else sent.flushHeaders();
  });
}
