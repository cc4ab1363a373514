import { searchKey } from "../text/normalize.ts";
import type { PlaceMention } from "../text/places/place.ts";
import type { Rule, VerificationSources } from "./claim.ts";
import { claimDates } from "./days.ts";
import { doubtOf } from "./events/certainty.ts";
import { type EventClass, PART, WHOLE } from "./events/lexicon.ts";
import { UNNAMED } from "./events/parties.ts";
import { type NewsEvent, readEvents } from "./events/read.ts";
import { partyIds } from "./figures.ts";
import { meaningsOf } from "./lexicon/concepts.ts";
import { objectPlaces } from "./object-places.ts";
import { knownPlaces } from "./places.ts";
import { overlap, type QuoteReading, quoted, type Reading } from "./reading.ts";
import { isOnlyBeside } from "./situations.ts";
import {
  agentFits,
  dateFits,
  eventsOfQuote,
  HARM,
  isUnfinished,
  isVain,
  isWithoutObject,
  meet,
  patientFits,
  type ToldEvent,
} from "./told.ts";
import { contentWords, covers, vocabularyOf } from "./words.ts";

export interface EventFinding {
  readonly rule: Rule;
  readonly detail: string;
}

/** What a quotation may tell where a claim tells an event; the claim's own class where nothing is said. */
const TOLD_BY: Readonly<Partial<Record<EventClass, readonly EventClass[]>>> = {
  enter: ["enter", "bring"],
  shell: ["shell", "attack"],
  attack: ["attack", "shell"],
  hold: ["hold", "control"],
  advance: ["advance", "push", "enter", "control"],
  withdraw: ["withdraw", "force", "lose"],
  lose: ["lose", "withdraw", "force"],
  force: ["force", "withdraw"],
  receive: ["receive", "shell", "attack"],
};

/** What must be told in the same degree: to enter is not to control. */
const DEGREES: ReadonlySet<EventClass> = new Set<EventClass>(["control", "enter", "storm", "push"]);
/** What no claim may tell unless a quotation does. */
const REQUIRED: ReadonlySet<EventClass> = new Set<EventClass>([
  "kill",
  "wound",
  "control",
  "enter",
  "storm",
  "push",
  "kidnap",
  "besiege",
  "withdraw",
]);

/** "وقع بيد داعش": what came into somebody's hand or is there. */
const IN_HAND = /^بيد$/;

/** The present tense tells a state as well: "مناطق يسيطر عليها النظام". */
const LASTING = /^[وف]?[يت]سيطر/;

/** "على الحي وعلى كامل الملعب": of several places the word for the whole belongs to the one right after or before it. */
function isWhole({ event, place }: Part, claim: Reading): boolean {
  if (!event.whole || place === null) return event.whole;
  const places = claim.places.filter(({ span }) => overlap(span, event.object));
  if (places.length < 2) return true;
  const at = places.indexOf(place);
  const from = places[at - 1]?.span[1] ?? event.object[0];
  const to = places[at + 1]?.span[0] ?? event.object[1];
  const near = [
    claim.text.slice(from, place.span[0]),
    at === places.length - 1 ? claim.text.slice(place.span[1], to) : "",
  ];
  return near.some((text) =>
    searchKey(text)
      .split(/\s+/)
      .some((word) => WHOLE.test(word)),
  );
}

function degreeFits(part: Part, told: ToldEvent, claim: Reading): boolean {
  const { event } = part;
  if (event.cls === "hold" && told.cls === "control")
    return (
      !told.part ||
      told.whole ||
      searchKey(claim.text)
        .split(/\s+/)
        .some((word) => PART.test(word))
    );
  if (!DEGREES.has(event.cls)) return true;
  const partOnly = told.part && !event.part && !told.whole;
  return !(isWhole(part, claim) && !told.whole) && !(partOnly && !isWithoutObject(event, claim));
}

/** A claim's event with one place of its object, or with none. */
interface Part {
  readonly event: NewsEvent;
  readonly place: PlaceMention | null;
}

/** What kind of place a noun with the article may stand for; a pronoun may stand for any. */
const MEANT: readonly (readonly [RegExp, RegExp])[] = [
  [/حي$|احياء$/, /quarter/],
  [/مدينه$/, /city|town/],
  [/قريه$|قري$|بلده$/, /village|town/],
  [/جبل$|مطار$|جسر$|حقل$|لواء$|منطقه$|مواقع?$|موقع$/, /landmark|area|quarter/],
  [/ضفاف$/, /river|area/],
];

