/** What the files of a collection hold. The only file here that opens them. */
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Found } from "./files.ts";
import { META_SUFFIX, type MetaFile, readMetaFile } from "./formats/meta-file.ts";
import { unread } from "./problem.ts";
import { receiveBytes, receiveLines } from "./receive-bytes.ts";
import {
  FORMATS,
  formatOf,
  MAX_LIST_BYTES,
  MAX_REPORT_BYTES,
  MAX_UNPACKED_BYTES,
  MEGABYTE,
  type Step,
  sizeLimit,
  tooLarge,
} from "./received.ts";

type File = Extract<Found, { kind: "file" }>;

/** Everything that a file of the collection gives, in order. Never rejects for what the file holds. */
export async function* receive(found: File): AsyncIterable<Step> {
  const { file } = found;
  if (file.endsWith(META_SUFFIX)) return;
  const format = formatOf(file);
  if (format === null) {
    const problem = `is of an unknown format; reports are ${Object.values(FORMATS).flat().join(", ")} files`;
    yield unread(file, { problem, tag: "unknown_format" });
    return;
  }
  try {
    if (format === "zip") yield* receiveArchive(found);
    else if (format === "jsonl") {
      const meta = await metaOf(found.path);
      yield* receiveLines(createReadStream(found.path), { file, size: found.bytes, meta });
    } else {
      const most = sizeLimit(format);
      if (found.bytes > most) yield unread(file, tooLarge(found.bytes, most));
      else
        yield* receiveBytes(format, {
          file,
          bytes: await readFile(found.path),
          meta: await metaOf(found.path),
        });
    }
  } catch (error) {
    if (error instanceof MetaError) yield wrongCompanion(file, error);
    else if (error instanceof Error && "code" in error)
      yield unread(file, { problem: "cannot be read; check its permissions", tag: "permissions" });
    else throw error;
  }
}

/** A .meta.json is wrong: its file is not read without it, for its fields would be lost unseen. */
class MetaError extends Error {}

function wrongCompanion(file: string, { message: problem }: MetaError): Step {
  return unread(file + META_SUFFIX, { problem, tag: "wrong_companion" });
}

async function metaOf(path: string): Promise<MetaFile | null> {
  let content: Uint8Array;
  try {
    content = await readFile(path + META_SUFFIX);
  } catch {
    return null;
  }
  return parseMeta(content);
}

function parseMeta(content: Uint8Array): MetaFile {
  const meta = readMetaFile(Buffer.from(content).toString("utf8"));
  if ("problem" in meta) throw new MetaError(String(meta.problem));
  return meta;
}

/** Every file of an archive as if it lay in the folder. Archives inside archives are not opened. */
async function* receiveArchive(found: File): AsyncIterable<Step> {
  const { openArchive } = await import("./formats/zip.ts");
  const archive = await openArchive(found.path);
  if ("problem" in archive) {
    yield unread(found.file, archive);
    return;
  }
  try {
    const beside = await metaOf(found.path);
    const files = archive.entries.filter(({ name }) => !name.endsWith("/") && !isHidden(name));
    const total = files.reduce((sum, { size }) => sum + size, 0);
    if (total > MAX_UNPACKED_BYTES) {
      const sizes = `unpacks to ${Math.ceil(total / MEGABYTE)} MB, at most ${MAX_UNPACKED_BYTES / MEGABYTE} MB are read`;
      yield unread(found.file, { problem: `${sizes}; split it`, tag: "too_large" });
      return;
    }
    const byName = new Map(files.map((entry) => [entry.name, entry]));
    for (const entry of files.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = `${found.file}!/${entry.name}`;
      if (entry.problem !== null) yield unread(file, entry.problem);
      else if (!entry.name.endsWith(META_SUFFIX))
        yield* receiveEntry(file, { entry, metaEntry: byName.get(entry.name + META_SUFFIX), beside });
    }
  } finally {
    archive.close();
  }
}

interface Entry {
  readonly size: number;
  read(): Promise<Uint8Array>;
}

/** `beside` is what is said beside the archive, for every file in it that says nothing else. */
async function* receiveEntry(
  file: string,
  { entry, metaEntry, beside }: { entry: Entry; metaEntry: Entry | undefined; beside: MetaFile | null },
): AsyncIterable<Step> {
  const format = formatOf(file);
  if (format === null || format === "zip") {
    yield format === "zip"
      ? unread(file, { problem: "is an archive inside an archive; unpack it", tag: "nested_archive" })
      : unread(file, { problem: "is of an unknown format; remove it", tag: "unknown_format" });
    return;
  }
  const most = format === "jsonl" ? MAX_LIST_BYTES : sizeLimit(format);
  if (entry.size > most) {
    yield unread(file, tooLarge(entry.size, most));
    return;
  }
  let bytes: Uint8Array;
  let meta: MetaFile | null;
  try {
    bytes = await entry.read();
    const isSaid = metaEntry !== undefined && metaEntry.size <= MAX_REPORT_BYTES;
    const own = isSaid ? parseMeta(await metaEntry.read()) : null;
    meta = own === null ? beside : { ...beside, ...own };
  } catch (error) {
    if (error instanceof MetaError) yield wrongCompanion(file, error);
    else yield unread(file, { problem: "is damaged in its archive; make the archive anew", tag: "damaged" });
    return;
  }
  if (format === "jsonl") yield* receiveLines(oneChunk(bytes), { file, size: bytes.length, meta });
  else yield* receiveBytes(format, { file, bytes, meta });
}

async function* oneChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

function isHidden(name: string): boolean {
  return name.split("/").some((part) => (part.startsWith(".") && part !== "..") || part === "__MACOSX");
}
