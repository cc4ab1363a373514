/** Reads the reports of a folder: the first arrow of the build lane, and the only one that opens files. */
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, posix } from "node:path";
import { type Found, findFiles } from "./files.ts";
import { type JsonReport, parseJsonReport } from "./json.ts";
import { readLines } from "./lines.ts";
import { NO_OVERRIDES, type Override, type Overrides } from "./overrides.ts";
import { markParts } from "./parts.ts";
import { findPublished } from "./published.ts";
import { findPublisher, type KnownPublisher } from "./publisher.ts";
import type { PartRole, Report } from "./report.ts";
import { bodyOfText, decodeUtf8, sha256 } from "./txt.ts";

/** A file, or a line of a .jsonl file, of more bytes is refused without being loaded. */
export const MAX_REPORT_BYTES = 20 * 1024 * 1024;

const MAX_RUBRIC_WORDS = 4;

/** A report with the bytes as received, or one English line that says why there is none and what to do. */
export type ReadResult =
  | {
      readonly kind: "report";
      readonly report: Report;
      readonly bytes: Uint8Array;
      /** Path below the folder, with "/" between; for a .jsonl file with ":line". */
      readonly file: string;
      readonly override: Override | null;
    }
  | { readonly kind: "problem"; readonly file: string; readonly reason: string };

export interface ReadOptions {
  readonly dir: string;
  readonly overrides?: Overrides | undefined;
  /** Publishers that a byline or the text may name (data/publishers.json). */
  readonly publishers?: readonly KnownPublisher[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a file gave before it became a report. */
interface Received {
  readonly id: string;
  readonly body: string;
  readonly fields: JsonReport | null;
  readonly bytes: Uint8Array;
  readonly file: string;
}

type Step = { readonly received: Received } | { readonly file: string; readonly reason: string };
type File = Extract<Found, { kind: "file" }>;

/**
 * Reads every report below a folder, in the order of the paths. Withdrawn reports are left out; of two with one id
 * the second is a problem. Throws ReportsError when the folder itself cannot be read.
 */
export async function* readReports(options: ReadOptions): AsyncIterable<ReadResult> {
  const overrides = options.overrides ?? NO_OVERRIDES;
  const owners = new Map<string, string>();
  for await (const found of findFiles(options.dir)) {
    options.signal?.throwIfAborted();
    if (found.kind === "problem") {
      yield found;
      continue;
    }
    for await (const step of receive(found)) {
      if ("reason" in step) {
        yield { kind: "problem", file: step.file, reason: step.reason };
        continue;
      }
      const { id, file, bytes } = step.received;
      const owner = owners.get(id);
      if (owner !== undefined) {
        yield {
          kind: "problem",
          file,
          reason: `has the same id "${id}" as ${owner}; rename one of them or change its id`,
        };
        continue;
      }
      owners.set(id, file);
      const override = Object.hasOwn(overrides.reports, id) ? (overrides.reports[id] ?? null) : null;
      if (override?.withdrawn !== undefined) continue;
      yield {
        kind: "report",
        report: makeReport(step.received, override, options.publishers ?? []),
        bytes,
        file,
        override,
      };
    }
  }
}

async function* receive(found: File): AsyncIterable<Step> {
  const extension = extname(found.file).toLowerCase();
  if (extension === ".jsonl") yield* receiveLines(found);
  else if (extension === ".txt" || extension === ".json") yield await receiveFile(found, extension);
  else yield { file: found.file, reason: "is of an unknown format; reports are .txt, .json or .jsonl files" };
}

function tooLarge(bytes: number): string {
  return `is too large (${Math.ceil(bytes / 1024 / 1024)} MB, at most ${MAX_REPORT_BYTES / 1024 / 1024} MB); split it`;
}

async function receiveFile(found: File, extension: ".txt" | ".json"): Promise<Step> {
  const { file } = found;
  if (found.bytes > MAX_REPORT_BYTES) return { file, reason: tooLarge(found.bytes) };
  if (found.bytes === 0) return { file, reason: "is empty; add the text of the report or remove the file" };
  let bytes: Uint8Array;
  try {
    bytes = await readFile(found.path);
  } catch {
    return { file, reason: "cannot be read; check its permissions" };
  }
  const decoded = decodeUtf8(bytes);
  if ("problem" in decoded) return { file, reason: decoded.problem };
  const name = posix.basename(file).slice(0, -extension.length);
  if (extension === ".json") return receiveJson(decoded.text, { bytes, file, id: name });
  const body = bodyOfText(decoded.text);
  if (body.trim() === "") return { file, reason: "is empty; add the text of the report or remove the file" };
  return { received: { id: name, body, fields: null, bytes, file } };
}

function receiveJson(text: string, origin: Pick<Received, "bytes" | "file" | "id">): Step {
  const parsed = parseJsonReport(text);
  if ("problem" in parsed) return { file: origin.file, reason: parsed.problem };
  const fields = parsed.report;
  return { received: { ...origin, id: fields.id ?? origin.id, body: fields.body, fields } };
}

async function* receiveLines(found: File): AsyncIterable<Step> {
  const name = posix.basename(found.file).replace(/\.jsonl$/i, "");
  if (found.bytes === 0)
    yield { file: found.file, reason: "is empty; add one JSON report a line or remove the file" };
  try {
    for await (const line of readLines(createReadStream(found.path), MAX_REPORT_BYTES)) {
      const file = `${found.file}:${line.number}`;
      if (line.bytes === null) {
        yield { file, reason: tooLarge(line.length) };
        continue;
      }
      const decoded = decodeUtf8(line.bytes);
      if ("problem" in decoded) yield { file, reason: decoded.problem };
      else if (decoded.text.trim() !== "") {
        yield receiveJson(decoded.text, { bytes: line.bytes, file, id: `${name}-${line.number}` });
      }
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    yield { file: found.file, reason: "cannot be read; check its permissions" };
  }
}

function makeReport(
  received: Received,
  override: Override | null,
  publishers: readonly KnownPublisher[],
): Report {
  const { body, fields } = received;
  const names = publishers.flatMap((publisher) => [publisher.name, ...publisher.variants]);
  const parts = markParts(body, { title: fields?.title, publishers: names });
  const textsOf = (role: PartRole) =>
    parts.flatMap((part) => (part.role === role ? [body.slice(part.start, part.end)] : []));
  const reading = findPublished({
    body,
    parts,
    field: fields?.published ?? null,
    isRecord: fields?.eventDates != null,
  });
  return {
    id: received.id,
    publisher: override?.publisher ?? fields?.publisher ?? findPublisher({ body, parts, publishers }),
    title: override?.title ?? fields?.title ?? mainTitle(textsOf("title")),
    byline: fields?.byline ?? textsOf("byline")[0] ?? null,
    url: fields?.url ?? null,
    published: override?.published ?? reading.published,
    body,
    parts,
    sha256: sha256(received.bytes),
    eventDates: fields?.eventDates ?? null,
    places: fields?.places ?? [],
    warnings: [...(fields?.warnings ?? []), ...reading.warnings],
  };
}

/** Of two headlines the first, but not one of a few words (a publisher's name, a rubric) above a fuller one. */
function mainTitle([first, second]: readonly string[]): string | null {
  if (first === undefined || second === undefined) return first ?? null;
  return first.split(/\s+/).length <= MAX_RUBRIC_WORDS ? second : first;
}
