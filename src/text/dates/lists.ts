import { at, type Draft, isMark } from "./parts.ts";
import { point } from "./points.ts";
import { bareDay, skipPlural, withFieldsOf } from "./ranges.ts";
import type { Token } from "./tokens.ts";

/** "5 و6 و7 أيلول", "الخامس أو السادس من أيلول": days that share the month of the last; each its own entry. */
export function dayList(tokens: readonly Token[], position: number): readonly Draft[] | null {
  const days: { from: number; next: number; day: number }[] = [];
  let start = skipPlural(tokens, position);
  for (let count = 0; count < 12; count += 1) {
    const last = point(tokens, start);
    if (
      days.length > 0 &&
      last?.value?.type === "point" &&
      last.value.parts.day !== undefined &&
      (last.value.parts.month !== undefined || last.value.parts.monthShift !== undefined)
    ) {
      const { parts } = last.value;
      const drafts = days.map(
        ({ from, next, day }): Draft => ({
          from,
          next,
          expression: { type: "point", parts: withFieldsOf({ day }, parts, true) },
        }),
      );
      return [...drafts, { from: start, next: last.next, expression: last.value }];
    }
    const day = bareDay(tokens, start);
    if (day === null) return null;
    days.push({ from: start, next: day.next, day: day.value });
    const token = at(tokens, day.next);
    if (token.lex.role === "or" || token.text === "و" || token.text === "and") start = day.next + 1;
    else if (token.text === "وفي" || token.text === "ولا") start = day.next + 1;
    else if (token.clitics.conjunction || token.text === "وال" || token.text === "وب") start = day.next;
    else if (isMark(token, "،,") && !token.line)
      start = at(tokens, day.next + 1).text === "و" ? day.next + 2 : day.next + 1;
    else return null;
  }
  return null;
}
