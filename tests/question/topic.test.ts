import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quotedPhrase, topicSchema, wishForNews } from "../../src/question/topic.ts";

describe("a wish for news", () => {
  it.each([
    ["أخبرني بكل جديد عن الحويقة", "الحويقة"],
    ["أَخبِرني بكلّ جديدٍ عن حيّ العمال", "حيّ العمال"],
    ["نبّهني إذا صار شي بالحويقة", "بالحويقة"],
    ["بدي تنبيه بكل جديد عن قسد", "قسد"],
    ["ابعتلي كل خبر جديد عن «الهلال الأحمر»", "«الهلال الأحمر»"],
    ["ممكن تخبرني لما ينزل شي جديد عن الميادين؟", "الميادين؟"],
    ["لو سمحت أرسل لي كل جديد عن 29 تشرين الأول 2017", "29 تشرين الأول 2017"],
    ["أريد أن تنبهني كلما ورد خبر عن الجورة", "الجورة"],
    ["أخبرني بكل جديد", ""],
  ])("%s", (text, rest) => {
    expect(wishForNews(text)).toBe(rest);
  });

  it.each([
    "أخبرني عن الحميدية",
    "ما الجديد في دير الزور؟",
    "أخبرني ما الجديد في الحميدية؟",
    "أخبرني كم قُتل في موحسن",
    "هل صدر تنبيه جديد عن القصف؟",
    "ماذا حدث في حي الحويقة؟",
  ])("is not: %s", (text) => {
    expect(wishForNews(text)).toBeNull();
  });

  it("is read out of any text without an error, and its rest stands in the text", () => {
    const piece = fc.constantFrom("أخبرني ", "بكل ", "جديد ", "عن ", "إذا ", "صار ", "شي ", "َّ", "x");
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(piece).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const rest = wishForNews(text);
        if (rest !== null) expect(text).toContain(rest);
      }),
    );
  });
});

describe("words in quotation marks", () => {
  it("are the phrase, and the rest is read for places and days", () => {
    const { phrase, rest } = quotedPhrase("«الهلال الأحمر» في الميادين");
    expect([phrase, rest.trim()]).toEqual(["الهلال الأحمر", "في الميادين"]);
    expect(quotedPhrase("في الميادين")).toEqual({ phrase: null, rest: "في الميادين" });
    expect(quotedPhrase("«...» في الميادين").phrase).toBeNull();
    expect(quotedPhrase(`"${"كلام ".repeat(100)}"`).phrase).toHaveLength(80);
  });
});

it("a stored topic with a day that does not exist is none", () => {
  const topic = { places: [], days: [{ start: "2017-02-30", end: null }], actors: [], phrase: null };
  expect(topicSchema.safeParse(topic).success).toBe(false);
});
