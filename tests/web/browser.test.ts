/** A visit to the page in a real browser: with and without scripts, by keyboard, on a telephone, in both themes. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, findChromium, launch, NO_CHROMIUM, type Page } from "../../gallery/browser.ts";
import type { Sources } from "../../src/answer/asked.ts";
import { openFiveReports } from "../five-reports.ts";
import { type ServedPage, servePage } from "./serve.ts";

const DAY = "ماذا حدث في حي الحميدية يوم 29 تشرين الأول 2017؟";
const COUNT = "كم عدد قتلى التنظيم خلال 24 ساعة في ريف دير الزور وبادية حمص؟";
const ABSENT = "ماذا حدث في حي الجورة يوم 17 أيلول 2017؟";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TELEPHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1200, height: 900 };

const executable = findChromium(process.env.PATH ?? "");
const title =
  executable === null ? `the page in a browser (skipped: ${NO_CHROMIUM})` : "the page in a browser";

describe.skipIf(executable === null)(title, () => {
  let sources: Sources;
  let served: ServedPage;
  let browser: Browser;

  beforeAll(async () => {
    sources = await openFiveReports();
    served = await servePage(sources);
    browser = await launch(executable ?? "");
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    await sources?.store.close();
    await sources?.embedder.close();
  });

  /** Runs a visit, and fails it for whatever the page asked elsewhere, refused to load or complained of. */
  async function visit(options: { scripts?: boolean }, work: (page: Page) => Promise<void>): Promise<void> {
    const context = await browser.newContext({
      viewport: DESKTOP,
      javaScriptEnabled: options.scripts ?? true,
      reducedMotion: "reduce",
      baseURL: served.url ?? "",
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
    page.on("request", (request) => {
      if (!request.url().startsWith(served.url ?? " ")) complaints.push(`elsewhere: ${request.url()}`);
    });
    try {
      await work(page);
      expect(complaints).toEqual([]);
    } finally {
      await context.close();
    }
  }

  async function ask(page: Page, question: string): Promise<void> {
    await page.goto("/");
    await page.fill("#q", question);
    await page.keyboard.press("Enter");
    await page.waitForSelector("#answer .answer");
  }

  it("opens the report beside the answer at a tap on a number, with the quotation marked and in view", async () => {
    await visit({}, async (page) => {
      await ask(page, DAY);
      await page.click(".claims .cite >> nth=1");
      const shown = page.locator(".source:visible");
      expect(await shown.count()).toBe(1);
      expect(await shown.getAttribute("id")).toBe("source-2");
      const mark = shown.locator("mark").first();
      expect(await mark.textContent()).toContain("إثر بدء قوات النظام");
      const [box, answer] = [await mark.boundingBox(), await page.locator(".answer").boundingBox()];
      expect(box && answer && box.y > 0 && box.y < DESKTOP.height - 200).toBe(true);
      // Beside it, on the left of a page that begins on the right.
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(answer?.x ?? 0);
    });
  });

  it("works by keyboard alone, and tells a screen reader where it is", async () => {
    await visit({}, async (page) => {
      await page.goto("/");
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.className")).toBe("skip");
      await page.keyboard.press("/");
      await page.keyboard.type(COUNT);
      await page.keyboard.press("Enter");
      await page.waitForSelector("#answer .figures");
      await page.keyboard.press("2");
      expect(await page.evaluate("document.activeElement.id")).toBe("source-2");
      expect(await page.locator(".cite[aria-current=true]").count()).toBeGreaterThan(0);
      await page.keyboard.press("Escape");
      expect(await page.evaluate("document.activeElement.dataset.source")).toBe("2");
      expect(await page.locator(".cite >> nth=0").getAttribute("aria-label")).toMatch(/^المصدر 1، /);
    });
  });

  it("works without scripts: numbers lead to the evidence on the page, and on to the whole report", async () => {
    await visit({ scripts: false }, async (page) => {
      await ask(page, DAY);
      await page.click(".claims .cite >> nth=0");
      expect(page.url()).toMatch(/#source-1$/);
      expect(await page.locator("#source-1 mark").isVisible()).toBe(true);
      await page.click("#source-1 .actions .button");
      await page.waitForSelector(".report #quotation mark");
      expect(await page.locator(".report mark").first().textContent()).toContain("تمكنت قوات النظام");
    });
  });

  const PLACES = [
    "/",
    "/timeline?place=al-hamidiyah",
    "/reports",
    "/reports/003_68158fa51ebf8193?from=0&to=40",
  ];

  it.each([...PLACES, "/about", DAY, COUNT, ABSENT])(
    "has no finding of axe and fits a screen of 360 px, right to left, in both themes: %s",
    async (where) => {
      await visit({}, async (page) => {
        await (where.startsWith("/") ? page.goto(where) : ask(page, where));
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize(DESKTOP);
          expect(await findings(page)).toEqual([]);
          await page.setViewportSize(TELEPHONE);
          expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
          expect(await page.evaluate("getComputedStyle(document.body).direction")).toBe("rtl");
          expect(await page.evaluate("document.fonts.check('16px Vazirmatn')")).toBe(true);
          expect(await lightness(page, "color")).toSatisfy((ink: number) =>
            colorScheme === "dark" ? ink > 500 : ink < 260,
          );
        }
      });
    },
  );
});

/** What axe finds, of any weight. Evaluated by the browser's debugger, which the page's policy does not bind. */
async function findings(page: Page): Promise<unknown> {
  await page.evaluate(AXE);
  return page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, impact, nodes }) => [impact, id, ...nodes.map(({ html }) => html.slice(0, 120))].join(' ')))",
  );
}

/** Red, green and blue of the body's colour together. */
async function lightness(page: Page, property: string): Promise<unknown> {
  return page.evaluate(
    `getComputedStyle(document.body).${property}.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0)`,
  );
}
