import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findPlaces } from "../../../src/text/places/find.ts";
import { ANCHORS, LABELS, type LabelledParagraph } from "../../passage/five-reports.labels.ts";
import { DEIR_EZ_ZOR, GAZETTEER } from "./gazetteer.fixture.ts";

const bodies = new Map(
  Object.keys(ANCHORS).map((id) => [id, readFileSync(`data/reports/${id}.txt`, "utf8")]),
);

/** Ids that a stretch of a report names; it goes on to the next blank line or the end of its line. */
function namedIn(text: string): string[] {
  return [...new Set(findPlaces(text, GAZETTEER, { prefer: DEIR_EZ_ZOR }).map((mention) => mention.id))];
}

function paragraphText(label: LabelledParagraph): string {
  const body = bodies.get(label.report) ?? "";
  return body.slice(body.indexOf(label.opening)).split("\n")[0] ?? "";
}

describe("places of the five reports, paragraph by paragraph", () => {
  it.each(LABELS.map((label) => [label.report.slice(0, 3), label.opening, label] as const))(
    "%s «%s»: every labelled place, and no other",
    (_report, _opening, label) => {
      const named = namedIn(paragraphText(label));
      const allowed = [...label.places, ...label.inherited, ...label.mentioned];
      expect(label.places.filter((id) => !named.includes(id))).toEqual([]);
      expect(named.filter((id) => !allowed.includes(id))).toEqual([]);
    },
  );
});
