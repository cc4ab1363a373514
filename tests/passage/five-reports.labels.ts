/**
 * Hand-labelled days and places of the five reports, paragraph by paragraph. Made by reading; the engine is
 * held against it, not the other way round.
 *
 * Conventions
 * - A paragraph is found by `opening`, a string that stands once in the body and begins the paragraph.
 * - `dates` are the days of what the paragraph tells. `basis` "passage": its own words (`words`, verbatim) say so;
 *   "previous": it goes on with what the paragraph before told; "report": only the report's day holds, `words` "".
 * - `places` are where something that is told happened; `inherited` are those that stand only in a reference ("الحي",
 *   "المدينة") and come from the paragraph before or the report; `mentioned` are named without an event there
 *   (a neighbour that locates another place, a speaker's seat): an engine may give them or not.
 * - `background`: told of an earlier time, not as the news itself.
 * - `vague` dates are ends that reading can only guess ("منذ نحو أسبوعين"): an engine may give them or not.
 * - `statements` pick out sentences whose day or place differs from their neighbours': `words` stand once in the
 *   body, and a passage that holds them whole has to carry these days and places.
 * - A night ("الليلة الفائتة") and "the last 24 hours" are the day before and the day of the report.
 * - "منذ X" ends on the report's day, or on its last possible day where that day is not known (001: 31 January 2017).
 * - Every id is a row of data/places.json. سوريا, named only as a whole, is left out.
 */
import type { Day } from "../../src/text/day.ts";
import { REPORT_000 } from "./labels/000.ts";
import { REPORT_001 } from "./labels/001.ts";
import { REPORT_002 } from "./labels/002.ts";
import { REPORT_003 } from "./labels/003.ts";
import { REPORT_004 } from "./labels/004.ts";
import type { LabelledParagraph } from "./labels/label.ts";

export type { LabelledDate, LabelledParagraph, LabelledStatement } from "./labels/label.ts";

/** The day against which each report's relative words are read; both ends differ where it is not known. */
export const ANCHORS: Readonly<Record<string, { readonly start: Day; readonly end: Day }>> = {
  "000_3c5f58a11287295c": { start: "2017-10-29", end: "2017-10-29" },
  "001_4ef627a1459e3f94": { start: "2017-01-17", end: "2017-01-31" },
  "002_9e121b45a6439d02": { start: "2017-10-10", end: "2017-10-10" },
  "003_68158fa51ebf8193": { start: "2017-10-29", end: "2017-10-29" },
  "004_4609ec8d4135fa32": { start: "2017-05-04", end: "2017-05-04" },
};

export const LABELS: readonly LabelledParagraph[] = [
  ...REPORT_000,
  ...REPORT_001,
  ...REPORT_002,
  ...REPORT_003,
  ...REPORT_004,
];
