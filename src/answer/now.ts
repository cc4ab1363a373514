import type { Passage } from "../passage/passage.ts";
import * as phrases from "../phrases/answer.ts";
import { tellsOfControl } from "../question/control.ts";
import { readScope, selectInScope } from "../retrieval/scope.ts";
import type { Day } from "../text/day.ts";
import type { Answer, Refusal } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { composeAnswer } from "./compose.ts";
import { dayLabel } from "./labels.ts";
import { placeLabel } from "./place-label.ts";
import { reportsOf } from "./reports.ts";

const QUOTATIONS = 3;

/** Safety and shelling of today: one plain line and nothing that could be taken for an answer. */
export function refuseSafety({ scope }: Asked): Refusal {
  return {
    kind: "refusal",
    reason: "not_reported",
    scope: { dates: [], places: scope.places },
    lines: [phrases.refusal.notLiveNews],
    offers: [phrases.offers.coverage],
  };
}

/** The last day of what a passage tells as news; null for background and for days unknown. */
function lastDay({ dates }: Passage): Day | null {
  const news = dates.find(({ background }) => !background);
  return news?.end ?? null;
}

/**
 * Who holds a place "now": what the reports tell of control there on the last day that they know, told as of that
 * day; null when no place is named or nothing of the kind is told.
 */
export async function answerControl(asked: Asked): Promise<Answer | null> {
  const { scope, sources } = asked;
  const places = scope.places.map(({ id }) => id);
  if (places.length === 0) return null;
  const about = { days: [], places };
  const located = await readScope(await selectInScope(about, sources), about, sources);
  const told = located.flatMap(({ passage }) => {
    const day = lastDay(passage);
    const named = passage.places.some(({ id, basis }) => basis === "passage" && places.includes(id));
    return day !== null && named && tellsOfControl(passage.text) ? [{ passage, day }] : [];
  });
  const latest =
    told
      .map(({ day }) => day)
      .sort()
      .at(-1) ?? "";
  const quotations = told
    .filter(({ day }) => day === latest)
    .slice(0, QUOTATIONS)
    .map(({ passage }) => ({ passage, start: passage.start, end: passage.end, group: "main" as const }));
  if (quotations.length === 0) return null;
  const reports = await reportsOf(quotations, sources.store);
  const publishers = [
    ...new Set([...reports.values()].map(({ publisher }) => publisher ?? phrases.unknownPublisher)),
  ];
  const place = phrases.list(scope.places.map(({ id }) => placeLabel(id, sources.gazetteer)));
  return composeAnswer({
    lead: phrases.untilDay(dayLabel({ start: latest, end: latest }), phrases.and(publishers), place),
    quotations,
    reports,
    scope: { dates: [], places: scope.places },
    widened: null,
    notes: [phrases.refusal.notLiveNews],
    offers: scope.places.map(({ id }) => phrases.offers.inPlace(placeLabel(id, sources.gazetteer))),
  });
}
