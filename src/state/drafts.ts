/**
 * Work of admins that takes several steps: what they are about to add or to correct. It changes nothing before they
 * confirm it, outlives restarts, and ends by itself.
 */

/** How long after its last step a draft can be gone on with. */
export const DRAFT_LIFE_MS = 24 * 3_600_000;

export interface Draft {
  readonly id: string;
  /** The private chat of the admin. */
  readonly chat: string;
  /** JSON: what it is about and how far it is. */
  readonly value: string;
  /** 1 for a new draft, one more at each change. */
  readonly step: number;
  readonly changedAt: number;
}

export interface Drafts {
  /** Keeps a draft in the place of its last step; false, and nothing is kept, when that is not the step before this one. */
  save(draft: Draft): Promise<boolean>;
  get(id: string, now: number): Promise<Draft | null>;
  /** All that have not outlived their time, the one changed last first. */
  list(now: number): Promise<readonly Draft[]>;
  remove(id: string): Promise<void>;
}
