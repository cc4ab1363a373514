import { createInterface } from "node:readline";
import type { z } from "zod";
import type { Output } from "./command.ts";
import { failureLine } from "./failure.ts";

/** A line that could not be answered; the batch goes on. */
interface BatchError {
  readonly id: string | null;
  readonly line: number;
  readonly error: {
    readonly code: "bad_json" | "bad_input" | "too_long" | "internal";
    readonly message: string;
  };
}

export interface BatchHandler<Line> {
  readonly schema: z.ZodType<Line>;
  readonly tooLong?: (line: Line) => boolean;
  answer(line: Line): Promise<unknown>;
}

/** Lines of a stream with their numbers from 1; empty lines are passed over. */
export async function* batchLines(
  input: NodeJS.ReadableStream,
): AsyncIterable<{ number: number; text: string }> {
  let number = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    const line = number === 1 ? text.replace(/^\ufeff/, "") : text;
    if (line.trim() !== "") yield { number, text: line };
  }
}

function idOf(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("id" in value)) return null;
  return typeof value.id === "string" || typeof value.id === "number" ? String(value.id) : null;
}

async function answerLine<Line>(text: string, number: number, handler: BatchHandler<Line>): Promise<unknown> {
  const fail = (id: string | null, code: BatchError["error"]["code"], message: string): BatchError => ({
    id,
    line: number,
    error: { code, message },
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail(null, "bad_json", "the line is not valid JSON");
  }
  const parsed = handler.schema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return fail(idOf(value), "bad_input", `${issue?.path.join(".") || "the line"}: ${issue?.message}`);
  }
  if (handler.tooLong?.(parsed.data))
    return fail(idOf(value), "too_long", "the question is too long; ask in a sentence or two");
  try {
    return await handler.answer(parsed.data);
  } catch (error) {
    return fail(idOf(value), "internal", failureLine(error));
  }
}

/** Answers every line in order, each written as soon as it is ready. Resolves to 1 when a line gave an error, else 0. */
export async function runBatch<Line>(
  lines: AsyncIterable<{ number: number; text: string }>,
  output: Output,
  handler: BatchHandler<Line>,
): Promise<number> {
  let errors = 0;
  for await (const { number, text } of lines) {
    const result = await answerLine(text, number, handler);
    if (typeof result === "object" && result !== null && "error" in result) errors += 1;
    if (!output.write(`${JSON.stringify(result)}\n`))
      await new Promise<void>((resolve) => output.once("drain", resolve));
  }
  return errors > 0 ? 1 : 0;
}
