import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseQuotes } from "../../src/answer/clause.ts";
import type { Passage } from "../../src/passage/passage.ts";
import type { Question } from "../../src/question/question.ts";
import type { RankedPassage } from "../../src/retrieval/retrieve.ts";

function passage(ref: number, text: string, more: Partial<Passage> = {}): Passage {
  const start = 100 * ref;
  const own = { id: `p${ref}`, reportId: "r", role: "text" as const, start, end: start + text.length, text };
  return { ...own, header: "", dates: [], places: [], ...more };
}

function ranked(texts: readonly (string | Passage)[], scores: readonly number[]): RankedPassage[] {
  return texts.map((text, ref) => ({
    ref,
    passage: typeof text === "string" ? passage(ref, text) : text,
    score: scores[ref] ?? 0,
    dense: 0,
    lexical: 0,
    trace: { denseWeight: 0.5, denseShare: 0, lexicalShare: 0 },
  }));
}

function question(text: string, more: Partial<Question> = {}): Question {
  const none = {
    searchText: text,
    dates: [],
    places: [],
    actors: [],
    ambiguous: [],
    quantity: null,
    source: null,
    topic: [],
  };
  return { text, kind: "what", language: "ar", ...none, ...more };
}

const first = (asked: Question, candidates: RankedPassage[]): string | undefined =>
  chooseQuotes({ question: asked, candidates, limit: 1 })[0]?.passage.text;

describe("chooseQuotes", () => {
  it("puts the passage that counts what was asked before one that ranks slightly higher", () => {
    const asked = question("كم قتل من عناصر التنظيم في المعارك؟", {
      kind: "count",
      quantity: { noun: "عناصر", actor: null, event: "killed" },
    });
    const candidates = ranked(
      ["دارت معارك عنيفة بين عناصر التنظيم وقوات النظام.", "قتل 50 من عناصر التنظيم في المعارك."],
      [0.9, 0.85],
    );
    expect(first(asked, candidates)).toContain("50");
  });

  it("prefers the figure of the party asked about", () => {
    const asked = question("كم قتل من قوات النظام؟", {
      kind: "count",
      quantity: { noun: "قوات", actor: null, event: "killed" },
    });
    const candidates = ranked(
      ["قتل 50 من عناصر التنظيم في الاشتباكات.", "قتل 23 من قوات النظام في الاشتباكات."],
      [0.9, 0.9],
    );
    expect(first(asked, candidates)).toContain("23");
  });

  it("prefers a passage that gives a reason when asked why, and a date when asked when", () => {
    const why = ranked(["أغلق المشفى أبوابه أمام المرضى.", "أغلق المشفى أبوابه بسبب القصف."], [0.9, 0.88]);
    expect(first(question("لماذا أغلق المشفى أبوابه؟", { kind: "why" }), why)).toContain("بسبب");
    const when = ranked(["سقط الجسر في القصف.", "سقط الجسر في القصف في 5 أيلول."], [0.9, 0.88]);
    expect(first(question("متى سقط الجسر؟", { kind: "when" }), when)).toContain("أيلول");
  });

  it("prefers a place that the question does not name when asked where", () => {
    const at = (id: string, words: string) => ({ id, name: words, basis: "passage" as const, words });
    const inCity = passage(0, "وقعت غارات على دير الزور.", { places: [at("city", "دير الزور")] });
    const inQuarter = passage(1, "وقعت غارات على حي الحميدية في دير الزور.", {
      places: [at("quarter", "حي الحميدية")],
    });
    const place = {
      id: "city",
      name: "دير الزور",
      text: "دير الزور",
      span: [0, 1] as const,
      candidates: ["city"],
      match: "exact" as const,
    };
    const asked = question("أين وقعت الغارات في دير الزور؟", { kind: "where", places: [place] });
    expect(first(asked, ranked([inCity, inQuarter], [0.9, 0.85]))).toBe(inQuarter.text);
  });

  it("does not overturn a clear order of the search", () => {
    const asked = question("متى سقط الجسر؟", { kind: "when" });
    const candidates = ranked(["سقط الجسر.", "ولد الشاعر عام 1921."], [1, 0.2]);
    expect(first(asked, candidates)).toBe("سقط الجسر.");
  });

  it("quotes inside the passage, at offsets of the body, each passage once, best first, within the limit", () => {
    const sentence = fc.constantFrom(
      "قتل 50 عنصراً.",
      "لم تقع إصابات.",
      "وقال المرصد إن القصف مستمر على أحياء المدينة منذ ساعات الصباح الأولى وحتى اللحظة من دون توقف.",
    );
    const text = fc.array(sentence, { minLength: 1, maxLength: 4 }).map((sentences) => sentences.join(" "));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 14 }), fc.nat(5), (texts, limit) => {
        const candidates = ranked(
          texts,
          texts.map((_, i) => 1 - i / 20),
        );
        const quotes = chooseQuotes({ question: question("كم قتل؟"), candidates, limit });
        expect(quotes.length).toBe(Math.min(limit, texts.length));
        expect(new Set(quotes.map(({ ref }) => ref)).size).toBe(quotes.length);
        quotes.forEach((quote, i) => {
          const from = quote.start - quote.passage.start;
          expect(from).toBeGreaterThanOrEqual(0);
          expect(quote.end).toBeLessThanOrEqual(quote.passage.end);
          expect(quote.end).toBeGreaterThan(quote.start);
          expect(quote.score).toBeLessThanOrEqual(quotes[i - 1]?.score ?? Number.POSITIVE_INFINITY);
        });
      }),
    );
  });
});