function refersTo(words: readonly string[], kind = "country"): boolean {
  return words.some((word) => MEANT.find(([noun]) => noun.test(word))?.[1].test(kind) ?? true);
}

function objectFits(
  { event, place }: Part,
  told: ToldEvent,
  claim: Reading,
  sources: VerificationSources,
): boolean {
  if (event.cls === "withdraw" && place !== null)
    return meet(place.candidates, told.places) || !isOnlyBeside(place.candidates, told.quote);
  if (!DEGREES.has(event.cls)) return true;
  if (place !== null) {
    if (meet(place.candidates, told.places)) return true;
    const around = told.places.filter((id) => meet(place.candidates, sources.gazetteer.ancestors(id)));
    // Who holds a quarter does not hold its town; the town may only say where the quarter lies.
    if (around.length > 0 && (event.cls !== "control" || event.part || meet(event.places, around)))
      return true;
    return (
      (told.objectWords.length === 0 || refersTo(told.refers, sources.gazetteer.byId.get(place.id)?.kind)) &&
      meet(place.candidates, [...knownPlaces(told.quote, sources)])
    );
  }
  const spans = [...claim.actors, ...claim.places].map(({ span }) => span);
  const words = contentWords(claim.text.slice(...event.object), []).filter(
    ({ span }) =>
      !spans.some((other) => overlap(other, [span[0] + event.object[0], span[1] + event.object[0]])),
  );
  if (words.length === 0 || event.cls !== "control" || event.refers.length > 0) return true;
  const vocabulary = vocabularyOf([told.objectWords.join(" ")]);
  return told.objectWords.length === 0 || words.some(({ key }) => covers(vocabulary, key));
}

/** Whether a place that a claim says one side shelled is told as shelled by another side alone. */
function isHitByOthers({ event, place }: Part, told: readonly ToldEvent[]): boolean {
  if (event.cls !== "shell" || place === null) return false;
  const doers = event.agents.filter((id) => id !== UNNAMED);
  if (doers.length === 0) return false;
  const there = told.filter(
    ({ cls, places, agents }) => cls === "shell" && agents.length > 0 && meet(places, place.candidates),
  );
  return there.length > 0 && !there.some(({ agents }) => meet(agents, doers));
}

const OBJECT_REACH = 6;
const LAUNCHES = /^[وف]?(?:شنت?|نفذت?)$/;

/** Of the told deeds those whose words the claim's repeats most ("هجمات معاكسة"), when some do and others do not. */
function closestBy(event: NewsEvent, told: readonly ToldEvent[], claim: Reading): ToldEvent[] {
  if (event.cls !== "attack" || !LAUNCHES.test(searchKey(claim.text.slice(...event.span)))) return [...told];
  const words = (one: NewsEvent): readonly string[] =>
    one.objectWords.slice(0, OBJECT_REACH).filter((key) => meaningsOf(key).facts.length > 0);
  const said = words(event);
  const scored = told.map((one) => {
    const vocabulary = vocabularyOf([words(one).join(" ")]);
    return { one, score: said.filter((key) => covers(vocabulary, key)).length };
  });
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return scored.filter(({ score }) => score === best).map(({ one }) => one);
}

