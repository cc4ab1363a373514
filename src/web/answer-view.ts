/** An answer with its evidence beside it. Works without a script: numbers are links to the evidence on the same page. */
import type { Answer, Citation, CitedAnswer, Claim, Offer } from "../answer/answer.ts";
import { dayLabel, publishedLabel, sourceLabel } from "../answer/labels.ts";
import * as answerPhrases from "../phrases/answer.ts";
import { ANSWER } from "../phrases/web.ts";
import type { Report } from "../report/report.ts";
import { cleanForDisplay, isolateLeftToRight } from "../text/bidi.ts";
import { type Html, html, NOTHING } from "./html.ts";
import { marked, paragraphsOf, publisherOf, reportAddress, titleOf, touches } from "./report-view.ts";

export type ShownAnswer = Exclude<Answer, { kind: "source" }>;

/** The answer, and for a cited one its evidence; `reports` holds every report that is cited. */
export function answerView(answer: ShownAnswer, reports: ReadonlyMap<string, Report>): Html {
  if (answer.kind !== "answer") {
    const lines = answer.lines.map((text) => html`<p>${isolateLeftToRight(text)}</p>`);
    const choices = answer.kind === "clarification" ? answer.choices : [];
    return html`<article class="answer plain ${answer.kind}">${lines}
${offerForms(ANSWER.choices, choices)}${offerForms(ANSWER.offers, answer.offers)}</article>`;
  }
  return html`<div class="columns">
<article class="answer" aria-live="polite">${citedBody(answer)}${offerForms(ANSWER.offers, answer.offers)}</article>
${evidence(answer.citations, reports)}
</div>`;
}

function citedBody(answer: CitedAnswer): Html {
  const { caution, lead, disagreements, claims, notes, mode } = answer;
  const group = (name: Claim["group"]) => claims.filter((claim) => claim.group === name);
  const cite = (numbers: readonly number[]): Html => marks(numbers, answer.citations);
  const city = answerPhrases.cityWideHeading(answer.scope.places[0]?.name ?? "");
  return html`${caution && html`<p class="caution">${isolateLeftToRight(caution)}</p>`}
<h2 class="lead">${isolateLeftToRight(lead)}</h2>
${disagreements.map(
  ({ about, values }) => html`<section class="figures"><h3>${isolateLeftToRight(about)}</h3><ul>
${values.map(({ text, citations }) => html`<li>${isolateLeftToRight(text)} ${cite(citations)}</li>`)}</ul></section>`,
)}
${claimList(group("main"), cite)}
${headed(city, claimList(group("city"), cite))}
${headed(answerPhrases.backgroundHeading, claimList(group("background"), cite))}
${notes.length > 0 && html`<ul class="notes">${notes.map((note) => html`<li>${isolateLeftToRight(note)}</li>`)}</ul>`}
${mode === "model" && html`<p class="mode">${answerPhrases.modeLine.model}.</p>`}
<h3 class="sources-heading">${answerPhrases.sourcesHeading}</h3>
<ol class="sources">${answer.citations.map(sourceItem)}</ol>`;
}

function headed(heading: string, list: Html): Html {
  return list === NOTHING ? NOTHING : html`<h3>${heading}</h3>${list}`;
}

function claimList(claims: readonly Claim[], cite: (numbers: readonly number[]) => Html): Html {
  if (claims.length === 0) return NOTHING;
  const items = claims.map((claim, index) => {
    const day = claim.heading ?? null;
    const isNew = day !== null && day !== (claims[index - 1]?.heading ?? null);
    const text = claim.quoted
      ? html`<q>${cleanForDisplay(claim.text)}</q>`
      : html`${isolateLeftToRight(claim.text)}`;
    return html`${isNew && html`<li class="day">${isolateLeftToRight(day)}</li>`}<li>${text} ${cite(claim.citations)}</li>`;
  });
  return html`<ul class="claims">${items}</ul>`;
}

/** The numbers of citations, each a link to its evidence. */
function marks(numbers: readonly number[], citations: readonly Citation[]): Html {
  const links = numbers.map((n) => {
    const publisher = publisherOf(citations[n - 1] ?? { publisher: null });
    return html`<a class="cite" href="#source-${n}" data-source="${n}" aria-label="${ANSWER.openSource(n, publisher)}">${n}</a>`;
  });
  return html`<span class="cites">${links}</span>`;
}

function sourceItem(citation: Citation): Html {
  return html`<li><a href="#source-${citation.n}" data-source="${citation.n}"><span class="number">${citation.n}</span> ${isolateLeftToRight(sourceLabel(citation))}</a></li>`;
}

function evidence(citations: readonly Citation[], reports: ReadonlyMap<string, Report>): Html {
  const panels = citations.flatMap((citation) => {
    const report = reports.get(citation.report);
    return report ? [panel(citation, report)] : [];
  });
  return html`<aside class="evidence" aria-label="${ANSWER.evidence}">
<h2>${ANSWER.evidence}</h2><p class="hint">${ANSWER.evidenceHint} ${ANSWER.verbatim}</p>
${panels}</aside>`;
}

/** Paragraphs of a report that are shown before and after the one that holds the quotation. */
const NEIGHBOURS = 1;

function panel(citation: Citation, report: Report): Html {
  const paragraphs = paragraphsOf(report);
  const holding = paragraphs.flatMap((paragraph, index) => (touches(paragraph, citation) ? [index] : []));
  const from = Math.max(0, (holding[0] ?? 0) - NEIGHBOURS);
  const to = Math.min(paragraphs.length, (holding.at(-1) ?? 0) + NEIGHBOURS + 1);
  const text = paragraphs.slice(from, to).map((paragraph) => {
    const before = paragraph.end <= citation.start ? " before" : "";
    return html`<p class="${paragraph.role}${before}">${marked(report.body, paragraph, [citation])}</p>`;
  });
  const event = citation.event ? answerPhrases.eventOn(dayLabel(citation.event)) : null;
  return html`<article class="source" id="source-${citation.n}" tabindex="-1" aria-label="${ANSWER.source(citation.n)}">
<header><span class="number" aria-hidden="true">${citation.n}</span><div>
<h3><bdi>${titleOf(report)}</bdi></h3>
<p class="meta"><b>${publisherOf(report)}</b> · ${isolateLeftToRight(publishedLabel(citation.published))}</p>
${event && html`<p class="meta">${isolateLeftToRight(event)}${citation.places.length > 0 && html` · ${placeNames(citation)}`}</p>`}
</div></header>
<blockquote dir="auto">${from > 0 && html`<p class="gap">${ANSWER.more}</p>`}${text}${to < paragraphs.length && html`<p class="gap">${ANSWER.more}</p>`}</blockquote>
<p class="actions"><a class="button" href="${reportAddress(report.id, citation)}">${ANSWER.full}</a>
<a class="back" href="#answer">${ANSWER.back}</a></p>
</article>`;
}

const placeNames = ({ places }: Citation): string =>
  answerPhrases.list([...new Set(places.map(({ name }) => cleanForDisplay(name)))].slice(0, 4));

/** Questions that a tap asks. */
export function offerForms(heading: string, offers: readonly Offer[]): Html {
  const unique = [...new Map(offers.map((offer) => [offer.question, offer])).values()];
  if (unique.length === 0) return NOTHING;
  return html`<form class="offers" method="post" action="/ask"><h2>${heading}</h2>
${unique.map(({ label, question }) => html`<button name="q" value="${question}">${isolateLeftToRight(label)}</button>`)}</form>`;
}
