/** `npm run harness -- kills|workers|damage|injections|stuffed|fuzz|soak [--seed N] [--full]`: one harness of tests/reliability/. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string", default: "1" }, full: { type: "boolean", default: false } },
});
const [name = ""] = positionals;
const test = path.join("tests", "reliability", `${name}.test.ts`);
if (!/^[a-z]+$/.test(name) || !existsSync(path.join(root, test)) || !/^\d{1,9}$/.test(values.seed)) {
  process.stderr.write(
    "usage: npm run harness -- kills|workers|damage|injections|stuffed|fuzz|soak [--seed N] [--full]\n",
  );
  process.exit(2);
}
const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");
const env = { ...process.env, HARNESS_SEED: values.seed, HARNESS_FULL: values.full ? "1" : "0" };
const child = spawn(process.execPath, [vitest, "run", test], { cwd: root, env, stdio: "inherit" });
child.on("exit", (code) => process.exit(code ?? 1));
