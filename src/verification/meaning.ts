/** How surely a claim and its quotations are told: how sure, and who says so. */
import { type ActorIndex, findActors } from "../text/actors.ts";
import type { Attribution, ClausePolarity, Modality } from "../text/negation.ts";
import { type Span, searchKey } from "../text/normalize.ts";
import type { Finding, VerificationSources } from "./claim.ts";
import { DOUBT, doubtOf, FROM_SURE } from "./events/certainty.ts";
import { meaningsOf } from "./lexicon/concepts.ts";
import { overlap, type QuoteReading, type Reading } from "./reading.ts";
import { contentWords, covers, type Vocabulary, vocabularyOf } from "./words.ts";

interface Matched {
  readonly clause: ClausePolarity;
  readonly text: string;
  readonly score: number;
}

function scoreOf(vocabulary: Vocabulary, text: string, names: readonly Span[]): number {
  return contentWords(text, names).filter(({ key }) => covers(vocabulary, key)).length;
}

/** A clause up to its first word of doubt and from there on: "تركزت الاشتباكات في الجبل، في محاولة من …". */
function piecesOf(clause: ClausePolarity): readonly ClausePolarity[] {
  const own = clause.hedges.filter(({ inherited, span }) => !inherited && span[0] > clause.span[0]);
  const first = own.reduce<Span | null>(
    (best, { span }) => (best === null || span[0] < best[0] ? span : best),
    null,
  );
  if (first === null) return [clause];
  const before = clause.hedges.filter(({ inherited, span }) => inherited || span[0] < first[0]);
  const surest = before.reduce((most, { modality }) => Math.max(most, FROM_SURE.indexOf(modality)), 0);
  return [
    { ...clause, span: [clause.span[0], first[0]], modality: FROM_SURE[surest] ?? "certain" },
    { ...clause, span: [first[0], clause.span[1]] },
  ];
}

/** "في محاولة لإجبار القوات على التراجع … وتأخير عمليتها": what is joined to an attempt is tried too. */
const JOINED_NOUN = /^\s*و(?:ت\p{L}{2,3}ي\p{L}|[إا]\p{L}{2}ا\p{L}|\p{L}{2,4}ة\s)/u;

function carried({ clauses, text }: QuoteReading): readonly ClausePolarity[] {
  let modality: Modality = "certain";
  return clauses.map((clause) => {
    const joined = JOINED_NOUN.test(text.slice(...clause.span)) && clause.modality === "certain";
    const own =
      joined && (modality === "attempted" || modality === "planned") ? { ...clause, modality } : clause;
    modality = own.modality;
    return own;
  });
}

/** The clauses of the quotations, each as far as it is quoted. */
function quotedClauses(quotes: readonly QuoteReading[]): readonly { clause: ClausePolarity; text: string }[] {
  return quotes.flatMap((quote) =>
    carried(quote)
      .flatMap(piecesOf)
      .filter(({ span }) => overlap(span, quote.quote))
      .map((clause) => ({
        clause,
        text: quote.text.slice(
          Math.max(clause.span[0], quote.quote[0]),
          Math.min(clause.span[1], quote.quote[1]),
        ),
      })),
  );
}

