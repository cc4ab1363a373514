/** A program of a thread (pictures/apart.ts): draws what it is sent, with the fonts of its folder. */
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import type { DrawingOrder, Drawn } from "../pictures/apart.ts";
import { openRasterizer } from "../pictures/raster.ts";
import { toSvg } from "../pictures/svg.ts";

const { fontsDir } = z.object({ fontsDir: z.string() }).parse(workerData);
const opening = openRasterizer(fontsDir);
// Its failure is told with the first picture.
opening.catch(() => undefined);

parentPort?.on("message", async ({ drawing, palette }: DrawingOrder) => {
  let drawn: Drawn;
  try {
    const rasterizer = await opening;
    drawn = { kind: "png", bytes: rasterizer.png(toSvg(drawing, palette)) };
  } catch (error) {
    drawn = { kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(drawn);
});
