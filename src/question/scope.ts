import { z } from "zod";
import type { DayInterval } from "../text/day.ts";
import { QUESTION_KINDS, type Question } from "./question.ts";

const interval = z.object({ start: z.string().nullable(), end: z.string().nullable() });
const name = z.object({ id: z.string(), name: z.string() });

const askedSchema = z.object({
  kind: z.enum(QUESTION_KINDS),
  topic: z.array(z.string()).readonly(),
  actors: z.array(name).readonly(),
  quantity: z
    .object({
      noun: z.string().nullable(),
      actor: z.string().nullable(),
      event: z.enum(["killed", "wounded", "kidnapped", "displaced", "detained"]).nullable(),
    })
    .nullable(),
});

/**
 * What a conversation keeps of its last answer. Plain JSON: it is stored with the chat. Never the words of a question:
 * only what kind of thing was asked, about what.
 */
export const memorySchema = z.object({
  citations: z
    .array(
      z.object({
        n: z.number().int(),
        report: z.string(),
        passage: z.string(),
        /** Range of the report's body that was quoted. */
        start: z.number().int().optional(),
        end: z.number().int().optional(),
      }),
    )
    .readonly(),
  dates: z.array(interval).readonly(),
  places: z.array(name).readonly(),
  /** What was asked, for "and on the next day?" and "what about …?". */
  asked: askedSchema.optional(),
  /** Days of the event that the last answer told first. */
  event: interval.optional(),
  /** Ids of the parties that its quotations name, in order. */
  parties: z.array(z.string()).readonly().optional(),
  /** Choices of a clarification that waits for its answer. */
  choices: z
    .array(z.object({ label: z.string(), question: z.string() }))
    .readonly()
    .optional(),
  /** The report that was shown last. */
  report: z.string().optional(),
});

export type Memory = z.infer<typeof memorySchema>;
export type AskedBefore = z.infer<typeof askedSchema>;

export const NO_MEMORY: Memory = { citations: [], dates: [], places: [] };

/** Days and places that a question is about, its own or the last answer's. */
export interface AskedScope {
  readonly dates: readonly DayInterval[];
  readonly places: readonly { readonly id: string; readonly name: string }[];
  readonly inherited: boolean;
}

/** The scope that a question names itself. */
export function ownScope(question: Question): AskedScope {
  const dates = question.dates.map(({ start, end }) => ({ start, end }));
  const places = question.places.map(({ id, name }) => ({ id, name }));
  return { dates, places, inherited: false };
}

/** The scope of a question that points back: what it leaves out is the last answer's. */
export function inheritedScope(question: Question, memory: Memory): AskedScope {
  const own = ownScope(question);
  const { event } = memory;
  const bare = memory.dates.length + memory.places.length === 0;
  const days = memory.dates.length > 0 || !bare || event === undefined ? memory.dates : [event];
  const dates = own.dates.length > 0 ? own.dates : days;
  const places = own.places.length > 0 ? own.places : memory.places;
  const inherited = dates.length > own.dates.length || places.length > own.places.length;
  return { dates, places, inherited };
}
