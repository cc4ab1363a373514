import { findDates } from "../../../src/text/dates/find.ts";
import { DISAGREEMENTS } from "./disagreements.ts";
import { agrees, type Case, describeMiss } from "./upstream.ts";

export interface Score {
  readonly share: number;
  /** Disagreements without a reason in disagreements.ts. */
  readonly unexplained: readonly string[];
}

/** Runs findDates over sets of cases and prints a table and every disagreement with its reason. */
export function scoreCases(sets: Readonly<Record<string, readonly Case[]>>): Score {
  const lines: string[] = [];
  const unexplained: string[] = [];
  let right = 0;
  let total = 0;
  for (const [name, cases] of Object.entries(sets)) {
    const missed = cases.filter((one) => !agrees(one, findDates(one.text, one.context)));
    const passed = cases.length - missed.length;
    right += passed;
    total += cases.length;
    lines.push(`${name.padEnd(22)} ${passed} / ${cases.length}  ${percent(passed, cases.length)}`);
    for (const one of missed) {
      const reason = DISAGREEMENTS[one.id];
      const miss = describeMiss(one, findDates(one.text, one.context));
      if (reason === undefined) unexplained.push(miss);
      lines.push(`    ${miss} | ${reason ?? "NO REASON GIVEN"}`);
    }
  }
  console.log([...lines, `${"all".padEnd(22)} ${right} / ${total}  ${percent(right, total)}`].join("\n"));
  return { share: total === 0 ? 0 : right / total, unexplained };
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
