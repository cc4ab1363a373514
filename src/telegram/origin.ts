/** Where a report came from and where else its text was published, in the view of a source. */
import { copiesHeading, copyButton, moreCopies } from "../phrases/copies.ts";
import { CORRECTED_FIELDS, correctedLine } from "../phrases/overrides.ts";
import { collectedLine, editedLine, historyLine, receivedAs } from "../phrases/telegram.ts";
import type { Report } from "../report/report.ts";
import { dayInDamascus } from "../text/damascus.ts";
import { formatDay } from "../text/dates/format.ts";
import type { Button, Keyboard } from "./call.ts";
import { encodeTap, reportKey } from "./callback.ts";
import { oneLine, publishedText, publisherName } from "./describe.ts";
import { rows } from "./keyboard.ts";
import { type Line, line } from "./markup.ts";
import type { HistoryEvent } from "./sources.ts";

const COPIES_SHOWN = 6;

/** Where else a text was published: a line for each, of the first few. */
export function copyLines(copies: readonly Report[]): Line[] {
  const places = copies
    .slice(0, COPIES_SHOWN)
    .map((copy) => line(`• ${publisherName(copy)} · ${publishedText(copy.published)}`));
  const more = copies.length > COPIES_SHOWN ? [line(moreCopies(copies.length - COPIES_SHOWN))] : [];
  return copies.length === 0 ? [] : [line(copiesHeading), ...places, ...more];
}

/** A button for each of them, which opens its text. */
export function copyRows(copies: readonly Report[]): Keyboard {
  const buttons = copies.slice(0, COPIES_SHOWN).map((copy): Button => {
    const text = copyButton(oneLine(publisherName(copy), 40));
    return { text, callback_data: encodeTap({ kind: "text", report: reportKey(copy.id) }) };
  });
  return rows(buttons, 2);
}

/** When the report came, changed or went: the last few, each with the beginning of its hash. */
export function historyLines(history: readonly HistoryEvent[]): Line[] {
  return history
    .slice(-EVENTS_SHOWN)
    .map(({ at, event, sha256 }) => line(historyLine(event, formatTime(at), sha256.slice(0, 12))));
}

const EVENTS_SHOWN = 4;

/** An ISO time as a day in Damascus. */
function formatTime(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : formatDay(dayInDamascus(time));
}

/** The file, its reader, who collected it when and how, and the edits that its source states. */
export function originLines({ provenance }: Report): Line[] {
  if (provenance === undefined) return [];
  const { format, parser, collected, editedAt } = provenance;
  const details = [collected?.at, collected?.by, collected?.how].filter((each) => each != null);
  return [
    line(receivedAs(format, parser)),
    ...(details.length === 0 ? [] : [line(collectedLine(oneLine(details.join("، "), 200)))]),
    ...editedAt.slice(-3).map((at) => line(editedLine(at))),
  ];
}

/** What the operator has set in place of what the report says. */
export function correctedLines({ corrected }: Report): Line[] {
  if (corrected === undefined) return [];
  const fields = corrected.fields.map((field) => CORRECTED_FIELDS[field]);
  return [line(correctedLine(fields.join("، "), oneLine(corrected.who, 60)))];
}
