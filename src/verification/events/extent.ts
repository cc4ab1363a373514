/** Which deed a word tells in its place, and how far its object reaches. */
import { endsSentence, type Item, isBreak } from "./items.ts";
import {
  BEFORE_NOUNS,
  type EventClass,
  HOLDING,
  REFERENCE,
  STOPS,
  type Trigger,
  triggerOf,
  VERB_OR_NOUN,
} from "./lexicon.ts";

const REACH = 16;

/** Deeds whose object is a place: it ends where the next deed is told. */
export const ON_PLACES: ReadonlySet<EventClass> = new Set<EventClass>([
  "control",
  "enter",
  "storm",
  "push",
  "withdraw",
  "advance",
]);

function endsObject(items: readonly Item[], at: number, to: number): boolean {
  const deed = triggerAt(items, at)?.cls;
  if (deed === "control" && /^(?:ل?[يت]صل|حتي|وصولا|و?مضت?|و?بلغت?|وواصلت?)$/.test(items[to]?.key ?? ""))
    return true;
  const next = triggerAt(items, to);
  if (next === null || !ON_PLACES.has(triggerAt(items, at)?.cls ?? "kill")) return false;
  return (
    next.voice === "verb" || (ON_PLACES.has(next.cls) && !/^(?:تحت|مناطق|عن)$/.test(items[to - 1]?.key ?? ""))
  );
}

/** The item after the last that belongs to the deed at an item. */
export function endOf(items: readonly Item[], at: number): number {
  let to = at + 1;
  for (; to < Math.min(items.length, at + REACH); to += 1) {
    const item = items[to];
    if (item === undefined || endsSentence(item)) break;
    if (isBreak(item) && to > at + 1 && !/^(?:من|علي|الي)$/.test(item.key)) break;
    if (to > at + 1 && endsObject(items, at, to)) break;
    if (/^فس[يت]\p{L}{2}|^فقد$|^فان/u.test(item.key)) break;
    // "سيطرت هي على": the subject, told again.
    if (to === at + 1 && /^(?:هي|هو|هم)$/.test(item.key)) continue;
    const bare = item.key.replace(/^[وف](?=\p{L}{3,})/u, "");
    if ((STOPS.has(item.key) || STOPS.has(bare)) && !isByPhrase(items, to)) {
      const object = objectBehind(items, at, to);
      if (object === null) break;
      to = object;
    }
  }
  return to;
}

const TIME_REACH = 9;

/** "سيطر خلال هجومه في يناير على أجزاء": where the object of a deed begins behind a word of time, or null. */
function objectBehind(items: readonly Item[], at: number, stop: number): number | null {
  if (
    triggerAt(items, at)?.cls !== "control" ||
    !/^[وف]?(?:خلال|بعد|عقب|اثر|منذ)$/.test(items[stop]?.key ?? "")
  )
    return null;
  if (items.slice(at + 1, stop).some(({ key }) => key === "علي")) return null;
  for (let index = stop + 1; index < Math.min(items.length, stop + TIME_REACH); index += 1) {
    const item = items[index];
    if (item === undefined || isBreak(item) || triggerAt(items, index)?.voice === "verb") return null;
    if (item.key === "علي") return index;
  }
  return null;
}

/** "من قبل قوات النظام": "قبل" is no time there. */
function isByPhrase(items: readonly Item[], at: number): boolean {
  return items[at]?.key === "قبل" && items[at - 1]?.key === "من";
}

const AFTER_NOUN =
  /^ل(?:ل|قوات|تنظيم|طا?ي|مقاتل|مناطق|مواقع)|^(?:مكثف|عنيف|جوي|مدفعي|صاروخي|شديد|متواصل|جديد|عشوايي|روسي|مركز|من|علي|استهدف|طال|ادي)$/;

/** Deeds whose masdar is followed by who suffers them: "صد هجوم", "طرد القوات". */
const OBJECT_NOUNS: ReadonlySet<EventClass> = new Set<EventClass>(["stop", "support", "force", "delay"]);
const TRIES = /^[وف]?(?:حاولت?|تحاول|يحاول|استطاعت?|تستطع|يستطع|تستطيع|يستطيع|تريد|يريد)$/;
const TRIES_REACH = 5;

/** "حاول النظام صد الهجوم": after a verb that takes a masdar. */
function isTried(items: readonly Item[], at: number): boolean {
  return items.slice(Math.max(0, at - TRIES_REACH), at).some(({ key }) => TRIES.test(key));
}

const INTERVENES =
  /^ل(?:مساند|دعم|صالح|اسناد|نجده|موازر|انقاذ|وقف|صد)|^(?:ال)?(?:طيران|طايرات|مقاتلات|سلاح)$/;
/** "دخلت تحت سيطرة قسد", "دخل الهجوم يومه الثالث": nothing is entered. */
const NO_ENTRY = /^(?:تحت|ضمن|حيز|يومه|يومها|اسبوعه|اسبوعها|شهره|شهرها|عامه|عامها|مرحله|طور|خدمه)$/;
const ENTRY_REACH = 4;
const UNDER = /^(?:سيطره|سيطرت|سلطه|حكم|نفوذ|قبضه)/;
const UNDER_REACH = 20;

