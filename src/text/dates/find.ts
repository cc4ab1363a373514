import { normalizeWithOffsets, originalSpan } from "../normalize.ts";
import { mayBeFeast } from "./feasts.ts";
import { dayList } from "./lists.ts";
import type { DateContext, DateMention } from "./mention.ts";
import { offsetAt } from "./offsets.ts";
import { agoAt, openAt } from "./open.ts";
import { at, type Draft, isMark, type Parts, type Resolved } from "./parts.ts";
import { namedAfterDate, point } from "./points.ts";
import { rangeAt, withFieldsOf } from "./ranges.ts";
import { resolve } from "./resolve.ts";
import { type Token, tokenize } from "./tokens.ts";

/**
 * Finds every date in an Arabic (or English) text, in the order of the text: days, weeks, months, years, and
 * intervals of them, written out or relative to `context.anchor`. Spans are UTF-16 offsets of `text`; both ends of
 * an interval are inclusive; only the two months of a bare "تشرين" share one span. A date that does not exist (31 September) gives no entry. Never throws; linear in the
 * length of the text. The rules and conventions are those of the project's guide on Arabic dates.
 */
export function findDates(text: string, context: DateContext): DateMention[] {
  const normalized = normalizeWithOffsets(text);
  const tokens = tokenize(normalized);
  const mentions: DateMention[] = [];
  let last: Resolved | null = null;
  for (const draft of composed(tokens, readDrafts(tokens, context)).flatMap((one) =>
    bothTwins(one, context),
  )) {
    if (draft.expression === null) continue;
    const found = resolve(draft.expression, { context, last });
    if (found === null) continue;
    last = found;
    const span = originalSpan(normalized, at(tokens, draft.from).start, at(tokens, draft.next - 1).end);
    mentions.push({ ...found, span, text: text.slice(span[0], span[1]) });
  }
  return mentions;
}

/** "تشرين 2017", "كانون 2017" in a question: two months bear the name, each is an entry of the year that is named. */
function bothTwins(draft: Draft, { mode }: DateContext): Draft[] {
  const parts = pointParts(draft);
  if (mode === "report" || !parts?.twin || parts.day !== undefined || parts.hijri) return [draft];
  const { twin: _twin, month, ...rest } = parts;
  const conflict = "two months bear this name";
  return [month, month === 10 ? 11 : 1].flatMap((one) =>
    one === undefined
      ? []
      : [{ ...draft, expression: { type: "point", parts: { ...rest, month: one, conflict } } }],
  );
}

/** What the neighbours of a date change about it. */
function composed(tokens: readonly Token[], drafts: readonly Draft[]): Draft[] {
  const joined = withYearsBefore(tokens, withoutEquivalents(tokens, drafts));
  return shareYears(tokens, withoutListedWeekdays(tokens, joined));
}

/** "سنة 2016 بشهر أيلول", "عام 2017، في 5 أيلول": the year that is said first belongs to the month after it. */
function withYearsBefore(tokens: readonly Token[], drafts: readonly Draft[]): Draft[] {
  const kept: Draft[] = [];
  for (const draft of drafts) {
    const before = kept.at(-1);
    const year = before && yearAlone(before);
    const parts = pointParts(draft);
    const fits = parts?.month !== undefined && parts.year === undefined && parts.monthShift === undefined;
    if (before === undefined || year === undefined || !fits || !isInYear(tokens, before, draft))
      kept.push(draft);
    else
      kept[kept.length - 1] = {
        from: before.from,
        next: draft.next,
        expression: { type: "point", parts: { ...parts, year } },
      };
  }
  return kept;
}

function yearAlone(draft: Draft): number | undefined {
  const { year, ...others } = pointParts(draft) ?? {};
  return Object.keys(others).length === 0 ? year : undefined;
}

/** Whether only a comma or "في" parts a year from the month after it, or "ب" joins the month on. */
function isInYear(tokens: readonly Token[], year: Draft, month: Draft): boolean {
  const first = at(tokens, month.from);
  if (first.line || first.clitics.conjunction) return false;
  let next = year.next;
  if (isMark(at(tokens, next), "،,")) next += 1;
  const between = at(tokens, next);
  const joined = next < month.from && (between.lex.role === "in" || between.text === "ب");
  if (joined && !between.clitics.conjunction) next += 1;
  const opens = first.text === "ب" || first.clitics.preposition === "ب" || first.lex.unit === "month";
  return next === month.from && (joined || opens);
}

/** What of a text reads as a date, before it is known whether such a day exists. */
export function readDrafts(tokens: readonly Token[], context: DateContext): Draft[] {
  const drafts: Draft[] = [];
  let position = 0;
  while (position < tokens.length) {
    const found = mayBegin(at(tokens, position)) ? readAt(tokens, position, context) : null;
    const end = found?.at(-1)?.next;
    if (found === null || end === undefined || end <= position) {
      position += 1;
      continue;
    }
    drafts.push(...found);
    position = end;
  }
  return drafts;
}

const EMPTY = new Set([
  "ت",
  "ك",
  "وت",
  "بت",
  "بك",
  "وك",
  "ما",
  "عطله",
  "بقيه",
  "باقي",
  "نهار",
  "ذو",
  "ذي",
  "وذو",
  "وذي",
  "الساعات",
  "وقت",
  "awal",
]);

/** Whether any rule can begin at a token: most words of a text end here. */
function mayBegin(token: Token): boolean {
  if (token.kind === "number") return true;
  if (token.kind === "mark") return false;
  for (const _field in token.lex) return true;
  return EMPTY.has(token.text) || mayBeFeast(token.text);
}

