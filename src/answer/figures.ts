import type { EventDate, Passage } from "../passage/passage.ts";
import type { Report } from "../report/report.ts";
import type { ActorIndex } from "../text/actors.ts";
import { findActors } from "../text/actors.ts";
import type { Span } from "../text/normalize.ts";
import { findBreakdowns } from "../text/numbers/breakdown.ts";
import { findQuantities } from "../text/numbers/find.ts";
import { classOfPeople } from "../text/numbers/party-class.ts";
import type { CountedClass, Quantity } from "../text/numbers/quantity.ts";

/** A figure where it stands in a report. */
export interface Figure {
  readonly quantity: Quantity;
  readonly report: Report;
  /** The passage that it begins in. */
  readonly passage: Passage;
  /** Offset of the part of the body that it stands in, and its place among the figures there. */
  readonly part: number;
  readonly index: number;
  /** The figure alone and with its noun and party, as ranges of the report's body. */
  readonly span: Span;
  readonly phrase: Span;
  readonly text: string;
  /** Ids of the parties counted; allies of the first are left out. */
  readonly parties: readonly string[];
  /** It counts others besides its first party ("عناصر التنظيم والقوات المهاجمة"). */
  readonly mixed: boolean;
  readonly people: CountedClass | null;
  /** When what it counts happened; null when unknown. */
  readonly event: EventDate | null;
}

/** Words behind "and" that belong to the party before them ("قوات النظام والمسلحين الموالين لها"). */
const ALLY = /^و(?:ال)?(?:مسلح|ميليشي|مليشي|حلفا|موالي|قوات الحليفة|متحالف|مقاتلي)/u;
const AND = /(?:^|\s)(و\p{L}{2,}.*)$/u;

function partiesOf(quantity: Quantity, actors: ActorIndex): Pick<Figure, "parties" | "mixed"> {
  const party = quantity.party ?? "";
  const [first, ...others] = findActors(party, actors);
  const behind = party.slice(first?.span[1] ?? 0);
  const rest = AND.exec(behind)?.[1] ?? "";
  const mixed = (rest !== "" && !ALLY.test(rest)) || /طرف|جانب|الفريقين/.test(party);
  const ids = mixed ? [first, ...others] : [first];
  return { parties: ids.flatMap((actor) => (actor ? [actor.id] : [])), mixed };
}

/** All figures of one report, part by part, with the passages that hold them. Pure. */
export function figuresOf(report: Report, passages: readonly Passage[], actors: ActorIndex): Figure[] {
  return report.parts
    .filter(({ role }) => role === "text" || role === "title")
    .flatMap(({ start, end }) => figuresIn(report, { from: start, to: end, passages }, actors));
}

function figuresIn(
  report: Report,
  { from, to, passages }: { from: number; to: number; passages: readonly Passage[] },
  actors: ActorIndex,
): Figure[] {
  const quantities = findQuantities(report.body.slice(from, to));
  return quantities.flatMap((quantity, index) => {
    const place = ([start, end]: Span): Span => [from + start, from + end];
    const span = place(quantity.span);
    const passage = passages.find(({ start, end }) => start <= span[0] && span[1] <= end);
    if (!passage) return [];
    const wide = place(quantity.phraseSpan ?? quantity.span);
    const phrase = wide[0] >= passage.start && wide[1] <= passage.end ? wide : span;
    const event = passage.dates.find(({ background }) => !background) ?? passage.dates[0] ?? null;
    return [
      {
        quantity,
        report,
        passage,
        part: from,
        index,
        span,
        phrase,
        text: report.body.slice(...phrase),
        ...partiesOf(quantity, actors),
        people: classOfPeople(quantity),
        event,
      },
    ];
  });
}

/** A total with the figures that it is made of; `by` says whether the text says so or the sum shows it. */
export interface FigureBreakdown {
  readonly whole: Figure;
  readonly parts: readonly Figure[];
  readonly by: "words" | "sum";
}

/** The complete breakdown that a figure is the total of, or else that it is a part of; null for none. */
export function breakdownOf(figure: Figure, figures: readonly Figure[]): FigureBreakdown | null {
  const near = figures.filter(({ report, part }) => report.id === figure.report.id && part === figure.part);
  const byIndex = new Map(near.map((other) => [other.index, other]));
  const part = figure.report.parts.find(({ start }) => start === figure.part);
  if (!part) return null;
  const quantities = findQuantities(figure.report.body.slice(part.start, part.end));
  const complete = findBreakdowns(quantities).filter((breakdown) => breakdown.complete);
  const found =
    complete.find(({ whole }) => whole === figure.index) ??
    complete.find(({ parts }) => parts.includes(figure.index));
  const whole = found && byIndex.get(found.whole);
  const parts = found?.parts.flatMap((index) => byIndex.get(index) ?? []);
  return found && whole && parts?.length === found.parts.length ? { whole, parts, by: found.by } : null;
}
