/** Finds spellings of the gazetteer in a text: longest first, left to right, before any choice among homonyms. */

import { type Gazetteer, looseKey, type NameForm } from "./gazetteer.ts";
import { type Head, headAfterLatin, headOf, isBattle, isPreposition, maskPhrases } from "./heads.ts";
import { readings, type Word } from "./words.ts";

/** A stretch of words that spells a known name. `from` inclusive, `to` exclusive, both word numbers. */
export interface Hit {
  readonly from: number;
  readonly to: number;
  /** What was taken off the front of the first word. */
  readonly clitic: string;
  readonly forms: readonly NameForm[];
  /** The word before, when it announces a place. */
  readonly head: Head | null;
  /** The name could as well be a common word: it is marked so, or the text leaves out its article. */
  readonly weak: boolean;
  /** Every spelling carries the article and the text does not ("باب النصر" is not الباب). */
  readonly articleMissing: boolean;
  readonly fuzzy: boolean;
}

/** A bound on the work for one word; the names of schools and hospitals in reports' fields are long. */
const LONGEST_NAME = 24;
const SOFT_GAP = /^\.? ?["'“”«»]? ?[-–_/]? ?["'“”«»]? ?$/;
const PATH_GAP = /^[ :،,>/|\-–()]{1,4}$/;
/** First words of names that are written joined or apart. */
const SPLIT_PREFIXES = new Set(
  "ابو بو البو ام عين تل دير بيت كفر خان راس معره شيخ جب باب دار حويجه مو".split(" "),
);

/** The text between two words. */
export function gap(text: string, words: readonly Word[], index: number): string {
  return text.slice(words[index]?.end ?? text.length, words[index + 1]?.start ?? text.length);
}

/** Whether a spelling may be read off so many words: names of one word are split only after a known first part. */
function splitsAllowed(form: NameForm, count: number, firstKey: string): boolean {
  return count <= form.words || form.words > 1 || firstKey === "" || SPLIT_PREFIXES.has(firstKey);
}

interface Candidate {
  readonly to: number;
  readonly clitic: string;
  readonly article: boolean;
  readonly forms: readonly NameForm[];
}

/** The longest name that begins at a word, over all readings of that word; a reading without clitics wins a tie. */
function longestAt(
  text: string,
  words: readonly Word[],
  from: number,
  gazetteer: Gazetteer,
): Candidate | null {
  const first = words[from];
  if (!first || (first.latin && first.key === "" && isPreposition(first))) return null;
  let best: Candidate | null = null;
  for (const { key, article, clitic } of readings(first)) {
    let joined = key;
    let count = key === "" ? 0 : 1;
    let hardGap = false;
    for (let to = from + 1; to <= words.length && to <= from + LONGEST_NAME; to += 1) {
      if (!gazetteer.prefixes.has(joined) && joined !== "") break;
      const known: readonly NameForm[] | undefined =
        count > 0 && (best === null || to > best.to) ? gazetteer.names.get(joined) : undefined;
      const forms: NameForm[] | undefined = known?.filter(
        (form) => (form.path || !hardGap) && splitsAllowed(form, count, key),
      );
      if (forms && forms.length > 0) best = { to, clitic, article: article || first.key === "", forms };
      const between = gap(text, words, to - 1);
      if (!SOFT_GAP.test(between)) {
        if (!PATH_GAP.test(between)) break;
        hardGap = true;
      }
      const next = words[to];
      if (!next) break;
      joined += next.key;
      if (next.key !== "") count += 1;
    }
  }
  return best ?? (first.latin ? longestLoose(text, words, from, gazetteer) : null);
}

/** Latin words under the key that forgives vowels. */
function longestLoose(
  text: string,
  words: readonly Word[],
  from: number,
  gazetteer: Gazetteer,
): Candidate | null {
  let joined = "";
  let best: Candidate | null = null;
  for (let to = from + 1; to <= words.length && to <= from + 4; to += 1) {
    const word = words[to - 1];
    if (!word?.latin) break;
    joined += word.key;
    const forms = joined.length >= 6 && word.key !== "" ? gazetteer.loose.get(looseKey(joined)) : undefined;
    if (forms) best = { to, clitic: "", article: true, forms };
    if (!SOFT_GAP.test(gap(text, words, to - 1))) break;
  }
  return best;
}

function needsHead(form: NameForm, gazetteer: Gazetteer): boolean {
  return gazetteer.byId.get(form.id)?.needsHead === true && !form.path;
}

function isArticleMissing(candidate: Candidate): boolean {
  return !candidate.article && candidate.forms.every((form) => form.article && form.words === 1);
}

/** Short forms of names that are ordinary words as well: الدير is Deir ez-Zor in speech and a monastery in print. */
const COMMON_FORMS = new Set(["دير"]);

function isCommonForm(words: readonly Word[], from: number, found: Candidate): boolean {
  const word = words[from];
  return (
    found.to === from + 1 && word !== undefined && readings(word).some(({ key }) => COMMON_FORMS.has(key))
  );
}

/** Ordinary words that hold a name after a clitic letter ("فرقة" is not ف + رقة). */
const WHOLE_WORDS = new Set(["فرقه", "وفرقه"]);

const HEAD_GAP = /^[ "'“”«»(:\-–]{1,3}$/;

/** The head right before a word, looking through quotation marks and an article that stands alone. */
export function headBefore(text: string, words: readonly Word[], from: number): Head | null {
  const before = from - 1;
  if (before < 0 || !HEAD_GAP.test(gap(text, words, before))) return null;
  return headOf(words[before]);
}

/** Whether a name in ي describes the noun before it ("المقطع العرضي"). */
function isAdjective(text: string, words: readonly Word[], from: number, found: Candidate): boolean {
  const word = words[from];
  const before = words[from - 1];
  if (!word?.article || found.clitic !== "" || found.to !== from + 1 || !word.key.endsWith("ي")) return false;
  return before?.article === true && gap(text, words, from - 1) === " " && !headOf(before);
}

/** Whether the last word of a name rather begins another one ("ريف دير حافر" is not "ريف الدير"). */
function isCutShort(
  text: string,
  words: readonly Word[],
  from: number,
  found: Candidate,
  gazetteer: Gazetteer,
): boolean {
  if (found.to - from < 2) return false;
  const other = longestAt(text, words, found.to - 1, gazetteer);
  return other !== null && other.to > found.to && other.clitic === "";
}

/** What announces a name: the head before it, in English also the one after it. */
function announcement(text: string, words: readonly Word[], from: number, found: Candidate): Head | null {
  const before = found.clitic === "" || found.clitic === "ل" ? headBefore(text, words, from) : null;
  if (before || !words[from]?.latin || gap(text, words, found.to - 1) !== " ") return before;
  return headAfterLatin(words[found.to]);
}

/** All hits of a text, weak ones included; they do not overlap. */
export function scan(text: string, words: readonly Word[], gazetteer: Gazetteer): Hit[] {
  const masked = maskPhrases(words);
  const hits: Hit[] = [];
  for (let from = 0; from < words.length; from += 1) {
    if (masked[from] || WHOLE_WORDS.has(words[from]?.raw ?? "")) continue;
    const found = longestAt(text, words, from, gazetteer);
    const to = found?.to ?? from;
    if (!found || isAdjective(text, words, from, found) || isCutShort(text, words, from, found, gazetteer))
      continue;
    const articleMissing = isArticleMissing(found);
    hits.push({
      from,
      to,
      clitic: found.clitic,
      forms: found.forms,
      head: announcement(text, words, from, found),
      weak:
        articleMissing ||
        isCommonForm(words, from, found) ||
        found.forms.every((form) => needsHead(form, gazetteer)),
      articleMissing,
      fuzzy: false,
    });
    from = to - 1;
  }
  return hits;
}

const LIST_GAP = /^(?: |[ ]?[،,/\-–] ?)$/;
const CONNECTORS = new Set(["و", "او", "and", "w", "wa", "ثم"]);

/** Whether the second hit goes on a list in which the first one stands. */
function continuesList(text: string, words: readonly Word[], first: Hit, second: Hit): boolean {
  const between = second.from - first.to;
  const glue = gap(text, words, first.to - 1);
  if (!LIST_GAP.test(glue)) return false;
  if (between === 0) {
    // After "A و B" a comma ends the list; "A، B، C" goes on.
    return second.clitic.startsWith("و") || (glue.trim() !== "" && !first.clitic.startsWith("و"));
  }
  const connector = words[first.to];
  return between === 1 && connector !== undefined && CONNECTORS.has(connector.raw);
}

/** Adjectives after a common word make it an ordinary noun phrase ("الثورة السورية"). */
function followedByAdjective(text: string, words: readonly Word[], hit: Hit): boolean {
  const next = words[hit.to];
  return next?.article === true && !next.latin && gap(text, words, hit.to - 1) === " ";
}

/** Whether a name without its article stands right after a word for its kind and ends there ("حي جبيلة"). */
function isPlainName(text: string, words: readonly Word[], hit: Hit, head: Head): boolean {
  return head.kinds.length > 0 && !followedByAdjective(text, words, hit);
}

/** Whether a word for a site ("سجن") stands before a name of one: "سجن الموظفين" is no quarter. */
function fitsLandmark(hit: Hit, head: Head, gazetteer: Gazetteer): boolean {
  const onlySites = head.kinds.length === 1 && head.kinds[0] === "landmark";
  return !onlySites || hit.forms.some(({ id }) => gazetteer.byId.get(id)?.kind === "landmark");
}

/** Whether the first name of a list stands where a list of places may begin ("معارك العمال والعرفي"). */
function opensList(words: readonly Word[], hit: Hit): boolean {
  const before = words[hit.from - 1];
  return !hit.articleMissing && (isBattle(before) || isPreposition(before) || hit.from === 0);
}

export interface AcceptOptions {
  /** A preposition of place before it is enough for a common-word name: right for a question, not for a report. */
  readonly bare: boolean;
}

/** Whether punctuation or an end of the text stands on both sides ("نبل، 5 نيسان"). */
function isSetOff(text: string, words: readonly Word[], hit: Hit): boolean {
  const before = hit.from === 0 || /[^\s"'“«]/u.test(gap(text, words, hit.from - 1));
  const after = hit.to === words.length || /\S/u.test(gap(text, words, hit.to - 1));
  return before && after && hit.clitic === "";
}

/** Shorter words without the article are too often ordinary words after a preposition ("زيارة"). */
const LONG_ENOUGH_WITHOUT_ARTICLE = 6;

function keyLength(words: readonly Word[], hit: Hit): number {
  return (words[hit.from]?.raw.length ?? 0) - hit.clitic.length;
}

function standsAlone(
  text: string,
  words: readonly Word[],
  hit: Hit,
  options: AcceptOptions,
  own: boolean,
): boolean {
  if (!options.bare && !own) return false;
  const inPath = hit.from > 0 && /[:>/]/.test(gap(text, words, hit.from - 1)); // "حلب : نبل"
  if (inPath || isSetOff(text, words, hit)) return true;
  if (followedByAdjective(text, words, hit)) return false;
  if (hit.articleMissing && !own && keyLength(words, hit) < LONG_ENOUGH_WITHOUT_ARTICLE) return false;
  const before = words[hit.from - 1];
  // "من الموظفين" is one of the employees; "في الموظفين" is the quarter.
  const partitive = before !== undefined && !own && /^و?(?:من|عن)$/.test(before.raw);
  return (own && hit.from === 0) || /[بلع]/.test(hit.clitic) || (isPreposition(before) && !partitive);
}

/** Leaves out common words that nothing marks as places: no head, no list of places, no preposition (`bare`). */
export function accept(
  text: string,
  words: readonly Word[],
  hits: readonly Hit[],
  gazetteer: Gazetteer,
  options: AcceptOptions,
): Hit[] {
  const accepted: boolean[] = [];
  const inherited: (Head | null)[] = [];
  hits.forEach((hit, index) => {
    const previous = hits[index - 1];
    const listed =
      previous !== undefined && accepted[index - 1] === true && continuesList(text, words, previous, hit);
    inherited[index] = hit.head ?? (listed ? (inherited[index - 1] ?? null) : null);
    const own = hit.forms.some((form) => gazetteer.own.has(form.id));
    accepted[index] =
      !hit.weak ||
      (hit.head !== null &&
        fitsLandmark(hit, hit.head, gazetteer) &&
        (!hit.articleMissing || own || isPlainName(text, words, hit, hit.head))) ||
      (listed && (inherited[index] !== null || !followedByAdjective(text, words, hit))) ||
      standsAlone(text, words, hit, options, own);
  });
  for (let index = hits.length - 2; index >= 0; index -= 1) {
    const hit = hits[index];
    const next = hits[index + 1];
    if (!hit || !next || accepted[index] || !accepted[index + 1]) continue;
    if (!continuesList(text, words, hit, next)) continue;
    accepted[index] = next.weak ? opensList(words, hit) : hit.clitic !== "" || opensList(words, hit);
  }
  return hits.flatMap((hit, index) => (accepted[index] ? [{ ...hit, head: inherited[index] ?? null }] : []));
}
