/**
 * An evidence packet: an answer with every source as received, what was read from it, where each quotation stands and
 * the hashes of all that. Whoever has it can check it with `npm run verify`, or by hand with sha256sum.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Report } from "../report/report.ts";
import { packetPage } from "./html.ts";
import { type Files, pack } from "./zip.ts";

export const PACKET_FORMAT = "isnad-packet/1";
export const SUMS = "SHA256SUMS";
const CONTEXT = 60;

const interval = { start: z.string().nullable(), end: z.string().nullable() };
const published = z.looseObject({ ...interval, confidence: z.string(), why: z.string() });

const citationSchema = z.strictObject({
  n: z.number().int(),
  report: z.string(),
  publisher: z.string().nullable(),
  title: z.string().nullable(),
  published,
  quote: z.string(),
  start: z.number().int(),
  end: z.number().int(),
});

/** answer.json */
export const answerSchema = z.strictObject({
  format: z.literal(PACKET_FORMAT),
  /** The person's question; only where the packet was asked to hold it. */
  question: z.string().nullable(),
  /** Null for an answer of which only the places of its quotations were kept. */
  text: z.string().nullable(),
  mode: z.enum(["extractive", "model"]).nullable(),
  claims: z.array(z.strictObject({ text: z.string(), citations: z.array(z.number().int()) })),
  citations: z.array(citationSchema),
  /** ISO time of the packet. */
  madeAt: z.string(),
});

/** sources.json */
export const sourcesSchema = z.array(
  z.strictObject({
    report: z.string(),
    publisher: z.string().nullable(),
    title: z.string().nullable(),
    byline: z.string().nullable(),
    url: z.string().nullable(),
    published,
    /** The bytes as received. */
    source: z.string(),
    sha256: z.string(),
    /** What was read from them, in UTF-8; every offset counts UTF-16 units of this text. */
    text: z.string(),
    provenance: z.looseObject({}).nullable(),
    /** The other reports that are this text; absent in packets of earlier versions. */
    copies: z
      .array(
        z.strictObject({
          report: z.string(),
          publisher: z.string().nullable(),
          title: z.string().nullable(),
          url: z.string().nullable(),
          published,
          sha256: z.string(),
        }),
      )
      .default([]),
    /** What the ledger of the collection says of the report. */
    history: z.array(z.strictObject({ at: z.string(), event: z.string(), sha256: z.string() })),
  }),
);

/** quotations.json: where each quotation was found, and what stands round it. */
export const quotationsSchema = z.array(
  z.strictObject({
    n: z.number().int(),
    report: z.string(),
    text: z.string(),
    start: z.number().int(),
    end: z.number().int(),
    sha256: z.string(),
    before: z.string(),
    quote: z.string(),
    after: z.string(),
    found: z.string(),
  }),
);

export type PacketAnswer = z.infer<typeof answerSchema>;
export type PacketSource = z.infer<typeof sourcesSchema>[number];
export type PacketQuotation = z.infer<typeof quotationsSchema>[number];

/** A report that the answer cites. */
export interface CitedReport {
  readonly report: Report;
  readonly bytes: Uint8Array;
  readonly history: PacketSource["history"];
  /** The other places of its text, the earliest published first. */
  readonly copies: readonly Pick<Report, "id" | "publisher" | "title" | "url" | "published" | "sha256">[];
}

export interface PacketInput {
  readonly answer: Omit<PacketAnswer, "format">;
  readonly reports: readonly CitedReport[];
}

/** Endings of sources by the format of the report. */
const ENDINGS: Readonly<Record<string, string>> = { jsonl: "json", telegram: "json", feed: "xml" };

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash("sha256").update(bytes).digest("hex");

/** The packet as the bytes of a .zip: the same input gives the same bytes. */
export function makePacket(input: PacketInput): Uint8Array {
  const files = new Map<string, Uint8Array>();
  const put = (name: string, content: string | Uint8Array): void =>
    void files.set(name, typeof content === "string" ? Buffer.from(content) : content);
  const json = (name: string, value: unknown): void => put(name, `${JSON.stringify(value, null, 2)}\n`);
  const sources = input.reports.map((cited, index) => sourceOf(cited, index + 1));
  const answer: PacketAnswer = { format: PACKET_FORMAT, ...input.answer };
  const quotations = answer.citations.map((citation) => quotationOf(citation, input.reports, sources));
  for (const [index, { report, bytes }] of input.reports.entries()) {
    const source = sources[index];
    if (source === undefined) continue;
    put(source.source, bytes);
    put(source.text, report.body);
  }
  json("answer.json", answerSchema.parse(answer));
  json("sources.json", sources);
  json("quotations.json", quotations);
  put("answer.html", packetPage({ answer, sources, quotations }));
  put("README.txt", README);
  put(SUMS, sumsOf(files));
  return pack(sorted(files));
}

/** The lines of SHA256SUMS, as sha256sum writes them, in order of the names. */
export function sumsOf(files: Files): string {
  return [...sorted(files)].map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`).join("");
}

/** In the order in which a packet holds its files. */
export function sorted(files: Files): Files {
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sourceOf({ report, history, copies }: CitedReport, number: number): PacketSource {
  const name = `${String(number).padStart(2, "0")}-${report.id.replace(/[^A-Za-z0-9_-]+/g, "_").slice(0, 60)}`;
  const format = report.provenance?.format ?? "txt";
  const { publisher, title, byline, url, provenance } = report;
  return {
    report: report.id,
    ...{ publisher, title, byline, url, published: { ...report.published } },
    source: `sources/${name}.${ENDINGS[format] ?? format}`,
    sha256: report.sha256,
    text: `texts/${name}.txt`,
    provenance: provenance === undefined ? null : { ...provenance },
    copies: copies.map(({ id, published, ...copy }) => ({
      report: id,
      ...{ publisher: copy.publisher, title: copy.title, url: copy.url },
      published: { ...published },
      sha256: copy.sha256,
    })),
    history: [...history],
  };
}

function quotationOf(
  { n, report: id, start, end, quote }: PacketAnswer["citations"][number],
  reports: readonly CitedReport[],
  sources: readonly PacketSource[],
): PacketQuotation {
  const body = reports.find(({ report }) => report.id === id)?.report.body ?? "";
  const text = sources.find(({ report }) => report === id)?.text ?? "";
  return {
    ...{ n, report: id, text, start, end },
    sha256: sha256(quote),
    before: body.slice(Math.max(0, start - CONTEXT), start),
    quote,
    after: body.slice(end, end + CONTEXT),
    found: `The ${end - start} UTF-16 units from ${start} to ${end} of ${text} are the quotation, letter for letter.`,
  };
}

const README = `This packet proves an answer.

answer.html      the answer for reading, with its quotations in their places
answer.json      the same for programs
sources/         every cited report, byte for byte as it was received
texts/           what was read from each of them (UTF-8); quotations are quoted from these texts
sources.json     publisher, address, days, format, reader, hashes and history of each report, and where else its text
                 was published
quotations.json  where each quotation stands
SHA256SUMS       sha256 of every file: "sha256sum -c SHA256SUMS" checks them

"npm run verify -- FILE" of Isnad checks all of it, offline: the hashes, each quotation in its text, each text against
its source, and the archive itself. Whoever could replace the whole packet could also replace the hashes in it: keep
the sha256 of the packet, which is also in its file name, where nobody can change it.
`;
