/**
 * What several workers of one bot share: the queue of updates, the rate of outgoing calls, who lives and who leads.
 *
 * A turn is an update from its arrival until all that answers it has its end. Turns of one lane are taken one at a
 * time and in order; a turn belongs to the worker that took it, and what another worker writes about it changes nothing.
 */
import type { Delivery, DeliveryDraft, State, StoredUpdate } from "./state.ts";

export interface QueuedUpdate extends StoredUpdate {
  /** What is answered one at a time, in order. */
  readonly lane: string;
  /** What asks for the same while this waits asks for nothing new; null when everything is new. */
  readonly same: string | null;
}

export interface Turn {
  readonly turn: number;
  readonly updateId: number;
  /** Null when it is answered and only what was planned is to be delivered. */
  readonly payload: string | null;
  /** As many as the limit waited in its lane when it came. */
  readonly crowded: boolean;
  /** How often it was taken, this time too. */
  readonly attempts: number;
}

/** An update that could not be answered; its text stays until it is put back or thrown away. */
export interface DeadLetter {
  readonly updateId: number;
  readonly receivedAt: number;
  readonly failedAt: number;
  readonly attempts: number;
  /** Kind and place of the error; never a question. */
  readonly reason: string;
}

export interface SharedQueue {
  /**
   * Stores an update and wakes the workers. "known": one with this id was stored before; "repeated": what it asks is
   * waited for already, so that it counts as answered.
   */
  accept(update: QueuedUpdate, options: { readonly crowd: number }): Promise<"queued" | "known" | "repeated">;
  /** Takes so many turns at most, each the first of its lane. */
  take(limit: number): Promise<readonly Turn[]>;
  /** Ends the turn unless something planned in it has no end yet, which it gives. */
  close(turn: number): Promise<readonly Delivery[]>;
  /** Lets it be taken again after so many milliseconds; its lane waits. */
  giveBack(turn: number, delay: number): Promise<void>;
  /** In one step: the update is a dead letter, and these calls are to be made. */
  giveUp(
    turn: Turn,
    failure: { readonly reason: string; readonly now: number },
    drafts: readonly DeliveryDraft[],
  ): Promise<readonly Delivery[]>;
  /** Whether it is the first of its key in so many milliseconds, for all workers together; the first stays it when it asks again. */
  first(key: string, milliseconds: number, updateId: number): Promise<boolean>;
  /** The next of that key is the first again. */
  unseen(key: string): Promise<void>;
  /** Turns that are not done with. */
  length(): Promise<number>;
}

/** The dead letters of a bot, for its operator. */
export interface DeadLetters {
  list(): Promise<readonly DeadLetter[]>;
  /** Puts one back into the queue as if it had just come; false when there is none. */
  requeue(updateId: number): Promise<boolean>;
  /** Throws one away; false when there is none. */
  drop(updateId: number): Promise<boolean>;
}

/** Calls in any stretch of time. */
export interface RateLimits {
  /** All calls: one each so many milliseconds, and so many at once. */
  readonly all: { readonly every: number; readonly burst: number };
  /** Calls to the chat: at most `count` in any stretch of `milliseconds`. */
  readonly chat: readonly { readonly count: number; readonly milliseconds: number }[];
}

/** The rate of all workers together, by the server's clock. */
export interface SharedPace {
  /** When `taken`, the call may leave after `wait` milliseconds; otherwise it is to ask again then. */
  take(chat: string, limits: RateLimits): Promise<{ readonly wait: number; readonly taken: boolean }>;
  /** Telegram said to wait: nothing leaves for the chat; nothing at all when several chats are held. */
  hold(chat: string, milliseconds: number): Promise<void>;
}

/** One worker among others. */
export interface Membership {
  readonly worker: number;
  readonly state: State;
  readonly queue: SharedQueue;
  readonly pace: SharedPace;
  /** Runs `work` for as long as this worker leads, each time it comes to lead; its signal is aborted when that ends. */
  lead(work: (signal: AbortSignal) => Promise<void>): void;
  /** Does the work while no other worker does work of this name; false, and nothing is done, when one does. */
  alone(name: string, work: () => Promise<void>): Promise<boolean>;
  /** Told when there may be something to take. */
  onWork(wake: () => void): void;
  /** Resolves, with the reason in one line, when the others take this worker for dead. */
  readonly expelled: Promise<string>;
  /** Gives back what it has not done, and leaves. */
  leave(): Promise<void>;
}
