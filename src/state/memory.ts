import { openMemoryCorrections } from "./memory-corrections.ts";
import { openMemoryDrafts } from "./memory-drafts.ts";
import { openMemorySubscriptions } from "./memory-subscriptions.ts";
import {
  ANSWER_LIFE_MS,
  type Delivery,
  type DeliveryDraft,
  type Feedback,
  MEMORY_LIFE_MS,
  type OfferDraft,
  SETTLED_LIFE_MS,
  type SentAnswer,
  type Settled,
  type State,
  type StoredUpdate,
} from "./state.ts";

interface DeliveryRow extends DeliveryDraft {
  readonly id: number;
  readonly plannedAt: number;
  waiting: boolean;
  status: "pending" | "sending" | "settled";
  message: number | null;
}

/** A state that lives as long as the process: for tests, and for the chat in the terminal. */
export function openMemoryState(): State {
  const updates = new Map<number, { update: StoredUpdate; waiting: boolean }>();
  const deliveries: DeliveryRow[] = [];
  const memory = new Map<string, { value: string; at: number }>();
  const answers = new Map<string, SentAnswer>();
  const offers = new Map<string, OfferDraft>();
  const verdicts = new Map<string, Feedback>();
  const invitations = new Map<string, number>();
  const admitted = new Set<string>();
  const files = new Map<string, string>();
  const corrections = openMemoryCorrections();
  let lastDelivery = 0;

  const find = (id: number) => deliveries.find((row) => row.id === id && row.waiting);
  /** How many were deleted. */
  const deleteWhere = <K, V>(map: Map<K, V>, matches: (value: V, key: K) => boolean): number => {
    const before = map.size;
    for (const [key, value] of map) if (matches(value, key)) map.delete(key);
    return before - map.size;
  };
  const keep = (matches: (row: DeliveryRow) => boolean) => {
    deliveries.splice(0, deliveries.length, ...deliveries.filter(matches));
  };

  const plan = ({ chat, question, payload }: DeliveryDraft, now: number): Delivery => {
    lastDelivery += 1;
    const kept = { chat, question, payload, id: lastDelivery };
    deliveries.push({ ...kept, plannedAt: now, waiting: true, status: "pending", message: null });
    return { ...kept, status: "pending" };
  };
  const subscriptions = openMemorySubscriptions(plan);
  const drafts = openMemoryDrafts();

  return {
    corrections,
    drafts,
    subscriptions,
    async accept(update) {
      if (updates.has(update.id)) return false;
      updates.set(update.id, { update, waiting: true });
      return true;
    },
    async unanswered() {
      const waiting = [...updates.values()].filter((row) => row.waiting).map((row) => row.update);
      return waiting.sort((a, b) => a.receivedAt - b.receivedAt || a.id - b.id);
    },
    async answered(updateId, drafts, now) {
      const row = updates.get(updateId);
      if (!row?.waiting) return [];
      updates.set(updateId, { update: { ...row.update, payload: "" }, waiting: false });
      return drafts.map((draft) => plan(draft, now));
    },
    async undelivered() {
      return deliveries.flatMap(({ id, chat, question, payload, waiting, status }) =>
        waiting && status !== "settled" ? [{ id, chat, question, payload, status }] : [],
      );
    },
    async sending(deliveryId) {
      const row = find(deliveryId);
      if (row) row.status = "sending";
    },
    async unsent(deliveryId) {
      const row = find(deliveryId);
      if (row) row.status = "pending";
    },
    async settle(deliveryId, settled: Settled, now, followUp) {
      const row = deliveries.find((each) => each.id === deliveryId);
      if (row) Object.assign(row, { waiting: false, status: "settled", message: settled.message });
      return followUp ? plan(followUp, now) : null;
    },
    async repliesTo(chat, question) {
      const rows = deliveries.filter((row) => row.chat === chat && row.question === question);
      return [...new Set(rows.flatMap((row) => (row.message === null ? [] : [row.message])))];
    },
    async dropChat(chat) {
      for (const row of updates.values()) if (row.update.chat === chat) row.waiting = false;
      for (const row of deliveries) if (row.chat === chat) row.waiting = false;
      subscriptions.drop((each) => each.chat === chat);
    },

    async recall(conversation, now) {
      const found = memory.get(conversation);
      return found && found.at > now - MEMORY_LIFE_MS ? found.value : null;
    },
    async remember(conversation, value, now) {
      memory.set(conversation, { value, at: now });
    },

    async recordAnswer(answer) {
      answers.set(answer.id, answer);
    },
    async answer(id) {
      return answers.get(id) ?? null;
    },
    async lastAnswer(conversation) {
      const sent = [...answers.values()].filter((answer) => answer.conversation === conversation);
      return sent.reduce<SentAnswer | null>(
        (last, each) => (last && last.sentAt > each.sentAt ? last : each),
        null,
      );
    },
    async saveOffer(offer) {
      offers.set(`${offer.id} ${offer.chat}`, offer);
    },
    async offer(id, chat) {
      return offers.get(`${id} ${chat}`)?.question ?? null;
    },
    async dropOffer(id, chat) {
      offers.delete(`${id} ${chat}`);
    },
    async saveFeedback(feedback) {
      verdicts.set(`${feedback.answer} ${feedback.person}`, feedback);
    },
    async feedback() {
      return [...verdicts.values()].sort((a, b) => a.givenAt - b.givenAt);
    },
    async saveInvitation(fingerprint, now) {
      invitations.set(fingerprint, now);
    },
    async useInvitation(fingerprint, notBefore) {
      return (invitations.get(fingerprint) ?? -1) >= notBefore && invitations.delete(fingerprint);
    },
    async admit(person) {
      admitted.add(person);
    },
    async isAdmitted(person) {
      return admitted.has(person);
    },
    async fileId(sha256) {
      return files.get(sha256) ?? null;
    },
    async saveFileId(sha256, fileId) {
      files.set(sha256, fileId);
    },

    async forget({ chat, person }) {
      keep((row) => row.chat !== chat);
      drafts.forget(chat);
      const isTheirs = (conversation: string) => conversation === chat || conversation.endsWith(`:${person}`);
      return {
        conversations: deleteWhere(memory, (_, key) => isTheirs(key)),
        answers: deleteWhere(answers, (answer) => isTheirs(answer.conversation)),
        offers: deleteWhere(offers, (offer) => offer.chat === chat || isTheirs(offer.conversation)),
        verdicts: deleteWhere(verdicts, (verdict) => verdict.person === person),
        corrections: corrections.forget(person, isTheirs),
        subscriptions: subscriptions.drop((each) => each.person === person || each.chat === chat),
        admission: admitted.delete(person),
      };
    },
    async prune(now) {
      corrections.prune(now);
      subscriptions.prune(now);
      drafts.prune(now);
      deleteWhere(updates, (row) => !row.waiting && row.update.receivedAt < now - SETTLED_LIFE_MS);
      keep((row) => row.waiting || row.plannedAt >= now - SETTLED_LIFE_MS);
      deleteWhere(memory, (row) => row.at <= now - MEMORY_LIFE_MS);
      deleteWhere(offers, (row) => row.now < now - ANSWER_LIFE_MS);
      const reviewed = new Set([...verdicts.values()].map(({ answer }) => answer));
      deleteWhere(answers, (row, id) => row.sentAt < now - ANSWER_LIFE_MS && !reviewed.has(id));
    },
    async close() {},
  };
}
