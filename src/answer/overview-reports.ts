/** Which reports a summary or a comparison is about. */
import * as phrases from "../phrases/answer.ts";
import { asksOneReport } from "../question/kind.ts";
import { namedReportNumbers } from "../question/source-request.ts";
import type { Clarification } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { reportNamed } from "./source.ts";

const MOST_COMPARED = 3;
/** Reports compared pair by pair to find the two that tell of the same days; beyond these the first ones. */
const PAIRED = 60;

export type SummarisedReports =
  | { readonly kind: "reports"; readonly reports: readonly string[] }
  | Clarification;

function chosen(reports: readonly string[]): SummarisedReports {
  return { kind: "reports", reports };
}

/** The report to be summarised: the one named, else the one shown or cited last; none when days or places are asked. */
export async function summarisedReports(asked: Asked): Promise<SummarisedReports> {
  const { question, memory, sources, scope } = asked;
  const scoped = scope.dates.length + scope.places.length > 0;
  const ofReport = asksOneReport(question.text);
  const source = scoped && !ofReport ? null : question.source;
  if (source && source.by !== "unspecified") {
    const named = await reportNamed(source, asked);
    if (named.length <= 1) return chosen(named);
    const heads = await sources.store.heads();
    const choices = named.map((id) => phrases.offers.summary(heads.get(id)?.title ?? phrases.untitled, id));
    const publisher = source.by === "publisher" ? source.publisher : "";
    return {
      kind: "clarification",
      scope,
      offers: [],
      lines: [phrases.clarify.whichReport(publisher)],
      choices,
    };
  }
  if (scoped || !ofReport) return chosen([]);
  const last = memory?.report ?? memory?.citations[0]?.report;
  return chosen(last === undefined ? [] : [last]);
}

/** Reports of the publishers that a question names, one of each: the one that tells of the days of the others. */
async function ofPublishers(asked: Asked): Promise<string[][]> {
  const { question, sources } = asked;
  const named = new Set(question.actors.map(({ id }) => id));
  const publishers = sources.names.publishers.filter(({ id }) => named.has(id)).map(({ name }) => name);
  return Promise.all(publishers.map((publisher) => reportNamed({ by: "publisher", publisher }, asked)));
}

/** News days of a report. */
async function daysOf(id: string, { sources }: Asked): Promise<Set<string>> {
  const passages = await sources.store.passages(await sources.store.select({ reports: [id] }));
  const days = passages.flatMap(({ dates }) =>
    dates.flatMap(({ background, precision, start }) =>
      !background && precision === "day" && start ? [start] : [],
    ),
  );
  return new Set(days);
}

/** The two reports, one of each list and of different publishers, that share the most days; null when none shares any. */
async function bestPair(
  lists: readonly [readonly string[], readonly string[]],
  asked: Asked,
): Promise<string[] | null> {
  const { store } = asked.sources;
  const ids = [...new Set(lists.flat())].slice(0, PAIRED);
  const days = new Map(await Promise.all(ids.map(async (id) => [id, await daysOf(id, asked)] as const)));
  const heads = await store.heads();
  const publisherOf = (id: string): string => heads.get(id)?.publisher ?? id;
  let best: { pair: string[]; shared: number } | null = null;
  for (const one of lists[0]) {
    for (const other of lists[1]) {
      if (one === other || publisherOf(one) === publisherOf(other)) continue;
      const shared = [...(days.get(one) ?? [])].filter((day) => days.get(other)?.has(day)).length;
      if (shared > (best?.shared ?? 0)) best = { pair: [one, other].sort(), shared };
    }
  }
  return best?.pair ?? null;
}

/**
 * The reports to be compared: those named by number or publisher, else those of the last answer, else the two of
 * different publishers that tell of the same days; empty when there are none such.
 */
export async function comparedReports(asked: Asked): Promise<readonly string[]> {
  const { question, memory, sources } = asked;
  const numbered = namedReportNumbers(question.text, sources).slice(0, MOST_COMPARED);
  if (numbered.length >= 2) return numbered;
  const [first, second] = await ofPublishers(asked);
  if (first && second)
    return (await bestPair([first, second], asked)) ?? [first[0], second[0]].flatMap((id) => id ?? []);
  const cited = [...new Set(memory?.citations.map(({ report }) => report) ?? [])];
  if (cited.length >= 2 && asked.scope.inherited) return cited.slice(0, MOST_COMPARED);
  if (cited.length >= 2 && question.places.length + question.dates.length === 0)
    return cited.slice(0, MOST_COMPARED);
  const { reportIds } = sources;
  return (await bestPair([reportIds.slice(0, PAIRED), reportIds.slice(0, PAIRED)], asked)) ?? [];
}
