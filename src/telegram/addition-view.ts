/** A draft of an admin as a message: what was understood, each with how sure it is and from which words. */
import { ADDING_BUTTON, adding } from "../phrases/adding.ts";
import { naming } from "../phrases/naming.ts";
import type { Day } from "../text/day.ts";
import type { Addition, UnderstoodReport } from "./addition.ts";
import { fileNameOf } from "./addition-file.ts";
import type { Button, Keyboard } from "./call.ts";
import type { AdminAct, Tap } from "./callback.ts";
import { dayText, oneLine } from "./describe.ts";
import { rowOf, rowsByWidth, tapButton } from "./keyboard.ts";
import type { Stage } from "./library.ts";
import { type Block, bold, type Line, line, ours, paragraph, renderBlocks, verbatim } from "./markup.ts";
import { nameBlocks, nameKeyboard } from "./names-view.ts";
import type { View } from "./viewer.ts";

const LONGEST = 120;
const PROBLEMS_SHOWN = 3;
const DAYS_OFFERED = 6;

const tap = (draft: string, act: AdminAct, n = 0): Tap => ({ kind: "draft", id: draft, act, n });

/** Days that the text of a report names, for an admin to choose from. */
export function offeredDays({ published, events }: UnderstoodReport): Day[] {
  const days = [published, ...events].flatMap(({ start, end }) => [start, end]);
  return [...new Set(days.filter((day): day is Day => day !== null))].slice(0, DAYS_OFFERED);
}

/** The draft as it stands, with what can be done. */
export function draftView(id: string, addition: Addition): View {
  const { state, withdraws, source } = addition;
  if (state === "undone") return wordView(adding.undone);
  const [report, ...more] = addition.understood.reports;
  const blocks: Block[] = [paragraph(line(bold(headingOf(addition))))];
  const isOne = report !== undefined && more.length === 0 && addition.understood.total === 1;
  blocks.push(...sourceBlocks(addition));
  if (source.kind === "name") blocks.push(...nameBlocks(source));
  else if (isOne) blocks.push(paragraph(...reportLines(report, addition)));
  else blocks.push(...listBlocks(id, addition));
  if (addition.expects !== null) blocks.push(paragraph(ours(askFor[addition.expects])));
  const keyboard =
    state === "open"
      ? source.kind === "name"
        ? nameKeyboard(id, addition)
        : openKeyboard(id, addition, { report: isOne ? report : null })
      : state === "done"
        ? [[tapButton(ADDING_BUTTON.undo, tap(id, "undo"))]]
        : [];
  return {
    message: renderBlocks(blocks),
    keyboard: withdraws && state === "open" ? confirmOnly(id) : keyboard,
  };
}

const confirmOnly = (id: string): Keyboard => [
  [tapButton(ADDING_BUTTON.confirmWithdrawal, tap(id, "confirm"))],
  [tapButton(ADDING_BUTTON.cancel, tap(id, "cancel"))],
];

const askFor = {
  publisher: adding.askPublisher,
  title: adding.askTitle,
  published: adding.askPublished,
  event: adding.askEvent,
  place: adding.askPlace,
  spelling: naming.ask,
} as const;

function headingOf({ state, source, withdraws, understood }: Addition): string {
  const isReport = source.kind === "report" || source.kind === "name";
  if (understood.total === 0 && source.kind !== "name") return adding.nothing;
  switch (state) {
    case "open":
      if (source.kind === "name") return naming.review;
      return withdraws ? adding.reviewWithdrawal : isReport ? adding.reviewReport : adding.review;
    case "working":
      return withdraws ? adding.withdrawing : isReport ? adding.correcting : adding.working;
    case "done":
      return withdraws ? adding.withdrawn : isReport ? adding.corrected : adding.done;
    case "undoing":
      return adding.undoing;
    case "undone":
      return adding.undone;
  }
}

function sourceBlocks({ source }: Addition): Block[] {
  return source.kind === "file" ? [paragraph(line(adding.fileNamed(oneLine(source.name, LONGEST))))] : [];
}

function reportLines(report: UnderstoodReport, { corrections }: Addition): Line[] {
  const { publisher, title, published, event, places, notPlaces } = corrections;
  const isMeant = ({ id }: { id: string }) => !notPlaces.some((one) => one.id === id);
  const titleText = title ?? report.title?.text ?? null;
  return [
    field(adding.publisher, publisher ?? report.publisher?.name ?? null, publisher ? null : report.publisher),
    titleText === null
      ? line(`${adding.title}: ${adding.noTitle}`)
      : field(adding.title, titleText, title ? null : report.title),
    field(
      adding.published,
      dayOf(published) ?? dayText(report.published),
      published ? null : report.published,
    ),
    ...(event
      ? [field(adding.event, dayOf(event), null)]
      : report.events.map((each) => field(adding.event, dayText(each), each))),
    ...places.map(({ name }) => field(adding.place, name, null)),
    ...report.places.filter(isMeant).map((each) => field(adding.place, each.name, each)),
    ...notPlaces.map(({ name }) => field(adding.notPlace, name, null)),
    line(adding.length(report.length)),
    line("«", verbatim(oneLine(report.opening, LONGEST)), "»"),
  ];
}

