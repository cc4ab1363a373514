/** The days of what each passage tells: from its own words, from the words before it, or from its report. */
import type { BodyPart, Report } from "../report/report.ts";
import { splitClauses, splitSentences } from "../text/clauses.ts";
import type { Day, DayInterval } from "../text/day.ts";
import type { Span } from "../text/normalize.ts";
import type { CutPassage } from "./cut.ts";
import { findHeadlineHours, findNamedDates, type NamedDate, newsBegins } from "./dated.ts";
import type { EventDate } from "./passage.ts";

type ReportFields = Pick<Report, "body" | "parts" | "title" | "published" | "eventDates">;

/** A day before it is known which passage carries it; `at` is where its words stand in the body, or -1. */
interface PlacedDate extends Omit<EventDate, "basis"> {
  readonly at: number;
}

/** A stretch of the body with the days of what it tells. */
interface DatedClause {
  readonly start: number;
  readonly end: number;
  readonly dates: readonly PlacedDate[];
}

/** A clause of this kind tells what led to the news: its day is not the day of the clauses around it. */
const SUBORDINATE = /^(?:و)?(?:بعد|بعدما|عقب|إثر|اثر|قبل|منذ|مذ)(?!\p{L})/u;
/** A clause that goes on about the date just named ("كانون الثاني 2016، حين هاجم التنظيم المدينة"). */
const BACK_TO_DATE = /^(?:و|ف)?(?:حين|حينها|عندما|يومها|وقتها|آنذاك)(?!\p{L})/u;
const RELATIVE = /(?<!\p{L})و?(?:التي|الذي|الذين|اللذين|اللتين)(?!\p{L})/u;
/** Connectives with which a sentence comes back from a relative clause. */
const RESUMPTION =
  /^(?:كما|فيما|بينما|في حين|حيث|إذ|اذ|إلا أن|لكن|ولكن|وكان|وكانت|ورصد|وعلم|وأكد|وأفاد)(?!\p{L})/u;
/** A sentence that describes instead of telling news ("ويعد الحي أكبر أحياء المدينة"), but not "تعد الأعنف منذ عام". */
const DESCRIPTION =
  /^(?:و)?(?:يعد|تعد|يُعد|تُعد|يعتبر|تعتبر|يقع|تقع|يضم|تضم|يشكل|تشكل|يبعد|تبعد|يقطن|تقطن|يسكن|تسكن|يربط|تربط|يحد|تحد|يتألف|تتألف|يشتهر|تشتهر|تتميز|يتميز|(?:يبلغ|بلغ) عدد سكان|تبلغ مساحة)(?!\p{L})/u;
/** The same, where the sentence names a time: "وبقي الحي مقاوماً حتى عام 2014", but not "وبقي ألفا مدني في الحي". */
const LASTING = /^(?:و)?(?:بقي|بقيت|بقى|ظل|ظلت)(?!\p{L})/u;
/** A sentence that goes back behind the news ("وكانت القوات سيطرت على الحي"), but not "وكان من بين القتلى طفلان". */
const PLUPERFECT = /^(?:أيضاً\s+|أيضا\s+)?و?كان(?:ت|وا)?\s+(?!(?:من|بين|في|هناك|على|عدد|لا|ما)(?!\p{L}))/u;
/** Of no more days is told at once: keeps a text that is nothing but dates from costing its length squared. */
const MAX_TOLD = 30;
/** A sentence of at most so many words that names one day tells of that day from its first word. */
const SHORT_SENTENCE_WORDS = 45;

/** For each passage its days, in the order of the passages (which is the order of the body). */
export function eventDates(report: ReportFields, passages: readonly CutPassage[]): EventDate[][] {
  const parts = report.parts
    .filter(({ role }) => role === "text" || role === "title")
    .map((part) => ({ part, named: namedIn(report, part) }));
  const begins = newsBegins(
    parts.flatMap(({ named }) => named),
    report.published,
  );
  const stated = statedDates(report, begins);
  let usual: readonly PlacedDate[] = stated ?? publicationDates(report.published);
  const lead = stated === null ? parts.find(({ part }) => part.role === "text")?.part : undefined;
  let before: readonly PlacedDate[] = [];
  const clauses = parts.flatMap(({ part, named }) => {
    const teller = new Teller({ field: report.eventDates, offset: part.start, begins, before }, usual);
    const dated = datedClauses(report.body.slice(part.start, part.end), named, teller);
    before = teller.current;
    if (part === lead) usual = teller.lead ?? usual;
    return dated;
  });
  let first = 0;
  return passages.map((passage) => {
    while ((clauses[first]?.end ?? Number.POSITIVE_INFINITY) <= passage.start) first += 1;
    const found: EventDate[] = [];
    for (let k = first; (clauses[k]?.start ?? Number.POSITIVE_INFINITY) < passage.end; k += 1) {
      for (const date of clauses[k]?.dates ?? []) found.push(withBasis(date, passage));
    }
    return unique(found);
  });
}

