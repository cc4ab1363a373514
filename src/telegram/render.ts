/** An answer as Telegram messages: the answer first, its proof, its sources, then buttons. */
import type { Answer, Citation, CitedAnswer, Claim, Offer } from "../answer/answer.ts";
import { backgroundHeading, modeLine, sourcesHeading } from "../phrases/answer.ts";
import { BUTTON, CITY_HEADING, eventLine, QUOTES_HEADING } from "../phrases/telegram.ts";
import type { Button, Keyboard } from "./call.ts";
import { encodeTap, offerKey, type QuotationRef, quoteKey, reportKey, versionKey } from "./callback.ts";
import { dayText, publishedText, publisherName } from "./describe.ts";
import {
  type Block,
  bold,
  buttonLabel,
  type Line,
  line,
  paragraph,
  type Rendered,
  verbatim,
} from "./markup.ts";
import { paginate } from "./split.ts";

export interface RenderedAnswer {
  readonly messages: readonly Rendered[];
  /** Under the last message. */
  readonly keyboard: Keyboard;
  /** Questions behind the buttons, to be kept under their ids. */
  readonly offers: readonly { readonly id: string; readonly question: string }[];
}

export interface RenderOptions {
  /** Id under which verdicts on this answer are kept. */
  readonly answerId: string;
  /** Lower-case hex sha256 of a report's bytes, so that buttons notice a changed source. */
  sha256(report: string): string;
}

/** UTF-16 units of quotations that stand open; what follows folds. */
const OPEN_UNITS = 900;
const NUMBERS_PER_ROW = 5;
/** UTF-16 units of labels that a telephone shows in one row. */
const ROW_UNITS = 34;
const LONGEST_OFFERS = 10;

/** Messages for every kind of answer but a source's text, which the viewer shows. */
export function renderAnswer(
  answer: Exclude<Answer, { kind: "source" }>,
  options: RenderOptions,
): RenderedAnswer {
  const offers = offersOf(answer);
  const offerRows = rowsByWidth(offers.map(offerButton));
  const kept = offers.map(({ question }) => ({ id: offerKey(question), question }));
  if (answer.kind !== "answer") {
    const messages = paginate(answer.lines.map((text) => paragraph(line(text))));
    return { messages, keyboard: offerRows, offers: kept };
  }
  return {
    messages: paginate(answerBlocks(answer), [sourcesBlock(answer.citations)]),
    keyboard: [...citationRows(answer.citations, options), ...offerRows, verdictRow(options.answerId)],
    offers: kept,
  };
}

/** A button that asks a question; the question itself is kept under the same id. */
export function offerButton({ label, question }: Offer): Button {
  return { text: buttonLabel(label), callback_data: encodeTap({ kind: "offer", id: offerKey(question) }) };
}

/** Short labels share a row. */
function rowsByWidth(buttons: readonly Button[]): Button[][] {
  const all: Button[][] = [];
  for (const button of buttons) {
    const row = all.at(-1);
    const width = [...(row ?? []), button].reduce((sum, { text }) => sum + text.length, 0);
    if (row && width <= ROW_UNITS) row.push(button);
    else all.push([button]);
  }
  return all;
}

function offersOf(answer: Exclude<Answer, { kind: "source" }>): readonly Offer[] {
  const choices = answer.kind === "clarification" ? answer.choices : [];
  const seen = new Set<string>();
  const all = [...choices, ...answer.offers].filter(({ question }) => {
    const isNew = !seen.has(question);
    seen.add(question);
    return isNew;
  });
  return all.slice(0, LONGEST_OFFERS);
}

function answerBlocks(answer: CitedAnswer): Block[] {
  const { lead, notes, claims, disagreements } = answer;
  const head = paragraph(
    ...(answer.caution ? [line({ text: answer.caution, style: "italic" })] : []),
    line(bold(lead)),
  );
  const group = (name: Claim["group"]) => claims.filter((claim) => claim.group === name);
  const closing = [...notes, ...(answer.mode === "model" ? [`${modeLine.model}.`] : [])];
  return [
    head,
    ...disagreements.map(({ about, values }) =>
      paragraph(line(bold(about)), ...values.map((value) => line("• ", value.text, marks(value.citations)))),
    ),
    ...claimBlocks(group("main")),
    ...headed(CITY_HEADING, claimBlocks(group("city"))),
    ...headed(backgroundHeading, claimBlocks(group("background"))),
    ...quotationBlocks(answer),
    ...(closing.length > 0
      ? [paragraph(...closing.map((note) => line({ text: note, style: "italic" })))]
      : []),
  ];
}