const dayOf = (day: Day | null): string | null => (day === null ? null : dayText({ start: day, end: day }));

/** "name: value (how sure, from which words)"; without a basis it is the admin's word. */
function field(
  name: string,
  value: string | null,
  basis: { readonly confidence: "stated" | "inferred" | "unknown"; readonly words: string } | null,
): Line {
  if (value === null || value === "") return line(`${name}: ${adding.missing}`);
  const shown = { text: oneLine(value, LONGEST) };
  if (basis === null) return line(`${name}: `, shown, ` (${adding.byAdmin})`);
  const how = basis.confidence === "unknown" ? adding.unknown : adding[basis.confidence];
  const words = oneLine(basis.words, LONGEST);
  return line(`${name}: `, shown, ` (${how}${words === "" ? "" : `، ${words}`})`);
}

function listBlocks(id: string, { understood, source }: Addition): Block[] {
  const { reports, total, problems, unread } = understood;
  const listed = reports.map((report) => {
    const parts = [report.publisher?.name, report.title?.text ?? report.opening, dayText(report.published)];
    return line("• ", oneLine(parts.filter(Boolean).join(" · "), LONGEST));
  });
  const [first] = problems;
  const isWhole = total === 0 && unread === 1 && first?.file === fileNameOf(id, source);
  const failures = problems.slice(0, PROBLEMS_SHOWN).map(({ file, tag }) => {
    const place = placeInFile(file, fileNameOf(id, source));
    return line("• ", ...(place === "" ? [] : [oneLine(place, LONGEST), ": "]), adding.problem[tag]);
  });
  return [
    ...(total > 0 ? [paragraph(line(adding.many(total)), ...listed)] : []),
    ...(unread > 0 && !isWhole ? [paragraph(line(adding.unread(unread)), ...failures)] : []),
    ...(isWhole && first ? [paragraph(line(adding.why(adding.problem[first.tag])))] : []),
  ];
}

/** Where in the file that was sent something could not be read; "" for all of it. */
function placeInFile(file: string, sent: string): string {
  const place = file.startsWith(sent) ? file.slice(sent.length).replace(/^(?:!\/|\.meta\.json$)/, "") : file;
  return place.startsWith(":") ? adding.numbered(place.slice(1)) : place;
}

function openKeyboard(
  id: string,
  addition: Addition,
  { report }: { report: UnderstoodReport | null },
): Keyboard {
  const { expects, corrections, source, understood } = addition;
  const button = (label: string, act: AdminAct, n = 0) => tapButton(label, tap(id, act, n));
  if (expects !== null && report !== null) {
    const days = expects === "published" || expects === "event" ? offeredDays(report) : [];
    const offered = [
      ...days.map((day, n) => button(dayOf(day) ?? "", "day", n)),
      ...(expects === "place" ? placeButtons(report, corrections, button) : []),
    ];
    return [...rowsByWidth(offered), [button(ADDING_BUTTON.back, "back")]];
  }
  const fields: Button[][] = report === null ? [] : fieldRows(button);
  const isReport = source.kind === "report";
  const confirm = button(isReport ? ADDING_BUTTON.confirmCorrection : ADDING_BUTTON.confirm, "confirm");
  const withdraw = isReport ? [[button(ADDING_BUTTON.withdraw, "withdraw")]] : [];
  return [
    ...(understood.total > 0 ? [...fields, [confirm]] : []),
    ...withdraw,
    [button(ADDING_BUTTON.cancel, "cancel")],
  ];
}

/** Places that were added can be left out again, and those that were found can be taken away and put back. */
function placeButtons(
  { places }: UnderstoodReport,
  corrections: Addition["corrections"],
  button: (label: string, act: AdminAct, n: number) => Button,
): Button[] {
  const isTaken = (id: string) => corrections.notPlaces.some((one) => one.id === id);
  return [
    ...corrections.places.map(({ name }, n) => button(`✕ ${name}`, "unplace", n)),
    ...places.map(({ id, name }, n) => button(`${isTaken(id) ? "↺" : "✕"} ${name}`, "unfind", n)),
  ];
}

function fieldRows(button: (label: string, act: AdminAct) => Button): Button[][] {
  return [
    rowOf(button(ADDING_BUTTON.publisher, "publisher"), button(ADDING_BUTTON.title, "title")),
    rowOf(
      button(ADDING_BUTTON.published, "published"),
      button(ADDING_BUTTON.event, "event"),
      button(ADDING_BUTTON.place, "place"),
    ),
  ];
}

/** A short word in the place of a draft. */
export function wordView(...texts: readonly string[]): View {
  return { message: renderBlocks(texts.map((text) => paragraph(ours(text)))), keyboard: [] };
}

/** How far the work on a confirmed draft is. */
export function stageView(addition: Addition, stage: Stage): View {
  const lines = [line(bold(headingOf(addition))), ours(adding.stage[stage])];
  return { message: renderBlocks([paragraph(...lines)]), keyboard: [] };
}
