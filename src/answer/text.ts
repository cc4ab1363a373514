import * as phrases from "../phrases/answer.ts";
import type { Answer, CitedAnswer, Claim } from "./answer.ts";
import { sourceLabel } from "./labels.ts";

const CONTROLS = /[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

const markers = (numbers: readonly number[]): string => numbers.map((n) => `[${n}]`).join(" ");

function claimLine(claim: Claim): string {
  const text = claim.quoted ? `«${claim.text}»` : claim.text;
  return `• ${text} ${markers(claim.citations)}`;
}

/** Claims one a line, each run of one day under its day. */
function claimLines(claims: readonly Claim[]): string[] {
  return claims.flatMap((claim, index) => {
    const heading = claim.heading ?? null;
    return heading !== null && heading !== claims[index - 1]?.heading
      ? [heading, claimLine(claim)]
      : [claimLine(claim)];
  });
}

/** Sources with equal labels share a line: "[1] [2] publisher, day". */
export function sourceLines(answer: CitedAnswer): string[] {
  const lines = new Map<string, number[]>();
  for (const citation of answer.citations) {
    const label = sourceLabel(citation);
    lines.set(label, [...(lines.get(label) ?? []), citation.n]);
  }
  return [...lines].map(([label, numbers]) => `${markers(numbers)} ${label}`);
}

/** The quotations behind statements in other words: the proof stands in the text. */
function quotationLines({ claims, citations }: CitedAnswer): string[] {
  const shown = new Set(claims.filter(({ quoted }) => quoted).map(({ text }) => text));
  return citations.filter(({ quote }) => !shown.has(quote)).map(({ n, quote }) => `[${n}] «${quote}»`);
}

function citedLines(answer: CitedAnswer): string[] {
  const group = (name: Claim["group"]) => claimLines(answer.claims.filter((claim) => claim.group === name));
  const lines = [
    ...(answer.caution ? [answer.caution] : []),
    answer.lead,
    ...answer.disagreements.flatMap((d) => [
      d.about,
      ...d.values.map((v) => `• ${v.text} ${markers(v.citations)}`),
    ]),
  ];
  lines.push(...group("main"));
  const city = group("city");
  if (city.length > 0) lines.push(phrases.cityWideHeading(answer.scope.places[0]?.name ?? ""), ...city);
  const background = group("background");
  if (background.length > 0) lines.push(phrases.backgroundHeading, ...background);
  if (answer.mode === "model") lines.push(...quotationLines(answer), `${phrases.modeLine.model}.`);
  lines.push(...answer.notes, "", phrases.sourcesHeading, ...sourceLines(answer));
  return lines;
}

/** The whole answer as plain text with [n] markers: no markup, no bidi controls. A source's text is its body, unchanged. */
export function answerText(answer: Answer): string {
  if (answer.kind === "source") return answer.report.body;
  const lines = answer.kind === "answer" ? citedLines(answer) : answer.lines;
  return lines.join("\n").replace(CONTROLS, "").trim();
}
