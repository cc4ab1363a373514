import { searchKey } from "../text/normalize.ts";
import { questionWords } from "./kind.ts";
import { countedEvent } from "./quantity.ts";
import type { Question } from "./question.ts";

/** What a message wants beyond the kinds of question: behaviours that people need of an archive of war. */
export type Intent =
  /** Whether a road is safe, where shells fall now: an archive cannot say. */
  | { readonly kind: "safety" }
  /** Who holds a place now. */
  | { readonly kind: "control_now" }
  /** Whether a person is among the dead. */
  | { readonly kind: "victim_name" }
  /** A pasted text: where it comes from, and what of it is supported. */
  | { readonly kind: "pasted"; readonly text: string }
  /** Every mention of exact words. */
  | { readonly kind: "phrase"; readonly phrase: string }
  /** Every mention of what the question names, with a count. */
  | { readonly kind: "mentions" }
  /** Who a publisher is. */
  | { readonly kind: "publisher" }
  /** What a word means or where a named thing is; one term for each question of the message. */
  | { readonly kind: "meaning"; readonly terms: readonly string[] }
  /** A question to be answered by yes, no or not reported; `statement` is what is asked about. */
  | { readonly kind: "yes_no"; readonly statement: string };

const NOW = /(?:^|\s)(?:هلق|هلا|هلقد|هسه|هسا|هسع|الان|حاليا|حالا|اليوم|لسا|now|currently|today)(?=\s|$)/;
const CONTROL =
  /(?:^|\s)(?:ال)?(?:مسيطر|مسيطره|مسيطرين|يسيطر|تسيطر|سيطره|السيطره|بيد|بايد|حاكم|يحكم|controls?|holds)(?=\s|$)/;
const PRESENT_CONTROL =
  /^[وف]?(?:مين|من|منو|who)(?: (?:هو|هي|الذي|اللي|يلي))?(?: is)? (?:ال)?(?:مسيطر|مسيطره|مسيطرين|يسيطر|تسيطر|بيحكم|يحكم|controls?|holds|controlling|in control)(?=\s|$)/;
const SAFETY =
  /(?:طريق|طرق|درب|معبر|منطقه|حي|مدينه)\S* .*(?:امن|امنه|امان|سالك|سالكه|مفتوح|مفتوحه|خطر|خطره)(?=\s|$)|(?:^|\s)(?:امن|امان|خطر|بخاف|فيني|فيي|ممكن|اقدر|بقدر|استطيع) .*(?:اروح|روح|نروح|اطلع|نطلع|ارجع|نرجع|العوده|السفر|اسافر|امشي|امر)(?=\s|$)|(?:وين|اين|فين) .*(?:قصف|ضرب|اشتباك|غارات|طيران).* ?(?:هلق|هلا|الان|حاليا|اليوم)(?=\s|$)|(?:في|فيه) (?:قصف|ضرب|طيران|اشتباكات) (?:هلق|الان|حاليا|اليوم)|is (?:the|it) .*safe|safe (?:to|road)/;
const NAMES = /(?:^|\s)(?:ال)?(?:اسم|اسماء|اسمو|اسمه|اسمها|قوايم|قايمه|names?|list)(?=\s|$)|(?:^|\s)اسم /;
const KIN =
  /(?:^|\s)[وبل]?(?:ابن|بنت|اخ|اخو|اخت|زوج|زوجه|ابو|ام|عم|خال|جد) ?(?:عمي|خالي|عمتي|خالتي|اخي|اختي|جارنا|جاري)(?=\s|$)|(?:^|\s)(?:اخي|اخوي|ابي|امي|ابوي|اختي|زوجي|زوجتي|ابني|بنتي|عمي|خالي|جدي|جدتي|قريبي|صديقي|رفيقي|جاري|my (?:brother|cousin|son|father|mother|sister|friend))(?=\s|$)/;
const VICTIMS =
  /(?:^|\s)[وب]?(?:ال)?(?:شهدا|شهداء|قتلي|ضحايا|جرحي|مفقودين|مخطوفين|معتقلين|موتي|اموات|victims|dead|martyrs|killed|wounded)(?=\s|$)/;
const WHO_VICTIMS = /^[وف]?(?:من|مين)(?: هم| هن)? (?:ال)?(?:شهدا|شهداء|قتلي|ضحايا|جرحي)(?=\s|$)/;
const MENTIONS =
  /كم (?:مره|مرات) .*(?:ذكر|ذكرت|انذكر|انذكرت|ورد|وردت|تكرر|جاء|يذكر|ذكرو|مذكور)|(?:وين|اين|متي) (?:انذكر|انذكرت|ذكر|ذكرت|ورد|وردت|مذكور)(?:\s|$)|(?:ب|في )?(?:اي|انو|اني) (?:تقارير|تقرير|مصادر) (?:ورد|وردت|ذكر|ذكرت|انذكر|مذكور|يذكر)|(?:كل|جميع) (?:مواضع|ذكر|المواضع)|how (?:many times|often) .*mention/;
