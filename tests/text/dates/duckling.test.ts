import { describe, expect, it } from "vitest";
import { scoreCases } from "./score.ts";
import { DATES_DIR, ducklingCases, hasDates } from "./upstream.ts";

const GOAL = 0.95;

describe("Duckling's Arabic corpus", () => {
  if (!hasDates) it.skip(`skipped: no ${DATES_DIR}`, () => {});
  else
    it(`agrees with at least ${GOAL * 100} % of the cases in scope, and every other has its reason`, () => {
      const score = scoreCases({ "Duckling corpus": ducklingCases() });
      expect(score.unexplained).toEqual([]);
      expect(score.share).toBeGreaterThanOrEqual(GOAL);
    });
});
