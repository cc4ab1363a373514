import { z } from "zod";
import { TIMELINE_FORMS } from "./callback.ts";

/** A button under a message. */
export const buttonSchema = z.union([
  z.object({ text: z.string(), callback_data: z.string() }),
  z.object({ text: z.string(), url: z.string() }),
  z.object({ text: z.string(), copy_text: z.object({ text: z.string() }) }),
]);
export type Button = z.infer<typeof buttonSchema>;
export type Keyboard = readonly (readonly Button[])[];

/** Where a message goes; `replyTo` is a message of the same chat. */
const addressSchema = z.object({
  chat: z.string(),
  thread: z.number().nullable(),
  replyTo: z.number().nullable(),
});
export type Address = z.infer<typeof addressSchema>;

const keyboardSchema = z.array(z.array(buttonSchema));
/** The message with the question that this answers, so that an edited question finds its answer. */
const answersSchema = z.number().nullable();

/** One thing to be done in a chat, as it is stored until it is done. */
export const callSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("message"),
    to: addressSchema,
    html: z.string(),
    /** The same without markup, for the case that Telegram does not take the markup. */
    plain: z.string(),
    keyboard: keyboardSchema,
    answers: answersSchema,
    /** Says that a message may be missing: better twice than never. */
    isNotice: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal("edit"),
    chat: z.string(),
    message: z.number(),
    html: z.string(),
    plain: z.string(),
    keyboard: keyboardSchema,
    answers: answersSchema,
  }),
  z.object({ kind: z.literal("delete"), chat: z.string(), message: z.number() }),
  /** The bot leaves a group. */
  z.object({ kind: z.literal("leave"), chat: z.string() }),
  z.object({
    kind: z.literal("document"),
    to: addressSchema,
    report: z.string(),
    sha256: z.string(),
    fileName: z.string(),
    html: z.string(),
    plain: z.string(),
  }),
  /** Events by day as a picture or a file: made when it is sent, so that what is stored stays small. */
  z.object({
    kind: z.literal("timeline"),
    to: addressSchema,
    form: z.enum(TIMELINE_FORMS),
    about: z.object({
      start: z.string().nullable(),
      end: z.string().nullable(),
      place: z.string().nullable(),
    }),
    html: z.string(),
    plain: z.string(),
  }),
]);
export type Call = z.infer<typeof callSchema>;

/** The chat in which it is done. */
export function chatOf(call: Call): string {
  return "to" in call ? call.to.chat : call.chat;
}
