/** Archives of evidence packets: stored, not compressed, and the same bytes for the same files on every machine. */
import { unzipSync, zipSync } from "fflate";

export type Files = ReadonlyMap<string, Uint8Array>;

/** The archive keeps times of a clock without a time zone, from 1980 on: all files get its first moment. */
const NO_TIME = new Date(1980, 0, 1);

export function pack(files: Files): Uint8Array {
  return zipSync(Object.fromEntries(files), { level: 0, mtime: NO_TIME, os: 0 });
}

/** The files of an archive as they stand in it, checked against nothing; null when it cannot be read. */
export function unpack(archive: Uint8Array): Files | null {
  try {
    const stored = unzipSync(archive, {
      // Our archives compress nothing: what claims to hold more than the file itself is not one of them.
      filter: ({ compression, originalSize }) => {
        if (compression !== 0 || originalSize > archive.length) throw new Error("not a stored file");
        return true;
      },
    });
    return new Map(Object.entries(stored));
  } catch {
    return null;
  }
}
