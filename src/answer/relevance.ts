import { alternatives } from "../question/glossary.ts";
import { paraphrases } from "../question/paraphrases.ts";
import type { Question } from "../question/question.ts";
import { askedRole, bareWord, plurals } from "../question/role.ts";
import { forms } from "../question/word-forms.ts";
import { words } from "../text/tokens.ts";

/** What the evidence of an answer may lack, and how much each weighs against answering. */
const LACK_WEIGHTS = {
  /** A party that the question names stands nowhere in the evidence. */
  partyMissing: -5,
  /** "Who is the …", "the name of the …", and the evidence knows no such one. */
  roleMissing: -4,
  /** "How many", and the evidence counts nothing of the kind. */
  figureMissing: -4,
  /** The question names a place and what was done there, and no passage tells of that there. */
  actionMissing: -6,
  /** A person's name is asked for, and the evidence names nobody. */
  nameMissing: -6,
  /** "When", and the best quotation names no time. */
  timeMissing: -4,
  /** "Who took …", and the quotations name nobody but those in the question. */
  agentMissing: -4,
  /** An event, a person or a thing that reports tell of in its own words or not at all stands nowhere in the evidence. */
  thingMissing: -4,
} as const;
/** A kind of thing that a question asks for and the evidence may lack. */
export type Lack = keyof typeof LACK_WEIGHTS;
const LACKS = Object.keys(LACK_WEIGHTS) as readonly Lack[];

/** What decides whether the collection answers a question. */
export interface RelevanceFeatures extends Readonly<Record<Lack, boolean>> {
  /** Highest cosine of the question with a passage. */
  readonly dense: number;
  /** Share of the topic's words, parties and places, words weighed by their rarity, that stand in the evidence in some form: 0…1. */
  readonly coverage: number;
  /** Words, parties and places of the question that do not. */
  readonly missing: readonly string[];
  /** Best BM25 score in units of the rarest word's weight. */
  readonly lexical: number;
}

export interface RelevanceInput {
  readonly question: Question;
  /** Highest cosine of the question with a passage. */
  readonly dense: number;
  /** Best BM25 score of a passage, divided by ln(1 + passages). */
  readonly lexical: number;
  /** What the evidence lacks, as far as it shows outside the words; absent for not. */
  readonly lacks: Partial<Readonly<Record<Lack, boolean>>>;
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
  return paraphrases(word).some((other) => forms(other).some((form) => found.has(form)));
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
  const counted = input.lacks.figureMissing ? null : question.quantity?.noun;
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
    ...NOTHING_LACKS,
    ...input.lacks,
    partyMissing: question.actors.some(({ id }) => !input.actorStands(id)),
    roleMissing: role !== null && topic.includes(role) && !namesRole(role, evidence),
  };
}

const NOTHING_LACKS = Object.fromEntries(LACKS.map((lack) => [lack, false])) as Record<Lack, boolean>;

/** What a question is to be told. */
export type Verdict = "answer" | "off_topic" | "not_reported" | "false_premise";

/**
 * The decision: a logistic model, fitted on three sets of questions about the five reports (tests/questions and the
 * public ones) and on questions of XQuAD-ar and ARCD as foreign ones; DESIGN.md, "Knowing when not to answer", has
 * the figures. Above 0 the answer goes out.
 */
const MODEL = { dense: 26.7, coverage: 3.25, lexical: 3.9, bias: -25.6 } as const;
/** What is this far from every passage, or shares so few of its words, is about something else. */
const OFF_TOPIC = { dense: 0.8, coverage: 0.6, coverageAtAnyDistance: 0.25 } as const;

export function judge(features: RelevanceFeatures): Verdict {
  const { dense, coverage, lexical } = features;
  const measured = dense * MODEL.dense + coverage * MODEL.coverage + lexical * MODEL.lexical;
  const evidence = LACKS.reduce(
    (sum, lack) => sum + (features[lack] ? LACK_WEIGHTS[lack] : 0),
    measured + MODEL.bias,
  );
  if (evidence > 0) return "answer";
  const far = dense < OFF_TOPIC.dense && coverage < OFF_TOPIC.coverage;
  return far || coverage < OFF_TOPIC.coverageAtAnyDistance ? "off_topic" : "not_reported";
}
