/**
 * A mark in front of every stored text that shows whether it is still what was written, and where: a bit that flips on
 * the disk must not send an answer to another chat, or another quotation. It guards against decay, not against people.
 */
import { createHash } from "node:crypto";

const LENGTH = 12;

type Key = string | number | null;

/** The mark for a text that belongs under these keys. */
export function sealOf(keys: readonly Key[], text: string): string {
  return createHash("sha256")
    .update(JSON.stringify([...keys, text]))
    .digest("hex")
    .slice(0, LENGTH);
}

export function sealed(keys: readonly Key[], text: string): string {
  return sealOf(keys, text) + text;
}

/** The text without its mark, or null when text or keys are not what was written. */
export function unsealed(keys: readonly Key[], stored: string): string | null {
  const text = stored.slice(LENGTH);
  return stored.slice(0, LENGTH) === sealOf(keys, text) ? text : null;
}
