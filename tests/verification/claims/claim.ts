/** How a claim is wrong: in exactly one way each. */
export type Kind =
  | "number"
  | "unit"
  | "date"
  | "place"
  | "actor"
  | "roles"
  | "negation"
  | "attribution"
  | "modality"
  | "merged"
  | "source"
  | "letter"
  | "passage"
  | "injection"
  | "degree";

/** "ok" for a faithful claim, else how it is wrong; the claim; the keys of its quotations. */
export type Row = readonly [kind: "ok" | Kind, claim: string, ...quotes: string[]];

/** Quotations of one report by key, and claims about it. */
export interface ReportClaims {
  readonly report: string;
  readonly quotes: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
}
