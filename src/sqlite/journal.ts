/**
 * Whether the journal of a database (its -wal file) has lost something. SQLite reads it up to the first frame whose
 * checksum is wrong, and says nothing of the committed ones behind it. The format: https://www.sqlite.org/fileformat2.html#walformat
 */
import { existsSync, readFileSync } from "node:fs";

const HEADER = 32;
const FRAME_HEADER = 24;
const MAGIC = 0x377f0682;
const DAMAGED_CHANGE = "a change that was committed is damaged";

/**
 * What is wrong with the journal, in a few English words, or null. A frame that a killed process did not finish is not
 * wrong: it is the last of its round, and where it ends a change frames of an earlier round stand behind it, over which it
 * was being written. What was cut off at the border of two frames cannot be seen.
 */
export function journalDamage(file: string): string | null {
  const path = `${file}-wal`;
  if (!existsSync(path)) return null;
  const wal = readFileSync(path);
  if (wal.length < HEADER) return null;
  const magic = wal.readUInt32BE(0);
  const pageSize = wal.readUInt32BE(8);
  if ((magic | 1) !== (MAGIC | 1) || pageSize < 512 || pageSize > 65_536) return "its head is damaged";
  const read = (at: number): number => (magic === MAGIC ? wal.readUInt32LE(at) : wal.readUInt32BE(at));
  let sums = checksum(read, 0, 24, [0, 0]);
  if (!holds(wal, 24, sums)) return "its head is damaged";
  const size = FRAME_HEADER + pageSize;
  let whole = true;
  /** A frame that ends a change with a wrong sum, and behind it nothing of its round so far. */
  let unfinished = false;
  let overwrites = false;
  for (let at = HEADER; at + size <= wal.length; at += size) {
    // Frames of an earlier round stand behind those of this one.
    const first = wal.readUInt32BE(at + 8) === wal.readUInt32BE(16);
    const second = wal.readUInt32BE(at + 12) === wal.readUInt32BE(20);
    if (!first && !second) {
      whole = false;
      overwrites ||= unfinished;
      continue;
    }
    if (first !== second) return "a frame is damaged";
    if (unfinished) return DAMAGED_CHANGE;
    sums = checksum(read, at + FRAME_HEADER, at + size, checksum(read, at, at + 8, sums));
    const wasWhole = whole;
    whole &&= holds(wal, at + 16, sums);
    if (whole || wal.readUInt32BE(at + 4) === 0) continue;
    if (!wasWhole) return DAMAGED_CHANGE;
    unfinished = true;
  }
  return unfinished && !overwrites ? DAMAGED_CHANGE : null;
}

type Sums = readonly [number, number];

function checksum(read: (at: number) => number, from: number, to: number, [a, b]: Sums): Sums {
  let first = a;
  let second = b;
  for (let at = from; at < to; at += 8) {
    first = (first + read(at) + second) >>> 0;
    second = (second + read(at + 4) + first) >>> 0;
  }
  return [first, second];
}

function holds(wal: Buffer, at: number, [a, b]: Sums): boolean {
  return wal.readUInt32BE(at) === a && wal.readUInt32BE(at + 4) === b;
}
