/** Every place of a claim is named in its quotations, holds what is named there, or is where the cited passages happened. */

import { core } from "../question/word-forms.ts";
import { type Span, searchKey } from "../text/normalize.ts";
import type { Gazetteer } from "../text/places/gazetteer.ts";
import type { PlaceKind, PlaceMention } from "../text/places/place.ts";
import type { Finding, VerificationSources } from "./claim.ts";
import { WIDE } from "./kinds.ts";
import { overlap, type QuoteReading, quoted, type Reading } from "./reading.ts";
import { findMovedSituation, findNeighbour } from "./situations.ts";
import { vocabularyOf } from "./words.ts";

/** Words that stand for a place named before. */
const REFERENCE: readonly (readonly [RegExp, readonly PlaceKind[]])[] = [
  [/(?<!\p{L})\p{L}{0,2}(?:ال|لل)حي(?!\p{L})/u, ["quarter"]],
  [/(?<!\p{L})\p{L}{0,2}(?:ال|لل)مدينه(?!\p{L})/u, ["city"]],
  [/(?<!\p{L})\p{L}{0,2}(?:ال|لل)بلده(?!\p{L})/u, ["town", "city"]],
  [/(?<!\p{L})\p{L}{0,2}(?:ال|لل)قريه(?!\p{L})/u, ["village"]],
  [/(?<!\p{L})\p{L}{0,2}(?:ال|لل)منطقه(?!\p{L})/u, ["area", "quarter", "landmark"]],
];

const DIRECTIONS: readonly (readonly [string, RegExp])[] = [
  ["north", /(?<!\p{L})\p{L}{0,3}?شمال(?:ي|يه)?(?!\p{L})/u],
  ["south", /(?<!\p{L})\p{L}{0,3}?جنوب(?:ي|يه)?(?!\p{L})/u],
  ["east", /(?<!\p{L})\p{L}{0,3}?شرق(?:ي|يه)?(?!\p{L})/u],
  ["west", /(?<!\p{L})\p{L}{0,3}?غرب(?:ي|يه)?(?!\p{L})/u],
];

/** The places that a quotation proves. */
export function knownPlaces(quote: QuoteReading, { gazetteer }: VerificationSources): ReadonlySet<string> {
  const own = quoted(quote.places, quote);
  const kindOf = (id: string): PlaceKind | undefined => gazetteer.byId.get(id)?.kind;
  const text = searchKey(quote.evidence.text);
  const meant = new Set(REFERENCE.flatMap(([pattern, kinds]) => (pattern.test(text) ? kinds : [])));
  const told = quote.evidence.cited.flatMap(({ places }) => places.map(({ id }) => id));
  const lent = told.filter((id) => {
    const kind = kindOf(id) ?? "country";
    return WIDE.has(kind) || meant.has(kind) || own.length === 0;
  });
  const all = [...own.flatMap(({ candidates }) => candidates), ...lent];
  return new Set(all.flatMap((id) => [id, ...gazetteer.ancestors(id)]));
}

/** Whether a place is known under a reading that its words allow: "مدينة الرقة" is no governorate. */
export function isKnown(
  mention: PlaceMention,
  known: ReadonlySet<string>,
  { text, gazetteer }: { readonly text: string; readonly gazetteer: Gazetteer },
): boolean {
  const before = searchKey(text.slice(Math.max(0, mention.span[0] - 8), mention.span[1]));
  const isCity = /(?<!\p{L})\p{L}?\p{L}?مدينه /u.test(before);
  return mention.candidates.some(
    (id) =>
      known.has(id) &&
      !(isCity && /^(?:governorate|district|subdistrict)$/.test(gazetteer.byId.get(id)?.kind ?? "")),
  );
}

/** Whether a name stands in a quotation letter for letter, where another name may have taken it ("الضفاف المقابلة لمدينة دير الزور"). */
function stands(name: string, quote: string): boolean {
  const text = searchKey(quote);
  const at = text.indexOf(searchKey(name));
  return at >= 0 && !/\p{L}/u.test(text.charAt(at + searchKey(name).length));
}

/** "الفرات" of "نهر الفرات": to name the river of "شرق الفرات" is no news. */
function bareName({ text }: PlaceMention): string {
  return text.replace(/^.*\s(?=\S+$)/u, "");
}

