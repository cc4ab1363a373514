import { normalize } from "../normalize.ts";
import type { Token } from "./lex.ts";
import { lookUp } from "./lex.ts";
import { COUNTED_NOUNS } from "./nouns.ts";
import type { QuantityEvent } from "./quantity.ts";
import { CONNECTORS, OTHER_VERBS } from "./vocabulary.ts";

interface EventWord {
  readonly event: QuantityEvent;
  /** A verb in the plural after its noun: "27 مدنياً استشهدوا". */
  readonly plural: boolean;
}

const VERBS: readonly (readonly [QuantityEvent, string, string])[] = [
  [
    "killed",
    `مقتل انقتل قتل قتلت قتلة يقتل تقتل قتله قتلهم استشهد استشهدت استشهاد يستشهد مصرع حتف وفاة توفي توفيت مات ماتت قضى قضت إعدام أعدم أعدمت اغتيال اغتيل
    تصفية صفت ذبح مذبحة لقي لقيت حياة أودى أودت ضحيتها ضحيته أودي أردى هلك هلاك أباد مقتله killed kills killing death deaths died dead executed`,
    "انقتلوا قتلوا استشهدو استشهدوا قضوا لقوا فارقوا أعدموا ماتوا توفوا استشهدن قتلن killed died executed",
  ],
  [
    "wounded",
    "إصابة انصاب انجرح أصيب أصيبت إصابات جرح جرحت يصاب تصاب أصاب أصابت اصابتهم wounded injured injuring wounding",
    "انصابوا انجرحوا أصيبوا جرحوا أصبن wounded injured",
  ],
  [
    "kidnapped",
    "خطف انخطف اختطاف اختطف اختطفت خطفت kidnapped abducted abduction kidnapping",
    "انخطفوا اختطفوا خطفوا kidnapped abducted",
  ],
  [
    "detained",
    "اعتقال اعتقل اعتقلت توقيف أسر أسرت احتجاز احتجز احتجزت سجن اعتقالات arrested detained captured arrest",
    "اعتقلوا أسروا احتجزوا arrested detained captured",
  ],
  [
    "displaced",
    "نزوح نزح نزحت ينزح تهجير هجر هجرت تشريد شرد شردت فرار فر هرب هربت هروب هربوا displaced fled",
    "نزحوا هجروا فروا تشردوا fled displaced",
  ],
];

function buildEvents(): ReadonlyMap<string, EventWord> {
  const table = new Map<string, EventWord>();
  for (const [event, heads, plurals] of VERBS) {
    for (const word of heads.split(/\s+/)) table.set(normalize(word), { event, plural: false });
    for (const word of plurals.split(/\s+/)) table.set(normalize(word), { event, plural: true });
  }
  return table;
}

const EVENTS = buildEvents();
const REACH = 22;
const REACH_RIGHT = 14;

/** The event of a noun ("الجرحى") or of a verb or its noun ("إصابة"), and which of the two told it. */
function eventAt(token: Token | undefined): { event: QuantityEvent; by: "noun" | "verb" } | null {
  if (token?.kind !== "word") return null;
  const verb = lookUp(EVENTS, token.text);
  if (verb !== null && !verb.definite) return { event: verb.value.event, by: "verb" };
  const noun = lookUp(COUNTED_NOUNS, token.text);
  if (noun?.value.event) return { event: noun.value.event, by: "noun" };
  return verb === null ? null : { event: verb.value.event, by: "verb" };
}

/** "استشهاد وإصابة", "قتلى وجرحى": two different events of one kind, joined, are casualties. */
function merged(tokens: readonly Token[], at: number): QuantityEvent | null {
  const here = eventAt(tokens[at]);
  if (here === null) return null;
  const joined = tokens[at]?.text.startsWith("و") ? eventAt(tokens[at - 1]) : null;
  if (joined === null || joined.by !== here.by || joined.event === here.event) return here.event;
  const pair = new Set([joined.event, here.event]);
  return pair.has("killed") && pair.has("wounded") ? "casualties" : here.event;
}

export interface EventSearch {
  readonly tokens: readonly Token[];
  /** First and one-past-last token of the figure with its bound and noun. */
  readonly from: number;
  readonly to: number;
  /** The token of the figure itself, after its bound. */
  readonly at: number;
  /** Tokens that belong to another figure. */
  readonly isFigure: (at: number) => boolean;
}

