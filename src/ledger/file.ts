/** The file of a ledger: lines are only ever added to it. */
import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Ledger, ledgerLines, type Present, parseLedger } from "./ledger.ts";

/** The ledger of a file; an empty one where there is none. */
export async function readLedger(file: string): Promise<Ledger> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return parseLedger("");
    throw cause;
  }
  return parseLedger(text);
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
