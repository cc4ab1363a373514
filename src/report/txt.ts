import { createHash } from "node:crypto";

/** A text that could be decoded, or the English reason with its remedy. */
export type Decoded = { readonly text: string } | { readonly problem: string };

const BYTE_ORDER_MARK = "\ufeff";

/** Strict UTF-8; the byte order mark is dropped. Refuses text in another encoding and binary data. */
export function decodeUtf8(bytes: Uint8Array): Decoded {
  if (startsLikeUtf16(bytes)) return { problem: "is UTF-16 text; save it as UTF-8" };
  if (bytes.includes(0)) return { problem: "is binary data, not text; save the report as a UTF-8 .txt file" };
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text: text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text };
  } catch {
    return { problem: "is not valid UTF-8; save it as UTF-8" };
  }
}

function startsLikeUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** The body of a .txt report: CRLF and lone CR become LF, nothing else changes. */
export function bodyOfText(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** Lower-case hex sha256. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
