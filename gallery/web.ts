/** Pictures of the web page, as `npm start` serves it. */
import { PassThrough } from "node:stream";
import type { Sources } from "../src/answer/asked.ts";
import type { CommandContext } from "../src/commands/command.ts";
import { createLog } from "../src/commands/log.ts";
import { loadWeb, openWeb } from "../src/commands/web.ts";
import { readConfig } from "../src/config.ts";
import { makeHealth } from "../src/http/health.ts";
import type { Browser, Page } from "./browser.ts";

const DESKTOP = { width: 1200, height: 860 };
const TELEPHONE = { width: 360, height: 780 };

export interface PagePictures {
  readonly sources: Sources;
  readonly context: CommandContext;
  readonly browser: Browser;
  readonly questions: { readonly day: string; readonly count: string };
  keep(name: string, shot: Uint8Array): Promise<void>;
}

/** The first page, an answer with its evidence, days and places, and an answer on a dark telephone. */
export async function photographPage(pictures: PagePictures): Promise<void> {
  const { browser, questions, keep } = pictures;
  const served = await serve(pictures);
  try {
    const desktop = await browser.newPage({
      baseURL: served.url,
      viewport: DESKTOP,
      reducedMotion: "reduce",
    });
    await desktop.goto("/");
    await keep("web-start", await desktop.screenshot());
    await ask(desktop, questions.count);
    await desktop.click(".cite >> nth=1");
    await keep("web-answer", await desktop.screenshot());
    await desktop.goto("/timeline");
    await keep("web-timeline", await desktop.screenshot());
    const telephone = {
      viewport: TELEPHONE,
      deviceScaleFactor: 2,
      colorScheme: "dark",
      reducedMotion: "reduce",
    } as const;
    const phone = await browser.newPage({ baseURL: served.url, ...telephone });
    await ask(phone, questions.day);
    await phone.click(".cite >> nth=1");
    await keep("web-phone", await phone.screenshot());
  } finally {
    await served.close();
  }
}

async function ask(page: Page, question: string): Promise<void> {
  await page.goto("/");
  await page.fill("#q", question);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#answer .answer");
}

async function serve({
  sources,
  context: given,
}: PagePictures): Promise<{ url: string; close(): Promise<void> }> {
  const stderr = new PassThrough().resume();
  const context = { ...given, stderr };
  const config = readConfig({ env: { HTTP_PORT: "0" }, root: context.root });
  const operations = { health: makeHealth(), metrics: null, close: async () => undefined };
  const log = createLog({ config, output: stderr, now: () => context.now().getTime() });
  const page = await openWeb(config, sources, { context, operations, log, parts: loadWeb(context) });
  if (page === null) throw new Error("the web page could not be served");
  return page;
}
