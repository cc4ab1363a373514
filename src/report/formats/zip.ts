/** What lies in a .zip archive, with limits: an archive of a few kilobytes can name terabytes. */

import { crc32 } from "node:zlib";
import {
  type Entry,
  fromBufferPromise,
  getFileNameLowLevel,
  openPromise,
  validateFileName,
  type ZipFile,
} from "yauzl";
import type { Problem } from "../problem.ts";

const MOST_ENTRIES = 50_000;

/** One file of an archive. */
export interface ArchiveEntry {
  /** With "/" between folders. */
  readonly name: string;
  /** Unpacked bytes, as the archive states them; more are never unpacked. */
  readonly size: number;
  /** Why the entry cannot be used, or null. */
  readonly problem: Problem | null;
  /** The unpacked bytes. Rejects when they are not what the archive states. */
  read(): Promise<Uint8Array>;
}

export interface Archive {
  readonly entries: readonly ArchiveEntry[];
  close(): void;
}

/** Lists an archive, given as bytes or as the path of a file. Nothing is unpacked yet. */
export async function openArchive(source: Uint8Array | string): Promise<Archive | Problem> {
  const options = { autoClose: false, decodeStrings: false, validateEntrySizes: true } as const;
  let zip: ZipFile;
  try {
    zip =
      typeof source === "string"
        ? await openPromise(source, options)
        : await fromBufferPromise(Buffer.from(source.buffer, source.byteOffset, source.byteLength), options);
  } catch {
    return { problem: "is not a .zip that can be read; make it anew", tag: "damaged" };
  }
  if (zip.entryCount > MOST_ENTRIES) {
    zip.close();
    return {
      problem: `holds ${zip.entryCount} files, at most ${MOST_ENTRIES} are read; split it`,
      tag: "too_large",
    };
  }
  try {
    const entries: ArchiveEntry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(describe(zip, entry));
    return { entries, close: () => zip.close() };
  } catch {
    zip.close();
    return { problem: "is a damaged .zip; make it anew", tag: "damaged" };
  }
}

function describe(zip: ZipFile, entry: Entry): ArchiveEntry {
  const name = nameOf(entry);
  return {
    name,
    size: entry.uncompressedSize,
    problem: problemOf(entry, name),
    read: () => unpack(zip, entry),
  };
}

function nameOf(entry: Entry): string {
  const raw: unknown = entry.fileName;
  if (!(raw instanceof Uint8Array)) return entry.fileName;
  const bytes = Buffer.from(raw);
  const named = getFileNameLowLevel(entry.generalPurposeBitFlag, bytes, entry.extraFields, false);
  // Many programs write UTF-8 without saying so.
  const plain = bytes.toString("utf8");
  return plain.includes("\ufffd") ? named : plain.replaceAll("\\", "/");
}

function problemOf(entry: Entry, name: string): Problem | null {
  if (validateFileName(name) !== null)
    return { problem: "has a name that leads outside the archive; make the archive anew", tag: "unpacking" };
  if (entry.isEncrypted())
    return { problem: "is locked with a password; make the archive without one", tag: "locked" };
  if (!entry.canDecodeFileData())
    return {
      problem: "is packed by a method that is not read; make the archive anew as .zip",
      tag: "unpacking",
    };
  return null;
}

async function unpack(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  if (crc32(bytes) !== entry.crc32) throw new Error("its checksum differs");
  return bytes;
}
