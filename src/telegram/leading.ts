/** What one worker of several does alone, for as long as it leads: polling or the webhook's address, and housekeeping. */
import { setMaxListeners } from "node:events";
import type { Membership } from "../state/shared.ts";
import type { ExitReason } from "./polling.ts";

export interface LeadingOptions {
  readonly member: Membership;
  /** The bot is to end. */
  readonly signal: AbortSignal;
  /** Takes updates, or sees to it that they come, until the signal is aborted or Telegram refuses for good. */
  takeUpdates(signal: AbortSignal): Promise<ExitReason>;
  /** What nobody waits for, begun each time this worker comes to lead. */
  housekeeping(signal: AbortSignal): void;
  log(event: string, details?: Record<string, unknown>): void;
}

/** Works beside the others, and leads when it is its turn. Resolves with why this worker ends. */
export function workAmongOthers(options: LeadingOptions): Promise<ExitReason> {
  const { member, signal, log } = options;
  return new Promise((resolve) => {
    const stop = (): void => resolve({ kind: "stopped" });
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    void member.expelled.then((message) => resolve({ kind: "stalled", message }));
    member.lead(async (leading) => {
      if (signal.aborted) return;
      log("leading", { worker: member.worker });
      const both = either(leading, signal);
      try {
        options.housekeeping(both.signal);
        const ending = await options.takeUpdates(both.signal);
        if (ending.kind !== "stopped") resolve(ending);
      } finally {
        both.end();
        if (!signal.aborted) log("leads_no_more", { worker: member.worker });
      }
    });
  });
}

/** Aborted with the first of two. Node 20 may collect what AbortSignal.any makes before it fires. */
function either(one: AbortSignal, other: AbortSignal): { signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const abort = (): void => controller.abort();
  if (one.aborted || other.aborted) abort();
  for (const each of [one, other]) each.addEventListener("abort", abort, { once: true });
  return {
    signal: controller.signal,
    end() {
      abort();
      for (const each of [one, other]) each.removeEventListener("abort", abort);
    },
  };
}
