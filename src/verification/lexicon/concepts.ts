/** Which concepts of the lexicon a word stands for, whatever its inflection. */
import { core } from "../../question/word-forms.ts";
import { searchKey } from "../../text/normalize.ts";
import { FACTS } from "./facts.ts";
import { FRAME_NOUNS, FRAME_VERBS } from "./frame.ts";
import { ABSTRACT, LIGHT, SYNONYMS } from "./synonyms.ts";

interface Concept {
  readonly name: string;
  /** Whoever has this one has that one too: "executed" is "killed". */
  readonly parent: string | null;
  readonly opposites: readonly string[];
  /** Other rules compare it, or it goes without saying: only an opposite contradicts it. */
  readonly weak: boolean;
}

const SHORTEST_ROOT = 3;
const CONJUNCTION = /^[وف](?=\p{L}{3,})/u;
const PREPOSITION = /^(?:[بلك](?=\p{L}{3,})|لل(?=\p{L}{3,}))/u;
const ARTICLE = /^(?:ال|لل)(?=\p{L}{2,})/u;
/** Persons of the present tense, and "س" of the future before them. */
const PERSON = /^س?[يتن](?=\p{L}{3,})/u;

/** The present of the tenth form: "يستشهد" of "استشهد". */
const TENTH = /^س?[يتن]ست(?=\p{L}{3,})/u;

/** A word's consonants without what inflection adds: what broken plurals and verbs of one root share. */
export function root(word: string): string {
  const stem = core(word.replace(/^[وف](?=\p{L}{4,})/u, "").replace(/^[بل](?=\p{L}{4,})/u, ""));
  const bare = stem.replace(/^(?:[اينت]ست|مت|ال|م|ت|ي|ن)(?=\p{L}{3,})/u, "").replace(/[اويه]/g, "");
  return bare.length >= 2 ? bare : stem;
}

/** A normalised word without the words written to it, longest first: "وبالقصف", "بالقصف", "قصف". */
export function bareForms(word: string): readonly string[] {
  const forms = new Set([word]);
  for (const pattern of [CONJUNCTION, PREPOSITION, ARTICLE])
    for (const form of [...forms]) forms.add(form.replace(pattern, ""));
  return [...forms];
}

/** What a participle is made of: "متوغل" of "توغل", "مستعاد" of "استعاد", "منسحب" of "انسحب", "مقتحم" of "اقتحم". */
const PARTICIPLES: readonly (readonly [RegExp, string])[] = [
  [/^مست(?=\p{L}{2,})/u, "است"],
  [/^مت(?=\p{L}{3,})/u, "ت"],
  [/^م(?=\p{L}{4,})/u, "ا"],
];

/** The stems of which a verb of the present or a participle may be. */
function verbStems(form: string): readonly string[] {
  const stem = core(form.replace(TENTH, "است").replace(PERSON, ""));
  const present = PERSON.test(form) ? [stem, core(`ا${stem}`)] : [stem];
  const noun = core(form);
  return [
    ...present,
    ...PARTICIPLES.flatMap(([head, made]) => (head.test(noun) ? [noun.replace(head, made)] : [])),
  ];
}

/** Ways in which two words are taken for the same, the surest first. */
const LEVELS: readonly ((word: string) => readonly string[])[] = [
  bareForms,
  (word) => bareForms(word).map(core),
  (word) => bareForms(word).flatMap(verbStems),
  (word) => [root(word)].filter((key) => key.length >= SHORTEST_ROOT),
];

type Index = readonly ReadonlyMap<string, ReadonlySet<string>>[];

function indexOf(entries: readonly (readonly [name: string, words: string])[]): Index {
  const index = LEVELS.map(() => new Map<string, Set<string>>());
  for (const [name, words] of entries)
    for (const word of words.trim().split(/\s+/).map(searchKey))
      for (const [level, keysOf] of LEVELS.entries()) {
        // The words of a line are written out: only what a text has before its words is taken off.
        const keys = level === 0 ? [word] : level < 3 ? [core(word)] : keysOf(word);
        for (const key of keys) index[level]?.set(key, (index[level]?.get(key) ?? new Set()).add(name));
      }
  return index;
}

