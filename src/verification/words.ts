/** Content words of claims and quotations, and when one stands for another. */
import { alternatives } from "../question/glossary.ts";
import { core } from "../question/word-forms.ts";
import { type Span, searchKey } from "../text/normalize.ts";
import { isFunctionWord } from "../text/tokens.ts";
import { type EventClass, triggerOf } from "./events/lexicon.ts";
import {
  bareForms,
  isAbstract,
  isFrame,
  isLight,
  isWeak,
  meaningsOf,
  oppositesOf,
  root,
  statedBy,
  withoutPerson,
  withParents,
} from "./lexicon/concepts.ts";

export interface ContentWord {
  readonly key: string;
  readonly span: Span;
}

const WORD = /[\p{L}\p{M}ـ]+/gu;

/** The content words of a text outside some spans. */
export function contentWords(text: string, without: readonly Span[]): readonly ContentWord[] {
  return [...text.matchAll(WORD)].flatMap((match): ContentWord[] => {
    const span: Span = [match.index, match.index + match[0].length];
    const key = searchKey(match[0]);
    const bare = key.replace(/^[وف](?=\p{L}{2,})/u, "");
    if (bare.length < 2 || without.some((other) => other[0] < span[1] && span[0] < other[1])) return [];
    return isLight(key) || isLight(bare) || isFunctionWord(bare) ? [] : [{ key, span }];
  });
}

/** What the words of quotations stand for. */
export interface Vocabulary {
  readonly keys: ReadonlySet<string>;
  readonly roots: ReadonlySet<string>;
  readonly facts: ReadonlySet<string>;
  readonly synonyms: ReadonlySet<string>;
  readonly events: ReadonlySet<EventClass>;
}

const SHORTEST_ROOT = 3;

export function vocabularyOf(texts: readonly string[]): Vocabulary {
  const words = texts.flatMap((text) => (text.match(WORD) ?? []).map(searchKey));
  return {
    keys: new Set(
      words.flatMap((word) => bareForms(word).flatMap((form) => [form, core(form), withoutPerson(form)])),
    ),
    roots: new Set(words.map(root)),
    facts: new Set(words.flatMap((word) => meaningsOf(word).facts).flatMap(withParents)),
    synonyms: new Set(words.flatMap((word) => meaningsOf(word).synonyms)),
    events: new Set(words.flatMap((word) => triggerOf(word)?.cls ?? [])),
  };
}

/** Deeds that tell another one along with them. */
const NEAR: Readonly<Partial<Record<EventClass, readonly EventClass[]>>> = {
  advance: ["push", "storm", "enter", "control"],
  shell: ["attack"],
  attack: ["shell"],
  withdraw: ["force", "lose"],
  force: ["withdraw"],
  lose: ["withdraw", "force", "kill"],
};

function tellsEvent({ events }: Vocabulary, word: string): boolean {
  const event = triggerOf(word)?.cls;
  return event !== undefined && [event, ...(NEAR[event] ?? [])].some((cls) => events.has(cls));
}

function formsOf(word: string): readonly string[] {
  return bareForms(word).flatMap((form) => [
    form,
    core(form),
    core(form.replace(/ا$/, "")),
    withoutPerson(form),
  ]);
}

/** Whether quotations have a word itself, inflected as it may be. */
export function hasWord({ keys }: Vocabulary, word: string): boolean {
  return formsOf(word).some((form) => keys.has(form));
}

/** Whether quotations have a word, a form of it, or another word for the same. */
export function covers(vocabulary: Vocabulary, word: string): boolean {
  const { keys, roots, facts, synonyms } = vocabulary;
  const forms = formsOf(word);
  if (hasWord(vocabulary, word)) return true;
  const states = meaningsOf(word);
  if (states.facts.some((fact) => facts.has(fact))) return true;
  if (states.synonyms.some((set) => synonyms.has(set))) return true;
  if (opposes(vocabulary, word)) return false;
  const stem = root(word);
  if (states.facts.length === 0 && stem.length >= SHORTEST_ROOT && roots.has(stem)) return true;
  if (tellsEvent(vocabulary, word)) return true;
  return forms.some((form) => alternatives(form).some((other) => keys.has(other) || keys.has(core(other))));
}

/** Whether quotations tell the opposite of a word: "توقف" where they have "مستمر". */
export function opposes({ facts }: Vocabulary, word: string): boolean {
  return meaningsOf(word).facts.some((fact) => oppositesOf(fact).some((other) => facts.has(other)));
}

/** A noun with the article that no list has is a thing of which the source must speak. */
function isDefinite(word: string): boolean {
  return /^[وف]?[بك]?ال(?!م?ت\p{L}{4}|مست\p{L}{3})\p{L}{3,}$|^[وف]?لل\p{L}{3,}$/u.test(word);
}

const SAYS_LITTLE = new Set(["fighter", "loyal", "battle", "attack", "intense", "go_on", "lose", "person"]);

/** Whether the absence of a word says nothing: "مقاتلو", "عنيف". */
export function saysLittle(word: string): boolean {
  const { facts } = meaningsOf(word);
  return facts.length > 0 && facts.every((fact) => SAYS_LITTLE.has(fact));
}

/** Whether a word that quotations do not have contradicts them: it states a fact, or the opposite of what they tell. */
export function contradicts(vocabulary: Vocabulary, word: string): boolean {
  const { facts, synonyms } = statedBy(word);
  if (facts.length + synonyms.length === 0) return isDefinite(word) && !isAbstract(word) && !isFrame(word);
  if (facts.length === 0) return false;
  if (opposes(vocabulary, word)) return true;
  return synonyms.length === 0 && !facts.some(isWeak);
}

/** Whether no list knows a word: where no quotation has it either, it is an invented detail. */
export function isUnlisted(word: string): boolean {
  const { facts, synonyms } = statedBy(word);
  return facts.length + synonyms.length === 0 && !isFrame(word) && !isAbstract(word);
}