/** "دخلت الكسرة والصعوة … تحت سيطرة قسد": what is entered is somebody's rule. */
function entersRule(items: readonly Item[], at: number): boolean {
  for (let index = at + 1; index < Math.min(items.length - 1, at + UNDER_REACH); index += 1) {
    const item = items[index];
    if (item === undefined || endsSentence(item) || triggerAt(items, index)?.voice === "verb") return false;
    if (item.key === "تحت") return UNDER.test(items[index + 1]?.key ?? "");
  }
  return false;
}

const GROUND = /^(?:ال)?(?:مدينه|حي|بلده|قريه|منطقه|مطار|احياء|قري|جبل|حقل|لواء)$/;
const FALLS = /^[وفب]{0,2}(?:سقطت?|[يت]سقط|سقوط)$/;

/** "سقطت المدينة", "سقوط الحي بيد التنظيم": a place that falls is taken. */
function isFallOfPlace(items: readonly Item[], at: number): boolean {
  const [next, after] = items.slice(at + 1, at + 3);
  if (next === undefined || !FALLS.test(items[at]?.key ?? "")) return false;
  return (
    next.place !== null ||
    (GROUND.test(next.key) && (/^ال/.test(next.key) || (after?.place ?? null) !== null))
  );
}

/** The deed that a word tells; "قصف" is a noun after a preposition. */
export function triggerAt(items: readonly Item[], at: number): Trigger | null {
  const item = items[at];
  if (isFallOfPlace(items, at)) return { cls: "control", voice: "masdar", clitic: "" };
  const found = item === undefined ? null : triggerOf(item.key);
  if (found?.cls === "besiege" && /^(?:فك|كسر|رفع|انهاء|بفك|وفك)$/.test(items[at - 1]?.key ?? ""))
    return null;
  if (found === null || item === undefined || found.voice !== "verb") return found;
  // "تدخل الطيران لمساندة القوات": to intervene is not to enter.
  if (
    found.cls === "enter" &&
    /^[وفل]?تدخل$/.test(item.key) &&
    items.slice(at + 1, at + 6).some(({ key }) => INTERVENES.test(key))
  )
    return null;
  if (
    found.cls === "enter" &&
    (items.slice(at + 1, at + ENTRY_REACH).some((next) => !isBreak(next) && NO_ENTRY.test(next.key)) ||
      entersRule(items, at))
  )
    return null;
  if (/[\u064b\u064c\u064d]/.test(item.raw) && VERB_OR_NOUN.has(item.key))
    return { ...found, voice: "masdar" };
  const noun =
    VERB_OR_NOUN.has(item.key.replace(/^و(?=\p{L}{3,})/u, "")) &&
    (BEFORE_NOUNS.has(items[at - 1]?.key ?? "") || AFTER_NOUN.test(items[at + 1]?.key ?? ""));
  if (!noun && !(VERB_OR_NOUN.has(item.key) && isTried(items, at))) return found;
  return { ...found, voice: OBJECT_NOUNS.has(found.cls) ? "object" : "masdar" };
}

/** Words between "فقد" and "السيطرة". */
const LOST_REACH = 3;

/** "تحت سيطرة التنظيم" tells a state. */
export function isState(items: readonly Item[], at: number, trigger: Trigger): boolean {
  if (trigger.cls !== "control" || trigger.voice !== "masdar") return false;
  if (!/سيطر/.test(items[at]?.key ?? "")) return false;
  const before = items[at - 1]?.key ?? "";
  // "فقد النظام السيطرة".
  const verbs = items.slice(Math.max(0, at - LOST_REACH), at).map(({ key }) => key);
  if (/^[وبل]?(?:فقد|خسر|خسار)/.test(before) || verbs.some((key) => /^[وف]?(?:فقدت?|خسرت?)$/.test(key)))
    return true;
  return HOLDING.has(before) || HOLDING.has(before.replace(/^[وف]?[بل]?(?=\p{L}{3,})/u, ""));
}

/** So many words after a deed may still be its object: "على أجزاء واسعة من الحي". */
const OBJECT_HEAD = 5;

const ON_PRONOUN = /^(?:عليها|عليه|اليها|اليه)$/;
const IN_PRONOUN = /^[وف]?(?:منها|منه|فيها|فيه)$/;

/** The words that stand for a place where a deed names none: a pronoun, or "الحي" as its object. */
export function refersAt(items: readonly Item[], at: number, to: number): readonly string[] {
  const item = items[at];
  const after = items.slice(at + 1, to);
  const head = after
    .slice(0, OBJECT_HEAD)
    .filter(
      ({ key, place }, index) =>
        place === null && REFERENCE.test(key) && (index < 2 || !IN_PRONOUN.test(key)),
    );
  const pronouns = after.filter(({ key }) => ON_PRONOUN.test(key));
  const own = item !== undefined && REFERENCE.test(item.key) ? [item] : [];
  return [...own, ...head, ...pronouns].map(({ key }) => key);
}
