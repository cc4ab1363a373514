/** Which embedder a name stands for. */
import { isAbsolute, join, resolve } from "node:path";
import type { EndpointOptions } from "../openai/client.ts";
import { openApart } from "./apart/keeper.ts";
import type { Port } from "./apart/messages.ts";
import { BUNDLED_MODEL, BUNDLED_MODEL_FILES } from "./bundled-model.ts";
import type { Embedder } from "./embedder.ts";
import { openLocalEmbedder } from "./local.ts";
import { rememberQuestions } from "./remember.ts";
import { openRemoteEmbedder } from "./remote.ts";

export interface EmbedderConfig {
  /** The project's folder of models. */
  readonly modelsDir: string;
  /** Used by names that begin with "openai:" only. */
  readonly endpoint?: EndpointOptions | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Runs a local model in a process of its own. */
  readonly apart?: Apart | undefined;
}

export interface Apart {
  /** Starts a process that serves `openLocal(name)`. */
  readonly start: (name: string) => Port;
  /** Told why a process was replaced, in one English line. */
  readonly onRestart: (line: string) => void;
}

const REMOTE = "openai:";

/**
 * Opens the embedder that EMBEDDING_MODEL names: empty, the bundled model; "openai:NAME", a model behind the
 * endpoint; a path (absolute, or beginning with "." ), that folder; another name, the folder under `modelsDir`.
 * A question asked again is not embedded again. Throws EmbeddingError.
 */
export async function openEmbedder(name: string, config: EmbedderConfig): Promise<Embedder> {
  return rememberQuestions(await openNamed(name, config));
}

async function openNamed(name: string, config: EmbedderConfig): Promise<Embedder> {
  const wanted = name.trim();
  if (wanted.startsWith(REMOTE)) {
    const { endpoint = {}, signal } = config;
    return openRemoteEmbedder({ endpoint, model: wanted.slice(REMOTE.length), signal });
  }
  const { apart } = config;
  if (apart === undefined) return openLocal(wanted, config);
  return openApart({ start: () => apart.start(wanted), onRestart: apart.onRestart });
}

/** Opens a model of this machine in this process. Throws EmbeddingError. */
export function openLocal(name: string, { modelsDir }: Pick<EmbedderConfig, "modelsDir">): Promise<Embedder> {
  if (name === "" || name === BUNDLED_MODEL)
    return openLocalEmbedder({ modelDir: join(modelsDir, BUNDLED_MODEL), expected: BUNDLED_MODEL_FILES });
  const isPath = isAbsolute(name) || /^\.{1,2}([/\\]|$)/.test(name);
  return openLocalEmbedder({ modelDir: isPath ? resolve(name) : join(modelsDir, name) });
}
