import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findQuantities } from "../../../src/text/numbers/find.ts";
import { findNumbers } from "../../../src/text/numbers/find-numbers.ts";
import type { Quantity } from "../../../src/text/numbers/quantity.ts";

const SYMBOLS = {
  exactly: "=",
  about: "~",
  more_than: ">",
  at_least: ">=",
  less_than: "<",
  at_most: "<=",
} as const;

function value({ bound, min, max }: Quantity): string {
  if (bound === "indefinite") return "?";
  return bound === "between" ? `${min}..${max}` : `${SYMBOLS[bound]}${min}`;
}

/** A quantity as the tables write it. */
function row(quantity: Quantity): string {
  const { text, noun, counted, nounClass, party } = quantity;
  const classes = nounClass && nounClass !== counted ? `${counted} ${nounClass}` : (counted ?? "-");
  return [text, value(quantity), noun ?? "-", classes, party ?? "-"].join(" | ");
}

/** Blocks of a table: a head line and the indented lines under it. */
function table(name: string): readonly (readonly [head: string, rows: readonly string[]])[] {
  const file = fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
  const blocks: [string, string[]][] = [];
  for (const line of readFileSync(file, "utf8").split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    if (line.startsWith("  ")) blocks.at(-1)?.[1].push(line.trim());
    else blocks.push([line, []]);
  }
  return blocks.map(([head, rows]) => [head, rows.filter((line) => line !== "none")]);
}

describe("the figures of a sentence", () => {
  it.each(table("figures.txt"))("%s", (sentence, rows) => {
    expect(findQuantities(sentence).map(row)).toEqual(rows);
  });
});

const REPORTS = fileURLToPath(new URL("../../../data/reports", import.meta.url));

function report(id: string): string {
  const name = readdirSync(REPORTS).find((file) => file.startsWith(id)) ?? id;
  return readFileSync(`${REPORTS}/${name}`, "utf8");
}

describe("the figures of the five reports", () => {
  it.each(table("reports.txt"))("%s", (id, rows) => {
    expect(findQuantities(report(id)).map(row)).toEqual(rows);
  });

  it("takes no date, year, page number or brigade of theirs for a figure", () => {
    const others = readdirSync(REPORTS).flatMap((file) =>
      findNumbers(readFileSync(`${REPORTS}/${file}`, "utf8")).filter(({ role }) => role !== "count"),
    );
    expect(new Set(others.map(({ role }) => role))).toEqual(new Set(["date", "list", "name"]));
    expect(others.filter(({ role }) => role === "name").map(({ value }) => value)).toEqual([137]);
    expect(others.filter(({ role }) => role === "list").map(({ value }) => value)).toEqual([25, 23, 4]);
  });
});

describe("the phrase of a figure", () => {
  it.each([
    ["مقتل أكثر من 50 من عناصر التنظيم في هذه الاشتباكات", "أكثر من 50 من عناصر التنظيم"],
    ["قتل ما لا يقل عن 23 عنصر من قوات النظام خلال يوم", "ما لا يقل عن 23 عنصر من قوات النظام"],
    ["ارتفع إلى 122 على الأقل عدد الشهداء والقتلى في المدينة", "122 على الأقل عدد الشهداء والقتلى"],
    ["بلغ عدد القتلى 58", "58"],
    ["اختطاف أكثر من 400 شخص حينها، كانوا من المدنيين", "أكثر من 400 شخص"],
    ["استشهد طفلان", "طفلان"],
  ])("%s: %s", (text, phrase) => {
    const [found] = findQuantities(text);
    expect(text.slice(...(found?.phraseSpan ?? [0, 0]))).toBe(phrase);
  });
});

