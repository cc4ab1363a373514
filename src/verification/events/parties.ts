/** Who acts and who suffers in a deed, by the order of words around it. */

import { triggerAt } from "./extent.ts";
import { endsSentence, type Group, type Item, isBreak } from "./items.ts";
import { type Trigger, triggerOf } from "./lexicon.ts";

/** Words that may stand between a verb and its subject. */
const MAX_BETWEEN = 3;
const PRONOUN = /(?:ه|ها|هم)$/;
const PASSIVE = /^[وف]?\p{L}\u064f/u;
const PEOPLE =
  /^(?:ما|نحو|اكثر|حوالي|قرابه|عده|عشرات|العشرات|مدني\p{L}*|مواطن\p{L}*|شخص\p{L}*|عنصر\p{L}*|عناصر|\d+|طفل\p{L}*|عدد|ايضا)$/u;

export interface Row {
  readonly items: readonly Item[];
  readonly groups: readonly Group[];
}

function groupsIn({ groups }: Row, from: number, to: number): readonly Group[] {
  return groups.filter(({ core }) => core >= from && core < to);
}

/** The last party before a word that can be its subject: nothing governs it and its gender fits. */
function subjectBefore({ groups, items }: Row, at: number, feminine: boolean | null): Group | null {
  for (let index = groups.length - 1; index >= 0; index -= 1) {
    const group = groups[index];
    if (group === undefined || group.to > at || isAdjective(items, group.core)) continue;
    if (items.slice(group.to, at + 1).some(endsSentence)) return null;
    const relative = /^(?:التي|الذي|الذين)$/.test(items[group.to]?.key ?? "");
    if (group.held || (!/^(?:|by)$/.test(group.preposition) && !relative)) continue;
    const before = triggerAt(items, group.from - 1)?.voice;
    if ((before === "object" || before === "victim") && !relative) continue;
    if (feminine === null || group.feminine === feminine) return group;
  }
  return null;
}

/** Whom a pronoun stands for; null where two parties before it fit. */
function antecedent(row: Row, at: number, feminine: boolean): Group | null {
  const found = subjectBefore(row, at, feminine);
  const others = row.groups.filter(
    (group) =>
      group.to <= at &&
      group.feminine === feminine &&
      !row.items.slice(group.to, at + 1).some(endsSentence) &&
      !group.ids.some((id) => found?.ids.includes(id)),
  );
  return others.length > 0 ? null : found;
}

