/** The places of which each passage tells: from its own words, from the words before it, or from its report. */
import type { Report } from "../report/report.ts";
import { placesFromField } from "../text/places/field.ts";
import { findPlaces, mostParticular } from "../text/places/find.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import type { PlaceKind } from "../text/places/place.ts";
import type { CutPassage } from "./cut.ts";
import type { PassagePlace } from "./passage.ts";

type ReportFields = Pick<Report, "body" | "parts" | "title" | "places">;
type PlaceName = Pick<PassagePlace, "id" | "name">;

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

/** A passage that names its first place later than this, in UTF-16 units, may tell first of another place. */
const MAX_LEAD = 150;

/** For each passage its places, in the order of the passages. Titles and text tell of places, bylines and dates do not. */
export function passagePlaces(options: PlacesOptions): PassagePlace[][] {
  const { report, passages, gazetteer } = options;
  const field = report.places.flatMap((value) => resolvePlaceField(value, gazetteer, options.prefer) ?? []);
  const parts = placesOfParts(
    options,
    field.flatMap(({ id }) => [id, ...gazetteer.ancestors(id)]),
  );
  const fromReport = (field.length > 0 ? field : usualPlaces(options, parts)).map(
    ({ id, name }): PassagePlace => ({ id, name, basis: "report", words: "" }),
  );
  const named = parts.flat();
  let next = 0;
  let part = 0;
  let before: readonly PassagePlace[] = [];
  return passages.map((passage) => {
    if (passage.role !== "text" && passage.role !== "title") return [];
    if ((report.parts[part]?.end ?? 0) <= passage.start) before = [];
    while (part < report.parts.length && (report.parts[part]?.end ?? 0) <= passage.start) part += 1;
    const own: Told[] = [];
    for (let told = named[next]; told && told.at < passage.end; told = named[next]) {
      if (told.at >= passage.start) own.push(told);
      next += 1;
    }
    const told = tellingOf({ passage, own, before, fromReport, gazetteer });
    before = own.length > 0 ? own.map(toPassagePlace) : told;
    return unique(field.length > 0 ? [...told, ...fromReport] : told);
  });
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
  const elsewhere = ours.length > 0 && !ours.some((id) => theirs.includes(id));
  return first.at - passage.start > MAX_LEAD && elsewhere ? [...places, ...around] : places;
}

function governoratesOf(places: readonly { readonly id: string }[], gazetteer: Gazetteer): string[] {
  return places
    .flatMap(({ id }) => [id, ...gazetteer.ancestors(id)])
    .filter((id) => gazetteer.byId.get(id)?.kind === "governorate");
}

interface TellingOptions {
  readonly passage: CutPassage;
  readonly own: readonly Told[];
  readonly before: readonly PassagePlace[];
  readonly fromReport: readonly PassagePlace[];
  readonly gazetteer: Gazetteer;
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

/** What the report is about where a passage names no place: the title's places, else the city named most often. */
function usualPlaces(options: PlacesOptions, told: readonly (readonly Told[])[]): readonly PlaceName[] {
  const { report, gazetteer, prefer } = options;
  const inTitle = findPlaces(report.title ?? "", gazetteer, { prefer });
  if (inTitle.length > 0) return mostParticular(inTitle, gazetteer);
  const counts = new Map<string, number>();
  for (const { id } of told.flat()) {
    const city = [id, ...gazetteer.ancestors(id)].find((one) => gazetteer.byId.get(one)?.kind === "city");
    if (city !== undefined) counts.set(city, (counts.get(city) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  const place = most && gazetteer.byId.get(most[0]);
  return place ? [place] : [];
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
    const starts = new Set(named.map(({ at }) => at));
    const referred = Object.keys(KINDS).flatMap((head) => {
      const antecedents = named.flatMap((place) => antecedent(place, head, options) ?? []);
      return references({ text, offset: part.start, head, starts }, antecedents, topics);
    });
    return [...named, ...referred].sort((a, b) => a.at - b.at);
  });
}

/** The place that `head` may later mean: the named place itself, or the city inside a longer name ("ضفاف … لمدينة X"). */
function antecedent(place: Told, head: string, { gazetteer, prefer }: PlacesOptions): Told | null {
  const kinds = KINDS[head] ?? [];
  const suits = (id: string) =>
    kinds.includes(gazetteer.byId.get(id)?.kind ?? "country") && (head !== "حي" || liesInCity(id, gazetteer));
  if (suits(place.id)) return place;
  const inside = place.words.indexOf(`${head} `);
  if (inside <= 0) return null;
  const [inner] = findPlaces(place.words.slice(inside), gazetteer, { prefer });
  return inner && suits(inner.id) ? { ...place, id: inner.id, name: inner.name } : null;
}

/** Quarters, and villages and areas that a report may call a quarter because a city has reached them. */
function liesInCity(id: string, gazetteer: Gazetteer): boolean {
  const kind = gazetteer.byId.get(id)?.kind;
  return (
    kind !== "area" || gazetteer.ancestors(id).some((above) => gazetteer.byId.get(above)?.kind === "city")
  );
}

interface ReferencesIn {
  readonly text: string;
  readonly offset: number;
  readonly head: string;
  /** Where names begin: "الحي" right before one is its head word. */
  readonly starts: ReadonlySet<number>;
}

/**
 * What "الحي" and its like mean in a part: the place of that kind named last before, not counting one in brackets;
 * else what the part before was about. `topics` holds that, for each head, and is carried along.
 */
function references(where: ReferencesIn, antecedents: readonly Told[], topics: Map<string, Told>): Told[] {
  const { text, offset, head, starts } = where;
  const found: Told[] = [];
  let last: Told | null = null;
  let next = 0;
  for (const match of text.matchAll(REFERENCE)) {
    if (match[1] !== head) continue;
    const at = offset + match.index;
    if (starts.has(at) || starts.has(at + match[0].length + 1)) continue;
    for (let place = antecedents[next]; place && place.at < at; place = antecedents[next]) {
      if (text.charAt(place.at - offset - 1) !== "(") last = place;
      next += 1;
    }
    last ??= topics.get(head) ?? null;
    if (last !== null) found.push({ ...last, at, byName: false });
  }
  const [topic] = [...found, ...antecedents].sort((a, b) => a.at - b.at);
  if (topic !== undefined) topics.set(head, topic);
  return found;
}
