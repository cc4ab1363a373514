/** How a harness is run: in its short form with the suite, in full by `npm run harness -- NAME --seed N --full`. */

/** Whether the full form was asked for. */
export const FULL = process.env.HARNESS_FULL === "1";
export const SEED = Number(process.env.HARNESS_SEED ?? 1);

/** Milliseconds that a full run may take; a short one stays within the suite's limit. */
export const HARNESS_TIMEOUT = FULL ? 7_200_000 : 120_000;

/** One line with what was tried and what survived, as docs/RELIABILITY.md keeps it. */
export function tell(harness: string, counts: Readonly<Record<string, number | string>>): void {
  const listed = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  console.log(`harness ${harness} (seed ${SEED}, ${FULL ? "full" : "short"}): ${listed.join(", ")}`);
}
