import { figures, unknownPublisher } from "../phrases/answer.ts";
import { english, englishFigure } from "../phrases/english.ts";
import { findQuantities } from "../text/numbers/find.ts";
import type { Answer, CitedAnswer } from "./answer.ts";
import type { Asked } from "./asked.ts";

/** Names of the publishers cited, in English where the gazetteer has them so. */
function publishersOf({ citations }: Pick<CitedAnswer, "citations">, { sources }: Asked): string {
  const names = citations.map(({ publisher }) => publisher ?? unknownPublisher);
  const known = new Map(sources.names.publishers.map((publisher) => [publisher.name, publisher.variants]));
  const inEnglish = (name: string): string =>
    known
      .get(name)
      ?.filter((variant) => /^[A-Z][a-z]+ /.test(variant))
      .at(-1) ?? name;
  return [...new Set(names)].map(inEnglish).join(" and ");
}

function leadOf(answer: CitedAnswer, asked: Asked): string {
  const publishers = publishersOf(answer, asked);
  if (asked.question.kind !== "count") return english.answer(publishers);
  if (answer.disagreements.some(({ values }) => values.length > 1) && answer.lead.endsWith(":"))
    return english.disagreement(publishers);
  // The figure is that of the first citation, and leads the line in Arabic.
  const [first] = findQuantities(answer.lead);
  const several = answer.lead.includes(figures.several(["", ""]));
  if (!first || several) return english.answer(publishers);
  const figure = englishFigure(first.bound, first.min);
  const told = publishersOf({ citations: answer.citations.slice(0, 1) }, asked);
  return figure === null ? english.noFigure(told) : english.figure(figure, told);
}

/** An answer to an English question: its first line is English and the line in Arabic follows; quotations stay as they are. */
export function inEnglish(answer: Answer, asked: Asked): Answer {
  if (asked.question.language !== "en") return answer;
  switch (answer.kind) {
    case "answer":
      return { ...answer, lead: leadOf(answer, asked), notes: [answer.lead, ...answer.notes] };
    case "refusal":
      return {
        ...answer,
        lines: [answer.reason === "bad_input" ? english.badInput : english.refusal, ...answer.lines],
      };
    case "clarification":
      return { ...answer, lines: [english.clarification, ...answer.lines] };
    case "help":
      return asked.question.kind === "greeting"
        ? { ...answer, lines: [english.greeting, ...answer.lines] }
        : answer;
    default:
      return answer;
  }
}
