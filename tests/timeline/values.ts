/** Passages of made-up days. */
import type { EventDate, Passage } from "../../src/passage/passage.ts";
import type { Day } from "../../src/text/day.ts";

export function eventOf(
  start: Day | null,
  end: Day | null = start,
  more: Partial<EventDate> = {},
): EventDate {
  return {
    start,
    end,
    precision: start === end ? "day" : "range",
    confidence: "certain",
    basis: "report",
    words: "",
    background: false,
    ...more,
  };
}

/** A passage that stands at `start` in a report. */
export function toldPassage(
  text: string,
  dates: readonly EventDate[],
  { report = "r", start = 0, ...more }: Partial<Passage> & { readonly report?: string } = {},
): Passage {
  return {
    id: `${report}-${start}`,
    reportId: report,
    role: "text",
    start,
    end: start + text.length,
    text,
    header: "",
    dates,
    places: [],
    ...more,
  };
}
