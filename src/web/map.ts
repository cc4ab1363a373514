/** A schematic map: places with coordinates where they lie, sized by what is told of them. */
import { placeLabel } from "../answer/place-label.ts";
import { TIMELINE } from "../phrases/web.ts";
import type { Coverage } from "../store/store.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import { type Html, html, NOTHING } from "./html.ts";

interface Dot {
  readonly id: string;
  readonly name: string;
  readonly passages: number;
  readonly latitude: number;
  readonly longitude: number;
}

/** A circle on the sheet, in its units. */
interface Circle extends Dot {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

const SIDES = ["above", "below", "left", "right"] as const;

/** A circle with the side on which its name stands; null when there is no room for the name. */
export interface MapPoint extends Circle {
  readonly side: (typeof SIDES)[number] | null;
}

const WIDTH = 640;
const HEIGHT = 320;
const MARGIN = { x: 80, y: 50 };
const MOST_DOTS = 16;
const RADIUS = { least: 6, most: 26 };
/** Of all that is told, so much is on the sheet; what lies far off does not press it together. */
const SHARE_SHOWN = 0.9;
const BEYOND = 1.5;
/** Rough size of a letter of a name, to see whether two names would meet. */
const LETTER = 9;
const LINE = 22;

/** Places at their coordinates on a sheet of 640 × 320, the best told first, with their names apart from each other. */
export function mapPoints(coverage: Coverage, gazetteer: Gazetteer): MapPoint[] {
  const dots = nearOnes(located(coverage, gazetteer));
  if (dots.length < 2) return [];
  const scale = projection(dots);
  const most = Math.max(...dots.map(({ passages }) => passages));
  const circles = dots.map((dot): Circle => {
    const radius = RADIUS.least + (RADIUS.most - RADIUS.least) * Math.sqrt(dot.passages / most);
    return { ...dot, ...scale(dot), radius };
  });
  const taken = circles.map(({ x, y, radius }) => boxAt(x, y, { width: 2 * radius, height: 2 * radius }));
  return circles.map((circle) => {
    const side = SIDES.find((each) => {
      const box = nameBox(circle, each);
      return isOnSheet(box) && !taken.some((other) => overlap(box, other));
    });
    if (side) taken.push(nameBox(circle, side));
    return { ...circle, side: side ?? null };
  });
}

/** The best told places that have coordinates. */
function located(coverage: Coverage, gazetteer: Gazetteer): Dot[] {
  const dots = coverage.places.flatMap(({ id, passages }): Dot[] => {
    const { kind, name, latitude = null, longitude = null } = gazetteer.byId.get(id) ?? {};
    if (!name || latitude === null || longitude === null || kind === "country") return [];
    return [{ id, name, passages, latitude, longitude }];
  });
  return dots.slice(0, MOST_DOTS);
}

/** Those round the best told one that hold most of what is told, and what lies a little farther. */
function nearOnes(dots: readonly Dot[]): readonly Dot[] {
  const [centre] = dots;
  if (!centre) return dots;
  const distance = (dot: Dot): number =>
    Math.hypot(dot.latitude - centre.latitude, dot.longitude - centre.longitude);
  const total = dots.reduce((sum, { passages }) => sum + passages, 0);
  let told = 0;
  let reach = 0;
  for (const dot of [...dots].sort((a, b) => distance(a) - distance(b))) {
    if (told >= total * SHARE_SHOWN) break;
    told += dot.passages;
    reach = distance(dot);
  }
  return dots.filter((dot) => distance(dot) <= reach * BEYOND);
}

/** Equirectangular, with the shrinking of longitudes at the mean latitude; north is up. */
function projection(dots: readonly Dot[]): (dot: Dot) => { x: number; y: number } {
  const latitudes = dots.map(({ latitude }) => latitude);
  const longitudes = dots.map(({ longitude }) => longitude);
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)];
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const width = (east - west) * shrink;
  const height = north - south;
  const room = { x: WIDTH - 2 * MARGIN.x, y: HEIGHT - 2 * MARGIN.y };
  const factor = Math.min(room.x / Math.max(width, 1e-6), room.y / Math.max(height, 1e-6));
  return ({ latitude, longitude }) => ({
    x: (WIDTH - width * factor) / 2 + (longitude - west) * shrink * factor,
    y: (HEIGHT - height * factor) / 2 + (north - latitude) * factor,
  });
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function boxAt(x: number, y: number, { width, height }: { width: number; height: number }): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

/** The middle of a name beside its circle. */
function nameAt({ x, y, radius, name }: Circle, side: (typeof SIDES)[number]): { x: number; y: number } {
  const away = radius + (name.length * LETTER) / 2 + 6;
  if (side === "left") return { x: x - away, y };
  if (side === "right") return { x: x + away, y };
  return { x, y: side === "above" ? y - radius - LINE / 2 : y + radius + LINE / 2 };
}

function nameBox(circle: Circle, side: (typeof SIDES)[number]): Box {
  const { x, y } = nameAt(circle, side);
  return boxAt(x, y, { width: circle.name.length * LETTER, height: LINE });
}

const isOnSheet = ({ left, right, top, bottom }: Box): boolean =>
  left >= 0 && right <= WIDTH && top >= 0 && bottom <= HEIGHT;

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The map as a picture whose circles are links; nothing when fewer than two places have coordinates. */
export function mapView(coverage: Coverage, gazetteer: Gazetteer): Html {
  const points = mapPoints(coverage, gazetteer);
  if (points.length === 0) return NOTHING;
  const circles = points.map((point) => {
    const label = `${placeLabel(point.id, gazetteer)}، ${TIMELINE.passages(point.passages)}`;
    const name = point.side && nameAt(point, point.side);
    return html`<a href="${`/timeline?place=${encodeURIComponent(point.id)}`}" aria-label="${label}"><title>${label}</title><circle cx="${round(point.x)}" cy="${round(point.y)}" r="${round(point.radius)}"/>${name && html`<text x="${round(name.x)}" y="${round(name.y)}" text-anchor="middle" dominant-baseline="central" aria-hidden="true">${point.name}</text>`}</a>`;
  });
  return html`<figure class="map"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="group" aria-label="${TIMELINE.map}">${circles}</svg>
<figcaption>${TIMELINE.mapNote}</figcaption></figure>`;
}

const round = (value: number): string => value.toFixed(1);
