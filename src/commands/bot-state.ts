/** The state of the bot where the configuration says: a file for one process, or PostgreSQL for several workers. */
import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Config } from "../config.ts";
import type { Postgres } from "../postgres/postgres.ts";
import { lockState } from "../state/lock.ts";
import type { Membership } from "../state/shared.ts";
import { openState } from "../state/sqlite.ts";
import type { State } from "../state/state.ts";

export const STATE_FILE = "state.sqlite";

/** Three connections are kept for locks and notices; the rest is for the answers under way. */
const CONNECTIONS = 16;

export interface BotState {
  readonly state: State;
  /** Null for a bot that is one process. */
  readonly member: Membership | null;
  close(): Promise<void>;
}

type Where = Pick<Config, "DATABASE_URL" | "STATE_DIR">;

/** Takes the state for this bot: alone, or as one worker among others. Throws StateError or PostgresError. */
export async function openBotState(where: Where, onWarning: (line: string) => void): Promise<BotState> {
  if (where.DATABASE_URL !== null) return joinedState(where.DATABASE_URL, onWarning);
  const lock = lockState(where.STATE_DIR);
  const state = openState(join(where.STATE_DIR, STATE_FILE), onWarning);
  return {
    state,
    member: null,
    async close() {
      await state.close();
      lock.release();
    },
  };
}

async function joinedState(url: string, onWarning: (line: string) => void): Promise<BotState> {
  const [{ joinWorkers }, database] = await Promise.all([
    import("../state/postgres/membership.ts"),
    openMigrated(url, CONNECTIONS),
  ]);
  try {
    const member = await joinWorkers({ database, name: `${hostname()} ${process.pid}`, onWarning });
    return {
      state: member.state,
      member,
      async close() {
        await member.leave();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The state for a command that looks into it beside the bot; null when there is none yet. */
export async function openStateBeside(
  where: Where,
): Promise<{ readonly state: State; close(): Promise<void> } | null> {
  if (where.DATABASE_URL === null) {
    const file = join(where.STATE_DIR, STATE_FILE);
    if (!existsSync(file)) return null;
    const state = openState(file);
    return { state, close: () => state.close() };
  }
  const { openPostgresState } = await import("../state/postgres/state.ts");
  const database = await openMigrated(where.DATABASE_URL, 2);
  return { state: openPostgresState({ database }), close: () => database.close() };
}

/** The database, once its migrations have been run. Throws PostgresError. */
export async function openMigrated(url: string, connections: number): Promise<Postgres> {
  const [{ openPostgres }, { requireMigrated }] = await Promise.all([
    import("../postgres/database.ts"),
    import("../postgres/migrate.ts"),
  ]);
  const database = await openPostgres({ url, connections });
  try {
    await requireMigrated(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
