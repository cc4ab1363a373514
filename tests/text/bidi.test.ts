import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cleanForDisplay,
  isolateLeftToRight,
  RLM,
  rightToLeftLine,
  withoutDisplayControls,
} from "../../src/text/bidi.ts";
import { isRightToLeft, visualOrder } from "./bidi-oracle.ts";

/** Arabic, Latin, digits, punctuation, emoji and the characters that reorder text. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "حي",
        "الحميدية",
        "Deir",
        "ez-Zor",
        "25",
        "5-10",
        "2017-10-29",
        "[1]",
        "«",
        "»",
        "،",
        "🚩",
        "•",
      ),
      fc.constantFrom(
        "\u200f",
        "\u202e",
        "\u2067",
        "\u2069",
        "\u061c",
        "\ufeff",
        "\ufe0f",
        "\u{e0041}",
        "\ud800",
      ),
      fc.string({ unit: "grapheme", maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((words) => words.join(" "));

describe("rightToLeftLine", () => {
  it("leaves a line that begins with an Arabic letter alone", () => {
    expect(rightToLeftLine("حي الحميدية")).toBe("حي الحميدية");
  });

  it.each(["25", "[1] المصدر", "Deir ez-Zor", "🚩 حي", "«حي»", "https://example.org"])(
    "puts a mark before %s",
    (line) => {
      expect(rightToLeftLine(line)).toBe(RLM + line);
    },
  );

  it("makes every line right-to-left for another implementation of UAX #9", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [line = ""] = cleanForDisplay(text).split("\n");
        fc.pre(line !== "");
        expect(isRightToLeft(rightToLeftLine(line))).toBe(true);
      }),
    );
  });
});

describe("isolateLeftToRight", () => {
  it.each([
    ["يوم 2017-10-29 صباحاً", "2017-10-29"],
    ["قُتل 5-10 أشخاص", "5-10"],
    ["بين 28–29 تشرين الأول", "28–29"],
    ["في Deir ez-Zor شرقاً", "Deir ez-Zor"],
    ["على بعد 5 km من المدينة", "km"],
    ["الموقع https://example.org/a-b?c=1 هنا", "https://example.org/a-b?c=1"],
  ])("keeps the order of the run in: %s", (text, run) => {
    expect(visualOrder(isolateLeftToRight(text)).replaceAll("\u2060", "")).toContain(run);
  });

  it("lets no line end within a range of days", () => {
    expect(isolateLeftToRight("يومي 9–10 تشرين الأول")).toContain("9–\u206010");
    expect(withoutDisplayControls(isolateLeftToRight("يومي 9–10"))).toBe("يومي 9–10");
  });

  it("changes nothing but the controls it adds", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = cleanForDisplay(text);
        expect(withoutDisplayControls(isolateLeftToRight(clean))).toBe(clean);
      }),
    );
  });

  it("closes what it opens", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = isolateLeftToRight(cleanForDisplay(text));
        expect(shown.split("\u2068").length).toBe(shown.split("\u2069").length);
      }),
    );
  });

  it("leaves Arabic with plain numbers alone", () => {
    const text = "قُتل 12 مقاتلاً يوم الـ 29 من تشرين الأول 2017، بنسبة 3.5 و[1].";
    expect(isolateLeftToRight(text)).toBe(text);
  });
});

describe("cleanForDisplay", () => {
  it("takes out what reorders or hides text, and nothing that is seen", () => {
    expect(cleanForDisplay("حي\u202e الحم\u200bيدية\u{e0041}\u00ad")).toBe("حي الحميدية");
    expect(cleanForDisplay("قَصْفٌ، 25 %")).toBe("قَصْفٌ، 25 %");
  });

  it("knows every kind of line break", () => {
    expect(cleanForDisplay("أ\r\nب\rج\u2028د\u2029ه\u0085و\vز")).toBe("أ\nب\nج\nد\nه\nو\nز");
  });

  it("leaves no control character and no half of a pair", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        expect(cleanForDisplay(text)).not.toMatch(/(?!\n)\p{Cc}|\p{Cs}/u);
      }),
    );
  });
});
