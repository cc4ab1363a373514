/** Which words of a text a negation denies, and whether a claim denies what its quotations do. */
import type { Modality, Negation } from "../text/negation.ts";
import { type Span, searchKey } from "../text/normalize.ts";
import type { Finding } from "./claim.ts";
import { isLength } from "./days.ts";
import { triggerOf } from "./events/lexicon.ts";
import { bareForms, isLight, withoutPerson } from "./lexicon/concepts.ts";
import { overlap, type QuoteReading, type Reading } from "./reading.ts";
import { type ContentWord, contentWords, covers, opposes, vocabularyOf } from "./words.ts";

function namesOf(reading: Reading): readonly Span[] {
  const names = [...reading.actors, ...reading.places, ...reading.quantities].map(({ span }) => span);
  return [...names, ...reading.quantities.filter(isLength).map(({ span, phraseSpan }) => phraseSpan ?? span)];
}

const ENDS_COMPLEMENT = /[،,.؛:]|(?<!\p{L})(?:في|علي|من|الي|عن|منذ|بعد|قبل|مع)(?!\p{L})/u;

/** The word after a negation; of what is absent also what describes it: "تخلو من المقاتلين المحليين". */
function deniedFrom(
  text: string,
  words: readonly ContentWord[],
  kind: Negation["kind"],
): readonly ContentWord[] {
  const apart = words.findIndex((word, index) => {
    const before = words[index - 1];
    return before !== undefined && ENDS_COMPLEMENT.test(searchKey(text.slice(before.span[1], word.span[0])));
  });
  if (kind === "absent") return words.slice(0, apart < 0 ? words.length : apart);
  // "لم يبق قادة أو عناصر": what is joined to the denied noun may be denied with it.
  const [first, second] = words;
  const joined =
    first !== undefined &&
    second !== undefined &&
    /^\s*(?:او|ولا)?\s*$/.test(searchKey(text.slice(first.span[1], second.span[0]))) &&
    (/^و/.test(second.key) || second.span[0] - first.span[1] > 2);
  return words.slice(0, joined ? 2 : 1);
}

/** Verbs of being and becoming hand a negation on: "لم يبق في المدينة قادة". */
const CARRIES =
  /^[وف]?(?:يكاد|تكاد|يكد|تكد|يبق|تبق|يبقي|تبقي|يوجد|توجد|وجود|يعد|تعد|يكن|تكن|يكون|تكون|يسفر|تسفر|يكمل|تكمل|يكتمل|تكتمل|تدر|يدر|تندلع|يندلع|تقع|يقع|تنشب|ينشب|تحدث|يحدث|تجر|يجر|يستكمل|تستكمل)$/;
/** Verbs that hand it on to their complement: "لم تنجح غارات النظام في إيقاف الهجوم". */
const UNABLE = /^\s*[يت](?:نجح|تمكن|ستطع|ستطيع|فلح)(?!\p{L}).*?(?<!\p{L})(?:في|من|أن|ان)(?!\p{L})/u;

function complementOf(after: string): number {
  return UNABLE.exec(after)?.[0].length ?? 0;
}

/** "لم يقع خلال المعارك قتلى": a word of time or place between a verb of being and what it denies. */
function isWhenOrWhere(text: string, { span }: ContentWord, carriers: number): boolean {
  return carriers === 0 && /(?<!\p{L})(?:خلال|اثناء|أثناء|بعد|قبل|منذ)\s+$/u.test(text.slice(0, span[0]));
}

/** Whether the word at a span is denied, or stands beside one that is. */
export interface Denied {
  readonly certainly: (span: Span) => boolean;
  readonly perhaps: (span: Span) => boolean;
}

/** "لم يبق حي أكبر من الحميدية", "لم تقع معارك بعنف هذه": a denied comparison tells who is first and denies no deed. */
const SUPERLATIVE =
  /(?<!\p{L})[وف]?(?:لم|لا|لن|ليس|ليست) (?:[يت](?:بق|بقي|عد|وجد|كن|شهد|عرف|قع|جر|جري|دلع|ندلع|فوق|ضاهي|ماثل|عادل|وازي|نافس)(?:ه|ها)?|في|فيها|هناك|ثمه)(?!\p{L}).*(?<!\p{L})(?:(?:اعنف|اشد|اقوي|اكبر|اشرس|اوسع|اسوا|اضخم|اعلي|اكثر) (?:من|مساحه|عددا|عنفا|سكانا|منه|منها)|بعنف|بشده|بقوه|بحجم|بمثل|حي اخر|مدينه اخري)(?!\p{L})/u;

/** "لم يسلم الريف من الضربات": it was struck. */
const SPARED =
  /(?<!\p{L})(?:لم|لن|لا) (?:[يت](?:سلم|نج|نجو|خل) .*(?<!\p{L})من|[يت]حل .*(?<!\p{L})دون)(?!\p{L})/u;

function deniesNothing(clause: string): boolean {
  return SUPERLATIVE.test(clause) || SPARED.test(clause);
}

/**
 * The words that negations deny, as a test of spans: each negation denies the next word that says something, names left
 * out; what is denied twice is not ("لا تخلو من مقاتلين").
 */
