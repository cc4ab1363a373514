/** The file of a ledger: lines are only ever added to it. */
import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import {
  historyIn,
  type Ledger,
  type LedgerEntry,
  ledgerLines,
  type Present,
  parseLedger,
} from "./ledger.ts";

/** The ledger of a file; an empty one where there is none. */
export async function readLedger(file: string): Promise<Ledger> {
  return parseLedger(await textOf(file));
}

/** What befell one report, the earliest first. Programs that run for long ask so: they need no proof of the whole. */
export async function readHistory(file: string, id: string): Promise<LedgerEntry[]> {
  return historyIn(await textOf(file), id);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return "";
    throw cause;
  }
}

/** Writes down what has come, changed and gone since the last line. Returns how many lines it added. */
export async function updateLedger(file: string, present: readonly Present[], at: string): Promise<number> {
  const lines = ledgerLines(await readLedger(file), present, at);
  if (lines === "") return 0;
  await mkdir(dirname(file), { recursive: true });
  const handle = openSync(file, "a", 0o600);
  try {
    writeSync(handle, lines);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return lines.split("\n").length - 1;
}
