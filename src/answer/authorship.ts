import type { Located } from "../retrieval/scope.ts";
import type { ReportHead } from "../store/store.ts";
import { findActors } from "../text/actors.ts";
import type { Asked } from "./asked.ts";

/** Ids of the agency and the person from whom a report comes. */
function authorsOf({ publisher, byline }: ReportHead, { sources }: Pick<Asked, "sources">): string[] {
  return findActors(`${publisher ?? ""}\n${byline ?? ""}`, sources.actors).map(({ id }) => id);
}

/** Who wrote each of the reports in which passages stand, by report id. */
export async function authorsOfReports(
  located: readonly Located[],
  asked: Pick<Asked, "sources">,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const heads = await asked.sources.store.heads();
  const ids = new Set(located.map(({ passage }) => passage.reportId));
  return new Map(
    [...ids].flatMap((id): [string, string[]][] => {
      // One text is of everyone who published it.
      const published = [id, ...(asked.sources.copies?.others(id) ?? [])].flatMap(
        (one) => heads.get(one) ?? [],
      );
      return published.length > 0 ? [[id, published.flatMap((head) => authorsOf(head, asked))]] : [];
    }),
  );
}

/** Of some passages those from the agency or author that the question names ("بحسب فرات بوست"); all of them when it names none of these. */
export function fromNamedAuthors<T extends Located>(
  located: readonly T[],
  asked: Asked,
  authors: ReadonlyMap<string, readonly string[]>,
): readonly T[] {
  const named = new Set(asked.question.actors.map(({ id }) => id));
  const own = located.filter(({ passage }) => authors.get(passage.reportId)?.some((id) => named.has(id)));
  return own.length > 0 ? own : located;
}
