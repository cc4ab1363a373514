import type { EventDate } from "../passage/passage.ts";
import * as phrases from "../phrases/answer.ts";
import { findActors } from "../text/actors.ts";
import { polarity } from "../text/negation.ts";
import { findSlips } from "../text/slips.ts";
import type { Citation, CitedAnswer } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { dayLabel, publishedLabel } from "./labels.ts";

const MOST_NOTES = 3;

/** Days that a quotation names only by other days ("الأربعاء الماضي"): computed, and said to be so beside it. */
function inferredDays({ n, quote }: Citation, dates: readonly EventDate[]): string[] {
  return dates.flatMap(({ basis, confidence, words, start, end }) => {
    const shown = basis === "passage" && confidence === "inferred" && words !== "" && quote.includes(words);
    return shown && start !== null && start === end
      ? [phrases.computedDay(n, words, dayLabel({ start, end }))]
      : [];
  });
}

/** What a source got wrong by its own words: kept in the quotation, marked outside it. */
function slipNotes({ n, quote }: Citation, dates: readonly EventDate[]): string[] {
  const slips = findSlips(quote).map(({ text, meant }) => phrases.slip(n, text, meant));
  const doubtful = dates.flatMap(({ basis, confidence, words, start, end }) => {
    const contradicts =
      basis === "passage" && confidence === "doubtful" && /\d/.test(words) && quote.includes(words);
    if (!contradicts) return [];
    return [phrases.doubtfulDay(n, words, start !== null && start === end ? dayLabel({ start, end }) : null)];
  });
  return [...new Set([...slips, ...doubtful])];
}

/** The party that makes the statement of the first quotation, as the source names it; null when the report tells it itself. */
function speakerOf(answer: CitedAnswer, { sources }: Asked): string | null {
  const [first] = answer.citations;
  if (!first) return null;
  for (const { attributions } of polarity(first.quote)) {
    for (const { kind, speaker } of attributions) {
      if (speaker === null || kind === "source" || kind === "documents") continue;
      const [party] = findActors(speaker.text, sources.actors);
      const side = party && sources.actors.byId.get(party.id)?.kind;
      if (side === "state" || side === "armed_group") return speaker.text;
    }
  }
  return null;
}

/** A statement by one side names the speaker in its first words. */
function speakerFirst(answer: CitedAnswer, asked: Asked): string {
  const { kind } = asked.question;
  const [first] = answer.citations;
  if (!first || !answer.lead.endsWith(":") || !["what", "who", "free"].includes(kind)) return answer.lead;
  const speaker = speakerOf(answer, asked);
  const publisher = first.publisher ?? phrases.unknownPublisher;
  return speaker === null
    ? answer.lead
    : phrases.statedBy(speaker, publisher, publishedLabel(first.published));
}

/** An answer with what a reader must know of its quotations: who speaks, which days are computed, which words are slips. */
export async function annotateAnswer(answer: CitedAnswer, asked: Asked): Promise<CitedAnswer> {
  const days: string[] = [];
  const slips: string[] = [];
  for (const citation of answer.citations) {
    const found = await asked.sources.store.passageById(citation.passage);
    const dates = found?.passage.dates ?? [];
    const headed = answer.claims.some(({ heading, citations }) => heading && citations.includes(citation.n));
    if (!headed) days.push(...inferredDays(citation, dates));
    slips.push(...slipNotes(citation, dates));
  }
  const notes = [...days.slice(0, MOST_NOTES), ...slips.slice(0, MOST_NOTES)];
  return { ...answer, lead: speakerFirst(answer, asked), notes: [...answer.notes, ...notes] };
}
