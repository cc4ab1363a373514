import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import type { Answered } from "../../src/answer/respond.ts";
import { observed, openOperations } from "../../src/commands/operations.ts";
import { readConfig } from "../../src/config.ts";
import { openMetrics } from "../../src/metrics/metrics.ts";
import { call } from "./context.ts";

const config = (env: Record<string, string>) => readConfig({ env, root: "/project" });

describe("operations", () => {
  it("serve health and metrics where METRICS_PORT says, and nothing without it", async () => {
    const { stderr } = await call(async (context) => {
      const none = await openOperations(config({}), context);
      expect(none.metrics).toBeNull();
      const operations = await openOperations(config({ METRICS_PORT: "0" }), context);
      operations.health.set("index", { ready: true, detail: "open" });
      return operations.close().then(() => 0);
    }, {});
    expect(stderr).toMatch(/^health and metrics: http:\/\/127\.0\.0\.1:\d+\/metrics, \/healthz, \/readyz\n$/);
  });

  it("answer over HTTP while they are open, and say in one line that the port is taken", async () => {
    await call(async (context) => {
      const stderr = new PassThrough({ encoding: "utf8" });
      const operations = await openOperations(config({ METRICS_PORT: "0" }), { ...context, stderr });
      const port = /:(\d+)\//.exec(String(stderr.read()))?.[1] ?? "";
      operations.metrics?.collection({ reports: 5, passages: 60 });
      const get = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
      expect(await get("/metrics")).toContain('isnad_collection_size{of="reports"} 5');
      expect(await get("/healthz")).toBe('{"status":"ok"}\n');
      const second = await openOperations(config({ METRICS_PORT: port }), { ...context, stderr });
      expect(stderr.read()).toBe(
        `no health and metrics: 127.0.0.1:${port} is taken by another program: end it, or choose another port (METRICS_PORT)\n`,
      );
      await second.close();
      await operations.close();
      return 0;
    }, {});
  });
});

describe("a question that is observed", () => {
  const answered: Answered = {
    answer: {
      kind: "refusal",
      reason: "off_topic",
      scope: { dates: [], places: [] },
      offers: [],
      lines: ["لا"],
    },
    memory: null,
    asked: "free",
  };

  it("is counted and logged by kind, outcome and time, without a word of it", async () => {
    const metrics = openMetrics();
    const lines: unknown[] = [];
    let time = 0;
    const now = (): number => {
      time += 20;
      return time;
    };
    const log = { info: (...line: unknown[]) => void lines.push(line) };
    const result = await observed({ metrics }, { channel: "web", now, log }, async () => answered);
    expect(result).toBe(answered);
    expect(await metrics.text()).toContain(
      'isnad_questions_total{channel="web",kind="free",outcome="refusal"} 1',
    );
    expect(lines).toEqual([
      [
        { channel: "web", kind: "free", outcome: "refusal", reason: "off_topic", milliseconds: 20 },
        "answered",
      ],
    ]);
  });

  it("is counted when it fails, and fails as before", async () => {
    const metrics = openMetrics();
    const failing = observed({ metrics }, { channel: "web", now: () => 0 }, async () => {
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await metrics.text()).toContain('outcome="error"} 1');
  });
});
