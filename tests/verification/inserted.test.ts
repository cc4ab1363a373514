import { describe, expect, it } from "vitest";
import { verifyClaim } from "../../src/verification/verify.ts";
import { wordClass } from "../../src/verification/word-class.ts";
import { PROJECT_ROOT } from "../commands/context.ts";
import { readSet } from "./sets.ts";
import { fiveReportSources } from "./sources.ts";

const sources = await fiveReportSources(PROJECT_ROOT);
const EVERY = 12;
const passing = ["sixth", "seventh", "eighth", "ninth"]
  .flatMap((name) => readSet(name, [...sources.reports.keys()]))
  .filter((claim, index) => index % EVERY === 0 && claim.faithful && verifyClaim(claim, sources).supported);

describe("a faithful claim with a detail that no quotation has", () => {
  const DETAILS = [
    "باستخدام الجرافات",
    "قرب محطة القطار",
    "سراً",
    "بسهولة",
    "خلال دقائق",
    "وسط ذعر كبير",
    "برفقة مترجمين",
    "وأحرقت قوات النظام المكتبة",
  ];

  it.each(DETAILS)("is stopped: %s", (detail) => {
    expect(passing.length).toBeGreaterThan(5);
    const sent = passing
      .map((claim) => ({ ...claim, text: `${claim.text.replace(/[.\s]+$/u, "")} ${detail}` }))
      .filter((claim) => verifyClaim(claim, sources).supported);
    expect(sent.map(({ text }) => text)).toEqual([]);
  });

  it("is stopped where the deed of a party is another one", () => {
    const quote = "قوات النظام سيطرت على أجزاء من الحي، فيما تواصل سعيها لاستكمال السيطرة على كامل الحي";
    const citations = [{ report: "000_3c5f58a11287295c", quote }];
    expect(verifyClaim({ text: "سيطرت قوات النظام على أجزاء من الحي.", citations }, sources).supported).toBe(
      true,
    );
    expect(verifyClaim({ text: "رممت قوات النظام أجزاء من الحي.", citations }, sources).rule).toBe(
      "coverage",
    );
  });
});

describe("the class of a word", () => {
  const classOf = (text: string, word: string): string =>
    wordClass(text, [text.indexOf(word), text.indexOf(word) + word.length]);

  it.each([
    ["سيطرت القوات سراً", "سراً", "noun"],
    ["دخلت القوات بسهولة", "بسهولة", "noun"],
    ["دخلت القوات قرب محطة", "محطة", "noun"],
    ["التنظيم الذي غادر", "غادر", "verb"],
    ["دمرت القوات", "دمرت", "verb"],
    ["بدأ تدمير", "تدمير", "masdar"],
    ["وسلم بندقية", "وسلم", "unknown"],
  ])("%s: %s is a %s", (text, word, expected) => {
    expect(classOf(text, word)).toBe(expected);
  });
});
