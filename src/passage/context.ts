import type { Passage } from "./passage.ts";

/** Length that a context has at most, but for its last passage, in UTF-16 units. */
const LONGEST_CONTEXT = 900;

/** Places in a list of passages: from `first` to `last`, both inclusive. */
export interface Context {
  readonly first: number;
  readonly last: number;
}

/**
 * Runs of neighbouring passages of one report and role, each up to about 900 UTF-16 units and of even length: the
 * paragraph around a passage, which is embedded and indexed beside it. Every passage is in just one.
 */
export function groupContexts(
  passages: readonly Pick<Passage, "reportId" | "role" | "start" | "end">[],
): Context[] {
  const contexts: Context[] = [];
  for (let first = 0; first < passages.length; ) {
    let last = first;
    while (sameRun(passages[first], passages[last + 1])) last += 1;
    contexts.push(...split(passages, { first, last }));
    first = last + 1;
  }
  return contexts;
}

type Placed = Pick<Passage, "reportId" | "role" | "start" | "end">;

function sameRun(a: Placed | undefined, b: Placed | undefined): boolean {
  return a !== undefined && b !== undefined && a.reportId === b.reportId && a.role === b.role;
}

function split(passages: readonly Placed[], { first, last }: Context): Context[] {
  const from = passages[first]?.start ?? 0;
  const length = (passages[last]?.end ?? 0) - from;
  const share = length / Math.max(1, Math.ceil(length / LONGEST_CONTEXT));
  const contexts: { first: number; last: number }[] = [];
  let border = Number.NEGATIVE_INFINITY;
  for (let at = first; at <= last; at += 1) {
    const { start, end } = passages[at] ?? { start: 0, end: 0 };
    const current = contexts.at(-1);
    if (current && (start + end) / 2 <= border) current.last = at;
    else {
      contexts.push({ first: at, last: at });
      border = start + share;
    }
  }
  return contexts;
}

/** What of a context is embedded and indexed: the header lines, each once, then the texts. */
export function contextText(passages: readonly Pick<Passage, "header" | "text">[]): string {
  const headers = new Set(passages.map(({ header }) => header).filter((header) => header !== ""));
  return [...headers, passages.map(({ text }) => text).join(" ")].join("\n");
}
