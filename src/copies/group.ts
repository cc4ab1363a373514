/** Groups the reports of a collection that are one text, again and again while it changes: only what changes is compared. */
import { Buckets, byId, keysOf, type Text } from "./buckets.ts";
import { type Compared, containment, isEditedCopy, isSameText } from "./similarity.ts";

/** Reports that are one text; `members` has the one that stands for all first, then the others in order of publication. */
export interface CopyGroup {
  readonly members: readonly string[];
}

/** The groups of two and more, in order of their first members. */
export function groupCopies(reports: readonly Compared[]): CopyGroup[] {
  const grouping = new CopyGrouping();
  grouping.change({ put: reports });
  return [...grouping.groups()];
}

/** Those of the groups in which at least one of these reports is; only what hangs together with them is compared. */
export function groupsHolding(ids: ReadonlySet<string>, reports: readonly Compared[]): CopyGroup[] {
  const texts = [...byWords(reports).values()].flatMap(textsOf);
  const buckets = new Buckets();
  buckets.change([], texts);
  const like = new Map<Text, Set<Text>>();
  const likeOf = (text: Text): ReadonlySet<Text> => {
    const known =
      like.get(text) ?? new Set([...buckets.near(text)].filter((other) => isEditedCopy(text.of, other.of)));
    like.set(text, known);
    return known;
  };
  const seen = new Set<Text>();
  const groups: CopyGroup[] = [];
  for (const first of texts) {
    if (seen.has(first) || !first.all.some(({ id }) => ids.has(id))) continue;
    const together = new Set([first]);
    for (const text of together) for (const other of likeOf(text)) together.add(other);
    for (const text of together) seen.add(text);
    groups.push(...groupsOf([...together].sort(byId), likeOf));
  }
  return groups.filter(({ members }) => members.some((id) => ids.has(id))).sort(byFirst);
}

/** Texts that hang together by likeness, directly or through others, with the groups they fall into. */
interface Cluster {
  readonly texts: readonly Text[];
  readonly groups: readonly CopyGroup[];
}

/** The groups of reports that change. After any changes they are those of all reports grouped at once. */
export class CopyGrouping {
  readonly #reports = new Map<string, Compared>();
  /** By the hash of their words: texts of one hash are of several events. */
  readonly #texts = new Map<string, readonly Text[]>();
  readonly #buckets = new Buckets();
  /** Which texts are edited copies of each; those without any are left out. */
  readonly #like = new Map<Text, Set<Text>>();
  /** Of texts with several reports or with edited copies. */
  readonly #clusters = new Map<Text, Cluster>();
  #groups: readonly CopyGroup[] | null = null;

  /** A report as it was put; undefined for one that is not among them. */
  get(id: string): Compared | undefined {
    return this.#reports.get(id);
  }

  ids(): Iterable<string> {
    return this.#reports.keys();
  }

  /** Takes reports out and puts others in, in place of what was put under their ids before. */
  change({ put = [], drop = [] }: { put?: readonly Compared[]; drop?: readonly string[] }): void {
    const words = new Set<string>();
    const out = new Set([...drop, ...put.map(({ id }) => id)]);
    for (const id of out) {
      const known = this.#reports.get(id);
      if (known !== undefined) words.add(known.sketch.text);
      this.#reports.delete(id);
    }
    const fresh = byWords(put);
    for (const hash of fresh.keys()) words.add(hash);
    for (const report of put) this.#reports.set(report.id, report);
    const [removed, added]: [Text[], Text[]] = [[], []];
    for (const hash of words) {
      const before = this.#texts.get(hash) ?? [];
      const left = before.flatMap(({ all }) => all.filter(({ id }) => !out.has(id)));
      const after = textsOf([...left, ...(fresh.get(hash) ?? [])]);
      if (after.length === 0) this.#texts.delete(hash);
      else this.#texts.set(hash, after);
      removed.push(...before);
      added.push(...after);
    }
    this.#regroup(removed, added);
  }

  /** The groups of two and more, in order of their first members. Those in which nothing changed are the same objects. */
  groups(): readonly CopyGroup[] {
    this.#groups ??= [...new Set(this.#clusters.values())].flatMap(({ groups }) => groups).sort(byFirst);
    return this.#groups;
  }

