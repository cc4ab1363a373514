/**
 * Two hundred people at once, against the fake Bot API: npm run load (-- --people N --slow N --kills N). Prints what it
 * measures and keeps it in docs/RELIABILITY.md; ends with 1 when anything that must hold does not.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runLoad } from "./load/run.ts";
import { markdownTable, ROOT, spread, writeSection } from "./results.ts";

const { values: options } = parseArgs({
  options: {
    people: { type: "string", default: "200" },
    slow: { type: "string", default: "50" },
    "slow-ms": { type: "string", default: "8000" },
    refusals: { type: "string", default: "40" },
    questions: { type: "string", default: "3" },
    kills: { type: "string", default: "3" },
  },
});
const [people, slow, kills] = [Number(options.people), Number(options.slow), Number(options.kills)];
const [slowMs, refusals] = [Number(options["slow-ms"]), Number(options.refusals)];
const questions = Number(options.questions);

const folder = mkdtempSync(join(tmpdir(), "isnad-load-"));
try {
  const { problems, delays, answers, notices, overRate, killSeconds } = await runLoad({
    root: ROOT,
    indexDir: join(folder, "index"),
    stateDir: join(folder, "state"),
    ...{ people, slow, slowMs, refusals, questions, kills },
    say: (line) => process.stderr.write(`load: ${line}\n`),
  });
  const table = markdownTable(
    ["from question to answer, ms", "p50", "p95", "p99", "longest"],
    [
      [`${people} people at once, no slow model`, ...spread(delays.quick)],
      [`the others, while ${slow} wait ${slowMs / 1000} s for a model`, ...spread(delays.beside)],
      [`${people} people at once, ${refusals} calls refused with 429`, ...spread(delays.refused)],
    ],
  );
  const total = people * questions;
  const body = [
    "The real bot with the real index and a model's endpoint, against the fake Bot API at Telegram's rates (30 messages a",
    "second in all, so that the two hundredth answer cannot come before some seven seconds). `npm run load`.",
    "",
    table,
    "",
    `- ${kills} kills (SIGKILL) while ${people} people asked ${questions} questions each, ${killSeconds} s in all: ${answers} of ${total} answers came, once`,
    `  each and in order; ${notices} of the questions cut off while their answer was being sent got the sentence that says so.`,
    `- Calls that Telegram's own rates refused: ${overRate}. Problems: ${problems.length === 0 ? "none" : problems.length}.`,
  ].join("\n");
  writeSection("Many people at once", body, "docs/RELIABILITY.md");
  for (const problem of problems) process.stderr.write(`load: ${problem}\n`);
  process.exitCode = problems.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
