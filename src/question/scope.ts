import { z } from "zod";
import type { DayInterval } from "../text/day.ts";
import { searchKey } from "../text/normalize.ts";
import type { Question } from "./question.ts";

/** What a conversation keeps of its last answer. Plain JSON: it is stored with the chat. */
export const memorySchema = z.object({
  citations: z.array(z.object({ n: z.number().int(), report: z.string(), passage: z.string() })).readonly(),
  dates: z.array(z.object({ start: z.string().nullable(), end: z.string().nullable() })).readonly(),
  places: z.array(z.object({ id: z.string(), name: z.string() })).readonly(),
});

export type Memory = z.infer<typeof memorySchema>;

/** Days and places that a question is about, its own or the last answer's. */
export interface AskedScope {
  readonly dates: readonly DayInterval[];
  readonly places: readonly { readonly id: string; readonly name: string }[];
  readonly inherited: boolean;
}

const POINTS_BACK =
  /(?:^|\s)(?:تلك|ذلك|هذه|هذا|هناك|فيها|فيه|منها|منه|عنها|عنه|نفسه|نفسها|ذاته|ذاتها|ايضا|كمان|هنيك|هونيك|هديك)(?:\s|$)|^و(?:كم|من|متي|اين|ماذا|ما|لماذا|كيف|هل|في|شو|وين|مين|قديش)(?:\s|$)|^(?:و)?ماذا عن|^وفي اليوم/;

/** Whether the words point back at what was said before ("وكم عدد الجرحى؟", "في تلك المعارك", "ماذا عن الحويقة؟"). */
export function pointsBack(text: string): boolean {
  return POINTS_BACK.test(
    searchKey(text)
      .replace(/[؟?!.،:]/g, " ")
      .replace(/\s+/g, " ")
      .trim(),
  );
}

/** The scope of a question: what it names itself, and for what it leaves out and points back at, the last answer's. */
export function askedScope(question: Question, memory: Memory | null): AskedScope {
  const dates = question.dates.map(({ start, end }) => ({ start, end }));
  const places = question.places.map(({ id, name }) => ({ id, name }));
  const back = memory !== null && pointsBack(question.text);
  if (!back) return { dates, places, inherited: false };
  const scope = {
    dates: dates.length > 0 ? dates : memory.dates,
    places: places.length > 0 ? places : memory.places,
  };
  const inherited = scope.dates.length > dates.length || scope.places.length > places.length;
  return { ...scope, inherited };
}
