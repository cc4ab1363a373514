/** Gives passages their days, places and header: the second half of "report → passage". */
import type { Report } from "../report/report.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import type { CutPassage } from "./cut.ts";
import { eventDates } from "./days.ts";
import { header } from "./header.ts";
import type { EventDate, Passage, PassagePlace } from "./passage.ts";
import { passagePlaces } from "./places.ts";

/** Raise it when the same passage would be annotated differently: stored indexes become stale. */
export const ANNOTATOR_VERSION = 1;

const MAX_HEADER_PLACES = 4;

export interface AnnotateOptions {
  readonly report: Report;
  /** As cut, in the order of the body. */
  readonly passages: readonly CutPassage[];
  readonly gazetteer: Gazetteer;
  /** Id of the region that wins among places of one name. */
  readonly prefer?: string | undefined;
}

/** The passages with days, places and header, in the same order. Pure; linear in the body. */
export function annotate(options: AnnotateOptions): Passage[] {
  const { report, passages, gazetteer } = options;
  const dates = eventDates(report, passages);
  const places = passagePlaces(options);
  const unseenTitle = report.title !== null && !report.body.includes(report.title) ? report.title : null;
  return passages.map((passage, index) => {
    const days = dates[index] ?? [];
    const told = places[index] ?? [];
    const line = header({ places: placeNames(told, gazetteer), days: mainDays(days), title: unseenTitle });
    return { ...passage, header: line, dates: days, places: told };
  });
}

/** The first day of news, else of background. */
function mainDays(dates: readonly EventDate[]): EventDate | null {
  return dates.find(({ background }) => !background) ?? dates[0] ?? null;
}

/** Names from the particular to the general: the passage's places, then the cities that hold them. */
function placeNames(places: readonly PassagePlace[], gazetteer: Gazetteer): string[] {
  const above = new Set(places.flatMap(({ id }) => gazetteer.ancestors(id)));
  const particular = places.filter(({ id }) => !above.has(id)).slice(0, MAX_HEADER_PLACES);
  const cities = particular.flatMap(({ id }) =>
    gazetteer
      .ancestors(id)
      .filter((one) => isCity(gazetteer, one))
      .slice(0, 1),
  );
  const names = [
    ...particular.map(({ id, name }) => placeName(id, name, gazetteer)),
    ...cities.map((id) => placeName(id, id, gazetteer)),
  ];
  return [...new Set(names)];
}

function isCity(gazetteer: Gazetteer, id: string): boolean {
  return gazetteer.byId.get(id)?.kind === "city";
}

/** A quarter's name with its head word ("حي الحميدية"), which is how reports and people name it. */
function placeName(id: string, fallback: string, gazetteer: Gazetteer): string {
  const place = gazetteer.byId.get(id);
  const name = place?.name ?? fallback;
  return place?.kind === "quarter" && !name.startsWith("حي ") ? `حي ${name}` : name;
}
