/** Answers that were sent, as they are kept: where their quotations stand, never what was asked. */
import { z } from "zod";
import type { Citation } from "../answer/answer.ts";
import { EVIDENCE_HEADING, quotationGone } from "../phrases/telegram.ts";
import type { SentAnswer } from "../state/state.ts";
import { quoteKey, reportKey, versionKey } from "./callback.ts";
import { citationRows, marks, sourcesBlock } from "./citations.ts";
import { bold, type Line, line, paragraph, verbatim } from "./markup.ts";
import type { Sources } from "./sources.ts";
import { paginate } from "./split.ts";
import { locateQuotation, type View } from "./viewer.ts";

const sentCitation = z.object({
  n: z.number(),
  report: z.string(),
  version: z.string(),
  passage: z.string(),
  start: z.number(),
  end: z.number(),
  /** `quoteKey` of the quotation; answers of earlier versions have none. */
  quote: z.string().optional(),
});
export type SentCitation = z.infer<typeof sentCitation>;

export function writeSent(citations: readonly Citation[], sha256: (report: string) => string): string {
  const sent = citations.map(({ n, report, passage, start, end, quote }): SentCitation => {
    return { n, report, version: versionKey(sha256(report)), passage, start, end, quote: quoteKey(quote) };
  });
  return JSON.stringify(sent);
}

export function readSent({ citations }: Pick<SentAnswer, "citations">): SentCitation[] {
  return z.array(sentCitation).parse(JSON.parse(citations));
}

/** The quotation as the report holds it now, or null when it, or the report, is gone. */
export async function citationNow(
  sent: SentCitation,
  sources: Sources,
): Promise<{ citation: Citation; sha256: string } | null> {
  const report = await sources.report(sent.report);
  if (report === null) return null;
  const { n, passage, start, end } = sent;
  const { publisher, title, published, body, sha256 } = report;
  const quote = sent.quote ?? (sent.version === versionKey(sha256) ? quoteKey(body.slice(start, end)) : "");
  const version = versionKey(sha256);
  const key = reportKey(report.id);
  const found = locateQuotation(body, { report: key, version, passage, start, length: end - start, quote });
  if (found === null) return null;
  const told = await sources.passageById(passage);
  const event = told?.dates.find((each) => !each.background) ?? told?.dates[0] ?? null;
  return {
    citation: {
      ...{ n, report: report.id, passage, publisher, title, published, event, places: [] },
      quote: body.slice(found.start, found.end),
      ...found,
    },
    sha256,
  };
}

/** The quotations on which an answer rests, as they stand in the reports now, for whoever follows its link. */
export async function evidenceViews(answer: SentAnswer, sources: Sources, bot: string): Promise<View[]> {
  const hashes = new Map<string, string>();
  const citations: Citation[] = [];
  const lines: Line[] = [];
  for (const sent of readSent(answer)) {
    const now = await citationNow(sent, sources);
    if (now === null) {
      lines.push(line(quotationGone(sent.n)));
      continue;
    }
    hashes.set(now.citation.report, now.sha256);
    citations.push(now.citation);
    lines.push(line("• «", verbatim(now.citation.quote), `»${marks([sent.n])}`));
  }
  const options = { bot, sha256: (report: string) => hashes.get(report) ?? "" };
  const heading = paragraph(line(bold(EVIDENCE_HEADING)));
  const evidence = { kind: "quotation", expandable: true, lines } as const;
  const messages = paginate([heading, evidence], [sourcesBlock(citations, options)]);
  const keyboard = citationRows(citations, options);
  return messages.map((message, index) => ({
    message,
    keyboard: index === messages.length - 1 ? keyboard : [],
  }));
}