export function deniedWords(reading: Reading): Denied {
  const words = contentWords(reading.text, namesOf(reading));
  const denied = new Map<ContentWord, number>();
  const beside: ContentWord[] = [];
  for (const clause of reading.clauses) {
    if (!clause.negated || deniesNothing(searchKey(reading.text.slice(...clause.span)))) continue;
    let odd = 1;
    for (const { span, kind, text } of clause.negations) {
      const inside = words.find((word) => word.span[0] >= span[0] && word.span[0] < span[1]);
      if (inside !== undefined && (denied.get(inside) ?? 0) % 2 === 1) odd += 1;
      // "لم تنفع التعزيزات ولا الغطاء": joined to what was denied by the verb.
      if (/^ولا/.test(searchKey(text)) && /^\s+ال/.test(reading.text.slice(span[1]))) continue;
      const after = words.filter((word) => word.span[0] >= span[1] && word.span[0] < clause.span[1]);
      const to = complementOf(reading.text.slice(span[1], clause.span[1]));
      const first = after.findIndex((word) => !CARRIES.test(word.key) && word.span[0] >= span[1] + to);
      const carriers = after.filter(
        (word, index) => index === 0 && (CARRIES.test(word.key) || word.span[0] < span[1] + to),
      );
      const rest = (first < 0 ? [] : after.slice(first)).filter(
        (word) => !isWhenOrWhere(reading.text, word, carriers.length),
      );
      const [next, ...others] = deniedFrom(reading.text, rest, kind);
      for (const word of next === undefined ? carriers : [...carriers, next])
        denied.set(word, (denied.get(word) ?? 0) + odd);
      // "المدينة تخلو"، "القادة لم يعد لهم وجود": what is denied stands before.
      const before =
        next === undefined
          ? words.filter((word) => word.span[0] >= clause.span[0] && word.span[1] <= span[0])
          : [];
      beside.push(...others, ...before, ...after.filter((word) => word !== next && IDIOM.test(word.key)));
    }
  }
  const spans = [...denied].filter(([, times]) => times % 2 === 1).map(([{ span }]) => span);
  const hit = (others: readonly Span[], span: Span): boolean => others.some((other) => overlap(other, span));
  return {
    certainly: (span) => hit(spans, span),
    perhaps: (span) =>
      hit(
        beside.map((word) => word.span),
        span,
      ),
  };
}

/** "لم تشهد المدينة معارك أعنف": a denied comparison is a superlative. */
const COMPARATIVE =
  /(?<!\p{L})(?:اعنف|اشد|اقوي|اكبر|اشرس|اوسع|اسوا|اضخم|اعلي|بهذا|بهذه|كهذا|كهذه|مثل هذا|مثل هذه|مثلها|مثله)(?!\p{L})/u;
const WITNESSES = /^[يت](?:بق|بقي|عد|وجد|كن|شهد|عرف|سبق|ر|شن|نفذ)$/;
/** "لا يضاهيه حي آخر". */
const MATCHES = /^[يت](?:ضاهي|ماثل|عادل|وازي|نافس|فوق|شبه)(?:ه|ها)?$/;
/** "لا يضاهي الحميدية حي مساحة ولا سكاناً": in what nothing matches it. */
const MATCHED = /(?<!\p{L})(?:لا|لم|ما) [يت](?:ضاهي|ماثل|عادل|وازي|نافس|فوق|شبه)(?:ه|ها)?(?: \S+){1,8} ?$/u;
/** What they hand on is judged by the word after them. */
const BEING = /^[وف]?[يت](?:بق|بقي|عد|وجد|كن)$/;
const COMPARISON =
  /^\s*(?:\S+\s+){0,3}(?:اعنف|اشد|اقوي|اكبر|اشرس|اوسع|اسوا|اضخم|اعلي|بهذا|بهذه|كهذا|كهذه|مثل هذا|مثل هذه|مثلها|مثله)(?!\p{L})/u;
/** What is only tried, planned or supposed may be denied: it did not happen yet. */
const OPEN: ReadonlySet<Modality> = new Set<Modality>(["attempted", "planned", "possible", "conditional"]);

/** "لم تُجدِ … نفعاً": the word that a denied idiom ends in is denied with it. */
const IDIOM = /^(?:نفعا|جدوي|اثرا|فائده|فايده|طائلا|تقدما|شييا|شيئا)$/;
/** "لم تدخله منذ 2012" of one who enters "للمرة الأولى منذ 2012". */
const SINCE = /(?<!\p{L})(?:منذ|قبل ذلك|من قبل)(?!\p{L})/u;
const FIRST_TIME = /(?:للمره الاولي|لاول مره|اول مره)/;

const ABSENCE =
  /^[يت](?:رد|ذكر|علن|عرف|سجل|وثق|وجد|توفر|صدر|حدد|قتل|صب|صاب|سقط|سقطوا|حدث|قع|جر|جري|شارك|صل|حصل|ستهدف|سيطر|دخل|نسحب|تقدم|هاجم|تراجع)$|^(?:وجود|معلومات|انباء|قتلي|جرحي|خسائر|خساير|اصابات)$/;

