/** Reads who did what to whom in Arabic news clauses: word classes and their order, no parser. */
import type { DateMention } from "../../text/dates/mention.ts";
import type { ClausePolarity, Modality } from "../../text/negation.ts";
import { type Span, searchKey } from "../../text/normalize.ts";
import { deniedWords } from "../denial.ts";
import { overlap, type Reading } from "../reading.ts";
import { AIMS, DOUBT, modalityAt, type Told } from "./certainty.ts";
import { endOf, isState, ON_PLACES, refersAt, triggerAt } from "./extent.ts";
import { endsSentence, groupsOf, type Item, itemsOf } from "./items.ts";
import { type EventClass, PART, type Trigger, WHOLE } from "./lexicon.ts";
import { type Parties, partiesOf, type Row } from "./parties.ts";

/** An event as a clause tells it. Unknown parties are empty. */
export interface NewsEvent {
  readonly cls: EventClass;
  readonly agents: readonly string[];
  readonly patients: readonly string[];
  /** The agents are lent by a pronoun or by the sentence. */
  readonly lent: boolean;
  /** Of the word that tells it. */
  readonly span: Span;
  /** It is told: by a verb, a victim, or a masdar that a verb makes one ("تمكن من السيطرة"); else only spoken of. */
  readonly main: boolean;
  readonly negated: boolean;
  readonly modality: Modality;
  /** The words after it, up to the end of its part of the clause. */
  readonly object: Span;
  readonly objectWords: readonly string[];
  readonly places: readonly string[];
  /** A pronoun or "الحي" stands for a place. */
  readonly refers: readonly string[];
  readonly whole: boolean;
  readonly part: boolean;
  readonly dates: readonly DateMention[];
}

/** "للمرة الأولى منذ خروج الحي عام 2012": a date since when is no date of the deed. */
function isSince(text: string, from: number, span: Span): boolean {
  return /(?<!\p{L})[وف]?منذ(?!\p{L})/u.test(text.slice(from, span[0]));
}

/** Whether another deed stands between a deed and a date, which is then that one's. */
function deedBetween(items: readonly Item[], at: number, [start, end]: Span): boolean {
  const item = items[at];
  if (item === undefined) return false;
  const [from, to] = item.end <= start ? [item.end, start] : [end, item.start];
  return items.some((other, index) => {
    if (other.start < from || other.end > to) return false;
    const deed = triggerAt(items, index);
    return deed !== null && (deed.voice === "verb" || ON_PLACES.has(deed.cls));
  });
}

/** "دخلت في السادس وأخرجت", "خرجت في الثامن بعدما دخلتها": a date before a joined deed is told of what stands before it. */
function belongsBefore({ items, at, clause }: Deed, [start]: Span): boolean {
  const item = items[at];
  if (item === undefined || start > item.start) return false;
  const lead = items.find(({ start: from }) => from >= (clause?.span[0] ?? 0))?.key ?? "";
  const told = items.some(
    (other, index) =>
      other.start >= (clause?.span[0] ?? 0) && other.end <= start && triggerAt(items, index) !== null,
  );
  if (told && /^[وف]?(?:بعد|قبل|عقب|منذ)$/.test(lead)) return true;
  const joined =
    /^[وف]/.test(item.key) || /^(?:بعدما|قبل|ان|ثم|حيث|بعد|عقب|التي|الذي)$/.test(items[at - 1]?.key ?? "");
  return (
    joined && items.filter(({ start: from }) => from >= (clause?.span[0] ?? 0) && from < start).length > 2
  );
}

/** "تلقى التنظيم ضربات من قسد" is told as "ضربت قسد التنظيم"; civilians only suffer. */
function told(
  cls: EventClass,
  { agents, patients, lent = false }: Parties,
  civilians: ReadonlySet<string>,
): Required<Parties> & { readonly cls: EventClass } {
  const received = cls === "receive";
  const doers = received ? patients : agents;
  return {
    cls: received ? "shell" : cls,
    agents: doers.filter((id) => !civilians.has(id)),
    patients: received ? agents : patients,
    lent,
  };
}

