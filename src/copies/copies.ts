/** Which reports of a collection are one text, and which of their passages say it again. */
import type { Passage } from "../passage/passage.ts";
import type { Store } from "../store/store.ts";
import { words } from "../text/tokens.ts";
import { groupCopies } from "./group.ts";
import { comparedReport } from "./similarity.ts";
import { StoreWithoutRepeats } from "./view.ts";

/** The copies of a collection. */
export interface Copies {
  /** The groups in order of their first members; the first member of each stands for all. */
  readonly groups: readonly (readonly string[])[];
  /** The report that stands for this one; itself where it has no copy. */
  leader(report: string): string;
  /** The other reports that are this text, the earliest published first. */
  others(report: string): readonly string[];
  /** Whether a passage, by its id, says letter for letter again what stands in the report that stands for all. */
  repeats(passage: string): boolean;
}

export const NO_COPIES: Copies = {
  groups: [],
  leader: (report) => report,
  others: () => [],
  repeats: () => false,
};

/** The groups that the stored sketches give. */
export async function copyGroups(store: Pick<Store, "heads">): Promise<readonly (readonly string[])[]> {
  const compared = [...(await store.heads())].flatMap(([id, { publisher, sketch }]) =>
    sketch === undefined ? [] : [comparedReport(id, publisher, sketch)],
  );
  return groupCopies(compared).map(({ members }) => members);
}

/** The copies of a store, and the store as answers are to see it: what is said again in a copy is in it once. */
export async function readCopies(store: Store): Promise<{ copies: Copies; store: Store }> {
  const groups = await copyGroups(store);
  if (groups.length === 0) return { copies: NO_COPIES, store };
  const groupOf = new Map(groups.flatMap((members) => members.map((id) => [id, members] as const)));
  const repeated = new Map<number, Passage>();
  for (const [leader = "", ...copies] of groups) {
    const told = keyOf((await store.report(leader))?.body ?? "");
    const refs = await store.select({ reports: copies });
    const passages = await store.passages(refs);
    for (const [at, passage] of passages.entries())
      if (passage.role === "byline" || passage.role === "date" || told.includes(keyOf(passage.text)))
        repeated.set(refs[at] ?? -1, passage);
  }
  const ids = new Set([...repeated.values()].map(({ id }) => id));
  const copies: Copies = {
    groups,
    leader: (report) => groupOf.get(report)?.[0] ?? report,
    others: (report) => (groupOf.get(report) ?? []).filter((id) => id !== report),
    repeats: (passage) => ids.has(passage),
  };
  const more = groups.reduce((sum, members) => sum + members.length - 1, 0);
  return { copies, store: new StoreWithoutRepeats(store, repeated, more) };
}

/** Words with a space before and after each: one text holds another only by whole words. */
const keyOf = (text: string): string => ` ${words(text).join(" ")} `;
