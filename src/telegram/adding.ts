/**
 * Admins add reports: a file or a forwarded post is shown as it was understood, corrected with buttons, and only then
 * confirmed. Who is an admin is told by the id of the sender alone, in the private chat.
 */
import { createHash } from "node:crypto";
import { ADDING_BUTTON, adding } from "../phrases/adding.ts";
import { forwarded } from "../phrases/not-text.ts";
import { TOAST } from "../phrases/telegram.ts";
import type { Draft } from "../state/drafts.ts";
import type { State } from "../state/state.ts";
import {
  type Addition,
  NO_CORRECTIONS,
  type Post,
  readAddition,
  reportIds,
  type SentFile,
  type UnderstoodReport,
} from "./addition.ts";
import { fileNameOf } from "./addition-file.ts";
import { draftView, wordView } from "./addition-view.ts";
import type { Call } from "./call.ts";
import { offerKey, personKey, type Tap } from "./callback.ts";
import { conversationOf, editCall, say, viewCalls } from "./calls.ts";
import { LARGEST_DOWNLOAD } from "./download.ts";
import { stepped, withText } from "./draft-steps.ts";
import { offerButton } from "./keyboard.ts";
import type { Library } from "./library.ts";
import { cutAt } from "./markup.ts";
import type { Origin } from "./update.ts";
import type { View } from "./viewer.ts";

/** What adding needs of the bot. */
export interface Adding {
  readonly library: Library;
  /** The bytes of a file that was sent; null when Telegram does not give them. */
  download(file: string, signal: AbortSignal): Promise<Uint8Array | null>;
  /** Carries out a confirmed draft, or its undoing, in the background. */
  carryOut(draft: string): void;
}

export interface AddingContext {
  /** Absent or null where nothing can be added. */
  readonly adding?: Adding | null | undefined;
  readonly state: State;
  readonly admins: readonly string[];
  now(): number;
}

const LONGEST_LOOKUP = 3_000;

/** By the id of the sender alone, and never before others. */
export function isAdmin({ group, user }: Origin, { admins }: Pick<AddingContext, "admins">): boolean {
  return !group && admins.includes(user);
}

/** What was sent, as an admin may add it. */
export interface Sent {
  readonly file?: { readonly id: string; readonly name: string; readonly size: number | null } | undefined;
  readonly post?: Omit<Post, "kind"> | undefined;
}

/** The calls that show what was understood, or null for what is nothing to add or not from an admin. */
export async function receiveAddition(
  { origin, sent, signal }: { origin: Origin; sent: Sent; signal: AbortSignal },
  context: AddingContext,
): Promise<Call[] | null> {
  const { adding: on, state, now } = context;
  if (!on || !isAdmin(origin, context)) return null;
  if (!sent.file && !sent.post) return null;
  const id = draftId(origin);
  const known = await state.drafts.get(id, now());
  const before = known && readAddition(known.value);
  if (before) return viewCalls(origin, [draftView(id, before)]);
  const source = await sourceOf(id, sent, { on, signal });
  if ("problem" in source) return say(origin, source.problem);
  const understood = await on.library.understand(source.document);
  const addition = newAddition(origin, source.of, understood.reports);
  const shown = { ...addition, understood };
  if (understood.total === 1 && (await on.library.holds(reportIds(shown))))
    return say(origin, adding.alreadyThere(reportIds(shown)[0] ?? ""));
  const view = draftView(id, shown);
  if (understood.total === 0) return viewCalls(origin, [{ ...view, keyboard: [] }]);
  await save({ id, chat: origin.chat, value: "", step: 0, changedAt: 0 }, shown, context);
  const lookup = sent.post ? [[await lookUpButton(sent.post.text, origin, context)]] : [];
  return viewCalls(origin, [{ ...view, keyboard: [...view.keyboard, ...lookup] }]);
}

type Source =
  | { of: Addition["source"]; document: Parameters<Library["understand"]>[0] }
  | { problem: string };

async function sourceOf(
  id: string,
  { file, post }: Sent,
  { on, signal }: { on: Adding; signal: AbortSignal },
): Promise<Source> {
  if (!file) {
    const of: Post = { kind: "post", ...(post as Omit<Post, "kind">) };
    return { of, document: of };
  }
  if ((file.size ?? 0) > LARGEST_DOWNLOAD) return { problem: adding.tooLarge };
  const bytes = await on.download(file.id, signal);
  if (bytes === null) return { problem: adding.notDownloaded };
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const { name, size } = file;
  const of: SentFile = { kind: "file", file: file.id, name, size, sha256 };
  return { of, document: { name: fileNameOf(id, of), bytes } };
}

function newAddition(
  origin: Origin,
  source: Addition["source"],
  reports: readonly UnderstoodReport[],
): Addition {
  return {
    source,
    understood: { reports: [...reports], total: reports.length, problems: [], unread: 0 },
    corrections: NO_CORRECTIONS,
    ...{ withdraws: false, expects: null, message: null, state: "open", at: null, former: null },
    by: `admin-${personKey(origin.user).slice(0, 8)}`,
  };
}

