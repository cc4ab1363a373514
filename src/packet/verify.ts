/** Whether a packet is as it was made, and what was changed if not. Offline, from its bytes alone. */

import { receiveBytes } from "../report/receive-bytes.ts";
import type { Step } from "../report/received.ts";
import {
  answerSchema,
  type PacketSource,
  quotationsSchema,
  SUMS,
  sha256,
  sorted,
  sourcesSchema,
  sumsOf,
} from "./packet.ts";
import { type Files, pack, unpack } from "./zip.ts";

export interface PacketVerdict {
  /** One English line for each thing that was changed; empty for a packet that is as it was made. */
  readonly findings: readonly string[];
  readonly files: number;
  readonly quotations: number;
  /** Of the packet itself: to be compared with what its maker told. */
  readonly sha256: string;
}

/** Checks the hashes, every quotation in its text, every text against its source, and the archive itself. */
export async function verifyPacket(archive: Uint8Array): Promise<PacketVerdict> {
  const digest = sha256(archive);
  const files = unpack(archive);
  if (files === null)
    return {
      findings: ["the archive cannot be read: it was cut short, or its headers were changed"],
      files: 0,
      quotations: 0,
      sha256: digest,
    };
  const findings = sumsFindings(files);
  const content = await contentFindings(files);
  findings.push(...content.findings);
  if (findings.length === 0 && !Buffer.from(pack(sorted(files))).equals(archive))
    findings.push("the headers of the archive were changed; the files in it were not");
  return { findings, files: files.size, quotations: content.quotations, sha256: digest };
}

function sumsFindings(files: Files): string[] {
  const stated = files.get(SUMS);
  if (stated === undefined) return [`${SUMS} is missing`];
  const findings: string[] = [];
  const text = Buffer.from(stated).toString("utf8");
  const sums = new Map(
    [...text.matchAll(/^([0-9a-f]{64}) {2}(.+)$/gm)].map(([, hash, name]) => [name, hash]),
  );
  for (const [name, bytes] of files) {
    if (name === SUMS) continue;
    const sum = sums.get(name);
    if (sum === undefined)
      findings.push(`${name} is not listed in ${SUMS}: it was put in, or its name was changed`);
    else if (sum !== sha256(bytes)) findings.push(`${name} was changed, or its line in ${SUMS} was`);
  }
  for (const name of sums.keys())
    if (name !== undefined && !files.has(name)) findings.push(`${name} is missing`);
  const own = new Map([...files].filter(([name]) => name !== SUMS));
  if (findings.length === 0 && text !== sumsOf(own)) findings.push(`${SUMS} was changed`);
  return findings;
}

async function contentFindings(files: Files): Promise<{ findings: string[]; quotations: number }> {
  const findings: string[] = [];
  const answer = parsed(files, "answer.json", answerSchema, findings);
  const sources = parsed(files, "sources.json", sourcesSchema, findings);
  const quotations = parsed(files, "quotations.json", quotationsSchema, findings);
  if (answer === null || sources === null || quotations === null) return { findings, quotations: 0 };
  const texts = new Map<string, string>();
  for (const source of sources) {
    const text = files.get(source.text);
    texts.set(source.report, text === undefined ? "" : Buffer.from(text).toString("utf8"));
    findings.push(
      ...(await sourceFindings(source, files.get(source.source), texts.get(source.report) ?? "")),
    );
  }
  for (const { n, report, quote, start, end } of answer.citations) {
    if (texts.get(report)?.slice(start, end) !== quote)
      findings.push(`the quotation [${n}] does not stand at ${start}–${end} of the report ${report}`);
    const located = quotations.find((each) => each.n === n);
    if (located?.quote !== quote || located.start !== start || located.report !== report)
      findings.push(`quotations.json and answer.json differ about the quotation [${n}]`);
  }
  return { findings, quotations: answer.citations.length };
}

function parsed<T>(
  files: Files,
  name: string,
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  findings: string[],
): T | null {
  const bytes = files.get(name);
  let value: unknown = null;
  try {
    value = JSON.parse(Buffer.from(bytes ?? new Uint8Array()).toString("utf8"));
  } catch {
    // The schema refuses what is no JSON.
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  findings.push(`${name} ${bytes === undefined ? "is missing" : "is not of its form"}`);
  return null;
}

/** Formats whose bytes are a document of their own, so that they can be read again from the packet alone. */
const REREAD = ["txt", "md", "html", "docx", "pdf", "json"] as const;

async function sourceFindings(
  source: PacketSource,
  bytes: Uint8Array | undefined,
  text: string,
): Promise<string[]> {
  if (bytes === undefined) return [];
  if (sha256(bytes) !== source.sha256)
    return [
      `${source.source} is not the file whose sha256 sources.json states for the report ${source.report}`,
    ];
  const format = REREAD.find((each) => each === source.provenance?.format);
  if (format === undefined) return [];
  const steps: Step[] = [];
  for await (const step of receiveBytes(format, { file: source.source, bytes, meta: null })) steps.push(step);
  const again = steps.find((step) => "received" in step)?.received;
  // Another version of the reader may read otherwise; then only the hashes speak.
  if (again?.parser !== source.provenance?.parser) return [];
  return again?.body === text ? [] : [`${source.text} is not what ${source.source} reads as`];
}