const COUNTRYSIDE = /ريف\p{L}* (?:\p{L}+ )*?(?:ال)?(شمال|جنوب|شرق|غرب)/u;

/** "الريف الشرقي للمحافظة": the countryside of the province of which the quotation speaks. */
function tellsCountryside({ text }: PlaceMention, quote: string): boolean {
  const side = COUNTRYSIDE.exec(searchKey(text))?.[1];
  return (
    side !== undefined &&
    new RegExp(`ريف ال${side}\\p{L}* (?:ل|من |في )(?:ل)?محافظه`, "u").test(searchKey(quote))
  );
}

/** The place rule. */
export function checkPlaces(
  claim: Reading,
  quotes: readonly QuoteReading[],
  sources: VerificationSources,
): Finding {
  const known = new Set(quotes.flatMap((quote) => [...knownPlaces(quote, sources)]));
  const unknown = claim.places.find(
    (mention) =>
      !claim.actors.some(({ span }) => overlap(span, mention.span)) &&
      !isKnown(mention, known, { text: claim.text, gazetteer: sources.gazetteer }) &&
      !quotes.some(
        ({ evidence }) =>
          stands(mention.name, evidence.text) ||
          tellsCountryside(mention, evidence.text) ||
          (sources.gazetteer.byId.get(mention.id)?.kind === "river" &&
            stands(bareName(mention), evidence.text)),
      ),
  );
  if (unknown !== undefined) return `no quotation names "${unknown.text}" (${unknown.id})`;
  return (
    findMovedSituation(claim, quotes) ??
    findNeighbour(claim, quotes, sources) ??
    findTownOfSurroundings(claim, quotes, sources) ??
    findUnknownName(claim, quotes, sources) ??
    checkDirections(claim, quotes)
  );
}

/** "بادية السخنة" is not the town: what lies around a place, before its name. */
const AROUND_NAME =
  /(?<!\p{L})[وفبل]{0,2}(?:ال)?(?:باديه|بوادي|ريف|ضواحي|مشارف|مفرق) (?!.*(?:مدينه|بلده|قريه) )\S+(?: \S+)?$/u;
const TOWN_INSIDE = /^[وفبل]{0,2}(?:ال)?(?:مدينه|بلده|قريه) /u;
const TOWN = /(?<!\p{L})[وفبل]{0,2}(?:ال)?(?:مدينه|بلده|قريه)\s*$/u;
const HEAD_LENGTH = 14;

function headOf(text: string, [start]: Span): string {
  return searchKey(text.slice(Math.max(0, start - HEAD_LENGTH), start));
}

/** Whether a text has a name only in the name of what lies around it. */
function isOnlyAround(name: string, text: string): boolean {
  const all = text.split(new RegExp(`(?<!\\p{L})\\p{L}{0,2}?${name}(?!\\p{L})`, "u")).length - 1;
  const around = text.match(
    new RegExp(`(?<!\\p{L})(?:باديه|بوادي|ريف|ضواحي|مشارف|مفرق) ${name}(?!\\p{L})`, "gu"),
  );
  return all > 0 && around?.length === all;
}

/** A town of a claim of which the quotations name only what lies around it. */
function findTownOfSurroundings(
  claim: Reading,
  quotes: readonly QuoteReading[],
  { gazetteer }: VerificationSources,
): Finding {
  for (const mention of claim.places) {
    const named = TOWN.test(headOf(claim.text, mention.span)) || TOWN_INSIDE.test(searchKey(mention.text));
    if (!named) continue;
    const told = quotes.flatMap((quote) =>
      quoted(quote.places, quote)
        .filter(({ candidates }) => candidates.some((id) => mention.candidates.includes(id)))
        .map(({ span, text }) => `${headOf(quote.text, span)}${searchKey(text)}`),
    );
    const meant = quotes.some(({ evidence }) =>
      REFERENCE.some(
        ([pattern, kinds]) =>
          kinds.some((kind) => kind === gazetteer.byId.get(mention.id)?.kind) &&
          pattern.test(searchKey(evidence.text)),
      ),
    );
    const around = told.filter((text) => AROUND_NAME.test(text));
    if (told.length > 0 && around.length === told.length && !meant)
      return `the quotations name what lies around "${mention.text}", not the town`;
  }
  return null;
}

