/** Both lanes, from files to an index and from a message to an answer. The file to open first. */
import type { Sources } from "./answer/asked.ts";
import { type Answered, type AnswerRequest, respond } from "./answer/respond.ts";
import { readCopies } from "./copies/copies.ts";
import type { Embedder } from "./embedding/embedder.ts";
import type { GazetteerData } from "./gazetteer/gazetteer.ts";
import { ANNOTATOR_VERSION, annotate } from "./passage/annotate.ts";
import { CHUNKER_VERSION, cutPassages } from "./passage/cut.ts";
import { corpusHash } from "./report/corpus.ts";
import { type Overrides, withdrawnReports } from "./report/overrides.ts";
import { READER_VERSION, type ReadResult, readReports } from "./report/read.ts";
import { SKETCH_VERSION, sketchOf } from "./report/sketch.ts";
import { buildStoreAt, type IndexPlace, inspectIndexAt, openStoreAt } from "./store/anywhere.ts";
import type { BuildStage, BuildSummary, ReceivedReport } from "./store/build.ts";
import type { ExpectedManifest } from "./store/manifest.ts";
import type { IndexState, OpenStoreOptions } from "./store/sqlite.ts";
import type { Coverage } from "./store/store.ts";
import { buildActorIndex } from "./text/actors.ts";
import { yearOf } from "./text/day.ts";
import { NORMALIZER_VERSION } from "./text/normalize.ts";
import { placesFromField } from "./text/places/field.ts";
import { buildGazetteer, type Gazetteer } from "./text/places/gazetteer.ts";

/** Where a collection stands and what it is read with. */
export interface CollectionSource extends IndexPlace {
  readonly dataDir: string;
  readonly names: GazetteerData;
  readonly overrides: Overrides;
  readonly embedder: Embedder;
}

export interface BuildReport extends BuildSummary {
  readonly problems: readonly Extract<ReadResult, { kind: "problem" }>[];
}

export interface BuildEvents {
  readonly now: () => string;
  readonly onProblem: (problem: Extract<ReadResult, { kind: "problem" }>) => void;
  readonly onWarning: (message: string) => void;
  readonly onProgress?: ((stage: BuildStage, done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Everything that shapes an index of this source; an index made from anything else is stale. */
export async function expectedManifest(source: CollectionSource): Promise<ExpectedManifest> {
  const { places, publishers } = source.names;
  const companions = [READER_VERSION, SKETCH_VERSION, source.overrides, places, publishers].map((value) =>
    JSON.stringify(value),
  );
  return {
    chunkerVersion: CHUNKER_VERSION,
    normalizerVersion: NORMALIZER_VERSION,
    annotatorVersion: ANNOTATOR_VERSION,
    embedding: { ...source.embedder.model },
    corpus: await corpusHash(source.dataDir, companions),
  };
}

/** Whether the index of this source can be used as it is. */
export async function inspectCollection(source: CollectionSource): Promise<IndexState> {
  return inspectIndexAt(source, await expectedManifest(source));
}

/** The build lane: file, report, passages with days and places, vectors, store. */
export async function buildCollection(source: CollectionSource, events: BuildEvents): Promise<BuildReport> {
  const problems: Extract<ReadResult, { kind: "problem" }>[] = [];
  const placeFields: string[] = [];
  const listed = buildGazetteer(source.names.places);
  async function* received(): AsyncIterable<ReceivedReport> {
    for await (const result of readReports({
      dir: source.dataDir,
      overrides: source.overrides,
      publishers: source.names.publishers,
      signal: events.signal,
      onNote: events.onWarning,
    })) {
      if (result.kind === "problem") {
        problems.push(result);
        events.onProblem(result);
        continue;
      }
      for (const warning of result.report.warnings) events.onWarning(`${result.report.id}: ${warning}`);
      placeFields.push(...result.report.places);
      yield { ...result, report: { ...result.report, sketch: sketchOf(result.report, listed) } };
    }
  }
  let gazetteer: Gazetteer | null = null;
  const { corpus, embedding: _, ...versions } = await expectedManifest(source);
  const summary = await buildStoreAt(source, {
    reports: received(),
    passagesOf: (report) => {
      gazetteer ??= gazetteerOf(source.names, placeFields);
      return annotate({ report, passages: cutPassages(report), gazetteer });
    },
    shaping: () => JSON.stringify([source.names.places, [...new Set(placeFields)].sort()]),
    onWarning: events.onWarning,
    embedder: source.embedder,
    versions,
    corpus,
    now: events.now,
    onProgress: events.onProgress,
    signal: events.signal,
  });
  return { ...summary, problems };
}

/** The project's places and those that the reports' own fields name. */
function gazetteerOf(names: GazetteerData, placeFields: readonly string[]): Gazetteer {
  const known = buildGazetteer(names.places);
  return placeFields.length === 0
    ? known
    : buildGazetteer(names.places, placesFromField(placeFields, known).rows);
}

/** Opens an index for questions; `checked` is what `inspectCollection` found whole. Throws StoreError when there is none. */
export async function openCollection(
  source: CollectionSource,
  { onWarning, checked }: Pick<OpenStoreOptions, "onWarning" | "checked"> = {},
): Promise<Sources> {
  const opened = await openStoreAt(source, { onWarning, checked });
  const { copies, store } = await readCopies(opened);
  const coverage = await store.coverage();
  const gazetteer = gazetteerOf(source.names, await store.placeFields());
  return {
    store,
    embedder: source.embedder,
    gazetteer,
    actors: buildActorIndex(source.names.actors),
    names: source.names,
    years: [...new Set(coverage.days.map(({ day }) => yearOf(day)))],
    reportIds: await store.reportIds(),
    coverage,
    region: mostToldRegion(coverage, gazetteer),
    withdrawn: withdrawnReports(source.overrides),
    copies,
  };
}

/** The governorate to which most passages belong, when it is more than half of them. */
function mostToldRegion(coverage: Coverage, gazetteer: Gazetteer): string | null {
  const counts = new Map<string, number>();
  let total = 0;
  for (const { id, passages } of coverage.places) {
    total += passages;
    const region = [id, ...gazetteer.ancestors(id)].find(
      (place) => gazetteer.byId.get(place)?.kind === "governorate",
    );
    if (region !== undefined) counts.set(region, (counts.get(region) ?? 0) + passages);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best && best[1] * 2 > total ? best[0] : null;
}

/** The answer lane: message, question, retrieval, answer. */
export function answerQuestion(request: AnswerRequest, sources: Sources): Promise<Answered> {
  return respond(request, sources);
}
