import { describe, expect, it } from "vitest";
import { openMetrics } from "../../src/metrics/metrics.ts";

describe("metrics", () => {
  it("count questions by kind and outcome, refusals by reason, and the time they took", async () => {
    const metrics = openMetrics();
    const event = { channel: "telegram", kind: "day", reason: null, seconds: 0.03 } as const;
    metrics.question({ ...event, outcome: "answer" });
    metrics.question({ ...event, outcome: "answer" });
    metrics.question({ ...event, kind: null, outcome: "refusal", reason: "bad_input" });
    const text = await metrics.text();
    expect(text).toContain('isnad_questions_total{channel="telegram",kind="day",outcome="answer"} 2');
    expect(text).toContain('isnad_refusals_total{reason="bad_input"} 1');
    expect(text).toContain('isnad_answer_seconds_bucket{le="0.025",channel="telegram",outcome="answer"} 0');
    expect(text).toContain('isnad_answer_seconds_bucket{le="0.05",channel="telegram",outcome="answer"} 2');
  });

  it("count dropped claims by rule and what the model's answers became", async () => {
    const metrics = openMetrics();
    metrics.model({ mode: "extractive", fallback: "nothing_left", dropped: { number: 2, place: 1 } });
    const text = await metrics.text();
    expect(text).toContain('isnad_claims_dropped_total{rule="number"} 2');
    expect(text).toContain('isnad_model_answers_total{mode="extractive",fallback="nothing_left"} 1');
  });

  it("count Telegram's errors by their names in the log, and nothing else of the log", async () => {
    const metrics = openMetrics();
    for (const event of ["rate_limited", "update not stored", "connected", "a text of a person"]) {
      metrics.telegram(event);
    }
    const text = await metrics.text();
    expect(text).toContain('isnad_telegram_errors_total{kind="rate_limited"} 1');
    expect(text).toContain('isnad_telegram_errors_total{kind="update_not_stored"} 1');
    expect(text).not.toMatch(/connected|a text/);
  });

  it("read the length of the queue when they are read", async () => {
    const metrics = openMetrics();
    let length = 3;
    metrics.watchQueue(() => length);
    expect(await metrics.text()).toContain("isnad_queue_length 3");
    length = 0;
    expect(await metrics.text()).toContain("isnad_queue_length 0");
  });

  it("tell of the process", async () => {
    expect(await openMetrics().text()).toMatch(/process_resident_memory_bytes \d/);
  });
});
