/** Timelines of a collection as pictures and tables, made when they are asked for. */
import type { Sources } from "../answer/asked.ts";
import { placeLabel } from "../answer/place-label.ts";
import { unknownPublisher } from "../phrases/answer.ts";
import { drawChart } from "../pictures/chart.ts";
import { PALETTES } from "../pictures/drawing.ts";
import { filterLabel } from "../pictures/labels.ts";
import { drawMap } from "../pictures/map.ts";
import { openRasterizer, type Rasterizer } from "../pictures/raster.ts";
import { toSvg } from "../pictures/svg.ts";
import { timelineCsv } from "../tables/csv.ts";
import { readTimeline, reportsOf } from "../timeline/read.ts";
import { reportsIn, type TimelineFilter } from "../timeline/timeline.ts";

export interface Pictures {
  png(wanted: {
    readonly form: "chart" | "map";
    readonly filter: TimelineFilter;
    readonly theme?: "light" | "dark";
  }): Promise<Uint8Array>;
  csv(filter: TimelineFilter): Promise<Uint8Array>;
}

/** Of the newest generation of `given` at each call; the fonts are read at the first picture. */
export function makePictures(given: Sources, fontsDir: string): Pictures {
  let rasterizer: Promise<Rasterizer> | null = null;
  return {
    async png({ form, filter, theme = "light" }) {
      const sources = { ...given };
      const timeline = await readTimeline(filter, sources);
      const publishers = await publishersOf(reportsIn(timeline), sources);
      const place = filter.place && placeLabel(filter.place, sources.gazetteer, { withParent: true });
      const pictured = { timeline, scope: filterLabel(filter, place), publishers };
      const drawing = form === "chart" ? drawChart(pictured) : drawMap(pictured, sources.gazetteer);
      rasterizer ??= openRasterizer(fontsDir);
      return (await rasterizer).png(toSvg(drawing, PALETTES[theme]));
    },
    async csv(filter) {
      const sources = { ...given };
      const timeline = await readTimeline(filter, sources);
      return Buffer.from(timelineCsv(timeline, await reportsOf(timeline.entries, sources.store)), "utf8");
    },
  };
}

/** Names, whoever has most reports first. */
async function publishersOf(reports: readonly string[], { store }: Sources): Promise<string[]> {
  const heads = await store.heads();
  const counts = new Map<string, number>();
  for (const id of reports) {
    const name = heads.get(id)?.publisher ?? unknownPublisher;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}