/** Verbs that make a masdar the deed that is told. */
const MAKES_DEED =
  /^[وف]?(?:تمكنت?|يتمكن|تتمكن|استطاعت?|نجحت?|بدات?|بدء|شرعت?|باشرت?|تم|تمت|يتم|جري|جرت|شنت?|يشن|تشن|نفذت?|فرضت?|احكمت?|بسطت?|حققت?|احرزت?|احزرت?|استكملت?|اكملت?|تكمل|يكمل|حاولت?|تحاول|يحاول|محاوله|محاولات|سعت|سعي|يسعي|تسعي|واصلت?|تواصل|يواصل|قامت?|قيام|فشلت?|عجزت?|اعلنت?|رجحت?)$/;
const MAKES_REACH = 7;
/** "هجماته" is spoken of as known; "سيطرتها" may be news. */
const OWNED = /(?:هجمات|هجوم|قصف|غارات|ضربات|عمليت|خسارت|تقدم)(?:ه|ها|هم)$/;

function isMain(items: readonly Item[], at: number, trigger: Trigger): boolean {
  if (trigger.voice === "verb" || trigger.voice === "victim" || trigger.cls === "hold" || at === 0)
    return true;
  if (OWNED.test(items[at]?.key ?? "") || trigger.clitic.startsWith("ل")) return false;
  if (!/^[بك]/.test(trigger.clitic)) return true;
  for (let index = at - 1; index >= Math.max(0, at - MAKES_REACH); index -= 1) {
    const item = items[index];
    if (item === undefined || endsSentence(items[index + 1] ?? item)) return false;
    if (MAKES_DEED.test(item.key)) return true;
    if (triggerAt(items, index)?.voice === "verb") return false;
  }
  return false;
}

const REPORTS =
  /(?<!\p{L})[وف]?(?:ذكرت?|قالت?|نشرت?|اعلنت?|افادت?|اكدت?|اوردت?|نقلت?|كتبت?|صرحت?|اشارت?)(?!\p{L})/u;
const THAT = /(?<!\p{L})[وب]?(?:ان|انه|انها|انهم)(?!\p{L})/u;

/** "ذكر المرصد صباح الأحد أن …": the day on which it was said. */
function isOfReport(text: string, { span: [start, end] }: DateMention, from: number, deed: number): boolean {
  return (
    end <= deed &&
    REPORTS.test(searchKey(text.slice(from, start))) &&
    THAT.test(searchKey(text.slice(end, deed)))
  );
}

/** "خرجت في الثامن بعد كمائن قتل فيها 40": the date is of what came after. */
function isBeforeAfter(items: readonly Item[], at: number, [, end]: Span): boolean {
  const start = items[at]?.start ?? 0;
  return (
    end <= start &&
    items.some(({ key, ...item }) => item.start >= end && item.end <= start && /^(?:بعد|عقب|اثر)$/.test(key))
  );
}

/** The dates of a deed: those of its clause that no other deed stands nearer to, but for "since when". */
function datesOf(deed: Deed, { text }: Reading, dates: readonly DateMention[]): readonly DateMention[] {
  const { items, at, clause } = deed;
  if (clause === undefined) return [];
  return dates.filter(
    (date) =>
      overlap(date.span, clause.span) &&
      !date.text.startsWith("منذ") &&
      !isSince(text, clause.span[0], date.span) &&
      !deedBetween(items, at, date.span) &&
      !isBeforeAfter(items, at, date.span) &&
      !isOfReport(text, date, clause.span[0], items[at]?.start ?? 0) &&
      !belongsBefore(deed, date.span),
  );
}

const WHEN = /^[\s،,]*(?:حين|عندما|حينما|وقتها|حيث)(?!\p{L})/u;

/** "منذ كانون الثاني 2016، حين هاجم المدينة … وقتل": what follows "when" has the date before it. */
function withWhen(
  own: readonly DateMention[],
  { text }: Reading,
  { dates, at }: { readonly dates: readonly DateMention[]; readonly at: number },
): readonly DateMention[] {
  if (own.length > 0) return own;
  const before = dates.findLast(({ span }) => span[1] <= at);
  if (before === undefined) return own;
  const between = text.slice(before.span[1], at);
  return WHEN.test(between) && !/[.؛!?؟\n]/.test(between) ? [before] : own;
}

const OR_REACH = 3;

