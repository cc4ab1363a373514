/** The side of the process that embeds. */
import type { Embedder } from "../embedder.ts";
import { type Order, orderSchema, type Reply } from "./messages.ts";

export interface Served {
  readonly open: () => Promise<Embedder>;
  readonly send: (reply: Reply) => void;
  /** Resident memory of this process, in bytes. */
  readonly resident: () => number;
}

/** Opens the embedder, uses it once and tells of both. Returns what takes the orders that arrive; those before the opening wait. */
export function serveEmbedder({ open, send, resident }: Served): (order: unknown) => void {
  const working = new Map<number, AbortController>();
  const opening = openAndUse({ open, send, resident });
  const embed = async ({ id, texts, role }: Extract<Order, { kind: "embed" }>): Promise<void> => {
    const control = new AbortController();
    working.set(id, control);
    try {
      const embedder = await opening;
      if (embedder === null) return;
      const vectors = await embedder.embed(texts, role, { signal: control.signal });
      send({ kind: "vectors", id, vectors, resident: resident() });
    } catch (error) {
      send({ kind: "failed", id, message: messageOf(error), resident: resident() });
    } finally {
      working.delete(id);
    }
  };
  return (order) => {
    const asked = orderSchema.parse(order);
    if (asked.kind === "embed") void embed(asked);
    else working.get(asked.id)?.abort();
  };
}

async function openAndUse({ open, send, resident }: Served): Promise<Embedder | null> {
  try {
    const embedder = await open();
    send({ kind: "opened", model: { ...embedder.model } });
    void embedder.embed(["0"], "query").then(
      () => send({ kind: "ready", resident: resident() }),
      (error: unknown) => send({ kind: "refused", message: messageOf(error) }),
    );
    return embedder;
  } catch (error) {
    send({ kind: "refused", message: messageOf(error) });
    return null;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
