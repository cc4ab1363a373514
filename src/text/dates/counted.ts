import { anyNumber, cardinalWords, ordinalWords, skipArticle } from "./counts.ts";
import { adjective, yearPhrase } from "./months.ts";
import { at, type CountUnit, type Expression, isEnd, isMark, type Match } from "./parts.ts";
import type { Token } from "./tokens.ts";

const COUNT_UNITS = new Set(["hour", "day", "week", "month", "year", "decade"]);
/** What "a few" stands for, as in Microsoft's recogniser. */
const A_FEW = 3;

interface Quantity {
  readonly count: number;
  readonly unit: CountUnit;
  readonly vague: boolean;
}

/** "3 أيام", "الأيام الثلاثة", "الساعات الـ 24", "يومين", "أسبوع", "بضعة أيام". */
export function quantity(tokens: readonly Token[], position: number): Match<Quantity> | null {
  const start = at(tokens, position).lex.role === "about" ? position + 1 : position;
  const token = at(tokens, start);
  const unit = token.lex.unit;
  if (token.lex.relative !== undefined) return null;
  if (unit !== undefined && COUNT_UNITS.has(unit)) return unitFirst(tokens, start, unit);
  if (token.lex.few && at(tokens, start + 1).lex.plural) {
    const few = at(tokens, start + 1).lex.unit;
    return few === undefined ? null : { value: { count: A_FEW, unit: few, vague: true }, next: start + 2 };
  }
  const number = anyNumber(tokens, skipArticle(tokens, start));
  if (number === null || number.value < 1 || number.value > 9999) return null;
  const counted = at(tokens, number.next);
  if (counted.lex.unit === undefined || counted.lex.dual || counted.clitics.conjunction) return null;
  if (counted.clitics.preposition !== "" || (counted.clitics.article && !counted.lex.plural)) return null;
  return { value: { count: number.value, unit: counted.lex.unit, vague: false }, next: number.next + 1 };
}

function unitFirst(tokens: readonly Token[], position: number, unit: CountUnit): Match<Quantity> | null {
  const token = at(tokens, position);
  const next = position + 1;
  if (token.lex.dual) return { value: { count: 2, unit, vague: false }, next };
  if (!token.lex.plural) return { value: { count: 1, unit, vague: false }, next };
  const after = at(tokens, next);
  if (after.lex.few && after.clitics.article)
    return { value: { count: A_FEW, unit, vague: true }, next: next + 1 };
  const number = anyNumber(tokens, skipArticle(tokens, next));
  if (number === null || (after.kind === "word" && !after.clitics.article && after.lex.role !== "article"))
    return null;
  return { value: { count: number.value, unit, vague: false }, next: number.next };
}

/** "الأيام الثلاثة الماضية", "الـ 24 ساعة الفائتة", "آخر 3 أيام", "اليومين المقبلين", "3 أيام القادمة". */
export function countedPeriod(tokens: readonly Token[], position: number): Match<Expression> | null {
  const first = at(tokens, position);
  const isLastWord =
    (first.lex.role === "last" && !first.clitics.article) ||
    (/^[a-z]/.test(first.text) && first.lex.shift !== undefined && first.lex.shift !== "same");
  const amount = quantity(tokens, isLastWord ? position + 1 : position);
  if (amount === null) return vagueHours(tokens, position);
  const { count, unit, vague } = amount.value;
  const shift = adjective(tokens, amount.next) ?? latest(tokens, amount.next);
  const whole =
    (unit === "week" || unit === "month") && !["from", "in"].includes(at(tokens, amount.next).lex.role ?? "");
  if (first.lex.role === "last" && amount.next === position + 2 && whole && count === 1) {
    return { value: { type: "counted", count, unit, shift: -1, vague: false }, next: amount.next };
  }
  if (isLastWord && count === 1 && unit === "day" && isEnd(at(tokens, amount.next))) {
    return { value: { type: "counted", count, unit, shift: -1, vague: false }, next: amount.next };
  }
  if (isLastWord) {
    if (count === 1 && at(tokens, amount.next - 1).kind === "word" && first.lex.role === "last") return null;
    return {
      value: { type: "counted", count, unit, shift: first.lex.shift === 1 ? 1 : -1, vague },
      next: shift?.next ?? amount.next,
    };
  }
  if (shift === null || (shift.value !== -1 && shift.value !== 1)) return null;
  const single =
    count === 1 && at(tokens, amount.next - 1).lex.unit !== undefined && amount.next === position + 1;
  if (single) return null;
  return { value: { type: "counted", count, unit, shift: shift.value, vague }, next: shift.next };
}

