import type { Day } from "./day.ts";

const DAMASCUS = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Asia/Damascus",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** The day in Asia/Damascus at a moment, in milliseconds since 1970. */
export function dayInDamascus(moment: number): Day {
  const parts = new Map(DAMASCUS.formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
}
