import type { Question } from "../question/question.ts";
import { type AskedBefore, type Memory, NO_MEMORY } from "../question/scope.ts";
import { findActors } from "../text/actors.ts";
import type { Answer, CitedAnswer, Scope } from "./answer.ts";
import type { Sources } from "./asked.ts";

const MOST_PARTIES = 6;
/** What stands between two parties of one side: "قوات النظام والمسلحين الموالين لها", "المدعمة بالقوات الروسية". */
const ALLIED =
  /^\s*(?:(?:المدعم\p{L}*|مدعوم\p{L}*|المدعوم\p{L}*)?\s*(?:و|ب|بدعم من|بمساندة|بإسناد من))?\s*(?:من)?\s*$/u;

/** Ids of the parties to the fighting that the quotations name, in order, one for each side of an alliance. */
function partiesOf(answer: CitedAnswer, { actors }: Sources): string[] {
  const found = new Set<string>();
  for (const { quote } of answer.citations) {
    let end = -1;
    for (const { id, span } of findActors(quote, actors)) {
      const allied = end >= 0 && ALLIED.test(quote.slice(end, span[0]));
      end = span[1];
      const kind = actors.byId.get(id)?.kind;
      if (!allied && (kind === "armed_group" || kind === "state")) found.add(id);
    }
  }
  return [...found].slice(0, MOST_PARTIES);
}

function askedOf({ kind, topic, actors, quantity }: Question): AskedBefore {
  return { kind, topic, actors: actors.map(({ id, name }) => ({ id, name })), quantity };
}

function ofCited(answer: CitedAnswer, question: Question, scope: Scope, sources: Sources): Memory {
  const event = answer.citations[0]?.event ?? null;
  return {
    citations: answer.citations.map(({ n, report, passage, start, end }) => ({
      n,
      report,
      passage,
      start,
      end,
    })),
    dates: scope.dates,
    places: scope.places,
    asked: askedOf(question),
    parties: partiesOf(answer, sources),
    ...(event && { event: { start: event.start, end: event.end } }),
  };
}

export interface Remembered {
  readonly answer: Answer;
  readonly question: Question;
  readonly scope: Scope;
  readonly before: Memory | null;
}

/** What the conversation keeps of an answer; null keeps what was there. */
export function remember({ answer, question, scope, before }: Remembered, sources: Sources): Memory | null {
  const { choices: _, ...kept } = before ?? NO_MEMORY;
  switch (answer.kind) {
    case "answer":
      return ofCited(answer, question, scope, sources);
    case "clarification":
      return { ...kept, choices: answer.choices };
    case "source":
      return { ...kept, report: answer.report.id };
    case "refusal": {
      // What was asked about stays the subject, though the reports hold nothing on it.
      const named = scope.dates.length + scope.places.length > 0;
      if (!named || answer.reason === "bad_input") return before && kept;
      const { event: _event, parties: _parties, ...last } = kept;
      return { ...last, dates: scope.dates, places: scope.places, asked: askedOf(question) };
    }
    default:
      return before && kept;
  }
}
