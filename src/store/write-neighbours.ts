/** The graph of neighbours of a generation: taken over while few passages have come or gone since, else built anew. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BuildOptions } from "./build.ts";
import type { Former } from "./former.ts";
import {
  buildingNeighboursFile,
  buildingSmallFile,
  type Current,
  type GraphFiles,
  neighboursDamage,
  removeBuilding,
  type SegmentFile,
  switchTo,
} from "./generation.ts";
import { fileDamage, fileError, settleFile } from "./index-files.ts";
import type { Manifest } from "./manifest.ts";
import { BLANK, LABEL_BYTES, labelsIn } from "./neighbours.ts";
import { Reading } from "./reading.ts";
import { readArray } from "./segment.ts";
import { blankNeighbours, buildNeighbours, NEIGHBOURS_FROM } from "./vectors.ts";

/** So many passages may be compared one by one beside the graph, or this share of all if that is more. */
const LEAST_SLACK = 2_000;
const SLACK_SHARE = 0.1;

export interface NextGeneration {
  readonly former: Former;
  /** Whether texts of the former generation may be in the next one no more. */
  readonly loses: boolean;
  readonly segments: readonly SegmentFile[];
  readonly manifest: Manifest;
}

/** The former graph for the next generation, rows of texts that have gone overwritten; null when there is none that fits. */
export async function keptNeighbours(
  { former, loses, segments, manifest }: NextGeneration,
  { indexDir, check, neighboursFrom = NEIGHBOURS_FROM }: BuildOptions,
): Promise<GraphFiles | null> {
  const graph = former.current?.neighbours;
  if (!graph || manifest.passages < neighboursFrom) return null;
  const { dimension, fingerprint } = manifest.embedding;
  if (graph.dimension !== dimension || graph.model !== fingerprint) return null;
  const damage =
    check === true
      ? await neighboursDamage(indexDir, { neighbours: graph, manifest })
      : await fileDamage(indexDir, graph.labels);
  if (damage !== null) return null;
  if (!loses) return graph;
  const labels = readFileSync(join(indexDir, graph.labels.file));
  const present = hashesOf(indexDir, segments);
  const blank = labelsIn(labels).flatMap((label, row) =>
    label === BLANK_KEY || present.has(label) ? [] : [row],
  );
  return blank.length === 0 ? graph : withoutRows(indexDir, graph, labels, blank);
}

/** Whether so many passages have come or gone since a graph was built that another is worth its time. */
function isWorn(indexDir: string, graph: GraphFiles, present: ReadonlySet<string>): boolean {
  const labels = new Set(labelsIn(readFileSync(join(indexDir, graph.labels.file))));
  let fresh = 0;
  for (const label of present) if (!labels.has(label)) fresh += 1;
  const gone = graph.count - (present.size - fresh);
  return fresh + gone > Math.max(LEAST_SLACK, SLACK_SHARE * present.size);
}

const BLANK_KEY = BLANK.toString("latin1");

/** Vectors of texts that are gone say something about them: they go from the graph too. */
async function withoutRows(
  indexDir: string,
  graph: GraphFiles,
  labels: Buffer,
  blank: readonly number[],
): Promise<GraphFiles | null> {
  if ((await fileDamage(indexDir, graph)) !== null) return null;
  const { dimension, count } = graph;
  const from = { file: join(indexDir, graph.file), dimension, rows: count };
  if ((await blankNeighbours(from, { to: buildingNeighboursFile(indexDir), blank })) !== null) return null;
  const left = Buffer.from(labels);
  for (const row of blank) BLANK.copy(left, row * LABEL_BYTES);
  return settleGraph(indexDir, graph, left);
}

/** Builds the graph that a generation should have and has not, and switches to the same generation with it. */
export async function renewNeighbours(
  current: Current,
  { indexDir, embedder, onProgress, onWarning, signal, neighboursFrom = NEIGHBOURS_FROM }: BuildOptions,
): Promise<void> {
  const { segments, manifest, neighbours } = current;
  if (manifest.passages < neighboursFrom) return;
  const labels = hashesOf(indexDir, segments);
  if (neighbours !== null && !isWorn(indexDir, neighbours, labels)) return;
  const { dimension, fingerprint } = embedder.model;
  const problem = await buildNeighbours({
    file: buildingNeighboursFile(indexDir),
    ...{ dimension, rows: labels.size, signal },
    vectors: vectorsOf(indexDir, segments, dimension),
    onProgress: (done) => onProgress?.("neighbours", done, labels.size),
  });
  if (problem !== null) {
    onWarning?.(
      `hnswlib-node cannot be used (${problem}); every passage is compared instead, which is exact and slower.`,
    );
    await removeBuilding(indexDir);
    return;
  }
  onProgress?.("neighbours", labels.size, labels.size);
  const bytes = Buffer.from([...labels].join(""), "latin1");
  const description = { dimension, count: labels.size, metric: "ip", model: fingerprint } as const;
  await switchTo(indexDir, { ...current, neighbours: await settleGraph(indexDir, description, bytes) });
}

async function settleGraph(
  indexDir: string,
  { dimension, count, metric, model }: Pick<GraphFiles, "dimension" | "count" | "metric" | "model">,
  labels: Buffer,
): Promise<GraphFiles> {
  const small = buildingSmallFile(indexDir);
  try {
    writeFileSync(small, labels);
  } catch (cause) {
    throw fileError(small, "cannot be written", cause);
  }
  const settledLabels = await settleFile(indexDir, small, { prefix: "labels-", suffix: ".bin" });
  const file = buildingNeighboursFile(indexDir);
  const settled = await settleFile(indexDir, file, { prefix: "neighbours-", suffix: ".hnsw" });
  return { ...settled, dimension, count, metric, model, labels: settledLabels };
}

/** Hash of the text of every passage, each once, in order. */
function hashesOf(indexDir: string, segments: readonly SegmentFile[]): Set<string> {
  const hashes = new Set<string>();
  for (const { file } of segments) {
    const reading = new Reading(join(indexDir, file));
    try {
      for (const { hash } of reading.rows<{ hash: Buffer }>("SELECT hash FROM passages ORDER BY ref"))
        hashes.add(hash.toString("latin1"));
    } finally {
      reading.close();
    }
  }
  return hashes;
}

/** Vectors in the order of `hashesOf`. */
function* vectorsOf(
  indexDir: string,
  segments: readonly SegmentFile[],
  dimension: number,
): Generator<Float32Array> {
  const seen = new Set<string>();
  for (const { file } of segments) {
    const reading = new Reading(join(indexDir, file));
    try {
      const values = new Float32Array(new Uint8Array(readArray(reading, "vectors")).buffer);
      const rows = reading.all<{ hash: Buffer }>("SELECT hash FROM passages ORDER BY ref");
      for (const [row, { hash }] of rows.entries()) {
        const key = hash.toString("latin1");
        if (seen.has(key)) continue;
        seen.add(key);
        yield values.subarray(row * dimension, (row + 1) * dimension);
      }
    } finally {
      reading.close();
    }
  }
}
