import * as phrases from "../phrases/answer.ts";
import { severalPlaces } from "../phrases/copies.ts";
import { dayInDamascus } from "../text/damascus.ts";
import { formatDay } from "../text/dates/format.ts";
import { searchKey } from "../text/normalize.ts";
import type { Help } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { placeLabel } from "./place-label.ts";
import { coveredDays } from "./refuse.ts";

const PLACES_SHOWN = 8;
const EXAMPLES = 3;

/** What the collection holds: how many reports, which days, which places. */
export function answerCoverage({ sources, scope }: Asked): Help {
  const { coverage, gazetteer, store, copies } = sources;
  const { changedAt } = store.manifest;
  const places = [...coverage.places].sort((a, b) => b.passages - a.passages).slice(0, PLACES_SHOWN);
  const lines = [
    [
      phrases.coverage.reports(coverage.reports),
      ...(copies === undefined || copies.groups.length === 0 ? [] : [severalPlaces(copies.groups.length)]),
    ].join(" "),
    phrases.coverage.days(coveredDays(coverage)),
    phrases.coverage.places(phrases.list(places.map(({ id }) => placeLabel(id, gazetteer)))),
    ...(changedAt === null
      ? []
      : [phrases.coverage.changed(formatDay(dayInDamascus(Date.parse(changedAt))))]),
    phrases.coverage.ask,
  ];
  const offers = places.slice(0, EXAMPLES).map(({ id }) => phrases.offers.inPlace(placeLabel(id, gazetteer)));
  return { kind: "help", scope: { dates: scope.dates, places: scope.places }, offers, lines };
}

const THANKS = /(?:شكر|يسلمو|يعطيك|thank|merci)/;

/** A greeting or thanks, answered in kind, with what one can ask. */
export function greet(asked: Asked): Help {
  const thanks = THANKS.test(searchKey(asked.question.text));
  const help = answerCoverage(asked);
  return { ...help, lines: thanks ? [phrases.help.thanks] : [phrases.help.greeting, ...help.lines] };
}
