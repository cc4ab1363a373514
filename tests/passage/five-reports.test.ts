import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { readGazetteer } from "../../src/gazetteer/read.ts";
import { annotate } from "../../src/passage/annotate.ts";
import { cutPassages } from "../../src/passage/cut.ts";
import type { Passage } from "../../src/passage/passage.ts";
import { readOverrides } from "../../src/report/overrides.ts";
import { readReports } from "../../src/report/read.ts";
import type { Report } from "../../src/report/report.ts";
import { buildGazetteer } from "../../src/text/places/gazetteer.ts";
import { ANCHORS, LABELS, type LabelledParagraph } from "./five-reports.labels.ts";

const reports = new Map<string, Report>();
const passages = new Map<string, Passage[]>();

beforeAll(async () => {
  const { places, publishers } = await readGazetteer("data");
  const gazetteer = buildGazetteer(places);
  const overrides = await readOverrides("data/overrides.json");
  for await (const result of readReports({ dir: "data/reports", overrides, publishers })) {
    if (result.kind === "problem") throw new Error(`${result.file} ${result.reason}`);
    reports.set(result.report.id, result.report);
    passages.set(
      result.report.id,
      annotate({ report: result.report, passages: cutPassages(result.report), gazetteer }),
    );
  }
});

function passagesOf(label: LabelledParagraph): Passage[] {
  const body = reports.get(label.report)?.body ?? "";
  const start = body.indexOf(label.opening);
  const end = body.indexOf("\n", start) < 0 ? body.length : body.indexOf("\n", start);
  return (passages.get(label.report) ?? []).filter((passage) => passage.start >= start && passage.end <= end);
}

interface Dated {
  readonly start: string | null;
  readonly end: string | null;
  readonly background: boolean;
}
const days = ({ start, end }: Dated) => `${start}..${end}`;
const told = (date: Dated) => days(date) + (date.background ? " background" : "");

/** Share of `expected` that is found and of `found` that is expected or allowed, with what differs. */
function score(rows: readonly { label: string; expected: string[]; allowed: string[]; found: string[] }[]) {
  const missed = rows.flatMap(({ label, expected, found }) =>
    expected.filter((one) => !found.includes(one)).map((one) => `${label}: missing ${one}`),
  );
  const wrong = rows.flatMap(({ label, expected, allowed, found }) =>
    found
      .filter((one) => !expected.includes(one) && !allowed.includes(one))
      .map((one) => `${label}: unexpected ${one}`),
  );
  const total = (key: "expected" | "found") => rows.reduce((sum, row) => sum + row[key].length, 0);
  return {
    recall: 1 - missed.length / total("expected"),
    precision: 1 - wrong.length / total("found"),
    differences: [...missed, ...wrong],
  };
}

function report(name: string, { recall, precision, differences }: ReturnType<typeof score>): void {
  console.info(
    [`${name}: recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}`, ...differences].join("\n  "),
  );
}

const distinct = (values: readonly string[]) => [...new Set(values)];
const shortLabel = ({ report: id, opening }: LabelledParagraph) => `${id.slice(0, 3)} «${opening}»`;

describe("the five reports against the hand-labelled table", () => {
  it("finds the days of every paragraph", () => {
    const result = score(
      LABELS.map((label) => {
        const found = passagesOf(label).flatMap((passage) => passage.dates);
        return {
          label: shortLabel(label),
          expected: label.dates.map(told),
          allowed: label.vague.flatMap((date) => [days(date), `${days(date)} background`]),
          found: distinct(found.map(told)),
        };
      }),
    );
    report("days", result);
    expect(result.recall).toBeGreaterThanOrEqual(0.98);
    expect(result.precision).toBeGreaterThanOrEqual(0.95);
  });

  it("finds the places of every paragraph", () => {
    const result = score(
      LABELS.map((label) => ({
        label: shortLabel(label),
        expected: [...label.places, ...label.inherited],
        allowed: [...label.mentioned],
        found: distinct(passagesOf(label).flatMap((passage) => passage.places.map(({ id }) => id))),
      })),
    );
    report("places", result);
    expect(result.recall).toBeGreaterThanOrEqual(0.98);
    expect(result.precision).toBeGreaterThanOrEqual(0.95);
  });

  it("gives a passage the days and places of every statement that it holds whole", () => {
    const missing = LABELS.flatMap((label) =>
      label.statements.flatMap(({ words, dates, places }) => {
        const holder = passagesOf(label).find((passage) => passage.text.includes(words));
        if (holder === undefined) return [];
        const has = new Set([...holder.dates.map(days), ...holder.places.map(({ id }) => id)]);
        return [...dates.map(days), ...places]
          .filter((one) => !has.has(one))
          .map((one) => `«${words}»: ${one}`);
      }),
    );
    expect(missing).toEqual([]);
  });

  it("holds most statements whole in one passage", () => {
    const statements = LABELS.flatMap((label) =>
      label.statements.map(({ words }) => passagesOf(label).some(({ text }) => text.includes(words))),
    );
    expect(statements.filter(Boolean).length / statements.length).toBeGreaterThan(0.9);
  });

  it("knows when each was published", () => {
    for (const [id, { start, end }] of Object.entries(ANCHORS)) {
      expect([id, reports.get(id)?.published]).toEqual([id, expect.objectContaining({ start, end })]);
      expect(reports.get(id)?.published.why).toMatch(/\p{Script=Arabic}/u);
    }
    expect(reports.get("004_4609ec8d4135fa32")?.warnings).toEqual([
      expect.stringContaining("contradicts itself"),
    ]);
  });

  it("knows who published each", () => {
    const publishers = [...reports].map(([id, { publisher }]) => `${id.slice(0, 3)} ${publisher}`);
    expect(publishers).toEqual([
      "000 المرصد السوري لحقوق الإنسان",
      "001 المرصد السوري لحقوق الإنسان",
      "002 المرصد السوري لحقوق الإنسان",
      "003 فرات بوست",
      expect.stringMatching(/^004 microsyria/),
    ]);
  });

  it("marks title, byline, date and noise", () => {
    const marked = [...reports.values()].map(({ body, parts }) =>
      parts
        .filter(({ role }) => role !== "text")
        .map(({ role, start, end }) => `${role} ${body.slice(start, Math.min(end, start + 24))}`),
    );
    expect(marked).toEqual([
      ["title بعد تحقيق تقدماً هاماً ا"],
      ["title قوات النظام وبغطاء من طا", "noise 25"],
      ["title نحو 50 قتيلاً من تنظيم “", "noise 23"],
      ["byline خاص – فرات بوست"],
      [
        "title هجوم شرس لتنظيم الدولة ب",
        "date 4 أيار (مايو - ماي)، 201",
        "noise 3 minutes",
        "byline microsyria.com مراد الأح",
        "noise • 4",
      ],
    ]);
  });

  it("keeps the received text letter for letter", async () => {
    for (const [id, { body }] of reports) expect(body).toBe(await readFile(`data/reports/${id}.txt`, "utf8"));
  });
});
