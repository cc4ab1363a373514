import { alternatives } from "../question/glossary.ts";
import type { Question } from "../question/question.ts";
import { askedRole, bareWord, plurals } from "../question/role.ts";
import { forms } from "../question/word-forms.ts";
import { words } from "../text/tokens.ts";

/** What decides whether the collection answers a question. */
export interface RelevanceFeatures {
  /** Highest cosine of the question with a passage. */
  readonly dense: number;
  /** Share of the topic's words, weighed by their rarity, that stand in the evidence in some form: 0…1. */
  readonly coverage: number;
  /** Topic words that no form of stands in the evidence. */
  readonly missing: readonly string[];
  /** Best BM25 score in units of the rarest word's weight. */
  readonly lexical: number;
  /** A party that the question names stands nowhere in the evidence. */
  readonly partyMissing: boolean;
  /** "Who is the …", "the name of the …", and the evidence knows no such one. */
  readonly roleMissing: boolean;
  /** "How many", and the evidence counts nothing of the kind. */
  readonly figureMissing: boolean;
  /** The question names a place and what was done there, and no passage tells of that there. */
  readonly actionMissing: boolean;
}

export interface RelevanceInput {
  readonly question: Question;
  /** Highest cosine of the question with a passage. */
  readonly dense: number;
  /** Best BM25 score of a passage, divided by ln(1 + passages). */
  readonly lexical: number;
  readonly figureMissing: boolean;
  readonly actionMissing?: boolean | undefined;
  /** Whether the evidence was taken from passages of the places that the question names. */
  readonly placesStand?: boolean | undefined;
  /** Texts in which the answer would stand. */
  readonly evidence: readonly string[];
  /** Whether a party that the question names stands in the evidence, by its id. */
  readonly actorStands: (id: string) => boolean;
  /** Rarity of a word in the collection (idf); equal for all when absent. */
  readonly rarity?: ((word: string) => number) | undefined;
}

/** All forms of the words of some texts. */
function formsOf(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => words(text).flatMap(forms)));
}

function stands(word: string, found: ReadonlySet<string>): boolean {
  return alternatives(word).some((other) => forms(other).some((form) => found.has(form)));
}

/** Scores above this say no more. */
const MOST_LEXICAL = 14.5;
/** A named party weighs as much as this many words of mean rarity. */
const ACTOR_WEIGHT = 1;

/** Whether a text names the role itself, with or without the article: "محافظ" does not stand in "محافظة". */
function namesRole(role: string, evidence: readonly string[]): boolean {
  const found = new Set(evidence.flatMap((text) => words(text).flatMap(bareWord)));
  return [...alternatives(role), ...plurals(role)].some((other) =>
    bareWord(other).some((form) => found.has(form)),
  );
}

/** The features of a question against what was found for it. */
export function relevanceFeatures(input: RelevanceInput): RelevanceFeatures {
  const { question, evidence, dense, rarity = () => 1 } = input;
  const found = formsOf(evidence);
  // A figure of what is counted was found: its noun needs no further proof.
  const counted = input.figureMissing ? null : question.quantity?.noun;
  const topic = question.topic.filter((word) => word !== counted);
  const role = askedRole(question.text);
  const weights = topic.map((word) => ({ word, weight: rarity(word), stands: stands(word, found) }));
  const mean = weights.reduce((sum, { weight }) => sum + weight, 0) / Math.max(1, weights.length) || 1;
  for (const { id, text } of question.actors) {
    weights.push({ word: text, weight: mean * ACTOR_WEIGHT, stands: input.actorStands(id) });
  }
  for (const { text } of question.places) {
    weights.push({ word: text, weight: mean, stands: input.placesStand ?? false });
  }
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  const covered = weights.reduce((sum, item) => sum + (item.stands ? item.weight : 0), 0);
  return {
    dense,
    coverage: total === 0 ? (question.dates.length + question.places.length > 0 ? 1 : 0) : covered / total,
    missing: weights.filter((item) => !item.stands).map(({ word }) => word),
    lexical: Math.min(MOST_LEXICAL, input.lexical) / MOST_LEXICAL,
    partyMissing: question.actors.some(({ id }) => !input.actorStands(id)),
    roleMissing: role !== null && topic.includes(role) && !namesRole(role, evidence),
    figureMissing: input.figureMissing,
    actionMissing: input.actionMissing ?? false,
  };
}

/** What a question is to be told. */
export type Verdict = "answer" | "off_topic" | "not_reported";

/**
 * The decision: a logistic model, fitted on three sets of questions about the five reports (tests/questions and the
 * public ones) and on questions of XQuAD-ar and ARCD as foreign ones; DESIGN.md, "Knowing when not to answer", has
 * the figures. Above 0 the answer goes out.
 */
const MODEL = {
  dense: 26.7,
  coverage: 3.25,
  lexical: 3.9,
  partyMissing: -5,
  roleMissing: -4,
  figureMissing: -4,
  actionMissing: -6,
  bias: -25.6,
} as const;
/** What is this far from every passage, or shares so few of its words, is about something else. */
const OFF_TOPIC = { dense: 0.8, coverage: 0.6, coverageAtAnyDistance: 0.25 } as const;

export function judge(features: RelevanceFeatures): Verdict {
  const { dense, coverage, lexical, partyMissing, figureMissing } = features;
  const evidence =
    dense * MODEL.dense +
    coverage * MODEL.coverage +
    lexical * MODEL.lexical +
    (partyMissing ? MODEL.partyMissing : 0) +
    (features.roleMissing ? MODEL.roleMissing : 0) +
    (figureMissing ? MODEL.figureMissing : 0) +
    (features.actionMissing ? MODEL.actionMissing : 0) +
    MODEL.bias;
  if (evidence > 0) return "answer";
  const far = dense < OFF_TOPIC.dense && coverage < OFF_TOPIC.coverage;
  return far || coverage < OFF_TOPIC.coverageAtAnyDistance ? "off_topic" : "not_reported";
}
