import type { Addition, NameRow, Post, SpellingEffect, Understood, UnderstoodReport } from "./addition.ts";

/** A collection as an admin changes it. */
export interface Library {
  /** What a file, or a post, would be understood to hold. Nothing of it is kept. Never rejects for what it holds. */
  understand(document: { name: string; bytes: Uint8Array } | Post): Promise<Understood>;
  /** A report of the collection as it is understood now; null when there is none. */
  understandReport(id: string): Promise<UnderstoodReport | null>;
  /** The place that a text names; null for none. */
  placeOf(text: string): { readonly id: string; readonly name: string } | null;
  /** Names of places and publishers that a text means; for an empty one those that the collection names most. */
  namesLike(text: string): Promise<readonly NameRow[]>;
  /** The name of this key (callback.ts); null when there is none. */
  nameByKey(key: string): Promise<NameRow | null>;
  /** Whether the name is spelt so already. */
  isSpelt(row: NameRow, spelling: string): Promise<boolean>;
  /** What a spelling of a name stands for in the collection. */
  effectOf(row: NameRow, spelling: string): Promise<SpellingEffect>;
  /** What `revert` puts back; asked for before anything is written. */
  former(draft: { readonly id: string; readonly addition: Addition }): Promise<unknown>;
  /**
   * Writes a confirmed addition into the folder of the collection, or its corrections beside it; doing it twice is the
   * same as once. `bytes` are those of a file.
   */
  write(draft: { readonly id: string; readonly addition: Addition }, bytes: Uint8Array | null): Promise<void>;
  /** Undoes what was written; doing it twice is the same as once. */
  revert(draft: { readonly id: string; readonly addition: Addition }): Promise<void>;
  /** Brings the index up to date, so that answers come from it; tells of each stage. Rejects when it cannot be done. */
  takeUp(onStage: (stage: Stage) => void): Promise<void>;
  /**
   * Whether this machine holds what the collection is made from: elsewhere nothing may be added to it. What is under way
   * need not be as the collection has it.
   */
  isHere(underWay: readonly { readonly id: string; readonly addition: Addition }[]): Promise<boolean>;
  /** Whether all these reports are in the collection that answers. */
  holds(reports: readonly string[]): Promise<boolean>;
}

export const STAGES = ["read", "cut", "embed", "neighbours", "index"] as const;
export type Stage = (typeof STAGES)[number];
