import type { ActorMention } from "../text/actors.ts";
import { addDays, type DayInterval } from "../text/day.ts";
import { type FollowUp, readFollowUp } from "./follow-up.ts";
import { questionKind } from "./kind.ts";
import { askedQuantity } from "./quantity.ts";
import type { Question } from "./question.ts";
import { type AskedBefore, type AskedScope, inheritedScope, type Memory, ownScope } from "./scope.ts";

/** A question as its conversation completes it. */
export interface Turn {
  readonly question: Question;
  readonly scope: AskedScope;
  /** The scope is inherited though no word points back: to be dropped where it leads to no answer. */
  readonly implied: boolean;
}

/** Names of parties by id. */
export type PartyNames = ReadonlyMap<string, { readonly name: string }>;

/** Kinds that stand on their own whatever was said before. */
const ALONE: ReadonlySet<Question["kind"]> = new Set(["source", "coverage", "greeting"]);
const ASKS_FOR_FACT: ReadonlySet<Question["kind"]> = new Set([
  "count",
  "when",
  "where",
  "who",
  "why",
  "what",
  "free",
]);
/** A question of no more topic words than this, about no day, place or party, is a piece of a conversation. */
const ELLIPTIC_TOPIC = 2;

function mention(id: string, names: PartyNames): ActorMention {
  const name = names.get(id)?.name ?? id;
  return { id, name, text: name, span: [0, 0] };
}

/** The last question again, with what this message names in the place of what it named. */
function repeated(question: Question, asked: AskedBefore, parties: readonly ActorMention[]): Question {
  const own = question.actors.length > 0 ? question.actors : parties;
  const actors =
    own.length > 0
      ? own
      : asked.actors.map((actor) => ({ ...actor, text: actor.name, span: [0, 0] as const }));
  const party = own[0]?.id ?? asked.quantity?.actor ?? null;
  const words = [question.text, ...asked.topic, ...actors.map(({ name }) => name)].join(" ");
  return {
    ...question,
    text: words,
    searchText: words,
    kind: asked.kind === "place" && question.dates.length > 0 ? "day" : asked.kind,
    quantity: asked.quantity && { ...asked.quantity, actor: party },
    topic: asked.topic,
    actors,
  };
}

/** "ماذا عن الجرحى؟" after a count: the same count of something else. */
function recounted(question: Question, asked: AskedBefore): Question {
  const counted = askedQuantity(question.text, question.actors);
  if (asked.kind !== "count" || counted.event === null) return question;
  return {
    ...question,
    kind: "count",
    quantity: { ...counted, actor: counted.actor ?? asked.quantity?.actor ?? null },
  };
}

function names(question: Question): boolean {
  return question.dates.length + question.places.length + question.actors.length > 0;
}

function shifted(days: readonly DayInterval[], by: number): DayInterval[] {
  const ends = days.flatMap(({ start, end }) => (start === null || end === null ? [] : [{ start, end }]));
  const edge = ends
    .map(({ start, end }) => (by > 0 ? end : start))
    .sort()
    .at(by > 0 ? -1 : 0);
  if (edge === undefined) return [];
  const day = addDays(edge, by);
  return [{ start: day, end: day }];
}

/** A question whose days or places are the conversation's is of the kind that it would be with days or places of its own. */
function inScope(question: Question, scope: AskedScope): Question {
  const { text } = question;
  const kind = questionKind({ text, hasDate: scope.dates.length > 0, hasPlace: scope.places.length > 0 });
  return kind === "day" || kind === "place" ? { ...question, kind } : question;
}

/** "ومتى؟ وأين؟": a question word alone asks about the last question's topic. */
function withTopic(question: Question, memory: Memory): Question {
  const { asked } = memory;
  if (!asked || question.topic.length > 0 || names(question) || !ASKS_FOR_FACT.has(question.kind))
    return question;
  if (asked.kind === "day" || asked.kind === "place")
    return { ...repeated(question, asked, []), kind: asked.kind };
  return { ...repeated(question, asked, []), kind: question.kind, quantity: question.quantity };
}

/** "ومن النظام؟" after a count: "of", not "who". */
function isOfParty(question: Question, memory: Memory): boolean {
  const bare =
    question.kind === "who" && question.topic.length + question.places.length + question.dates.length === 0;
  return bare && question.actors.length > 0 && memory.asked?.kind === "count";
}

function within(bare: Question, memory: Memory, implied: boolean): Turn {
  const again = memory.asked && isOfParty(bare, memory) ? repeated(bare, memory.asked, []) : null;
  const question = again ?? withTopic(bare, memory);
  const scope = inheritedScope(question, memory);
  if (again || question !== bare) return { question, scope, implied };
  return { question: inScope(question, scope), scope, implied };
}

function shift(question: Question, memory: Memory, followUp: Extract<FollowUp, { kind: "shift" }>): Turn {
  const own = ownScope(question);
  const from = memory.dates.length > 0 ? memory.dates : memory.event ? [memory.event] : [];
  const dates = shifted(from, followUp.days);
  if (dates.length === 0) return { question, scope: own, implied: false };
  const places = own.places.length > 0 ? own.places : memory.places;
  const undated = {
    ...question,
    dates: [],
    kind: question.kind === "place" ? ("day" as const) : question.kind,
  };
  const asked = memory.asked && followUp.alone ? repeated(undated, memory.asked, []) : undated;
  const scope = { dates, places, inherited: true };
  const day = asked.kind === "place" ? { ...asked, kind: "day" as const } : asked;
  return { question: followUp.alone ? day : inScope(day, scope), scope, implied: false };
}

/** Parties of the last answer other than the one asked about; the first of them is the other side. */
function otherParty(memory: Memory): string | null {
  const asked = memory.asked?.quantity?.actor ?? memory.asked?.actors[0]?.id ?? null;
  if (asked === null) return null;
  return memory.parties?.find((id) => id !== asked) ?? null;
}

function isElliptic(question: Question, memory: Memory): boolean {
  const known = new Set([...(memory.parties ?? []), ...(memory.asked?.actors.map(({ id }) => id) ?? [])]);
  return (
    ASKS_FOR_FACT.has(question.kind) &&
    question.dates.length + question.places.length === 0 &&
    question.topic.length <= ELLIPTIC_TOPIC &&
    question.actors.every(({ id }) => known.has(id)) &&
    memory.dates.length + memory.places.length > 0
  );
}

/**
 * Completes a question by the conversation's memory: days, places and topic that it leaves out and points back at are
 * the last answer's. A new subject drops them. Pure.
 */
export function readTurn(question: Question, memory: Memory | null, parties: PartyNames): Turn {
  const alone: Turn = { question, scope: ownScope(question), implied: false };
  if (memory === null || ALONE.has(question.kind)) return alone;
  const followUp = readFollowUp(question.text);
  const { asked } = memory;
  switch (followUp.kind) {
    case "shift":
      return shift(question, memory, followUp);
    case "other_party": {
      const other = otherParty(memory);
      const again = asked && other ? repeated(question, asked, [mention(other, parties)]) : question;
      return { question: again, scope: inheritedScope(again, memory), implied: false };
    }
    case "same": {
      const again = asked
        ? names(question)
          ? repeated(question, asked, [])
          : recounted(question, asked)
        : question;
      return { question: again, scope: inheritedScope(again, memory), implied: false };
    }
    case "back":
      return within(question, memory, false);
    default:
      return isElliptic(question, memory) ? within(question, memory, true) : alone;
  }
}
