import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment over the project's `.env` file, where there is one: what the process was given wins. */
export function readEnvironment(root: string, environment: Environment): Environment {
  let text: string;
  try {
    text = readFileSync(join(root, ".env"), "utf8");
  } catch {
    return environment;
  }
  const merged: Record<string, string | undefined> = { ...parseEnv(text.replace(/^\uFEFF/, "")) };
  for (const [key, value] of Object.entries(environment)) {
    if (value !== undefined && value !== "") merged[key] = value;
  }
  return merged;
}
