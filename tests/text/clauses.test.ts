import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitClauses, splitSentences } from "../../src/text/clauses.ts";
import type { Span } from "../../src/text/normalize.ts";

const pieces = (text: string, spans: readonly Span[]): string[] =>
  spans.map(([start, end]) => text.slice(start, end));
const sentences = (text: string): string[] => pieces(text, splitSentences(text)).map((piece) => piece.trim());
const clauses = (text: string): string[] => pieces(text, splitClauses(text)).map((piece) => piece.trim());

describe("splitSentences", () => {
  it("ends sentences at Arabic and Latin marks and at line breaks", () => {
    expect(sentences("سقط جرحى. هل انسحبوا؟ نعم! عاد الهدوء… ثم انتهى\nسطر ثان")).toEqual([
      "سقط جرحى.",
      "هل انسحبوا؟",
      "نعم!",
      "عاد الهدوء…",
      "ثم انتهى",
      "سطر ثان",
    ]);
  });

  it("does not end them inside numbers, sites and abbreviations", () => {
    expect(sentences("بلغ السعر 10.5 ليرة بحسب microsyria.com أمس. ثم ارتفع")).toHaveLength(2);
    expect(sentences("قال د. محمد إن القصف توقف")).toHaveLength(1);
    expect(sentences("كتبه جيمس أو. ماكينزي قبل عام")).toHaveLength(1);
  });

  it("ends them where the space after the full stop was forgotten", () => {
    expect(sentences("انسحبت القوات.وعاد السكان")).toEqual(["انسحبت القوات.", "وعاد السكان"]);
  });

  it("keeps a quotation and what names its speaker together", () => {
    expect(sentences("قال: “انتهى الحصار. عاد الناس.” وفق ما نشره المكتب. ثم صمت")).toEqual([
      "قال: “انتهى الحصار. عاد الناس.” وفق ما نشره المكتب.",
      "ثم صمت",
    ]);
  });

  it("is not led astray by a quotation mark that never closes", () => {
    expect(sentences("قال: “انتهى الحصار. عاد الناس. ثم صمت")).toHaveLength(3);
  });
});

describe("splitClauses", () => {
  it("splits a long sentence at commas and connectives", () => {
    expect(
      clauses(
        "سيطرت القوات على أجزاء من الحي، فيما تواصل سعيها لاستكمال السيطرة عليه في حين قتل 23 عنصراً من المهاجمين",
      ),
    ).toEqual([
      "سيطرت القوات على أجزاء من الحي،",
      "فيما تواصل سعيها لاستكمال السيطرة عليه",
      "في حين قتل 23 عنصراً من المهاجمين",
    ]);
  });

  it.each([
    ["a governing word", "استمر الهدوء لساعات من حيث الاشتباكات بين طرفي القتال"],
    ["a conjunction", "قال المصدر إن الطائرات قصفت أنه على الرغم من الهدنة"],
    ["a date and its year", "وصل الوفد في 4 أيار، 2017 إلى المدينة"],
    ["the two sides of a fight", "دارت معارك بين قوات النظام من جانب، وعناصر التنظيم من جانب آخر"],
    ["a verb and its prepositional complement", "وتسببت الضربات الجوية العنيفة، في مقتل 46 عنصراً من التنظيم"],
    ["a fixed phrase", "تجعل هذه الخطوات الأمر أكثر صعوبة فيما يتعلق بعمل النظام"],
    ["brackets", "وصلت القوات إلى الحي (وهو حي كبير، كما يقول السكان هناك) ثم توقفت"],
    ["quotation marks", "تقود العملية “قوات كبيرة، كما يقول القادة دائماً” في الشرق"],
  ])("does not split %s", (_, text) => {
    expect(clauses(text)).toEqual([text]);
  });

  it("makes no clause of fewer than three words", () => {
    expect(clauses("تقدمت، ثم توقفت، ثم عادت القوات إلى مواقعها")).toEqual([
      "تقدمت، ثم توقفت،",
      "ثم عادت القوات إلى مواقعها",
    ]);
  });
});

const arabicWords = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "،",
        ".",
        "؛",
        "\n",
        "“",
        "”",
        '"',
        "(",
        ")",
        "فيما",
        "في",
        "حين",
        "كما",
        "من",
        "29",
        "10.5",
        "قصفت",
        "القوات",
        "الحي",
        "…",
        "🙂",
        "ـ",
        "َ",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    { maxLength: 60 },
  )
  .map((words) => words.join(" "));

describe.each([
  ["splitSentences", splitSentences],
  ["splitClauses", splitClauses],
])("%s on any text", (_, split) => {
  it("tiles it: nothing lost, nothing twice, nothing empty", () => {
    fc.assert(
      fc.property(arabicWords, (text) => {
        expect(pieces(text, split(text)).join("")).toBe(text);
        expect(split(text).every(([start, end]) => start < end)).toBe(true);
      }),
    );
  });
});

it("no clause ends on a governing word before another clause of its sentence", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom("من", "في", "أن", "لم", "بحسب", "فيما", "كما", "،", "قصفت", "القوات", "مدينة"),
        { maxLength: 40 },
      ),
      (words) => {
        const found = clauses(words.join(" ")).slice(0, -1);
        for (const clause of found) expect(clause).not.toMatch(/(?:^|\s)(?:من|في|أن|لم|بحسب)[\s،]*$/u);
      },
    ),
  );
});