describe("parts of a figure", () => {
  /** Each figure with the one that it is a part of. */
  function parts(text: string): readonly string[] {
    const found = findQuantities(text);
    return found.map(({ text: own, partOf }) => (partOf == null ? own : `${own} < ${found[partOf]?.text}`));
  }

  it("keeps the total, its members and what is told of a member apart", () => {
    const text =
      "ارتفع إلى 27 عدد الشهداء، هم 16 بينهم مواطنتان وطفل استشهدوا في قصف، و6 مواطنين بينهم سيدة وطفلها ومواطنتان، و5 بينهم طفلان ومواطنتان";
    expect(parts(text)).toEqual([
      "27",
      "16 < 27",
      "مواطنتان < 16",
      "6 < 27",
      "مواطنتان < 6",
      "5 < 27",
      "طفلان < 5",
      "مواطنتان < 5",
    ]);
  });

  it("takes what another clause or sentence counts for no part", () => {
    expect(parts("قتل 17 شخصاً منهم 4 أطفال، وأصيب 40 آخرون")).toEqual(["17", "4 < 17", "40"]);
    expect(parts("قتل 17 شخصاً. بينهم 4 أطفال")).toEqual(["17", "4"]);
    expect(parts("مقتل 5 مدنيين و3 عناصر")).toEqual(["5", "3"]);
  });

  it("lends a level of a sentence the event of the level before it", () => {
    const found = findQuantities(
      "ارتفع إلى 37 عدد القتلى من قوات النظام، فيما ارتفع إلى 58 عدد عناصر التنظيم",
    );
    expect(found.map(({ event }) => event)).toEqual(["killed", "killed"]);
    expect(findQuantities("تضم القاعدة 58 عنصراً")[0]?.event).toBeNull();
  });
});

describe("on any text", () => {
  const words = fc.constantFrom(
    ..."مقتل أكثر من 50 عنصراً بين و20 على الأقل ، . العشرات ثلاثة عشر ألف مئة بينهم طفلان واحد إلى - ( ) 12/5 الساعة ٣ ـ ً \n".split(
      " ",
    ),
    "\u200f",
    "🙂",
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 80 }),
    fc.array(words, { maxLength: 40 }).map((list) => list.join(" ")),
    fc.array(words, { maxLength: 20 }).map((list) => list.join("")),
  );

  it("never throws, and every span quotes the text between whole characters", () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const { span, text: quoted } of [...findQuantities(text), ...findNumbers(text)]) {
          expect(span[0]).toBeGreaterThanOrEqual(0);
          expect(span[1]).toBeGreaterThan(span[0]);
          expect(text.slice(...span)).toBe(quoted);
          for (const edge of span)
            expect(
              /[\ud800-\udbff]$/.test(text.slice(0, edge)) && /^[\udc00-\udfff]/.test(text.slice(edge)),
            ).toBe(false);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("finds figures in order, none over another, each with sound bounds", () => {
    fc.assert(
      fc.property(texts, (text) => {
        let end = 0;
        for (const { span, min, max, bound, partOf } of findQuantities(text)) {
          expect(span[1]).toBeGreaterThan(end);
          end = span[1];
          expect(min === null).toBe(bound === "indefinite");
          if (min !== null && max !== null) expect(bound === "between" ? min < max : min === max).toBe(true);
          expect(partOf === null || partOf === undefined || partOf >= 0).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("reads the same figures whatever tashkeel, tatweel and digits the text has", () => {
    const plain = "مقتل 50 عنصرا و3 مدنيين، وإصابة نحو 20 آخرين";
    const dressed = "مَقْتَلُ ٥٠ عُنصُـــراً و۳ مدنيّين، وإصابةُ نحو ٢٠ آخرينَ";
    const bare = (text: string) =>
      findQuantities(text).map(({ min, bound, counted }) => ({ min, bound, counted }));
    expect(bare(dressed)).toEqual(bare(plain));
  });

  it("is linear: a megabyte is read in a time that is printed, not judged", () => {
    const text = report("001");
    const long = text.repeat(Math.ceil(1_000_000 / text.length));
    const begin = performance.now();
    const found = findQuantities(long).length;
    console.info(`${long.length} units, ${found} figures: ${Math.round(performance.now() - begin)} ms`);
    expect(found).toBeGreaterThan(1000);
  });
});
