/** What buttons carry: at most 64 bytes, readable after a restart and after the index was rebuilt. */
import { createHash, randomBytes } from "node:crypto";
import type { Verdict } from "../state/state.ts";

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
  | { readonly kind: "offer"; readonly id: string }
  | { readonly kind: "verdict"; readonly answer: string; readonly verdict: Verdict };

function key(text: string, length: number): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, length);
}

/** 48 bits of a report's id. */
export const reportKey = (id: string): string => key(id, 8);
/** 24 bits of the sha256 of the bytes. */
export const versionKey = (sha256: string): string => sha256.padEnd(6, "0").slice(0, 6);
/** 36 bits of a quotation. */
export const quoteKey = (quote: string): string => key(quote, 6);
export const offerKey = (question: string): string => key(question, 12);
/** 72 bits that nobody can guess: whoever has them may see what an answer rests on. */
export const newAnswerId = (): string => randomBytes(9).toString("base64url");

/** Stands for a person where the person need not be known. */
export const personKey = (user: string): string =>
  createHash("sha256").update(`person ${user}`).digest("hex").slice(0, 16);

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
    case "offer":
      return `o:${tap.id}`;
    case "verdict":
      return `v:${tap.answer}:${VERDICTS.indexOf(tap.verdict)}`;
  }
}

const KEY = "[A-Za-z0-9_-]";
const QUOTATION = new RegExp(
  `^(${KEY}{8}):([0-9a-f]{6}):(${KEY}{1,16}):([0-9a-z]{1,6}):([0-9a-z]{1,6}):(${KEY}{6})$`,
);

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
  return decodeShort(letter, rest);
}

function decodeShort(letter: string, rest: string): Tap | null {
  const [, id, value] = /^([A-Za-z0-9_-]+)(?::([0-9a-z]{1,5}))?$/.exec(rest) ?? [];
  if (!id) return null;
  if (letter === "g" && value !== undefined)
    return { kind: "page", report: id, page: Number.parseInt(value, 36) };
  if (letter === "v" && value !== undefined) {
    const verdict = VERDICTS[Number(value)];
    return verdict ? { kind: "verdict", answer: id, verdict } : null;
  }
  if (value !== undefined) return null;
  if (letter === "t") return { kind: "text", report: id };
  if (letter === "d") return { kind: "document", report: id };
  if (letter === "i") return { kind: "about", report: id };
  if (letter === "o") return { kind: "offer", id };
  return letter === "r" && /^[0-9a-z]{1,5}$/.test(id)
    ? { kind: "reports", page: Number.parseInt(id, 36) }
    : null;
}

/** What the value of t.me/<bot>?start=… opens, or null for anything this program did not write. */
export type StartLink = Extract<Tap, { kind: "text" | "quotation" }> | { kind: "answer"; answer: string };

const QUOTATION_LINK = new RegExp(
  `^q(${KEY}{8})([0-9a-f]{6})(${KEY}{6})([0-9a-z]{1,6})-([0-9a-z]{1,6})-(${KEY}{1,16})$`,
);

export function decodeStart(payload: string): StartLink | null {
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