/** The party right after a verb or masdar, over a few words that can stand between. */
function nextTo({ items }: Row, groups: readonly Group[], at: number): Group | null {
  const [first] = groups;
  if (first === undefined || first.from - at - 1 > MAX_BETWEEN) return null;
  // "استعادتها بغطاء جوي روسي": of the cover.
  if (isAdjective(items, first.core) && items.slice(at + 1, first.core).some(({ key }) => /^ب/.test(key)))
    return null;
  // "لاستعادة الجبل والتنظيم لتحقيق …": another one begins.
  if (first.from > at + 1 && /^و/.test(items[first.from]?.key ?? "")) return null;
  // "صد هجوم التنظيم": the party of another deed.
  for (let index = at + 1; index < first.from; index += 1) if (triggerAt(items, index) !== null) return null;
  const between = items.slice(at + 1, Math.max(at + 1, first.from)).map(({ key }) => key);
  return between.some(
    (key, index) =>
      ((key !== "من" || (index > 0 && index < between.length - 1)) &&
        /^(?:علي|في|الي|من|ضد|عن|الذي|التي)$/.test(key)) ||
      PEOPLE.test(key),
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
  /^[وف]?(?:تمكنت?|يتمكن|تتمكن|استطاعت?|نجحت?|تنجح|ينجح|حاولت?|تحاول|يحاول|سعت?|سعي|تسعي|يسعي|قيام|بقيام|فرضت?|تفرض|يفرض|وجهت?|ل?[يت]وجه|سددت?|نصبت?|شنت?|نفذت?|احكمت?|عمدت?|يعمد|تعمد|محاوله|محاولات|تنفيذ|لتنفيذ|بتنفيذ|شن|لشن|بشن|بمحاوله|لمحاوله|فشلت?|بدات?|تواصل|واصلت?)$/;
const ABLE_REACH = 16;

/** "بدعم جوي روسي" names no subject. */
function isAdjective(items: readonly Item[], core: number): boolean {
  return /^(?:روسي|روسيه|امريكي|امريكيه|ايراني|ايرانيه|تركي|تركيه)$/.test(items[core]?.key ?? "");
}

function subjectOfAble(row: Row, at: number, withdraws: boolean): Group | null {
  for (let index = at - 1; index >= Math.max(0, at - ABLE_REACH); index -= 1) {
    const item = row.items[index];
    if (item === undefined || endsSentence(row.items[index + 1] ?? item)) return null;
    // "إجبار القوات على التراجع": who is forced withdraws.
    const force = triggerAt(row.items, index);
    if (withdraws && force?.cls === "force") {
      const named = row.groups.filter(({ core, to }) => core > index && to <= at);
      return (force.voice === "verb" ? named[1] : named[0]) ?? null;
    }
    if (!ABLE.test(item.key)) continue;
    const between = row.groups.find(
      ({ core, from, to, preposition }) =>
        core > index &&
        to <= at &&
        triggerAt(row.items, from - 1)?.voice !== "object" &&
        !isAdjective(row.items, core) &&
        (preposition === "" || (preposition === "من" && /محاول/.test(item.key))),
    );
    return between ?? subjectBefore(row, index, null);
  }
  return null;
}

export interface Parties {
  readonly agents: readonly string[];
  readonly patients: readonly string[];
  /** The agents are not named beside the deed: a pronoun or the sentence lends them. */
  readonly lent?: boolean;
}

/** "تعرضت مواقع النظام لغارات روسية", "تلقى التنظيم ضربات من قسد": agents are those who receive. */
function partiesOfReceiver(row: Row, at: number, after: readonly Group[], feminine: boolean): Parties {
  const next = nextTo(row, after, at);
  // "تتعرض المدينة لقصف": who receives is named, and no party.
  const other =
    next === null && (/^ال/.test(row.items[at + 1]?.key ?? "") || row.items[at + 1]?.place != null);
  const receiver = next ?? (other ? null : subjectBefore(row, at, feminine));
  const giver = after.find(
    (group) =>
      group !== receiver &&
      (/^(?:من|by)$/.test(group.preposition) ||
        (triggerOf(row.items[group.from - 1]?.key ?? "")?.cls === "shell" &&
          !/استهداف/.test(row.items[group.from - 1]?.key ?? ""))),
  );
  return { agents: receiver?.ids ?? [], patients: giver?.ids ?? [] };
}

/** "أخرج بها قوات النظام": a verb of a masculine subject, before a party that is feminine. */
function isObjectOf({ items }: Row, key: string, { feminine, from }: Group): boolean {
  return (
    feminine &&
    !/^مقاتلو/.test(items[from]?.key ?? "") &&
    /^[وف]?(?:اخرج|اجبر|ارغم|باغت|فاجا|داهم|هاجم|حاصر)$/.test(key)
  );
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
  const means = triggerAt(row.items, at + 1);
  // "قتل قصف التنظيم 16 مدنياً": whose shelling it was killed them.
  if (trigger.cls === "kill" && means?.cls === "shell" && trigger.voice === "verb")
    return { ...partiesOfMasdar(row, { ...means, voice: "masdar" }, at + 1, to), patients: [] };
  if (trigger.cls === "receive") return partiesOfReceiver(row, at, after, feminine);
  if (passive) {
    const sufferer = beforeNextDeed(row, after, at).find((group) => group !== by);
    return { agents: by?.ids ?? [], patients: sufferer?.ids ?? [] };
  }
  // "اضطرت القوات إلى التراجع" is passive; "اضطرت القوات خصومها" is not.
  if (/اضطر/.test(key) && after.length < 2)
    return { agents: [], patients: (after[0] ?? subjectBefore(row, at, feminine))?.ids ?? [] };
  const next = nextTo(row, after, at);
  const subject =
    next !== null && next.preposition === "" && !next.held && !isObjectOf(row, key, next) ? next : null;
  // "واخرجت منها" may be active or passive: nobody is taken for the doer from afar.
  const carried =
    trigger.cls === "force" && !(next !== null && isObjectOf(row, key, next))
      ? null
      : subjectBefore(row, at, feminine);
  const agent = subject ?? by ?? carried;
  const others = after.filter(
    (group) =>
      group !== agent &&
      group !== by &&
      group.preposition !== "من" &&
      triggerAt(row.items, group.from - 1)?.voice !== "masdar",
  );
  const moves = trigger.cls === "withdraw" || trigger.cls === "advance" || trigger.cls === "push";
  const aimed = others.find(({ held, preposition }) => held || /^(?:علي|ضد|ل)$/.test(preposition));
  const loser = others.find(({ preposition }) => preposition === "حساب");
  const patient = moves ? loser : (aimed ?? others[0]);
  const victims =
    trigger.cls === "kill" || trigger.cls === "kidnap" ? after.find((group) => group !== agent) : patient;
  return { agents: agent?.ids ?? [], patients: victims?.ids ?? [] };
}

/** "وجه ضربات لقوات النظام": the verb makes who follows the one that is struck. */
const DEALS =
  /^[وفلب]{0,2}(?:[يت]?وجه(?:ت|وا|ه|ها)?|توجيه(?:ه|ها)?|[يت]?سدد(?:ت)?|تسديد(?:ه|ها)?|[يت]?كيل|كال|انزل(?:ت)?|[يت]نزل|انزال|[يت]وقع|ايقاع|الحاق|نصبت?|[يت]نصب|نصب)$/;
const DEALT_REACH = 4;

/** "قبل انطلاق الهجوم، شاهد النشطاء": another part of the sentence begins. */
function breaksBetween({ items }: Row, at: number, next: Group | null): boolean {
  return next !== null && items.slice(at + 1, next.from + 1).some(isBreak);
}

function partiesOfMasdar(row: Row, trigger: Trigger, at: number, to: number): Parties {
  const after = groupsIn(row, at + 1, to);
  const by = after.find(({ preposition }) => preposition === "by");
  const next = nextTo(row, after, at);
  const key = row.items[at]?.key ?? "";
  const pronoun = PRONOUN.test(key) && !/(?:سيطره|غاره|ضربه|خساره|استعاده|محاصره|خاضعه)$/.test(key);
  const dealt = row.items.slice(Math.max(0, at - DEALT_REACH), at).some(({ key: word }) => DEALS.test(word));
  const made = dealt ? /^(?:|by)$/ : trigger.cls === "shell" ? /^(?:|ل|by|من)$/ : /^(?:|ل|by)$/;
  // After an article no owner stands without a preposition: "الهجمات المعاكسة إبطاء عملية القوات".
  const apart = /(?:ال|لل)$/.test(trigger.clitic) || breaksBetween(row, at, next);
  const owner =
    next !== null &&
    !(apart && next.preposition === "") &&
    (!next.held || next.from <= at) &&
    (next.from <= at || made.test(next.preposition))
      ? next
      : null;
  const carried = pronoun ? antecedent(row, at, /ها$/.test(key)) : null;
  // "استعادته" is to take it back: the pronoun is its object.
  const own = pronoun && !/استعاد|استرداد|استرجاع|انتزاع/.test(key) ? carried : owner;
  // "هجوم كانون الثاني الأعنف للتنظيم": whose it is stands further on.
  const belongs =
    trigger.cls === "attack"
      ? after.find(({ preposition, held }) => preposition === "ل" && !held)
      : undefined;
  const agent = by ?? own ?? subjectOfAble(row, at, trigger.cls === "withdraw") ?? belongs ?? null;
  const unnamed = agent === null && ofAircraft(row, at);
  const patient = beforeNextDeed(row, after, at).find(
    (group) =>
      group !== agent &&
      (group.held || /^(?:علي|ل|ضد)$/.test(group.preposition) || (dealt && group.preposition === "الي")),
  );
  return {
    agents: unnamed ? [UNNAMED] : (agent?.ids ?? []),
    patients: patient?.ids ?? [],
    lent: agent !== null && agent !== by && agent !== owner,
  };
}

const SUPPORT_REACH = 8;

/** "بدعم من المسلحين", "بمساندة الطائرات": who follows supports the subject; "لمساندة القوات": who follows is supported. */
function partiesOfSupport(row: Row, { clitic }: Trigger, at: number, after: readonly Group[]): Parties {
  const subject = subjectOfAble(row, at, false) ?? subjectBefore(row, at, null);
  const helper =
    after.find(({ preposition }) => preposition === "by" || preposition === "من") ??
    (clitic.startsWith("ب") ? nextTo(row, after, at) : null);
  // "بين قوات النظام المدعمة بالمسلحين … وبإسناد من الروس": whom the words right before name.
  const near = row.groups.findLast((group) => group.to <= at && at - group.to <= SUPPORT_REACH);
  if (helper !== null && helper !== undefined)
    return { agents: helper.ids, patients: (near ?? subject)?.ids ?? [], lent: false };
  return { agents: subject?.ids ?? [], patients: nextTo(row, after, at)?.ids ?? [], lent: true };
}

/** Stands for a doer that a text tells and does not name. */
export const UNNAMED = "unnamed";

/** "غارات للطائرات الحربية": aircraft whose side is not told. */
function ofAircraft({ items, groups }: Row, at: number): boolean {
  const aircraft = /^(?:لل|ل|ال)?(?:طايرات|مقاتلات|طيران|مروحيات)$/.test(items[at + 1]?.key ?? "");
  return aircraft && !groups.some(({ core }) => core > at && core <= at + 4);
}

/** The parties of the deed at an item, read up to the item `to`. */
export function partiesOf(row: Row, trigger: Trigger, at: number, to: number): Parties {
  if (trigger.voice === "verb") return partiesOfVerb(row, trigger, at, to);
  if (trigger.voice === "masdar") return partiesOfMasdar(row, trigger, at, to);
  const after = groupsIn(row, at + 1, to);
  const by = after.find(({ preposition }) => preposition === "by");
  const victims = beforeNextDeed(row, after, at).find((group) => group !== by && !group.held)?.ids ?? [];
  const suffix = /(?:ها|هم|ه)$/.exec(row.items[at]?.key ?? "")?.[0];
  if (
    trigger.voice === "object" &&
    suffix !== undefined &&
    !/(?:مسانده|مباغته|عرقله)$/.test(row.items[at]?.key ?? "")
  ) {
    // "إجبارها على التراجع": the pronoun suffers, the subject of the sentence acts.
    const agent = by ?? subjectOfAble(row, at, false);
    return { agents: agent?.ids ?? [], patients: [], lent: by === undefined };
  }
  if (trigger.cls === "support") return partiesOfSupport(row, trigger, at, after);
  if (trigger.voice === "victim") return { agents: by?.ids ?? [], patients: victims };
  return {
    agents: (by ?? subjectOfAble(row, at, false))?.ids ?? [],
    patients:
      (trigger.cls === "stop" ? after.find((group) => group !== by) : nextTo(row, after, at))?.ids ?? victims,
    lent: by === undefined,
  };
}
