import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const dependencies = z.record(z.string(), z.string()).default({});
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ dependencies, optionalDependencies: dependencies, resolved: z.string().optional() }),
  ),
});
const text = readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8");
const { packages } = lockSchema.parse(JSON.parse(text));

/** Whether npm finds a package from the folder of another: in its node_modules, or in one above. */
function isFound(from: string, name: string): boolean {
  const prefixes = [...from.matchAll(/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+/g)].map(
    (match) => `${from.slice(0, match.index + match[0].length)}/`,
  );
  return ["", ...prefixes].some((prefix) => `${prefix}node_modules/${name}` in packages);
}

describe("package-lock.json", () => {
  it("holds every package that another names, those of other systems too, or npm ci refuses it (npm run lock)", () => {
    const missing = Object.entries(packages).flatMap(([from, entry]) =>
      Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
        .filter((name) => !isFound(from, name))
        .map((name) => `${name}, needed by ${from}`),
    );
    expect(missing).toEqual([]);
  });

  it("names no registry's host", () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });
});
