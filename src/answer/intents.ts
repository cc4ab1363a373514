import * as phrases from "../phrases/answer.ts";
import { type Intent, isAnything, readIntent } from "../question/intent.ts";
import { overlaps } from "../text/day.ts";
import type { Answer, Refusal } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { answerFact } from "./fact.ts";
import { answerMeaning } from "./meaning.ts";
import { answerMentions, answerPhrase } from "./mentions.ts";
import { answerControl, refuseSafety } from "./now.ts";
import { answerPasted } from "./pasted.ts";
import { placeLabel } from "./place-label.ts";
import { answerPublisher } from "./publisher-card.ts";
import { answerYesNo } from "./yes-no.ts";

/** Names of the dead are not searched for and not listed: a humane sentence, and the figures that there are. */
function refuseNames({ scope, sources }: Asked): Refusal {
  const offers = scope.places.map(({ id }) => phrases.offers.deadInPlace(placeLabel(id, sources.gazetteer)));
  return {
    kind: "refusal",
    reason: "not_reported",
    scope: { dates: scope.dates, places: scope.places },
    lines: [phrases.refusal.namesNotListed],
    offers: [...offers, phrases.offers.coverage],
  };
}

/** What a line of a refusal says besides that nothing is told and what that does not mean. */
function beyondNotReported(line: string): string[] {
  const { notReported, absenceIsNotDenial } = phrases.refusal;
  const rest = line.replace(notReported, "").replace(absenceIsNotDenial, "").trim();
  return rest === "" ? [] : [rest];
}

/** What the reports hold near a question of yes or no that no quotation settles; a bare "did anything happen?" is settled by any event. */
async function answerUnsettled(asked: Asked, otherwise: () => Promise<Answer>): Promise<Answer> {
  const { question } = asked;
  const anything = isAnything(question) && ["day", "place"].includes(question.kind);
  const answer = anything
    ? await otherwise()
    : await answerFact({ ...asked, question: { ...question, kind: "what" } });
  if (answer.kind === "refusal" && answer.reason !== "bad_input")
    return { ...answer, lines: [phrases.yesNo.notReported, ...answer.lines.flatMap(beyondNotReported)] };
  if (answer.kind !== "answer") return answer;
  const settled = anything && answer.widened === null;
  return {
    ...answer,
    lead: settled ? phrases.yesNo.anything(answer.lead) : phrases.yesNo.unsettled(answer.lead),
  };
}

function intentOf({ question, sources, today, scope }: Asked): Intent | null {
  const publishers = new Set(sources.names.publishers.map(({ id }) => id));
  const now = { start: today, end: today };
  const asksPresent =
    question.dates.every((date) => overlaps(date, now)) && (!scope.inherited || scope.dates.length === 0);
  return readIntent(question, { isPublisher: (id) => publishers.has(id), asksPresent });
}

/**
 * Answers what people ask of an archive of war beside the kinds of question; `otherwise` answers an ordinary one, and
 * what none of these can answer.
 */
export async function answerIntent(asked: Asked, otherwise: () => Promise<Answer>): Promise<Answer> {
  const intent = intentOf(asked);
  switch (intent?.kind) {
    case "safety":
      return refuseSafety(asked);
    case "control_now":
      return (await answerControl(asked)) ?? otherwise();
    case "victim_name":
      return refuseNames(asked);
    case "pasted":
      return answerPasted(intent.text, asked);
    case "phrase":
      return answerPhrase(intent.phrase, asked);
    case "mentions":
      return answerMentions(asked);
    case "publisher":
      return answerPublisher(asked);
    case "meaning":
      return answerMeaning(intent.terms, asked);
    case "yes_no":
      return (await answerYesNo(intent.statement, asked)) ?? answerUnsettled(asked, otherwise);
    default:
      return otherwise();
  }
}
