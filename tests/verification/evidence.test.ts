import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { searchKey } from "../../src/text/normalize.ts";
import { locateQuote } from "../../src/verification/evidence.ts";

const BODY =
  "وقُتل نحو 40 عنصراً من قوات النظام،\nفيما سيطر تنظيم “الدولة الإسلامية” على أجزاء من حي الصناعة شرق المدينة.";
const found = (quote: string): string | null => {
  const span = locateQuote(quote, BODY);
  return span === null ? null : BODY.slice(...span);
};

describe("locateQuote", () => {
  it("finds a quotation where it stands, as the source writes it", () => {
    expect(found("قتل نحو 40 عنصرا من قوات النظام")).toBe("قُتل نحو 40 عنصراً من قوات النظام");
    expect(found('سيطر تنظيم "الدولة الاسلامية" على أجزاء')).toBe("سيطر تنظيم “الدولة الإسلامية” على أجزاء");
    expect(found("… النظام، فيما سيطر تنظيم …")).toBe("النظام،\nفيما سيطر تنظيم");
  });

  it("finds one that leaves out what is written to its first word, and gives the whole word", () => {
    const body = "إثر بدء قوات النظام اقتحامها لحي الحميدية، وبدعم من المسلحين الموالين لها";
    const given = (quote: string): string | null => {
      const span = locateQuote(quote, body);
      return span === null ? null : body.slice(...span);
    };
    expect(given("حي الحميدية، وبدعم من المسلحين")).toBe("لحي الحميدية، وبدعم من المسلحين");
    expect(given("دعم من المسلحين الموالين لها")).toBe("وبدعم من المسلحين الموالين لها");
    expect(given("بدعم من المسلحين الموالين لها")).toBe("بدعم من المسلحين الموالين لها");
    expect(given("امها لحي الحميدية، وبدعم")).toBeNull();
    expect(given("ي الحميدية، وبدعم من")).toBeNull();
  });

  it("refuses another letter, half a word, another order and what is too short", () => {
    expect(found("قتل نحو 40 عنصرا من قوات النظاف")).toBeNull();
    expect(found("قتل نحو 40 عنصرا من قوات النظا")).toBeNull();
    expect(found("تل نحو 40 عنصرا من قوات النظام")).toBeNull();
    expect(found("نحو 40 عنصرا قتل من قوات النظام")).toBeNull();
    expect(found("قوات النظام")).toBeNull();
    expect(found("")).toBeNull();
  });

  it("finds every run of whole words, and nothing with one letter changed", () => {
    const words = BODY.split(/\s+/);
    fc.assert(
      fc.property(
        fc.nat(words.length - 4),
        fc.integer({ min: 4, max: 9 }),
        fc.nat(),
        (from, count, place) => {
          const quote = words.slice(from, from + count).join(" ");
          if ((quote.match(/\p{L}/gu)?.length ?? 0) < 14) return;
          expect(searchKey(found(quote) ?? "")).toContain(searchKey(quote).replace(/^“|[،.”]+$/g, ""));
          const letters = [...quote.matchAll(/\p{L}/gu)];
          const at = letters[place % letters.length]?.index ?? 0;
          expect(found(`${quote.slice(0, at)}ژ${quote.slice(at + 1)}`)).toBeNull();
        },
      ),
    );
  });
});
