/** Other search engines, each put to the same use: index passages with their vectors, give the best ten for a question. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "./results.ts";

export interface PeerPassage {
  readonly ref: number;
  readonly text: string;
  readonly vector: Float32Array;
}

export interface PeerQuestion {
  readonly text: string;
  readonly vector: Float32Array;
}

export interface Peer {
  /** How it is set up, in a few words. */
  readonly how: string;
  build(passages: Iterable<readonly PeerPassage[]>, folder: string): Promise<void>;
  /** The refs of the best ten, best first. */
  search(question: PeerQuestion): Promise<readonly number[]>;
}

export const PEERS_FOLDER = join(ROOT, "bench", "peers");
const BEST = 10;
const peerRequire = createRequire(join(PEERS_FOLDER, "package.json"));

interface LanceTable {
  add(rows: readonly object[]): Promise<unknown>;
  createIndex(column: string, options: { config: unknown }): Promise<void>;
  waitForIndex(names: readonly string[], seconds: number): Promise<void>;
  listIndices(): Promise<{ name: string }[]>;
  query(): LanceQuery;
}

interface LanceQuery {
  nearestTo(vector: readonly number[]): LanceQuery;
  fullTextSearch(text: string, options: { columns: string[] }): LanceQuery;
  rerank(reranker: unknown): LanceQuery;
  select(columns: string[]): LanceQuery;
  limit(count: number): LanceQuery;
  toArray(): Promise<{ ref: number }[]>;
}

interface LanceLibrary {
  connect(folder: string): Promise<{
    createTable(name: string, rows: readonly object[]): Promise<LanceTable>;
  }>;
  readonly Index: { fts(options: object): unknown; hnswSq(options: object): unknown };
  readonly rerankers: { RRFReranker: { create(): Promise<unknown> } };
}

const rowOf = ({ ref, text, vector }: PeerPassage) => ({ ref, text, vector: Array.from(vector) });

/** LanceDB: vector and full text joined by reciprocal ranks; with its HNSW index, or without any (an exact scan, its default). */
function lance(indexed: boolean): Peer {
  const library = peerRequire("@lancedb/lancedb") as LanceLibrary;
  let table: LanceTable | null = null;
  let reranker: unknown;
  return {
    how: `vector (${indexed ? "HNSW index" : "no index, its default"}) + full text (Arabic stems and stop words), RRF`,
    async build(passages, folder) {
      const database = await library.connect(folder);
      for (const batch of passages) {
        const rows = batch.map(rowOf);
        if (table) await table.add(rows);
        else table = await database.createTable("passages", rows);
      }
      const fts = { language: "Arabic", stem: true, removeStopWords: true, withPosition: false };
      await table?.createIndex("text", { config: library.Index.fts(fts) });
      if (indexed)
        await table?.createIndex("vector", { config: library.Index.hnswSq({ distanceType: "dot" }) });
      const names = (await table?.listIndices()) ?? [];
      await table?.waitForIndex(
        names.map(({ name }) => name),
        600,
      );
      reranker = await library.rerankers.RRFReranker.create();
    },
    async search({ text, vector }) {
      const query = table
        ?.query()
        .fullTextSearch(text, { columns: ["text"] })
        .nearestTo(Array.from(vector));
      const rows = await query?.rerank(reranker).select(["ref"]).limit(BEST).toArray();
      return (rows ?? []).slice(0, BEST).map(({ ref }) => Number(ref));
    },
  };
}

interface MiniSearchIndex {
  addAll(documents: readonly object[]): void;
  search(text: string): { id: number }[];
}

/** MiniSearch has no vectors: its words alone. */
function miniSearch(): Peer {
  const MiniSearch = peerRequire("minisearch") as new (options: object) => MiniSearchIndex;
  const index = new MiniSearch({ fields: ["text"], idField: "ref" });
  return {
    how: "full text, as it comes",
    async build(passages) {
      for (const batch of passages) index.addAll(batch.map(({ ref, text }) => ({ ref, text })));
    },
    search: async ({ text }) =>
      index
        .search(text)
        .slice(0, BEST)
        .map(({ id }) => id),
  };
}

interface OramaLibrary {
  create(options: object): object;
  insertMultiple(index: object, documents: readonly object[], size?: number): Promise<unknown>;
  search(index: object, query: object): Promise<{ hits: { document: { ref: number } }[] }>;
}

/** Orama's hybrid mode, its default weights. */
function orama(): Peer {
  const library = peerRequire("@orama/orama") as OramaLibrary;
  const schema = { ref: "number", text: "string", vector: "vector[384]" };
  const index = library.create({ schema, language: "arabic" });
  return {
    how: "hybrid mode (exact vectors + full text)",
    async build(passages) {
      for (const batch of passages) await library.insertMultiple(index, batch.map(rowOf), batch.length);
    },
    async search({ text, vector }) {
      const { hits } = await library.search(index, {
        mode: "hybrid",
        term: text,
        properties: ["text"],
        vector: { value: Array.from(vector), property: "vector" },
        similarity: 0,
        limit: BEST,
      });
      return hits.map(({ document }) => document.ref);
    },
  };
}

export const PEERS: Readonly<Record<string, () => Peer>> = {
  LanceDB: () => lance(false),
  "LanceDB, indexed": () => lance(true),
  MiniSearch: miniSearch,
  Orama: orama,
};
