/**
 * The bot as a process of its own, to be killed: node bot-process.mjs DIST API_ROOT TOKEN STATE_FILE. It answers every
 * question with its own words, some slowly, so that a killed one is cut off at every stage of the work.
 */
import { pathToFileURL } from "node:url";

const [dist, apiRoot, token, stateFile] = process.argv.slice(2);
const { runTelegram } = await import(pathToFileURL(`${dist}/telegram/bot.js`));
const { openState } = await import(pathToFileURL(`${dist}/state/sqlite.js`));

const stop = new AbortController();
process.on("SIGTERM", () => stop.abort());
const state = openState(stateFile);
const ending = await runTelegram({
  token,
  apiRoot,
  async answer({ text }) {
    await new Promise((resolve) => setTimeout(resolve, text.length % 7 === 0 ? 120 : 5));
    return { kind: "help", lines: [`جواب: ${text}`], offers: [], scope: { dates: [], places: [] } };
  },
  sources: {
    report: async () => null,
    source: async () => null,
    passageById: async () => null,
    reportList: async () => [],
  },
  state,
  access: { mode: "open" },
  examples: [],
  now: Date.now,
  log: (event, details) => process.stderr.write(`${event} ${JSON.stringify(details ?? {})}\n`),
  signal: stop.signal,
});
await state.close();
process.stdout.write(`${JSON.stringify(ending)}\n`);
process.exitCode = ending.kind === "stopped" ? 0 : 1;
