/** The places of which each passage tells: from its own words, from the words before it, or from its report. */
import type { Report } from "../report/report.ts";
import { placesFromField } from "../text/places/field.ts";
import { findPlaces, mostParticular } from "../text/places/find.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import type { CutPassage } from "./cut.ts";
import type { PassagePlace } from "./passage.ts";
import { ReferenceResolver, type ToldPlace } from "./references.ts";

type ReportFields = Pick<Report, "body" | "parts" | "title" | "places" | "withoutPlaces" | "eventDates">;
type PlaceName = Pick<PassagePlace, "id" | "name">;

export interface PlacesOptions {
  readonly report: ReportFields;
  /** In the order of the body. */
  readonly passages: readonly CutPassage[];
  readonly gazetteer: Gazetteer;
  /** Id of the region that wins among places of one name. */
  readonly prefer?: string | undefined;
}

/** A passage that names its first place later than this, in UTF-16 units, may tell first of another place. */
const MAX_LEAD = 150;

/** "دمشق، 14 آذار 2018 (سانا) – …": where an agency's report was written, which is not where its news happened. */
const DATELINE = /^[^\n.:–—-]{0,60}(?:\p{Nd}{4}|\([^)\n]{1,30}\))\s*(?:\([^)\n]{1,30}\)\s*)?[-–—]\s/u;

/** For each passage its places, in the order of the passages. Titles and text tell of places, bylines and dates do not. */
export function passagePlaces(options: PlacesOptions): PassagePlace[][] {
  const { report, passages, gazetteer } = options;
  const field = report.places
    .flatMap((value) => resolvePlaceField(value, gazetteer, options.prefer) ?? [])
    .filter(isMeant(report));
  const parts = placesOfParts(
    options,
    field.flatMap(({ id }) => [id, ...gazetteer.ancestors(id)]),
  );
  const fromReport = (field.length > 0 ? field : usualPlaces(options, parts)).map(
    ({ id, name }): PassagePlace => ({ id, name, basis: "report", words: "" }),
  );
  const isRecord = report.eventDates !== null && field.length > 0;
  const named = parts
    .flat()
    .filter(({ id }) => !isRecord || field.some((place) => isRelated(id, place.id, gazetteer)));
  let next = 0;
  let part = 0;
  let before: readonly PassagePlace[] = [];
  return passages.map((passage) => {
    if (passage.role !== "text" && passage.role !== "title") return [];
    if ((report.parts[part]?.end ?? 0) <= passage.start) before = [];
    while (part < report.parts.length && (report.parts[part]?.end ?? 0) <= passage.start) part += 1;
    const own: ToldPlace[] = [];
    for (let told = named[next]; told && told.at < passage.end; told = named[next]) {
      if (told.at >= passage.start) own.push(told);
      next += 1;
    }
    const told = tellingOf({ passage, own, before, fromReport, gazetteer });
    const anchored = own.filter(({ id }) => !isWide(id, gazetteer));
    if (own.length === 0) before = told;
    else if (anchored.length > 0) before = anchored.map(toPassagePlace);
    return unique(field.length > 0 ? [...told, ...fromReport] : told);
  });
}

/** Whether a place that was found is not one that the operator says the report is not about. */
function isMeant({ withoutPlaces = [] }: ReportFields): (place: { readonly id: string }) => boolean {
  return ({ id }) => !withoutPlaces.includes(id);
}

/**
 * Whether one place lies in the other. A record whose fields give day and place of one event names other places only
 * in passing ("نقل الجرحى إلى سراقب"): they are not where it happened.
 */
function isRelated(a: string, b: string, gazetteer: Gazetteer): boolean {
  return a === b || gazetteer.ancestors(a).includes(b) || gazetteer.ancestors(b).includes(a);
}

/**
 * A passage's own places; where it has none, those before it or of the report. These are added as well to a place
 * that is named late and lies elsewhere ("… ويأتي ذلك بعد خسارة مدينة الطبقة").
 */
function tellingOf(options: TellingOptions): PassagePlace[] {
  const { passage, own, gazetteer } = options;
  const [first] = own;
  const cities = new Set(own.filter(({ byName }) => byName).flatMap(({ id }) => gazetteer.ancestors(id)));
  const places = own
    .filter(({ id, byName }) => byName || !cities.has(id) || gazetteer.byId.get(id)?.kind === "quarter")
    .map(toPassagePlace);
  const before = options.before.map(
    (place): PassagePlace => ({ ...place, basis: place.basis === "report" ? "report" : "previous" }),
  );
  const around = before.length > 0 ? before : options.fromReport;
  if (first === undefined) return [...around];
  const theirs = governoratesOf(around, gazetteer);
  const ours = governoratesOf(own, gazetteer);
  // Countries and the desert are named as where people went or came from: they do not say where the passage is.
  const wide = own.every(({ id }) => isWide(id, gazetteer));
  if (wide) return [...places, ...around];
  const elsewhere = ours.length > 0 && !ours.some((id) => theirs.includes(id));
  return first.at - passage.start > MAX_LEAD && elsewhere ? [...places, ...around] : places;
}