/** Nouns that a name follows. */
const NAMED =
  /(?<!\p{L})[وفبل]{0,2}(?:حي|قريه|بلده|مدينه|مطار|جسر|حقل|جبل|مخيم|شارع|دوار|مشفي|مستشفي|مدرسه|شركه|محافظه|ناحيه|معبر|سجن|محطه|قاعده|نهر|وادي|سد|بحيره|حاجز|جامعه|كليه|جامع|مسجد|سوق|ساحه|مخفر|لواء|منطقه|مزارع|تل|صوامع|مبني|مقر|مديريه|موسسه|وزاره) (ال\p{L}{3,})/gu;

/** Whoever publishes: "وكالة سانا". */
const PUBLISHER = /(?<!\p{L})[وفبل]{0,2}(?:وكاله|قناه|صحيفه|جريده|اذاعه|شبكه|مجله) (?:انباء )?(\p{L}{3,})/gu;

/** A name between quotation marks: عملية "غضب الفرات". */
const QUOTED_NAME = /["“«]([^"“”«»]{3,40})["”»]/gu;

/** A name that no gazetteer has, after "حي", "مطار" and their kind: it stands in a quotation as well. */
function findUnknownName(
  claim: Reading,
  quotes: readonly QuoteReading[],
  { gazetteer }: VerificationSources,
): Finding {
  const placed = claim.places.map(({ text, name }) => searchKey(`${text} ${name}`)).join(" ");
  const told = quotes.flatMap(({ text, evidence }) => [
    text,
    ...evidence.cited.flatMap(({ places }) =>
      places.flatMap(({ id, words }) => [words, gazetteer.byId.get(id)?.name ?? ""]),
    ),
  ]);
  const { keys } = vocabularyOf(told);
  const own = quotes.map(({ evidence }) => searchKey(evidence.text)).join(" ");
  for (const match of searchKey(claim.text).matchAll(QUOTED_NAME)) {
    const span: Span = [match.index, match.index + match[0].length];
    const [, name = ""] = match;
    if (claim.actors.some((actor) => overlap(actor.span, span)) || own.includes(name)) continue;
    return `no quotation names "${name}"`;
  }
  for (const [phrase, name = ""] of searchKey(claim.text).matchAll(PUBLISHER))
    if (
      !keys.has(name) &&
      !quotes.some(({ evidence }) => searchKey(evidence.report.publisher ?? "").includes(name))
    )
      return `no quotation names "${phrase}"`;
  for (const [phrase, name = ""] of searchKey(claim.text).matchAll(NAMED)) {
    if (TOWN_INSIDE.test(phrase) && isOnlyAround(name, own)) return `no quotation names "${phrase}"`;
    if (placed.includes(name) || keys.has(name) || keys.has(core(name))) continue;
    return `no quotation names "${name}"`;
  }
  return null;
}

const SIDE = /(?<!\p{L})\p{L}{0,2}?(?:ال)?(اطراف|ضفاف|ضفه|ريف|جهه|محاور) (?:ال)?(شمال|جنوب|شرق|غرب)/gu;

/** "الأطراف الشرقية" where the quotation has only "الأطراف الغربية". */
function findTurned(said: string, told: string): Finding {
  const sides = [...told.matchAll(SIDE)].map(([, noun, side]) => [noun, side]);
  for (const [phrase, noun, side] of said.matchAll(SIDE)) {
    const same = sides.filter(([other]) => other === noun);
    if (same.length > 0 && !same.some(([, other]) => other === side)) return `no quotation says "${phrase}"`;
  }
  return null;
}

/** "شرق" is not "غرب": a direction of the claim stands in the quotations. */
function checkDirections(claim: Reading, quotes: readonly QuoteReading[]): Finding {
  const said = searchKey(claim.text);
  const own = quotes.map(({ evidence }) => searchKey(evidence.text));
  const named = own.some((text) => DIRECTIONS.some(([, pattern]) => pattern.test(text)));
  const told = named ? own : quotes.map(({ text }) => searchKey(text));
  const turned = findTurned(said, own.join(" "));
  if (turned !== null) return turned;
  for (const [name, pattern] of DIRECTIONS) {
    if (!pattern.test(said)) continue;
    if (!told.some((text) => pattern.test(text))) return `no quotation says "${name}"`;
  }
  return null;
}
