import { describe, expect, it } from "vitest";
import { findConflicts } from "../../src/answer/disagree.ts";
import { breakdownOf, type Figure, figuresOf } from "../../src/answer/figures.ts";
import type { EventDate } from "../../src/passage/passage.ts";
import { buildActorIndex } from "../../src/text/actors.ts";
import { passageOf, reportOf } from "./values.ts";

const ACTORS = buildActorIndex([
  { id: "isis", name: "تنظيم الدولة", kind: "armed_group", variants: ["التنظيم"], sources: [] },
  { id: "regime-forces", name: "قوات النظام", kind: "state", variants: [], sources: [] },
]);
const SAMPLE_EVENT: EventDate = {
  start: "2017-10-28",
  end: "2017-10-28",
  precision: "day",
  confidence: "certain",
  basis: "passage",
  words: "",
  background: false,
};

interface Told {
  readonly id: string;
  readonly publisher?: string;
  readonly title?: string;
  readonly text: string;
  readonly event?: EventDate;
}

/** The figures of a report of a title and one paragraph, each one passage. */
function told({ id, publisher = "المرصد", title, text, event = SAMPLE_EVENT }: Told): Figure[] {
  const pieces = title === undefined ? [text] : [title, text];
  const body = pieces.join("\n");
  const parts = pieces.map((piece, index) => {
    const start = body.lastIndexOf(piece);
    return {
      role: title !== undefined && index === 0 ? ("title" as const) : ("text" as const),
      start,
      end: start + piece.length,
    };
  });
  const report = reportOf(id, body, { publisher, parts });
  const passages = parts.map(({ role, start, end }) =>
    passageOf(report, body.slice(start, end), { role, dates: [event] }),
  );
  return figuresOf(report, passages, ACTORS);
}

function conflicts(reports: readonly Told[], anchor = 0) {
  const figures = reports.flatMap(told);
  const found = findConflicts({ anchor: figures[anchor] as Figure, figures, samePlace: () => true });
  return found.map(({ kind, figures: shown }) => [kind, ...shown.map(({ text }) => text)]);
}

const A = { id: "a", text: "وثق المرصد مقتل أكثر من 50 من عناصر تنظيم الدولة في المدينة." };

describe("figures of one event that differ", () => {
  it("shows a title beside the figure of its text", () => {
    expect(
      conflicts([
        {
          id: "a",
          title: "نحو 50 قتيلاً من تنظيم الدولة خلال يوم",
          text: "قتل ما لا يقل عن 46 عنصراً من تنظيم الدولة.",
        },
      ]),
    ).toEqual([["report", "نحو 50 قتيلاً من تنظيم الدولة", "ما لا يقل عن 46 عنصراً من تنظيم الدولة"]]);
  });
  it("is silent when the text has the figure of its title, whatever else it counts", () => {
    expect(
      conflicts([
        {
          id: "a",
          title: "مقتل 50 عنصراً من تنظيم الدولة",
          text: "قتل 50 عنصراً من تنظيم الدولة. كما قتل 12 عنصراً من تنظيم الدولة في كمين.",
        },
      ]),
    ).toEqual([]);
  });
  it("shows two figures that one verb gives for one party", () => {
    const text =
      "كما ارتفع إلى 37 عدد القتلى من عناصر قوات النظام إلى 28 على الأقل، فيما قتل 58 من عناصر تنظيم الدولة.";
    expect(conflicts([{ id: "a", text }])[0]?.slice(0, 1)).toEqual(["sentence"]);
    expect(conflicts([{ id: "a", text }])[0]?.[2]).toContain("28");
  });
  it("takes two places in one sentence for two events", () => {
    expect(
      conflicts([
        { id: "a", text: "قتل 3 من عناصر تنظيم الدولة في الحي، و5 من عناصر تنظيم الدولة في القرية." },
      ]),
    ).toEqual([]);
  });
  it("shows another publisher's figure for the same party and day", () => {
    const other = { id: "b", publisher: "فرات بوست", text: "قتل 70 عنصراً من تنظيم الدولة." };
    expect(conflicts([A, other])).toEqual([
      ["sources", "أكثر من 50 من عناصر تنظيم الدولة", "70 عنصراً من تنظيم الدولة"],
    ]);
  });
  it('sets "scores" of both sides beside a figure of one', () => {
    const other = {
      id: "b",
      publisher: "فرات بوست",
      text: "أسفرت الاشتباكات عن مقتل العشرات من عناصر التنظيم والقوات المهاجمة.",
    };
    expect(conflicts([A, other])[0]?.[2]).toContain("العشرات");
  });
  it.each([
    ["the same number", { id: "b", publisher: "فرات بوست", text: "قتل 50 عنصراً من تنظيم الدولة." }],
    ["another party", { id: "b", publisher: "فرات بوست", text: "قتل 23 عنصراً من قوات النظام." }],
    ["another fate", { id: "b", publisher: "فرات بوست", text: "أصيب 70 عنصراً من تنظيم الدولة." }],
    ["the same publisher", { id: "b", text: "قتل 70 عنصراً من تنظيم الدولة." }],
    ["the same wire text", { ...A, id: "b", publisher: "فرات بوست" }],
    [
      "another day",
      {
        id: "b",
        publisher: "فرات بوست",
        text: "قتل 70 عنصراً من تنظيم الدولة.",
        event: { ...SAMPLE_EVENT, start: "2017-10-20", end: "2017-10-20" },
      },
    ],
    [
      "a month",
      {
        id: "b",
        publisher: "فرات بوست",
        text: "قتل 70 عنصراً من تنظيم الدولة.",
        event: { ...SAMPLE_EVENT, start: "2017-10-01", end: "2017-10-31" },
      },
    ],
  ])("is no disagreement: %s", (_, other) => {
    expect(conflicts([A, other])).toEqual([]);
  });
});

describe("a total and its parts", () => {
  it("is a breakdown, and no part contradicts the total", () => {
    const text =
      "ارتفع إلى 27 عدد الشهداء المدنيين، هم 16 استشهدوا في قصف، و6 مواطنين في غارات، و5 في قصف جوي.";
    const figures = told({ id: "a", text });
    const found = breakdownOf(figures[0] as Figure, figures);
    expect(found?.parts.map(({ quantity }) => quantity.min)).toEqual([16, 6, 5]);
    expect(conflicts([{ id: "a", text }])).toEqual([]);
  });
});
