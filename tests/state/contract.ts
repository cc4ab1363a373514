import { afterEach, describe, expect, it } from "vitest";
import { EXPECTATION_LIFE_MS } from "../../src/state/corrections.ts";
import {
  ANSWER_LIFE_MS,
  type DeliveryDraft,
  MEMORY_LIFE_MS,
  SETTLED_LIFE_MS,
  type State,
} from "../../src/state/state.ts";

const HOUR = 3_600_000;
const update = (id: number, chat = "7", receivedAt = 1_000) => ({
  id,
  chat,
  payload: `"question ${id}"`,
  receivedAt,
});
const draft = (payload: string, question: number | null = 3, chat = "7"): DeliveryDraft => ({
  chat,
  question,
  payload,
});

/** What every state promises. */
export function testState(name: string, open: () => State | Promise<State>): void {
  describe(name, () => {
    let opened: State | null = null;
    const fresh = async (): Promise<State> => {
      opened = await open();
      return opened;
    };
    afterEach(async () => {
      await opened?.close();
      opened = null;
    });

    describe("updates", () => {
      it("are accepted once", async () => {
        const state = await fresh();
        expect(await state.accept(update(1))).toBe(true);
        expect(await state.accept(update(1))).toBe(false);
        await state.answered(1, [], 2_000);
        expect(await state.accept(update(1))).toBe(false);
      });

      it("wait in the order received until they are answered", async () => {
        const state = await fresh();
        await state.accept(update(5, "7", 2_000));
        await state.accept(update(4, "8", 3_000));
        await state.accept(update(6, "7", 1_000));
        expect((await state.unanswered()).map(({ id }) => id)).toEqual([6, 5, 4]);
        await state.answered(5, [], 4_000);
        expect((await state.unanswered()).map(({ id, chat }) => [id, chat])).toEqual([
          [6, "7"],
          [4, "8"],
        ]);
      });

      it("plan their deliveries once", async () => {
        const state = await fresh();
        await state.accept(update(1));
        const planned = await state.answered(1, [draft("a"), draft("b")], 2_000);
        expect(planned.map(({ payload, status }) => [payload, status])).toEqual([
          ["a", "pending"],
          ["b", "pending"],
        ]);
        expect(await state.answered(1, [draft("a")], 2_000)).toEqual([]);
        expect(await state.answered(99, [draft("a")], 2_000)).toEqual([]);
        expect(await state.undelivered()).toEqual(planned);
      });
    });

    describe("deliveries", () => {
      it("wait again when they are certain not to have been done", async () => {
        const state = await fresh();
        await state.accept(update(1));
        const [first] = await state.answered(1, [draft("a")], 2_000);
        await state.sending(first?.id ?? 0);
        await state.unsent(first?.id ?? 0);
        expect((await state.undelivered()).map(({ status }) => status)).toEqual(["pending"]);
        await state.settle(first?.id ?? 0, { status: "sent", message: 40 }, 3_000);
        await state.unsent(first?.id ?? 0);
        expect(await state.undelivered()).toEqual([]);
      });

      it("plan what is to be said of their end in the same step", async () => {
        const state = await fresh();
        await state.accept(update(1));
        const [first] = await state.answered(1, [draft("a")], 2_000);
        const end = { status: "uncertain", message: null } as const;
        const notice = await state.settle(first?.id ?? 0, end, 3_000, draft("notice"));
        expect(notice).toMatchObject({ payload: "notice", status: "pending" });
        expect(await state.undelivered()).toEqual([notice]);
        expect(await state.settle(notice?.id ?? 0, end, 4_000)).toBeNull();
      });

      it("stay until they are settled, and tell when they were under way", async () => {
        const state = await fresh();
        await state.accept(update(1));
        const [first, second] = await state.answered(1, [draft("a"), draft("b")], 2_000);
        await state.sending(first?.id ?? 0);
        expect((await state.undelivered()).map(({ status }) => status)).toEqual(["sending", "pending"]);
        await state.settle(first?.id ?? 0, { status: "sent", message: 40 }, 3_000);
        expect((await state.undelivered()).map(({ id }) => id)).toEqual([second?.id]);
      });

      it("are found by the question they answer", async () => {
        const state = await fresh();
        await state.accept(update(1));
        const planned = await state.answered(
          1,
          [draft("a"), draft("b"), draft("c", 9), draft("d", null)],
          2_000,
        );
        for (const [index, { id }] of planned.entries()) {
          await state.settle(id, { status: "sent", message: 40 + index }, 3_000);
        }
        expect(await state.repliesTo("7", 3)).toEqual([40, 41]);
        expect(await state.repliesTo("8", 3)).toEqual([]);
      });

      it("of a chat that is gone are dropped, with its questions", async () => {
        const state = await fresh();
        await state.accept(update(1));
        await state.accept(update(2));
        await state.accept(update(3, "8"));
        await state.answered(1, [draft("a")], 2_000);
        await state.dropChat("7");
        expect(await state.undelivered()).toEqual([]);
        expect((await state.unanswered()).map(({ id }) => id)).toEqual([3]);
      });
    });

    it("remembers a conversation for a day", async () => {
      const state = await fresh();
      await state.remember("7", "old", 0);
      await state.remember("7", "new", HOUR);
      expect(await state.recall("7", HOUR + MEMORY_LIFE_MS - 1)).toBe("new");
      expect(await state.recall("7", HOUR + MEMORY_LIFE_MS)).toBeNull();
      expect(await state.recall("8", HOUR)).toBeNull();
    });

    it("keeps answers sent, offers, files and verdicts", async () => {
      const state = await fresh();
      const answer = { id: "a1", conversation: "7", citations: "[]", sentAt: 5 };
      await state.recordAnswer(answer);
      expect(await state.answer("a1")).toEqual(answer);
      expect(await state.answer("a2")).toBeNull();
      expect(await state.lastAnswer("8")).toBeNull();
      const later = { ...answer, id: "a3", sentAt: 6 };
      await state.recordAnswer(later);
      expect(await state.lastAnswer("7")).toEqual(later);

      await state.saveOffer({ id: "o1", chat: "7", conversation: "7", question: "ماذا حدث؟", now: 5 });
      expect(await state.offer("o1", "7")).toBe("ماذا حدث؟");
      expect(await state.offer("o1", "8")).toBeNull();
      await state.dropOffer("o1", "8");
      expect(await state.offer("o1", "7")).toBe("ماذا حدث؟");
      await state.dropOffer("o1", "7");
      expect(await state.offer("o1", "7")).toBeNull();

      await state.saveFileId("00ff", "file-1");
      expect(await state.fileId("00ff")).toBe("file-1");
      expect(await state.fileId("11ff")).toBeNull();

      await state.saveFeedback({ answer: "a1", person: "p", verdict: "bad", givenAt: 6 });
      await state.saveFeedback({ answer: "a1", person: "p", verdict: "good", givenAt: 7 });
      expect(await state.feedback()).toEqual([{ answer: "a1", person: "p", verdict: "good", givenAt: 7 }]);

      await state.saveInvitation("f", 100);
      expect(await state.useInvitation("f", 101)).toBe(false);
      expect(await state.useInvitation("f", 100)).toBe(true);
      expect(await state.useInvitation("f", 100)).toBe(false);

      expect(await state.isAdmitted("p")).toBe(false);
      await state.admit("p", 8);
      expect(await state.isAdmitted("p")).toBe(true);
    });

    describe("corrections", () => {
      const correction = { id: "c1", person: "p", text: "الرقم غير صحيح", reports: ["r1"], sentAt: 5 };

      it("are expected for half an hour after somebody asked, until one comes or is called off", async () => {
        const { corrections } = await fresh();
        expect(await corrections.isExpected("7", 5)).toBe(false);
        await corrections.expect("7", 5);
        expect(await corrections.isExpected("7", 5 + EXPECTATION_LIFE_MS - 1)).toBe(true);
        expect(await corrections.isExpected("7", 5 + EXPECTATION_LIFE_MS)).toBe(false);
        expect(await corrections.isExpected("8", 5)).toBe(false);
        expect(await corrections.cancel("7")).toBe(true);
        expect(await corrections.cancel("7")).toBe(false);
        await corrections.expect("7", 5);
        await corrections.save(correction, "7");
        expect(await corrections.isExpected("7", 6)).toBe(false);
      });

      it("are kept once, in the order sent", async () => {
        const { corrections } = await fresh();
        const later = { ...correction, id: "c0", sentAt: 9 };
        await corrections.save(later, "7");
        await corrections.save(correction, "7");
        await corrections.save({ ...correction, text: "مرة أخرى" }, "7");
        expect(await corrections.list()).toEqual([correction, later]);
        expect(await corrections.has("c1")).toBe(true);
        expect(await corrections.has("c2")).toBe(false);
        expect(await corrections.countSince("p", 6)).toBe(1);
        expect(await corrections.countSince("q", 0)).toBe(0);
      });

      it("are kept for good, while an expectation is not", async () => {
        const state = await fresh();
        await state.corrections.save(correction, "7");
        await state.corrections.expect("7", 5);
        await state.prune(400 * 24 * HOUR);
        expect(await state.corrections.list()).toHaveLength(1);
        expect(await state.corrections.cancel("7")).toBe(false);
      });
    });

    it("forgets one person and nobody else", async () => {
      const state = await fresh();
      for (const [chat, conversation, person] of [
        ["7", "7", "p7"],
        ["-100", "-100:p7", "p7"],
        ["8", "8", "p8"],
        ["-100", "-100:p8", "p8"],
      ] as const) {
        await state.remember(conversation, "value", 1);
        await state.recordAnswer({ id: conversation, conversation, citations: "[]", sentAt: 1 });
        await state.saveFeedback({ answer: conversation, person, verdict: "good", givenAt: 1 });
        await state.saveOffer({ id: `o${person}`, chat, conversation, question: "سؤال", now: 1 });
        await state.admit(person, 1);
        await state.corrections.save(
          { id: conversation, person, text: "تصحيح", reports: ["r1"], sentAt: 1 },
          conversation,
        );
        await state.corrections.expect(conversation, 1);
      }
      await state.accept(update(1));
      const [sent] = await state.answered(1, [draft("a")], 1);
      await state.settle(sent?.id ?? 0, { status: "sent", message: 40 }, 1);

      expect(await state.forget({ chat: "7", person: "p7" })).toEqual({
        conversations: 2,
        answers: 2,
        offers: 2,
        verdicts: 2,
        corrections: 2,
        subscriptions: 0,
        admission: true,
      });
      expect(await state.forget({ chat: "7", person: "p7" })).toEqual({
        conversations: 0,
        answers: 0,
        offers: 0,
        verdicts: 0,
        corrections: 0,
        subscriptions: 0,
        admission: false,
      });

      expect(await state.corrections.isExpected("-100:p7", 2)).toBe(false);
      expect(await state.corrections.isExpected("-100:p8", 2)).toBe(true);
      expect((await state.corrections.list()).map(({ person }) => person)).toEqual(["p8", "p8"]);
      expect(await state.recall("7", 2)).toBeNull();
      expect(await state.recall("-100:p7", 2)).toBeNull();
      expect(await state.answer("-100:p7")).toBeNull();
      expect(await state.offer("op7", "7")).toBeNull();
      expect(await state.offer("op7", "-100")).toBeNull();
      expect(await state.offer("op8", "-100")).toBe("سؤال");
      expect(await state.isAdmitted("p7")).toBe(false);
      expect(await state.repliesTo("7", 3)).toEqual([]);
      expect(await state.recall("-100:p8", 2)).toBe("value");
      expect(await state.answer("8")).not.toBeNull();
      expect(await state.offer("op8", "8")).toBe("سؤال");
      expect(await state.isAdmitted("p8")).toBe(true);
      expect((await state.feedback()).map(({ person }) => person)).toEqual(["p8", "p8"]);
    });

    it("keeps offers and citations for a month, and citations under review for good", async () => {
      const state = await fresh();
      await state.saveOffer({ id: "o", chat: "7", conversation: "7", question: "سؤال", now: 0 });
      for (const id of ["plain", "reviewed"]) {
        await state.recordAnswer({ id, conversation: "7", citations: "[]", sentAt: 0 });
      }
      await state.saveFeedback({ answer: "reviewed", person: "p", verdict: "bad", givenAt: 1 });
      await state.prune(ANSWER_LIFE_MS);
      expect(await state.offer("o", "7")).toBe("سؤال");
      await state.prune(ANSWER_LIFE_MS + 1);
      expect(await state.offer("o", "7")).toBeNull();
      expect(await state.answer("plain")).toBeNull();
      expect(await state.answer("reviewed")).not.toBeNull();
    });

    it("prunes what has outlived its purpose, never what waits", async () => {
      const state = await fresh();
      await state.accept(update(1, "7", 0));
      await state.accept(update(2, "7", 0));
      const [, waiting] = await state.answered(1, [draft("a"), draft("b")], 0);
      await state.settle((waiting?.id ?? 0) - 1, { status: "sent", message: 40 }, 0);
      await state.prune(SETTLED_LIFE_MS + 1);
      expect((await state.unanswered()).map(({ id }) => id)).toEqual([2]);
      expect((await state.undelivered()).map(({ id }) => id)).toEqual([waiting?.id]);
      expect(await state.repliesTo("7", 3)).toEqual([]);
      expect(await state.accept(update(1))).toBe(true);
    });
  });
}
