import { describe, expect, it } from "vitest";
import type { Rule } from "../../src/verification/claim.ts";
import { locateQuote } from "../../src/verification/evidence.ts";
import { verifyClaim } from "../../src/verification/verify.ts";
import { PROJECT_ROOT } from "../commands/context.ts";
import { ALL_CLAIMS, FOURTH_SET, REPORTS, SECOND_SET, THIRD_SET } from "./claims/all.ts";
import { readSet, type SetClaim } from "./sets.ts";
import { fiveReportSources } from "./sources.ts";

/** Share of the faithful claims that may be dropped. */
const MAX_DROPPED = 0.05;

const sources = await fiveReportSources(PROJECT_ROOT);
const SETS = ["fifth", "sixth", "seventh", "eighth", "ninth"];
const claims: readonly SetClaim[] = [
  ...[...ALL_CLAIMS, ...SECOND_SET, ...THIRD_SET, ...FOURTH_SET].map((claim) => ({
    ...claim,
    faithful: claim.kind === "ok",
  })),
  ...SETS.flatMap((name) => readSet(name, [...sources.reports.keys()])),
];
const judged = claims.map((claim) => ({ claim, verdict: verifyClaim(claim, sources) }));

/** How often each kind of wrong claim was stopped by each rule, as lines of text. */
function table(): string {
  const counts = new Map<string, Map<Rule | "through", number>>();
  for (const { claim, verdict } of judged) {
    const rule = verdict.rule ?? "through";
    const row = counts.get(claim.kind) ?? new Map<Rule | "through", number>();
    counts.set(claim.kind, row.set(rule, (row.get(rule) ?? 0) + 1));
  }
  const lines = [...counts].map(([kind, row]) => {
    const rules = [...row].sort((a, b) => b[1] - a[1]).map(([rule, count]) => `${rule} ${count}`);
    return `  ${kind.padEnd(12)} ${rules.join(", ")}`;
  });
  return lines.sort().join("\n");
}

const show = ({ claim, verdict }: (typeof judged)[number]): string =>
  `${claim.id} ${claim.kind}: ${claim.text} (${verdict.trace.at(-1)?.detail})`;
const isFaithful = ({ claim }: { claim: SetClaim }): boolean => claim.faithful;

describe("claims about the five reports", () => {
  it("are as many and as mixed as the goals ask", () => {
    expect(claims.length).toBeGreaterThanOrEqual(200);
    expect(new Set(claims.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(16);
    expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length);
  });

  it("quote the reports letter for letter, but where a quotation is marked as altered", () => {
    const wrong = REPORTS.flatMap(({ report, quotes }) => {
      const body = sources.reports.get(report)?.report.body ?? "";
      return Object.entries(quotes).filter(
        ([key, quote]) => key.startsWith("~") === (locateQuote(quote, body) !== null),
      );
    });
    expect(wrong).toEqual([]);
  });

  it("are never sent when they are wrong", () => {
    console.info(`claims by kind and by the rule that stopped them:\n${table()}`);
    const through = judged.filter((one) => !isFaithful(one) && one.verdict.supported);
    expect(through.map(show)).toEqual([]);
  });

  it("are rarely dropped when they are faithful", () => {
    const faithful = judged.filter(isFaithful);
    const dropped = faithful.filter(({ verdict }) => !verdict.supported);
    expect(dropped.length / faithful.length, dropped.map(show).join("\n")).toBeLessThanOrEqual(MAX_DROPPED);
  });

  it("have a trace that ends with the rule they break", () => {
    for (const { verdict } of judged) {
      const last = verdict.trace.at(-1);
      expect(last?.passed).toBe(verdict.supported);
      if (!verdict.supported) expect(last?.rule).toBe(verdict.rule);
    }
  });
});
