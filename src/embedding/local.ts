/** The only importer of @xenova/transformers: a sentence-embedding model from a folder, without network. */
import { basename, dirname, resolve } from "node:path";
import { cleanForEmbedding } from "./clean.ts";
import { type EmbeddedRole, type Embedder, EmbeddingError, type EmbedOptions } from "./embedder.ts";
import { type ModelFolder, type ModelSettings, readModelFolder } from "./model-folder.ts";
import { evenPieces, meanOfPieces } from "./vectors.ts";

type Transformers = typeof import("@xenova/transformers");

/** Most texts in one run of the model, and most tokens with the padding: memory grows with both. */
const BATCH = 16;
const BATCH_TOKENS = 2_048;

/** A stretch of a text that fits the model's window. */
interface Piece {
  readonly text: number;
  readonly tokens: readonly number[];
}

interface Loaded {
  encode(text: string, role: EmbeddedRole): number[][];
  run(batch: readonly Piece[]): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}

/**
 * Opens a model folder: its files are checked now (EmbeddingError names a missing or altered one), its weights
 * are loaded at the first text of each role, for which its threads wait differently. `modelDir` is laid out as
 * transformers.js expects of a local model.
 */
export async function openLocalEmbedder(folder: ModelFolder): Promise<Embedder> {
  const settings = await readModelFolder(folder);
  const loading = new Map<EmbeddedRole, Promise<Loaded>>();
  const load = (role: EmbeddedRole): Promise<Loaded> => {
    const known = loading.get(role) ?? loadModel(resolve(folder.modelDir), settings, role);
    loading.set(role, known);
    return known;
  };
  return {
    model: { id: settings.id, fingerprint: settings.fingerprint, dimension: settings.dimension },
    async embed(texts, role, options = {}) {
      if (texts.length === 0) return [];
      return embedAll(await load(role), texts, role, options);
    },
    async close() {
      const models = [...loading.values()];
      loading.clear();
      for (const model of models) await (await model).dispose();
    },
  };
}

async function embedAll(
  model: Loaded,
  texts: readonly string[],
  role: EmbeddedRole,
  { signal }: EmbedOptions,
): Promise<Float32Array[]> {
  const pieces = texts.flatMap((text, index) =>
    model.encode(cleanForEmbedding(text), role).map((tokens): Piece => ({ text: index, tokens })),
  );
  // Equal lengths side by side: less padding, a third more texts a second.
  pieces.sort((a, b) => a.tokens.length - b.tokens.length);
  const found: { vector: Float32Array; weight: number }[][] = texts.map(() => []);
  for (const batch of batches(pieces)) {
    signal?.throwIfAborted();
    const vectors = await model.run(batch);
    batch.forEach((piece, i) => {
      const vector = vectors[i];
      if (vector) found[piece.text]?.push({ vector, weight: piece.tokens.length });
    });
  }
  return found.map(meanOfPieces);
}

/** Pieces in order of length, grouped so that no group exceeds the limits. */
function batches(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  let group: Piece[] = [];
  for (const piece of pieces) {
    if (group.length === BATCH || (group.length + 1) * piece.tokens.length > BATCH_TOKENS) {
      groups.push(group);
      group = [];
    }
    group.push(piece);
  }
  return [...groups, group].filter(({ length }) => length > 0);
}

/**
 * Whether threads that have nothing to do spin: one question is ready 3 ms sooner, but a build's batches take half as
 * much processor time again.
 */
const SPINNING: Readonly<Record<EmbeddedRole, "0" | "1">> = { query: "1", passage: "0" };

