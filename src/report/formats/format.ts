/** What the readers of formats have in common. */

import type { Problem } from "../problem.ts";

/** Values by the names of fields.ts, as a file states them: not checked yet. */
export type StatedFields = Readonly<Record<string, unknown>>;

/** The text of one document and what the file says of it beside; or, in English, why there is none and the remedy. */
export type Extracted =
  | {
      readonly body: string;
      readonly fields: StatedFields;
      readonly warnings?: readonly string[] | undefined;
    }
  | Problem;

/** One of the many documents of a file: a row, a post, an entry of a feed. `bytes` are its own part of the file. */
export interface Item {
  /** Where in the file: a line, a post's number. */
  readonly where: string;
  readonly bytes: Uint8Array;
  readonly extracted: Extracted;
  /** Id of the report when the fields give none, made from the name of the file. */
  readonly id: (name: string) => string;
}