/** For a clause of the claim the quoted clauses that share most of its words. */
function matchesOf({ text, names }: ClaimClause, quotes: readonly QuoteReading[]): readonly Matched[] {
  const scored = quotedClauses(quotes).map((one) => ({
    ...one,
    score: scoreOf(vocabularyOf([one.text]), text, names),
  }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  // Where only a word or two are shared, it is not known which clause is repeated.
  const own = contentWords(text, names).length;
  return best === 0 || best * 2 < own ? [] : scored.filter(({ score }) => score === best);
}

interface ClaimClause {
  readonly clause: ClausePolarity;
  readonly text: string;
  /** Spans in `text` of names and figures, which other rules compare. */
  readonly names: readonly Span[];
}

function clausesOf(claim: Reading): readonly ClaimClause[] {
  const named = [...claim.actors, ...claim.places, ...claim.quantities].map(({ span }) => span);
  return claim.clauses.map((clause) => ({
    clause,
    text: claim.text.slice(...clause.span),
    names: named.map(([start, end]): Span => [start - clause.span[0], end - clause.span[0]]),
  }));
}

/** The modality rule, for clauses as wholes: no claim is surer than the clause that it repeats. */
export function checkModality(
  claim: Reading,
  quotes: readonly QuoteReading[],
  judged: readonly Span[],
): Finding {
  const doubted = DOUBT.test(searchKey(claim.text)) ? doubtOf("possible") : 0;
  for (const said of clausesOf(claim)) {
    const { clause } = said;
    if (judged.some((span) => overlap(span, clause.span))) continue;
    const matches = matchesOf(said, quotes);
    const rank = Math.max(doubted, doubtOf(clause.modality));
    if (matches.length === 0 || matches.some((match) => doubtOf(match.clause.modality) <= rank)) continue;
    return `the claim tells as ${clause.modality} what is ${matches[0]?.clause.modality}: "${matches[0]?.text.trim()}"`;
  }
  return findGuessConfirmed(claim, quotes) ?? findAimTold(claim, quotes);
}

const CONFIRMS = /(?<!\p{L})[وف]?(?:اكدت?|يوكد|توكد|جزمت?|تاكيد|بشكل قاطع|بشكل موكد|موكده|موكد)(?!\p{L})/u;
const GUESSES = /(?<!\p{L})[وف]?(?:رجحت?|ترجيح|ترجيحات|توقعت?|توقعات|يعتقد|زعمت?|مزاعم|انباء)(?!\p{L})/u;
const CONFIRMED = /(?:اكدت?|يوكد|توكد|موكد|جزم|تاكيد)/u;

/** "رجحت مصادر" is not "أكدت مصادر": part of the modality rule. */
function findGuessConfirmed(claim: Reading, quotes: readonly QuoteReading[]): Finding {
  const told = quotes.map(({ evidence }) => searchKey(evidence.text));
  const said = CONFIRMS.exec(searchKey(claim.text));
  if (said === null || told.some((text) => CONFIRMED.test(text)) || !told.some((text) => GUESSES.test(text)))
    return null;
  return `the claim says "${said[0]}" of what its quotations only guess`;
}

/** What a deed was to bring about: told as done only where it is told as done. */
const EFFECTS = new Set(["scatter", "narrow", "stop_it", "delay", "siege_end", "end"]);
const AIMED: ReadonlySet<Modality> = new Set<Modality>(["attempted", "planned", "possible", "conditional"]);
const PURPOSE = /^[وف]?ل(?!ل|م|ن)\p{L}{3,}/u;

/** An aim before a word in its clause: "لإجبار القوات على التراجع وتشتيتها", "كي توقف". */
const AIM =
  /(?<!\p{L})(?:كي|لكي|بغيه|بهدف|من اجل|بقصد|املا في|[وف]?ل(?:اجبار|ايقاف|وقف|منع|صد|دفع|تاخير|عرقله|تشتيت|اضعاف|كسر|انهاء))(?!\p{L})/u;

interface Effect {
  readonly key: string;
  readonly facts: readonly string[];
  /** It is tried, planned or aimed at there. */
  readonly aimed: boolean;
}

function effectsIn({ text, clauses }: Reading, within: Span): readonly Effect[] {
  return contentWords(text, []).flatMap(({ key, span }): Effect[] => {
    const facts = meaningsOf(key).facts.filter((fact) => EFFECTS.has(fact));
    if (facts.length === 0 || !overlap(span, within)) return [];
    const clause = clauses.find((one) => overlap(one.span, span));
    const hedged = clause?.hedges.some((hedge) => AIMED.has(hedge.modality) && hedge.span[0] < span[1]);
    const before = searchKey(text.slice(clause?.span[0] ?? 0, span[0]));
    const aimed = PURPOSE.test(key) || AIM.test(before) || hedged === true || clause?.negated === true;
    return [{ key, facts, aimed }];
  });
}

/** "سعت لتشتيت القوات" is not "شتتت القوات": part of the modality rule. */
function findAimTold(claim: Reading, quotes: readonly QuoteReading[]): Finding {
  const told = quotes.flatMap((quote) => effectsIn(quote, quote.quote));
  for (const { key, facts, aimed } of effectsIn(claim, [0, claim.text.length])) {
    const same = told.filter((one) => one.facts.some((fact) => facts.includes(fact)));
    if (!aimed && same.length > 0 && same.every((one) => one.aimed))
      return `the claim tells "${key}" as done, which its quotations tell as an aim`;
  }
  return null;
}

const ANONYMOUS = /(?<!\p{L})(?:ال)?(?:مصدر|مصادر)(?!\p{L})/u;
const SPEAKS =
  /(?<!\p{L})[وف]?(?:بحسب|حسب|وفق|وفقا|قال|قالت|يقول|تقول|افاد|افادت|اكد|اكدت|ذكر|ذكرت|اعلن|اعلنت|نقل|نقلت|صرح|صرحت|زعم|زعمت|ادعي|ادعت|تعتقد|يعتقد|تري|يري|رجح|رجحت|ترجيح|توقع|توقعت|مصدر|مصادر|نقلا|تحدث|تحدثت|اشار|اشارت|وصف|وصفت|اعتبر|اعتبرت|راي|رات|اشاد|اشادت|ورد|جاء في|نشر|نشرت|كشف|كشفت|صرحت|اعرب|اعربت|عبر عن|عبرت|نسب|نسبت|عزا|عزت|رجحته|قالته|بلسان|لسان|روايه|رواية|تقديرات|تقدير|لفت|لفتت)(?!\p{L})/u;

/** Whether a claim may not speak in its own voice here: a party to the war speaks, or somebody without a name. */
function neededSpeaker(attribution: Attribution, index: ActorIndex): readonly string[] | null {
  const speaker = attribution.speaker?.text ?? "";
  const actors = findActors(speaker, index);
  const parties = actors.filter(({ id }) => /^(?:state|armed_group)$/.test(index.byId.get(id)?.kind ?? ""));
  if (parties.length > 0) return parties.map(({ id }) => id);
  const words = searchKey(`${attribution.text} ${speaker}`);
  return attribution.kind !== "source" && ANONYMOUS.test(words) ? [] : null;
}

/** Who is not named speaks for what follows closely, not for the rest of a long sentence. */
const FAR = 80;

function isFar({ span }: Attribution, { quote }: QuoteReading): boolean {
  return quote[0] - span[1] > FAR;
}

/** The attribution rule: what one side says keeps its speaker, and what unnamed sources say keeps that they say it. */
export function checkAttribution(
  claim: Reading,
  quotes: readonly QuoteReading[],
  { actors }: VerificationSources,
): Finding {
  const speaks = SPEAKS.test(searchKey(claim.text));
  const named = new Set(claim.actors.map(({ id }) => id));
  for (const quote of quotes) {
    const clauses = quote.clauses.filter(({ span }) => overlap(span, quote.quote));
    const attributions = [...clauses.flatMap((clause) => clause.attributions), ...quote.speech];
    for (const attribution of attributions) {
      const needed = neededSpeaker(attribution, actors);
      if (needed === null || (needed.length === 0 && isFar(attribution, quote))) continue;
      const kept = speaks && (needed.length === 0 || needed.some((id) => named.has(id)));
      if (!kept)
        return `the claim leaves out who says so: "${attribution.speaker?.text ?? attribution.text}"`;
    }
  }
  return null;
}
