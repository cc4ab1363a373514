import * as phrases from "../phrases/answer.ts";
import { questionWords } from "../question/kind.ts";
import { isAnyone, isMeans } from "../question/quantity.ts";
import { placesCovered } from "../retrieval/scope.ts";
import type { Store } from "../store/store.ts";
import { searchKey } from "../text/normalize.ts";
import { classOfParty } from "../text/numbers/party-class.ts";
import type { Answer, CitedAnswer, Disagreement } from "./answer.ts";
import type { Asked, Sources } from "./asked.ts";
import { partOfCircumstance, partOfPlace, toldOfPlaces } from "./circumstance.ts";
import { type Conflict, findConflicts } from "./disagree.ts";
import { numbersOf, withFigures, withFirst } from "./extend.ts";
import { answerFact } from "./fact.ts";
import { breakdownOf, type Figure, figuresOf } from "./figures.ts";
import { publishedLabel } from "./labels.ts";
import { isOpenCount, tellOpenCount } from "./open-count.ts";
import { placeLabel } from "./place-label.ts";
import { fitsAsked } from "./quantity-fit.ts";
import { refuseTopic } from "./refuse.ts";
import { answerVagueCount } from "./vague-count.ts";

/** So many reports of the same days are compared with the figure found. */
const COMPARED_REPORTS = 8;

/** Figures of the reports read last, by store: a store never changes under its reader. */
const READ = new WeakMap<Store, Map<string, Promise<Figure[]>>>();
const KEPT_REPORTS = 64;

async function readFigures(id: string, { store, actors }: Sources): Promise<Figure[]> {
  const report = await store.report(id);
  if (!report) return [];
  const passages = await store.passages(await store.select({ reports: [id] }));
  return figuresOf(report, passages, actors);
}

/** All figures of a report, with the passages that hold them. */
export function figuresOfReport(id: string, { sources }: Pick<Asked, "sources">): Promise<Figure[]> {
  const kept = READ.get(sources.store) ?? new Map<string, Promise<Figure[]>>();
  READ.set(sources.store, kept);
  const known = kept.get(id);
  if (known) return known;
  const reading = readFigures(id, sources);
  if (kept.size >= KEPT_REPORTS) kept.delete(kept.keys().next().value ?? "");
  kept.set(id, reading);
  return reading;
}

/** Ids of the publishers that a question names ("بحسب فرات بوست"). */
function askedPublishers({ question, sources }: Asked): Set<string> {
  const publishers = new Map(sources.names.publishers.map(({ id, name }) => [id, name]));
  return new Set(question.actors.flatMap(({ id }) => publishers.get(id) ?? []));
}

const MAGNITUDE = /عشرات|مئات|آلاف|الاف|ملايين/;

/** Whether a figure counts what was asked, of the party and by the publisher asked. */
function isAsked(figure: Figure, { question }: Asked, publishers: ReadonlySet<string>): boolean {
  const actor = question.quantity?.actor ?? null;
  return (
    fitsAsked(figure.quantity, question.quantity) &&
    (actor === null || figure.quantity.event == null || figure.parties.includes(actor)) &&
    (publishers.size === 0 || publishers.has(figure.report.publisher ?? ""))
  );
}

/**
 * The figure that answers: of what was asked, of the party asked, in the citations. A number goes before "scores of",
 * and "scores of" before "some"; a total before its parts, unless only a part is told of the place asked.
 */
function anchorOf(answer: CitedAnswer, figures: readonly Figure[], asked: Asked): Figure | null {
  const publishers = askedPublishers(asked);
  const held = answer.citations.map((citation) =>
    figures.filter(
      (figure) =>
        figure.report.id === citation.report &&
        figure.phrase[0] >= citation.start &&
        figure.phrase[1] <= citation.end &&
        isAsked(figure, asked, publishers),
    ),
  );
  const totals = held.map((list) => list.filter(({ quantity }) => (quantity.partOf ?? null) === null));
  const [first = []] = totals;
  const all = totals.flat();
  const definite = (list: readonly Figure[]): Figure | undefined =>
    list.find(({ quantity }) => quantity.min !== null);
  const anyDefinite = asked.question.quantity?.actor == null ? undefined : definite(all);
  const total =
    definite(first) ??
    anyDefinite ??
    all.find(({ text }) => MAGNITUDE.test(text)) ??
    first[0] ??
    all[0] ??
    null;
  if (!total) return null;
  const local = partOfPlace(total, figures, asked);
  const circumstantial = local ? undefined : partOfCircumstance(total, figures, asked);
  return local ?? (circumstantial === undefined ? total : circumstantial);
}

/** Ids of the reports that tell of the days of a figure's event. */
async function reportsOfDays(figure: Figure, { sources }: Asked): Promise<readonly string[]> {
  if (figure.event === null || figure.quantity.event == null) return [];
  const refs = await sources.store.select({ days: [figure.event], background: false });
  return (await sources.store.reportsOf(refs)).slice(0, COMPARED_REPORTS);
}

