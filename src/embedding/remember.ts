import type { Embedder } from "./embedder.ts";

/** Questions whose vectors are kept: 1.5 KB each at 384 numbers. */
const KEPT = 512;

/** The embedder with the vectors of its latest questions in memory; the oldest is forgotten first. Passages are not kept. */
export function rememberQuestions(embedder: Embedder, kept: number = KEPT): Embedder {
  const known = new Map<string, Float32Array>();
  const keep = (text: string, vector: Float32Array): void => {
    if (known.size >= kept) known.delete(known.keys().next().value ?? "");
    known.set(text, vector);
  };
  return {
    model: embedder.model,
    close: () => embedder.close(),
    async embed(texts, role, options = {}) {
      if (role !== "query") return embedder.embed(texts, role, options);
      options.signal?.throwIfAborted();
      const missing = [...new Set(texts)].filter((text) => !known.has(text));
      const made = missing.length === 0 ? [] : await embedder.embed(missing, role, options);
      const found = new Map(missing.map((text, i) => [text, made[i] as Float32Array]));
      const vectors = texts.map((text) => (found.get(text) ?? known.get(text) ?? new Float32Array()).slice());
      for (const [text, vector] of found) keep(text, vector);
      return vectors;
    },
  };
}
