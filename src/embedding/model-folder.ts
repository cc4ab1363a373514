/** What a transformers.js model folder says about itself, checked before anything is loaded from it. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { type EmbeddedRole, EmbeddingError } from "./embedder.ts";

export type Pooling = "mean" | "cls";

/** How texts become vectors with one model. */
export interface ModelSettings {
  readonly id: string;
  readonly dimension: number;
  /** Most tokens the model sees at once, with its marks of beginning and end. */
  readonly window: number;
  readonly prefixes: Readonly<Record<EmbeddedRole, string>>;
  readonly pooling: Pooling;
  /** transformers.js' name of the weights' precision. */
  readonly dtype: "q4" | "q8" | "fp16" | "fp32";
  /** Lower-case hex sha256 of the files and of everything above. */
  readonly fingerprint: string;
}

/** Raise when the same files and settings would give other vectors (cleaning, cutting into pieces, averaging). */
const PROCEDURE = 1;

const WEIGHTS = [
  ["q4", "onnx/model_q4.onnx"],
  ["q8", "onnx/model_quantized.onnx"],
  ["fp16", "onnx/model_fp16.onnx"],
  ["fp32", "onnx/model.onnx"],
] as const;

const configSchema = z.object({
  hidden_size: z.number().int().positive(),
  max_position_embeddings: z.number().int().positive().optional(),
  model_type: z.string().optional(),
});
const tokenizerConfigSchema = z.object({ model_max_length: z.number().positive().optional() });
const poolingSchema = z.object({ pooling_mode_cls_token: z.boolean().optional() });
const promptsSchema = z.object({ prompts: z.record(z.string(), z.string()).optional() });

export interface ModelFolder {
  readonly modelDir: string;
  /** sha256 by file; files named here must be there and unchanged. Without it the folder is taken as it is. */
  readonly expected?: Readonly<Record<string, string>> | undefined;
}

/** Reads and checks a model folder. Throws EmbeddingError naming the file that is missing, altered or unreadable. */
export async function readModelFolder({ modelDir, expected }: ModelFolder): Promise<ModelSettings> {
  const hashes: [string, string][] = [];
  for (const [file, sha256] of Object.entries(expected ?? {})) {
    const found = await hashFile(modelDir, file);
    if (found !== sha256)
      throw new EmbeddingError(
        `Model file ${join(modelDir, file)} is altered (sha256 ${found.slice(0, 12)}…, expected ${sha256.slice(0, 12)}…); ${RESTORE}.`,
      );
    hashes.push([file, found]);
  }
  const weights = await findWeights(modelDir, expected);
  if (!expected) {
    for (const file of [weights[1], "tokenizer.json", "config.json"])
      hashes.push([file, await hashFile(modelDir, file)]);
  }
  return settingsOf(modelDir, weights[0], hashes);
}

const RESTORE =
  "restore the folder from the repository (git checkout -- models), or name another model in EMBEDDING_MODEL";

async function settingsOf(
  modelDir: string,
  dtype: ModelSettings["dtype"],
  hashes: readonly (readonly [string, string])[],
): Promise<ModelSettings> {
  const config = await readJson(modelDir, "config.json", configSchema);
  const tokenizer = await readJson(modelDir, "tokenizer_config.json", tokenizerConfigSchema);
  const pooling = await readOptionalJson(modelDir, "1_Pooling/config.json", poolingSchema);
  const prompts = await readOptionalJson(modelDir, "config_sentence_transformers.json", promptsSchema);
  const id = basename(modelDir);
  const settings = {
    id,
    dimension: config.hidden_size,
    window: Math.min(tokenizer.model_max_length ?? 512, usablePositions(config)),
    prefixes: prefixesFor(id, prompts?.prompts),
    pooling: pooling?.pooling_mode_cls_token ? ("cls" as const) : ("mean" as const),
    dtype,
  };
  const shaping = JSON.stringify([PROCEDURE, settings, hashes]);
  return { ...settings, fingerprint: createHash("sha256").update(shaping).digest("hex") };
}

/** RoBERTa-shaped models number positions from 2, so two of theirs are never used. */
function usablePositions(config: z.infer<typeof configSchema>): number {
  const positions = config.max_position_embeddings ?? 512;
  return /roberta/.test(config.model_type ?? "") ? positions - 2 : positions;
}

/** The prompts a model states (sentence-transformers' names), else those of the E5 family, else none. */
export function prefixesFor(
  id: string,
  prompts?: Readonly<Record<string, string>> | undefined,
): Readonly<Record<EmbeddedRole, string>> {
  if (prompts && Object.keys(prompts).length > 0)
    return { query: prompts.query ?? "", passage: prompts.passage ?? prompts.document ?? "" };
  return /(^|[^a-z0-9])e5([^a-z0-9]|$)/i.test(id)
    ? { query: "query: ", passage: "passage: " }
    : { query: "", passage: "" };
}

async function findWeights(
  modelDir: string,
  expected: ModelFolder["expected"],
): Promise<(typeof WEIGHTS)[number]> {
  for (const entry of WEIGHTS) {
    if (expected) {
      if (entry[1] in expected) return entry;
    } else if (await exists(join(modelDir, entry[1]))) return entry;
  }
  const names = WEIGHTS.map(([, file]) => file).join(", ");
  throw new EmbeddingError(
    `Model folder ${modelDir} holds none of ${names}; put the ONNX weights there or leave EMBEDDING_MODEL empty.`,
  );
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function hashFile(modelDir: string, file: string): Promise<string> {
  const path = join(modelDir, file);
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  } catch (cause) {
    throw unreadable(path, cause);
  }
  return hash.digest("hex");
}

async function readJson<T>(modelDir: string, file: string, schema: z.ZodType<T>): Promise<T> {
  const path = join(modelDir, file);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw unreadable(path, cause);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new EmbeddingError(`Model file ${path} is not what it should be; ${RESTORE}.`, { cause });
  }
}

async function readOptionalJson<T>(modelDir: string, file: string, schema: z.ZodType<T>): Promise<T | null> {
  return (await exists(join(modelDir, file))) ? readJson(modelDir, file, schema) : null;
}

function unreadable(path: string, cause: unknown): EmbeddingError {
  const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
  return new EmbeddingError(`Model file ${path} ${missing ? "is missing" : "cannot be read"}; ${RESTORE}.`, {
    cause,
  });
}
