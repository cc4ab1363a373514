/**
 * What is known of the files of a collection since they were last read: enough to leave out those that are as they were.
 * A file counts as unchanged when size, times of writing and of the last change of its entry, and inode are the same and
 * these times were two seconds old when it was read; else its content is hashed, and the hash decides.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { z } from "zod";
import { type Found, findFiles } from "./files.ts";
import type { Unread } from "./problem.ts";

export type FoundFile = Extract<Found, { kind: "file" }>;

/** What a document of a file became: a report, nothing because it is withdrawn or of an id that another file has. */
export interface KnownDocument {
  readonly id: string;
  /** Hash of all that its report was made from. */
  readonly key: string;
  readonly became: "report" | "withdrawn" | "second";
}

export interface KnownFile {
  readonly file: string;
  readonly bytes: number;
  readonly changed: number;
  readonly entryChanged: number;
  readonly inode: number;
  /** Of the content. */
  readonly sha256: string;
  /** Whether the times were old enough, when it was read, that a later change must show in them. */
  readonly settled: boolean;
  /** sha256 of the .meta.json that was read with it. */
  readonly meta: string | null;
  /** Hash of the overrides of its documents. */
  readonly overrides: string;
  readonly documents: readonly KnownDocument[];
  readonly problems: readonly Unread[];
}

/** Raise it when the form of an entry changes. */
const VERSION = 1;

/** Entries are not looked at one by one: the index has compared the bytes with the hash of what was written. */
const catalogueSchema = z.strictObject({
  version: z.literal(VERSION),
  /** Hash of what all reports are made with beside their files: the reader's version, the publishers. */
  reader: z.string(),
  files: z.array(z.custom<KnownFile>()),
});

export interface Catalogue {
  readonly reader: string;
  readonly files: ReadonlyMap<string, KnownFile>;
}

export const NOTHING_KNOWN: Catalogue = { reader: "", files: new Map() };

/** Reads what `encodeCatalogue` wrote; anything else is nothing known. */
export function decodeCatalogue(text: string | null): Catalogue {
  const parsed = catalogueSchema.safeParse(parseJson(text ?? ""));
  if (!parsed.success) return NOTHING_KNOWN;
  const { reader, files } = parsed.data;
  return { reader, files: new Map(files.map((file) => [file.file, file])) };
}

export function encodeCatalogue(reader: string, files: readonly KnownFile[]): string {
  return JSON.stringify({ version: VERSION, reader, files });
}

/** A file with the hash of its content, or why an entry cannot be one. */
export type Scanned =
  | { readonly kind: "file"; readonly found: FoundFile; readonly sha256: string }
  | Extract<Found, { kind: "problem" }>;

/**
 * All files of a collection in their order, each with its hash: the known one where the file has not changed, and with
 * `everyByte` always that of its content. An unreadable file has the hash "". Throws ReportsError for the folder itself.
 */
export async function* scanFiles(
  dir: string,
  known: Catalogue,
  { everyByte = false }: { readonly everyByte?: boolean | undefined } = {},
): AsyncIterable<Scanned> {
  for await (const found of findFiles(dir)) {
    if (found.kind === "problem") {
      yield found;
      continue;
    }
    const before = known.files.get(found.file);
    const same = !everyByte && before?.settled === true && isSameEntry(before, found);
    yield { kind: "file", found, sha256: same ? before.sha256 : await hashFile(found.path) };
  }
}

function isSameEntry(a: KnownFile, b: FoundFile): boolean {
  return (
    a.bytes === b.bytes && a.changed === b.changed && a.entryChanged === b.entryChanged && a.inode === b.inode
  );
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

/** Lower-case hex sha256 of plain data. */
export function hashOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
