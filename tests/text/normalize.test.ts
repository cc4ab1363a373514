import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalize, normalizeWithOffsets, originalSpan, searchKey } from "../../src/text/normalize.ts";

/** Any string, lone surrogates among them, with a good share of what Arabic texts bring. */
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(
      ..."ابتةىيئؤأإآٱءلـمحَُِّْٰٓ٣۳٫ \n\t\r 0aZéİß",
      "\u200f",
      "\u200d",
      "\ufeff",
      "\u2028",
      "\ufefb",
      "\ufe76",
      "\ufdfa",
      "\u{1f468}",
      "\u{e0041}",
      "\ud835",
      "\udc00",
      "\u{1d7d8}",
    ),
  }),
);

describe("normalize", () => {
  it.each([
    ["folds the seats of alef", "أإآٱا", "ااااا"],
    ["folds ya, alef maqsura and hamza on ya", "يىئ", "ييي"],
    ["folds ta marbuta and hamza on waw", "مدرسةٌ مسؤول", "مدرسه مسوول"],
    ["drops tashkeel, superscript alef and tatweel", "هٰذَا مُحَمَّـــد", "هذا محمد"],
    ["reads presentation forms and ligatures", "ﻻ ﷲ", "لا الله"],
    ["drops tashkeel that was typed as an isolated form", "م\ufe76حمد", "محمد"],
    ["reads Persian letters", "کابینه گ", "كابينه ك"],
    ["drops bidi marks and zero-width characters", "\u200fحي\u200f الحم\u200dيدية\u200e", "حي الحميديه"],
    ["drops a mark of byte order inside a word", "\ufeffالحم\ufeffيدية", "الحميديه"],
    ["lowers Latin letters and drops their accents", "İÉ Naïve Ａ", "ie naive a"],
    ["makes one space of white space", "a \u00a0\t b", "a b"],
    ["makes one line break of white space with a line break", "a \r\n \n b", "a\nb"],
    ["keeps punctuation", "قال: «نعم»، ثم.", "قال: «نعم»، ثم."],
    ["replaces a lone surrogate", "a\ud800b", "a\ufffdb"],
  ])("%s", (_, original, expected) => {
    expect(normalize(original)).toBe(expected);
  });

  it("reads the decimal digits of every script that ICU knows", () => {
    const systems = Intl.supportedValuesOf("numberingSystem");
    expect(systems).toContain("arabext");
    for (const system of systems) {
      const format = new Intl.NumberFormat(`en-u-nu-${system}`, { useGrouping: false });
      if (format.resolvedOptions().numberingSystem !== system) continue;
      const digits = format.format(1234567890);
      if (![...digits].every((digit) => /\p{Nd}/u.test(digit))) continue;
      expect(normalize(digits), system).toBe("1234567890");
    }
  });

  it("gives canonically equal texts the same form", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normalize(text.normalize("NFC"))).toBe(normalize(text.normalize("NFD")));
      }),
    );
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normalize(normalize(text))).toBe(normalize(text));
      }),
      { numRuns: 1000 },
    );
  });

  it("leaves no mark, no invisible character and no doubled white space", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normalize(text)).not.toMatch(/\p{M}|\p{Cf}|\p{Cs}|ـ|[ \n]{2}/u);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("normalizeWithOffsets", () => {
  it("keeps for every unit the place it came from, in order and inside the original", () => {
    fc.assert(
      fc.property(anyText, (original) => {
        const { text, starts, ends } = normalizeWithOffsets(original);
        expect([starts.length, ends.length]).toEqual([text.length, text.length]);
        for (let unit = 0; unit < text.length; unit += 1) {
          const [start, end] = [starts[unit] ?? -1, ends[unit] ?? -1];
          expect(start).toBeLessThan(end);
          expect(start).toBeGreaterThanOrEqual(starts[unit - 1] ?? 0);
          expect(end).toBeGreaterThanOrEqual(ends[unit - 1] ?? 0);
        }
        expect(ends.at(-1) ?? 0).toBeLessThanOrEqual(original.length);
      }),
      { numRuns: 1000 },
    );
  });

  it("finds in the original what was found in the normalised text", () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat(), (original, a, b) => {
        const normalized = normalizeWithOffsets(original);
        const length = normalized.text.length;
        const [start, end] = [a % (length + 1), b % (length + 1)].sort((x, y) => x - y) as [number, number];
        const found = original.slice(...originalSpan(normalized, start, end));
        // A ligature is taken whole, so more may be found, never less.
        expect(normalize(found)).toContain(normalized.text.slice(start, end));
      }),
      { numRuns: 1000 },
    );
  });

  it("takes the marks of the last letter into the span, and those of the next not", () => {
    const original = "في حَيِّ الحَميديّةِ أمس";
    const normalized = normalizeWithOffsets(original);
    const at = normalized.text.indexOf("الحميديه");
    const [start, end] = originalSpan(normalized, at, at + "الحميديه".length);
    expect(original.slice(start, end)).toBe("الحَميديّةِ");
  });

  it("gives an empty span for an empty range", () => {
    const normalized = normalizeWithOffsets("َأب");
    expect(originalSpan(normalized, 0, 0)).toEqual([1, 1]);
    expect(originalSpan(normalized, 2, 2)).toEqual([3, 3]);
    expect(originalSpan(normalizeWithOffsets(""), 0, 0)).toEqual([0, 0]);
  });

  it("takes a long text with much white space", () => {
    const original = "وقال محمد \n في حي الحميدية ".repeat(20_000);
    const { text, ends } = normalizeWithOffsets(original);
    expect(text).toBe("وقال محمد\nفي حي الحميديه ".repeat(20_000));
    expect(ends.at(-1)).toBe(original.length);
  });
});

describe("searchKey", () => {
  it("puts everything in one line without white space at its ends", () => {
    expect(searchKey(" حيّ\n \nالحميديّة ")).toBe("حي الحميديه");
  });
});
