/** Reads who did what to whom in Arabic news clauses: word classes and their order, no parser. */
import type { DateMention } from "../../text/dates/mention.ts";
import type { ClausePolarity, Modality } from "../../text/negation.ts";
import { type Span, searchKey } from "../../text/normalize.ts";
import type { Reading } from "../reading.ts";
import { endsSentence, type Group, groupsOf, type Item, isBreak, itemsOf } from "./items.ts";
import {
  BEFORE_NOUNS,
  type EventClass,
  HOLDING,
  PART,
  REFERENCE,
  STOPS,
  type Trigger,
  triggerOf,
  VERB_OR_NOUN,
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

/** Deeds whose object is a place: it ends where the next deed is told. */
const ON_PLACES: ReadonlySet<EventClass> = new Set<EventClass>([
  "control",
  "enter",
  "storm",
  "push",
  "withdraw",
  "advance",
]);

function endsObject(items: readonly Item[], at: number, to: number): boolean {
  const next = triggerAt(items, to);
  if (next === null || !ON_PLACES.has(triggerAt(items, at)?.cls ?? "kill")) return false;
  return (
    next.voice === "verb" || (ON_PLACES.has(next.cls) && !/^(?:تحت|مناطق|عن)$/.test(items[to - 1]?.key ?? ""))
  );
}

function endOf({ items }: Row, at: number): number {
  let to = at + 1;
  for (; to < Math.min(items.length, at + REACH); to += 1) {
    const item = items[to];
    if (item === undefined || endsSentence(item)) break;
    if (isBreak(item) && to > at + 1 && !/^(?:من|علي|الي)$/.test(item.key)) break;
    if (to > at + 1 && endsObject(items, at, to)) break;
    if (/^فس[يت]\p{L}{2}|^فقد$|^فان/u.test(item.key)) break;
    const bare = item.key.replace(/^[وف](?=\p{L}{3,})/u, "");
    if ((STOPS.has(item.key) || STOPS.has(bare)) && !isByPhrase(items, to)) break;
  }
  return to;
}

/** "من قبل قوات النظام": "قبل" is no time there. */
function isByPhrase(items: readonly Item[], at: number): boolean {
  return items[at]?.key === "قبل" && items[at - 1]?.key === "من";
}

function groupsIn({ groups }: Row, from: number, to: number): readonly Group[] {
  return groups.filter(({ core }) => core >= from && core < to);
}

/** The last party before a word that can be its subject: nothing governs it and its gender fits. */
function subjectBefore({ groups, items }: Row, at: number, feminine: boolean | null): Group | null {
  for (let index = groups.length - 1; index >= 0; index -= 1) {
    const group = groups[index];
    if (group === undefined || group.to > at) continue;
    if (items.slice(group.to, at + 1).some(endsSentence)) return null;
    const relative = /^(?:التي|الذي|الذين)$/.test(items[group.to]?.key ?? "");
    if (group.held || (group.preposition !== "" && !relative)) continue;
    const before = triggerAt(items, group.from - 1)?.voice;
    if ((before === "object" || before === "victim") && !relative) continue;
    if (feminine === null || group.feminine === feminine) return group;
  }
  return null;
}

/** The party right after a verb or masdar, over a few words that can stand between. */
function nextTo({ items }: Row, groups: readonly Group[], at: number): Group | null {
  const [first] = groups;
  if (first === undefined || first.from - at - 1 > MAX_BETWEEN) return null;
  const between = items.slice(at + 1, Math.max(at + 1, first.from)).map(({ key }) => key);
  return between.some(
    (key, index) =>
      ((key !== "من" || index > 0) && /^(?:علي|في|الي|من|ضد|عن|الذي|التي)$/.test(key)) || PEOPLE.test(key),
  )
    ? null
    : first;
}

/** The parties before the next word that tells a deed: "استشهد ستة بقصف داعش" names no victim. */
function beforeNextDeed({ items }: Row, groups: readonly Group[], at: number): readonly Group[] {
  const next = items.findIndex(({ key }, index) => {
    const deed = index > at ? triggerOf(key) : null;
    return deed !== null && deed.voice !== "victim";
  });
  return next < 0 ? groups : groups.filter(({ from }) => from < next);
}

/** Verbs whose complement is a masdar of the same subject: "تمكنت قوات النظام … من الدخول". */
const ABLE =
  /^[وف]?(?:تمكنت?|يتمكن|تتمكن|استطاعت?|نجحت?|تنجح|ينجح|حاولت?|تحاول|يحاول|سعت?|سعي|تسعي|يسعي|قيام|بقيام|عمدت?|يعمد|تعمد|محاوله|محاولات|تنفيذ|لتنفيذ|بتنفيذ|شن|لشن|بشن|بمحاوله|لمحاوله|فشلت?|بدات?|تواصل|واصلت?)$/;
const ABLE_REACH = 12;

function subjectOfAble(row: Row, at: number): Group | null {
  for (let index = at - 1; index >= Math.max(0, at - ABLE_REACH); index -= 1) {
    const item = row.items[index];
    if (item === undefined || endsSentence(row.items[index + 1] ?? item)) return null;
    // "إجبار القوات على التراجع": who withdraws is not who forces.
    if (triggerAt(row.items, index)?.cls === "force") return null;
    if (!ABLE.test(item.key)) continue;
    const between = row.groups.find(
      ({ core, to, preposition }) =>
        core > index && to <= at && (preposition === "" || (preposition === "من" && /محاول/.test(item.key))),
    );
    return between ?? subjectBefore(row, index, null);
  }
  return null;
}

interface Parties {
  readonly agents: readonly string[];
  readonly patients: readonly string[];
}

function partiesOfVerb(row: Row, trigger: Trigger, at: number, to: number): Parties {
  const item = row.items[at];
  const after = groupsIn(row, at + 1, to);
  const key = item?.key ?? "";
  const feminine = /ت(?:ها|ه|هم)?$|^م.*ه$/.test(key) || /^ت/.test(key.replace(/^[وف]/, ""));
  const passive = PASSIVE.test(item?.raw ?? "");
  const by = after.find(({ preposition }) => preposition === "by");
  if (trigger.cls === "kill" && (passive || PEOPLE.test(row.items[at + 1]?.key ?? "")) && !/اعدم/.test(key)) {
    const victims = beforeNextDeed(row, after, at).find((group) => group !== by);
    const joined = row.items.slice(at + 1, at + 3).some(({ key: next }) => /^واعدم/.test(next));
    return {
      agents: by?.ids ?? (joined ? (subjectBefore(row, at, feminine)?.ids ?? []) : []),
      patients: victims?.ids ?? [],
    };
  }
  if (passive) return { agents: by?.ids ?? [], patients: after.find((group) => group !== by)?.ids ?? [] };
  const next = nextTo(row, after, at);
  const subject = next !== null && next.preposition === "" && !next.held ? next : null;
  // "واخرجت منها" may be active or passive: nobody is taken for the doer from afar.
  const carried = trigger.cls === "force" ? null : subjectBefore(row, at, feminine);
  const agent = subject ?? by ?? carried;
  const others = after.filter(
    (group) =>
      group !== agent &&
      group !== by &&
      group.preposition !== "من" &&
      triggerAt(row.items, group.from - 1)?.voice !== "masdar",
  );
  const patient =
    others.find(({ held, preposition }) => held || /^(?:علي|ضد|ل)$/.test(preposition)) ?? others[0];
  if (trigger.cls === "receive") {
    const giver = after.find(({ preposition, from }) => preposition === "من" && from > at);
    return { agents: agent?.ids ?? [], patients: giver?.ids ?? [] };
  }
  const victims =
    trigger.cls === "kill" || trigger.cls === "kidnap" ? after.find((group) => group !== agent) : patient;
  return { agents: agent?.ids ?? [], patients: victims?.ids ?? [] };
}

function partiesOfMasdar(row: Row, trigger: Trigger, at: number, to: number): Parties {
  const after = groupsIn(row, at + 1, to);
  const by = after.find(({ preposition }) => preposition === "by");
  const next = nextTo(row, after, at);
  const key = row.items[at]?.key ?? "";
  const pronoun = PRONOUN.test(key) && !/(?:سيطره|غاره|ضربه|خساره|استعاده|محاصره)$/.test(key);
  const made = trigger.cls === "shell" ? /^(?:|ل|by|من)$/ : /^(?:|ل|by)$/;
  const owner =
    next !== null && (!next.held || next.from <= at) && (next.from <= at || made.test(next.preposition))
      ? next
      : null;
  const carried = pronoun ? subjectBefore(row, at, /ها$/.test(key)) : null;
  // "استعادته" is to take it back: the pronoun is its object.
  const own = pronoun && !/استعاد/.test(key) ? carried : owner;
  const agent = by ?? own ?? subjectOfAble(row, at);
  const patient = after.find(
    (group) => group !== agent && (group.held || /^(?:علي|ل|ضد)$/.test(group.preposition)),
  );
  return { agents: agent?.ids ?? [], patients: patient?.ids ?? [] };
}

function partiesOf(row: Row, trigger: Trigger, at: number, to: number): Parties {
  if (trigger.voice === "verb") return partiesOfVerb(row, trigger, at, to);
  if (trigger.voice === "masdar") return partiesOfMasdar(row, trigger, at, to);
  const after = groupsIn(row, at + 1, to);
  const by = after.find(({ preposition }) => preposition === "by");
  const victims = beforeNextDeed(row, after, at).find((group) => group !== by && !group.held)?.ids ?? [];
  if (trigger.voice === "victim") return { agents: by?.ids ?? [], patients: victims };
  return {
    agents: (by ?? subjectBefore(row, at, null))?.ids ?? [],
    patients: nextTo(row, after, at)?.ids ?? victims,
  };
}

/** The deed that a word tells; "قصف" is a noun after a preposition. */
function triggerAt(items: readonly Item[], at: number): Trigger | null {
  const item = items[at];
  const found = item === undefined ? null : triggerOf(item.key);
  if (found?.cls === "besiege" && /^(?:فك|كسر|رفع|انهاء|بفك|وفك)$/.test(items[at - 1]?.key ?? ""))
    return null;
  if (found === null || item === undefined || found.voice !== "verb") return found;
  const noun = VERB_OR_NOUN.has(item.key) && BEFORE_NOUNS.has(items[at - 1]?.key ?? "");
  return noun ? { ...found, voice: "masdar" } : found;
}

/** "تحت سيطرة التنظيم" tells a state. */
function isState(items: readonly Item[], at: number, trigger: Trigger): boolean {
  if (trigger.cls !== "control" || trigger.voice !== "masdar") return false;
  const before = items[at - 1]?.key ?? "";
  return HOLDING.has(before) || HOLDING.has(before.replace(/^[وف](?=\p{L}{3,})/u, ""));
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

/** "للمرة الأولى منذ خروج الحي عام 2012": a date since when is no date of the deed. */
function isSince(text: string, from: number, span: Span): boolean {
  return /(?<!\p{L})[وف]?منذ(?!\p{L})/u.test(text.slice(from, span[0]));
}

/** Whether another deed stands between a deed and a date, which is then that one's. */
function _deedBetween(items: readonly Item[], at: number, [start, end]: Span): boolean {
  const item = items[at];
  if (item === undefined) return false;
  const [from, to] = item.end <= start ? [item.end, start] : [end, item.start];
  return items.some((other, index) => {
    if (other.start < from || other.end > to) return false;
    const deed = triggerAt(items, index);
    return deed !== null && (deed.voice === "verb" || ON_PLACES.has(deed.cls));
  });
}

/** Deeds of which "ل" makes an aim: "لإيقاف هجوم". Raids "لمساندة قوات" did support them. */
const PURPOSES: ReadonlySet<EventClass> = new Set<EventClass>([
  "stop",
  "control",
  "enter",
  "storm",
  "force",
  "delay",
]);

/** So many words after a deed may still be its object: "على أجزاء واسعة من الحي". */
const OBJECT_HEAD = 5;

/** Whether a place is meant by a pronoun or by "الحي" alone. */
function refersAt(items: readonly Item[], at: number, to: number): boolean {
  const item = items[at];
  if (item === undefined) return false;
  const head = items.slice(at + 1, Math.min(to, at + 1 + OBJECT_HEAD));
  return (
    REFERENCE.test(item.key) ||
    items.slice(at + 1, to).some(({ key }) => /^(?:عليها|عليه|اليها|اليه)$/.test(key)) ||
    head.some(
      ({ key, place }, index) =>
        place === null &&
        REFERENCE.test(key) &&
        (index < 2 ||
          /(?:حي|مدينه|منطقه|قريه|بلده|جبل|مطار|قري|احياء|ضفاف|جسر|حقل|موقع|مواقع|لواء)$/.test(key)),
    )
  );
}

/** Whether a finite verb of the past stands between an offset and a word, itself included. */
function toldBetween(items: readonly Item[], from: number, at: number): boolean {
  return items.some(
    ({ key, start }, index) =>
      index <= at &&
      start >= from &&
      triggerAt(items, index)?.voice === "verb" &&
      !/^[وف]?[يت]\p{L}{2,}[^ت]$/u.test(key),
  );
}

/** How surely a word of a clause is told: by the hedges before it there, and by those that hold for all of the clause. */
function modalityAt(
  clause: ClausePolarity | undefined,
  start: number,
  trigger: Trigger,
  past: (from: number) => boolean,
  doubted: boolean,
): Modality {
  if (trigger.cls === "hold") return SURE;
  const purpose = trigger.clitic.startsWith("ل") && PURPOSES.has(trigger.cls);
  const hedges = (clause?.hedges ?? []).filter(({ span, modality, inherited }) => {
    if (modality === "alleged" || modality === "unconfirmed") return true;
    // "ومع محاولة إسناد المقاتلين شنت الطائرات غارات": what was tried is not the verb told after it.
    if (modality === "attempted" || modality === "planned")
      return (inherited || span[0] <= start) && !past(span[0]);
    return inherited || span[0] <= start;
  });
  const rank = hedges.reduce(
    (most, { modality }) => Math.max(most, ORDER.indexOf(modality)),
    doubted ? ORDER.indexOf("possible") : purpose ? ORDER.indexOf("planned") : 0,
  );
  return ORDER[rank] ?? SURE;
}

/** Words between a negation and what it denies: "لم يقع خلال المعارك قتلى". */
const DENIED_REACH = 4;
const COMPLEMENT_REACH = 1;
/** Verbs that hand a negation on to their complement: "لم تنجح غارات النظام في إيقاف الهجوم". */
const UNABLE = /^(?:تنجح|ينجح|تتمكن|يتمكن|تستطع|يستطع|تفلح|يفلح|تكمل|يكمل)$/;

function isDenied(items: readonly Item[], at: number, clause: ClausePolarity): boolean {
  return clause.negations.some(({ span }) => {
    const from = items.findIndex(({ end }) => end > span[0]);
    if (from < 0 || from > at) return false;
    if (!UNABLE.test(items[from + 1]?.key ?? "")) return at - from <= DENIED_REACH;
    const complement = items.findIndex(({ key }, index) => index > from + 1 && /^(?:في|من|ان)$/.test(key));
    return complement >= 0 && at > complement && at - complement <= COMPLEMENT_REACH;
  });
}

/** "تلقى التنظيم ضربات من قسد" is told as "ضربت قسد التنظيم"; civilians only suffer. */
function told(
  cls: EventClass,
  { agents, patients }: Parties,
  civilians: ReadonlySet<string>,
): Parties & { readonly cls: EventClass } {
  const received = cls === "receive";
  const doers = received ? patients : agents;
  return {
    cls: received ? "shell" : cls,
    agents: doers.filter((id) => !civilians.has(id)),
    patients: received ? agents : patients,
  };
}

/** "بحسب ترجيح مصادر": a noun of doubt, for a text of one statement. */
const DOUBT = /(?<!\p{L})[وفبل]?(?:ترجيح|توقع|توقعت|توقعات)(?!\p{L})/u;

/** The events that a text tells, in order. `dates` are the text's own. */
export function readEvents(reading: Reading, dates: readonly DateMention[]): readonly NewsEvent[] {
  const items = itemsOf(reading.text, reading.places);
  const row: Row = { items, groups: groupsOf(items, reading.actors) };
  const doubted = DOUBT.test(searchKey(reading.text));
  return items.flatMap((item, at): NewsEvent[] => {
    const inActor = row.groups.some(
      (group) =>
        at >= group.from &&
        at < group.to &&
        reading.actors.some(({ span }) => span[0] < item.end && item.start < span[1]),
    );
    const found = inActor ? null : triggerAt(items, at);
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
        !isSince(reading.text, clause.span[0], span) &&
        !text.startsWith("منذ"),
    );
    return [
      {
        ...told(state ? "hold" : found.cls, partiesOf(row, found, at, to), reading.civilians),
        span: [item.start, item.end],
        negated: clause?.negated === true && isDenied(items, at, clause),
        modality: modalityAt(
          clause,
          item.start,
          state ? { ...found, cls: "hold" } : found,
          (from) => toldBetween(items, from, at),
          doubted,
        ),
        object: [item.end, inObject.at(-1)?.end ?? item.end],
        objectWords: inObject.map(({ key }) => key),
        places: [...new Set(inObject.flatMap(({ place }) => (place === null ? [] : place.candidates)))],
        refers: refersAt(items, at, to),
        whole: items.slice(Math.max(0, at - 1), to).some(({ key }) => WHOLE.test(key)),
        part: inObject.some(({ key }) => PART.test(key)),
        dates: own,
      },
    ];
  });
}
