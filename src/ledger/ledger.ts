/**
 * The history of a collection: one line for each time that a report came, changed or went, each with the hash of the
 * line before it. A line that is changed or taken out later shows. Reports stand in it as hashes of their ids, so that
 * nothing of a removed report is left.
 */
import { createHash } from "node:crypto";
import { z } from "zod";

const hex = z.string().regex(/^[0-9a-f]{64}$/);

const entrySchema = z.strictObject({
  /** From 1, without gaps. */
  n: z.number().int().positive(),
  /** ISO time. */
  at: z.string(),
  event: z.enum(["received", "changed", "removed"]),
  /** `reportMark` of its id. */
  report: z.string(),
  /** Of the bytes as received; of a removed report those it had. */
  sha256: hex,
  /** sha256 of the line before; of the first line zeros. */
  previous: hex,
});

export type LedgerEntry = z.infer<typeof entrySchema>;

/** A report as it is in the collection now. */
export interface Present {
  readonly id: string;
  readonly sha256: string;
}

export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  /** Hash of the last line, which the next one must name. */
  readonly head: string;
  /** What is wrong with the chain, in one English line each; empty when it is whole. */
  readonly problems: readonly string[];
}

const START = "0".repeat(64);
const MARK_DIGITS = 24;

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** What stands for the id of a report. */
export function reportMark(id: string): string {
  return sha256(`report ${id}`).slice(0, MARK_DIGITS);
}

/** Reads a ledger and checks its chain. Never throws: a damaged line is a problem. */
export function parseLedger(text: string): Ledger {
  const lines = text.split("\n");
  const problems: string[] = [];
  const entries: LedgerEntry[] = [];
  if (lines.at(-1) !== "") problems.push("the last line is cut off");
  else lines.pop();
  let head = START;
  for (const [index, line] of lines.entries()) {
    const parsed = entrySchema.safeParse(parseJson(line));
    if (!parsed.success) problems.push(`line ${index + 1} is damaged`);
    else {
      const { n, previous } = parsed.data;
      if (n !== index + 1)
        problems.push(`line ${index + 1} has the number ${n}: lines were taken out or put in`);
      else if (previous !== head)
        problems.push(`line ${index} was changed after line ${index + 1} was written`);
      if (entryLine(parsed.data) !== line) problems.push(`line ${index + 1} is not as it was written`);
      entries.push(parsed.data);
    }
    head = sha256(line);
  }
  return { entries, head, problems };
}

/** The lines to add, each with its line break, when the collection is now as given; in order of id. */
export function ledgerLines(ledger: Ledger, present: readonly Present[], at: string): string {
  const known = currentHashes(ledger.entries);
  const changes: Pick<LedgerEntry, "event" | "report" | "sha256">[] = [];
  for (const { id, sha256: hash } of present) {
    const report = reportMark(id);
    const before = known.get(report);
    known.delete(report);
    if (before === undefined) changes.push({ event: "received", report, sha256: hash });
    else if (before !== hash) changes.push({ event: "changed", report, sha256: hash });
  }
  for (const [report, hash] of known) changes.push({ event: "removed", report, sha256: hash });
  let { head } = ledger;
  let n = ledger.entries.at(-1)?.n ?? 0;
  return changes
    .map((change) => {
      n += 1;
      const line = entryLine({ n, at, ...change, previous: head });
      head = sha256(line);
      return `${line}\n`;
    })
    .join("");
}

/** What befell one report, the earliest first. */
export function historyOf(entries: readonly LedgerEntry[], id: string): LedgerEntry[] {
  const mark = reportMark(id);
  return entries.filter(({ report }) => report === mark);
}

/** The same from the text of a ledger: lines of other reports are not even parsed, and the chain is not checked. */
export function historyIn(text: string, id: string): LedgerEntry[] {
  const mark = `"${reportMark(id)}"`;
  const entries: LedgerEntry[] = [];
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) {
    const end = text.indexOf("\n", at);
    const line = text.slice(text.lastIndexOf("\n", at) + 1, end === -1 ? text.length : end);
    const parsed = entrySchema.safeParse(parseJson(line));
    if (parsed.success) entries.push(parsed.data);
  }
  return historyOf(entries, id);
}

/** Of each report that is in the collection after these entries, the hash of its bytes. */
function currentHashes(entries: readonly LedgerEntry[]): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const { event, report, sha256: hash } of entries) {
    if (event === "removed") hashes.delete(report);
    else hashes.set(report, hash);
  }
  return hashes;
}

function entryLine({ n, at, event, report, sha256: hash, previous }: LedgerEntry): string {
  return JSON.stringify({ n, at, event, report, sha256: hash, previous });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
