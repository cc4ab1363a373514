import { dayInDamascus } from "../text/damascus.ts";

/** The reader's day at a moment, as YYYY-MM-DD. */
export function todayInDamascus(now: Date): string {
  return dayInDamascus(now.getTime());
}
