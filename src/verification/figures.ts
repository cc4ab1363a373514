/** Every figure of a claim stands in a quotation: the number with its bound, what it counts and of whom. */
import { type ActorMention, findActors } from "../text/actors.ts";
import { dayNumber, dayOfMonth, yearOf } from "../text/day.ts";
import { normalize, type Span, searchKey } from "../text/normalize.ts";
import { compareQuantities } from "../text/numbers/compare.ts";
import type { Quantity } from "../text/numbers/quantity.ts";
import type { Finding, VerificationSources } from "./claim.ts";
import { isLength, knownDays, quotedDates } from "./days.ts";
import { readEvents } from "./events/read.ts";
import { isLight } from "./lexicon/concepts.ts";
import { overlap, type QuoteReading, quoted, type Reading } from "./reading.ts";
import { covers, saysLittle, vocabularyOf } from "./words.ts";

/** Parties that a source ties to another one ("والمسلحين الموالين لها"): a claim may name the other one alone. */
const FOLLOWERS = /موال|متحالف|حلفا|مليشي|ميليشي/;
const DIGITS = /\p{Nd}+(?:[.,٬٫]\p{Nd}+)*/gu;

/** Whose a figure is, as ids of actors. */
export function partyIds(party: string | null, sources: VerificationSources): ReadonlySet<string> {
  return new Set(party === null ? [] : findActors(party, sources.actors).map(({ id }) => id));
}

const ANOTHER = /(?<!\p{L})و(?:من )?(?:ال|لل)?(?:قوات|مسلح|عناصر|مقاتل|مدني|مواطن|مهاجم)\p{L}*/gu;

/** Whether a party holds people that no actor's name stands for ("عناصر التنظيم والقوات المهاجمة"). */
function namesOthers(party: string, told: readonly ActorMention[]): boolean {
  return [...party.matchAll(ANOTHER)].some(
    ({ index, 0: word }) => !told.some(({ span }) => overlap(span, [index, index + word.length])),
  );
}

/** "نحو 40 من عناصرها ومن المسلحين": the first of a source's parties as a pronoun. */
const OWN_PEOPLE = /^(?:عناصر|مقاتلي|مقاتلو|مسلحي|مسلحو|جنود|افراد|صفوف|رجال)(?:ه|ها|هم)(?!\p{L})/u;

/** Whether the party of a claim's figure is the source's, but for followers that it leaves out. */
function partyFollows(claim: Quantity, source: Quantity, sources: VerificationSources): boolean {
  const said = partyIds(claim.party, sources);
  if (said.size === 0) return true;
  const told = source.party === null ? [] : findActors(source.party, sources.actors);
  // "ألفين من المدنيين" are "ألفي مدني".
  if (told.length === 0 && source.nounClass === "civilians" && [...said].every((id) => id === "civilians"))
    return true;
  if (told.length === 0) return false;
  if (![...said].every((id) => told.some((mention) => mention.id === id))) return false;
  if (
    namesOthers(source.party ?? "", told) &&
    !namesOthers(claim.party ?? "", findActors(claim.party ?? "", sources.actors))
  )
    return false;
  const [first] = told;
  const own = OWN_PEOPLE.test(searchKey(claim.party ?? ""));
  const omitted = told.filter(
    (mention) =>
      !(own && mention === first) && !said.has(mention.id) && !FOLLOWERS.test(normalize(mention.text)),
  );
  // Of a long list ("النظام والمسلحين … ومن عوائل عناصر من …") a claim may name the first and most.
  return (
    first !== undefined &&
    (said.has(first.id) || own) &&
    omitted.length * 2 <= told.length &&
    (omitted.length === 0 || told.length > 2)
  );
}

const OWN_MEN = /^رجال(?:ه|ها|هم)$|^(?:ال)?مرات$/;

/** "ضحايا" of a source's dead are dead. */
function asVictims(given: Quantity, source: Quantity): Quantity {
  // "50 من رجاله" are fighters.
  const claim = OWN_MEN.test(searchKey(given.noun ?? ""))
    ? { ...given, counted: given.event == null ? null : given.counted, nounClass: null, party: null }
    : given;
  const widened = claim.event === "casualties" && source.event === "killed";
  return widened ? { ...claim, event: "killed", counted: "dead" } : claim;
}

