import { describe, expect, it } from "vitest";
import { memoryFor } from "../../../src/store/postgres/graph.ts";

describe("memory for making the graph of neighbours", () => {
  it("is what the graph of a million vectors was measured to take, and some to spare", () => {
    expect(memoryFor(1_000_000, 384)).toBeGreaterThan(1_106);
    expect(memoryFor(1_000_000, 384)).toBeLessThan(2_048);
  });
  it("grows with the graph and is never little", () => {
    expect(memoryFor(20_000, 384)).toBe(1_024);
    expect(memoryFor(10_000_000, 384)).toBeGreaterThan(9 * memoryFor(1_000_000, 384));
  });
});
