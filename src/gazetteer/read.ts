import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { PLACE_KINDS } from "../text/places/place.ts";
import type { GazetteerData } from "./gazetteer.ts";

/** A list under data/ cannot be read. The message names the file and ends in the remedy. */
export class GazetteerError extends Error {
  override readonly name = "GazetteerError";
}

const id = z
  .string()
  .regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/, "an id is lower-case letters, digits and hyphens");
const name = z.string().trim().min(1);
const sources = z.array(z.string().min(1)).min(1, "every row names its source");

const placeSchema = z.strictObject({
  id,
  name,
  kind: z.enum(PLACE_KINDS),
  parents: z.array(id),
  variants: z.array(name),
  latitude: z.number().min(-90).max(90).nullable(),
  longitude: z.number().min(-180).max(180).nullable(),
  sources,
  needsHead: z.boolean().optional(),
});

const actorSchema = z.strictObject({
  id,
  name,
  kind: z.enum(["state", "armed_group", "agency", "institution", "person", "civilians"]),
  variants: z.array(name),
  sources,
});

const publisherSchema = z.strictObject({
  id,
  name,
  variants: z.array(name),
  site: z.url().nullable(),
  card: z.string().min(1),
  marks: z.array(name),
  sources,
});

const placesSchema = z.strictObject({ attribution: z.string().min(1), places: z.array(placeSchema) });
const actorsSchema = z.strictObject({ actors: z.array(actorSchema) });
const publishersSchema = z.strictObject({ publishers: z.array(publisherSchema) });

async function readList<T>(dataDir: string, file: string, schema: z.ZodType<T>): Promise<T> {
  const path = join(dataDir, file);
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new GazetteerError(`${path} cannot be read (${why}): restore it from the repository.`, { cause });
  }
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue?.path.join(".") ?? "";
  throw new GazetteerError(
    `${path}: ${where}: ${issue?.message ?? "wrong form"}: correct this entry or restore the file.`,
  );
}

function checkIds(path: string, rows: readonly { readonly id: string }[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const row of rows) {
    if (ids.has(row.id))
      throw new GazetteerError(`${path}: id ${row.id} stands twice: give one of the rows another id.`);
    ids.add(row.id);
  }
  return ids;
}

/**
 * Reads places.json, actors.json and publishers.json of a data folder.
 * @throws GazetteerError when a file is missing, is not of its form, repeats an id or names an unknown parent.
 */
export async function readGazetteer(dataDir: string): Promise<GazetteerData> {
  const { places } = await readList(dataDir, "places.json", placesSchema);
  const { actors } = await readList(dataDir, "actors.json", actorsSchema);
  const { publishers } = await readList(dataDir, "publishers.json", publishersSchema);
  const path = join(dataDir, "places.json");
  const ids = checkIds(path, places);
  checkIds(join(dataDir, "actors.json"), actors);
  checkIds(join(dataDir, "publishers.json"), publishers);
  for (const place of places) {
    const unknown = place.parents.find((parent) => !ids.has(parent));
    if (unknown !== undefined)
      throw new GazetteerError(
        `${path}: ${place.id} has the unknown parent ${unknown}: add that row or correct the id.`,
      );
  }
  return { places, actors, publishers };
}
