/** The state and the queue in PostgreSQL, on a real server. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPostgres } from "../../src/postgres/database.ts";
import type { Postgres } from "../../src/postgres/postgres.ts";
import { joinWorkers } from "../../src/state/postgres/membership.ts";
import { readQueue } from "../../src/state/postgres/overview.ts";
import { openDeadLetters } from "../../src/state/postgres/queue.ts";
import { openPostgresState } from "../../src/state/postgres/state.ts";
import { PostgresTokens } from "../../src/state/postgres/tokens.ts";
import type { Membership, RateLimits } from "../../src/state/shared.ts";
import { testDrafts } from "../contract/drafts.ts";
import { testSubscriptions } from "../contract/subscriptions.ts";
import { freshSchema, serverUrl, type TestSchema, withPostgres } from "../postgres/server.ts";
import { testState } from "./contract.ts";

/** The name of the worker that leads, as an operator sees it. */
async function leaderOf(database: Postgres): Promise<string | undefined> {
  return (await readQueue(database, 0)).workers.find(({ leads }) => leads)?.name;
}

describe.skipIf(serverUrl === null)(withPostgres("on PostgreSQL"), () => {
  let schema: TestSchema;
  let database: Postgres;
  const warnings: string[] = [];
  const onWarning = (line: string): void => void warnings.push(line);
  beforeAll(async () => {
    schema = await freshSchema();
    database = await openPostgres({ url: schema.url, connections: 20 });
  });
  afterAll(async () => {
    await database?.close();
    await schema?.drop();
  });
  const empty = async (): Promise<void> => {
    const tables = await database.rows<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 AND tablename LIKE 'bot\\_%'",
      [database.schema],
    );
    await database.rows(`TRUNCATE ${tables.map(({ name }) => name).join(", ")}`);
    warnings.length = 0;
  };

  for (const test of [testState, testSubscriptions, testDrafts]) {
    test("the state in PostgreSQL", async () => {
      await empty();
      return openPostgresState({ database, onWarning });
    });
  }

  it("leaves out a text that is not what was written, and says so", async () => {
    await empty();
    const state = openPostgresState({ database, onWarning });
    await state.accept({ id: 1, chat: "7", payload: '"question"', receivedAt: 1 });
    await state.accept({ id: 2, chat: "7", payload: '"another"', receivedAt: 2 });
    await database.rows("UPDATE bot_updates SET chat = '8' WHERE id = 1");
    expect((await state.unanswered()).map(({ id }) => id)).toEqual([2]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).not.toContain("question");
  });

  it("counts the tokens of a day for all processes, of all and of each who asks", async () => {
    await database.rows("TRUNCATE model_tokens");
    const [one, two] = [new PostgresTokens(database), new PostgresTokens(database)];
    const limits = { perDay: 1_000, perChat: 300 };
    // Side by side: no more than fits is given, whoever asks.
    const asked = Array.from({ length: 8 }, (_, n) => (n % 2 ? one : two).take("7", 100, limits));
    const given = await Promise.all(asked);
    expect(given.filter((each) => "day" in each)).toHaveLength(3);
    expect(given.filter((each) => "refused" in each)).toEqual(Array(5).fill({ refused: "chat" }));
    const day = given.flatMap((each) => ("day" in each ? each.day : []))[0] ?? "";
    expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
    await one.correct("7", -100, day);
    expect(await two.take("7", 100, limits)).toEqual({ day });
    expect(await one.take(null, 600, limits)).toEqual({ day });
    expect(await two.take("8", 200, limits)).toEqual({ refused: "all" });
    await two.correct(null, 50, day);
    expect(await one.take("8", 51, limits)).toEqual({ refused: "all" });
    // Another day begins anew, and what is two days old goes.
    await database.rows("UPDATE model_tokens SET day = day - 2");
    expect(await one.take("8", 300, limits)).toEqual({ day });
    await one.correct("8", -1, day);
    const left = await database.rows("SELECT payer, tokens FROM model_tokens ORDER BY payer");
    expect(left).toEqual([
      { payer: "", tokens: 299 },
      { payer: expect.stringMatching(/^[0-9a-f]{24}$/), tokens: 299 },
    ]);
  });

  describe("the queue", () => {
    const members: Membership[] = [];
    const join = async (): Promise<Membership> => {
      const member = await joinWorkers({ database, name: "test", onWarning, every: 50 });
      members.push(member);
      return member;
    };
    beforeEach(async () => {
      await empty();
      members.length = 0;
      return async () => {
        for (const member of members) await member.leave();
      };
    });
    const arrive = (
      member: Membership,
      id: number,
      lane: string,
      { crowd = 10, same = null as string | null } = {},
    ) => member.queue.accept({ id, chat: lane, lane, same, payload: `"${id}"`, receivedAt: id }, { crowd });
    const draft = { chat: "7", question: 3, payload: "answer" };

    it("takes an update once, whoever brings it", async () => {
      const [one, two] = [await join(), await join()];
      const arrivals = await Promise.all([one, two, one].map((member) => arrive(member, 1, "7")));
      expect(arrivals.toSorted()).toEqual(["known", "known", "queued"]);
      const taken = await Promise.all([one.queue.take(5), two.queue.take(5)]);
      expect(taken.flat().map(({ updateId, payload }) => [updateId, payload])).toEqual([[1, '"1"']]);
    });

    it("gives one turn of a lane at a time, in order, and the lanes beside each other", async () => {
      const [one, two] = [await join(), await join()];
      for (const [id, lane] of [
        [1, "7"],
        [2, "7"],
        [3, "8"],
        [4, "7"],
      ] as const)
        await arrive(one, id, lane);
      const [first] = await one.queue.take(1);
      expect(first?.updateId).toBe(1);
      const others = await two.queue.take(9);
      expect(others.map(({ updateId }) => updateId)).toEqual([3]);
      await one.state.answered(1, [draft], 5);
      // Answered, but what was planned is not delivered.
      const [waiting] = await one.queue.close(first?.turn ?? 0);
      expect(waiting).toMatchObject({ ...draft, status: "pending" });
      expect(await two.queue.take(9)).toEqual([]);
      await one.state.sending(waiting?.id ?? 0);
      await one.state.settle(waiting?.id ?? 0, { status: "sent", message: 40 }, 6);
      expect(await one.queue.close(first?.turn ?? 0)).toEqual([]);
      expect((await two.queue.take(9)).map(({ updateId }) => updateId)).toEqual([2]);
    });

    it("says when too many wait before an update, and lets it pass them", async () => {
      const one = await join();
      for (const id of [1, 2, 3]) await arrive(one, id, "7", { crowd: 2 });
      const taken = await one.queue.take(9);
      expect(taken.map(({ updateId, crowded }) => [updateId, crowded])).toEqual([
        [1, false],
        [3, true],
      ]);
    });

    it("takes a tap again only when the first is done with", async () => {
      const one = await join();
      expect(await arrive(one, 1, "7", { same: "tap" })).toBe("queued");
      expect(await arrive(one, 2, "7", { same: "tap" })).toBe("repeated");
      expect(await arrive(one, 2, "7", { same: "tap" })).toBe("known");
      expect(await one.state.unanswered()).toHaveLength(1);
      const [turn] = await one.queue.take(9);
      await one.state.answered(1, [], 5);
      await one.queue.close(turn?.turn ?? 0);
      expect(await arrive(one, 3, "7", { same: "tap" })).toBe("queued");
    });

    it("gives the turns of a worker that died to another, which tells a begun delivery from a planned one", async () => {
      const [one, two] = [await join(), await join()];
      await arrive(one, 1, "7");
      const [turn] = await one.queue.take(1);
      const [sent, planned] = await one.state.answered(1, [draft, draft], 5);
      await one.state.sending(sent?.id ?? 0);
      // As when the process ends: its sign of life and its lock are gone.
      await database.rows("DELETE FROM bot_workers WHERE id = $1", [one.worker]);
      await expect.poll(() => two.queue.take(1)).toMatchObject([{ updateId: 1, payload: null, attempts: 2 }]);
      const left = await two.queue.close(turn?.turn ?? 0);
      expect(left.map(({ id, status }) => [id, status])).toEqual([
        [sent?.id, "sending"],
        [planned?.id, "pending"],
      ]);
      // The former owner, if it lives after all, can neither answer nor send.
      await expect(one.state.sending(planned?.id ?? 0)).rejects.toThrow(/another worker/);
      await one.state.settle(sent?.id ?? 0, { status: "sent", message: 40 }, 6);
      expect(await one.queue.close(turn?.turn ?? 0)).toEqual([]);
      expect(await two.queue.close(turn?.turn ?? 0)).toHaveLength(2);
      await expect(one.expelled).resolves.toMatch(/took this one for dead/);
    });

    it("keeps what could not be answered until it is put back", async () => {
      const one = await join();
      await arrive(one, 1, "7");
      await arrive(one, 2, "7");
      const [turn] = await one.queue.take(1);
      await one.queue.giveBack(turn?.turn ?? 0, 60_000);
      expect(await one.queue.take(9), "its lane waits too").toEqual([]);
      await database.rows("UPDATE bot_turns SET ready_at = '-infinity'");
      const [again] = await one.queue.take(1);
      expect(again).toMatchObject({ updateId: 1, attempts: 2, payload: '"1"' });
      if (!again) return;
      const told = await one.queue.giveUp(again, { reason: "TypeError", now: 9 }, [draft]);
      expect(told).toMatchObject([draft]);
      const letters = openDeadLetters(database, onWarning);
      expect(await letters.list()).toEqual([
        { updateId: 1, receivedAt: 1, failedAt: 9, attempts: 2, reason: "TypeError" },
      ]);
      await one.state.settle(told[0]?.id ?? 0, { status: "sent", message: 4 }, 9);
      await one.queue.close(again.turn);
      expect(await letters.requeue(1)).toBe(true);
      expect(await letters.requeue(1)).toBe(false);
      const [second] = await one.queue.take(1);
      await one.queue.close(second?.turn ?? 0);
      expect(second?.updateId).toBe(2);
      await one.state.answered(2, [], 9);
      await one.queue.close(second?.turn ?? 0);
      expect(await one.queue.take(9)).toMatchObject([{ updateId: 1, attempts: 1, payload: '"1"' }]);
    });

    it("holds what was planned outside of an answer, in the lane of its chat", async () => {
      const [one, two] = [await join(), await join()];
      await arrive(one, 1, "7");
      const { subscriptions } = one.state;
      for (const chat of ["7", "8"])
        await subscriptions.add({ id: chat, chat, person: chat, topic: "{}", daily: false, madeAt: 1 });
      const news = [
        { ...draft, question: null, chat: "8" },
        { ...draft, question: null },
      ];
      const findings = { from: null, to: "a", keys: [], deliveries: news, held: [] };
      const found = await Promise.all([one, two].map(({ state }) => state.subscriptions.found(findings, 5)));
      expect(
        found.filter((each) => each !== null),
        "one of two looks",
      ).toHaveLength(1);
      const taken = await two.queue.take(9);
      expect(taken.map(({ updateId, payload }) => [updateId, payload])).toEqual([
        [1, '"1"'],
        [0, null],
      ]);
      expect(await two.queue.close(taken[1]?.turn ?? 0)).toMatchObject([{ chat: "8", status: "pending" }]);
    });

    it("lets one worker lead, and another when it goes", async () => {
      const [one, two] = [await join(), await join()];
      const leaders: number[] = [];
      for (const member of [one, two])
        member.lead(async (signal) => {
          leaders.push(member.worker);
          await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
        });
      await expect.poll(() => leaders).toHaveLength(1);
      await (leaders[0] === one.worker ? one : two).leave();
      await expect.poll(() => leaders).toHaveLength(2);
      expect(new Set(leaders).size).toBe(2);
    });

    it("lets another lead when the leader cannot show that it lives, which stops by itself before that", async () => {
      const gate = { open: true, opened: (): void => undefined };
      // As when the way to the server is cut without a word: nothing comes back, and its lock stays.
      const cut = new Proxy(database, {
        get: (target, name) => {
          const value: unknown = Reflect.get(target, name);
          if (name !== "rows") return typeof value === "function" ? value.bind(target) : value;
          return async (sql: string, values?: readonly unknown[]) => {
            if (!gate.open)
              await new Promise<void>((resolve) => {
                gate.opened = resolve;
              });
            return target.rows(sql, values);
          };
        },
      });
      const events: string[] = [];
      const lead = async (name: string, own: Postgres): Promise<void> => {
        const member = await joinWorkers({ database: own, name, onWarning, every: 50, lease: 500 });
        members.push(member);
        member.lead(async (signal) => {
          events.push(`${name} leads`);
          await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
          events.push(`${name} stops`);
        });
      };
      await lead("one", cut);
      await expect.poll(() => events).toEqual(["one leads"]);
      await lead("two", database);
      gate.open = false;
      await expect.poll(() => events, { timeout: 5_000 }).toEqual(["one leads", "one stops", "two leads"]);
      gate.open = true;
      gate.opened();
      await expect.poll(() => leaderOf(database)).toBe("two");
    });

    it("remembers a moment for all workers", async () => {
      const [one, two] = [await join(), await join()];
      expect(await one.queue.first("album 5", 60_000, 1)).toBe(true);
      expect(await two.queue.first("album 5", 60_000, 2)).toBe(false);
      expect(await two.queue.first("album 5", 60_000, 1), "brought again after a kill").toBe(true);
      await two.queue.unseen("album 5");
      expect(await two.queue.first("album 5", 60_000, 2)).toBe(true);
      await database.rows("UPDATE bot_moments SET until = '-infinity'");
      expect(await one.queue.first("album 5", 60_000, 3)).toBe(true);
    });

    describe("the pace", () => {
      const limits: RateLimits = { all: { every: 100, burst: 3 }, chat: [{ count: 2, milliseconds: 5_000 }] };

      it("is one for all workers: a few at once, the next in their order, then to ask again", async () => {
        const [one, two] = [await join(), await join()];
        const places: { wait: number; taken: boolean }[] = [];
        for (let n = 0; n < 20; n += 1) places.push(await (n % 2 ? one : two).pace.take(`${n}`, limits));
        expect(places.slice(0, 3)).toEqual(Array(3).fill({ wait: 0, taken: true }));
        const later = places.slice(3).filter(({ taken }) => taken);
        expect(later.length).toBeGreaterThan(5);
        expect(places.at(-1)?.taken).toBe(false);
        expect(places.at(-1)?.wait).toBeGreaterThan(900);
        for (const [index, { wait }] of later.entries())
          expect(wait - (later[index - 1]?.wait ?? 0)).toBeGreaterThan(0);
      });

      it("limits each chat, and holds what Telegram told to wait", async () => {
        const [one, two] = [await join(), await join()];
        expect((await one.pace.take("7", limits)).taken).toBe(true);
        expect((await two.pace.take("7", limits)).taken).toBe(true);
        const third = await one.pace.take("7", limits);
        expect(third.taken).toBe(false);
        expect(third.wait).toBeGreaterThan(3_000);
        await one.pace.hold("8", 30_000);
        expect((await two.pace.take("8", limits)).wait).toBeGreaterThan(20_000);
        expect((await two.pace.take("9", limits)).taken).toBe(true);
        for (const chat of ["10", "11"]) await one.pace.hold(chat, 20_000);
        expect((await two.pace.take("12", limits)).taken).toBe(false);
      });
    });
  });
});
