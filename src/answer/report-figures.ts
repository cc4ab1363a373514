import type { Report } from "../report/report.ts";
import type { CitedAnswer } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { disagreementOf, figuresOfReport, samePlace } from "./count.ts";
import { findConflicts } from "./disagree.ts";
import { withFigures } from "./extend.ts";

const MOST_SHOWN = 3;

/** A comparison with the figures of the same event, day, place and party that its reports tell differently. */
export async function disagreementsBetween(
  answer: CitedAnswer,
  reports: readonly Report[],
  asked: Asked,
): Promise<CitedAnswer> {
  const figures = (await Promise.all(reports.map(({ id }) => figuresOfReport(id, asked)))).flat();
  let extended = answer;
  const about = new Set<string>();
  for (const anchor of figures.filter(({ quantity }) => quantity.event != null && quantity.min !== null)) {
    for (const conflict of findConflicts({ anchor, figures, samePlace: samePlace(asked) })) {
      const key = conflict.figures
        .map(({ span, report }) => `${report.id} ${span[0]}`)
        .sort()
        .join(" ");
      const cited =
        about.has(key) || about.size === MOST_SHOWN ? null : withFigures(extended, conflict.figures);
      if (!cited) continue;
      about.add(key);
      extended = { ...cited, disagreements: [...extended.disagreements, disagreementOf(conflict, cited)] };
    }
  }
  return extended;
}
