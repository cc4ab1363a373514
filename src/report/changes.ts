/** Reads of a collection what has changed since it was last read, and keeps account of it for the next time. */
import {
  type Catalogue,
  encodeCatalogue,
  hashOf,
  type KnownDocument,
  type KnownFile,
  type Scanned,
} from "./catalogue.ts";
import { META_SUFFIX } from "./formats/meta-file.ts";
import { NO_OVERRIDES, type Overrides } from "./overrides.ts";
import { READER_VERSION, type ReadOptions, type ReadResult, readFile } from "./read.ts";
import type { Received } from "./received.ts";
import { sha256 } from "./txt.ts";

/** Times of a file that are younger than this when it is read may stay the same at the next change. */
const SETTLING_MS = 2_000;

export interface ChangesOptions extends Omit<ReadOptions, "dir"> {
  readonly files: readonly Scanned[];
  readonly known: Catalogue;
  /** Whatever else reports are made with: when it changes, all are read. */
  readonly madeWith?: unknown;
  /** Whether the report with this id is stored as it was made when its file was last read. */
  readonly has: (id: string) => boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

type Scan = Extract<Scanned, { kind: "file" }>;

/** One reading of a collection. `kept` and `catalogue` are right once `results` has been read to its end. */
export class ChangesReading {
  /** Ids of reports that are stored as they would be read. */
  readonly kept: string[] = [];
  /** Files that have not been looked at. */
  left: number;
  readonly #options: ChangesOptions;
  readonly #reader: string;
  readonly #hashes: ReadonlyMap<string, string>;
  readonly #owners = new Map<string, string>();
  readonly #files: KnownFile[] = [];

  constructor(options: ChangesOptions) {
    this.#options = options;
    this.left = options.files.length;
    this.#reader = hashOf([READER_VERSION, options.publishers ?? [], options.madeWith ?? null]);
    this.#hashes = new Map(
      options.files.flatMap((one) => (one.kind === "file" ? [[one.found.file, one.sha256] as const] : [])),
    );
  }

  /** For the next reading, when what was read is stored. */
  catalogue(): string {
    return encodeCatalogue(this.#reader, this.#files);
  }

  /** Every problem that there is; of the reports those that are new or may have changed. */
  async *results(): AsyncIterable<ReadResult> {
    for (const scan of this.#options.files) {
      this.#options.signal?.throwIfAborted();
      this.left -= 1;
      if (scan.kind === "problem") {
        yield scan;
        continue;
      }
      const known = this.#known(scan);
      if (known !== null && this.#isAsItWas(known)) yield* this.#keep(scan, known);
      else yield* this.#read(scan, known);
    }
  }

  #known({ found }: Scan): KnownFile | null {
    const { known } = this.#options;
    return (known.reader === this.#reader ? known.files.get(found.file) : null) ?? null;
  }

  /** Whether a file would give what it gave. A file whose id another one has is always read: its problem names that one. */
  #isAsItWas({ file, sha256: hash, meta, overrides, documents }: KnownFile): boolean {
    return (
      this.#hashes.get(file) === hash &&
      this.#metaOf(file) === meta &&
      this.#overridesOf(documents) === overrides &&
      documents.every(
        ({ id, became }) =>
          became !== "second" && !this.#owners.has(id) && (became === "withdrawn" || this.#options.has(id)),
      )
    );
  }

  *#keep(scan: Scan, known: KnownFile): Generator<ReadResult> {
    for (const { id, became } of known.documents) {
      this.#owners.set(id, known.file);
      if (became === "report") this.kept.push(id);
    }
    for (const problem of known.problems) yield { kind: "problem", ...problem };
    this.#files.push({ ...known, ...this.#stamp(scan) });
  }

  async *#read(scan: Scan, known: KnownFile | null): AsyncIterable<ReadResult> {
    const { file } = scan.found;
    const before = new Map(known?.documents.map((one) => [one.id, one]));
    const documents: KnownDocument[] = [];
    const problems: KnownFile["problems"][number][] = [];
    const isKnown = (received: Received): boolean => {
      const { id } = received;
      const [key, was] = [keyOf(received, this.#overrideOf(id)), before.get(id)];
      const became = this.#becomes(id);
      documents.push({ id, key, became });
      const stays = became === "report" && was?.became === "report" && was.key === key;
      if (!stays || !this.#options.has(id)) return false;
      this.kept.push(id);
      return true;
    };
    for await (const result of readFile(scan.found, { ...this.#options, owners: this.#owners, isKnown })) {
      if (result.kind === "problem") {
        const { kind: _, ...problem } = result;
        problems.push(problem);
      }
      yield result;
    }
    const overrides = this.#overridesOf(documents);
    this.#files.push({
      file,
      ...this.#stamp(scan),
      meta: this.#metaOf(file),
      overrides,
      documents,
      problems,
    });
  }

  #becomes(id: string): KnownDocument["became"] {
    if (this.#owners.has(id)) return "second";
    return this.#overrideOf(id)?.withdrawn === undefined ? "report" : "withdrawn";
  }

  #stamp({ found, sha256: hash }: Scan) {
    const { bytes, changed, entryChanged, inode } = found;
    const settled = Math.max(changed, entryChanged) < this.#options.now - SETTLING_MS;
    return { bytes, changed, entryChanged, inode, sha256: hash, settled };
  }

  #metaOf(file: string): string | null {
    return this.#hashes.get(file + META_SUFFIX) ?? null;
  }

  #overrideOf(id: string) {
    return overrideOf(id, this.#options.overrides);
  }

  #overridesOf(documents: readonly KnownDocument[]): string {
    return overridesHash(documents, this.#options.overrides);
  }
}

function overrideOf(id: string, { reports }: Overrides = NO_OVERRIDES) {
  return Object.hasOwn(reports, id) ? reports[id] : undefined;
}

/** Hash of the overrides of the documents of a file, as the catalogue keeps it; empty for none. */
export function overridesHash(
  documents: readonly Pick<KnownDocument, "id">[],
  overrides: Overrides | undefined,
): string {
  const held = documents.flatMap(({ id }) => {
    const override = overrideOf(id, overrides);
    return override === undefined ? [] : [[id, override]];
  });
  return held.length === 0 ? "" : hashOf(held);
}

/** Hash of what a report is made from. */
function keyOf({ bytes, file, format, parser, charset, fields }: Received, override: unknown): string {
  return hashOf([sha256(bytes), file, format, parser, charset, fields, override]);
}
