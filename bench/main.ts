/**
 * All benchmarks one after the other, each in a process of its own; each writes its section of bench/RESULTS.md.
 * Run: npm run bench [-- --all] [--python PROGRAM] [--cache DIR]. Without --all only those that take a minute or two:
 * the answers about the five reports and collections of 1,000 and 10,000 passages.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DEFAULT_CACHE } from "./collection.ts";
import { ROOT } from "./results.ts";

const { values } = parseArgs({
  options: {
    all: { type: "boolean", default: false },
    python: { type: "string", default: "python3" },
    cache: { type: "string", default: DEFAULT_CACHE },
  },
});

const SHORT = [["answers.js"], ["scale.js", "--passages", "1000,10000", "--cache", values.cache]] as const;
const ALL = [
  ["answers.js"],
  ["throughput.js", "--python", values.python, "--cache", values.cache],
  ["scale.js", "--passages", "1000,10000,100000", "--embedded", "2000", "--cache", values.cache],
  ["peers.js", "--passages", "100000", "--cache", values.cache],
] as const;

const begun = performance.now();
const failed: string[] = [];
for (const [script, ...args] of values.all ? ALL : SHORT) {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, script), ...args], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0) failed.push(script);
}
console.log(`benchmarks ended after ${((performance.now() - begun) / 60_000).toFixed(1)} minutes`);
if (failed.length > 0) console.error(`without result: ${failed.join(", ")}`);
process.exitCode = failed.length > 0 ? 1 : 0;
