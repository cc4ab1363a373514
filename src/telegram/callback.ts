/** What buttons carry: at most 64 bytes, readable after a restart and after the index was rebuilt. */
import { createHash, randomBytes } from "node:crypto";
import type { Verdict } from "../state/state.ts";
import { type Day, isDay } from "../text/day.ts";

/** A quotation by hashes: it can be found in a report whose text has moved, and missed in one that has changed. */
export interface QuotationRef {
  /** `reportKey` of the report. */
  readonly report: string;
  /** `versionKey` of the bytes as they were when the answer was sent. */
  readonly version: string;
  readonly passage: string;
  /** Offset in the body and length, UTF-16 units. */
  readonly start: number;
  readonly length: number;
  /** `quoteKey` of the quotation. */
  readonly quote: string;
}

export type Tap =
  /** The quotation in its paragraph, as a message of its own. */
  | { readonly kind: "quotation"; readonly quotation: QuotationRef }
  /** A paragraph of the report (0-based), in the message that holds the button. */
  | { readonly kind: "paragraph"; readonly quotation: QuotationRef; readonly paragraph: number }
  /** The full text, as messages of its own. */
  | { readonly kind: "text"; readonly report: string }
  /** A page of a long text (0-based), in the message that holds the button. */
  | { readonly kind: "page"; readonly report: string; readonly page: number }
  | { readonly kind: "document"; readonly report: string }
  | { readonly kind: "about"; readonly report: string }
  | { readonly kind: "reports"; readonly page: number }
  /** Days of a year ("2017") or a month ("2017-10"), or all (""). */
  | { readonly kind: "days"; readonly under: string; readonly page: number }
  | { readonly kind: "places"; readonly page: number }
  /** Asks what happened on a day, or in a place by its `placeKey`. */
  | { readonly kind: "day"; readonly day: Day }
  | { readonly kind: "place"; readonly place: string }
  /** Does what the command of this name does. */
  | { readonly kind: "command"; readonly name: string }
  /** Sends the text that is kept under the id to the operator. */
  | { readonly kind: "correction"; readonly id: string }
  | { readonly kind: "offer"; readonly id: string }
  /** Makes an alert of the topic that is kept under the id, or changes the alert of the id. */
  | { readonly kind: "alert"; readonly id: string; readonly act: AlertAct }
  /** A page of the events by day (0-based), in the message that holds the button. */
  | { readonly kind: "timeline"; readonly about: TimelineRef; readonly page: number }
  /** The same as a picture or a file. */
  | { readonly kind: "timeline_file"; readonly about: TimelineRef; readonly form: TimelineForm }
  /** A step of an admin's draft. */
  | { readonly kind: "draft"; readonly id: string; readonly act: AdminAct; readonly n: number }
  /** An admin begins to correct the spellings of a name, by its `nameKey`. */
  | { readonly kind: "name"; readonly name: string }
  /** An admin begins to correct a report, or to withdraw it. */
  | { readonly kind: "amend"; readonly report: string; readonly withdraws: boolean }
  | { readonly kind: "verdict"; readonly answer: string; readonly verdict: Verdict };

/** What a timeline is limited to: days, and a place by its `placeKey`; null for all. */
export interface TimelineRef {
  readonly start: Day | null;
  readonly end: Day | null;
  readonly place: string | null;
}
export const TIMELINE_FORMS = ["chart", "map", "csv"] as const;
export type TimelineForm = (typeof TIMELINE_FORMS)[number];

function key(text: string, length: number): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, length);
}

/** 48 bits of a report's id. */
export const reportKey = (id: string): string => key(id, 8);
/** 24 bits of the sha256 of the bytes. */
export const versionKey = (sha256: string): string => sha256.padEnd(6, "0").slice(0, 6);
/** 36 bits of a quotation. */
export const quoteKey = (quote: string): string => key(quote, 6);
export const nameKey = (section: string, id: string): string => key(`${section} ${id}`, 8);
export const placeKey = (label: string): string => key(label, 8);
export const offerKey = (question: string): string => key(question, 12);
/** 72 bits that nobody can guess: whoever has them may see what an answer rests on. */
export const newAnswerId = (): string => randomBytes(9).toString("base64url");

/** Stands for a person where the person need not be known. */
export const personKey = (user: string): string =>
  createHash("sha256").update(`person ${user}`).digest("hex").slice(0, 16);

