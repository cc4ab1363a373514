/** The collection as admins change it in Telegram: files in its folder, corrections in data/overrides.json. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Sources as AnswerSources } from "../answer/asked.ts";
import { placeLabel } from "../answer/place-label.ts";
import type { GazetteerData } from "../gazetteer/gazetteer.ts";
import {
  addPlaceVariant,
  addPublisherAlias,
  correctReport,
  type FormerEntry,
  own,
  removePlaceVariant,
  removePublisherAlias,
  restoreEntries,
} from "../overrides/edit.ts";
import { correctedNames } from "../overrides/names.ts";
import { sameSpelling } from "../overrides/spelling.ts";
import { editOverrides } from "../overrides/write.ts";
import { correctedWhy, nameWhy, withdrawnWhy } from "../phrases/adding.ts";
import { META_SUFFIX } from "../report/formats/meta-file.ts";
import { readOverrides } from "../report/overrides.ts";
import {
  type Addition,
  type NameChange,
  NO_CORRECTIONS,
  type Understood,
  understoodSchema,
} from "../telegram/addition.ts";
import { collectedFields, fileNameOf, postBytes } from "../telegram/addition-file.ts";
import type { Library, Stage } from "../telegram/library.ts";
import type { News } from "../telegram/news.ts";
import type { Day } from "../text/day.ts";
import { botNames } from "./bot-names.ts";
import type { CommandContext } from "./command.ts";
import { ADDED_FOLDER, type UnderWay } from "./holding.ts";
import { inOwnFolder } from "./preview.ts";
import { underWayOf } from "./under-way.ts";
import { understood } from "./understood.ts";

export interface LibraryOptions {
  readonly context: CommandContext;
  /** The collection that answers, its newest generation. */
  readonly sources: AnswerSources;
  readonly news: News;
  readonly dataDir: string;
  /** data/overrides.json, and the lists beside it without corrections. */
  readonly overridesFile: string;
  readonly names: () => Promise<GazetteerData>;
  readonly today: () => Day;
  /** Brings the index up to date in a process of its own. */
  readonly update: (onStage: (stage: Stage) => void) => Promise<void>;
  /** Whether the collection that answers is what lies in the folder now. */
  readonly isCurrent: () => Promise<boolean>;
  /** Whether the files of the collection lie in the folder of this machine. */
  readonly holdsFolder: (underWay: UnderWay) => Promise<boolean>;
  /** Reads a folder in a process of its own, within limits; null when it could not. */
  readonly preview?: ((folder: string) => Promise<Understood | null>) | undefined;
}

const CANNOT = { reports: [], total: 0, problems: [], unread: 0 };
const PREVIEW_MS = 60_000;
const PREVIEW_MEGABYTES = 768;
const MOST_OUTPUT = 4 * 1024 * 1024;
const WAIT_MS = 30_000;
const LOOK_MS = 200;

const formerSchema = z.array(
  z.object({ section: z.enum(["reports", "places", "publishers"]), id: z.string(), entry: z.unknown() }),
);