/** One message is one draft, however often it is handled. */
function draftId({ chat, message }: Origin, what = ""): string {
  return createHash("sha256").update(`draft ${chat} ${message} ${what}`).digest("base64url").slice(0, 12);
}

async function lookUpButton(text: string, origin: Origin, { state, now }: AddingContext) {
  const question = forwarded.asQuestion(cutAt(text, LONGEST_LOOKUP));
  const conversation = conversationOf(origin);
  await state.saveOffer({ id: offerKey(question), chat: origin.chat, conversation, question, now: now() });
  return offerButton({ label: ADDING_BUTTON.lookUp, question });
}

/** A draft about a report that is in the collection: to correct it, or to take it out. */
export async function amendReport(
  { origin, report, withdraws }: { origin: Origin; report: string; withdraws: boolean },
  context: AddingContext,
): Promise<Call[]> {
  const { adding: on } = context;
  if (!on || !isAdmin(origin, context)) return say(origin, adding.notAdmin);
  const understood = await on.library.understandReport(report);
  if (understood === null) return say(origin, TOAST.unknownReport);
  const source = { kind: "report", report } as const;
  return newDraft({ origin, source, what: `${report} ${withdraws}`, understood, withdraws }, context);
}

/** The calls that show a new draft about what is in the collection. */
export async function newDraft(
  about: {
    readonly origin: Origin;
    readonly source: Addition["source"];
    /** Tells it from other drafts that begin under the same message. */
    readonly what: string;
    readonly understood?: UnderstoodReport;
    readonly withdraws?: boolean;
  },
  context: AddingContext,
): Promise<Call[]> {
  const { origin, source, understood, withdraws = false } = about;
  const { state, now } = context;
  const addition = { ...newAddition(origin, source, understood ? [understood] : []), withdraws };
  const id = draftId(origin, `${about.what} ${now()}`);
  await save({ id, chat: origin.chat, value: "", step: 0, changedAt: 0 }, addition, context);
  const saved = await state.drafts.get(id, now());
  return saved ? viewCalls(origin, [draftView(id, addition)]) : say(origin, adding.gone);
}

async function save(before: Draft, addition: Addition, { state, now }: AddingContext): Promise<boolean> {
  const { id, chat, step } = before;
  return state.drafts.save({ id, chat, value: JSON.stringify(addition), step: step + 1, changedAt: now() });
}

/** What a tap under a draft does; `toast` is said over the chat. */
export async function tapDraft(
  { origin, tap }: { origin: Origin; tap: Extract<Tap, { kind: "draft" }> },
  context: AddingContext,
): Promise<{ calls: Call[]; toast?: string }> {
  const { adding: on, state, now } = context;
  if (!on || !isAdmin(origin, context)) return { calls: [], toast: adding.notAdmin };
  const draft = await state.drafts.get(tap.id, now());
  const addition = draft?.chat === origin.chat ? readAddition(draft.value) : null;
  if (draft === null || addition === null)
    return { calls: [editCall(origin, wordView(adding.gone))], toast: adding.gone };
  if (tap.act === "cancel" && addition.state === "open") {
    await state.drafts.remove(draft.id);
    return { calls: [editCall(origin, wordView(adding.cancelled))] };
  }
  const next = await stepped(addition, tap, { message: origin.message, now: now(), library: on.library });
  if (next === null) return { calls: [editCall(origin, draftView(draft.id, addition))] };
  if (!(await save(draft, next, context)))
    return { calls: [await latest(draft.id, origin, context)], toast: adding.busy };
  if (next.state !== addition.state) on.carryOut(draft.id);
  return { calls: [editCall(origin, draftView(draft.id, next))] };
}

async function latest(id: string, origin: Origin, { state, now }: AddingContext): Promise<Call> {
  const draft = await state.drafts.get(id, now());
  const addition = draft && readAddition(draft.value);
  return editCall(origin, addition ? draftView(id, addition) : wordView(adding.gone));
}

/** The calls that take an admin's text for what a draft waits for, or null when none does. */
export async function takeDraftText(
  { origin, text, edited }: { origin: Origin; text: string; edited: boolean },
  context: AddingContext,
): Promise<Call[] | null> {
  const { adding: on, state, now } = context;
  if (!on || edited || !isAdmin(origin, context)) return null;
  const open = (await state.drafts.list(now())).filter(({ chat }) => chat === origin.chat);
  for (const draft of open) {
    const addition = readAddition(draft.value);
    if (addition === null || addition.state !== "open" || addition.expects === null) continue;
    const next = await withText(addition, text, { library: on.library, now: now() });
    if ("problem" in next) return say(origin, next.problem);
    const shown: View = (await save(draft, next, context))
      ? draftView(draft.id, next)
      : wordView(adding.busy);
    return viewCalls(origin, [shown]);
  }
  return null;
}
