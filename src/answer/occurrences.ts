import type { Passage } from "../passage/passage.ts";
import type { Report } from "../report/report.ts";
import { normalizeWithOffsets, originalSpan, type Span, searchKey } from "../text/normalize.ts";
import { lexicalTerms } from "../text/tokens.ts";
import type { Sources } from "./asked.ts";

/** One mention: the range of the report's body, and the passage that it begins in. */
export interface Occurrence {
  readonly report: Report;
  readonly passage: Passage;
  readonly span: Span;
}

/** Collections up to this size are read whole for an exact search; larger ones through the lexical arm. */
const READ_WHOLE = 500;
const CANDIDATES = 2000;

async function reportsWith(
  phrase: string,
  { store, reportIds }: Sources,
  limit: number,
): Promise<readonly string[]> {
  if (reportIds.length <= READ_WHOLE) return reportIds;
  const found = await store.lexical(lexicalTerms(phrase), { limit });
  const passages = await store.passages(found.map(({ ref }) => ref));
  return [...new Set(passages.map(({ reportId }) => reportId))].sort();
}

const LETTER = /[\p{L}\p{N}]/u;
/** Conjunctions and prepositions that grow onto a word. */
const CLITIC = /(?:^|[^\p{L}\p{N}])[وفبلك]{1,2}$/u;

/** Ranges of a text where a phrase stands, letter for letter but for vowel marks and spellings of one letter. Linear. */
export function exactSpans(text: string, phrase: string): Span[] {
  const key = searchKey(phrase);
  const normalized = normalizeWithOffsets(text);
  const haystack = normalized.text.replaceAll("\n", " ");
  const spans: Span[] = [];
  if (key === "") return spans;
  for (let at = haystack.indexOf(key); at >= 0; at = haystack.indexOf(key, at + key.length)) {
    const before = haystack.slice(Math.max(0, at - 3), at);
    const opens = !LETTER.test(before.at(-1) ?? " ") || CLITIC.test(before);
    if (opens && !LETTER.test(haystack.charAt(at + key.length)))
      spans.push(originalSpan(normalized, at, at + key.length));
  }
  return spans;
}

/** All mentions that `find` sees in the reports, in order of report and place; in a large collection in those of the `limit` passages nearest to the hint. */
export async function allOccurrences(
  hint: string,
  find: (text: string, report: Report) => readonly Span[],
  sources: Sources,
  limit = CANDIDATES,
): Promise<Occurrence[]> {
  const found: Occurrence[] = [];
  for (const id of await reportsWith(hint, sources, limit)) {
    const report = await sources.store.report(id);
    if (!report) continue;
    const passages = await sources.store.passages(await sources.store.select({ reports: [id] }));
    for (const span of find(report.body, report)) {
      const passage = passages.find(({ start, end }) => start <= span[0] && span[0] < end);
      if (passage && !sources.copies?.repeats(passage.id)) found.push({ report, passage, span });
    }
  }
  return found;
}
