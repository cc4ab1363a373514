/** Which reports of a collection are one text, and which of their passages say it again. */
import { isDeepStrictEqual } from "node:util";
import type { Passage } from "../passage/passage.ts";
import type { PassageRef, ReportHead, Store } from "../store/store.ts";
import { words } from "../text/tokens.ts";
import { type CopyGroup, CopyGrouping, groupsHolding } from "./group.ts";
import { type Compared, comparedReport } from "./similarity.ts";
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

/** What is kept of one generation to find the copies of the next without comparing everything again. */
export interface KnownCopies {
  readonly grouping: CopyGrouping;
  readonly repeats: ReadonlyMap<CopyGroup, Repeats>;
}

/** Passages of the copies of a group that stand in its first report too, by their place among those of the copies. */
interface Repeats {
  /** Of all members: while they are the same objects, the store holds the same reports. */
  readonly heads: readonly (ReportHead | undefined)[];
  readonly passages: ReadonlyMap<number, Passage>;
}

/** The groups in which at least one of these reports is, without grouping the others. */
export async function copyGroupsOf(
  ids: Iterable<string>,
  store: Pick<Store, "heads">,
): Promise<readonly (readonly string[])[]> {
  return groupsHolding(new Set(ids), comparedReports(await store.heads())).map(({ members }) => members);
}

/**
 * The copies of a store, and the store as answers are to see it: what is said again in a copy is in it once. `former` is
 * what was known of an earlier generation; it is used up.
 */
export async function readCopies(
  store: Store,
  former: KnownCopies | null = null,
): Promise<{ copies: Copies; store: Store; known: KnownCopies }> {
  const heads = await store.heads();
  const grouping = former?.grouping ?? new CopyGrouping();
  follow(grouping, heads);
  const found = grouping.groups();
  const repeats = new Map<CopyGroup, Repeats>();
  const known = { grouping, repeats };
  if (found.length === 0) return { copies: NO_COPIES, store, known };
  const repeated = new Map<number, Passage>();
  for (const group of found) {
    const [leader = "", ...others] = group.members;
    const refs = await store.select({ reports: others });
    const before = former?.repeats.get(group);
    const now = group.members.map((id) => heads.get(id));
    const same = before?.heads.every((head, at) => head === now[at]) === true;
    const passages = same ? before.passages : await repeatsIn(refs, leader, store);
    repeats.set(group, { heads: now, passages });
    for (const [at, passage] of passages) repeated.set(refs[at] ?? -1, passage);
  }
  const groups = found.map(({ members }) => members);
  const groupOf = new Map(groups.flatMap((members) => members.map((id) => [id, members] as const)));
  const ids = new Set([...repeated.values()].map(({ id }) => id));
  const copies: Copies = {
    groups,
    leader: (report) => groupOf.get(report)?.[0] ?? report,
    others: (report) => (groupOf.get(report) ?? []).filter((id) => id !== report),
    repeats: (passage) => ids.has(passage),
  };
  const more = groups.reduce((sum, members) => sum + members.length - 1, 0);
  return { copies, store: new StoreWithoutRepeats(store, repeated, more), known };
}

/** Which of these passages say letter for letter again what stands in a report. */
async function repeatsIn(
  refs: readonly PassageRef[],
  leader: string,
  store: Store,
): Promise<Map<number, Passage>> {
  const told = keyOf((await store.report(leader))?.body ?? "");
  const passages = [...(await store.passages(refs)).entries()];
  return new Map(
    passages.filter(
      ([, { role, text }]) => role === "byline" || role === "date" || told.includes(keyOf(text)),
    ),
  );
}

/** Tells the grouping what has come, changed and gone. */
function follow(grouping: CopyGrouping, heads: ReadonlyMap<string, ReportHead>): void {
  const isGone = (id: string): boolean => heads.get(id)?.sketch === undefined;
  grouping.change({
    drop: [...grouping.ids()].filter(isGone),
    put: comparedReports(heads, (id, { publisher, sketch }) => {
      const before = grouping.get(id);
      if (before?.publisher !== publisher) return true;
      return before.sketch !== sketch && !isDeepStrictEqual(before.sketch, sketch);
    }),
  });
}

function comparedReports(
  heads: ReadonlyMap<string, ReportHead>,
  wanted: (id: string, head: ReportHead) => boolean = () => true,
): Compared[] {
  return [...heads].flatMap(([id, head]) =>
    head.sketch === undefined || !wanted(id, head) ? [] : [comparedReport(id, head.publisher, head.sketch)],
  );
}

/** Words with a space before and after each: one text holds another only by whole words. */
const keyOf = (text: string): string => ` ${words(text).join(" ")} `;
