/** Makes planned calls, once each: over restarts, refusals of the markup and broken connections. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { DELIVERY_UNCERTAIN, NOT_MADE } from "../phrases/telegram.ts";
import { TIMELINE_TEXT } from "../phrases/timeline.ts";
import type { Delivery, DeliveryDraft, Settled, State } from "../state/state.ts";
import { type Address, type Call, callSchema, chatOf } from "./call.ts";
import type { TimelineForm, TimelineRef } from "./callback.ts";
import type { Clock } from "./clock.ts";
import { loggable } from "./loggable.ts";
import { line, ours, paragraph, renderBlocks } from "./markup.ts";
import { makePersist } from "./persist.ts";
import type { Sender, SendJob } from "./sender.ts";
import type { CallResult, Payload, Upload } from "./transport.ts";

export interface DeliveryOptions {
  readonly sender: Sender;
  readonly state: State;
  readonly clock: Clock;
  /** Aborted when the program ends. */
  readonly signal: AbortSignal;
  /** The bytes of a report as received. */
  source(report: string): Promise<Uint8Array | null>;
  /** A timeline as a picture or a file. */
  makeTimeline?(about: TimelineRef, form: TimelineForm): Promise<Uint8Array>;
  /** What a picture of it shows, in lines of text: sent instead of one that cannot be made. */
  tellTimeline?(about: TimelineRef, form: Exclude<TimelineForm, "csv">): Promise<readonly string[]>;
  log(event: string, details?: Record<string, unknown>): void;
  /** Counts defects: messages whose markup Telegram did not take. */
  onMarkupRefused?(): void;
}

export interface Deliverer {
  /** Makes the calls in order and settles each. */
  deliver(deliveries: readonly Delivery[]): Promise<void>;
}

const NO_PREVIEW = { is_disabled: true } as const;
const sentMessage = z.object({ message_id: z.number() });
const file = z.object({ file_id: z.string() });
const sentDocument = z.object({ document: file });
/** Telegram keeps a photo in several sizes, the largest last. */
const sentPhoto = z.object({ photo: z.array(file).min(1) });