/** What is done with a draft; `n` tells which of those that are offered. */
const ADMIN_ACTS = [
  ...(["confirm", "cancel", "undo", "back", "withdraw", "day", "unplace"] as const),
  ...(["publisher", "title", "published", "event", "place"] as const),
  ...(["spelling", "unspell", "unfind"] as const),
] as const;
export type AdminAct = (typeof ADMIN_ACTS)[number];

const ALERT_ACTS = ["make", "end", "daily", "at_once", "list_end", "list_daily", "list_at_once"] as const;
export type AlertAct = (typeof ALERT_ACTS)[number];

const VERDICTS: readonly Verdict[] = ["good", "bad", "wrong_quotation"];

export function encodeTap(tap: Tap): string {
  switch (tap.kind) {
    case "quotation":
      return `q:${encodeQuotation(tap.quotation)}`;
    case "paragraph":
      return `p:${tap.paragraph.toString(36)}:${encodeQuotation(tap.quotation)}`;
    case "text":
      return `t:${tap.report}`;
    case "page":
      return `g:${tap.report}:${tap.page.toString(36)}`;
    case "document":
      return `d:${tap.report}`;
    case "about":
      return `i:${tap.report}`;
    case "reports":
      return `r:${tap.page.toString(36)}`;
    case "days":
      return `y:${tap.under || "all"}:${tap.page.toString(36)}`;
    case "places":
      return `l:${tap.page.toString(36)}`;
    case "day":
      return `w:${tap.day}`;
    case "place":
      return `e:${tap.place}`;
    case "command":
      return `m:${tap.name}`;
    case "correction":
      return `c:${tap.id}`;
    case "offer":
      return `o:${tap.id}`;
    case "alert":
      return `n:${tap.id}:${ALERT_ACTS.indexOf(tap.act)}`;
    case "timeline":
      return `z:${tap.page.toString(36)}:${encodeTimeline(tap.about)}`;
    case "timeline_file":
      return `x:${TIMELINE_FORMS.indexOf(tap.form)}:${encodeTimeline(tap.about)}`;
    case "draft":
      return `a:${tap.id}:${ADMIN_ACTS.indexOf(tap.act).toString(36)}${tap.n.toString(36)}`;
    case "amend":
      return `k:${tap.report}:${tap.withdraws ? 1 : 0}`;
    case "name":
      return `b:${tap.name}`;
    case "verdict":
      return `v:${tap.answer}:${VERDICTS.indexOf(tap.verdict)}`;
  }
}

const KEY = "[A-Za-z0-9_-]";
const QUOTATION = new RegExp(
  `^(${KEY}{8}):([0-9a-f]{6}):(${KEY}{1,16}):([0-9a-z]{1,6}):([0-9a-z]{1,6}):(${KEY}{6})$`,
);

function encodeTimeline({ start, end, place }: TimelineRef): string {
  return [start, end, place].map((part) => part ?? "").join(":");
}

const TIMELINE = new RegExp(`^([0-9a-z]{1,5}):(\\d{4}-\\d{2}-\\d{2})?:(\\d{4}-\\d{2}-\\d{2})?:(${KEY}{8})?$`);

function decodeTimeline(letter: string, rest: string): Tap | null {
  const [whole, number = "", start = null, end = null, place = null] = TIMELINE.exec(rest) ?? [];
  if (!whole || [start, end].some((day) => day !== null && !isDay(day))) return null;
  const about = { start, end, place };
  if (letter === "z") return { kind: "timeline", about, page: Number.parseInt(number, 36) };
  const form = TIMELINE_FORMS[Number(number)];
  return form === undefined ? null : { kind: "timeline_file", about, form };
}

function encodeQuotation({ report, version, passage, start, length, quote }: QuotationRef): string {
  return [report, version, passage, start.toString(36), length.toString(36), quote].join(":");
}

function decodeQuotation(data: string): QuotationRef | null {
  const [, report, version, passage, start, length, quote] = QUOTATION.exec(data) ?? [];
  if (!report || !version || !passage || !start || !length || !quote) return null;
  return {
    report,
    version,
    passage,
    start: Number.parseInt(start, 36),
    length: Number.parseInt(length, 36),
    quote,
  };
}

/** Null for anything this program did not write. */
export function decodeTap(data: string): Tap | null {
  const [, letter, rest] = /^([a-z]):(.{1,62})$/.exec(data) ?? [];
  if (!letter || !rest) return null;
  if (letter === "q") {
    const quotation = decodeQuotation(rest);
    return quotation && { kind: "quotation", quotation };
  }
  if (letter === "p") {
    const [, number, reference] = /^([0-9a-z]{1,5}):(.+)$/.exec(rest) ?? [];
    const quotation = reference ? decodeQuotation(reference) : null;
    return number && quotation
      ? { kind: "paragraph", quotation, paragraph: Number.parseInt(number, 36) }
      : null;
  }
  return letter === "z" || letter === "x" ? decodeTimeline(letter, rest) : decodeShort(letter, rest);
}

