import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Embedder } from "../../src/embedding/embedder.ts";

/** What every Embedder promises. */
export function embedderContract(name: string, open: () => Promise<Embedder>): void {
  describe(`${name} as an Embedder`, () => {
    let embedder: Embedder;
    beforeAll(async () => {
      embedder = await open();
    });
    afterAll(() => embedder.close());

    it("states its id, fingerprint and dimension", () => {
      expect(embedder.model.id).not.toBe("");
      expect(embedder.model.fingerprint).not.toBe("");
      expect(embedder.model.dimension).toBeGreaterThan(0);
    });

    it("gives no vectors for no texts", async () => {
      expect(await embedder.embed([], "query")).toEqual([]);
    });

    it("gives one vector of length 1 per text, in the order of the texts", async () => {
      const texts = [
        "نهر الفرات",
        "قصف جوي على المدينة القديمة في ساعة متأخرة من الليل",
        "نهر",
        "",
        "نهر الفرات",
      ];
      const vectors = await embedder.embed(texts, "passage");
      expect(vectors).toHaveLength(texts.length);
      for (const vector of vectors) {
        expect(vector).toHaveLength(embedder.model.dimension);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
      }
      const similarity = vectors[0]?.reduce((sum, value, i) => sum + value * (vectors[4]?.[i] ?? 0), 0);
      expect(similarity).toBeCloseTo(1, 4);
    });

    it("finds a text nearer to itself than to another", async () => {
      const [bridge, wheat, question] = await embedder.embed(
        ["تدمير جسر السياسية على نهر الفرات", "ارتفاع أسعار القمح", "تدمير جسر السياسية"],
        "passage",
      );
      const dot = (a?: Float32Array, b?: Float32Array): number =>
        a?.reduce((sum, value, i) => sum + value * (b?.[i] ?? 0), 0) ?? 0;
      expect(dot(question, bridge)).toBeGreaterThan(dot(question, wheat));
    });

    it("ends with the signal's reason", async () => {
      const signal = AbortSignal.abort(new Error("no longer wanted"));
      await expect(embedder.embed(["نص"], "query", { signal })).rejects.toThrow("no longer wanted");
    });
  });
}