export function makeDeliverer(options: DeliveryOptions): Deliverer {
  const { sender, state, clock, log } = options;
  const persist = makePersist(options);

  async function deliver(deliveries: readonly Delivery[]): Promise<void> {
    const gone = new Set<string>();
    const notices = new Map<string, Delivery>();
    for (const delivery of deliveries) {
      if (gone.has(delivery.chat)) continue;
      const { result, call } = await once(delivery, callSchema.parse(JSON.parse(delivery.payload)));
      if (result.kind === "aborted") return;
      if (result.kind === "refused" && result.code === 403) {
        gone.add(delivery.chat);
        log("chat_gone", { description: result.description });
        await persist(() => state.dropChat(delivery.chat));
        continue;
      }
      if (result.kind === "refused") log("refused", { call: call.kind, description: result.description });
      // Planned with the end of what it tells of, so that not even a kill makes it silence; one for each chat.
      const tells = result.kind === "unknown" && !isNotice(call) && !notices.has(delivery.chat);
      const planned = tells ? noticeOf(call) : undefined;
      const settled = settledBy(result, call);
      const notice = await persist(() => state.settle(delivery.id, settled, clock.now(), planned));
      if (notice) notices.set(delivery.chat, notice);
    }
    if (notices.size > 0) await deliver([...notices.values()].filter(({ chat }) => !gone.has(chat)));
  }

  /** What became of the call, and the call as it was made in the end. */
  async function once(delivery: Delivery, planned: Call): Promise<{ result: CallResult; call: Call }> {
    if (delivery.status === "sending" && !isIdempotent(planned)) {
      return { result: { kind: "unknown", reason: "the program ended while it was sent" }, call: planned };
    }
    let call = planned;
    for (;;) {
      const idempotent = isIdempotent(call);
      const before = () => persist(() => state.sending(delivery.id));
      const undone = () => persist(() => state.unsent(delivery.id));
      const job = { chat: chatOf(call), idempotent, before, undone };
      const result = await make(call, job);
      if (isUnchanged(result)) return { result: { kind: "ok", result: null }, call };
      const next = result.kind === "refused" ? await instead(call, result) : null;
      if (next === null) return { result, call };
      call = next;
    }
  }

  /** Another form of a call that was refused, or null when there is none left. Each form is tried once. */
  async function instead(
    call: Call,
    { code, description, movedTo }: Extract<CallResult, { kind: "refused" }>,
  ): Promise<Call | null> {
    if (code !== 400 || call.kind === "delete" || call.kind === "leave") return null;
    if (movedTo !== undefined) {
      log("group_moved", { from: chatOf(call), to: movedTo });
      return inChat(call, movedTo);
    }
    if (/can't parse entities/i.test(description) && call.html !== "") {
      log("markup_refused", { description });
      options.onMarkupRefused?.();
      return { ...call, html: "" };
    }
    if (call.kind === "edit") {
      const isGone = /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i.test(
        description,
      );
      const { chat, html, plain, keyboard, answers } = call;
      const to = { chat, thread: null, replyTo: null };
      return isGone ? { kind: "message", to, html, plain, keyboard, answers } : null;
    }
    // The topic was closed or deleted, or the question cannot be replied to.
    const isBound = call.to.thread !== null || call.to.replyTo !== null;
    if (isBound) return { ...call, to: { ...call.to, thread: null, replyTo: null } };
    return call.kind === "timeline" ? inWords(call) : null;
  }

  /** A picture in lines of text; where not even these can be made, that it could not be made. */
  async function inWords({ about, form, to }: TimelineCall): Promise<Call> {
    try {
      if (form === "csv" || !options.tellTimeline) return saying(NOT_MADE, to);
      const lines = await options.tellTimeline(about, form);
      const { html, plain } = renderBlocks([
        paragraph(ours(TIMELINE_TEXT.notDrawn)),
        paragraph(...lines.map((text) => line(text))),
      ]);
      return { kind: "message", to, html, plain, keyboard: [], answers: null };
    } catch (error) {
      log("timeline not told", { error: loggable(error) });
      return saying(NOT_MADE, to);
    }
  }

  async function make(call: Call, job: Job): Promise<CallResult> {
    if (call.kind === "timeline") return makeTimeline(call, job);
    if (call.kind !== "document") return sender.send({ ...job, ...request(call) });
    const known = await state.fileId(call.sha256);
    if (known !== null) {
      const result = await sender.send({ ...job, ...documentRequest(call, known) });
      if (result.kind !== "refused" || result.code !== 400) return result;
    }
    const bytes = await options.source(call.report);
    if (!bytes) return { kind: "refused", code: 404, description: `no source ${call.report}` };
    const result = await sender.send({ ...job, ...documentRequest(call, { name: call.fileName, bytes }) });
    const sent = result.kind === "ok" ? sentDocument.safeParse(result.result) : null;
    if (sent?.success) await state.saveFileId(call.sha256, sent.data.document.file_id);
    return result;
  }

  /** Made anew each time it is tried: what was uploaded once is sent by its id. */
  async function makeTimeline(call: TimelineCall, job: Job): Promise<CallResult> {
    let bytes: Uint8Array;
    try {
      if (!options.makeTimeline) throw new Error("no timelines here");
      bytes = await options.makeTimeline(call.about, call.form);
    } catch (error) {
      log("timeline not made", { error: loggable(error) });
      return { kind: "refused", code: 400, description: "the timeline could not be made" };
    }
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const known = await state.fileId(sha256);
    if (known !== null) {
      const result = await sender.send({ ...job, ...timelineRequest(call, known) });
      if (result.kind !== "refused" || result.code !== 400) return result;
    }
    const result = await sender.send({ ...job, ...timelineRequest(call, bytes) });
    const id = result.kind === "ok" ? uploadedId(result.result) : null;
    if (id !== null) await state.saveFileId(sha256, id);
    return result;
  }

  return { deliver };
}

type Job = Omit<SendJob, "method" | "payload" | "upload">;
type TimelineCall = Extract<Call, { kind: "timeline" }>;

function uploadedId(result: unknown): string | null {
  const document = sentDocument.safeParse(result);
  if (document.success) return document.data.document.file_id;
  const photo = sentPhoto.safeParse(result);
  return photo.success ? (photo.data.photo.at(-1)?.file_id ?? null) : null;
}

