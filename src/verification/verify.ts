/**
 * Holds a claim against its quotations, rule by rule; the first rule that it breaks decides. Pure: the same claim and
 * the same reports give the same verdict. The rules with their measured thresholds stand in docs/verification.md.
 */
import type { Claim, Finding, Rule, Step, Verdict, VerificationSources } from "./claim.ts";
import { type Evidence, findEvidence } from "./evidence.ts";
import { checkFigures } from "./figures.ts";
import { read, readQuote } from "./reading.ts";

/** A rule with what it found, evaluated in order. */
type Attempt = readonly [rule: Rule, find: () => Finding, passed: string];

/** Whether a claim is proven by its quotations, with the rule that it breaks and what every rule found. Never throws. */
export function verifyClaim(claim: Claim, sources: VerificationSources): Verdict {
  const trace: Step[] = [];
  const attempt = (attempts: readonly Attempt[]): Rule | null => {
    for (const [rule, find, passed] of attempts) {
      const finding = find();
      trace.push({ rule, passed: finding === null, detail: finding ?? passed });
      if (finding !== null) return rule;
    }
    return null;
  };
  const evidence: Evidence[] = [];
  const broken =
    attempt([
      [
        "no_citation",
        () => (claim.citations.length === 0 ? "the claim cites nothing" : null),
        "there are citations",
      ],
      ["unknown_source", () => unknownSource(claim, sources), "all reports are known"],
      ["quote_not_found", () => locateAll(claim, sources, evidence), "all quotations stand in their reports"],
    ]) ?? attempt(contentRules(claim, evidence, sources));
  return { supported: broken === null, rule: broken, trace };
}

function unknownSource(claim: Claim, { reports }: VerificationSources): Finding {
  const unknown = claim.citations.find(({ report }) => !reports.has(report));
  return unknown === undefined ? null : `there is no report "${unknown.report}"`;
}

function locateAll(claim: Claim, { reports }: VerificationSources, evidence: Evidence[]): Finding {
  for (const citation of claim.citations) {
    const cited = reports.get(citation.report);
    const found = cited === undefined ? null : findEvidence(citation, cited);
    if (found === null) return `"${citation.quote.slice(0, 40)}" does not stand in report ${citation.report}`;
    evidence.push(found);
  }
  return null;
}

function contentRules(
  claim: Claim,
  evidence: readonly Evidence[],
  sources: VerificationSources,
): readonly Attempt[] {
  const said = read(claim.text, sources);
  const quotes = evidence.map((one) => readQuote(one, sources));
  return [
    [
      "number",
      () => checkFigures(said, quotes, { dates: [], sources }),
      "every figure stands in a quotation",
    ],
  ];
}
