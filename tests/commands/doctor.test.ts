import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { command } from "../../src/commands/doctor.ts";
import {
  checkData,
  checkDisk,
  checkModel,
  checkNode,
  checkPackages,
  checkState,
} from "../../src/commands/doctor-checks.ts";
import { checkEndpoint, checkToken } from "../../src/commands/doctor-network.ts";
import { call, PROJECT_ROOT } from "./context.ts";

const NEVER = new AbortController().signal;
const TOKEN = "123456:very-secret-token";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "isnad-doctor-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `work` against a server on the loopback address that gives one reply to everything. */
async function withServer<T>(
  reply: { status: number; body: string },
  work: (root: string, seen: IncomingMessage[]) => Promise<T>,
): Promise<T> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    response.writeHead(reply.status, { connection: "close" }).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

describe("doctor", () => {
  it("finds this installation in order, one line for each check", async () => {
    const env = { INDEX_DIR: join(folder, "index"), STATE_DIR: join(folder, "state") };
    const called = await call(command.run, { env });
    expect(called).toMatchObject({ code: 0, stderr: "" });
    expect(called.stdout).toMatch(/^✓ Node: \d+/);
    expect(called.stdout).toContain("✓ model: multilingual-e5-small-ar-en, 5 files unchanged\n");
    expect(called.stdout).toContain("! index: missing: there is none yet → npm run index");
    expect(called.stdout).not.toMatch(/Telegram|endpoint/);
  });

  it("gives one JSON object, and exit 1 when something needed is missing", async () => {
    const env = { DATA_DIR: join(folder, "nowhere"), INDEX_DIR: folder, STATE_DIR: folder };
    const called = await call(command.run, { env, args: ["--json"] });
    expect(called.code).toBe(1);
    const { ok, checks } = JSON.parse(called.stdout);
    expect(ok).toBe(false);
    expect(checks).toContainEqual(expect.objectContaining({ name: "reports", status: "failed" }));
  });

  it("shows a wrong setting and goes no further", async () => {
    const called = await call(command.run, { env: { ACCESS: "all" } });
    expect(called.code).toBe(1);
    expect(called.stdout).toContain('✗ configuration: ACCESS holds "all"');
    expect(called.stdout).not.toContain("index");
  });
});

describe("the checks of this machine", () => {
  it.each([
    ["20.19.0", "ok"],
    ["22.1.0", "ok"],
    ["20.18.9", "failed"],
    ["18.20.0", "failed"],
  ])("Node %s is %s", (version, status) => {
    expect(checkNode(version).status).toBe(status);
  });

  it("loads the packages with native code that nothing replaces", async () => {
    const needed = (await checkPackages()).filter(({ name }) => name !== "hnswlib-node");
    expect(needed.map(({ status }) => status)).toEqual(["ok", "ok"]);
  });

  it("names the model file that is missing", async () => {
    expect((await checkModel(join(PROJECT_ROOT, "models"))).status).toBe("ok");
    const check = await checkModel(folder);
    expect(check.status).toBe("failed");
    expect(check.detail).toContain("model_q4.onnx");
  });

  it("wants at least one report", async () => {
    expect((await checkData(folder)).status).toBe("failed");
    mkdirSync(join(folder, "deep"));
    writeFileSync(join(folder, "deep", "a.txt"), "نص");
    expect((await checkData(folder)).status).toBe("ok");
  });

  it("wants a state that only its owner reads", async () => {
    const file = join(folder, "state.sqlite");
    writeFileSync(file, "");
    chmodSync(file, 0o644);
    writeFileSync(join(folder, "README.md"), "");
    expect(await checkState(folder)).toMatchObject({
      status: "warning",
      detail: expect.stringContaining("state.sqlite"),
    });
    chmodSync(file, 0o600);
    expect((await checkState(folder)).status).toBe("ok");
  });

  it("says when a file stands where a folder is needed", async () => {
    writeFileSync(join(folder, "file"), "");
    expect(await checkState(join(folder, "file", "state"))).toMatchObject({ status: "failed" });
  });

  it("measures the disk of a folder that is not there yet", async () => {
    expect((await checkDisk(join(folder, "a", "b"))).detail).toMatch(/MB free/);
  });
});

describe("the check of the token", () => {
  const check = (root: string) => checkToken({ token: TOKEN, root }, NEVER);

  it("names the bot", async () => {
    const body = JSON.stringify({ ok: true, result: { id: 1, is_bot: true, username: "isnad_bot" } });
    await withServer({ status: 200, body }, async (root, seen) => {
      expect(await check(root)).toMatchObject({ status: "ok", detail: "the token is that of @isnad_bot" });
      expect(seen.map(({ url }) => url)).toEqual([`/bot${TOKEN}/getMe`]);
    });
  });

  it.each([
    [401, '{"ok":false}', "@BotFather"],
    [404, "", "@BotFather"],
    [502, "<html>", "TELEGRAM_API_ROOT"],
    [200, "<html>", "TELEGRAM_API_ROOT"],
  ])("says what to do after HTTP %i, without the token", async (status, body, remedy) => {
    const result = await withServer({ status, body }, check);
    expect(result).toMatchObject({ status: "failed", remedy: expect.stringContaining(remedy) });
    expect(JSON.stringify(result)).not.toContain(TOKEN);
  });

  it("says when nobody answers, without the token", async () => {
    const root = await withServer({ status: 200, body: "" }, async (closed) => closed);
    const result = await check(root);
    expect(result).toMatchObject({ status: "failed", detail: expect.stringContaining("ECONNREFUSED") });
    expect(JSON.stringify(result)).not.toContain(TOKEN);
  });
});

describe("the check of the endpoint", () => {
  const check = (root: string) =>
    checkEndpoint({ key: "sk-secret", baseUrl: `${root}/v1/`, model: "large" }, NEVER);

  it.each([
    [200, '{"data":[{"id":"large"}]}', "ok"],
    [200, '{"data":[{"id":"small"}]}', "warning"],
    [404, "not found", "warning"],
    [401, "{}", "failed"],
  ])("HTTP %i %s is %s", async (status, body, expected) => {
    await withServer({ status, body }, async (root, seen) => {
      const result = await check(root);
      expect(result.status).toBe(expected);
      expect(JSON.stringify(result)).not.toContain("sk-secret");
      expect(seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([
        ["/v1/models", "Bearer sk-secret"],
      ]);
    });
  });
});
