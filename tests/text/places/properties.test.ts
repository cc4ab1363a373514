import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findPlaces } from "../../../src/text/places/find.ts";
import { suggestPlaces } from "../../../src/text/places/suggest.ts";
import { DEIR_EZ_ZOR, GAZETTEER, ROWS } from "./gazetteer.fixture.ts";

const OPTIONS = { prefer: DEIR_EZ_ZOR, bare: true, fuzzy: true };

const pieces = fc.oneof(
  fc.constantFrom(
    "حي",
    "أحياء",
    "في",
    "و",
    "ب",
    "ال",
    "ـ",
    " ",
    "،",
    "\n",
    "ً",
    "😀",
    "\u200f",
    "ﻻ",
    "(",
    "“",
    "el ",
    "7",
  ),
  fc.constantFrom(...ROWS.map((row) => row.name)),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join("")),
);

function splitsCharacter(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1);
  const after = text.charCodeAt(offset);
  return before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
}

describe("any text", () => {
  it("gives spans inside the text that split no character and do not overlap", () => {
    fc.assert(
      fc.property(texts, (text) => {
        let end = 0;
        for (const mention of findPlaces(text, GAZETTEER, OPTIONS)) {
          expect(mention.span[0]).toBeGreaterThanOrEqual(end);
          expect(mention.span[1]).toBeGreaterThan(mention.span[0]);
          expect(mention.span[1]).toBeLessThanOrEqual(text.length);
          expect(text.slice(...mention.span)).toBe(mention.text);
          for (const offset of mention.span) expect(splitsCharacter(text, offset)).toBe(false);
          end = mention.span[1];
        }
      }),
      { numRuns: 500 },
    );
  });

  it("gives candidates that are known ids without repetition, the chosen one first", () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const { id, candidates } of findPlaces(text, GAZETTEER, OPTIONS)) {
          expect(candidates[0]).toBe(id);
          expect(new Set(candidates).size).toBe(candidates.length);
          for (const candidate of candidates) expect(GAZETTEER.byId.has(candidate)).toBe(true);
        }
        for (const { ids } of suggestPlaces(text, GAZETTEER)) expect(ids.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

/** Ways to write a name that change nothing about which place it is. */
const SPELLINGS: Readonly<Record<string, (name: string) => string>> = {
  "as it stands": (name) => name,
  "ة as ه, bare alefs": (name) => name.replace(/ة/gu, "ه").replace(/[أإآ]/gu, "ا").replace(/ى/gu, "ي"),
  "without spaces": (name) => name.replaceAll(" ", ""),
  tatweel: (name) => name.replace(/(?<=[بتحجسعف])(?=[بتحجسعف])/gu, "ـ"),
  vowels: (name) => name.replace(/(?<=[بتحجس])/gu, "َ"),
};
const FRAMES: readonly ((name: string) => string)[] = [
  (name) => `ماذا حدث في ${name} يوم الأحد؟`,
  (name) => `شو صار ب${name}`,
  (name) => `مدينة ${name}`,
  (name) => `وقصف حي ${name}، ثم`,
  (name) => `في محيط ${name}.`,
];

describe("every name of the gazetteer in every spelling and frame", () => {
  it.each(Object.entries(SPELLINGS))("%s", (_name, spell) => {
    const missed: string[] = [];
    for (const row of ROWS) {
      for (const frame of FRAMES) {
        const text = frame(spell(row.name));
        const [mention] = findPlaces(text, GAZETTEER, { prefer: DEIR_EZ_ZOR, bare: true });
        if (!mention?.candidates.includes(row.id)) missed.push(`${row.id}: ${text}`);
      }
    }
    expect(missed).toEqual([]);
  });
});
