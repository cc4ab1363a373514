/**
 * Carrying out beside other workers: what an admin confirmed at any of them is taken by one that holds the folder of
 * the reports, one at a time for all of them.
 */
import { adding } from "../phrases/adding.ts";
import type { Draft } from "../state/drafts.ts";
import type { Membership } from "../state/shared.ts";
import { readAddition } from "./addition.ts";
import type { CarryingOut, Porter } from "./carry-out.ts";
import type { Clock } from "./clock.ts";
import { loggable } from "./loggable.ts";

export interface CarryingTogether extends CarryingOut {
  readonly porter: Porter;
  readonly member: Membership;
  readonly clock: Clock;
}

const LOCK = "library";
const LOOK_MS = 1_000;
/** So long a draft waits for a worker that holds the folder. */
const NOBODY_MS = 20_000;

/** Goes on until the signal is aborted. */
export async function carryTogether(options: CarryingTogether): Promise<void> {
  const { clock, signal, log } = options;
  /** What this worker has tried: a later start tries again what failed. */
  const tried = new Set<string>();
  while (!signal.aborted) {
    await look(options, tried).catch((error: unknown) => {
      log("failed", { stage: "adding", error: loggable(error) });
    });
    await clock.sleep(LOOK_MS, signal);
  }
}

async function look(options: CarryingTogether, tried: Set<string>): Promise<void> {
  const { state, library, member, porter, now } = options;
  const waiting = async (): Promise<Draft[]> =>
    (await state.drafts.list(now())).filter((draft) => isConfirmed(draft) && !tried.has(markOf(draft)));
  if ((await waiting()).length === 0) return;
  await member.alone(LOCK, async () => {
    // Another worker may have been done with it meanwhile.
    const drafts = await waiting();
    if (drafts.length === 0) return;
    if (!(await library.isHere())) return refuseLate(drafts, options);
    for (const draft of drafts) {
      tried.add(markOf(draft));
      porter.carryOut(draft.id);
    }
    await porter.idle();
  });
}

/** What no worker with the folder has taken for a while is not waited for any longer. */
async function refuseLate(drafts: readonly Draft[], { porter, now, log }: CarryingTogether): Promise<void> {
  const late = drafts.filter(({ changedAt }) => changedAt < now() - NOBODY_MS);
  if (late.length > 0) log("no_folder", { drafts: late.length });
  for (const { id } of late) await porter.refuse(id, adding.noFolder);
}

function isConfirmed({ value }: Draft): boolean {
  const state = readAddition(value)?.state;
  return state === "working" || state === "undoing";
}

const markOf = ({ id, value }: Draft): string => `${id} ${readAddition(value)?.state}`;