/** The first way in which no event of the quotations tells what a part of the claim tells. */
function findPartError(
  part: Part,
  told: readonly ToldEvent[],
  context: { readonly claim: Reading; readonly sources: VerificationSources },
): EventFinding | null {
  const { event } = part;
  const word = context.claim.text.slice(...event.span);
  const lasting =
    event.cls === "control" &&
    LASTING.test(searchKey(word)) &&
    !/[اأ]ن\s*$/.test(context.claim.text.slice(0, event.span[0]));
  const classes = lasting ? ["control", "hold"] : (TOLD_BY[event.cls] ?? [event.cls]);
  const same = lasting ? [] : told.filter(({ cls }) => cls === event.cls);
  const closest = same.length > 0 && !HARM.has(event.cls) && !IN_HAND.test(searchKey(word));
  let left = closest ? same : told.filter(({ cls }) => classes.includes(cls));
  if (left.length === 0) {
    const taker =
      event.cls === "lose" && event.main && !event.negated
        ? told.find((one) => isTakenBy(part, one))
        : undefined;
    if (taker !== undefined)
      return { rule: "role", detail: `"${word}" is told the other way round: "${around(taker)}"` };
    if (!REQUIRED.has(event.cls) || !event.main) return null;
    return {
      rule: DEGREES.has(event.cls) ? "degree" : "coverage",
      detail: `no quotation tells "${word}" (${event.cls})`,
    };
  }
  const surely = doubtOf(event.modality);
  const informed = left.filter(({ agents, patients }) => agents.length + patients.length > 0);
  // An attempt is held against the attempts that are told, where there are any.
  const tried = event.modality === "attempted" ? left.filter(({ modality }) => modality !== "certain") : [];
  if (tried.length > 0) left = tried;
  const said =
    // "مناطق سيطرته": a pronoun in a mere description may stand for either side.
    (!event.main || event.cls === "hold") && (event.lent || event.agents.length === 0)
      ? { ...event, agents: [], patients: HARM.has(event.cls) ? event.patients : [] }
      : event;
  const fitsRoles = (one: ToldEvent): boolean => agentFits(said, one, told) && patientFits(said, one);
  left = closestBy(event, left, context.claim);
  const steps: readonly (readonly [Rule, (one: ToldEvent) => boolean])[] = [
    ["role", (one) => fitsRoles(one) && (informed.length === 0 || informed.some(fitsRoles))],
    ["place", () => !isHitByOthers(part, told)],
    ["place", (one) => objectFits(part, one, context.claim, context.sources)],
    [
      "negation",
      (one) =>
        one.negated === event.negated ||
        (event.negated && (isVain(one, told) || isUnfinished(one, context.claim))),
    ],
    ["modality", (one) => doubtOf(one.modality) <= surely || event.negated],
    ["degree", (one) => event.negated || degreeFits(part, one, context.claim)],
    [
      "date",
      (one) => dateFits(event, one) && (one.dates.length > 0 || !left.some(({ dates }) => dates.length > 0)),
    ],
  ];
  // What is only spoken of ("هجماته") must not swap its parties; the rest is told of it elsewhere.
  for (const [rule, fits] of event.main ? steps : steps.slice(0, 1)) {
    const next = left.filter(fits);
    if (next.length === 0)
      return { rule, detail: `"${word}" (${event.cls}) is told otherwise: "${around(left[0])}"` };
    left = next;
  }
  return null;
}

/** Whether a quotation tells that who loses a place in a claim took it. */
function isTakenBy({ event, place }: Part, { cls, agents, places }: ToldEvent): boolean {
  if (cls !== "control" || place === null || !meet(places, place.candidates)) return false;
  return event.agents.length > 0 && meet(event.agents, agents);
}

function around(told: ToldEvent | undefined): string {
  return told === undefined
    ? ""
    : told.quote.text.slice(Math.max(0, told.span[0] - 30), told.object[1]).trim();
}

/** The first event of the claim that its quotations do not tell so, with the rule that it breaks. */
export function findEventError(
  claim: Reading,
  quotes: readonly QuoteReading[],
  sources: VerificationSources,
): EventFinding | null {
  const told = quotes.flatMap(eventsOfQuote);
  const figures = quotes.flatMap((quote) => quoted(quote.quantities, quote));
  const counted = figures.map(({ event }) => event);
  // "58 عدد عناصر التنظيم" after "37 عدد القتلى": whom a figure counts among the dead was killed.
  const dead = figures.flatMap((one) => (one.event === "killed" ? [...partyIds(one.party, sources)] : []));
  for (const event of readEvents(claim, claimDates(claim, quotes), { claimed: true })) {
    if (event.cls === "kill" && counted.includes("killed") && !told.some(({ cls }) => cls === "kill"))
      continue;
    const victims = event.cls === "kill" && event.agents.length === 0 ? event.patients : [];
    const counts = victims.length > 0 && victims.every((id) => dead.includes(id));
    const object = objectPlaces(event, claim, sources);
    const parts: readonly (PlaceMention | null)[] = object.length === 0 ? [null] : object;
    for (const place of parts) {
      const error = findPartError({ event: counts ? { ...event, patients: [] } : event, place }, told, {
        claim,
        sources,
      });
      if (error !== null) return error;
    }
  }
  return null;
}
