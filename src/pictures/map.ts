/** The picture of the places: a schematic map of those with coordinates, and below it the others with their counts. */
import { placeLabel } from "../answer/place-label.ts";
import { PICTURE } from "../phrases/timeline.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import type { Drawing, Shape } from "./drawing.ts";
import { layoutMap, type MapLayout, type MapPlace, type MapPoint } from "./map-layout.ts";
import { finished, heading, INNER, MARGIN, type Pictured, RIGHT, SMALL, textRight } from "./sheet.ts";
import { inLines } from "./text-width.ts";

const HEIGHT = 560;
/** The corners below: for the scale, and for the arrow to the north. */
const CORNERS = [
  { left: 0, right: 190, top: HEIGHT - 62, bottom: HEIGHT },
  { left: INNER - 130, right: INNER, top: HEIGHT - 62, bottom: HEIGHT },
];
const SHEET = {
  ...{ width: INNER, height: HEIGHT, size: 23, radius: { least: 6, most: 34 }, most: 40 },
  reserved: CORNERS,
};
/** Cities beyond `mostCities` have their quarters among the other places. */
const LIST = { size: 23, line: 36, mostPlaces: 24, mostLines: 5, mostCities: 2 };

export interface PlaceCount {
  readonly id: string;
  readonly passages: number;
}

/** The places that have coordinates, with the names that stand beside their circles. */
export function located(places: readonly PlaceCount[], { byId }: Gazetteer): MapPlace[] {
  return places.flatMap(({ id, passages }): MapPlace[] => {
    const { kind, name, latitude = null, longitude = null } = byId.get(id) ?? {};
    if (!name || latitude === null || longitude === null || kind === "country") return [];
    return [{ id, name, passages, latitude, longitude }];
  });
}

export function drawMap(pictured: Pictured, gazetteer: Gazetteer): Drawing {
  const { places } = pictured.outline;
  const { shapes, height } = heading(PICTURE.map, pictured);
  let y = height;
  if (places.length === 0) {
    shapes.push(textRight(y + 40, PICTURE.noPlaces, { size: LIST.size, tone: "ink" }));
    return finished(shapes, { top: y + 90, notes: [PICTURE.absence], pictured });
  }
  const onMap = located(places, gazetteer);
  const layout = layoutMap(
    onMap.map((place) => ({ ...place, name: `${place.name} ${place.passages}` })),
    SHEET,
  );
  if (layout.points.length > 0) {
    shapes.push(...mapShapes(layout, y));
    y += SHEET.height + 20;
  }
  for (const { title, entries } of lists(places, layout, gazetteer)) {
    shapes.push(textRight(y + 30, title, { size: SMALL, tone: "strong", bold: true }));
    y += LIST.line + 4;
    for (const text of listLines(entries)) {
      shapes.push(textRight(y + 26, text, { size: LIST.size, tone: "ink" }));
      y += LIST.line;
    }
    y += 10;
  }
  const schematic = layout.points.length > 0 ? [PICTURE.schematic] : [];
  return finished(shapes, { top: y + 10, notes: [PICTURE.placeCounts, ...schematic], pictured });
}

function mapShapes({ points, scale }: MapLayout, top: number): Shape[] {
  const move = ({ x, y }: { x: number; y: number }) => ({ x: x + MARGIN, y: y + top });
  const frame: Shape = {
    kind: "rect",
    ...move({ x: 0, y: 0 }),
    width: INNER,
    height: SHEET.height,
    tone: "soft",
    radius: 14,
  };
  // Small circles stand on large ones.
  const circles = [...points]
    .sort((a, b) => b.radius - a.radius)
    .map(
      (point): Shape => ({
        kind: "circle",
        ...move(point),
        radius: point.radius,
        tone: "weak",
        edge: "strong",
      }),
    );
  const leaders = points.flatMap(({ label }): Shape[] =>
    label?.leader
      ? [
          {
            kind: "line",
            from: move(label.leader.from),
            to: move(label.leader.to),
            tone: "faint",
            width: 1.5,
          },
        ]
      : [],
  );
  return [
    frame,
    ...leaders,
    ...circles,
    ...points.flatMap((point) => nameShape(point, move)),
    ...scaleBar(scale, top),
  ];
}

