import type { Passage } from "../passage/passage.ts";
import * as phrases from "../phrases/answer.ts";
import { casualtyStanding } from "../question/casualties.ts";
import { tellsOfControl } from "../question/control.ts";
import { alternatives } from "../question/glossary.ts";
import { forms } from "../question/word-forms.ts";
import { rankPassages } from "../retrieval/retrieve.ts";
import { type Located, placesCovered, selectInScope } from "../retrieval/scope.ts";
import { findActors } from "../text/actors.ts";
import { splitClauses } from "../text/clauses.ts";
import { polarity } from "../text/negation.ts";
import { findPlaces } from "../text/places/find.ts";
import { words } from "../text/tokens.ts";
import type { CitedReport, Rule } from "../verification/claim.ts";
import { triggerOf } from "../verification/events/lexicon.ts";
import { isLight, meaningsOf } from "../verification/lexicon/concepts.ts";
import { verifyClaim } from "../verification/verify.ts";
import { covers, hasWord, vocabularyOf } from "../verification/words.ts";
import type { Answer } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { composeAnswer } from "./compose.ts";
import { publishedLabel } from "./labels.ts";
import { scopeNotes } from "./notes.ts";

const CANDIDATES = 12;
const QUOTATIONS = 2;

/** How one passage stands to what is asked. */
type Standing = "yes" | "no" | "unsure" | "less" | "nothing";

/** From what answers to what only comes near. */
const ORDER: readonly Standing[] = ["yes", "no", "unsure", "less", "nothing"];

const BY_RULE: Readonly<Partial<Record<Rule, Standing>>> = {
  negation: "no",
  modality: "unsure",
  degree: "less",
};

async function candidatesOf(statement: string, asked: Asked): Promise<Located[]> {
  const { scope, sources, question, signal } = asked;
  const scoped = scope.dates.length + scope.places.length > 0;
  const selection = await selectInScope(
    { days: scope.dates, places: scope.places.map(({ id }) => id) },
    sources,
  );
  if (scoped && selection.match !== "exact") return [];
  const within = scoped ? selection.refs : undefined;
  const ranked = await rankPassages(
    { text: statement, searchText: question.searchText, within, limit: CANDIDATES, signal },
    sources,
  );
  return ranked.filter(({ passage }) => passage.role === "text" || passage.role === "title");
}

async function reportsFor(
  located: readonly Located[],
  { sources }: Asked,
): Promise<Map<string, CitedReport>> {
  const reports = new Map<string, CitedReport>();
  for (const id of new Set(located.map(({ passage }) => passage.reportId))) {
    const report = await sources.store.report(id);
    if (!report) continue;
    const passages = await sources.store.passages(await sources.store.select({ reports: [id] }));
    reports.set(id, { report, passages });
  }
  return reports;
}

function namesPlaces(text: string, { question, sources }: Asked): boolean {
  const { gazetteer, region } = sources;
  const places = new Set(findPlaces(text, gazetteer, { prefer: region ?? undefined }).map(({ id }) => id));
  const covers = (id: string): boolean =>
    placesCovered([id], gazetteer).some((covered) => places.has(covered));
  return question.places.every(({ id }) => covers(id));
}

/** A sentence that began before a passage is looked through as far back as this, in UTF-16 units. */
const SENTENCE_BEFORE = 400;

/** What stands before a passage in its own sentence. */
function sentenceBefore({ start }: Passage, report: CitedReport | undefined): string {
  const before = report?.report.body.slice(Math.max(0, start - SENTENCE_BEFORE), start) ?? "";
  return before.split(/[.!?؟\n]/u).at(-1) ?? "";
}

/** Every place that the question names must be named in the piece, every party in its sentence; who publishes stands above. */
function namesAll(piece: string, before: string, asked: Asked): boolean {
  const { actors } = asked.sources;
  const parties = new Set(findActors(`${before} ${piece}`, actors).map(({ id }) => id));
  return (
    asked.question.actors.every(({ id }) => actors.byId.get(id)?.kind === "agency" || parties.has(id)) &&
    namesPlaces(piece, asked)
  );
}

interface Judging {
  readonly statement: string;
  readonly reports: ReadonlyMap<string, CitedReport>;
  readonly asked: Asked;
}

/** The rules by which a model's claims are held to their quotations, on one piece of a report. */
function verified(quote: string, report: string, { statement, reports, asked }: Judging): Standing {
  const { gazetteer, actors, region } = asked.sources;
  const claim = { text: statement, citations: [{ report, quote }] };
  const verdict = verifyClaim(claim, { reports, gazetteer, actors, region });
  if (verdict.supported) return "yes";
  const standing = (verdict.rule && BY_RULE[verdict.rule]) ?? "nothing";
  const doubted = polarity(quote).some(
    ({ modality }) => modality === "unconfirmed" || modality === "alleged",
  );
  return standing === "unsure" && !doubted ? "less" : standing;
}

/**
 * Whether every word of the topic is told by a piece of a report: a verdict may leave none of them open. Taking,
 * entering, leaving and withdrawing are four deeds: for such a word only the same deed stands.
 */
