/** The places of which each passage tells: from its own words, from the words before it, or from its report. */
import type { BodyPart, Report } from "../report/report.ts";
import { findPlaces, mostParticular } from "../text/places/find.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import type { PlaceKind } from "../text/places/place.ts";
import { nameKey } from "../text/places/words.ts";
import type { CutPassage } from "./cut.ts";
import type { PassagePlace } from "./passage.ts";

type ReportFields = Pick<Report, "body" | "parts" | "places">;

export interface PlacesOptions {
  readonly report: ReportFields;
  /** In the order of the body. */
  readonly passages: readonly CutPassage[];
  readonly gazetteer: Gazetteer;
  /** Id of the region that wins among places of one name. */
  readonly prefer?: string | undefined;
}

/** A place that a part names, or refers to by "الحي". */
interface Told {
  readonly id: string;
  readonly name: string;
  readonly words: string;
  /** Where it is named or referred to in the body. */
  readonly at: number;
  readonly byName: boolean;
}

/** "الحي", "المدينة" … without a name after it: the place of that kind that was spoken of. */
const REFERENCE =
  /(?<!\p{L})[وف]?(?:[بك]?ال|لل)(حي|مدينة|بلدة|قرية)(?!\p{L})(?!\s+(?:ال)?(?:مجاور|مقابل|آخر|أخرى|قريب|ثاني))/gu;
const KINDS: Readonly<Record<string, readonly PlaceKind[]>> = {
  حي: ["quarter", "village", "area"],
  مدينة: ["city"],
  بلدة: ["town", "city"],
  قرية: ["village", "town"],
};

/** For each passage its places, in the order of the passages. Titles and text tell of places, bylines and dates do not. */
export function passagePlaces(options: PlacesOptions): PassagePlace[][] {
  const { report, passages, gazetteer } = options;
  const field = report.places.flatMap((value) => resolvePlaceField(value, gazetteer, options.prefer) ?? []);
  const parts = placesOfParts(
    options,
    field.flatMap(({ id }) => [id, ...gazetteer.ancestors(id)]),
  );
  const fromReport = (field.length > 0 ? field : usualPlaces(report.parts, parts, gazetteer)).map(
    ({ id, name }): PassagePlace => ({ id, name, basis: "report", words: "" }),
  );
  let before: readonly PassagePlace[] = [];
  let part = -1;
  return passages.map((passage) => {
    if (passage.role !== "text" && passage.role !== "title") return [];
    const partOf = partAt(report.parts, passage.start, Math.max(part, 0));
    if (partOf !== part) before = [];
    part = partOf;
    const own = (parts[part] ?? [])
      .filter(({ at }) => at >= passage.start && at < passage.end)
      .map(toPassagePlace);
    const told =
      own.length > 0 ? own : before.map((place): PassagePlace => ({ ...place, basis: "previous" }));
    before = told;
    return unique(told.length > 0 && field.length === 0 ? told : [...told, ...fromReport]);
  });
}

function partAt(parts: readonly BodyPart[], position: number, from: number): number {
  let index = from;
  while (index < parts.length && (parts[index]?.end ?? 0) <= position) index += 1;
  return index;
}

function toPassagePlace({ id, name, words, byName }: Told): PassagePlace {
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
export function resolvePlaceField(
  value: string,
  gazetteer: Gazetteer,
  prefer?: string | undefined,
): { readonly id: string; readonly name: string } | null {
  const forms = gazetteer.names.get(nameKey(value)) ?? [];
  const form = forms.find(({ id }) => gazetteer.own.has(id)) ?? forms.find(({ path }) => path);
  const place = form && gazetteer.byId.get(form.id);
  if (place) return { id: place.id, name: place.name };
  const mention = mostParticular(findPlaces(value, gazetteer, { prefer, bare: true }), gazetteer).at(-1);
  return mention ? { id: mention.id, name: mention.name } : null;
}

/** What the report is about where a passage names no place: the title's places, else the city named most often. */
function usualPlaces(
  parts: readonly BodyPart[],
  told: readonly (readonly Told[])[],
  gazetteer: Gazetteer,
): readonly Told[] {
  const title = parts.findIndex(({ role }) => role === "title");
  const inTitle = told[title] ?? [];
  if (inTitle.length > 0) {
    const within = new Set(inTitle.flatMap(({ id }) => gazetteer.ancestors(id)));
    return inTitle.filter(({ id }) => !within.has(id));
  }
  const counts = new Map<string, number>();
  for (const { id } of told.flat()) {
    const city = [id, ...gazetteer.ancestors(id)].find((one) => gazetteer.byId.get(one)?.kind === "city");
    if (city !== undefined) counts.set(city, (counts.get(city) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  const place = most && gazetteer.byId.get(most[0]);
  return place ? [{ id: place.id, name: place.name, words: "", at: -1, byName: false }] : [];
}

function placesOfParts(options: PlacesOptions, context: readonly string[]): Told[][] {
  const { report, gazetteer, prefer } = options;
  const topics = new Map<string, Told>();
  return report.parts.map((part) => {
    if (part.role !== "text" && part.role !== "title") return [];
    const text = report.body.slice(part.start, part.end);
    const named = findPlaces(text, gazetteer, { context, prefer }).map(
      ({ id, name, text: words, span }): Told => ({
        id,
        name,
        words,
        at: part.start + span[0],
        byName: true,
      }),
    );
    return withReferences(text, part.start, named, gazetteer, topics);
  });
}

/**
 * Adds to the named places of a part those that it refers to. "الحي" is the quarter named last before it in the
 * part, not counting one in brackets; else the quarter that the part before was about. `topics` is carried along.
 */
function withReferences(
  text: string,
  offset: number,
  named: readonly Told[],
  gazetteer: Gazetteer,
  topics: Map<string, Told>,
): Told[] {
  const references = Array.from(text.matchAll(REFERENCE), (match) => ({
    head: match[1] ?? "",
    at: offset + match.index,
    end: offset + match.index + match[0].length,
  })).filter(({ at, end }) => !named.some((place) => place.at >= at && place.at <= end + 1));
  const all = [...named];
  const firsts = new Map<string, Told>();
  for (const head of Object.keys(KINDS)) {
    const ofKind = named.filter(({ id }) => KINDS[head]?.includes(gazetteer.byId.get(id)?.kind ?? "country"));
    for (const { at } of references.filter((reference) => reference.head === head)) {
      const before = ofKind
        .filter((place) => place.at < at && text.charAt(place.at - offset - 1) !== "(")
        .at(-1);
      const meant = before ?? firsts.get(head) ?? topics.get(head);
      if (meant === undefined) continue;
      const told = { ...meant, at, byName: false };
      all.push(told);
      if (!firsts.has(head) && !ofKind.some((place) => place.at < at)) firsts.set(head, told);
    }
    const topic = firsts.get(head) ?? ofKind[0];
    if (topic !== undefined) topics.set(head, topic);
  }
  return all.sort((a, b) => a.at - b.at);
}
