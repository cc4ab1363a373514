/** Texts by the hashes that they share (locality-sensitive hashing): which of them are worth comparing. Changes are cheap. */
import type { Compared } from "./similarity.ts";

/** Reports with the same words, of which one, the earliest published, is compared with others. */
export interface Text {
  readonly of: Compared;
  readonly all: readonly Compared[];
  /** The hashes under which its copies are looked for. */
  readonly keys: Uint32Array;
}

/** The hashes of a text under which its copies are looked for: of two copies these are largely the same. */
const LOOKED_UP = 16;
/** A shingle that more different texts share is a set phrase. */
const SET_PHRASE = 100;
/** Of texts that share a shingle, each is compared with so many of the next. */
const NEXT = 4;
/** Where few share it, each is compared with each. */
const FEW = 12;

export function keysOf(of: Compared): Uint32Array {
  return of.shingles.slice(0, LOOKED_UP);
}

/** Each list is in order of the texts' ids, so that which pairs are compared does not depend on the order of changes. */
export class Buckets {
  // Most hashes are of one text: it stands there without a list.
  readonly #texts = new Map<number, Text | readonly Text[]>();

  /**
   * Takes texts out and in. Returns the texts beside these that may now be compared with others than before: in a long
   * list each is compared with its next ones only.
   */
  change(removed: readonly Text[], added: readonly Text[]): ReadonlySet<Text> {
    const out = new Set(removed);
    const changes = new Map<number, Text[]>();
    for (const text of removed) for (const key of text.keys) changes.set(key, []);
    for (const text of added)
      for (const key of text.keys) {
        const known = changes.get(key);
        if (known === undefined) changes.set(key, [text]);
        else known.push(text);
      }
    const shifted = new Set<Text>();
    for (const [key, more] of changes) {
      const before = this.#list(key);
      const left = before.filter((text) => !out.has(text));
      const after = [...left, ...more].sort(byId);
      const [only] = after;
      if (only === undefined) this.#texts.delete(key);
      else this.#texts.set(key, after.length === 1 ? only : after);
      const isLong = Math.max(before.length, after.length) > FEW;
      if (isLong && Math.min(before.length, after.length) <= SET_PHRASE)
        for (const text of left) shifted.add(text);
    }
    return shifted;
  }

  /** Whether some list, changed or not, says that the two are to be compared. */
  holds(a: Text, b: Text): boolean {
    return a.keys.some((key) => {
      const list = this.#list(key);
      const [one, other] = [list.indexOf(a), list.indexOf(b)];
      return one >= 0 && other >= 0 && Math.abs(one - other) <= reachOf(list);
    });
  }

  /** The texts with which one is to be compared. */
  near(text: Text): ReadonlySet<Text> {
    const found = new Set<Text>();
    for (const key of text.keys) {
      const list = this.#list(key);
      const [at, reach] = [list.indexOf(text), reachOf(list)];
      if (at >= 0) for (const other of list.slice(Math.max(0, at - reach), at + reach + 1)) found.add(other);
    }
    found.delete(text);
    return found;
  }

  #list(key: number): readonly Text[] {
    const known = this.#texts.get(key);
    return known === undefined ? [] : "of" in known ? [known] : known;
  }
}

export function byId(a: Text, b: Text): number {
  return a.of.id < b.of.id ? -1 : a.of.id > b.of.id ? 1 : 0;
}

/** How far apart in a list two texts may stand to be compared. */
function reachOf({ length }: readonly Text[]): number {
  return length > SET_PHRASE ? 0 : length <= FEW ? length : NEXT;
}
