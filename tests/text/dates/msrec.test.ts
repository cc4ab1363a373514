import { describe, expect, it } from "vitest";
import { scoreCases } from "./score.ts";
import { DATES_DIR, hasDates, MICROSOFT_FILES, microsoftCases } from "./upstream.ts";

const GOAL = 0.95;

describe("Microsoft Recognizers-Text, Arabic dates", () => {
  if (!hasDates) it.skip(`skipped: no ${DATES_DIR}`, () => {});
  else
    it(`agrees with at least ${GOAL * 100} % of the cases in scope, and every other has its reason`, () => {
      const score = scoreCases(
        Object.fromEntries(MICROSOFT_FILES.map((name) => [name, microsoftCases(name)])),
      );
      expect(score.unexplained).toEqual([]);
      expect(score.share).toBeGreaterThanOrEqual(GOAL);
    });
});