const SEARCH_WORDS =
  /(?:^|\s)[وف]?(?:وين|اين|ورد|وردت|ذكر|ذكرت|انذكر|انذكرت|ابحث|بحث|دور|دورلي|فتش|عباره|العباره|جمله|الجمله|كلمه|الكلمه|find|search|exact|mentions?|where)(?=\s|$)/;
const VERIFY =
  /(?:من|منين|مين|وين) ?(?:وين|اين)? ?(?:هال|هذا|ها |هيدا)(?:كلام|حكي|خبر|منشور|بوست|نص)|(?:هال|هذا ال|هيدا ال|ال)(?:كلام|حكي|خبر|منشور|بوست)\S* (?:صحيح|صح|مزبوط|مظبوط|كذب|حقيقي|موكد|دقيق)|(?:صحيح|صح|مزبوط|مظبوط|تحقق|تاكد|تحققوا) (?:هال|هذا|من هذا|هيدا|من ال)|^(?:صحيح|صح|مزبوط|مظبوط)$|(?:ما|شو) (?:هو )?مصدر (?:هال|هذا|هذه|هيدا)|is (?:this|it) true|where is this from|verify|fact.?check/;
const MEANING =
  /^[وف]?(?:شو|ما|ماذا|ايش|وش|شنو|اش)? ?(?:هو |هي )?(?:يعني|معني|معناها|تعني|يقصد ب|المقصود ب|تعريف)\s*(?:كلمه |مصطلح |عباره |ب)?(.+)$|^what (?:does|is the meaning of) (.+?)(?: mean)?$/;
const WHERE_BARE = /^[وف]?(?:وين|اين)(?: (?:تقع|يقع|بتقع|بيقع|موقع|صاير|هو|هي|توجد|يوجد))? (.+)$/;
const ASKS_YES_NO = /^[وف]?(?:هل|is|are|was|were|did|do|does|has|have)\s/i;
const YES_NO_PREFIX =
  /^\s*[وف]?(?:هل|Is|Are|Was|Were|Did|Do|Does|Has|Have|is|are|was|were|did|do|does|has|have)\s+(?:صحيح (?:أن|ان|أنه|إن)\s+)?/u;
const ASKS_TRUE = /^\s*[وف]?(?:صحيح|صح)\s+(?:أن|ان|إن|أنه|انه|إنو|انو)\s+/u;

