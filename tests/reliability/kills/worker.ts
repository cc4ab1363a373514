/**
 * One worker of a bot, to be killed: worker API_ROOT TOKEN DATABASE_URL [WEBHOOK_PORT]. Every answer names its question;
 * a question that says so fails, or ends the process that answers it.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { openPostgres } from "../../../src/postgres/database.ts";
import { joinWorkers } from "../../../src/state/postgres/membership.ts";
import { runTelegram } from "../../../src/telegram/bot.ts";
import { makeSources } from "../../telegram/collection.ts";

const [apiRoot = "", token = "", url = "", port = ""] = process.argv.slice(2);
const stop = new AbortController();
process.on("SIGTERM", () => stop.abort());
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const database = await openPostgres({ url, connections: 12 });
const member = await joinWorkers({ database, name: `test ${process.pid}`, onWarning: say });
const ending = await runTelegram({
  token,
  apiRoot,
  async answer({ text }) {
    if (text.startsWith("خطأ")) throw new TypeError("to be tried again");
    if (text.startsWith("موت")) process.exit(9);
    await sleep(text.length % 5 === 0 ? 90 : text.length % 3);
    return { kind: "help", lines: [`جواب: ${text}`], offers: [], scope: { dates: [], places: [] } };
  },
  sources: makeSources(),
  state: member.state,
  member,
  webhook: port === "" ? null : { url: "https://bot.example/hook", host: "127.0.0.1", port: Number(port) },
  access: { mode: "open" },
  examples: [],
  now: Date.now,
  log: (event, details) => say(`${event} ${JSON.stringify(details ?? {})}`),
  signal: stop.signal,
});
await member.leave();
await database.close();
process.exitCode = ending.kind === "stopped" ? 0 : 1;
