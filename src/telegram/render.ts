/** An answer as Telegram messages: the answer first, its proof, its sources, then buttons. */
import type { Answer, CitedAnswer, Claim, Offer } from "../answer/answer.ts";
import { backgroundHeading, modeLine } from "../phrases/answer.ts";
import { BUTTON, CITY_HEADING, QUOTES_HEADING } from "../phrases/telegram.ts";
import type { Verdict } from "../state/state.ts";
import type { Button, Keyboard } from "./call.ts";
import { offerKey } from "./callback.ts";
import { type CitationOptions, citationRows, marks, sourcesBlock } from "./citations.ts";
import { offerButton, rowOf, rowsByWidth, tapButton } from "./keyboard.ts";
import { type Block, bold, type Line, line, paragraph, type Rendered, verbatim } from "./markup.ts";
import { paginate } from "./split.ts";

export interface RenderedAnswer {
  readonly messages: readonly Rendered[];
  /** Under the last message. */
  readonly keyboard: Keyboard;
  /** Questions behind the buttons, to be kept under their ids. */
  readonly offers: readonly { readonly id: string; readonly question: string }[];
}

export interface RenderOptions extends CitationOptions {
  /** Id under which verdicts on this answer are kept. */
  readonly answerId: string;
}

/** UTF-16 units of a model's statements that stand open; what follows folds. */
const OPEN_UNITS = 900;
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
    messages: paginate(answerBlocks(answer), [sourcesBlock(answer.citations, options)]),
    keyboard: [...citationRows(answer.citations, options), ...offerRows, verdictRow(options.answerId)],
    offers: kept,
  };
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

/**
 * The answer with what it rests on first, then what disagrees with it, then the evidence. An answer of quotations shows
 * the first of them open; the rest folds into one quotation that opens at a tap.
 */
export function answerBlocks(answer: CitedAnswer): Block[] {
  const { caution, lead, notes, claims, disagreements, mode } = answer;
  const main = claims.filter((claim) => claim.group === "main");
  const shown = mode === "model" ? openClaims(main) : disagreements.length > 0 ? 0 : 1;
  const closing = [...notes, ...(mode === "model" ? [`${modeLine.model}.`] : [])];
  return [
    paragraph(...(caution ? [line({ text: caution, style: "italic" })] : []), line(bold(lead))),
    ...disagreements.map(({ about, values }) =>
      paragraph(line(bold(about)), ...values.map((value) => line("• ", value.text, marks(value.citations)))),
    ),
    { kind: mode === "model" ? "paragraph" : "quotation", lines: claimLines(main.slice(0, shown)) },
    { kind: "quotation", expandable: true, lines: foldedLines(answer, main, shown) },
    paragraph(...closing.map((note) => line({ text: note, style: "italic" }))),
  ];
}

/** How many of a model's statements stand open. */
function openClaims(claims: readonly Claim[]): number {
  let units = 0;
  const isLong = ({ text }: Claim): boolean => {
    units += text.length;
    return units > OPEN_UNITS;
  };
  const folded = claims.slice(1).findIndex(isLong);
  return folded === -1 ? claims.length : folded + 1;
}

/** All that the open part does not show: other statements, what is told of the city and of before, other quotations. */
function foldedLines(answer: CitedAnswer, main: readonly Claim[], shown: number): Line[] {
  const { claims, citations } = answer;
  const group = (name: Claim["group"]) => claims.filter((claim) => claim.group === name);
  const quoted = new Set(claims.filter((claim) => claim.quoted).map((claim) => claim.text));
  // A forwarded answer keeps its proof in the text.
  const rest = citations.filter((citation) => !quoted.has(citation.quote));
  return [
    ...claimLines(main.slice(shown), main[shown - 1]?.heading ?? null),
    ...headed(CITY_HEADING, claimLines(group("city"))),
    ...headed(backgroundHeading, claimLines(group("background"))),
    ...headed(
      QUOTES_HEADING,
      rest.map(({ n, quote }) => line(`[${n}] «`, verbatim(quote), "»")),
    ),
  ];
}

function headed(heading: string, lines: Line[]): Line[] {
  return lines.length > 0 ? [line(bold(heading)), ...lines] : [];
}

/** A line for each statement, and for each day that begins; `under` is the day that stands above already. */
function claimLines(claims: readonly Claim[], under: string | null = null): Line[] {
  let heading = under;
  return claims.flatMap((claim) => {
    const day = claim.heading ?? null;
    const isNew = day !== null && day !== heading;
    heading = day;
    return isNew ? [line(bold(day)), claimLine(claim)] : [claimLine(claim)];
  });
}

function claimLine({ text, quoted, citations }: Claim): Line {
  return quoted ? line("• «", verbatim(text), `»${marks(citations)}`) : line("• ", text, marks(citations));
}

function verdictRow(answer: string): Button[] {
  const button = (label: string, verdict: Verdict) => tapButton(label, { kind: "verdict", answer, verdict });
  return rowOf(
    button(BUTTON.good, "good"),
    button(BUTTON.bad, "bad"),
    button(BUTTON.wrongQuotation, "wrong_quotation"),
  );
}
