import type { Offer } from "../answer/answer.ts";
import { ASK, HOME } from "../phrases/web.ts";
import type { Report } from "../report/report.ts";
import { isolateLeftToRight } from "../text/bidi.ts";
import type { Counted } from "../timeline/bins.ts";
import { answerView, type ShownAnswer } from "./answer-view.ts";
import { type Html, html, NOTHING } from "./html.ts";
import { mapView } from "./map.ts";
import { type Chosen, type Collected, choosers, dayBars, placeList } from "./timeline-view.ts";

export interface AskedBefore {
  readonly question: string;
  readonly chosen: Chosen;
}

const NOTHING_CHOSEN: Chosen = { day: null, place: null };
const PLACES_SHOWN = 16;

/** The form in which questions are asked. */
export function askForm(collected: Collected, before: AskedBefore | null): Html {
  const chosen = before?.chosen ?? NOTHING_CHOSEN;
  const open = chosen.day !== null || chosen.place !== null;
  return html`<form class="ask" method="post" action="/ask" role="search">
<label for="q">${before ? ASK.follow : ASK.label}</label>
<div class="line"><input id="q" name="q" type="text" maxlength="4096" autocomplete="off" enterkeyhint="search" dir="rtl" placeholder="${ASK.placeholder}"><button>${ASK.button}</button></div>
<details${open ? { html: " open" } : NOTHING}><summary>${ASK.narrow}</summary><div class="choosers">${choosers(collected, chosen)}</div></details>
</form>`;
}

/** The page that an answer stands on. */
export function answerPage(
  collected: Collected,
  {
    before,
    answer,
    reports,
  }: { before: AskedBefore; answer: ShownAnswer; reports: ReadonlyMap<string, Report> },
): Html {
  return html`${askForm(collected, before)}
<section id="answer" tabindex="-1"><h1 class="asked"><small>${ASK.asked}</small> <bdi>${before.question}</bdi></h1>
${answerView(answer, reports)}</section>`;
}

export interface HomePage extends Collected {
  /** What is told of each time. */
  readonly counted: readonly Counted[];
  readonly examples: readonly Offer[];
  /** A real answer to show what answers are like; null when there is none. */
  readonly example: {
    readonly question: string;
    readonly answer: ShownAnswer;
    readonly reports: ReadonlyMap<string, Report>;
  } | null;
}

export function homePage({ examples, example, counted, ...collected }: HomePage): Html {
  const { coverage, gazetteer } = collected;
  return html`<section class="hero"><h1>${HOME.heading}</h1><p class="lede">${HOME.intro}</p>
${askForm(collected, null)}
<form class="offers examples" method="post" action="/ask"><h2>${HOME.examples}</h2>
${examples.map(({ label, question }) => html`<button name="q" value="${question}">${isolateLeftToRight(label)}</button>`)}</form></section>
${
  example &&
  html`<section class="example" id="answer"><h2 class="asked"><small>${HOME.example}:</small> <bdi>${example.question}</bdi></h2>
${answerView(example.answer, example.reports)}</section>`
}
<div class="overview"><section><h2>${HOME.days}</h2>${dayBars(counted)}</section>
<section><h2>${HOME.places}</h2>${mapView(coverage, gazetteer)}${placeList(collected, PLACES_SHOWN)}
<p><a href="/timeline">${HOME.allDays}</a> · <a href="/reports">${HOME.allReports}</a></p></section></div>`;
}
