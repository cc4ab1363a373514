import type { Answer } from "../answer/answer.ts";

/** What is scored of an answer, whichever system gave it. */
export interface Reply {
  readonly kind: Answer["kind"];
  /** In the order in which they are shown. */
  readonly citations: readonly { readonly report: string; readonly quote: string }[];
  /** The text shown when a source was asked for; else null. */
  readonly sourceText: string | null;
}

export function replyOf(answer: Answer): Reply {
  return {
    kind: answer.kind,
    citations:
      answer.kind === "answer" ? answer.citations.map(({ report, quote }) => ({ report, quote })) : [],
    sourceText: answer.kind === "source" ? answer.report.body : null,
  };
}
