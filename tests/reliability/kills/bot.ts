/** The bot with a state on disk, to be killed: bot API_ROOT TOKEN STATE_DIR. Every answer names its question, and offers one more. */
import { setTimeout as sleep } from "node:timers/promises";
import { lockState } from "../../../src/state/lock.ts";
import { openState } from "../../../src/state/sqlite.ts";
import { runTelegram } from "../../../src/telegram/bot.ts";
import { makeSources } from "../../telegram/collection.ts";

const [apiRoot = "", token = "", stateDir = ""] = process.argv.slice(2);
const stop = new AbortController();
process.on("SIGTERM", () => stop.abort());
const lock = lockState(stateDir);
const state = openState(`${stateDir}/state.sqlite`, (line) => process.stderr.write(`${line}\n`));
const ending = await runTelegram({
  token,
  apiRoot,
  async answer({ text }) {
    await sleep(text.length % 5 === 0 ? 90 : text.length % 3);
    const offers = text.startsWith("فرع") ? [] : [{ label: "فرع", question: `فرع ${text}` }];
    return { kind: "help", lines: [`جواب: ${text}`], offers, scope: { dates: [], places: [] } };
  },
  sources: makeSources(),
  state,
  access: { mode: "open" },
  examples: [],
  now: Date.now,
  log: (event) => process.stdout.write(`${event}\n`),
  signal: stop.signal,
});
await state.close();
lock.release();
process.exitCode = ending.kind === "stopped" ? 0 : 1;
