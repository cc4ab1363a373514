import { describe, expect, it } from "vitest";
import { readBody } from "../../src/http/body.ts";
import { makeRateLimit } from "../../src/http/limit.ts";

describe("a rate limit", () => {
  it("lets so many through a minute, for each key, and fills again with time", () => {
    let time = 0;
    const limit = makeRateLimit({ perMinute: 3, now: () => time });
    const take = (key: string, times: number) => Array.from({ length: times }, () => limit.take(key));
    expect(take("a", 4)).toEqual([true, true, true, false]);
    expect(take("b", 1)).toEqual([true]);
    time += 20_000;
    expect(take("a", 2)).toEqual([true, false]);
    time += 600_000;
    expect(take("a", 4)).toEqual([true, true, true, false]);
  });
});

describe("a body", () => {
  const body = (content: string) => new Request("http://a/", { method: "POST", body: content });

  it("is read whole, over the borders of its pieces", async () => {
    const bytes = Buffer.from("قصف مدفعي");
    const pieces = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const request = new Request("http://a/", { method: "POST", body: pieces, duplex: "half" } as RequestInit);
    expect(await readBody(request, 100)).toBe("قصف مدفعي");
    expect(await readBody(new Request("http://a/"), 100)).toBe("");
  });

  it("is null beyond its limit, said or not", async () => {
    expect(await readBody(body("x".repeat(101)), 100)).toBeNull();
    expect(await readBody(body("x".repeat(100)), 100)).toBe("x".repeat(100));
  });
});
