import { expect, it } from "vitest";
import { cleanForEmbedding } from "../../src/embedding/clean.ts";

it.each([
  ["bidi marks and isolates", "\u200fحي\u061c \u2067الحميدية\u2069", "حي الحميدية"],
  ["zero-width characters and the byte order mark", "\ufeffالح\u200bميدية", "الحميدية"],
  ["control characters", "حي\u0000\u0007", "حي"],
  ["line breaks and tabs, which become spaces", "سطر\nسطر\tسطر", "سطر سطر سطر"],
  ["lone surrogates, which become U+FFFD", "نص\ud83d", "نص\ufffd"],
])("takes out %s", (_, text, clean) => {
  expect(cleanForEmbedding(text)).toBe(clean);
});

it("keeps letters, vowel signs, punctuation and emoji", () => {
  const text = "قُتِلَ ٣ أشخاص، «بينهم» طفل! 😀";
  expect(cleanForEmbedding(text)).toBe(text);
});
