import type { Answered } from "../answer/respond.ts";
import type { Config } from "../config.ts";
import { type Health, healthRoutes, makeHealth } from "../http/health.ts";
import type { HttpServer } from "../http/server.ts";
import type { Metrics, QuestionEvent } from "../metrics/metrics.ts";
import type { TokenBudget } from "../openai/budget.ts";
import type { CommandContext } from "./command.ts";
import { failureLine } from "./failure.ts";
import type { Log } from "./log.ts";
import { openBudget } from "./model.ts";

/** What an operator may watch: health, and metrics when METRICS_PORT is set. */
export interface Operations {
  readonly health: Health;
  readonly metrics: Metrics | null;
  /** Tokens of the model, for all that answers in this process. */
  readonly budget?: TokenBudget | undefined;
  close(): Promise<void>;
}

/** Milliseconds that requests under way get when the program ends. */
const CLOSE_MS = 2_000;

/** Serves `/healthz`, `/readyz` and `/metrics` when METRICS_PORT is set; a port that is taken is one line, and no end. */
export async function openOperations(config: Config, { stderr, now }: CommandContext): Promise<Operations> {
  const { METRICS_PORT: port, METRICS_HOST: host } = config;
  const health = makeHealth();
  const budget = openBudget(config, () => now().getTime());
  if (port === null) return { health, metrics: null, budget, close: async () => undefined };
  const [{ openMetrics }, { openServer }] = await Promise.all([
    import("../metrics/metrics.ts"),
    import("../http/server.ts"),
  ]);
  const metrics = openMetrics();
  let server: HttpServer | null = null;
  try {
    server = await openServer({
      host,
      port,
      routes: [
        ...healthRoutes(health),
        {
          method: "GET",
          path: "/metrics",
          handle: async () =>
            new Response(await metrics.text(), { headers: { "content-type": metrics.contentType } }),
        },
      ],
      failed: () => new Response("failed\n", { status: 500 }),
    });
    stderr.write(`health and metrics: http://${host}:${server.port}/metrics, /healthz, /readyz\n`);
  } catch (error) {
    stderr.write(`no health and metrics: ${failureLine(error)} (METRICS_PORT)\n`);
  }
  return { health, metrics, budget, close: async () => server?.close(CLOSE_MS) };
}

interface Observing {
  readonly channel: QuestionEvent["channel"];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log?: Pick<Log, "info"> | undefined;
}

/** Runs one question, counts it and logs its kind and time, however it ends; never its words, or who asked. */
export async function observed(
  { metrics }: Pick<Operations, "metrics">,
  { channel, now, log }: Observing,
  answer: () => Promise<Answered>,
): Promise<Answered> {
  const begun = now();
  const count = (event: Pick<QuestionEvent, "kind" | "outcome" | "reason">): void => {
    const milliseconds = now() - begun;
    metrics?.question({ channel, seconds: milliseconds / 1_000, ...event });
    log?.info({ channel, ...event, milliseconds }, "answered");
  };
  try {
    const answered = await answer();
    const { kind, ...rest } = answered.answer;
    count({ kind: answered.asked, outcome: kind, reason: "reason" in rest ? rest.reason : null });
    return answered;
  } catch (error) {
    count({ kind: null, outcome: "error", reason: null });
    throw error;
  }
}
