/**
 * A schematic map: places at their coordinates (equirectangular, north above), and their names put so that none meets
 * another or a circle. Pure; drawn by map.ts as a picture and by the web page with links.
 */
import type { Point } from "./drawing.ts";
import { textWidth } from "./text-width.ts";

export interface MapPlace {
  readonly id: string;
  readonly name: string;
  readonly passages: number;
  readonly latitude: number;
  readonly longitude: number;
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface MapPoint extends MapPlace, Point {
  readonly radius: number;
  /** Where the name stands, or null when there is no room for it. */
  readonly label: PlacedLabel | null;
}

export interface PlacedLabel {
  readonly box: Box;
  /** Which side of the box touches the circle. */
  readonly anchor: "left" | "middle" | "right";
  /** From the circle to the name where these are apart. */
  readonly leader: { readonly from: Point; readonly to: Point } | null;
}

export interface MapLayout {
  /** The most told of first. */
  readonly points: readonly MapPoint[];
  /** Too far away from most of what is told. */
  readonly beyond: readonly MapPlace[];
  /** Near enough, but more than the sheet holds. */
  readonly left: readonly MapPlace[];
  /** Pixels of a kilometre. */
  readonly scale: number;
}

export interface MapSheet {
  readonly width: number;
  readonly height: number;
  /** Size of the names. */
  readonly size: number;
  readonly radius: { readonly least: number; readonly most: number };
  readonly most: number;
  /** Where no name may stand. */
  readonly reserved?: readonly Box[];
}

/** Of all that is told, so much is on the sheet; what lies far off does not press it together. */
const SHARE_SHOWN = 0.9;
const BEYOND = 1.5;
const KILOMETRES_PER_DEGREE = 111.2;
/** The sheet is never less than this wide and high, in degrees: two places that lie at one point are no map. */
const LEAST_SPAN = 0.02;
const LINE = 1.35;
/** From the circle to the name, in pixels: the nearest free way is taken. */
const DISTANCES = [5, 16, 30, 48, 72] as const;
const DIRECTIONS: readonly Point[] = [
  { x: 0, y: -1 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
  { x: 1, y: 0 },
  { x: -0.7, y: -0.7 },
  { x: 0.7, y: -0.7 },
  { x: -0.7, y: 0.7 },
  { x: 0.7, y: 0.7 },
];

/** `places` with the most told of first; names are put in this order. */
export function layoutMap(places: readonly MapPlace[], sheet: MapSheet): MapLayout {
  const near = nearOnes(places);
  const shown = near.slice(0, sheet.most);
  const left = near.slice(sheet.most);
  const kept = new Set(near);
  const beyond = places.filter((place) => !kept.has(place));
  if (shown.length === 0) return { points: [], beyond, left, scale: 0 };
  const most = Math.max(...shown.map(({ passages }) => passages));
  const { at, scale } = projection(shown, sheet);
  const circles = shown.map((place) => {
    const { least, most: largest } = sheet.radius;
    return { ...place, ...at(place), radius: Math.max(least, largest * Math.sqrt(place.passages / most)) };
  });
  const taken = circles.map(({ x, y, radius }) => boxAt(x, y, 2 * radius, 2 * radius));
  taken.push(...(sheet.reserved ?? []));
  const names: Box[] = [];
  const points = circles.map((circle): MapPoint => {
    const label = freeLabel(circle, { taken, names, sheet });
    if (label) {
      names.push(label.box);
      taken.push(label.box, ...stepsOf(label.leader));
    }
    return { ...circle, label };
  });
  return { points, beyond, left, scale };
}

const STEP = 4;

/** A leader as small boxes along it. */
function stepsOf(leader: PlacedLabel["leader"]): Box[] {
  if (leader === null) return [];
  const { from, to } = leader;
  const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / STEP));
  return Array.from({ length: steps }, (_, n) =>
    boxAt(from.x + ((to.x - from.x) * n) / steps, from.y + ((to.y - from.y) * n) / steps, 2, 2),
  );
}

type Circle = MapPlace & Point & { readonly radius: number };

/** No name stands over what is taken, and no leader goes through a name. */
function freeLabel(
  circle: Circle,
  { taken, names, sheet }: { taken: readonly Box[]; names: readonly Box[]; sheet: MapSheet },
): PlacedLabel | null {
  const width = textWidth(circle.name, sheet.size);
  const height = sheet.size * LINE;
  for (const distance of DISTANCES) {
    for (const direction of DIRECTIONS) {
      const away = circle.radius + distance;
      const near = { x: circle.x + direction.x * away, y: circle.y + direction.y * away };
      const middle = {
        x: near.x + (Math.sign(direction.x) * width) / 2,
        y: near.y + (direction.x === 0 ? (Math.sign(direction.y) * height) / 2 : 0),
      };
      const box = boxAt(middle.x, middle.y, width, height);
      if (!isOn(box, sheet) || taken.some((other) => overlap(box, other))) continue;
      const from = { x: circle.x + direction.x * circle.radius, y: circle.y + direction.y * circle.radius };
      const leader = distance > DISTANCES[0] ? { from, to: near } : null;
      if (stepsOf(leader).some((step) => names.some((name) => overlap(step, name)))) continue;
      return { box, anchor: direction.x === 0 ? "middle" : direction.x < 0 ? "right" : "left", leader };
    }
  }
  return null;
}

/** Those round the best told one that hold most of what is told, and what lies a little farther. */
function nearOnes(places: readonly MapPlace[]): readonly MapPlace[] {
  const [centre] = places;
  if (!centre) return places;
  const distance = (place: MapPlace): number =>
    Math.hypot(place.latitude - centre.latitude, place.longitude - centre.longitude);
  const total = places.reduce((sum, { passages }) => sum + passages, 0);
  let told = 0;
  let reach = 0;
  for (const place of [...places].sort((a, b) => distance(a) - distance(b))) {
    if (told >= total * SHARE_SHOWN) break;
    told += place.passages;
    reach = distance(place);
  }
  return places.filter((place) => distance(place) <= reach * BEYOND);
}

/** Equirectangular, with the shrinking of longitudes at the mean latitude; north is up. */
function projection(places: readonly MapPlace[], { width, height, size, radius }: MapSheet) {
  const latitudes = places.map(({ latitude }) => latitude);
  const longitudes = places.map(({ longitude }) => longitude);
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)];
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const margin = { x: radius.most + 4 * size, y: radius.most + 1.4 * size };
  const factor = Math.min(
    (width - 2 * margin.x) / Math.max((east - west) * shrink, LEAST_SPAN),
    (height - 2 * margin.y) / Math.max(north - south, LEAST_SPAN),
  );
  const middle = { latitude: (south + north) / 2, longitude: (west + east) / 2 };
  return {
    scale: factor / KILOMETRES_PER_DEGREE,
    at: ({ latitude, longitude }: MapPlace): Point => ({
      x: width / 2 + (longitude - middle.longitude) * shrink * factor,
      y: height / 2 + (middle.latitude - latitude) * factor,
    }),
  };
}

function boxAt(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function isOn({ left, right, top, bottom }: Box, { width, height }: MapSheet): boolean {
  return left >= 0 && right <= width && top >= 0 && bottom <= height;
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
