import type { Claim } from "../../../src/verification/claim.ts";
import { CLAIMS_000 } from "./000.ts";
import { CLAIMS_001 } from "./001.ts";
import { CLAIMS_002 } from "./002.ts";
import { CLAIMS_003 } from "./003.ts";
import { CLAIMS_004 } from "./004.ts";
import type { Kind, ReportClaims, Row } from "./claim.ts";
import { FOURTH_CLAIMS } from "./fourth.ts";
import { MIXED_CLAIMS } from "./mixed.ts";
import { SECOND_CLAIMS } from "./second.ts";
import { THIRD_CLAIMS } from "./third.ts";

export const REPORTS: readonly ReportClaims[] = [CLAIMS_000, CLAIMS_001, CLAIMS_002, CLAIMS_003, CLAIMS_004];

export interface LabelledClaim extends Claim {
  readonly id: string;
  readonly kind: "ok" | Kind;
  /** Not looked at while the rules were tuned. */
  readonly held: boolean;
}

function citation(key: string, own: ReportClaims | null) {
  if (key.startsWith("x:")) {
    const [, report = "", ...quote] = key.split(":");
    return { report, quote: quote.join(":") };
  }
  if (key.startsWith("q:")) {
    const [, prefix = "", ...quote] = key.split(":");
    const report = REPORTS.find((one) => one.report.startsWith(prefix))?.report ?? prefix;
    return { report, quote: quote.join(":") };
  }
  const [first = "", second] = key.split(".");
  const source = second === undefined ? own : REPORTS.find(({ report }) => report.startsWith(first));
  const quote = source?.quotes[second ?? first];
  if (!source || quote === undefined) throw new Error(`there is no quotation "${key}"`);
  return { report: source.report, quote };
}

function labelled(rows: readonly Row[], own: ReportClaims | null, set = "mixed"): LabelledClaim[] {
  const name = own?.report.slice(0, 3) ?? set;
  return rows.map(([kind, text, ...keys], index) => ({
    id: `${name}-${index + 1}`,
    kind,
    text,
    citations: keys.map((key) => citation(key, own)),
    held: index % 3 === 2,
  }));
}

/** All claims; every third is held back. */
export const ALL_CLAIMS: readonly LabelledClaim[] = [
  ...REPORTS.flatMap((report) => labelled(report.rows, report)),
  ...labelled(MIXED_CLAIMS, null),
];

/** A second set by the same hand. */
export const FOURTH_SET: readonly LabelledClaim[] = labelled(FOURTH_CLAIMS, null, "fourth");
export const THIRD_SET: readonly LabelledClaim[] = labelled(THIRD_CLAIMS, null, "third");
export const SECOND_SET: readonly LabelledClaim[] = labelled(SECOND_CLAIMS, null, "second");
