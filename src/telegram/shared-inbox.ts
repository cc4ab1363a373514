/**
 * The inbox of one worker among several: what comes is put into the queue that all share, and each takes from it what it
 * has room for. A turn is over when all that answers it has its end; until then nobody takes the next of its lane.
 */
import { FAILED, TOO_MANY } from "../phrases/telegram.ts";
import type { Membership, Turn } from "../state/shared.ts";
import type { Delivery } from "../state/state.ts";
import type { Call } from "./call.ts";
import { conversationOf } from "./calls.ts";
import { type Openings, openingOf } from "./group.ts";
import { type Inbox, type InboxOptions, LONGEST_QUEUE } from "./inbox.ts";
import { loggable } from "./loggable.ts";
import { makePersist } from "./persist.ts";
import { type Inbound, inboundSchema, readUpdate } from "./update.ts";
import { draftsOf, laneOf, makeWork, sentence } from "./work.ts";

export interface SharedInboxOptions extends Omit<InboxOptions, "state"> {
  readonly member: Membership;
}

/** Turns that are taken at a time, so that workers that wait get some too. */
const AT_A_TIME = 8;
/** Times that an answer is tried when it fails. */
const TRIES = 3;
/** Times that a question may end the worker that has it. */
const DEATHS = 5;
const FIRST_PAUSE_MS = 1_000;
/** Deliveries that are left over again and again are left to a later try. */
const ROUNDS = 5;
const ALBUM_MS = 3_600_000;
const COUNT_EVERY_MS = 5_000;

export function makeSharedInbox(options: SharedInboxOptions): Inbox {
  const { deliverer, member, clock, me, signal, log } = options;
  const { queue, state } = member;
  const persist = makePersist({ clock, signal, log });
  const work = makeWork(options);
  const underWay = new Map<number, Promise<void>>();
  let pumping: Promise<void> | null = null;
  let again = false;
  let resting = false;
  let away = false;
  let lastReceived = 0;
  let known = { length: 0, at: 0 };

  async function accept(raw: unknown): Promise<void> {
    const received = readUpdate(raw, me);
    if (received === null) return;
    const { id, inbound, album } = received;
    if (album !== null && inbound.kind === "other" && !(await queue.first(`album ${album}`, ALBUM_MS, id)))
      return;
    const chat = "origin" in inbound ? inbound.origin.chat : inbound.chat;
    lastReceived = Math.max(lastReceived, clock.now());
    const same =
      inbound.kind === "tap"
        ? `${conversationOf(inbound.origin)} ${inbound.origin.message} ${inbound.data}`
        : null;
    const payload = JSON.stringify(inbound);
    const update = { id, chat, lane: laneOf(chat, inbound), same, payload, receivedAt: lastReceived };
    const crowd = inbound.kind === "text" ? LONGEST_QUEUE : Number.MAX_SAFE_INTEGER;
    const outcome = await queue.accept(update, { crowd });
    if (outcome === "repeated") work.acknowledger(inbound)();
    if (outcome === "queued") pump();
  }

  /** Takes turns while there is room; called whenever there may be some. */
  function pump(): void {
    again = true;
    pumping ??= takeAll().finally(() => {
      pumping = null;
    });
  }

  async function takeAll(): Promise<void> {
    while (again && !signal.aborted && !resting) {
      again = false;
      const room = Math.min(AT_A_TIME, options.concurrency - underWay.size);
      if (room <= 0) return;
      try {
        const turns = await queue.take(room);
        for (const turn of turns) begin(turn);
        again ||= turns.length === room;
        if (away) log("queue_back");
        away = false;
        await count();
      } catch (error) {
        // The next sign of life of this worker tries again.
        if (!away) log("queue_away", { error: loggable(error) });
        away = true;
      }
    }
  }

  async function count(): Promise<void> {
    const now = clock.now();
    if (now < known.at + COUNT_EVERY_MS && now >= known.at) return;
    known = { length: await queue.length(), at: now };
  }

  function begin(turn: Turn): void {
    const done = carryOut(turn)
      .catch(async (error: unknown) => {
        report("turn", error);
        await queue.giveBack(turn.turn, pauseAfter(turn.attempts)).catch(() => undefined);
      })
      .finally(() => {
        underWay.delete(turn.turn);
        pump();
      });
    underWay.set(turn.turn, done);
  }

  async function carryOut(turn: Turn): Promise<void> {
    let deliveries = turn.payload === null ? [] : await answer(turn, turn.payload);
    if (deliveries === null) return;
    for (let round = 0; !signal.aborted; round += 1) {
      if (deliveries.length > 0) await deliverer.deliver(deliveries);
      if (signal.aborted) return;
      // What an answer planned although the connection broke before it was told stands here.
      deliveries = await persist(() => queue.close(turn.turn));
      if (deliveries.length === 0) return;
      if (round === ROUNDS) throw new Error("deliveries have no end");
    }
  }

  /** What is to be delivered, or null when the turn is left to a later try. */
  async function answer(turn: Turn, payload: string): Promise<readonly Delivery[] | null> {
    const parsed = inboundSchema.safeParse(JSON.parse(payload));
    if (!parsed.success) return answered(turn, []);
    const inbound = parsed.data;
    if (turn.crowded) return answered(turn, sentence(inbound, TOO_MANY));
    if (turn.attempts > DEATHS) {
      const reason = `taken ${turn.attempts - 1} times, and its worker ended each time`;
      return giveUp(turn, inbound, reason);
    }
    const worked = await work.answer({ id: turn.updateId, inbound });
    if (worked.kind === "ended") return null;
    if (worked.kind === "calls") return answered(turn, worked.calls);
    report("answer", worked.error);
    if (turn.attempts >= TRIES) return giveUp(turn, inbound, loggable(worked.error));
    await persist(() => queue.giveBack(turn.turn, pauseAfter(turn.attempts)));
    return null;
  }

  function answered(turn: Turn, calls: readonly Call[]): Promise<readonly Delivery[]> {
    return persist(() => state.answered(turn.updateId, draftsOf(calls), clock.now()));
  }

  /** The reader is told so, and the operator finds it among the dead letters. */
  function giveUp(turn: Turn, inbound: Inbound, reason: string): Promise<readonly Delivery[]> {
    log("dead_letter", { attempts: turn.attempts });
    const drafts = draftsOf(sentence(inbound, FAILED));
    return persist(() => queue.giveUp(turn, { reason, now: clock.now() }, drafts));
  }

  function report(stage: string, error: unknown): void {
    log("failed", { stage, error: loggable(error) });
  }

  member.onWork(pump);
  return {
    accept,
    async resume() {
      pump();
    },
    /** What was planned stands in the queue. */
    deliver: pump,
    /** From now on nothing new is taken. */
    async idle() {
      resting = true;
      await pumping;
      await Promise.all(underWay.values());
    },
    length: () => Math.max(known.length, underWay.size),
  };
}

/** Milliseconds until the next try: 1 s, 5 s, 25 s. */
function pauseAfter(attempts: number): number {
  return FIRST_PAUSE_MS * 5 ** Math.min(attempts - 1, 2);
}

/** What was opened in groups a moment ago, by any of the workers. */
export function sharedOpenings({ queue }: Membership): Openings {
  return {
    async again(tap, { updateId }) {
      const opening = openingOf(tap);
      return opening !== null && !(await queue.first(opening.key, opening.milliseconds, updateId));
    },
    async forget(tap) {
      const opening = openingOf(tap);
      if (opening !== null) await queue.unseen(opening.key);
    },
  };
}
