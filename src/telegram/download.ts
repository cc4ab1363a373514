/** Files that people send, from Telegram: their paths are in getFile's answer, their bytes behind another address. */
import { z } from "zod";
import { deadlineWithin } from "./clock.ts";
import { normalizeApiRoot, type Transport } from "./transport.ts";

/** Bytes that the Bot API gives at most: https://core.telegram.org/bots/api#getfile */
export const LARGEST_DOWNLOAD = 20 * 1024 * 1024;

const TIMEOUT_MS = 60_000;
const fileSchema = z.looseObject({
  file_path: z.string().regex(/^(?!.*\.\.)[\w./-]+$/),
  file_size: z.number().optional(),
});

export interface DownloadOptions {
  readonly transport: Transport;
  readonly token: string;
  readonly apiRoot: string;
}

/** Gives the bytes of a file by its id; null when Telegram does not give them, or gives more than it may. */
export function makeDownload({ transport, token, apiRoot }: DownloadOptions) {
  return async (file: string, signal: AbortSignal): Promise<Uint8Array | null> => {
    const result = await transport.call("getFile", { file_id: file }, { signal, timeout: 20_000 });
    const found = result.kind === "ok" ? fileSchema.safeParse(result.result) : null;
    if (!found?.success || (found.data.file_size ?? 0) > LARGEST_DOWNLOAD) return null;
    const deadline = deadlineWithin(signal, TIMEOUT_MS);
    try {
      const address = `${normalizeApiRoot(apiRoot)}file/bot${token}/${found.data.file_path}`;
      const response = await fetch(address, { signal: deadline.signal, redirect: "error" });
      return response.ok && response.body ? await readAtMost(response.body, LARGEST_DOWNLOAD) : null;
    } catch {
      // What it says may hold the token.
      return null;
    } finally {
      deadline.end();
    }
  };
}

/** A body's bytes, or null when there are more than `limit`: no more than that is held. */
async function readAtMost(body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
