/** How surely a deed is told, and whether it is denied. */
import type { ClausePolarity, Modality } from "../../text/negation.ts";
import { triggerAt } from "./extent.ts";
import type { Item } from "./items.ts";
import type { EventClass, Trigger } from "./lexicon.ts";

/** From what holds to what is only asked. */
export const FROM_SURE: readonly Modality[] = [
  "certain",
  "attempted",
  "planned",
  "possible",
  "unconfirmed",
  "alleged",
  "conditional",
  "asked",
];

/** How unsure a modality is: what is planned is no surer than what is possible. */
export function doubtOf(modality: Modality): number {
  const rank: Record<Modality, number> = {
    certain: 0,
    attempted: 1,
    planned: 2,
    possible: 2,
    conditional: 2,
    unconfirmed: 3,
    alleged: 4,
    asked: 5,
  };
  return rank[modality];
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

/** "لإجبار القوات على التراجع، شن": what an aim leads to is only aimed at, up to the next deed that is told. */
function underPurpose(items: readonly Item[], at: number, from: number): boolean {
  for (let index = at - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item === undefined || item.start < from) return false;
    const deed = triggerAt(items, index);
    if (deed?.voice === "verb") return false;
    // What is to be stopped goes on.
    if (deed?.cls === "stop" || deed?.cls === "delay") return false;
    if (deed?.clitic.startsWith("ل") === true && PURPOSES.has(deed.cls)) return true;
  }
  return false;
}

/** "إيذاناً بسقوط المدينة": a sign of what is to come, before the word or one before that. */
const SIGN = /^[وفبل]?(?:ايذانا?|نذيرا?|مقدمه|تمهيدا?|مؤشرا?|موشرا?)$/;

function isForeboded(items: readonly Item[], at: number): boolean {
  return items.slice(Math.max(0, at - 2), at).some(({ key }) => SIGN.test(key));
}

const RELATIVE = /^(?:الذي|التي|الذين)$/;

export interface Told {
  readonly clause: ClausePolarity | undefined;
  readonly items: readonly Item[];
  readonly at: number;
  readonly trigger: Trigger;
  /** The text as a whole speaks of a guess ("بحسب ترجيح مصادر"). */
  readonly doubted: boolean;
}

/** How surely a deed is told: by the hedges before it in its clause, and by those that hold for all of the clause. */
export function modalityAt({ clause, items, at, trigger, doubted }: Told): Modality {
  if (trigger.cls === "hold") return "certain";
  const start = items[at]?.start ?? 0;
  const purpose =
    PURPOSES.has(trigger.cls) && trigger.clitic.startsWith("ل")
      ? true
      : trigger.voice !== "verb" && underPurpose(items, at, clause?.span[0] ?? 0);
  const hedges = (clause?.hedges ?? []).filter(({ span, modality, inherited }) => {
    if (modality === "alleged") return true;
    // "تحضير" is itself the deed that is told.
    if (trigger.cls === "prepare" && span[0] >= start && span[0] < (items[at]?.end ?? 0)) return false;
    if (modality === "unconfirmed") return !RELATIVE.test(items[at - 1]?.key ?? "");
    // "بسبب القصف الذي تتعرض له المدينة": a relative clause is taken for granted.
    if ((!inherited && span[0] > start) || RELATIVE.test(items[at - 1]?.key ?? "")) return false;
    // "ومع محاولة إسناد المقاتلين شنت الطائرات غارات": what was tried is not the verb told after it.
    return !(modality === "attempted" || modality === "planned") || !toldBetween(items, span[0], at);
  });
  const least =
    doubted || isForeboded(items, at)
      ? FROM_SURE.indexOf("possible")
      : purpose
        ? FROM_SURE.indexOf("attempted")
        : 0;
  const rank = hedges.reduce((most, { modality }) => Math.max(most, FROM_SURE.indexOf(modality)), least);
  return FROM_SURE[rank] ?? "certain";
}

/** "بحسب ترجيح مصادر": a noun of doubt, for a text of one statement. */
export const DOUBT =
  /(?<!\p{L})(?:[وفبل]?(?:ترجيح|رجحته|رجحه|ترجحه|يرجحه|توقعته|توقع|توقعت|توقعات)|(?:هو )?ما (?:رجح|رجحت|توقعت|ترجح|ترجحه|رجحته)|علي الارجح|علي الاغلب|علي ما يبدو|من شان|ان تحقق|ان تحققت|اذا تحقق|اذا تحققت)(?!\p{L})/u;

/** Words of an aim, which other lists of hedges do not hold: "الهدف من الهجمات", "الرامية إلى", "تعمل على". */
export const AIMS =
  /(?<!\p{L})[وفبل]?(?:(?:ال)?هدف من|(?:ال)?(?:غايه|غرض|قصد) من|من اهداف|(?:ال)?راميه|رامت|(?:ال)?هادفه|(?:ال)?ساعيه|[يت]رمي|رمي|رمت|[يت]هدف|هدفت|هدف|[يت]سعي|سعي|سعت|حاولت?|[يت]حاول|[يت]عمل علي|عملت? علي|اراد(?:ت)?|[يت]ريد|[يت]طمح|طمح|[يت]امل|بقصد|لكي|كي|من اجل|املا في)(?!\p{L})/u;