interface ToldWord {
  readonly key: string;
  readonly denied: boolean;
  /** It can be read both ways. */
  readonly either: boolean;
  readonly open: boolean;
}

function toldWords(quote: QuoteReading): readonly ToldWord[] {
  const denied = deniedWords(quote);
  return contentWords(quote.text, []).flatMap(({ key, span }): ToldWord[] => {
    if (!overlap(span, quote.quote)) return [];
    const clause = quote.clauses.find((one) => overlap(one.span, span));
    const open =
      clause?.hedges.some((hedge) => OPEN.has(hedge.modality) && hedge.span[1] <= span[0]) ?? false;
    return [{ key, denied: denied.certainly(span), either: denied.perhaps(span), open }];
  });
}

/** "لم تصل القوات إلى المدرسة" of "لتصل إلى مدرسة": a verb that says little is denied all the same. */
function findDeniedLightVerb(claim: Reading, quotes: readonly QuoteReading[]): Finding {
  const negations = claim.clauses.flatMap((clause) => (clause.negated ? clause.negations : []));
  for (const { span, kind } of negations) {
    const verb = /^\s*([\p{L}\p{M}]+)/u.exec(claim.text.slice(span[1]))?.[1];
    const key = searchKey(verb ?? "");
    if (kind !== "negated" || key.length < 3 || !isLight(key) || CARRIES.test(key) || WITNESSES.test(key))
      continue;
    const told = quotes.flatMap(({ text, quote, clauses }) =>
      [...text.matchAll(/[\p{L}\p{M}]+/gu)].flatMap(({ 0: word, index }) => {
        const at: Span = [index, index + word.length];
        const same =
          overlap(at, quote) &&
          bareForms(searchKey(word)).some(
            (form) => form === key || withoutPerson(form) === withoutPerson(key),
          );
        return same ? [clauses.find((clause) => overlap(clause.span, at))?.negated ?? false] : [];
      }),
    );
    if (told.length > 0 && !told.includes(true))
      return `the claim denies "${key}", which its quotations affirm`;
  }
  return null;
}

/** "ما سيطرت القوات" at the head of a clause denies; "ما علمته المصادر" and "ما انتهى إليه" are relative. */
const MA =
  /(?:^|[،,.؛] ?|(?<=[،,.؛] ?)و|(?<!\p{L})و)ما (\p{L}+)(?= (?!به|بها|اليه|اليها|عليه|عليها|منه|منها|فيه|فيها))/gu;
const RELATIVE_END = /(?:ه|ها|هم)$/;

function findDeniedByMa(claim: Reading, quotes: readonly QuoteReading[]): Finding {
  const told = quotes.map(({ evidence }) => searchKey(evidence.text));
  for (const [, verb = ""] of searchKey(claim.text).matchAll(MA)) {
    const deed = triggerOf(verb);
    if (deed?.voice !== "verb" || RELATIVE_END.test(verb) || /^[يت]/.test(verb)) continue;
    if (!told.some((text) => text.includes(`ما ${verb}`)))
      return `the claim denies "${verb}", and no quotation denies it`;
  }
  return null;
}

/** The negation rule for words: what every quotation that has a word affirms is not denied, and the reverse. */
export function checkDenial(claim: Reading, quotes: readonly QuoteReading[]): Finding {
  const denied = deniedWords(claim);
  const told = quotes.flatMap(toldWords);
  const firstTime = quotes.some(({ evidence }) => FIRST_TIME.test(searchKey(evidence.text)));
  for (const { key, span } of contentWords(claim.text, namesOf(claim))) {
    const isDenied = denied.certainly(span) || denied.perhaps(span);
    const rest = searchKey(claim.text.slice(span[1]));
    if (isDenied && (MATCHES.test(key) || BEING.test(key) || COMPARATIVE.test(key))) continue;
    if (isDenied && MATCHED.test(searchKey(claim.text.slice(0, span[0])))) continue;
    if (isDenied && (COMPARISON.test(rest) || (WITNESSES.test(key) && COMPARATIVE.test(rest)))) continue;
    if (isDenied && firstTime && SINCE.test(rest)) continue;
    if (!denied.certainly(span) && denied.perhaps(span) && IDIOM.test(key)) continue;
    const same = told.filter((word) => covers(vocabularyOf([word.key]), key));
    const opposite = told.filter((word) => opposes(vocabularyOf([word.key]), key));
    if (same.length === 0) {
      // That nothing was told or is there needs a quotation that denies; "لم يسلم من الضربات" only turns a phrase.
      if (
        ABSENCE.test(key) &&
        isDenied &&
        opposite.length === 0 &&
        !told.some((word) => word.denied || word.either || word.open)
      )
        return `the claim denies "${key}", and no quotation denies anything`;
      continue;
    }
    const agrees = same.some((word) => word.either || word.denied === isDenied || (isDenied && word.open));
    if (agrees) continue;
    return `the claim ${isDenied ? "denies" : "affirms"} "${key}", which its quotations ${isDenied ? "affirm" : "deny"}`;
  }
  return findDeniedByMa(claim, quotes) ?? findDeniedLightVerb(claim, quotes);
}
