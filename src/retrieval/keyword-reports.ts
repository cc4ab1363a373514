/** Lists of keywords among what was found: they are found for every question and answer none, so that sentences go first. */
import type { PassageRef, Store } from "../store/store.ts";
import { isKeywordList, onlyAsks } from "../text/keyword-list.ts";
import type { RankedPassage } from "./retrieve.ts";
import type { Located } from "./scope.ts";

/** What is left of the score of a list: sentences that are a fifth as near stand before it. */
const LIST_WORTH = 0.2;
/**
 * A report with at least so many different lists, which are so many of its passages, is one list: its other passages only
 * look otherwise. News into which one question was put, once or twice, stays news.
 */
const FEWEST_LISTS = 4;
const MOST_LISTS = 0.5;

/** What is known of the reports of a store; a store never changes. */
const known = new WeakMap<Store, Map<string, Promise<boolean>>>();

/** Ranked passages with the lists of keywords behind the sentences, and without questions, unless there is nothing else. */
export function sentencesFirst(ranked: readonly RankedPassage[]): readonly RankedPassage[] {
  const lists = new Set(ranked.filter(({ passage }) => isKeywordList(passage.text)));
  if (lists.size === 0) return ranked;
  const told = ranked.filter(({ passage }) => !onlyAsks(passage.text));
  return (told.length > 0 ? told : ranked)
    .map((item) => (lists.has(item) ? { ...item, score: item.score * LIST_WORTH } : item))
    .sort((a, b) => b.score - a.score);
}

/** Passages of more than this are not looked through: a list among so many takes nobody's place. */
const MOST_LOOKED_AT = 500;
/** Passages of which is remembered whether they are lists. */
const MOST_REMEMBERED = 20_000;

/** Of passages looked at the report of those that are lists; null for sentences. */
const looked = new WeakMap<Store, Map<PassageRef, string | null>>();

/** Passages that a scope selects, without those of reports made to be found for everything; in large scopes all of them. */
export async function refsWithoutStuffed(
  refs: readonly PassageRef[],
  store: Store,
): Promise<readonly PassageRef[]> {
  if (refs.length > MOST_LOOKED_AT) return refs;
  const seen = looked.get(store) ?? new Map<PassageRef, string | null>();
  looked.set(store, seen);
  if (seen.size > MOST_REMEMBERED) seen.clear();
  const unseen = refs.filter((ref) => !seen.has(ref));
  for (const [at, passage] of (await store.passages(unseen)).entries())
    seen.set(unseen[at] ?? -1, isKeywordList(passage.text) ? passage.reportId : null);
  const suspects = new Set(refs.flatMap((ref) => seen.get(ref) ?? []));
  const stuffed = await stuffedReports(suspects, store);
  if (stuffed.size === 0) return refs;
  const left = new Set(await passagesOf(stuffed, store));
  return refs.filter((ref) => !left.has(ref));
}

/** The same for passages that have been read, unless there are no others. */
export async function withoutStuffed<T extends Located>(located: readonly T[], store: Store): Promise<T[]> {
  const stuffed = await stuffedAmong(located, store);
  const told = located.filter(({ passage }) => !stuffed.has(passage.reportId));
  return told.length > 0 ? told : [...located];
}

/** The reports made to be found for everything of which some passages are. */
export function stuffedAmong(located: readonly Located[], store: Store): Promise<ReadonlySet<string>> {
  const lists = located.filter(({ passage }) => isKeywordList(passage.text));
  return stuffedReports(new Set(lists.map(({ passage }) => passage.reportId)), store);
}

/** All passages of some reports. */
export function passagesOf(reports: ReadonlySet<string>, store: Store): Promise<readonly PassageRef[]> {
  return store.select({ reports: [...reports] });
}

/** Of some reports those that are made to be found for everything. */
async function stuffedReports(ids: ReadonlySet<string>, store: Store): Promise<ReadonlySet<string>> {
  const verdicts = known.get(store) ?? new Map<string, Promise<boolean>>();
  known.set(store, verdicts);
  const found = await Promise.all(
    [...ids].map(async (id) => {
      const verdict = verdicts.get(id) ?? readReport(id, store);
      verdicts.set(id, verdict);
      return (await verdict) ? [id] : [];
    }),
  );
  return new Set(found.flat());
}

async function readReport(id: string, store: Store): Promise<boolean> {
  return isStuffed(await store.passages(await store.select({ reports: [id] })));
}

/** Whether most passages of a report are lists of keywords, and one of them asks what readers ask. */
function isStuffed(passages: readonly { readonly text: string }[]): boolean {
  const lists = passages.filter(({ text }) => isKeywordList(text));
  const different = new Set(lists.map(({ text }) => text)).size;
  const most = different >= FEWEST_LISTS && lists.length >= MOST_LISTS * passages.length;
  return most && lists.some(({ text }) => onlyAsks(text));
}
