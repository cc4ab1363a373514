/** Which embedder a name stands for. */
import { isAbsolute, join, resolve } from "node:path";
import type { EndpointOptions } from "../openai/client.ts";
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

function openNamed(name: string, config: EmbedderConfig): Promise<Embedder> {
  const wanted = name.trim();
  if (wanted.startsWith(REMOTE)) {
    const { endpoint = {}, signal } = config;
    return openRemoteEmbedder({ endpoint, model: wanted.slice(REMOTE.length), signal });
  }
  if (wanted === "" || wanted === BUNDLED_MODEL)
    return openLocalEmbedder({
      modelDir: join(config.modelsDir, BUNDLED_MODEL),
      expected: BUNDLED_MODEL_FILES,
    });
  const isPath = isAbsolute(wanted) || /^\.{1,2}([/\\]|$)/.test(wanted);
  return openLocalEmbedder({ modelDir: isPath ? resolve(wanted) : join(config.modelsDir, wanted) });
}