function readAt(tokens: readonly Token[], position: number, context: DateContext): readonly Draft[] | null {
  const named = namedAfterDate(tokens, position);
  if (named !== null) return [named];
  const range = rangeAt(tokens, position);
  if (range !== null) return [range];
  const list = dayList(tokens, position);
  if (list !== null) return list;
  const offset = offsetAt(tokens, position);
  if (offset !== null) return [offset];
  const ago = agoAt(tokens, position, context);
  const bounded = openAt(tokens, position, context.mode);
  const open = (bounded?.next ?? 0) > (ago?.next ?? 0) ? bounded : ago;
  const single = point(tokens, position);
  if (open !== null && open.next > (single?.next ?? 0)) return [open];
  if (single === null) return null;
  const expression = single.value;
  const orLater = at(tokens, single.next).lex.role === "or" && at(tokens, single.next + 1).text === "بعده";
  if (orLater && expression !== null) {
    return [{ from: position, next: single.next + 2, expression: { type: "since", of: expression } }];
  }
  return [{ from: position, next: single.next, expression }];
}

/** "9 صفر 1439 الموافق 29 تشرين الأول 2017": one day in two calendars is one entry, the Gregorian one. */
function withoutEquivalents(tokens: readonly Token[], drafts: readonly Draft[]): Draft[] {
  const kept: Draft[] = [];
  for (const draft of drafts) {
    const before = kept.at(-1);
    if (before === undefined || !isEquivalent(tokens, before, draft)) kept.push(draft);
    else
      kept[kept.length - 1] = {
        ...(pointParts(draft)?.hijri ? before : draft),
        from: before.from,
        next: draft.next,
      };
  }
  return kept;
}

/** "يومي السبت والأحد 28 و29 تشرين الأول": weekdays listed before their dates are no entries of their own. */
function withoutListedWeekdays(tokens: readonly Token[], drafts: readonly Draft[]): Draft[] {
  const isWeekday = (draft: Draft | undefined): boolean => {
    const parts = draft && pointParts(draft);
    return parts?.weekday !== undefined && parts.day === undefined && parts.relative === undefined;
  };
  const isDated = (draft: Draft | undefined): boolean => {
    const parts = draft && pointParts(draft);
    return parts?.day !== undefined && parts.month !== undefined && parts.weekday === undefined;
  };
  return drafts.filter((draft, index) => {
    if (!isWeekday(draft)) return true;
    let first = index;
    while (index - first < 7 && isWeekday(drafts[first - 1]) && isNear(tokens, drafts, first - 1)) first -= 1;
    let end = index + 1;
    while (end - index < 8 && isWeekday(drafts[end]) && isNear(tokens, drafts, end - 1)) end += 1;
    const count = end - first;
    if (count < 2 || count > 7 || !isNear(tokens, drafts, end - 1)) return true;
    for (let offset = 0; offset < count; offset += 1) {
      if (!isDated(drafts[end + offset]) || !isNear(tokens, drafts, end + offset - 1)) return true;
    }
    return false;
  });
}

/** Whether a draft and the one after it have at most a conjunction or a mark between them. */
function isNear(tokens: readonly Token[], drafts: readonly Draft[], index: number): boolean {
  const [left, right] = [drafts[index], drafts[index + 1]];
  if (left === undefined || right === undefined) return false;
  return right.from - left.next <= 1 && !at(tokens, right.from).line;
}

function isEquivalent(tokens: readonly Token[], left: Draft, right: Draft): boolean {
  const hijri = [left, right].filter((draft) => pointParts(draft)?.hijri).length;
  if (hijri !== 1 || pointParts(left) === null || pointParts(right) === null || right.from - left.next > 3)
    return false;
  const era = at(tokens, left.next).lex.role === "era" ? 1 : 0;
  const between = at(tokens, left.next + era);
  return between.lex.role === "corresponding" || isMark(between, "/(،,-") || right.from === left.next;
}

/** "5 أيلول و3 تشرين الأول 2017": a year counts for the dates that are joined to it. */
function shareYears(tokens: readonly Token[], drafts: readonly Draft[]): Draft[] {
  const shared = [...drafts];
  for (let index = shared.length - 2; index >= 0; index -= 1) link(tokens, shared, index, index + 1, true);
  for (let index = 1; index < shared.length; index += 1) link(tokens, shared, index, index - 1, false);
  return shared;
}

function link(
  tokens: readonly Token[],
  drafts: Draft[],
  index: number,
  other: number,
  before: boolean,
): void {
  const [one, neighbour] = [drafts[index], drafts[other]];
  if (one === undefined || neighbour === undefined) return;
  const [left, right] = before ? [one, neighbour] : [neighbour, one];
  const parts = pointParts(one);
  const from = pointParts(neighbour);
  if (parts === null || from === null || !isJoined(tokens, left, right)) return;
  const year = from.year === undefined ? {} : { year: from.year };
  const lacksMonth = parts.day !== undefined && parts.month === undefined && parts.monthShift === undefined;
  const filled = withFieldsOf(parts, before && lacksMonth && from.month !== undefined ? from : year, before);
  if (filled !== parts) drafts[index] = { ...one, expression: { type: "point", parts: filled } };
}

function pointParts(draft: Draft): Parts | null {
  return draft.expression?.type === "point" ? draft.expression.parts : null;
}

function isJoined(tokens: readonly Token[], left: Draft, right: Draft): boolean {
  const gap = right.from - left.next;
  if (gap === 0) return at(tokens, right.from).clitics.conjunction;
  const between = at(tokens, left.next);
  const joins =
    between.lex.role === "or" ||
    between.text === "ولا" ||
    between.lex.role === "and" ||
    isMark(between, "،,/");
  return joins && gap <= 2 && !between.line;
}
