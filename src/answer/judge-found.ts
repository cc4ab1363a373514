/** Whether what was found for a question answers it: what is known of question and passages, put before the model of relevance.ts. */
import type { Passage } from "../passage/passage.ts";
import { askedActions, askedThings } from "../question/action.ts";
import { askedPerson, askedSpeaker, asksTime, asksWhoTook } from "../question/focus.ts";
import { forms } from "../question/word-forms.ts";
import type { RankedPassage } from "../retrieval/retrieve.ts";
import { type Located, placesCovered } from "../retrieval/scope.ts";
import { findActors } from "../text/actors.ts";
import { findQuantities } from "../text/numbers/find.ts";
import { stemTerm, words } from "../text/tokens.ts";
import { namesBearer, namesOthers, namesTime } from "./answerable.ts";
import type { Asked } from "./asked.ts";
import { authorsOfReports } from "./authorship.ts";
import { gatherEvidence } from "./evidence.ts";
import { isFalsePremise } from "./premise.ts";
import { fitsAsked } from "./quantity-fit.ts";
import { judge, type Lack, relevanceFeatures, type Verdict } from "./relevance.ts";

/** How rare each topic word is in the collection. */
export async function topicRarity({ question, sources }: Asked): Promise<(word: string) => number> {
  const idf = await sources.store.rarity(question.topic.map(stemTerm));
  const byWord = new Map(question.topic.map((word, index) => [word, idf[index] ?? 1]));
  return (word) => byWord.get(word) ?? 1;
}

function placesAsked({ scope, sources }: Asked): ReadonlySet<string> {
  const places = scope.places.map(({ id }) => id);
  return new Set(placesCovered(places, sources.gazetteer));
}

const isIn = ({ places }: Passage, covered: ReadonlySet<string>): boolean =>
  places.some(({ id }) => covered.has(id));

/** All forms of the words of a text. */
const formsIn = (text: string): ReadonlySet<string> => new Set(words(text).flatMap(forms));

const holds = (found: ReadonlySet<string>, thing: ReadonlySet<string>): boolean =>
  [...thing].some((form) => found.has(form));

/** Whether a passage of the places asked tells that what the question names was done there; true where it names no such thing. */
function tellsAction(asked: Asked, ranked: readonly RankedPassage[]): boolean {
  const actions = askedActions(asked.question.topic);
  const covered = placesAsked(asked);
  if (actions.length === 0 || covered.size === 0) return true;
  return ranked.some(({ passage }) => {
    if (!isIn(passage, covered)) return false;
    const found = formsIn(passage.text);
    return actions.every((action) => holds(found, action));
  });
}

/** What kinds of thing that the question asks for the evidence does not hold. */
function lacking(
  asked: Asked,
  {
    ranked,
    quotes,
    evidence,
  }: {
    readonly ranked: readonly RankedPassage[];
    readonly quotes: readonly Located[];
    readonly evidence: readonly string[];
  },
): Partial<Record<Lack, boolean>> {
  const { question, sources } = asked;
  const counts = question.kind === "count";
  const person = askedPerson(question);
  const speaker = askedSpeaker(question);
  const things = [...askedThings(question.topic), ...(speaker === null ? [] : [new Set(forms(speaker))])];
  const found = formsIn(evidence.join("\n"));
  const tells = (text: string): boolean =>
    findQuantities(text).some((quantity) => fitsAsked(quantity, question.quantity));
  return {
    figureMissing: counts && !evidence.some(tells),
    actionMissing: !counts && !tellsAction(asked, ranked),
    nameMissing: person !== null && !evidence.some((text) => namesBearer(person, text, sources.actors)),
    timeMissing: asksTime(question) && !namesTime(question, quotes),
    agentMissing:
      asksWhoTook(question) &&
      !namesOthers(
        question,
        quotes.map(({ passage }) => passage.text),
        sources.actors,
      ),
    thingMissing: things.some((thing) => !holds(found, thing)),
  };
}

/** Whether what was found answers what was asked: its words stand there, and what kind of thing it asks for. */
export async function judgeFound(
  asked: Asked,
  ranked: readonly RankedPassage[],
  quotes: readonly Located[],
): Promise<Verdict> {
  const { question, sources } = asked;
  const evidence = await gatherEvidence(quotes, sources.store);
  const authors = await authorsOfReports(quotes, asked);
  const named = new Set([
    ...evidence.flatMap((text) => findActors(text, sources.actors).map(({ id }) => id)),
    ...[...authors.values()].flat(),
  ]);
  const covered = placesAsked(asked);
  const features = relevanceFeatures({
    question,
    dense: ranked.reduce((best, item) => Math.max(best, item.dense), 0),
    lexical:
      ranked.reduce((best, item) => Math.max(best, item.lexical), 0) /
      Math.log(1 + sources.store.manifest.passages),
    lacks: lacking(asked, { ranked, quotes, evidence }),
    placesStand: quotes.some(({ passage }) => isIn(passage, covered)),
    evidence,
    actorStands: (id) => named.has(id),
    rarity: await topicRarity(asked),
  });
  const verdict = judge(features);
  sources.trace?.(`relevance: ${JSON.stringify(features)}: ${verdict}`);
  const supposes = verdict === "answer" && (await isFalsePremise(quotes, features.missing, asked));
  return supposes ? "false_premise" : verdict;
}
