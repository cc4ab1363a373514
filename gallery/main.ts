/** `npm run gallery`: pictures of what the bot sends, in docs/, from real answers over the real index. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import type { Sources } from "../src/answer/asked.ts";
import { botSources } from "../src/commands/bot-sources.ts";
import { openCurrentCollection } from "../src/commands/collection.ts";
import type { CommandContext } from "../src/commands/command.ts";
import { answeredExamples } from "../src/commands/examples.ts";
import { answerQuestion } from "../src/pipeline.ts";
import type { Memory } from "../src/question/scope.ts";
import { openMemoryState } from "../src/state/memory.ts";
import { Opened } from "../src/telegram/group.ts";
import type { Handling } from "../src/telegram/handle.ts";
import { makeReportFinder } from "../src/telegram/sources.ts";
import { type Browser, findChromium, launch, NO_CHROMIUM } from "./browser.ts";
import { galleryPage, type Scene } from "./page.ts";
import { Visit } from "./visit.ts";
import { photographPage } from "./web.ts";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const GALLERY = join(ROOT, "gallery");
const PICTURES = join(ROOT, "docs", "gallery");
const BAR = { title: "إسناد", subtitle: "بوت", placeholder: "رسالة" };
/** The reader's day: the same pictures on every day. */
const TODAY = "2026-01-15";
const TELEPHONE = { width: 360, height: 780 };
/** Pictures are 720 pixels wide. */
const SCALE = 2;

/** A third of the bytes, without a difference that is seen. */
const SMALL = { palette: true, colours: 128, compressionLevel: 9, effort: 10 } as const;

const DAY = "ماذا حدث في حي الحميدية يوم 29 تشرين الأول 2017؟";
const COUNT = "كم عدد قتلى التنظيم خلال 24 ساعة في ريف دير الزور وبادية حمص؟";
const ABSENT = "ماذا حدث في حي الجورة يوم 17 أيلول 2017؟";

type SceneScript = Omit<Scene, "bubbles"> & {
  readonly play: (visit: Visit) => Promise<void>;
  /** Shown from this bubble on. */
  readonly from?: number;
};

const SCENES: readonly SceneScript[] = [
  { name: "start", theme: "light", play: (visit) => visit.say("/start") },
  { name: "day", theme: "light", play: (visit) => visit.say(DAY) },
  {
    name: "source",
    theme: "dark",
    from: 2,
    play: async (visit) => {
      await visit.say(DAY);
      await visit.tap("[2]");
    },
  },
  { name: "count", theme: "dark", play: (visit) => visit.say(COUNT) },
  {
    name: "timeline",
    theme: "dark",
    from: 0,
    play: (visit) => visit.say("/timeline حي الحميدية"),
  },
  {
    name: "timeline-days",
    theme: "light",
    from: 2,
    play: async (visit) => {
      await visit.say("/timeline");
      await visit.tap("صورة الأيام");
    },
  },
  {
    name: "timeline-places",
    theme: "light",
    from: 2,
    play: async (visit) => {
      await visit.say("/timeline");
      await visit.tap("خريطة الأماكن");
    },
  },
  { name: "refusal", theme: "light", play: (visit) => visit.say(ABSENT) },
];

async function makeHandling(sources: Sources, context: CommandContext): Promise<Handling> {
  const memories = new Map<string, Memory>();
  const now = (): number => context.now().getTime();
  const reports = botSources(sources, { root: ROOT, today: () => TODAY });
  return {
    sources: reports,
    finder: makeReportFinder(reports, now),
    state: openMemoryState(),
    access: { mode: "open" },
    admins: [],
    groups: true,
    opened: new Opened(),
    me: { id: 1, username: "isnad_bot" },
    examples: await answeredExamples(sources, TODAY),
    operator: { name: null, contact: null, model: false },
    now,
    async answer({ chat, text, signal }) {
      const memory = memories.get(chat) ?? null;
      const answered = await answerQuestion({ text, today: TODAY, memory, signal }, sources);
      if (answered.memory) memories.set(chat, answered.memory);
      return answered.answer;
    },
  };
}

async function playScenes(handling: Handling): Promise<Scene[]> {
  const scenes: Scene[] = [];
  for (const { name, theme, play, from = 0 } of SCENES) {
    const visit = new Visit({ ...handling, state: openMemoryState() });
    await play(visit);
    scenes.push({ name, theme, bubbles: visit.bubbles.slice(from) });
  }
  return scenes;
}

async function styles(): Promise<string> {
  const require = createRequire(import.meta.url);
  const faces = ["arabic", "latin"].map(async (script) => {
    const file = require.resolve(
      `@fontsource-variable/vazirmatn/files/vazirmatn-${script}-wght-normal.woff2`,
    );
    const data = (await readFile(file)).toString("base64");
    const range = script === "arabic" ? "unicode-range:U+0600-06FF,U+200C-200E,U+FB50-FDFF,U+FE70-FEFC;" : "";
    return `@font-face{font-family:Vazirmatn;font-weight:100 900;${range}src:url(data:font/woff2;base64,${data})}`;
  });
  return [...(await Promise.all(faces)).reverse(), await readFile(join(GALLERY, "chat.css"), "utf8")].join(
    "\n",
  );
}

async function photograph(html: string, scenes: readonly Scene[], browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: TELEPHONE, deviceScaleFactor: SCALE });
  await page.setContent(html);
  await page.evaluate("document.fonts.ready");
  for (const { name } of scenes) {
    await keep(name, await page.locator(`#${name}`).screenshot({ animations: "disabled" }));
  }
}

/** A picture made small and written to docs/. */
async function keep(name: string, shot: Uint8Array): Promise<void> {
  const picture = await sharp(shot).png(SMALL).toBuffer();
  const file = join(PICTURES, `${name}.png`);
  await mkdir(PICTURES, { recursive: true });
  await writeFile(file, picture);
  process.stdout.write(`${relative(ROOT, file)}: ${Math.round(picture.length / 1000)} kB\n`);
}

async function main(): Promise<number> {
  const executable = findChromium(process.env.PATH ?? "");
  if (executable === null) {
    process.stderr.write(`gallery: ${NO_CHROMIUM}\n`);
    return 1;
  }
  const { stdin, stdout, stderr } = process;
  const { signal } = new AbortController();
  const now = (): Date => new Date();
  const context = { args: [], env: {}, stdin, stdout, stderr, now, cwd: ROOT, root: ROOT, signal };
  const sources = await openCurrentCollection(context, {});
  const browser = await launch(executable);
  try {
    const scenes = await playScenes(await makeHandling(sources, context));
    const html = galleryPage(scenes, { ...BAR, css: await styles() });
    await writeFile(join(ROOT, "dist-bench", "gallery.html"), html);
    await photograph(html, scenes, browser);
    await photographPage({ sources, context, browser, keep, questions: { day: DAY, count: COUNT } });
    return 0;
  } finally {
    await browser.close();
    await sources.store.close();
    await sources.embedder.close();
  }
}

process.exitCode = await main();
