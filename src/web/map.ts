/** A schematic map: places with coordinates where they lie, sized by what is told of them, each a link. */
import { placeLabel } from "../answer/place-label.ts";
import { TIMELINE } from "../phrases/web.ts";
import { located } from "../pictures/map.ts";
import { layoutMap, type MapPoint } from "../pictures/map-layout.ts";
import type { Coverage } from "../store/store.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import { type Html, html, NOTHING } from "./html.ts";

/** In units of the drawing, which a telephone shows at half their size. `size` is that of .map text in style.css. */
const SHEET = { width: 640, height: 380, size: 24, radius: { least: 8, most: 30 }, most: 16 };
const ANCHORS = { left: "start", middle: "middle", right: "end" } as const;

/** The map as a picture whose circles are links; nothing when fewer than two places have coordinates. */
export function mapView({ places }: Coverage, gazetteer: Gazetteer): Html {
  const { points } = layoutMap(located(places, gazetteer), SHEET);
  if (points.length < 2) return NOTHING;
  const circles = points.map((point) => {
    const label = `${placeLabel(point.id, gazetteer)}، ${TIMELINE.passages(point.passages)}`;
    return html`<a href="${`/timeline?place=${encodeURIComponent(point.id)}`}" aria-label="${label}"><title>${label}</title>${leader(point)}<circle cx="${round(point.x)}" cy="${round(point.y)}" r="${round(point.radius)}"/>${name(point)}</a>`;
  });
  return html`<figure class="map"><svg viewBox="0 0 ${SHEET.width} ${SHEET.height}" role="group" aria-label="${TIMELINE.map}">${circles}</svg>
<figcaption>${TIMELINE.mapNote}</figcaption></figure>`;
}

/** The line is from left to right in the drawing, so that its start is on the left; the name in it is not. */
function name({ name: text, label }: MapPoint): Html {
  if (label === null) return NOTHING;
  const { box, anchor } = label;
  const x = anchor === "left" ? box.left : anchor === "right" ? box.right : (box.left + box.right) / 2;
  return html`<text x="${round(x)}" y="${round((box.top + box.bottom) / 2)}" text-anchor="${ANCHORS[anchor]}" dominant-baseline="central" aria-hidden="true">${text}</text>`;
}

function leader({ label }: MapPoint): Html {
  if (!label?.leader) return NOTHING;
  const { from, to } = label.leader;
  return html`<line x1="${round(from.x)}" y1="${round(from.y)}" x2="${round(to.x)}" y2="${round(to.y)}"/>`;
}

const round = (value: number): string => value.toFixed(1);