async function loadModel(modelDir: string, settings: ModelSettings, role: EmbeddedRole): Promise<Loaded> {
  try {
    const transformers = await import("@xenova/transformers");
    const { AutoModel, AutoTokenizer, env } = transformers;
    env.allowRemoteModels = false;
    env.allowLocalModels = true;
    env.useFSCache = false;
    env.localModelPath = dirname(modelDir);
    const name = basename(modelDir);
    const tokenizer = await AutoTokenizer.from_pretrained(name, { local_files_only: true });
    const model = await AutoModel.from_pretrained(name, {
      local_files_only: true,
      device: "cpu",
      dtype: settings.dtype,
      // The arena never shrinks, and patterns of ever new lengths grow without bound.
      session_options: {
        enableCpuMemArena: false,
        enableMemPattern: false,
        extra: { session: { intra_op: { allow_spinning: SPINNING[role] } } },
      },
    });
    return {
      encode: (text, role) => encode(tokenizer, text, settings, role),
      run: (batch) => runModel(transformers, model, batch, settings, tokenizer.pad_token_id ?? 0),
      dispose: async () => {
        await model.dispose();
      },
    };
  } catch (cause) {
    if (cause instanceof EmbeddingError) throw cause;
    throw new EmbeddingError(
      `The embedding model in ${modelDir} cannot be loaded; run npm run doctor, or name another model in EMBEDDING_MODEL.`,
      { cause },
    );
  }
}

type Tokenizer = Awaited<ReturnType<Transformers["AutoTokenizer"]["from_pretrained"]>>;
type Model = Awaited<ReturnType<Transformers["AutoModel"]["from_pretrained"]>>;

/** Token ids of a text; where they exceed the window, of its pieces, each with the prefix and the marks of its own. */
function encode(tokenizer: Tokenizer, text: string, settings: ModelSettings, role: EmbeddedRole): number[][] {
  const prefix = settings.prefixes[role];
  const whole = tokenizer.encode(prefix + text);
  if (whole.length <= settings.window) return [whole];
  const bare = tokenizer.encode(prefix + text, { add_special_tokens: false });
  const head = tokenizer.encode(prefix, { add_special_tokens: false });
  // The tokenizer joins the prefix's last space to the first word, so only what both have in common is the prefix.
  const shared = head.findIndex((token, i) => token !== bare[i]);
  const lead = shared === -1 ? head : head.slice(0, shared);
  const marks = whole.length - bare.length;
  const first = whole.slice(0, whole.indexOf(bare[0] ?? -1));
  const last = whole.slice(first.length + bare.length);
  return evenPieces(bare.slice(lead.length), settings.window - marks - lead.length).map((tokens) => [
    ...first,
    ...lead,
    ...tokens,
    ...last,
  ]);
}

/** Hidden states of one padded batch, pooled. Every tensor is released before the function returns. */
async function runModel(
  { Tensor }: Transformers,
  model: Model,
  batch: readonly Piece[],
  settings: ModelSettings,
  padding: number,
): Promise<Float32Array[]> {
  const width = Math.max(...batch.map((piece) => piece.tokens.length));
  const ids = new BigInt64Array(batch.length * width).fill(BigInt(padding));
  const mask = new BigInt64Array(batch.length * width);
  batch.forEach(({ tokens }, row) => {
    tokens.forEach((token, column) => {
      ids[row * width + column] = BigInt(token);
      mask[row * width + column] = 1n;
    });
  });
  const shape = [batch.length, width];
  const inputs = {
    input_ids: new Tensor("int64", ids, shape),
    attention_mask: new Tensor("int64", mask, shape),
  };
  const output = await model(inputs);
  const hidden = output.last_hidden_state;
  try {
    const data: unknown = hidden?.data;
    if (!(data instanceof Float32Array) || data.length !== batch.length * width * settings.dimension)
      throw new EmbeddingError(
        `The model ${settings.id} gives no hidden states of ${settings.dimension} numbers; name another model in EMBEDDING_MODEL.`,
      );
    return batch.map(({ tokens }, row) => pool(data, row * width, tokens.length, settings));
  } finally {
    for (const tensor of [...Object.values(inputs), hidden]) tensor?.dispose();
  }
}

function pool(
  hidden: Float32Array,
  firstToken: number,
  tokens: number,
  settings: ModelSettings,
): Float32Array {
  const { dimension, pooling } = settings;
  const counted = pooling === "cls" ? 1 : tokens;
  const vector = new Float32Array(dimension);
  for (let token = 0; token < counted; token += 1) {
    const offset = (firstToken + token) * dimension;
    for (let i = 0; i < dimension; i += 1) vector[i] = (vector[i] ?? 0) + (hidden[offset + i] ?? 0) / counted;
  }
  return vector;
}
