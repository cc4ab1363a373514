/** Both lanes, from files to an index and from a message to an answer. The file to open first. */
import type { Sources } from "./answer/asked.ts";
import { type Answered, type AnswerRequest, respond } from "./answer/respond.ts";
import { type KnownCopies, readCopies } from "./copies/copies.ts";
import type { Embedder } from "./embedding/embedder.ts";
import type { GazetteerData } from "./gazetteer/gazetteer.ts";
import { ANNOTATOR_VERSION, annotate } from "./passage/annotate.ts";
import { CHUNKER_VERSION, cutPassages } from "./passage/cut.ts";
import { decodeCatalogue, type Scanned, scanFiles } from "./report/catalogue.ts";
import { ChangesReading } from "./report/changes.ts";
import { corpusHash, corpusHashOf } from "./report/corpus.ts";
import { type Overrides, withdrawnReports } from "./report/overrides.ts";
import { READER_VERSION, type ReadResult } from "./report/read.ts";
import { SKETCH_VERSION, sketchOf } from "./report/sketch.ts";
import {
  buildStoreAt,
  type IndexPlace,
  inspectIndexAt,
  openStoreAt,
  storedCatalogueAt,
} from "./store/anywhere.ts";
import type { BuildStage, BuildSummary, Incoming, ReceivedReport, StoredReports } from "./store/build.ts";
import type { ExpectedManifest } from "./store/manifest.ts";
import type { IndexState, OpenStoreOptions } from "./store/sqlite.ts";
import type { Coverage, Store } from "./store/store.ts";
import { buildActorIndex } from "./text/actors.ts";
import { yearOf } from "./text/day.ts";
import { NORMALIZER_VERSION } from "./text/normalize.ts";
import { placesFromField } from "./text/places/field.ts";
import { buildGazetteer, type Gazetteer } from "./text/places/gazetteer.ts";

const VERSIONS = {
  chunkerVersion: CHUNKER_VERSION,
  normalizerVersion: NORMALIZER_VERSION,
  annotatorVersion: ANNOTATOR_VERSION,
};

/** Where a collection stands and what it is read with. */
export interface CollectionSource extends IndexPlace {
  readonly dataDir: string;
  readonly names: GazetteerData;
  readonly overrides: Overrides;
  readonly embedder: Embedder;
}

export interface BuildReport extends BuildSummary {
  /** Ids of the reports that were read because they are new or were changed, or their file was. */
  readonly read: readonly string[];
  readonly problems: readonly Extract<ReadResult, { kind: "problem" }>[];
}

