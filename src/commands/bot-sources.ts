import type { Sources as AnswerSources } from "../answer/asked.ts";
import { placeLabel } from "../answer/place-label.ts";
import type { Passage } from "../passage/passage.ts";
import { unknownPublisher } from "../phrases/answer.ts";
import type { Covered, Sources, Told } from "../telegram/sources.ts";
import { dayInDamascus } from "../text/damascus.ts";
import { earliest, latest } from "../text/day.ts";
import { botTimelines, type TimelineOptions } from "./bot-timelines.ts";

/** What the bot reads of a collection, at each call of its newest generation. What a generation holds is computed once. */
export function botSources(
  sources: AnswerSources,
  timelines?: TimelineOptions,
  history?: Sources["history"],
): Sources {
  let covered: { readonly store: AnswerSources["store"]; readonly told: Promise<Covered> } | null = null;
  return {
    timelines: timelines && botTimelines(sources, timelines),
    report: (id) => sources.store.report(id),
    source: (id) => sources.store.source(id),
    passageById: async (id) => (await sources.store.passageById(id))?.passage ?? null,
    reportIds: () => sources.store.reportIds(),
    generation: () => sources.store.manifest.corpus,
    async copies(report) {
      const { store, copies } = sources;
      const found = await Promise.all((copies?.others(report) ?? []).map((id) => store.report(id)));
      return found.filter((each) => each !== null);
    },
    ...(history === undefined ? {} : { history }),
    withdrawn: async () => sources.withdrawn ?? new Map<string, string>(),
    async told(report) {
      const { store, gazetteer } = sources;
      const passages = await store.passages(await store.select({ reports: [report] }));
      return toldIn(passages, (id) => placeLabel(id, gazetteer));
    },
    covered() {
      const { store } = sources;
      if (covered?.store !== store) covered = { store, told: coveredBy({ ...sources }) };
      return covered.told;
    },
  };
}

/** Names that occur, the most frequent first. */
function byFrequency(names: Iterable<string>): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}

function toldIn(passages: readonly Passage[], labelOf: (id: string) => string): Told {
  const news = passages.flatMap(({ dates }) => dates.filter(({ background }) => !background));
  const start = earliest(news.flatMap((date) => (date.start === null ? [] : [date.start])));
  const end = latest(news.flatMap((date) => (date.end === null ? [] : [date.end])));
  return {
    events: start === null && end === null ? null : { start, end },
    places: byFrequency(passages.flatMap(({ places }) => places.map(({ id }) => labelOf(id)))),
  };
}

async function coveredBy({ store, coverage, gazetteer }: AnswerSources): Promise<Covered> {
  const heads = await store.heads();
  const publishers = [...heads.values()].map(({ publisher }) => publisher ?? unknownPublisher);
  const known = await store.publications();
  const { changedAt } = store.manifest;
  const places = [...coverage.places].sort((a, b) => b.passages - a.passages);
  return {
    reports: coverage.reports,
    publishers: byFrequency(publishers),
    days: coverage.days.map(({ day }) => day),
    places: [...new Set(places.map(({ id }) => placeLabel(id, gazetteer)))],
    inferred: known.inferred,
    undated: known.unknown,
    changed: changedAt === null ? null : dayInDamascus(Date.parse(changedAt)),
  };
}
