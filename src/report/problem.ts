/** Why something of a collection cannot be read. */

export const PROBLEM_TAGS = [
  ...(["empty", "no_text", "picture", "unknown_letters", "damaged", "locked", "binary", "charset"] as const),
  ...(["too_large", "unknown_format", "nested_archive", "unpacking", "not_json", "no_columns"] as const),
  ...(["not_a_feed", "wrong_companion", "same_id", "link", "permissions"] as const),
] as const;
/** What kind of reason it is: for whoever tells it in another language. */
export type ProblemTag = (typeof PROBLEM_TAGS)[number];

/** The reason in English, with the remedy. */
export interface Problem {
  readonly problem: string;
  readonly tag: ProblemTag;
}

/** The same with what cannot be read: a path below the folder, or a place in a file. */
export interface Unread {
  readonly file: string;
  readonly reason: string;
  readonly tag: ProblemTag;
}

export function unread(file: string, { problem: reason, tag }: Problem): Unread {
  return { file, reason, tag };
}
