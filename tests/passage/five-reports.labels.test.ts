import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readGazetteer } from "../../src/gazetteer/read.ts";
import { ANCHORS, LABELS } from "./five-reports.labels.ts";

const bodies = new Map(
  Object.keys(ANCHORS).map((id) => [
    id,
    readFileSync(`data/reports/${id}.txt`, "utf8").replaceAll("\r\n", "\n"),
  ]),
);

function occurrences(body: string, part: string): number {
  return body.split(part).length - 1;
}

describe("the hand-labelled table of the five reports", () => {
  it.each(LABELS.map((label) => [label.report, label.opening, label] as const))(
    "%s: «%s» stands once, and so do its statements",
    (report, opening, label) => {
      const body = bodies.get(report) ?? "";
      expect(occurrences(body, opening)).toBe(1);
      expect(body.indexOf(opening) === 0 || body[body.indexOf(opening) - 1] === "\n").toBe(true);
      for (const statement of label.statements) expect(occurrences(body, statement.words)).toBe(1);
      for (const date of [...label.dates, ...label.vague]) expect(body).toContain(date.words);
    },
  );

  it("names only rows of the gazetteer", async () => {
    const ids = new Set((await readGazetteer("data")).places.map((place) => place.id));
    const used = LABELS.flatMap((label) => [...label.places, ...label.inherited, ...label.mentioned]);
    expect(used.filter((id) => !ids.has(id))).toEqual([]);
  });
});
