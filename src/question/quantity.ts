import type { ActorMention } from "../text/actors.ts";
import { searchKey } from "../text/normalize.ts";
import { classOfParty } from "../text/numbers/party-class.ts";
import { questionWords } from "./kind.ts";
import type { AskedQuantity } from "./question.ts";

const EVENTS: readonly { event: NonNullable<AskedQuantity["event"]>; words: RegExp }[] = [
  {
    event: "killed",
    words:
      /^(?:و?(?:ال)?)?(?:قتل\p{L}*|قتيل\p{L}*|مقتل\p{L}*|شهيد\p{L}*|شهدا\p{L}*|استشهد\p{L}*|ضحايا|ضحيه|قتلت|مات|ماتت|ماتوا|انقتل\p{L}*|اعدم\p{L}*|اعدام\p{L}*|en2atal|killed?|dead|died?|deaths?|executed|martyr\p{L}*)$/u,
  },
  {
    event: "wounded",
    words:
      /^(?:و?(?:ال)?)?(?:جريح\p{L}*|جرحي|جرح|اصيب\p{L}*|اصاب\p{L}*|مصاب\p{L}*|انجرح\p{L}*|wounded|injured)$/u,
  },
  {
    event: "kidnapped",
    words:
      /^(?:و?(?:ال)?)?(?:اختطف\p{L}*|اختطاف|خطف\p{L}*|مخطوف\p{L}*|مختطف\p{L}*|انخطف\p{L}*|kidnap\p{L}*|abduct\p{L}*)$/u,
  },
  { event: "displaced", words: /^(?:و?(?:ال)?)?(?:نزح\p{L}*|نازح\p{L}*|نزوح|مهجر\p{L}*|displaced)$/u },
  {
    event: "detained",
    words: /^(?:و?(?:ال)?)?(?:اعتقل\p{L}*|معتقل\p{L}*|اعتقال|اسير|اسري|اسر|detained|arrested)$/u,
  },
];

/** Losses without a further word are of lives; "lost" too when people or nothing was lost. */
const LOSSES = /^[وب]?(?:ال)?(?:خسائر|خساير|خسارات)$/;
const LOST = /^(?:خسر|خسرت|خسروا|فقد|فقدت|فقدوا)$/;

/** The noun of "how long", also where a verb asks it ("كم بقي", "كم مضى"). */
export const DURATION = "مده";
const DURATION_VERB =
  /^(?:[يت]?(?:بقي|ضل|ظل|مضي|مر|ستمر|دوم|ستغرق|صمد|قاوم|لبث|مكث)ت?|استمرت?|دامت?|استغرقت?|ضلوا?|صار|صارلهم|صارله)$/;
/** "كم من الوقت", "بعد كم مدة". */
const TIME_NOUN = /^(?:ال)?(?:وقت|وقتا|زمن|زمنا|مده|فتره)$/;

/** The word counted: after كم (not عدد), after عدد, or after "how many". */
function countedNoun(words: readonly string[]): string | null {
  for (let i = 0; i < words.length - 1; i += 1) {
    const word = words[i]?.replace(/^و/, "") ?? "";
    const next = words[i + 1] ?? "";
    if (["كم", "جم", "قديش", "شقد", "اديش", "many"].includes(word) && !["عدد", "بلغ", "كان"].includes(next)) {
      // "كم من المدنيين": what is counted stands behind "of".
      const of = next === "من" ? words[i + 2] : undefined;
      return of === undefined ? next : TIME_NOUN.test(of) ? of : of.replace(/^ال(?=.{3,})/, "");
    }
    if (["عدد", "حصيله"].includes(word)) return next;
  }
  return null;
}

/** What a normalised word says was done to people ("قتلي", "اصيب"); null for none of these. */
export function countedEvent(word: string): AskedQuantity["event"] {
  return (
    EVENTS.find(
      ({ words: pattern }) => pattern.test(word.replace(/^[وفبل](?=.{4})/, "")) || pattern.test(word),
    )?.event ?? null
  );
}

/** What is counted, of whom, and what happened to them; `actors` are the parties that the text names, no agencies. */
export function askedQuantity(text: string, actors: readonly ActorMention[]): AskedQuantity {
  const words = questionWords(searchKey(text));
  const event = EVENTS.find(({ words: pattern }) => words.some((word) => pattern.test(word)))?.event ?? null;
  const party = actors.find((actor) => !/^(?:sohr|agency)/.test(actor.id));
  const counted = countedNoun(words);
  const asksTime = counted !== null && (DURATION_VERB.test(counted) || TIME_NOUN.test(counted));
  const noun = asksTime ? DURATION : counted;
  return {
    noun,
    actor: party?.id ?? null,
    event: event ?? (tellsOfLosses(words, counted) ? "killed" : null),
  };
}

/** Whether lives were lost: "خسائر" alone, and "خسر" of people or of nobody in particular ("كم دبابة خسر" is of things). */
function tellsOfLosses(words: readonly string[], counted: string | null): boolean {
  const ofPeople = counted === null || LOST.test(counted) || classOfParty(counted) !== null;
  return words.some((word) => LOSSES.test(word) || (ofPeople && LOST.test(word)));
}

const ANYONE = new Set(
  "واحد واحدا شخص شخصا فرد فردا انسانا نفرا حدا انسان ناس الناس people person".split(" "),
);

/** Whether a normalised word says of those counted only that they are people. */
export function isAnyone(word: string): boolean {
  return ANYONE.has(word);
}

const MEANS =
  /^(?:و|ف|ب|ل)?(?:ال)?(?:قصف|غارات|غاره|جوي|جويه|مدفعي|قذائف|قذايف|هاون|كماين|كمائن|كمين|لغم|الغام|اعدام)$/;

/** Whether a normalised word says by what people died ("بقصف", "غارات"): a total that a text parts by it answers for none of its parts. */
export function isMeans(word: string): boolean {
  return MEANS.test(word);
}
