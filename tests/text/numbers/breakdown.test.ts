import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findBreakdowns } from "../../../src/text/numbers/breakdown.ts";
import { findQuantities } from "../../../src/text/numbers/find.ts";

/** "27 = 16 + 6 + 5 (words)"; ">" where the parts do not add up. */
function told(text: string): readonly string[] {
  const quantities = findQuantities(text);
  return findBreakdowns(quantities).map(({ whole, parts, by, complete }) => {
    const figures = parts.map((part) => quantities[part]?.min).join(" + ");
    return `${quantities[whole]?.min} ${complete ? "=" : ">"} ${figures} (${by})`;
  });
}

const REPORTS = fileURLToPath(new URL("../../../data/reports", import.meta.url));

describe("totals and their parts", () => {
  it("finds both totals of report 001, one told in words and one that only adds up", () => {
    const name = readdirSync(REPORTS).find((file) => file.startsWith("001")) ?? "";
    expect(told(readFileSync(`${REPORTS}/${name}`, "utf8"))).toEqual([
      "122 = 27 + 37 + 58 (sum)",
      "27 = 16 + 6 + 5 (words)",
      "16 > 2 (words)",
      "6 > 2 (words)",
      "5 > 2 + 2 (words)",
    ]);
  });

  it("reads what is among a figure as its part", () => {
    expect(told("قتل 17 شخصاً بينهم 4 أطفال و3 نساء")).toEqual(["17 > 4 + 3 (words)"]);
    expect(told("استشهاد 12 مدنياً، هم 5 أطفال و4 نساء و3 رجال")).toEqual(["12 = 5 + 4 + 3 (words)"]);
  });

  it("adds up figures of one event only", () => {
    expect(told("مقتل 30 شخصاً. قتل 20 مدنياً وأصيب 10 عناصر")).toEqual([]);
    expect(told("مقتل 30 شخصاً. قتل 20 مدنياً وقتل 10 عناصر")).toEqual(["30 = 20 + 10 (sum)"]);
    expect(told("مقتل 30 شخصاً. قتل 20 مدنياً وقتل 11 عنصراً")).toEqual([]);
  });

  it("finds none without figures", () => {
    expect(told("لم يقتل أحد")).toEqual([]);
    expect(told("سقط العشرات")).toEqual([]);
  });
});
