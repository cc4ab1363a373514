/** SVG as PNG: the only importer of resvg, which shapes Arabic itself and sees no font but those it is given. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { FONT_FAMILY } from "./svg.ts";

const FONTS = ["Vazirmatn-Regular.ttf", "Vazirmatn-Bold.ttf"];

export interface Rasterizer {
  /** PNG at the size that the SVG states. */
  png(svg: string): Uint8Array;
  /** Pixels from the first ink to the last. */
  width(svg: string): number;
}

let started: Promise<void> | null = null;

/** `fontsDir` holds the project's fonts (data/fonts). Throws when one cannot be read. */
export async function openRasterizer(fontsDir: string): Promise<Rasterizer> {
  const require = createRequire(import.meta.url);
  started ??= readFile(require.resolve("@resvg/resvg-wasm/index_bg.wasm")).then((bytes) => initWasm(bytes));
  const fontBuffers = await Promise.all(
    FONTS.map(async (name) => {
      try {
        return new Uint8Array(await readFile(join(fontsDir, name)));
      } catch (error) {
        throw new Error(`the font ${join(fontsDir, name)} cannot be read: restore data/fonts`, {
          cause: error,
        });
      }
    }),
  );
  await started;
  const font = { fontBuffers, defaultFontFamily: FONT_FAMILY };
  return {
    png(svg) {
      const image = new Resvg(svg, { font });
      const rendered = image.render();
      const png = rendered.asPng();
      rendered.free();
      image.free();
      return png;
    },
    width(svg) {
      const image = new Resvg(svg, { font });
      const width = image.getBBox()?.width ?? 0;
      image.free();
      return width;
    },
  };
}
