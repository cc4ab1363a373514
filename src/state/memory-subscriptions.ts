import type { Delivery, DeliveryDraft } from "./state.ts";
import {
  type Held,
  MOST_SUBSCRIPTIONS,
  SUBSCRIPTION_LIFE_MS,
  type Subscription,
  type Subscriptions,
} from "./subscriptions.ts";

/** Subscriptions that live as long as the process, with what a state does to them. */
export interface MemorySubscriptions extends Subscriptions {
  /** Ends what one person, or one chat, has; gives how many there were. */
  drop(isTheirs: (subscription: Subscription) => boolean): number;
  prune(now: number): void;
}

export function openMemorySubscriptions(
  plan: (draft: DeliveryDraft, now: number) => Delivery,
): MemorySubscriptions {
  const kept = new Map<string, Subscription>();
  const seen = new Set<string>();
  let waiting: Held[] = [];
  let mark: string | null = null;
  let lastHeld = 0;

  const drop = (isTheirs: (subscription: Subscription) => boolean): number => {
    const theirs = [...kept.values()].filter(isTheirs).map(({ id }) => id);
    for (const id of theirs) kept.delete(id);
    waiting = waiting.filter(({ subscription }) => kept.has(subscription));
    return theirs.length;
  };
  const ordered = () => [...kept.values()].sort((a, b) => a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1));
  const own = (id: string, person: string) => {
    const found = kept.get(id);
    return found?.person === person ? found : null;
  };

  return {
    async add(subscription) {
      const theirs = [...kept.values()].filter(({ person }) => person === subscription.person);
      if (theirs.some(({ topic }) => topic === subscription.topic)) return "known";
      if (theirs.length >= MOST_SUBSCRIPTIONS) return "too_many";
      kept.set(subscription.id, subscription);
      return "added";
    },
    async of(person) {
      return ordered().filter((each) => each.person === person);
    },
    async all(now) {
      return ordered().filter(({ madeAt }) => madeAt > now - SUBSCRIPTION_LIFE_MS);
    },
    async setDaily(id, person, daily) {
      const found = own(id, person);
      if (found) kept.set(id, { ...found, daily });
      return found !== null;
    },
    async end(id, person) {
      return own(id, person) !== null && drop((each) => each.id === id) > 0;
    },
    async lookedThrough() {
      return mark;
    },
    async known(keys) {
      return new Set(keys.filter((key) => seen.has(key)));
    },
    async found({ from, to, keys, deliveries, held }, now) {
      if (mark !== from) return null;
      mark = to;
      for (const key of keys) seen.add(key);
      for (const { subscription, payload } of held) {
        if (!kept.has(subscription)) continue;
        lastHeld += 1;
        waiting.push({ id: lastHeld, subscription, payload, foundAt: now });
      }
      const chats = new Set([...kept.values()].map(({ chat }) => chat));
      return deliveries.filter(({ chat }) => chats.has(chat)).map((draft) => plan(draft, now));
    },
    async held(before) {
      return waiting.filter(({ foundAt }) => foundAt < before);
    },
    async tell(ids, deliveries, now) {
      const there = new Set(waiting.map(({ id }) => id));
      if (ids.some((id) => !there.has(id))) return null;
      waiting = waiting.filter(({ id }) => !ids.includes(id));
      return deliveries.map((draft) => plan(draft, now));
    },
    drop,
    prune(now) {
      drop(({ madeAt }) => madeAt <= now - SUBSCRIPTION_LIFE_MS);
    },
  };
}
