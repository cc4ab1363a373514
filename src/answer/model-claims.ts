/** What a model replies: claims with their citations, read from text of any kind. Nothing in them is trusted. */
import { z } from "zod";

const replySchema = z.object({
  claims: z.array(
    z.object({
      text: z.string(),
      citations: z.array(z.object({ passage: z.string(), quote: z.string() })),
    }),
  ),
});

/** One claim as the model wrote it. */
export type WrittenClaim = z.infer<typeof replySchema>["claims"][number];

/** The form of a reply as JSON schema, in the part of it that strict servers take. */
export const REPLY_SCHEMA = {
  name: "answer",
  schema: withoutDialect(z.toJSONSchema(replySchema)),
} as const;

function withoutDialect({ $schema: _, ...schema }: Record<string, unknown>): Record<string, unknown> {
  return schema;
}

export type ReadReply =
  | { readonly kind: "claims"; readonly claims: readonly WrittenClaim[] }
  | { readonly kind: "problem"; readonly problem: string };

/** The JSON object in a reply that may have thoughts before it and a fence around it; null when there is none. */
function jsonIn(reply: string): unknown {
  const said = reply.replace(/^[\s\S]*<\/think>/i, "");
  const start = said.indexOf("{");
  const end = said.lastIndexOf("}");
  if (start < 0 || end < start) return null;
  try {
    return JSON.parse(said.slice(start, end + 1));
  } catch {
    return null;
  }
}

/** Reads a reply, or says in one English line what is wrong with its form. */
export function readReply(reply: string): ReadReply {
  const value = jsonIn(reply);
  if (value === null) return { kind: "problem", problem: "it holds no complete JSON object" };
  const parsed = replySchema.safeParse(value);
  if (parsed.success) return { kind: "claims", claims: parsed.data.claims };
  const [issue] = parsed.error.issues;
  return {
    kind: "problem",
    problem: `at ${issue?.path.join(".") || "the top"}: ${issue?.message ?? "wrong"}`,
  };
}
