/** Reads the reports of a folder: the first arrow of the build lane. */
import { hasArabic, isForeign, withoutLive } from "../text/live-matter.ts";
import { type Found, findFiles } from "./files.ts";
import { NO_OVERRIDES, type Override, type Overrides } from "./overrides.ts";
import { markParts } from "./parts.ts";
import type { Unread } from "./problem.ts";
import { findPublished } from "./published.ts";
import { correctedPublisher, findPublisher, type KnownPublisher } from "./publisher.ts";
import { receive } from "./receive.ts";
import type { Received } from "./received.ts";
import type { PartRole, Report } from "./report.ts";
import { sha256 } from "./txt.ts";

/** Raise it when the same files would give other reports: stored indexes become stale. */
export const READER_VERSION = 4;

const MAX_RUBRIC_WORDS = 4;

/** A report with the bytes as received, or one English line that says why there is none and what to do. */
export type ReadResult =
  | {
      readonly kind: "report";
      readonly report: Report;
      readonly bytes: Uint8Array;
      /** Path below the folder, with "/" between; in archives and lists as Provenance.file says. */
      readonly file: string;
      readonly override: Override | null;
    }
  | ({ readonly kind: "problem" } & Unread);

export interface ReadOptions {
  readonly dir: string;
  readonly overrides?: Overrides | undefined;
  /** Publishers that a byline or the text may name (data/publishers.json). */
  readonly publishers?: readonly KnownPublisher[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told of what was passed over on purpose, such as posts without a text, in one English line. */
  readonly onNote?: ((note: string) => void) | undefined;
}

/**
 * Reads every report below a folder, in the order of the paths. Withdrawn reports are left out; of two with one id
 * the second is a problem. Throws ReportsError when the folder itself cannot be read.
 */
export async function* readReports(options: ReadOptions): AsyncIterable<ReadResult> {
  const owners = new Map<string, string>();
  for await (const found of findFiles(options.dir)) {
    options.signal?.throwIfAborted();
    if (found.kind === "problem") yield found;
    else yield* readFile(found, { ...options, owners });
  }
}

export interface ReadFileOptions extends Omit<ReadOptions, "dir"> {
  /** The file of every id read so far; those of this file are added. */
  readonly owners: Map<string, string>;
  /** Told of every document before a report is made of it; true leaves it out, because its report is known. */
  readonly isKnown?: ((received: Received) => boolean) | undefined;
}

/** Reads every report that one file holds. */
export async function* readFile(
  found: Extract<Found, { kind: "file" }>,
  { overrides = NO_OVERRIDES, publishers = [], owners, isKnown, onNote }: ReadFileOptions,
): AsyncIterable<ReadResult> {
  for await (const step of receive(found)) {
    if ("reason" in step) {
      yield { kind: "problem", ...step };
      continue;
    }
    if ("note" in step) {
      onNote?.(`${step.file}: ${step.note}`);
      continue;
    }
    const { id, file, bytes } = step.received;
    const owner = owners.get(id);
    const known = isKnown?.(step.received) ?? false;
    if (owner !== undefined) {
      const reason = `has the same id "${id}" as ${owner}; rename one of them or change its id`;
      yield { kind: "problem", file, reason, tag: "same_id" };
      continue;
    }
    owners.set(id, file);
    const override = Object.hasOwn(overrides.reports, id) ? (overrides.reports[id] ?? null) : null;
    if (known || override?.withdrawn !== undefined) continue;
    const report = makeReport(step.received, override, publishers);
    yield { kind: "report", report, bytes, file, override };
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
  const signed = fields?.publisher ?? null;
  const meant = signed === null ? null : correctedPublisher(signed, publishers);
  return {
    id: received.id,
    publisher: override?.publisher ?? meant ?? harmless(signed ?? findPublisher({ body, parts, publishers })),
    title: override?.title ?? harmlessTitle(fields?.title ?? mainTitle(textsOf("title")), body),
    byline: harmless(fields?.byline ?? textsOf("byline")[0] ?? null),
    url: fields?.url ?? null,
    published: override?.published ?? reading.published,
    body,
    parts,
    sha256: sha256(received.bytes),
    eventDates: override?.eventDays ?? fields?.eventDates ?? null,
    places: override?.places ?? fields?.places ?? [],
    ...(override?.withoutPlaces && { withoutPlaces: override.withoutPlaces }),
    warnings: [...(fields?.warnings ?? []), ...reading.warnings],
    provenance: {
      file: received.file,
      format: received.format,
      parser: received.parser,
      charset: received.charset,
      bytes: received.bytes.length,
      collected: fields?.collected ?? null,
      editedAt: fields?.editedAt ?? [],
    },
    ...correctedBy(override),
  };
}

/** Which fields of a report the operator has set, and who and why; nothing when there are none. */
function correctedBy(override: Override | null): Pick<Report, "corrected"> {
  if (override === null) return {};
  const { published, publisher, title, eventDays, who, why } = override;
  const places = override.places ?? override.withoutPlaces;
  const set = { published, publisher, title, eventDates: eventDays, places };
  const fields = CORRECTED.filter((field) => set[field] !== undefined);
  return fields.length === 0 ? {} : { corrected: { fields, who, why } };
}

const CORRECTED = ["published", "publisher", "title", "eventDates", "places"] as const;

/** A publisher or an author as they are shown: no quotations, so that what could act is taken out. */
function harmless(text: string | null): string | null {
  return text === null ? null : withoutLive(text, { sites: false }) || null;
}

/** The same for a title; one in another script over an Arabic report is none. */
function harmlessTitle(title: string | null, body: string): string | null {
  const shown = title === null ? "" : withoutLive(title);
  return shown === "" || (isForeign(shown) && hasArabic(body)) ? null : shown;
}

/** Of two headlines the first, but not one of a few words (a publisher's name, a rubric) above a fuller one. */
function mainTitle([first, second]: readonly string[]): string | null {
  if (first === undefined || second === undefined) return first ?? null;
  return first.split(/\s+/).length <= MAX_RUBRIC_WORDS ? second : first;
}
