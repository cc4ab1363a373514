/** Rows of the state as SQLite gives them back. */
import { z } from "zod";

export const updateRow = z.object({
  id: z.number(),
  chat: z.string(),
  payload: z.string(),
  receivedAt: z.number(),
});
export const deliveryRow = z.object({
  id: z.number(),
  chat: z.string(),
  question: z.number().nullable(),
  payload: z.string(),
  status: z.enum(["pending", "sending"]),
});
export const answerRow = z.object({
  id: z.string(),
  conversation: z.string(),
  citations: z.string(),
  sentAt: z.number(),
});
export const feedbackRow = z.object({
  answer: z.string(),
  person: z.string(),
  verdict: z.enum(["good", "bad", "wrong_quotation"]),
  givenAt: z.number(),
});