function find(index: Index, word: string, levels: readonly number[]): readonly string[] {
  for (const [level, keysOf] of LEVELS.entries()) {
    if (!levels.includes(level)) continue;
    const found = keysOf(word).flatMap((key) => [...(index[level]?.get(key) ?? [])]);
    if (found.length > 0) return [...new Set(found)];
  }
  return [];
}

const LINE = /^(\??)(\w+)(?: < (\w+))?(?: ~ ([\w,]+))?: (.*)$/;
const LINES = FACTS.trim()
  .split("\n")
  .map((line): Concept & { words: string } => {
    const [, weak = "", name = "", parent, opposites, words = ""] = LINE.exec(line) ?? [];
    if (name === "") throw new Error(`facts.ts: "${line}" is no line "name: words"; see the top of the file`);
    return { name, parent: parent ?? null, opposites: opposites?.split(",") ?? [], weak: weak !== "", words };
  });
const CONCEPTS = new Map(LINES.map((line): [string, Concept] => [line.name, line]));
const FACT_INDEX = indexOf(LINES.map(({ name, words }) => [name, words]));
const SYNONYM_INDEX = indexOf(
  SYNONYMS.trim()
    .split("\n")
    .map((words, line) => [`s${line}`, words]),
);
const LIGHT_WORDS = new Set(LIGHT.trim().split(/\s+/).map(searchKey));
const ABSTRACT_WORDS = new Set(ABSTRACT.trim().split(/\s+/).map(searchKey));

/** Every way of writing a word that counts as the same word of the frame. */
function frameForms(word: string): readonly string[] {
  return [word, core(word), withoutPerson(word)];
}
const FRAME = new Set(`${FRAME_VERBS} ${FRAME_NOUNS}`.trim().split(/\s+/).map(searchKey).flatMap(frameForms));

const STEMS = [0, 1, 2];
const ROOTS = [3];

interface Meanings {
  /** The facts that a word states; of several readings one is meant. */
  readonly facts: readonly string[];
  /** The sets of words of one meaning that it belongs to. */
  readonly synonyms: readonly string[];
}

function meaningsBy(word: string, levels: readonly number[]): Meanings {
  return { facts: find(FACT_INDEX, word, levels), synonyms: find(SYNONYM_INDEX, word, levels) };
}

/** What a normalised word stands for: by its stem, or by its root when no line has the stem. */
export function meaningsOf(word: string): Meanings {
  const known = meaningsBy(word, STEMS);
  return known.facts.length + known.synonyms.length > 0 ? known : meaningsBy(word, ROOTS);
}

/** What a normalised word states by its stem alone: a root is shared by words of other meanings ("نزلت", "منزل"). */
export function statedBy(word: string): Meanings {
  return meaningsBy(word, STEMS);
}

/** The stem of a verb of the present tense, of any person. */
export function withoutPerson(word: string): string {
  return core(word.replace(TENTH, "است").replace(PERSON, ""));
}

/** A concept and those that hold wherever it does. */
export function withParents(name: string): readonly string[] {
  const parent = CONCEPTS.get(name)?.parent ?? null;
  return parent === null ? [name] : [name, ...withParents(parent)];
}

export function oppositesOf(name: string): readonly string[] {
  return CONCEPTS.get(name)?.opposites ?? [];
}

/** Whether only its opposite contradicts a concept. */
export function isWeak(name: string): boolean {
  return CONCEPTS.get(name)?.weak ?? false;
}

/** Whether a normalised word says nothing that a source must say. */
export function isLight(word: string): boolean {
  return bareForms(word).some((form) => LIGHT_WORDS.has(form));
}

/** Whether a normalised word only carries what a source tells: it states nothing of its own. */
export function isFrame(word: string): boolean {
  return (
    isLight(word) ||
    bareForms(word)
      .flatMap(frameForms)
      .some((form) => FRAME.has(form))
  );
}

/** Whether a normalised word names how things stand and no thing of which a source must speak ("الوضع", "وتيرة"). */
export function isAbstract(word: string): boolean {
  return bareForms(word).some((form) => ABSTRACT_WORDS.has(form));
}
