import { z } from "zod";
import type { Answer } from "./answer.ts";
import { answerText } from "./text.ts";

const day = z.string().nullable();
const interval = z.object({ start: day, end: day });
const place = z.object({ id: z.string(), name: z.string() });
const offer = z.object({ label: z.string(), question: z.string() });

/** One answer as `ask --json` prints it. Every key is always there. */
export const answerJsonSchema = z.object({
  id: z.string().nullable(),
  kind: z.enum(["answer", "refusal", "clarification", "source", "help"]),
  text: z.string().describe("Arabic text with [1] markers; for a source the stored body, unchanged"),
  report: z.string().nullable(),
  claims: z.array(z.object({ text: z.string(), citations: z.array(z.number().int()) })),
  citations: z.array(
    z.object({
      n: z.number().int(),
      report: z.string(),
      passage: z.string(),
      publisher: z.string().nullable(),
      title: z.string().nullable(),
      published: interval.extend({ confidence: z.enum(["stated", "inferred", "unknown"]), why: z.string() }),
      event: interval.extend({ precision: z.string() }).nullable(),
      places: z.array(place),
      quote: z.string(),
      start: z.number().int(),
      end: z.number().int(),
      copies: z
        .array(
          z.object({
            report: z.string(),
            publisher: z.string().nullable(),
            title: z.string().nullable(),
            published: interval.extend({
              confidence: z.enum(["stated", "inferred", "unknown"]),
              why: z.string(),
            }),
            url: z.string().nullable(),
            quote: z.string(),
            start: z.number().int(),
            end: z.number().int(),
          }),
        )
        .describe("Where else the same text was published, with the quotation in it"),
    }),
  ),
  disagreements: z.array(
    z.object({
      about: z.string(),
      values: z.array(z.object({ text: z.string(), citations: z.array(z.number().int()) })),
    }),
  ),
  reason: z
    .enum(["off_topic", "no_event_on_day", "no_event_in_place", "not_reported", "false_premise", "bad_input"])
    .nullable(),
  offers: z.array(offer),
  choices: z.array(offer),
  widened: z.object({ from: z.string(), to: z.string() }).nullable(),
  scope: z.object({ dates: z.array(interval), places: z.array(place) }),
  mode: z.enum(["extractive", "model"]),
  ms: z.object({ total: z.number() }),
});

export type AnswerJson = z.infer<typeof answerJsonSchema>;

const offersOf = (offers: Answer["offers"]) => offers.map(({ label, question }) => ({ label, question }));

/** The answer in the form of the command-line contract. */
export function answerJson(answer: Answer, options: { id: string | null; milliseconds: number }): AnswerJson {
  const cited = answer.kind === "answer" ? answer : null;
  return {
    id: options.id,
    kind: answer.kind,
    text: answerText(answer),
    report: answer.kind === "source" ? answer.report.id : null,
    claims: cited ? cited.claims.map(({ text, citations }) => ({ text, citations: [...citations] })) : [],
    citations: cited
      ? cited.citations.map((citation) => ({
          ...citation,
          places: citation.places.map((p) => ({ ...p })),
          copies: (citation.copies ?? []).map((copy) => ({ ...copy })),
        }))
      : [],
    disagreements: cited
      ? cited.disagreements.map(({ about, values }) => ({
          about,
          values: values.map(({ text, citations }) => ({ text, citations: [...citations] })),
        }))
      : [],
    reason: answer.kind === "refusal" ? answer.reason : null,
    offers: offersOf(answer.offers),
    choices: answer.kind === "clarification" ? offersOf(answer.choices) : [],
    widened: cited?.widened ?? null,
    scope: {
      dates: answer.scope.dates.map(({ start, end }) => ({ start, end })),
      places: answer.scope.places.map(({ id, name }) => ({ id, name })),
    },
    mode: cited?.mode ?? "extractive",
    ms: { total: Math.round(options.milliseconds) },
  };
}
