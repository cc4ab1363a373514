import { describe, expect, it } from "vitest";
import { read } from "../../src/verification/reading.ts";
import { verifyClaim } from "../../src/verification/verify.ts";
import { PROJECT_ROOT } from "../commands/context.ts";
import { readSet, type SetClaim } from "./sets.ts";
import { fiveReportSources } from "./sources.ts";

const sources = await fiveReportSources(PROJECT_ROOT);
const passing = ["fifth", "sixth", "seventh", "eighth", "ninth"]
  .flatMap((name) => readSet(name, [...sources.reports.keys()]))
  .filter((claim) => claim.faithful && verifyClaim(claim, sources).supported);

/** Every claim with one of its words exchanged, where no quotation of the claim has the new word. */
function exchanged(
  swap: (claim: SetClaim) => readonly (readonly [from: number, to: number, word: string])[],
) {
  return passing.flatMap((claim) => {
    const told = claim.citations.map(({ quote }) => quote).join(" ");
    return swap(claim)
      .filter(([, , word]) => !told.includes(word))
      .map(([from, to, word]) => ({
        ...claim,
        text: `${claim.text.slice(0, from)}${word}${claim.text.slice(to)}`,
      }));
  });
}

const through = (claims: readonly SetClaim[]): readonly string[] =>
  claims.filter((claim) => verifyClaim(claim, sources).supported).map(({ text }) => text);

describe("faithful claims with one value exchanged", () => {
  it("are stopped when a year is another one", () => {
    const claims = exchanged(({ text }) =>
      [...text.matchAll(/20\d\d/g)].flatMap(({ index, 0: year }) =>
        [1, -1].map((by) => [index, index + 4, String(Number(year) + by)] as const),
      ),
    );
    expect(claims.length).toBeGreaterThan(50);
    expect(through(claims)).toEqual([]);
  });

  it("are stopped when a month is another one", () => {
    const MONTH = /أيلول|سبتمبر|أكتوبر|تشرين الأول|كانون الثاني|يناير|حزيران|يونيو/g;
    const claims = exchanged(({ text }) =>
      [...text.matchAll(MONTH)].map(({ index, 0: month }) => [index, index + month.length, "شباط"] as const),
    );
    expect(claims.length).toBeGreaterThan(20);
    expect(through(claims)).toEqual([]);
  });

  it("are stopped when a quarter is another one, also one whose name is a common word", () => {
    const claims = ["العمال", "القصور"].flatMap((name) =>
      exchanged((claim) =>
        read(claim.text, sources)
          .places.filter(({ id }) => sources.gazetteer.byId.get(id)?.kind === "quarter")
          .filter(({ text }) => !text.includes(name))
          .map(({ span, text }) => [...span, /^حي /.test(text) ? `حي ${name}` : name] as const),
      ),
    );
    expect(claims.length).toBeGreaterThan(40);
    expect(through(claims)).toEqual([]);
  });
});
