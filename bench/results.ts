/** What a benchmark found, printed and kept in bench/RESULTS.md, one section for each benchmark. */
import { readFileSync, writeFileSync } from "node:fs";
import { arch, availableParallelism, loadavg, platform, totalmem } from "node:os";
import { join } from "node:path";

/** The project's folder, seen from dist-bench/bench/. */
export const ROOT = join(import.meta.dirname, "..", "..");
const FILE = "bench/RESULTS.md";

const HEADING = `# Results of the benchmarks
Written by \`npm run bench\` (each benchmark writes its own section; \`-- --all\` runs the long ones too). Times depend
on the machine and on what else it does: the load is its average number of running processes in the minute before.
`;

/** Where and when a section was measured; no name of the machine. */
export function machineLine(): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = (loadavg()[0] ?? 0).toFixed(1);
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, ${availableParallelism()} cores, ${memory} GB memory, Node ${process.versions.node}, ${platform()}-${arch()}, load ${load} at the end`;
}

/** A Markdown table. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, index) => (index === 0 ? "---" : "--:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

/** Prints a section and puts it in the place of the one with its title, or at the end of the file (of the project). */
export function writeSection(title: string, body: string, file = FILE): void {
  const section = `## ${title}\n${machineLine()}\n\n${body.trim()}\n`;
  console.log(section);
  const path = join(ROOT, file);
  writeFileSync(path, withSection(readOr(path, file === FILE ? HEADING : ""), title, section));
}

function withSection(file: string, title: string, section: string): string {
  const parts = file.split(/^(?=## )/m);
  const known = parts.findIndex((part) => part.startsWith(`## ${title}\n`));
  if (known >= 0) parts[known] = section;
  else parts.push(section);
  return `${parts.map((part) => part.trim()).join("\n\n")}\n`;
}

function readOr(file: string, fallback: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return fallback;
  }
}

/** Milliseconds in the shape of a table: median, 95th and 99th of a hundred, longest. */
export function spread(values: readonly number[]): string[] {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return [at(0.5), at(0.95), at(0.99), at(1)].map((value) => value.toFixed(value < 10 ? 1 : 0));
}
