import { quantity } from "./counted.ts";
import { standsAlone } from "./counts.ts";
import type { DateContext } from "./mention.ts";
import { type Amount, at, type Draft, type Expression, isEnd, isMark, type Match } from "./parts.ts";
import { point } from "./points.ts";
import type { Token } from "./tokens.ts";

type Mode = "report" | "question";

const NOW = new Set(["الان", "هلق", "هلا", "اليوم", "هسه", "هسا", "هسع", "الحين"]);
const MAX_AMOUNTS = 3;

interface Amounts {
  readonly amounts: readonly Amount[];
  readonly vague: boolean;
  readonly next: number;
}

/** "شهر و21 يوما", "2 سنة 1 شهر". */
export function amountsAt(tokens: readonly Token[], position: number): Amounts | null {
  const amounts: Amount[] = [];
  let vague = false;
  let next = position;
  while (amounts.length < MAX_AMOUNTS) {
    const separated = amounts.length > 0 && (at(tokens, next).text === "و" || isMark(at(tokens, next), "،,"));
    const start = separated ? next + 1 : next;
    const joined = separated || at(tokens, start).clitics.conjunction || at(tokens, start).kind === "number";
    if (amounts.length > 0 && !joined) break;
    const amount = colloquialWeek(tokens, start) ?? quantity(tokens, start);
    if (amount === null) break;
    amounts.push(amount.value);
    vague ||= amount.value.vague;
    next = amount.next;
  }
  return amounts.length === 0 ? null : { amounts, vague, next };
}

/** Levantine "قبل جمعة": a week ago. */
function colloquialWeek(
  tokens: readonly Token[],
  position: number,
): Match<Amount & { vague: boolean }> | null {
  if (at(tokens, position).text !== "جمعه" || at(tokens, position - 1).lex.unit === "day") return null;
  return { value: { count: 1, unit: "week", vague: false }, next: position + 1 };
}

/** The token after "من الآن", or the same position. */
export function skipNow(tokens: readonly Token[], position: number): number {
  return at(tokens, position).text === "من" && NOW.has(at(tokens, position + 1).text)
    ? position + 2
    : position;
}

/** The token after "في المستقبل", or the same position. */
function skipFuture(tokens: readonly Token[], position: number): number {
  return at(tokens, position + 1).text === "المستقبل" ? position + 2 : position;
}

/** "قبل يومين", "منذ ثلاثة أيام", Levantine "من يومين", "بعد أسبوعين", "شهر و21 يوما من الآن". */
export function agoAt(tokens: readonly Token[], position: number, context: DateContext): Draft | null {
  const { mode } = context;
  const token = at(tokens, position);
  const { role } = token.lex;
  const introduced = role === "ago" || role === "after" || role === "since" || token.text === "من";
  let start = introduced ? position + 1 : position;
  const more = introduced && at(tokens, start).lex.role === "more";
  if (more) start += at(tokens, start + 1).text === "من" ? 2 : 1;
  const found = amountsAt(tokens, start);
  if (found === null || at(tokens, start).clitics.article) return null;
  const { amounts } = found;
  const next = skipFuture(tokens, skipNow(tokens, found.next));
  const fromNow = skipNow(tokens, found.next) > found.next;
  if (!introduced && !fromNow) return null;
  if (amounts.some(({ unit }) => unit === "hour") && role !== "since") return null;
  if (amounts.at(-1)?.unit === "year" && at(tokens, next).text.length === 4 && standsAlone(tokens, next))
    return null;
  if (!fromNow && role !== "since" && ["من", "علي"].includes(at(tokens, next).text)) return null;
  if (role === "from" && !fromNow && !isLevantineAgo(tokens, position, start, next, amounts, mode))
    return null;
  if (role === "after" && !fromNow && !isFuture(tokens, position, context)) return null;
  const ago: Expression = {
    type: "ago",
    amounts,
    sign: role === "after" ? 1 : -1,
    vague: found.vague || more,
  };
  return {
    from: position,
    next,
    expression: role === "since" && !fromNow ? { type: "since", of: ago } : ago,
  };
}

const FUTURE =
  /^(?:رح|راح|سوف|سيحدث|سيحصل|سيكون|سيجري|سيصير|حيصير|لح|سا(?!ع[هاد]|حه|حات|بق|رع|لم|هم|ند|كن|دس|حل|مي|خن|قط)\p{L}{3,})$/u;

/** Whether "بعد يومين" is counted from now: told of the past it is counted from another event ("طلع منها بعد يومين"). */
function isFuture(tokens: readonly Token[], position: number, { mode, prefer }: DateContext): boolean {
  if (mode === "report") return false;
  if (prefer === "future") return true;
  return [1, 2, 3, 4].some((back) => FUTURE.test(at(tokens, position - back).text));
}

/** "من يومين" is two days ago, unless it follows "أكثر" or counts what comes after it. */
function isLevantineAgo(
  tokens: readonly Token[],
  position: number,
  start: number,
  next: number,
  amounts: readonly Amount[],
  mode: Mode,
): boolean {
  const single = amounts.length === 1 && amounts[0]?.count === 1 && !at(tokens, start).lex.dual;
  const { conjunction, preposition } = at(tokens, position).clitics;
  if (at(tokens, position - 1).lex.role === "more" || conjunction || preposition !== "") return false;
  return !single || (mode === "question" && (isEnd(at(tokens, next)) || isMark(at(tokens, next), ".،,؟?!")));
}

/** "قبل وبعد 5 أيلول", "قبل 5 أيلول وبعده": both sides of the day, so no side of it alone. */
function isBothSides(tokens: readonly Token[], position: number, next: number): boolean {
  const back = at(tokens, position - 1).text === "و" ? 2 : 1;
  const before = at(tokens, position - back).lex.role;
  return before === "ago" || before === "after" || /^و(?:قبل|بعد)ها?$/.test(at(tokens, next).text);
}

/** "منذ 5 أيلول", "حتى 10 أيلول", "قبل عام 2012", "بعد 5 أيلول". */
export function openAt(tokens: readonly Token[], position: number, mode: Mode): Draft | null {
  const token = at(tokens, position);
  const { role } = token.lex;
  if (role !== "since" && role !== "to" && role !== "ago" && role !== "after") return null;
  const skipped =
    role === "since" && at(tokens, position + 1).lex.role === "from" ? position + 2 : position + 1;
  // "بعد أو تساوي X": X itself is in it.
  const orEqual = role === "after" && /^[تي]ساوي$/.test(at(tokens, skipped + 1).text);
  const found = point(tokens, orEqual ? skipped + 2 : skipped);
  if (found === null || found.value === null) return null;
  const draft = { from: position, next: found.next };
  if (role === "since" || orEqual) return { ...draft, expression: { type: "since", of: found.value } };
  if (role === "to") {
    const until = token.text !== "الي" && token.text !== "to" && mode === "question";
    return until ? { ...draft, expression: { type: "until", of: found.value } } : null;
  }
  if (isBothSides(tokens, position, found.next)) return { ...draft, expression: found.value };
  return { ...draft, expression: { type: role === "ago" ? "before" : "after", of: found.value } };
}
