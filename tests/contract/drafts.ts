import { afterEach, describe, expect, it } from "vitest";
import { DRAFT_LIFE_MS, type Draft } from "../../src/state/drafts.ts";
import type { State } from "../../src/state/state.ts";

const draft = (fields: Partial<Draft> = {}): Draft => ({
  id: "d1",
  chat: "7",
  value: '{"title":"عنوان"}',
  step: 1,
  changedAt: 1_000,
  ...fields,
});

/** What every state promises of drafts. */
export function testDrafts(name: string, open: () => State | Promise<State>): void {
  describe(`drafts of ${name}`, () => {
    let opened: State | null = null;
    const fresh = async (): Promise<State> => {
      opened = await open();
      return opened;
    };
    afterEach(async () => {
      await opened?.close();
      opened = null;
    });

    it("go on step by step, and of two who take a step at once one does", async () => {
      const { drafts } = await fresh();
      expect(await drafts.save(draft())).toBe(true);
      expect(await drafts.save(draft({ value: "again" }))).toBe(false);
      expect(await drafts.save(draft({ step: 3 }))).toBe(false);
      expect(await drafts.save(draft({ step: 2, value: "second" }))).toBe(true);
      expect(await drafts.save(draft({ step: 2, value: "late" }))).toBe(false);
      expect(await drafts.get("d1", 1_000)).toEqual(draft({ step: 2, value: "second" }));
      expect(await drafts.get("d2", 1_000)).toBeNull();
    });

    it("are listed, the one changed last first, and end after a day", async () => {
      const state = await fresh();
      await state.drafts.save(draft());
      await state.drafts.save(draft({ id: "d2", changedAt: 2_000 }));
      expect((await state.drafts.list(2_000)).map(({ id }) => id)).toEqual(["d2", "d1"]);
      const end = 1_000 + DRAFT_LIFE_MS;
      expect(await state.drafts.get("d1", end - 1)).not.toBeNull();
      expect(await state.drafts.get("d1", end)).toBeNull();
      expect((await state.drafts.list(end)).map(({ id }) => id)).toEqual(["d2"]);
      await state.prune(end);
      expect(await state.drafts.get("d1", 1_000)).toBeNull();
      await state.drafts.remove("d2");
      expect(await state.drafts.list(2_000)).toEqual([]);
    });

    it("of a person who is forgotten are deleted", async () => {
      const state = await fresh();
      await state.drafts.save(draft());
      await state.drafts.save(draft({ id: "d8", chat: "8" }));
      await state.forget({ chat: "7", person: "p7" });
      expect((await state.drafts.list(1_000)).map(({ id }) => id)).toEqual(["d8"]);
    });
  });
}
