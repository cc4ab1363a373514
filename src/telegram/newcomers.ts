/** What has come into a collection since it was looked through last, by marks of its reports and passages. */
import { createHash } from "node:crypto";
import type { Passage } from "../passage/passage.ts";
import type { Report } from "../report/report.ts";
import type { Subscriptions } from "../state/subscriptions.ts";
import { searchKey } from "../text/normalize.ts";
import type { NewsItem } from "./announcement.ts";
import type { NewsCollection } from "./news.ts";

export interface Newcomers {
  /** Names the collection for the next look. */
  readonly mark: string;
  /** Marks that are not kept yet. */
  readonly keys: readonly string[];
  /** New passages; none at the first look, which only learns what is there. */
  readonly items: readonly NewsItem[];
  /** What need not be looked at again, once the marks are kept. */
  readonly looked: Looked;
}

/** A look whose marks are kept: a report that stands in the next collection as the same object is known. */
export interface Looked {
  readonly mark: string;
  readonly standing: ReadonlyMap<string, object>;
}

/** Reports looked at between two breaths. */
const AT_ONCE = 50;

const short = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 14);

/** A report whose bytes or whose text is known has nothing new, whatever it is called now. */
function reportKeys({ sha256, body }: Report): [string, string] {
  return [`r${sha256.slice(0, 20)}`, `b${short(searchKey(body))}`];
}

/** A passage is known by its report and text, or when the same words were told of the same days. */
function passageKeys({ id, text, dates }: Passage): [string, string] {
  const days = dates.filter(({ background }) => !background).map(({ start, end }) => `${start}/${end}`);
  return [`p${id}`, `t${short(`${days.sort().join(" ")} ${searchKey(text)}`)}`];
}

/**
 * Compares the collection with what is known; `from` is the mark of the last look, null for the first. Null when the
 * collection is the one that was looked through. What comes twice at once is new once. With `before`, the last look of
 * this process, only reports that have changed since are read.
 */
export async function newcomers(
  collection: NewsCollection,
  { from, before }: { readonly from: string | null; readonly before: Looked | null },
  known: Subscriptions["known"],
): Promise<Newcomers | null> {
  const mark = `${collection.reading} ${collection.mark}`;
  if (from === mark) return null;
  // Passages that are cut anew have other marks: they are learnt again, and none of them is new.
  const isRead = from?.startsWith(`${collection.reading} `) ?? false;
  const keys = new Set<string>();
  const items: NewsItem[] = [];
  const standing = await collection.standing();
  const former = isRead && before !== null && before.mark === from ? before.standing : null;
  const ids = [...standing].flatMap(([id, stands]) => (former?.get(id) === stands ? [] : [id]));
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const reports = await Promise.all(ids.slice(at, at + AT_ONCE).map((id) => collection.report(id)));
    const there = reports.filter((report) => report !== null);
    const kept = await known(there.flatMap(reportKeys));
    for (const report of there) {
      const own = reportKeys(report);
      const isKnown = own.some((key) => kept.has(key) || keys.has(key));
      for (const key of own) if (!kept.has(key)) keys.add(key);
      if (isKnown && isRead) continue;
      const passages = await collection.passages(report.id);
      const marked = passages.map((passage) => ({ passage, own: passageKeys(passage) }));
      const seen = await known(marked.flatMap((each) => each.own));
      for (const each of marked) {
        const isNew = !each.own.some((key) => seen.has(key) || keys.has(key));
        if (isNew && !isKnown && from !== null) items.push({ report, passage: each.passage });
        for (const key of each.own) if (!seen.has(key)) keys.add(key);
      }
    }
    // Questions go on meanwhile.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { mark, keys: [...keys], items, looked: { mark, standing } };
}
