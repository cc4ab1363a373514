/** Gives passages their days, places and header: the second half of "report → passage". */
import type { Report } from "../report/report.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import type { PlaceKind } from "../text/places/place.ts";
import type { CutPassage } from "./cut.ts";
import { eventDates } from "./days.ts";
import { header } from "./header.ts";
import type { EventDate, Passage, PassagePlace } from "./passage.ts";
import { passagePlaces } from "./places.ts";

/** Raise it when the same passage would be annotated differently: stored indexes become stale. */
export const ANNOTATOR_VERSION = 7;

const MAX_HEADER_PLACES = 6;
/** Kept in a header even beside a place that lies in them. */
const SETTLEMENTS: ReadonlySet<PlaceKind> = new Set(["quarter", "village", "town"]);

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

/** Quarters, villages and the like first, then landmarks in them, then the cities that hold them. */
function placeNames(places: readonly PassagePlace[], gazetteer: Gazetteer): string[] {
  const above = new Set(places.flatMap(({ id }) => gazetteer.ancestors(id)));
  const kindOf = (id: string) => gazetteer.byId.get(id)?.kind;
  const particular = places.filter(({ id }) => !above.has(id) || SETTLEMENTS.has(kindOf(id) ?? "country"));
  const landmarks = particular.filter(({ id }) => kindOf(id) === "landmark");
  const chosen = [...particular.filter((place) => !landmarks.includes(place)), ...landmarks].slice(
    0,
    MAX_HEADER_PLACES,
  );
  const cities = chosen.flatMap(({ id }) =>
    gazetteer
      .ancestors(id)
      .filter((one) => kindOf(one) === "city")
      .slice(0, 1),
  );
  const names = [...chosen.map(({ id }) => id), ...cities].map((id) => placeName(id, gazetteer));
  return [...new Set(names)];
}

/** A quarter's name with its head word ("حي الحميدية"), which is how reports and people name it. */
function placeName(id: string, gazetteer: Gazetteer): string {
  const place = gazetteer.byId.get(id);
  const name = place?.name ?? "";
  return place?.kind === "quarter" && !name.startsWith("حي ") ? `حي ${name}` : name;
}
