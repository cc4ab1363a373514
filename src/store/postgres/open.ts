import type { Postgres } from "../../postgres/postgres.ts";
import { type Store, StoreError } from "../store.ts";
import { currentGeneration, holdCurrent, purge } from "./generation.ts";
import { readHeads } from "./heads.ts";
import { type DatabasePlace, openForReading } from "./place.ts";
import { DatabaseStore } from "./store.ts";

/** Opens the newest generation. Throws StoreError when there is none, PostgresError when the server cannot be used. */
export async function openDatabaseStore(place: DatabasePlace): Promise<Store> {
  const database = await openForReading(place);
  try {
    const held = await holdCurrent(database);
    if (held === null)
      throw new StoreError(
        `The schema ${database.schema} of ${database.shown} holds no index; run npm run index.`,
      );
    const { generation } = held;
    let closed = false;
    const close = async (): Promise<void> => {
      if (closed) return;
      closed = true;
      await held.release();
      // Whoever closes a generation that was replaced may be its last reader. What fails here is done by the next build.
      await purgeReplaced(database, generation.number, place.grace).catch(() => undefined);
      await database.close();
    };
    const store = new DatabaseStore({
      database,
      generation,
      close,
      ...(await readHeads(database, generation)),
    });
    forgotten.register(store, close);
    return store;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function purgeReplaced(database: Postgres, number: number, grace?: number): Promise<void> {
  const current = await currentGeneration(database);
  if (current !== null && current.number !== number) await purge(database, grace);
}

/** A store that nobody holds any more gives its connections and its generation back, also when nobody closed it. */
const forgotten = new FinalizationRegistry<() => Promise<void>>((close) => {
  // It is gone either way: the server ends what is left of it.
  close().catch(() => undefined);
});