export function botLibrary(options: LibraryOptions): Library {
  const { sources, news, dataDir, overridesFile, context } = options;
  const folder = join(dataDir, ADDED_FOLDER);
  const preview = options.preview ?? ((dir: string) => previewApart(dir, context));

  /** General to particular, as the field of a report names it. */
  const pathOf = (id: string): string => {
    const { gazetteer } = sources;
    const names = [id, ...gazetteer.ancestors(id).slice(0, 1)].map(
      (each) => gazetteer.byId.get(each)?.name ?? each,
    );
    return names.reverse().join(" : ");
  };

  const bytesOf = (addition: Addition, given: Uint8Array | null): Uint8Array | null => {
    const { source, corrections } = addition;
    if (source.kind !== "post") return given;
    const collected = collectedFields(addition);
    return postBytes(source, {
      corrections,
      collected,
      paths: corrections.places.map(({ id }) => pathOf(id)),
    });
  };

  const edit = async (change: Parameters<typeof editOverrides>[1]): Promise<void> => {
    await editOverrides({ file: overridesFile, names: await options.names() }, change);
  };

  /** The spellings that a name is to gain and to lose; what is done already is left as it is. */
  const respell = async ({ section, id, gains, loses }: NameChange, who: string): Promise<void> => {
    const by = { who, why: nameWhy };
    const [add, remove] =
      section === "places"
        ? [addPlaceVariant, removePlaceVariant]
        : [addPublisherAlias, removePublisherAlias];
    await edit((before, names) => {
      const row = names[section].find((one) => one.id === id);
      const has = (spelling: string) => row?.variants.some((one) => sameSpelling(one, spelling)) ?? false;
      const lost = loses.filter(({ spelling }) => has(spelling));
      const less = lost.reduce((now, { spelling }) => remove(now, names, { id, spelling }, by), before);
      return gains.reduce((now, { spelling }) => add(now, names, { id, spelling }, by), less);
    });
  };

  /** What the admin says of the one report of a file, or of a report of the collection. */
  const correct = async ({
    source,
    corrections,
    withdraws,
    by,
    understood: { reports },
  }: Addition): Promise<void> => {
    if (source.kind === "name") return respell(source, by);
    const [first] = reports;
    const id = source.kind === "report" ? source.report : first?.id;
    if (id === undefined) return;
    const ownPlaces = first?.ownPlaces ?? [];
    const { publisher, title, published, event, places, notPlaces } = corrections;
    // A post's own file says the rest.
    const fields = source.kind !== "post" && {
      ...(publisher !== null && { publisher }),
      ...(title !== null && { title }),
      ...(published !== null && { published: { start: published, end: published } }),
      ...(event !== null && { eventDays: { start: event, end: event } }),
      ...(places.length > 0 && { places: [...ownPlaces, ...places.map((place) => pathOf(place.id))] }),
      ...(withdraws && { withdrawn: { on: options.today(), reason: withdrawnWhy } }),
    };
    const why = withdraws ? withdrawnWhy : correctedWhy;
    await edit((now) => {
      const known = own(now.reports, id)?.withoutPlaces ?? [];
      const all = [...new Set([...known, ...notPlaces.map((place) => place.id)])];
      const withoutPlaces = all.filter((one) => !places.some((place) => place.id === one));
      const isOther = withoutPlaces.join() !== known.join();
      const correction = { ...fields, ...(isOther && { withoutPlaces }) };
      if (Object.keys(correction).length === 0) return now;
      return correctReport(now, id, correction, { who: by, why });
    });
  };

  return {
    async understand(document) {
      const isPost = "kind" in document;
      const name = isPost ? "post.json" : document.name;
      const bytes = isPost
        ? postBytes(document, { corrections: NO_CORRECTIONS, collected: {}, paths: [] })
        : document.bytes;
      const found = await inOwnFolder(async (dir) => {
        await writeFile(join(dir, name), bytes);
        return preview(dir);
      });
      return found ?? CANNOT;
    },

    async understandReport(id) {
      const { store, gazetteer } = sources;
      const report = await store.report(id);
      if (report === null) return null;
      const passages = await store.passages(await store.select({ reports: [id] }));
      return understood(report, passages, (place) => placeLabel(place, gazetteer));
    },

    ...botNames({
      ...{ sources, news },
      names: async () => correctedNames(await options.names(), await readOverrides(overridesFile)),
    }),

    placeOf: (text) => news.topicOf(text)?.places[0] ?? null,

    async former({ addition: { source, understood: found } }) {
      const overrides = await readOverrides(overridesFile);
      const section = source.kind === "name" ? source.section : "reports";
      const id =
        source.kind === "name" ? source.id : source.kind === "report" ? source.report : found.reports[0]?.id;
      if (id === undefined) return [];
      const entry: FormerEntry = { section, id, entry: own(overrides[section] ?? {}, id) ?? null };
      return [entry];
    },

    async write({ id, addition }, given) {
      const { source } = addition;
      await correct(addition);
      const bytes = bytesOf(addition, given);
      if (source.kind === "report" || source.kind === "name" || bytes === null) return;
      await mkdir(folder, { recursive: true });
      const name = fileNameOf(id, source);
      // First what is said beside the file: it is not read without it.
      if (source.kind === "file") {
        const meta = Buffer.from(`${JSON.stringify(collectedFields(addition), null, 2)}\n`);
        await writeOnce(folder, name + META_SUFFIX, meta);
      }
      await writeOnce(folder, name, bytes);
    },

    async revert({ id, addition }) {
      const { source, former } = addition;
      if (source.kind === "file" || source.kind === "post") {
        const name = fileNameOf(id, source);
        await rm(join(folder, name), { force: true });
        await rm(join(folder, name + META_SUFFIX), { force: true });
        await syncFolder(folder).catch(() => undefined);
      }
      const entries = formerSchema.safeParse(former);
      if (entries.success && entries.data.length > 0) await edit((now) => restoreEntries(now, entries.data));
    },

    async takeUp(onStage) {
      await options.update(onStage);
      // The program switches to the new index by itself, a moment after it is written.
      for (let waited = 0; waited < WAIT_MS; waited += LOOK_MS) {
        if (await options.isCurrent()) return;
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
      throw new Error("the new index is not in use yet");
    },

    isHere: (drafts) => options.holdsFolder(underWayOf(drafts)),

    async holds(reports) {
      const there = new Set(sources.reportIds);
      return reports.every((id) => there.has(id));
    },
  };
}

/** Writes a file whole or not at all, under a name that nobody reads before that. The same file again is left alone. */
async function writeOnce(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const there = await readFile(join(folder, name)).catch(() => null);
  if (there?.equals(bytes)) return;
  const beside = join(folder, `.${randomBytes(6).toString("hex")}.new`);
  try {
    const handle = await open(beside, "wx", 0o644);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, join(folder, name));
    await syncFolder(folder);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** In a process with little memory and time: a damaged or hostile file ends that one only. */
async function previewApart(folder: string, { root, env }: CommandContext): Promise<Understood | null> {
  const program = join(root, "dist", "main.js");
  const args = [`--max-old-space-size=${PREVIEW_MEGABYTES}`, program, "preview", "--json", "--data", folder];
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ["ignore", "pipe", "ignore"] });
  const timer = setTimeout(() => child.kill("SIGKILL"), PREVIEW_MS);
  try {
    let output = "";
    for await (const chunk of child.stdout.setEncoding("utf8")) {
      output += chunk;
      if (output.length > MOST_OUTPUT) return null;
    }
    return understoodSchema.parse(JSON.parse(output));
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    child.kill("SIGKILL");
  }
}
