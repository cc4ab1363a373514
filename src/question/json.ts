import { z } from "zod";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import { nameKey } from "../text/places/words.ts";
import { QUESTION_KINDS, type Question } from "./question.ts";

const span = z.tuple([z.number().int(), z.number().int()]);

/** A question as `explain --json` prints it. Both ends of a date are inclusive, null is open. */
export const explainJsonSchema = z.object({
  kind: z.enum(QUESTION_KINDS),
  language: z.enum(["ar", "en", "arabizi"]),
  dates: z.array(
    z.object({
      start: z.string().nullable(),
      end: z.string().nullable(),
      text: z.string(),
      span,
      precision: z.string(),
      calendar: z.enum(["gregorian", "hijri"]),
      confidence: z.enum(["certain", "inferred", "doubtful"]),
      reason: z.string(),
    }),
  ),
  places: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      text: z.string(),
      span,
      /** The words stand for this place because the operator says so (data/overrides.json). */
      corrected: z.literal(true).optional(),
    }),
  ),
  actors: z.array(z.object({ id: z.string(), name: z.string(), text: z.string(), span })),
  ambiguous: z.array(z.object({ text: z.string(), chosen: z.string(), candidates: z.array(z.string()) })),
  quantity: z
    .object({ noun: z.string().nullable(), actor: z.string().nullable(), event: z.string().nullable() })
    .nullable(),
  topic: z.array(z.string()),
});

export type ExplainJson = z.infer<typeof explainJsonSchema>;

/** The question in the form of the command-line contract. */
export function explainJson(question: Question, gazetteer: Gazetteer): ExplainJson {
  const named = ({
    id,
    text,
    span: [start, end],
    name,
  }: Question["places"][number] | Question["actors"][number]) => ({
    id,
    name: gazetteer.byId.get(id)?.name ?? name,
    text,
    span: [start, end] as [number, number],
  });
  return {
    kind: question.kind,
    language: question.language,
    dates: question.dates.map(({ span: [start, end], ...date }) => ({
      ...date,
      span: [start, end] as [number, number],
    })),
    places: question.places.map((place) => ({
      ...named(place),
      ...(byOperator(place, gazetteer) ? { corrected: true as const } : {}),
    })),
    actors: question.actors.map(named),
    ambiguous: question.ambiguous.map((ambiguity) => ({
      ...ambiguity,
      candidates: [...ambiguity.candidates],
    })),
    quantity: question.quantity,
    topic: [...question.topic],
  };
}

function byOperator({ id, text }: Question["places"][number], gazetteer: Gazetteer): boolean {
  const key = nameKey(text);
  return (gazetteer.byId.get(id)?.corrected ?? []).some((spelling) => nameKey(spelling) === key);
}
