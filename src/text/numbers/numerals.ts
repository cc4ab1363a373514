import { normalize } from "../normalize.ts";

/** What a numeral adds to a number: 3 (unit), 10 as the tail of 13 (ten), 50 (tens), 300 (hundreds), 1000 (scale). */
export type NumeralKind = "unit" | "ten" | "teen" | "tens" | "hundred" | "hundreds" | "scale" | "fraction";

export interface Numeral {
  readonly kind: NumeralKind;
  readonly value: number;
  /** Only a number where a counted noun or another numeral follows: "ست" is also a lady, "مية" also water. */
  readonly weak?: boolean;
  /** "آلاف", "ملايين": a number only after what multiplies it. */
  readonly plural?: boolean;
  /** Only in 11: "أحد" alone is "someone". */
  readonly onlyBeforeTen?: boolean;
}

const UNITS: readonly (readonly [number, string])[] = [
  [1, "واحد واحدة واحدا one"],
  [2, "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي اثنين إثنان ثنتان ثنتين تنين اتنين تنتين two"],
  [3, "ثلاث ثلاثة ثلاثا تلات تلاتة تلت three"],
  [4, "أربع أربعة أربعا four"],
  [5, "خمس خمسة خمسا five"],
  [6, "ستة six"],
  [7, "سبعة seven"],
  [8, "ثمان ثماني ثمانية ثمانيا تمان تماني تمانية تمن eight"],
  [9, "تسع تسعة تسعا nine"],
];
const TEENS: readonly (readonly [number, string])[] = [
  [11, "احدعش احدعشر حداعش حدعش eleven"],
  [12, "اطنعش طنعش اتنعش اثنعش اثناعش اثنعشر اثناعشر اتناعش twelve"],
  [13, "تلطعش تلتعش تلتطعش تلاتعش تلاتطعش ثلاثطعش تلطعشر ثلاثعشر thirteen"],
  [14, "اربعطعش اربعتعش اربعطعشر fourteen"],
  [15, "خمسطعش خمستعش خمسطعشر fifteen"],
  [16, "ستطعش سطعش ستعش ستطعشر sixteen"],
  [17, "سبعطعش سبعتعش سبعطعشر seventeen"],
  [18, "تمنطعش تمانطعش تمنتعش تمنطعشر ثمنطعش eighteen"],
  [19, "تسعطعش تسعتعش تسعطعشر nineteen"],
];
const TENS: readonly (readonly [number, string])[] = [
  [20, "عشرون عشرين twenty"],
  [30, "ثلاثون ثلاثين تلاتين تلتين thirty"],
  [40, "أربعون أربعين forty"],
  [50, "خمسون خمسين fifty"],
  [60, "ستون ستين sixty"],
  [70, "سبعون سبعين seventy"],
  [80, "ثمانون ثمانين تمانين eighty"],
  [90, "تسعون تسعين ninety"],
];
const HUNDRED_STEMS: readonly (readonly [number, string])[] = [
  [300, "ثلاث ثلاثة تلات تلت تلاتة"],
  [400, "أربع أربعة"],
  [500, "خمس خمسة"],
  [600, "ست ستة"],
  [700, "سبع سبعة"],
  [800, "ثمان ثماني ثمانية تمن تمان تماني"],
  [900, "تسع تسعة"],
];
const SCALES: readonly (readonly [number, string])[] = [
  [1_000, "ألف thousand"],
  [1_000_000, "مليون ميليون million"],
  [1_000_000_000, "مليار مليارا بليون billion"],
  [2_000, "ألفان ألفين ألفي"],
  [2_000_000, "مليونان مليونين مليوني"],
  [2_000_000_000, "ملياران مليارين ملياري"],
];

function buildNumerals(): ReadonlyMap<string, Numeral> {
  const table = new Map<string, Numeral>();
  const add = (words: string, numeral: Numeral): void => {
    for (const word of words.split(" ")) table.set(normalize(word), numeral);
  };
  for (const [value, words] of UNITS) add(words, { kind: "unit", value });
  for (const [value, words] of TEENS) add(words, { kind: "teen", value });
  for (const [value, words] of TENS) add(words, { kind: "tens", value });
  for (const [value, words] of SCALES) add(words, { kind: "scale", value });
  add("آلاف ألوف", { kind: "scale", value: 1_000, plural: true });
  add("ملايين", { kind: "scale", value: 1_000_000, plural: true });
  add("مليارات", { kind: "scale", value: 1_000_000_000, plural: true });
  add("مليونا", { kind: "scale", value: 1_000_000, weak: true });
  add("ألفا", { kind: "scale", value: 1_000, weak: true });
  add("ست", { kind: "unit", value: 6, weak: true });
  add("سبع", { kind: "unit", value: 7, weak: true });
  add("أحد احدى إحدى", { kind: "unit", value: 1, onlyBeforeTen: true });
  add("عشر عشرة عشرا عشره ten", { kind: "ten", value: 10 });
  add("مائة hundred", { kind: "hundred", value: 100 });
  add("مئة مية ميت", { kind: "hundred", value: 100, weak: true });
  add("مائتان مائتين مائتي مائتا", { kind: "hundreds", value: 200 });
  add("مئتان مئتين مئتي مئتا", { kind: "hundreds", value: 200, weak: true });
  for (const [value, stems] of HUNDRED_STEMS)
    for (const stem of stems.split(" "))
      for (const hundred of ["مئة", "مائة", "ميت"]) add(stem + hundred, { kind: "hundreds", value });
  add("نصف", { kind: "fraction", value: 0.5 });
  add("ربع", { kind: "fraction", value: 0.25 });
  return table;
}

/** Numerals by their normalised form, without proclitics. */
export const NUMERALS: ReadonlyMap<string, Numeral> = buildNumerals();
