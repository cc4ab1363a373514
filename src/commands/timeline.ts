import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Sources } from "../answer/asked.ts";
import { placeLabel } from "../answer/place-label.ts";
import { timelineEntriesJson } from "../api/service.ts";
import { filterLabel } from "../pictures/labels.ts";
import { timelineCsv } from "../tables/csv.ts";
import { timelineMarkdown, timelineText } from "../tables/listing.ts";
import { isDay } from "../text/day.ts";
import { placeNamed } from "../timeline/place.ts";
import { readOutline, readTimeline, reportsOf } from "../timeline/read.ts";
import type { TimelineFilter } from "../timeline/timeline.ts";
import { parseArguments, refusePositionals } from "./arguments.ts";
import { COLLECTION_OPTIONS, openCurrentCollection } from "./collection.ts";
import { type Command, type CommandContext, UsageError } from "./command.ts";
import { makePictures } from "./pictures.ts";

const FORMATS = ["text", "csv", "md", "json"] as const;
const THEMES = ["light", "dark"] as const;

const OPTIONS = {
  from: { type: "string", value: "DAY", help: "events from this day on (YYYY-MM-DD)" },
  to: { type: "string", value: "DAY", help: "events up to this day" },
  place: { type: "string", value: "NAME", help: "events in this place: its Arabic name or its id" },
  format: { type: "string", value: "FORMAT", help: "text (default), csv, md or json" },
  png: { type: "string", value: "FILE", help: "write the chart of events by day to this file" },
  map: { type: "string", value: "FILE", help: "write the map of the places to this file" },
  theme: { type: "string", value: "THEME", help: "colours of the pictures: light (default) or dark" },
  ...COLLECTION_OPTIONS,
} as const;

interface Wanted {
  readonly from: string | null;
  readonly to: string | null;
  readonly place: string | null;
  readonly format: (typeof FORMATS)[number];
  readonly theme: (typeof THEMES)[number];
}

export const command: Command = {
  name: "timeline",
  summary:
    "Prints the events by day, each with its quotation and source, as text, CSV, Markdown or JSON; draws them",
  usage: "npm run -s timeline -- [options]",
  options: OPTIONS,
  async run(context) {
    const { values, positionals } = parseArguments(context.args, OPTIONS);
    refusePositionals(positionals);
    const wanted = {
      from: readDay(values.from, "--from"),
      to: readDay(values.to, "--to"),
      place: values.place ?? null,
      format: oneOf(values.format ?? "text", FORMATS, "--format"),
      theme: oneOf(values.theme ?? "light", THEMES, "--theme"),
    };
    if (wanted.from !== null && wanted.to !== null && wanted.from > wanted.to)
      throw new UsageError("--from is after --to");
    const sources = await openCurrentCollection(context, { data: values.data, index: values.index });
    try {
      const filter = filterOf(wanted, sources);
      context.stdout.write(await listing(filter, wanted, sources));
      const drawn = { chart: values.png, map: values.map };
      for (const form of ["chart", "map"] as const) {
        const file = drawn[form];
        if (file !== undefined) await draw({ form, file, filter, theme: wanted.theme }, sources, context);
      }
      return 0;
    } finally {
      await sources.store.close();
      await sources.embedder.close();
    }
  },
};

function readDay(text: string | undefined, option: string): string | null {
  if (text === undefined) return null;
  if (!isDay(text)) throw new UsageError(`${option} takes a day that exists, as YYYY-MM-DD`);
  return text;
}

function oneOf<const Choice extends string>(
  text: string,
  choices: readonly Choice[],
  option: string,
): Choice {
  const found = choices.find((each) => each === text);
  if (found === undefined) throw new UsageError(`${option} takes one of ${choices.join(", ")}`);
  return found;
}

function filterOf({ from, to, place }: Wanted, { gazetteer }: Sources): TimelineFilter {
  const days = from === null && to === null ? null : { start: from, end: to };
  if (place === null) return { days, place };
  const id = placeNamed(place, gazetteer);
  if (id === null) throw new UsageError(`--place: no place "${place}" is known; see data/places.json`);
  return { days, place: id };
}

async function listing(filter: TimelineFilter, { format }: Wanted, sources: Sources): Promise<string> {
  const timeline = await readTimeline(filter, sources);
  const reports = await reportsOf(timeline.entries, sources.store);
  const place = filter.place && placeLabel(filter.place, sources.gazetteer, { withParent: true });
  const listed = { timeline, reports, scope: filterLabel(filter, place) };
  switch (format) {
    case "csv":
      return timelineCsv(timeline, reports);
    case "md":
      return timelineMarkdown(listed);
    case "json":
      return `${JSON.stringify({ total: timeline.entries.length, entries: timelineEntriesJson(timeline.entries, reports) })}\n`;
    case "text":
      return timelineText(listed);
  }
}

async function draw(
  wanted: { form: "chart" | "map"; file: string; filter: TimelineFilter; theme: "light" | "dark" },
  sources: Sources,
  context: CommandContext,
): Promise<void> {
  const pictures = makePictures(sources, context.root);
  const file = resolve(context.cwd, wanted.file);
  try {
    const outline = await readOutline(wanted.filter, sources);
    await writeFile(file, await pictures.png(outline, wanted.form, wanted.theme));
  } finally {
    await pictures.close();
  }
  context.stderr.write(`written: ${file}\n`);
}
