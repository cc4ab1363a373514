/** Buttons in rows, from right to left. */
import type { Offer } from "../answer/answer.ts";
import { BUTTON } from "../phrases/telegram.ts";
import type { Button, Keyboard } from "./call.ts";
import { encodeTap, offerKey, type Tap } from "./callback.ts";
import { buttonLabel } from "./markup.ts";

/** UTF-16 units of labels that a telephone shows in one row. */
const ROW_UNITS = 34;

export function tapButton(label: string, tap: Tap): Button {
  return { text: buttonLabel(label), callback_data: encodeTap(tap) };
}

/** A button that asks a question; the question itself is kept under the same id. */
export function offerButton({ label, question }: Offer): Button {
  return tapButton(label, { kind: "offer", id: offerKey(question) });
}

/** Telegram lays buttons from left to right, and who reads Arabic begins on the right. */
export const rowOf = (...buttons: readonly Button[]): Button[] => [...buttons].reverse();

export function rows(buttons: readonly Button[], perRow: number): Button[][] {
  const all: Button[][] = [];
  for (let at = 0; at < buttons.length; at += perRow) all.push(rowOf(...buttons.slice(at, at + perRow)));
  return all;
}

/** Short labels share a row. */
export function rowsByWidth(buttons: readonly Button[]): Button[][] {
  const all: Button[][] = [];
  for (const button of buttons) {
    const row = all.at(-1);
    const width = [...(row ?? []), button].reduce((sum, { text }) => sum + text.length, 0);
    if (row && width <= ROW_UNITS) row.push(button);
    else all.push([button]);
  }
  return all.map((row) => rowOf(...row));
}

/** Buttons that lead back and on: what comes next stands on the left, where a reader of Arabic goes on. */
export function turns(
  at: { readonly from: number; readonly to?: number; readonly count: number },
  tap: (to: number) => Tap,
): Button[] {
  const { from, to = from, count } = at;
  return [
    ...(to + 1 < count ? [tapButton(BUTTON.next, tap(to + 1))] : []),
    ...(from > 0 ? [tapButton(BUTTON.previous, tap(from - 1))] : []),
  ];
}

export function withoutEmptyRows(keyboard: Keyboard): Keyboard {
  return keyboard.filter((row) => row.length > 0);
}

/** One page (0-based, the nearest there is) of a list. */
export function pageOfList<T>(
  all: readonly T[],
  page: number,
  perPage: number,
): { readonly shown: readonly T[]; readonly at: number; readonly pages: number } {
  const pages = Math.max(1, Math.ceil(all.length / perPage));
  const at = Math.min(Math.max(page, 0), pages - 1);
  return { shown: all.slice(at * perPage, (at + 1) * perPage), at, pages };
}
