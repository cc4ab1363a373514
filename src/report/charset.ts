/** Text from bytes, in whichever character set they are. */
import { analyse } from "chardet";
import type { Problem } from "./problem.ts";

/** What the detector may name, with the label by which it is decoded. Others do not hold Arabic or plain Latin text. */
const LABELS: Readonly<Record<string, string>> = {
  "windows-1256": "windows-1256",
  "ISO-8859-6": "iso-8859-6",
  "UTF-16 LE": "utf-16le",
  "UTF-16LE": "utf-16le",
  "UTF-16 BE": "utf-16be",
  "UTF-16BE": "utf-16be",
  "ISO-8859-1": "windows-1252",
  "windows-1252": "windows-1252",
};
const BYTE_ORDER_MARKS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];
/** The detector's confidence, of 100. */
const SURE = 40;
/** Bytes that the detector looks at; it is slow. */
const SAMPLE = 64 * 1024;
/** Fewest letters from which a character set is told. */
const FEWEST_LETTERS = 12;
const CONTROLS = /(?![\t\n\v\f\r])\p{Cc}|\ufffd/gu;

/** Text with the name of the character set it was in, or the English reason with its remedy. */
export type DecodedText = { readonly text: string; readonly charset: string } | Problem;

/**
 * Decodes by byte order mark, as UTF-8 where that is valid, by the set that the file itself names (`declared`), or by
 * the most likely set. Refuses binary data and what cannot be told.
 */
export function decodeText(bytes: Uint8Array, declared: string | null = null): DecodedText {
  const mark = BYTE_ORDER_MARKS.find(([head]) => head.every((byte, index) => bytes[index] === byte));
  if (mark !== undefined) return decodeAs(bytes.subarray(mark[0].length), mark[1]) ?? unknownSet();
  const unmarked = bytes.includes(0) ? null : decodeAs(bytes, "utf-8");
  if (unmarked !== null) return unmarked;
  const named = declared === null ? null : decodeAs(bytes, declared);
  if (named !== null && isText(named.text)) return named;
  const label = likelySet(bytes);
  const guessed = label === null ? null : decodeAs(bytes, label);
  if (guessed !== null && isText(guessed.text)) return guessed;
  return bytes.includes(0)
    ? { problem: "is binary data, not text; save the report as a UTF-8 .txt file", tag: "binary" }
    : unknownSet();
}

function unknownSet(): Problem {
  return {
    problem: "has a character set that cannot be told and is not valid UTF-8; save it as UTF-8",
    tag: "charset",
  };
}

function decodeAs(bytes: Uint8Array, label: string): Extract<DecodedText, { text: string }> | null {
  try {
    const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
    return { text: decoder.decode(bytes), charset: decoder.encoding };
  } catch {
    return null;
  }
}

function likelySet(bytes: Uint8Array): string | null {
  const [best] = analyse(bytes.subarray(0, SAMPLE)).filter(({ name }) => name in LABELS);
  return best === undefined || best.confidence < SURE ? null : (LABELS[best.name] ?? null);
}

/** Whether it reads as text: letters, and hardly a control character or a replacement. */
function isText(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters >= FEWEST_LETTERS && (text.match(CONTROLS)?.length ?? 0) * 100 <= text.length;
}
