import type { Passage } from "../passage/passage.ts";
import type { Report } from "../report/report.ts";
import type { ActorIndex } from "../text/actors.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";

/** A quotation as the author of a claim gives it. Nothing about it is trusted. */
export interface QuotedCitation {
  /** Id of the report. */
  readonly report: string;
  readonly quote: string;
}

/** One statement with the quotations that are to prove it. */
export interface Claim {
  readonly text: string;
  readonly citations: readonly QuotedCitation[];
}

/** The rules, in the order in which they are tried. */
export const RULES = [
  "foreign_content",
  "no_citation",
  "unknown_source",
  "quote_not_found",
  "number",
  "date",
  "place",
  "actor",
  "role",
  "degree",
  "negation",
  "modality",
  "attribution",
  "merged_events",
  "order",
  "fact",
  "coverage",
] as const;

export type Rule = (typeof RULES)[number];

/** One rule that was tried. `detail` is one English line: what decided. */
export interface Step {
  readonly rule: Rule;
  readonly passed: boolean;
  readonly detail: string;
}

/** Whether a claim may be sent. `rule` names the first rule that it broke; the trace ends with that rule. */
export interface Verdict {
  readonly supported: boolean;
  readonly rule: Rule | null;
  readonly trace: readonly Step[];
}

/** A stored report with its passages, in the order of the body. */
export interface CitedReport {
  readonly report: Report;
  readonly passages: readonly Passage[];
}

/** What claims are held against. */
export interface VerificationSources {
  /** The reports that may be cited, by id: what is not among them was never given to the author of the claim. */
  readonly reports: ReadonlyMap<string, CitedReport>;
  readonly gazetteer: Gazetteer;
  readonly actors: ActorIndex;
  /** Id of the region that wins among places of one name, or null. */
  readonly region: string | null;
}

/** What a rule finds: null when the claim passes, else one English line that names what is wrong. */
export type Finding = string | null;
