/** One opened file of an index: a run of reports in order of id, with everything that a question scans in memory. */
import { join } from "node:path";
import type { SegmentFile } from "./generation.ts";
import { LexicalPart } from "./lexical.ts";
import { NewsTimes, type TellingPassage } from "./news-times.ts";
import { type DateRow, PassageFields, type PlaceRow, type Told } from "./passage-fields.ts";
import { readPostings } from "./postings.ts";
import { Reading } from "./reading.ts";
import { decodePassage, decodeSketch } from "./records.ts";
import type { Matrix } from "./scan.ts";
import { type Publications, type ReportHead, StoreError } from "./store.ts";
import type { ArrayName } from "./tables.ts";

/** A report's row of heads. */
export type HeadRow = Omit<ReportHead, "sketch"> & { readonly id: string; readonly sketch: string | null };

/** Refs and numbers of contexts are those inside the segment, from 0. Generations share the segments they have in common. */
export class Segment {
  readonly described: SegmentFile;
  readonly reading: Reading;
  readonly heads: ReadonlyMap<string, ReportHead>;
  readonly placeFields: readonly string[];
  readonly fields: PassageFields;
  readonly told: Told;
  /** Number of the context of each passage. */
  readonly contextOf: Uint32Array;
  readonly matrix: Matrix;
  readonly contextMatrix: Matrix;
  readonly words: LexicalPart;
  readonly contextWords: LexicalPart;
  #hashes: Buffer | null = null;
  #news: NewsTimes | null = null;
  #publications: Publications | null = null;
  #users = 0;

  /** Opens a file whose bytes have been checked. Throws StoreError when it cannot be read. */
  constructor(indexDir: string, described: SegmentFile, dimension: number) {
    this.described = described;
    this.reading = new Reading(join(indexDir, described.file));
    try {
      const { reading } = this;
      const heads = "SELECT id, publisher, byline, title, sketch FROM heads ORDER BY id";
      this.heads = new Map(
        [...reading.rows<HeadRow>(heads)].map(({ id, sketch, ...head }) => [
          id,
          { ...head, ...decodeSketch(sketch) },
        ]),
      );
      this.placeFields = reading
        .all<{ value: string }>("SELECT DISTINCT value FROM place_fields")
        .map(({ value }) => value);
      this.fields = readFields(reading);
      this.told = this.fields.told();
      this.contextOf = readContextOf(reading, described.passages);
      this.matrix = readMatrix(reading, "vectors", described.passages, dimension);
      this.contextMatrix = readMatrix(reading, "context vectors", described.contexts, dimension);
      this.words = new LexicalPart(readPostings(readArray(reading, "words")));
      this.contextWords = new LexicalPart(readPostings(readArray(reading, "context words")));
    } catch (cause) {
      this.reading.close();
      throw cause;
    }
  }

  /** Hash of the text of each passage, 16 bytes each, one after another. */
  get hashes(): Buffer {
    const rows = (): Buffer[] =>
      this.reading.all<{ hash: Buffer }>("SELECT hash FROM passages ORDER BY ref").map(({ hash }) => hash);
    this.#hashes ??= Buffer.concat(rows());
    return this.#hashes;
  }

  /** Whether `news` is read already. */
  get knowsNews(): boolean {
    return this.#news !== null;
  }

  get news(): NewsTimes {
    this.#news ??= new NewsTimes(this.#tellings());
    return this.#news;
  }

  get publications(): Publications {
    this.#publications ??= this.#countPublications();
    return this.#publications;
  }

  *#tellings(): Generator<TellingPassage> {
    const sql = "SELECT ref, record FROM passages ORDER BY ref";
    for (const { ref, record } of this.reading.rows<{ ref: number; record: string }>(sql))
      yield { ...decodePassage(record), ref };
  }

  #countPublications(): Publications {
    const sql = "SELECT json_extract(record, '$.published.confidence') AS known FROM reports";
    const counts = { stated: 0, inferred: 0, unknown: 0 };
    for (const { known } of this.reading.rows<{ known: keyof Publications }>(sql)) counts[known] += 1;
    return counts;
  }

  get isOpen(): boolean {
    return this.#users > 0;
  }

  retain(): void {
    this.#users += 1;
  }

  /** Closes the file when nobody who retained the segment is left. */
  release(): void {
    this.#users -= 1;
    if (this.#users === 0) this.reading.close();
  }
}

export function readArray(reading: Reading, name: ArrayName): Uint8Array {
  const row = reading.one<{ bytes: Uint8Array }>("SELECT bytes FROM arrays WHERE name = ?", name);
  return row?.bytes ?? new Uint8Array();
}

/** Vectors of a segment. Throws StoreError for another number of them. */
function readMatrix(reading: Reading, name: ArrayName, rows: number, dimension: number): Matrix {
  const bytes = readArray(reading, name);
  if (bytes.length !== rows * dimension * Float32Array.BYTES_PER_ELEMENT)
    throw new StoreError("The index holds another number of vectors than of texts; run npm run index.");
  // A copy starts at offset 0 of its buffer, as 4-byte views need.
  return { values: new Float32Array(new Uint8Array(bytes).buffer), dimension };
}

function readContextOf(reading: Reading, passages: number): Uint32Array {
  const of = new Uint32Array(passages);
  let count = 0;
  for (const { first, last } of reading.rows<{ first: number; last: number }>(
    "SELECT first, last FROM contexts ORDER BY number",
  )) {
    of.fill(count, first, last + 1);
    count += 1;
  }
  return of;
}

function readFields(reading: Reading): PassageFields {
  return new PassageFields({
    reports: map(
      reading.rows<{ report: string }>("SELECT report FROM passages ORDER BY ref"),
      (row) => row.report,
    ),
    dates: map(
      reading.rows<Omit<DateRow, "background"> & { background: number }>(
        "SELECT * FROM passage_dates ORDER BY ref",
      ),
      (row) => ({ ...row, background: row.background === 1 }),
    ),
    places: reading.rows<PlaceRow>("SELECT ref, place AS id, name FROM passage_places ORDER BY ref"),
  });
}

function* map<A, B>(rows: Iterable<A>, change: (row: A) => B): Generator<B> {
  for (const row of rows) yield change(row);
}