function nameShape(
  { name, label }: MapPoint,
  move: (at: { x: number; y: number }) => { x: number; y: number },
): Shape[] {
  if (label === null) return [];
  const { box, anchor } = label;
  const x = anchor === "left" ? box.left : anchor === "right" ? box.right : (box.left + box.right) / 2;
  const { x: at, y } = move({ x, y: (box.top + box.bottom) / 2 + SHEET.size / 3 });
  return [{ kind: "text", x: at, y, size: SHEET.size, text: name, anchor, tone: "ink" }];
}

/** Of 1, 2 or 5 times a power of ten kilometres, and which way is north. */
function scaleBar(scale: number, top: number): Shape[] {
  const wanted = 110 / scale;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const kilometres = [5, 2, 1].map((step) => step * power).find((each) => each <= wanted) ?? power;
  if (kilometres < 1) return [];
  const y = top + SHEET.height - 16;
  const x = MARGIN + 18;
  return [
    { kind: "line", from: { x, y }, to: { x: x + kilometres * scale, y }, tone: "faint", width: 3 },
    {
      kind: "text",
      x,
      y: y - 10,
      size: 20,
      text: PICTURE.kilometres(kilometres),
      anchor: "left",
      tone: "faint",
    },
    ...northArrow(RIGHT - 24, y),
  ];
}

function northArrow(x: number, y: number): Shape[] {
  const stroke = { kind: "line", tone: "faint", width: 3 } as const;
  const tip = { x, y: y - 34 };
  return [
    { ...stroke, from: { x, y }, to: tip },
    { ...stroke, from: { x: x - 8, y: tip.y + 10 }, to: tip },
    { ...stroke, from: { x: x + 8, y: tip.y + 10 }, to: tip },
    { kind: "text", x: x - 18, y, size: 20, text: PICTURE.north, anchor: "right", tone: "faint" },
  ];
}

interface PlaceList {
  readonly title: string;
  readonly entries: readonly string[];
}

/** What the map does not name: places without coordinates by the city they lie in, far ones, and circles without a name. */
function lists(
  places: readonly PlaceCount[],
  { points, beyond, left }: MapLayout,
  gazetteer: Gazetteer,
): PlaceList[] {
  const counts = new Map(places.map(({ id, passages }) => [id, passages]));
  const drawn = new Set([...points, ...beyond, ...left].map(({ id }) => id));
  const groups = new Map<string, string[]>();
  const entry = (id: string): string => `${placeLabel(id, gazetteer)} (${counts.get(id) ?? 0})`;
  for (const { id } of places) {
    if (drawn.has(id)) continue;
    const city = gazetteer.ancestors(id).find((each) => gazetteer.byId.get(each)?.kind === "city");
    const known = city !== undefined && groups.has(PICTURE.inside(placeLabel(city, gazetteer)));
    const isFull = !known && groups.size - (groups.has(PICTURE.withoutPlace) ? 1 : 0) >= LIST.mostCities;
    const title =
      city === undefined || isFull ? PICTURE.withoutPlace : PICTURE.inside(placeLabel(city, gazetteer));
    groups.set(title, [...(groups.get(title) ?? []), entry(id)]);
  }
  const others = groups.get(PICTURE.withoutPlace);
  groups.delete(PICTURE.withoutPlace);
  if (others) groups.set(PICTURE.withoutPlace, others);
  const unnamed = points.filter(({ label }) => label === null).map(({ id }) => entry(id));
  return [
    ...[...groups].map(([title, entries]) => ({ title, entries })),
    { title: PICTURE.unlabelled, entries: unnamed },
    { title: PICTURE.lessTold, entries: left.map(({ id }) => entry(id)) },
    { title: PICTURE.farther, entries: beyond.map(({ id }) => entry(id)) },
  ].filter(({ entries }) => entries.length > 0);
}

/** The entries in lines; what does not fit is counted. */
function listLines(entries: readonly string[]): string[] {
  const { size, mostPlaces, mostLines } = LIST;
  for (let shown = Math.min(entries.length, mostPlaces); shown > 0; shown -= 1) {
    const left = entries.length - shown;
    const parts = [...entries.slice(0, shown), ...(left > 0 ? [PICTURE.others(left)] : [])];
    const lines = inLines(parts, { size, width: INNER, separator: " · " });
    if (lines.length <= mostLines) return lines;
  }
  return [];
}
