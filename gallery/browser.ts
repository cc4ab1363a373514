/** The only importer of playwright-core: a headless Chromium of the system, for pictures and for tests of the page. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

export type { Browser, BrowserContext, Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Why there is no picture, and what to do. */
export const NO_CHROMIUM =
  "no chromium on PATH: install it (Debian, Ubuntu: apt-get install chromium fonts-noto-color-emoji), then run this again";

/** Path of the first Chromium on `path` (the value of PATH), or null. */
export function findChromium(path: string): string | null {
  const candidates = path.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A browser that asks nothing of the network by itself. Root, as in a container, has no sandbox. */
export function launch(executablePath: string): Promise<Browser> {
  const args = [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-component-update"];
  return chromium.launch({ executablePath, args, headless: true });
}