/** Places of two passages are the same when they share one that is no governorate, or one lies in another. */
export function samePlace({ sources }: Asked): (a: Figure, b: Figure) => boolean {
  const { gazetteer } = sources;
  const wide = (id: string): boolean =>
    ["governorate", "country", "district"].includes(gazetteer.byId.get(id)?.kind ?? "");
  const placesOf = ({ passage }: Figure): string[] =>
    passage.places.map(({ id }) => id).filter((id) => !wide(id));
  return (a, b) => {
    const [first, second] = [placesOf(a), placesOf(b)];
    const covered = new Set(placesCovered(first, gazetteer));
    const around = new Set(placesCovered(second, gazetteer));
    return second.some((id) => covered.has(id)) || first.some((id) => around.has(id));
  };
}

function valueText(kind: Conflict["kind"], figure: Figure): string {
  const { text, passage, report, quantity, mixed } = figure;
  if (kind === "sentence") return phrases.figures.quoted(text);
  if (kind === "report")
    return passage.role === "title" ? phrases.figures.title(text) : phrases.figures.body(text);
  const publisher = report.publisher ?? phrases.unknownPublisher;
  const value =
    quantity.min === null
      ? phrases.figures.withoutNumber(publisher, text)
      : phrases.figures.bySource(publisher, text);
  return mixed ? `${value} ${phrases.figures.ofBothSides}` : value;
}

/** A conflict as values side by side, each with the citations that hold it. */
export function disagreementOf({ kind, figures }: Conflict, answer: CitedAnswer): Disagreement {
  const [first] = figures;
  const about = phrases.figures.about(first?.quantity.event ?? "", first?.quantity.party ?? null);
  return {
    about: `${about}:`,
    values: figures.map((figure) => ({
      text: valueText(kind, figure),
      citations: numbersOf(answer, [figure]),
    })),
  };
}

function sourceOf({ report }: Figure): string {
  const publisher = report.publisher ?? phrases.unknownPublisher;
  return phrases.list([phrases.accordingTo(publisher), publishedLabel(report.published)]);
}

/** Where no party was asked: the figures of other parties beside the one found, so that none stands for all. Never summed. */
function ofOtherParties(anchor: Figure, figures: readonly Figure[], asked: Asked): Figure[] {
  if (asked.question.quantity?.actor != null || anchor.quantity.event == null) return [];
  if (anchor.parties.length === 0 || breakdownOf(anchor, figures)?.whole === anchor) return [];
  return figures.filter(
    (other) =>
      other.passage.id === anchor.passage.id &&
      other.quantity.event === anchor.quantity.event &&
      other.quantity.min !== null &&
      (other.quantity.partOf ?? null) === null &&
      other.parties.length > 0 &&
      other.parties[0] !== anchor.parties[0] &&
      fitsAsked(other.quantity, asked.question.quantity),
  );
}

/** First line: what disagrees where something does, else the figure with its source. */
function leadOf(anchor: Figure, conflicts: readonly Conflict[], ofOtherParties: readonly Figure[]): string {
  const has = (kind: Conflict["kind"]): boolean => conflicts.some((conflict) => conflict.kind === kind);
  if (has("sentence")) return `${phrases.list([phrases.figures.inSentence, sourceOf(anchor)])}:`;
  if (has("report")) return `${phrases.list([phrases.figures.inReport, sourceOf(anchor)])}:`;
  const numbered = conflicts.some(({ figures }) =>
    figures.slice(1).some(({ quantity }) => quantity.min !== null),
  );
  if (numbered) return `${phrases.figures.amongSources}:`;
  if (anchor.quantity.min === null)
    return phrases.list([phrases.figures.vague(anchor.text), sourceOf(anchor)]);
  const figures = [anchor, ...ofOtherParties].map(({ text }) => text);
  return phrases.list([phrases.figures.several(figures), sourceOf(anchor)]);
}

/** A total with its parts as one statement that cites them all; the answer unchanged when they cannot all be cited. */
function withBreakdown(
  answer: CitedAnswer,
  anchor: Figure,
  figures: readonly Figure[],
  conflicted: boolean,
): CitedAnswer {
  const found = breakdownOf(anchor, figures);
  // A sum that no word tells is worth saying only where it speaks for one of two figures.
  if (!found || (found.by === "sum" && !conflicted && found.whole !== anchor)) return answer;
  const all = [found.whole, ...found.parts];
  const isPart = found.by === "words" && found.whole !== anchor;
  if (isPart) return answer;
  const extended = withFigures(answer, all);
  if (!extended) return answer;
  const numbers = found.parts.map(({ quantity }) => String(quantity.min));
  const total = String(found.whole.quantity.min);
  const text =
    found.by === "words" ? phrases.figures.breakdown(total, numbers) : phrases.figures.sum(total, numbers);
  const claim = {
    text,
    citations: numbersOf(extended, all),
    quoted: false,
    group: "main" as const,
    heading: null,
  };
  return { ...extended, claims: [...extended.claims, claim] };
}