const PASTED_WORDS = 7;
const QUOTED = /[«“"„]([^«»“”"„]{3,300})[»”"]/u;
/** Share of a message that its quoted words take when they alone are what is searched. */
const MOSTLY = 0.75;

/** Questions of a message, without their marks. */
function sentences(text: string): string[] {
  return text
    .split(/[?؟!\n]+/u)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function letters(text: string): number {
  return (text.match(/\p{L}/gu) ?? []).length;
}

/** The text that a person pasted, without their own question about it; null when there is none. */
function pastedText(text: string): string | null {
  const pieces = text.split(/(?<=[?؟!.\n:])/u);
  const isAsking = (piece: string): boolean => {
    const words = questionWords(piece);
    return words.length > 0 && words.length <= PASTED_WORDS && VERIFY.test(words.join(" "));
  };
  const rest = pieces
    .filter((piece) => !isAsking(piece))
    .join("")
    .trim();
  const count = questionWords(rest).length;
  const asked = rest.length < text.trim().length;
  return asked && count >= PASTED_WORDS ? rest.replace(/^[«“"]|[»”"]$/gu, "") : null;
}

function searchedPhrase(text: string): string | null {
  const phrase = QUOTED.exec(text)?.[1]?.trim();
  if (phrase === undefined || letters(phrase) < 3) return null;
  const rest = text.replace(QUOTED, " ");
  const key = questionWords(rest).join(" ");
  if (letters(phrase) >= MOSTLY * letters(text)) return phrase;
  return SEARCH_WORDS.test(key) && questionWords(rest).length <= PASTED_WORDS ? phrase : null;
}

/** The terms whose meaning or place is asked, when every question of the message is one of these. */
function askedTerms(text: string): string[] | null {
  const terms = sentences(text).map((part) => {
    const key = questionWords(part).join(" ");
    const found = MEANING.exec(key);
    const bare = found ?? WHERE_BARE.exec(key);
    const term = (bare?.[1] ?? bare?.[2] ?? "").trim();
    const length = term.split(" ").length;
    // "وين وصل الجيش" asks for more than a name.
    if (term === "" || length > (found ? 4 : 3) || (!found && !isName(term))) return null;
    return (part.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).slice(-length).join(" ");
  });
  return terms.length > 0 && terms.every((term) => term !== null) ? terms : null;
}

/** A definite noun, or a noun with a number or a definite one behind it: no verb begins so. */
function isName(term: string): boolean {
  return /^ال\p{L}{2,}(?: (?:ال\p{L}+|\d+))*$/u.test(term);
}

function isPublisherQuestion(question: Question, isPublisher: (id: string) => boolean): boolean {
  const { actors, kind, topic, dates, places } = question;
  return (
    actors.length > 0 &&
    actors.every(({ id }) => isPublisher(id)) &&
    ["who", "what", "free"].includes(kind) &&
    topic.length + dates.length + places.length === 0
  );
}

export interface IntentContext {
  readonly isPublisher: (actorId: string) => boolean;
  /** Whether a day lies in the reader's present: no past day is asked about. */
  readonly asksPresent: boolean;
}

/** Reads what a message wants by its words; null for an ordinary question. Pure. */
export function readIntent(question: Question, context: IntentContext): Intent | null {
  const { text } = question;
  const key = questionWords(text).join(" ");
  if (["source", "greeting", "coverage"].includes(question.kind)) return null;
  const pasted = pastedText(text);
  if (pasted !== null) return { kind: "pasted", text: pasted };
  if (context.asksPresent && SAFETY.test(key)) return { kind: "safety" };
  if (context.asksPresent && (PRESENT_CONTROL.test(key) || (CONTROL.test(key) && NOW.test(key))))
    return { kind: "control_now" };
  if (WHO_VICTIMS.test(key) || (VICTIMS.test(key) && (NAMES.test(key) || KIN.test(key))))
    return { kind: "victim_name" };
  if (KIN.test(key) && key.split(" ").some((word) => countedEvent(word) !== null))
    return { kind: "victim_name" };
  const phrase = searchedPhrase(text);
  if (phrase !== null) return { kind: "phrase", phrase };
  if (MENTIONS.test(key)) return { kind: "mentions" };
  if (isPublisherQuestion(question, context.isPublisher)) return { kind: "publisher" };
  const terms = askedTerms(text);
  if (terms) return { kind: "meaning", terms };
  return question.language === "en" ? null : yesNo(text);
}

function yesNo(text: string): Intent | null {
  const prefix = ASKS_YES_NO.test(questionWords(text).join(" ")) ? YES_NO_PREFIX : ASKS_TRUE;
  if (!prefix.test(text) || sentences(text).length !== 1) return null;
  const statement = text.replace(prefix, "").replace(/[?؟!.\s]+$/u, "");
  return questionWords(statement).length >= 2 ? { kind: "yes_no", statement } : null;
}

const ANYTHING = new Set("شيء شي اشياء حدث احداث خبر اخبار".split(" "));

/** Whether a question names no topic but "anything" ("هل حدث شيء …؟"). */
export function isAnything({ topic }: Question): boolean {
  return topic.every((word) => ANYTHING.has(word));
}

const MENTION_WORDS = new Set(
  "مره مرات ذكر ذكرت انذكر انذكرت ورد وردت تكرر مذكور يذكر ذكرو تقارير وباي باي".split(" "),
);

/** Words of a question about mentions that say what is looked for. */
export function mentionedWords({ topic }: Question): string {
  return topic.filter((word) => !MENTION_WORDS.has(word)).join(" ");
}

/** Forms under which a term is looked up: as asked, and with and without the article. */
export function termForms(term: string): string[] {
  const key = searchKey(term);
  const bare = key.replace(/^ال/, "");
  return [key, bare, `ال${bare}`];
}

/** Words right behind a term that explain it. */
const EXPLAINS = /^(?:وهو|وهي|وهم|اي|يعني|تعني|المقصود|هو|هي|عباره|الذي|التي)$/;
const EXPLAINED_WITHIN = 2;

/** Whether what stands right behind a term explains it ("الرباط، وهو …", "(…)"). */
export function explainsTerm(behind: string): boolean {
  return (
    /^\s*\(/.test(behind) ||
    questionWords(behind)
      .slice(0, EXPLAINED_WITHIN)
      .some((word) => EXPLAINS.test(word))
  );
}
