import type { Offer } from "../answer/answer.ts";
import type { Sources } from "../answer/asked.ts";
import { placeLabel } from "../answer/place-label.ts";
import * as phrases from "../phrases/answer.ts";
import { answerQuestion } from "../pipeline.ts";
import { formatDay } from "../text/dates/format.ts";
import type { Day } from "../text/day.ts";

/** So many of the best told places and days are tried. */
const TRIED = 8;
const SHOWN = 3;

interface Candidates {
  readonly offers: readonly Offer[];
  /** What the first line of the answer must hold. */
  readonly lead?: RegExp;
}

/** Whether a question is answered at once, from just the days and places that it names. */
async function isAnswered(
  question: string,
  { sources, today, lead = /./u }: { sources: Sources; today: Day; lead?: RegExp | undefined },
): Promise<boolean> {
  const { model: _, ...extractive } = sources;
  const { answer } = await answerQuestion({ text: question, today, memory: null }, extractive);
  return answer.kind === "answer" && answer.widened === null && !answer.caution && lead.test(answer.lead);
}

/** Of a place on a day, of a number, of a place, of a day; the best told first. */
function candidates({ coverage, gazetteer }: Sources): Candidates[] {
  const small = coverage.places.filter(({ id }) =>
    ["quarter", "village", "town"].includes(gazetteer.byId.get(id)?.kind ?? ""),
  );
  const told = small.length > 0 ? small : coverage.places;
  const places = [...told].sort((a, b) => b.passages - a.passages).slice(0, TRIED);
  const labels = places.map(({ id }) => placeLabel(id, gazetteer));
  const days = [...coverage.days].sort((a, b) => b.passages - a.passages).slice(0, TRIED);
  const onDays = days.map(({ day }) => formatDay(day));
  const { offers } = phrases;
  return [
    { offers: labels.flatMap((place) => onDays.slice(0, 3).map((day) => offers.inPlaceOnDay(place, day))) },
    {
      offers: [...onDays.map(offers.deadOnDay), ...labels.map(offers.deadInPlace)],
      lead: /^\P{N}{0,20}\p{N}/u,
    },
    { offers: [...labels.slice(1), ...labels.slice(0, 1)].map(offers.inPlace) },
    { offers: onDays.slice(1).map(offers.onDay) },
  ];
}

/** Questions that the start offers, each of which was asked and answered; fewer where the collection answers fewer. */
export async function answeredExamples(sources: Sources, today: Day): Promise<Offer[]> {
  const found: Offer[] = [];
  for (const { offers, lead } of candidates(sources)) {
    if (found.length === SHOWN) break;
    for (const { question } of offers) {
      if (!(await isAnswered(question, { sources, today, lead }))) continue;
      found.push({ label: question, question });
      break;
    }
  }
  return found;
}