/**
 * Completes the answer to "how many": the figure first, with what contradicts it or stands beside it in its own
 * sentence, report or another source, and with the parts of a total. Adds citations where a figure has none.
 */
export async function completeCount(answer: CitedAnswer, asked: Asked): Promise<CitedAnswer> {
  const cited = [...new Set(answer.citations.map(({ report }) => report))];
  const own = (await Promise.all(cited.map((id) => figuresOfReport(id, asked)))).flat();
  const open = isOpenCount(asked) ? tellOpenCount(answer, own, asked) : null;
  if (open) return open;
  const anchor = anchorOf(answer, own, asked);
  if (!anchor) return answer;
  const others = (await reportsOfDays(anchor, asked)).filter((id) => !cited.includes(id));
  const figures = [...own, ...(await Promise.all(others.map((id) => figuresOfReport(id, asked)))).flat()];
  const isEvent = anchor.quantity.event != null;
  const all = isEvent ? findConflicts({ anchor, figures, samePlace: samePlace(asked) }) : [];
  const publishers = askedPublishers(asked);
  let completed = withFirst(answer, anchor);
  const conflicts: Conflict[] = [];
  for (const conflict of publishers.size > 0 ? all.filter(({ kind }) => kind !== "sources") : all) {
    const extended = withFigures(completed, conflict.figures);
    if (!extended) continue;
    completed = extended;
    conflicts.push(conflict);
  }
  const inSentence = conflicts.find(({ kind }) => kind === "sentence");
  const [first, second] = (inSentence?.figures ?? []).map(({ quantity }) => String(quantity.min));
  const wider = !toldOfPlaces(anchor, asked);
  const { places } = asked.scope;
  // Beside what another source tells of the very place, a line below is enough.
  const beside = conflicts.some(({ figures }) => figures.some((figure) => toldOfPlaces(figure, asked)));
  const labels = places.map(({ id }) => placeLabel(id, asked.sources.gazetteer));
  const notes = [
    ...(wider && beside ? [phrases.figures.notOfPlaceAlone(places.map(({ name }) => name))] : []),
    ...(first && second ? [phrases.figures.unresolved(first, second)] : []),
  ];
  const withParts = withBreakdown(completed, anchor, figures, inSentence !== undefined);
  return {
    ...withParts,
    caution: wider && !beside ? phrases.figures.noneOfPlace(labels) : (answer.caution ?? null),
    lead: leadOf(anchor, conflicts, ofOtherParties(anchor, figures, asked)),
    disagreements: [
      ...answer.disagreements,
      ...conflicts.map((conflict) => disagreementOf(conflict, withParts)),
    ],
    notes: [...notes, ...withParts.notes],
  };
}

/** Whether the party that a question names is the one counted: not who shelled, and not who killed civilians. */
function countsOwnLosses({ question }: Asked): boolean {
  const { actor, event, noun } = question.quantity ?? {};
  if (!actor || (event !== "killed" && event !== "wounded")) return false;
  const others =
    noun != null &&
    (isAnyone(searchKey(noun)) || ["civilians", "children", "women"].includes(classOfParty(noun) ?? ""));
  return !others && !questionWords(question.text).some((word) => isMeans(word) || DOER.test(word));
}

const DOER = /^(?:يد|بيد|ايدي|بايدي|برصاص|بنيران|رصاص|نيران|قتلهم|قتلها|قتله)$/;

/** Whether reports count what was asked of the party asked; true where no party's own losses were asked. */
async function countsParty(answer: CitedAnswer, asked: Asked): Promise<boolean> {
  if (!countsOwnLosses(asked)) return true;
  const reports = [...new Set(answer.citations.map(({ report }) => report))];
  const figures = (await Promise.all(reports.map((id) => figuresOfReport(id, asked)))).flat();
  return figures.some((figure) => isAsked(figure, asked, askedPublishers(asked)));
}

/** "How many" of a party that no figure is of: how many others fell is no answer, however near. */
function refuseParty(asked: Asked): Answer {
  const { question, sources } = asked;
  const { event, actor } = question.quantity ?? {};
  const party = sources.actors.byId.get(actor ?? "")?.name ?? "";
  const refused = refuseTopic({ ...asked, ...sources }, "not_reported");
  const line = phrases.refusal.noCount(event ?? "", party);
  return { ...refused, lines: [line, ...refused.lines.slice(1)] };
}

/** "How many": a figure with what stands against it; where no number is told, what the text says instead. */
export async function answerCount(asked: Asked): Promise<Answer> {
  const answer = await answerFact(asked);
  if (answer.kind === "answer" && (await countsParty(answer, asked))) return completeCount(answer, asked);
  const notTold = answer.kind === "refusal" && ["off_topic", "not_reported"].includes(answer.reason);
  const vague = answer.kind === "answer" || notTold ? await answerVagueCount(asked) : null;
  if (vague) return completeCount(vague, asked);
  return answer.kind === "answer" || (notTold && countsOwnLosses(asked)) ? refuseParty(asked) : answer;
}
