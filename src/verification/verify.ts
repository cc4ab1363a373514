/**
 * Holds a claim against its quotations, rule by rule; the first rule that it breaks decides. Pure: the same claim and
 * the same reports give the same verdict. The rules with their measured thresholds stand in docs/verification.md.
 */

import { checkActors } from "./actors.ts";
import type { Claim, Finding, Rule, Step, Verdict, VerificationSources } from "./claim.ts";
import { checkCoverage, checkFacts } from "./coverage.ts";
import { checkDays, checkHours, claimDates } from "./days.ts";
import { checkWhole } from "./degree.ts";
import { checkDenial } from "./denial.ts";
import { readEvents } from "./events/read.ts";
import { type Evidence, findEvidence } from "./evidence.ts";
import { checkFigures } from "./figures.ts";
import { checkForeign } from "./foreign.ts";
import { checkAttribution, checkModality } from "./meaning.ts";
import { checkMerged } from "./merged.ts";
import { checkOrder } from "./order.ts";
import { checkParticles } from "./particles.ts";
import { checkPlaces } from "./places.ts";
import { type QuoteReading, read, readQuote } from "./reading.ts";
import { findEventError } from "./roles.ts";

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
        "foreign_content",
        () =>
          checkForeign(
            claim.text,
            claim.citations.map(({ quote }) => quote),
          ),
        "the claim holds nothing but Arabic prose",
      ],
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

/** Letters may not stand between two quotations that are read as one. */
const GAP = /^[^\p{L}\p{N}]{0,4}$/u;

/** Quotations that stand side by side in one report are one quotation. */
function joined(evidence: readonly Evidence[]): readonly Evidence[] {
  const done: Evidence[] = [];
  for (const one of [...evidence].sort((a, b) => a.start - b.start)) {
    const at = done.findIndex((other) => other.report.id === one.report.id && touch(other, one));
    const before = done[at];
    if (before === undefined) {
      done.push(one);
      continue;
    }
    const end = Math.max(before.end, one.end);
    const cited = [...before.cited, ...one.cited.filter((passage) => !before.cited.includes(passage))];
    done[at] = { ...before, text: one.report.body.slice(before.start, end), end, cited };
  }
  return done;
}

function touch(first: Evidence, second: Evidence): boolean {
  return second.start <= first.end || GAP.test(first.report.body.slice(first.end, second.start));
}

/** The rules about what the claim says, once its quotations are found. */
function contentRules(
  claim: Claim,
  evidence: readonly Evidence[],
  sources: VerificationSources,
): readonly Attempt[] {
  const said = read(claim.text, sources);
  const parts = joined(evidence);
  const quotes = parts.map((one) => readQuote(one, sources));
  const each = (): readonly QuoteReading[] =>
    parts.length === evidence.length ? quotes : evidence.map((one) => readQuote(one, sources));
  const dates = claimDates(said, quotes);
  const dateSpans = dates.map(({ span }) => span);
  const eventError = findEventError(said, quotes, sources);
  const judged = readEvents(said, dates).flatMap(({ main, span, cls }) =>
    main && cls !== "hold" ? [span] : [],
  );
  const event = (rule: Rule): Finding => (eventError?.rule === rule ? eventError.detail : null);
  return [
    [
      "number",
      () => checkFigures(said, quotes, { dates: dateSpans, sources }),
      "every figure stands in a quotation",
    ],
    [
      "date",
      () => checkDays(dates, quotes) ?? checkHours(said, quotes) ?? event("date"),
      "every date is one of the quotations",
    ],
    [
      "place",
      () => checkPlaces(said, quotes, sources) ?? event("place"),
      "every place is one of the quotations",
    ],
    ["actor", () => checkActors(said, quotes, sources), "every party is named"],
    ["role", () => event("role"), "who did what to whom agrees"],
    ["degree", () => event("degree") ?? checkWhole(said, quotes), "nothing is told further than it went"],
    ["negation", () => event("negation") ?? checkDenial(said, quotes), "what is denied agrees"],
    [
      "modality",
      () => event("modality") ?? checkModality(said, quotes, judged),
      "nothing is told surer than it is",
    ],
    ["attribution", () => checkAttribution(said, quotes, sources), "who says so is kept"],
    ["merged_events", () => checkMerged({ claim: said, dates, quotes, sources }), "no events are merged"],
    [
      "order",
      () => checkOrder(said, { quotes, apart: each() }) ?? checkParticles(said, quotes),
      "what came first agrees",
    ],
    ["fact", () => checkFacts(said, quotes, dateSpans), "every fact is told"],
    [
      "coverage",
      () => event("coverage") ?? checkCoverage(said, quotes, dateSpans),
      "the quotations cover the claim",
    ],
  ];
}
