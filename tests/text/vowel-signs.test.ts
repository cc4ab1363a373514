import { describe, expect, it } from "vitest";
import { withoutVowelSigns } from "../../src/text/vowel-signs.ts";

describe("withoutVowelSigns", () => {
  it("takes away vowel signs, superscript alef and tatweel", () => {
    expect(withoutVowelSigns("قُتِلَ في الحَمِيدِيَّةِ، هٰذا الـ24")).toBe("قتل في الحميدية، هذا ال24");
  });
  it("keeps letters with hamza and madda, digits, punctuation and other scripts", () => {
    const text = "آخر أسئلة المؤتمر: ٣٥ é «ISIS» 😀";
    expect(withoutVowelSigns(text)).toBe(text);
  });
});