function headed(heading: string, blocks: Block[]): Block[] {
  return blocks.length > 0 ? [paragraph(line(bold(heading))), ...blocks] : [];
}

/** The first claims open, the rest in a quotation that opens at a tap. */
function claimBlocks(claims: readonly Claim[]): Block[] {
  let units = 0;
  const open: Line[] = [];
  const folded: Line[] = [];
  let heading: string | null = null;
  for (const claim of claims) {
    const day = claim.heading ?? null;
    const shown = day !== null && day !== heading ? [line(bold(day)), claimLine(claim)] : [claimLine(claim)];
    heading = day;
    units += claim.text.length;
    if (open.length === 0 || units <= OPEN_UNITS) open.push(...shown);
    else folded.push(...shown);
  }
  if (open.length === 0) return [];
  const rest: Block = { kind: "quotation", expandable: true, lines: folded };
  return folded.length > 0 ? [paragraph(...open), rest] : [paragraph(...open)];
}

function claimLine({ text, quoted, citations }: Claim): Line {
  return quoted ? line("• «", verbatim(text), `»${marks(citations)}`) : line("• ", text, marks(citations));
}

function marks(citations: readonly number[]): string {
  return citations.length === 0 ? "" : ` ${citations.map((n) => `[${n}]`).join("")}`;
}

/** Quotations that no claim shows: a forwarded answer keeps its proof in the text. */
function quotationBlocks({ claims, citations }: CitedAnswer): Block[] {
  const shown = new Set(claims.filter((claim) => claim.quoted).map((claim) => claim.text));
  const rest = citations.filter((citation) => !shown.has(citation.quote));
  if (rest.length === 0) return [];
  const lines = rest.map(({ n, quote }) => line(`[${n}] «`, verbatim(quote), "»"));
  return [{ kind: "quotation", expandable: true, lines: [line(bold(QUOTES_HEADING)), ...lines] }];
}

/** One line for each report and event: publisher, event day, publication day and how it is known. */
function sourcesBlock(citations: readonly Citation[]): Block {
  const groups = new Map<string, { numbers: number[]; text: string }>();
  for (const citation of citations) {
    const event = citation.event ? dayText(citation.event, citation.event.precision) : "";
    const same = event === dayText(citation.published);
    const facts = [publisherName(citation), ...(event === "" || same ? [] : [eventLine(event)])];
    const text = [...facts, publishedText(citation.published)].join("، ");
    const key = `${citation.report} ${text}`;
    const group = groups.get(key) ?? { numbers: [], text };
    group.numbers.push(citation.n);
    groups.set(key, group);
  }
  if (groups.size === 0) return paragraph();
  const lines = [...groups.values()].map(({ numbers, text }) => line(`${marks(numbers).trim()} ${text}`));
  return paragraph(line(bold(sourcesHeading)), ...lines);
}

/** The place of a citation's quotation, as buttons carry it. */
export function quotationRef(citation: Citation, sha256: string): QuotationRef {
  return {
    report: reportKey(citation.report),
    version: versionKey(sha256),
    passage: citation.passage,
    start: citation.start,
    length: citation.end - citation.start,
    quote: quoteKey(citation.quote),
  };
}

function citationRows(citations: readonly Citation[], { sha256 }: RenderOptions): Keyboard {
  const buttons = citations.map((citation): Button => {
    const quotation = quotationRef(citation, sha256(citation.report));
    return { text: `[${citation.n}]`, callback_data: encodeTap({ kind: "quotation", quotation }) };
  });
  return rows(buttons, NUMBERS_PER_ROW);
}

export function rows(buttons: readonly Button[], perRow: number): Button[][] {
  const all: Button[][] = [];
  for (let at = 0; at < buttons.length; at += perRow) all.push(buttons.slice(at, at + perRow));
  return all;
}

function verdictRow(answer: string): Button[] {
  return [
    { text: BUTTON.good, callback_data: encodeTap({ kind: "verdict", answer, verdict: "good" }) },
    { text: BUTTON.bad, callback_data: encodeTap({ kind: "verdict", answer, verdict: "bad" }) },
    {
      text: BUTTON.wrongQuotation,
      callback_data: encodeTap({ kind: "verdict", answer, verdict: "wrong_quotation" }),
    },
  ];
}
