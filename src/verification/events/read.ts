/** Reads who did what to whom in Arabic news clauses: word classes and their order, no parser. */
import type { DateMention } from "../../text/dates/mention.ts";
import type { ClausePolarity, Modality } from "../../text/negation.ts";
import { type Span, searchKey } from "../../text/normalize.ts";
import { overlap, type Reading } from "../reading.ts";
import { DOUBT, isDenied, modalityAt } from "./certainty.ts";
import { endOf, isState, ON_PLACES, refersAt, triggerAt } from "./extent.ts";
import { groupsOf, type Item, itemsOf } from "./items.ts";
import { type EventClass, PART, type Trigger, WHOLE } from "./lexicon.ts";
import { type Parties, partiesOf, type Row } from "./parties.ts";

/** An event as a clause tells it. Unknown parties are empty. */
export interface NewsEvent {
  readonly cls: EventClass;
  readonly agents: readonly string[];
  readonly patients: readonly string[];
  /** Of the word that tells it. */
  readonly span: Span;
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
  const joined = /^[وف]/.test(item.key) || /^(?:بعدما|قبل|ان|ثم|حيث|بعد|عقب|التي|الذي)$/.test(items[at - 1]?.key ?? "");
  return joined && items.filter(({ start: from }) => from >= (clause?.span[0] ?? 0) && from < start).length > 2;
}

/** "تلقى التنظيم ضربات من قسد" is told as "ضربت قسد التنظيم"; civilians only suffer. */
function told(
  cls: EventClass,
  { agents, patients }: Parties,
  civilians: ReadonlySet<string>,
): Parties & { readonly cls: EventClass } {
  const received = cls === "receive";
  const doers = received ? patients : agents;
  return {
    cls: received ? "shell" : cls,
    agents: doers.filter((id) => !civilians.has(id)),
    patients: received ? agents : patients,
  };
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
      !belongsBefore(deed, date.span),
  );
}

interface Deed {
  readonly items: readonly Item[];
  readonly at: number;
  readonly clause: ClausePolarity | undefined;
}

/** The events that a text tells, in order. `dates` are the text's own. Linear in its length for clauses of usual size. */
export function readEvents(reading: Reading, dates: readonly DateMention[]): readonly NewsEvent[] {
  const items = itemsOf(reading.text, reading.places);
  const row: Row = { items, groups: groupsOf(items, reading.actors) };
  const doubted = DOUBT.test(searchKey(reading.text));
  return items.flatMap((item, at): NewsEvent[] => {
    const word: Span = [item.start, item.end];
    const found = reading.actors.some(({ span }) => overlap(span, word)) ? null : triggerAt(items, at);
    if (found === null) return [];
    const trigger: Trigger = isState(items, at, found) ? { ...found, cls: "hold" } : found;
    const clause = reading.clauses.find(({ span }) => item.start >= span[0] && item.start < span[1]);
    const to = endOf(items, at);
    const object = items.slice(at + 1, to);
    return [
      {
        ...told(trigger.cls, partiesOf(row, found, at, to), reading.civilians),
        span: word,
        negated: clause?.negated === true && isDenied(items, at, clause),
        modality: modalityAt({ clause, items, at, trigger, doubted }),
        object: [item.end, object.at(-1)?.end ?? item.end],
        objectWords: object.map(({ key }) => key),
        places: [...new Set(object.flatMap(({ place }) => (place === null ? [] : place.candidates)))],
        refers: refersAt(items, at, to),
        whole: items.slice(Math.max(0, at - 1), to).some(({ key }) => WHOLE.test(key)),
        part: object.some(({ key }) => PART.test(key)),
        dates: datesOf({ items, at, clause }, reading, dates),
      },
    ];
  });
}
