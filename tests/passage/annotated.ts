/** Passages of one report as the tests of their days, places and headers need them. */
import { readGazetteer } from "../../src/gazetteer/read.ts";
import { annotate } from "../../src/passage/annotate.ts";
import { cutPassages } from "../../src/passage/cut.ts";
import type { Passage } from "../../src/passage/passage.ts";
import { markParts } from "../../src/report/parts.ts";
import type { Report } from "../../src/report/report.ts";
import { placesFromField } from "../../src/text/places/field.ts";
import { buildGazetteer } from "../../src/text/places/gazetteer.ts";

const { places: rows } = await readGazetteer("data");
/** The project's gazetteer with two places of reports' own fields. */
export const gazetteer = buildGazetteer(
  rows,
  placesFromField(["حمص : بابا عمرو", "إدلب : سراقب"], buildGazetteer(rows)).rows,
);

/** A report of Sunday 29 October 2017 unless said otherwise. */
export function report(body: string, changes: Partial<Report> = {}): Report {
  const day = { start: "2017-10-29", end: "2017-10-29", confidence: "stated", why: "" } as const;
  const title = changes.title ?? null;
  const parts = markParts(body, { title });
  return {
    id: "r",
    publisher: null,
    byline: null,
    url: null,
    published: day,
    body,
    parts,
    sha256: "",
    eventDates: null,
    places: [],
    warnings: [],
    ...changes,
    title,
  };
}
export const passages = (body: string, changes?: Partial<Report>): Passage[] => {
  const made = report(body, changes);
  return annotate({ report: made, passages: cutPassages(made), gazetteer });
};
export const days = ({ dates }: Passage) =>
  dates.map(
    ({ start, end, basis, background }) =>
      `${start === end ? start : `${start}..${end}`} ${basis}${background ? " background" : ""}`,
  );
export const places = ({ places: told }: Passage) => told.map(({ id, basis }) => `${id} ${basis}`);

export const DETAILS =
  "ونقل المسعفون الجرحى إلى النقاط الطبية القريبة، فيما بقي عدد من العالقين تحت الأنقاض حتى ساعات متأخرة.";
