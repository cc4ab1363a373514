/** Lists of keywords among what was found: they are found for every question and answer none, so that sentences go first. */
import type { Store } from "../store/store.ts";
import { isKeywordList, onlyAsks } from "../text/keyword-list.ts";
import type { RankedPassage } from "./retrieve.ts";
import type { Located } from "./scope.ts";

/** What is left of the score of a list: sentences that are a fifth as near stand before it. */
const LIST_WORTH = 0.2;
/** A report of at least so many passages, of which so many are lists, is one list: its other passages only look otherwise. */
const FEWEST_PASSAGES = 4;
const MOST_LISTS = 0.5;

/** What is known of the reports of a store; a store never changes. */
const known = new WeakMap<Store, Map<string, Promise<boolean>>>();

/**
 * Ranked passages with the lists of keywords behind the sentences; without questions, and without reports that are
 * such lists with questions among them, unless there is nothing else.
 */
export async function sentencesFirst(
  ranked: readonly RankedPassage[],
  store: Store,
): Promise<readonly RankedPassage[]> {
  const lists = new Set(ranked.filter(({ passage }) => isKeywordList(passage.text)));
  if (lists.size === 0) return ranked;
  const stuffed = await stuffedReports(new Set([...lists].map(({ passage }) => passage.reportId)), store);
  const told = ranked.filter(({ passage }) => !onlyAsks(passage.text) && !stuffed.has(passage.reportId));
  return (told.length > 0 ? told : ranked)
    .map((item) => (lists.has(item) ? { ...item, score: item.score * LIST_WORTH } : item))
    .sort((a, b) => b.score - a.score);
}

/** Passages of more than this are not looked through: a list among so many takes nobody's place. */
const MOST_LOOKED_AT = 500;

/** Passages that a scope selects, without those of reports made to be found for everything, unless there are no others. */
export async function withoutStuffed<T extends Located>(located: readonly T[], store: Store): Promise<T[]> {
  const lists =
    located.length > MOST_LOOKED_AT ? [] : located.filter(({ passage }) => isKeywordList(passage.text));
  const stuffed = await stuffedReports(new Set(lists.map(({ passage }) => passage.reportId)), store);
  const told = located.filter(({ passage }) => !stuffed.has(passage.reportId));
  return told.length > 0 ? told : [...located];
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
  const most = passages.length >= FEWEST_PASSAGES && lists.length >= MOST_LISTS * passages.length;
  return most && lists.some(({ text }) => onlyAsks(text));
}
