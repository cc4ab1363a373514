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
  const seen: Seen = { tried: new Set(), since: new Map() };
  while (!signal.aborted) {
    await look(options, seen).catch((error: unknown) => {
      log("failed", { stage: "adding", error: loggable(error) });
    });
    await clock.sleep(LOOK_MS, signal);
  }
}

/** What this worker knows of drafts, by the mark of their step. */
interface Seen {
  /** What it has tried: a later start tries again what failed. */
  readonly tried: Set<string>;
  /** When it first found nobody at work on it, in milliseconds since 1970. */
  readonly since: Map<string, number>;
}

async function look(options: CarryingTogether, seen: Seen): Promise<void> {
  const { state, library, member, porter, now, signal } = options;
  const { tried } = seen;
  const confirmed = async (): Promise<Draft[]> => (await state.drafts.list(now())).filter(isConfirmed);
  const waiting = async (): Promise<Draft[]> =>
    (await confirmed()).filter((draft) => !tried.has(markOf(draft)));
  if ((await waiting()).length === 0) return;
  await member.alone(LOCK, async () => {
    // Another worker may have been done with it meanwhile; and what is confirmed meanwhile is taken at once.
    for (let drafts = await waiting(); drafts.length > 0 && !signal.aborted; drafts = await waiting()) {
      if (!(await library.isHere((await confirmed()).flatMap(changeOf))))
        return refuseLate(drafts, options, seen);
      for (const { id } of drafts) porter.carryOut(id);
      await porter.idle();
      // One that failed is a step further now.
      const carried = new Set(drafts.map(stepOf));
      for (const draft of [...drafts, ...(await confirmed())])
        if (carried.has(stepOf(draft))) tried.add(markOf(draft));
    }
  });
}

/** What no worker with the folder has taken for a while is not waited for any longer, unless something of it was done. */
async function refuseLate(
  drafts: readonly Draft[],
  { porter, now, log }: CarryingTogether,
  { since }: Seen,
): Promise<void> {
  const untouched = drafts.filter(({ value }) => readAddition(value)?.former === null);
  for (const draft of untouched) if (!since.has(markOf(draft))) since.set(markOf(draft), now());
  const late = untouched.filter((draft) => (since.get(markOf(draft)) ?? now()) < now() - NOBODY_MS);
  if (late.length > 0) log("no_folder", { drafts: late.length });
  for (const { id } of late) await porter.refuse(id, adding.noFolder);
}

function isConfirmed({ value }: Draft): boolean {
  const state = readAddition(value)?.state;
  return state === "working" || state === "undoing";
}

/** What is being done with it; it fails in the same step, or is done with. */
const stepOf = ({ id, value }: Draft): string => `${id} ${readAddition(value)?.state}`;

function changeOf({ id, value }: Draft) {
  const addition = readAddition(value);
  return addition === null ? [] : [{ id, addition }];
}

const markOf = ({ id, step }: Draft): string => `${id} ${step}`;
