/** What a build takes over from the generation before it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Current, readCurrent, type SegmentFile } from "./generation.ts";
import { fileDamage } from "./index-files.ts";
import { SCHEMA_VERSION } from "./manifest.ts";
import { DocumentsOf, readPostings } from "./postings.ts";
import { Reading } from "./reading.ts";
import { readArray } from "./segment.ts";
import type { ArrayName } from "./tables.ts";

/** A report as a segment lists it. `weight` is about what it takes on the disk, in bytes. */
export interface ListedReport {
  /** Place in the list. */
  readonly at: number;
  readonly id: string;
  readonly digest: string;
  readonly sha256: string;
  readonly weight: number;
  readonly first: number;
  readonly passages: number;
  readonly context: number;
  readonly contexts: number;
}

/** A segment of the former generation, read only as far as it is asked. */
export class FormerSegment {
  readonly described: SegmentFile;
  readonly path: string;
  /** In order of id. */
  readonly reports: readonly ListedReport[];
  readonly reading: Reading;
  readonly #arrays = new Map<ArrayName, Uint8Array>();
  readonly #documents = new Map<ArrayName, DocumentsOf>();

  constructor(indexDir: string, described: SegmentFile) {
    this.described = described;
    this.path = join(indexDir, described.file);
    this.reading = new Reading(this.path);
    const list =
      "SELECT id, digest, sha256, weight, first, passages, context, contexts FROM heads ORDER BY id";
    this.reports = this.reading.all<Omit<ListedReport, "at">>(list).map((report, at) => ({ at, ...report }));
  }

  array(name: ArrayName): Uint8Array {
    const known = this.#arrays.get(name) ?? readArray(this.reading, name);
    this.#arrays.set(name, known);
    return known;
  }

  /** The word index `words` or `context words`, document by document. */
  documents(name: ArrayName): DocumentsOf {
    const known = this.#documents.get(name) ?? new DocumentsOf(readPostings(this.array(name)));
    this.#documents.set(name, known);
    return known;
  }

  /** Gives back what `array` and `documents` hold in memory. */
  forget(): void {
    this.#arrays.clear();
    this.#documents.clear();
  }
}

/** The former generation: none, or one of the same tables, without its damaged segments. */
export interface Former {
  readonly current: Current | null;
  /** In order of report ids. */
  readonly segments: readonly FormerSegment[];
  /** Report by id, of the sound segments. */
  readonly reports: ReadonlyMap<string, ListedReport>;
  readonly catalogue: string | null;
  close(): void;
}

/**
 * Opens the former generation for a build. With `check` every byte is compared with its hash; without it the sizes, and
 * a segment that is rewritten is compared before (`isSound`): readers compare what they open.
 */
export async function openFormer(indexDir: string, check: boolean): Promise<Former> {
  const state = await readCurrent(indexDir);
  const current =
    state.state === "present" && state.current.manifest.schemaVersion === SCHEMA_VERSION
      ? state.current
      : null;
  const segments: FormerSegment[] = [];
  try {
    for (const described of current?.segments ?? []) {
      if (check && !(await isSound(indexDir, described))) continue;
      const segment = openSegment(indexDir, described);
      if (segment !== null) segments.push(segment);
    }
    return {
      current,
      segments,
      reports: new Map(segments.flatMap(({ reports }) => reports.map((report) => [report.id, report]))),
      catalogue: await readCatalogue(indexDir, current),
      close: () => closeAll(segments),
    };
  } catch (cause) {
    closeAll(segments);
    throw cause;
  }
}

/** Whether every byte of a segment is as it was written. */
export async function isSound(indexDir: string, described: SegmentFile): Promise<boolean> {
  return (await fileDamage(indexDir, described)) === null;
}

async function readCatalogue(indexDir: string, current: Current | null): Promise<string | null> {
  if (!current?.catalogue || (await fileDamage(indexDir, current.catalogue)) !== null) return null;
  return readFile(join(indexDir, current.catalogue.file), "utf8");
}

/** The text that the last build kept as `Incoming.catalogue`; null when there is none or it is damaged. */
export async function storedCatalogue(indexDir: string): Promise<string | null> {
  const state = await readCurrent(indexDir);
  return state.state === "present" ? readCatalogue(indexDir, state.current) : null;
}

/** Null for a file that is gone or cannot be read. */
function openSegment(indexDir: string, described: SegmentFile): FormerSegment | null {
  let segment: FormerSegment;
  try {
    segment = new FormerSegment(indexDir, described);
  } catch {
    return null;
  }
  if (segment.reports.length === described.reports) return segment;
  segment.reading.close();
  return null;
}

function closeAll(segments: readonly FormerSegment[]): void {
  for (const { reading } of segments) reading.close();
}
