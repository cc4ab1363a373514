import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { verifyClaim } from "../../src/verification/verify.ts";
import { PROJECT_ROOT } from "../commands/context.ts";
import { fiveReportSources } from "./sources.ts";

/** Sets written by somebody who never saw the rules; what each was at first sight stands in docs/verification.md. */
const SETS = [
  "tenth",
  "eleventh",
  "twelfth",
  "thirteenth",
  "fourteenth",
  "fifteenth",
  "sixteenth",
  "seventeenth",
  "eighteenth",
  "nineteenth",
  "twentieth",
];
/** The goals for claims that were kept aside. */
const MAX_THROUGH = 0.03;
const MAX_DROPPED = 0.1;

const CLAIM = z.object({
  id: z.string(),
  claim: z.string(),
  citations: z.array(z.object({ report: z.string(), quote: z.string() })),
  supported: z.boolean(),
  kind: z.string(),
});

const sources = await fiveReportSources(PROJECT_ROOT);

function judge(set: string) {
  const text = readFileSync(join(import.meta.dirname, "sets", `${set}.jsonl`), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => CLAIM.parse(JSON.parse(line)))
    .map((row) => ({ row, verdict: verifyClaim({ text: row.claim, citations: row.citations }, sources) }));
}

type Judged = ReturnType<typeof judge>[number];
const share = (part: readonly Judged[], whole: readonly Judged[]): string =>
  `${part.length} of ${whole.length} (${((100 * part.length) / whole.length).toFixed(1)} %)`;
const show = ({ row, verdict }: Judged): string =>
  `${row.id} ${row.kind}: ${row.claim} (${verdict.trace.at(-1)?.detail})`;

const judged = SETS.map((set) => ({ set, claims: judge(set) }));
const faithful = ({ row }: Judged): boolean => row.supported;
const wrong = ({ row }: Judged): boolean => !row.supported;
const dropped = (one: Judged): boolean => faithful(one) && !one.verdict.supported;
const through = (one: Judged): boolean => wrong(one) && one.verdict.supported;

describe("claims by somebody who never saw the rules", () => {
  const all = judged.flatMap(({ claims }) => claims);

  it("are as many of both kinds", () => {
    for (const { set, claims } of judged) {
      const figures = `faithful dropped ${share(claims.filter(dropped), claims.filter(faithful))}, wrong through ${share(claims.filter(through), claims.filter(wrong))}`;
      console.info(`${set.padEnd(11)} ${figures}`);
    }
    expect(all.filter(faithful)).toHaveLength(all.filter(wrong).length);
  });

  it("are rarely sent when they are wrong", () => {
    const sent = all.filter(through).map(show);
    console.info(`wrong and sent:\n  ${sent.join("\n  ")}`);
    expect(sent.length / all.filter(wrong).length).toBeLessThanOrEqual(MAX_THROUGH);
  });

  it("are mostly sent when they are faithful", () => {
    const lost = all.filter(dropped).map(show);
    expect(lost.length / all.filter(faithful).length, lost.join("\n")).toBeLessThanOrEqual(MAX_DROPPED);
  });
});