  #regroup(removed: readonly Text[], added: readonly Text[]): void {
    const shifted = this.#buckets.change(removed, added);
    const touched = new Set<Text>(added);
    for (const text of removed) {
      for (const other of this.#like.get(text) ?? []) this.#part(text, other, touched);
      this.#uncluster(text, touched);
    }
    for (const text of shifted)
      for (const other of this.#like.get(text) ?? [])
        if (!this.#buckets.holds(text, other)) this.#part(text, other, touched);
    const looked = new Set<Text>([...added, ...shifted]);
    const read = new Set<Text>(looked);
    for (const text of looked)
      for (const other of this.#buckets.near(text)) {
        // Of two that are both looked at, the first has been compared with the other or will be.
        if (looked.has(other) && byId(other, text) < 0) continue;
        read.add(other);
        if (!this.#like.get(text)?.has(other) && isEditedCopy(text.of, other.of))
          this.#join(text, other, touched);
      }
    // What stood in one cluster with a text that is touched is clustered anew with it; the set grows meanwhile.
    for (const text of touched) this.#uncluster(text, touched);
    const clustered = new Set<Text>(removed);
    for (const text of touched) if (!clustered.has(text)) this.#cluster(text, clustered);
    for (const { of } of [...read, ...touched]) of.forget();
    this.#groups = null;
  }

  #join(a: Text, b: Text, touched: Set<Text>): void {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      this.#like.set(one, (this.#like.get(one) ?? new Set()).add(other));
      touched.add(one);
    }
  }

  #part(a: Text, b: Text, touched: Set<Text>): void {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const like = this.#like.get(one);
      like?.delete(other);
      if (like?.size === 0) this.#like.delete(one);
      touched.add(one);
    }
  }

  #uncluster(text: Text, touched: Set<Text>): void {
    for (const member of this.#clusters.get(text)?.texts ?? []) {
      this.#clusters.delete(member);
      touched.add(member);
    }
  }

  #cluster(first: Text, clustered: Set<Text>): void {
    const texts = new Set([first]);
    for (const text of texts) for (const other of this.#like.get(text) ?? []) texts.add(other);
    for (const text of texts) clustered.add(text);
    if (texts.size === 1 && first.all.length === 1) return;
    const inOrder = [...texts].sort(byId);
    const cluster = {
      texts: inOrder,
      groups: groupsOf(inOrder, (text) => this.#like.get(text) ?? new Set()),
    };
    for (const text of texts) this.#clusters.set(text, cluster);
  }
}

/** Reports by the hash of their words. */
function byWords(reports: readonly Compared[]): Map<string, Compared[]> {
  const lists = new Map<string, Compared[]>();
  for (const report of reports) {
    const list = lists.get(report.sketch.text);
    if (list === undefined) lists.set(report.sketch.text, [report]);
    else list.push(report);
  }
  return lists;
}

function byFirst(a: CopyGroup, b: CopyGroup): number {
  return (a.members[0] ?? "") < (b.members[0] ?? "") ? -1 : 1;
}

/** Reports of one hash as texts. */
function textsOf(reports: readonly Compared[]): Text[] {
  const classes: Compared[][] = [];
  for (const report of [...reports].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const own = classes.find((members) => members.every((member) => isSameText(member, report)));
    if (own) own.push(report);
    else classes.push([report]);
  }
  return classes.flatMap((members) => {
    const all = members.sort(byPublication);
    const [of] = all;
    return of ? [{ of, all, keys: keysOf(of) }] : [];
  });
}

/** The earliest published first; one of unknown day last. */
function byPublication(a: Compared, b: Compared): number {
  const [one, other] = [a.sketch.published[0] ?? "9", b.sketch.published[0] ?? "9"];
  return one < other ? -1 : one > other ? 1 : a.id < b.id ? -1 : 1;
}

/** The groups of texts that hang together, the most alike joined first. */
function groupsOf(texts: readonly Text[], like: (text: Text) => ReadonlySet<Text>): CopyGroup[] {
  const groups = new Map(texts.map((text) => [text, [text]]));
  const leads = new Map(texts.map((text) => [text, text]));
  const pairs = texts
    .flatMap((a) =>
      [...like(a)].filter((b) => byId(a, b) < 0).map((b) => ({ a, b, share: containment(a.of, b.of) })),
    )
    .sort((p, q) => q.share - p.share || byId(p.a, q.a) || byId(p.b, q.b));
  for (const { a, b } of pairs) {
    const [one, other] = [leads.get(a) ?? a, leads.get(b) ?? b];
    if (one === other) continue;
    const [first, second] = [groups.get(one) ?? [], groups.get(other) ?? []];
    // All of a group are copies of each other: a digest that holds two texts does not make them one.
    if (!first.every((x) => second.every((y) => isEditedCopy(x.of, y.of)))) continue;
    for (const text of second) leads.set(text, one);
    first.push(...second);
    groups.delete(other);
  }
  return [...groups.values()]
    .map((group) => group.flatMap(({ all }) => all).sort(byPublication))
    .filter((members) => members.length > 1)
    .map((members) => ({ members: members.map(({ id }) => id) }));
}
