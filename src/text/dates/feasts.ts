import { ordinalWords } from "./counts.ts";
import { yearPhrase } from "./months.ts";
import { at, type Expression, type Match, type Parts } from "./parts.ts";
import type { Token } from "./tokens.ts";

interface Feast {
  /** Hijri month and the feast's first day in it. */
  readonly month: number;
  readonly day: number;
  /** Days that are called days of the feast. */
  readonly length: number;
}

const FITR: Feast = { month: 10, day: 1, length: 3 };
const ADHA: Feast = { month: 12, day: 10, length: 4 };

const FEASTS: Readonly<Record<string, Feast>> = {
  الفطر: FITR,
  فطر: FITR,
  الصغير: FITR,
  الاضحي: ADHA,
  الاضحا: ADHA,
  اضحي: ADHA,
  الكبير: ADHA,
};
/** Feasts of which the days are not known here: with a year they name no date, and never the whole year. */
const OTHER_FEASTS =
  /^(?:الميلاد|الام|النوروز|النيروز|نوروز|العمال|الحب|الثوره|الجيش|الشهداء|الجلاء|الاستقلال|الفصح|المعلم|المراه|الصليب|رمضان)$/;
const FEAST = /^[وف]?[بل]?(?:ال|لل)?عيد$/;
const EVE = /^[وف]?[بل]?(?:ال)?وقفه$/;
const NEW_YEAR = /^[وف]?[بل]?راس$/;
const BLESSED = /^(?:المبارك|السعيد)$/;

/** Whether a feast's name can begin with a word. */
export function mayBeFeast(text: string): boolean {
  return FEAST.test(text) || EVE.test(text) || NEW_YEAR.test(text);
}

/**
 * "عيد الفطر 2017", "ثاني أيام عيد الأضحى", "أيام العيد الكبير", "وقفة عيد الأضحى": 1 Shawwal and 10 Dhu al-Hijja of the
 * year that is named. Null value: a feast whose day is not known ("عيد الميلاد 2017", "رأس السنة 2017").
 */
export function feastPhrase(tokens: readonly Token[], position: number): Match<Expression | null> | null {
  if (NEW_YEAR.test(at(tokens, position).text)) return newYear(tokens, position);
  const eve = EVE.test(at(tokens, position).text);
  const days = eve ? { nth: 0, whole: false, next: position + 1 } : daysOf(tokens, position);
  const start = days?.next ?? position;
  if (!FEAST.test(at(tokens, start).text)) return null;
  const name = at(tokens, start + 1).text;
  const feast = FEASTS[name];
  const other = OTHER_FEASTS.test(name);
  if (feast === undefined && !other) return null;
  const after = BLESSED.test(at(tokens, start + 2).text) ? start + 3 : start + 2;
  const year = yearPhrase(tokens, after, { bare: true, least: 1200 });
  const next = year?.next ?? after;
  if (feast === undefined) return year === null ? null : { value: null, next };
  const on = (day: number): Expression => {
    const parts: Parts = { ...year?.value, hijri: true, month: feast.month, day };
    return { type: "point", parts };
  };
  if (days?.whole) {
    return { value: { type: "range", from: on(feast.day), to: on(feast.day + feast.length - 1) }, next };
  }
  // The eve of 1 Shawwal is the 29th or 30th of the month before.
  if (eve && feast.day === 1) return { value: null, next };
  return { value: on(feast.day + (days?.nth ?? 1) - 1), next };
}

/** "أول أيام", "اليوم الثاني من", "ثاني يوم من": which day of the feast; "أيام": all of them. */
function daysOf(
  tokens: readonly Token[],
  position: number,
): { nth: number; whole: boolean; next: number } | null {
  const [first, second] = [at(tokens, position), at(tokens, position + 1)];
  const skipFrom = (next: number): number => (at(tokens, next).text === "من" ? next + 1 : next);
  if (first.lex.unit === "day" && (first.clitics.article || first.text === "اليوم")) {
    const ordinal = ordinalWords(tokens, position + 1);
    return ordinal === null || ordinal.value > 4
      ? null
      : { nth: ordinal.value, whole: false, next: skipFrom(ordinal.next) };
  }
  if (first.lex.ordinal !== undefined && first.lex.ordinal <= 4 && second.lex.unit === "day")
    return { nth: first.lex.ordinal, whole: false, next: skipFrom(position + 2) };
  if (first.lex.unit === "day" && first.lex.plural)
    return { nth: 1, whole: true, next: skipFrom(position + 1) };
  return first.text === "عطله" || first.text === "ايام" ? { nth: 1, whole: true, next: position + 1 } : null;
}

/** "رأس السنة 2017" is the night into the year: no day, and not the year. */
function newYear(tokens: readonly Token[], position: number): Match<null> | null {
  const { text } = at(tokens, position + 1);
  if (text !== "السنه" && text !== "العام") return null;
  const described = /^ال(?:ميلاديه|هجريه|جديده)$/.test(at(tokens, position + 2).text);
  const year = yearPhrase(tokens, position + (described ? 3 : 2), { bare: true, least: 1200 });
  return { value: null, next: year?.next ?? position + (described ? 3 : 2) };
}
