/**
 * Carries out what an admin has confirmed: written, taken up by the index, told. Every step is stored before the next
 * and can be done again, so that a program that is killed goes on where it was.
 */
import { createHash } from "node:crypto";
import { adding } from "../phrases/adding.ts";
import type { Draft } from "../state/drafts.ts";
import type { State } from "../state/state.ts";
import type { Adding } from "./adding.ts";
import { type Addition, readAddition, reportIds } from "./addition.ts";
import { draftView, stageView, wordView } from "./addition-view.ts";
import type { Library, Stage } from "./library.ts";
import { loggable } from "./loggable.ts";
import type { Sender } from "./sender.ts";
import type { View } from "./viewer.ts";

export interface CarryingOut {
  readonly library: Library;
  readonly download: Adding["download"];
  readonly sender: Sender;
  readonly state: State;
  readonly signal: AbortSignal;
  now(): number;
  log(event: string, details?: Record<string, unknown>): void;
}

export interface Porter {
  /** Takes a draft after those that wait. */
  carryOut(draft: string): void;
  /** Takes up what an earlier run left, and tells again how what was done ended. */
  resume(): Promise<void>;
  /** Puts a confirmed draft back to where it was before, and says why. */
  refuse(draft: string, sentence: string): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

const NO_PREVIEW = { is_disabled: true } as const;

/** The file is no longer what was shown, or cannot be had: what the admin is told. */
class Refused extends Error {}

export function makePorter(options: CarryingOut): Porter {
  const { library, state, signal, now, log } = options;
  /** One at a time: each brings the whole index up to date. */
  let turn: Promise<void> = Promise.resolve();

  function carryOut(id: string): void {
    turn = turn
      .then(() => carry(id))
      .catch((error: unknown) => log("failed", { stage: "adding", error: loggable(error) }));
  }

  async function carry(id: string): Promise<void> {
    const draft = await state.drafts.get(id, now());
    const addition = draft && readAddition(draft.value);
    if (!draft || !addition || signal.aborted) return;
    try {
      if (addition.state === "working") await bringIn(draft, addition);
      else if (addition.state === "undoing") await takeBack(draft, addition);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Refused) {
        await state.drafts.remove(draft.id);
        await show(draft, addition, wordView(error.message));
        return;
      }
      log("failed", { stage: "adding", error: loggable(error) });
      const kept = await state.drafts.get(id, now());
      const latest = kept && readAddition(kept.value);
      const isDone = latest?.state === "done";
      await show(draft, addition, isDone ? draftView(id, latest) : wordView(adding.notTaken));
    }
  }

  async function bringIn(draft: Draft, addition: Addition): Promise<void> {
    const { id } = draft;
    let next = { draft, addition };
    const bytes = await bytesOf(addition);
    if (addition.former === null) {
      const former = await library.former({ id, addition });
      next = await store(draft, { ...addition, former: former ?? [] });
    }
    await library.write({ id, addition: next.addition }, bytes);
    await takenUp(next.draft, next.addition);
    if (signal.aborted) return;
    const isIn = isOfWhatIsThere(addition) || (await library.holds(reportIds(addition)));
    if (!isIn) throw new Error("the index does not hold what was added");
    const done = await store(next.draft, withoutText({ ...next.addition, state: "done" }));
    await show(done.draft, done.addition, draftView(id, done.addition));
  }

  async function takeBack(draft: Draft, addition: Addition): Promise<void> {
    await library.revert({ id: draft.id, addition });
    await takenUp(draft, addition);
    if (signal.aborted) return;
    await show(draft, addition, draftView(draft.id, { ...addition, state: "undone" }));
    await state.drafts.remove(draft.id);
  }

  async function refuse(id: string, sentence: string): Promise<void> {
    const draft = await state.drafts.get(id, now());
    const addition = draft && readAddition(draft.value);
    const before = { working: "open", undoing: "done" } as const;
    if (!draft || (addition?.state !== "working" && addition?.state !== "undoing")) return;
    const put = await store(draft, { ...addition, state: before[addition.state] });
    const { keyboard } = draftView(id, put.addition);
    await show(put.draft, put.addition, { ...wordView(sentence), keyboard });
  }

  async function bytesOf({ source }: Addition): Promise<Uint8Array | null> {
    if (source.kind !== "file") return null;
    const bytes = await options.download(source.file, signal);
    if (bytes === null) throw new Refused(adding.notDownloaded);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    if (sha256 !== source.sha256) throw new Refused(adding.changed);
    return bytes;
  }

  async function takenUp(draft: Draft, addition: Addition): Promise<void> {
    let next: Stage | null = null;
    let showing: Promise<void> | null = null;
    /** Stages that pass while one is being shown are left out: the end is not to wait behind them. */
    const showNext = async (): Promise<void> => {
      for (let stage = next; stage !== null; stage = next) {
        next = null;
        await show(draft, addition, stageView(addition, stage));
      }
      showing = null;
    };
    try {
      await library.takeUp((stage) => {
        next = stage;
        showing ??= showNext();
      });
    } finally {
      // Nothing of it may come after how it ended.
      next = null;
      await showing;
    }
  }

  /** Keeps the next step; another one that was taken meanwhile wins. */
  async function store(draft: Draft, addition: Addition): Promise<{ draft: Draft; addition: Addition }> {
    const next = { ...draft, value: JSON.stringify(addition), step: draft.step + 1, changedAt: now() };
    if (!(await state.drafts.save(next))) throw new Error("the draft was changed by somebody else");
    return { draft: next, addition };
  }

  async function show(draft: Draft, { message }: Addition, view: View): Promise<void> {
    if (message === null || signal.aborted) return;
    const { html } = view.message;
    const keyboard = view.keyboard.length > 0 && { reply_markup: { inline_keyboard: view.keyboard } };
    const result = await options.sender.send({
      chat: draft.chat,
      method: "editMessageText",
      payload: {
        ...{ chat_id: Number(draft.chat), message_id: message, text: html, parse_mode: "HTML" },
        ...{ link_preview_options: NO_PREVIEW, ...keyboard },
      },
      idempotent: true,
    });
    if (result.kind === "refused" && !/not modified/i.test(result.description))
      log("refused", { call: "edit", description: result.description });
  }

  return {
    carryOut,
    async resume() {
      for (const draft of await state.drafts.list(now())) {
        const addition = readAddition(draft.value);
        if (addition?.state === "working" || addition?.state === "undoing") carryOut(draft.id);
        // The word that it was done may have been lost with the program.
        if (addition?.state === "done") void show(draft, addition, draftView(draft.id, addition));
      }
    },
    refuse,
    idle: () => turn,
  };
}

/** A correction brings no report of its own. */
function isOfWhatIsThere({ source: { kind } }: Addition): boolean {
  return kind === "report" || kind === "name";
}

/** A post's text is in the collection now: the draft needs it no more. */
function withoutText(addition: Addition): Addition {
  const { source } = addition;
  return source.kind === "post" ? { ...addition, source: { ...source, text: "" } } : addition;
}