/** "بعد يومين" follows from two days that a quotation names. */
function isSpanOfDays(figure: Quantity, quotes: readonly QuoteReading[]): boolean {
  if (figure.counted === "years") return isSpanOfYears(figure, quotes);
  const hours = hoursOf(figure);
  if (hours === null) return false;
  return quotes.some((quote) => {
    const days = quotedDates(quote).flatMap(({ start, end }) =>
      start !== null && start === end ? [dayNumber(start)] : [],
    );
    return days.some((one) => days.some((other) => (other - one) * 24 === hours));
  });
}

/** "بعد خمس سنوات": from a year that a quotation names to the day on which it happened. */
function isSpanOfYears({ min, bound }: Quantity, quotes: readonly QuoteReading[]): boolean {
  if (min === null || (bound !== "exactly" && bound !== "about")) return false;
  return quotes.some((quote) => {
    const named = quotedDates(quote).flatMap(({ end }) => (end === null ? [] : [yearOf(end)]));
    const days = knownDays(quote).flatMap(({ start, end }) =>
      start !== null && start === end ? [yearOf(end)] : [],
    );
    return days.some((day) => named.some((year) => day - year === min));
  });
}

const HOURS: Readonly<Record<string, number>> = { hours: 1, days: 24, weeks: 168 };

/** A length of time in hours, so that "يوم واحد" is "24 ساعة" and "نحو 14 يوماً" are "نحو أسبوعين". */
function hoursOf({ counted, min, bound }: Quantity): number | null {
  const unit = HOURS[counted ?? ""];
  const plain = bound === "exactly" || bound === "about";
  return unit === undefined || min === null || !plain ? null : unit * min;
}

/** Why a source's figure does not prove a claim's, or null when it does. */
export function figureDiffers(
  claim: Quantity,
  source: Quantity,
  sources: VerificationSources,
): string | null {
  const sameBound = claim.bound === source.bound || source.bound === "exactly";
  if (sameBound && hoursOf(claim) !== null && hoursOf(claim) === hoursOf(source)) return null;
  const { relation, reason } = compareQuantities(asVictims(claim, source), source);
  if (relation === "different") return reason;
  return partyFollows(claim, source, sources)
    ? null
    : `the source counts "${source.party ?? "no party"}", the claim "${claim.party}"`;
}

/** A figure that only says "some" needs no figure in the source. */
function isVague({ bound, text }: Quantity): boolean {
  return bound === "indefinite" && !/عشرات|م[يئ]ات|ا?لاف|[آأ]لاف|ملايين/.test(normalize(text));
}

/** Whether a source counts others than those of whom the claim's verb tells ("خسر التنظيم 58", "قتلى التنظيم إلى 58"). */
function otherVictims(
  victims: readonly string[],
  source: Quantity,
  sources: VerificationSources,
): string | null {
  const told = partyIds(source.party, sources);
  if (told.size === 0 || victims.some((id) => told.has(id))) return null;
  return `the source counts "${source.party}", not ${victims.join(", ")}`;
}

/** Who suffers in the clause of a figure that names no party itself. */
function victimsOf(figure: Quantity, claim: Reading, sources: VerificationSources): readonly string[] {
  if (partyIds(figure.party, sources).size > 0 || isLength(figure)) return [];
  const clause = claim.clauses.find(({ span }) => overlap(span, figure.span));
  const sides = claim.actors.filter(
    ({ span, id }) => clause && overlap(span, clause.span) && !claim.civilians.has(id),
  );
  // Of two sides in one clause it is not known whose the figure is.
  if (new Set(sides.map(({ id }) => id)).size > 1 && claim.quantities.length > 1) return [];
  return readEvents(claim, []).flatMap(({ cls, span, agents, patients }) => {
    if (clause === undefined || !overlap(span, clause.span)) return [];
    const own = (id: string): boolean => sides.some((side) => side.id === id);
    if (cls === "lose") return agents.filter(own);
    return cls === "kill" || cls === "wound" ? patients.filter(own) : [];
  });
}

