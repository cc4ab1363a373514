/** Opens an index: the current generation of its folder, checked byte by byte. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Current, type CurrentState, filesOf, neighboursDamage, readCurrent } from "./generation.ts";
import { fileDamage } from "./index-files.ts";
import { type ExpectedManifest, type Manifest, staleReason } from "./manifest.ts";
import { LabelledGraph } from "./neighbours.ts";
import { Segment } from "./segment.ts";
import { SqliteStore } from "./sqlite-store.ts";
import { type Store, StoreError } from "./store.ts";
import { openGraph } from "./vectors.ts";

export interface OpenStoreOptions {
  readonly indexDir: string;
  /** Told what the store does without, in one English line. */
  readonly onWarning?: ((message: string) => void) | undefined;
  /** Files whose bytes `inspectIndex` has just found whole: they are not read once more. */
  readonly checked?: readonly string[] | undefined;
  /** An open store of an earlier generation: what both have in common is shared. */
  readonly former?: Store | undefined;
}

/** Whether an index can be used as it is; if not, why, in English words that fit behind a colon. */
export type IndexState =
  | {
      readonly state: "current";
      readonly manifest: Manifest;
      /** The index's files, every byte of them checked; their names hold their hashes. */
      readonly checked: readonly string[];
    }
  | { readonly state: "missing" | "stale" | "damaged"; readonly reason: string };

const REBUILD = "run npm run index";

/** Whether the index is whole and is what `expected` would give. Reads every byte; throws StoreError for an unreadable folder. */
export function inspectIndex(indexDir: string, expected: ExpectedManifest): Promise<IndexState> {
  return settled(indexDir, async (current): Promise<IndexState> => {
    if (current.state === "missing") return { state: "missing", reason: "there is none yet" };
    if (current.state === "damaged") return current;
    const { manifest } = current.current;
    const stale = staleReason(manifest, expected);
    if (stale !== null) return { state: "stale", reason: stale };
    const { current: generation } = current;
    for (const segment of generation.segments) {
      const damage = await fileDamage(indexDir, segment);
      if (damage !== null) return { state: "damaged", reason: damage };
    }
    const damage = await neighboursDamage(indexDir, generation);
    if (damage !== null) return { state: "damaged", reason: damage };
    return { state: "current", manifest, checked: filesOf(generation).map(({ file }) => file) };
  });
}

/**
 * Opens the current generation after checking every byte that has not been checked: of files that `former` holds open
 * too, nothing is read again. Throws StoreError when there is none or it is damaged.
 */
export function openStore({ indexDir, onWarning, checked = [], former }: OpenStoreOptions): Promise<Store> {
  return settled(indexDir, async (state) => {
    if (state.state === "missing") throw new StoreError(`${indexDir} holds no index; ${REBUILD}.`);
    if (state.state === "damaged") throw new StoreError(`${indexDir}: ${state.reason}; ${REBUILD}.`);
    const { current } = state;
    const shared = former instanceof SqliteStore ? former : null;
    const segments: Segment[] = [];
    try {
      for (const described of current.segments) {
        const known = shared?.segment(described);
        const damage =
          known || checked.includes(described.file) ? null : await fileDamage(indexDir, described);
        if (damage !== null) throw new StoreError(`${indexDir}: ${damage}; ${REBUILD}.`);
        const segment = known?.isOpen ? known : new Segment(indexDir, described, dimensionOf(current));
        segment.retain();
        segments.push(segment);
      }
      const graph = await graphOf({ indexDir, onWarning, checked }, current, shared?.graph ?? null);
      return new SqliteStore({ segments, manifest: current.manifest, graph });
    } catch (cause) {
      for (const segment of segments) segment.release();
      throw cause;
    }
  });
}

/** Does something with what current.json says; once more when a build has switched generations meanwhile. */
async function settled<T>(indexDir: string, work: (state: CurrentState) => Promise<T>): Promise<T> {
  for (;;) {
    const before = await readCurrent(indexDir);
    const outcome = await work(before).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    const failed = "error" in outcome || isDamaged(outcome.value);
    const changed = failed && JSON.stringify(await readCurrent(indexDir)) !== JSON.stringify(before);
    if (changed) continue;
    if ("error" in outcome) throw outcome.error;
    return outcome.value;
  }
}

function isDamaged(value: unknown): boolean {
  return typeof value === "object" && value !== null && "state" in value && value.state === "damaged";
}

function dimensionOf(current: Current): number {
  return current.manifest.embedding.dimension;
}

async function graphOf(
  { indexDir, onWarning, checked = [] }: OpenStoreOptions,
  current: Current,
  former: LabelledGraph | null,
): Promise<LabelledGraph | null> {
  const { neighbours } = current;
  if (neighbours === null) return null;
  const { file, labels, dimension, count: rows } = neighbours;
  if (former?.file === file) return former;
  const damage = checked.includes(file) ? null : await neighboursDamage(indexDir, current);
  const graph =
    damage === null ? await openGraph({ file: join(indexDir, file), dimension, rows }) : { reason: damage };
  if (!("reason" in graph)) return new LabelledGraph(file, graph, readFileSync(join(indexDir, labels.file)));
  onWarning?.(
    `the neighbours of the index cannot be used (${graph.reason}); every passage is compared instead`,
  );
  return null;
}
