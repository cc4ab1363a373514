import type { Day, DayInterval } from "../text/day.ts";
import type { Collected } from "./fields.ts";
import type { Sketch } from "./sketch.ts";

export type PartRole = "title" | "byline" | "date" | "noise" | "text";

/** A stretch of the body. Parts are in order and do not overlap; what lies between them is white space. */
export interface BodyPart {
  readonly role: PartRole;
  readonly start: number;
  readonly end: number;
}

/** When a report was published, as an interval with the reason why it is believed. Null ends are open. */
export interface Published {
  readonly start: Day | null;
  readonly end: Day | null;
  readonly confidence: "stated" | "inferred" | "unknown";
  readonly why: string;
}

/** Where a report came from, as far as that is known. */
export interface Provenance {
  /** Path below the folder of the collection; inside an archive "archive.zip!/inner.txt", in a list with ":place" after it. */
  readonly file: string;
  readonly format: string;
  /** The reader of the format and its version. */
  readonly parser: string;
  /** Character set of the bytes, where they are text. */
  readonly charset: string | null;
  /** Size of the bytes as received. */
  readonly bytes: number;
  /** When, by whom and how it was collected, where its file says so. */
  readonly collected: Collected | null;
  /** ISO times at which the source says that it changed the text, the earliest first. */
  readonly editedAt: readonly string[];
}

/** What the operator has set in place of what the report itself says (data/overrides.json). */
export interface Corrected {
  readonly fields: readonly ("published" | "publisher" | "title" | "eventDates" | "places")[];
  readonly who: string;
  readonly why: string;
}

/**
 * One report as received. `body` is the whole decoded text (BOM dropped, CRLF to LF, nothing else changed);
 * every offset anywhere refers to it. `eventDates` and `places` are the fields of a JSON report, if it had them.
 */
export interface Report {
  readonly id: string;
  readonly publisher: string | null;
  readonly title: string | null;
  readonly byline: string | null;
  readonly url: string | null;
  readonly published: Published;
  readonly body: string;
  readonly parts: readonly BodyPart[];
  /** Lower-case hex sha256 of the bytes as received. */
  readonly sha256: string;
  readonly eventDates: DayInterval | null;
  /** Place strings as the report's own field gives them, general to particular inside each ("حمص : بابا عمرو"). */
  readonly places: readonly string[];
  /** Ids of places that the operator says it is not about; absent when there are none. */
  readonly withoutPlaces?: readonly string[] | undefined;
  readonly warnings: readonly string[];
  /** Absent in indexes of earlier versions. */
  readonly provenance?: Provenance | undefined;
  /** Absent when nothing was corrected. */
  readonly corrected?: Corrected | undefined;
  /** By which copies of the text are known. */
  readonly sketch?: Sketch | undefined;
}
