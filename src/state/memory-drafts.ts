import { DRAFT_LIFE_MS, type Draft, type Drafts } from "./drafts.ts";

/** Drafts that live as long as the process, with what a state does to them. */
export interface MemoryDrafts extends Drafts {
  forget(chat: string): void;
  prune(now: number): void;
}

export function openMemoryDrafts(): MemoryDrafts {
  const kept = new Map<string, Draft>();
  const isOver = ({ changedAt }: Draft, now: number) => changedAt <= now - DRAFT_LIFE_MS;
  return {
    async save(draft) {
      if (draft.step !== (kept.get(draft.id)?.step ?? 0) + 1) return false;
      kept.set(draft.id, draft);
      return true;
    },
    async get(id, now) {
      const draft = kept.get(id);
      return draft && !isOver(draft, now) ? draft : null;
    },
    async list(now) {
      const open = [...kept.values()].filter((draft) => !isOver(draft, now));
      return open.sort((a, b) => b.changedAt - a.changedAt || (a.id < b.id ? -1 : 1));
    },
    async remove(id) {
      kept.delete(id);
    },
    forget(chat) {
      for (const draft of [...kept.values()]) if (draft.chat === chat) kept.delete(draft.id);
    },
    prune(now) {
      for (const draft of [...kept.values()]) if (isOver(draft, now)) kept.delete(draft.id);
    },
  };
}