function withBasis({ at, ...date }: PlacedDate, passage: CutPassage): EventDate {
  if (at < 0) return { ...date, basis: "report" };
  return { ...date, basis: at >= passage.start && at < passage.end ? "passage" : "previous" };
}

const BASIS_ORDER = ["passage", "previous", "report"] as const;

/** One entry for each interval: the one with the nearest basis; news before background. */
function unique(dates: readonly EventDate[]): EventDate[] {
  const best = new Map<string, EventDate>();
  for (const date of dates) {
    const key = `${date.start}/${date.end}/${date.background}`;
    const known = best.get(key);
    if (!known || BASIS_ORDER.indexOf(date.basis) < BASIS_ORDER.indexOf(known.basis)) best.set(key, date);
  }
  return [...best.values()].sort((a, b) => Number(a.background) - Number(b.background));
}

const OF_REPORT = { words: "", background: false, at: -1 } as const;

/** The day of the news as a field of the report or its title says it, or null. */
function statedDates(report: ReportFields, begins: Day | null): PlacedDate[] | null {
  const { eventDates: field, published, title } = report;
  if (field !== null) {
    const precision = field.start === field.end ? "day" : "range";
    return [{ ...field, precision, confidence: "certain", ...OF_REPORT }];
  }
  const [named] = findNamedDates(title ?? "", published).filter(isEvent);
  if (named?.precision !== "day" || isBefore(named.end, begins)) return null;
  const { start, end, precision } = named;
  return [{ start, end, precision, confidence: "inferred", ...OF_REPORT }];
}

/** News of which no words say the day is of the day of publication. */
function publicationDates({ start, end }: Report["published"]): PlacedDate[] {
  if (start === null || end === null) return [];
  return [{ start, end, precision: start === end ? "day" : "range", confidence: "inferred", ...OF_REPORT }];
}

function isBefore(end: Day | null, begins: Day | null): boolean {
  return end !== null && begins !== null && end < begins;
}

function namedIn(report: ReportFields, part: BodyPart): NamedDate[] {
  const text = report.body.slice(part.start, part.end);
  const named = findNamedDates(text, report.published);
  return part.role === "title" && named.length === 0 ? findHeadlineHours(text, report.published) : named;
}

/** A clause with the dates that it names. */
interface Clause {
  readonly span: Span;
  readonly text: string;
  readonly dates: readonly NamedDate[];
  readonly subordinate: boolean;
}

function datedClauses(text: string, named: readonly NamedDate[], teller: Teller): DatedClause[] {
  let next = 0;
  return splitSentences(text).flatMap(([from, to]) => {
    const clauses = splitClauses(text.slice(from, to)).map(([start, end]): Clause => {
      const dates: NamedDate[] = [];
      for (let date = named[next]; date && date.span[0] < from + end; date = named[next]) {
        dates.push(date);
        next += 1;
      }
      const words = text.slice(from + start, from + end);
      return { span: [from + start, from + end], text: words, dates, subordinate: SUBORDINATE.test(words) };
    });
    return teller.sentence(clauses, text.slice(from, to));
  });
}

/** Where a part stands and what was told before it. */
interface Telling {
  readonly field: DayInterval | null;
  readonly offset: number;
  /** First day of the news. */
  readonly begins: Day | null;
  readonly before: readonly PlacedDate[];
}

/** Follows the sentences of one part and remembers of which days is being told. */
class Teller {
  readonly #field: DayInterval | null;
  readonly #offset: number;
  readonly #begins: Day | null;
  /** What the paragraph before told of, when that was the past. */
  readonly #before: readonly PlacedDate[];
  #current: readonly PlacedDate[];
  #latest: PlacedDate | null = null;
  #lead: readonly PlacedDate[] | null = null;
  /** Whether words of this part, and not the report, say of which day is told. */
  #explicit = false;
  /** Whether the clauses now read go on with a relative clause. */
  #aside = false;

