/**
 * Dates of the public Arabic sets: pass counts beside chrono-node and Microsoft's recogniser on the same cases, and
 * the time for long texts. Run: npm run bench:dates (SHARED_DIR names the folder of the sets).
 */
import { recognizeDateTime } from "@microsoft/recognizers-text-date-time";
import { parse as chronoParse } from "chrono-node";
import { findDates } from "../src/text/dates/find.ts";
import type { DateContext, DateMention } from "../src/text/dates/mention.ts";
import {
  agrees,
  type Case,
  DATES_DIR,
  ducklingCases,
  type Found,
  hasDates,
  MICROSOFT_FILES,
  microsoftCases,
} from "../tests/text/dates/upstream.ts";

type Recogniser = (text: string, context: DateContext) => readonly Found[];

const isnad: Recogniser = (text, context) => findDates(text, context);

/** chrono has no Arabic; its English parser reads digits. Its ends are inclusive. */
const chrono: Recogniser = (text, { anchor, prefer }) =>
  chronoParse(text, new Date(`${anchor}T12:00:00Z`), { forwardDate: prefer === "future" }).map((result) => {
    const start = dayOf(result.start);
    return { start, end: result.end ? dayOf(result.end) : start, text: result.text };
  });

interface Components {
  get(field: "year" | "month" | "day"): number | null;
}

function dayOf(parts: Components): string {
  const pad = (value: number | null): string => String(value ?? 1).padStart(2, "0");
  return `${parts.get("year")}-${pad(parts.get("month"))}-${pad(parts.get("day"))}`;
}

interface Resolution {
  readonly values?: readonly { readonly value?: string; readonly start?: string; readonly end?: string }[];
}

/** Microsoft's JavaScript recogniser has no Arabic culture; English is the nearest that runs. */
const microsoft: Recogniser = (text, { anchor }) =>
  recognizeDateTime(text, "en-us", undefined, new Date(`${anchor}T12:00:00Z`)).map((result) => {
    const value = (result.resolution as Resolution | null)?.values?.[0];
    const start = value?.value ?? value?.start ?? null;
    return { start, end: value?.value ?? value?.end ?? null, text: result.text };
  });

const RECOGNISERS: Readonly<Record<string, Recogniser>> = {
  isnad,
  "chrono-node": chrono,
  "recognizers-text": microsoft,
};

function passes(recogniser: Recogniser, one: Case): boolean {
  try {
    return agrees(one, recogniser(one.text, one.context));
  } catch {
    return false;
  }
}

function printAgreement(): void {
  const sets = {
    duckling: ducklingCases(),
    ...Object.fromEntries(MICROSOFT_FILES.map((name) => [name, microsoftCases(name)])),
  };
  console.log(
    `${"cases in scope".padEnd(22)} ${"number".padStart(6)} ${Object.keys(RECOGNISERS)
      .map((name) => name.padStart(18))
      .join("")}`,
  );
  for (const [name, cases] of Object.entries(sets)) {
    const counts = Object.values(RECOGNISERS).map(
      (recogniser) => cases.filter((one) => passes(recogniser, one)).length,
    );
    console.log(
      `${name.padEnd(22)} ${String(cases.length).padStart(6)} ${counts.map((count) => String(count).padStart(18)).join("")}`,
    );
  }
}

const SENTENCES = [
  "وكان المرصد السوري نشر صباح اليوم الأحد الـ 29 من تشرين الأول / أكتوبر الجاري من العام 2017، أنه على الرغم من ذلك، ",
  "تمكنت قوات النظام من تنفيذ هجوم عنيف، وتقدمت مسيطرة على حي العرفي وحي العمال وخلفت أعدادا كبيرة من الخسائر البشرية، ",
  "حيث ارتفع إلى 122 على الأقل عدد الشهداء والقتلى خلال الساعات الـ 72 الفائتة، وذلك بين 5 و10 أيلول أو قبل يومين.\n",
];

/** Texts that a careless grammar would take long over. */
const HARD: Readonly<Record<string, string>> = {
  "field reports": SENTENCES.join(""),
  "only numbers": "5 ",
  "only 5 و": "5 و",
  "only يوم": "يوم ",
  "only بين": "بين ",
  "only slashes": "1/",
  "one long word": "ا",
  "cardinal words": "ألف وتسعمئة وخمس وتسعين و",
};

/** Time for text of one and two megabytes (UTF-8); linear means that the second is twice the first. */
function printSpeed(): void {
  console.log(
    `\n${"time for a text of".padEnd(22)} ${"1 MB".padStart(10)} ${"2 MB".padStart(10)}   entries in 1 MB`,
  );
  for (const [name, piece] of Object.entries(HARD)) {
    const [one, two] = [1, 2].map((megabytes) => timed(filled(piece, megabytes * 1_000_000)));
    if (one === undefined || two === undefined) continue;
    console.log(`${name.padEnd(22)} ${seconds(one.ms)} ${seconds(two.ms)}   ${one.found.length}`);
  }
}

function filled(piece: string, bytes: number): string {
  return piece.repeat(Math.ceil(bytes / Buffer.byteLength(piece)));
}

function timed(text: string): { ms: number; found: readonly DateMention[] } {
  const start = performance.now();
  const found = findDates(text, { mode: "report", anchor: "2017-10-29" });
  return { ms: performance.now() - start, found };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`.padStart(10);
}

if (hasDates) printAgreement();
else console.log(`no ${DATES_DIR}: pass counts left out`);
printSpeed();
