/**
 * What the bot must remember, apart from the reports: updates not yet answered, messages not yet delivered, the last
 * answer of each conversation, citations of answers sent, offers behind buttons, verdicts of readers.
 *
 * Times are milliseconds since 1970 and always passed in. `chat` is a Telegram chat id as a string; `conversation` is
 * a chat or one person in a group. Nothing here is derived from the index. All methods may be called at once.
 */
import type { Corrections } from "./corrections.ts";
import type { Drafts } from "./drafts.ts";
import type { Subscriptions } from "./subscriptions.ts";

/** How long the last answer of a conversation can be referred to. */
export const MEMORY_LIFE_MS = 24 * 3_600_000;
/** How long settled updates and deliveries are kept to recognise repetitions (Telegram keeps updates one day). */
export const SETTLED_LIFE_MS = 3 * 24 * 3_600_000;

/** How long offers stay behind their buttons, and citations of answers without a verdict. */
export const ANSWER_LIFE_MS = 30 * 24 * 3_600_000;

/** An update that was received and is not answered yet; `payload` and `chat` leave the file once it is. */
export interface StoredUpdate {
  readonly id: number;
  readonly chat: string;
  readonly payload: string;
  readonly receivedAt: number;
}

/**
 * One call to be made in a chat. `payload` is JSON; `question` the id of the message that is answered, null when
 * nobody will ask for it: nothing is kept of such a call once it is settled.
 */
export interface DeliveryDraft {
  readonly chat: string;
  readonly question: number | null;
  readonly payload: string;
}

export interface Delivery extends DeliveryDraft {
  readonly id: number;
  /** "sending" after a restart: nobody knows whether it arrived. */
  readonly status: "pending" | "sending";
}

/** What became of a delivery: "uncertain" when the connection broke before the answer came. */
export type Settled =
  | { readonly status: "sent"; readonly message: number | null }
  | { readonly status: "refused" | "uncertain"; readonly message: null };

export interface SentAnswer {
  readonly id: string;
  readonly conversation: string;
  /** JSON: report, passage, start, end of each citation, in order of n. Never the question. */
  readonly citations: string;
  readonly sentAt: number;
}

export type Verdict = "good" | "bad" | "wrong_quotation";

/** A question behind a button of a chat; `conversation` is whose answer offered it. */
export interface OfferDraft {
  readonly id: string;
  readonly chat: string;
  readonly conversation: string;
  readonly question: string;
  readonly now: number;
}

export interface Feedback {
  readonly answer: string;
  /** Opaque mark of the person, so that a second verdict replaces the first. */
  readonly person: string;
  readonly verdict: Verdict;
  readonly givenAt: number;
}

/** How much was deleted of a person. */
export interface Forgotten {
  /** Conversations whose last answer was remembered. */
  readonly conversations: number;
  readonly answers: number;
  readonly offers: number;
  readonly verdicts: number;
  readonly corrections: number;
  readonly subscriptions: number;
  /** Whether the person had been let in by an invitation, and is no longer. */
  readonly admission: boolean;
}

export interface State {
  /** What people send to the operator: apart from all that answers are made of. */
  readonly corrections: Corrections;
  /** Who wants to be told of new reports. */
  readonly subscriptions: Subscriptions;
  /** What admins are about to add or to correct. */
  readonly drafts: Drafts;

  /** Stores an update; false when one with this id was stored before. */
  accept(update: StoredUpdate): Promise<boolean>;
  /** Updates accepted and not answered, in the order received. */
  unanswered(): Promise<readonly StoredUpdate[]>;
  /** In one step: the update is answered, its text removed, and these calls are to be made, in this order. */
  answered(updateId: number, deliveries: readonly DeliveryDraft[], now: number): Promise<readonly Delivery[]>;
  /** Calls planned and not settled, in order. */
  undelivered(): Promise<readonly Delivery[]>;
  sending(deliveryId: number): Promise<void>;
  /** It was under way and is certain not to have been done: it waits again. */
  unsent(deliveryId: number): Promise<void>;
  /** In one step: the delivery has its end, and what is to be said about that is planned; gives that, or null. */
  settle(
    deliveryId: number,
    settled: Settled,
    now: number,
    followUp?: DeliveryDraft,
  ): Promise<Delivery | null>;
  /** Ids of the messages that answered this question, in order. */
  repliesTo(chat: string, question: number): Promise<readonly number[]>;
  /** Drops what waits for a chat that no longer wants it, and ends its subscriptions. */
  dropChat(chat: string): Promise<void>;

  recall(conversation: string, now: number): Promise<string | null>;
  remember(conversation: string, value: string, now: number): Promise<void>;

  recordAnswer(answer: SentAnswer): Promise<void>;
  answer(id: string): Promise<SentAnswer | null>;
  /** The answer that was sent last in a conversation. */
  lastAnswer(conversation: string): Promise<SentAnswer | null>;

  /** Keeps a question behind a short id; the same question in the same chat keeps its id. */
  saveOffer(offer: OfferDraft): Promise<void>;
  offer(id: string, chat: string): Promise<string | null>;
  dropOffer(id: string, chat: string): Promise<void>;

  saveFeedback(feedback: Feedback): Promise<void>;
  feedback(): Promise<readonly Feedback[]>;

  saveInvitation(fingerprint: string, now: number): Promise<void>;
  /** True once, for an invitation made after that time. */
  useInvitation(fingerprint: string, notBefore: number): Promise<boolean>;
  /** People let in by an invitation. */
  admit(person: string, now: number): Promise<void>;
  isAdmitted(person: string): Promise<boolean>;

  /** The file's id at Telegram for bytes sent before, by their sha256. */
  fileId(sha256: string): Promise<string | null>;
  saveFileId(sha256: string, fileId: string): Promise<void>;

  /**
   * Deletes what is stored of a person: the private chat, the conversations in groups ("chat:person"), verdicts,
   * corrections, subscriptions, drafts and admission. Questions that wait for an answer stay until they have it.
   */
  forget(person: { chat: string; person: string }): Promise<Forgotten>;
  /** Deletes what has outlived its purpose. */
  prune(now: number): Promise<void>;
  close(): Promise<void>;
}

/** The state file cannot be opened or written. The message names the file and ends in the remedy. */
export class StateError extends Error {
  override readonly name = "StateError";
}
