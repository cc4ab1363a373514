/** What doctor examines of the workers in PostgreSQL. A check never throws. */

import { openMigrated } from "./bot-state.ts";
import type { Check } from "./doctor-checks.ts";
import { failureLine } from "./failure.ts";

/** Seconds that an update may wait while workers are there. */
const LONG_WAIT = 60;

/** Whether the database is there and migrated, and how it stands with the queue. `now` in milliseconds since 1970. */
export async function checkQueue(url: string, now: number): Promise<Check> {
  try {
    const { readQueue } = await import("../state/postgres/overview.ts");
    const database = await openMigrated(url, 2);
    const { workers, waiting, oldest, deadLetters } = await readQueue(database, now).finally(() =>
      database.close(),
    );
    const detail = `${workers.length} workers, ${waiting} updates waiting, ${deadLetters} dead letters`;
    if (deadLetters > 0) {
      const remedy = "npm run -s queue shows them; --requeue ID tries one again";
      return { name: "queue", status: "warning", detail, remedy };
    }
    if (waiting > 0 && (oldest ?? 0) > LONG_WAIT) {
      const remedy = workers.length === 0 ? "start the bot" : "start more workers, or see their logs";
      return { name: "queue", status: "warning", detail: `${detail}, the first since ${oldest} s`, remedy };
    }
    return { name: "queue", status: "ok", detail, remedy: null };
  } catch (error) {
    const remedy = "mend what it says, then run npm run doctor again";
    return { name: "queue", status: "failed", detail: failureLine(error), remedy };
  }
}
