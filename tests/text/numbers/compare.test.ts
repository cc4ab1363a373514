import { describe, expect, it } from "vitest";
import { compareFigures, compareQuantities } from "../../../src/text/numbers/compare.ts";
import { findQuantities } from "../../../src/text/numbers/find.ts";
import type { Quantity } from "../../../src/text/numbers/quantity.ts";

function first(text: string): Quantity {
  const found = findQuantities(text)[0];
  if (found === undefined) throw new Error(`no figure in "${text}"; the case needs one`);
  return found;
}

describe("whether a claim's figure follows from its source", () => {
  it.each([
    ["50 عنصراً", "أكثر من 50 عنصراً", "different"],
    ["أكثر من 50 عنصراً", "أكثر من 50 عنصراً", "same"],
    ["ما يزيد عن خمسين عنصراً", "أكثر من 50 عنصراً", "same"],
    ["أكثر من 40 عنصراً", "أكثر من 50 عنصراً", "different"],
    ["ما لا يقل عن 50 عنصراً", "أكثر من 50 عنصراً", "weaker"],
    ["نحو 2000 مدني", "نحو ألفي مدني", "same"],
    ["قرابة ألفي مدني", "نحو 2000 مدني", "same"],
    ["2000 مدني", "نحو ألفي مدني", "different"],
    ["نحو 2000 مدني", "2000 مدني", "weaker"],
    ["46 عنصراً", "ما لا يقل عن 46 عنصراً", "different"],
    ["46 عنصراً على الأقل", "ما لا يقل عن 46 عنصراً", "same"],
    ["أكثر من 46 عنصراً", "ما لا يقل عن 46 عنصراً", "different"],
    ["بين 20 و30 شخصاً", "20-30 شخصاً", "same"],
    ["بين 20 و40 شخصاً", "20-30 شخصاً", "different"],
    ["العشرات", "عشرات القتلى", "same"],
    ["المئات", "عشرات القتلى", "different"],
    ["عدد من القتلى", "عشرات القتلى", "weaker"],
    ["العشرات", "46 شخصاً", "weaker"],
    ["العشرات", "460 شخصاً", "different"],
    ["46 شخصاً", "العشرات", "different"],
    ["طفلان", "2 طفل", "same"],
    ["ثلاثة عشر مدنياً", "13 مدنياً", "same"],
    ["12 مدنياً", "13 مدنياً", "different"],
  ] as const)("%s | %s: %s", (claim, source, relation) => {
    expect(compareFigures(first(claim), first(source))).toBe(relation);
  });
});

describe("whether a claim counts what its source counts", () => {
  it.each([
    ["قُتل 23 عنصراً من قوات النظام", "قتل 23 عنصر من قوات النظام", "same"],
    ["23 قتيلاً من قوات النظام", "قتل 23 عنصر من قوات النظام", "same"],
    ["23 جريحاً من قوات النظام", "قتل 23 عنصر من قوات النظام", "different"],
    ["أصيب 23 عنصراً", "قتل 23 عنصر من قوات النظام", "different"],
    ["مقتل 23 مدنياً", "قتل 23 عنصر من قوات النظام", "different"],
    ["مقتل 23 شخصاً", "قتل 23 عنصر من قوات النظام", "same"],
    ["استشهاد 27 مدنياً", "27 قتيلاً", "different"],
    ["استشهاد 27 مدنياً", "ارتفع إلى 27 عدد الشهداء المدنيين", "same"],
    ["27 طفلاً استشهدوا", "ارتفع إلى 27 عدد الشهداء المدنيين", "different"],
    ["27 شهيداً", "ارتفع إلى 27 عدد الشهداء المدنيين", "same"],
    ["مقتل 23 عنصراً", "23 قتيلاً من قوات النظام", "same"],
    ["مقتل 23 مدنياً", "23 قتيلاً من قوات النظام", "different"],
    ["مقتل 23 جندياً", "قتل 23 عنصر من قوات النظام", "same"],
    ["مقتل 3 أشخاص", "3 قتلى", "same"],
    ["27 شهيداً", "27 قتيلاً", "same"],
    ["خلال 24 ساعة", "خلال الساعات الـ 24 الفائتة", "same"],
    ["خلال 24 يوماً", "خلال الساعات الـ 24 الفائتة", "different"],
    ["5 أيام", "خمسة ايام", "same"],
    ["5 أسابيع", "خمسة ايام", "different"],
    ["خطف 400 شخص", "اختطاف 400 شخص", "same"],
    ["مقتل 400 شخص", "اختطاف 400 شخص", "different"],
    ["مقتل 50 شخصاً", "50 بين قتيل وجريح", "different"],
    ["20 منزلاً", "20 سيارة", "different"],
    ["20 زورقاً", "20 زورق", "same"],
    ["20 زورقاً", "20 صهريجاً", "different"],
    ["400 شخص", "اختطاف 400 شخص", "weaker"],
  ] as const)("%s | %s: %s", (claim, source, relation) => {
    const { relation: found, reason } = compareQuantities(first(claim), first(source));
    expect(found, reason).toBe(relation);
  });
});
