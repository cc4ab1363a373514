import * as phrases from "../phrases/answer.ts";
import { mentionedWords } from "../question/intent.ts";
import type { Report } from "../report/report.ts";
import { findActors } from "../text/actors.ts";
import type { Span } from "../text/normalize.ts";
import { findPlaces } from "../text/places/find.ts";
import { type Answer, MAX_CITATIONS, MAX_QUOTE_LENGTH, type Offer } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { composeAnswer } from "./compose.ts";
import { dayLabel, publishedLabel } from "./labels.ts";
import { allOccurrences, exactSpans, type Occurrence } from "./occurrences.ts";
import { placeLabel } from "./place-label.ts";
import { refuseInput, refuseTopic } from "./refuse.ts";

interface Searched {
  /** What was looked for, as the reader sees it. */
  readonly name: string;
  readonly find: (text: string, report: Report) => readonly Span[];
}

/** One quotation for each passage that mentions it, the sentence around the mention when the passage is long. */
function quotationsOf(found: readonly Occurrence[]) {
  const byPassage = new Map<string, Occurrence[]>();
  for (const occurrence of found)
    byPassage.set(occurrence.passage.id, [...(byPassage.get(occurrence.passage.id) ?? []), occurrence]);
  return [...byPassage.values()].flatMap((list) => {
    const [first] = list;
    if (!first) return [];
    const { passage, span } = first;
    const whole = passage.end - passage.start <= MAX_QUOTE_LENGTH;
    const start = whole ? passage.start : Math.max(passage.start, span[0]);
    const end = whole
      ? Math.max(passage.end, span[1])
      : Math.min(start + MAX_QUOTE_LENGTH, Math.max(passage.end, span[1]));
    return [{ passage, start, end, group: "main" as const }];
  });
}

/** One line for each report: publisher, days told of, and how often. */
function reportLines(found: readonly Occurrence[]): string[] {
  const byReport = new Map<string, Occurrence[]>();
  for (const item of found) byReport.set(item.report.id, [...(byReport.get(item.report.id) ?? []), item]);
  return [...byReport.values()].flatMap((list) => {
    const [first] = list;
    if (!first) return [];
    const days = list.flatMap(({ passage }) => passage.dates.slice(0, 1).map(dayLabel));
    const told = [...new Set(days)].slice(0, 3);
    const label = phrases.list([
      first.report.publisher ?? phrases.unknownPublisher,
      publishedLabel(first.report.published),
    ]);
    return [phrases.mentions.inReport(label, list.length, phrases.list(told))];
  });
}

async function answerMentionsOf({ name, find }: Searched, asked: Asked): Promise<Answer> {
  const { sources } = asked;
  const found = await allOccurrences(name, find, sources);
  const context = { ...asked, ...sources };
  if (found.length === 0) {
    const refusal = refuseTopic(context, "not_reported");
    return {
      ...refusal,
      lines: [
        `${phrases.mentions.none(name)} ${phrases.refusal.absenceIsNotDenial}`,
        ...refusal.lines.slice(1),
      ],
    };
  }
  const quotations = quotationsOf(found);
  const reports = new Map(found.map(({ report }) => [report.id, report]));
  const offers: Offer[] = asked.scope.places.map(({ id }) =>
    phrases.offers.inPlace(placeLabel(id, sources.gazetteer)),
  );
  const texts = new Set([...reports.keys()].map((id) => sources.copies?.leader(id) ?? id));
  const answer = composeAnswer({
    lead: phrases.mentions.lead(name, found.length, texts.size),
    quotations,
    reports,
    scope: { dates: [], places: asked.scope.places },
    widened: null,
    notes: [],
    offers,
  });
  const shown = Math.min(quotations.length, MAX_CITATIONS);
  const more = quotations.length > shown ? [phrases.mentions.more(quotations.length - shown)] : [];
  return { ...answer, notes: [...reportLines(found), ...more] };
}

/** Every mention of exact words, with a count. */
export function answerPhrase(phrase: string, asked: Asked): Promise<Answer> {
  return answerMentionsOf({ name: phrase, find: (text) => exactSpans(text, phrase) }, asked);
}

/** Every mention of the place, the party or the words that a question names, by report and day with a count. */
export function answerMentions(asked: Asked): Promise<Answer> | Answer {
  const { question, sources } = asked;
  const { gazetteer, actors, region } = sources;
  const [place] = question.places;
  if (place) {
    const find = (text: string, { withoutPlaces = [] }: Report): Span[] =>
      findPlaces(text, gazetteer, { prefer: region ?? undefined })
        .filter(({ id }) => id === place.id && !withoutPlaces.includes(id))
        .map(({ span }) => span);
    return answerMentionsOf({ name: placeLabel(place.id, gazetteer), find }, asked);
  }
  const [actor] = question.actors;
  if (actor) {
    const find = (text: string): Span[] =>
      findActors(text, actors)
        .filter(({ id }) => id === actor.id)
        .map(({ span }) => span);
    return answerMentionsOf({ name: actor.name, find }, asked);
  }
  const words = mentionedWords(question);
  return words === "" ? refuseInput(phrases.mentions.nothingNamed) : answerPhrase(words, asked);
}
