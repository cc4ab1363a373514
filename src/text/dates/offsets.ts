import { addAmount } from "./amounts.ts";
import { quantity } from "./counted.ts";
import { amountsAt, skipNow } from "./open.ts";
import { type Amount, at, type Draft, type Expression, type Resolved } from "./parts.ts";
import { point } from "./points.ts";
import type { Token } from "./tokens.ts";

type Offset = Extract<Expression, { type: "offset" }>;

const RELATIVE_PRONOUN = /^(?:الذي|اللي|يلي|الي)$/;

/** Whether a date is one day, from which others can be counted. */
function isDay(one: Expression): boolean {
  if (one.type !== "point") return false;
  const { day, relative, weekday } = one.parts;
  return day !== undefined || relative !== undefined || weekday !== undefined;
}

/** "قبل يومين من 29 تشرين الأول", "بعد عيد الفطر 2017 بأسبوع", "اليوم الذي قبل 5 أيلول": counted from another date. */
export function offsetAt(tokens: readonly Token[], position: number): Draft | null {
  const { role } = at(tokens, position).lex;
  if (role !== "ago" && role !== "after") return null;
  const sign = role === "after" ? 1 : -1;
  const from = (of: Expression, next: number, amounts: readonly Amount[]): Draft | null =>
    isDay(of) ? { from: position, next, expression: { type: "offset", of, amounts, sign } } : null;
  const before = amountsAt(tokens, position + 1);
  if (
    before !== null &&
    at(tokens, before.next).text === "من" &&
    skipNow(tokens, before.next) === before.next
  ) {
    const found = point(tokens, before.next + 1);
    return found?.value ? from(found.value, found.next, before.amounts) : null;
  }
  const found = point(tokens, position + 1);
  if (!found?.value) return null;
  const apart = at(tokens, found.next).text === "ب" ? found.next + 1 : found.next;
  const byWords = apart > found.next || at(tokens, apart).clitics.preposition === "ب";
  const amount = byWords ? quantity(tokens, apart) : null;
  if (amount !== null && amount.value.unit !== "hour") return from(found.value, amount.next, [amount.value]);
  const beside =
    RELATIVE_PRONOUN.test(at(tokens, position - 1).text) &&
    at(tokens, position - 2).lex.unit === "day" &&
    !at(tokens, position - 2).lex.plural;
  return beside ? from(found.value, found.next, [{ count: 1, unit: "day" }]) : null;
}

/** The day so much before or after the one it is counted from, which is already resolved. */
export function resolveOffset({ amounts, sign }: Offset, base: Resolved | null): Resolved | null {
  const first = sign < 0 ? base?.start : base?.end;
  if (!base || !first) return null;
  let day = first;
  for (const amount of amounts) day = addAmount(day, amount, sign);
  const confidence = base.confidence === "doubtful" ? "doubtful" : "inferred";
  return {
    ...base,
    start: day,
    end: day,
    precision: "day",
    confidence,
    reason: `counted from ${first}; ${base.reason}`,
  };
}
