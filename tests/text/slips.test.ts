import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSlips } from "../../src/text/slips.ts";

describe("slips of a source", () => {
  it.each([
    ["عناصر تتظيم الدولة", "تتظيم", "تنظيم"],
    ["“أحزرت القوات", "أحزرت", "أحرزت"],
    ["وقرية البغبلية ومنطقة", "البغبلية", "البغيلية"],
    ["والبغبلية", "البغبلية", "البغيلية"],
  ])("%s", (text, written, meant) => {
    expect(findSlips(text).map((slip) => [slip.text, slip.meant])).toEqual([[written, meant]]);
  });
  it.each(["تنظيم الدولة أحرز تقدماً في البغيلية", "الإسلامية والإسلاميه", ""])("none in «%s»", (text) => {
    expect(findSlips(text)).toEqual([]);
  });
  it("gives spans of the text itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (noise) => {
        const text = `${noise} تتظيم ${noise}`;
        for (const { text: found, span } of findSlips(text)) expect(text.slice(...span)).toBe(found);
      }),
    );
  });
});
