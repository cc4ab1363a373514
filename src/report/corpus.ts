/** A fingerprint of a collection that is cheap to take: no report is parsed. */
import { createHash } from "node:crypto";
import { type Catalogue, NOTHING_KNOWN, type Scanned, scanFiles } from "./catalogue.ts";

const hash = (value: string): string => createHash("sha256").update(value).digest("hex");

/**
 * sha256 (hex) over the paths and contents of all files of a collection, and over `companions`: whatever else the
 * index depends on (overrides, gazetteer). Files that are as `known` says are not read.
 * Throws ReportsError when the folder cannot be read.
 */
export async function corpusHash(
  dir: string,
  companions: readonly string[],
  known: Catalogue = NOTHING_KNOWN,
): Promise<string> {
  const total = createHash("sha256");
  for await (const scanned of scanFiles(dir, known)) total.update(lineOf(scanned));
  for (const companion of companions) total.update(`${hash(companion)}\n`);
  return total.digest("hex");
}

/** The same of files that have been scanned. */
export function corpusHashOf(files: readonly Scanned[], companions: readonly string[]): string {
  const total = createHash("sha256");
  for (const scanned of files) total.update(lineOf(scanned));
  for (const companion of companions) total.update(`${hash(companion)}\n`);
  return total.digest("hex");
}

function lineOf(scanned: Scanned): string {
  return scanned.kind === "problem" ? "" : `${scanned.found.file}\n${scanned.sha256}\n`;
}
