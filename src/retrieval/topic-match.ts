/** Whether a passage tells of what somebody wants to be told of. Pure. */
import type { EventDate, Passage } from "../passage/passage.ts";
import type { Topic } from "../question/topic.ts";
import { type ActorIndex, findActors } from "../text/actors.ts";
import { type DayInterval, dayNumber, overlaps } from "../text/day.ts";
import { holdsPhrase } from "../text/phrase.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import { words } from "../text/tokens.ts";

/** Days of a passage that name more than this many, such as a year, count only where all of them are asked for. */
const LONGEST_EVENT_DAYS = 31;

/** Tells of each passage whether it meets every field of the topic; places count with all that lies in them. */
export function topicMatcher(
  topic: Topic,
  { gazetteer, actors }: { gazetteer: Gazetteer; actors: ActorIndex },
): (passage: Passage) => boolean {
  const places = new Set(topic.places.flatMap(({ id }) => [id, ...gazetteer.descendants(id)]));
  const parties = new Set(topic.actors.map(({ id }) => id));
  const phrase = topic.phrase === null ? [] : words(topic.phrase);
  return (passage) =>
    (places.size === 0 || passage.places.some(({ id }) => places.has(id))) &&
    (topic.days.length === 0 || passage.dates.some((date) => isOfDays(date, topic.days))) &&
    (phrase.length === 0 || holdsPhrase(passage.text, phrase)) &&
    (parties.size === 0 || findActors(passage.text, actors).some(({ id }) => parties.has(id)));
}

function isOfDays(date: EventDate, asked: readonly DayInterval[]): boolean {
  return (
    !date.background && asked.some((days) => overlaps(date, days) && (isShort(date) || isInside(date, days)))
  );
}

function isShort({ start, end }: DayInterval): boolean {
  return start !== null && end !== null && dayNumber(end) - dayNumber(start) < LONGEST_EVENT_DAYS;
}

function isInside(inner: DayInterval, outer: DayInterval): boolean {
  const from = outer.start === null || (inner.start !== null && inner.start >= outer.start);
  return from && (outer.end === null || (inner.end !== null && inner.end <= outer.end));
}
