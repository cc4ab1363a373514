import { paraphrases } from "../question/paraphrases.ts";
import type { Question } from "../question/question.ts";
import { forms } from "../question/word-forms.ts";
import { type ActorIndex, findActors } from "../text/actors.ts";
import { searchKey } from "../text/normalize.ts";
import { findQuantities } from "../text/numbers/find.ts";
import type { Quantity } from "../text/numbers/quantity.ts";
import type { PlaceKind } from "../text/places/place.ts";
import { remembering } from "../text/remember.ts";
import { words } from "../text/tokens.ts";
import type { ChosenQuote } from "./clause.ts";
import { fitsAsked } from "./quantity-fit.ts";

/** What the words alone do not show: parties by all their names, places by kind, other forms of the question's words. */
export interface FitContext {
  readonly actors: ActorIndex;
  /** Rarity of a topic word in the collection. */
  readonly rarity: (word: string) => number;
  /** What kind of place an id names; null when unknown. */
  readonly placeKind: (id: string) => PlaceKind | null;
}

/** Added to a quotation's score (about 0…1.3): measured on the project's own questions about the five reports. */
const WEIGHTS = { figure: 0.5, places: 0.3, party: 0.1, words: 0.35 } as const;
/** Places that a list names before it counts as a full answer. */
const PLACES_IN_A_LIST = 3;
const NOTHING_LISTED = -1;

/** How well a figure fits: what was done to whom. A definite figure before "scores of", a party's own before another's. */
function figureFit(quantity: Quantity, question: Question, context: FitContext): number {
  if (!fitsAsked(quantity, question.quantity)) return 0;
  const asked = new Set(question.actors.filter(({ id }) => !isAgency(id, context)).map(({ id }) => id));
  const counted = quantity.party === null ? [] : findActors(quantity.party, context.actors);
  const party =
    asked.size === 0 || counted.length === 0 ? 0.2 : counted.some(({ id }) => asked.has(id)) ? 0.4 : -0.4;
  const definite = quantity.min === null ? 0 : 0.35;
  const part = (quantity.partOf ?? null) === null ? 0.1 : 0;
  return 0.3 + party + definite + part;
}

function isAgency(id: string, { actors }: FitContext): boolean {
  return actors.byId.get(id)?.kind === "agency";
}

function bestFigure(text: string, question: Question, context: FitContext): number {
  return findQuantities(text).reduce(
    (best, quantity) => Math.max(best, figureFit(quantity, question, context)),
    0,
  );
}

/** All forms of the words of a text. */
const formsIn = remembering((text) => new Set(words(text).flatMap(forms)));

/** Share of the topic's words, weighed by rarity, that stand in a text in some form. */
function wordShare(text: string, question: Question, { rarity }: FitContext): number {
  if (question.topic.length === 0) return 0;
  const found = formsIn(text);
  const stands = (word: string): boolean =>
    paraphrases(word).some((other) => forms(other).some((form) => found.has(form)));
  const sum = (topic: readonly string[]): number => topic.reduce((total, word) => total + rarity(word), 0);
  return sum(question.topic.filter(stands)) / (sum(question.topic) || 1);
}

/** Kinds of place that a list is of, by the word that asks for it; every kind for "المناطق", "المواقع". */
const LISTED_KINDS: readonly { readonly words: RegExp; readonly kinds: ReadonlySet<PlaceKind> }[] = [
  { words: /(?:^|\s)(?:ال)?(?:احياء|حيين|neighbou?rhoods|districts)(?=\s|$)/u, kinds: new Set(["quarter"]) },
  { words: /(?:^|\s)(?:ال)?(?:قري|بلدات|villages|towns)(?=\s|$)/u, kinds: new Set(["village", "town"]) },
  { words: /(?:^|\s)(?:ال)?(?:مدن|cities)(?=\s|$)/u, kinds: new Set(["city", "town"]) },
];

/** How much of a list of places a passage gives: 0…1; below 0 when it names none of the kind asked for. */
function newPlaces({ passage }: ChosenQuote, question: Question, { placeKind }: FitContext): number {
  const asked = new Set(question.places.map(({ id }) => id));
  const key = searchKey(question.text);
  const kinds = LISTED_KINDS.find(({ words: pattern }) => pattern.test(key))?.kinds;
  const named = passage.places.filter(({ id, basis }) => {
    const kind = placeKind(id);
    return basis === "passage" && !asked.has(id) && (!kinds || (kind !== null && kinds.has(kind)));
  });
  return named.length === 0 && kinds ? NOTHING_LISTED : Math.min(1, named.length / PLACES_IN_A_LIST);
}

function bonus(quote: ChosenQuote, question: Question, context: FitContext): number {
  const text = quote.passage.text;
  let sum = WEIGHTS.words * wordShare(text, question, context);
  if (question.kind === "count") sum += WEIGHTS.figure * bestFigure(text, question, context);
  if (question.kind === "list") sum += WEIGHTS.places * newPlaces(quote, question, context);
  if (question.actors.length > 0) {
    const named = new Set(findActors(text, context.actors).map(({ id }) => id));
    sum +=
      WEIGHTS.party * (question.actors.filter(({ id }) => named.has(id)).length / question.actors.length);
  }
  return sum;
}

/** The quotations in the order in which they fit the question as understood, best first. */
export function orderByFit(
  quotes: readonly ChosenQuote[],
  question: Question,
  context: FitContext,
): ChosenQuote[] {
  return quotes
    .map((quote) => ({ ...quote, score: quote.score + bonus(quote, question, context) }))
    .sort((a, b) => b.score - a.score || a.ref - b.ref);
}
