import { describe, expect, it } from "vitest";
import { loggable } from "../src/telegram/loggable.ts";
import { leaks, noteLogged, secretsIn } from "./logged.ts";

describe("the guard of what is logged", () => {
  it.each([
    "failed 123456789:AAabcdefghijklmnopqrstuvwxyz0123456",
    "401 for sk-abcdefghijklmnop",
    "asked by +963 944 123 456",
  ])("finds the secret in '%s'", (line) => {
    noteLogged(line);
    expect(leaks()).toHaveLength(1);
  });

  it("finds what a person wrote in the log of a bot, and lets times, hashes and counts pass", () => {
    expect(secretsIn('failed {"error":"سؤال"}', { ofBot: true })).toHaveLength(1);
    const line =
      '{"time":"2026-11-22T10:00:00.000Z","milliseconds":1234567890123,"sha256":"00112233445566778899aabb"}';
    expect(secretsIn(line, { ofBot: true })).toEqual([]);
  });
});

describe("an error in the log of the bot", () => {
  it("that is not this project's own tells no word of what it was given", () => {
    let thrown: unknown;
    try {
      JSON.parse("سؤال سري عن رقم +963944123456");
    } catch (error) {
      thrown = error;
    }
    expect(String(thrown)).toContain("سؤال");
    expect(loggable(thrown)).toMatch(/^SyntaxError(?: at [\w.-]+:\d+:\d+)?$/);
    expect(loggable("سؤال")).toBe("string");
  });

  it("that is this project's own keeps its words, which end in the remedy", () => {
    class StoreError extends Error {
      override readonly name = "StoreError";
    }
    expect(loggable(new StoreError("the index is damaged; run npm run index."))).toContain(
      "run npm run index",
    );
  });
});