  constructor({ field, offset, begins, before }: Telling, usual: readonly PlacedDate[]) {
    this.#field = field;
    this.#offset = offset;
    this.#begins = begins;
    this.#before = before.every(({ background }) => background) ? before : [];
    this.#current = usual;
  }

  /** The days of which the last words told. */
  get current(): readonly PlacedDate[] {
    return this.#current;
  }

  /** The one day of which the first sentence tells, or null: a lead's day holds for the paragraphs after it. */
  get lead(): readonly PlacedDate[] | null {
    const [only] = this.#lead ?? [];
    return only && this.#lead?.length === 1 && !only.background ? [only] : null;
  }

  sentence(clauses: readonly Clause[], text: string): DatedClause[] {
    this.#aside = false;
    const events = clauses.flatMap(({ dates, subordinate }) => (subordinate ? [] : dates.filter(isEvent)));
    const named = clauses.flatMap(({ dates }) => dates);
    const lasting = named.some(({ role }) => role === "since");
    const description = DESCRIPTION.test(text) || (LASTING.test(text) && named.length > 0);
    const before = PLUPERFECT.test(text) || (description && !lasting);
    if (before && events.length === 0 && this.#field === null) this.#goBack(named[0]);
    this.#lead ??= events.map((date) => this.#placed(date));
    if (events.length === 1 && text.split(/\s+/).length <= SHORT_SENTENCE_WORDS) this.#tellOf(events);
    return clauses.map((clause) => this.#clause(clause));
  }

  /** Tells of the past: of the day named, else of the past told just before, else of no day that is known. */
  #goBack(named: NamedDate | undefined): void {
    const dates = named === undefined ? this.#before : [this.#placed(named)];
    this.#current = dates.map((date) => ({ ...date, background: true }));
  }

  #clause({ span, text, dates, subordinate }: Clause): DatedClause {
    const events = dates.filter(isEvent);
    const relative = this.#isAside(text, span[0], events);
    if (events.length > 0 && !subordinate && !relative) this.#tellOf(events);
    else if (this.#latest && BACK_TO_DATE.test(text)) this.#current = [{ ...this.#latest, background: true }];
    const besides = subordinate || relative || this.#field !== null;
    const aside = dates
      .filter((date) => besides || !isEvent(date))
      .slice(0, MAX_TOLD)
      .map((date) => this.#placed(date));
    const last = dates.at(-1);
    if (last) this.#latest = this.#placed(last);
    const own = subordinate && events.length > 0 && this.#field === null;
    const told = own ? aside : [...this.#current, ...aside];
    return { start: this.#offset + span[0], end: this.#offset + span[1], dates: told };
  }

  /**
   * Whether the dates of a clause stand in a relative clause ("المدينة، التي دخلتها القوات في 6 تشرين الأول وأخرجت منها
   * في الـ 8") while the words before tell of another day. It ends with the next connective.
   */
  #isAside(text: string, offset: number, events: readonly NamedDate[]): boolean {
    if (RESUMPTION.test(text)) this.#aside = false;
    const [first] = events;
    if (first === undefined || !this.#explicit) return false;
    if (RELATIVE.test(text.slice(0, first.span[0] - offset))) this.#aside = true;
    return this.#aside;
  }

  /** A field of the report outranks the dates that its text names. */
  #tellOf(dates: readonly NamedDate[]): void {
    if (this.#field !== null) return;
    const distinct = new Map(dates.map((date) => [`${date.start}/${date.end}`, date]));
    this.#current = [...distinct.values()].slice(0, MAX_TOLD).map((date) => this.#placed(date));
    this.#explicit = true;
  }

  #placed(date: NamedDate): PlacedDate {
    const { start, end, precision, confidence, words } = date;
    const past = this.#field === null ? isBefore(end, this.#begins) : !lies(date, this.#field);
    const background = date.role === "since" || past;
    return { start, end, precision, confidence, words, background, at: this.#offset + date.span[0] };
  }
}

function isEvent(date: NamedDate): boolean {
  return date.role === "event";
}

/** Whether one interval lies in another. */
function lies(inner: DayInterval, outer: DayInterval): boolean {
  return (inner.start ?? "") >= (outer.start ?? "") && (inner.end ?? "9999") <= (outer.end ?? "9999");
}
