import { describe, expect, it } from "vitest";
import { remembering } from "../../src/text/remember.ts";

describe("remembering", () => {
  it("computes a text once, and again only after it was forgotten", () => {
    const computed: string[] = [];
    const length = remembering((text) => {
      computed.push(text);
      return text.length;
    }, 2);
    expect([length("a"), length("bb"), length("a")]).toEqual([1, 2, 1]);
    expect(computed).toEqual(["a", "bb"]);
    expect([length("ccc"), length("a")]).toEqual([3, 1]);
    expect(computed).toEqual(["a", "bb", "ccc", "a"]);
  });
});
