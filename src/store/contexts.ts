/** Contexts (passage/context.ts) of reports that a build has cut. */
import { contextText, groupContexts } from "../passage/context.ts";
import type { Passage } from "../passage/passage.ts";
import type { Database } from "../sqlite/open.ts";
import { contentHash, decodePassage } from "./records.ts";

/** Groups the passages of a report, the first of which has the ref `first`; numbers them from `number` on. Returns how many. */
export function contextWriter(
  database: Database,
): (passages: readonly Passage[], first: number, number: number) => number {
  const insert = database.prepare("INSERT INTO contexts VALUES (?, ?, ?, ?)");
  return (passages, first, number) => {
    const contexts = groupContexts(passages);
    for (const [at, context] of contexts.entries()) {
      const text = contextText(passages.slice(context.first, context.last + 1));
      insert.run(number + at, first + context.first, first + context.last, contentHash(text));
    }
    return contexts.length;
  };
}

/** Text of the context that holds refs `first` to `last`. */
export function readContextText(database: Database, first: number, last: number): string {
  const records = database
    .prepare("SELECT record FROM passages WHERE ref BETWEEN ? AND ? ORDER BY ref")
    .pluck()
    .all(first, last);
  return contextText(records.map((record) => decodePassage(String(record))));
}
