/** Which figures of the reports contradict the one asked for. Pure; nothing is averaged and none is chosen. */
import { type DayInterval, dayNumber, overlaps } from "../text/day.ts";
import { searchKey } from "../text/normalize.ts";
import type { CountedClass } from "../text/numbers/quantity.ts";
import type { Figure } from "./figures.ts";

/**
 * Figures for the same event, day, place and party that differ. "sentence": one sentence gives two for one thing;
 * "report": a title and its text; "sources": two publishers.
 */
export interface Conflict {
  readonly kind: "sentence" | "report" | "sources";
  /** The figure asked for first; in a report the title before the text. */
  readonly figures: readonly Figure[];
}

export interface ConflictOptions {
  /** The figure that answers the question. */
  readonly anchor: Figure;
  readonly figures: readonly Figure[];
  /** Whether what two passages tell happened in the same place. */
  readonly samePlace: (a: Figure, b: Figure) => boolean;
}

/** Longest event, in days, of which two sources are taken to tell the same. */
const SAME_EVENT_DAYS = 3;

function fits(a: CountedClass | null, b: CountedClass | null): boolean {
  return a === b || a === null || b === null || a === "people" || b === "people";
}

function sameThing(anchor: Figure, other: Figure): boolean {
  if (other === anchor || (other.quantity.partOf ?? null) !== null) return false;
  if ((anchor.quantity.event ?? null) !== (other.quantity.event ?? null)) return false;
  if (!fits(anchor.people, other.people)) return false;
  const [party] = anchor.parties;
  if (party === undefined)
    return other.parties.length === 0 && anchor.people === other.people && !other.mixed;
  if (!other.parties.includes(party)) return false;
  // "عشرات من الطرفين" may stand beside a figure of one side; a number of both sides is another count.
  return other.mixed === anchor.mixed || other.quantity.min === null;
}

/** Length of a figure's event in days; infinite when it is not known. */
function spanOf({ event }: Figure): number {
  const { start, end }: DayInterval = event ?? { start: null, end: null };
  return start === null || end === null ? Number.POSITIVE_INFINITY : dayNumber(end) - dayNumber(start) + 1;
}

function sameDays(a: Figure, b: Figure): boolean {
  return a.event !== null && b.event !== null && overlaps(a.event, b.event);
}

const sameNumber = (a: Figure, b: Figure): boolean =>
  a.quantity.min === null
    ? searchKey(a.text) === searchKey(b.text)
    : a.quantity.min === b.quantity.min && a.quantity.max === b.quantity.max;

/** "ارتفع إلى 37 عدد القتلى … إلى 28": two figures that one verb gives for one thing. */
function inOneSentence({ anchor, figures }: ConflictOptions): Figure | undefined {
  const body = anchor.report.body;
  const led = ({ span }: Figure): boolean =>
    /(?:إلى|الى)\s*$/.test(body.slice(Math.max(0, span[0] - 8), span[0]));
  return figures.find((other) => {
    if (other.report.id !== anchor.report.id || !sameThing(anchor, other) || sameNumber(anchor, other))
      return false;
    const [first, second] = anchor.span[0] < other.span[0] ? [anchor, other] : [other, anchor];
    return led(first) && led(second) && !/[.،؛؟!\n]/.test(body.slice(first.span[1], second.span[0]));
  });
}

function nearest(anchor: Figure, others: readonly Figure[]): Figure | undefined {
  const distance = ({ quantity }: Figure): number =>
    Math.abs((quantity.min ?? 0) - (anchor.quantity.min ?? 0));
  return [...others].sort((a, b) => distance(a) - distance(b))[0];
}

/** A title against the text under it, when no figure of the text is the title's. */
function inOneReport({ anchor, figures }: ConflictOptions): Figure | undefined {
  const own = figures.filter(
    (other) =>
      other.report.id === anchor.report.id &&
      (other.passage.role === "title") !== (anchor.passage.role === "title") &&
      sameThing(anchor, other) &&
      other.quantity.min !== null &&
      sameDays(anchor, other),
  );
  if (anchor.quantity.min === null || own.some((other) => sameNumber(anchor, other))) return undefined;
  return nearest(anchor, own);
}

/** The other publishers that tell of the same event: one figure of each, when none of theirs is the same. */
function inOtherSources({ anchor, figures, samePlace }: ConflictOptions): Figure[] {
  const told = figures.filter(
    (other) =>
      other.report.publisher !== null &&
      other.report.publisher !== anchor.report.publisher &&
      sameThing(anchor, other) &&
      sameDays(anchor, other) &&
      spanOf(anchor) <= SAME_EVENT_DAYS &&
      spanOf(other) <= SAME_EVENT_DAYS &&
      samePlace(anchor, other),
  );
  const publishers = [...new Set(told.map(({ report }) => report.publisher))];
  return publishers.flatMap((publisher) => {
    const own = told.filter(({ report }) => report.publisher === publisher);
    if (own.some((other) => sameNumber(anchor, other))) return [];
    const other =
      nearest(
        anchor,
        own.filter(({ quantity }) => quantity.min !== null),
      ) ?? own[0];
    return other ? [other] : [];
  });
}

/** What contradicts a figure, or stands beside it: within its sentence, its report, and in other publishers' reports. */
export function findConflicts(options: ConflictOptions): Conflict[] {
  const { anchor } = options;
  if (anchor.report.publisher === null && anchor.event === null) return [];
  const conflicts: Conflict[] = [];
  const sentence = inOneSentence(options);
  if (sentence) {
    const inOrder = [anchor, sentence].sort((a, b) => a.span[0] - b.span[0]);
    conflicts.push({ kind: "sentence", figures: inOrder });
  }
  const report = inOneReport(options);
  if (report) {
    const inOrder = [anchor, report].sort((a, b) => a.passage.start - b.passage.start);
    conflicts.push({ kind: "report", figures: inOrder });
  }
  const sources = inOtherSources(options);
  if (sources.length > 0) conflicts.push({ kind: "sources", figures: [anchor, ...sources] });
  return conflicts;
}