/** A message of its own instead of a second copy: the first may have arrived. */
function noticeOf(call: Call): DeliveryDraft {
  const chat = chatOf(call);
  const to = "to" in call ? call.to : { chat, thread: null, replyTo: null };
  const notice: Call = { ...saying(DELIVERY_UNCERTAIN, to), isNotice: true };
  return { chat, question: null, payload: JSON.stringify(notice) };
}

/** One sentence of our own. */
function saying(text: string, to: Address): Extract<Call, { kind: "message" }> {
  const { html, plain } = renderBlocks([paragraph(ours(text))]);
  return { kind: "message", to, html, plain, keyboard: [], answers: null };
}

function isNotice(call: Call): boolean {
  return call.kind === "message" && call.isNotice === true;
}

function request(call: Exclude<Call, { kind: "document" | "timeline" }>): {
  method: string;
  payload: Payload;
} {
  if (call.kind === "delete") {
    return { method: "deleteMessage", payload: { chat_id: Number(call.chat), message_id: call.message } };
  }
  if (call.kind === "leave") return { method: "leaveChat", payload: { chat_id: Number(call.chat) } };
  const text = call.html === "" ? { text: call.plain } : { text: call.html, parse_mode: "HTML" };
  const common = {
    ...text,
    link_preview_options: NO_PREVIEW,
    ...(call.keyboard.length > 0 && { reply_markup: { inline_keyboard: call.keyboard } }),
  };
  if (call.kind === "edit") {
    const payload = { chat_id: Number(call.chat), message_id: call.message, ...common };
    return { method: "editMessageText", payload };
  }
  return { method: "sendMessage", payload: { ...address(call.to), ...common } };
}

function documentRequest(
  call: Extract<Call, { kind: "document" }>,
  document: string | { name: string; bytes: Uint8Array },
): { method: string; payload: Payload; upload?: Upload } {
  const payload = { ...address(call.to), ...captionOf(call) };
  if (typeof document === "string") return { method: "sendDocument", payload: { ...payload, document } };
  return { method: "sendDocument", payload, upload: { field: "document", ...document } };
}

function captionOf({ html, plain }: { html: string; plain: string }): Payload {
  return html === "" ? { caption: plain } : { caption: html, parse_mode: "HTML" };
}

function timelineRequest(
  call: TimelineCall,
  content: string | Uint8Array,
): { method: string; payload: Payload; upload?: Upload } {
  const isTable = call.form === "csv";
  const [method, field] = isTable ? ["sendDocument", "document"] : ["sendPhoto", "photo"];
  const payload = { ...address(call.to), ...captionOf(call) };
  if (typeof content === "string") return { method, payload: { ...payload, [field]: content } };
  const name = isTable ? "timeline.csv" : `timeline-${call.form}.png`;
  return { method, payload, upload: { field, name, bytes: content } };
}

function address(to: { chat: string; thread: number | null; replyTo: number | null }): Payload {
  return {
    chat_id: Number(to.chat),
    ...(to.thread !== null && { message_thread_id: to.thread }),
    ...(to.replyTo !== null && {
      reply_parameters: { message_id: to.replyTo, allow_sending_without_reply: true },
    }),
  };
}

/** The same in the supergroup that a group has become: messages have other numbers there. */
function inChat(call: Exclude<Call, { kind: "delete" | "leave" }>, chat: string): Call {
  const to = { chat, thread: null, replyTo: null };
  if (call.kind === "document" || call.kind === "timeline") return { ...call, to };
  const { html, plain, keyboard, answers } = call;
  return { kind: "message", to, html, plain, keyboard, answers };
}

function settledBy(result: CallResult, call: Call): Settled {
  if (result.kind === "ok") {
    if (call.kind === "edit") return { status: "sent", message: call.message };
    const message = sentMessage.safeParse(result.result);
    return { status: "sent", message: message.success ? message.data.message_id : null };
  }
  return { status: result.kind === "refused" ? "refused" : "uncertain", message: null };
}

/** The message says already what it should. */
function isUnchanged(result: CallResult): boolean {
  return result.kind === "refused" && /message is not modified/i.test(result.description);
}

/** Doing it twice is the same as once. */
function isIdempotent(call: Call): boolean {
  return call.kind === "edit" || call.kind === "delete" || call.kind === "leave" || isNotice(call);
}
