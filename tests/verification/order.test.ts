import { describe, expect, it } from "vitest";
import { verifyClaim } from "../../src/verification/verify.ts";
import { PROJECT_ROOT } from "../commands/context.ts";
import { fiveReportSources } from "./sources.ts";

const sources = await fiveReportSources(PROJECT_ROOT);
const RULE_OF = (report: string, claim: string, ...quotes: string[]): string | null => {
  const id = [...sources.reports.keys()].find((one) => one.startsWith(report)) ?? report;
  return verifyClaim({ text: claim, citations: quotes.map((quote) => ({ report: id, quote })) }, sources)
    .rule;
};

const CALM = "وجاء تجدد الاشتباكات بعد هدوء ساد المدينة ومحيطها لساعات، من حيث الاشتباكات بين طرفي القتال";
const SHELLS =
  "ويعد الحي أولى المناطق في دير الزور التي سقطت عليها قذائف الهاون والمدفعية من قبل قوات النظام، بعد أيام من خروجه مع الحي المجاور له (حي الشيخ ياسين) عن سيطرة النظام";
const TYRES =
  "رصدوا خلال الأيام التي سبقت بدء الهجوم، قيام تنظيم “الدولة الإسلامية” بإدخال إطارات ونفط خام إلى مدينة دير الزور وتوزيعها على الساحات العامة";
const SUNDAY =
  "تمكنت قوات النظام والميليشيات المتحالفة صباح اليوم الأحد، من الدخول إلى حي الحميدية وسط مدينة دير الزور";
const SATURDAY =
  "وكانت قوات النظام والميليشيات قد تمكنت أمس السبت من السيطرة على حيي العمال والعرفي ومبنى الاتحاد الرياضي والملعب البلدي";

describe("the order of events", () => {
  it("is kept by claims that tell it in other words", () => {
    expect(RULE_OF("001", "ساد الهدوء المدينة ومحيطها ساعات قبل أن تتجدد الاشتباكات.", CALM)).toBeNull();
    expect(
      RULE_OF(
        "003",
        "سيطرت قوات النظام على حيي العمال والعرفي السبت، ثم دخلت حي الحميدية صباح الأحد.",
        SUNDAY,
        SATURDAY,
      ),
    ).toBeNull();
  });

  it("is not turned from before to after", () => {
    expect(
      RULE_OF(
        "003",
        "سقطت قذائف الهاون والمدفعية على الحي قبل أيام من خروجه مع حي الشيخ ياسين عن سيطرة النظام.",
        SHELLS,
      ),
    ).toBe("order");
    expect(
      RULE_OF("001", "أدخل التنظيم الإطارات والنفط الخام إلى مدينة دير الزور بعد أيام من بدء الهجوم.", TYRES),
    ).toBe("order");
  });

  it("is read from case endings where a verb is followed by its object", () => {
    expect(RULE_OF("001", "أعقب تجددَ الاشتباكات هدوءٌ ساد المدينة ومحيطها ساعات عدة.", CALM)).toBe("order");
  });

  it("follows the days that quotations name, not their place in the report", () => {
    expect(
      RULE_OF("003", "دخلت قوات النظام حي الحميدية أولاً، ثم سيطرت على حيي العمال والعرفي.", SUNDAY, SATURDAY),
    ).toBe("order");
  });
});
