/** Reads who did what to whom in Arabic news clauses: word classes and their order, no parser. */
import type { DateMention } from "../../text/dates/mention.ts";
import type { ClausePolarity, Modality } from "../../text/negation.ts";
import type { Span } from "../../text/normalize.ts";
import type { Reading } from "../reading.ts";
import { endsSentence, type Group, groupsOf, type Item, isBreak, itemsOf } from "./items.ts";
import {
  type EventClass,
  HOLDING,
  PART,
  REFERENCE,
  STOPS,
  type Trigger,
  triggerOf,
  WHOLE,
} from "./lexicon.ts";

/** An event as a clause tells it. Unknown parties are empty. */
export interface NewsEvent {
  readonly cls: EventClass;
  readonly agents: readonly string[];
  readonly patients: readonly string[];
  /** Of the word that tells it. */
  readonly span: Span;
  readonly negated: boolean;
  readonly modality: Modality;
  /** The words after it, up to the end of its part of the clause. */
  readonly object: Span;
  readonly objectWords: readonly string[];
  readonly places: readonly string[];
  /** A pronoun or "الحي" stands for a place. */
  readonly refers: boolean;
  readonly whole: boolean;
  readonly part: boolean;
  readonly dates: readonly DateMention[];
}

const REACH = 16;
/** Words that may stand between a verb and its subject. */
const MAX_BETWEEN = 3;
const PRONOUN = /(?:ه|ها|هم)$/;
const PASSIVE = /^[وف]?\p{L}\u064f/u;
const PEOPLE =
  /^(?:ما|نحو|اكثر|حوالي|قرابه|عده|عشرات|العشرات|مدني\p{L}*|مواطن\p{L}*|شخص\p{L}*|عنصر\p{L}*|عناصر|\d+|طفل\p{L}*|عدد|ايضا)$/u;

interface Row {
  readonly items: readonly Item[];
  readonly groups: readonly Group[];
}

function endOf({ items }: Row, at: number): number {
  let to = at + 1;
  for (; to < Math.min(items.length, at + REACH); to += 1) {
    const item = items[to];
    if (item === undefined || endsSentence(item)) break;
    if (isBreak(item) && to > at + 1 && !/^(?:من|علي|الي)$/.test(item.key)) break;
    if (STOPS.has(item.key.replace(/^[وف](?=\p{L}{3,})/u, "")) && !isByPhrase(items, to)) break;
  }
  return to;
}

/** "من قبل قوات النظام": "قبل" is no time there. */
function isByPhrase(items: readonly Item[], at: number): boolean {
  return items[at]?.key === "قبل" && items[at - 1]?.key === "من";
}

function groupsIn({ groups }: Row, from: number, to: number): readonly Group[] {
  return groups.filter((group) => group.from >= from && group.from < to);
}

/** The last party before a word that can be its subject: nothing governs it and its gender fits. */
function subjectBefore({ groups, items }: Row, at: number, feminine: boolean | null): Group | null {
  for (let index = groups.length - 1; index >= 0; index -= 1) {
    const group = groups[index];
    if (group === undefined || group.to > at) continue;
    if (items.slice(group.to, at + 1).some(endsSentence)) return null;
    if (group.held || group.preposition !== "") continue;
    if (feminine === null || group.feminine === feminine) return group;
  }
  return null;
}

/** The party right after a verb or masdar, over a few words that can stand between. */
function nextTo({ items }: Row, groups: readonly Group[], at: number): Group | null {
  const [first] = groups;
  if (first === undefined || first.from - at - 1 > MAX_BETWEEN) return null;
  const between = items.slice(at + 1, first.from).map(({ key }) => key);
  return between.some((key) => /^(?:علي|في|الي|من|ضد|عن|الذي|التي)$/.test(key) || PEOPLE.test(key))
    ? null
    : first;
}

interface Parties {
  readonly agents: readonly string[];
  readonly patients: readonly string[];
}

function partiesOfVerb(row: Row, trigger: Trigger, at: number, to: number): Parties {
  const item = row.items[at];
  const after = groupsIn(row, at + 1, to);
  const key = item?.key ?? "";
  const feminine = /ت(?:ها|ه|هم)?$/.test(key) || /^ت/.test(key.replace(/^[وف]/, ""));
  const passive = PASSIVE.test(item?.raw ?? "");
  const by = after.find(({ preposition }) => preposition === "by");
  if (trigger.cls === "kill" && (passive || PEOPLE.test(row.items[at + 1]?.key ?? "")) && !/اعدم/.test(key)) {
    const victims = after.find((group) => group !== by);
    const joined = row.items.slice(at + 1, at + 3).some(({ key: next }) => /^واعدم/.test(next));
    return {
      agents: by?.ids ?? (joined ? (subjectBefore(row, at, feminine)?.ids ?? []) : []),
      patients: victims?.ids ?? [],
    };
  }
  if (passive) return { agents: by?.ids ?? [], patients: after.find((group) => group !== by)?.ids ?? [] };
  const next = nextTo(row, after, at);
  const subject = next !== null && next.preposition === "" && !next.held ? next : null;
  const agent = subject ?? by ?? subjectBefore(row, at, feminine) ?? null;
  const patient = after.find((group) => group !== agent && group !== by && group.preposition !== "من");
  if (trigger.cls === "receive") {
    const giver = after.find(({ preposition, from }) => preposition === "من" && from > at);
    return { agents: agent?.ids ?? [], patients: giver?.ids ?? [] };
  }
  const victims =
    trigger.cls === "kill" || trigger.cls === "kidnap" ? after.find((group) => group !== agent) : patient;
  return { agents: agent?.ids ?? [], patients: victims?.ids ?? [] };
}