/** Whether a place says nothing of the governorate: a country, a city abroad, a region of all Syria; but a river does. */
function isWide(id: string, gazetteer: Gazetteer): boolean {
  const kind = gazetteer.byId.get(id)?.kind;
  if (kind === "river" || governoratesOf([{ id }], gazetteer).length > 0) return false;
  return !gazetteer.ancestors(id).some((above) => gazetteer.byId.get(above)?.kind === "river");
}

function governoratesOf(places: readonly { readonly id: string }[], gazetteer: Gazetteer): string[] {
  return places
    .flatMap(({ id }) => [id, ...gazetteer.ancestors(id)])
    .filter((id) => gazetteer.byId.get(id)?.kind === "governorate");
}

interface TellingOptions {
  readonly passage: CutPassage;
  readonly own: readonly ToldPlace[];
  readonly before: readonly PassagePlace[];
  readonly fromReport: readonly PassagePlace[];
  readonly gazetteer: Gazetteer;
}

function toPassagePlace({ id, name, words, byName }: ToldPlace): PassagePlace {
  return { id, name, basis: byName ? "passage" : "previous", words };
}

function unique(places: readonly PassagePlace[]): PassagePlace[] {
  const best = new Map<string, PassagePlace>();
  for (const place of places) {
    const known = best.get(place.id);
    if (known === undefined || (known.basis !== "passage" && place.basis === "passage"))
      best.set(place.id, place);
  }
  return [...best.values()];
}

/** The place that a report's own field means: the row made from it, else the most particular place that it names. */
function resolvePlaceField(
  value: string,
  gazetteer: Gazetteer,
  prefer: string | undefined,
): PlaceName | null {
  const [id] = placesFromField(value, gazetteer).ids;
  const place = id === undefined ? undefined : gazetteer.byId.get(id);
  if (place) return { id: place.id, name: place.name };
  const mention = mostParticular(findPlaces(value, gazetteer, { prefer, bare: true }), gazetteer).at(-1);
  return mention ? { id: mention.id, name: mention.name } : null;
}

/** What the report is about where a passage names no place: the title's places but for landmarks, else the city named most often. */
function usualPlaces(options: PlacesOptions, told: readonly (readonly ToldPlace[])[]): readonly PlaceName[] {
  const { report, gazetteer, prefer } = options;
  const inTitle = findPlaces(report.title ?? "", gazetteer, { prefer })
    .filter(isMeant(report))
    .filter(({ id }) => gazetteer.byId.get(id)?.kind !== "landmark" && !isWide(id, gazetteer));
  if (inTitle.length > 0) return mostParticular(inTitle, gazetteer);
  const counts = new Map<string, number>();
  for (const { id } of told.flat()) {
    const city = [id, ...gazetteer.ancestors(id)].find((one) => gazetteer.byId.get(one)?.kind === "city");
    if (city !== undefined) counts.set(city, (counts.get(city) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  const place = most && gazetteer.byId.get(most[0]);
  return place && isMeant(report)(place) ? [place] : [];
}

/** The places of every part. What was named before tells which of several places of one name is meant. */
function placesOfParts(options: PlacesOptions, field: readonly string[]): ToldPlace[][] {
  const { report, gazetteer, prefer } = options;
  const resolver = new ReferenceResolver(gazetteer, prefer);
  const context = new Set(field);
  const lead = report.parts.find(({ role }) => role === "text");
  return report.parts.map((part) => {
    if (part.role !== "text" && part.role !== "title") return [];
    const text = report.body.slice(part.start, part.end);
    const opening = part === lead ? (DATELINE.exec(text)?.[0].length ?? 0) : 0;
    const found = findPlaces(text, gazetteer, { context: [...context], prefer })
      .filter(({ span }) => span[0] >= opening)
      .filter(isMeant(report));
    const named = found.map(
      ({ id, name, text: words, span }): ToldPlace => ({
        id,
        name,
        words,
        at: part.start + span[0],
        byName: true,
      }),
    );
    for (const { id } of named) context.add(id);
    const pointedTo = resolver.references(text, part.start, named).filter(isMeant(report));
    return [...named, ...pointedTo].sort((a, b) => a.at - b.at);
  });
}
