/** Form of the hand-labelled table, and short ways to write its rows. */
import type { Basis } from "../../../src/passage/passage.ts";
import type { DateConfidence, DatePrecision } from "../../../src/text/dates/mention.ts";
import type { Day } from "../../../src/text/day.ts";

export interface LabelledDate {
  readonly start: Day | null;
  readonly end: Day | null;
  readonly precision: DatePrecision;
  readonly confidence: DateConfidence;
  readonly basis: Basis;
  readonly words: string;
  readonly background: boolean;
}

export interface LabelledStatement {
  readonly words: string;
  readonly dates: readonly LabelledDate[];
  readonly places: readonly string[];
}

export interface LabelledParagraph {
  readonly report: string;
  readonly opening: string;
  readonly dates: readonly LabelledDate[];
  readonly vague: readonly LabelledDate[];
  readonly places: readonly string[];
  readonly inherited: readonly string[];
  readonly mentioned: readonly string[];
  readonly statements: readonly LabelledStatement[];
}

interface DateExtras {
  readonly words?: string;
  readonly basis?: Basis;
  readonly confidence?: DateConfidence;
  readonly background?: boolean;
}

export function interval(
  start: Day,
  end: Day,
  precision: DatePrecision,
  extras: DateExtras = {},
): LabelledDate {
  const words = extras.words ?? "";
  const basis = extras.basis ?? (words === "" ? "report" : "passage");
  const confidence = extras.confidence ?? "inferred";
  return { start, end, precision, confidence, basis, words, background: extras.background ?? false };
}

export function day(date: Day, extras: DateExtras = {}): LabelledDate {
  return interval(date, date, "day", extras);
}

type Optional = "vague" | "places" | "inherited" | "mentioned" | "statements";

export function paragraph(
  label: Omit<LabelledParagraph, Optional> & Partial<Pick<LabelledParagraph, Optional>>,
): LabelledParagraph {
  return { vague: [], places: [], inherited: [], mentioned: [], statements: [], ...label };
}

export const CERTAIN = "certain";
export const PREVIOUS = "previous";
