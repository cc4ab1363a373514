import { describe, expect, it } from "vitest";
import { DETAILS, days, passages } from "./annotated.ts";

describe("days of a passage", () => {
  it.each<[string, string, string[]]>([
    [
      "from its own words",
      "قصفت الطائرات الحربية حي القصور مساء أمس السبت، ما أدى إلى مقتل خمسة مدنيين بينهم طفل.",
      ["2017-10-28 passage"],
    ],
    [
      "from the report where it has none",
      "قصفت الطائرات الحربية حي القصور، ما أدى إلى مقتل خمسة مدنيين بينهم طفل.",
      ["2017-10-29 report"],
    ],
    [
      "from the main clause and from what led to it",
      "سيطرت القوات على حي القصور، عقب سيطرتها على حي الجورة أمس السبت.",
      ["2017-10-29 report", "2017-10-28 passage"],
    ],
    [
      "as background after منذ",
      "تعد المعارك في حي القصور الأعنف منذ عام 2014 بحسب السكان.",
      ["2017-10-29 report", "2014-01-01..2014-12-31 passage background"],
    ],
    [
      "as background where it is old",
      "خرج حي القصور عن سيطرة القوات في حزيران عام 2012 بعد معارك.",
      ["2012-06-01..2012-06-30 passage background"],
    ],
    [
      "from nowhere where the sentence goes back without a day",
      "وكانت القوات سيطرت على حي القصور في وقت سابق بعد معارك عنيفة.",
      [],
    ],
    [
      "from nowhere where the sentence only describes",
      "ويعد حي القصور من الأحياء المهمة في المدينة لموقعه.",
      [],
    ],
    [
      "of the news for «وكان من بين القتلى»",
      "وكان من بين القتلى في حي القصور طفلان وامرأة بحسب المسعفين.",
      ["2017-10-29 report"],
    ],
  ])("come %s", (_, body, expected) => {
    expect(passages(body).flatMap(days).sort()).toEqual([...expected].sort());
  });

  it("go on from the sentence before in the same paragraph", () => {
    const [first, second] = passages(
      `سيطرت القوات يوم الجمعة الماضي على بلدة موحسن بعد معارك عنيفة استمرت عدة ساعات وشاركت فيها الطائرات الحربية. ${DETAILS} ${DETAILS} ${DETAILS}`,
    );
    expect(first && days(first)).toEqual(["2017-10-27 passage"]);
    expect(second && days(second)).toEqual(["2017-10-27 previous"]);
  });

  it("take a rough beginning for background, and for none of the days between", () => {
    const [passage] = passages(
      "وتتعرض أحياء دير الزور لغارات عنيفة من الطيران الروسي صباح اليوم الأحد، عقب حصار قوات النظام لها منذ نحو أسبوعين.",
    );
    expect(passage && days(passage)).toEqual(["2017-10-29 passage", "2017-10-15 passage background"]);
  });

  it("are not those of a neighbour in a sentence that describes", () => {
    const described = passages(
      `قصفت الطائرات الحربية حي القصور مساء أمس السبت. ${DETAILS}\nويقطن حي القصور أكثر من أربعين ألف نسمة، وهو من الأحياء التي تتركز فيها الدوائر الحكومية والأسواق الكبيرة في المدينة.`,
    ).filter(({ text }) => text.startsWith("ويقطن"));
    expect(described.map(days)).toEqual([[]]);
  });

  it("quote for each day its own words", () => {
    const body =
      "توغلت قوات النظام صباح اليوم الأحد داخل حي الحميدية لتصل إلى مدرسة خديجة الكبرى، عقب سيطرتها على حي العمال بشكل كامل أمس السبت.";
    const [passage] = passages(body);
    expect(passage?.dates.map(({ start, words }) => `${start} ${words}`)).toEqual([
      "2017-10-29 صباح اليوم الأحد",
      "2017-10-28 أمس السبت",
    ]);
  });

  it("follow the day of the lead and not that of publication", () => {
    const [lead, next] = passages(`قتل خمسة مدنيين أمس السبت بقصف على بلدة موحسن.\n${DETAILS}`);
    expect([lead && days(lead), next && days(next)]).toEqual([
      ["2017-10-28 passage"],
      ["2017-10-28 previous"],
    ]);
  });

  it("follow the title's date where there is one", () => {
    const [, text] = passages(
      `مجزرة في موحسن 27 تشرين الأول 2017\nقصفت الطائرات الحربية السوق الشعبي في البلدة وأوقعت عشرات القتلى والجرحى. ${DETAILS}`,
      {
        title: "مجزرة في موحسن 27 تشرين الأول 2017",
      },
    );
    expect(text && days(text)).toEqual(["2017-10-27 report"]);
  });

  it("are those of a summary although they are older than a week", () => {
    const body = ["5", "12", "20"]
      .map((day) => `وفي ${day} أيلول 2017 قصفت الطائرات الحربية حي القصور وقتل عدد من المدنيين.`)
      .join("\n");
    const published = { start: "2017-10-01", end: "2017-10-01", confidence: "stated", why: "" } as const;
    expect(passages(body, { published }).map(days)).toEqual([
      ["2017-09-05 passage"],
      ["2017-09-12 passage"],
      ["2017-09-20 passage"],
    ]);
  });

  it("stay with the main event after a relative clause about another", () => {
    const [passage] = passages(
      "أعلنت القوات صباح اليوم الأحد تقدمها قرب المدينة، التي دخلتها في 25 تشرين الأول 2017، كما قصفت القرى القريبة منها.",
    );
    expect(passage && days(passage)).toEqual(["2017-10-29 passage", "2017-10-25 passage"]);
  });

  it("come only from the words where the publication is unknown", () => {
    const published = { start: null, end: null, confidence: "unknown", why: "" } as const;
    const found = passages(`قصفت الطائرات الحي أمس.\nوقتل عشرة مدنيين في 5 أيلول 2017 بقصف مماثل.`, {
      published,
    });
    expect(found.map(days)).toEqual([[], ["2017-09-05 passage"]]);
  });

  it("span the publication's interval for relative words", () => {
    const published = { start: "2017-01-17", end: "2017-01-31", confidence: "inferred", why: "" } as const;
    const [passage] = passages("قتل عدد من المدنيين أمس بقصف على حي القصور.", { published });
    expect(passage && days(passage)).toEqual(["2017-01-16..2017-01-30 passage"]);
  });

  it("do not span a year where the publication's interval turns a day without a year", () => {
    const published = { start: "2017-01-17", end: "2017-01-31", confidence: "inferred", why: "" } as const;
    const [passage] = passages("وقتل خمسة مدنيين في 29 كانون الثاني بقصف على حي القصور.", { published });
    expect(passage && days(passage)).toEqual(["2017-01-29 passage"]);
  });

  it("are those of the report's field, and other days in the text are background", () => {
    const [passage] = passages(
      "قصفت الطائرات السوق في 3 آذار 2012، بعد قصف مماثل في 5 شباط 2012 على الحي نفسه.",
      {
        eventDates: { start: "2012-03-03", end: "2012-03-03" },
      },
    );
    expect(passage && days(passage).sort()).toEqual(["2012-02-05 passage background", "2012-03-03 passage"]);
  });

  it("are not given to bylines and date lines", () => {
    const found = passages(`عنوان الخبر هنا\n4 أيار 2017\nخاص – فرات بوست\n${DETAILS}`);
    expect(found.map(({ role, dates }) => [role, dates.length])).toEqual([
      ["title", 1],
      ["date", 0],
      ["byline", 0],
      ["text", 1],
    ]);
  });
});
