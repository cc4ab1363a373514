/** A writer of Arabic numbers in words, for the tests: the parser must read back whatever it writes. */

export type Gender = "masculine" | "feminine";
export type Case = "nominative" | "oblique";

/** Units with a masculine noun carry ة from 3 to 10, with a feminine noun they do not. */
const UNITS = ["ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"];
const TENS = ["عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"];

function unit(value: number, gender: Gender, grammarCase: Case): string {
  if (value === 1) return gender === "masculine" ? "واحد" : "واحدة";
  if (value === 2) {
    const stem = gender === "masculine" ? "اثن" : "اثنت";
    return stem + (grammarCase === "nominative" ? "ان" : "ين");
  }
  return `${UNITS[value - 3]}${gender === "masculine" ? "ة" : ""}`;
}

function teen(value: number, gender: Gender, grammarCase: Case): string {
  const ten = gender === "masculine" ? "عشر" : "عشرة";
  if (value === 1) return `${gender === "masculine" ? "أحد" : "إحدى"} ${ten}`;
  if (value === 2) {
    const stem = gender === "masculine" ? "اثن" : "اثنت";
    return `${stem}${grammarCase === "nominative" ? "ا" : "ي"} ${ten}`;
  }
  return `${unit(value, gender, grammarCase)} ${ten}`;
}

function belowHundred(value: number, gender: Gender, grammarCase: Case): string {
  if (value <= 10) return unit(value, gender, grammarCase);
  if (value < 20) return teen(value - 10, gender, grammarCase);
  const tens = `${TENS[Math.floor(value / 10) - 2]}${grammarCase === "nominative" ? "ون" : "ين"}`;
  const rest = value % 10;
  if (rest === 0) return tens;
  const one = rest === 1 ? (gender === "masculine" ? "واحد" : "إحدى") : unit(rest, gender, grammarCase);
  return `${one} و${tens}`;
}

function belowThousand(value: number, gender: Gender, grammarCase: Case): string {
  const hundreds = Math.floor(value / 100);
  const parts: string[] = [];
  if (hundreds === 1) parts.push("مئة");
  else if (hundreds === 2) parts.push(grammarCase === "nominative" ? "مئتان" : "مئتين");
  else if (hundreds > 2) parts.push(`${UNITS[hundreds - 3]}مئة`.replace("ثمانيمئة", "ثمانمئة"));
  if (value % 100 > 0) parts.push(belowHundred(value % 100, gender, grammarCase));
  return parts.join(" و");
}

function thousands(count: number, grammarCase: Case): string {
  if (count === 1) return "ألف";
  if (count === 2) return grammarCase === "nominative" ? "ألفان" : "ألفين";
  const rest = count % 100;
  const noun = rest >= 3 && rest <= 10 ? "آلاف" : rest >= 11 ? "ألفاً" : "ألف";
  return `${belowThousand(count, "masculine", grammarCase)} ${noun}`;
}

/** 0 to 999,999 in words, in the gender of the counted noun. */
export function inWords(value: number, gender: Gender, grammarCase: Case): string {
  if (value === 0) return "صفر";
  const parts: string[] = [];
  if (value >= 1000) parts.push(thousands(Math.floor(value / 1000), grammarCase));
  if (value % 1000 > 0) parts.push(belowThousand(value % 1000, gender, grammarCase));
  return parts.join(" و");
}
