/**
 * Who wants to be told of new reports, and how far the collection was looked through for them. What is told is planned
 * in the step that marks it as told: a program that is killed tells it once or, at worst, not at all.
 */
import type { Delivery, DeliveryDraft } from "./state.ts";

/** How long a subscription lasts. */
export const SUBSCRIPTION_LIFE_MS = 180 * 24 * 3_600_000;
/** How many one person may have. */
export const MOST_SUBSCRIPTIONS = 10;

export interface Subscription {
  readonly id: string;
  /** The private chat in which it is told. */
  readonly chat: string;
  /** Opaque mark of the person. */
  readonly person: string;
  /** JSON: what it is about. */
  readonly topic: string;
  /** Whether it is told once a day instead of at once. */
  readonly daily: boolean;
  readonly madeAt: number;
}

/** Something new that waits for the day's digest; `payload` is JSON. */
export interface HeldDraft {
  readonly subscription: string;
  readonly payload: string;
}

export interface Held extends HeldDraft {
  readonly id: number;
  readonly foundAt: number;
}

/** What a look through the collection found. */
export interface Findings {
  /** The mark that was read before the look; another one since then, and nothing of this is kept. */
  readonly from: string | null;
  /** Names the collection that was looked through. */
  readonly to: string;
  /** Marks of what is known from now on. */
  readonly keys: readonly string[];
  /** Calls to be made at once. */
  readonly deliveries: readonly DeliveryDraft[];
  readonly held: readonly HeldDraft[];
}

export interface Subscriptions {
  /** Keeps a subscription. "known" when the person has one for the same topic, "too_many" when there is room for no more. */
  add(subscription: Subscription): Promise<"added" | "known" | "too_many">;
  /** What one person has, the earliest first. */
  of(person: string): Promise<readonly Subscription[]>;
  /** All that have not outlived their time, the earliest first. */
  all(now: number): Promise<readonly Subscription[]>;
  /** False when the person has no such subscription. */
  setDaily(id: string, person: string, daily: boolean): Promise<boolean>;
  /** Ends it with what waits for its digest; false when the person has no such subscription. */
  end(id: string, person: string): Promise<boolean>;

  /** Names the collection that was looked through last; null when none was. */
  lookedThrough(): Promise<string | null>;
  /** Those of the marks that are known. */
  known(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * In one step: these marks are known, what was found is planned or held, and the collection is looked through. Null,
   * and nothing is kept, when somebody else has looked meanwhile. What belongs to an ended subscription is left out.
   */
  found(findings: Findings, now: number): Promise<readonly Delivery[] | null>;
  /** What was found before that time and waits for a digest, the earliest first. */
  held(before: number): Promise<readonly Held[]>;
  /** In one step: these no longer wait, and the calls are to be made. Null, and nothing is done, when one of them is gone. */
  tell(
    ids: readonly number[],
    deliveries: readonly DeliveryDraft[],
    now: number,
  ): Promise<readonly Delivery[] | null>;
}

/** What the seal (seal.ts) of a subscription's topic covers besides the topic, the same in every state that keeps one. */
export function subscriptionSealKeys({
  id,
  chat,
  person,
}: Pick<Subscription, "id" | "chat" | "person">): readonly string[] {
  return ["subscription", id, chat, person];
}
