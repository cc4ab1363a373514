/** A fingerprint of a collection that is cheap to take: no report is parsed. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { findFiles } from "./files.ts";

const hash = (value: string | Uint8Array): string => createHash("sha256").update(value).digest("hex");

/**
 * sha256 (hex) over the paths and contents of all files of a collection, and over `companions`: whatever else the
 * index depends on (overrides, gazetteer).
 * Throws ReportsError when the folder cannot be read.
 */
export async function corpusHash(dir: string, companions: readonly string[]): Promise<string> {
  const total = createHash("sha256");
  for await (const found of findFiles(dir)) {
    if (found.kind === "problem") continue;
    total.update(`${found.file}\n${await hashFile(found.path)}\n`);
  }
  for (const companion of companions) total.update(`${hash(companion)}\n`);
  return total.digest("hex");
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk);
  } catch {
    return "";
  }
  return hash.digest("hex");
}