function tellsTopic(piece: string, { question }: Asked): boolean {
  const vocabulary = vocabularyOf([piece]);
  const found = new Set(words(piece).flatMap(forms));
  const stands = (word: string): boolean => forms(word).some((form) => found.has(form));
  return question.topic.every((word) => {
    if (isLight(word) || stands(word)) return true;
    const deed = triggerOf(word)?.cls;
    if (tellsOfControl(word)) return deed !== undefined && vocabulary.events.has(deed);
    return covers(vocabulary, word) || alternatives(word).some(stands);
  });
}

/** Verbs that only say that there was what their object names. */
const EMPTY_VERB =
  /^[وف]?(?:شارك|قام|حدث|حصل|جر[تي]|تم|نفذ|شن|وقع|وجد|يوجد|توجد|سقط|كان|دار|اندلع|وجه|تعرض|فرض|بسط)(?:ت|وا|ت?ا)?$/u;

/** Whether a piece has each word of the topic itself, its deed or a word of one meaning: only then is it affirmed. */
function hasTopic(piece: string, { question }: Asked): boolean {
  const vocabulary = vocabularyOf([piece]);
  return question.topic.every((word) => {
    // "عبرت" is no form of the preposition "عبر".
    const bare = word.replace(/(?:ت|وا)$/u, "");
    const own = bare !== word && isLight(bare) ? vocabulary.keys.has(word) : hasWord(vocabulary, word);
    if (own || EMPTY_VERB.test(word)) return true;
    const deed = triggerOf(word)?.cls;
    if (deed !== undefined) return vocabulary.events.has(deed);
    return meaningsOf(word).synonyms.some((set) => vocabulary.synonyms.has(set));
  });
}

/** Whether a statement names no party but civilians: then "were any killed?" asks for no culprit. */
function namesNoParty({ question, sources }: Asked): boolean {
  return question.actors.every(({ id }) => sources.actors.byId.get(id)?.kind === "civilians");
}

/** Pieces of so many clauses are held against a statement: what a clause leaves to a pronoun stands before it. */
const CLAUSES_OF_A_PIECE = 3;

/** Runs of one to three clauses, the short ones first, then the whole text. */
function piecesOf(text: string): readonly string[] {
  const clauses = splitClauses(text);
  const lengths = Array.from({ length: Math.min(CLAUSES_OF_A_PIECE, clauses.length) }, (_, at) => at + 1);
  const runs = lengths.flatMap((length) =>
    clauses.slice(0, clauses.length - length + 1).map(([start], at) => {
      const end = clauses[at + length - 1]?.[1] ?? text.length;
      return text.slice(start, end).trim();
    }),
  );
  return clauses.length > CLAUSES_OF_A_PIECE ? [...runs, text] : runs;
}

/** Only a piece that names what is asked can settle it; what a passage says as a whole only comes near. */
function standingOf(passage: Passage, judging: Judging): Standing {
  const { statement, asked } = judging;
  const undated = asked.question.dates.reduce((text, date) => text.replace(date.text, " "), statement);
  const casualties = namesNoParty(asked)
    ? casualtyStanding(passage.text, { statement: undated, tells: (clause) => tellsTopic(clause, asked) })
    : null;
  if (casualties) return namesPlaces(passage.text, asked) ? casualties : "nothing";
  const before = sentenceBefore(passage, judging.reports.get(passage.reportId));
  let best: Standing = "nothing";
  for (const piece of piecesOf(passage.text)) {
    if (!namesPlaces(piece, asked) || !tellsTopic(piece, asked)) continue;
    const verdict = verified(piece, passage.reportId, judging);
    const settles = verdict === "yes" || verdict === "no";
    const told = namesAll(piece, before, asked) && (verdict === "no" || hasTopic(piece, asked));
    const standing = settles && !told ? "less" : verdict;
    if (standing === "yes") return standing;
    if (ORDER.indexOf(standing) < ORDER.indexOf(best)) best = standing;
  }
  return best;
}

/**
 * A question that wants yes or no: the first word is نعم or لا only when a quotation, held against the question by
 * the same rules as a model's claim, affirms or denies it; else it is "not reported", with what stands nearest.
 * Null when nothing near it was found.
 */
export async function answerYesNo(statement: string, asked: Asked): Promise<Answer | null> {
  const located = await candidatesOf(statement, asked);
  const reports = await reportsFor(located, asked);
  const judged = located
    .map(({ passage }) => ({ passage, standing: standingOf(passage, { statement, reports, asked }) }))
    .filter(({ standing }) => standing !== "nothing")
    .sort((a, b) => ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing));
  const [best] = judged;
  if (!best) return null;
  const quotations = judged
    .filter(({ standing }) => standing === best.standing)
    .slice(0, QUOTATIONS)
    .map(({ passage }) => ({ passage, start: passage.start, end: passage.end, group: "main" as const }));
  const report = reports.get(best.passage.reportId)?.report;
  const source = phrases.list([
    phrases.accordingTo(report?.publisher ?? phrases.unknownPublisher),
    ...(report ? [publishedLabel(report.published)] : []),
  ]);
  return composeAnswer({
    lead: phrases.yesNo[best.standing === "nothing" ? "less" : best.standing](source),
    quotations,
    reports: new Map([...reports].map(([id, cited]) => [id, cited.report])),
    scope: { dates: asked.scope.dates, places: asked.scope.places },
    widened: null,
    notes: scopeNotes(asked),
    offers: [phrases.offers.coverage],
  });
}
