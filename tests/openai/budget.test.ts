import { describe, expect, it } from "vitest";
import { BudgetError, createBudget } from "../../src/openai/budget.ts";

const DAY = 86_400_000;

function budget(options: { perDay: number; perChat: number }) {
  const clock = { time: 0 };
  return { clock, ...createBudget({ ...options, now: () => clock.time }) };
}

describe("a budget of tokens", () => {
  it("refuses what would go beyond the day, and begins anew with the next", () => {
    const { reserve, clock } = budget({ perDay: 100, perChat: 100 });
    reserve(null, 60);
    expect(() => reserve(null, 60)).toThrow(BudgetError);
    expect(() => reserve(null, 60)).toThrow("OPENAI_DAILY_TOKENS.");
    clock.time = DAY;
    expect(() => reserve(null, 60)).not.toThrow();
  });
  it("keeps one chat from spending what is there for all", () => {
    const { reserve } = budget({ perDay: 1000, perChat: 100 });
    reserve("a", 90);
    expect(() => reserve("a", 20)).toThrow("OPENAI_DAILY_TOKENS_PER_CHAT");
    expect(() => reserve("b", 90)).not.toThrow();
  });
  it("gives back once what was reserved and not used, and counts what was used beyond", () => {
    const { reserve } = budget({ perDay: 100, perChat: 100 });
    const settle = reserve("a", 100);
    settle(10);
    settle(0);
    expect(() => reserve("a", 91)).toThrow(BudgetError);
    reserve("a", 90)(120);
    expect(() => reserve("b", 1)).toThrow(BudgetError);
  });
  it("takes nothing back from a new day for what an old one spent", () => {
    const { reserve, clock } = budget({ perDay: 100, perChat: 100 });
    const settle = reserve("a", 100);
    clock.time = DAY;
    reserve("a", 100);
    settle(0);
    expect(() => reserve("a", 1)).toThrow(BudgetError);
  });
});
