import { describe, expect, it } from "vitest";
import { BudgetError, createBudget, type TokenLedger } from "../../src/openai/budget.ts";

const DAY = 86_400_000;

function budget(options: { perDay: number; perChat: number; ledger?: TokenLedger }) {
  const clock = { time: 0 };
  return { clock, ...createBudget({ ...options, now: () => clock.time }) };
}

describe("a budget of tokens", () => {
  it("refuses what would go beyond the day, and begins anew with the next", async () => {
    const { reserve, clock } = budget({ perDay: 100, perChat: 100 });
    await reserve(null, 60);
    await expect(reserve(null, 60)).rejects.toThrow(BudgetError);
    await expect(reserve(null, 60)).rejects.toThrow("OPENAI_DAILY_TOKENS.");
    clock.time = DAY;
    await expect(reserve(null, 60)).resolves.toBeDefined();
  });
  it("keeps one chat from spending what is there for all", async () => {
    const { reserve } = budget({ perDay: 1000, perChat: 100 });
    await reserve("a", 90);
    await expect(reserve("a", 20)).rejects.toThrow("OPENAI_DAILY_TOKENS_PER_CHAT");
    await expect(reserve("b", 90)).resolves.toBeDefined();
  });
  it("gives back once what was reserved and not used, and counts what was used beyond", async () => {
    const { reserve } = budget({ perDay: 100, perChat: 100 });
    const settle = await reserve("a", 100);
    await settle(10);
    await settle(0);
    await expect(reserve("a", 91)).rejects.toThrow(BudgetError);
    await (await reserve("a", 90))(120);
    await expect(reserve("b", 1)).rejects.toThrow(BudgetError);
  });
  it("takes nothing back from a new day for what an old one spent", async () => {
    const { reserve, clock } = budget({ perDay: 100, perChat: 100 });
    const settle = await reserve("a", 100);
    clock.time = DAY;
    await reserve("a", 100);
    await settle(0);
    await expect(reserve("a", 1)).rejects.toThrow(BudgetError);
  });
  it("is spent by nobody while it cannot be counted", async () => {
    const away = () => Promise.reject(new Error("the server is away; start it."));
    const { reserve } = budget({ perDay: 100, perChat: 100, ledger: { take: away, correct: away } });
    const refused = reserve("a", 1);
    await expect(refused).rejects.toThrow(BudgetError);
    await expect(refused).rejects.toThrow("cannot be counted: the server is away; start it.");
  });
});
