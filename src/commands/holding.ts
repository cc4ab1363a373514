/** Whether this machine holds what the index was made from: a build from less would take out what others brought in. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { decodeCatalogue, type KnownFile } from "../report/catalogue.ts";
import { overridesHash } from "../report/changes.ts";
import type { Overrides } from "../report/overrides.ts";
import { type IndexPlace, storedCatalogueAt } from "../store/anywhere.ts";

/** Files that came by Telegram stand in a folder of their own below that of the reports. */
export const ADDED_FOLDER = "added";

/** What admins are changing right now: it need not be as the index has it. */
export interface UnderWay {
  /** Files on their way out, as the index names them. */
  readonly files: ReadonlySet<string>;
  /** Ids of reports whose corrections change. */
  readonly reports: ReadonlySet<string>;
}

export const NOTHING_UNDER_WAY: UnderWay = { files: new Set(), reports: new Set() };

export interface Held {
  readonly place: IndexPlace & { readonly dataDir: string };
  readonly overrides: Overrides;
  readonly underWay?: UnderWay | undefined;
}

/**
 * What the index was made from and this machine has not, in English words; null when all is there. What came by Telegram
 * must be there; of the other files one may be gone when the folder is the very one from which the index was made: an
 * operator deletes there. A correction that only this machine has is no lack.
 */
export async function lackOf({
  place,
  overrides,
  underWay = NOTHING_UNDER_WAY,
}: Held): Promise<string | null> {
  const { files } = decodeCatalogue(await storedCatalogueAt(place));
  const wanted = [...files.values()].filter(({ file }) => !underWay.files.has(file));
  const isAdded = ({ file }: KnownFile): boolean => file.startsWith(`${ADDED_FOLDER}/`);
  for (const known of wanted) {
    const isSame = known.overrides === "" || known.overrides === overridesHash(known.documents, overrides);
    const isChanging = known.documents.some(({ id }) => underWay.reports.has(id));
    if (!isSame && !isChanging) return `the correction of ${known.file} is not in data/overrides.json`;
  }
  for (const known of wanted.filter(isAdded))
    if ((await entryOf(place.dataDir, known)) === "missing")
      return `${known.file} is not in ${place.dataDir}`;
  let missing: string | null = null;
  for (const known of wanted) {
    const entry = await entryOf(place.dataDir, known);
    if (entry === "the very one") return null;
    if (entry === "missing") missing ??= `${known.file} is not in ${place.dataDir}`;
  }
  return missing;
}

/** A copy has another inode or another time of its entry: these cannot be set. */
async function entryOf(
  dataDir: string,
  { file, inode, entryChanged }: KnownFile,
): Promise<"the very one" | "another" | "missing"> {
  const found = await stat(join(dataDir, file)).catch(() => null);
  if (found === null) return "missing";
  return found.ino === inode && found.ctimeMs === entryChanged ? "the very one" : "another";
}

/** What an operator does about it. */
export const lackRemedy = "put it back, or run npm run index where the reports are complete";
