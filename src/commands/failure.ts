import { UsageError } from "./command.ts";

/** Longest chain of causes that is told. */
const MAX_CAUSES = 4;

/** Errors that come from outside this project: their message may need the cause to be understood. */
const FOREIGN = /^(?:(?:Type|Range|Syntax|Reference|Aggregate|URI|Eval)?Error|System\w*|\w*Exception)$/;

/**
 * An error as one line. Errors of this project name the thing, carry the reason and end in the remedy, so
 * nothing is added to them; to others their causes are, as far as they do not repeat each other.
 */
export function failureLine(error: unknown): string {
  const parts: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < MAX_CAUSES && current !== undefined && current !== null; depth += 1) {
    const text = oneLine(current instanceof Error ? current.message || current.name : String(current));
    if (text !== "" && !parts.some((part) => part.includes(text))) parts.push(text);
    if (!(current instanceof Error) || !FOREIGN.test(current.name)) break;
    current = current.cause;
  }
  return parts.length > 0 ? parts.join(": ") : "an error without a message";
}

/** Exit code for what a command threw: 2 wrong usage, 1 everything else. */
export function exitCodeOf(error: unknown): number {
  return error instanceof UsageError ? 2 : 1;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
