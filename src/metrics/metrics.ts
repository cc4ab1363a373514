/** The only importer of prom-client: what is counted, in Prometheus' text form. No label holds a word of a person. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** One question, answered or not. */
export interface QuestionEvent {
  readonly channel: "telegram" | "web" | "api" | "mcp";
  /** Kind of the question as understood; null for what is no question. */
  readonly kind: string | null;
  /** Kind of the answer; "error" when there is none. */
  readonly outcome: string;
  /** Why it was refused; null unless it was. */
  readonly reason: string | null;
  readonly seconds: number;
}

/** What a model wrote, or why quotations went out instead. */
export interface ModelEvent {
  readonly mode: string;
  readonly fallback: string | null;
  /** Claims that the checks took out, by rule. */
  readonly dropped: Readonly<Record<string, number>>;
}

export interface Metrics {
  question(event: QuestionEvent): void;
  model(event: ModelEvent): void;
  /** Something that went wrong with Telegram, by its name in the log; other names are not counted. */
  telegram(event: string): void;
  /** Updates that wait or are worked on; read when the metrics are. */
  watchQueue(length: () => number): void;
  collection(size: { readonly reports: number; readonly passages: number }): void;
  /** Everything, in the text exposition format. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Seconds: quotations take some hundredths, a model some seconds. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60];

const TELEGRAM_ERRORS: ReadonlySet<string> = new Set([
  ...["rate_limited", "fate_unknown", "unsent", "refused", "markup_refused", "chat_gone"],
  ...["offline", "conflict", "failed", "stalled", "update not stored", "dead_letter", "queue_away"],
]);

export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const questions = new Counter({
    name: "isnad_questions_total",
    help: "Questions by channel, kind of question and outcome",
    labelNames: ["channel", "kind", "outcome"],
    registers,
  });
  const refusals = new Counter({
    name: "isnad_refusals_total",
    help: "Questions that were refused, by reason",
    labelNames: ["reason"],
    registers,
  });
  const seconds = new Histogram({
    name: "isnad_answer_seconds",
    help: "Time from the question to its answer, by channel and outcome",
    labelNames: ["channel", "outcome"],
    buckets: BUCKETS,
    registers,
  });
  const written = new Counter({
    name: "isnad_model_answers_total",
    help: "Answers that the model was asked for: which kind went out, and why not the model's",
    labelNames: ["mode", "fallback"],
    registers,
  });
  const dropped = new Counter({
    name: "isnad_claims_dropped_total",
    help: "Claims of the model that were not sent, by the rule that they broke",
    labelNames: ["rule"],
    registers,
  });
  const telegram = new Counter({
    name: "isnad_telegram_errors_total",
    help: "What went wrong with Telegram, by kind",
    labelNames: ["kind"],
    registers,
  });
  const size = new Gauge({
    name: "isnad_collection_size",
    help: "Reports and passages that are answered from",
    labelNames: ["of"],
    registers,
  });
  let queue: () => number = () => 0;
  new Gauge({
    name: "isnad_queue_length",
    help: "Telegram updates that wait for their answer or are worked on",
    registers,
    collect() {
      this.set(queue());
    },
  });
  return {
    question({ channel, kind, outcome, reason, seconds: taken }) {
      questions.inc({ channel, kind: kind ?? "none", outcome });
      seconds.observe({ channel, outcome }, taken);
      if (reason !== null) refusals.inc({ reason });
    },
    model({ mode, fallback, dropped: byRule }) {
      written.inc({ mode, fallback: fallback ?? "none" });
      for (const [rule, count] of Object.entries(byRule)) dropped.inc({ rule }, count);
    },
    telegram(event) {
      if (TELEGRAM_ERRORS.has(event)) telegram.inc({ kind: event.replaceAll(" ", "_") });
    },
    watchQueue(length) {
      queue = length;
    },
    collection({ reports, passages }) {
      size.set({ of: "reports" }, reports);
      size.set({ of: "passages" }, passages);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
