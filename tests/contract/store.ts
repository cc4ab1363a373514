import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Embedder } from "../../src/embedding/embedder.ts";
import type { Passage } from "../../src/passage/passage.ts";
import { indexedText } from "../../src/store/indexed-text.ts";
import { type PassageFilter, type Store, StoreError } from "../../src/store/store.ts";
import { lexicalTerms } from "../../src/text/tokens.ts";
import { FakeEmbedder } from "../fakes.ts";
import { SAMPLE_REPORTS, samplePassages } from "../store/samples.ts";

/** What every Store promises, tried on the sample collection; `open` gives it, embedded with the fake embedder. */
export function storeContract(name: string, open: (embedder: Embedder) => Promise<Store>): void {
  describe(`${name} as a Store`, () => {
    const embedder = new FakeEmbedder();
    let store: Store;
    let passages: readonly Passage[];
    beforeAll(async () => {
      store = await open(embedder);
      passages = SAMPLE_REPORTS.map(({ report }) => report)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .flatMap(samplePassages);
    });
    afterAll(() => store.close());

    const embed = async (text: string): Promise<Float32Array> =>
      (await embedder.embed([text], "query"))[0] ?? new Float32Array();
    const found = async (filter: PassageFilter): Promise<string[]> =>
      (await store.passages(await store.select(filter))).map(({ text }) => text.slice(0, 12));

    describe("reports", () => {
      it("are listed in order of id", async () => {
        expect(await store.reportIds()).toEqual(["000_a", "001_c", "002_b", "003_empty"]);
      });

      it("come back unchanged, to the last UTF-16 unit", async () => {
        for (const { report } of SAMPLE_REPORTS) expect(await store.report(report.id)).toEqual(report);
      });

      it("come back as the bytes that were received", async () => {
        for (const { report, bytes } of SAMPLE_REPORTS)
          expect(Buffer.from((await store.source(report.id)) ?? [])).toEqual(Buffer.from(bytes));
      });

      it("tell of all who they come from and what they are called, in order of id", async () => {
        const heads = await store.heads();
        expect([...heads.keys()]).toEqual(await store.reportIds());
        for (const { report } of SAMPLE_REPORTS) {
          const { publisher, byline, title, sketch } = report;
          expect(heads.get(report.id)).toEqual({ publisher, byline, title, ...(sketch ? { sketch } : {}) });
        }
      });

      it("are named for passages, each once, in order", async () => {
        const refs = await store.select({});
        expect(await store.reportsOf(refs.toReversed())).toEqual([
          ...new Set(passages.map(({ reportId }) => reportId)),
        ]);
        expect(await store.reportsOf(refs.slice(-1))).toEqual([passages.at(-1)?.reportId]);
        expect(await store.reportsOf([])).toEqual([]);
      });

      it("tell the values of their own place fields, each once, in order", async () => {
        expect(await store.placeFields()).toEqual(["حمص : بابا عمرو", "دير الزور"]);
      });

      it("are counted by what is known of their day of publication", async () => {
        const counts = { stated: 0, inferred: 0, unknown: 0 };
        for (const { report } of SAMPLE_REPORTS) counts[report.published.confidence] += 1;
        expect(await store.publications()).toEqual(counts);
      });

      it("are null for an unknown id", async () => {
        for (const id of ["", "000", "'; DROP TABLE reports", "\u0000"]) {
          expect(await store.report(id)).toBeNull();
          expect(await store.source(id)).toBeNull();
        }
      });
    });

    describe("passages", () => {
      it("are all selected by an empty filter, in order of report id and start", async () => {
        expect(await store.passages(await store.select({}))).toEqual(passages);
      });

      it("stand letter for letter in their report", async () => {
        for (const passage of await store.passages(await store.select({}))) {
          const report = await store.report(passage.reportId);
          expect(report?.body.slice(passage.start, passage.end)).toBe(passage.text);
        }
      });

      it("come in the order of the refs that were asked for", async () => {
        const [first = -1, second = -1] = await store.select({});
        expect(await store.passages([second, first, second])).toEqual([
          passages[1],
          passages[0],
          passages[1],
        ]);
      });

      it("are found by their id, with the ref that gives them", async () => {
        for (const passage of passages) {
          const hit = await store.passageById(passage.id);
          expect(hit?.passage).toEqual(passage);
          expect(await store.passages([hit?.ref ?? -1])).toEqual([passage]);
        }
        expect(await store.passageById("ffffffffffff")).toBeNull();
      });

      it("that do not exist are refused", async () => {
        for (const ref of [-1, passages.length, 0.5])
          await expect(store.passages([ref])).rejects.toThrow(StoreError);
      });
    });

    describe("select", () => {
      it("takes an event day inside an interval, of any report", async () => {
        expect(await found({ days: [{ start: "2017-10-29", end: "2017-10-29" }] })).toEqual([
          "قصف الطيران ",
          "قصف الطيران ",
        ]);
      });

      it("takes an interval that only overlaps, and open ends", async () => {
        expect(await found({ days: [{ start: "2017-11-05", end: null }] })).toEqual(["تذكر المصادر"]);
        expect(await found({ days: [{ start: null, end: "2012-06-01" }] })).toEqual(["تذكر المصادر"]);
        expect(await found({ days: [{ start: "2017-11-03", end: "2017-11-03" }] })).toEqual(["تذكر المصادر"]);
        expect(await found({ days: [{ start: "2017-11-06", end: "2018-12-31" }] })).toEqual([]);
        expect(await found({ days: [{ start: null, end: null }] })).toHaveLength(4);
        expect(await found({ days: [{ start: "2017-11-05", end: "2017-10-01" }] })).toEqual([]);
      });

      it("leaves out dates that are longer than the longest asked for", async () => {
        const week = { start: "2017-11-03", end: "2017-11-03" };
        expect(await found({ days: [{ ...week, longest: 31 }] })).toEqual(["تذكر المصادر"]);
        expect(await found({ days: [{ ...week, longest: 2 }] })).toEqual([]);
        const day = { start: "2017-10-29", end: "2017-10-29", longest: 1 };
        expect(await found({ days: [day] })).toHaveLength(2);
      });

      it("leaves background days out when it is told to", async () => {
        const days = [{ start: "2012-01-01", end: "2012-12-31" }];
        expect(await found({ days })).toEqual(["تذكر المصادر"]);
        expect(await found({ days, background: false })).toEqual([]);
      });

      it("gives the times that are told as news, of each passage each once, without its words", async () => {
        const refs = await store.select({});
        const all = (await store.passages(refs)).flatMap(({ role, dates }, at) => {
          const told = new Map<string, unknown>();
          for (const { start, end, confidence, background } of dates) {
            const key = `${start} ${end}`;
            if (!background && (start ?? end) !== null && !told.has(key) && /^(?:text|title)$/.test(role))
              told.set(key, { ref: refs[at], start, end, confidence });
          }
          return [...told.values()];
        });
        expect(all.length).toBeGreaterThan(2);
        expect(await store.news({})).toEqual(all);
        const days = [{ start: "2017-10-29", end: "2017-10-29" }];
        expect((await store.news({ days })).map(({ ref }) => ref)).toEqual(
          await store.select({ days, background: false }),
        );
        expect(await store.news({ days: [{ start: "2012-01-01", end: "2012-12-31" }] })).toEqual([]);
        const inPlaces = await store.select({ places: ["mayadin"] });
        expect(await store.news({ places: ["mayadin"] })).toEqual(
          (await store.news({})).filter(({ ref }) => inPlaces.includes(ref)),
        );
        expect(await store.news({ reports: [] })).toEqual([]);
      });

      it("counts the places of passages, each passage once", async () => {
        const refs = await store.select({});
        const counts = new Map<string, number>();
        for (const { places } of await store.passages(refs))
          for (const id of new Set(places.map((place) => place.id)))
            counts.set(id, (counts.get(id) ?? 0) + 1);
        expect(new Map(await store.placesOf([...refs, ...refs]))).toEqual(counts);
        expect([...(await store.placesOf([]))]).toEqual([]);
      });

      it("joins the values of one condition by or, the conditions by and", async () => {
        expect(await found({ places: ["mayadin", "euphrates"] })).toEqual(["نزح السكان إ", "تذكر المصادر"]);
        expect(await found({ places: ["hamidiya"], reports: ["002_b", "003_empty"] })).toEqual([
          "قصف الطيران ",
        ]);
        const days = [
          { start: "2017-10-30", end: "2017-10-30" },
          { start: "2017-11-01", end: "2017-11-01" },
        ];
        expect(await found({ days, places: ["mayadin"] })).toEqual(["تذكر المصادر"]);
      });

      it("gives nothing for unknown values and for a condition without values", async () => {
        expect(await found({ places: ["nowhere"] })).toEqual([]);
        expect(await found({ reports: ["nothing"] })).toEqual([]);
        for (const filter of [{ days: [] }, { places: [] }, { reports: [] }])
          expect(await found(filter)).toEqual([]);
      });
    });

    describe("dense", () => {
      it("puts the passage whose text is asked for first, and equal ones in order of ref", async () => {
        const hits = await store.dense(await embed(indexedText(passages[0] ?? { header: "", text: "" })), {
          limit: 3,
        });
        expect(hits.slice(0, 2).map(({ ref }) => ref)).toEqual([0, 3]);
        expect(hits[0]?.score).toBeCloseTo(1, 5);
        expect(hits.map(({ score }) => score)).toEqual(
          hits.map(({ score }) => score).toSorted((a, b) => b - a),
        );
      });

      it("stays within the given passages", async () => {
        const hits = await store.dense(await embed("قصف"), { limit: 10, within: [4, 1] });
        expect(hits.map(({ ref }) => ref).toSorted()).toEqual([1, 4]);
        expect(await store.dense(await embed("قصف"), { limit: 10, within: [] })).toEqual([]);
      });

      it("gives at most as many as there are, and none for a limit of none", async () => {
        expect(await store.dense(await embed("قصف"), { limit: 1000 })).toHaveLength(passages.length);
        expect(await store.dense(await embed("قصف"), { limit: 0 })).toEqual([]);
      });

      it("refuses a vector of another length or with a number that is none", async () => {
        await expect(store.dense(new Float32Array(3), { limit: 1 })).rejects.toThrow(StoreError);
        await expect(store.dense(new Float32Array(32).fill(Number.NaN), { limit: 1 })).rejects.toThrow(
          StoreError,
        );
      });
    });

    describe("scores of named passages", () => {
      const query = async (text: string) => ({ vector: await embed(text), terms: lexicalTerms(text) });

      it("are those of the searches, in the order of the refs, whether a search lists them or not", async () => {
        const asked = await query("قصف على حي الحميدية");
        const refs = (await store.select({})).toReversed();
        const { dense, lexical } = await store.score(asked, refs);
        const all = { limit: refs.length };
        for (const { ref, score } of await store.dense(asked.vector, all))
          expect(dense[refs.indexOf(ref)]).toBeCloseTo(score, 5);
        const found = new Map((await store.lexical(asked.terms, all)).map(({ ref, score }) => [ref, score]));
        refs.forEach((ref, i) => {
          expect(lexical[i]).toBeCloseTo(found.get(ref) ?? 0, 5);
        });
      });

      it("come with those of the contexts, one for each passage", async () => {
        const asked = await query("قصف على حي الحميدية");
        const refs = await store.select({});
        const { contextDense, contextLexical } = await store.score(asked, refs);
        expect(contextDense).toHaveLength(refs.length);
        expect(contextDense.every(Number.isFinite)).toBe(true);
        expect(contextLexical).toHaveLength(refs.length);
        expect(contextLexical.some((score) => score > 0)).toBe(true);
      });

      it("of no passages are none", async () => {
        expect((await store.score(await query("قصف"), [])).dense).toHaveLength(0);
      });
    });

    describe("lexical", () => {
      it("puts the passage with the rare word first and leaves out those without any", async () => {
        const hits = await store.lexical(lexicalTerms("أسعار القمح"), { limit: 10 });
        expect(hits[0]?.ref).toBe(1);
        expect(hits.every(({ score }) => score > 0)).toBe(true);
        expect(await store.lexical(lexicalTerms("xyz"), { limit: 10 })).toEqual([]);
        expect(await store.lexical([], { limit: 10 })).toEqual([]);
      });

      it("stays within the given passages", async () => {
        const hits = await store.lexical(lexicalTerms("قصف الطيران"), { limit: 10, within: [1, 3] });
        expect(hits.map(({ ref }) => ref)).toEqual([3]);
      });

      it("finds a word of the header", async () => {
        expect(await store.lexical(lexicalTerms("الحميدية"), { limit: 10 })).toHaveLength(2);
      });
    });

    describe("score", () => {
      it("gives what dense and lexical give, in the order of the refs asked for", async () => {
        const vector = await embed("قصف الطيران");
        const terms = lexicalTerms("قصف الطيران");
        const refs = [5, 0, 3, 0];
        const { dense, lexical, contextDense, contextLexical } = await store.score({ vector, terms }, refs);
        const byRef = (hits: readonly { ref: number; score: number }[]): number[] =>
          refs.map((ref) => hits.find((hit) => hit.ref === ref)?.score ?? 0);
        const close = (values: readonly number[]): number[] =>
          values.map((value) => expect.closeTo(value, 5));
        expect([...dense]).toEqual(close(byRef(await store.dense(vector, { limit: 100 }))));
        expect([...lexical]).toEqual(close(byRef(await store.lexical(terms, { limit: 100 }))));
        expect(contextDense).toHaveLength(refs.length);
        expect(contextLexical).toHaveLength(refs.length);
      });

      it("gives nothing for no refs", async () => {
        const scores = await store.score({ vector: await embed("قصف"), terms: [] }, []);
        for (const values of Object.values(scores)) expect(values).toHaveLength(0);
      });
    });

    it("finds a term rarer the fewer passages have it", async () => {
      const [absent = 0, rare = 0, common = 0] = await store.rarity(["=xyz", "=قمح", "=طير"]);
      const [twice = 0] = await store.rarity(lexicalTerms("قصف"));
      expect(absent).toBeGreaterThan(rare);
      expect(rare).toBeGreaterThan(twice);
      expect(common).toBeGreaterThan(0);
      expect(await store.rarity([])).toEqual([]);
    });

    it("tells what the collection covers", async () => {
      expect(await store.coverage()).toEqual({
        reports: 4,
        passages: 6,
        days: [
          { day: "2017-10-29", passages: 2 },
          { day: "2017-10-30", passages: 1 },
        ],
        span: { start: "2012-06-01", end: "2017-11-05" },
        places: [
          { id: "hamidiya", name: "الحميدية", passages: 2 },
          { id: "euphrates", name: "الفرات", passages: 1 },
          { id: "mayadin", name: "الميادين", passages: 1 },
        ],
      });
    });

    it("answers many questions at once", async () => {
      const vector = await embed("قصف");
      const answers = await Promise.all(Array.from({ length: 20 }, () => store.dense(vector, { limit: 2 })));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    });

    it("states what it was built from", () => {
      expect(store.manifest).toMatchObject({ embedding: embedder.model, reports: 4, passages: 6 });
    });
  });
}
