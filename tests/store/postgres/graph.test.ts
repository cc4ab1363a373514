import { describe, expect, it } from "vitest";
import { PostgresError } from "../../../src/postgres/error.ts";
import type { Postgres } from "../../../src/postgres/postgres.ts";
import { makeGraph, memoryFor } from "../../../src/store/postgres/graph.ts";

describe("memory for making the graph of neighbours", () => {
  it("is what the graph of a million vectors was measured to take, and some to spare", () => {
    expect(memoryFor(1_000_000, 384)).toBeGreaterThan(1_106);
    expect(memoryFor(1_000_000, 384)).toBeLessThan(2_048);
  });
  it("grows with the graph and is never little", () => {
    expect(memoryFor(20_000, 384)).toBe(1_024);
    expect(memoryFor(10_000_000, 384)).toBeGreaterThan(9 * memoryFor(1_000_000, 384));
  });
});

describe("making the graph of neighbours", () => {
  /** What is sent when the first CREATE INDEX fails with a code of the server's. */
  async function sentWhen(code: string): Promise<{ sent: string[]; error: unknown }> {
    const sent: string[] = [];
    const rows = async (sql: string): Promise<never[]> => {
      sent.push(sql.split(" ").slice(0, 2).join(" "));
      if (sql.startsWith("CREATE") && !sent.slice(0, -1).includes("CREATE INDEX"))
        throw new PostgresError("could not resize shared memory segment", { problem: "full", code });
      return [];
    };
    const session = { rows, release: () => undefined, lost: new Promise<string>(() => undefined) };
    const database = { session: async () => session } as unknown as Postgres;
    const embedder = { model: { dimension: 384 } } as unknown as Parameters<typeof makeGraph>[1]["embedder"];
    const making = makeGraph(database, { model: 1, passages: 10, neighboursFrom: 1, embedder });
    return { error: await making.catch((error: unknown) => error), sent };
  }

  it("goes on without parallel workers where their shared memory is too small", async () => {
    expect(await sentWhen("53100")).toEqual({
      error: undefined,
      sent: [
        "SET maintenance_work_mem",
        "CREATE INDEX",
        "SET max_parallel_maintenance_workers",
        "CREATE INDEX",
        "RESET maintenance_work_mem",
        "RESET max_parallel_maintenance_workers",
      ],
    });
  });
  it("is not tried again after another failure", async () => {
    const { sent, error } = await sentWhen("57014");
    expect(error).toBeInstanceOf(PostgresError);
    expect(sent).toEqual(["SET maintenance_work_mem", "CREATE INDEX"]);
  });
});
