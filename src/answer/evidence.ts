import type { Located } from "../retrieval/scope.ts";
import type { PassageRef, Store } from "../store/store.ts";

const QUOTED = 3;
const NEIGHBOURS = 2;

/** Texts in which an answer would stand: the passages quoted, and around the best of them what stands before and after. */
export async function gatherEvidence(quoted: readonly Located[], store: Store): Promise<string[]> {
  const [best] = quoted;
  if (!best) return [];
  const refs = new Set<PassageRef>(quoted.slice(0, QUOTED).map(({ ref }) => ref));
  for (let step = -NEIGHBOURS; step <= NEIGHBOURS; step += 1) {
    const ref = best.ref + step;
    if (ref >= 0 && ref < store.manifest.passages) refs.add(ref);
  }
  const passages = await store.passages([...refs]);
  const near = passages.filter(
    ({ reportId }) =>
      reportId === best.passage.reportId || quoted.some(({ passage }) => passage.reportId === reportId),
  );
  return near.flatMap(({ header, text }) => [header, text]);
}
