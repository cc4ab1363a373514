import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TYPICAL_QUOTE, trimQuote } from "../../src/answer/trim.ts";

const filler =
  "وتشهد المنطقة منذ أشهر حركة اعتيادية في الأسواق والطرقات مع استمرار عمل الأفران والمدارس فيها كل يوم تقريباً.";
const fact =
  "وقتل أكثر من 50 من عناصر التنظيم في الاشتباكات التي دارت داخل الحي وفي أطرافه خلال ساعات الليل الأخيرة.";
const worth = (sentence: string): number => (sentence.includes("50") ? 1 : 0);
const quoted = (text: string): string => text.slice(...trimQuote({ text, worth }));

describe("trimQuote", () => {
  it("leaves a text of readable length whole", () => {
    expect(quoted(`${filler} ${fact}`)).toBe(`${filler} ${fact}`);
  });
  it("drops sentences at the edges that tell nothing of what was asked", () => {
    expect(quoted(`${filler} ${fact} ${filler} ${filler}`)).not.toContain(`${fact} ${filler} ${filler}`);
    expect(quoted(`${filler} ${filler} ${filler} ${fact}`)).toContain(fact);
  });
  it("keeps a sentence with the one that limits it", () => {
    const denial =
      "لكن مصادر محلية نفت ذلك وقالت إن العدد لا يتجاوز عشرين وإن معظمهم من الجرحى الذين نقلوا إلى المشافي.";
    expect(quoted(`${filler} ${filler} ${fact} ${denial}`)).toContain(`${fact} ${denial}`);
  });
  it("keeps a sentence with the one that introduces it", () => {
    const source =
      "وقال المرصد السوري لحقوق الإنسان في بيان نشره صباح اليوم على موقعه الإلكتروني ما يلي حرفياً:\n";
    expect(quoted(`${source}${fact} ${filler} ${filler}`)).toContain(`${source}${fact}`);
  });
  it("is a part of the text without white space at its ends, made of whole sentences, for any text", () => {
    const sentence = fc.constantFrom(filler, fact, "لم يحدث شيء.", "ولكن 50 منهم عادوا!", "  ");
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 8 }), (sentences) => {
        const text = sentences.join(" ");
        const [start, end] = trimQuote({ text, worth });
        const quote = text.slice(start, end);
        expect(quote).toBe(quote.trim());
        expect(text.trim().includes(quote)).toBe(true);
        expect(/^$|[.!]$/.test(quote)).toBe(true);
        if (text.trim().length <= TYPICAL_QUOTE) expect(quote).toBe(text.trim());
      }),
    );
  });
});
