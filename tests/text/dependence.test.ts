import { describe, expect, it } from "vitest";
import { dependence } from "../../src/text/dependence.ts";

describe("dependence", () => {
  it.each([
    ["هي أعنف معارك المدينة", "pointing"],
    ["وهذا الهجوم هو الأعنف", "pointing"],
    ["وقتل منهم 50 عنصراً", "pointing"],
    ["بعد ذلك انسحبت القوات", "pointing"],
    ["كما سيطرت قوات النظام على حي العرفي", "connective"],
    ["ثم دخلت قوات النظام حي الحميدية", "connective"],
    ["وسيطرت قوات النظام على حي العرفي", "connective"],
    ["وثق المرصد السوري مقتل أكثر من 50 عنصراً", null],
    ["وصلت قوات النظام إلى مدرسة خديجة الكبرى", null],
    ["سيطرت قوات النظام على حي العمال", null],
    ["فرات بوست تحدثت عن ألفي مدني", null],
    ["في حي الحميدية مدرسة", null],
    ["", null],
  ])("%s: %s", (sentence, expected) => {
    expect(dependence(sentence)).toBe(expected);
  });
});
