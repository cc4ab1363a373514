import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markParts, type PartHints } from "../../src/report/parts.ts";

const PARAGRAPH =
  "تجددت الاشتباكات بين الطرفين في عدة محاور من المدينة، واستمرت حتى ما بعد العصر، وأسفرت عن سقوط عدد من الجرحى بين المدنيين.";
const marked = (body: string, hints?: PartHints): [string, string][] =>
  markParts(body, hints).map(({ role, start, end }) => [role, body.slice(start, end)]);

describe("markParts", () => {
  it("takes a headline before a longer paragraph for the title", () => {
    expect(marked(`هجوم على المدينة وغارات\n\n${PARAGRAPH}`)).toEqual([
      ["title", "هجوم على المدينة وغارات"],
      ["text", PARAGRAPH],
    ]);
  });

  it("takes a headline of fifty words for the title when the paragraph is clearly longer", () => {
    const title = Array.from({ length: 50 }, (_, index) => `كلمة${index}`).join(" ");
    const roles = (words: number): string[] =>
      markParts(`${title}\n${"نص ".repeat(words)}`).map((part) => part.role);
    expect(roles(80)).toEqual(["title", "text"]);
    expect(roles(55)).toEqual(["text", "text"]);
  });

  it("takes headline and subtitle for titles, whichever is longer", () => {
    const short = "غارات على المدينة";
    const long = "قتلى وجرحى في قصف على سوق شعبي وسط المدينة صباحاً";
    for (const lines of [
      [short, long],
      [long, short],
    ]) {
      expect(marked([...lines, PARAGRAPH].join("\n")).map(([role]) => role)).toEqual([
        "title",
        "title",
        "text",
      ]);
    }
  });

  it.each([
    ["closes with a full stop", "وصلت القوات إلى الحي."],
    ["holds two sentences", "وصلت القوات. ثم توقفت"],
    ["ends on a comma", "وصلت القوات إلى الحي،"],
    ["is longer than sixty words", "كلمة ".repeat(61)],
  ])("takes no first line that %s", (_, line) => {
    expect(marked(`${line}\n${PARAGRAPH.repeat(4)}`)[0]?.[0]).toBe("text");
  });

  it("takes no title from a body of one line", () => {
    expect(marked("وصلت القوات إلى الحي")).toEqual([["text", "وصلت القوات إلى الحي"]]);
  });

  it("takes no other title when a field gives one", () => {
    const body = `هجوم على المدينة وغارات\n${PARAGRAPH}`;
    expect(marked(body, { title: "عنوان آخر" })[0]?.[0]).toBe("text");
    expect(marked(body, { title: "هجوم على المدينة وغارات" })[0]?.[0]).toBe("title");
  });

  it.each([
    "25",
    "• 4",
    "  • 4",
    "3 minutes",
    "5 min read",
    "مدة القراءة: 3 دقائق",
    "٣ دقائق",
    "مشاركة 12",
    "Share Tweet",
    "***",
    "\u200f",
  ])("takes %j for noise wherever it stands", (line) => {
    const roles = (body: string): string[] => markParts(body).map((part) => part.role);
    expect(roles(`هجوم على المدينة\n${line}\n${PARAGRAPH}`)).toEqual(["title", "noise", "text"]);
    expect(roles(`${PARAGRAPH}\n${line}`)).toEqual(["text", "noise"]);
  });

  it.each([
    "4 أيار (مايو - ماي)، 2017",
    "29/10/2017",
    "٢٩-١٠-٢٠١٧",
    "نُشر في: الأحد 29 تشرين الأول 2017",
    "October 29, 2017",
    "آخر تحديث 2017-10-29 10:30 ص",
  ])("takes %j for a date line", (line) => {
    expect(marked(`هجوم على المدينة\n${line}\n${PARAGRAPH}`)[1]).toEqual(["date", line]);
  });

  it.each([
    "microsyria.com مراد الأحمد",
    "خاص – فرات بوست",
    "بقلم: سامر العلي",
    "دمشق – وكالة سانا",
    "المصدر: شبكة الخابور",
    "مركز حلب الإعلامي",
  ])("takes %j for a byline, not for a title", (line) => {
    expect(marked(`${line}\n${PARAGRAPH}`)).toEqual([
      ["byline", line],
      ["text", PARAGRAPH],
    ]);
  });

  it("takes a line that is a publisher's name for a byline", () => {
    expect(marked(`عنب بلدي\n${PARAGRAPH}`, { publishers: ["عنب بلدي"] })[0]?.[0]).toBe("byline");
  });

  it.each([
    ["a sentence with a number", "قتل 25 مدنياً في القصف على الحي أمس."],
    ["a sentence with a date", "بدأ الهجوم في 4 أيار 2017 على المدينة."],
    ["خاصة, which only begins like خاص", "خاصة أن القصف طال الأحياء كلها في المدينة منذ الصباح."],
  ])("leaves %s in the text", (_, line) => {
    expect(marked(`${PARAGRAPH}\n${line}\n${PARAGRAPH}`)[1]).toEqual(["text", line]);
  });

  it("takes a body that would be only noise for text", () => {
    expect(marked("25\n• 4")).toEqual([
      ["text", "25"],
      ["text", "• 4"],
    ]);
  });
});

const anyBody = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "25",
        "3 minutes",
        "• 4",
        "خاص – فرات بوست",
        "4 أيار 2017",
        PARAGRAPH,
        "عنوان قصير",
        "",
        " \u00a0",
        "\r",
        "\u200f",
      ),
      fc.string({ unit: "binary", maxLength: 30 }),
    ),
    { maxLength: 12 },
  )
  .map((lines) => lines.join("\n"));

it("parts are in order, do not overlap, and only white space lies between them", () => {
  fc.assert(
    fc.property(anyBody, (body) => {
      let end = 0;
      for (const part of markParts(body)) {
        expect(body.slice(end, part.start).trim()).toBe("");
        expect(part.end).toBeGreaterThan(part.start);
        expect(body.slice(part.start, part.end).trim()).toBe(body.slice(part.start, part.end));
        end = part.end;
      }
      expect(body.slice(end).trim()).toBe("");
    }),
  );
});

it("every body that is not blank has a part that can be quoted", () => {
  fc.assert(
    fc.property(anyBody, (body) => {
      fc.pre(body.trim() !== "");
      expect(markParts(body).some((part) => part.role !== "noise")).toBe(true);
    }),
  );
});
