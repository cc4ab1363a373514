import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Actor, buildActorIndex, findActors } from "../../src/text/actors.ts";

const { actors } = JSON.parse(readFileSync("data/actors.json", "utf8")) as { actors: Actor[] };
const INDEX = buildActorIndex(actors);

function ids(text: string): string[] {
  return findActors(text, INDEX).map((mention) => mention.id);
}

describe("parties and their aliases", () => {
  it.each([
    ["تنظيم “الدولة الإسلامية”", ["isis"]],
    ["تنظيم «الدولة الإسلامية»", ["isis"]],
    ['تنظيم "الدولة الاسلامية"', ["isis"]],
    ["لتنظيم الدولة بدير الزور", ["isis"]],
    ["عناصر تتظيم الدولة", ["isis"]],
    ["تنظيم داعش الإرهابي", ["isis"]],
    ["داعش والتنظيم", ["isis", "isis"]],
    ["للتنظيم", ["isis"]],
    ["كم قتل من الدواعش", ["isis"]],
    ["How many ISIS fighters", ["isis"]],
    ["قوات النظام والمسلحين الموالين لها", ["regime-forces", "pro-regime-militias"]],
    ["الجيش السوري", ["regime-forces"]],
    ["القوات الحكومية", ["regime-forces"]],
    ["النظام", ["regime-forces"]],
    ["طيران الروس والنظام", ["russian-forces", "regime-forces"]],
    ["النظامين السوري والروسي", ["regime-forces", "russian-forces"]],
    ["مليشيات الدفاع الوطني", ["national-defence-forces"]],
    ["قوات النظام ومليشياته", ["regime-forces", "pro-regime-militias"]],
    ["قوات الحرس الجمهوري", ["republican-guard"]],
    ["القاعدة العسكرية الروسية في حميميم", ["hmeimim-base"]],
    ["قسد وقوات سوريا الديمقراطية", ["sdf", "sdf"]],
    ["التحالف الدولي", ["international-coalition"]],
    ["المرصد السوري لحقوق الإنسان", ["sohr"]],
    ["مين المرصد؟ مين فرات بوست؟", ["sohr", "furat-post"]],
    ["“فرات بوست”", ["furat-post"]],
    ["microsyria.com مراد الأحمد", ["microsyria", "murad-al-ahmad"]],
    ["نحو ألفي مدني", ["civilians"]],
    ["للمدنيين", ["civilians"]],
  ])("%s", (text, expected) => {
    expect(ids(text)).toEqual(expected);
  });
});

describe("names that look alike", () => {
  it("keeps the Free Syrian Army apart from the Syrian army", () => {
    expect(ids("الجيش السوري الحر")).toEqual(["free-syrian-army"]);
    expect(ids("الجيش الحر والجيش السوري")).toEqual(["free-syrian-army", "regime-forces"]);
  });

  it.each([
    "نظام غذائي",
    "النظام الصحي",
    "تنظيم الوقت",
    "التنظيم المدني",
    "ما هو الوقت",
    "is it him?",
    "من جنسيات سورية وغير سورية",
  ])("reads no party into «%s»", (text) => {
    expect(ids(text)).toEqual([]);
  });
});

describe("every spelling of the list", () => {
  it("is found whole, as the actor whose it is, with or without clitics", () => {
    const owners = new Map<string, string>();
    for (const actor of actors) {
      for (const spelling of [actor.name, ...actor.variants]) {
        const [mention, ...more] = findActors(`قالت ${spelling}.`, INDEX);
        const owner = owners.get(mention?.text ?? "") ?? actor.id;
        owners.set(mention?.text ?? "", owner);
        expect([spelling, mention?.id, more.length]).toEqual([spelling, owner, 0]);
      }
    }
  });
});

describe("any text", () => {
  it("gives spans that hold the words found, in order, without overlap", () => {
    const part = fc.oneof(
      fc.constantFrom(" ", "“", "”", "و", "لل", "ـ", "\n", "😀", "ال"),
      fc.constantFrom(...actors.flatMap((actor) => [actor.name, ...actor.variants])),
      fc.string({ unit: "binary", maxLength: 3 }),
    );
    const texts = fc.array(part, { maxLength: 20 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: "binary" })), (text) => {
        let end = 0;
        for (const mention of findActors(text, INDEX)) {
          expect(mention.span[0]).toBeGreaterThanOrEqual(end);
          expect(text.slice(...mention.span)).toBe(mention.text);
          expect(mention.text).not.toBe("");
          end = mention.span[1];
        }
      }),
      { numRuns: 500 },
    );
  });

  it("keeps the closing quotation mark of a name with the name", () => {
    expect(findActors("عناصر تنظيم “الدولة الإسلامية”، ثم", INDEX)[0]?.text).toBe("تنظيم “الدولة الإسلامية”");
  });
});
