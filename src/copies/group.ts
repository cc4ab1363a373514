/** Groups the reports of a collection that are one text. Near-linear: candidates come from shared shingles. */
import { type Compared, containment, isEditedCopy, isSameText } from "./similarity.ts";

/** Reports that are one text; `members` has the one that stands for all first, then the others in order of publication. */
export interface CopyGroup {
  readonly members: readonly string[];
}

/** The hashes of a text under which its copies are looked for: of two copies these are largely the same. */
const LOOKED_UP = 16;
/** A shingle that more different texts share is a set phrase. */
const SET_PHRASE = 100;
/** Of texts that share a shingle, each is compared with so many of the next. */
const NEXT = 4;
/** Where few share it, each is compared with each. */
const FEW = 12;

/** The groups of two and more, in order of their first members. */
export function groupCopies(reports: readonly Compared[]): CopyGroup[] {
  const nodes = sameTexts(reports);
  const clusters = new Map(nodes.map((node) => [node, [node]]));
  const leads = new Map(nodes.map((node) => [node, node]));
  const leadOf = (node: Node): Node => leads.get(node) ?? node;
  const pairs = candidates(nodes)
    .filter(([a, b]) => isEditedCopy(a.of, b.of))
    .map(([a, b]) => ({ a, b, share: containment(a.of, b.of) }))
    .sort(
      (p, q) => q.share - p.share || (p.a.of.id < q.a.of.id ? -1 : 1) || (p.b.of.id < q.b.of.id ? -1 : 1),
    );
  for (const { a, b } of pairs) {
    const [one, other] = [leadOf(a), leadOf(b)];
    if (one === other) continue;
    const [first, second] = [clusters.get(one) ?? [], clusters.get(other) ?? []];
    // All of a group are copies of each other: a digest that holds two texts does not make them one.
    if (!first.every((x) => second.every((y) => isEditedCopy(x.of, y.of)))) continue;
    for (const node of second) leads.set(node, one);
    first.push(...second);
    clusters.delete(other);
  }
  return [...clusters.values()]
    .map((cluster) => cluster.flatMap(({ all }) => all).sort(byPublication))
    .filter((members) => members.length > 1)
    .map((members) => ({ members: members.map(({ id }) => id) }))
    .sort((a, b) => ((a.members[0] ?? "") < (b.members[0] ?? "") ? -1 : 1));
}

/** Reports with the same words, of which one is compared with others. */
interface Node {
  readonly of: Compared;
  readonly all: readonly Compared[];
}

function sameTexts(reports: readonly Compared[]): Node[] {
  const byText = new Map<string, Compared[][]>();
  for (const report of reports) {
    const classes = byText.get(report.sketch.text) ?? [];
    byText.set(report.sketch.text, classes);
    const own = classes.find((members) => members.every((member) => isSameText(member, report)));
    if (own) own.push(report);
    else classes.push([report]);
  }
  return [...byText.values()].flat().flatMap((all) => {
    const [of] = all.sort(byPublication);
    return of ? [{ of, all }] : [];
  });
}

/** The earliest published first; one of unknown day last. */
function byPublication(a: Compared, b: Compared): number {
  const [one, other] = [a.sketch.published[0] ?? "9", b.sketch.published[0] ?? "9"];
  return one < other ? -1 : one > other ? 1 : a.id < b.id ? -1 : 1;
}

/** Pairs of texts that share a shingle which is no set phrase. */
function candidates(nodes: readonly Node[]): [Node, Node][] {
  const sharing = new Map<number, number[]>();
  for (const [at, { of }] of nodes.entries()) {
    for (const hash of of.shingles.subarray(0, LOOKED_UP)) {
      const list = sharing.get(hash);
      if (list === undefined) sharing.set(hash, [at]);
      else list.push(at);
    }
  }
  const pairs = new Set<number>();
  for (const list of sharing.values()) {
    if (list.length < 2 || list.length > SET_PHRASE) continue;
    const reach = list.length <= FEW ? list.length : NEXT;
    for (const [at, one] of list.entries())
      for (const other of list.slice(at + 1, at + 1 + reach)) pairs.add(one * nodes.length + other);
  }
  return [...pairs].flatMap((pair) => {
    const [one, other] = [nodes[Math.floor(pair / nodes.length)], nodes[pair % nodes.length]];
    return one && other ? [[one, other] as [Node, Node]] : [];
  });
}
