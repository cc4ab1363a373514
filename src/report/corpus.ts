/** A fingerprint of a collection that is cheap to take: no report is parsed. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { findFiles } from "./files.ts";
import { MAX_REPORT_BYTES } from "./read.ts";

const hash = (value: string | Uint8Array): string => createHash("sha256").update(value).digest("hex");

/**
 * sha256 (hex) over the paths and contents of all files of a collection, and over `companions`: whatever else the
 * index depends on (overrides, gazetteer). A file that is too large to be a report counts by its size.
 * Throws ReportsError when the folder cannot be read.
 */
export async function corpusHash(dir: string, companions: readonly string[]): Promise<string> {
  const total = createHash("sha256");
  for await (const found of findFiles(dir)) {
    if (found.kind === "problem") continue;
    const content =
      found.bytes > MAX_REPORT_BYTES ? String(found.bytes) : hash(await readFile(found.path).catch(() => ""));
    total.update(`${found.file}\n${content}\n`);
  }
  for (const companion of companions) total.update(`${hash(companion)}\n`);
  return total.digest("hex");
}
