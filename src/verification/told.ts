/** Deeds as quotations tell them, and whether one can be the deed of a claim. */
import { searchKey } from "../text/normalize.ts";
import { dateFollows, knownDays, quotedDates } from "./days.ts";
import type { EventClass } from "./events/lexicon.ts";
import { UNNAMED } from "./events/parties.ts";
import { type NewsEvent, readEvents } from "./events/read.ts";
import { overlap, type QuoteReading, quoted, type Reading } from "./reading.ts";
import { contentWords } from "./words.ts";

/** Deeds that harm: who did one of them did the harm that another word tells. */
export const HARM: ReadonlySet<EventClass> = new Set<EventClass>(["kill", "wound", "shell", "attack"]);
/** A deed as a quotation tells it. */
export interface ToldEvent extends NewsEvent {
  readonly quote: QuoteReading;
  /** All events of the sentences in which the quotation stands. */
  readonly around: readonly NewsEvent[];
}

/** Whether two lists of ids share one. */
export function meet(a: readonly string[], b: readonly string[]): boolean {
  return a.some((one) => b.includes(one));
}

/** The events that a quotation tells, its own words only. */
export function eventsOfQuote(quote: QuoteReading): readonly ToldEvent[] {
  const around = readEvents(quote, quotedDates(quote));
  return around
    .filter(({ span }) => overlap(span, quote.quote))
    .map((event) => ({ ...event, quote, around }));
}

/** Whether all of a claim's parties are the source's. */
function within(claim: readonly string[], told: readonly string[]): boolean {
  return claim.every((one) => told.includes(one));
}

/** Whether one doer at least is the source's, and the others stand in the quotation and do not suffer there. */
function joins(claim: readonly string[], told: ToldEvent): boolean {
  const named = quoted(told.quote.actors, told.quote).map(({ id }) => id);
  const enemies = told.around.flatMap(({ cls, agents, patients }) =>
    cls === "support"
      ? []
      : [...(meet(agents, told.agents) ? patients : []), ...(meet(patients, told.agents) ? agents : [])],
  );
  return (
    meet(claim, told.agents) &&
    claim.every((id) => told.agents.includes(id) || (named.includes(id) && !enemies.includes(id)))
  );
}

/** Whether a deed has no other doer than a claim says. */
export function agentFits(event: NewsEvent, told: ToldEvent, all: readonly ToldEvent[]): boolean {
  if (
    event.agents.every((id) => id === UNNAMED) ||
    event.agents.length === 0 ||
    within(event.agents, told.agents) ||
    joins(event.agents, told)
  )
    return true;
  if ((meet(event.agents, told.patients) && event.cls !== "support") || told.agents.length > 0) return false;
  // The quotation leaves open who did it: whoever only suffers in it did not.
  const there = told.around;
  const suffers = there.some(({ patients }) => meet(patients, event.agents));
  if (suffers && !there.some(({ agents }) => meet(agents, event.agents))) return false;
  if (!HARM.has(event.cls)) return true;
  const doers = all.filter(
    ({ cls, agents, quote }) => HARM.has(cls) && agents.length > 0 && quote === told.quote,
  );
  return doers.length === 0 || doers.some(({ agents }) => meet(agents, event.agents));
}

/** Whether a deed has no other victim than a claim says. */
export function patientFits(event: NewsEvent, told: ToldEvent): boolean {
  if (event.patients.length === 0 || meet(event.patients, told.patients)) return true;
  // "حشد التنظيم قواته": what is brought is one's own.
  if ((event.cls === "bring" || event.cls === "lead") && meet(event.patients, told.agents)) return true;
  if (told.patients.length > 0 || meet(event.patients, told.agents)) return false;
  const acts = told.around.some(({ cls, agents }) => cls !== "hold" && meet(agents, event.patients));
  return !acts || told.around.some(({ patients }) => meet(patients, event.patients));
}

/** Whether a quotation gives its days to other deeds, and a claim takes one of them: "دخلتها في السادس وأخرجت في الثامن". */
function isOfAnother(event: NewsEvent, { around, cls }: ToldEvent): boolean {
  const dated = around.filter(({ dates }) => dates.length > 0);
  const days = new Set(dated.flatMap(({ dates }) => dates.map(({ start, end }) => `${start}/${end}`)));
  return (
    days.size > 1 &&
    dated.some(
      (other) =>
        other.cls !== cls && event.dates.some((date) => other.dates.some((day) => dateFollows(date, day))),
    )
  );
}

/** Whether a deed is told of the day that a claim gives it. */
export function dateFits(event: NewsEvent, told: ToldEvent): boolean {
  if (event.dates.length === 0) return true;
  if (told.dates.length === 0 && isOfAnother(event, told)) return false;
  const known = told.dates.length > 0 ? told.dates : knownDays(told.quote);
  return known.length === 0 || event.dates.some((date) => known.some((day) => dateFollows(date, day)));
}

/** "غارات لإيقاف الهجوم دون جدوى": what was aimed at and failed did not happen. */
export function isVain({ modality }: ToldEvent, all: readonly ToldEvent[]): boolean {
  if (modality !== "attempted" && modality !== "planned") return false;
  return all.some(({ quote }) =>
    quote.clauses.some(({ span, negated }) => negated && overlap(span, quote.quote)),
  );
}

/** "لم تكمل سيطرتها", "لم تكتمل بعد", "لم تسيطر بعد على الحي كله". */
const TO_FINISH =
  /(?<!\p{L})[يت](?:ستكمل|كتمل|كمل)(?!\p{L})|(?<!\p{L})لم \p{L}+ (?:\p{L}+ ){0,3}بعد (?:علي|سيطر)/u;

/** "لم تكمل سيطرتها": what is still tried is not done. */
export function isUnfinished({ modality }: ToldEvent, claim: Reading): boolean {
  return (modality === "attempted" || modality === "planned") && TO_FINISH.test(searchKey(claim.text));
}

/** "أحكم الجيش سيطرته على أجزاء", "استولت، بإسناد، على أجزاء": the object is told of another word. */
export function isWithoutObject({ object, refers, places }: NewsEvent, claim: Reading): boolean {
  if (refers.length + places.length > 0) return false;
  const parties = claim.actors.map(({ span }) => span);
  return contentWords(claim.text.slice(...object), []).every(({ span }) =>
    parties.some((party) => overlap(party, [span[0] + object[0], span[1] + object[0]])),
  );
}
