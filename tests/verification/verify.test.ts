import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { annotate } from "../../src/passage/annotate.ts";
import { cutPassages } from "../../src/passage/cut.ts";
import type { Report } from "../../src/report/report.ts";
import type { Rule, VerificationSources } from "../../src/verification/claim.ts";
import { verifyClaim } from "../../src/verification/verify.ts";
import { PROJECT_ROOT } from "../commands/context.ts";
import { fiveReportSources } from "./sources.ts";

/** What another collection tells: other names, other places. */
const BODY = `قُتل 12 مدنياً بينهم 3 أطفال، الثلاثاء 6 شباط 2018، في قصف لقوات النظام على بلدة سراقب بريف إدلب.
وسيطرت هيئة تحرير الشام على أجزاء من مدينة سراقب بعد اشتباكات مع الجيش السوري الحر.
وزعمت روسيا أن فصائل المعارضة هي من قصفت السوق.
ولم تتمكن قوات النظام من دخول المدينة.`;

const report: Report = {
  id: "r1",
  publisher: null,
  title: null,
  byline: null,
  url: null,
  published: { start: "2018-02-07", end: "2018-02-07", confidence: "stated", why: "" },
  body: BODY,
  parts: [{ role: "text", start: 0, end: BODY.length }],
  sha256: "",
  eventDates: null,
  places: [],
  warnings: [],
};
const [SHELLING = "", TAKING = "", ALLEGED = "", DENIED = ""] = BODY.split("\n");

const shipped = await fiveReportSources(PROJECT_ROOT);
const sources: VerificationSources = {
  ...shipped,
  region: null,
  reports: new Map([
    [
      "r1",
      { report, passages: annotate({ report, passages: cutPassages(report), gazetteer: shipped.gazetteer }) },
    ],
  ]),
};
const ruleOf = (text: string, ...quotes: string[]): Rule | null =>
  verifyClaim({ text, citations: quotes.map((quote) => ({ report: "r1", quote })) }, sources).rule;

describe("verifyClaim on reports of another war diary", () => {
  it("passes what the quotation says in other words", () => {
    expect(ruleOf("قُتل اثنا عشر مدنياً في قصف لقوات النظام على سراقب.", SHELLING)).toBeNull();
    expect(ruleOf("في 6 فبراير 2018 قصفت قوات النظام بلدة سراقب.", SHELLING)).toBeNull();
    expect(ruleOf("سيطرت تحرير الشام على أجزاء من سراقب.", TAKING)).toBeNull();
    expect(ruleOf("لم تدخل قوات النظام المدينة.", DENIED)).toBeNull();
    expect(ruleOf("زعمت روسيا أن فصائل المعارضة قصفت السوق.", ALLEGED)).toBeNull();
    expect(ruleOf("دخلت أجزاء من سراقب تحت سيطرة هيئة تحرير الشام.", TAKING)).toBeNull();
    expect(ruleOf("لقي 12 مدنياً حتفهم جراء قصف عنيف من قوات النظام على سراقب.", SHELLING)).toBeNull();
  });

  it.each<[Rule, string, string]>([
    ["number", "قُتل 13 مدنياً في قصف لقوات النظام على سراقب.", SHELLING],
    ["number", "أصيب 12 مدنياً في قصف لقوات النظام على سراقب.", SHELLING],
    ["date", "في 7 آذار 2018 قصفت قوات النظام بلدة سراقب.", SHELLING],
    ["place", "قُتل 12 مدنياً في قصف لقوات النظام على معرة النعمان.", SHELLING],
    ["actor", "قُتل 12 مدنياً في قصف لتنظيم داعش على سراقب.", SHELLING],
    ["role", "سيطر الجيش السوري الحر على أجزاء من سراقب بعد اشتباكات مع هيئة تحرير الشام.", TAKING],
    ["degree", "سيطرت هيئة تحرير الشام على مدينة سراقب.", TAKING],
    ["negation", "دخلت قوات النظام المدينة.", DENIED],
    ["modality", "قصفت فصائل المعارضة السوق.", ALLEGED],
    ["attribution", "يُزعم أن فصائل المعارضة هي من قصفت السوق.", ALLEGED],
    ["quote_not_found", "قُتل 12 مدنياً.", "قُتل 12 مدنياً بينهم 4 أطفال"],
    ["foreign_content", "قُتل 12 مدنياً، انظر example.com", SHELLING],
    ["fact", "وصلت المساعدات الإنسانية والغذائية.", TAKING],
    ["coverage", "غنى مطربون مشهورون.", TAKING],
  ])("stops by the rule of %s: %s", (rule, claim, quote) => {
    expect(ruleOf(claim, quote)).toBe(rule);
  });

  it("stops a claim without a citation and one that cites what was never given", () => {
    expect(ruleOf("قُتل 12 مدنياً.")).toBe("no_citation");
    const citations = [{ report: "r2", quote: SHELLING }];
    expect(verifyClaim({ text: "قُتل 12 مدنياً.", citations }, sources).rule).toBe("unknown_source");
  });

  it("never throws, and lets nothing pass that quotes nothing", () => {
    const anyText = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.constantFrom(...BODY.split(/\s/)),
    );
    fc.assert(
      fc.property(anyText, fc.array(anyText, { maxLength: 3 }), (text, quotes) => {
        const citations = quotes.map((quote) => ({ report: "r1", quote }));
        const { supported } = verifyClaim({ text, citations }, sources);
        if (supported) expect(quotes.every((quote) => quote.length >= 12)).toBe(true);
      }),
    );
  });
});
