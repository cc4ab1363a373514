import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "../src/answer/answer.ts";
import type { Sources } from "../src/answer/asked.ts";
import { answerQuestion } from "../src/pipeline.ts";
import { openFiveReports } from "./five-reports.ts";

/**
 * Every day by every district, from reading the five reports. A cell is the reports that must be cited (last digit of
 * their number) behind how they answer: "=" the day itself, "w" the day beside, said first, "u" a longer time in which
 * the day lies, said first; or the refusal: "day" nothing on that day, "place" nothing there on that day.
 */
const DAYS = [
  "2017-01-10",
  "2017-01-14",
  "2017-01-20",
  "2017-05-03",
  "2017-05-04",
  "2017-05-05",
  "2017-09-10",
  "2017-09-17",
  "2017-10-06",
  "2017-10-08",
  "2017-10-10",
  "2017-10-25",
  "2017-10-28",
  "2017-10-29",
  "2017-10-30",
  "2019-03-03",
] as const;
const MATRIX: readonly [district: string, cells: string][] = [
  ["مدينة دير الزور", "  u1   =1   u1   w4   =4   =4   =0  day place place   =2   =3  =03  =03  w03  day"],
  ["حي الحميدية", " day place   u1   w4   =4   w4 place  day place place place place   =3  =03  w03  day"],
  ["حي العمال", " day place  day   w4   =4   w4 place  day place place place place  =03   =0   day  day"],
  ["حي العرفي", " day place  day  day place place place  day place place place place  =03   =0  day  day"],
  ["حي الصناعة", "  u1   u1   u1   w4   =4   w4 place  day place place place   =3 place place  day  day"],
  ["حي الجبيلة", " day place  day   w4   =4   w4 place  day place place place place place place  day  day"],
  ["حي الجورة", " day place  day   w4   =4   w4 place  day place place place place place place  day  day"],
  ["حي العرضي", " day place   u1  day place place place  day place place place place place place  day  day"],
  [
    "حي المطار القديم",
    " day place   u1  day place place place  day place place place place place place  day  day",
  ],
  ["حويجة صكر", "  u1   u1   u1  day place place place  day place place place place place place  day  day"],
  ["البغيلية", "  u1   u1   u1   w4   =4   w4 place  day place place place place place place  day  day"],
  ["الميادين", " day place  day  day place place place  day   =2   =2   =2 place place place  day  day"],
  ["موحسن", " day   u1   u1  day place place place  day place place place place place place  day  day"],
  [
    "منطقة المقابر",
    " day place  day   w4   =4   w4 place  day place place place place place place  day  day",
  ],
  [
    "حي الشيخ ياسين",
    " day place  day  day place place place  day place place place place place place  day  day",
  ],
  [
    "قرية الجفرة",
    " day place   u1  day place place place  day place place place place place place  day  day",
  ],
  ["حي القصور", " day place  day  day place place place  day place place place place place place  day  day"],
  ["القريتين", " day place  day  day place place place  day place place   =2 place place place  day  day"],
  [
    "الملعب البلدي",
    " day place  day  day place place place  day place place place place  =03   =0  day  day",
  ],
  ["مدينة حلب", " day place  day  day place place place  day place place place place place place  day  day"],
];

let sources: Sources;
beforeAll(async () => {
  sources = await openFiveReports();
});
afterAll(async () => {
  await sources.store.close();
  await sources.embedder.close();
});

function cellOf(answer: Answer): string {
  if (answer.kind === "refusal") return answer.reason === "no_event_on_day" ? "day" : "place";
  if (answer.kind !== "answer") return answer.kind;
  const reports = [...new Set(answer.citations.map(({ report }) => report.charAt(2)))].sort().join("");
  const how = answer.widened ? "w" : answer.caution ? "u" : "=";
  return how + reports;
}

describe("what happened in a district on a day", () => {
  it.each(MATRIX)("%s", async (district, cells) => {
    const found: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const [index, cell] of cells.trim().split(/\s+/).entries()) {
      const day = DAYS[index] ?? "";
      const text = `ماذا حدث في ${district} يوم ${day}؟`;
      const { answer } = await answerQuestion({ text, today: "2026-11-22", memory: null }, sources);
      found[day] = cellOf(answer);
      expected[day] = cell;
    }
    expect(Object.keys(expected)).toHaveLength(DAYS.length);
    expect(found).toEqual(expected);
  });
});
