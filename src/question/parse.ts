import { type ActorIndex, findActors } from "../text/actors.ts";
import { findDates } from "../text/dates/find.ts";
import type { Day } from "../text/day.ts";
import type { Span } from "../text/normalize.ts";
import { findPlaces, mostParticular } from "../text/places/find.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import type { PlaceMention } from "../text/places/place.ts";
import { withoutCourtesy } from "./courtesy.ts";
import { reportWords } from "./glossary.ts";
import { questionKind, questionWords, topicWords } from "./kind.ts";
import { questionLanguage } from "./language.ts";
import { askedQuantity } from "./quantity.ts";
import type { Ambiguity, Question } from "./question.ts";
import { type SourceNames, sourceRequest } from "./source-request.ts";

/** What a question is read against. */
export interface QuestionContext extends SourceNames {
  /** The reader's day in Asia/Damascus: what "yesterday" is relative to. */
  readonly today: Day;
  readonly gazetteer: Gazetteer;
  readonly actors: ActorIndex;
  /** Years of the collection's events: a missing year is taken from them when only one fits. */
  readonly years: readonly number[];
  /** Id of the region that wins among homonyms; null for none. */
  readonly region: string | null;
}

/** Reads a question: kind, days, places, actors, asked quantity. Pure; ambiguity is kept as ambiguity. */
export function parseQuestion(message: string, context: QuestionContext): Question {
  const text = withoutCourtesy(message);
  const dates = findDates(text, { mode: "question", anchor: context.today, years: context.years });
  const found = findPlaces(text, context.gazetteer, {
    fuzzy: true,
    bare: true,
    prefer: context.region ?? undefined,
  });
  const actors = findActors(text, context.actors).filter((actor) => !insideAny(actor.span, dates));
  const places = mostParticular(
    found.filter((place) => !insideAny(place.span, dates) && !insideAny(place.span, actors)),
    context.gazetteer,
  ).filter(({ id }, index, all) => all.findIndex((other) => other.id === id) === index);
  const named = sourceRequest(text, context, dates);
  const parties = actors.filter(({ id }) => context.actors.byId.get(id)?.kind !== "agency");
  const asked = questionKind({ text, hasDate: dates.length > 0, hasPlace: places.length > 0 });
  const kind = asked === "free" && named.by === "id" ? "source" : asked;
  return {
    text,
    kind,
    language: questionLanguage(text),
    dates,
    places,
    actors,
    ambiguous: places.flatMap(ambiguity),
    quantity: kind === "count" ? askedQuantity(text, parties) : null,
    source: kind === "source" || kind === "summary" ? named : null,
    searchText: searchText(text, [...places, ...actors]),
    topic: topicWords(without(text, [...dates, ...places, ...actors])),
  };
}

function searchText(
  text: string,
  named: readonly { readonly name: string; readonly text: string }[],
): string {
  const names = named.filter((mention) => !/\p{Script=Arabic}/u.test(mention.text)).map(({ name }) => name);
  return [text, ...names, reportWords(questionWords(text))].filter(Boolean).join(" ");
}

function ambiguity(place: PlaceMention): Ambiguity[] {
  if (place.candidates.length < 2) return [];
  return [{ text: place.text, chosen: place.id, candidates: place.candidates }];
}

const inside = (inner: Span, outer: Span): boolean => inner[0] >= outer[0] && inner[1] <= outer[1];

function insideAny(span: Span, mentions: readonly { readonly span: Span }[]): boolean {
  return mentions.some((mention) => inside(span, mention.span));
}

function without(text: string, mentions: readonly { readonly span: Span }[]): string {
  let rest = text;
  for (const { span } of [...mentions].sort((a, b) => b.span[0] - a.span[0])) {
    rest = `${rest.slice(0, span[0])} ${rest.slice(span[1])}`;
  }
  return rest;
}
