/** The files of a collection, in a fixed order. */
import { type Dirent, statSync } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { Unread } from "./problem.ts";

/** The folder of reports cannot be read at all. The message names it and ends in the remedy. */
export class ReportsError extends Error {
  override readonly name = "ReportsError";
}

/** A file of the collection, or why an entry cannot be one. `path` is absolute, `file` relative with "/" between. */
export type Found =
  | {
      readonly kind: "file";
      readonly path: string;
      readonly file: string;
      readonly bytes: number;
      /** When it was last written, in milliseconds since 1970. */
      readonly changed: number;
      /** When its entry last changed in any way, in the same unit. */
      readonly entryChanged: number;
      readonly inode: number;
    }
  | ({ readonly kind: "problem" } & Unread);

/** All files below a folder, sorted by path. Hidden entries are skipped; links that lead outside are named. */
export async function* findFiles(dir: string): AsyncIterable<Found> {
  yield* walk(await openRoot(dir), "");
}

async function openRoot(dir: string): Promise<string> {
  try {
    const root = await realpath(dir);
    if ((await stat(root)).isDirectory()) return root;
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const what = missing ? "does not exist" : "cannot be read";
    throw new ReportsError(
      `the reports folder ${dir} ${what}; create it or name another with --data DIR or DATA_DIR`,
      { cause },
    );
  }
  throw new ReportsError(
    `${dir} is not a folder; name the folder that holds the reports with --data DIR or DATA_DIR`,
  );
}

async function* walk(root: string, below: string): AsyncIterable<Found> {
  let entries: Dirent[];
  try {
    entries = await readdir(join(root, below), { withFileTypes: true });
  } catch (cause) {
    if (below === "")
      throw new ReportsError(`the reports folder ${root} cannot be read; check its permissions`, { cause });
    yield {
      kind: "problem",
      file: slashed(below),
      reason: "the folder cannot be read; check its permissions",
      tag: "permissions",
    };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const path = join(below, entry.name);
    if (entry.isDirectory()) yield* walk(root, path);
    else if (entry.isSymbolicLink()) yield* followLink(root, path);
    else if (entry.isFile()) yield describe(root, path);
  }
}

/** Synchronous: ten thousand promises cost ten times as much as what they wait for. */
function describe(root: string, path: string): Found {
  const file = slashed(path);
  try {
    const { size, mtimeMs, ctimeMs, ino } = statSync(join(root, path));
    const times = { changed: mtimeMs, entryChanged: ctimeMs };
    return { kind: "file", path: join(root, path), file, bytes: size, ...times, inode: ino };
  } catch {
    return { kind: "problem", file, reason: "cannot be read; check its permissions", tag: "permissions" };
  }
}

/** A link counts when it leads to a file inside the folder; links to folders are not followed (they may form rings). */
async function* followLink(root: string, path: string): AsyncIterable<Found> {
  try {
    const target = await realpath(join(root, path));
    const inside = !relative(root, target).startsWith(`..${sep}`) && target.startsWith(root + sep);
    if (inside && (await stat(target)).isFile()) yield describe(root, path);
    else
      yield {
        kind: "problem",
        file: slashed(path),
        reason: "is a link that is not followed; put the file itself into the folder",
        tag: "link",
      };
  } catch {
    yield { kind: "problem", file: slashed(path), reason: "is a broken link; remove it", tag: "link" };
  }
}

function slashed(path: string): string {
  return path.split(sep).join("/");
}
