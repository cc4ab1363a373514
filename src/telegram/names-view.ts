/** A draft about the spellings of a name as a message: what it has, what it is to gain and to lose, and what that changes. */
import { ADDING_BUTTON } from "../phrases/adding.ts";
import { NAMING_BUTTON, naming } from "../phrases/naming.ts";
import type { Addition, NameChange } from "./addition.ts";
import type { Button, Keyboard } from "./call.ts";
import type { AdminAct, Tap } from "./callback.ts";
import { oneLine } from "./describe.ts";
import { rowsByWidth, tapButton } from "./keyboard.ts";
import { type Block, type Line, line, ours, paragraph, verbatim } from "./markup.ts";

const LONGEST = 120;
/** Spellings that are listed, and have a button. */
const SHOWN = 24;

/** What the name is and how its spellings are to change. */
export function nameBlocks(source: NameChange): Block[] {
  const { section, name, spellings, gains, loses } = source;
  const known = spellings.slice(0, SHOWN);
  const others = known.length === 0 ? naming.noSpellings : naming.spellings(known);
  const lines = [
    line(oneLine(section === "places" ? naming.place(name) : naming.publisher(name), LONGEST)),
    line(others),
  ];
  const changes = [
    ...gains.map((change) => changeLines(naming.gains, change)),
    ...loses.map((change) => changeLines(naming.loses, change)),
  ];
  return [paragraph(...lines), ...changes.map((each) => paragraph(...each))];
}

function changeLines(
  what: (spelling: string, reports: number) => string,
  { spelling, effect }: NameChange["gains"][number],
): Line[] {
  const { reports, sample, also } = effect;
  return [
    line(what(spelling, reports)),
    ...(sample === "" ? [] : [line(`${naming.sample} «`, verbatim(oneLine(sample, LONGEST)), "»")]),
    ...(also.length === 0 ? [] : [ours(naming.also(also.map((name) => oneLine(name, LONGEST))))]),
  ];
}

/** What can be done about it. */
export function nameKeyboard(id: string, { source, expects }: Addition): Keyboard {
  if (source.kind !== "name") return [];
  const button = (label: string, act: AdminAct, n = 0): Button =>
    tapButton(label, { kind: "draft", id, act, n } satisfies Tap);
  if (expects !== null) return [[button(ADDING_BUTTON.back, "back")]];
  const { spellings, gains, loses } = source;
  const isLost = (spelling: string) => loses.some((one) => one.spelling === spelling);
  const known = spellings
    .slice(0, SHOWN)
    .map((spelling, n) => button(`${isLost(spelling) ? "↺" : "✕"} ${spelling}`, "unspell", n));
  const gained = gains.map(({ spelling }, n) => button(`✕ ${spelling}`, "unspell", spellings.length + n));
  const confirm = [button(ADDING_BUTTON.confirmCorrection, "confirm")];
  return [
    [button(NAMING_BUTTON.add, "spelling")],
    ...rowsByWidth([...known, ...gained]),
    ...(gains.length + loses.length > 0 ? [confirm] : []),
    [button(ADDING_BUTTON.cancel, "cancel")],
  ];
}