function decodeShort(letter: string, rest: string): Tap | null {
  const [, id, value] = /^([A-Za-z0-9_-]+)(?::([0-9a-z]{1,5}))?$/.exec(rest) ?? [];
  if (!id) return null;
  return value === undefined ? decodeSingle(letter, id) : decodePair(letter, id, value);
}

function decodePair(letter: string, id: string, value: string): Tap | null {
  const page = Number.parseInt(value, 36);
  if (letter === "g") return { kind: "page", report: id, page };
  if (letter === "y" && /^(?:all|\d{4}(?:-\d{2})?)$/.test(id))
    return { kind: "days", under: id === "all" ? "" : id, page };
  const act = letter === "n" ? ALERT_ACTS[Number(value)] : undefined;
  if (act) return { kind: "alert", id, act };
  if (letter === "a") return decodeDraft(id, value);
  if (letter === "k" && /^[01]$/.test(value)) return { kind: "amend", report: id, withdraws: value === "1" };
  const verdict = letter === "v" ? VERDICTS[Number(value)] : undefined;
  return verdict ? { kind: "verdict", answer: id, verdict } : null;
}

function decodeDraft(id: string, value: string): Tap | null {
  const act = ADMIN_ACTS[Number.parseInt(value.charAt(0), 36)];
  const n = Number.parseInt(value.slice(1), 36);
  return act && value.length > 1 ? { kind: "draft", id, act, n } : null;
}

function decodeSingle(letter: string, id: string): Tap | null {
  const page = /^[0-9a-z]{1,5}$/.test(id) ? Number.parseInt(id, 36) : null;
  switch (letter) {
    case "t":
      return { kind: "text", report: id };
    case "d":
      return { kind: "document", report: id };
    case "i":
      return { kind: "about", report: id };
    case "o":
      return { kind: "offer", id };
    case "c":
      return { kind: "correction", id };
    case "b":
      return { kind: "name", name: id };
    case "e":
      return { kind: "place", place: id };
    case "m":
      return { kind: "command", name: id };
    case "w":
      return isDay(id) ? { kind: "day", day: id } : null;
    case "r":
      return page === null ? null : { kind: "reports", page };
    case "l":
      return page === null ? null : { kind: "places", page };
    default:
      return null;
  }
}

/** What the value of t.me/<bot>?start=… opens, or null for anything this program did not write. */
export type StartLink =
  | Extract<Tap, { kind: "text" | "quotation" }>
  | { readonly kind: "answer"; readonly answer: string }
  /** Asks for a correction, in the private chat. */
  | { readonly kind: "correct" }
  /** The list of alerts. */
  | { readonly kind: "alerts" };

const QUOTATION_LINK = new RegExp(
  `^q(${KEY}{8})([0-9a-f]{6})(${KEY}{6})([0-9a-z]{1,6})-([0-9a-z]{1,6})-(${KEY}{1,16})$`,
);

export const CORRECT_PAYLOAD = "correct";
export const ALERTS_PAYLOAD = "alerts";

export function decodeStart(payload: string): StartLink | null {
  if (payload === CORRECT_PAYLOAD) return { kind: "correct" };
  if (payload === ALERTS_PAYLOAD) return { kind: "alerts" };
  const [, report] = /^s([A-Za-z0-9_-]{8})$/.exec(payload) ?? [];
  if (report) return { kind: "text", report };
  const [, answer] = /^a([A-Za-z0-9_-]{12})$/.exec(payload) ?? [];
  if (answer) return { kind: "answer", answer };
  const [, key, version, quote, start, length, passage] = QUOTATION_LINK.exec(payload) ?? [];
  const quotation =
    key && decodeQuotation([key, version, passage, start, length, quote].map((part) => part ?? "").join(":"));
  return quotation ? { kind: "quotation", quotation } : null;
}

export const reportPayload = (reportId: string): string => `s${reportKey(reportId)}`;
export const answerPayload = (answerId: string): string => `a${answerId}`;
/** Carries all that finds the quotation again: at most 51 characters of the 64. */
export function quotationPayload({ report, version, passage, start, length, quote }: QuotationRef): string {
  return `q${report}${version}${quote}${start.toString(36)}-${length.toString(36)}-${passage}`;
}