/** "السيطرة عليه أو على بعض أجزائه": the part is told beside the whole. */
function isAlternative(object: readonly Item[], at: number): boolean {
  return object.slice(Math.max(1, at - OR_REACH), at).some(({ key }) => key === "او");
}

/** "كل منها" are each of them. */
function tellsWhole(near: readonly Item[], at: number): boolean {
  const key = near[at]?.key ?? "";
  return WHOLE.test(key) && !(key === "كل" && /^من(?:ها|هم|هما)?$/.test(near[at + 1]?.key ?? ""));
}

function toldAt(_: Reading, told: Told): Modality {
  return modalityAt(told);
}

/** "يرمي التنظيم من هجماته إلى إيقاع خسائر", "تسعى القوات، بدعم، إلى استعادة": what follows a word of aim as its complement is aimed at. */
function aimedAt({ text }: Reading, told: Told): Modality {
  const modality = modalityAt(told);
  const { items, at, trigger } = told;
  const item = items[at];
  const before = items[at - 1];
  if (modality !== "certain" || item === undefined || before === undefined) return modality;
  const complement =
    trigger.clitic.startsWith("ل") ||
    /^(?:الي|علي|ان|كي|لكي)$/.test(before.key) ||
    (trigger.voice !== "verb" && AIMS.test(searchKey(text.slice(before.start, item.start)))) ||
    (trigger.voice !== "verb" && isJoinedComplement(items, at));
  if (!complement) return modality;
  const start = items.findLast((other, index) => index <= at && endsSentence(other))?.start ?? 0;
  return AIMS.test(searchKey(text.slice(start, item.start))) ? "attempted" : modality;
}

/** "إلى دفع القوات …، وتأخير عمليتها": joined by "و" to a complement. */
function isJoinedComplement(items: readonly Item[], at: number): boolean {
  return /^و/.test(items[at]?.key ?? "");
}

interface Deed {
  readonly items: readonly Item[];
  readonly at: number;
  readonly clause: ClausePolarity | undefined;
}

/**
 * The events that a text tells, in order. `dates` are the text's own; `claimed`: it is one statement, in which a word of
 * aim holds for its complement however far. Linear in its length for clauses of usual size.
 */
export function readEvents(
  reading: Reading,
  dates: readonly DateMention[],
  { claimed = false }: { readonly claimed?: boolean } = {},
): readonly NewsEvent[] {
  const items = itemsOf(reading.text, reading.places);
  const doers = reading.actors.filter(({ id }) => !reading.reporters.has(id));
  const row: Row = { items, groups: groupsOf(items, doers) };
  const denied = deniedWords(reading);
  const doubted = DOUBT.test(searchKey(reading.text));
  return items.flatMap((item, at): NewsEvent[] => {
    const word: Span = [item.start, item.end];
    const found = reading.actors.some(({ span }) => overlap(span, word)) ? null : triggerAt(items, at);
    if (found === null) return [];
    const trigger: Trigger = isState(items, at, found) ? { ...found, cls: "hold" } : found;
    const clause = reading.clauses.find(({ span }) => item.start >= span[0] && item.start < span[1]);
    const to = endOf(items, at);
    const object = items.slice(at + 1, to);
    // "السيطرة عليه أو على بعض أجزائه": on the whole, too.
    const either = object.some(({ key }, index) => PART.test(key) && isAlternative(object, index));
    return [
      {
        ...told(trigger.cls, partiesOf(row, found, at, to), reading.civilians),
        span: word,
        main: isMain(items, at, trigger),
        negated: denied.certainly(word),
        modality: (claimed ? aimedAt : toldAt)(reading, { clause, items, at, trigger, doubted }),
        object: [item.end, object.at(-1)?.end ?? item.end],
        objectWords: object.map(({ key }) => key),
        places: [...new Set(object.flatMap(({ place }) => (place === null ? [] : place.candidates)))],
        refers: refersAt(items, at, to),
        whole:
          either || items.slice(Math.max(0, at - 1), to).some((_, index, near) => tellsWhole(near, index)),
        part: object.some(({ key }, index) => PART.test(key) && !isAlternative(object, index)),
        dates: withWhen(datesOf({ items, at, clause }, reading, dates), reading, { dates, at: item.start }),
      },
    ];
  });
}
