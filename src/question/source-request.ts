import { normalize, searchKey } from "../text/normalize.ts";
import type { SourceRequest } from "./question.ts";

/** Names under which reports can be asked for: their ids, and publishers with every spelling. */
export interface SourceNames {
  readonly reportIds: readonly string[];
  readonly publishers: readonly { readonly name: string; readonly variants: readonly string[] }[];
}

const MIN_PREFIX = 3;
const ORDINALS: readonly string[][] = [
  ["الاول", "الاولي", "واحد"],
  ["الثاني", "الثانيه", "اثنين", "تاني", "التاني"],
  ["الثالث", "الثالثه", "ثلاثه", "التالت"],
  ["الرابع", "الرابعه", "اربعه"],
  ["الخامس", "الخامسه", "خمسه"],
  ["السادس", "السادسه", "سته"],
  ["السابع", "السابعه", "سبعه"],
  ["الثامن", "الثامنه", "ثمانيه"],
  ["التاسع", "التاسعه", "تسعه"],
  ["العاشر", "العاشره", "عشره"],
];

/** A list of ids for looking up; made once for each list. */
const SETS = new WeakMap<readonly string[], ReadonlySet<string>>();

function isAmong(word: string, ids: readonly string[]): boolean {
  const known = SETS.get(ids) ?? new Set(ids);
  SETS.set(ids, known);
  return known.has(word);
}

/** The id that a word is exactly, before any normalising, or of which it is a prefix of three or more characters that fits no other. */
export function findReportId(word: string, ids: readonly string[]): string | null {
  const name = word.replace(/\.(txt|json)?$/u, "");
  if (isAmong(name, ids)) return name;
  const prefix = normalize(name);
  if (prefix.length < MIN_PREFIX || !/[0-9a-z]/.test(prefix)) return null;
  const fitting = ids.filter((id) => id.startsWith(name) || id.startsWith(prefix));
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

function namedId(text: string, ids: readonly string[]): string | null {
  const words = text.split(/[\s«»"“”'()[\]،؛:؟?!]+/u);
  const exact = words.find((word) => isAmong(word, ids));
  if (exact !== undefined) return exact;
  for (const word of words) {
    const id = findReportId(word, ids);
    if (id !== null) return id;
  }
  return null;
}

/** The number from 1 on that words name, in digits or as an ordinal ("الثاني"); null for none. */
export function ordinalOf(words: readonly string[]): number | null {
  for (const word of words) {
    if (/^\d{1,4}$/.test(word)) return Number(word);
    const ordinal = ORDINALS.findIndex((forms) => forms.includes(word));
    if (ordinal >= 0) return ordinal + 1;
  }
  return null;
}

const DEFINITE = ORDINALS.flat().filter((word) => word.startsWith("ال"));
const REPORT_NUMBER = new RegExp(
  `(?:^|\\s)(?:[وبل]?ال|لل|[وبل])?(?:تقرير|مصدر|خبر|مقال|منشور)(?: رقم)? (\\d{1,4}|${DEFINITE.join("|")})(?=\\s|$)`,
  "u",
);

/** The number behind a word for a report ("التقرير الخامس", "المصدر رقم 2"), from 1 on; null for none. Days are no numbers. */
export function reportNumber(text: string, dates: readonly { readonly text: string }[]): number | null {
  const undated = dates.reduce((rest, date) => rest.replace(date.text, " . "), text).replace(QUOTED, " . ");
  const key = (searchKey(undated).match(/[\p{L}\p{N}]+|\./gu) ?? []).join(" ");
  const found = REPORT_NUMBER.exec(key)?.[1];
  return found === undefined ? null : ordinalOf([found]);
}

function namedNumber(text: string): number | null {
  return ordinalOf(searchKey(text).match(/[\p{L}\p{N}]+/gu) ?? []);
}

function namedPublisher(text: string, publishers: SourceNames["publishers"]): string | null {
  const key = ` ${searchKey(text)} `;
  const fits = (name: string): boolean => name.length > 2 && key.includes(searchKey(name));
  return publishers.find(({ name, variants }) => [name, ...variants].some(fits))?.name ?? null;
}

const QUOTED = /[«"“”]([^«»"“”]{4,300})[»"“”]/gu;

/** What stands in quotation marks in a text: a title that is asked for. */
export function quotedTitles(text: string): string[] {
  return [...text.matchAll(QUOTED)].map(([, title = ""]) => title.trim()).filter(Boolean);
}

/**
 * Which report a text names: an exact id, a unique prefix of three or more characters, a publisher, a number. A number
 * in a quoted title or in one of the `dates` names no report.
 */
export function sourceRequest(
  text: string,
  names: SourceNames,
  dates: readonly { readonly text: string }[] = [],
): SourceRequest {
  const id = namedId(text, names.reportIds);
  if (id !== null) return { by: "id", id };
  const publisher = namedPublisher(text, names.publishers);
  if (publisher !== null) return { by: "publisher", publisher };
  const undated = dates.reduce((rest, date) => rest.replace(date.text, " "), text);
  const number = namedNumber(undated.replace(QUOTED, " "));
  return number === null ? { by: "unspecified" } : { by: "number", number };
}

/** Ids of the reports that a text names by numbers or ids, in order ("قارن بين التقرير 1 و4"). */
export function namedReportNumbers(text: string, names: Pick<SourceNames, "reportIds">): string[] {
  const words = text.split(/[\s«»"“”'()[\]،؛:؟?!]+/u).map((word) => word.replace(/^و(?=[\d٠-٩])/u, ""));
  const ids = words.flatMap((word) => {
    if (isAmong(word, names.reportIds)) return [word];
    const number = ordinalOf([searchKey(word), searchKey(word).replace(/^و/, "")]);
    return number === null ? [] : (names.reportIds[number - 1] ?? []);
  });
  return [...new Set(ids)];
}
