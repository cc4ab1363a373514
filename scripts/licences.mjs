/**
 * Checks the licence of every package that is installed with the project, from what stands in node_modules: no network.
 * Prints how many there are of each licence; ends with 1 and a line for each package whose licence is not known to fit.
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
/** Licences that let the project be used, changed and passed on under MIT. */
const FIT = new Set(
  "MIT ISC Apache-2.0 BSD-2-Clause BSD-3-Clause 0BSD BlueOak-1.0.0 Python-2.0 CC0-1.0 CC-BY-4.0 Unlicense WTFPL MIT-0 Zlib BSD MPL-2.0 OFL-1.1".split(
    " ",
  ),
);
/** Used for development or dynamically linked, with its reason. */
const EXCEPTIONS = {
  "prebuilt-tdlib": "Telegram's own parser, in tests only (BSL-1.0)",
  "@prebuilt-tdlib/linux-x64-glibc": "Telegram's own parser, in tests only (BSL-1.0)",
  "@img/sharp-libvips": "an image library of transformers.js, linked dynamically, never called (LGPL-3.0)",
};

const lock = JSON.parse(fs.readFileSync(path.join(root, "package-lock.json"), "utf8"));
const counts = new Map();
const wrong = [];
for (const [folder, entry] of Object.entries(lock.packages)) {
  const manifest = path.join(root, folder, "package.json");
  if (folder === "" || !fs.existsSync(manifest)) continue;
  const { name, version, license, licenses } = JSON.parse(fs.readFileSync(manifest, "utf8"));
  const stated =
    typeof license === "string" ? license : (license?.type ?? licenses?.[0]?.type ?? entry.license ?? "none");
  counts.set(stated, (counts.get(stated) ?? 0) + 1);
  const alternatives = stated.replace(/[()]/g, "").split(/\s+OR\s+/);
  const fits = alternatives.some((one) => one.split(/\s+AND\s+/).every((each) => FIT.has(each)));
  const excepted = Object.keys(EXCEPTIONS).some((start) => name?.startsWith(start));
  if (!fits && !excepted) wrong.push(`${name}@${version}: ${stated}`);
}
for (const [licence, count] of [...counts].sort((a, b) => b[1] - a[1]))
  process.stdout.write(`${count} ${licence}\n`);
for (const line of wrong) process.stderr.write(`licence to be looked at: ${line}\n`);
process.exit(wrong.length > 0 ? 1 : 0);
