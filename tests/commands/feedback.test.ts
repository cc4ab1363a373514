import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { command } from "../../src/commands/feedback.ts";
import { openState } from "../../src/state/sqlite.ts";
import { call } from "./context.ts";

const folder = mkdtempSync(join(tmpdir(), "isnad-feedback-"));
afterAll(() => rmSync(folder, { recursive: true }));
const env = { STATE_DIR: join(folder, "state"), INDEX_DIR: join(folder, "no-index") };
const run = (args: readonly string[] = []) => call((context) => command.run({ ...context, args }), { env });

describe("isnad feedback", () => {
  it("says that there is nothing before the bot has run, and makes no file", async () => {
    expect(JSON.parse((await run(["--json"])).stdout)).toEqual({ feedback: [], corrections: [] });
    expect((await run()).stdout).toBe("Verdicts of readers: 0\nCorrections and testimonies: 0\n");
  });

  describe("with what readers said", () => {
    beforeAll(async () => {
      const state = openState(join(env.STATE_DIR, "state.sqlite"));
      const citations = [{ n: 1, report: "000_a", version: "abcdef", passage: "p", start: 3, end: 9 }];
      await state.recordAnswer({
        id: "answer-1",
        conversation: "77",
        citations: JSON.stringify(citations),
        sentAt: 0,
      });
      await state.saveFeedback({
        answer: "answer-1",
        person: "mark",
        verdict: "wrong_quotation",
        givenAt: 0,
      });
      const text = "العدد تسعة\n\u001b[31mأحمر";
      await state.corrections.save(
        { id: "c", person: "mark", text, reports: ["000_a"], sentAt: 60_000 },
        "77",
      );
      await state.close();
    });

    it("shows verdicts with the places that were quoted, and corrections, never who it was", async () => {
      const { code, stdout } = await run();
      expect(code).toBe(0);
      expect(stdout).toBe(
        [
          "Verdicts of readers: 1",
          "1970-01-01T00:00:00.000Z  wrong_quotation  answer answer-1",
          "    [1] 000_a 3-9 (the report has changed or is gone)",
          "Corrections and testimonies: 1",
          "1970-01-01T00:01:00.000Z  after an answer from 000_a",
          "    العدد تسعة",
          "    [31mأحمر",
          "",
        ].join("\n"),
      );
    });

    it("prints the same as JSON", async () => {
      const { stdout } = await run(["--json"]);
      expect(JSON.parse(stdout)).toMatchObject({
        feedback: [{ verdict: "wrong_quotation", citations: [{ n: 1, report: "000_a", quote: null }] }],
        corrections: [{ text: expect.stringContaining("العدد تسعة"), reports: ["000_a"] }],
      });
      expect(stdout).not.toContain("mark");
    });
  });
});
