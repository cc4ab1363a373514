import type { Passage } from "../passage/passage.ts";
import * as phrases from "../phrases/answer.ts";
import { rankPassages } from "../retrieval/retrieve.ts";
import { splitClauses, splitSentences } from "../text/clauses.ts";
import type { Span } from "../text/normalize.ts";
import type { Rule } from "../verification/claim.ts";
import { verifyClaim } from "../verification/verify.ts";
import { type Answer, MAX_CITATIONS, MAX_QUOTE_LENGTH } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { composeAnswer } from "./compose.ts";
import { stemsOf } from "./expected.ts";
import { allOccurrences, exactSpans } from "./occurrences.ts";
import { refuseTopic } from "./refuse.ts";
import { reportsOf } from "./reports.ts";

/** So many sentences of a pasted text are looked up. */
const MOST_SENTENCES = 6;
/** A longer sentence is looked up clause by clause, in UTF-16 units. */
const LONG_SENTENCE = 220;
const LEAST_STEMS = 3;
const CANDIDATES = 4;
/** In a large collection a sentence that stands somewhere is among so many passages nearest by its words. */
const EXACT_CANDIDATES = 50;
/** Share of a sentence's words that a passage must hold to be about the same thing. */
const SAME_SUBJECT = 0.6;
/** Rules whose breach says that the report tells it otherwise. */
const CONTRADICTS: ReadonlySet<Rule> = new Set<Rule>(["number", "negation", "degree"]);

type Standing = "verbatim" | "supported" | "contradicted" | "missing";

interface Looked {
  /** Its place in the pasted text, from 1. */
  readonly n: number;
  readonly standing: Standing;
  readonly passage: Passage | null;
  readonly range: Span;
}

function sentencesOf(text: string): string[] {
  const pieces = splitSentences(text).flatMap(([start, end]) => {
    const sentence = text.slice(start, end);
    return sentence.length <= LONG_SENTENCE
      ? [sentence]
      : splitClauses(sentence).map(([from, to]) => sentence.slice(from, to));
  });
  const bare = pieces.map((piece) => piece.replace(/^[\s،؛,.«"“]+|[\s،؛,.»"”]+$/gu, ""));
  return bare.filter((piece) => stemsOf(piece).size >= LEAST_STEMS).slice(0, MOST_SENTENCES);
}

function sharedWords(sentence: string, passage: string): number {
  const asked = stemsOf(sentence);
  const held = stemsOf(passage);
  return [...asked].filter((stem) => held.has(stem)).length / Math.max(1, asked.size);
}

async function verbatim(sentence: string, asked: Asked): Promise<{ passage: Passage; range: Span } | null> {
  const [first] = await allOccurrences(
    sentence,
    (text) => exactSpans(text, sentence),
    asked.sources,
    EXACT_CANDIDATES,
  );
  if (!first || first.span[1] - first.span[0] > MAX_QUOTE_LENGTH) return null;
  return { passage: first.passage, range: first.span };
}

async function lookUp(sentence: string, n: number, asked: Asked): Promise<Looked> {
  const exact = await verbatim(sentence, asked);
  if (exact) return { n, standing: "verbatim", ...exact };
  const { sources, signal } = asked;
  const ranked = await rankPassages({ text: sentence, limit: CANDIDATES, signal }, sources);
  const judged: Looked[] = [];
  for (const { passage } of ranked.filter(
    (item) => sharedWords(sentence, item.passage.text) >= SAME_SUBJECT,
  )) {
    const report = await sources.store.report(passage.reportId);
    if (!report) continue;
    const passages = await sources.store.passages(await sources.store.select({ reports: [report.id] }));
    const verdict = verifyClaim(
      { text: sentence, citations: [{ report: report.id, quote: passage.text }] },
      { ...sources, reports: new Map([[report.id, { report, passages }]]) },
    );
    const standing = verdict.supported
      ? "supported"
      : verdict.rule !== null && CONTRADICTS.has(verdict.rule)
        ? "contradicted"
        : "missing";
    judged.push({ n, standing, passage, range: [passage.start, passage.end] });
  }
  const order: readonly Standing[] = ["verbatim", "supported", "contradicted", "missing"];
  const [best] = judged.sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing));
  return best && best.standing !== "missing"
    ? best
    : { n, standing: "missing", passage: null, range: [0, 0] };
}

/**
 * "من وين هالكلام؟ صحيح؟": sentence by sentence, whether a pasted text stands in the reports letter for letter, in
 * other words, otherwise, or not at all. "Supported" only by the rules by which a model's claims are held to their
 * quotations.
 */
export async function answerPasted(text: string, asked: Asked): Promise<Answer> {
  const { sources } = asked;
  const looked: Looked[] = [];
  for (const [index, sentence] of sentencesOf(text).entries())
    looked.push(await lookUp(sentence, index + 1, asked));
  const found = looked.flatMap(({ passage, range, ...rest }) =>
    passage ? [{ ...rest, passage, range }] : [],
  );
  if (found.length === 0) {
    const refusal = refuseTopic({ ...asked, ...sources, scope: { dates: [], places: [] } }, "not_reported");
    const line = `${phrases.pasted.absent} ${phrases.refusal.absenceIsNotDenial}`;
    return { ...refusal, lines: [line, ...refusal.lines.slice(1)] };
  }
  const quotations = found.slice(0, MAX_CITATIONS).map(({ passage, range: [start, end] }) => {
    return { passage, start, end, group: "main" as const };
  });
  const reports = await reportsOf(quotations, sources.store);
  const publishers = [
    ...new Set([...reports.values()].map(({ publisher }) => publisher ?? phrases.unknownPublisher)),
  ];
  const good = found.filter(({ standing }) => standing !== "contradicted");
  const missing = looked.filter(({ standing }) => standing === "missing").map(({ n }) => String(n));
  const answer = composeAnswer({
    lead:
      good.length === looked.length
        ? phrases.pasted.found(phrases.list(publishers))
        : good.length > 0
          ? phrases.pasted.partly(phrases.list(publishers))
          : phrases.pasted.near,
    quotations,
    reports,
    scope: { dates: [], places: [] },
    widened: null,
    notes: [],
    offers: [...reports.keys()].map((id) => phrases.offers.source(phrases.offers.wholeText(id), id)),
  });
  const say = {
    verbatim: phrases.pasted.verbatim,
    supported: phrases.pasted.supported,
    contradicted: phrases.pasted.contradicted,
  };
  const notes = found.flatMap(({ standing, n }) => (standing === "missing" ? [] : [say[standing](n)]));
  if (missing.length > 0) notes.push(phrases.pasted.missing(phrases.list(missing)));
  return { ...answer, notes };
}
