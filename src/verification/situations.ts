/** Which place lies by which, as a claim and its quotations tell it: part of the place rule. */
import { searchKey } from "../text/normalize.ts";
import type { PlaceMention } from "../text/places/place.ts";
import type { Finding, VerificationSources } from "./claim.ts";
import { WIDE } from "./kinds.ts";
import { type QuoteReading, quoted, type Reading } from "./reading.ts";

/** "المحاذية لمطار دير الزور": says where a place lies by another one. */
const LIES =
  /(?<!\p{L})[وف]?(?:ال)?(?:محاذي|محاذ|مجاور|قريب|متاخم|ملاصق|مقابل|مطل|مشرف)(?:ه|ين|ات)?(?: (?:ل|من|علي|الي)(?!\p{L}))?(?!\p{L})/gu;
const LIES_REACH = 30;

interface Situation {
  readonly place: PlaceMention;
  readonly by: PlaceMention;
}

/** Which place is told to lie by which: the nearest name before the word and the first one behind it. */
function situationsIn({ text, places }: Reading): readonly Situation[] {
  return [...searchKey(text).matchAll(LIES)].flatMap(({ index, 0: word }): Situation[] => {
    const place = places.findLast(({ span }) => span[1] <= index + 1 && index - span[1] < LIES_REACH);
    const by = places.find(
      ({ span }) => span[0] >= index + word.length - 1 && span[0] - index - word.length < LIES_REACH,
    );
    return place === undefined || by === undefined ? [] : [{ place, by }];
  });
}

/** Of a place that quotations tell to lie by another one, a claim tells no third. */
export function findMovedSituation(claim: Reading, quotes: readonly QuoteReading[]): Finding {
  const told = quotes.flatMap(situationsIn);
  const same = (one: PlaceMention, other: PlaceMention): boolean =>
    one.candidates.some((id) => other.candidates.includes(id));
  for (const { place, by } of situationsIn(claim)) {
    const there = told.filter((one) => same(one.by, by));
    if (there.length > 0 && !there.some((one) => same(one.place, place)))
      return `the quotations do not tell that "${place.text}" lies by "${by.text}"`;
  }
  return null;
}

/** What says that something happened beside a place and not in it. */
const BESIDE =
  /(?<!\p{L})[وفبل]{0,2}(?:ال)?(?:محاذي|محاذ|مجاور|قريب|متاخم|ملاصق|مقابل|مطل|مشرف|محيط|قرب|قبال|جوار|مشارف|ضواحي|اطراف|باتجاه|نحو)\p{L}*(?!\p{L})/u;
const BESIDE_REACH = 24;

/** Whether all that a text says of some places is what lies beside them: "قبالة مدينة دير الزور". */
export function isOnlyBeside(candidates: readonly string[], quote: QuoteReading): boolean {
  const told = quoted(quote.places, quote).filter((one) =>
    one.candidates.some((id) => candidates.includes(id)),
  );
  const beside = ({ span: [start] }: PlaceMention): boolean =>
    BESIDE.test(searchKey(quote.text.slice(Math.max(0, start - BESIDE_REACH), start)));
  return told.length > 0 && told.every(beside);
}

/** A quarter, village or landmark that quotations name only to say what lies by it: nothing happened in it. */
export function findNeighbour(
  claim: Reading,
  quotes: readonly QuoteReading[],
  { gazetteer }: VerificationSources,
): Finding {
  const situations = quotes.flatMap((quote) => situationsIn(quote).map(({ by }) => by));
  for (const mention of claim.places) {
    const { span, candidates, text, id } = mention;
    if (WIDE.has(gazetteer.byId.get(id)?.kind ?? "country")) continue;
    if (BESIDE.test(searchKey(claim.text.slice(Math.max(0, span[0] - BESIDE_REACH), span[0])))) continue;
    const told = quotes.flatMap((quote) =>
      quoted(quote.places, quote).filter((one) => one.candidates.some((other) => candidates.includes(other))),
    );
    if (told.length > 0 && told.every((one) => situations.includes(one)))
      return `the quotations tell of what lies by "${text}", not of it`;
  }
  return null;
}