/** "الأيام الثلاثة الأخيرة": the latest ones are the past ones. */
function latest(tokens: readonly Token[], position: number): Match<-1> | null {
  const { lex, clitics } = at(tokens, position);
  return lex.role === "last" && clitics.article ? { value: -1, next: position + 1 } : null;
}

/** "الساعات الماضية": hours without a number reach into the day before. */
function vagueHours(tokens: readonly Token[], position: number): Match<Expression> | null {
  const token = at(tokens, position);
  if (token.text !== "الساعات" || !token.clitics.article) return null;
  const few = at(tokens, position + 1).lex.few ? 2 : 1;
  const shift = adjective(tokens, position + few) ?? latest(tokens, position + few);
  if (shift?.value !== -1) return null;
  return { value: { type: "counted", count: 1, unit: "hour", shift: -1, vague: true }, next: shift.next };
}

/** "الليلة الماضية", "الليلة", "هذه الليلة". */
export function nightPhrase(tokens: readonly Token[], position: number): Match<Expression> | null {
  const start = at(tokens, position).lex.role === "this" ? position + 1 : position;
  const token = at(tokens, start);
  if (token.text === "last" && at(tokens, start + 1).text === "night")
    return { value: { type: "lastNight" }, next: start + 2 };
  if (!token.lex.night || !token.clitics.article) return null;
  const shift = adjective(tokens, start + 1);
  if (shift?.value === -1) return { value: { type: "lastNight" }, next: shift.next };
  return shift === null ? { value: { type: "point", parts: { relative: 0 } }, next: start + 1 } : null;
}

/** "السبعينيات", "ثمانينيات القرن الماضي", "العقد القادم". */
export function decadePhrase(tokens: readonly Token[], position: number): Match<Expression> | null {
  const token = at(tokens, position);
  if (token.lex.unit === "decade" && !token.lex.plural && !token.lex.dual)
    return singleDecade(tokens, position);
  if (token.lex.cardinal === 2000) return twoThousands(tokens, position);
  if (token.lex.decade === undefined) return null;
  let next = position + 1;
  if (at(tokens, next).lex.role === "from") next += 1;
  if (at(tokens, next).text !== "القرن")
    return { value: { type: "decade", decade: token.lex.decade }, next: position + 1 };
  const ordinal = ordinalWords(tokens, next + 1);
  if (ordinal !== null)
    return {
      value: { type: "decade", decade: token.lex.decade, century: ordinal.value },
      next: ordinal.next,
    };
  const shift = adjective(tokens, next + 1);
  return { value: { type: "decade", decade: token.lex.decade }, next: shift?.next ?? next + 1 };
}

/** "صيف 2017", "الصيف الماضي". */
export function seasonPhrase(tokens: readonly Token[], position: number): Match<Expression> | null {
  const { season } = at(tokens, position).lex;
  if (season === undefined) return null;
  const year = yearPhrase(tokens, position + 1, { bare: true });
  if (year !== null) return { value: { type: "season", season, parts: year.value }, next: year.next };
  const shift = adjective(tokens, position + 1);
  if (shift === null || shift.value === "same") return null;
  return { value: { type: "season", season, parts: { monthShift: shift.value } }, next: shift.next };
}

/** "العقد الماضي", "العقد القادم". */
function singleDecade(tokens: readonly Token[], position: number): Match<Expression> | null {
  const shift = adjective(tokens, position + 1);
  if (shift === null || (shift.value !== 1 && shift.value !== -1)) return null;
  return {
    value: { type: "counted", count: 1, unit: "decade", shift: shift.value, vague: false },
    next: shift.next,
  };
}

/** "في الألفين" and "مواليد ألفين" mean the years 2000 to 2009, "الألفين والعشرات" 2010 to 2019. */
function twoThousands(tokens: readonly Token[], position: number): Match<Expression> | null {
  const token = at(tokens, position);
  if (cardinalWords(tokens, position)?.value !== 2000) return null;
  const born = at(tokens, position - 1).text === "مواليد";
  if (!born && !(token.clitics.article && at(tokens, position - 1).lex.role === "in")) return null;
  const tens = at(tokens, position + 1).text === "والعشرات";
  if (!born && !tens && !isEnd(at(tokens, position + 1)) && !isMark(at(tokens, position + 1), ".،,؟"))
    return null;
  return { value: { type: "decade", decade: tens ? 10 : 0, century: 21 }, next: position + (tens ? 2 : 1) };
}
