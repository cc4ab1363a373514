const DAMASCUS = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Asia/Damascus",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** The day in Asia/Damascus at a moment, as YYYY-MM-DD. */
export function todayInDamascus(now: Date): string {
  const parts = new Map(DAMASCUS.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
}
