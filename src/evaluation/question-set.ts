import { z } from "zod";

const questionSchema = z.object({
  id: z.string().min(1),
  type: z.string().min(1).default("question"),
  question: z.string(),
  answerable: z.boolean().default(true),
  /** Reports in which the evidence stands, by id or file name. */
  reports: z.array(z.string()).default([]),
  /** Groups of strings: each group is one fact, its strings are the ways in which reports word it. */
  evidence: z.array(z.array(z.string().min(1)).min(1)).default([]),
});

/** One question with what a right answer shows. */
export interface SetQuestion {
  readonly id: string;
  readonly type: string;
  readonly question: string;
  /** False when the collection does not hold the answer: the right reply is to say so. */
  readonly answerable: boolean;
  /** Ids of reports whose citations count; empty when any report counts. */
  readonly reports: readonly string[];
  readonly evidence: readonly (readonly string[])[];
}

/** A file is no question set. The message names file and line and says what a line must hold. */
export class QuestionSetError extends Error {
  override readonly name = "QuestionSetError";
}

const FORM =
  'a line must hold {"id","question"}, and may hold "type", "answerable", "reports" and "evidence" (docs/evaluation.md)';

/** Reads a question set: one JSON object a line, empty lines passed over. Throws QuestionSetError. */
export function parseQuestionSet(text: string, file: string): SetQuestion[] {
  const questions: SetQuestion[] = [];
  const ids = new Set<string>();
  for (const [index, line] of text
    .replace(/^\ufeff/, "")
    .split("\n")
    .entries()) {
    if (line.trim() === "") continue;
    const fail = (reason: string): never => {
      throw new QuestionSetError(`${file}, line ${index + 1}: ${reason}; ${FORM}`);
    };
    const question = parseLine(line, fail);
    if (ids.has(question.id)) fail(`the id "${question.id}" stands twice`);
    if (question.answerable && question.evidence.length === 0) fail("an answerable question needs evidence");
    ids.add(question.id);
    questions.push(question);
  }
  if (questions.length === 0) throw new QuestionSetError(`${file} holds no question; ${FORM}`);
  return questions;
}

function parseLine(line: string, fail: (reason: string) => never): SetQuestion {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return fail("it is not JSON");
  }
  const parsed = questionSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return fail(`${issue?.path.join(".") || "the line"}: ${issue?.message}`);
  }
  const reports = parsed.data.reports.map((report) => report.replace(/\.(?:txt|json)$/, ""));
  return { ...parsed.data, reports };
}
