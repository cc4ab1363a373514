import { readConfig } from "../config.ts";
import type { Postgres } from "../postgres/postgres.ts";
import type { DeadLetter, DeadLetters } from "../state/shared.ts";
import { parseArguments, refusePositionals } from "./arguments.ts";
import { openMigrated } from "./bot-state.ts";
import { type Command, type CommandContext, UsageError } from "./command.ts";

const OPTIONS = {
  json: { type: "boolean", help: "print {workers: [...], waiting, oldest, deadLetters: [...]}" },
  requeue: {
    type: "string",
    value: "ID",
    help: "put a dead letter back into the queue; all for each of them",
  },
  drop: { type: "string", value: "ID", help: "throw a dead letter away; all for each of them" },
} as const;

export const command: Command = {
  name: "queue",
  summary: "Shows the workers, what waits for them, and what they could not answer",
  usage: "npm run -s queue -- [--json] [--requeue ID|all] [--drop ID|all]",
  options: OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, OPTIONS);
    refusePositionals(positionals);
    const { DATABASE_URL: url } = readConfig({ env: context.env, root: context.root });
    if (url === null)
      throw new UsageError("needs DATABASE_URL: without it one process answers, and nothing is queued");
    const { openDeadLetters } = await import("../state/postgres/queue.ts");
    const database = await openMigrated(url, 2);
    try {
      const letters = openDeadLetters(database, (line) => context.stderr.write(`${line}\n`));
      const { requeue, drop } = values;
      if (requeue !== undefined) return await forEach(requeue, letters, letters.requeue, context, "put back");
      if (drop !== undefined) return await forEach(drop, letters, letters.drop, context, "thrown away");
      await show(database, await letters.list(), { json: values.json ?? false, context });
      return 0;
    } finally {
      await database.close();
    }
  },
};

/** Does it with one dead letter or with each; 1 when there is no such one. */
async function forEach(
  which: string,
  letters: DeadLetters,
  act: (updateId: number) => Promise<boolean>,
  { stdout, stderr }: CommandContext,
  done: string,
): Promise<number> {
  if (which !== "all" && !/^\d{1,15}$/.test(which))
    throw new UsageError(`takes the number of a dead letter, or all; not ${which}`);
  const ids = which === "all" ? (await letters.list()).map(({ updateId }) => updateId) : [Number(which)];
  let count = 0;
  for (const id of ids) if (await act(id)) count += 1;
  if (which !== "all" && count === 0) {
    stderr.write(`isnad queue: there is no dead letter ${which}; npm run -s queue lists them\n`);
    return 1;
  }
  stdout.write(`${count} ${done}\n`);
  return 0;
}

async function show(
  database: Postgres,
  letters: readonly DeadLetter[],
  { json, context }: { readonly json: boolean; readonly context: CommandContext },
): Promise<void> {
  const { readQueue } = await import("../state/postgres/overview.ts");
  const { workers, waiting, oldest } = await readQueue(database, context.now().getTime());
  if (json) {
    context.stdout.write(`${JSON.stringify({ workers, waiting, oldest, deadLetters: letters })}\n`);
    return;
  }
  const at = (milliseconds: number): string => new Date(milliseconds).toISOString();
  const lines = [
    `Workers: ${workers.length}`,
    ...workers.map(({ id, name, silent, leads, turns }) => {
      return `  ${id}  ${name}  seen ${silent} s ago, works on ${turns}${leads ? ", leads" : ""}`;
    }),
    `Waiting: ${waiting}${oldest === null ? "" : `, the first since ${oldest} s`}`,
    `Dead letters: ${letters.length}`,
    ...letters.map(({ updateId, failedAt, attempts, reason }) => {
      return `  ${updateId}  ${at(failedAt)}  tried ${attempts} times: ${reason}`;
    }),
  ];
  context.stdout.write(`${lines.join("\n")}\n`);
}
