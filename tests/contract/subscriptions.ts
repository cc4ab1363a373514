import { afterEach, describe, expect, it } from "vitest";
import type { State } from "../../src/state/state.ts";
import {
  MOST_SUBSCRIPTIONS,
  SUBSCRIPTION_LIFE_MS,
  type Subscription,
} from "../../src/state/subscriptions.ts";

const subscription = (fields: Partial<Subscription> = {}): Subscription => ({
  id: "s1",
  chat: "7",
  person: "p7",
  topic: '{"places":["a"]}',
  daily: false,
  madeAt: 1_000,
  ...fields,
});
const call = (payload: string, chat = "7") => ({ chat, question: null, payload });
const NOTHING = { from: null, to: "m1", keys: [], deliveries: [], held: [] };

/** What every state promises of subscriptions. */
export function testSubscriptions(name: string, open: () => State | Promise<State>): void {
  describe(`subscriptions of ${name}`, () => {
    let opened: State | null = null;
    const fresh = async (): Promise<State> => {
      opened = await open();
      return opened;
    };
    afterEach(async () => {
      await opened?.close();
      opened = null;
    });

    it("are kept in order, each topic once for a person, and no more than there is room for", async () => {
      const { subscriptions } = await fresh();
      for (let n = 0; n < MOST_SUBSCRIPTIONS; n += 1) {
        const each = subscription({ id: `s${n}`, topic: `"${n}"`, madeAt: 1_000 - n });
        expect(await subscriptions.add(each)).toBe("added");
      }
      expect(await subscriptions.add(subscription({ id: "x", topic: '"3"' }))).toBe("known");
      expect(await subscriptions.add(subscription({ id: "x", topic: '"new"' }))).toBe("too_many");
      expect(await subscriptions.add(subscription({ id: "x", person: "p8", topic: '"3"' }))).toBe("added");
      const theirs = await subscriptions.of("p7");
      expect(theirs.map(({ id }) => id).slice(0, 2)).toEqual(["s9", "s8"]);
      expect(theirs[0]).toEqual(subscription({ id: "s9", topic: '"9"', madeAt: 991 }));
      expect(await subscriptions.all(1_000)).toHaveLength(MOST_SUBSCRIPTIONS + 1);
    });

    it("are changed and ended by their person only", async () => {
      const { subscriptions } = await fresh();
      await subscriptions.add(subscription());
      expect(await subscriptions.setDaily("s1", "p8", true)).toBe(false);
      expect(await subscriptions.setDaily("s1", "p7", true)).toBe(true);
      expect(await subscriptions.of("p7")).toEqual([subscription({ daily: true })]);
      expect(await subscriptions.end("s1", "p8")).toBe(false);
      expect(await subscriptions.end("s1", "p7")).toBe(true);
      expect(await subscriptions.end("s1", "p7")).toBe(false);
      expect(await subscriptions.of("p7")).toEqual([]);
    });

    it("outlive their time in no list, and no pruning", async () => {
      const state = await fresh();
      await state.subscriptions.add(subscription());
      const end = 1_000 + SUBSCRIPTION_LIFE_MS;
      expect(await state.subscriptions.all(end - 1)).toHaveLength(1);
      expect(await state.subscriptions.all(end)).toEqual([]);
      await state.prune(end - 1);
      expect(await state.subscriptions.of("p7")).toHaveLength(1);
      await state.prune(end);
      expect(await state.subscriptions.of("p7")).toEqual([]);
    });

    it("plan what was found in the step that marks it, and only for whoever looked first", async () => {
      const state = await fresh();
      const { subscriptions } = state;
      await subscriptions.add(subscription());
      expect(await subscriptions.lookedThrough()).toBeNull();
      const findings = { ...NOTHING, keys: ["k1", "k2"], deliveries: [call("new"), call("other", "8")] };
      const planned = await subscriptions.found(findings, 2_000);
      expect(planned?.map(({ payload, status }) => [payload, status])).toEqual([["new", "pending"]]);
      expect(await state.undelivered()).toEqual(planned);
      expect(await subscriptions.lookedThrough()).toBe("m1");
      expect(await subscriptions.known(["k1", "k3"])).toEqual(new Set(["k1"]));

      expect(await subscriptions.found({ ...findings, to: "m2", keys: ["k3"] }, 2_001)).toBeNull();
      expect(await subscriptions.lookedThrough()).toBe("m1");
      expect(await subscriptions.known(["k3"])).toEqual(new Set());
      expect(await subscriptions.found({ ...findings, from: "m1", to: "m2" }, 2_002)).toHaveLength(1);
    });

    it("know many marks at once", async () => {
      const { subscriptions } = await fresh();
      const keys = Array.from({ length: 1_201 }, (_, n) => `k${n}`);
      await subscriptions.found({ ...NOTHING, keys: keys.slice(0, 1_000) }, 1);
      expect((await subscriptions.known(keys)).size).toBe(1_000);
      expect((await subscriptions.known([])).size).toBe(0);
    });

    it("hold what is for a digest until it is told, once", async () => {
      const state = await fresh();
      const { subscriptions } = state;
      await subscriptions.add(subscription({ daily: true }));
      const held = [
        { subscription: "s1", payload: "a" },
        { subscription: "s1", payload: "b" },
        { subscription: "gone", payload: "c" },
      ];
      expect(await subscriptions.found({ ...NOTHING, held }, 2_000)).toEqual([]);
      expect(await subscriptions.held(2_000)).toEqual([]);
      const waiting = await subscriptions.held(2_001);
      expect(waiting.map(({ payload, foundAt }) => [payload, foundAt])).toEqual([
        ["a", 2_000],
        ["b", 2_000],
      ]);
      const ids = waiting.map(({ id }) => id);
      const told = await subscriptions.tell(ids, [call("digest")], 3_000);
      expect(told?.map(({ payload }) => payload)).toEqual(["digest"]);
      expect(await subscriptions.tell(ids, [call("digest")], 3_000)).toBeNull();
      expect(await subscriptions.held(9_000)).toEqual([]);
      expect(await state.undelivered()).toEqual(told);
    });

    it("end with their digest when the person ends them, blocks the bot or is forgotten", async () => {
      const state = await fresh();
      const { subscriptions } = state;
      const all = ["7", "8", "9"].map((chat) => subscription({ id: `s${chat}`, chat, person: `p${chat}` }));
      for (const each of all) await subscriptions.add(each);
      const held = all.map(({ id }) => ({ subscription: id, payload: id }));
      await subscriptions.found({ ...NOTHING, held }, 2_000);
      await subscriptions.end("s7", "p7");
      expect((await subscriptions.held(9_000)).map(({ payload }) => payload)).toEqual(["s8", "s9"]);
      await state.dropChat("8");
      expect((await subscriptions.held(9_000)).map(({ payload }) => payload)).toEqual(["s9"]);
      expect((await state.forget({ chat: "9", person: "p9" })).subscriptions).toBe(1);
      expect(await subscriptions.held(9_000)).toEqual([]);
      expect(await subscriptions.all(2_000)).toEqual([]);
    });
  });
}
