/** What is known of a report as an admin reviews it: each value with how sure it is and from which words. */
import type { EventDate, Passage } from "../passage/passage.ts";
import { adding } from "../phrases/adding.ts";
import type { Report } from "../report/report.ts";
import type { UnderstoodReport } from "../telegram/addition.ts";

const EVENTS = 5;
const PLACES = 10;
const OPENING = 160;

export function understood(
  report: Report,
  passages: readonly Passage[],
  labelOf: (placeId: string) => string,
): UnderstoodReport {
  const { publisher, title, byline, body, published, parts, id } = report;
  const first = parts.find(({ role }) => role === "text") ?? parts[0];
  const isSigned = publisher !== null && (byline?.includes(publisher) ?? false);
  const isNamed = publisher !== null && body.includes(publisher);
  const from = (words: string) => (words === "" ? "" : adding.from(words));
  return {
    id,
    publisher:
      publisher === null
        ? null
        : {
            name: publisher,
            confidence: isSigned || !isNamed ? "stated" : "inferred",
            words: isSigned ? adding.fromLine : isNamed ? adding.fromText : adding.fromData,
          },
    title:
      title === null
        ? null
        : {
            text: title,
            confidence: "stated",
            words: body.includes(title) ? adding.fromFirstLine : adding.fromData,
          },
    published: {
      ...{ start: published.start, end: published.end, confidence: published.confidence },
      words: published.why,
    },
    events: eventsOf(passages).map(({ start, end, confidence, words }) => ({
      ...{ start, end },
      confidence: confidence === "certain" ? "stated" : confidence === "inferred" ? "inferred" : "unknown",
      words: words === "" ? adding.fromData : from(words),
    })),
    places: placesOf(passages).map(({ id: place, basis, words }) => ({
      ...{ id: place, name: labelOf(place) },
      confidence: basis === "passage" ? "stated" : "inferred",
      words: words === "" ? adding.fromData : from(words),
    })),
    ownPlaces: [...report.places],
    length: body.length,
    opening: first
      ? body.slice(first.start, Math.min(first.end, first.start + OPENING))
      : body.slice(0, OPENING),
  };
}

/** The days of its news, each once, in order. */
function eventsOf(passages: readonly Passage[]): EventDate[] {
  const days = new Map<string, EventDate>();
  for (const date of passages.flatMap(({ dates }) => dates)) {
    const key = `${date.start}/${date.end}`;
    const known = days.get(key);
    if (!date.background && (known === undefined || (known.words === "" && date.words !== "")))
      days.set(key, date);
  }
  return [...days.values()].sort((a, b) => ((a.start ?? "") < (b.start ?? "") ? -1 : 1)).slice(0, EVENTS);
}

/** Its places, each once, those that it names itself first, the most frequent first. */
function placesOf(passages: readonly Passage[]): Passage["places"][number][] {
  const counts = new Map<string, { place: Passage["places"][number]; count: number }>();
  for (const place of passages.flatMap(({ places }) => places)) {
    const known = counts.get(place.id);
    const better = known === undefined || (known.place.basis !== "passage" && place.basis === "passage");
    counts.set(place.id, { place: better ? place : known.place, count: (known?.count ?? 0) + 1 });
  }
  return [...counts.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, PLACES)
    .map(({ place }) => place);
}
