/** What is left of a report: in which files of a folder its words, its id or its vectors stand, byte by byte. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What is looked for; text in UTF-8 and in UTF-16. */
export interface Needles {
  readonly texts: readonly string[];
  readonly vectors: readonly Float32Array[];
}

/** Numbers of a vector that are looked for: others do not begin so. */
const NUMBERS = 8;

/** Names of the files below the folders that hold any of them, with what they hold. */
export function tracesIn(folders: readonly string[], { texts, vectors }: Needles): string[] {
  const needles = [
    ...texts.flatMap((text) => [
      { what: `"${text}"`, bytes: Buffer.from(text) },
      { what: `"${text}" in UTF-16`, bytes: Buffer.from(text, "utf16le") },
    ]),
    ...vectors.map((vector) => ({
      what: "a vector",
      bytes: Buffer.from(vector.buffer, vector.byteOffset, NUMBERS * Float32Array.BYTES_PER_ELEMENT),
    })),
  ];
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .flatMap((file) => {
        const bytes = readFileSync(file);
        return needles.filter((needle) => bytes.includes(needle.bytes)).map(({ what }) => `${file}: ${what}`);
      }),
  );
}