function findQuantityError(
  quantity: Quantity,
  quotes: readonly QuoteReading[],
  { sources, victims }: { readonly sources: VerificationSources; readonly victims: readonly string[] },
): Finding {
  let reason = `no quotation has the figure "${quantity.text}"`;
  for (const quote of quotes) {
    for (const source of quoted(quote.quantities, quote)) {
      const differs =
        figureDiffers(quantity, source, sources) ??
        (victims.length > 0 ? otherVictims(victims, source, sources) : null);
      if (differs === null) return null;
      if (source.min === quantity.min) reason = differs;
    }
  }
  return reason;
}

const STAYING =
  /(?<!\p{L})[وف]?(?:(?:لا|ما|لم) ?[يت]?زال\S*|بقيت?|[يت]بق\p{L}?|[يت]عيش\S*|مكثت?)(?: \S+){0,2} ?$/u;
const STAYING_REACH = 40;

/** "نزح معظم السكان، ولا يزال نحو ألفي مدني": those who stay have not what befell the others. */
function withoutLent(quantity: Quantity, text: string): Quantity {
  const before = searchKey(text.slice(Math.max(0, quantity.span[0] - STAYING_REACH), quantity.span[0]));
  if (quantity.event !== "displaced" || !STAYING.test(before)) return quantity;
  return { ...quantity, event: null, counted: quantity.nounClass ?? null };
}

/** The number rule. `dates` are the spans of the claim's dates, whose numbers are another rule's. */
export function checkFigures(
  claim: Reading,
  quotes: readonly QuoteReading[],
  { dates, sources }: { readonly dates: readonly Span[]; readonly sources: VerificationSources },
): Finding {
  const free = (span: Span): boolean => !dates.some((date) => overlap(date, span));
  const counted = claim.quantities
    .filter((quantity) => free(quantity.span))
    .map((quantity) => withoutLent(quantity, claim.text));
  const said = vocabularyOf(quotes.map(({ evidence }) => evidence.text));
  for (const quantity of counted) {
    if (isVague(quantity)) {
      if (
        quantity.noun !== null &&
        !isLight(searchKey(quantity.noun)) &&
        !saysLittle(searchKey(quantity.noun)) &&
        !covers(said, searchKey(quantity.noun))
      )
        return `no quotation counts "${quantity.noun}"`;
      continue;
    }
    if (isSpanOfDays(quantity, quotes)) continue;
    const error = findQuantityError(quantity, quotes, {
      sources,
      victims: victimsOf(quantity, claim, sources),
    });
    if (error !== null) return error;
  }
  const known = new Set(
    quotes.flatMap(({ text, quote, quantities }) => [
      ...numbersOf(text.slice(...quote)).map(({ digits }) => digits),
      ...quantities.flatMap(({ min, span }) => (min !== null && overlap(span, quote) ? [String(min)] : [])),
    ]),
  );
  const bare = numbersOf(claim.text).filter(
    ({ span }) => free(span) && !counted.some((quantity) => overlap(quantity.span, span)),
  );
  const unknown = bare.find(
    ({ digits, span }) => !known.has(digits) && !isDayOfMonth(claim.text.slice(span[1]), digits, quotes),
  );
  return unknown === undefined ? null : `no quotation has the number ${unknown.digits}`;
}

/** "الأحد 29 منه": a day of the month named before. */
function isDayOfMonth(after: string, digits: string, quotes: readonly QuoteReading[]): boolean {
  if (!/^\s*(?:منه|من الشهر|من ذات الشهر|من نفس الشهر)(?!\p{L})/u.test(after)) return false;
  return quotes.some((quote) =>
    knownDays(quote).some(
      ({ start, end }) => start !== null && start === end && dayOfMonth(start) === Number(digits),
    ),
  );
}

function numbersOf(text: string): { readonly digits: string; readonly span: Span }[] {
  return [...text.matchAll(DIGITS)].map((match) => ({
    digits: normalize(match[0]),
    span: [match.index, match.index + match[0].length],
  }));
}
