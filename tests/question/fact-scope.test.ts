import { describe, expect, it } from "vitest";
import { durationsIn, factScope } from "../../src/question/fact-scope.ts";
import { parseQuestion } from "../../src/question/parse.ts";
import { ownScope } from "../../src/question/scope.ts";
import { questionContext } from "./context.ts";

const scopeOf = (text: string) => {
  const question = parseQuestion(text, questionContext);
  return factScope(question, ownScope(question));
};
const placesOf = (text: string): string[] => scopeOf(text).places.map(({ id }) => id);

describe("the scope of a fact", () => {
  it("leaves out a place that only says when", () => {
    expect(placesOf("ما الأحياء التي سيطرت عليها قوات النظام قبل اقتحام حي الحميدية؟")).toEqual([]);
    expect(placesOf("من سيطر على حي العمال بعد دخول الحميدية؟")).toEqual(["al-ummal"]);
  });

  it("keeps a place in which the thing asked happened", () => {
    expect(placesOf("من سيطر على حي الحميدية؟")).toEqual(["al-hamidiyah"]);
    expect(placesOf("ماذا فعل التنظيم في الحميدية قبل ذلك؟")).toEqual(["al-hamidiyah"]);
  });

  it("looks past the end of 'before': reports of that time tell of what came before", () => {
    const [date] = scopeOf("ما آخر مدينة خسرها التنظيم قبل أيار 2017؟").dates;
    expect(date?.start).toBeNull();
    expect((date?.end ?? "") >= "2017-05-05").toBe(true);
  });

  it("keeps the days of a count as they are", () => {
    const [date] = scopeOf("كم قتيلاً سقط قبل أيار 2017؟").dates;
    expect(date?.end).toBe("2017-04-30");
  });
});

describe("a length of time", () => {
  it("is the same in hours and in days, in figures and in words", () => {
    expect(durationsIn("كم قتيلاً خلال 72 ساعة؟")).toEqual([72]);
    expect(durationsIn("كم غارة في ثلاثة أيام؟")).toEqual([72]);
  });

  it("is none where none is named", () => {
    expect(durationsIn("كم يوماً بقي الحصار؟")).toEqual([]);
    expect(durationsIn("كم قُتل من 50 مقاتلاً؟")).toEqual([]);
  });
});
