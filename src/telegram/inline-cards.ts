/**
 * An answer as cards of inline mode. A card that is chosen goes out in a person's name to a chat that need not know
 * the bot: its text stands by itself, with quotation, publisher, event day and publication day.
 */
import type { Answer, Citation, CitedAnswer } from "../answer/answer.ts";
import { ASK_BOT, OPEN_QUOTATION, OPEN_TEXT, wholeAnswer } from "../phrases/inline.ts";
import type { Button, Keyboard } from "./call.ts";
import { quotationPayload, reportPayload } from "./callback.ts";
import { deepLink, quotationRef, sourcesBlock } from "./citations.ts";
import { dayText, publishedText, publisherName, titleOf } from "./describe.ts";
import { rows } from "./keyboard.ts";
import { type Block, bold, buttonLabel, line, paragraph, type Rendered, renderBlocks } from "./markup.ts";
import { answerBlocks } from "./render.ts";
import { paginate } from "./split.ts";

/** What a person sees in the list, and the message that a choice sends. */
export interface Card {
  readonly title: string;
  readonly description: string;
  readonly message: Rendered;
  readonly keyboard: Keyboard;
}

export interface CardOptions {
  /** The bot's name at Telegram. */
  readonly bot: string;
  /** Lower-case hex sha256 of a report's bytes. */
  sha256(report: string): string;
}

const LONGEST_TITLE = 90;
const LONGEST_DESCRIPTION = 180;
const NUMBERS_PER_ROW = 5;

/** The whole answer first when it fits one message, then each quotation by itself; other kinds are one card. */
export function inlineCards(answer: Answer, options: CardOptions): Card[] {
  if (answer.kind === "source") return [sourceCard(answer.report, options)];
  if (answer.kind !== "answer") {
    const choices = answer.kind === "clarification" ? answer.choices.map(({ label }) => `• ${label}`) : [];
    return [linesCard([...answer.lines, ...choices], options)];
  }
  const whole = wholeCard(answer, options);
  if (answer.citations.length === 1) return whole ? [whole] : [];
  const single = answer.citations.map((citation) => citationCard(citation, options));
  return [whole, ...single].filter((each) => each !== null);
}

function wholeCard(answer: CitedAnswer, options: CardOptions): Card | null {
  const { citations, lead } = answer;
  const messages = paginate(answerBlocks(answer), [sourcesBlock(citations, options)]);
  const [message] = messages;
  // Cut into parts it would no longer stand by itself.
  if (message === undefined || messages.length > 1) return null;
  const [first] = citations;
  const count = citations.length > 1 ? wholeAnswer(citations.length) : "";
  const description = count === "" ? `«${first?.quote ?? ""}»` : count;
  const buttons = citations.map((citation) =>
    linkTo(citation, citations.length === 1 ? OPEN_QUOTATION : `[${citation.n}]`, options),
  );
  return card({ title: lead, description, message, keyboard: rows(buttons, NUMBERS_PER_ROW) });
}

/** Headed by what is certain of this quotation alone: the lead may be another source's figure. */
function citationCard(citation: Citation, options: CardOptions): Card | null {
  const event = citation.event ? dayText(citation.event, citation.event.precision) : "";
  const published = citation.published.confidence === "unknown" ? "" : dayText(citation.published);
  const day = event === "" ? published : event;
  const title = [publisherName(citation), day].filter((part) => part !== "").join(" · ");
  const alone = { ...citation, n: 1 };
  const places = citation.places.map(({ name }) => name).join("، ");
  const heading = [places, event].filter((part) => part !== "").join(" · ");
  const claim = { text: citation.quote, citations: [1], quoted: true, group: "main" as const };
  const blocks = answerBlocks({
    kind: "answer",
    mode: "extractive",
    lead: heading === "" ? title : heading,
    claims: [claim],
    citations: [alone],
    disagreements: [],
    widened: null,
    notes: [],
    offers: [],
    scope: { dates: [], places: [] },
  });
  const [message, more] = paginate(blocks, [sourcesBlock([alone], options)]);
  if (message === undefined || more !== undefined) return null;
  const keyboard = [[linkTo(citation, OPEN_QUOTATION, options)]];
  return card({ title, description: `«${citation.quote}»`, message, keyboard });
}

function sourceCard(report: Extract<Answer, { kind: "source" }>["report"], { bot }: CardOptions): Card {
  const facts = `${publisherName(report)} · ${publishedText(report.published)}`;
  const blocks: Block[] = [paragraph(line(bold(titleOf(report))), line(facts))];
  const keyboard = [[{ text: OPEN_TEXT, url: deepLink(bot, reportPayload(report.id)) }]];
  return card({ title: titleOf(report), description: facts, message: renderBlocks(blocks), keyboard });
}

/** A refusal says what the collection does hold; so its card is of use in a chat as well. */
function linesCard(lines: readonly string[], { bot }: CardOptions): Card {
  const [message = renderBlocks([])] = paginate(lines.map((text) => paragraph(line(text))));
  const [title = "", ...rest] = lines;
  const keyboard = [[{ text: ASK_BOT, url: `https://t.me/${bot}` }]];
  return card({ title, description: rest.join(" "), message, keyboard });
}

function linkTo(citation: Citation, text: string, { bot, sha256 }: CardOptions): Button {
  const reference = quotationRef(citation, sha256(citation.report));
  return { text, url: deepLink(bot, quotationPayload(reference)) };
}

function card({ title, description, ...rest }: Card): Card {
  return {
    title: buttonLabel(title, LONGEST_TITLE),
    description: buttonLabel(description, LONGEST_DESCRIPTION),
    ...rest,
  };
}
