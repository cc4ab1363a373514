import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contextText, groupContexts } from "../../src/passage/context.ts";
import { indexedText } from "../../src/store/indexed-text.ts";

/** Passages that follow each other, given as their lengths. */
function run(lengths: readonly number[], reportId = "r", role: "text" | "title" = "text") {
  let start = 0;
  return lengths.map((length) => {
    const passage = { reportId, role, start, end: start + length };
    start += length + 1;
    return passage;
  });
}

describe("groupContexts", () => {
  it("takes a short paragraph whole", () => {
    expect(groupContexts(run([200, 250, 300]))).toEqual([{ first: 0, last: 2 }]);
  });
  it("splits a long run into even parts", () => {
    expect(groupContexts(run([300, 300, 300, 300]))).toEqual([
      { first: 0, last: 1 },
      { first: 2, last: 3 },
    ]);
  });
  it("never joins passages of two reports or two roles", () => {
    const passages = [...run([50], "r", "title"), ...run([100, 100]), ...run([100], "s")];
    expect(groupContexts(passages)).toEqual([
      { first: 0, last: 0 },
      { first: 1, last: 2 },
      { first: 3, last: 3 },
    ]);
  });
  it("puts every passage in just one context, in order, none much too long", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 40 }), (lengths) => {
        const passages = run(lengths);
        let next = 0;
        for (const { first, last } of groupContexts(passages)) {
          expect(first).toBe(next);
          expect(last).toBeGreaterThanOrEqual(first);
          expect((passages[last]?.end ?? 0) - (passages[first]?.start ?? 0)).toBeLessThanOrEqual(1300);
          next = last + 1;
        }
        expect(next).toBe(passages.length);
      }),
    );
  });
});

describe("contextText", () => {
  it("of one passage is what the passage itself is indexed by, so that it is embedded once", () => {
    for (const header of ["", "دير الزور، 29 تشرين الأول 2017"]) {
      const passage = { header, text: "قتل خمسون." };
      expect(contextText([passage])).toBe(indexedText(passage));
    }
  });
  it("names each header once", () => {
    const passages = ["أ", "ب"].map((text) => ({ header: "حي الحميدية", text }));
    expect(contextText(passages)).toBe("حي الحميدية\nأ ب");
  });
});
