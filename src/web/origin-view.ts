/** Where a report came from, what became of it and where else its text was published, as lines below it. */
import { publishedLabel } from "../answer/labels.ts";
import type { HistoryEvent } from "../api/service.ts";
import { copiesHeading } from "../phrases/copies.ts";
import { CORRECTED_FIELDS, correctedLine } from "../phrases/overrides.ts";
import { collectedLine, editedLine, historyLine, receivedAs } from "../phrases/telegram.ts";
import { REPORTS } from "../phrases/web.ts";
import type { Report } from "../report/report.ts";
import { cleanForDisplay, isolateLeftToRight } from "../text/bidi.ts";
import { dayInDamascus } from "../text/damascus.ts";
import { formatDay } from "../text/dates/format.ts";
import { type Html, html } from "./html.ts";
import { publisherOf, reportAddress } from "./report-view.ts";

/** The other places of one text, each with a link to it; null where there is none. */
export function copiesSection(copies: readonly Report[]): Html | null {
  const items = copies.map(
    (copy) => html`<li><a href="${reportAddress(copy.id)}"><bdi>${publisherOf(copy)}</bdi></a>
· ${isolateLeftToRight(publishedLabel(copy.published))}</li>`,
  );
  return items.length === 0
    ? null
    : html`<section class="copies"><h2>${copiesHeading}</h2><ul>${items}</ul></section>`;
}

/** The file, its reader, its collector, the edits of source and operator, and the history of the collection. */
export function originList({ provenance, corrected }: Report, history: readonly HistoryEvent[]): Html | null {
  const lines: string[] = [];
  if (provenance !== undefined) {
    const { format, parser, collected, editedAt } = provenance;
    lines.push(receivedAs(format, parser));
    const details = [collected?.at, collected?.by, collected?.how].filter((each) => each != null);
    if (details.length > 0) lines.push(collectedLine(details.join("، ")));
    lines.push(...editedAt.map(editedLine));
  }
  if (corrected !== undefined) {
    const fields = corrected.fields.map((field) => CORRECTED_FIELDS[field]);
    lines.push(correctedLine(fields.join("، "), corrected.who));
  }
  lines.push(
    ...history.map(({ at, event, sha256 }) =>
      historyLine(event, dayOf(at), isolateLeftToRight(sha256.slice(0, 12))),
    ),
  );
  if (lines.length === 0) return null;
  return html`<h2>${REPORTS.origin}</h2><ul class="origin">${lines.map((line) => html`<li><bdi>${cleanForDisplay(line)}</bdi></li>`)}</ul>`;
}

/** An ISO time as a day in Damascus. */
function dayOf(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : formatDay(dayInDamascus(time));
}
