import { makeDay } from "../day.ts";
import { normalizeWithOffsets, originalSpan, type Span } from "../normalize.ts";
import { readDrafts } from "./find.ts";
import { at, type Draft } from "./parts.ts";
import { namedAfterDate } from "./points.ts";
import { type Token, tokenize } from "./tokens.ts";

/** A date as it was written of which there is no such day. `span` is in the original text. */
export interface ImpossibleDate {
  readonly text: string;
  readonly span: Span;
}

const LEAP_YEAR = 2016;

/**
 * The dates that a text writes out in full and that no calendar has ("31 أيلول 2017", "31/2/2017"), in order. They are
 * not among those of `findDates`; a question that holds one asks for nothing that could be told.
 */
export function findImpossibleDates(text: string): ImpossibleDate[] {
  const normalized = normalizeWithOffsets(text);
  const tokens = tokenize(normalized);
  return readDrafts(tokens, { mode: "question", anchor: null })
    .filter((draft) => isImpossible(tokens, draft))
    .map(({ from, next }) => {
      const span = originalSpan(normalized, at(tokens, from).start, at(tokens, next - 1).end);
      return { text: text.slice(...span), span };
    });
}

function isImpossible(tokens: readonly Token[], draft: Draft): boolean {
  const { expression, from, next } = draft;
  if (expression === null)
    return isWrittenOut(tokens.slice(from, next)) && namedAfterDate(tokens, from) === null;
  if (expression.type !== "point" || expression.parts.hijri) return false;
  const { day, month, year } = expression.parts;
  return day !== undefined && month !== undefined && makeDay(year ?? LEAP_YEAR, month, day) === null;
}

/** Day, month and year in digits, or a number beside a month's name: "7/24" may be something else. */
function isWrittenOut(tokens: readonly Token[]): boolean {
  const numbers = tokens.filter(({ kind }) => kind === "number").length;
  return numbers >= 3 || (numbers >= 1 && tokens.some(({ lex }) => lex.month !== undefined));
}
