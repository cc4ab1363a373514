/** What files of a collection give before reports are made from it, and which files are read at all. */
import { posix } from "node:path";
import type { ReportFields } from "./fields.ts";
import type { MetaFile } from "./formats/meta-file.ts";
import type { Problem, Unread } from "./problem.ts";

/** A file of one document, or a line of a .jsonl file, of more bytes is refused without being loaded. */
export const MAX_REPORT_BYTES = 20 * 1024 * 1024;
/** A file of many documents of more bytes is refused without being loaded. */
export const MAX_LIST_BYTES = 256 * 1024 * 1024;
/** All that an archive may unpack to. */
export const MAX_UNPACKED_BYTES = 1024 * 1024 * 1024;
export const MEGABYTE = 1024 * 1024;

/** The formats by the endings of files. */
export const FORMATS = {
  txt: [".txt", ".text"],
  md: [".md", ".markdown"],
  html: [".html", ".htm", ".xhtml"],
  json: [".json"],
  jsonl: [".jsonl", ".ndjson"],
  csv: [".csv", ".tsv"],
  docx: [".docx"],
  pdf: [".pdf"],
  feed: [".rss", ".atom", ".xml"],
  zip: [".zip"],
} as const;
export type FileFormat = keyof typeof FORMATS;
export type Format = Exclude<FileFormat, "zip"> | "telegram";

const LISTS: readonly FileFormat[] = ["csv", "feed", "json"];

/** What a file gave before it became a report. */
export interface Received {
  readonly id: string;
  readonly body: string;
  readonly fields: ReportFields | null;
  /** The document's own bytes as received: the file, or its row, line, post or entry. */
  readonly bytes: Uint8Array;
  /** Path below the folder; inside an archive "archive.zip!/inner.txt", in a list with ":line" or ":number" after it. */
  readonly file: string;
  readonly format: Format;
  /** The reader and its version: a new version may read the same bytes otherwise. */
  readonly parser: string;
  readonly charset: string | null;
}

export type Step =
  | { readonly received: Received }
  | Unread
  /** Something that was passed over on purpose. */
  | { readonly file: string; readonly note: string };

/** Bytes with a name, from the disk or from an archive. */
export interface Input {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly meta: MetaFile | null;
}

export function tooLarge(bytes: number, most: number): Problem {
  const problem = `is too large (${Math.ceil(bytes / MEGABYTE)} MB, at most ${most / MEGABYTE} MB); split it`;
  return { problem, tag: "too_large" };
}

export function formatOf(file: string): FileFormat | null {
  const ending = posix.extname(file).toLowerCase();
  const found = Object.entries(FORMATS).find(([, endings]) => endings.some((one) => one === ending));
  return found === undefined ? null : (found[0] as FileFormat);
}

/** Name of a file without folder and ending. */
export function nameOf(file: string): string {
  const base = posix.basename(file);
  return base.slice(0, base.length - posix.extname(base).length);
}

/** Most bytes of a file of this format. */
export function sizeLimit(format: FileFormat): number {
  return LISTS.includes(format) ? MAX_LIST_BYTES : MAX_REPORT_BYTES;
}
