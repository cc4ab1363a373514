import * as phrases from "../phrases/answer.ts";
import type { Memory } from "../question/scope.ts";
import { polarity } from "../text/negation.ts";
import type { Answer, CitedAnswer } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { type ChosenQuotation, composeAnswer } from "./compose.ts";
import { publishedLabel } from "./labels.ts";
import { refuseInput } from "./refuse.ts";
import { reportsOf } from "./reports.ts";

/** The quotations of the last answer as they stand now; those whose passage is gone are left out. */
async function lastQuotations(memory: Memory, asked: Asked): Promise<ChosenQuotation[]> {
  const quotations: ChosenQuotation[] = [];
  for (const { passage: id, start, end } of memory.citations) {
    const found = await asked.sources.store.passageById(id);
    if (!found) continue;
    const { passage } = found;
    const inside = start !== undefined && end !== undefined && start >= passage.start && end <= passage.end;
    const range = inside ? { start, end } : { start: passage.start, end: passage.end };
    quotations.push({ passage, ...range, group: "main" });
  }
  return quotations;
}

async function repeatAnswer(
  asked: Asked,
  wording: (answer: CitedAnswer) => { lead: string; notes: readonly string[] },
): Promise<Answer> {
  const { memory, sources } = asked;
  const quotations = memory ? await lastQuotations(memory, asked) : [];
  if (!memory || quotations.length === 0) return refuseInput(phrases.refusal.noAnswerBefore);
  const answer = composeAnswer({
    lead: "",
    quotations,
    reports: await reportsOf(quotations, sources.store),
    scope: { dates: memory.dates, places: memory.places },
    widened: null,
    notes: [],
    offers: [...new Set(memory.citations.map(({ report }) => report))].map((id) =>
      phrases.offers.source(phrases.offers.wholeText(id), id),
    ),
  });
  return { ...answer, ...wording(answer) };
}

/** Publishers of an answer, each once, with the day of publication. */
function publishersOf(answer: CitedAnswer): string[] {
  const byReport = new Map(answer.citations.map((citation) => [citation.report, citation]));
  return [...byReport.values()].map(({ publisher, published }) =>
    phrases.list([publisher ?? phrases.unknownPublisher, publishedLabel(published)]),
  );
}

/** Who is said to say it inside each quotation, in the source's words. */
function speakerNotes(answer: CitedAnswer): string[] {
  return answer.citations.flatMap(({ n, quote }) => {
    const speakers = polarity(quote).flatMap(({ attributions }) =>
      attributions.flatMap(({ speaker }) =>
        speaker === null ? [] : [speaker.text.replace(/^[«“"]|[»”"]$/gu, "")],
      ),
    );
    return [...new Set(speakers)].slice(0, 1).map((speaker) => phrases.provenance.speaker(n, speaker));
  });
}

/** "من أين جاءت هذه المعلومة؟ من قال ذلك؟": the sources of the last answer, with the same numbers. */
export function answerProvenance(asked: Asked): Promise<Answer> {
  return repeatAnswer(asked, (answer) => ({
    lead: phrases.provenance.lead(publishersOf(answer).join("؛ ")),
    notes: speakerNotes(answer),
  }));
}

/** Quotations whose own words say that they are not sure. */
export function unsureNotes(answer: CitedAnswer): string[] {
  return answer.citations.flatMap(({ n, quote }) => {
    const hedge = polarity(quote)
      .flatMap(({ hedges }) => hedges)
      .find(({ modality }) => modality === "unconfirmed" || modality === "alleged");
    return hedge ? [phrases.provenance.unsure(n, hedge.text)] : [];
  });
}

/** "هل هذا مؤكد؟": how many sources stand behind the last answer, and which of its quotations are hedged. No verdict. */
export function answerCertainty(asked: Asked): Promise<Answer> {
  return repeatAnswer(asked, (answer) => {
    // Those who publish one text do not confirm each other.
    const leader = (id: string): string => asked.sources.copies?.leader(id) ?? id;
    const told = answer.citations.filter(
      ({ report }, at) => answer.citations.findIndex((one) => leader(one.report) === leader(report)) === at,
    );
    const publishers = [...new Set(told.map(({ publisher }) => publisher ?? phrases.unknownPublisher))];
    const [only] = publishers;
    const lead =
      publishers.length === 1 && only !== undefined
        ? phrases.provenance.oneSource(only)
        : phrases.provenance.severalSources(publishers.length, phrases.list(publishers));
    return { lead, notes: [...unsureNotes(answer), phrases.provenance.noVerdict] };
  });
}
