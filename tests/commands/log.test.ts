import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { createLog, type Log } from "../../src/commands/log.ts";
import { readConfig } from "../../src/config.ts";

async function logged(env: Record<string, string>, work: (log: Log) => void): Promise<string> {
  const output = new PassThrough();
  work(createLog({ config: readConfig({ env, root: "/project" }), output, now: () => 0 }));
  output.end();
  return text(output);
}

describe("createLog", () => {
  it("writes one JSON object a line, with the time of the clock it was given", async () => {
    const lines = await logged({}, (log) => log.info({ chats: 2 }, "started"));
    expect(JSON.parse(lines)).toEqual({
      level: 30,
      time: "1970-01-01T00:00:00.000Z",
      chats: 2,
      msg: "started",
    });
  });

  it("is as quiet as LOG_LEVEL says", async () => {
    expect(await logged({ LOG_LEVEL: "warn" }, (log) => log.info("hello"))).toBe("");
  });

  it("writes no token, key or telephone number, whoever's it is", async () => {
    const lines = await logged({}, (log) => {
      log.info("bot987654321:AAabcdefghijklmnopqrstuvwxyz0123456 and sk-proj-abcdefghijkl");
      log.info({ by: "+963 944 123 456" }, "00963944123456");
      log.info({ milliseconds: 1234567890123 }, "2026-11-22");
    });
    expect(lines).not.toMatch(/AAabc|proj|963/);
    expect(lines).toContain("1234567890123");
  });

  it("never writes a secret, wherever it stands", async () => {
    const token = "123456:ABC-def_123";
    const database = "postgres://me:p@ss%22word@db/x";
    const lines = await logged({ TELEGRAM_BOT_TOKEN: token, DATABASE_URL: database }, (log) => {
      log.error({ url: `https://api.telegram.org/bot${token}/getMe` }, `failed: ${token}`);
      log.error(new Error(`cannot reach ${database} nor ${encodeURIComponent(token)}`));
    });
    expect(lines).toContain("[secret]");
    expect(lines).not.toMatch(/ABC-def_123|ss%22word/);
    for (const line of lines.trim().split("\n")) expect(() => JSON.parse(line)).not.toThrow();
  });
});
