import { createHash } from "node:crypto";

/** The body of a .txt report: CRLF and lone CR become LF, nothing else changes. */
export function bodyOfText(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** Lower-case hex sha256. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
