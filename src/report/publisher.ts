/** Who published a report: as its byline signs it, as a site's name says, or as the text calls itself. */
import { normalize } from "../text/normalize.ts";
import type { BodyPart } from "./report.ts";

/** A publisher as data/publishers.json lists it. */
export interface KnownPublisher {
  readonly name: string;
  readonly variants: readonly string[];
  /** Address of its site. */
  readonly site?: string | null | undefined;
  /** Names that the operator gave it: a report's own field that holds one of them means it. */
  readonly corrected?: readonly string[] | undefined;
}

/** The publisher that the operator means by the name in a report's field; null when the name was not corrected. */
export function correctedPublisher(name: string, publishers: readonly KnownPublisher[]): string | null {
  const key = normalize(name).trim();
  const isIt = (other: string): boolean => normalize(other).trim() === key;
  const meant = publishers.find(
    ({ corrected = [], variants }) => corrected.length > 0 && [...corrected, ...variants].some(isIt),
  );
  return meant === undefined || isIt(meant.name) ? null : meant.name;
}

export interface PublisherOptions {
  readonly body: string;
  readonly parts: readonly BodyPart[];
  readonly publishers: readonly KnownPublisher[];
}

const SITE =
  /(?<![\w@.-])(?:www\.)?([a-z0-9-]{2,63}(?:\.[a-z0-9-]{2,63}){0,3}\.(?:com|net|org|info|news|co|tv|me|sy))(?![\w-])/iu;
/** Normalised words before a name by which a report gives its own publisher as the source: "رصد المرصد السوري". */
const SELF_REFERENCE =
  /(?<!\p{L})[وف]?(?:علمت?|رصدت?|نشرت?|افاد مراسلو?|مراسلو?|مصادر|مصدر|نشطاء)(?: به)?(?: موثوقه)?(?: نشطاء| مراسل| مصادر)?(?: ل+)?[ "“”«]*ل{0,2}$/u;
/** Words before a name by which another publisher cites it. */
const CITATION =
  /(?<!\p{L})[وف]?(?:قالت?|ذكرت?|اضافت?|اشارت?|مدير|رءيس|رييس|بحسب|حسب|وفق|وفقا|تبعا|نقلا عن|عن)[ "“”«]*ل{0,2}$/u;
/** Units before a name in which such words are looked for. */
const REACH = 30;

function namesOf(publisher: KnownPublisher): string[] {
  const host = publisher.site?.replace(/^https?:\/\/(?:www\.)?/, "").replace(/\/.*$/, "") ?? "";
  const names = [publisher.name, ...publisher.variants, host]
    .map(normalize)
    .filter((name) => name.length > 2);
  const afterLam = names.filter((name) => name.startsWith("ال")).map((name) => `لل${name.slice(2)}`);
  return [...names, ...afterLam];
}

/** Positions at which a whole-word name stands in a text; clitics may precede it. */
function occurrences(text: string, name: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const before = /\p{L}*$/u.exec(text.slice(Math.max(0, at - 12), at))?.[0] ?? "";
    const after = text.charAt(at + name.length);
    if (/^(?:[وفبلك]{0,2})$/u.test(before) && !/[\p{L}\p{Nd}]/u.test(after)) found.push(at);
  }
  return found;
}

function signedBy(line: string, publishers: readonly KnownPublisher[]): string | null {
  const text = normalize(line);
  const known = publishers.find((publisher) =>
    namesOf(publisher).some((name) => occurrences(text, name).length > 0),
  );
  return known?.name ?? SITE.exec(line)?.[1]?.toLowerCase() ?? null;
}

/**
 * The publisher, or null. A byline decides; without one, the publisher that the text names as its own source at
 * least twice and more often than any other ("رصد المرصد السوري لحقوق الإنسان"), and that it never cites as another's.
 */
export function findPublisher(options: PublisherOptions): string | null {
  for (const part of options.parts) {
    if (part.role !== "byline") continue;
    const publisher = signedBy(options.body.slice(part.start, part.end), options.publishers);
    if (publisher !== null) return publisher;
  }
  const text = normalize(options.body);
  const counts = options.publishers.map((publisher) => ({
    name: publisher.name,
    count: selfReferences(text, publisher),
  }));
  counts.sort((a, b) => b.count - a.count);
  const [first, second] = counts;
  if (first === undefined || first.count < 2 || first.count === second?.count) return null;
  return first.name;
}

/** How often a text names a publisher as the one who learnt, saw or published; 0 when it also cites it. */
function selfReferences(text: string, publisher: KnownPublisher): number {
  const positions = new Set(namesOf(publisher).flatMap((name) => occurrences(text, name)));
  const before = [...positions].map((at) => text.slice(Math.max(0, at - REACH), at));
  if (before.some((words) => CITATION.test(words))) return 0;
  return before.filter((words) => SELF_REFERENCE.test(words)).length;
}
