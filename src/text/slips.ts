import { normalizeWithOffsets, originalSpan, type Span, searchKey } from "./normalize.ts";

/** A slip of the pen as a text has it, and what its writer meant. */
export interface Slip {
  readonly text: string;
  readonly meant: string;
  readonly span: Span;
}

/** Words that are no words: neighbouring keys, letters that changed places or fell out. Each with what is meant. */
const SLIPS: readonly (readonly [written: string, meant: string])[] = [
  ["تتظيم", "تنظيم"],
  ["التتظيم", "التنظيم"],
  ["تظنيم", "تنظيم"],
  ["التظنيم", "التنظيم"],
  ["أحزرت", "أحرزت"],
  ["احزرت", "أحرزت"],
  ["البغبلية", "البغيلية"],
  ["النطام", "النظام"],
  ["النظلم", "النظام"],
  ["الديقراطية", "الديمقراطية"],
  ["الديمقرطية", "الديمقراطية"],
  ["المليشات", "المليشيات"],
  ["الإشتباكت", "الاشتباكات"],
  ["الاشتباكت", "الاشتباكات"],
  ["الاشتبكات", "الاشتباكات"],
  ["الإسلاميه", "الإسلامية"],
  ["المدنين", "المدنيين"],
  ["الموظفيين", "الموظفين"],
  ["المقاتليين", "المقاتلين"],
  ["الزرو", "الزور"],
  ["مدبنة", "مدينة"],
  ["الطيارن", "الطيران"],
  ["القدائف", "القذائف"],
  ["الغرات", "الغارات"],
];

const MEANT = new Map(
  SLIPS.filter(([written, meant]) => searchKey(written) !== searchKey(meant)).map(([written, meant]) => [
    searchKey(written),
    meant,
  ]),
);

/** Known slips in a text, in order; "و", "ف", "ب", "ل" before a word do not hide one. Nothing is repaired. */
export function findSlips(text: string): Slip[] {
  const normalized = normalizeWithOffsets(text);
  return Array.from(normalized.text.matchAll(/\p{L}+/gu)).flatMap((match) => {
    for (const offset of /^[وفبل]/.test(match[0]) ? [0, 1] : [0]) {
      const meant = MEANT.get(match[0].slice(offset));
      if (meant === undefined) continue;
      const span = originalSpan(normalized, match.index + offset, match.index + match[0].length);
      return [{ text: text.slice(...span), meant, span }];
    }
    return [];
  });
}
