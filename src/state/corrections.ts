/**
 * Corrections and testimonies that people send to the operator. They are kept apart from the reports: nothing here is
 * ever searched, quoted or answered from.
 */

/** How long the next message of a conversation is taken for a correction after somebody asked to send one. */
export const EXPECTATION_LIFE_MS = 30 * 60_000;

export interface Correction {
  /** The same for a message that is handled twice. */
  readonly id: string;
  /** Opaque mark of the person: to limit how much one sends, and to forget it. */
  readonly person: string;
  readonly text: string;
  /** Ids of the reports that the last answer quoted before it. */
  readonly reports: readonly string[];
  readonly sentAt: number;
}

export interface Corrections {
  /** The conversation's next message is a correction. */
  expect(conversation: string, now: number): Promise<void>;
  isExpected(conversation: string, now: number): Promise<boolean>;
  /** The next message is a question again; false when no correction was expected. */
  cancel(conversation: string): Promise<boolean>;
  /** Keeps a correction, once, and ends the expectation. */
  save(correction: Correction, conversation: string): Promise<void>;
  has(id: string): Promise<boolean>;
  /** How many a person has sent since. */
  countSince(person: string, since: number): Promise<number>;
  /** All, in the order sent. */
  list(): Promise<readonly Correction[]>;
}
