/** Values in the forms that PostgreSQL can hold. */
import { dayFromNumber, dayNumber } from "../../text/day.ts";

/** A day that PostgreSQL reads as this program does. */
export function calendarDay(day: string | null): string | null {
  return day === null ? null : dayFromNumber(dayNumber(day));
}

const HALF_CHARACTER = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** PostgreSQL's text holds neither NUL nor half a character. */
export function storable(text: string): string {
  return text.replace(HALF_CHARACTER, "\ufffd").replaceAll("\u0000", "\ufffd");
}

/** Numbers as an array in text: arrays of different lengths cannot be one parameter. */
export function arrayText(ids: readonly number[]): string {
  return `{${ids.join(",")}}`;
}