const SENTENCE_END = /^[.!?؟؛…]$/;

function endsSentence(token: Token | undefined): boolean {
  return token === undefined || token.kind === "break" || SENTENCE_END.test(token.text);
}

/** Whether the figure is joined to the one before it: "5 مدنيين و3 أطفال", "بينهم طفلان". */
export function isCoordinated(tokens: readonly Token[], from: number): boolean {
  const before = tokens[from - 1]?.text ?? "";
  if (before === "و" || before === "،" || before === "," || before === "and") return true;
  if (/^(?:ب?ينهم|بينهم|بينهن|منهم|منهن|ضمنهم|هم|وهم|including)$/.test(before)) return true;
  return /^و/.test(tokens[from]?.text ?? "") && tokens[from]?.kind === "word";
}

/**
 * What befell the people of a figure: the nearest verb or noun of an event that governs it, to the left within its
 * clause, else a plural verb to the right ("27 مدنياً استشهدوا"). Looks a bounded number of tokens away.
 */
export function findEvent(search: EventSearch): QuantityEvent | null {
  return harmAfter(search) ?? eventLeft(search) ?? eventRight(search);
}

/** "5 آخرون بجروح", "50 بين قتيل وجريح", "20 قتيلاً وجريحاً". */
function harmAfter({ tokens, to }: EventSearch): QuantityEvent | null {
  const words = tokens.slice(to, to + 4).map((token) => token.text);
  if (words[0] === "بجروح" || words[0] === "بجراح" || words[1] === "بجروح" || words[1] === "بجراح")
    return "wounded";
  if (words[0] === "بين" || words[0] === "ما" || words[0] === "مابين") {
    const pair = words.slice(1).flatMap((_, index) => eventAt(tokens[to + 1 + index])?.event ?? []);
    if (pair.includes("killed") && pair.includes("wounded")) return "casualties";
  }
  return null;
}

function eventLeft({ tokens, from, at: figureAt, isFigure }: EventSearch): QuantityEvent | null {
  let coordinated = isCoordinated(tokens, from);
  for (let at = figureAt - 1; at >= Math.max(0, from - REACH); at -= 1) {
    const token = tokens[at];
    if (token === undefined || endsSentence(token)) return null;
    const event = eventAt(token);
    if (event !== null && !isFigure(at)) return merged(tokens, at);
    if (isFigure(at)) {
      if (!coordinated) return null;
      coordinated = true;
      continue;
    }
    if (token.kind !== "word") continue;
    const connector = lookUp(CONNECTORS, token.text);
    if (connector !== null && (connector.offset === 0 || connector.conjoined)) return null;
    if (lookUp(OTHER_VERBS, token.text) !== null) return null;
  }
  return null;
}

function eventRight({ tokens, to }: EventSearch): QuantityEvent | null {
  for (let at = to; at < Math.min(tokens.length, to + REACH_RIGHT); at += 1) {
    const token = tokens[at];
    if (endsSentence(token) || token === undefined) return null;
    if (token.kind === "number" || token.text === "،") return null;
    const verb = token.kind === "word" ? EVENTS.get(token.text) : undefined;
    if (verb?.plural) return tokens[at + 1]?.kind === "number" ? null : verb.event;
    if (token.kind === "word" && CONNECTORS.has(token.text) && !/^(?:الذين|who)$/.test(token.text))
      return null;
  }
  return null;
}

/** The event of a noun that "و" joins to the one before it ("والجرحى"), or null. */
export function joinedEvent(token: Token | undefined): QuantityEvent | null {
  if (token?.kind !== "word" || !token.text.startsWith("و")) return null;
  const noun = lookUp(COUNTED_NOUNS, token.text);
  return noun?.conjoined ? noun.value.event : null;
}

/** The event that two nouns joined by "و" tell together: "القتلى والجرحى" are casualties, "الشهداء والقتلى" dead. */
export function eventOfNoun(tokens: readonly Token[], at: number): QuantityEvent | null {
  const noun = tokens[at] === undefined ? null : lookUp(COUNTED_NOUNS, tokens[at].text);
  const event = noun?.value.event ?? null;
  const other = joinedEvent(tokens[at + 1]);
  if (event === null || other === null || other === event) return event;
  const harmed = new Set([event, other]);
  return harmed.has("killed") && harmed.has("wounded") ? "casualties" : event;
}
