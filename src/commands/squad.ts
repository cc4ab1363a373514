import { readFile } from "node:fs/promises";
import { z } from "zod";

const squadSchema = z.object({
  data: z.array(
    z.object({
      paragraphs: z.array(
        z.object({
          context: z.string(),
          qas: z.array(z.object({ question: z.string(), answers: z.array(z.object({ text: z.string() })) })),
        }),
      ),
    }),
  ),
});

/** Distinct questions; equal ones count once, with all their paragraphs relevant and all their answers good. */
export interface SquadQuestion {
  readonly text: string;
  /** Places in `paragraphs`. */
  readonly relevant: ReadonlySet<number>;
  readonly answers: ReadonlySet<string>;
}

export interface SquadSet {
  /** Distinct texts. */
  readonly paragraphs: readonly string[];
  readonly questions: readonly SquadQuestion[];
}

/** Reads a question set in SQuAD's format. Throws an Error that names the file and what is wrong with it. */
export async function readSquad(file: string): Promise<SquadSet> {
  const content = await readFile(file, "utf8");
  try {
    return parseSquad(JSON.parse(content));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new Error(`${file} is no question set in SQuAD's format (${reason}); give --set another file`, {
      cause,
    });
  }
}

export function parseSquad(value: unknown): SquadSet {
  const paragraphs = new Map<string, number>();
  const questions = new Map<string, { text: string; relevant: Set<number>; answers: Set<string> }>();
  for (const { context, qas } of squadSchema.parse(value).data.flatMap((article) => article.paragraphs)) {
    const paragraph = paragraphs.get(context) ?? paragraphs.size;
    paragraphs.set(context, paragraph);
    for (const { question, answers } of qas) {
      const text = question.trim();
      const known = questions.get(text) ?? { text, relevant: new Set(), answers: new Set() };
      questions.set(text, known);
      known.relevant.add(paragraph);
      for (const answer of answers) known.answers.add(answer.text);
    }
  }
  return { paragraphs: [...paragraphs.keys()], questions: [...questions.values()] };
}