export interface BuildEvents {
  readonly now: () => string;
  readonly onProblem: (problem: Extract<ReadResult, { kind: "problem" }>) => void;
  readonly onWarning: (message: string) => void;
  readonly onProgress?: ((stage: BuildStage, done: number, total: number) => void) | undefined;
  /** Read every file of the reports, also those whose size and times are as they were. */
  readonly checkFiles?: boolean | undefined;
  /** Leave for a later build what is not needed to answer from what has changed: looking for damage, linking neighbours. */
  readonly quick?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What an index depends on beside its files and the code. */
function companionsOf({ overrides, names }: CollectionSource): string[] {
  return [READER_VERSION, SKETCH_VERSION, overrides, names.places, names.publishers].map((value) =>
    JSON.stringify(value),
  );
}

/** Everything that shapes an index of this source; an index made from anything else is stale. */
export async function expectedManifest(source: CollectionSource): Promise<ExpectedManifest> {
  const known = decodeCatalogue(await storedCatalogueAt(source));
  return {
    ...VERSIONS,
    embedding: { ...source.embedder.model },
    corpus: await corpusHash(source.dataDir, companionsOf(source), known),
  };
}

/** Whether the index of this source can be used as it is. */
export async function inspectCollection(source: CollectionSource): Promise<IndexState> {
  return inspectIndexAt(source, await expectedManifest(source));
}

/** The build lane: file, report, passages with days and places, vectors, store. Only what has changed is read. */
export async function buildCollection(source: CollectionSource, events: BuildEvents): Promise<BuildReport> {
  const problems: Extract<ReadResult, { kind: "problem" }>[] = [];
  const read: string[] = [];
  let placeFields: readonly string[] = [];
  let gazetteer: Gazetteer | null = null;
  const summary = await buildStoreAt(source, {
    reports: async (stored) => {
      problems.length = 0;
      read.length = 0;
      return incomingOf(source, stored, {
        ...events,
        onRead: (id) => read.push(id),
        onProblem: (problem) => {
          problems.push(problem);
          events.onProblem(problem);
        },
      });
    },
    passagesOf: (report) => {
      gazetteer ??= gazetteerOf(source.names, placeFields);
      return annotate({ report, passages: cutPassages(report), gazetteer });
    },
    shaping: (fields) => {
      placeFields = fields;
      return JSON.stringify([source.names.places, fields]);
    },
    check: events.quick !== true,
    neighbours: events.quick === true ? "later" : "now",
    onWarning: events.onWarning,
    embedder: source.embedder,
    versions: VERSIONS,
    now: events.now,
    onProgress: events.onProgress,
    signal: events.signal,
  });
  return { ...summary, problems, read };
}

/** The reports of a source that are not stored as they are. */
async function incomingOf(
  source: CollectionSource,
  stored: StoredReports,
  { now, signal, onWarning, onProblem, onRead, checkFiles }: BuildEvents & { onRead: (id: string) => void },
): Promise<Incoming> {
  const known = decodeCatalogue(stored.catalogue);
  const files: Scanned[] = [];
  for await (const file of scanFiles(source.dataDir, known, { everyByte: checkFiles })) {
    signal?.throwIfAborted();
    files.push(file);
  }
  const reading = new ChangesReading({
    ...{ files, known, signal, onNote: onWarning },
    overrides: source.overrides,
    publishers: source.names.publishers,
    madeWith: [SKETCH_VERSION, source.names.places],
    has: stored.has,
    now: Date.parse(now()),
  });
  const listed = buildGazetteer(source.names.places);
  let read = 0;
  async function* received(): AsyncIterable<ReceivedReport> {
    for await (const result of reading.results()) {
      if (result.kind === "problem") {
        onProblem(result);
        continue;
      }
      for (const warning of result.report.warnings) onWarning(`${result.report.id}: ${warning}`);
      read += 1;
      onRead(result.report.id);
      yield { ...result, report: { ...result.report, sketch: sketchOf(result.report, listed) } };
    }
  }
  return {
    reports: received(),
    kept: () => reading.kept,
    catalogue: () => reading.catalogue(),
    corpus: () => corpusHashOf(files, companionsOf(source)),
    total: () => read + reading.left,
  };
}

/** The project's places and those that the reports' own fields name. */
function gazetteerOf(names: GazetteerData, placeFields: readonly string[]): Gazetteer {
  const known = buildGazetteer(names.places);
  return placeFields.length === 0
    ? known
    : buildGazetteer(names.places, placesFromField(placeFields, known).rows);
}

export interface OpenCollectionOptions extends Pick<OpenStoreOptions, "onWarning" | "checked"> {
  /** An earlier generation that is still open: what both have in common is not read again. */
  readonly former?: Sources | undefined;
}

/** The opened index under each store that answers see, and what is known of its copies. */
const openedUnder = new WeakMap<Store, { readonly opened: Store; readonly known: KnownCopies }>();

/** Opens an index for questions; `checked` is what `inspectCollection` found whole. Throws StoreError when there is none. */
export async function openCollection(
  source: CollectionSource,
  { onWarning, checked, former }: OpenCollectionOptions = {},
): Promise<Sources> {
  const before = former && openedUnder.get(former.store);
  const opened = await openStoreAt(source, { onWarning, checked, former: before?.opened });
  const { copies, store, known } = await readCopies(opened, before?.known);
  openedUnder.set(store, { opened, known });
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
