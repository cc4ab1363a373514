import { type Correction, type Corrections, EXPECTATION_LIFE_MS } from "./corrections.ts";

/** Corrections that live as long as the process, with what a state does to them. */
export interface MemoryCorrections extends Corrections {
  /** Deletes what one person sent; resolves to how many there were. */
  forget(person: string, isTheirs: (conversation: string) => boolean): number;
  prune(now: number): void;
}

export function openMemoryCorrections(): MemoryCorrections {
  const kept = new Map<string, Correction>();
  const expected = new Map<string, number>();
  const isOver = (since: number, now: number) => since <= now - EXPECTATION_LIFE_MS;
  return {
    async expect(conversation, now) {
      expected.set(conversation, now);
    },
    async isExpected(conversation, now) {
      const since = expected.get(conversation);
      return since !== undefined && !isOver(since, now);
    },
    async cancel(conversation) {
      return expected.delete(conversation);
    },
    async save(correction, conversation) {
      if (!kept.has(correction.id)) kept.set(correction.id, correction);
      expected.delete(conversation);
    },
    async has(id) {
      return kept.has(id);
    },
    async countSince(person, since) {
      return [...kept.values()].filter((each) => each.person === person && each.sentAt >= since).length;
    },
    async list() {
      return [...kept.values()].sort((a, b) => a.sentAt - b.sentAt || (a.id < b.id ? -1 : 1));
    },
    forget(person, isTheirs) {
      for (const conversation of [...expected.keys()])
        if (isTheirs(conversation)) expected.delete(conversation);
      const theirs = [...kept.values()].filter((each) => each.person === person);
      for (const { id } of theirs) kept.delete(id);
      return theirs.length;
    },
    prune(now) {
      for (const [conversation, since] of expected) if (isOver(since, now)) expected.delete(conversation);
    },
  };
}
