/** What goes to the process that embeds, and what comes back. */
import { z } from "zod";

const model = z.object({ id: z.string(), fingerprint: z.string(), dimension: z.number() });

export const orderSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("embed"),
    id: z.number(),
    texts: z.array(z.string()),
    role: z.enum(["query", "passage"]),
  }),
  z.object({ kind: z.literal("cancel"), id: z.number() }),
]);
export type Order = z.infer<typeof orderSchema>;

/** `resident` is the resident memory of the process, in bytes. */
export const replySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("opened"), model }),
  /** The weights are loaded and have been used once. */
  z.object({ kind: z.literal("ready"), resident: z.number() }),
  /** The model cannot be used. */
  z.object({ kind: z.literal("refused"), message: z.string() }),
  z.object({
    kind: z.literal("vectors"),
    id: z.number(),
    vectors: z.array(z.custom<Float32Array>((value) => value instanceof Float32Array)),
    resident: z.number(),
  }),
  z.object({ kind: z.literal("failed"), id: z.number(), message: z.string(), resident: z.number() }),
]);
export type Reply = z.infer<typeof replySchema>;

/** The end of a channel to the process that embeds. */
export interface Port {
  /** Never throws: what cannot be sent is followed by the end. */
  send(order: Order): void;
  onReply(told: (reply: Reply) => void): void;
  /** Once, with what happened, in words that fit behind "it". */
  onEnd(ended: (how: string) => void): void;
  /** Whether it keeps this process alive; it does at first. */
  hold(held: boolean): void;
  /** Lets the process end by itself, and kills it when it does not. */
  end(): void;
  kill(): void;
}
