/** Timelines of a collection as pictures and tables, made when they are asked for. */
import { join } from "node:path";
import type { Sources } from "../answer/asked.ts";
import { placeLabel } from "../answer/place-label.ts";
import { unknownPublisher } from "../phrases/answer.ts";
import { openDrawer } from "../pictures/apart.ts";
import { drawChart } from "../pictures/chart.ts";
import { PALETTES } from "../pictures/drawing.ts";
import { chartInWords, mapInWords } from "../pictures/in-words.ts";
import { filterLabel } from "../pictures/labels.ts";
import { drawMap } from "../pictures/map.ts";
import type { Pictured } from "../pictures/sheet.ts";
import { timelineCsv } from "../tables/csv.ts";
import type { TimelineOutline } from "../timeline/outline.ts";
import { readEntries, reportsOf } from "../timeline/read.ts";

export type PictureForm = "chart" | "map";

export interface Pictures {
  /** Drawn in a thread of its own. Rejects with PictureError. */
  png(outline: TimelineOutline, form: PictureForm, theme?: "light" | "dark"): Promise<Uint8Array>;
  /** The same in lines of text. */
  inWords(outline: TimelineOutline, form: PictureForm): Promise<string[]>;
  /** The first `count` entries. */
  csv(outline: TimelineOutline, count?: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Of the newest generation of `given` at each call; `root` is the project's folder, with fonts and compiled programs. */
export function makePictures(given: Sources, root: string): Pictures {
  const drawer = openDrawer({
    program: join(root, "dist", "commands", "picture-thread.js"),
    fontsDir: join(root, "data", "fonts"),
  });
  return {
    async png(outline, form, theme = "light") {
      const sources = { ...given };
      const pictured = await picturedOf(outline, sources);
      const drawing = form === "chart" ? drawChart(pictured) : drawMap(pictured, sources.gazetteer);
      return drawer.png({ drawing, palette: PALETTES[theme] });
    },
    async inWords(outline, form) {
      const sources = { ...given };
      const pictured = await picturedOf(outline, sources);
      return form === "chart" ? chartInWords(pictured) : mapInWords(pictured, sources.gazetteer);
    },
    async csv(outline, count) {
      const { store } = { ...given };
      const timeline = await readEntries(outline, { ...(count !== undefined && { count }) }, store);
      return Buffer.from(timelineCsv(timeline, await reportsOf(timeline.entries, store)), "utf8");
    },
    close: () => drawer.close(),
  };
}

async function picturedOf(outline: TimelineOutline, sources: Sources): Promise<Pictured> {
  const { filter, reports } = outline;
  const place = filter.place && placeLabel(filter.place, sources.gazetteer, { withParent: true });
  return { outline, scope: filterLabel(filter, place), publishers: await publishersOf(reports, sources) };
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
