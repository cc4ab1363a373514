/** A look for news reads only the reports that have changed since the look before, and finds what looking at all finds. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Passage } from "../../src/passage/passage.ts";
import type { Report } from "../../src/report/report.ts";
import { type Looked, newcomers } from "../../src/telegram/newcomers.ts";
import type { NewsCollection } from "../../src/telegram/news.ts";
import { eventOf, toldPassage } from "../timeline/values.ts";

/** Reports by id, each a text with one passage a line. */
type Texts = Readonly<Record<string, string>>;

/** Collections of one process: a report that stays as it is stays the same object. */
function shelf() {
  const standing = new Map<string, { text: string }>();
  const read: string[] = [];
  return {
    read,
    collection(texts: Texts): NewsCollection {
      for (const id of [...standing.keys()]) if (standing.get(id)?.text !== texts[id]) standing.delete(id);
      for (const [id, text] of Object.entries(texts)) if (!standing.has(id)) standing.set(id, { text });
      const now = new Map([...standing].sort(([a], [b]) => (a < b ? -1 : 1)));
      const report = (id: string) => ({ id, body: texts[id] ?? "", sha256: `sha-${texts[id]}` }) as Report;
      const passages = (id: string): Passage[] =>
        (texts[id] ?? "")
          .split("\n")
          .map((line, at) =>
            toldPassage(line, [eventOf("2017-10-29")], { report: id, start: at * 100, id: `${id} ${line}` }),
          );
      return {
        mark: JSON.stringify(texts),
        reading: "1",
        standing: async () => now,
        report: async (id) => {
          read.push(id);
          return report(id);
        },
        passages: async (id) => passages(id),
        passageById: async () => null,
        matcher: () => () => true,
      };
    },
  };
}

/** What a state keeps between looks. */
function memory() {
  const keys = new Set<string>();
  let from: string | null = null;
  let before: Looked | null = null;
  return async (collection: NewsCollection, remembers: boolean): Promise<string[] | null> => {
    const known = async (asked: readonly string[]) => new Set(asked.filter((key) => keys.has(key)));
    const found = await newcomers(collection, { from, before: remembers ? before : null }, known);
    if (found === null) return null;
    for (const key of found.keys) keys.add(key);
    from = found.mark;
    before = found.looked;
    return found.items.map(({ passage }) => passage.id);
  };
}

const line = fc.constantFrom("قصف", "نزح السكان", "معارك", "غارة");
const texts = fc.dictionary(
  fc.constantFrom("a", "b", "c", "d"),
  fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join("\n")),
);

describe("a look for news", () => {
  it("finds the same, whether it remembers the look before or not", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 6 }), async (steps) => {
        const [remembering, whole] = [memory(), memory()];
        const [one, other] = [shelf(), shelf()];
        for (const step of steps)
          expect(await remembering(one.collection(step), true)).toEqual(
            await whole(other.collection(step), false),
          );
      }),
    );
  });

  it("reads only what has come or changed", async () => {
    const { read, collection } = shelf();
    const look = memory();
    await look(collection({ a: "قصف", b: "معارك" }), true);
    read.length = 0;
    expect(await look(collection({ a: "قصف", b: "معارك\nغارة", c: "نزح السكان" }), true)).toEqual([
      "b غارة",
      "c نزح السكان",
    ]);
    expect(read).toEqual(["b", "c"]);
  });
});
