import { createHash } from "node:crypto";

const ID_LENGTH = 12;

/**
 * Id of a passage: 12 hex digits of a sha256 over report id, text and occurrence. `occurrence` counts, from 0, the
 * earlier passages of the report with the same text, so that equal sentences keep apart. Stable over rebuilds.
 */
export function passageId(reportId: string, text: string, occurrence: number): string {
  const hash = createHash("sha256").update(JSON.stringify([reportId, text, occurrence]), "utf8");
  return hash.digest("hex").slice(0, ID_LENGTH);
}
