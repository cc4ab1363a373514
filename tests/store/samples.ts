/** A small collection with days, places, background, near-duplicates and odd characters, for tests of stores. */
import { createHash } from "node:crypto";
import type { EventDate, Passage } from "../../src/passage/passage.ts";
import type { Report } from "../../src/report/report.ts";
import type { ReceivedReport } from "../../src/store/build.ts";

export function sampleReport(
  id: string,
  received: string,
  places: readonly string[] = ["دير الزور"],
): ReceivedReport {
  const bytes = new TextEncoder().encode(received);
  const body = received.replaceAll("\r\n", "\n");
  const report: Report = {
    id,
    publisher: "فرات بوست",
    title: null,
    byline: null,
    url: null,
    published: { start: "2017-10-29", end: "2017-10-29", confidence: "inferred", why: "a test says so" },
    body,
    parts: [{ role: "text", start: 0, end: body.length }],
    sha256: createHash("sha256").update(bytes).digest("hex"),
    eventDates: null,
    places,
    warnings: [],
    sketch: {
      ...{ text: "0123456789abcdef", words: body.length, shingles: "AAAAAA==", below: 2 ** 32 },
      ...{ days: [], places: ["hamidiya"], slots: [], published: ["2017-10-29", null], record: null },
    },
  };
  return { report, bytes };
}

const DAY = /(\d{4}-\d{2}-\d{2})(?:\/(\d{4}-\d{2}-\d{2}))?(؟)?/g;
const PLACES: readonly (readonly [id: string, name: string])[] = [
  ["hamidiya", "الحميدية"],
  ["mayadin", "الميادين"],
  ["euphrates", "الفرات"],
];

/** One passage a line. A day "2017-10-29" is its event, a "start/end" a range, a day with "؟" after it background. */
export function samplePassages({ id, body }: Report): Passage[] {
  return [...body.matchAll(/[^\n]+/g)].map((line, occurrence): Passage => {
    const text = line[0];
    const places = PLACES.filter(([, name]) => text.includes(name));
    const hash = createHash("sha256")
      .update(JSON.stringify([id, text, occurrence]))
      .digest("hex");
    return {
      id: hash.slice(0, 12),
      reportId: id,
      role: "text",
      start: line.index,
      end: line.index + text.length,
      text,
      header: places.map(([, name]) => name).join("، "),
      dates: [...text.matchAll(DAY)].map(eventDate),
      places: places.map(([place, name]) => ({ id: place, name, basis: "passage", words: name })),
    };
  });
}

function eventDate([words, start = "", end, background]: RegExpMatchArray): EventDate {
  return {
    start,
    end: end ?? start,
    precision: end === undefined ? "day" : "range",
    confidence: "certain",
    basis: "passage",
    words,
    background: background !== undefined,
  };
}

/** Not in order of id, as files need not be. */
export const SAMPLE_REPORTS: readonly ReceivedReport[] = [
  sampleReport(
    "002_b",
    "قصف الطيران حي الحميدية في 2017-10-29 وقتل سبعة مدنيين\nنزح السكان إلى ضفة الفرات في 2017-10-30\nتذكر المصادر حصار المدينة في 2012-06-01؟ ثم معارك 2017-11-01/2017-11-05 في الميادين",
  ),
  sampleReport(
    "000_a",
    "قصف الطيران حي الحميدية في 2017-10-29 وقتل سبعة مدنيين\r\nارتفعت أسعار القمح في السوق",
  ),
  sampleReport("001_c", "نص فيه 😀 وحرف ناقص \ud83d ورقم ٢٩ وعلامة \u0000 ومسافة\u00a0ثابتة\n"),
  sampleReport("003_empty", "", ["دير الزور", "حمص : بابا عمرو"]),
];

export const SAMPLE_VERSIONS = { chunkerVersion: 1, normalizerVersion: 1, annotatorVersion: 1 };
