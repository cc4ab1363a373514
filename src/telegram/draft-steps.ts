/** How an admin's draft changes by a tap or a text. */
import { adding } from "../phrases/adding.ts";
import { dayInDamascus } from "../text/damascus.ts";
import { findDates } from "../text/dates/find.ts";
import type { Day } from "../text/day.ts";
import { type Addition, type Corrections, FIELDS, type Field } from "./addition.ts";
import { offeredDays } from "./addition-view.ts";
import type { AdminAct } from "./callback.ts";
import type { Library } from "./library.ts";
import { steppedName, withSpelling } from "./spelling.ts";

const LONGEST_FIELD = 200;

/** The draft after a tap; null when the tap has nothing to change in it. */
export async function stepped(
  addition: Addition,
  tap: { readonly act: AdminAct; readonly n: number },
  { message, now, library }: { message: number; now: number; library: Library },
): Promise<Addition | null> {
  const { state, understood, source } = addition;
  const { act } = tap;
  if (act === "undo") return state === "done" ? { ...addition, state: "undoing", message } : null;
  if (state !== "open") return null;
  const open = { ...addition, message };
  if (act === "confirm") {
    const hasAny =
      source.kind === "name" ? source.gains.length + source.loses.length > 0 : understood.total > 0;
    return hasAny ? { ...open, state: "working", expects: null, at: new Date(now).toISOString() } : null;
  }
  if (act === "back") return { ...open, expects: null };
  if (source.kind === "name") return steppedName(open, tap, library);
  if (act === "withdraw") return source.kind === "report" ? { ...open, withdraws: true } : null;
  return steppedReport(open, tap);
}

/** The draft of one report after a tap on a field, on a day or on a place. */
function steppedReport(addition: Addition, { act, n }: { act: AdminAct; n: number }): Addition | null {
  const { corrections, expects, understood } = addition;
  const [report] = understood.reports;
  if (understood.total !== 1 || report === undefined) return null;
  if (act === "day" && (expects === "published" || expects === "event")) {
    const day = offeredDays(report)[n];
    return day === undefined ? null : corrected(addition, expects, { [expects]: day });
  }
  if (act === "unplace") {
    const places = corrections.places.filter((_, index) => index !== n);
    return { ...addition, corrections: { ...corrections, places } };
  }
  if (act === "unfind") {
    const place = report.places[n];
    if (place === undefined) return null;
    const { id, name } = place;
    const others = corrections.notPlaces.filter((one) => one.id !== id);
    const notPlaces = others.length < corrections.notPlaces.length ? others : [...others, { id, name }];
    return { ...addition, corrections: { ...corrections, notPlaces } };
  }
  const field = FIELDS.find((each) => each === act);
  return field === undefined ? null : { ...addition, expects: field };
}

function corrected(addition: Addition, field: Field, change: Partial<Corrections>): Addition {
  const { corrections } = addition;
  return {
    ...addition,
    corrections: { ...corrections, ...change },
    expects: field === "place" ? "place" : null,
  };
}

/** The draft with what an admin wrote for the field that it waits for, or what is wrong with the text. */
export async function withText(
  addition: Addition,
  text: string,
  { library, now }: { library: Library; now: number },
): Promise<Addition | { readonly problem: string }> {
  const { expects } = addition;
  if (expects === "spelling") return withSpelling(addition, text, library);
  if (expects === null) return addition;
  const change = read(expects, text, { library, addition, now });
  return "problem" in change ? change : corrected(addition, expects, change.change);
}

function read(
  field: Field,
  text: string,
  { library, addition, now }: { library: Library; addition: Addition; now: number },
): { change: Partial<Corrections> } | { problem: string } {
  if (field === "published" || field === "event") {
    const day = dayIn(text, dayInDamascus(now));
    return day === null ? { problem: adding.noDay } : { change: { [field]: day } };
  }
  if (field === "place") {
    const place = library.placeOf(text);
    if (place === null) return { problem: adding.noPlace };
    const { places, notPlaces } = addition.corrections;
    const isOther = ({ id }: { id: string }) => id !== place.id;
    return {
      change: { places: [...places.filter(isOther), place], notPlaces: notPlaces.filter(isOther) },
    };
  }
  const word = text.replace(/\s+/g, " ").trim().slice(0, LONGEST_FIELD);
  return /[\p{L}\p{N}]/u.test(word) ? { change: { [field]: word } } : { problem: adding.noText };
}

/** The one day that a text names. */
function dayIn(text: string, today: Day): Day | null {
  const found = findDates(text, { mode: "question", anchor: today, years: [] });
  const day = found.find(({ start, end }) => start !== null && start === end);
  return found.length === 1 && day ? day.start : null;
}