function partiesOfMasdar(row: Row, at: number, to: number): Parties {
  const after = groupsIn(row, at + 1, to);
  const by = after.find(({ preposition }) => preposition === "by");
  const next = nextTo(row, after, at);
  const key = row.items[at]?.key ?? "";
  const pronoun = PRONOUN.test(key) && !/(?:سيطره|غاره|ضربه|خساره|استعاده|محاصره)$/.test(key);
  const owner = next !== null && !next.held && /^(?:|ل|by)$/.test(next.preposition) ? next : null;
  const carried = pronoun ? subjectBefore(row, at, /ها$/.test(key)) : null;
  const agent = by ?? (pronoun ? carried : owner);
  const patient = after.find(
    (group) => group !== agent && (group.held || /^(?:علي|ل|ضد|)$/.test(group.preposition)),
  );
  return { agents: agent?.ids ?? [], patients: patient?.ids ?? [] };
}

function partiesOf(row: Row, trigger: Trigger, at: number, to: number): Parties {
  if (trigger.voice === "verb") return partiesOfVerb(row, trigger, at, to);
  if (trigger.voice === "masdar") return partiesOfMasdar(row, at, to);
  const after = groupsIn(row, at + 1, to);
  const by = after.find(({ preposition }) => preposition === "by");
  const victims = after.find((group) => group !== by && !group.held)?.ids ?? [];
  if (trigger.voice === "victim") return { agents: by?.ids ?? [], patients: victims };
  return {
    agents: (by ?? subjectBefore(row, at, null))?.ids ?? [],
    patients: nextTo(row, after, at)?.ids ?? victims,
  };
}

/** "تحت سيطرة التنظيم" tells a state. */
function isState(items: readonly Item[], at: number, trigger: Trigger): boolean {
  if (trigger.cls !== "control" || trigger.voice !== "masdar") return false;
  return (
    HOLDING.has(items[at - 1]?.key ?? "") || (trigger.clitic === "ل" && HOLDING.has(items[at - 1]?.key ?? ""))
  );
}

const SURE: Modality = "certain";
const ORDER: readonly Modality[] = [
  "certain",
  "attempted",
  "planned",
  "possible",
  "unconfirmed",
  "alleged",
  "conditional",
  "asked",
];

/** How surely a word of a clause is told: by the hedges before it there, and by those that hold for all of the clause. */
function modalityAt(clause: ClausePolarity | undefined, start: number, purpose: boolean): Modality {
  const hedges = (clause?.hedges ?? []).filter(
    ({ span, modality, inherited }) =>
      inherited || span[0] <= start || modality === "alleged" || modality === "unconfirmed",
  );
  const rank = hedges.reduce(
    (most, { modality }) => Math.max(most, ORDER.indexOf(modality)),
    purpose ? 2 : 0,
  );
  return ORDER[rank] ?? SURE;
}

/** The events that a text tells, in order. `dates` are the text's own. */
export function readEvents(reading: Reading, dates: readonly DateMention[]): readonly NewsEvent[] {
  const items = itemsOf(reading.text, reading.places);
  const row: Row = { items, groups: groupsOf(items, reading.actors) };
  return items.flatMap((item, at): NewsEvent[] => {
    const inActor = row.groups.some(
      (group) =>
        at >= group.from &&
        at < group.to &&
        reading.actors.some(({ span }) => span[0] < item.end && item.start < span[1]),
    );
    const found = inActor ? null : triggerOf(item.key);
    if (found === null) return [];
    const to = endOf(row, at);
    const state = isState(items, at, found);
    const clause = reading.clauses.find(({ span }) => item.start >= span[0] && item.start < span[1]);
    const inObject = items.slice(at + 1, to);
    const own = dates.filter(
      ({ span, text }) =>
        clause !== undefined &&
        span[0] < clause.span[1] &&
        clause.span[0] < span[1] &&
        !/منذ/.test(reading.text.slice(Math.max(0, span[0] - 6), span[0]) + text),
    );
    return [
      {
        cls: state ? "hold" : found.cls,
        ...partiesOf(row, found, at, to),
        span: [item.start, item.end],
        negated: clause?.negated === true && clause.negations.some(({ span }) => span[0] <= item.start),
        modality: modalityAt(clause, item.start, found.clitic === "ل" && found.voice !== "victim"),
        object: [item.end, inObject.at(-1)?.end ?? item.end],
        objectWords: inObject.map(({ key }) => key),
        places: [...new Set(inObject.flatMap(({ place }) => (place === null ? [] : place.candidates)))],
        refers:
          REFERENCE.test(item.key) ||
          inObject.some(({ key, place }) => place === null && REFERENCE.test(key)),
        whole: items.slice(Math.max(0, at - 1), to).some(({ key }) => WHOLE.test(key)),
        part: inObject.some(({ key }) => PART.test(key)),
        dates: own,
      },
    ];
  });
}
