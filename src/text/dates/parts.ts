import type { Day } from "../day.ts";
import type { DateConfidence, DateContext, DatePrecision } from "./mention.ts";
import type { Token } from "./tokens.ts";

export type Shift = -1 | 0 | 1 | "same";

/** The fields of a date as far as the words give them. */
export interface Parts {
  readonly day?: number;
  readonly month?: number;
  /** "تشرين" or "كانون" without a number: the month after may be meant. */
  readonly twin?: boolean;
  readonly monthShift?: Shift;
  readonly year?: number;
  readonly yearShift?: Shift;
  readonly weekday?: number;
  readonly weekdayShift?: Shift;
  readonly weekShift?: Shift | 2;
  /** "هذا الجمعة": of this week, the next one when the future is preferred. */
  readonly thisWeekday?: boolean;
  /** Days from the anchor. */
  readonly relative?: number;
  /** Days from the date named before. */
  readonly relativeToLast?: number;
  readonly hijri?: boolean;
  /** "ليلة": the night before a named weekday, or the one after. */
  readonly night?: boolean;
  /** What in the words contradicts itself. */
  readonly conflict?: string;
}

/** Which share of a month or year is meant. */
export type Part =
  | "early"
  | "start"
  | "mid"
  | "late"
  | "end"
  | "rest"
  | `half${number}`
  | `third${number}`
  | `quarter${number}`
  | `week${number}`;

/** A date expression before it is read against the context. */
export type Expression =
  | { readonly type: "point"; readonly parts: Parts }
  | { readonly type: "part"; readonly part: Part; readonly parts: Parts }
  | {
      readonly type: "nth";
      readonly weekday: number;
      readonly ordinal: number;
      readonly parts: Parts;
      /** "الاثنين الثاني من أيلول": the second Monday, or a Monday that is the second. */
      readonly maybeDay?: boolean;
    }
  | {
      readonly type: "edge";
      readonly count: number;
      readonly unit: "day" | "week" | "month";
      readonly side: "first" | "last";
      readonly parts: Parts;
    }
  | { readonly type: "lastDay"; readonly parts: Parts }
  | { readonly type: "week"; readonly shift: Shift | 2; readonly part?: "weekend" | "rest" | Part }
  | { readonly type: "weekOf"; readonly parts: Parts }
  | {
      readonly type: "counted";
      readonly count: number;
      readonly unit: CountUnit;
      readonly shift: -1 | 1;
      readonly vague: boolean;
    }
  | {
      readonly type: "ago";
      readonly amounts: readonly Amount[];
      readonly sign: -1 | 1;
      readonly vague: boolean;
    }
  | {
      readonly type: "offset";
      readonly amounts: readonly Amount[];
      readonly sign: -1 | 1;
      readonly of: Expression;
    }
  | { readonly type: "nights"; readonly from: Parts; readonly to: Parts }
  | { readonly type: "lastNight" }
  | {
      readonly type: "decade";
      readonly decade: number;
      readonly century?: number;
      readonly count?: number;
      readonly shift?: -1 | 0 | 1;
    }
  | { readonly type: "season"; readonly season: number; readonly parts: Parts }
  | { readonly type: "range"; readonly from: Expression; readonly to: Expression }
  | { readonly type: "since" | "until" | "before" | "after"; readonly of: Expression };

export type CountUnit = "hour" | "day" | "week" | "month" | "year" | "decade";

export interface Amount {
  readonly count: number;
  readonly unit: CountUnit;
}

/** A rule's result: what was read, and the token after it. */
export interface Match<T> {
  readonly value: T;
  readonly next: number;
}

/** An expression with its place: tokens [from, next). Null: read as a date that does not exist, gives no entry. */
export interface Draft {
  readonly from: number;
  readonly next: number;
  readonly expression: Expression | null;
}

export interface Resolved {
  readonly start: Day | null;
  readonly end: Day | null;
  readonly precision: DatePrecision;
  readonly calendar: "gregorian" | "hijri";
  readonly confidence: DateConfidence;
  readonly reason: string;
}

/** What an expression is read against: the context, and the date that stands before it in the text. */
export interface Setting {
  readonly context: DateContext;
  readonly last: Resolved | null;
}

const END: Token = {
  kind: "mark",
  text: "",
  start: 0,
  end: 0,
  spaced: true,
  line: true,
  value: -1,
  lex: {},
  clitics: { conjunction: false, preposition: "", article: false, demonstrative: false },
};

/** The token at a position; past either end an empty mark, so that rules need no bounds. */
export function at(tokens: readonly Token[], position: number): Token {
  return tokens[position] ?? END;
}

/** Whether the token is one of these marks. */
export function isMark(token: Token, marks: string): boolean {
  return token.kind === "mark" && token.text !== "" && marks.includes(token.text);
}

export function isEnd(token: Token): boolean {
  return token.text === "";
}
