import type { Passage } from "../passage/passage.ts";
import { normalize } from "../text/normalize.ts";

/** What of a passage is embedded and indexed: its header line and its normalised text. Never quoted. */
export function indexedText(passage: Pick<Passage, "header" | "text">): string {
  return `${passage.header}\n${normalize(passage.text)}`;
}
